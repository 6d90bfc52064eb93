//! `dxpulse doctor`: looks at everything dxpulse stands on and says what to do about what is wrong.
//!
//! It changes nothing and makes no folder. `--rescue` reads what SQLite can't and writes that alone, `--restore` takes it in again.

mod files;
mod finding;
mod rescue;
mod terminal;

use std::path::PathBuf;

use serde_json::json;

use super::context::Context;
use super::output;
use super::{Exit, Failure};
use crate::config::{Editor, Environment, Places, Problem, Settings};
use finding::{Finding, State};

const STATES: &str = "\
Each line is one check: ✓ ok, ! to know about, ✗ to mend before dxpulse can work. Exit codes: 0 nothing to mend, 1 something to \
mend.";

#[derive(Debug, clap::Args)]
#[command(after_help = STATES)]
pub(crate) struct Arguments {
    /// Print JSON: an array of { check, state, detail, hint }
    #[arg(long)]
    json: bool,
    /// Instead, write what can still be read of sealed answers, receipts and tokens in a damaged database to this private file
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    rescue: Option<PathBuf>,
    /// Instead, take in what --rescue wrote; first move the damaged database aside
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "rescue"])]
    restore: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    if let Some(file) = &arguments.rescue {
        return rescue::run(file, &context.places()?.data);
    }
    if let Some(file) = &arguments.restore {
        return rescue::restore(file, context);
    }
    let findings = findings(&context.places()?, &context.environment);
    if arguments.json {
        let array = findings
            .iter()
            .map(|it| json!({ "check": it.check, "state": it.state.word(), "detail": it.detail, "hint": it.hint }));
        output::print_json(&array.collect())?;
    } else {
        let lines: Vec<_> = findings.iter().map(Finding::to_string).collect();
        output::print_words(&lines.join("\n"))?;
    }
    let mend = findings.iter().any(|finding| finding.state == State::Failed);
    Ok(if mend { Exit::code(1) } else { Exit::SUCCESS })
}

fn findings(places: &Places, environment: &Environment) -> Vec<Finding> {
    let (settings, problems) = Settings::load_what_is_right(places, environment);
    let mut findings = vec![Finding::ok("version", concat!("dxpulse ", env!("CARGO_PKG_VERSION")))];
    findings.extend(terminal::findings(&settings, environment));
    findings.push(files::folder_finding("data folder", &places.data));
    findings.extend(files::database_findings(&places.data));
    findings.push(configuration(places, &problems));
    findings.extend(files::surveys_findings(&settings.surveys.value, &places.surveys));
    findings.push(editor(&settings, environment));
    findings.extend(webhook(&settings));
    findings.push(opt_out(&settings, &problems));
    findings
}

fn configuration(places: &Places, problems: &[Problem]) -> Finding {
    if !problems.is_empty() {
        let told: Vec<_> = problems.iter().map(|problem| format!("{}: {}", problem.place(), problem.message)).collect();
        return Finding::failed("configuration", told.join("; ")).hint("`dxpulse config get` shows each mistake and its remedy");
    }
    let files = places.system_files.iter().rev().chain([&places.config_file]).filter(|file| file.exists());
    let files: Vec<_> = files.map(|file| file.display().to_string()).collect();
    let detail = if files.is_empty() { "no files, all defaults".to_owned() } else { files.join(", ") };
    Finding::ok("configuration", detail)
}

fn editor(settings: &Settings, environment: &Environment) -> Finding {
    match Editor::find(settings, environment) {
        Ok(editor) => Finding::ok("editor", format!("{} ({})", editor.program.display(), editor.chosen_by)),
        Err(error) => Finding::warning("editor", error.to_string())
            .hint("`dxpulse config set editor nano`, or any editor that is installed, to write long answers in it"),
    }
}

/// Says where answers go where a webhook is set, and whether they can be signed.
fn webhook(settings: &Settings) -> Option<Finding> {
    let address = settings.webhook()?;
    Some(match Context::webhook_trouble(settings) {
        None => {
            let words = if settings.webhook_comments.value { ", own words too" } else { "" };
            Finding::ok("webhook", format!("answers go to {address}{words}; confidential, not anonymous"))
        }
        Some((trouble, error)) => Finding::warning("webhook", trouble).hint(error.hint()),
    })
}

fn opt_out(settings: &Settings, problems: &[Problem]) -> Finding {
    match settings.opt_out.value {
        true => Finding::ok("opt-out", format!("on: nothing asks you on its own ({})", settings.opt_out.origin)),
        false if problems.is_empty() => {
            Finding::ok("opt-out", "off; DO_NOT_TRACK=1 or `dxpulse config set opt_out true` turns it on")
        }
        false => {
            Finding::warning("opt-out", "not known while the settings have mistakes; nothing asks you on its own until then")
        }
    }
}
