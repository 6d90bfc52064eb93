//! The texts of a question in both versions.

use super::What;
use super::order::is_reordered;
use crate::survey::{Name, Part, Question, Text};

/// Gives the texts that changed in the survey's own language, but for labels and the words of a scale.
pub(super) fn own(old: &Question, new: &Question) -> Vec<What> {
    let gone = old.texts().filter(|(part, _)| find(new, *part).is_none());
    let named = new.texts().chain(gone).filter_map(|(part, _)| Some((part, name(part)?)));
    let changed = named.filter_map(|(part, name)| {
        let words = |question| find(question, part).map(|text| text.original().to_owned());
        let (before, after) = (words(old), words(new));
        (before != after).then_some(What::Text { name, before, after })
    });
    changed.chain(are_variants_reordered(old, new).then_some(What::VariantsReordered)).collect()
}

/// Says whether the words for arms stand in another order: of those that fit a respondent the last are asked.
fn are_variants_reordered(old: &Question, new: &Question) -> bool {
    let arms = |question: &Question| -> Vec<(Name, Name)> {
        question.wordings.iter().map(|wording| (wording.variant.clone(), wording.arm.clone())).collect()
    };
    is_reordered(&arms(old), &arms(new))
}

/// Says whether those who read in a language find other words in a text that both versions have, and not because the original has
/// others.
pub(super) fn is_translated_otherwise(old: &Question, new: &Question, language: &str) -> bool {
    let differs = |before: &Text, now: &Text| {
        let is_translated = before.is_translated(language) || now.is_translated(language);
        is_translated && before.get(language) != now.get(language)
    };
    let mut asked = new.texts().filter(|(part, _)| *part != Part::Message);
    asked.any(|(part, now)| find(old, part).is_some_and(|before| differs(before, now)))
}

fn find<'q>(question: &'q Question, part: Part<'_>) -> Option<&'q Text> {
    question.texts().find(|(known, _)| *known == part).map(|(_, text)| text)
}

/// Names a text that is told with its words.
fn name(part: Part<'_>) -> Option<String> {
    match part {
        Part::Text | Part::Help | Part::Unit => Some(part.key().to_owned()),
        Part::TextFor { variant, arm } => Some(format!("text of {variant} {arm}")),
        Part::HelpFor { variant, arm } => Some(format!("help of {variant} {arm}")),
        _ => None,
    }
}
