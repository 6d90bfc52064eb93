//! `dxpulse config`: shows and changes settings.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::{Value, json};

use super::context::Context;
use super::note::note;
use super::output;
use super::{Exit, Failure};
use crate::config::{self, EditError, Key, Origin, Settings};
use crate::developer::sync::delivering::secret;

const LAYERS: &str = "\
Each value comes from the strongest layer that has it: flags, then environment variables, then your file, then the files for \
all users, then the built-in defaults.

The variables are DXPULSE_THEME and so on, and NO_COLOR, CLICOLOR_FORCE, ACCESSIBLE and DO_NOT_TRACK. The files for all users are \
dxpulse/config.toml in the folders of XDG_CONFIG_DIRS, else in /etc/xdg and /etc. DXPULSE_HOME puts your file, your surveys and \
your answers under one folder.

What is wrong is left out and told, also by the other commands; `get` and `doctor` fail on it.

Keys:
  theme                the background colours are chosen for: auto, dark or light
  colour               whether to use colour: auto, always or never
  accessible           ask in plain lines, without drawing: true or false
  language             the language to speak: a tag such as de or ja, or auto for that of LC_ALL, LC_MESSAGES or LANG
  surveys              the folder of your own surveys
  editor               the command that edits a text answer; empty means $VISUAL, $EDITOR, then vi or nano
  collector            the collector of your organisation, such as https://pulse.example.com
  publishers           the keys of those whose surveys are accepted, 64 hexadecimal digits each
  webhook              where answers to the bundled surveys and your own are sent, confidentially, where there is no collector
  webhook_secret_file  the file with the secret that is signed with for the webhook, readable by you alone
  webhook_comments     whether your own words go there too: true or false
  opt_out              never be asked on your own terminal: true or false
  muted                the surveys that are never asked, by their ids; `dxpulse mute ID` adds to it
  quiet_hours          the hours in which nothing is asked, such as 22:00-07:00
  quiet_programs       the programs during which nothing is asked, such as obs zoom
  presenting           others are watching, so that nothing is asked: true or false
  ask_root             ask root too, as in a container you develop in: true or false";

#[derive(Debug, clap::Args)]
#[command(subcommand_required = true, arg_required_else_help = true, after_long_help = LAYERS)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Show one setting or all, with where each value comes from
    #[command(after_long_help = LAYERS)]
    Get {
        /// The setting to show; all if left out
        #[arg(value_parser = key())]
        key: Option<Key>,
        /// Print JSON: { key, value, origin, … }, in an array unless KEY is given
        #[arg(long)]
        json: bool,
    },
    /// Change a setting in your file, keeping its comments and order
    #[command(after_long_help = LAYERS)]
    Set {
        /// The setting to change
        #[arg(value_parser = key())]
        key: Key,
        /// The new value, checked before anything is written
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// Print the path of your file, which need not exist
    Path,
}

fn key() -> impl TypedValueParser<Value = Key> {
    PossibleValuesParser::new(Key::ALL.map(Key::name)).map(|name| Key::named(&name).expect("the parser takes names of keys only"))
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    match &arguments.action {
        Action::Get { key, json } => get(*key, *json, &context.settings()?)?,
        Action::Set { key, value } => change(*key, value, context)?,
        Action::Path => output::print_line(&context.places()?.config_file.to_string_lossy())?,
    }
    Ok(Exit::SUCCESS)
}

fn get(key: Option<Key>, json: bool, settings: &Settings) -> Result<(), Failure> {
    match (key, json) {
        (Some(key), true) => output::print_json(&described(settings, key)),
        (None, true) => output::print_json(&Key::ALL.iter().map(|key| described(settings, *key)).collect()),
        (Some(key), false) => output::print_line(&lines(settings, &[key])),
        (None, false) => output::print_line(&lines(settings, &Key::ALL)),
    }
}

/// Writes the settings as lines of TOML, each with its origin as a comment.
fn lines(settings: &Settings, keys: &[Key]) -> String {
    let line = |key: &Key| (format!("{} = {}", key.name(), value(settings, *key)), settings.origin(*key));
    let lines: Vec<_> = keys.iter().map(line).collect();
    let width = lines.iter().map(|(line, _)| line.chars().count()).max().unwrap_or(0);
    lines.iter().map(|(line, origin)| format!("{line:width$}  # {origin}")).collect::<Vec<_>>().join("\n")
}

fn value(settings: &Settings, key: Key) -> Value {
    match key {
        Key::Accessible => settings.accessible.value.into(),
        Key::WebhookComments => settings.webhook_comments.value.into(),
        Key::OptOut => settings.opt_out.value.into(),
        Key::Presenting => settings.presenting.value.into(),
        Key::AskRoot => settings.ask_root.value.into(),
        _ => settings.text(key).into(),
    }
}

fn described(settings: &Settings, key: Key) -> Value {
    let mut object = json!({ "key": key.name(), "value": value(settings, key) });
    let (origin, details) = match settings.origin(key) {
        Origin::Default => ("default", json!({})),
        Origin::System(file, line) => ("system", json!({ "file": file.to_string_lossy(), "line": line })),
        Origin::User(file, line) => ("user", json!({ "file": file.to_string_lossy(), "line": line })),
        Origin::Variable(name) => ("environment", json!({ "variable": name })),
        Origin::Flag(name) => ("flag", json!({ "flag": name })),
    };
    object["origin"] = origin.into();
    for (name, detail) in details.as_object().into_iter().flatten() {
        object[name] = detail.clone();
    }
    object
}

/// Changes a setting in the user's file.
pub(super) fn change(key: Key, value: &str, context: &Context) -> Result<(), Failure> {
    let value = if matches!(key, Key::Surveys | Key::WebhookSecretFile) { absolute(value) } else { value.to_owned() };
    if key == Key::WebhookSecretFile && !value.is_empty() {
        let file = value.strip_prefix("~/").and_then(|rest| Some(Path::new(context.environment.get("HOME")?).join(rest)));
        secret(&file.unwrap_or_else(|| PathBuf::from(&value)))
            .map_err(|error| Failure::new(error.to_string()).hint(error.hint()))?;
    }
    let places = context.places()?;
    config::set(&places, &context.environment, key, &value).map_err(|error| match error {
        EditError::Refused(refusal) => Failure::usage(refusal.message).hint(refusal.help),
        EditError::Unreadable(invalid) => invalid.into(),
        EditError::Unwritable { error: ref cause, .. } => Failure::new(error.to_string()).hint(remedy(cause.kind())),
    })?;
    let folder = Settings::load_what_is_right(&places, &context.environment).0.surveys.value;
    if key == Key::Surveys && !folder.is_dir() && !value.is_empty() {
        note(&format!("{} is not there yet; until it is, only the bundled surveys are listed", folder.display()));
    }
    Ok(())
}

/// Says what to do when the file can't be written.
fn remedy(cause: ErrorKind) -> &'static str {
    match cause {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "free some space or raise the quota; your file is as it was",
        ErrorKind::ReadOnlyFilesystem => {
            "the file system is mounted read-only: mount it writable, or set DXPULSE_HOME to a folder that is"
        }
        _ => "make the file and its folder writable for you, or set DXPULSE_HOME to another folder",
    }
}

/// Makes a path given on the command line independent of where the command ran.
fn absolute(folder: &str) -> String {
    if folder.is_empty() || folder.starts_with('~') {
        return folder.to_owned();
    }
    std::path::absolute(Path::new(folder)).map_or_else(|_| folder.to_owned(), |path| path.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remedy_fits_the_cause() {
        for (cause, words) in [
            (ErrorKind::StorageFull, "free some space"),
            (ErrorKind::QuotaExceeded, "quota"),
            (ErrorKind::ReadOnlyFilesystem, "mounted read-only"),
            (ErrorKind::PermissionDenied, "writable for you"),
        ] {
            assert!(remedy(cause).contains(words), "{cause}");
        }
    }
}
