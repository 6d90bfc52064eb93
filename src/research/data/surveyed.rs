//! Responses to a known survey as values of variables.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use crate::anonymous::private::is_told;
use crate::response::facts::unfilled;
use crate::response::score::scores;
use crate::response::{Answer, Cell, Missing, Replies, Reply};
use crate::survey::presentation::Arms;
use crate::survey::{Choice, Direction, Kind, Measure, Question, Scale, Survey, Text, Trend};

use super::{Absent, Asked, Builder, Level, Source, TooMany, Value, Variable, VariableKind};

/// One wave's version of a survey, with the variables that its questions go to.
#[derive(Debug)]
pub struct Surveyed {
    survey: Survey,
    wave: u16,
    plan: Plan,
}

/// The variables of a survey.
#[derive(Debug, Default)]
pub struct Plan {
    /// The place of each variable, by its name.
    pub names: HashMap<String, usize>,
    /// How each is asked.
    pub asked: Vec<(usize, Asked)>,
    /// The variables of each question's parts, by the question's place.
    questions: Vec<(usize, Vec<usize>)>,
    scores: Vec<usize>,
}

/// What is known of a response besides its answers.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The value of each segment.
    pub segments: Vec<(String, String)>,
    /// The arms of the survey's variants.
    pub arms: Arms,
    /// The language it was answered in.
    pub language: Option<String>,
    /// The time it took, coarsely.
    pub duration: Option<String>,
}

impl Surveyed {
    /// Adds the variables of a survey, as this wave asked it.
    ///
    /// # Errors
    /// A question has too many levels.
    pub fn new(survey: Survey, wave: u16, builder: &mut Builder) -> Result<Self, TooMany> {
        let plan = Self::plan(&survey, builder)?;
        plan.asked.iter().for_each(|(variable, asked)| builder.asks(wave, *variable, asked.clone()));
        Ok(Self { survey, wave, plan })
    }

    /// Adds the variables of a survey, for waves that are told later.
    ///
    /// # Errors
    /// A question has too many levels.
    pub fn plan(survey: &Survey, builder: &mut Builder) -> Result<Plan, TooMany> {
        let privacy = &survey.privacy;
        builder.describe(survey.title.original(), &survey.language, [privacy.smallest_group, privacy.fewest_comments()]);
        for segment in &survey.segments {
            let grouping = builder.grouping(segment.id.as_str(), Source::Segment);
            for value in &segment.values {
                builder.label_group(grouping, value.code.as_str(), value.label.original())?;
            }
        }
        let mut plan = Plan::default();
        for (at, question) in survey.questions.iter().enumerate().filter(|(_, question)| is_counted(question)) {
            let asked = Asked { hash: question.hash(), continues: question.trend == Some(Trend::Continue) };
            let places: Result<Vec<usize>, TooMany> =
                variables(question).into_iter().map(|variable| plan.add(variable, asked.clone(), builder)).collect();
            plan.questions.push((at, places?));
            let Some(item) = &question.item else { continue };
            if !survey.questions[at + 1..].iter().any(|later| later.item.as_ref().is_some_and(|later| later.of == item.of)) {
                let text = item.instrument.name().to_owned();
                let asked = Asked { hash: text.clone(), continues: true };
                let variable = Variable::new(format!("{}_score", item.of), VariableKind::Score);
                let of = item.of.to_string();
                let score =
                    plan.add(Variable { question: of.clone(), instrument: Some(of), text, ..variable }, asked, builder)?;
                plan.scores.push(score);
            }
        }
        Ok(plan)
    }

    /// Gives the wave.
    pub fn wave(&self) -> u16 {
        self.wave
    }

    /// Gives the survey.
    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// Adds a response.
    ///
    /// # Errors
    /// There are too many groups.
    pub fn add(&self, replies: &Replies, facts: &Facts, builder: &mut Builder) -> Result<(), TooMany> {
        builder.begin(self.wave);
        for (name, value) in &facts.segments {
            let grouping = builder.grouping(name, Source::Segment);
            builder.group(grouping, value)?;
        }
        for (variant, arm) in &facts.arms {
            let grouping = builder.grouping(&format!("variant.{variant}"), Source::Arm);
            builder.group(grouping, arm.as_str())?;
        }
        for (name, value) in [("language", &facts.language), ("duration", &facts.duration)] {
            if let Some(value) = value {
                let grouping = builder.grouping(name, Source::Answering);
                builder.group(grouping, value)?;
            }
        }
        for (at, places) in &self.plan.questions {
            let question = &self.survey.questions[*at];
            for (part, place) in places.iter().enumerate() {
                builder.set(*place, value(question, part, replies.get(&question.id)));
            }
        }
        if !self.plan.scores.is_empty() {
            for ((_, score), place) in scores(&self.survey, replies).into_iter().zip(&self.plan.scores) {
                let missing = Value::Absent(Absent::Missing(Missing::Unanswered));
                builder.set(*place, score.map_or(missing, Value::Number));
            }
        }
        Ok(())
    }
}

impl Plan {
    fn add(&mut self, variable: Variable, asked: Asked, builder: &mut Builder) -> Result<usize, TooMany> {
        let name = variable.name.clone();
        let place = builder.variable(variable)?;
        self.names.insert(name, place);
        self.asked.push((place, asked));
        Ok(place)
    }
}

/// 1970-01-01 in days of the common era.
const EPOCH: i32 = 719_163;

/// Gives a day as days since 1970-01-01.
pub fn days(day: NaiveDate) -> f64 {
    f64::from(day.num_days_from_ce() - EPOCH)
}

/// Says whether a question has answers that are counted: no own words, and nothing that the class tells instead.
fn is_counted(question: &Question) -> bool {
    is_told(question) && !matches!(question.kind, Kind::Note | Kind::Text { .. })
}

/// Gives the variables of a question, without values.
fn variables(question: &Question) -> Vec<Variable> {
    let id = question.id.as_str();
    let base = |name: String, kind, levels| {
        let text = unfilled(&question.text).into_owned();
        let instrument = question.item.as_ref().map(|item| item.of.to_string());
        Variable { question: id.to_owned(), instrument, text, levels, ..Variable::new(name, kind) }
    };
    let part = |code: &str, label: &Text, kind, levels| Variable {
        part: Some(unfilled(label).into_owned()),
        ..base(format!("{id}.{code}"), kind, levels)
    };
    match &question.kind {
        Kind::Scale { measure, scale } => vec![base(id.to_owned(), on_scale(*measure, scale), points(scale))],
        Kind::Matrix { rows, scale } => {
            let kind = on_scale(Measure::Rating, scale);
            rows.iter().map(|row| part(row.code.as_str(), &row.label, kind, points(scale))).collect()
        }
        Kind::Single { choices } => vec![base(id.to_owned(), VariableKind::Choice, choices.iter().map(level).collect())],
        Kind::Multi { choices, .. } => {
            let of = |choice: &Choice| part(choice.code.as_str(), &choice.label, VariableKind::Picked, no_and_yes());
            choices.iter().map(of).collect()
        }
        Kind::Ranking { choices } => {
            let ranks: Vec<Level> =
                (1..=choices.len()).filter_map(|at| u8::try_from(at).ok()).map(|at| numbered(at, "")).collect();
            choices.iter().map(|choice| part(choice.code.as_str(), &choice.label, VariableKind::Rank, ranks.clone())).collect()
        }
        Kind::Boolean => vec![base(id.to_owned(), VariableKind::YesNo, no_and_yes())],
        Kind::Number { .. } => vec![base(id.to_owned(), VariableKind::Number, Vec::new())],
        Kind::Date { .. } => vec![base(id.to_owned(), VariableKind::Date, Vec::new())],
        Kind::Text { .. } | Kind::Note => Vec::new(),
    }
}

fn on_scale(measure: Measure, scale: &Scale) -> VariableKind {
    VariableKind::Scale { measure, higher_is_better: scale.direction == Direction::HigherIsBetter }
}

fn points(scale: &Scale) -> Vec<Level> {
    scale.points().map(|point| numbered(point, scale.label(point).unwrap_or_default())).collect()
}

fn numbered(point: u8, label: &str) -> Level {
    Level { code: point.to_string(), label: label.to_owned(), point: Some(point) }
}

fn no_and_yes() -> Vec<Level> {
    vec![numbered(0, "no"), numbered(1, "yes")]
}

fn level(choice: &Choice) -> Level {
    Level { code: choice.code.to_string(), label: unfilled(&choice.label).into_owned(), point: None }
}

/// Gives the value of one part of a question.
fn value(question: &Question, part: usize, reply: Option<&Reply>) -> Value {
    let answer = match reply {
        Some(Reply::Given(answer)) => answer,
        Some(Reply::Missing(missing)) => return Value::Absent(Absent::Missing(*missing)),
        None => return Value::Absent(Absent::Missing(Missing::Unanswered)),
    };
    let unanswered = Value::Absent(Absent::Missing(Missing::Unanswered));
    let level = |at: Option<usize>| at.and_then(|at| u8::try_from(at).ok()).map_or(unanswered, Value::Level);
    let point = |scale: &Scale, point: u8| level(point.checked_sub(scale.first).map(usize::from));
    let choices = question.kind.choices();
    match (&question.kind, answer) {
        (Kind::Scale { scale, .. }, Answer::Scale(at)) => point(scale, *at),
        (Kind::Boolean, Answer::Boolean(yes)) => Value::Level(u8::from(*yes)),
        (Kind::Number { .. }, Answer::Number(number)) => Value::Number(*number),
        (Kind::Date { .. }, Answer::Date(date)) => Value::Number(days(*date)),
        (Kind::Single { .. }, Answer::Single(pick)) => {
            level(pick.choice(choices).and_then(|picked| choices.iter().position(|choice| choice.code == picked.code)))
        }
        (Kind::Multi { .. }, Answer::Multi(picks)) => {
            let code = &choices[part].code;
            Value::Level(u8::from(picks.iter().any(|pick| pick.choice(choices).is_some_and(|choice| choice.code == *code))))
        }
        (Kind::Ranking { .. }, Answer::Ranking(codes)) => level(codes.iter().position(|code| *code == choices[part].code)),
        (Kind::Matrix { rows, scale }, Answer::Matrix(cells)) => match cells.get(&rows[part].code) {
            Some(Cell::Given(at)) => point(scale, *at),
            Some(Cell::Missing(missing)) => Value::Absent(Absent::Missing(*missing)),
            None => unanswered,
        },
        _ => unanswered,
    }
}
