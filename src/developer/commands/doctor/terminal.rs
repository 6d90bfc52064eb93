//! What `dxpulse doctor` finds about the terminal.

use std::fs::OpenOptions;

use super::finding::Finding;
use crate::config::{Colour, Environment, Settings};

/// Looks at the terminal, its colours and the character set.
pub(super) fn findings(settings: &Settings, environment: &Environment) -> [Finding; 3] {
    [device(environment), colours(settings, environment), locale(environment)]
}

fn device(environment: &Environment) -> Finding {
    let Ok(device) = OpenOptions::new().read(true).write(true).open("/dev/tty") else {
        return Finding::warning("terminal", "none").hint("run dxpulse in a terminal, or answer with `--answers FILE`");
    };
    let name = environment.text("TERM").unwrap_or_else(|| "unknown".to_owned());
    let size = rustix::termios::tcgetwinsize(&device).map(|size| (size.ws_col, size.ws_row));
    match size {
        Ok((columns, rows)) if columns >= 20 && rows >= 4 && name != "dumb" && name != "unknown" => {
            Finding::ok("terminal", format!("{name}, {columns}×{rows}"))
        }
        Ok((columns, rows)) if columns > 0 => {
            Finding::warning("terminal", format!("{name}, {columns}×{rows}: asks in plain lines"))
                .hint("set TERM to your terminal's name and make it 20×4 or larger, for the drawn screen")
        }
        _ => Finding::warning("terminal", format!("{name}, of unknown size")).hint("`stty size` should tell rows and columns"),
    }
}

fn colours(settings: &Settings, environment: &Environment) -> Finding {
    if settings.colour.value == Colour::Never {
        return Finding::ok("colours", format!("none, as asked ({})", settings.colour.origin));
    }
    Finding::ok("colours", depth(environment))
}

fn depth(environment: &Environment) -> &'static str {
    let term = environment.text("TERM").unwrap_or_default();
    let deep = environment.text("COLORTERM").unwrap_or_default();
    match (term.as_str(), deep.as_str()) {
        ("" | "dumb", _) => "none",
        (_, "truecolor" | "24bit") => "16 million",
        (term, _) if term.contains("256color") => "256",
        _ => "16",
    }
}

fn locale(environment: &Environment) -> Finding {
    let found = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| Some((name, environment.text(name)?)));
    match found {
        Some((name, value)) if is_utf8(&value) => Finding::ok("character set", format!("UTF-8 ({name}={value})")),
        found => {
            let detail =
                found.map_or_else(|| "no locale is set".to_owned(), |(name, value)| format!("{name}={value} is not UTF-8"));
            Finding::warning("character set", detail).hint("export LANG=C.UTF-8, if letters or lines look wrong")
        }
    }
}

fn is_utf8(locale: &str) -> bool {
    let locale = locale.to_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides_on_the_character_set() {
        for (variables, detail) in [
            ([("LC_ALL", ""), ("LC_CTYPE", ""), ("LANG", "en_GB.UTF-8")], "UTF-8 (LANG=en_GB.UTF-8)"),
            ([("LC_ALL", ""), ("LC_CTYPE", "C.utf8"), ("LANG", "C")], "UTF-8 (LC_CTYPE=C.utf8)"),
            ([("LC_ALL", "POSIX"), ("LC_CTYPE", "C.utf8"), ("LANG", "C.UTF-8")], "LC_ALL=POSIX is not UTF-8"),
            ([("LC_ALL", ""), ("LC_CTYPE", ""), ("LANG", "")], "no locale is set"),
        ] {
            assert_eq!(locale(&Environment::from(variables)).detail, detail);
        }
    }

    #[test]
    fn colours_are_told_from_the_names_of_terminals() {
        for (term, deep, expected) in [
            ("xterm-256color", "truecolor", "16 million"),
            ("xterm-256color", "", "256"),
            ("linux", "", "16"),
            ("dumb", "truecolor", "none"),
            ("", "", "none"),
        ] {
            assert_eq!(depth(&Environment::from([("TERM", term), ("COLORTERM", deep)])), expected, "{term} {deep}");
        }
    }
}
