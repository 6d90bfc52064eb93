//! Screens as text: what a person would read, with the terminal's cursor drawn in.

use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

use crate::stage::Shot;

/// Gives the symbols of a row with the column of each; the second half of a wide symbol is left out.
pub(crate) fn symbols(buffer: &Buffer, row: u16) -> Vec<(u16, &str)> {
    let mut symbols = Vec::new();
    let mut column = 0;
    while column < buffer.area.width {
        let symbol = buffer[(column, row)].symbol();
        symbols.push((column, symbol));
        column += u16::try_from(symbol.width()).unwrap().max(1);
    }
    symbols
}

/// Gives the rows of a screen, without the blanks at their ends.
pub(crate) fn rows(buffer: &Buffer) -> Vec<String> {
    let row = |row| symbols(buffer, row).into_iter().map(|(_, symbol)| symbol).collect::<String>();
    (0..buffer.area.height).map(|at| row(at).trim_end().to_owned()).collect()
}

/// Gives a screen under a heading: its size, where what is drawn begins, and where the cursor stands.
///
/// The empty columns and rows around are left out; a cursor on a blank is drawn as `█`.
pub(crate) fn page(name: &str, shot: &Shot) -> String {
    let mut buffer = shot.buffer.clone();
    if let Some(place) = shot.cursor.filter(|place| buffer[*place].symbol() == " ") {
        buffer[place].set_symbol("█");
    }
    let rows = rows(&buffer);
    let blank = |row: &&String| row.is_empty();
    let left = rows.iter().filter(|row| !row.is_empty()).map(|row| row.len() - row.trim_start().len()).min().unwrap_or(0);
    let top = rows.iter().take_while(blank).count();
    let bottom = rows.len() - rows.iter().rev().take_while(blank).count();
    let cursor = shot.cursor.map(|(column, row)| format!(", cursor {column},{row}")).unwrap_or_default();
    let (width, height) = (buffer.area.width, buffer.area.height);
    let mut page = format!("═══ {name} ═══ {width}×{height} from {left},{top}{cursor}\n");
    for row in &rows[top.min(bottom)..bottom] {
        page.push_str(row.get(left..).unwrap_or_default());
        page.push('\n');
    }
    page
}
