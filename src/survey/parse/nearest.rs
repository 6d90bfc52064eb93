//! Guesses what an author meant by a word that isn't known.

/// The longest word that is compared: nothing known is longer.
const LONGEST: usize = 32;

/// Finds the word that is closest to what was written: another spelling, another name for it, or a slip of the fingers.
pub(super) fn nearest<'k>(
    written: &str,
    known: impl IntoIterator<Item = &'k str>,
    synonyms: &[(&str, &'k str)],
) -> Option<&'k str> {
    if written.len() > LONGEST {
        return None;
    }
    let plain = written.to_lowercase().replace('-', "_");
    let known: Vec<&str> = known.into_iter().collect();
    if let Some((_, word)) = synonyms.iter().find(|(other, word)| *other == plain && known.contains(word)) {
        return Some(word);
    }
    let slips = (plain.chars().count() / 3).clamp(1, 3);
    let distances = known.into_iter().map(|word| (strsim::osa_distance(&plain, word), word));
    distances.filter(|(distance, _)| *distance <= slips).min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
}

/// Joins words as a sentence does: `a, b and c`.
pub(super) fn listed(words: &[&str], last: &str) -> String {
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
        let known = ["title", "choices", "max_length", "boolean"];
        let synonyms = [("options", "choices"), ("bool", "boolean"), ("rows", "matrix")];
        let cases = [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("max-length", Some("max_length")),
            ("options", Some("choices")),
            ("bool", Some("boolean")),
            ("rows", None),
            ("weather", None),
        ];
        for (written, meant) in cases {
            assert_eq!(nearest(written, known, &synonyms), meant, "{written}");
        }
    }
}
