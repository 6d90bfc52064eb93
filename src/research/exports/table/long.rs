//! The long table: one row per answer, whatever the survey.
//!
//! ```text
//! response  wave     question  type   row  value  rank  missing
//! 1         2026-Q4  nps       nps         9
//! 1         2026-Q4  barriers  multi       docs
//! 2         2026-Q4  nps       nps                      skipped
//! ```
//!
//! A question of several choices has a row for each one taken, a ranking one for each choice with its rank, a matrix one for each of
//! its rows, and a question without an answer one that says why; what a wave didn't ask has none. `response` tells which answers were
//! given together: a number in the order of the wide table, which follows from the answers.

use super::column::{day, decimal};
use super::{Cell, Table, layout};
use crate::research::data::{Absent, Dataset, Value, Variable, VariableKind};
use crate::response::table::Values;

/// The columns of one answer: question, `question_text`, type, row, `row_label`, value, label, rank, missing.
pub const LINE: [&str; 9] = ["question", "question_text", "type", "row", "row_label", "value", "label", "rank", "missing"];

/// The long table of a dataset.
#[derive(Debug)]
pub struct Long<'a> {
    /// The names of its columns.
    pub names: Vec<String>,
    dataset: &'a Dataset,
    questions: Vec<Question<'a>>,
    with_labels: bool,
}

/// What one reply is to: a question, or a row of a matrix.
#[derive(Debug)]
struct Question<'a> {
    head: [Cell<'a>; 5],
    is_several: bool,
    parts: Vec<Part<'a>>,
}

#[derive(Debug)]
struct Part<'a> {
    variable: &'a Variable,
    code: &'a str,
    codes: Vec<Cell<'a>>,
    labels: Vec<Cell<'a>>,
}

impl<'a> Long<'a> {
    /// Gives the table: with labels, in columns of their own beside the codes.
    pub fn new(dataset: &'a Dataset, values: Values) -> Self {
        let with_labels = values == Values::Labels;
        let mut names: Vec<String> = ["response", "wave"].map(str::to_owned).to_vec();
        let own: Vec<&str> = names.iter().map(String::as_str).chain(LINE).chain(["weight"]).collect();
        let group = |name: &str| if own.contains(&name) { format!("{name}_") } else { name.to_owned() };
        let groups: Vec<String> = dataset.groupings.iter().map(|grouping| group(&grouping.name)).collect();
        names.extend(groups);
        names.extend(LINE.iter().filter(|name| with_labels || !is_words(name)).map(|name| (*name).to_owned()));
        names.extend(dataset.weights.is_some().then(|| "weight".to_owned()));
        Self { names, dataset, questions: questions(&dataset.variables), with_labels }
    }

    /// Hands on every line of a response, whose number counts from 1.
    ///
    /// # Errors
    /// Those of whoever takes the lines.
    pub fn lines<E>(&self, row: usize, number: i64, mut take: impl FnMut(&[Cell<'a>]) -> Result<(), E>) -> Result<(), E> {
        let wave = self.dataset.waves.get(usize::from(self.dataset.wave_of[row]));
        let mut line = vec![Cell::Integer(number), wave.map_or(Cell::Empty, |wave| Cell::Text(&wave.name))];
        line.extend(self.dataset.groupings.iter().map(|grouping| {
            let level = grouping.column.get(row).and_then(|group| grouping.levels.get(usize::from(*group)));
            level.map_or(Cell::Empty, |level| Cell::Text(&level.code))
        }));
        let common = line.len();
        let weight = self.dataset.weights.as_ref().map(|weights| decimal(weights[row]));
        for question in &self.questions {
            question.answers(row, &mut |answer| {
                line.truncate(common);
                let cells = question.head.iter().chain(&answer).zip(LINE);
                line.extend(cells.filter(|(_, name)| self.with_labels || !is_words(name)).map(|(cell, _)| *cell));
                line.extend(weight);
                take(&line)
            })?;
        }
        Ok(())
    }
}

/// Says whether a column holds words that stand beside codes.
fn is_words(name: &str) -> bool {
    matches!(name, "question_text" | "row_label" | "label")
}

impl Table<'_> {
    /// Gives the rows with their numbers, block by block.
    pub fn numbered(&self, rows: usize) -> impl Iterator<Item = impl Iterator<Item = (i64, usize)>> {
        self.blocks(rows).map(|rows| rows.map(|row| (i64::try_from(row).unwrap_or(i64::MAX - 1) + 1, row)))
    }
}

fn questions(variables: &[Variable]) -> Vec<Question<'_>> {
    let mut questions: Vec<Question<'_>> = Vec::new();
    for variable in variables {
        let is_several = matches!(variable.kind, VariableKind::Picked | VariableKind::Rank);
        let part = Part {
            variable,
            code: code(variable),
            codes: layout::levels(variable, Values::Codes),
            labels: layout::levels(variable, Values::Labels),
        };
        let known = questions.iter_mut().find(|known| {
            known.is_several && is_several && known.parts.iter().any(|part| part.variable.question == variable.question)
        });
        match known {
            Some(known) => known.parts.push(part),
            None => questions.push(Question { head: head(variable), is_several, parts: vec![part] }),
        }
    }
    questions
}

/// Gives the cells that every answer to a question begins with.
fn head(variable: &Variable) -> [Cell<'_>; 5] {
    let is_row = layout::is_row(variable);
    let name = if variable.kind == VariableKind::Score { &variable.name } else { &variable.question };
    let row = |text| if is_row { Cell::Text(text) } else { Cell::Empty };
    [
        Cell::Text(name),
        Cell::Text(&variable.text),
        Cell::Text(kind(variable)),
        row(code(variable)),
        row(variable.part.as_deref().unwrap_or_default()),
    ]
}

/// Gives the code of a choice or a row, which the variable is named after.
fn code(variable: &Variable) -> &str {
    let after = variable.name.strip_prefix(&variable.question).and_then(|rest| rest.strip_prefix('.'));
    after.unwrap_or(&variable.name)
}

/// Gives the type of a question as authors write it.
pub(crate) fn kind(variable: &Variable) -> &'static str {
    let is_matrix = matches!(variable.kind, VariableKind::Scale { .. }) && layout::is_row(variable);
    if is_matrix { "matrix" } else { variable.kind.name() }
}

impl<'a> Question<'a> {
    /// Hands on value, label, rank and missing kind of each answer of a response.
    fn answers<E>(&self, row: usize, take: &mut dyn FnMut([Cell<'a>; 4]) -> Result<(), E>) -> Result<(), E> {
        let values = || self.parts.iter().map(|part| (part, part.variable.column.value(row)));
        if values().all(|(_, value)| matches!(value, Value::Absent(_))) {
            let kind = |(_, value)| if let Value::Absent(kind) = value { Some(kind) } else { None };
            let why = values().filter_map(kind).find(|kind| *kind != Absent::NotAsked);
            return why.map_or(Ok(()), |why| take([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Text(why.name())]));
        }
        if !self.is_several {
            return values().try_for_each(|(part, value)| take(part.answer(value)));
        }
        let mut taken: Vec<(u8, &Part<'a>)> = values().filter_map(|(part, value)| Some((part.place(value)?, part))).collect();
        // Choices of a ranking stand in its order; those that were taken of several are all at 1 and stay in the survey's.
        taken.sort_by_key(|(place, _)| *place);
        taken.into_iter().try_for_each(|(place, part)| take(part.choice(place)))
    }
}

impl<'a> Part<'a> {
    /// Gives the rank of a choice, or 1 where it was taken.
    fn place(&self, value: Value) -> Option<u8> {
        let Value::Level(level) = value else { return None };
        self.variable.levels.get(usize::from(level))?.point.filter(|point| *point > 0)
    }

    fn choice(&self, place: u8) -> [Cell<'a>; 4] {
        let label = self.variable.part.as_deref().map_or(Cell::Empty, Cell::Text);
        let rank = if self.variable.kind == VariableKind::Rank { Cell::Integer(place.into()) } else { Cell::Empty };
        [Cell::Text(self.code), label, rank, Cell::Empty]
    }

    fn answer(&self, value: Value) -> [Cell<'a>; 4] {
        let cells = match value {
            Value::Level(level) => {
                let at = |cells: &[Cell<'a>]| cells.get(usize::from(level)).copied().unwrap_or(Cell::Empty);
                [at(&self.codes), if matches!(at(&self.labels), Cell::Text(_)) { at(&self.labels) } else { Cell::Empty }]
            }
            Value::Number(number) if self.variable.kind == VariableKind::Date => [day(number), Cell::Empty],
            Value::Number(number) => [decimal(number), Cell::Empty],
            Value::Absent(_) => [Cell::Empty; 2],
        };
        [cells[0], cells[1], Cell::Empty, Cell::Empty]
    }
}
