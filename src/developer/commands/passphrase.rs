//! Asking for the passphrase of a file: on the terminal, without showing it, or from a file for scripts.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::Failure;
use super::note::note;
use crate::developer::moving::Passphrase;
use crate::screen::terminal::{Hidden, Signal, Terminal, TerminalError};

/// The most bytes of a file with a passphrase.
const LIMIT: u64 = 64 * 1024;

/// What is said should the program fail while it asks.
const COMFORT: &str = "nothing was moved";

/// Asks for a new passphrase, twice, or reads it; one that is too short is asked for again, and refused in a file.
pub(super) fn new(file: Option<&Path>) -> Result<Passphrase, Failure> {
    if let Some(path) = file {
        return Passphrase::new(&first_line(path)?).map_err(|short| Failure::new(short.to_string()));
    }
    let mut terminal = open()?;
    loop {
        let passphrase = match Passphrase::new(&ask(&mut terminal, "Passphrase for the file: ")?) {
            Ok(passphrase) => passphrase,
            Err(short) => {
                note(&format!("{short}; it is all that keeps others out of the file"));
                continue;
            }
        };
        if passphrase.is(&ask(&mut terminal, "The same again: ")?) {
            return Ok(passphrase);
        }
        note("the two differ");
    }
}

/// Asks for the passphrase of a file that is there, or reads it.
pub(super) fn known(file: Option<&Path>) -> Result<Passphrase, Failure> {
    let text = match file {
        Some(path) => first_line(path)?,
        None => ask(&mut open()?, "Passphrase of the file: ")?,
    };
    Ok(Passphrase::known(&text))
}

fn open() -> Result<Terminal, Failure> {
    Terminal::open(COMFORT).map_err(|error| {
        let error = match error {
            TerminalError::Missing(cause) => format!("there is no terminal to ask for the passphrase on: {cause}"),
            error => error.to_string(),
        };
        Failure::new(error).hint("run it in a terminal, or give --passphrase-file FILE")
    })
}

fn ask(terminal: &mut Terminal, question: &str) -> Result<String, Failure> {
    let answer = terminal.ask_hidden(question).map_err(|error| Failure::new(error.to_string()))?;
    match answer {
        Hidden::Line(line) => Ok(line),
        Hidden::Nothing => Err(Failure::new("no passphrase was given; nothing was moved")),
        Hidden::Ended(Signal::HungUp) => Err(Failure::ended(129, None)),
        Hidden::Ended(Signal::Terminated) => Err(Failure::ended(143, None)),
        Hidden::Ended(_) => Err(Failure::ended(130, None)),
    }
}

/// Gives the first line of a file, without its end.
fn first_line(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = |from: &mut dyn Read, text: &mut String| from.take(LIMIT).read_to_string(text);
    let result = match path == Path::new("-") {
        true => read(&mut io::stdin().lock(), &mut text),
        false => File::open(path).and_then(|mut file| read(&mut file, &mut text)),
    };
    let unreadable = |error| {
        Failure::new(format!("can't read the passphrase in {}: {error}", path.display()))
            .hint("give the path of a file whose first line is the passphrase, or - for standard input")
    };
    result.map_err(unreadable)?;
    let line = text.split('\n').next().unwrap_or_default();
    Ok(line.strip_suffix('\r').unwrap_or(line).to_owned())
}
