//! What the screen shows, and the bytes that turn it into the next frame. It writes nothing to the terminal itself.

use std::io;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::{Frame, TerminalOptions, Viewport};

use super::palette;
use super::sheet::{Pen, Sheet, is_still};

/// Holds back what follows until [`END`], so that the terminal shows a frame at once.
const BEGIN: &[u8] = b"\x1b[?2026h";
/// The same, and clears the screen: as a part of the frame, so that no empty screen is ever shown.
const BEGIN_CLEAR: &[u8] = b"\x1b[?2026h\x1b[0m\x1b[2J";
const END: &[u8] = b"\x1b[?2026l";

/// What the screen shows, once the frames given were written.
#[derive(Debug)]
pub(super) struct Canvas {
    area: Rect,
    sheet: Sheet,
    cells: ratatui::Terminal<Pen>,
    /// Whether the screen may show something that the cells don't know.
    stale: bool,
    /// Whether the last frame held a character whose width terminals disagree about.
    fragile: bool,
    last_frame: Vec<u8>,
}

impl Canvas {
    /// Begins with a screen that may show anything.
    pub(super) fn new(columns: u16, rows: u16) -> io::Result<Self> {
        let (area, sheet) = (Rect::new(0, 0, columns, rows), Sheet::default());
        let cells = cells(area, &sheet)?;
        Ok(Self { area, sheet, cells, stale: true, fragile: false, last_frame: Vec::new() })
    }

    /// Gives the bytes of the next frame; `None` where it changes nothing. `paint` may be called twice.
    pub(super) fn next(&mut self, mut paint: impl FnMut(&mut Frame<'_>)) -> io::Result<Option<&[u8]>> {
        if !self.stale {
            let was_fragile = self.fragile;
            let frame = self.painted(BEGIN, &mut paint)?;
            if is_still(&frame[BEGIN.len()..], &self.last_frame) {
                return Ok(None);
            }
            if !was_fragile {
                self.last_frame = frame;
                return Ok(Some(&self.last_frame));
            }
            // Where terminals disagree about a width, the cells that changed aren't all that would be left over.
            self.cells = cells(self.area, &self.sheet)?;
        }
        self.last_frame = self.painted(BEGIN_CLEAR, &mut paint)?;
        self.stale = false;
        Ok(Some(&self.last_frame))
    }

    fn painted(&mut self, begin: &[u8], paint: &mut impl FnMut(&mut Frame<'_>)) -> io::Result<Vec<u8>> {
        self.sheet.start(begin);
        self.fragile = is_fragile(self.cells.draw(paint)?.buffer);
        Ok(palette::in_plain_codes(&self.sheet.finish(END)))
    }
}

fn cells(area: Rect, sheet: &Sheet) -> io::Result<ratatui::Terminal<Pen>> {
    // A fixed viewport never asks for the size; resizes are noticed by their signal.
    let viewport = Viewport::Fixed(area);
    ratatui::Terminal::with_options(Pen::on(sheet), TerminalOptions { viewport })
}

fn is_fragile(buffer: &Buffer) -> bool {
    let joins = |c: char| matches!(c, '\u{200D}' | '\u{1F1E6}'..='\u{1F1FF}' | '\u{1F3FB}'..='\u{1F3FF}');
    buffer.content.iter().map(ratatui::buffer::Cell::symbol).any(|symbol| symbol.len() > 3 && symbol.contains(joins))
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;

    /// Draws these texts one after the other and gives what is written for each.
    fn written(texts: &[&str]) -> Vec<Option<String>> {
        crossterm::style::force_color_output(true);
        let mut canvas = Canvas::new(20, 2).unwrap();
        let mut next = |text: &&str| {
            let frame = canvas.next(|frame| {
                frame.buffer_mut().set_string(0, 0, text, Style::new());
            });
            frame.unwrap().map(|bytes| String::from_utf8(bytes.to_owned()).unwrap())
        };
        texts.iter().map(&mut next).collect()
    }

    #[test]
    fn after_a_character_of_disputed_width_the_next_other_frame_is_whole() {
        for fragile in ["ok 👍🏽 yes", "👩\u{200d}💻 pairs", "in 🇨🇭"] {
            let frames = written(&["plain", fragile, fragile, "plain", "plain", "plan"]);
            let is_whole = |frame: &Option<String>| frame.as_ref().map(|frame| frame.contains("\u{1b}[2J"));
            let whole: Vec<_> = frames.iter().map(is_whole).collect();
            assert_eq!(whole, [Some(true), Some(false), None, Some(true), None, Some(false)], "{fragile}");
            let last = frames[3].as_deref().unwrap();
            assert!(last.contains("plain") && last.starts_with("\u{1b}[?2026h") && last.ends_with("\u{1b}[?2026l"), "{last:?}");
        }
    }

    #[test]
    fn ordinary_characters_change_only_their_cells() {
        let frames = written(&["満足 é 👍", "満足 é !"]);
        assert!(!frames[1].as_deref().unwrap().contains("\u{1b}[2J"));
    }
}
