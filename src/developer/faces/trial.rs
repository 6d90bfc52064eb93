//! A survey with every type of question, for the tests of the faces.

use chrono::{DateTime, NaiveDate};

use crate::developer::answering::Session;
use crate::response::Draft;
use crate::survey::{Allow, Anchors, Choice, Code, Kind, Length, Measure, Question, QuestionId, Row, Scale, Survey, SurveyId};

/// Gives a survey with every type of question; `nps` is required.
pub(super) fn survey() -> Survey {
    let questions = [scales(), selections(), entries()].concat();
    let introduction = Some("Every type of question.".into());
    Survey { introduction, minutes: Some(2.0), ..Survey::new(SurveyId::new("trial").unwrap(), "Trial", "en", questions) }
}

fn scales() -> Vec<Question> {
    let nps = Kind::Scale { measure: Measure::Nps, scale: scale(0, 10, "not at all", "extremely") };
    let agree = Kind::Scale { measure: Measure::Likert, scale: scale(1, 5, "disagree", "agree") };
    vec![
        question("nps", "How likely are you to recommend us?", nps),
        question("agree", "Builds are fast.", agree),
        question("deploys", "Do you deploy?", Kind::Boolean),
    ]
}

fn selections() -> Vec<Question> {
    let editors = choices(&[("vim", "Vim"), ("emacs", "Emacs"), ("other", "Another")]);
    let barriers = choices(&[("docs", "Finding documentation"), ("ci", "Waiting for builds"), ("none", "Nothing")]);
    let matters = choices(&[("docs", "Docs"), ("speed", "Speed"), ("safety", "Safety")]);
    let row = |code: &str, label: &str| Row::new(Code::new(code).unwrap(), label);
    let parts = Kind::Matrix { rows: vec![row("ci", "Builds"), row("docs", "Docs")], scale: scale(1, 5, "bad", "good") };
    vec![
        question("editor", "Which editor?", Kind::Single { choices: editors }),
        question("barriers", "What slowed you down?", Kind::Multi { choices: barriers, min: 1, max: 2 }),
        question("order", "What matters most?", Kind::Ranking { choices: matters }),
        question("parts", "How good are these?", parts),
    ]
}

fn entries() -> Vec<Question> {
    let minutes = Kind::Number { min: Some(0.0), max: Some(60.0), unit: Some("minutes".into()), decimals: 1 };
    vec![
        question("reason", "Why?", Kind::Text { length: Length::Long, max_length: 200 }),
        question("name", "One word for it?", Kind::Text { length: Length::Short, max_length: 20 }),
        question("minutes", "How long?", minutes),
        question("since", "Since when?", Kind::Date { min: NaiveDate::from_ymd_opt(2020, 1, 1), max: None }),
        question("thanks", "Thank you for all of this.", Kind::Note),
    ]
}

fn question(id: &str, text: &str, kind: Kind) -> Question {
    let allow = Allow { not_applicable: id == "agree", ..Allow::default() };
    Question { required: id == "nps", allow, ..Question::new(QuestionId::new(id).unwrap(), text, kind) }
}

fn scale(first: u8, last: u8, low: &str, high: &str) -> Scale {
    let anchors = Anchors { low: Some(low.into()), mid: None, high: Some(high.into()) };
    Scale { anchors, ..Scale::new(first, last) }
}

fn choices(all: &[(&str, &str)]) -> Vec<Choice> {
    let choice = |(code, label): &(&str, &str)| Choice {
        exclusive: *code == "none",
        other: *code == "other",
        ..Choice::new(Code::new(code).unwrap(), *label)
    };
    all.iter().map(choice).collect()
}

/// Gives a session at the first question.
pub(super) fn session() -> Session {
    let survey = survey();
    let draft = Draft::start(&survey, DateTime::UNIX_EPOCH);
    Session::new(&survey, draft, NaiveDate::from_ymd_opt(2026, 3, 31).unwrap())
}
