//! Guesses what was meant by a word that isn't known.

/// The longest word that is compared: nothing known is longer, but for names of one's own.
const LONGEST: usize = 64;

/// Finds the word that is closest to what was written: another spelling, another name for it, or a slip of the fingers.
pub(crate) fn nearest<'k>(
    written: &str,
    known: impl IntoIterator<Item = &'k str>,
    synonyms: &[(&str, &'k str)],
) -> Option<&'k str> {
    if written.len() > LONGEST {
        return None;
    }
    let plain = |word: &str| word.to_lowercase().replace(['-', ' '], "_");
    let written = plain(written);
    let known: Vec<&str> = known.into_iter().collect();
    if let Some((_, word)) = synonyms.iter().find(|(other, word)| *other == written && known.contains(word)) {
        return Some(word);
    }
    let letters = |word: &str| word.chars().count().max(written.chars().count());
    let distances = known.into_iter().map(|word| (strsim::osa_distance(&written, &plain(word)), word));
    distances
        .filter(|(distance, word)| *distance <= slips(letters(word), 3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Gives how many slips a word may have, one for so many letters: none in a very short one, which would be any other.
fn slips(letters: usize, each: usize) -> usize {
    if letters < 3 { 0 } else { (letters / each).clamp(1, 3) }
}

/// Asks whether the nearest word is meant.
pub(crate) fn meant<'k>(written: &str, known: impl IntoIterator<Item = &'k str>, synonyms: &[(&str, &'k str)]) -> Option<String> {
    nearest(written, known, synonyms).map(|word| is_it(word, None))
}

/// Asks whether a word is meant, with the line it stands on where that helps.
pub(crate) fn is_it(word: &str, line: Option<usize>) -> String {
    let line = line.map(|line| format!(" (line {line})")).unwrap_or_default();
    format!("did you mean `{word}`{line}?")
}

/// Says whether a code was meant to be another one: nearly the same letters, and no digit that differs.
pub(crate) fn slip(written: &str, meant: &str) -> bool {
    let split = |code: &str| code.to_lowercase().chars().partition::<String, _>(char::is_ascii_digit);
    let ((written_digits, written), (meant_digits, meant)) = (split(written), split(meant));
    let slips = slips(written.chars().filter(|c| c.is_alphabetic()).count(), 4);
    written_digits == meant_digits && strsim::osa_distance(&written, &meant) <= slips
}

/// Joins words as a sentence does: `a, b and c`.
pub(crate) fn listed(words: &[&str], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_case_hyphens_and_other_names_are_understood_and_distant_words_are_not() {
        let known = ["title", "choices", "max_length", "boolean", "Id"];
        let synonyms = [("options", "choices"), ("bool", "boolean"), ("rows", "matrix")];
        let cases = [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("max-length", Some("max_length")),
            ("options", Some("choices")),
            ("bool", Some("boolean")),
            ("rows", None),
            ("weather", None),
            ("in", None),
            ("Ix", None),
            ("ID", Some("Id")),
        ];
        for (written, meant) in cases {
            assert_eq!(nearest(written, known, &synonyms), meant, "{written}");
        }
    }

    #[test]
    fn a_code_is_a_slip_of_another_by_its_letters_and_never_by_its_digits() {
        let slips = [("platfrom", "platform"), ("Eng", "eng"), ("team-1", "Team-1"), ("0-2y", "0-2Y")];
        let others = [("0-1", "0-2"), ("team-1", "team-2"), ("legal", "eng"), ("5+", "5-"), ("platform", "product")];
        let cases = slips.map(|pair| (pair, true)).into_iter().chain(others.map(|pair| (pair, false)));
        for ((written, meant), is_slip) in cases {
            assert_eq!(slip(written, meant), is_slip, "{written} {meant}");
        }
    }
}
