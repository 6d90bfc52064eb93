//! The terminal of a session: what arrives from it, frames and lines that go to it, and giving it back.
//!
//! Everything goes through the terminal device, so that standard output stays free. Waiting costs nothing: no tick, no thread.
//! The terminal is never asked anything: no cursor position, no colours, no abilities.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::Instant;

use ratatui::Frame;
use ratatui::text::Line;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::kill_current_process_group;
use thiserror::Error;

use super::canvas::Canvas;
use super::device::{self, Device};
use super::input::Decoder;
use super::lent::remaining;
use super::lines::LineReader;
use super::signals::Signals;
use super::strip::Strip;

pub use super::arrival::Arrival;
pub use super::lent::Lent;
pub use super::signals::{Signal, Waker};

/// A terminal that can't be used.
#[derive(Debug, Error)]
pub enum TerminalError {
    /// There is no terminal to draw on.
    #[error("no terminal to ask on: {0}")]
    Missing(io::Error),
    /// The terminal stopped working.
    #[error("the terminal can't be used: {0}")]
    Failed(#[from] io::Error),
}

/// What came of asking for a line that isn't shown.
#[derive(Clone, PartialEq, Eq)]
pub enum Hidden {
    /// The line.
    Line(String),
    /// Ctrl-D on an empty line.
    Nothing,
    /// A signal that ends the process, or Ctrl-C.
    Ended(Signal),
}

/// The terminal device, given back when dropped, on a panic and while suspended.
#[derive(Debug)]
pub struct Terminal {
    device: Arc<Device>,
    input: File,
    signals: &'static Signals,
    decoder: Decoder,
    lines: LineReader,
    arrived: VecDeque<(Instant, Arrival)>,
    last_read: Instant,
    /// What is drawn on; `None` while lines are printed and read.
    surface: Option<Surface>,
}

/// What is drawn on.
#[derive(Debug)]
enum Surface {
    /// The whole screen.
    Screen(Canvas),
    /// Some lines under the prompt.
    Strip(Strip),
}

impl Terminal {
    /// Opens the terminal for lines; [`Terminal::enter`] takes the whole screen. `comfort` ends what is said after a panic.
    ///
    /// # Errors
    /// When the process has no terminal.
    pub fn open(comfort: &'static str) -> Result<Self, TerminalError> {
        let (device, input) = Device::open().map_err(TerminalError::Missing)?;
        let device = Arc::new(device);
        device::restore_on_panic(&device, comfort);
        Ok(Self {
            device,
            input,
            signals: Signals::watch()?,
            decoder: Decoder::default(),
            lines: LineReader::default(),
            arrived: VecDeque::new(),
            last_read: Instant::now(),
            surface: None,
        })
    }

    /// Gives columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.device.size()
    }

    /// Takes the whole screen, or takes it again after something else drew on it.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn enter(&mut self) -> Result<(), TerminalError> {
        // The theme alone decides about colours; crossterm's NO_COLOR would also drop reverse and bold.
        crossterm::style::force_color_output(true);
        self.device.take()?;
        self.blank_canvas()
    }

    /// Takes the keys, to draw lines under the prompt with [`Terminal::draw_lines`]; what stands above stays.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn enter_lines(&mut self) -> Result<(), TerminalError> {
        crossterm::style::force_color_output(true);
        self.device.take_lines()?;
        self.begin_line()?;
        self.surface = Some(Surface::Strip(Strip::default()));
        Ok(())
    }

    /// Gives the screen back; lines can be printed and read from here on. Lines that were drawn stay as they are.
    pub fn leave(&mut self) {
        self.surface = None;
        self.decoder = Decoder::default();
        self.device.give_back();
        // Where that can't be done, the next line that is asked for says so.
        let _ = self.device.read_lines();
    }

    /// Goes on to the next line where a program left the cursor within one; at the beginning of a line this changes nothing.
    fn begin_line(&self) -> io::Result<()> {
        let columns = usize::from(self.size().0);
        self.device.write(format!("{:columns$}\r", "").as_bytes())
    }

    /// Begins to print and read lines; of a shell's key, whose line stays above, without letting Ctrl-Z suspend it.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn enter_text(&mut self, suspends: bool) -> Result<(), TerminalError> {
        self.device.read_lines()?;
        if !suspends {
            self.device.keep_running()?;
            self.begin_line()?;
        }
        self.discard_type_ahead();
        Ok(())
    }

    /// Draws one frame as one write, shown by the terminal at once; a frame that changes nothing isn't written.
    ///
    /// `paint` may be called twice, and must draw the same each time. Does nothing while the screen isn't taken.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, paint: impl FnMut(&mut Frame<'_>)) -> Result<(), TerminalError> {
        let Some(Surface::Screen(canvas)) = &mut self.surface else { return Ok(()) };
        if let Some(frame) = canvas.next(paint)? {
            self.device.write(frame)?;
        }
        Ok(())
    }

    /// Draws lines in the place of those drawn before, with the cursor at a column and a line or hidden, as one write; what changes
    /// nothing isn't written.
    ///
    /// Does nothing unless [`Terminal::enter_lines`] was called. Each line must be narrower than the terminal, and there must be
    /// fewer of them than it has rows.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw_lines(&mut self, lines: &[Line<'_>], cursor: Option<(u16, usize)>) -> Result<(), TerminalError> {
        let Some(Surface::Strip(strip)) = &mut self.surface else { return Ok(()) };
        if let Some(frame) = strip.next(lines, cursor)? {
            // Should this be the last that is written, the cursor has to get under these lines, not those before.
            self.device.lines_end_with(&strip.left());
            self.device.write(&frame)?;
        }
        Ok(())
    }

    /// Takes the lines away that were drawn: what is printed next stands in their place.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn clear_lines(&mut self) -> Result<(), TerminalError> {
        let Some(Surface::Strip(strip)) = &mut self.surface else { return Ok(()) };
        self.device.write(&strip.cleared())?;
        self.device.lines_end_with(b"");
        Ok(())
    }

    /// Forgets what the screen shows, so that the next frame draws everything.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn redraw(&mut self) -> Result<(), TerminalError> {
        match &mut self.surface {
            Some(Surface::Screen(_)) => self.blank_canvas(),
            Some(Surface::Strip(strip)) => {
                strip.forget();
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Prints text as it is, while the screen isn't taken.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn print(&self, text: &str) -> Result<(), TerminalError> {
        Ok(self.device.write(text.as_bytes())?)
    }

    /// Asks for a line that isn't shown while it is typed, while the screen isn't taken.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn ask_hidden(&mut self, question: &str) -> Result<Hidden, TerminalError> {
        self.device.hide_typing()?;
        self.lines = LineReader::default();
        self.print(question)?;
        let answer = loop {
            match self.wait(None)?.1 {
                Arrival::Line(line) => break Hidden::Line(line),
                Arrival::EndOfInput => break Hidden::Nothing,
                Arrival::Signal(signal) if signal != Signal::Continued => break Hidden::Ended(signal),
                _ => {}
            }
        };
        self.device.show_typing();
        if !matches!(answer, Hidden::Line(_)) {
            self.print("\n")?;
        }
        Ok(answer)
    }

    /// Throws away what was typed before anything was asked.
    pub fn discard_type_ahead(&mut self) {
        self.device.discard_input();
        self.lines = LineReader::default();
        self.arrived.retain(|(_, arrival)| !matches!(arrival, Arrival::Key(_) | Arrival::Paste(_) | Arrival::Line(_)));
    }

    /// Says whether more has already arrived, so that drawing can wait for the last of it.
    pub fn has_more(&self) -> bool {
        !self.arrived.is_empty()
    }

    /// Gives what another thread wakes [`Terminal::wait`] with.
    ///
    /// # Errors
    /// When the process has no handle left.
    pub fn waker(&self) -> Result<Waker, TerminalError> {
        Ok(self.signals.waker()?)
    }

    /// Waits for the next arrival, at most until the deadline, and says when it arrived.
    ///
    /// # Errors
    /// When waiting itself fails; a terminal that hung up is an arrival.
    pub fn wait(&mut self, deadline: Option<Instant>) -> Result<(Instant, Arrival), TerminalError> {
        loop {
            if let Some(arrival) = self.noted()? {
                return Ok((Instant::now(), arrival));
            }
            if let Some(arrived) = self.arrived.pop_front() {
                return Ok(arrived);
            }
            let flush_at = self.decoder.patience().map(|patience| self.last_read + patience);
            let until = [deadline, flush_at].into_iter().flatten().min();
            self.await_readiness(until)?;
            let now = Instant::now();
            if flush_at.is_some_and(|at| now >= at) && self.arrived.is_empty() {
                let flushed = self.decoder.flush();
                self.arrived.extend(flushed.map(|typed| (now, typed.into())));
            } else if deadline.is_some_and(|at| now >= at) && self.arrived.is_empty() {
                return Ok((now, Arrival::Deadline));
            }
        }
    }

    /// Gives the terminal back and stops the whole job, as Ctrl-Z does; returns when it goes on, with the screen taken again.
    ///
    /// A job that no shell could continue isn't stopped by the system, and this returns at once.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn suspend(&mut self) -> Result<(), TerminalError> {
        let again = self.taken_as();
        self.leave();
        // The group, not only this process: a parent such as cargo would wait for us for ever otherwise.
        kill_current_process_group(rustix::process::Signal::TSTP).map_err(io::Error::from)?;
        self.signals.forget_continue();
        again(self)
    }

    /// Lets another program use the terminal, with the screen given back meanwhile.
    ///
    /// # Errors
    /// When the terminal is gone; what the program did is in the inner result.
    pub fn lend<T>(&mut self, program: impl FnOnce(&Lent<'_>) -> T) -> Result<T, TerminalError> {
        let (again, was_taken) = (self.taken_as(), self.surface.is_some());
        self.clear_lines()?;
        self.leave();
        let result = program(&Lent::new(&self.device, self.signals));
        // Ctrl-C and stops were the other program's.
        self.signals.forget_interrupt();
        self.signals.forget_continue();
        if was_taken {
            again(self)?;
            self.discard_type_ahead();
        }
        Ok(result)
    }

    fn blank_canvas(&mut self) -> Result<(), TerminalError> {
        let (columns, rows) = self.size();
        self.surface = Some(Surface::Screen(Canvas::new(columns, rows)?));
        Ok(())
    }

    /// Gives what takes the terminal again as it is taken now.
    fn taken_as(&self) -> fn(&mut Self) -> Result<(), TerminalError> {
        match &self.surface {
            Some(Surface::Screen(_)) => Self::enter,
            Some(Surface::Strip(_)) => Self::enter_lines,
            None => |_| Ok(()),
        }
    }

    fn noted(&mut self) -> Result<Option<Arrival>, TerminalError> {
        if let Some(signal) = self.signals.next() {
            return Ok(Some(Arrival::Signal(signal)));
        }
        if !self.signals.resized() {
            return Ok(self.signals.woken().then_some(Arrival::Woken));
        }
        self.redraw()?;
        let (columns, rows) = self.size();
        Ok(Some(Arrival::Resized(columns, rows)))
    }

    fn await_readiness(&mut self, until: Option<Instant>) -> Result<(), TerminalError> {
        let mut both = [PollFd::new(&self.input, PollFlags::IN), PollFd::new(self.signals, PollFlags::IN)];
        match poll(&mut both, until.map(remaining).as_ref()) {
            // A signal came: its note is looked at before waiting again.
            Err(rustix::io::Errno::INTR) => return Ok(()),
            other => other.map_err(io::Error::from)?,
        };
        let (input, woken) = (both[0].revents(), !both[1].revents().is_empty());
        if woken {
            self.signals.drain();
        }
        if !input.is_empty() {
            self.read(input.contains(PollFlags::HUP));
        }
        Ok(())
    }

    fn read(&mut self, hanging_up: bool) {
        let mut buffer = [0; 4096];
        let result = self.input.read(&mut buffer);
        let now = Instant::now();
        self.last_read = now;
        let screen = self.surface.is_some();
        match result {
            Ok(count) if count > 0 && screen => {
                let typed = self.decoder.feed(&buffer[..count]);
                self.arrived.extend(typed.into_iter().map(|typed| (now, typed.into())));
            }
            // An empty read is Ctrl-D in line mode and a terminal that is gone everywhere else.
            Ok(0) if screen || hanging_up => self.arrived.push_back((now, Arrival::Signal(Signal::HungUp))),
            Ok(count) => {
                let lines = self.lines.feed(&buffer[..count]);
                self.arrived.extend(lines.into_iter().map(|line| (now, line.map_or(Arrival::EndOfInput, Arrival::Line))));
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
            Err(_) => self.arrived.push_back((now, Arrival::Signal(Signal::HungUp))),
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.leave();
        self.signals.unwatch();
    }
}
