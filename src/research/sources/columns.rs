//! What the columns of a table are, and how their cells are read.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, NaiveDate};

use crate::research::data::{Absent, Asked, Builder, Level, Source, Surveyed, TooMany, Value, VariableKind, Wave};
use crate::response::Missing;
use crate::survey::{Kind, Question, Survey};

/// What the columns of a table are, in their order.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) roles: Vec<Role>,
    /// The wave of rows whose table has no column for it.
    pub(super) wave: Option<u16>,
    /// Which variables each wave is asked for as soon as it appears, with how it asks, and the waves that are where not all are.
    pub(super) asked: Vec<(usize, Asked, Vec<String>)>,
}

/// What one column is.
#[derive(Debug)]
pub(super) enum Role {
    /// Nothing that is read.
    Ignored,
    /// The name of the wave; some are described.
    Wave(Vec<Wave>),
    /// When it was answered: the quarter is the wave of a row that names none.
    Answered,
    /// How much the row counts.
    Weight,
    /// A group, with other codes for what stands there.
    Group(usize, HashMap<String, String>),
    /// The value of a variable.
    Value(usize, Reading),
    /// Whether one choice of several was taken, and the columns of all of them: where these are empty, nothing was answered.
    Choice(usize, Reading, Vec<usize>),
    /// Several choices in one cell, a variable each.
    Split(Split),
    /// Why the variables before it have none.
    Missing(Vec<usize>),
    /// Own words.
    Words(String),
    /// Own words, which an export may have guarded against spreadsheets.
    ExportedWords(String),
}

/// How the cells of a value are read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// What is known of cells.
    pub(super) known: HashMap<String, Value>,
    /// What stands for every other cell that isn't empty.
    pub(super) otherwise: Otherwise,
    /// What stands for an empty cell.
    pub(super) empty: Option<Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Otherwise {
    /// It's a mistake.
    #[default]
    Refused,
    /// It's a number.
    Number,
    /// It's a level of its own.
    Level,
    /// The choice was taken.
    Taken,
}

/// How several choices stand in one cell.
#[derive(Debug)]
pub(super) struct Split {
    /// What stands between two.
    pub(super) separator: String,
    /// What stands for each choice, and its variable.
    pub(super) choices: Vec<(String, usize)>,
    /// Cells that say why there is no answer.
    pub(super) missing: HashMap<String, Absent>,
}

/// Numbers and weights farther from 0 are mistakes: their squares would be lost.
const MOST: f64 = 1e15;

pub(super) const UNANSWERED: Value = Value::Absent(Absent::Missing(Missing::Unanswered));

impl Columns {
    /// Plans the columns of a wide export by their names.
    pub(super) fn exported(names: &[String], survey: &Survey, builder: &mut Builder) -> Result<Self, TooMany> {
        let mut columns = Self::default();
        let plan = Surveyed::plan(survey, builder)?;
        columns.asked = plan.asked.iter().map(|(variable, asked)| (*variable, asked.clone(), Vec::new())).collect();
        for name in names {
            let role = match name.as_str() {
                "wave" => Role::Wave(Vec::new()),
                "answered_at" => Role::Answered,
                "weight" => Role::Weight,
                "language" | "duration" => Role::Group(builder.grouping(name, Source::Answering), HashMap::new()),
                _ => Role::exported(name, &plan.names, survey, builder),
            };
            columns.roles.push(role);
        }
        if !columns.roles.iter().any(|role| matches!(role, Role::Wave(_))) {
            columns.wave = Some(builder.wave(unknown_wave("undated")));
        }
        Ok(columns)
    }

    /// Gives the places of the columns that are read.
    pub(super) fn needed(&self) -> Vec<usize> {
        (0..self.roles.len()).filter(|at| !matches!(self.roles[*at], Role::Ignored)).collect()
    }

    /// Gives the place of the column that names the wave, with the waves that are described.
    pub(super) fn described_waves(&self) -> Option<(usize, &[Wave])> {
        self.roles.iter().enumerate().find_map(|(at, role)| match role {
            Role::Wave(described) => Some((at, described.as_slice())),
            _ => None,
        })
    }

    /// Gives the place of the column that says when a row was answered.
    pub(super) fn answered(&self) -> Option<usize> {
        self.roles.iter().position(|role| matches!(role, Role::Answered))
    }

    /// Says what a wave asks for.
    pub(super) fn ask(&self, wave: u16, builder: &mut Builder) {
        for (variable, asked, waves) in &self.asked {
            if waves.is_empty() || waves.iter().any(|name| name == builder.wave_name(wave)) {
                builder.asks(wave, *variable, asked.clone());
            }
        }
    }
}

/// Gives the wave of an answer: the one it names, as old as the month of the first answer to it, or else the quarter it was given in.
pub(super) fn wave_of(name: &str, answered_at: &str) -> Wave {
    let day = DateTime::parse_from_rfc3339(answered_at).ok().map(|at| at.date_naive());
    let months = if name.is_empty() { 3 } else { 1 };
    let opens = day.and_then(|day| NaiveDate::from_ymd_opt(day.year(), 1 + months * (day.month0() / months), 1));
    let quarter = day.map_or_else(|| "undated".to_owned(), |day| format!("{}-Q{}", day.year(), 1 + day.month0() / 3));
    Wave { opens, ..unknown_wave(if name.is_empty() { &quarter } else { name }) }
}

/// Gives a wave of which nothing is known but its name.
pub(super) fn unknown_wave(name: &str) -> Wave {
    Wave { name: name.to_owned(), opens: None, closes: None, invited: None, classes: Vec::new(), is_open: false }
}

impl Role {
    fn exported(name: &str, names: &HashMap<String, usize>, survey: &Survey, builder: &mut Builder) -> Self {
        if let Some(variable) = names.get(name) {
            return Self::Value(*variable, Reading::of(builder, *variable));
        }
        if let Some(question) = name.strip_suffix(".missing") {
            let prefix = format!("{question}.");
            let of = names.iter().filter(|(name, _)| *name == question || name.starts_with(&prefix));
            return Self::Missing(of.map(|(_, variable)| *variable).collect());
        }
        if name.starts_with("variant.") {
            return Self::Group(builder.grouping(name, Source::Arm), HashMap::new());
        }
        if survey.privacy.segments.iter().any(|segment| segment.as_str() == name) {
            return Self::Group(builder.grouping(name, Source::Segment), HashMap::new());
        }
        let (question, end) = name.strip_suffix(".other_text").map_or((name, ""), |question| (question, ".other"));
        let is_words = |asked: &Question| match asked.kind {
            Kind::Text { .. } => end.is_empty(),
            _ => !end.is_empty(),
        };
        let asked = survey.asked().find(|asked| asked.id.as_str() == question);
        let asked = asked.filter(|asked| !asked.demographic && is_words(asked));
        asked.map_or(Self::Ignored, |_| Self::ExportedWords(format!("{question}{end}")))
    }
}

impl Reading {
    /// Gives how cells with the codes of a variable are read.
    pub(super) fn of(builder: &Builder, variable: usize) -> Self {
        let (kind, levels) = builder.described(variable);
        let level = |(at, level): (usize, &Level)| Some((level.code.clone(), Value::Level(u8::try_from(at).ok()?)));
        let mut known: HashMap<String, Value> = levels.iter().enumerate().filter_map(level).collect();
        if kind == VariableKind::YesNo {
            known.extend([("false".to_owned(), Value::Level(0)), ("true".to_owned(), Value::Level(1))]);
        }
        let is_number = matches!(kind, VariableKind::Number | VariableKind::Score | VariableKind::Date);
        Self { known, otherwise: if is_number { Otherwise::Number } else { Otherwise::Refused }, empty: None }
    }

    /// Gives what a cell stands for; `None` where that isn't known.
    pub(super) fn value(&self, variable: usize, cell: &str, builder: &mut Builder) -> Result<Option<Value>, TooMany> {
        if cell.is_empty() {
            return Ok(Some(self.empty.unwrap_or(UNANSWERED)));
        }
        if let Some(value) = self.known.get(cell) {
            return Ok(Some(*value));
        }
        Ok(match self.otherwise {
            Otherwise::Refused => None,
            Otherwise::Taken => Some(Value::Level(1)),
            Otherwise::Number => number(cell).map(Value::Number),
            Otherwise::Level => Some(Value::Level(builder.level(variable, cell)?)),
        })
    }

    /// Says what a cell should have been.
    pub(super) fn expected(&self) -> String {
        if self.otherwise == Otherwise::Number {
            return "is no number".to_owned();
        }
        let mut codes: Vec<&str> = self.known.keys().map(String::as_str).collect();
        codes.sort_unstable();
        format!("is none of {}", codes.join(", "))
    }
}

impl Split {
    /// Gives whether a cell has a choice, or why there is no answer.
    pub(super) fn value(&self, cell: &str, choice: &str) -> Value {
        match self.missing.get(cell) {
            _ if cell.is_empty() => UNANSWERED,
            Some(kind) => Value::Absent(*kind),
            None => Value::Level(u8::from(cell.split(&self.separator).any(|part| part.trim() == choice))),
        }
    }
}

/// Reads a number, or a day as days since 1970-01-01.
fn number(text: &str) -> Option<f64> {
    let number = text.parse::<f64>().ok().filter(|number| number.abs() <= MOST);
    number.or_else(|| text.parse::<chrono::NaiveDate>().ok().map(crate::research::data::days))
}

/// Reads how much a row counts.
pub(super) fn weight(text: &str) -> Option<f64> {
    text.parse().ok().filter(|weight| (0.0..=MOST).contains(weight))
}
