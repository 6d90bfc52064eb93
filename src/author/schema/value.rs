//! What a value can be, each with its description: the parts that the schema is made of.

use std::ops::RangeInclusive;

use serde_json::{Map, Value, json};

use crate::survey::language::{LONGEST_TAG, TAG_PATTERN};
use crate::survey::parse::vocabulary::lengths;

/// Gives a table that has these keys and no others.
pub(super) fn table(description: &str, keys: &[&str], required: &[&str], property: impl Fn(&str) -> Value) -> Value {
    let properties: Map<String, Value> = keys.iter().map(|key| ((*key).to_owned(), property(key))).collect();
    let mut table = json!({ "description": description, "type": "object" });
    if !required.is_empty() {
        table["required"] = json!(required);
    }
    table["properties"] = Value::Object(properties);
    table["additionalProperties"] = json!(false);
    table
}

/// Gives a list with this many elements.
pub(super) fn list(description: &str, count: RangeInclusive<usize>, items: &Value) -> Value {
    let mut list = json!({ "description": description, "type": "array" });
    if *count.start() > 0 {
        list["minItems"] = json!(count.start());
    }
    if *count.end() < usize::MAX {
        list["maxItems"] = json!(count.end());
    }
    list["items"] = items.clone();
    list
}

/// Gives a list in which nothing stands twice.
pub(super) fn set(description: &str, count: RangeInclusive<usize>, items: &Value) -> Value {
    let mut set = list(description, count, items);
    set["uniqueItems"] = json!(true);
    set
}

/// Gives a text that a respondent reads: in the survey's language, or a table of it by language.
///
/// No pattern stands beside the lengths, and the languages are names rather than patterns: Tombi reads each anew for each text, and
/// takes ten times as long over a file.
pub(super) fn text(description: &str, most: usize) -> Value {
    json!({
        "description": format!("{description} A text, or one for each language: {{ en = \"…\", de = \"…\" }}."),
        "type": ["string", "object"],
        "minLength": 1,
        "maxLength": most,
        "minProperties": 1,
        "propertyNames": { "pattern": TAG_PATTERN, "maxLength": LONGEST_TAG },
        "additionalProperties": { "type": "string", "minLength": 1, "maxLength": most },
        // What Tombi calls a key that may be any language.
        "x-tombi-additional-key-label": "language",
    })
}

/// Gives a text that isn't translated.
pub(super) fn words(description: &str, most: usize) -> Value {
    json!({ "description": description, "type": "string", "minLength": 1, "maxLength": most })
}

/// Gives a name of a given form.
pub(super) fn name(description: &str, pattern: &str) -> Value {
    json!({ "description": description, "type": "string", "pattern": pattern })
}

/// Gives a condition over earlier answers.
pub(super) fn condition(description: &str) -> Value {
    let examples = "Such as nps <= 6, \"ci\" in barriers, or answered(reason) && !slow.";
    let mut condition = words(&format!("{description} {examples}"), lengths::CONDITION);
    condition["examples"] = json!(["nps <= 6", "answered(nps)"]);
    condition
}

/// Gives one of these words.
pub(super) fn one_of(description: &str, words: &[&str]) -> Value {
    json!({ "description": description, "type": "string", "enum": words })
}

/// Gives a whole number within bounds.
pub(super) fn whole(description: &str, bounds: &RangeInclusive<i64>) -> Value {
    json!({ "description": description, "type": "integer", "minimum": bounds.start(), "maximum": bounds.end() })
}

/// Gives a number, whole or decimal: `number` would be enough, but Tombi shows nothing on hovering a whole one then.
pub(super) fn number(description: &str) -> Value {
    json!({ "description": description, "type": ["integer", "number"] })
}

/// Gives `true` or `false`.
pub(super) fn flag(description: &str) -> Value {
    json!({ "description": description, "type": "boolean" })
}

/// Gives a day: TOML's own, or the same in quotes.
pub(super) fn day(description: &str) -> Value {
    let pattern = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
    json!({
        "description": description,
        "anyOf": [{ "type": "string", "format": "date", "pattern": pattern }, { "type": "string", "pattern": pattern }],
    })
}
