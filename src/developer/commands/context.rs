//! What every command may ask of its surroundings.

use chrono::{Local, TimeDelta, Utc};

use super::Failure;
use super::confidential::Terms;
use super::note::note;
use crate::config::{self, Colour, Editor, Environment, Key, Places, Settings, Theme as Setting};
use crate::developer::catalog::Catalog;
use crate::developer::phrases::Phrases;
use crate::developer::store::Store;
use crate::developer::sync::background;
use crate::developer::sync::delivering::{SecretError, Webhook, secret};
use crate::screen::editor::EditorCommand;
use crate::screen::theme::{self, Theme};

/// How long a wave of a collector is listed after its end.
const LISTED: TimeDelta = TimeDelta::days(60);

/// The surroundings of a command; files are only looked for when asked.
#[derive(Debug)]
pub(crate) struct Context {
    /// The environment variables.
    pub(crate) environment: Environment,
    /// The language asked for on the command line.
    language: Option<String>,
}

/// Checks the language asked for on the command line.
///
/// # Errors
/// What it should be instead.
pub(crate) fn language(text: &str) -> Result<String, String> {
    config::language(text).map_err(|refusal| format!("{}: {}", refusal.message, refusal.help))
}

impl Context {
    pub(crate) fn of_process(language: Option<String>) -> Self {
        Self { environment: Environment::of_process(), language }
    }

    /// Finds the files and folders of dxpulse.
    pub(crate) fn places(&self) -> Result<Places, Failure> {
        Ok(Places::find(&self.environment)?)
    }

    /// Reads the settings; anything wrong with them is a failure that shows all of it.
    pub(crate) fn settings(&self) -> Result<Settings, Failure> {
        self.with_flags(Settings::load(&self.places()?, &self.environment)?)
    }

    /// Reads the settings that are right; each mistake is told on standard error and never keeps anyone from their answers.
    pub(crate) fn settings_that_are_right(&self) -> Result<Settings, Failure> {
        let (settings, problems) = Settings::load_what_is_right(&self.places()?, &self.environment);
        for problem in problems {
            note(&format!("{}: {}; left out\n  help: {}", problem.place(), problem.message, problem.help));
        }
        self.with_flags(settings)
    }

    fn with_flags(&self, mut settings: Settings) -> Result<Settings, Failure> {
        if let Some(language) = &self.language {
            settings.set_by_flag(Key::Language, language, "--lang", &self.environment)?;
        }
        Ok(settings)
    }

    /// Gives the language asked for on the command line.
    pub(crate) fn language_of_flag(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// Gives the language of the locale.
    pub(crate) fn locale(&self) -> String {
        config::locale(&self.environment)
    }

    /// Gives the language the respondent wants to be asked in, as a tag or the name of a locale.
    pub(crate) fn wanted_language(&self, settings: &Settings) -> String {
        settings.wanted_language(&self.environment)
    }

    /// Gives the words to speak to the respondent with.
    pub(crate) fn phrases(&self, settings: &Settings) -> &'static Phrases {
        Phrases::of(&self.wanted_language(settings))
    }

    /// Gives the surveys there are, those of collectors among them, their titles in the respondent's language.
    pub(crate) fn catalog(&self, settings: &Settings, store: Option<&Store>) -> Result<Catalog, Failure> {
        Ok(Self::catalog_as_written(settings, store)?.speaking(&self.wanted_language(settings)))
    }

    /// Gives the surveys there are, their titles as their authors wrote them first.
    pub(crate) fn catalog_as_written(settings: &Settings, store: Option<&Store>) -> Result<Catalog, Failure> {
        let catalog = Catalog::open(&settings.surveys.value);
        let since = Utc::now() - LISTED;
        let waves = store.map(|store| store.waves(since)).transpose()?.unwrap_or_default();
        Ok(catalog.with_waves(waves, Local::now().date_naive()))
    }

    /// Gives the webhook that is set, with the file of its secret.
    pub(crate) fn webhook(settings: &Settings) -> Option<Webhook> {
        let secret_file = settings.webhook_secret_file.value.clone();
        settings.webhook().map(|address| Webhook { address: address.to_owned(), secret_file })
    }

    /// Says why nothing can be sent to the webhook that is set, where nothing can.
    pub(crate) fn webhook_trouble(settings: &Settings) -> Option<(String, SecretError)> {
        let address = settings.webhook()?;
        let error = secret(&settings.webhook_secret_file.value).err()?;
        Some((format!("nothing can be sent to {address}: {error}"), error))
    }

    /// Tells why nothing can be sent to the webhook that is set, where nothing can.
    pub(crate) fn tell_webhook_trouble(settings: &Settings) {
        if let Some((trouble, error)) = Self::webhook_trouble(settings) {
            note(&format!("{trouble}\n  help: {}", error.hint()));
        }
    }

    /// Gives what the settings say of a webhook.
    pub(crate) fn terms(settings: &Settings) -> Terms {
        Terms { address: settings.webhook().map(str::to_owned), with_comments: settings.webhook_comments.value }
    }

    /// Gives the webhook that is set, without a word about what is wrong with other settings.
    pub(crate) fn webhook_alone(&self) -> Option<Webhook> {
        let places = self.places().ok()?;
        Self::webhook(&Settings::load_what_is_right(&places, &self.environment).0)
    }

    /// Starts the exchange in the background where something is due.
    pub(crate) fn exchange_if_due(&self, store: Option<&Store>) {
        background::start_if_due(store, || self.webhook_alone(), Utc::now());
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
