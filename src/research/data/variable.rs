//! Variables: what is asked for one value, with the values of all responses in a column.

use crate::response::Missing;
use crate::survey::Measure;

/// What one column of a dataset holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// `question`, `question.choice` or `question.row`; of an instrument's score `instrument_score`.
    pub name: String,
    /// The question it belongs to; of a score the instrument.
    pub question: String,
    /// Of an item or the score of an instrument, the name the survey gives the whole.
    pub instrument: Option<String>,
    /// What is asked, in the survey's own language.
    pub text: String,
    /// Of a choice or a row, its label.
    pub part: Option<String>,
    /// What its values are.
    pub kind: VariableKind,
    /// The values it can have, in order; none where they are numbers.
    pub levels: Vec<Level>,
    /// How each wave asked, by the wave's place; `None` where it didn't.
    pub asked: Vec<Option<Asked>>,
    /// The value of each response.
    pub column: Column,
}

/// What the values of a variable are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VariableKind {
    /// Points of a scale, each a level.
    Scale {
        /// What it measures.
        measure: Measure,
        /// Whether more is better.
        higher_is_better: bool,
    },
    /// One of several choices.
    Choice,
    /// Whether a choice of several was taken: the levels 0 and 1.
    Picked,
    /// Yes or no: the levels 0 (no) and 1 (yes).
    YesNo,
    /// The place a choice was ranked at, from 1.
    Rank,
    /// A number.
    Number,
    /// A day, in days since 1970-01-01.
    Date,
    /// The score of an instrument.
    Score,
}

impl VariableKind {
    /// Gives the type of its question as authors write it; of a row of a matrix that of its scale, of an instrument `score`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scale { measure, .. } => measure.name(),
            Self::Choice => "single",
            Self::Picked => "multi",
            Self::YesNo => "boolean",
            Self::Rank => "ranking",
            Self::Number => "number",
            Self::Date => "date",
            Self::Score => "score",
        }
    }
}

impl Level {
    /// Gives its words, or its code where it has none.
    pub fn words(&self) -> &str {
        if self.label.is_empty() { &self.code } else { &self.label }
    }
}

/// One value a variable can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its code, as answers store it.
    pub code: String,
    /// Its words, empty where it has none.
    pub label: String,
    /// The number it stands for, of a scale's point, a rank and a choice of several.
    pub point: Option<u8>,
}

/// How a wave asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The hash of the wording, the scale and the codes; empty where it isn't known.
    pub hash: String,
    /// Whether the author says that a trend goes on across a change.
    pub continues: bool,
}

/// The values of one variable, a place for each response.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// Places of levels, or codes of [`Absent`].
    Levels(Vec<u8>),
    /// Numbers, with 0 or the code of an [`Absent`] beside each; an absent number is NaN.
    Numbers(Vec<f64>, Vec<u8>),
}

/// One of a few different values for each of some responses.
#[derive(Debug, Clone, Copy)]
pub struct Each<'a, T> {
    /// The different ones.
    pub different: &'a [T],
    /// Which of them each response has.
    pub of_row: &'a [u32],
}

impl<'a, T: Copy> Each<'a, T> {
    /// Gives how many responses it is about.
    pub fn len(&self) -> usize {
        self.of_row.len()
    }

    /// Says whether it is about none.
    pub fn is_empty(&self) -> bool {
        self.of_row.is_empty()
    }

    /// Gives the value of each response.
    pub fn iter(&self) -> impl Iterator<Item = T> + use<'a, T> {
        let different = self.different;
        self.of_row.iter().map(move |at| different[*at as usize])
    }
}

/// One value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// The place of a level.
    Level(u8),
    /// A number.
    Number(f64),
    /// None, and why.
    Absent(Absent),
}

/// Why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Absent {
    /// The respondent did something else than answer.
    Missing(Missing),
    /// The response's version of the survey has no such question.
    NotAsked,
}

/// The most levels a variable can have; what is above stands for kinds of absence.
pub const MOST_LEVELS: usize = 240;

const FIRST_ABSENT: u8 = 249;

impl Absent {
    /// Every kind, in the order of the documentation.
    pub fn all() -> impl Iterator<Item = Self> {
        Missing::ALL.into_iter().map(Self::Missing).chain([Self::NotAsked])
    }

    /// Gives its name in files and exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing(missing) => missing.name(),
            Self::NotAsked => "not_asked",
        }
    }

    /// Gives the kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|kind| kind.name() == name)
    }

    /// Gives the code it has in a column, 249 to 255.
    pub fn code(self) -> u8 {
        let at = Self::all().position(|kind| kind == self).and_then(|at| u8::try_from(at).ok());
        FIRST_ABSENT + at.unwrap_or(6)
    }

    /// Gives the kind of a code.
    pub fn of(code: u8) -> Option<Self> {
        Self::all().nth(usize::from(code.checked_sub(FIRST_ABSENT)?))
    }

    /// Says whether the respondent met the question, so that it belongs to the base of what was asked.
    pub fn was_shown(self) -> bool {
        !matches!(self, Self::NotAsked | Self::Missing(Missing::NotShown))
    }
}

impl Column {
    /// Gives an empty column for a kind of variable.
    pub fn for_kind(kind: VariableKind) -> Self {
        match kind {
            VariableKind::Number | VariableKind::Date | VariableKind::Score => Self::Numbers(Vec::new(), Vec::new()),
            _ => Self::Levels(Vec::new()),
        }
    }

    /// Gives how many responses it covers.
    pub fn len(&self) -> usize {
        match self {
            Self::Levels(codes) | Self::Numbers(_, codes) => codes.len(),
        }
    }

    /// Says whether it covers none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Gives the value of a response.
    pub fn value(&self, row: usize) -> Value {
        let (Self::Levels(codes) | Self::Numbers(_, codes)) = self;
        let code = codes.get(row).copied().unwrap_or(Absent::NotAsked.code());
        match (Absent::of(code), self) {
            (Some(absent), _) => Value::Absent(absent),
            (None, Self::Levels(_)) => Value::Level(code),
            (None, Self::Numbers(numbers, _)) => Value::Number(numbers[row]),
        }
    }

    /// Adds a value at the end; one of the other kind of column says that it wasn't asked.
    pub(super) fn push(&mut self, value: Value) {
        let code = self.code(value);
        match self {
            Self::Levels(codes) => codes.push(code),
            Self::Numbers(numbers, codes) => {
                numbers.push(number(value));
                codes.push(code);
            }
        }
    }

    /// Adds several.
    pub(super) fn extend(&mut self, values: Each<'_, Value>) {
        let different: Vec<u8> = values.different.iter().map(|value| self.code(*value)).collect();
        let added = Each { different: &different, of_row: values.of_row };
        match self {
            Self::Levels(codes) => codes.extend(added.iter()),
            Self::Numbers(numbers, codes) => {
                numbers.extend(values.iter().map(number));
                codes.extend(added.iter());
            }
        }
    }

    /// Gives the code that a value has here.
    fn code(&self, value: Value) -> u8 {
        match (self, value) {
            (Self::Levels(_), Value::Level(level)) => level,
            (Self::Numbers(..), Value::Number(number)) if number.is_finite() => 0,
            (_, Value::Absent(absent)) => absent.code(),
            _ => Absent::NotAsked.code(),
        }
    }

    /// Says why there is no value from a row on, where there is none and that is known.
    pub(super) fn explain(&mut self, first: usize, kinds: Each<'_, Option<Absent>>) {
        let (Self::Levels(codes) | Self::Numbers(_, codes)) = self;
        for (code, kind) in codes.iter_mut().skip(first).zip(kinds.iter()) {
            if let Some(kind) = kind.filter(|_| Absent::of(*code).is_some()) {
                *code = kind.code();
            }
        }
    }

    /// Keeps the values that are to be kept.
    pub(super) fn retain(&mut self, keep: &[bool]) {
        match self {
            Self::Levels(codes) => retain(codes, keep),
            Self::Numbers(numbers, codes) => {
                retain(numbers, keep);
                retain(codes, keep);
            }
        }
    }

    /// Makes it as long as said: what comes to it wasn't asked.
    pub(super) fn extend_to(&mut self, rows: usize) {
        match self {
            Self::Levels(codes) => codes.resize(rows, Absent::NotAsked.code()),
            Self::Numbers(numbers, codes) => {
                numbers.resize(rows, f64::NAN);
                codes.resize(rows, Absent::NotAsked.code());
            }
        }
    }
}

/// Keeps the values that are to be kept.
pub(super) fn retain<T>(values: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    values.retain(|_| keep.next().is_some_and(|keep| *keep));
}

/// Gives the number that a value is, NaN where it is none.
fn number(value: Value) -> f64 {
    if let Value::Number(number) = value
        && number.is_finite()
    {
        number
    } else {
        f64::NAN
    }
}

/// Gives a question with one of its choices or rows in one line.
pub fn with_part(text: &str, part: &str) -> String {
    if text.ends_with(['?', '!', '.', ':', '？', '。']) { format!("{text} {part}") } else { format!("{text}: {part}") }
}

impl Variable {
    /// Says whether a response has a value.
    pub fn is_given(&self, row: usize) -> bool {
        !matches!(self.column.value(row), Value::Absent(_))
    }

    /// Gives the place of the level with this code.
    pub fn level(&self, code: &str) -> Option<u8> {
        self.levels.iter().position(|level| level.code == code).and_then(|at| u8::try_from(at).ok())
    }

    /// Gives the question's words, or its id where it has none.
    pub fn words(&self) -> &str {
        if self.text.is_empty() { &self.question } else { &self.text }
    }

    /// Gives what is asked in one line.
    pub fn title(&self) -> String {
        self.part.as_ref().map_or_else(|| self.words().to_owned(), |part| with_part(self.words(), part))
    }

    /// Gives the number that each level stands for, `None` for those that stand for none.
    pub fn points(&self) -> Vec<Option<f64>> {
        self.levels.iter().map(|level| level.point.map(f64::from)).collect()
    }

    /// Says whether answers of a wave may be compared with those of another: both asked the same, or the author says the trend goes on.
    ///
    /// Every change in between counts, since each could break the trend.
    pub fn is_comparable(&self, from: usize, to: usize) -> bool {
        let mut asked = self.asked.iter().take(to + 1).skip(from).flatten();
        let Some(mut before) = asked.next() else { return false };
        for now in asked {
            if now.hash != before.hash && !now.continues {
                return false;
            }
            before = now;
        }
        matches!((self.asked.get(from), self.asked.get(to)), (Some(Some(_)), Some(Some(_))))
    }
}
