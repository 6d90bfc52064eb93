//! What every command may ask of its surroundings.

use super::Failure;
use super::note::note;
use crate::config::{Colour, Editor, Environment, Places, Settings, Theme as Setting};
use crate::screen::editor::EditorCommand;
use crate::screen::theme::{self, Theme};

/// The surroundings of a command; files are only looked for when asked.
#[derive(Debug)]
pub(crate) struct Context {
    /// The environment variables.
    pub(crate) environment: Environment,
}

impl Context {
    pub(crate) fn of_process() -> Self {
        Self { environment: Environment::of_process() }
    }

    /// Finds the files and folders of dxpulse.
    pub(crate) fn places(&self) -> Result<Places, Failure> {
        Ok(Places::find(&self.environment)?)
    }

    /// Reads the settings; anything wrong with them is a failure that shows all of it.
    pub(crate) fn settings(&self) -> Result<Settings, Failure> {
        Ok(Settings::load(&self.places()?, &self.environment)?)
    }

    /// Reads the settings that are right; each mistake is told on standard error and never keeps anyone from their answers.
    pub(crate) fn settings_that_are_right(&self) -> Result<Settings, Failure> {
        let (settings, problems) = Settings::load_what_is_right(&self.places()?, &self.environment);
        for problem in problems {
            note(&format!("{}: {}; left out\n  help: {}", problem.place(), problem.message, problem.help));
        }
        Ok(settings)
    }

    /// Gives the styles that the settings and the terminal ask for.
    pub(crate) fn theme(&self, settings: &Settings) -> Theme {
        let background = match settings.theme.value {
            Setting::Dark => theme::Background::Dark,
            Setting::Light => theme::Background::Light,
            Setting::Auto => theme::background(&self.environment.text("COLORFGBG").unwrap_or_default()),
        };
        match settings.colour.value {
            Colour::Never => Theme::plain(),
            Colour::Auto if !self.has_colours() => Theme::plain(),
            Colour::Auto | Colour::Always => Theme::coloured(background),
        }
    }

    /// Finds the user's editor, or says why there is none.
    pub(crate) fn editor(&self, settings: &Settings) -> Result<EditorCommand, String> {
        let found = Editor::find(settings, &self.environment).map_err(|error| error.to_string())?;
        Ok(EditorCommand { program: found.program, arguments: found.arguments })
    }

    /// Says whether the name of the terminal promises colours.
    pub(crate) fn has_colours(&self) -> bool {
        self.environment.text("TERM").is_none_or(|term| term != "dumb" && term != "vt100")
    }
}
