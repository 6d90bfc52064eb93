//! Answers as JSON: the stored response itself, or one object per row of a table.
//!
//! In an object of a table every column is a key, and an empty cell is `null`, never a zero.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::response::facts::unfilled;
use crate::response::table::{Cell, Table};
use crate::response::{Answer, Cell as MatrixCell, Pick, Reply, Response};
use crate::survey::{Code, Kind, Question, Scale, Survey};

/// Writes one value per line.
///
/// # Errors
/// When the destination can't be written.
pub fn write_lines(values: impl IntoIterator<Item = Value>, mut to: impl Write) -> io::Result<()> {
    for value in values {
        serde_json::to_writer(&mut to, &value)?;
        to.write_all(b"\n")?;
    }
    to.flush()
}

/// Writes one array, each value on its own line.
///
/// # Errors
/// When the destination can't be written.
pub fn write_array(values: impl IntoIterator<Item = Value>, mut to: impl Write) -> io::Result<()> {
    to.write_all(b"[")?;
    let mut before = "\n";
    for value in values {
        to.write_all(before.as_bytes())?;
        serde_json::to_writer(&mut to, &value)?;
        before = ",\n";
    }
    to.write_all(if before == "\n" { b"]\n" } else { b"\n]\n" })?;
    to.flush()
}

/// Gives the rows of a table as objects.
pub fn objects(table: &Table) -> impl Iterator<Item = Value> {
    let object = |row: &Vec<Cell>| table.columns.iter().cloned().zip(row.iter().map(value)).collect::<Map<_, _>>();
    table.rows.iter().map(move |row| Value::Object(object(row)))
}

/// Adds `labels` to a stored response: what was answered in the survey's words, by question, in the shape of `answers`.
///
/// The words are those of tables: the survey's own language, and no answer in them. A question whose answer has no label, such as a number or a point between two anchors, has none here.
pub fn with_labels(stored: Value, survey: &Survey, response: &Response) -> Value {
    let label = |question: &Question| match response.replies.get(&question.id) {
        Some(Reply::Given(answer)) => label(question, answer).map(|label| (question.id.to_string(), label)),
        _ => None,
    };
    let labels: Map<_, _> = survey.asked().filter_map(label).collect();
    let mut labelled = stored;
    if let Some(object) = labelled.as_object_mut() {
        object.insert("labels".to_owned(), labels.into());
    }
    labelled
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::Integer(number) => json!(number),
        Cell::Boolean(yes) => json!(yes),
        Cell::Decimal(number) => json!(number),
    }
}

fn label(question: &Question, answer: &Answer) -> Option<Value> {
    match (answer, &question.kind) {
        (Answer::Scale(point), Kind::Scale { scale, .. }) => point_label(scale, *point),
        (Answer::Single(pick), _) => Some(pick_label(question, pick)),
        (Answer::Multi(picks), _) => Some(picks.iter().map(|pick| pick_label(question, pick)).collect()),
        (Answer::Ranking(order), _) => Some(order.iter().map(|code| code_label(question, code)).collect()),
        (Answer::Matrix(cells), Kind::Matrix { scale, .. }) => {
            let given = |(row, cell): (&Code, &MatrixCell)| match cell {
                MatrixCell::Given(point) => point_label(scale, *point).map(|label| (row.to_string(), label)),
                MatrixCell::Missing(_) => None,
            };
            Some(Value::Object(cells.iter().filter_map(given).collect()))
        }
        _ => None,
    }
}

fn point_label(scale: &Scale, point: u8) -> Option<Value> {
    scale.label(point).map(|label| json!(label))
}

fn pick_label(question: &Question, pick: &Pick) -> Value {
    pick.choice(question.kind.choices()).map_or(Value::Null, |choice| json!(unfilled(&choice.label)))
}

fn code_label(question: &Question, code: &Code) -> Value {
    question.kind.label(code.as_str()).map_or(Value::Null, |label| json!(unfilled(label)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::presentation::{Arms, Orders};
    use crate::survey::{Choice, QuestionId, SurveyId};

    fn table() -> Table {
        let columns = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
        Table {
            columns,
            rows: vec![vec![
                Cell::Text("=1".to_owned()),
                Cell::Integer(-1),
                Cell::Decimal(2.5),
                Cell::Boolean(false),
                Cell::Empty,
            ]],
        }
    }

    fn written(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut bytes = Vec::new();
        write(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn rows_become_objects_with_typed_values_and_texts_are_never_changed() {
        let lines = written(|to| write_lines(objects(&table()), to));
        assert_eq!(lines, "{\"a\":\"=1\",\"b\":-1,\"c\":2.5,\"d\":false,\"e\":null}\n");
    }

    #[test]
    fn arrays_are_valid_json_whatever_their_length() {
        for count in 0..3 {
            let text = written(|to| write_array((0..count).map(|at| json!({ "at": at })), to));
            let read: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(read.as_array().map(Vec::len), Some(count), "{text}");
        }
    }

    #[test]
    fn labels_join_the_stored_response_without_changing_its_answers() {
        let (code, id) = (Code::new("ci").unwrap(), QuestionId::new("barriers").unwrap());
        let choice = |code: &str, label: &str, other| Choice { other, ..Choice::new(Code::new(code).unwrap(), label) };
        let choices = vec![choice("ci", "Waiting for CI", false), choice("other", "Something else", true)];
        let kind = Kind::Multi { choices, min: 1, max: 2 };
        let survey = Survey::new(SurveyId::new("s").unwrap(), "S", "en", vec![Question::new(id.clone(), "?", kind)]);
        let picks = Answer::Multi(vec![Pick::Code(code), Pick::Other("words".to_owned())]);
        let replies = [(id, Reply::Given(picks))].into();
        let answered_at = chrono::DateTime::from_timestamp(0, 0).unwrap();
        let response = Response {
            id: "1".to_owned(),
            wave: None,
            language: "en".to_owned(),
            arms: Arms::new(),
            orders: Orders::default(),
            answered_at,
            replies,
        };
        let labelled = with_labels(response.to_json(&survey), &survey, &response);
        assert_eq!(labelled["labels"], json!({ "barriers": ["Waiting for CI", "Something else"] }));
        assert_eq!(labelled["answers"], response.to_json(&survey)["answers"]);
    }
}
