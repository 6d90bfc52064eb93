//! A session on a stage: driven by keys, its saves carried out, drawn into a buffer.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use dxpulse::developer::answering::{Effect, Event, Input, Session, update};
use dxpulse::developer::faces::full;
use dxpulse::developer::phrases::Phrases;
use dxpulse::response::{Draft, Place};
use dxpulse::screen::keymap::Key;
use dxpulse::screen::theme::Theme;
use dxpulse::survey::parse::{parse, render};
use dxpulse::survey::{QuestionId, Survey};
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::{Frame, Terminal};

/// What a screen shows, and where the terminal's cursor stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shot {
    pub(crate) buffer: Buffer,
    pub(crate) cursor: Option<(u16, u16)>,
}

/// A session, and the clock its keys are pressed by.
pub(crate) struct Stage {
    pub(crate) session: Session,
    at_ms: u64,
    disk: Disk,
    /// The size of the screen on which it is read; without one the session isn't told how far it goes.
    size: Option<(u16, u16)>,
}

/// What becomes of a save.
#[derive(Clone, Copy)]
enum Disk {
    Sound,
    Full,
    Busy,
}

/// Reads a survey from its place in the repository.
pub(crate) fn survey(path: &str) -> Arc<Survey> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let source = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"));
    Arc::new(parse(&source).unwrap_or_else(|problems| panic!("{}", render(&problems, path, &source, false))))
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 31).unwrap()
}

/// Draws a screen of this size.
pub(crate) fn draw((columns, rows): (u16, u16), view: impl FnOnce(&mut Frame<'_>)) -> Shot {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(view).unwrap();
    let backend = terminal.backend();
    let cursor = backend.cursor_visible().then(|| backend.cursor_position());
    Shot { buffer: backend.buffer().clone(), cursor: cursor.map(|position| (position.x, position.y)) }
}

impl Stage {
    /// Starts a survey at a question, or at its review for the name `review`.
    pub(crate) fn at(survey: &Arc<Survey>, question: &str) -> Self {
        let mut draft = Draft::start(survey, DateTime::UNIX_EPOCH);
        draft.place = match QuestionId::new(question).filter(|id| survey.question(id).is_some()) {
            Some(id) => Place::Question(id),
            None if question == "review" => Place::Review,
            None => panic!("{} has no question {question}", survey.id),
        };
        Self::of(Session::new(survey, draft, today()))
    }

    /// Starts a survey as someone with this seed meets it.
    pub(crate) fn begun(survey: &Survey, seed: u64) -> Self {
        let draft = Draft { seed, ..Draft::start(survey, DateTime::UNIX_EPOCH) };
        Self::of(Session::new(survey, draft, today()))
    }

    /// Shows a session.
    pub(crate) fn of(session: Session) -> Self {
        Self { session, at_ms: 1000, disk: Disk::Sound, size: None }
    }

    /// Shows it on a screen of this size before every key, as it is on a terminal.
    pub(crate) fn on(self, size: (u16, u16)) -> Self {
        Self { session: full::fitted(self.session, size), size: Some(size), ..self }
    }

    /// Speaks these phrases.
    pub(crate) fn speaking(self, phrases: &'static Phrases) -> Self {
        Self { session: self.session.speaking(phrases), ..self }
    }

    /// Presses keys, a tenth of a second apart, and saves whenever it is asked for.
    ///
    /// Between spaces stand keys such as `9`, `enter` or `alt-s`, or `=` and text to type, with `␣` for a space and `⏎` for a new
    /// line; `@` and a name starts at another question; after `!full` saves fail, after `!busy` they don't end, and
    /// after `!leaving` the answers leave the machine.
    pub(crate) fn play(mut self, script: &str) -> Self {
        for word in script.split_whitespace() {
            let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
            match (first, rest) {
                ("=", text) if !text.is_empty() => self.type_text(text),
                ("@", question) => {
                    let phrases = self.session.phrases();
                    self.session = Self::at(&Arc::new(self.session.survey().clone()), question).speaking(phrases).session;
                }
                ("!", "full") => self.disk = Disk::Full,
                ("!", "busy") => self.disk = Disk::Busy,
                ("!", "leaving") => self.session = self.session.leaving_the_machine(),
                _ => self.press(word),
            }
        }
        self
    }

    /// Presses a key.
    pub(crate) fn press(&mut self, key: &str) {
        let key: Key = key.parse().unwrap_or_else(|problem| panic!("{problem}"));
        self.at_ms += 100;
        for effect in self.take(Event::Key(key)) {
            match (effect, self.disk) {
                (Effect::Save, Disk::Sound) => drop(self.take(Event::Saved)),
                (Effect::Save, Disk::Full) => drop(self.take(Event::SaveFailed("the disk is full".to_owned()))),
                _ => {}
            }
        }
    }

    /// Draws the session.
    pub(crate) fn draw(&self, size: (u16, u16), theme: &Theme) -> Shot {
        draw(size, |frame| full::draw(frame, &self.session, theme))
    }

    fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '␣' => self.press("space"),
                '⏎' => self.press("ctrl-j"),
                character => self.press(&character.to_string()),
            }
        }
    }

    fn take(&mut self, event: Event) -> Vec<Effect> {
        let (session, effects) = update(self.session.clone(), Input { at_ms: self.at_ms, event });
        self.session = self.size.map_or(session.clone(), |size| full::fitted(session, size));
        effects
    }
}
