//! Runs a preview on a terminal: waits for keys, signals and the file, updates, draws.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::file::source;
use super::state::Preview;
use super::update::{Effect, Event, Input, update};
use super::{Watch, view};
use crate::developer::answering::{self, Ending};
use crate::screen::editor::{self, EditorCommand};
use crate::screen::terminal::{Arrival, Signal, Terminal, TerminalError};
use crate::screen::theme::Theme;

/// How a preview is run.
pub(crate) struct Manner<'a> {
    /// How the screen looks.
    pub(crate) theme: Theme,
    /// Finds the author's editor, or says why there is none.
    pub(crate) editor: &'a dyn Fn() -> Result<EditorCommand, String>,
    /// The folder under which the editor's file lies meanwhile.
    pub(crate) folder: PathBuf,
}

/// Runs a preview until the author leaves it or the process is told to end, which comes back. The screen is given back.
///
/// # Errors
/// When the terminal can't be used from the start.
pub(crate) fn run(
    preview: Preview,
    watch: Watch,
    terminal: &mut Terminal,
    manner: &Manner<'_>,
) -> Result<Option<Ending>, TerminalError> {
    terminal.enter()?;
    let started = Instant::now();
    let mut run = Run { preview: Some(preview), watch, terminal, manner, started, wake: None };
    let left = run.go_on().unwrap_or(Some(Ending::HungUp));
    run.terminal.leave();
    Ok(left)
}

const HELD: &str = "the preview is only away while it is updated";

struct Run<'a> {
    preview: Option<Preview>,
    watch: Watch,
    terminal: &'a mut Terminal,
    manner: &'a Manner<'a>,
    started: Instant,
    wake: Option<Instant>,
}

/// How the author left, if they did.
type Left = Option<Option<Ending>>;

impl Run<'_> {
    fn go_on(&mut self) -> Result<Option<Ending>, TerminalError> {
        self.show_anew()?;
        loop {
            let deadline = self.wake.map_or(self.watch.due(), |wake| wake.min(self.watch.due()));
            let (at, arrival) = self.terminal.wait(Some(deadline))?;
            if let Some(left) = self.receive(at, arrival)? {
                return Ok(left);
            }
            if !self.terminal.has_more() {
                self.show()?;
            }
        }
    }

    fn receive(&mut self, at: Instant, arrival: Arrival) -> Result<Left, TerminalError> {
        let event = match arrival {
            Arrival::Key(key) => Event::Key(key),
            Arrival::Paste(text) => Event::Survey(answering::Event::Paste(text)),
            Arrival::Resized(columns, rows) => Event::Resized(columns, rows),
            Arrival::Signal(Signal::Interrupted) => return Ok(Some(Some(Ending::Interrupted))),
            Arrival::Signal(Signal::Terminated) => return Ok(Some(Some(Ending::Terminated))),
            Arrival::Signal(Signal::HungUp) => return Ok(Some(Some(Ending::HungUp))),
            Arrival::Signal(Signal::Continued) => {
                self.terminal.enter()?;
                self.show_anew()?;
                return Ok(None);
            }
            Arrival::Deadline => return self.time_has_passed(at),
            Arrival::Line(_) | Arrival::EndOfInput | Arrival::Woken => return Ok(None),
        };
        self.handle(at, event)
    }

    fn time_has_passed(&mut self, at: Instant) -> Result<Left, TerminalError> {
        if self.wake.take_if(|wake| at >= *wake).is_some()
            && let Some(left) = self.handle(at, Event::Survey(answering::Event::Woken))?
        {
            return Ok(Some(left));
        }
        let content = if at >= self.watch.due() { self.watch.look() } else { None };
        match content {
            Some(content) => {
                let name = &self.preview.as_ref().expect(HELD).name;
                let source = source(name, content);
                self.handle(at, Event::File(source))
            }
            None => Ok(None),
        }
    }

    fn handle(&mut self, at: Instant, event: Event) -> Result<Left, TerminalError> {
        for effect in self.feed(at, event) {
            match effect {
                Effect::Leave(ending) => return Ok(Some(ending)),
                Effect::Edit(text) => self.edit(&text)?,
                Effect::Suspend => {
                    self.terminal.suspend()?;
                    self.show_anew()?;
                }
                Effect::Redraw => self.terminal.redraw()?,
                Effect::Wake(ms) => self.wake = Instant::now().checked_add(Duration::from_millis(ms)),
            }
        }
        Ok(None)
    }

    fn feed(&mut self, at: Instant, event: Event) -> Vec<Effect> {
        let at_ms = at.saturating_duration_since(self.started).as_millis();
        let at_ms = u64::try_from(at_ms).expect("no preview lasts 500 million years");
        let (preview, effects) = update(self.preview.take().expect(HELD), Input { at_ms, event });
        self.preview = Some(preview);
        effects
    }

    fn edit(&mut self, text: &str) -> Result<(), TerminalError> {
        let event = match (self.manner.editor)() {
            Ok(command) => editor::edit(self.terminal, &command, &self.manner.folder, text, None)?
                .map_or_else(|error| answering::Event::EditFailed(error.to_string()), answering::Event::Edited),
            Err(reason) => answering::Event::EditFailed(reason),
        };
        self.feed(Instant::now(), Event::Survey(event));
        self.show_anew()
    }

    /// Shows the screen after something else was on it: what was typed meanwhile was meant for that.
    fn show_anew(&mut self) -> Result<(), TerminalError> {
        let (columns, rows) = self.terminal.size();
        self.feed(Instant::now(), Event::Resized(columns, rows));
        self.show()?;
        self.feed(Instant::now(), Event::Shown);
        Ok(())
    }

    fn show(&mut self) -> Result<(), TerminalError> {
        let (preview, theme) = (self.preview.as_ref().expect(HELD), &self.manner.theme);
        self.terminal.draw(|frame| view::draw(frame, preview, theme))
    }
}
