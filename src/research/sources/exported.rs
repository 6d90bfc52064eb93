//! Files of `dxpulse export` (JSON Lines, JSON, wide CSV) and of `dxpulse-research export` (wide CSV and JSON Lines, Parquet, Arrow's own
//! format).

use std::collections::HashMap;
use std::io::{BufRead, Read};
use std::path::Path;

use serde_json::Value;

use super::blocks::Header;
use super::columns::{Columns, wave_of};
use super::place::{Problems, open, wrong};
use super::table::read as read_rows;
use super::{Definitions, SourceError, lines};
use crate::research::data::{Builder, Comment, Facts, Surveyed};
use crate::response::{Answer, Pick, Reply, Response};
use crate::survey::Survey;

const UNKNOWN: &str = "give the file of the survey with --definition";

/// Reads an exported file. Answers that were taken back are left out.
///
/// # Errors
/// The file can't be read, or something in it isn't as it has to be.
pub fn read(file: &Path, (id, known): (Option<&str>, &Definitions), builder: &mut Builder) -> Result<(), SourceError> {
    let mut reader = open(file)?;
    let first = reader.fill_buf().map_err(|error| SourceError::File { file: file.to_owned(), error })?;
    let text = String::from_utf8_lossy(first);
    match text.trim_start_matches('\u{feff}').trim_start().chars().next() {
        Some('{') if !lines::is_table(&text) => {
            records(file, (id, known), builder, &mut reader.lines().map(|line| line.map_err(|error| error.to_string()).map(Some)))
        }
        Some('[') => {
            let mut whole = String::new();
            reader.read_to_string(&mut whole).map_err(|error| SourceError::File { file: file.to_owned(), error })?;
            let values: Vec<Value> = serde_json::from_str(whole.trim_start_matches('\u{feff}'))
                .map_err(|error| wrong(file, format!("it is no JSON: line {}", error.line()), "export it again"))?;
            records(file, (id, known), builder, &mut values.into_iter().map(|value| Ok(Some(value.to_string()))))
        }
        _ => {
            drop(reader);
            wide(file, (id, known), builder)
        }
    }
}

fn records(
    file: &Path,
    (id, known): (Option<&str>, &Definitions),
    builder: &mut Builder,
    lines: &mut dyn Iterator<Item = Result<Option<String>, String>>,
) -> Result<(), SourceError> {
    let mut problems = Problems::of(file);
    let mut surveys: HashMap<(String, u64, String), Option<Surveyed>> = HashMap::new();
    let mut only = id.map(str::to_owned);
    for (at, line) in lines.enumerate() {
        let number = at + 1;
        let Ok(Some(line)) = line else {
            problems.tell(|| format!("line {number} is no text"));
            continue;
        };
        if line.trim().is_empty() {
            continue;
        }
        let Ok(record) = serde_json::from_str::<Value>(line.trim_start_matches('\u{feff}')) else {
            problems.tell(|| format!("line {number} is no JSON"));
            continue;
        };
        let text = |key: &str| record.get(key).and_then(Value::as_str).unwrap_or_default();
        if only.is_none() {
            builder.name(text("survey"));
        }
        let is_another = only.get_or_insert_with(|| text("survey").to_owned()) != text("survey");
        if is_another && id.is_none() {
            let hint = "choose one with --survey, such as the survey of its first line";
            return Err(wrong(file, "it holds answers to several surveys", hint));
        }
        if is_another || record.get("taken_back") == Some(&Value::Bool(true)) {
            continue;
        }
        let version = record.get("version").and_then(Value::as_u64).unwrap_or(0);
        let wave = wave_of(text("wave"), text("answered_at"));
        let key = (text("survey").to_owned(), version, wave.name.clone());
        if let Some(Some(_)) = surveys.get(&key) {
            builder.wave(wave);
        } else if !surveys.contains_key(&key) {
            let survey = known.find(&key.0, u32::try_from(version).ok());
            let made = survey.map(|survey| {
                let place = builder.wave(wave);
                Surveyed::new(survey, place, builder)
            });
            surveys.insert(key.clone(), made.transpose()?);
        }
        let Some(Some(surveyed)) = surveys.get(&key) else {
            problems.tell(|| format!("line {number} is an answer to a survey that isn't known, or to another version of it"));
            continue;
        };
        match Response::from_json(surveyed.survey(), &record) {
            Some(response) => add(surveyed, &response, builder)?,
            None => problems.tell(|| format!("line {number} doesn't fit the survey {}", key.0)),
        }
    }
    problems.or_none(UNKNOWN)
}

fn add(surveyed: &Surveyed, response: &Response, builder: &mut Builder) -> Result<(), SourceError> {
    let facts = Facts { arms: response.arms.clone(), language: Some(response.language.clone()), ..Facts::default() };
    surveyed.add(&response.replies, &facts, builder)?;
    for (question, text) in words(surveyed.survey(), response) {
        builder.comment(Comment { wave: surveyed.wave(), question, text });
    }
    Ok(())
}

/// Gives the own words of a response, each with its question.
fn words<'r>(survey: &'r Survey, response: &'r Response) -> impl Iterator<Item = (String, String)> + 'r {
    let given = survey.asked().filter_map(|question| match response.replies.get(&question.id)? {
        Reply::Given(answer) => Some((question.id.to_string(), answer)),
        Reply::Missing(_) => None,
    });
    given.filter_map(|(id, answer)| match answer {
        Answer::Text(text) => Some((id, text.clone())),
        answer => answer.picks().iter().find_map(Pick::own_words).map(|text| (format!("{id}.other"), text.to_owned())),
    })
}

/// Reads a wide table: columns are named as variables are.
fn wide(file: &Path, (id, known): (Option<&str>, &Definitions), builder: &mut Builder) -> Result<(), SourceError> {
    let mut plan = |header: &Header, builder: &mut Builder| {
        if ["response", "question", "value"].iter().all(|name| header.names.iter().any(|known| known == name)) {
            let problem = "it has a row for each answer, and a row for each response is needed";
            return Err(wrong(file, problem, "export it again without --long or `--layout long`"));
        }
        let survey = survey_of(file, header.survey.as_deref(), (id, known))?;
        builder.name(survey.id.as_str());
        Ok(Columns::exported(&header.names, &survey, builder)?)
    };
    read_rows(file, &mut plan, builder)
}

/// Gives the survey that a table is about: the one that is asked for, the one it names itself, or the only one that is known.
fn survey_of(file: &Path, told: Option<&str>, (id, known): (Option<&str>, &Definitions)) -> Result<Survey, SourceError> {
    if let (Some(id), Some(told)) = (id, told.filter(|told| Some(*told) != id)) {
        return Err(wrong(file, format!("it is about the survey {told}, not {id}"), "choose another file, or another survey"));
    }
    let survey = id.or(told).map_or_else(|| known.only().cloned(), |id| known.find(id, None));
    survey.ok_or_else(|| wrong(file, "which survey its columns belong to isn't known", UNKNOWN))
}
