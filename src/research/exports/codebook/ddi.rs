//! DDI-Codebook 2.5: the study, its file, and every variable with its question and categories.
//!
//! No statistics of categories are given: a count may be that of a group too small to show.

use std::fmt::Write as _;
use std::io::Write;

use super::{Described, meaning};
use crate::research::data::{Absent, Dataset};
use crate::research::exports::table::{Cell, Column, Holds, Of, Table};
use crate::research::exports::{ExportError, fields};
use crate::response::table::Values;

/// Writes the codebook of a dataset whose answers are in the file of this name.
///
/// # Errors
/// The destination doesn't take it.
pub fn write(dataset: &Dataset, file: &str, to: &mut dyn Write) -> Result<(), ExportError> {
    let table = Table::new(dataset, Values::Codes);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<codeBook xmlns=\"ddi:codebook:2_5\" version=\"2.5\"");
    let _ = writeln!(xml, " xml:lang=\"{}\">", escaped(&dataset.language));
    study(dataset, &mut xml);
    xml.push_str("  <fileDscr ID=\"F1\">\n    <fileTxt>\n");
    let _ = writeln!(xml, "      <fileName>{}</fileName>", escaped(file));
    let (rows, columns) = (dataset.len(), table.columns.len());
    let _ = writeln!(xml, "      <dimensns><caseQnty>{rows}</caseQnty><varQnty>{columns}</varQnty></dimensns>");
    xml.push_str("      <fileType>text/csv</fileType>\n    </fileTxt>\n  </fileDscr>\n  <dataDscr>\n");
    for (at, column) in table.columns.iter().enumerate() {
        variable(at + 1, column, &mut xml);
    }
    xml.push_str("  </dataDscr>\n</codeBook>\n");
    to.write_all(xml.as_bytes())?;
    Ok(to.flush()?)
}

fn study(dataset: &Dataset, xml: &mut String) {
    let (title, id) = (escaped(&dataset.title), escaped(&dataset.survey));
    xml.push_str("  <stdyDscr>\n    <citation>\n      <titlStmt>\n");
    let _ = writeln!(xml, "        <titl>{title}</titl>\n        <IDNo>{id}</IDNo>");
    xml.push_str("      </titlStmt>\n    </citation>\n    <stdyInfo>\n      <sumDscr>\n");
    for (at, wave) in dataset.waves.iter().enumerate() {
        for (event, date) in [("start", wave.opens), ("end", wave.closes)] {
            let Some(date) = date else { continue };
            let name = escaped(&wave.name);
            let cycle = at + 1;
            let _ = writeln!(xml, "        <collDate date=\"{date}\" event=\"{event}\" cycle=\"{cycle}\">{name}</collDate>");
        }
    }
    xml.push_str("      </sumDscr>\n    </stdyInfo>\n  </stdyDscr>\n");
}

fn variable(number: usize, column: &Column<'_>, xml: &mut String) {
    let described = Described::of(column);
    let interval = if column.holds == Holds::Decimal || column.holds == Holds::Date { "contin" } else { "discrete" };
    let weight = if matches!(column.of, Of::Weight(_)) { " wgt=\"wgt\"" } else { "" };
    let name = escaped(&column.name);
    let _ = writeln!(xml, "    <var ID=\"V{number}\" name=\"{name}\" files=\"F1\" intrvl=\"{interval}\"{weight}>");
    let _ = writeln!(xml, "      <labl>{}</labl>", escaped(&described.title));
    if let Of::Answer(answer) = &column.of {
        let _ = writeln!(xml, "      <qstn ID=\"Q{number}\"><qstnLit>{}</qstnLit></qstn>", escaped(&answer.title()));
    }
    for (value, label) in &described.values {
        category(&text(*value), label, matches!(column.of, Of::Missing(_)), xml);
    }
    if matches!(column.of, Of::Answer(_)) {
        Absent::all().for_each(|kind| category(kind.name(), meaning(kind), true, xml));
    }
    let kind = if column.holds == Holds::Text { "character" } else { "numeric" };
    let day = if column.holds == Holds::Date { " category=\"date\"" } else { "" };
    let _ = writeln!(xml, "      <varFormat type=\"{kind}\"{day}/>\n    </var>");
}

fn category(value: &str, label: &str, is_missing: bool, xml: &mut String) {
    let missing = if is_missing { " missing=\"Y\"" } else { "" };
    let _ = write!(xml, "      <catgry{missing}><catValu>{}</catValu>", escaped(value));
    if !label.is_empty() {
        let _ = write!(xml, "<labl>{}</labl>", escaped(label));
    }
    xml.push_str("</catgry>\n");
}

fn text(cell: Cell<'_>) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.to_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Boolean(yes) => u8::from(yes).to_string(),
        Cell::Decimal(number) => number.to_string(),
        Cell::Date(days) => fields::iso(days),
    }
}

/// Gives a text that may stand in XML: its marks as entities, and without characters that XML has no way to write.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => escaped.push(c),
        }
    }
    escaped
}
