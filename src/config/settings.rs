//! The settings as values that cannot be wrong, each with its origin.

use std::fmt;
use std::path::PathBuf;

use super::hours::QuietHours;
use super::key::Key;

/// Which background the colours are chosen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// As the terminal says, dark if it says nothing.
    Auto,
    /// A dark background.
    Dark,
    /// A light background.
    Light,
}

/// Whether to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Where the terminal has it.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The built-in defaults.
    Default,
    /// A line of a file for all users.
    System(PathBuf, usize),
    /// A line of the user's own file.
    User(PathBuf, usize),
    /// An environment variable.
    Variable(&'static str),
    /// A flag of the command line.
    Flag(&'static str),
}

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

/// Every setting, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Which background the colours are chosen for.
    pub theme: Sourced<Theme>,
    /// Whether to use colour.
    pub colour: Sourced<Colour>,
    /// Whether to ask in plain lines, without drawing.
    pub accessible: Sourced<bool>,
    /// The language to speak: a BCP 47 tag, or `auto` for the locale's.
    pub language: Sourced<String>,
    /// The folder of the user's own surveys; it need not exist.
    pub surveys: Sourced<PathBuf>,
    /// The command that edits a text answer; empty means the environment's.
    pub editor: Sourced<String>,
    /// The address of the collector that codes of invitations are for; empty where a link says it.
    pub collector: Sourced<String>,
    /// The keys of the publishers whose surveys are accepted, each in 64 hexadecimal digits; empty where a link says it.
    pub publishers: Sourced<String>,
    /// The endpoint that answers go to where there is no collector; empty means that they stay here.
    pub webhook: Sourced<String>,
    /// The file with the secret that is signed with for the endpoint.
    pub webhook_secret_file: Sourced<PathBuf>,
    /// Whether own words go to the endpoint too.
    pub webhook_comments: Sourced<bool>,
    /// Whether the user is never to be asked.
    pub opt_out: Sourced<bool>,
    /// The ids of surveys that are never to be asked, with spaces between.
    pub muted: Sourced<String>,
    /// The hours in which nothing is asked.
    pub quiet_hours: Sourced<Option<QuietHours>>,
    /// The names of programs during which nothing is asked, with spaces between.
    pub quiet_programs: Sourced<String>,
    /// Whether others are watching, so that nothing is asked.
    pub presenting: Sourced<bool>,
    /// Whether root is asked too.
    pub ask_root: Sourced<bool>,
}

impl Settings {
    /// Gives the collector that is set, if one is.
    pub fn collector(&self) -> Option<&str> {
        Some(self.collector.value.as_str()).filter(|address| !address.is_empty())
    }

    /// Gives the keys of the publishers that are set.
    pub fn publishers(&self) -> impl Iterator<Item = &str> {
        self.publishers.value.split_whitespace()
    }

    /// Gives the endpoint that answers go to where there is no collector, if one is set.
    pub fn webhook(&self) -> Option<&str> {
        Some(self.webhook.value.as_str()).filter(|address| !address.is_empty())
    }

    /// Gives the ids of the surveys that are muted.
    pub fn muted(&self) -> impl Iterator<Item = &str> {
        self.muted.value.split_whitespace()
    }

    /// Says whether a survey is muted.
    pub fn is_muted(&self, survey: &str) -> bool {
        self.muted().any(|muted| muted == survey)
    }

    /// Gives the names of the programs during which nothing is asked.
    pub fn quiet_programs(&self) -> impl Iterator<Item = &str> {
        self.quiet_programs.value.split_whitespace()
    }

    /// Gives a value as text, a switch as `true` or `false`.
    pub fn text(&self, key: Key) -> String {
        match key {
            Key::Theme => self.theme.value.to_string(),
            Key::Colour => self.colour.value.to_string(),
            Key::Accessible => self.accessible.value.to_string(),
            Key::Language => self.language.value.clone(),
            Key::Surveys => self.surveys.value.display().to_string(),
            Key::Editor => self.editor.value.clone(),
            Key::Collector => self.collector.value.clone(),
            Key::Publishers => self.publishers.value.clone(),
            Key::Webhook => self.webhook.value.clone(),
            Key::WebhookSecretFile => self.webhook_secret_file.value.display().to_string(),
            Key::WebhookComments => self.webhook_comments.value.to_string(),
            Key::OptOut => self.opt_out.value.to_string(),
            Key::Muted => self.muted.value.clone(),
            Key::QuietHours => self.quiet_hours.value.map_or_else(String::new, |hours| hours.to_string()),
            Key::QuietPrograms => self.quiet_programs.value.clone(),
            Key::Presenting => self.presenting.value.to_string(),
            Key::AskRoot => self.ask_root.value.to_string(),
        }
    }

    /// Gives where a value comes from.
    pub fn origin(&self, key: Key) -> &Origin {
        match key {
            Key::Theme => &self.theme.origin,
            Key::Colour => &self.colour.origin,
            Key::Accessible => &self.accessible.origin,
            Key::Language => &self.language.origin,
            Key::Surveys => &self.surveys.origin,
            Key::Editor => &self.editor.origin,
            Key::Collector => &self.collector.origin,
            Key::Publishers => &self.publishers.origin,
            Key::Webhook => &self.webhook.origin,
            Key::WebhookSecretFile => &self.webhook_secret_file.origin,
            Key::WebhookComments => &self.webhook_comments.origin,
            Key::OptOut => &self.opt_out.origin,
            Key::Muted => &self.muted.origin,
            Key::QuietHours => &self.quiet_hours.origin,
            Key::QuietPrograms => &self.quiet_programs.origin,
            Key::Presenting => &self.presenting.origin,
            Key::AskRoot => &self.ask_root.origin,
        }
    }
}

/// The words of `theme`.
pub(super) const THEMES: [(&str, Theme); 3] = [("auto", Theme::Auto), ("dark", Theme::Dark), ("light", Theme::Light)];

/// The words of `colour`.
pub(super) const COLOURS: [(&str, Colour); 3] = [("auto", Colour::Auto), ("always", Colour::Always), ("never", Colour::Never)];

fn word<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words.iter().find(|(_, meant)| meant == value).map_or("", |(word, _)| word)
}

impl fmt::Display for Theme {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(word(&THEMES, self))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(word(&COLOURS, self))
    }
}

/// Shows `default`, `user file PATH:LINE`, `environment variable NAME` and the like.
impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("default"),
            Self::System(path, line) => write!(formatter, "system file {}:{line}", path.display()),
            Self::User(path, line) => write!(formatter, "user file {}:{line}", path.display()),
            Self::Variable(name) => write!(formatter, "environment variable {name}"),
            Self::Flag(name) => write!(formatter, "flag {name}"),
        }
    }
}
