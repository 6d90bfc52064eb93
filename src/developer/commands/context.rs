//! What every command may ask of its surroundings.

use super::Failure;
use super::note::note;
use crate::config::{Environment, Places, Settings};

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

    /// Says whether the name of the terminal promises colours.
    pub(crate) fn has_colours(&self) -> bool {
        self.environment.text("TERM").is_none_or(|term| term != "dumb" && term != "vt100")
    }
}
