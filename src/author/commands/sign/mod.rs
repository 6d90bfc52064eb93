//! `dxpulse survey sign`: a publisher reviews what a collector prepared, or what a research lead wrote, and signs it.

mod key;
mod words;

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use chrono::Utc;
use serde_json::{Value, json};

use crate::anonymous::manifest::MOST_BYTES;
use crate::anonymous::results::Document;
use crate::anonymous::{Bundle, ManifestError, PublicKey, Results, SigningKey, Wave};
use crate::author::commands::sources::shown;
use crate::author::results;
use crate::developer::commands::{Context, Exit, Failure, note, output};
use crate::disk;
use crate::survey::parse::{Problem, render};

const DETAILS: &str = "\
A wave comes from `dxpulse-collector prepare`. What is shown is all that its developers will answer by; sign it where the key is, never \
on the collector: the key is what keeps whoever runs it from asking something else, or one person apart. NAME.json becomes \
NAME.signed.json, for `dxpulse-collector publish`.

Results are TOML or JSON: survey, wave, title, summary, [[figures]] with label, value and perhaps a note, and [[actions]] with a text \
and a state (planned, doing, done or wont).

Everything is checked before anything is asked, and nothing that is there is overwritten.";

#[derive(Debug, clap::Args)]
#[command(after_help = DETAILS)]
pub(super) struct Arguments {
    /// Prepared waves, and results
    #[arg(value_name = "FILE", required_unless_present = "new_key")]
    files: Vec<PathBuf>,
    /// The publisher's key
    #[arg(long, value_name = "FILE", required_unless_present = "new_key")]
    key: Option<PathBuf>,
    /// Make a publisher's key and print its public half, for collectors and developers to pin
    #[arg(long, value_name = "FILE", conflicts_with_all = ["files", "key", "output", "yes", "again"])]
    new_key: Option<PathBuf>,
    /// Where to write what was signed, in place of NAME.signed.json
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Sign without asking
    #[arg(long)]
    yes: bool,
    /// Sign what another key signed too, and replace the signed file
    #[arg(long)]
    again: bool,
}

/// Something to sign, checked.
enum Draft {
    /// A wave.
    Wave(Box<(Bundle, Wave)>),
    /// Results.
    Results(Document),
}

/// Who signed something, if anyone did.
type Signed = Option<(PublicKey, bool)>;

pub(super) fn run(arguments: &Arguments, _: &Context) -> Result<Exit, Failure> {
    if let Some(path) = &arguments.new_key {
        let public = key::make(path)?;
        output::print_line(&public.to_string())?;
        note(&format!(
            "{} is written, readable for you alone; keep it off the collector, and a copy in a safe place",
            path.display()
        ));
        return Ok(Exit::SUCCESS);
    }
    if arguments.output.is_some() && arguments.files.len() > 1 {
        return Err(Failure::usage("--output names one file, and there are several to sign").hint("sign them one by one"));
    }
    let key = key::read(arguments.key.as_deref().unwrap_or(Path::new("")))?;
    let mut signed = Vec::new();
    for path in &arguments.files {
        let (draft, before) = read(path)?;
        check_signed(path, before, key.public(), arguments.again)?;
        let text = sign(path, &draft, &key)?;
        let target = arguments.output.clone().unwrap_or_else(|| target(path));
        check_target(&target, &text, arguments.again)?;
        signed.push((path, draft, text, target));
    }
    for (path, draft, _, _) in &signed {
        output::print_line(&in_words(path, draft))?;
    }
    if !arguments.yes {
        confirm(signed.len(), &key.public())?;
    }
    for (_, _, text, target) in &signed {
        write(target, text)?;
        output::print_line(&format!("wrote {}", shown(target)))?;
    }
    Ok(Exit::SUCCESS)
}

/// Reads a file to sign, and checks all of it.
fn read(path: &Path) -> Result<(Draft, Signed), Failure> {
    let mut bytes = Vec::new();
    let opened = File::open(path).and_then(|file| file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes));
    opened.map_err(|error| Failure::new(format!("can't read {}: {error}", path.display())).hint("check the path"))?;
    let refused = |what: String, hint: &str| Failure::new(format!("{} is not signed: {what}", path.display())).hint(hint);
    if bytes.len() > MOST_BYTES {
        return Err(refused(format!("it has more than {MOST_BYTES} bytes"), "a wave and results are shorter"));
    }
    let text =
        String::from_utf8(bytes).map_err(|_| refused("it is not a text".to_owned(), "name a prepared wave, or results"))?;
    if path.extension().is_some_and(|extension| extension == "toml") {
        return Ok((Draft::Results(results::from_toml(&text).map_err(|problems| faulty(path, &text, &problems))?), None));
    }
    let has = |key: &str| serde_json::from_str::<Value>(&text).is_ok_and(|value| value.get(key).is_some());
    if has("manifest") {
        let bundle = Bundle::from_json(text.as_bytes()).map_err(|error| refused(error.to_string(), hint(&error)))?;
        let wave = bundle.review().map_err(|error| refused(error.to_string(), hint(&error)))?;
        let before = bundle.publisher.map(|publisher| (publisher, bundle.open(&[publisher]).is_ok()));
        return Ok((Draft::Wave(Box::new((bundle, wave))), before));
    }
    if has("document") {
        let signed = Results::from_json(text.as_bytes())
            .map_err(|error| refused(error.to_string(), "sign the file that it was made of"))?;
        let document = results::from_json(&signed.document).map_err(|problems| faulty(path, &signed.document, &problems))?;
        return Ok((Draft::Results(document), Some((signed.publisher, signed.open(&[signed.publisher]).is_ok()))));
    }
    let document = results::from_json(&text).map_err(|problems| faulty(path, &text, &problems))?;
    Ok((Draft::Results(document), None))
}

/// Says what to do about a manifest that doesn't hold.
fn hint(error: &ManifestError) -> &'static str {
    match error {
        ManifestError::Form(_) | ManifestError::Text => "sign the file as `dxpulse-collector prepare` wrote it",
        ManifestError::Format(_) => "use the same version of dxpulse as the collector",
        ManifestError::Survey(_) => "correct the survey, see `dxpulse survey lint`, and prepare the wave again",
        ManifestError::Betrayed { .. } => {
            "ask it of everyone, or take `demographic` off the question, and prepare the wave again"
        }
        ManifestError::Address(_) | ManifestError::RelayKeys => "correct collector.toml, and prepare the wave again",
        _ => "prepare the wave again",
    }
}

fn faulty(path: &Path, text: &str, problems: &[Problem]) -> Failure {
    let count = match problems.len() {
        1 => "1 problem".to_owned(),
        several => format!("{several} problems"),
    };
    let details = render(problems, &shown(path), text, false);
    let failure = Failure::new(format!("{} is not signed: its results have {count}", path.display()));
    Failure { details: Some(details), ..failure }.hint("correct them as shown; `dxpulse survey sign --help` has the form")
}

/// Refuses what somebody else signed, or what was changed since.
fn check_signed(path: &Path, before: Signed, own: PublicKey, again: bool) -> Result<(), Failure> {
    let what = match before {
        _ if again => return Ok(()),
        None => return Ok(()),
        Some((publisher, true)) if publisher == own => return Ok(()),
        Some((publisher, false)) if publisher == own => "it was changed after it was signed".to_owned(),
        Some((publisher, _)) => format!("another key signed it, {publisher}"),
    };
    let failure = Failure::new(format!("{} is not signed: {what}", path.display()));
    Err(failure.hint("if you mean to, say --again"))
}

/// Gives the JSON of what is signed, which is sure to be taken.
fn sign(path: &Path, draft: &Draft, key: &SigningKey) -> Result<String, Failure> {
    let failed = |error: String| Failure::new(format!("{} can't be signed: {error}", path.display()));
    let value = match draft {
        Draft::Wave(wave) => {
            let signed = wave.0.clone().signed_by(key);
            signed.open(&[key.public()]).map_err(|error| failed(error.to_string()))?;
            json!(signed)
        }
        Draft::Results(document) => {
            let signed = Results::sign(document, key).map_err(|error| failed(error.to_string()))?;
            signed.open(&[key.public()]).map_err(|error| failed(error.to_string()))?;
            json!(signed)
        }
    };
    Ok(format!("{value:#}\n"))
}

/// Gives the file beside another that what is signed goes to.
fn target(path: &Path) -> PathBuf {
    let is_signed = path.to_string_lossy().ends_with(".signed.json");
    if is_signed { path.to_owned() } else { path.with_extension("signed.json") }
}

fn check_target(target: &Path, text: &str, again: bool) -> Result<(), Failure> {
    let is_free = target.symlink_metadata().is_err() || fs::read_to_string(target).is_ok_and(|there| there == text);
    if is_free || again {
        return Ok(());
    }
    let failure = Failure::new(format!("{} is there already, and holds something else", target.display()));
    Err(failure.hint("name another file with --output, or replace it with --again"))
}

fn in_words(path: &Path, draft: &Draft) -> String {
    let words = match draft {
        Draft::Wave(wave) => words::of_wave(&wave.1, Utc::now()),
        Draft::Results(document) => words::of_results(document),
    };
    format!("{words}  {:<12} {}\n", "file", shown(path))
}

/// Asks for the signer's word; only a yes is one.
fn confirm(count: usize, key: &PublicKey) -> Result<(), Failure> {
    let Ok(mut terminal) = OpenOptions::new().read(true).write(true).open("/dev/tty") else {
        let hint = "look at what is shown, and say --yes";
        return Err(Failure::usage("cannot ask whether to sign: there is no terminal").hint(hint));
    };
    let what = if count == 1 { "it".to_owned() } else { format!("these {count}") };
    let question = format!("Sign {what} with the key {key}? [y/N] ");
    let mut answer = Vec::new();
    let asked = terminal.write_all(question.as_bytes());
    let read = asked.and_then(|()| BufReader::new(terminal).read_until(b'\n', &mut answer));
    let is_yes = read.is_ok() && ["y", "yes"].contains(&String::from_utf8_lossy(&answer).trim().to_lowercase().as_str());
    if is_yes { Ok(()) } else { Err(Failure::new("nothing was signed")) }
}

/// Writes what is signed, as a whole or not at all.
fn write(target: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::new(format!("can't write {}: {error}", target.display())).hint("check the path and its permissions")
    };
    if fs::read_to_string(target).is_ok_and(|there| there == text) {
        return Ok(());
    }
    disk::replace(target, text.as_bytes(), disk::Rights::Kept).map_err(failed)
}

/// Gives a path as one would type it.
fn quoted(path: &Path) -> String {
    shell_words::quote(&path.to_string_lossy()).into_owned()
}
