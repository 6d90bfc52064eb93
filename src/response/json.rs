//! The one JSON shape of answers: in `take --answers`, in the store, in `take --json` and in exports.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::answer::{holds, in_order};
use super::{Answer, Cell, Misfit, Missing, Pick, Replies, Reply};
use crate::survey::{Allow, Choice, Code, Kind, Question, Scale, Survey, characters};

/// Gives the value of an answer; the rows of a matrix that are missing are left out.
pub fn to_value(answer: &Answer) -> Value {
    match answer {
        Answer::Scale(point) => json!(point),
        Answer::Boolean(yes) => json!(yes),
        Answer::Single(pick) => pick_to_value(pick),
        Answer::Multi(picks) => picks.iter().map(pick_to_value).collect(),
        Answer::Ranking(order) => order.iter().map(Code::as_str).collect(),
        Answer::Matrix(cells) => {
            let given = |(row, cell): (&Code, &Cell)| match cell {
                Cell::Given(point) => Some((row.to_string(), json!(point))),
                Cell::Missing(_) => None,
            };
            Value::Object(cells.iter().filter_map(given).collect())
        }
        Answer::Text(text) => json!(text),
        Answer::Number(number) => number_to_value(*number),
        Answer::Date(date) => json!(date.to_string()),
    }
}

/// Gives the `answers` and `missing` objects of a set of replies, in the survey's order.
///
/// A matrix row that is missing stands in `missing` as `question.row`.
pub fn to_objects(survey: &Survey, replies: &Replies) -> (Map<String, Value>, Map<String, Value>) {
    let (mut answers, mut missing) = (Map::new(), Map::new());
    for question in survey.asked() {
        match replies.get(&question.id) {
            Some(Reply::Given(answer)) => {
                answers.insert(question.id.to_string(), to_value(answer));
                for (row, kind) in missing_rows(question, answer) {
                    missing.insert(format!("{}.{row}", question.id), json!(kind.name()));
                }
            }
            Some(Reply::Missing(kind)) => {
                missing.insert(question.id.to_string(), json!(kind.name()));
            }
            None => {}
        }
    }
    (answers, missing)
}

/// Reads back what [`to_objects`] gave; replies that don't fit the survey come back as their names.
pub fn from_objects(survey: &Survey, answers: &Map<String, Value>, missing: &Map<String, Value>) -> (Replies, Vec<String>) {
    let (mut replies, mut strange) = (Replies::new(), Vec::new());
    let find = |name: &str| survey.asked().find(|question| question.id.as_str() == name);
    for (name, value) in answers {
        match find(name).map(|question| (question, reply_from(question, value))) {
            Some((question, Ok(reply))) => drop(replies.insert(question.id.clone(), reply)),
            _ => strange.push(name.clone()),
        }
    }
    for (name, value) in missing {
        let kind = value.as_str().and_then(Missing::from_name);
        let (question, row) = name.split_once('.').map_or((&**name, None), |(q, r)| (q, Code::new(r)));
        match (find(question), row, kind) {
            (Some(question), None, Some(kind)) => {
                replies.insert(question.id.clone(), Reply::Missing(kind));
            }
            // A row without a cell is an unanswered one.
            (Some(_), Some(_), Some(Missing::Unanswered)) => {}
            (Some(question), Some(row), Some(kind)) => {
                let empty = || Reply::Given(Answer::Matrix(BTreeMap::new()));
                if let Reply::Given(Answer::Matrix(cells)) = replies.entry(question.id.clone()).or_insert_with(empty) {
                    cells.insert(row, Cell::Missing(kind));
                }
            }
            _ => strange.push(name.clone()),
        }
    }
    (replies, strange)
}

/// Reads one reply from the value of a question.
///
/// # Errors
/// Every reason why the value is no reply to the question.
pub fn reply_from(question: &Question, value: &Value) -> Result<Reply, Vec<Misfit>> {
    if value.is_null() {
        return Ok(Reply::Missing(Missing::Skipped));
    }
    if let Some(kind) = value.as_object().and_then(|object| object.get("missing")).filter(|_| !has_row(question, "missing")) {
        return allowed_missing(question.allow, kind).map(Reply::Missing).map_err(|e| vec![e]);
    }
    let one = |result: Result<Answer, Misfit>| result.map_err(|problem| vec![problem]);
    let answer = match &question.kind {
        Kind::Scale { scale, .. } => one(point_from(scale, value).map(Answer::Scale)),
        Kind::Boolean => one(value.as_bool().map(Answer::Boolean).ok_or_else(|| Misfit::shape("expected true or false"))),
        Kind::Single { choices } => one(pick_from(choices, value).map(Answer::Single)),
        Kind::Multi { choices, max, .. } => picks_from(choices, *max, value),
        Kind::Ranking { choices } => ranking_from(choices, value),
        Kind::Matrix { .. } => cells_from(question, value),
        Kind::Text { max_length, .. } => one(text_from(*max_length, value)),
        Kind::Number { min, max, decimals, .. } => one(number_from(*min, *max, *decimals, value)),
        Kind::Date { min, max } => one(date_from(*min, *max, value)),
        Kind::Note => Err(vec![Misfit::shape("is a note and takes no answer")]),
    };
    answer.map(Reply::Given)
}

/// Gives the rows of a matrix that are missing, in the survey's order; a row that was never touched is unanswered.
pub fn missing_rows<'a>(question: &'a Question, answer: &'a Answer) -> Vec<(&'a Code, Missing)> {
    let (Kind::Matrix { rows, .. }, Answer::Matrix(cells)) = (&question.kind, answer) else {
        return Vec::new();
    };
    let kind = |row: &Code| match cells.get(row) {
        Some(Cell::Given(_)) => None,
        Some(Cell::Missing(kind)) => Some(*kind),
        None => Some(Missing::Unanswered),
    };
    rows.iter().filter_map(|row| kind(&row.code).map(|kind| (&row.code, kind))).collect()
}

/// Reads a number typed or given by an author's rules.
///
/// # Errors
/// Why it is no answer: not finite, too many decimals, out of range.
pub fn check_number(min: Option<f64>, max: Option<f64>, decimals: u8, number: f64) -> Result<f64, Misfit> {
    if !number.is_finite() || number.abs() > 9e15 {
        return Err(Misfit::TooManyDigits);
    }
    let number = rounded(decimals, number).ok_or(match decimals {
        0 => Misfit::NotWhole,
        places => Misfit::TooPrecise(places),
    })?;
    match (min, max) {
        (Some(least), Some(most)) if number < least || number > most => Err(Misfit::OutOfRange { least, most }),
        (Some(least), None) if number < least => Err(Misfit::TooSmall(least)),
        (None, Some(most)) if number > most => Err(Misfit::TooGreat(most)),
        _ => Ok(number),
    }
}

/// Gives the number with its decimals, without what calculating has left behind such as in 0.30000000000000004, and zero without
/// its sign, which would be told and wouldn't be stored.
fn rounded(decimals: u8, number: f64) -> Option<f64> {
    let rounded = format!("{number:.*}", usize::from(decimals)).parse::<f64>().ok()? + 0.0;
    ((rounded - number).abs() <= f64::EPSILON * number.abs()).then_some(rounded)
}

/// Checks a date against an author's bounds.
///
/// # Errors
/// Which bound it breaks.
pub fn check_date(min: Option<NaiveDate>, max: Option<NaiveDate>, date: NaiveDate) -> Result<NaiveDate, Misfit> {
    match (min, max) {
        (Some(least), _) if date < least => Err(Misfit::TooEarly(least)),
        (_, Some(most)) if date > most => Err(Misfit::TooLate(most)),
        _ => Ok(date),
    }
}

fn has_row(question: &Question, code: &str) -> bool {
    matches!(&question.kind, Kind::Matrix { rows, .. } if rows.iter().any(|row| row.code.as_str() == code))
}

fn pick_to_value(pick: &Pick) -> Value {
    match pick {
        Pick::Code(code) => json!(code.as_str()),
        Pick::Other(text) => json!({ "other": text }),
    }
}

/// Gives whole numbers as integers and all others as decimals.
#[expect(clippy::cast_possible_truncation, reason = "guarded: whole and within 9e15")]
pub(super) fn number_to_value(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() <= 9e15 {
        return json!(number as i64);
    }
    json!(number)
}

fn allowed_missing(allow: Allow, value: &Value) -> Result<Missing, Misfit> {
    let kind = value.as_str().and_then(Missing::from_name);
    match kind {
        Some(Missing::NotApplicable) if allow.not_applicable => Ok(Missing::NotApplicable),
        Some(Missing::PreferNotToSay) if allow.prefer_not_to_say => Ok(Missing::PreferNotToSay),
        Some(Missing::DontKnow) if allow.dont_know => Ok(Missing::DontKnow),
        Some(kind @ (Missing::NotApplicable | Missing::PreferNotToSay | Missing::DontKnow)) => {
            Err(Misfit::Shape(format!("does not allow {}", kind.name())))
        }
        _ => Err(Misfit::shape("expected not_applicable, prefer_not_to_say or dont_know as the kind of missing")),
    }
}

fn point_from(scale: &Scale, value: &Value) -> Result<u8, Misfit> {
    // As decimals, because some programs write 5.0 for 5.
    let given = value.as_f64();
    let mut points = scale.points();
    points.find(|point| given == Some(f64::from(*point))).ok_or(Misfit::Point { first: scale.first, last: scale.last })
}

fn pick_from(choices: &[Choice], value: &Value) -> Result<Pick, Misfit> {
    if let Some(text) = value.as_object().and_then(|object| object.get("other")) {
        if !choices.iter().any(|choice| choice.other) {
            return Err(Misfit::NoOwnWords);
        }
        let text = text.as_str().map(characters::strip).unwrap_or_default();
        let text = text.trim();
        return if text.is_empty() { Err(Misfit::BlankOwnWords) } else { Ok(Pick::Other(text.to_owned())) };
    }
    let known =
        || choices.iter().filter(|choice| !choice.other).map(|choice| choice.code.as_str()).collect::<Vec<_>>().join(", ");
    let choice = value.as_str().and_then(|code| choices.iter().find(|choice| choice.code.as_str() == code));
    match choice {
        Some(choice) if choice.other => Err(Misfit::shape("expected { \"other\": \"own words\" } for this choice")),
        Some(choice) => Ok(Pick::Code(choice.code.clone())),
        None => Err(Misfit::Shape(format!("expected one of the codes {}", known()))),
    }
}

fn picks_from(choices: &[Choice], max: usize, value: &Value) -> Result<Answer, Vec<Misfit>> {
    let values = codes_in(value, "an array of codes", choices.iter().filter(|choice| !choice.other).take(1))?;
    let (picks, mut problems) = split(values.iter().map(|value| pick_from(choices, value)));
    let twice = picks.iter().enumerate().any(|(at, pick): (usize, &Pick)| {
        picks[..at].iter().any(|before| before == pick || matches!((before, pick), (Pick::Other(_), Pick::Other(_))))
    });
    if twice {
        problems.push(Misfit::Twice);
    }
    if picks.len() > max {
        problems.push(Misfit::TooMany(max));
    }
    if picks.len() > 1 && choices.iter().any(|choice| choice.exclusive && holds(&picks, choice)) {
        problems.push(Misfit::NotAlone);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Answer::Multi(in_order(choices, picks)))
}

/// Gives the elements of an array; where the value is none, the example shows one.
fn codes_in<'v, 'c>(
    value: &'v Value,
    expected: &str,
    example: impl Iterator<Item = &'c Choice>,
) -> Result<&'v Vec<Value>, Vec<Misfit>> {
    let problem = match value.as_array() {
        Some(values) if !values.is_empty() => return Ok(values),
        Some(_) => Misfit::shape("expected at least one code, or null to skip"),
        None => {
            let codes: Vec<_> = example.map(|choice| format!("\"{}\"", choice.code)).collect();
            Misfit::Shape(format!("expected {expected}, such as [{}]", codes.join(", ")))
        }
    };
    Err(vec![problem])
}

fn ranking_from(choices: &[Choice], value: &Value) -> Result<Answer, Vec<Misfit>> {
    let values = codes_in(value, "an array of all codes in order of preference", choices.iter())?;
    let (picks, mut problems) = split(values.iter().map(|value| pick_from(choices, value)));
    let order: Vec<Code> =
        picks.into_iter().filter_map(|pick| if let Pick::Code(code) = pick { Some(code) } else { None }).collect();
    if order.iter().enumerate().any(|(at, code)| order[..at].contains(code)) {
        problems.push(Misfit::Twice);
    }
    if problems.is_empty() { Ok(Answer::Ranking(order)) } else { Err(problems) }
}

fn cells_from(question: &Question, value: &Value) -> Result<Answer, Vec<Misfit>> {
    let Kind::Matrix { rows, scale } = &question.kind else { return Err(Vec::new()) };
    let Some(object) = value.as_object() else {
        return Err(vec![Misfit::shape("expected an object of rows, such as { \"row\": 4 }")]);
    };
    let cell = |(name, value): (&String, &Value)| {
        let row = rows.iter().find(|row| row.code.as_str() == name);
        let row = row.ok_or_else(|| {
            let name: String = name.chars().take(64).collect();
            let rows = rows.iter().map(|row| row.code.as_str()).collect::<Vec<_>>().join(", ");
            Misfit::Shape(format!("has no row `{name}`; its rows are {rows}"))
        })?;
        let cell = match value {
            Value::Null => Ok(Cell::Missing(Missing::Skipped)),
            Value::Object(object) => {
                allowed_missing(question.allow, object.get("missing").unwrap_or(&Value::Null)).map(Cell::Missing)
            }
            value => point_from(scale, value).map(Cell::Given),
        };
        cell.map(|cell| (row.code.clone(), cell)).map_err(|problem| Misfit::Shape(format!("row {}: {problem}", row.code)))
    };
    let (cells, problems) = split(object.iter().map(cell));
    if problems.is_empty() { Ok(Answer::Matrix(cells.into_iter().collect())) } else { Err(problems) }
}

fn text_from(max_length: usize, value: &Value) -> Result<Answer, Misfit> {
    use unicode_segmentation::UnicodeSegmentation;
    let text = characters::strip(value.as_str().ok_or_else(|| Misfit::shape("expected a text in quotes"))?);
    let text = text.trim();
    match text.graphemes(true).count() {
        0 => Err(Misfit::Blank),
        count if count > max_length => Err(Misfit::TooLong { most: max_length, given: count }),
        _ => Ok(Answer::Text(text.to_owned())),
    }
}

fn number_from(min: Option<f64>, max: Option<f64>, decimals: u8, value: &Value) -> Result<Answer, Misfit> {
    let number = value.as_f64().ok_or_else(|| Misfit::shape("expected a number"))?;
    check_number(min, max, decimals, number).map(Answer::Number)
}

fn date_from(min: Option<NaiveDate>, max: Option<NaiveDate>, value: &Value) -> Result<Answer, Misfit> {
    let date = value.as_str().and_then(|text| text.parse::<NaiveDate>().ok());
    let date = date.ok_or_else(|| Misfit::shape("expected a date such as \"2026-03-31\""))?;
    check_date(min, max, date).map(Answer::Date)
}

fn split<T>(results: impl Iterator<Item = Result<T, Misfit>>) -> (Vec<T>, Vec<Misfit>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(value) => good.push(value),
            Err(problem) => bad.push(problem),
        }
    }
    (good, bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_hold_for_every_way_to_write_a_number() {
        for (decimals, number, read) in [
            (2, 1.25, Some(1.25)),
            (2, 1e-30, None),
            (2, 1.251, None),
            (2, 0.001, None),
            (2, 0.1 + 0.2, Some(0.3)),
            (6, 1e-6, Some(1e-6)),
            (6, 1e-7, None),
            (0, 5.0, Some(5.0)),
            (0, 4.999_999_9, None),
            (0, 1e15, Some(1e15)),
            (0, -0.0, Some(0.0)),
            (2, 9_007_199_254_740.25, Some(9_007_199_254_740.25)),
            (2, 1e300, None),
            (2, f64::NAN, None),
        ] {
            // As it is shown, so that -0 isn't 0.
            let shown = |number: Option<f64>| number.map(|number| number.to_string());
            assert_eq!(shown(check_number(None, None, decimals, number).ok()), shown(read), "{number} with {decimals}");
        }
    }
}
