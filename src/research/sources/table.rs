//! Tables in CSV, row by row: each column is planned once, then every cell is looked up.

use std::collections::HashMap;
use std::path::Path;

use csv::{ByteRecord, ReaderBuilder, StringRecord};

use super::SourceError;
use super::place::{Problems, open, wrong};
use crate::research::data::{Absent, Asked, Builder, Comment, Source, Surveyed, TooMany, Value, VariableKind, Wave};
use crate::response::Missing;
use crate::survey::Survey;

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
    /// How much the row counts.
    Weight,
    /// A group, with other codes for what stands there.
    Group(usize, HashMap<String, String>),
    /// The value of a variable.
    Value(usize, Reading),
    /// Several choices in one cell, a variable each.
    Split(String, Vec<(Vec<u8>, usize)>, HashMap<Vec<u8>, Absent>),
    /// Why the variables before it have none.
    Missing(Vec<usize>),
    /// Own words.
    Words(String),
}

/// How the cells of a value are read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// What is known of cells.
    pub(super) known: HashMap<Vec<u8>, Value>,
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

/// Numbers and weights farther from 0 are mistakes: their squares would be lost.
const MOST: f64 = 1e15;

const UNANSWERED: Value = Value::Absent(Absent::Missing(Missing::Unanswered));

impl Columns {
    /// Plans the columns of a wide export by their names.
    pub(super) fn exported(header: &StringRecord, survey: &Survey, builder: &mut Builder) -> Result<Self, TooMany> {
        let mut columns = Self::default();
        let undated =
            Wave { name: "undated".into(), opens: None, closes: None, invited: None, classes: Vec::new(), is_open: false };
        let plan = Surveyed::plan(survey, builder)?;
        columns.asked = plan.asked.iter().map(|(variable, asked)| (*variable, asked.clone(), Vec::new())).collect();
        for name in header {
            let role = match name {
                "wave" => Role::Wave(Vec::new()),
                "weight" => Role::Weight,
                "language" | "duration" => Role::Group(builder.grouping(name, Source::Answering), HashMap::new()),
                _ => columns.role(name, &plan.names, survey, builder),
            };
            columns.roles.push(role);
        }
        if !columns.roles.iter().any(|role| matches!(role, Role::Wave(_))) {
            columns.wave = Some(builder.wave(undated));
        }
        Ok(columns)
    }

    /// Says what a wave asks for.
    fn ask(&self, wave: u16, builder: &mut Builder) {
        for (variable, asked, waves) in &self.asked {
            if waves.is_empty() || waves.iter().any(|name| name == builder.wave_name(wave)) {
                builder.asks(wave, *variable, asked.clone());
            }
        }
    }

    fn role(&self, name: &str, names: &HashMap<String, usize>, survey: &Survey, builder: &mut Builder) -> Role {
        if let Some(variable) = names.get(name) {
            return Role::Value(*variable, Reading::of(builder, *variable));
        }
        if let Some(question) = name.strip_suffix(".missing") {
            let prefix = format!("{question}.");
            let of = names.iter().filter(|(name, _)| *name == question || name.starts_with(&prefix));
            return Role::Missing(of.map(|(_, variable)| *variable).collect());
        }
        if name.starts_with("variant.") {
            return Role::Group(builder.grouping(name, Source::Arm), HashMap::new());
        }
        if survey.privacy.segments.iter().any(|segment| segment.as_str() == name) {
            return Role::Group(builder.grouping(name, Source::Segment), HashMap::new());
        }
        let question = name.strip_suffix(".other_text").unwrap_or(name);
        if survey.asked().any(|asked| asked.id.as_str() == question) { Role::Words(question.to_owned()) } else { Role::Ignored }
    }
}

impl Reading {
    /// Gives how cells with the codes of a variable are read.
    pub(super) fn of(builder: &Builder, variable: usize) -> Self {
        let (kind, levels) = builder.described(variable);
        let level = |(at, level): (usize, &crate::research::data::Level)| {
            Some((level.code.clone().into_bytes(), Value::Level(u8::try_from(at).ok()?)))
        };
        let mut known: HashMap<Vec<u8>, Value> = levels.iter().enumerate().filter_map(level).collect();
        if kind == VariableKind::YesNo {
            known.extend([(b"false".to_vec(), Value::Level(0)), (b"true".to_vec(), Value::Level(1))]);
        }
        let is_number = matches!(kind, VariableKind::Number | VariableKind::Score | VariableKind::Date);
        Self { known, otherwise: if is_number { Otherwise::Number } else { Otherwise::Refused }, empty: None }
    }
}

/// Says what the columns of a table are, by its header.
type Plan<'p> = &'p mut dyn FnMut(&StringRecord, &mut Builder) -> Result<Columns, TooMany>;

/// Reads a table; `plan` says what its columns are.
///
/// # Errors
/// The file can't be read, or cells are not as they have to be.
pub(super) fn read(file: &Path, plan: Plan<'_>, builder: &mut Builder) -> Result<(), SourceError> {
    let mut reader = ReaderBuilder::new().buffer_capacity(1 << 18).from_reader(without_mark(file)?);
    let broken = |error: &csv::Error| wrong(file, format!("it is no CSV: {error}"), "save it as CSV with commas, in UTF-8");
    let header = reader.headers().map_err(|error| broken(&error))?.clone();
    let mut columns = plan(&header, builder)?;
    let mut rows = Rows { header: &header, problems: Problems::of(file), waves: HashMap::new(), values: Vec::new() };
    let mut record = ByteRecord::new();
    let mut line = 1;
    while reader.read_byte_record(&mut record).map_err(|error| broken(&error))? {
        line += 1;
        rows.add(&mut columns, (line, &record), builder)?;
    }
    rows.problems.or_none("correct the cells, or say in the mapping what they stand for")
}

/// Opens a file behind its byte order mark.
fn without_mark(file: &Path) -> Result<impl std::io::Read, SourceError> {
    use std::io::BufRead;
    let mut reader = open(file)?;
    let first = reader.fill_buf().map_err(|error| SourceError::File { file: file.to_owned(), error })?;
    let mark = if first.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    reader.consume(mark);
    Ok(reader)
}

struct Rows<'t> {
    header: &'t StringRecord,
    problems: Problems<'t>,
    waves: HashMap<Vec<u8>, u16>,
    values: Vec<(usize, Value)>,
}

impl Rows<'_> {
    fn add(
        &mut self,
        columns: &mut Columns,
        (line, record): (u64, &ByteRecord),
        builder: &mut Builder,
    ) -> Result<(), SourceError> {
        let Some(wave) = self.wave(columns, record, builder) else {
            self.problems.tell(|| format!("row {line} has no wave"));
            return Ok(());
        };
        if std::str::from_utf8(record.as_slice()).is_err() {
            self.problems.tell(|| format!("row {line} is not in UTF-8"));
            return Ok(());
        }
        builder.begin(wave);
        self.values.clear();
        for (at, role) in columns.roles.iter_mut().enumerate() {
            let cell = record.get(at).unwrap_or_default().trim_ascii();
            let text = || String::from_utf8_lossy(cell);
            match role {
                Role::Ignored | Role::Wave(_) => {}
                Role::Weight => match text().parse::<f64>() {
                    Ok(weight) if (0.0..=MOST).contains(&weight) => builder.weigh(weight),
                    _ => self.problems.tell(|| place(line, self.header, at, "is no weight")),
                },
                Role::Group(..) if cell.is_empty() => {}
                Role::Group(grouping, codes) => {
                    let text = text();
                    builder.group(*grouping, codes.get(&*text).map_or(&*text, String::as_str))?;
                }
                Role::Words(question) => {
                    if !cell.is_empty() {
                        builder.comment(Comment { wave, question: question.clone(), text: text().into_owned() });
                    }
                }
                Role::Split(separator, choices, missing) => self.values.extend(split(cell, separator, choices, missing)),
                Role::Missing(variables) => {
                    if let Some(kind) = Absent::named(&text()) {
                        for (variable, value) in &mut self.values {
                            if variables.contains(variable) && matches!(value, Value::Absent(_)) {
                                *value = Value::Absent(kind);
                            }
                        }
                    } else if !cell.is_empty() {
                        self.problems.tell(|| place(line, self.header, at, "is no kind of missing"));
                    }
                }
                Role::Value(variable, reading) => match reading.value(*variable, cell, builder)? {
                    Some(value) => self.values.push((*variable, value)),
                    None => self.problems.tell(|| place(line, self.header, at, &expected(reading))),
                },
            }
        }
        self.values.iter().for_each(|(variable, value)| builder.set(*variable, *value));
        Ok(())
    }

    fn wave(&mut self, columns: &Columns, record: &ByteRecord, builder: &mut Builder) -> Option<u16> {
        let found = columns.roles.iter().enumerate().find_map(|(at, role)| match role {
            Role::Wave(described) => Some((record.get(at).unwrap_or_default().trim_ascii(), described)),
            _ => None,
        });
        let Some((name, described)) = found else {
            if let Some(wave) = columns.wave.filter(|_| self.waves.is_empty()) {
                self.waves.insert(Vec::new(), wave);
                columns.ask(wave, builder);
            }
            return columns.wave;
        };
        if name.is_empty() {
            return None;
        }
        if let Some(wave) = self.waves.get(name) {
            return Some(*wave);
        }
        let text = String::from_utf8_lossy(name).into_owned();
        let new = || Wave { name: text.clone(), opens: None, closes: None, invited: None, classes: Vec::new(), is_open: false };
        let wave = builder.wave(described.iter().find(|wave| wave.name == text).cloned().unwrap_or_else(new));
        columns.ask(wave, builder);
        self.waves.insert(name.to_vec(), wave);
        Some(wave)
    }
}

impl Reading {
    fn value(&mut self, variable: usize, cell: &[u8], builder: &mut Builder) -> Result<Option<Value>, TooMany> {
        if cell.is_empty() {
            return Ok(Some(self.empty.unwrap_or(UNANSWERED)));
        }
        if let Some(value) = self.known.get(cell) {
            return Ok(Some(*value));
        }
        let text = String::from_utf8_lossy(cell);
        let value = match self.otherwise {
            Otherwise::Refused => return Ok(None),
            Otherwise::Taken => Value::Level(1),
            Otherwise::Number => return Ok(number(&text).map(Value::Number)),
            Otherwise::Level => Value::Level(builder.level(variable, &text)?),
        };
        self.known.insert(cell.to_vec(), value);
        Ok(Some(value))
    }
}

/// Reads a number, or a day as days since 1970-01-01.
fn number(text: &str) -> Option<f64> {
    let number = text.parse::<f64>().ok().filter(|number| number.abs() <= MOST);
    number.or_else(|| text.parse::<chrono::NaiveDate>().ok().map(crate::research::data::days))
}

fn split<'c>(
    cell: &'c [u8],
    separator: &'c str,
    choices: &'c [(Vec<u8>, usize)],
    missing: &HashMap<Vec<u8>, Absent>,
) -> impl Iterator<Item = (usize, Value)> + use<'c> {
    let absent = if cell.is_empty() { Some(UNANSWERED) } else { missing.get(cell).map(|kind| Value::Absent(*kind)) };
    let text = std::str::from_utf8(cell).unwrap_or_default();
    choices.iter().map(move |(code, variable)| {
        let is_taken = || text.split(separator).any(|part| part.trim().as_bytes() == code);
        (*variable, absent.unwrap_or_else(|| Value::Level(u8::from(is_taken()))))
    })
}

fn place(line: u64, header: &StringRecord, at: usize, problem: &str) -> String {
    format!("row {line}, column {:?} {problem}", header.get(at).unwrap_or_default())
}

fn expected(reading: &Reading) -> String {
    if reading.otherwise == Otherwise::Number {
        return "is no number".to_owned();
    }
    let mut codes: Vec<_> = reading.known.keys().map(|code| String::from_utf8_lossy(code)).collect();
    codes.sort_unstable();
    format!("is none of {}", codes.join(", "))
}

/// Gives the names of a table's columns.
pub(super) fn header(file: &Path) -> Result<StringRecord, SourceError> {
    let mut reader = ReaderBuilder::new().from_reader(without_mark(file)?);
    let header = reader
        .headers()
        .map_err(|error| wrong(file, format!("it is no CSV: {error}"), "save it as CSV with commas, in UTF-8"))?;
    Ok(header.clone())
}
