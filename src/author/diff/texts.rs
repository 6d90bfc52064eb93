//! The texts of a question by name, so that the same text is found in both versions.

use crate::survey::{Kind, Question, Scale, Text};

/// Gives every text with its name: a fixed one, or made of the code it belongs to.
pub(super) fn all(question: &Question) -> Vec<(String, &Text)> {
    let mut texts = vec![("text".to_owned(), &question.text)];
    texts.extend(question.help.as_ref().map(|help| ("help".to_owned(), help)));
    for wording in &question.wordings {
        let arm = format!("{} {}", wording.variant, wording.arm);
        texts.extend(wording.text.as_ref().map(|text| (format!("text of {arm}"), text)));
        texts.extend(wording.help.as_ref().map(|help| (format!("help of {arm}"), help)));
    }
    match &question.kind {
        Kind::Scale { scale, .. } => texts.extend(of_scale(scale)),
        Kind::Matrix { rows, scale } => {
            texts.extend(of_scale(scale));
            texts.extend(rows.iter().map(|row| (format!("label of {}", row.code), &row.label)));
        }
        Kind::Number { unit, .. } => texts.extend(unit.as_ref().map(|unit| ("unit".to_owned(), unit))),
        kind => texts.extend(kind.choices().iter().map(|choice| (format!("label of {}", choice.code), &choice.label))),
    }
    texts
}

fn of_scale(scale: &Scale) -> Vec<(String, &Text)> {
    let anchors = [("low", &scale.anchors.low), ("mid", &scale.anchors.mid), ("high", &scale.anchors.high)];
    let anchors = anchors.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text.as_ref()?)));
    let labels = scale.points().zip(&scale.labels).map(|(point, label)| (format!("label of point {point}"), label));
    anchors.chain(labels).collect()
}

/// Says whether a language has other words for a text that both versions have in it.
pub(super) fn is_translated_otherwise(old: &Question, new: &Question, language: &str) -> bool {
    let before = all(old);
    all(new).iter().any(|(name, text)| {
        let same = before.iter().find(|(known, _)| known == name);
        let words = |text: &Text| text.translations().iter().find(|other| other.language == language).map(|t| t.text.clone());
        matches!(same.map(|(_, text)| words(text)), Some(Some(old)) if words(text).is_some_and(|new| new != old))
    })
}
