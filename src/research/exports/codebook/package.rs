//! A Frictionless Data Package: `datapackage.json`, which describes the CSV file that lies beside it.
//!
//! Names, types and constraints are those of Table Schema 1; `categories`, values with their labels, are those of version 2.

use std::borrow::Cow;
use std::io::Write;

use serde_json::{Map, Value as Json, json};

use super::Described;
use crate::developer::export::comma::neutralise;
use crate::research::data::Dataset;
use crate::research::exports::table::{Cell, LINE, Long, Table};
use crate::research::exports::{ExportError, Layout, Style, fields};

/// Writes the description of the CSV file of this name, written in the same style.
///
/// # Errors
/// The destination doesn't take it.
pub fn write(dataset: &Dataset, style: Style, file: &str, to: &mut dyn Write) -> Result<(), ExportError> {
    let table = Table::new(dataset, style.values);
    let fields: Vec<Json> = match style.layout {
        Layout::Wide => table.columns.iter().map(|column| field(&column.name, &Described::of(column), style)).collect(),
        Layout::Long => Long::new(dataset, style.values).names.iter().map(|name| long_field(name, style)).collect(),
    };
    let package = json!({
        "profile": "tabular-data-package",
        "name": dataset.survey,
        "title": dataset.title,
        "resources": [{
            "profile": "tabular-data-resource",
            "name": dataset.survey,
            "path": file,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": { "delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
            "schema": { "fields": fields, "missingValues": [""] },
        }],
    });
    serde_json::to_writer_pretty(&mut *to, &package).map_err(std::io::Error::from)?;
    to.write_all(b"\n")?;
    Ok(to.flush()?)
}

fn field(name: &str, described: &Described<'_>, style: Style) -> Json {
    let mut field = Map::new();
    field.insert("name".to_owned(), written(name, style).into());
    field.insert("type".to_owned(), described.kind.into());
    field.insert("title".to_owned(), described.title.as_str().into());
    if described.kind == "boolean" {
        field.insert("trueValues".to_owned(), json!(["1"]));
        field.insert("falseValues".to_owned(), json!(["0"]));
        return Json::Object(field);
    }
    let mut allowed: Vec<Json> = Vec::new();
    for (cell, _) in &described.values {
        let value = value(*cell, style);
        if !allowed.contains(&value) {
            allowed.push(value);
        }
    }
    if !allowed.is_empty() {
        field.insert("constraints".to_owned(), json!({ "enum": allowed }));
    }
    let labelled = described.values.iter().filter(|(_, label)| !label.is_empty());
    let categories: Vec<Json> = labelled.map(|(cell, label)| json!({ "value": value(*cell, style), "label": label })).collect();
    if !categories.is_empty() {
        field.insert("categories".to_owned(), categories.into());
    }
    Json::Object(field)
}

/// Gives a field of one row per answer, whose values depend on the question.
fn long_field(name: &str, style: Style) -> Json {
    let kind = match name {
        "response" | "rank" => "integer",
        "weight" => "number",
        _ => "string",
    };
    let title = match name {
        "response" => "Which answers were given together",
        "weight" => "How much the response counts",
        "missing" => "Why there is no answer",
        name if LINE.contains(&name) => "Of the answer",
        _ => "Of the response",
    };
    json!({ "name": written(name, style), "type": kind, "title": title })
}

/// Gives a text as the CSV file has it.
fn written(text: &str, style: Style) -> Cow<'_, str> {
    if style.raw { Cow::Borrowed(text) } else { neutralise(text) }
}

fn value(cell: Cell<'_>, style: Style) -> Json {
    match cell {
        Cell::Empty => Json::Null,
        Cell::Text(text) => written(text, style).into(),
        Cell::Integer(number) => number.into(),
        Cell::Boolean(yes) => yes.into(),
        Cell::Decimal(number) => number.into(),
        Cell::Date(days) => fields::iso(days).into(),
    }
}
