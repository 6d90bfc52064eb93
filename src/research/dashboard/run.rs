//! Runs a dashboard on a terminal: waits for keys, signals and news, updates, draws.

use std::time::{Duration, Instant};

use super::news::{Ask, News, PAUSE, Reading};
use super::state::Dashboard;
use super::update::{Effect, Event, update};
use super::view::draw;
use crate::developer::answering::QUIET_MS;
use crate::screen::keymap::{Key, KeyCode};
use crate::screen::terminal::{Arrival, Signal, Terminal, TerminalError};
use crate::screen::theme::Theme;

/// Keys of this time after the screen is first shown were typed for something else.
const QUIET: Duration = Duration::from_millis(QUIET_MS);

/// Leaves at once, as SIGINT does.
const CTRL_C: Key = Key { ctrl: true, ..Key::plain(KeyCode::Char('c')) };

/// Runs a dashboard until one leaves it, or until the process is told to end, which comes back. The screen is given back.
///
/// # Errors
/// When the terminal can't be used.
pub(crate) fn run(
    dashboard: Dashboard,
    (reading, ask): (Reading, Option<Ask>),
    terminal: &mut Terminal,
    theme: &Theme,
) -> Result<Option<Signal>, TerminalError> {
    terminal.enter()?;
    let ask = ask.filter(|_| reading.has_open());
    let waker = terminal.waker()?;
    let news = ask.map(|ask| News::start(ask, PAUSE, move || waker.wake()));
    let mut run = Run { dashboard, reading, news, terminal, theme, quiet_until: None };
    let left = run.go_on().unwrap_or(Some(Signal::HungUp));
    run.terminal.leave();
    Ok(left)
}

struct Run<'a> {
    dashboard: Dashboard,
    reading: Reading,
    news: Option<News>,
    terminal: &'a mut Terminal,
    theme: &'a Theme,
    quiet_until: Option<Instant>,
}

/// How one left, if one did.
type Left = Option<Option<Signal>>;

impl Run<'_> {
    fn go_on(&mut self) -> Result<Option<Signal>, TerminalError> {
        let (columns, rows) = self.terminal.size();
        self.handle(Event::Resized(columns, rows))?;
        loop {
            if !self.terminal.has_more() {
                let (dashboard, theme) = (&self.dashboard, self.theme);
                self.terminal.draw(|frame| draw(frame, dashboard, theme))?;
            }
            let quiet = *self.quiet_until.get_or_insert_with(|| Instant::now() + QUIET);
            let (at, arrival) = self.terminal.wait(None)?;
            if let Some(left) = self.receive(&arrival, at >= quiet)? {
                return Ok(left);
            }
        }
    }

    fn receive(&mut self, arrival: &Arrival, is_heard: bool) -> Result<Left, TerminalError> {
        match *arrival {
            Arrival::Key(CTRL_C) => Ok(Some(Some(Signal::Interrupted))),
            Arrival::Key(key) if is_heard => self.handle(Event::Key(key)),
            Arrival::Resized(columns, rows) => self.handle(Event::Resized(columns, rows)),
            Arrival::Woken => self.hear(),
            Arrival::Signal(Signal::Continued) => {
                self.terminal.enter()?;
                self.come_back()
            }
            Arrival::Signal(signal) => Ok(Some(Some(signal))),
            Arrival::Key(_) | Arrival::Paste(_) | Arrival::Line(_) | Arrival::EndOfInput | Arrival::Deadline => Ok(None),
        }
    }

    /// Takes what the collector told meanwhile.
    fn hear(&mut self) -> Result<Left, TerminalError> {
        for news in self.news.as_ref().map(News::take).unwrap_or_default() {
            match news {
                Ok(Some(reading)) => {
                    self.reading = reading;
                    self.handle(Event::Told(self.reading.waves.clone()))?;
                    let wave = self.dashboard.wave().to_owned();
                    self.find(&wave)?;
                }
                Ok(None) => drop(self.handle(Event::Told(self.reading.waves.clone()))?),
                Err(why) => drop(self.handle(Event::Untold(why))?),
            }
        }
        Ok(None)
    }

    fn handle(&mut self, event: Event) -> Result<Left, TerminalError> {
        match update(&mut self.dashboard, event) {
            Some(Effect::Find(wave)) => self.find(&wave)?,
            Some(Effect::Redraw) => self.terminal.redraw()?,
            Some(Effect::Suspend) => {
                self.terminal.suspend()?;
                return self.come_back();
            }
            Some(Effect::Leave) => return Ok(Some(None)),
            None => {}
        }
        Ok(None)
    }

    /// Works out what came of a wave, and shows it.
    fn find(&mut self, wave: &str) -> Result<(), TerminalError> {
        let event = match (self.reading.find)(wave) {
            Ok(findings) => Event::Found(Box::new(findings)),
            Err(why) => Event::Untold(why),
        };
        self.handle(event).map(|_| ())
    }

    /// Goes on after something else was on the screen: it may have another size, and what was typed meanwhile was meant for that.
    fn come_back(&mut self) -> Result<Left, TerminalError> {
        self.quiet_until = None;
        let (columns, rows) = self.terminal.size();
        self.handle(Event::Resized(columns, rows))
    }
}
