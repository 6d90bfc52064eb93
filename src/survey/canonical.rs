//! The hashes of what is asked: each question becomes one text that is the same whenever the same is asked.
//!
//! What is absent, empty or false is left out, so that a key the language learns later changes no hash of before.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Choice, Direction, Kind, Length, Question, Row, Scale, Survey, Text, Wording};

impl Survey {
    /// Gives the SHA-256 of everything that is asked, in hexadecimal: it changes when any question does.
    pub fn hash(&self) -> String {
        let parts = self.questions.iter().map(|q| format!("{}={}\n", q.id, q.hash()));
        sha256(&parts.collect::<String>())
    }
}

impl Question {
    /// Gives the SHA-256 of what a respondent is asked (text, help, type, scale, codes and labels), in hexadecimal.
    ///
    /// It is that of the survey's own language: a translation that is added or improved leaves it as it was.
    pub fn hash(&self) -> String {
        sha256(&question(self, Tongue::Own))
    }

    /// Gives the same of what a respondent who reads in a language is asked.
    pub fn hash_in(&self, language: &str) -> String {
        sha256(&question(self, Tongue::Other(language)))
    }
}

/// The language in which texts are taken.
#[derive(Clone, Copy)]
enum Tongue<'l> {
    Own,
    Other(&'l str),
}

impl Tongue<'_> {
    fn of(self, text: &Text) -> &str {
        match self {
            Self::Own => text.original(),
            Self::Other(language) => text.get(language),
        }
    }

    fn of_any(self, text: Option<&Text>) -> Value {
        json!(text.map(|text| self.of(text)))
    }
}

/// Gives everything about a question that can change an answer.
fn question(question: &Question, tongue: Tongue<'_>) -> String {
    let mut object = Map::new();
    put(&mut object, "type", json!(question.kind.name()));
    put(&mut object, "text", json!(tongue.of(&question.text)));
    put(&mut object, "help", tongue.of_any(question.help.as_ref()));
    put(&mut object, "not_applicable", json!(question.allow.not_applicable));
    put(&mut object, "prefer_not_to_say", json!(question.allow.prefer_not_to_say));
    put(&mut object, "dont_know", json!(question.allow.dont_know));
    kind(&mut object, &question.kind, tongue);
    put(&mut object, "wordings", wordings(&question.wordings, tongue));
    Value::Object(object).to_string()
}

fn kind(object: &mut Map<String, Value>, kind: &Kind, tongue: Tongue<'_>) {
    match kind {
        Kind::Scale { scale: of, .. } => scale(object, of, tongue),
        Kind::Single { choices: of } | Kind::Ranking { choices: of } => put(object, "choices", choices(of, tongue)),
        Kind::Multi { choices: of, min, max } => {
            put(object, "choices", choices(of, tongue));
            put(object, "min", json!(min));
            put(object, "max", json!(max));
        }
        Kind::Matrix { rows: of, scale: of_each } => {
            put(object, "rows", rows(of, tongue));
            scale(object, of_each, tongue);
        }
        Kind::Text { length, max_length } => {
            put(object, "long", json!(*length == Length::Long));
            put(object, "max_length", json!(max_length));
        }
        Kind::Number { min, max, unit, decimals } => {
            put(object, "min", json!(min));
            put(object, "max", json!(max));
            put(object, "unit", tongue.of_any(unit.as_ref()));
            put(object, "decimals", json!(decimals));
        }
        Kind::Date { min, max } => {
            put(object, "min", json!(min.map(|date| date.to_string())));
            put(object, "max", json!(max.map(|date| date.to_string())));
        }
        Kind::Boolean | Kind::Note => {}
    }
}

fn scale(object: &mut Map<String, Value>, scale: &Scale, tongue: Tongue<'_>) {
    put(object, "first", json!(scale.first));
    put(object, "last", json!(scale.last));
    put(object, "low", tongue.of_any(scale.anchors.low.as_ref()));
    put(object, "mid", tongue.of_any(scale.anchors.mid.as_ref()));
    put(object, "high", tongue.of_any(scale.anchors.high.as_ref()));
    put(object, "labels", scale.labels.iter().map(|label| tongue.of(label)).collect());
    put(object, "lower_is_better", json!(scale.direction == Direction::LowerIsBetter));
}

fn choices(choices: &[Choice], tongue: Tongue<'_>) -> Value {
    let one = |choice: &Choice| {
        let mut object = Map::new();
        put(&mut object, "code", json!(choice.code.as_str()));
        put(&mut object, "label", json!(tongue.of(&choice.label)));
        put(&mut object, "exclusive", json!(choice.exclusive));
        put(&mut object, "other", json!(choice.other));
        Value::Object(object)
    };
    choices.iter().map(one).collect()
}

fn rows(rows: &[Row], tongue: Tongue<'_>) -> Value {
    rows.iter().map(|row| json!({ "code": row.code.as_str(), "label": tongue.of(&row.label) })).collect()
}

fn wordings(wordings: &[Wording], tongue: Tongue<'_>) -> Value {
    let one = |wording: &Wording| {
        let mut object = Map::new();
        put(&mut object, "variant", json!(wording.variant.as_str()));
        put(&mut object, "arm", json!(wording.arm.as_str()));
        put(&mut object, "text", tongue.of_any(wording.text.as_ref()));
        put(&mut object, "help", tongue.of_any(wording.help.as_ref()));
        Value::Object(object)
    };
    wordings.iter().map(one).collect()
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

/// Gives the SHA-256 of a text in hexadecimal.
///
/// Formatting byte by byte would cost several times the hash itself.
pub(crate) fn sha256(text: &str) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    Sha256::digest(text.as_bytes()).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::{Name, QuestionId, Translation};

    #[test]
    fn the_text_holds_what_is_asked_and_no_defaults() {
        let id = QuestionId::new("free").unwrap();
        let kind = Kind::Text { length: Length::Short, max_length: 240 };
        let plain = Question::new(id, "Why?", kind);
        assert_eq!(question(&plain, Tongue::Own), r#"{"type":"text","text":"Why?","max_length":240}"#);
    }

    #[test]
    fn a_language_is_hashed_by_itself() {
        let german = |text: &str| Translation { language: "de".to_owned(), text: text.to_owned(), ..Translation::default() };
        let asked = |texts: Vec<Translation>| {
            let text = Text::new("Why?", 0..0, texts);
            Question::new(QuestionId::new("free").unwrap(), text, Kind::Boolean)
        };
        let (plain, first, second) = (asked(vec![]), asked(vec![german("Warum?")]), asked(vec![german("Wieso?")]));
        assert_eq!((plain.hash(), first.hash()), (first.hash(), second.hash()));
        assert_eq!(plain.hash_in("de"), plain.hash());
        assert_ne!(first.hash_in("de"), second.hash_in("de"));
        assert_eq!((first.hash_in("de-CH"), first.hash_in("ja")), (first.hash_in("de"), first.hash()));
    }

    #[test]
    fn other_words_for_an_arm_are_part_of_what_is_asked() {
        let name = |text| Name::new(text).unwrap();
        let plain = Question::new(QuestionId::new("free").unwrap(), "Why?", Kind::Boolean);
        let wording = Wording {
            variant: name("wording"),
            arm: name("b"),
            text: Some("How come?".into()),
            help: None,
            place: Default::default(),
        };
        let varied = Question { wordings: vec![wording], ..plain.clone() };
        assert_ne!(varied.hash(), plain.hash());
    }
}
