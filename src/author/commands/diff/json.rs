//! The changes for scripts: one JSON object, whose shape the help of the command tells.
//!
//! Its shape is stable: keys are added, never renamed or taken out.

use serde_json::{Value, json};

use super::Comparison;
use crate::author::diff::{Change, What};
use crate::author::lint::Sound;
use crate::author::lint::report::safe_json;
use crate::survey::{Code, Survey, Text};

/// Writes the changes as JSON.
pub(super) fn json(comparison: &Comparison) -> String {
    safe_json(&json!({
        "old": version(&comparison.old),
        "new": version(&comparison.new),
        "breaks_trend": comparison.breaks() > 0,
        "changes": comparison.changes.iter().map(|told| change(told, comparison)).collect::<Vec<_>>(),
    }))
}

fn version(version: &Sound) -> Value {
    json!({ "path": version.path, "id": version.survey.id.as_str(), "version": version.survey.version })
}

fn change(change: &Change, comparison: &Comparison) -> Value {
    let (subject, before, after) = parts(&change.what, comparison);
    json!({
        "question": change.question.as_ref().map(|id| id.as_str()),
        "what": name(&change.what),
        "subject": subject,
        "before": before,
        "after": after,
        "breaks_trend": change.breaks_trend,
        "why": change.why,
        "message": change.what.to_string(),
    })
}

fn name(what: &What) -> &'static str {
    match what {
        What::Survey(_) => "survey",
        What::Added => "added",
        What::Removed => "removed",
        What::Moved { .. } => "moved",
        What::Type { .. } => "type",
        What::Instrument { .. } => "instrument",
        What::Text { .. } => "text",
        What::Scale { .. } => "scale",
        What::ChoicesAdded(_) => "choices_added",
        What::ChoicesRemoved(_) => "choices_removed",
        What::Relabelled { .. } => "relabelled",
        What::ChoicesReordered => "choices_reordered",
        What::VariantsReordered => "variants_reordered",
        What::AskedOtherwise => "asked_otherwise",
        What::ChoiceMarked(_) => "choice_marked",
        What::TranslationAdded(_) => "translation_added",
        What::TranslationChanged(_) => "translation_changed",
        What::TranslationRemoved(_) => "translation_removed",
        What::Condition { .. } => "condition",
        What::Required(_) => "required",
        What::Limit(_) => "limit",
        What::Other(_) => "other",
    }
}

/// Gives what a survey itself says under a key, where that is one value: a text in the survey's own language.
fn of_survey(survey: &Survey, key: &str) -> Value {
    match key {
        "id" => json!(survey.id.as_str()),
        "version" => json!(survey.version),
        "title" => json!(survey.title.original()),
        "introduction" => json!(survey.introduction.as_ref().map(Text::original)),
        "owner" => json!(survey.owner),
        "language" => json!(survey.language),
        "minutes" => json!(survey.minutes),
        "grace_days" => json!(survey.grace_days),
        _ => Value::Null,
    }
}

/// Gives what the change is about, and what was and is there.
fn parts(what: &What, Comparison { old, new, .. }: &Comparison) -> (Value, Value, Value) {
    let none = Value::Null;
    let codes = |codes: &[Code]| codes.iter().map(Code::as_str).collect::<Value>();
    match what {
        What::Added | What::Removed | What::ChoicesReordered | What::VariantsReordered | What::AskedOtherwise => {
            (none.clone(), none.clone(), none)
        }
        What::Survey(key) => (json!(key), of_survey(&old.survey, key), of_survey(&new.survey, key)),
        What::Limit(key) | What::Other(key) => (json!(key), none.clone(), none),
        What::TranslationAdded(of) | What::TranslationChanged(of) | What::TranslationRemoved(of) => {
            (json!(of), none.clone(), none)
        }
        What::ChoiceMarked(code) => (json!(code.as_str()), none.clone(), none),
        What::ChoicesAdded(added) => (none.clone(), none, codes(added)),
        What::ChoicesRemoved(removed) => (none.clone(), codes(removed), none),
        What::Moved { past, is_earlier } => (json!(past.as_str()), json!(side(!is_earlier)), json!(side(*is_earlier))),
        What::Type { before, after } | What::Instrument { before, after } => (none, json!(before), json!(after)),
        What::Scale { before, after } => (none, json!(before), json!(after)),
        What::Condition { before, after } => (none, json!(before), json!(after)),
        What::Text { name, before, after } => (json!(name), json!(before), json!(after)),
        What::Relabelled { code, before, after } => (json!(code.as_str()), json!(before), json!(after)),
        What::Required(now) => (none, json!(!now), json!(now)),
    }
}

/// Names the side of another question.
fn side(is_earlier: bool) -> &'static str {
    if is_earlier { "earlier" } else { "later" }
}
