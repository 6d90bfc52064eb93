//! The hashes of what is asked: each question becomes one text that is the same whenever the same is asked.
//!
//! What has its default value is left out, so that a key the language learns later changes no hash of before.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Choice, Direction, Kind, Length, Question, Row, Scale, Survey, Text};

impl Survey {
    /// Gives the SHA-256 of everything that is asked, in hexadecimal: it changes when any question does.
    pub fn hash(&self) -> String {
        let parts = self.questions.iter().map(|q| format!("{}={}\n", q.id, q.hash()));
        hexadecimal(&parts.collect::<String>())
    }
}

impl Question {
    /// Gives the SHA-256 of what a respondent is asked (text, help, type, scale, codes and labels), in hexadecimal.
    pub fn hash(&self) -> String {
        hexadecimal(&question(self))
    }
}

/// Gives everything about a question that can change an answer.
fn question(question: &Question) -> String {
    let mut object = Map::new();
    put(&mut object, "type", json!(question.kind.name()));
    put(&mut object, "text", json!(question.text.original()));
    put(&mut object, "help", json!(question.help.as_ref().map(Text::original)));
    put(&mut object, "not_applicable", json!(question.allow.not_applicable));
    put(&mut object, "prefer_not_to_say", json!(question.allow.prefer_not_to_say));
    put(&mut object, "dont_know", json!(question.allow.dont_know));
    kind(&mut object, &question.kind);
    Value::Object(object).to_string()
}

fn kind(object: &mut Map<String, Value>, kind: &Kind) {
    match kind {
        Kind::Scale { scale: of, .. } => scale(object, of),
        Kind::Single { choices: of } | Kind::Ranking { choices: of } => put(object, "choices", choices(of)),
        Kind::Multi { choices: of, min, max } => {
            put(object, "choices", choices(of));
            put(object, "min", json!(min));
            put(object, "max", json!(max));
        }
        Kind::Matrix { rows: of, scale: of_each } => {
            put(object, "rows", rows(of));
            scale(object, of_each);
        }
        Kind::Text { length, max_length } => {
            put(object, "long", json!(*length == Length::Long));
            put(object, "max_length", json!(max_length));
        }
        Kind::Number { min, max, unit, decimals } => {
            put(object, "min", json!(min));
            put(object, "max", json!(max));
            put(object, "unit", json!(unit.as_ref().map(Text::original)));
            put(object, "decimals", json!(decimals));
        }
        Kind::Date { min, max } => {
            put(object, "min", json!(min.map(|date| date.to_string())));
            put(object, "max", json!(max.map(|date| date.to_string())));
        }
        Kind::Boolean | Kind::Note => {}
    }
}

fn scale(object: &mut Map<String, Value>, scale: &Scale) {
    put(object, "first", json!(scale.first));
    put(object, "last", json!(scale.last));
    put(object, "low", json!(scale.anchors.low.as_ref().map(Text::original)));
    put(object, "mid", json!(scale.anchors.mid.as_ref().map(Text::original)));
    put(object, "high", json!(scale.anchors.high.as_ref().map(Text::original)));
    put(object, "labels", json!(scale.labels.iter().map(Text::original).collect::<Vec<_>>()));
    put(object, "lower_is_better", json!(scale.direction == Direction::LowerIsBetter));
}

fn choices(choices: &[Choice]) -> Value {
    let one = |choice: &Choice| {
        let mut object = Map::new();
        put(&mut object, "code", json!(choice.code.as_str()));
        put(&mut object, "label", json!(choice.label.original()));
        put(&mut object, "exclusive", json!(choice.exclusive));
        put(&mut object, "other", json!(choice.other));
        Value::Object(object)
    };
    choices.iter().map(one).collect()
}

fn rows(rows: &[Row]) -> Value {
    rows.iter().map(|row| json!({ "code": row.code.as_str(), "label": row.label.original() })).collect()
}

/// Puts a value unless it is empty, absent or false.
fn put(object: &mut Map<String, Value>, key: &str, value: Value) {
    let is_default = match &value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    if !is_default {
        object.insert(key.to_owned(), value);
    }
}

/// Formatting byte by byte would cost several times the hash itself.
pub(super) fn hexadecimal(text: &str) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    Sha256::digest(text.as_bytes()).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::QuestionId;

    #[test]
    fn the_text_holds_what_is_asked_and_no_defaults() {
        let id = QuestionId::new("free").unwrap();
        let kind = Kind::Text { length: Length::Short, max_length: 240 };
        let plain = Question::new(id, "Why?", kind);
        assert_eq!(question(&plain), r#"{"type":"text","text":"Why?","max_length":240}"#);
    }
}
