//! E-mail addresses, written with a sign or with `(at)`.

use super::run::{Run, is_ideographic};
use super::{Finding, Kind};

/// What stands between the person and the domain.
const SIGNS: [&str; 4] = ["@", "＠", "(at)", "[at]"];

pub(super) fn find(text: &str) -> Vec<Finding> {
    let signs = SIGNS.iter().flat_map(|sign| text.match_indices(sign));
    signs.filter_map(|(at, sign)| address(text, at, sign)).collect()
}

fn address(text: &str, at: usize, sign: &str) -> Option<Finding> {
    // Whoever writes `(at)` may put spaces around it.
    let (gap_before, gap_behind) = match sign {
        "@" | "＠" => (0, 0),
        _ => (usize::from(text[..at].ends_with(' ')), usize::from(text[at + sign.len()..].starts_with(' '))),
    };
    let behind = at + sign.len() + gap_behind;
    let domain = Run::new(text, behind..behind).extended(|c| is_letter(c) || matches!(c, '.' | '-'));
    let domain = domain.trim_end(|c| matches!(c, '.' | '-'));
    let before = &text[..at - gap_before];
    let local = before.trim_end_matches(|c| is_letter(c) || matches!(c, '.' | '_' | '%' | '+' | '-')).len()..before.len();
    let local = Run::new(text, local).trim_start(|c| matches!(c, '.' | '-' | '+' | '%'));
    let is_person = !local.as_str().is_empty() && !local.as_str().ends_with('.');
    (is_person && is_domain(domain.as_str())).then(|| Finding::new(local.start..domain.end, Kind::Mail))
}

/// Says whether a word with a dot is a domain rather than a version, as in `react@18.2.0`.
fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let [first, second, ..] = labels[..] else { return false };
    let number = first.strip_prefix('v').unwrap_or(first);
    let is_version = number.bytes().all(|byte| byte.is_ascii_digit()) && second.starts_with(|c: char| c.is_ascii_digit());
    let is_suffix = |last: &&str| last.chars().count() > 1 && last.chars().all(char::is_alphabetic);
    labels.last().is_some_and(is_suffix) && labels.iter().all(|label| !label.is_empty()) && !is_version
}

fn is_letter(character: char) -> bool {
    character.is_alphanumeric() && !is_ideographic(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_sentence_goes_on_and_versions_are_none() {
        for (text, found) in [
            ("ask alice@example.com.", Some("alice@example.com")),
            ("メールはalice@example.comへ", Some("alice@example.com")),
            ("alice＠example.jp まで", Some("alice＠example.jp")),
            ("jörg.müller+ci@bücher.example, bitte", Some("jörg.müller+ci@bücher.example")),
            ("alice (at) example.com", Some("alice (at) example.com")),
            ("bob[at]example.org!", Some("bob[at]example.org")),
            ("<a_b-c@mail.163.com>", Some("a_b-c@mail.163.com")),
            ("react@18.2.0 and left-pad@v1.3.next", None),
            ("@example.com", None),
            ("lodash@latest", None),
            ("meet (at) noon", None),
        ] {
            let ranges: Vec<_> = find(text).into_iter().map(|finding| &text[finding.range]).collect();
            assert_eq!(ranges, found.into_iter().collect::<Vec<_>>(), "{text}");
        }
    }
}
