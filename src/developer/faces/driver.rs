//! Runs a session on a terminal: waits, updates, draws, then carries out what the session asks for.
//!
//! A frame is drawn before anything is stored, so that a key is seen at once, and again afterwards, so that "saved" is only
//! drawn once the save is durable. The store is reached through [`Keeping`] alone.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::lines::{Heard, Talk};
use super::{Face, full, inline, is_too_small};
use crate::developer::answering::{Command, Effect, Ending, Event, Input, Outcome, Session, update};
use crate::screen::editor::{self, EditorCommand};
use crate::screen::terminal::{Arrival, Signal, Terminal, TerminalError};

/// How a session is run.
pub struct Manner<'a> {
    /// The face to begin with; a full screen that becomes too small goes over to lines until it's large enough again.
    pub face: Face,
    /// How the full screen looks.
    pub theme: crate::screen::theme::Theme,
    /// How long the respondent may take in all.
    pub timeout: Option<Duration>,
    /// Finds the respondent's editor, or says why there is none.
    pub editor: &'a dyn Fn() -> Result<EditorCommand, String>,
    /// The folder, private to the user, under which the editor's file lies.
    pub folder: PathBuf,
    /// Whether Ctrl-Z suspends it: not where a shell in the midst of editing a line would be left with its terminal.
    pub suspends: bool,
}

/// Stores what the session asks to have stored; each gives the reason when it can't.
pub struct Keeping<'a> {
    /// Makes the draft durable.
    pub save: &'a mut dyn FnMut(&Session) -> Result<(), String>,
    /// Stores the response and drops the draft.
    pub submit: &'a mut dyn FnMut(&Session) -> Result<(), String>,
    /// Deletes the draft and notes that the survey was declined.
    pub decline: &'a mut dyn FnMut(&Session) -> Result<(), String>,
}

/// How a session ended.
#[derive(Debug)]
pub struct Finish {
    /// The session as it was left.
    pub session: Session,
    /// How it ended.
    pub outcome: Outcome,
    /// Why the last state could not be stored; `None` when everything is safe.
    pub failure: Option<String>,
}

/// Runs a session to its end and gives the screen back. A terminal that goes away on the way counts as hung up.
///
/// # Errors
/// When the terminal can't be used from the start.
pub fn run(
    session: Session,
    terminal: &mut Terminal,
    manner: &Manner<'_>,
    keeping: &mut Keeping<'_>,
) -> Result<Finish, TerminalError> {
    let started = Instant::now();
    let talk = match manner.face {
        Face::Full => {
            terminal.enter()?;
            None
        }
        Face::Inline => {
            terminal.enter_lines()?;
            None
        }
        Face::Lines => {
            terminal.enter_text(manner.suspends)?;
            Some(Talk::new())
        }
    };
    let mut run = Run {
        session: Some(session),
        terminal,
        manner,
        keeping,
        talk,
        started,
        limit: manner.timeout.and_then(|timeout| started.checked_add(timeout)),
        wake: None,
        failure: None,
        refused: false,
        #[cfg(debug_assertions)]
        panic_at: std::env::var("DXPULSE_PANIC").ok().and_then(|replies| replies.parse().ok()),
    };
    let outcome = run.go_on().unwrap_or_else(|_gone| run.hung_up());
    run.close();
    let session = run.session.take().expect(HELD);
    Ok(Finish { session, outcome, failure: run.failure })
}

const HELD: &str = "the session is only away while it is updated";

struct Run<'a, 'k> {
    session: Option<Session>,
    terminal: &'a mut Terminal,
    manner: &'a Manner<'a>,
    keeping: &'a mut Keeping<'k>,
    /// The conversation of the line face; `None` on the full screen.
    talk: Option<Talk>,
    started: Instant,
    limit: Option<Instant>,
    wake: Option<Instant>,
    failure: Option<String>,
    /// Whether leaving was refused once because the answers could not be kept.
    refused: bool,
    /// With how many replies to panic, so that tests see what becomes of the terminal; a release build can't be asked.
    #[cfg(debug_assertions)]
    panic_at: Option<usize>,
}

impl Run<'_, '_> {
    fn go_on(&mut self) -> Result<Outcome, TerminalError> {
        self.show()?;
        let mut left = self.handle(Instant::now(), Event::Shown, None)?;
        while left.is_none() {
            let deadline = [self.limit, self.wake].into_iter().flatten().min();
            let (at, arrival) = self.terminal.wait(deadline)?;
            left = self.receive(at, arrival)?;
            #[cfg(debug_assertions)]
            self.panic_on_request();
        }
        Ok(left.expect("the loop ends with an outcome"))
    }

    fn receive(&mut self, at: Instant, arrival: Arrival) -> Result<Option<Outcome>, TerminalError> {
        let ended = |ending| (Event::Ended(ending), Some(Outcome::Ended(ending)));
        let (event, leaving) = match arrival {
            Arrival::Key(key) => (Event::Key(key), None),
            Arrival::Paste(text) => (Event::Paste(text), None),
            Arrival::Line(line) => return self.hear(at, &line),
            Arrival::EndOfInput => return self.hear_end(at),
            // No thread wakes a session.
            Arrival::Woken => return Ok(None),
            Arrival::Resized(..) => return self.resized(at),
            Arrival::Signal(Signal::Terminated) => ended(Ending::Terminated),
            Arrival::Signal(Signal::HungUp) => ended(Ending::HungUp),
            Arrival::Signal(Signal::Interrupted) => ended(Ending::Interrupted),
            Arrival::Signal(Signal::Continued) => {
                self.come_back()?;
                (Event::Shown, None)
            }
            Arrival::Deadline if self.limit.is_some_and(|limit| at >= limit) => (Event::TimedOut, Some(Outcome::TimedOut)),
            Arrival::Deadline => {
                self.wake = None;
                (Event::Woken, None)
            }
        };
        if let Some(event) = self.talk.as_mut().filter(|_| leaving.is_some()).and_then(Talk::unfinished) {
            self.handle(at, event, leaving)?;
        }
        self.handle(at, event, leaving)
    }

    fn hear(&mut self, at: Instant, line: &str) -> Result<Option<Outcome>, TerminalError> {
        let session = self.session.as_ref().expect(HELD);
        let heard = self.talk.as_mut().map(|talk| talk.hear(session, line));
        self.follow(at, heard)
    }

    fn hear_end(&mut self, at: Instant) -> Result<Option<Outcome>, TerminalError> {
        let session = self.session.as_ref().expect(HELD);
        match self.talk.as_mut().and_then(|talk| talk.hear_end(session)) {
            Some(heard) => self.follow(at, Some(heard)),
            None => self.handle(at, Event::Command(Command::SaveAndLeave), Some(Outcome::SavedForLater)),
        }
    }

    fn follow(&mut self, at: Instant, heard: Option<Heard>) -> Result<Option<Outcome>, TerminalError> {
        let Some(Heard::Events(events)) = heard else { return self.show().map(|()| None) };
        for event in events {
            if let Some(outcome) = self.handle(at, event, None)? {
                return Ok(Some(outcome));
            }
        }
        Ok(None)
    }

    /// Takes one event through the machine and carries out what follows from it. With `leaving` the session ends in any case.
    fn handle(&mut self, at: Instant, event: Event, leaving: Option<Outcome>) -> Result<Option<Outcome>, TerminalError> {
        let mut effects = VecDeque::from(self.feed(at, event));
        if self.talk.is_none() && leaving.is_none() {
            self.show()?;
        }
        if effects.is_empty() && self.talk.is_none() {
            return Ok(leaving);
        }
        let mut failed = false;
        while let Some(effect) = effects.pop_front() {
            if let Effect::Leave(outcome) = effect {
                if !failed || leaving.is_some() || self.may_leave_unsaved(outcome) {
                    return Ok(Some(outcome));
                }
                continue;
            }
            for event in self.carry_out(effect)? {
                failed |= matches!(event, Event::SaveFailed(_));
                effects.extend(self.feed(Instant::now(), event));
            }
        }
        if leaving.is_none() {
            self.show()?;
        }
        Ok(leaving)
    }

    /// What could not be kept is the respondent's to decide about: leaving takes a second time then, or Ctrl-C.
    fn may_leave_unsaved(&mut self, outcome: Outcome) -> bool {
        let goes = self.refused || matches!(outcome, Outcome::Ended(_));
        if let (false, Some(reason)) = (goes, &self.failure) {
            self.refused = true;
            let phrases = self.session.as_ref().expect(HELD).phrases();
            let told = (phrases.notices.leave_unsaved)(reason);
            self.feed(Instant::now(), Event::SaveFailed(told));
        }
        goes
    }

    fn feed(&mut self, at: Instant, event: Event) -> Vec<Effect> {
        let at_ms = at.saturating_duration_since(self.started).as_millis();
        let at_ms = u64::try_from(at_ms).expect("no session lasts 500 million years");
        let (session, effects) = update(self.session.take().expect(HELD), Input { at_ms, event });
        self.session = Some(session);
        effects
    }

    fn carry_out(&mut self, effect: Effect) -> Result<Vec<Event>, TerminalError> {
        let session = self.session.as_ref().expect(HELD);
        let kept = match effect {
            Effect::Save => ((self.keeping.save)(session), vec![Event::Saved]),
            Effect::Submit => ((self.keeping.submit)(session), vec![Event::Submitted]),
            Effect::Decline => ((self.keeping.decline)(session), Vec::new()),
            Effect::Edit(text) => return self.edit(&text),
            Effect::Suspend if !self.manner.suspends => return Ok(Vec::new()),
            Effect::Suspend => {
                self.terminal.suspend()?;
                self.fit()?;
                self.show()?;
                return Ok(vec![Event::Shown]);
            }
            Effect::Redraw => return self.terminal.redraw().map(|()| Vec::new()),
            Effect::Wake(ms) => {
                self.wake = Instant::now().checked_add(Duration::from_millis(ms));
                return Ok(Vec::new());
            }
            Effect::Leave(_) => return Ok(Vec::new()),
        };
        let (result, events) = kept;
        self.failure = result.err();
        self.refused &= self.failure.is_some();
        let not_saved = session.phrases().notices.not_saved;
        let told = |reason: String| if self.talk.is_some() { not_saved(&reason) } else { reason };
        Ok(self.failure.clone().map_or(events, |reason| vec![Event::SaveFailed(told(reason))]))
    }

    fn edit(&mut self, text: &str) -> Result<Vec<Event>, TerminalError> {
        let command = match (self.manner.editor)() {
            Ok(command) if self.manner.suspends => command,
            Ok(command) => command.unstoppable(),
            Err(reason) => return Ok(vec![Event::EditFailed(reason)]),
        };
        let edited = editor::edit(self.terminal, &command, &self.manner.folder, text, self.limit)?;
        self.fit()?;
        let event = edited.map_or_else(|error| Event::EditFailed(error.to_string()), Event::Edited);
        Ok(vec![event, Event::Shown])
    }

    /// Takes the screen again after a stop that came from outside.
    fn come_back(&mut self) -> Result<(), TerminalError> {
        match &mut self.talk {
            Some(talk) => talk.ask_again(),
            None => self.enter()?,
        }
        self.fit()?;
        self.show()
    }

    /// Takes the terminal for the face that was chosen.
    fn enter(&mut self) -> Result<(), TerminalError> {
        if self.manner.face == Face::Inline { self.terminal.enter_lines() } else { self.terminal.enter() }
    }

    fn resized(&mut self, at: Instant) -> Result<Option<Outcome>, TerminalError> {
        let in_lines = self.talk.is_some();
        self.fit()?;
        match in_lines && self.talk.is_none() {
            // Keys are guarded, as at the start: they may be the rest of a line.
            true => self.handle(at, Event::Shown, None),
            false => self.show().map(|()| None),
        }
    }

    /// Goes over to lines when the screen has become too small, and back when it's large enough.
    fn fit(&mut self) -> Result<(), TerminalError> {
        if self.talk.is_none() && is_too_small(self.terminal.size()) {
            self.terminal.leave();
            self.talk = Some(Talk::taking_over());
        } else if self.has_outgrown_lines() {
            self.hand_over()?;
            let end = self.talk.take().map_or("", |mut talk| talk.close());
            self.terminal.print(end)?;
            self.enter()?;
            self.terminal.discard_type_ahead();
        }
        Ok(())
    }

    /// Gives the session what was typed of a longer text, before the full screen goes on with it.
    fn hand_over(&mut self) -> Result<(), TerminalError> {
        let Some(text) = self.talk.as_mut().and_then(Talk::unfinished) else { return Ok(()) };
        for effect in self.feed(Instant::now(), text) {
            for event in self.carry_out(effect)? {
                self.feed(Instant::now(), event);
            }
        }
        Ok(())
    }

    fn has_outgrown_lines(&self) -> bool {
        self.talk.is_some() && self.manner.face != Face::Lines && !is_too_small(self.terminal.size())
    }

    fn show(&mut self) -> Result<(), TerminalError> {
        if self.terminal.has_more() {
            return Ok(());
        }
        let (size, session) = (self.terminal.size(), self.session.take().expect(HELD));
        match &mut self.talk {
            Some(talk) => {
                let session = self.session.insert(session);
                self.terminal.print(&talk.say(session, usize::from(size.0)))
            }
            None if self.manner.face == Face::Inline => {
                let session = self.session.insert(inline::fitted(session, size));
                let strip = inline::strip(session, size, &self.manner.theme);
                self.terminal.draw_lines(&strip.lines, strip.cursor)
            }
            None => {
                let session = self.session.insert(full::fitted(session, size));
                self.terminal.draw(|frame| full::draw(frame, session, &self.manner.theme))
            }
        }
    }

    #[cfg(debug_assertions)]
    fn panic_on_request(&self) {
        let session = self.session.as_ref().expect(HELD);
        assert!(self.panic_at != Some(session.replied()), "{:?}", session.draft().replies);
    }

    /// Keeps what can be kept when there is no terminal to show anything on.
    fn hung_up(&mut self) -> Outcome {
        self.terminal.leave();
        if let Some(event) = self.talk.as_mut().and_then(Talk::unfinished) {
            self.feed(Instant::now(), event);
        }
        for effect in self.feed(Instant::now(), Event::Ended(Ending::HungUp)) {
            if effect == Effect::Save {
                self.failure = (self.keeping.save)(self.session.as_ref().expect(HELD)).err();
            }
        }
        Outcome::Ended(Ending::HungUp)
    }

    fn close(&mut self) {
        if let Some(talk) = &mut self.talk {
            // Nobody is left to tell when even this fails.
            let _ = self.terminal.print(talk.close());
        }
        // Under the prompt, what is said at the end stands where the question stood.
        let _ = self.terminal.clear_lines();
        self.terminal.leave();
    }
}
