//! Other people's tables: a mapping in TOML says which column is which item, scale, segment, wave or weight.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use toml::value::Datetime;

use super::SourceError;
use super::blocks::Header;
use super::columns::{Columns, Otherwise, Reading, Role, Split, unknown_wave};
use super::place::{text_of, wrong};
use super::table::read as read_rows;
use crate::research::data::{Absent, Asked, Builder, Level, Source, TooMany, Value, Variable, VariableKind, Wave};
use crate::survey::Measure;
use crate::survey::nearest::nearest;

/// What the columns of a table are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The file of the table, beside the mapping.
    pub table: PathBuf,
    /// The id of the survey whose trend it joins.
    pub survey: String,
    /// The survey's heading.
    #[serde(default)]
    pub title: String,
    /// The language of its texts.
    #[serde(default = "english")]
    pub language: String,
    /// The wave of all rows, or the column that names it.
    pub wave: InColumn,
    /// The column of weights.
    pub weight: Option<String>,
    /// What is known of waves.
    #[serde(default)]
    pub waves: Vec<Described>,
    /// The segments, by their names.
    #[serde(default)]
    pub segments: BTreeMap<String, Segment>,
    /// The arms of variants that were drawn by chance, by the variant's name.
    #[serde(default)]
    pub arms: BTreeMap<String, Segment>,
    /// What was asked.
    #[serde(default)]
    pub items: Vec<Item>,
    /// Own words, by the id of their question: the column they stand in.
    #[serde(default)]
    pub comments: BTreeMap<String, String>,
}

/// One value for all rows, or a column.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum InColumn {
    /// The same for all rows.
    Same(String),
    /// In a column.
    Column {
        /// Its name.
        column: String,
    },
}

/// What is known of a wave.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Described {
    name: String,
    #[serde(default, deserialize_with = "day")]
    opens: Option<NaiveDate>,
    #[serde(default, deserialize_with = "day")]
    closes: Option<NaiveDate>,
    invited: Option<u32>,
}

/// A segment, or the arms of a variant.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    column: String,
    #[serde(default)]
    codes: HashMap<String, String>,
}

/// Something that was asked.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    id: String,
    #[serde(rename = "type")]
    kind: Type,
    column: Option<String>,
    #[serde(default)]
    columns: BTreeMap<String, String>,
    #[serde(default)]
    text: String,
    points: Option<[u8; 2]>,
    #[serde(default)]
    lower_is_better: bool,
    #[serde(default)]
    labels: BTreeMap<String, String>,
    #[serde(default)]
    codes: BTreeMap<String, String>,
    #[serde(default)]
    missing: BTreeMap<String, String>,
    separator: Option<String>,
    /// The waves that asked for it; all without any.
    #[serde(default)]
    waves: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Type {
    Nps,
    Csat,
    Ces,
    Rating,
    Likert,
    Single,
    Multi,
    Boolean,
    Number,
}

const HINT: &str = "correct the mapping; docs/import.md describes it";

fn day<'d, D: Deserializer<'d>>(from: D) -> Result<Option<NaiveDate>, D::Error> {
    let date = Datetime::deserialize(from)?.date;
    let day = date.and_then(|date| NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into()));
    day.map(Some).ok_or_else(|| serde::de::Error::custom("it is no day, such as 2026-04-30"))
}

fn english() -> String {
    "en".to_owned()
}

impl Mapping {
    /// Gives the file of the table, as seen from the file of the mapping.
    pub fn table_beside(&self, file: &Path) -> PathBuf {
        file.parent().unwrap_or(Path::new("")).join(&self.table)
    }

    /// Reads a mapping.
    ///
    /// # Errors
    /// It can't be read, or isn't one.
    pub fn read(file: &Path) -> Result<Self, SourceError> {
        let mapping: Self = toml::from_str(&text_of(file)?).map_err(|error| wrong(file, error.to_string().trim_end(), HINT))?;
        for item in &mapping.items {
            item.check().map_err(|problem| wrong(file, format!("item {}: {problem}", item.id), HINT))?;
        }
        if let Some(wave) =
            mapping.waves.iter().find(|wave| wave.closes.zip(wave.opens).is_some_and(|(closes, opens)| closes < opens))
        {
            return Err(wrong(file, format!("the wave {} closes before it opens", wave.name), HINT));
        }
        if let Some(id) = twice(mapping.items.iter().map(|item| item.id.as_str())) {
            return Err(wrong(file, format!("two items have the id {id:?}"), HINT));
        }
        if let Some(column) = twice(mapping.named()) {
            return Err(wrong(file, format!("the column {column:?} is named twice"), HINT));
        }
        Ok(mapping)
    }

    fn plan(&self, names: &[String], builder: &mut Builder) -> Result<Columns, TooMany> {
        builder.describe(&self.title, &self.language, [0, 0]);
        let mut columns = Columns { roles: names.iter().map(|_| Role::Ignored).collect(), ..Columns::default() };
        let at = |name: &str| names.iter().position(|known| known == name);
        match &self.wave {
            InColumn::Same(name) => columns.wave = Some(builder.wave(self.wave_named(name))),
            InColumn::Column { column } => {
                let described = self.waves.iter().map(|wave| self.wave_named(&wave.name)).collect();
                at(column).into_iter().for_each(|at| columns.roles[at] = Role::Wave(Vec::clone(&described)));
            }
        }
        self.weight.as_deref().and_then(at).into_iter().for_each(|at| columns.roles[at] = Role::Weight);
        let segments = self.segments.iter().map(|named| (named, Source::Segment));
        for ((name, groups), source) in segments.chain(self.arms.iter().map(|named| (named, Source::Arm))) {
            if let Some(at) = at(&groups.column) {
                columns.roles[at] = Role::Group(builder.grouping(name, source), groups.codes.clone());
            }
        }
        for (question, column) in &self.comments {
            at(column).into_iter().for_each(|at| columns.roles[at] = Role::Words(question.clone()));
        }
        for item in &self.items {
            item.plan(&at, &mut columns, builder)?;
        }
        Ok(columns)
    }

    fn wave_named(&self, name: &str) -> Wave {
        let known = self.waves.iter().find(|wave| wave.name == name);
        let described =
            |wave: &Described| Wave { opens: wave.opens, closes: wave.closes, invited: wave.invited, ..unknown_wave(name) };
        known.map_or_else(|| unknown_wave(name), described)
    }

    /// Gives every column that is named.
    fn named(&self) -> impl Iterator<Item = &str> {
        let wave = if let InColumn::Column { column } = &self.wave { Some(column) } else { None };
        let items = self.items.iter().flat_map(|item| item.column.iter().chain(item.columns.values()));
        let segments = self.segments.values().chain(self.arms.values()).map(|groups| &groups.column);
        wave.into_iter().chain(&self.weight).chain(segments).chain(self.comments.values()).chain(items).map(String::as_str)
    }
}

/// Gives a name that comes twice.
fn twice<'n>(names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let mut seen = HashSet::new();
    names.into_iter().find(|name| !seen.insert(*name))
}

impl Item {
    fn check(&self) -> Result<(), String> {
        let is_scale = matches!(self.kind, Type::Csat | Type::Ces | Type::Rating | Type::Likert);
        let [low, high] = self.range();
        if is_scale && (low >= high || usize::from(high - low) >= 101) {
            return Err("`points` are the lowest and the highest, such as points = [1, 5]".to_owned());
        }
        if self.kind == Type::Multi && self.columns.is_empty() && (self.column.is_none() || self.codes.is_empty()) {
            return Err("several choices need `columns`, or a `column` with its `codes`".to_owned());
        }
        if self.kind != Type::Multi && self.column.is_none() {
            return Err("its `column` is missing".to_owned());
        }
        match self.missing.values().find(|kind| Absent::named(kind).is_none()) {
            Some(kind) => {
                let kinds: Vec<_> = Absent::all().map(Absent::name).collect();
                Err(format!("{kind:?} is no kind of missing; there are {}", kinds.join(", ")))
            }
            None => Ok(()),
        }
    }

    fn range(&self) -> [u8; 2] {
        match self.kind {
            Type::Nps => [0, 10],
            Type::Ces => self.points.unwrap_or([1, 7]),
            _ => self.points.unwrap_or([1, 5]),
        }
    }

    fn kind(&self) -> VariableKind {
        let scale = |measure| VariableKind::Scale { measure, higher_is_better: !self.lower_is_better };
        match self.kind {
            Type::Nps => scale(Measure::Nps),
            Type::Csat => scale(Measure::Csat),
            Type::Ces => scale(Measure::Ces),
            Type::Rating => scale(Measure::Rating),
            Type::Likert => scale(Measure::Likert),
            Type::Single => VariableKind::Choice,
            Type::Multi => VariableKind::Picked,
            Type::Boolean => VariableKind::YesNo,
            Type::Number => VariableKind::Number,
        }
    }

    fn levels(&self) -> Vec<Level> {
        let label = |code: &str| self.labels.get(code).cloned().unwrap_or_default();
        let numbered = |point: u8| Level { code: point.to_string(), label: label(&point.to_string()), point: Some(point) };
        match self.kind() {
            VariableKind::Scale { .. } => (self.range()[0]..=self.range()[1]).map(numbered).collect(),
            VariableKind::Picked | VariableKind::YesNo => ["no", "yes"]
                .into_iter()
                .zip([0, 1])
                .map(|(word, at)| {
                    let level = numbered(at);
                    if level.label.is_empty() { Level { label: word.to_owned(), ..level } } else { level }
                })
                .collect(),
            VariableKind::Choice => {
                let mut codes: Vec<&String> = self.codes.values().chain(self.labels.keys()).collect();
                codes.sort_unstable();
                codes.dedup();
                codes.into_iter().map(|code| Level { code: code.clone(), label: label(code), point: None }).collect()
            }
            _ => Vec::new(),
        }
    }

    fn plan(&self, at: &dyn Fn(&str) -> Option<usize>, columns: &mut Columns, builder: &mut Builder) -> Result<(), TooMany> {
        let base = Variable { text: self.text.clone(), levels: self.levels(), ..Variable::new(self.id.clone(), self.kind()) };
        let asked = Asked { hash: String::new(), continues: true };
        let mut choice = |code: &str, builder: &mut Builder| {
            let part = Some(self.labels.get(code).cloned().unwrap_or_else(|| code.to_owned()));
            let place = builder.variable(Variable {
                name: format!("{}.{code}", self.id),
                part,
                question: self.id.clone(),
                ..base.clone()
            })?;
            columns.asked.push((place, asked.clone(), self.waves.clone()));
            Ok::<_, TooMany>(place)
        };
        if self.kind == Type::Multi && !self.columns.is_empty() {
            let all: Vec<usize> = self.columns.values().filter_map(|column| at(column)).collect();
            for (code, column) in &self.columns {
                let variable = choice(code, builder)?;
                if let Some(at) = at(column) {
                    columns.roles[at] = Role::Choice(variable, self.reading(builder, variable), all.clone());
                }
            }
            return Ok(());
        }
        let Some(place) = self.column.as_deref().and_then(at) else { return Ok(()) };
        if self.kind == Type::Multi {
            let choices = self.codes.iter().map(|(cell, code)| Ok((cell.clone(), choice(code, builder)?)));
            let missing = self.missing.iter().filter_map(|(cell, kind)| Some((cell.clone(), Absent::named(kind)?)));
            let separator = self.separator.clone().unwrap_or_else(|| ";".to_owned());
            let choices = choices.collect::<Result<Vec<_>, TooMany>>()?;
            columns.roles[place] = Role::Split(Split { separator, choices, missing: missing.collect() });
            return Ok(());
        }
        let variable = builder.variable(base.clone())?;
        columns.asked.push((variable, asked.clone(), self.waves.clone()));
        columns.roles[place] = Role::Value(variable, self.reading(builder, variable));
        Ok(())
    }

    /// Gives how its cells are read: by code, by label, and as the mapping says.
    fn reading(&self, builder: &Builder, variable: usize) -> Reading {
        let mut reading = Reading::of(builder, variable);
        let level = |code: &String| reading.known.get(code).copied();
        let said: Vec<_> = self.codes.iter().filter_map(|(cell, code)| Some((cell, level(code)?))).collect();
        let labelled: Vec<_> = self.labels.iter().filter_map(|(code, label)| Some((label, level(code)?))).collect();
        reading.known.extend(labelled.into_iter().chain(said).map(|(cell, value)| (cell.clone(), value)));
        let missing = self.missing.iter().filter_map(|(cell, kind)| Some((cell, Value::Absent(Absent::named(kind)?))));
        for (cell, value) in missing {
            match cell.as_str() {
                "" => reading.empty = Some(value),
                cell => drop(reading.known.insert(cell.to_owned(), value)),
            }
        }
        match self.kind {
            Type::Multi => {
                reading.otherwise = Otherwise::Taken;
                reading.empty = reading.empty.or(Some(Value::Level(0)));
                let no = ["0", "no", "No", "false", "False", "FALSE"];
                reading.known.extend(no.map(|cell| (cell.to_owned(), Value::Level(0))));
            }
            Type::Boolean => {
                for (cell, level) in [("no", 0), ("No", 0), ("yes", 1), ("Yes", 1), ("False", 0), ("True", 1)] {
                    reading.known.entry(cell.to_owned()).or_insert(Value::Level(level));
                }
            }
            Type::Single => reading.otherwise = Otherwise::Level,
            _ => {}
        }
        reading
    }
}

/// Reads the table of a mapping.
///
/// # Errors
/// One of the files can't be read, the table lacks a column, or it has cells that the mapping doesn't explain.
pub fn read(file: &Path, (mapping, id): (&Mapping, Option<&str>), builder: &mut Builder) -> Result<(), SourceError> {
    if let Some(id) = id.filter(|id| *id != mapping.survey) {
        return Err(wrong(file, format!("it is about the survey {}, not {id}", mapping.survey), HINT));
    }
    let table = mapping.table_beside(file);
    let mut plan = |header: &Header, builder: &mut Builder| {
        let times = |name: &&str| header.names.iter().filter(|known| known == name).count();
        if let Some(name) = mapping.named().find(|name| times(name) > 1) {
            return Err(wrong(file, format!("the table has several columns {name:?}"), "give each column a name of its own"));
        }
        let Some(name) = mapping.named().find(|name| !header.names.iter().any(|known| known == *name)) else {
            return Ok(mapping.plan(&header.names, builder)?);
        };
        let meant = nearest(name, header.names.iter().map(String::as_str), &[]);
        let meant = meant.map_or_else(String::new, |known| format!("; did you mean {known:?}?"));
        Err(wrong(file, format!("the table has no column {name:?}{meant}"), HINT))
    };
    read_rows(&table, &mut plan, builder)
}
