//! A few lines under the prompt, drawn in place again and again; it knows no absolute place and writes nothing itself.
//!
//! The cursor moves by rows from where it was left, so that nothing has to be asked of the terminal. What stands above is never
//! reached: after a resize the terminal may have wrapped our lines, and of the two heights they may have now the smaller one is
//! climbed. A stale line of ours may stay then.

use std::io;

use ratatui::backend::Backend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use super::palette;
use super::sheet::{Pen, Sheet};

/// Holds back what follows until [`END`], and hides the cursor on its way.
const BEGIN: &[u8] = b"\x1b[?2026h\x1b[?25l";
const END: &[u8] = b"\x1b[?2026l";
/// Ends colours and clears what a line had more before.
const END_OF_LINE: &[u8] = b"\x1b[0m\x1b[K";
/// Clears what was below the last line.
const CLEAR_BELOW: &[u8] = b"\x1b[J";

/// What stands under the prompt, once the frames given were written.
#[derive(Debug, Default)]
pub(super) struct Strip {
    /// How many lines the last frame had.
    height: usize,
    /// The line on which the cursor was left, from 0.
    row: usize,
    /// The last frame, without the way to its first line; empty where the lines may show anything.
    last_frame: Vec<u8>,
}

impl Strip {
    /// Gives the bytes of the next frame, with the cursor at a column and line, or hidden; `None` where it changes nothing.
    pub(super) fn next(&mut self, lines: &[Line<'_>], cursor: Option<(u16, usize)>) -> io::Result<Option<Vec<u8>>> {
        let mut frame = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            frame.extend_from_slice(if at == 0 { b"" } else { b"\r\n" });
            frame.extend(written(line)?);
            frame.extend_from_slice(END_OF_LINE);
        }
        frame.extend_from_slice(CLEAR_BELOW);
        let last = lines.len().saturating_sub(1);
        let row = cursor.map_or(last, |(_, row)| row.min(last));
        frame.extend(
            match cursor {
                Some((column, _)) => format!("{}\x1b[{}G\x1b[?25h", up(last - row), column + 1),
                None => "\r".to_owned(),
            }
            .into_bytes(),
        );
        frame.extend_from_slice(END);
        if frame == self.last_frame {
            return Ok(None);
        }
        // A line that the terminal has wrapped stays joined to the next one, whatever is written there, until it is cleared: without
        // that, a wider terminal would make of two lines one, and the next climb would lead too far.
        let clear = if self.last_frame.is_empty() { CLEAR_BELOW } else { b"" };
        let whole = [BEGIN, b"\r", up(self.row).as_bytes(), clear, &frame].concat();
        (self.height, self.row, self.last_frame) = (lines.len(), row, frame);
        Ok(Some(whole))
    }

    /// Forgets what the lines show, so that the next frame is drawn whatever it is.
    pub(super) fn forget(&mut self) {
        self.last_frame.clear();
    }

    /// Gives the bytes that leave the lines as they are, and the cursor on a line of its own under them.
    pub(super) fn left(&self) -> Vec<u8> {
        match self.height.checked_sub(self.row + 1) {
            None => Vec::new(),
            Some(0) => b"\r\n".to_vec(),
            Some(below) => format!("\x1b[{below}B\r\n").into_bytes(),
        }
    }

    /// Gives the bytes that take the lines away, and the cursor back to where the first of them began.
    pub(super) fn cleared(&mut self) -> Vec<u8> {
        let way = up(self.row);
        *self = Self::default();
        [b"\r", way.as_bytes(), CLEAR_BELOW].concat()
    }
}

fn up(rows: usize) -> String {
    if rows == 0 { String::new() } else { format!("\x1b[{rows}A") }
}

/// Writes a line with its styles from the first column on.
pub(super) fn written(line: &Line<'_>) -> io::Result<Vec<u8>> {
    let width = u16::try_from(line.width()).unwrap_or(u16::MAX);
    let area = Rect::new(0, 0, width, 1);
    let mut buffer = Buffer::empty(area);
    buffer.set_line(0, 0, line, width);
    let sheet = Sheet::default();
    // Against a line in a style that nothing has: all cells are written, but for those behind a wide character.
    let mut other = Cell::new(" ");
    other.set_style(Style::new().add_modifier(Modifier::HIDDEN | Modifier::RAPID_BLINK));
    let cells = Buffer::filled(area, other);
    Pen::on(&sheet).draw(cells.diff(&buffer).into_iter())?;
    Ok(by_columns(&palette::in_plain_codes(&sheet.finish(b""))))
}

/// Puts a column in the place of each place on the screen: the line is the one the cursor is on.
fn by_columns(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    let mut pieces = text.split("\x1b[1;");
    let mut moved = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        let (column, rest) = piece.split_at(digits);
        match rest.strip_prefix('H') {
            Some(rest) => moved.extend(["\x1b[", column, "G", rest]),
            // Bold, and what comes with it.
            None => moved.extend(["\x1b[1;", piece]),
        }
    }
    moved.into_bytes()
}

#[cfg(test)]
mod tests {
    use ratatui::style::Stylize;

    use super::*;

    fn frame(strip: &mut Strip, lines: &[&str], cursor: Option<(u16, usize)>) -> Option<String> {
        crossterm::style::force_color_output(true);
        let lines: Vec<Line<'_>> = lines.iter().map(|line| Line::raw(*line)).collect();
        strip.next(&lines, cursor).unwrap().map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn a_frame_climbs_as_far_as_the_cursor_was_left_and_no_further() {
        let mut strip = Strip::default();
        let first = frame(&mut strip, &["one", "two", "three"], None).unwrap();
        assert!(!first.contains('A'), "nothing of ours stands above: {first:?}");
        assert_eq!(frame(&mut strip, &["one", "two", "three"], None), None);
        let second = frame(&mut strip, &["uno", "due"], Some((4, 0))).unwrap();
        assert!(second.contains("\x1b[2A") && second.ends_with("\x1b[1A\x1b[5G\x1b[?25h\x1b[?2026l"), "{second:?}");
        let third = frame(&mut strip, &["eins"], None).unwrap();
        assert!(!third.contains('A'), "the cursor stood on the first line: {third:?}");
    }

    #[test]
    fn nothing_is_said_of_absolute_rows() {
        let mut strip = Strip::default();
        let line = Line::from(vec!["満足".bold(), " é 👍 ".red(), "plain".into()]);
        let bytes = String::from_utf8(strip.next(&[line], None).unwrap().unwrap()).unwrap();
        assert!(!bytes.contains('H') && bytes.contains("満") && bytes.contains("plain"), "{bytes:?}");
    }

    #[test]
    fn what_is_left_stays_and_what_is_cleared_goes() {
        let mut strip = Strip::default();
        assert_eq!(strip.left(), b"");
        frame(&mut strip, &["a", "b", "c"], Some((0, 1)));
        assert_eq!(strip.left(), b"\x1b[1B\r\n");
        assert_eq!(strip.cleared(), b"\r\x1b[1A\x1b[J");
        assert_eq!(strip.left(), b"");
    }
}
