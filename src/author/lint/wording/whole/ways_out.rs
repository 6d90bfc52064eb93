//! Choices for those whom no other fits, in the languages whose words for them are known.

use crate::survey::{Kind, Question, Survey, Text, language};

/// What such choices are called in a language.
struct Tongue {
    /// Its base language.
    language: &'static str,
    /// What may stand before a phrase, as in "I don't know".
    subjects: &'static [&'static str],
    /// Labels in lower case, up to a mark; with `…`, what a label begins or ends with.
    phrases: &'static [&'static str],
}

const TONGUES: [Tongue; 3] = [
    Tongue {
        language: "en",
        subjects: &["i'm ", "i am ", "i've ", "i'd ", "i would ", "i ", "we ", "it ", "this ", "that "],
        phrases: &[
            "can't judge",
            "can't say",
            "cannot judge",
            "cannot say",
            "do not apply…",
            "do not know",
            "do not know yet",
            "do not use it",
            "does not apply…",
            "doesn't apply…",
            "don't apply…",
            "don't know",
            "don't know yet",
            "don't use it",
            "have never used…",
            "have no opinion",
            "have not used…",
            "haven't used…",
            "n/a…",
            "never used…",
            "no answer",
            "no opinion",
            "none",
            "none of …",
            "not applicable…",
            "not relevant to …",
            "not sure",
            "not sure yet",
            "not used it…",
            "nothing",
            "nothing of …",
            "other",
            "others",
            "prefer not to answer…",
            "prefer not to say…",
            "rather not answer…",
            "rather not say…",
            "something else",
            "unsure",
        ],
    },
    Tongue {
        language: "de",
        subjects: &["ich ", "wir ", "das ", "es ", "dies "],
        phrases: &[
            "andere",
            "anderes",
            "betrifft mich nicht",
            "bin mir nicht sicher",
            "bin nicht sicher",
            "entfällt…",
            "etwas anderes",
            "gilt nicht für …",
            "k. a…",
            "k.a…",
            "kann ich nicht beurteilen",
            "kann ich nicht sagen",
            "kann es nicht beurteilen",
            "kann es nicht sagen",
            "keine",
            "keine angabe…",
            "keine antwort",
            "keine der …",
            "keine davon",
            "keine meinung",
            "keine von …",
            "keiner der …",
            "keiner davon",
            "keines der …",
            "keines davon",
            "keins davon",
            "möchte ich nicht beantworten",
            "möchte ich nicht sagen",
            "nicht anwendbar…",
            "nicht sicher",
            "nicht zutreffend…",
            "nichts",
            "nichts davon",
            "sonstige",
            "sonstiges",
            "trifft auf mich nicht zu",
            "trifft für mich nicht zu",
            "trifft nicht zu",
            "weiss es nicht",
            "weiss ich nicht",
            "weiss nicht",
            "weiß es nicht",
            "weiß ich nicht",
            "weiß nicht",
            "…nicht benutzt",
            "…nicht genutzt",
            "…nicht verwendet",
            "…nie benutzt",
            "…nie genutzt",
            "…nie verwendet",
        ],
    },
    Tongue {
        language: "ja",
        subjects: &[],
        phrases: &[
            "その他",
            "なし",
            "わかりません",
            "わからない",
            "分かりません",
            "分からない",
            "無回答",
            "特になし",
            "該当なし",
            "回答しない",
            "回答しません",
            "…あてはまらない",
            "…あてはまりません",
            "…いずれでもない",
            "…どれでもない",
            "…使ったことがない",
            "…使ったことがありません",
            "…使用したことがない",
            "…使用したことがありません",
            "…利用したことがない",
            "…利用したことがありません",
            "…回答を控える",
            "…当てはまらない",
            "…当てはまりません",
            "…答えたくありません",
            "…答えたくない",
            "…該当しない",
            "…該当しません",
        ],
    },
];

/// What ends that part of a label which says what it is: `N/A (I work alone)`.
const MARKS: [char; 13] = [',', ';', ':', '.', '!', '/', '(', '–', '—', '、', '。', '（', '・'];

/// Says whether a choice of a question is for those whom no other fits; a label that nobody here can read may be.
pub(super) fn is_offered(survey: &Survey, question: &Question) -> bool {
    match &question.kind {
        Kind::Single { choices } | Kind::Multi { choices, .. } => {
            choices.iter().any(|choice| choice.other || choice.exclusive || may_be(survey, &choice.label))
        }
        _ => false,
    }
}

/// Says whether a label is that of a way out in a language that is known, or is in none.
fn may_be(survey: &Survey, label: &Text) -> bool {
    let translations = label.translations().iter().map(|translation| (&translation.language, translation.text.as_str()));
    let versions = std::iter::once((&survey.language, label.original())).chain(translations);
    let mut known = versions.filter_map(|(tag, words)| Some((tongue(tag)?, words))).peekable();
    known.peek().is_none() || known.any(|(tongue, words)| tongue.says(words))
}

fn tongue(tag: &str) -> Option<&'static Tongue> {
    TONGUES.iter().find(|tongue| language::base(tag).eq_ignore_ascii_case(tongue.language))
}

impl Tongue {
    fn says(&self, label: &str) -> bool {
        let label = label.to_lowercase().replace('’', "'");
        let label = label.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = self.subjects.iter().find_map(|subject| label.strip_prefix(subject)).unwrap_or(label);
        self.phrases.iter().any(|phrase| is(label, phrase) || is(bare, phrase))
    }
}

/// Says whether a label is a phrase, or begins or ends as one that has more to it.
fn is(label: &str, phrase: &str) -> bool {
    match (phrase.strip_prefix('…'), phrase.strip_suffix('…')) {
        (Some(end), _) => label.ends_with(end),
        (_, Some(beginning)) => label.starts_with(beginning),
        _ => label.split(MARKS).next().is_some_and(|said| said.trim_end() == phrase),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::developer::phrases::Phrases;

    #[test]
    fn every_way_out_that_respondents_are_shown_is_known_by_its_name() {
        for (tongue, phrases) in TONGUES.iter().zip(Phrases::ALL) {
            for label in [phrases.menu.not_applicable, phrases.menu.prefer_not, phrases.menu.dont_know] {
                assert!(tongue.says(label), "{label}");
            }
        }
    }

    #[test]
    fn a_label_is_a_way_out_only_as_a_whole() {
        for (label, expected) in [
            ("N/A", true),
            ("None.", true),
            ("None (I work alone)", true),
            ("None at all", false),
            ("I don’t know", true),
            ("I don't know where to look", false),
            ("Not sure whom to ask", false),
            ("This doesn't apply to my work", true),
            ("The documentation does not apply to our version", false),
            ("Other", true),
            ("Other teams", false),
        ] {
            assert_eq!(TONGUES[0].says(label), expected, "{label}");
        }
    }
}
