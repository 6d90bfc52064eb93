//! Long words that chance seems to have made: keys, hashes and identifiers that no maker's mark tells of.

use super::run::{Run, is_boundary, runs};
use super::{Finding, Kind};

/// The fewest characters of such a word.
const SHORTEST: usize = 20;

/// How many characters there are to a change between letters and digits or between cases, at the most: chance changes at every
/// second or third, names of code at every fifth.
const RARITY: f64 = 3.5;
/// The same for a word with the padding of base64, which nobody writes by hand.
const RARITY_PADDED: f64 = 5.0;

pub(super) fn find(text: &str) -> Vec<Finding> {
    let words = runs(text, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '/'));
    words
        .map(padded)
        .flat_map(|word| [whole(word), part(word)])
        .flatten()
        .map(|run| Finding::new(run.range(), Kind::Secret))
        .collect()
}

/// Gives a word with the signs that fill it up in base64; elsewhere they part a name from its value.
fn padded(word: Run<'_>) -> Run<'_> {
    let padded = word.extended(|c| c == '=');
    if padded.end - word.end < 3 && is_boundary(padded.after()) { padded } else { word }
}

/// Gives a word that is random as a whole.
fn whole(word: Run<'_>) -> Option<Run<'_>> {
    let word = word.trim_start(|c| matches!(c, '-' | '_' | '+' | '/')).trim_end(|c| matches!(c, '-' | '_' | '/'));
    let is_alone = is_boundary(word.before()) && !is_digest(word);
    let is_path = word.as_str().matches('/').count() > 1 && !word.as_str().contains(['+', '=']);
    (is_alone && !is_path && (is_uuid(word.as_str()) || is_random(word.as_str()))).then_some(word)
}

/// Gives the longest random part of a word in which other things stand as well, as behind `key=` or in a path.
fn part(word: Run<'_>) -> Option<Run<'_>> {
    if is_digest(word) {
        return None;
    }
    let parts = runs(word.as_str(), |c| c.is_ascii_alphanumeric());
    let random = parts.filter(|part| is_random(part.as_str())).max_by_key(|part| part.as_str().len())?;
    let run = Run::new(word.text, word.start + random.start..word.start + random.end);
    (!is_digest(run)).then_some(run)
}

/// Says whether a word is the digest of an image or a file, which is no secret.
fn is_digest(word: Run<'_>) -> bool {
    let before = word.text[..word.start].trim_end_matches([':', '-', '=']).to_ascii_lowercase();
    let names = ["sha256", "sha512", "sha384", "sha1", "md5"];
    names.iter().any(|name| before.ends_with(name) || word.as_str().to_ascii_lowercase().starts_with(&format!("{name}-")))
}

/// Says whether a word has the form of a UUID: requests, traces and keys that lead to whoever had them.
fn is_uuid(word: &str) -> bool {
    let lengths: Vec<usize> = word.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && word.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

fn is_random(word: &str) -> bool {
    let count = |is_kind: fn(&u8) -> bool| word.bytes().filter(is_kind).count();
    let (digits, letters) = (count(u8::is_ascii_digit), count(u8::is_ascii_alphabetic));
    let is_mixed = letters > 3 && (digits > 1 || word.ends_with('='));
    let longest = word.split(['-', '_', '/', '+', '=']).map(changes).max_by_key(|(_, length)| *length);
    let rarity = if word.ends_with('=') { RARITY_PADDED } else { RARITY };
    let changes_often = |(changes, length): (usize, usize)| length > 9 && (changes as f64) * rarity >= length as f64;
    word.len() >= SHORTEST && is_mixed && longest.is_some_and(changes_often) && entropy(word) > 3.0
}

/// Gives how often a word changes between letters and digits or from a small letter to a capital, and its length.
fn changes(word: &str) -> (usize, usize) {
    let class = |byte: u8| match byte {
        byte if byte.is_ascii_digit() => 0,
        byte if byte.is_ascii_uppercase() => 1,
        _ => 2,
    };
    let classes: Vec<u8> = word.bytes().map(class).collect();
    // A capital before a small letter begins a word, as in names of code.
    let changed = classes.windows(2).filter(|pair| pair[0] != pair[1] && pair != &[1, 2]).count();
    (changed, word.len())
}

/// Gives Shannon's entropy in bits a character.
fn entropy(word: &str) -> f64 {
    let length = word.len() as f64;
    let mut counts = [0_u32; 256];
    word.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    let share = |count: &u32| f64::from(*count) / length;
    counts.iter().filter(|count| **count > 0).map(share).map(|share| -share * libm::log2(share)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_chance_are_found_and_long_names_are_not() {
        for text in [
            "s3Cr3tT0k3n8f3aB91cD2eF74",
            "d41d8cd98f00b204e9800998ecf8427e",
            "550e8400-e29b-41d4-a716-446655440000",
            "QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
            "k7Jq2wX9vB4nR8tL3mZc+Yp5Ds1/Gh6KfTo0aEuI",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        ] {
            let found = find(text);
            assert!(found.iter().any(|finding| finding.range.len() >= SHORTEST), "{text}: {found:?}");
        }
        for text in [
            "kubernetes-deployment-2024-update",
            "release-2024-03-15-rc1-build-42",
            "getUserAccountByIdAndNameV2Handler",
            "x86_64-unknown-linux-gnu",
            "/usr/lib/python3/dist-packages/numpy2/core3",
            "AbstractSingletonProxyFactoryBean2",
            "donaudampfschifffahrtsgesellschaft",
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "feature/PLAT-1234-make-builds-faster",
            "9f86d08",
            "1234567890123456789012345",
            "v1beta1-customresourcedefinition",
            "com/example/payments/v2/api/Handler3",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
