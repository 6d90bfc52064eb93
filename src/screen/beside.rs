//! A terminal that somebody else uses: one line written on it, and what was typed ahead noticed and left where it is.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use rustix::io::ioctl_fionread;
use rustix::process::getpgrp;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr};

use super::strip;

/// The columns of a terminal that doesn't tell.
const COLUMNS: u16 = 80;

/// A terminal that somebody else uses.
#[derive(Debug)]
pub struct Beside(File);

impl Beside {
    /// Opens the terminal of this process.
    ///
    /// # Errors
    /// When it has none.
    pub fn open() -> io::Result<Self> {
        OpenOptions::new().read(true).write(true).open("/dev/tty").map(Self)
    }

    /// Gives its columns.
    pub fn columns(&self) -> usize {
        let columns = tcgetwinsize(&self.0).map_or(0, |size| size.ws_col);
        usize::from(if columns == 0 { COLUMNS } else { columns })
    }

    /// Writes a line of styled pieces and ends it; where a program left the cursor within a line, that line stays as it is.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn print(&mut self, pieces: &[(&str, Style)]) -> io::Result<()> {
        let line = Line::from_iter(pieces.iter().map(|(text, style)| Span::styled(*text, *style)));
        let columns = self.columns();
        let next_line = format!("{:columns$}\r", "");
        self.0.write_all(&[next_line.as_bytes(), &strip::written(&line)?, b"\x1b[0m\x1b[K\r\n"].concat())
    }

    /// Writes a line without any sequence and ends it, for a terminal that knows none.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn print_plain(&mut self, line: &str) -> io::Result<()> {
        self.0.write_all(format!("{line}\r\n").as_bytes())
    }

    /// Says whether something waits to be read.
    ///
    /// Who isn't in the foreground can't tell, and may not ask: then something does.
    ///
    /// A terminal that reads whole lines tells only of those, so that it is asked once as one that doesn't; nothing is lost by that.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn has_typed_ahead(&self) -> io::Result<bool> {
        if tcgetpgrp(&self.0)? != getpgrp() {
            return Ok(true);
        }
        let modes = tcgetattr(&self.0)?;
        let mut at_once = modes.clone();
        at_once.local_modes.remove(LocalModes::ICANON);
        tcsetattr(&self.0, OptionalActions::Now, &at_once)?;
        let waiting = ioctl_fionread(&self.0);
        tcsetattr(&self.0, OptionalActions::Now, &modes)?;
        Ok(waiting? > 0)
    }
}
