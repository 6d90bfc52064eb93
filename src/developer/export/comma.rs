//! Tables as CSV (RFC 4180, UTF-8, rows end with a line feed), safe to open in a spreadsheet unless asked otherwise.
//!
//! A spreadsheet runs a text that starts with `=` as a formula, in quotes or not. So a *text* that starts with one of
//! the characters in [`starts_formula`] gets a leading `'`; a number, also a negative one, is never changed.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::response::table::{Cell, Table};

/// How a table becomes CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// Starts with a byte order mark, which Excel needs to see UTF-8.
    pub bom: bool,
    /// Leaves texts that a spreadsheet would run as they are.
    pub raw: bool,
}

/// Writes a table with its columns as the first record.
///
/// # Errors
/// When the destination can't be written.
pub fn write(table: &Table, style: Style, mut to: impl Write) -> io::Result<()> {
    if style.bom {
        to.write_all("\u{FEFF}".as_bytes())?;
    }
    let mut records = csv::Writer::from_writer(to);
    write_records(table, style, &mut records).map_err(cause)?;
    records.flush()
}

fn write_records(table: &Table, style: Style, records: &mut csv::Writer<impl Write>) -> csv::Result<()> {
    let safe = |text| if style.raw { Cow::Borrowed(text) } else { neutralise(text) };
    records.write_record(table.columns.iter().map(|name| safe(name).into_owned()))?;
    for row in &table.rows {
        for cell in row {
            match cell {
                Cell::Empty => records.write_field("")?,
                Cell::Text(text) => records.write_field(safe(text).as_bytes())?,
                Cell::Integer(number) => records.write_field(number.to_string())?,
                Cell::Boolean(yes) => records.write_field(if *yes { "1" } else { "0" })?,
                Cell::Decimal(number) => records.write_field(number.to_string())?,
            }
        }
        records.write_record(None::<&[u8]>)?;
    }
    Ok(())
}

/// Gives what the destination said: `From` would hide a broken pipe behind [`io::ErrorKind::Other`].
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => cause,
        _ => io::Error::other("a row has more or fewer cells than the table has columns"),
    }
}

/// Gives the text with a leading `'` where a spreadsheet would run it.
pub fn neutralise(text: &str) -> Cow<'_, str> {
    match text.chars().next().is_some_and(starts_formula) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// Gives the text that was neutralised.
pub fn plain(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(starts_formula)).unwrap_or(text)
}

/// Says whether a spreadsheet may run a text that starts with this character; the full-width forms count for some of them.
fn starts_formula(character: char) -> bool {
    matches!(character, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(columns: &[&str], row: Vec<Cell>, style: Style) -> String {
        let table = Table { columns: columns.iter().map(|name| (*name).to_owned()).collect(), rows: vec![row] };
        let mut bytes = Vec::new();
        write(&table, style, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn formulas_in_texts_are_neutralised_and_numbers_are_not() {
        let cases = [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "\"'\rx\""),
            ("＝1", "'＝1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠x", "'＠x"),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
            ("1-1", "1-1"),
            ("'=x", "'=x"),
            (" =x", " =x"),
            ("改善", "改善"),
        ];
        for (text, expected) in cases {
            let cell = || vec![Cell::Text(text.to_owned()), Cell::Integer(-1), Cell::Decimal(-0.5)];
            let safe = written(&["a", "b", "c"], cell(), Style::default());
            assert_eq!(safe, format!("a,b,c\n{expected},-1,-0.5\n"), "{text}");
            let raw = written(&["a", "b", "c"], cell(), Style { raw: true, bom: false });
            assert!(!raw.contains('\'') || text.starts_with('\''), "{raw}");
        }
    }

    #[test]
    fn columns_are_neutralised_too() {
        assert_eq!(written(&["=a"], vec![Cell::Integer(1)], Style::default()), "'=a\n1\n");
        assert_eq!(written(&["a", "b"], vec![Cell::Boolean(true), Cell::Boolean(false)], Style::default()), "a,b\n1,0\n");
    }

    #[test]
    fn byte_order_mark_stands_only_where_asked_for_and_only_once() {
        let with = written(&["a"], vec![Cell::Text("é".to_owned())], Style { bom: true, raw: false });
        assert_eq!(with, "\u{FEFF}a\né\n");
        assert!(!written(&["a"], vec![Cell::Empty], Style::default()).starts_with('\u{FEFF}'));
    }

    #[test]
    fn decimals_keep_every_digit_and_never_take_an_exponent() {
        for (number, expected) in [(0.1, "0.1"), (-2.5, "-2.5"), (1e-6, "0.000001"), (8_999_999_999_999.125, "8999999999999.125")]
        {
            assert_eq!(written(&["a"], vec![Cell::Decimal(number)], Style::default()), format!("a\n{expected}\n"));
        }
    }

    #[test]
    fn failing_destination_is_an_error_of_its_own_kind() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        // Past the csv crate's own buffer, the failure comes from within, not from the last flush.
        for rows in [0, 100_000] {
            let table = Table { columns: vec!["a".to_owned()], rows: vec![vec![Cell::Integer(1)]; rows] };
            let error = write(&table, Style::default(), Full).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{rows}");
        }
    }
}
