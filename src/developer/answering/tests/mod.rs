//! Someone who answers, and what comes of it.

mod exposed;
mod guard;
mod keys;
mod leaving;
mod logic;
mod properties;
mod ways;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use super::{Effect, Event, Input, Session, update};
use crate::response::{Draft, json as shape};
use crate::survey::{Allow, Choice, Code, Kind, Length, Measure, Question, QuestionId, Row, Scale, Survey, SurveyId};

fn choices(codes: &[&str]) -> Vec<Choice> {
    let choice = |code: &&str| Choice {
        exclusive: *code == "none",
        other: *code == "other",
        ..Choice::new(Code::new(code).unwrap(), format!("The {code}"))
    };
    codes.iter().map(choice).collect()
}

fn question(id: &str, kind: Kind) -> Question {
    let allow = Allow { not_applicable: true, prefer_not_to_say: true, dont_know: true };
    Question { allow, ..Question::new(QuestionId::new(id).unwrap(), format!("Question {id}?"), kind) }
}

/// One question of every type, by the type's name.
fn kind(name: &str) -> Kind {
    let measure = |measure, first, last| Kind::Scale { measure, scale: Scale::new(first, last) };
    match name {
        "nps" => measure(Measure::Nps, 0, 10),
        "rating" => measure(Measure::Rating, 1, 5),
        "ten" => measure(Measure::Rating, 1, 10),
        "ces" => measure(Measure::Ces, 1, 7),
        "single" => Kind::Single { choices: choices(&["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "other"]) },
        "multi" => Kind::Multi { choices: choices(&["a", "b", "c", "other", "none"]), min: 2, max: 3 },
        "ranking" => Kind::Ranking { choices: choices(&["a", "b", "c"]) },
        "matrix" => {
            let row = |code| Row::new(Code::new(code).unwrap(), format!("Row {code}"));
            Kind::Matrix { rows: vec![row("x"), row("y"), row("z")], scale: Scale::new(1, 5) }
        }
        "text" => Kind::Text { length: Length::Short, max_length: 20 },
        "long" => Kind::Text { length: Length::Long, max_length: 200 },
        "number" => Kind::Number { min: Some(0.0), max: Some(40.0), unit: None, decimals: 1 },
        "boolean" => Kind::Boolean,
        "date" => Kind::Date { min: NaiveDate::from_ymd_opt(2020, 1, 1), max: None },
        _ => Kind::Note,
    }
}

const NAMES: [&str; 14] =
    ["nps", "rating", "ten", "ces", "single", "multi", "ranking", "matrix", "text", "long", "number", "boolean", "date", "note"];

fn survey(names: &[&str]) -> Survey {
    let questions = names.iter().map(|name| question(name, kind(name))).collect();
    Survey::new(SurveyId::new("trial").unwrap(), "Trial", "en", questions)
}

/// Someone who answers, a key every 100 ms.
struct Respondent {
    session: Session,
    at_ms: u64,
    effects: Vec<Effect>,
}

impl Respondent {
    fn new(survey: &Survey) -> Self {
        Self::with(survey, Draft::start(survey, DateTime::<Utc>::UNIX_EPOCH))
    }

    fn with(survey: &Survey, draft: Draft) -> Self {
        let today = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        Self { session: Session::new(survey, draft, today), at_ms: 1_000, effects: Vec::new() }
    }

    fn facing(names: &[&str]) -> Self {
        Self::new(&survey(names))
    }

    fn happens(&mut self, event: Event) -> &mut Self {
        let input = Input { at_ms: self.at_ms, event };
        let (session, effects) = update(self.session.clone(), input);
        self.session = session;
        for effect in &effects {
            if *effect == Effect::Save {
                self.session = update(self.session.clone(), Input { at_ms: self.at_ms, event: Event::Saved }).0;
            }
        }
        self.effects.extend(effects);
        self
    }

    /// Types keys by their names; `"…"` types the characters between the quotes one by one.
    fn types(&mut self, keys: &str) -> &mut Self {
        for word in keys.split(' ').filter(|word| !word.is_empty()) {
            let quoted = word.strip_prefix('"').and_then(|word| word.strip_suffix('"'));
            let names: Vec<String> = match quoted {
                Some(text) => text.chars().map(|c| if c == '_' { "space".into() } else { c.to_string() }).collect(),
                None => vec![word.to_owned()],
            };
            for name in names {
                self.at_ms += 100;
                self.happens(Event::Key(name.parse().unwrap()));
                self.at_ms += 20;
                self.happens(Event::Woken);
            }
        }
        self
    }

    /// Gives the answers and the missing kinds in one object.
    fn said(&self) -> Value {
        let (mut answers, missing) = shape::to_objects(self.session.survey(), &self.session.draft().replies);
        answers.extend(missing.into_iter().map(|(name, kind)| (format!("-{name}"), kind)));
        Value::Object(answers)
    }

    fn is_at(&self) -> String {
        self.session.question().map_or("review".to_owned(), |question| question.id.to_string())
    }
}
