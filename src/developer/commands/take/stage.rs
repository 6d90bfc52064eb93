//! What a sitting on the terminal is held with: the terminal, the face, the theme and the editor.

use std::time::Duration;

use serde_json::Value;

use super::Sitting;
use crate::config::Settings;
use crate::developer::answering::Outcome;
use crate::developer::commands::Failure;
use crate::developer::commands::confidential::Terms;
use crate::developer::commands::context::Context;
use crate::developer::faces::{self, Face, Finish, Manner, Surroundings};
use crate::developer::phrases::Phrases;
use crate::screen::terminal::Terminal;
use crate::screen::theme::Theme;

/// What a sitting on the terminal is held with.
pub(crate) struct Stage<'a> {
    /// The terminal.
    pub(crate) terminal: Terminal,
    /// The face, chosen for what was asked for and what the terminal can do.
    pub(crate) face: Face,
    /// The language the respondent wants to be asked in.
    pub(crate) language: String,
    /// The words to speak to the respondent with.
    pub(crate) phrases: &'static Phrases,
    /// Whether Ctrl-Z suspends a sitting.
    pub(crate) suspends: bool,
    settings: &'a Settings,
    context: &'a Context,
}

impl<'a> Stage<'a> {
    /// Opens the terminal.
    ///
    /// # Errors
    /// When there is none: says how to answer without one.
    pub(crate) fn open(settings: &'a Settings, context: &'a Context, wanted: Face) -> Result<Self, Failure> {
        let language = context.wanted_language(settings);
        let phrases = Phrases::of(&language);
        let terminal = Terminal::open(phrases.farewells.comfort).map_err(|error| {
            Failure::new(error.to_string()).hint("start it in a terminal, or answer with `dxpulse take ID --answers FILE.json`")
        })?;
        let term = context.environment.text("TERM");
        let face = faces::choose(&Surroundings { wanted, term: term.as_deref(), size: terminal.size() });
        Ok(Self { terminal, face, language, phrases, suspends: true, settings, context })
    }

    /// Gives the styles the settings and the terminal ask for.
    pub(crate) fn theme(&self) -> Theme {
        self.context.theme(self.settings)
    }

    /// Gives what the settings say of a webhook.
    pub(crate) fn terms(&self) -> Terms {
        Context::terms(self.settings)
    }

    /// Runs a sitting; gives how it ended and the stored response.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(crate) fn hold(&mut self, sitting: &mut Sitting, timeout: Option<Duration>) -> Result<(Finish, Option<Value>), Failure> {
        let (settings, context) = (self.settings, self.context);
        let editor = || context.editor(settings);
        let folder = context.places()?.data;
        let manner = Manner { face: self.face, theme: self.theme(), timeout, editor: &editor, folder, suspends: self.suspends };
        let finish = sitting.keep(|session, keeping| faces::run(session, &mut self.terminal, &manner, keeping));
        let mut finish = finish.map_err(|error| Failure::new(error.to_string()))?;
        if !matches!(finish.outcome, Outcome::Answered | Outcome::Declined) {
            finish.failure = finish.failure.or_else(|| sitting.loss());
        }
        Ok((finish, sitting.record.take()))
    }
}
