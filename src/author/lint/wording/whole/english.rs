//! Finds the English among the languages of a text.

use std::ops::Range;

use crate::survey::{Kind, Question, Survey, Text, language};

/// Gives the English versions of a text with their places in the survey's file.
pub(super) fn versions<'t>(survey: &Survey, text: &'t Text) -> impl Iterator<Item = (&'t str, Range<usize>)> {
    let original = is_english(&survey.language).then(|| (text.original(), text.place()));
    let translations = text.translations().iter().filter(|translation| is_english(&translation.language));
    original.into_iter().chain(translations.map(|translation| (translation.text.as_str(), translation.place.range())))
}

/// Gives the first English version of a text.
pub(super) fn text<'t>(survey: &Survey, text: &'t Text) -> Option<&'t str> {
    versions(survey, text).next().map(|(text, _)| text)
}

/// Gives what the points of a question's scale, or its choices, are called in English; empty where they have no English words.
///
/// Choices that stand beside the others, such as "something else" and "none of these", are left out.
pub(super) fn points<'q>(survey: &Survey, question: &'q Question) -> Vec<&'q str> {
    let english = |texts: Vec<&'q Text>| -> Vec<&'q str> {
        let words: Vec<_> = texts.iter().filter_map(|label| text(survey, label)).collect();
        if words.len() == texts.len() { words } else { Vec::new() }
    };
    match &question.kind {
        Kind::Scale { scale, .. } | Kind::Matrix { scale, .. } => english(scale.labels.iter().collect()),
        Kind::Single { choices } if !selects(text(survey, &question.text).unwrap_or_default()) => {
            let on_it = choices.iter().filter(|choice| !choice.other && !choice.exclusive && !choice.pin);
            english(on_it.map(|choice| &choice.label).collect())
        }
        _ => Vec::new(),
    }
}

/// Gives what the ends of a question's scale are called in English: by its points' labels, or its anchors.
pub(super) fn ends<'q>(survey: &Survey, question: &'q Question) -> Option<(&'q str, &'q str)> {
    let points = points(survey, question);
    if let (Some(low), Some(high)) = (points.first(), points.last()) {
        return Some((low, high));
    }
    let anchors = &question.kind.scale()?.anchors;
    Some((text(survey, anchors.low.as_ref()?)?, text(survey, anchors.high.as_ref()?)?))
}

/// `Which of these do you own?` lists things and is no scale, whatever they are called.
fn selects(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    ["which", "what", "who", "where"].iter().any(|word| first.eq_ignore_ascii_case(word))
}

fn is_english(tag: &str) -> bool {
    language::base(tag).eq_ignore_ascii_case("en")
}
