//! A column: what it holds, and its cells.

use std::ops::Range;

use crate::research::data::{Absent, Column as Values, Grouping, Variable};

/// One column of the wide table.
#[derive(Debug)]
pub struct Column<'a> {
    /// Its name.
    pub name: String,
    /// What it is of.
    pub of: Of<'a>,
    /// What all its cells hold.
    pub holds: Holds,
    /// The cell of each place; none where the column holds numbers of its own.
    pub(super) cells: Vec<Cell<'a>>,
}

/// What a column is of.
#[derive(Debug)]
pub enum Of<'a> {
    /// The wave, by its place.
    Wave(&'a [u16]),
    /// A grouping.
    Group(&'a Grouping),
    /// A variable.
    Answer(&'a Variable),
    /// Why there is no answer to these, which belong to one question.
    Missing(Vec<&'a Variable>),
    /// How much a response counts.
    Weight(&'a [f64]),
}

/// What the cells of a column hold, where they hold anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Codes or words.
    Text,
    /// Whole numbers: points, ranks, and 1 or 0 for a choice of several.
    Integer,
    /// Yes or no.
    Boolean,
    /// Numbers.
    Decimal,
    /// Days.
    Date,
}

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing: never the same as a zero.
    Empty,
    /// A code or words.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// Yes or no.
    Boolean(bool),
    /// A number that is not whole.
    Decimal(f64),
    /// A day, in days since 1970-01-01.
    Date(i32),
}

/// What a column holds in the rows of a block.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Places among the column's cells; where it holds numbers, 0 or the code of an [`Absent`].
    pub places: Vec<u16>,
    /// Numbers, NaN where there is none; empty where the column holds no numbers.
    pub numbers: Vec<f64>,
}

impl<'a> Cell<'a> {
    /// Gives its text, where it holds one.
    pub fn text(self) -> Option<&'a str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl<'a> Column<'a> {
    /// Gives the cell of each place; none where the column holds numbers of its own.
    pub fn cells(&self) -> &[Cell<'a>] {
        &self.cells
    }

    /// Gives what the column is about, in words.
    pub fn title(&self) -> String {
        match &self.of {
            Of::Wave(_) => "Wave".to_owned(),
            Of::Group(grouping) => grouping.name.clone(),
            Of::Answer(variable) => variable.title(),
            Of::Missing(variables) => {
                let of = variables.first().map(|variable| match variables.len() {
                    1 => variable.title(),
                    _ => variable.text.clone(),
                });
                format!("Why there is no answer: {}", of.unwrap_or_default())
            }
            Of::Weight(_) => "Weight".to_owned(),
        }
    }

    /// Gives the cell of a row of a block.
    pub fn cell(&self, gathered: &Gathered, row: usize) -> Cell<'a> {
        match gathered.numbers.get(row) {
            Some(number) => self.number(*number),
            None => self.cells.get(usize::from(gathered.places[row])).copied().unwrap_or(Cell::Empty),
        }
    }

    /// Gives the cell of a number, or a day; NaN is none.
    pub fn number(&self, number: f64) -> Cell<'a> {
        if self.holds == Holds::Date { day(number) } else { decimal(number) }
    }
}

impl Gathered {
    /// Takes the cells of rows.
    pub(super) fn gather(&mut self, of: &Of<'_>, rows: Range<usize>) {
        self.places.clear();
        self.numbers.clear();
        match of {
            Of::Wave(places) => self.places.extend_from_slice(&places[rows]),
            Of::Group(grouping) => self.places.extend_from_slice(&grouping.column[rows]),
            Of::Weight(weights) => self.numbers.extend_from_slice(&weights[rows]),
            Of::Answer(variable) => {
                let (Values::Levels(codes) | Values::Numbers(_, codes)) = &variable.column;
                self.places.extend(codes[rows.clone()].iter().map(|code| u16::from(*code)));
                if let Values::Numbers(numbers, _) = &variable.column {
                    self.numbers.extend_from_slice(&numbers[rows]);
                }
            }
            Of::Missing(_) => {}
        }
    }

    /// Tells why there is no answer to a question of several variables, as the code of an [`Absent`]; 0 where there is one.
    ///
    /// A choice that only some waves offer wasn't asked in the others, which says nothing about the question.
    pub(super) fn gather_missing(&mut self, answers: &[Self], rows: usize) {
        let not_asked = u16::from(Absent::NotAsked.code());
        let first = Absent::all().map(|kind| u16::from(kind.code())).min().unwrap_or(not_asked);
        self.places.clear();
        self.places.resize(rows, not_asked);
        for answer in answers {
            for (place, code) in self.places.iter_mut().zip(&answer.places) {
                *place = match *code {
                    code if code < first => 0,
                    code if *place == not_asked => code,
                    _ => *place,
                };
            }
        }
    }
}

/// Gives the cell of a number: whole numbers without decimals, so that no reader sees 3.0 where 3 was typed.
#[expect(clippy::cast_possible_truncation, reason = "guarded: whole and within 9e15")]
pub(super) fn decimal<'a>(number: f64) -> Cell<'a> {
    match number {
        _ if number.is_nan() => Cell::Empty,
        _ if number.fract() == 0.0 && number.abs() <= 9e15 => Cell::Integer(number as i64),
        _ => Cell::Decimal(number),
    }
}

/// Gives the cell of a day, in days since 1970-01-01.
#[expect(clippy::cast_possible_truncation, reason = "days of the calendar, and the conversion saturates")]
pub(in crate::research::exports) fn day<'a>(days: f64) -> Cell<'a> {
    if days.is_nan() { Cell::Empty } else { Cell::Date(days as i32) }
}
