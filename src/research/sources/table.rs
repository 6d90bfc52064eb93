//! Tables, read into a dataset: what a cell stands for is looked up once for all rows of a block that have it.

use std::collections::HashMap;
use std::io::BufRead;
use std::path::Path;

use super::SourceError;
use super::blocks::{Block, Cells, Header, Table};
use super::columns::{Columns, Reading, Role, UNANSWERED, unknown_wave, wave_of, weight};
use super::place::{Problems, open};
use super::{columnar, comma, lines};
use crate::developer::export::comma::plain;
use crate::research::data::{Absent, Builder, Comment, Each, NONE, TooMany, Value, Wave};

/// Says what the columns of a table are, by its header.
type Plan<'p> = &'p mut dyn FnMut(&Header, &mut Builder) -> Result<Columns, SourceError>;

/// Reads a table in CSV, JSON Lines, Parquet or Arrow's own format; `plan` says what its columns are.
///
/// # Errors
/// The file can't be read, or cells are not as they have to be; then the dataset that is being put together is of no use.
pub(super) fn read(file: &Path, plan: Plan<'_>, builder: &mut Builder) -> Result<(), SourceError> {
    let Table { header, blocks } = table(file)?;
    let columns = plan(&header, builder)?;
    let mut rows = Rows { names: &header.names, problems: Problems::of(file), waves: HashMap::new() };
    blocks(&columns.needed(), &mut |block| Ok(rows.take(&columns, block, builder)?))?;
    rows.problems.or_none("correct the cells, or say in the mapping what they stand for")
}

/// Opens a table, whose first bytes tell its format.
fn table(file: &Path) -> Result<Table<'_>, SourceError> {
    let mut reader = open(file)?;
    let start = reader.fill_buf().map_err(|error| SourceError::File { file: file.to_owned(), error })?;
    match start {
        start if start.starts_with(b"PAR1") => columnar::parquet(file, reader.into_inner()),
        start if start.starts_with(b"ARROW1") => columnar::arrow(file, reader.into_inner()),
        start if lines::is_table(&String::from_utf8_lossy(start)) => lines::open(file, reader),
        _ => comma::open(file, reader),
    }
}

/// Where rows go.
struct Rows<'t> {
    names: &'t [String],
    problems: Problems<'t>,
    waves: HashMap<String, u16>,
}

impl Rows<'_> {
    fn take(&mut self, columns: &Columns, block: &Block, builder: &mut Builder) -> Result<(), TooMany> {
        if let Some(number) = block.garbled {
            self.problems.tell_at((number, 0), || format!("row {number} is not in UTF-8"));
        }
        let waves = self.waves(columns, block, builder);
        builder.begin_all(&waves);
        for (at, role) in columns.roles.iter().enumerate() {
            let column = (block, at);
            match role {
                Role::Ignored | Role::Wave(_) | Role::Answered => {}
                Role::Weight => self.weigh(column, builder),
                Role::Group(grouping, codes) => {
                    let mut group = |text: &String| match text.as_str() {
                        "" => Ok(NONE),
                        text => builder.group_at(*grouping, codes.get(text).map_or(text, String::as_str)),
                    };
                    let cells = &block.columns[at];
                    let groups = cells.different.iter().map(&mut group).collect::<Result<Vec<u16>, TooMany>>()?;
                    builder.group_all(*grouping, each(cells, &groups));
                }
                Role::Words(question) => {
                    add_words((column, question), &waves, |text| text, builder);
                }
                Role::ExportedWords(question) => add_words((column, question), &waves, plain, builder),
                Role::Split(split) => {
                    let cells = &block.columns[at];
                    for (choice, variable) in &split.choices {
                        let values: Vec<Value> = cells.different.iter().map(|text| split.value(text, choice)).collect();
                        builder.set_all(*variable, each(cells, &values));
                    }
                }
                Role::Missing(variables) => self.explain(column, variables, builder),
                Role::Value(variable, reading) => {
                    let values = self.values(column, (*variable, reading), builder)?;
                    builder.set_all(*variable, each(&block.columns[at], &values));
                }
                Role::Choice(variable, reading, all) => {
                    let mut values = self.values(column, (*variable, reading), builder)?;
                    let (unanswered, cells) = (values.len() as u32, &block.columns[at].of_row);
                    values.push(UNANSWERED);
                    let place = |(is_answered, place): (bool, &u32)| if is_answered { *place } else { unanswered };
                    let of_row: Vec<u32> = answered(block, all).into_iter().zip(cells).map(place).collect();
                    builder.set_all(*variable, Each { different: &values, of_row: &of_row });
                }
            }
        }
        Ok(())
    }

    /// Gives the wave of each row.
    fn waves(&mut self, columns: &Columns, block: &Block, builder: &mut Builder) -> Vec<u16> {
        let Some((at, described)) = columns.described_waves() else {
            let wave = columns.wave.unwrap_or_default();
            if self.waves.insert(String::new(), wave).is_none() {
                columns.ask(wave, builder);
            }
            return vec![wave; block.rows];
        };
        let cells = &block.columns[at];
        if let Some(answered) = columns.answered() {
            let rows = cells.texts().zip(block.columns[answered].texts()).map(|(name, at)| wave_of(name, at));
            let place = |wave: Wave| {
                let place = self.wave(&wave.name, (columns, std::slice::from_ref(&wave)), builder);
                builder.wave(wave);
                place
            };
            return rows.map(place).collect();
        }
        let is_wrong: Vec<bool> = cells.different.iter().map(String::is_empty).collect();
        self.tell((block, at), &is_wrong, |number| format!("row {number} has no wave"));
        let mut wave = |name: &String| if name.is_empty() { 0 } else { self.wave(name, (columns, described), builder) };
        let waves: Vec<u16> = cells.different.iter().map(&mut wave).collect();
        each(cells, &waves).iter().collect()
    }

    fn wave(&mut self, name: &str, (columns, described): (&Columns, &[Wave]), builder: &mut Builder) -> u16 {
        if let Some(wave) = self.waves.get(name) {
            return *wave;
        }
        let known = described.iter().find(|wave| wave.name == name).cloned();
        let wave = builder.wave(known.unwrap_or_else(|| unknown_wave(name)));
        columns.ask(wave, builder);
        self.waves.insert(name.to_owned(), wave);
        wave
    }

    fn weigh(&mut self, (block, at): (&Block, usize), builder: &mut Builder) {
        let cells = &block.columns[at];
        let weights: Vec<Option<f64>> = cells.different.iter().map(|text| weight(text)).collect();
        self.tell_cells((block, at), &weights.iter().map(Option::is_none).collect::<Vec<_>>(), "is no weight");
        let weights: Vec<f64> = weights.into_iter().map(Option::unwrap_or_default).collect();
        builder.weigh_all(each(cells, &weights));
    }

    fn explain(&mut self, (block, at): (&Block, usize), variables: &[usize], builder: &mut Builder) {
        let cells = &block.columns[at];
        let kinds: Vec<Option<Absent>> = cells.different.iter().map(|text| Absent::named(text)).collect();
        let is_wrong = |(text, kind): (&String, &Option<Absent>)| kind.is_none() && !text.is_empty();
        let is_wrong: Vec<bool> = cells.different.iter().zip(&kinds).map(is_wrong).collect();
        self.tell_cells((block, at), &is_wrong, "is no kind of missing");
        variables.iter().for_each(|variable| builder.explain_all(*variable, each(cells, &kinds)));
    }

    /// Gives what the different cells of a column stand for.
    fn values(
        &mut self,
        (block, at): (&Block, usize),
        (variable, reading): (usize, &Reading),
        builder: &mut Builder,
    ) -> Result<Vec<Value>, TooMany> {
        let cells = &block.columns[at];
        let value = |text: &String| reading.value(variable, text, builder);
        let values: Vec<Option<Value>> = cells.different.iter().map(value).collect::<Result<_, _>>()?;
        let is_wrong: Vec<bool> = values.iter().map(Option::is_none).collect();
        if is_wrong.contains(&true) {
            self.tell_cells((block, at), &is_wrong, &reading.expected());
        }
        Ok(values.into_iter().map(|value| value.unwrap_or(Value::Absent(Absent::NotAsked))).collect())
    }

    /// Tells of the rows whose cell in a column is wrong: of each different one, whether it is.
    fn tell(&mut self, (block, at): (&Block, usize), is_wrong: &[bool], problem: impl Fn(u64) -> String) {
        if is_wrong.contains(&true) {
            let rows = (block.first..).zip(&block.columns[at].of_row);
            for (number, _) in rows.filter(|(_, place)| is_wrong[**place as usize]) {
                self.problems.tell_at((number, at), || problem(number));
            }
        }
    }

    fn tell_cells(&mut self, (block, at): (&Block, usize), is_wrong: &[bool], problem: &str) {
        let name = &self.names[at];
        self.tell((block, at), is_wrong, |number| format!("row {number}, column {name:?} {problem}"));
    }
}

/// Says of each row whether any of some columns has something in it.
fn answered(block: &Block, columns: &[usize]) -> Vec<bool> {
    let mut answered = vec![false; block.rows];
    for cells in columns.iter().map(|at| &block.columns[*at]) {
        answered.iter_mut().zip(&cells.of_row).for_each(|(is, place)| *is |= !cells.different[*place as usize].is_empty());
    }
    answered
}

/// Adds the words of a column.
fn add_words<'b>(
    ((block, at), question): ((&'b Block, usize), &str),
    waves: &[u16],
    read: impl Fn(&'b str) -> &'b str,
    builder: &mut Builder,
) {
    for (wave, text) in waves.iter().zip(block.columns[at].texts()).filter(|(_, text)| !text.is_empty()) {
        builder.comment(Comment { wave: *wave, question: question.to_owned(), text: read(text).to_owned() });
    }
}

/// Gives something for each row, made of its cell.
fn each<'a, T>(cells: &'a Cells, made: &'a [T]) -> Each<'a, T> {
    Each { different: made, of_row: &cells.of_row }
}
