//! A frame on its way to the terminal: gathered whole, and told from one that changes nothing.

use std::cell::{Ref, RefCell};
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

/// Where ratatui writes: gathered here until the frame is whole, because ratatui flushes in the middle of one.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet(Rc<RefCell<Vec<u8>>>);

impl Sheet {
    /// Starts a frame with these bytes.
    pub(super) fn start(&self, bytes: &[u8]) {
        let mut sheet = self.0.borrow_mut();
        sheet.clear();
        sheet.extend_from_slice(bytes);
    }

    /// Ends a frame with these bytes and gives the whole of it.
    pub(super) fn finish(&self, bytes: &[u8]) -> Ref<'_, Vec<u8>> {
        self.0.borrow_mut().extend_from_slice(bytes);
        self.0.borrow()
    }
}

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How ratatui writes on a sheet. Whatever would ask the terminal something is refused, not passed on: nobody waits for its answer.
#[derive(Debug)]
pub(super) struct Pen(CrosstermBackend<Sheet>);

impl Pen {
    /// Gives what writes on this sheet.
    pub(super) fn on(sheet: &Sheet) -> Self {
        Self(CrosstermBackend::new(sheet.clone()))
    }
}

impl Backend for Pen {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, cells: I) -> io::Result<()> {
        self.0.draw(cells)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.0.clear()
    }

    fn clear_region(&mut self, part: ClearType) -> io::Result<()> {
        self.0.clear_region(part)
    }

    fn size(&self) -> io::Result<Size> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Says whether a frame changes neither a cell nor the cursor of the last one.
///
/// A changed cell is written first, at its place; without one a frame only ends the colours and puts the cursor.
pub(super) fn is_still(frame: &[u8], last_frame: &[u8]) -> bool {
    frame.starts_with(b"\x1b[39m") && last_frame.ends_with(frame)
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::{Frame, TerminalOptions, Viewport};

    use super::*;

    type Paint<'a> = &'a dyn Fn(&mut Frame<'_>);

    fn frames(paints: &[Paint<'_>]) -> Vec<Vec<u8>> {
        crossterm::style::force_color_output(true);
        let sheet = Sheet::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, 20, 4));
        let mut canvas = ratatui::Terminal::with_options(Pen::on(&sheet), TerminalOptions { viewport }).unwrap();
        let frame = |paint: &Paint<'_>| {
            sheet.start(b"");
            canvas.draw(paint).unwrap();
            sheet.finish(b"<end>").clone()
        };
        paints.iter().map(frame).collect()
    }

    #[test]
    fn a_frame_is_still_when_neither_a_cell_nor_the_cursor_changed() {
        use ratatui::style::{Color, Style};
        let plain = |frame: &mut Frame<'_>| {
            frame.buffer_mut().set_string(1, 1, "ab", Style::new());
        };
        let red = |frame: &mut Frame<'_>| {
            frame.buffer_mut().set_string(1, 1, "ab", Style::new().fg(Color::Red));
        };
        let cursor = |frame: &mut Frame<'_>| {
            plain(frame);
            frame.set_cursor_position((3, 1));
        };
        let all = frames(&[&plain, &plain, &red, &plain, &cursor, &cursor, &plain]);
        let still: Vec<bool> = all.windows(2).map(|pair| is_still(&pair[1], &pair[0])).collect();
        assert_eq!(still, [true, false, false, false, true, false]);
    }
}
