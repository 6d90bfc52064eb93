//! One input at a time: what the preview takes for itself, and what is the survey's.

use std::collections::VecDeque;
use std::sync::Arc;

use super::content;
use super::file::Source;
use super::keys::{self, Step, Wish};
use super::layout::layout;
use super::questions::{entries, here};
use super::state::{Panel, Preview, Size};
use crate::developer::answering::{self, Command, Ending, Outcome, QUIET_MS};
use crate::developer::faces::full::{fitted, page_size};
use crate::response::Draft;
use crate::screen::keymap::{Key, KeyCode};

const CTRL_C: Key = Key { ctrl: true, ..Key::plain(KeyCode::Char('c')) };
const CTRL_L: Key = Key { ctrl: true, ..Key::plain(KeyCode::Char('l')) };
const CTRL_Z: Key = Key { ctrl: true, ..Key::plain(KeyCode::Char('z')) };

/// Something that happened, and when.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Input {
    /// Milliseconds on a clock that never goes back.
    pub(crate) at_ms: u64,
    /// What happened.
    pub(crate) event: Event,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Event {
    /// The screen was shown for the first time, after resuming, or after the editor.
    Shown,
    /// The terminal now has this many columns and rows.
    Resized(u16, u16),
    /// The file was saved, or is gone.
    File(Source),
    /// A key was pressed.
    Key(Key),
    /// Something that is the survey's alone: a paste, a text from the editor, a time that has passed.
    Survey(answering::Event),
}

/// Something the loop must do, in the order given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Open the editor with this text, then give what comes of it.
    Edit(String),
    /// Give the terminal back and stop until continued, then give [`Event::Shown`].
    Suspend,
    /// Clear the screen and draw everything again.
    Redraw,
    /// Give [`answering::Event::Woken`] once this many milliseconds have passed.
    Wake(u64),
    /// Leave; nothing follows. With an ending the process was told to.
    Leave(Option<Ending>),
}

/// Takes one input and gives the preview after it, with what the loop must do.
pub(crate) fn update(mut preview: Preview, Input { at_ms, event }: Input) -> (Preview, Vec<Effect>) {
    let effects = match event {
        Event::Shown => {
            preview.quiet_until_ms = at_ms + QUIET_MS;
            preview.tell_keys();
            pass_on(&mut preview, at_ms, answering::Event::Shown)
        }
        Event::Resized(columns, rows) => {
            preview.window = (columns, rows);
            Vec::new()
        }
        Event::File(source) => {
            preview.read(source);
            Vec::new()
        }
        Event::Key(CTRL_C) => vec![Effect::Leave(Some(Ending::Interrupted))],
        Event::Key(CTRL_L) => vec![Effect::Redraw],
        Event::Key(CTRL_Z) => vec![Effect::Suspend],
        Event::Key(_) if at_ms < preview.quiet_until_ms => Vec::new(),
        Event::Key(key) => press(&mut preview, at_ms, key),
        Event::Survey(answering::Event::Paste(_)) if preview.covers_survey() => Vec::new(),
        Event::Survey(event) => pass_on(&mut preview, at_ms, event),
    };
    let screen = layout(preview.window, preview.size()).size;
    if let Some(trial) = &mut preview.trial {
        trial.session = fitted(trial.session.clone(), screen);
    }
    (preview, effects)
}

fn press(preview: &mut Preview, at_ms: u64, key: Key) -> Vec<Effect> {
    preview.note = None;
    match (keys::wish(key), keys::step(key)) {
        (_, step) if preview.open_problems().is_some() => match step {
            Some(Step::Quit) => return vec![Effect::Leave(None)],
            Some(Step::Close) => preview.close_problems(),
            Some(step) => preview.scroll(step),
            None => {}
        },
        (Some(wish), _) => preview.obey(wish),
        (None, step) if preview.panel.is_some() => return on_panel(preview, at_ms, step),
        (None, step) if preview.end.is_some() => match step {
            Some(Step::Take) => preview.obey(Wish::Restart),
            Some(Step::Back | Step::Close) => preview.go_back(),
            Some(Step::Quit) => return vec![Effect::Leave(None)],
            _ => {}
        },
        (None, _) => return pass_on(preview, at_ms, answering::Event::Key(key)),
    }
    Vec::new()
}

fn on_panel(preview: &mut Preview, at_ms: u64, step: Option<Step>) -> Vec<Effect> {
    match (preview.panel, step) {
        (_, None) => {}
        (Some(Panel::Questions(at)), Some(Step::Take)) => return jump(preview, at_ms, at),
        (_, Some(Step::Take | Step::Back | Step::Close | Step::Quit)) => preview.panel = None,
        (_, Some(step)) => preview.scroll(step),
    }
    Vec::new()
}

/// Goes to a question of the list: as the review does where it is on the way, else in spite of what hides it.
fn jump(preview: &mut Preview, at_ms: u64, at: usize) -> Vec<Effect> {
    (preview.panel, preview.end) = (None, None);
    let Some(trial) = &mut preview.trial else { return Vec::new() };
    let Some(id) = entries(trial).into_iter().nth(at).and_then(|entry| entry.id) else {
        return pass_on(preview, at_ms, answering::Event::Command(Command::Review));
    };
    match trial.session.place_of(&id) {
        Some(place) => pass_on(preview, at_ms, answering::Event::Command(Command::GoTo(place))),
        None => {
            trial.session = trial.session.clone().exposing(&id);
            Vec::new()
        }
    }
}

/// Gives the session something that happened, and plays the store that keeps whatever it's given.
fn pass_on(preview: &mut Preview, at_ms: u64, event: answering::Event) -> Vec<Effect> {
    let Some(trial) = &mut preview.trial else { return Vec::new() };
    let (mut events, mut effects) = (VecDeque::from([event]), Vec::new());
    while let Some(event) = events.pop_front() {
        let (session, asked) = answering::update(trial.session.clone(), answering::Input { at_ms, event });
        trial.session = session;
        for effect in asked {
            match effect {
                answering::Effect::Save => events.push_back(answering::Event::Saved),
                answering::Effect::Submit => events.push_back(answering::Event::Submitted),
                answering::Effect::Decline => {}
                answering::Effect::Edit(text) => effects.push(Effect::Edit(text)),
                answering::Effect::Suspend => effects.push(Effect::Suspend),
                answering::Effect::Redraw => effects.push(Effect::Redraw),
                answering::Effect::Wake(ms) => effects.push(Effect::Wake(ms)),
                answering::Effect::Leave(Outcome::Ended(ending)) => effects.push(Effect::Leave(Some(ending))),
                answering::Effect::Leave(outcome) => {
                    preview.end = Some(outcome);
                    preview.quiet_until_ms = at_ms + QUIET_MS;
                }
            }
        }
    }
    effects
}

impl Preview {
    /// Says whether something of the preview's own is shown instead of the survey.
    pub(crate) fn covers_survey(&self) -> bool {
        self.open_problems().is_some() || self.panel.is_some() || self.end.is_some()
    }

    fn obey(&mut self, wish: Wish) {
        match wish {
            Wish::Questions => self.toggle(Panel::Questions(self.trial.as_ref().map_or(0, |trial| here(trial, &entries(trial))))),
            Wish::Response => self.toggle(Panel::Response(0)),
            Wish::Keys => self.toggle(Panel::Keys(0)),
            Wish::Size => self.change_size(),
            Wish::Language => self.change_language(),
            Wish::Restart => self.restart(),
            Wish::Respondent => self.change_respondent(),
        }
    }

    fn toggle(&mut self, panel: Panel) {
        let is_open = |open: Panel| std::mem::discriminant(&open) == std::mem::discriminant(&panel);
        self.panel = if self.panel.is_some_and(is_open) || self.trial.is_none() { None } else { Some(panel) };
    }

    /// Says how to find the preview's keys where the lines that show them have no room.
    fn tell_keys(&mut self) {
        if self.note.is_none() && layout(self.window, self.size()).bar.is_none() {
            self.note = Some("preview: ctrl-k shows its keys".to_owned());
        }
    }

    /// Shows the survey as it was before it had problems, if it ever was one.
    fn close_problems(&mut self) {
        if let (Some(broken), Some(_)) = (&mut self.broken, &self.trial) {
            broken.is_closed = true;
            self.note = Some("the file has problems still".to_owned());
        }
    }

    fn change_size(&mut self) {
        self.sizes.rotate_left(1);
        self.note = Some(match self.size() {
            Size::Window => "as large as the window".to_owned(),
            Size::Cells(columns, rows) => format!("a screen of {columns}×{rows}"),
        });
    }

    fn change_language(&mut self) {
        let Some(trial) = &self.trial else { return };
        let (survey, draft) = (Arc::clone(&trial.survey), trial.draft());
        let languages = self.languages(&survey);
        let now = self.language(&survey);
        let at = languages.iter().position(|language| language == now).unwrap_or_default();
        let next = languages[(at + 1) % languages.len()].clone();
        self.note = Some(match languages.len() {
            1 => format!("all texts are in one language: {next}"),
            _ => format!("for a respondent who wants {next}"),
        });
        self.wanted = next;
        self.try_out(survey, draft);
    }

    fn change_respondent(&mut self) {
        let Some(trial) = &self.trial else { return };
        if !trial.has_chance() {
            self.note = Some("every respondent meets this survey alike".to_owned());
            return;
        }
        let (survey, draft) = (Arc::clone(&trial.survey), trial.draft());
        self.start.seed = draft.seed.wrapping_add(1);
        self.note = Some(format!("the respondent of seed {}", self.start.seed));
        self.try_out(survey, Draft { seed: self.start.seed, ..draft });
    }

    fn restart(&mut self) {
        let Some(trial) = &self.trial else { return };
        let survey = Arc::clone(&trial.survey);
        let draft = self.blank(&survey);
        (self.panel, self.end) = (None, None);
        self.note = Some("begun again".to_owned());
        self.try_out(survey, draft);
    }

    /// Takes the respondent back to where they ended.
    fn go_back(&mut self) {
        self.end = None;
        if let Some((survey, draft)) = self.trial.as_ref().map(|trial| (Arc::clone(&trial.survey), trial.draft())) {
            self.try_out(survey, draft);
        }
    }

    /// Moves through the page that is shown, as far as it goes.
    fn scroll(&mut self, step: Step) {
        let (columns, height) = page_size(layout(self.window, self.size()).page);
        let last_first = content::rows(self, columns).len().saturating_sub(height);
        let questions = self.trial.as_ref().map_or(0, |trial| entries(trial).len());
        let (at, last) = match (&mut self.broken, &mut self.panel) {
            (Some(broken), _) if !broken.is_closed => (&mut broken.first, last_first),
            (_, Some(Panel::Questions(at))) => (at, questions.saturating_sub(1)),
            (_, Some(Panel::Response(first) | Panel::Keys(first))) => (first, last_first),
            (_, None) => return,
        };
        let page = isize::try_from(height.saturating_sub(2).max(1)).unwrap_or(1);
        let moved = |by: isize| at.saturating_add_signed(by);
        *at = match step {
            Step::By(lines) => moved(lines),
            Step::Page(pages) => moved(pages * page),
            Step::First => 0,
            Step::Last => last,
            Step::Take | Step::Back | Step::Close | Step::Quit => *at,
        };
        *at = (*at).min(last);
    }
}
