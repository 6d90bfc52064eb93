//! What each key takes, and the remedy for what it does not.

use std::path::{Path, PathBuf};

use super::environment::Environment;
use super::hours::QuietHours;
use super::key::{Key, Raw};
use super::language::language;
use super::problem::Refusal;
use super::settings::{COLOURS, Origin, Settings, Sourced, THEMES};
use crate::survey::nearest;

/// Checks a value and lays it over the settings; what is refused leaves them as they were.
pub(super) fn apply(
    settings: &mut Settings,
    key: Key,
    raw: &Raw,
    origin: Origin,
    environment: &Environment,
) -> Result<(), Refusal> {
    match key {
        Key::Theme => settings.theme = Sourced { value: one_of(key, raw, THEMES)?, origin },
        Key::Colour => settings.colour = Sourced { value: one_of(key, raw, COLOURS)?, origin },
        Key::Accessible => settings.accessible = Sourced { value: switch(key, raw)?, origin },
        Key::OptOut => settings.opt_out = Sourced { value: switch(key, raw)?, origin },
        Key::Language => settings.language = Sourced { value: language(text(key, raw)?)?, origin },
        Key::Surveys => settings.surveys = Sourced { value: place(text(key, raw)?, &origin, environment)?, origin },
        Key::Editor => settings.editor = Sourced { value: command(text(key, raw)?)?, origin },
        Key::Collector => settings.collector = Sourced { value: address(text(key, raw)?)?, origin },
        Key::Publishers => settings.publishers = Sourced { value: keys(text(key, raw)?)?, origin },
        Key::Webhook => settings.webhook = Sourced { value: endpoint(text(key, raw)?)?, origin },
        Key::WebhookSecretFile => {
            settings.webhook_secret_file = Sourced { value: place(text(key, raw)?, &origin, environment)?, origin };
        }
        Key::Muted => settings.muted = Sourced { value: text(key, raw)?.trim().to_owned(), origin },
        Key::QuietHours => settings.quiet_hours = Sourced { value: hours(text(key, raw)?)?, origin },
        Key::QuietPrograms => settings.quiet_programs = Sourced { value: text(key, raw)?.trim().to_owned(), origin },
        Key::Presenting => settings.presenting = Sourced { value: switch(key, raw)?, origin },
        Key::AskRoot => settings.ask_root = Sourced { value: switch(key, raw)?, origin },
        Key::WebhookComments => settings.webhook_comments = Sourced { value: switch(key, raw)?, origin },
    }
    Ok(())
}

fn text(key: Key, raw: &Raw) -> Result<&str, Refusal> {
    let refuse = |found: &str| {
        let help = format!("write text in quotes: `{} = \"…\"`", key.name());
        Err(Refusal { message: format!("`{}` takes text, not {found}", key.name()), help })
    };
    match raw {
        Raw::Text(text) if text.chars().any(char::is_control) => {
            let message = format!("`{}` holds a control character", key.name());
            Err(Refusal { message, help: "write the value anew, in one line".to_owned() })
        }
        Raw::Text(text) => Ok(text),
        Raw::Switch(_) => refuse("true or false"),
        Raw::Other(found) => refuse(found),
    }
}

fn switch(key: Key, raw: &Raw) -> Result<bool, Refusal> {
    let found = match raw {
        Raw::Switch(on) => return Ok(*on),
        Raw::Text(text) => format!("\"{text}\""),
        Raw::Other(found) => (*found).to_owned(),
    };
    let help = format!("write `{0} = true` or `{0} = false`, without quotes", key.name());
    Err(Refusal { message: format!("`{}` takes true or false, not {found}", key.name()), help })
}

fn one_of<T: Copy, const N: usize>(key: Key, raw: &Raw, words: [(&'static str, T); N]) -> Result<T, Refusal> {
    let text = text(key, raw)?;
    if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
        return Ok(*value);
    }
    let names = words.map(|(word, _)| word);
    let quoted = names.map(|name| format!("\"{name}\""));
    let quoted: Vec<_> = quoted.iter().map(String::as_str).collect();
    let help = match nearest::nearest(text, names, &[]) {
        Some(word) => format!("did you mean \"{word}\"?"),
        None => format!("write {}", nearest::listed(&quoted, "or")),
    };
    Err(Refusal { message: format!("`{}` takes {}, not \"{text}\"", key.name(), nearest::listed(&quoted, "or")), help })
}

/// Makes a path absolute: `~/` is the home folder, and a relative one starts at the file that names it.
fn place(text: &str, origin: &Origin, environment: &Environment) -> Result<PathBuf, Refusal> {
    if let Some(rest) = text.strip_prefix("~/").or((text == "~").then_some("")) {
        let no_home =
            || Refusal { message: "`~/` has no meaning without HOME".to_owned(), help: "write the whole path".to_owned() };
        return Ok(Path::new(environment.get("HOME").ok_or_else(no_home)?).join(rest));
    }
    let beside = match origin {
        Origin::System(file, _) | Origin::User(file, _) if !text.is_empty() => file.parent(),
        _ => None,
    };
    Ok(beside.map_or_else(|| PathBuf::from(text), |parent| parent.join(text)))
}

/// Reads hours as in `22:00-07:00`; empty means none.
fn hours(text: &str) -> Result<Option<QuietHours>, Refusal> {
    let text = text.trim();
    match (text.is_empty(), QuietHours::parse(text)) {
        (true, _) => Ok(None),
        (false, Some(hours)) => Ok(Some(hours)),
        (false, None) => Err(Refusal {
            message: format!("`quiet_hours` takes two times of day, not \"{text}\""),
            help: "write them as in \"22:00-07:00\"; empty means none".to_owned(),
        }),
    }
}

fn address(text: &str) -> Result<String, Refusal> {
    let address = text.trim().trim_end_matches('/');
    match address.is_empty() || address.starts_with("https://") || address.starts_with("http://") {
        true => Ok(address.to_owned()),
        false => Err(Refusal {
            message: format!("`collector` takes an address, not \"{text}\""),
            help: "write it as in \"https://pulse.example.com\"".to_owned(),
        }),
    }
}

/// Checks an address that answers are posted to: over TLS, or on this machine, and nothing in it but a host, a port and a path.
fn endpoint(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let rest = text.strip_prefix("https://").or_else(|| {
        let rest = text.strip_prefix("http://")?;
        let host = rest.split(['/', ':']).next().unwrap_or_default();
        (["127.0.0.1", "localhost"].contains(&host) || rest.starts_with("[::1]")).then_some(rest)
    });
    let is_plain = |rest: &str| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(['?', '#', '@', ' ']);
    match text.is_empty() || rest.is_some_and(is_plain) {
        true => Ok(text.to_owned()),
        false => Err(Refusal {
            message: format!("`webhook` takes an https address of host and path, not \"{text}\""),
            help: "write it as in \"https://hooks.example.com/surveys\"; http is only for this machine, as in \"http://127.0.0.1:8080\""
                .to_owned(),
        }),
    }
}

/// Checks public keys: each 64 hexadecimal digits, with white space or commas between.
fn keys(text: &str) -> Result<String, Refusal> {
    let keys: Vec<&str> = text.split([' ', ',']).filter(|key| !key.is_empty()).collect();
    let is_key = |key: &str| key.len() == 64 && key.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    match keys.iter().find(|key| !is_key(key)) {
        None => Ok(keys.join(" ")),
        Some(key) => Err(Refusal {
            message: format!("`publishers` takes keys of 64 hexadecimal digits in lower case, not \"{key}\""),
            help: "copy the key as `dxpulse survey sign --new-key` printed it".to_owned(),
        }),
    }
}

fn command(text: &str) -> Result<String, Refusal> {
    let unbalanced = |_| Refusal {
        message: format!("`editor` has an open quote: {text}"),
        help: "close the quote, as in \"code --wait\" or \"'/opt/my editor' -n\"".to_owned(),
    };
    shell_words::split(text).map_err(unbalanced)?;
    Ok(text.trim().to_owned())
}
