//! Tells on which side of a scale a label stands.

/// The side of a scale that a label stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pole {
    /// The bad side: disagree, poor.
    Negative,
    /// Nothing of it: not at all.
    Zero,
    /// The middle: neither.
    Middle,
    /// The good side: agree, excellent.
    Positive,
}

const NEGATIVE: &[&str] = &[
    "bad",
    "badly",
    "complex",
    "complicated",
    "confusing",
    "decreased",
    "difficult",
    "disagree",
    "dissatisfied",
    "fragile",
    "frustrating",
    "hard",
    "harmful",
    "insufficient",
    "negative",
    "outdated",
    "painful",
    "poor",
    "poorly",
    "slow",
    "slower",
    "slowly",
    "stressful",
    "terrible",
    "terribly",
    "awful",
    "unacceptable",
    "useless",
    "weak",
    "worse",
    "worst",
    "horrible",
    "low-quality",
    "hindered",
    "hinders",
];

const POSITIVE: &[&str] = &[
    "accurate",
    "agree",
    "better",
    "best",
    "calm",
    "clear",
    "comfortable",
    "confident",
    "current",
    "easy",
    "effective",
    "efficient",
    "excellent",
    "fantastic",
    "fast",
    "faster",
    "good",
    "great",
    "happy",
    "helped",
    "helpful",
    "helps",
    "important",
    "improved",
    "intuitive",
    "likely",
    "outstanding",
    "perfect",
    "pleasant",
    "positive",
    "productive",
    "quick",
    "quickly",
    "reliable",
    "satisfied",
    "satisfying",
    "simple",
    "stable",
    "strong",
    "superb",
    "amazing",
    "sufficient",
    "useful",
    "valuable",
    "well",
    "wonderful",
    "awesome",
    "acceptable",
    "safe",
    "secure",
    "supported",
    "predictable",
    "responsive",
    "friendly",
    "fair",
    "familiar",
    "smooth",
    "smoothly",
    "easily",
    "clearly",
    "reliably",
];

const MIDDLE: &[&str] = &[
    "neither",
    "neutral",
    "undecided",
    "average",
    "mixed",
    "okay",
    "ok",
    "unchanged",
    "same",
    "medium",
    "moderate",
    "half-half",
    "partly",
    "middling",
    "nor",
    "adequate",
    "so-so",
];

/// Tells the side of a label, and the word that says so; `None` where no word does.
pub(super) fn pole(label: &str) -> Option<(Pole, String)> {
    let words: Vec<String> = words(label).collect();
    let find = |list: &[&str]| words.iter().find(|word| list.contains(&word.as_str())).cloned();
    let alone = words.len() == 1;
    if let Some(word) = find(MIDDLE) {
        return Some((Pole::Middle, word));
    }
    if alone && words[0] == "fair" || label.to_ascii_lowercase().starts_with("about right") {
        return Some((Pole::Middle, words[0].clone()));
    }
    let nothing = words.first().is_some_and(|word| matches!(word.as_str(), "not" | "never" | "none" | "no"));
    if nothing {
        return Some((Pole::Zero, words[0].clone()));
    }
    if let Some(word) = words.iter().find(|word| is_negative(word)) {
        return Some((Pole::Negative, word.clone()));
    }
    find(POSITIVE).map(|word| (Pole::Positive, word))
}

fn is_negative(word: &str) -> bool {
    let opposite = |prefix: &str| word.strip_prefix(prefix).is_some_and(|rest| POSITIVE.contains(&rest));
    NEGATIVE.contains(&word) || ["un", "in", "dis", "im", "ir"].iter().any(|prefix| opposite(prefix))
}

/// Gives the words of a label in lower case.
pub(super) fn words(label: &str) -> impl Iterator<Item = String> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '-');
    label.split(move |c| !inside(c)).filter(|word| !word.is_empty()).map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_stands_on_the_side_of_its_first_telling_word() {
        for (label, expected) in [
            ("Very dissatisfied", Some(Pole::Negative)),
            ("Neither agree nor disagree", Some(Pole::Middle)),
            ("Strongly agree", Some(Pole::Positive)),
            ("Not at all confident", Some(Pole::Zero)),
            ("Unreliable", Some(Pole::Negative)),
            ("Fair", Some(Pole::Middle)),
            ("Once a week", None),
        ] {
            assert_eq!(pole(label).map(|(pole, _)| pole), expected, "{label}");
        }
    }
}
