//! In which situations a survey is asked: patterns, events, places, and how rarely.

use std::ops::RangeInclusive;

use super::findings::Findings;
use super::table::{Entry, Table};
use super::uses::FirstUses;
use super::visible::quote;
use super::{keys, known, text};
use crate::survey::trigger::{ExitStatus, Trigger};

/// The greatest number of patterns under one key.
pub(super) const MOST_PATTERNS: usize = 50;
/// The longest time a command is asked to have run: a day.
pub(super) const MOST_SECONDS: i64 = 86_400;
/// At which use a survey may be asked.
pub(super) const USES: RangeInclusive<i64> = 1..=10_000;
/// The days that may lie between two prompts.
pub(super) const COOLDOWN_DAYS: RangeInclusive<i64> = 0..=3_650;
/// How often a survey may be prompted for.
pub(super) const PROMPTS: RangeInclusive<i64> = 1..=100;
/// The days after the first start in which a survey may not be asked.
pub(super) const GRACE_DAYS: RangeInclusive<i64> = 0..=365;

/// What gives a survey its occasion.
pub(super) const OCCASIONS: [&str; 4] = ["command", "event", "directory", "repository"];

/// What is said of a command, and so needs one.
pub(super) const OF_COMMANDS: [&str; 3] = ["exit_status", "min_duration_s", "first_success"];

/// Reads in which situations a survey is asked.
pub(super) fn read(survey: &Table<'_>, findings: &mut Findings<'_>) -> Option<Trigger> {
    let table = survey.get("trigger")?.table("trigger", "write [trigger] with one bracket on each side", findings)?;
    keys::check_block(&table, known::TRIGGER, findings);
    report_no_occasion(&table, findings);
    report_without_command(&table, findings);
    let exit_status = table.get("exit_status").and_then(|entry| entry.word(known::EXIT_STATUS, findings));
    let exit_status = exit_status.map_or(ExitStatus::Any, |at| [ExitStatus::Any, ExitStatus::Success, ExitStatus::Failure][at]);
    Some(Trigger {
        commands: patterns(&table, "command", "deployctl *", findings),
        events: events(&table, findings),
        exit_status,
        min_duration_s: whole(&table, "min_duration_s", 0..=MOST_SECONDS, findings).unwrap_or(0),
        sample: table.get("sample").and_then(|entry| sample(&entry, findings)),
        nth_use: whole(&table, "nth_use", USES, findings),
        first_success: table.get("first_success").and_then(|entry| entry.flag(findings)).unwrap_or(false),
        directories: patterns(&table, "directory", "~/work/*", findings),
        repositories: patterns(&table, "repository", "github.com/acme/*", findings),
        cooldown_days: whole(&table, "cooldown_days", COOLDOWN_DAYS, findings),
        most_prompts: whole(&table, "most_prompts", PROMPTS, findings),
    })
}

/// Reads the days after the first start in which a survey isn't asked.
pub(super) fn grace_days(survey: &Table<'_>, findings: &mut Findings<'_>) -> Option<u32> {
    whole(survey, "grace_days", GRACE_DAYS, findings)
}

fn whole(table: &Table<'_>, key: &str, bounds: RangeInclusive<i64>, findings: &mut Findings<'_>) -> Option<u32> {
    table.get(key).and_then(|entry| entry.whole(bounds, findings)).and_then(|number| u32::try_from(number).ok())
}

fn report_no_occasion(table: &Table<'_>, findings: &mut Findings<'_>) {
    let is_there = |key: &&str| table.get(key).is_some() || table.has_misspelt(key);
    if !OCCASIONS.iter().any(is_there) {
        let help = "add a line such as command = [\"deployctl *\"] or event = [\"deploy.finished\"]";
        findings.report("no-occasion", table.span.clone(), "the trigger names no command, event, directory or repository", help);
    }
}

/// Reports what is said of a command where there is none.
fn report_without_command(table: &Table<'_>, findings: &mut Findings<'_>) {
    if table.get("command").is_some() || table.has_misspelt("command") {
        return;
    }
    for key in OF_COMMANDS {
        let Some(entry) = table.get(key) else { continue };
        let message = format!("`{key}` is about a command, and the trigger has none");
        let help = format!("add a line such as command = [\"deployctl *\"], or take `{key}` out");
        findings.report("needs-command", entry.key_span, message, help);
    }
}

fn patterns(table: &Table<'_>, key: &str, example: &str, findings: &mut Findings<'_>) -> Vec<String> {
    list(table, key, example, findings, |element, findings| element.words(text::PATTERN, findings))
}

fn events(table: &Table<'_>, findings: &mut Findings<'_>) -> Vec<String> {
    list(table, "event", "deploy.finished", findings, |element, findings| {
        let name = element.name("an event", "deploy.finished", findings)?;
        Some(name.as_str().to_owned())
    })
}

/// Reads an array of at least one text, each different.
fn list(
    table: &Table<'_>,
    key: &str,
    example: &str,
    findings: &mut Findings<'_>,
    read: fn(&Entry<'_>, &mut Findings<'_>) -> Option<String>,
) -> Vec<String> {
    let Some(entry) = table.get(key) else { return Vec::new() };
    let help = format!("write {key} = [\"{example}\"]");
    let elements = entry.elements(&help, findings);
    if entry.value.as_array().is_some_and(|array| array.is_empty()) {
        findings.report("too-few-patterns", entry.span.clone(), format!("`{key}` is empty"), &help);
    }
    if let Some(excess) = elements.get(MOST_PATTERNS) {
        let message = format!("`{key}` has {} elements, at most {MOST_PATTERNS} fit", elements.len());
        findings.report("too-many-patterns", excess.span.clone(), message, "write * for the part in which they differ");
    }
    let mut uses = FirstUses::new();
    let mut all = Vec::new();
    for element in elements.iter().take(MOST_PATTERNS) {
        let Some(read) = read(element, findings) else { continue };
        if let Some(first) = uses.take(read.clone(), &element.span) {
            let message = format!("{} stands here twice", quote(&read));
            let reported = findings.report("duplicate-value", element.span.clone(), message, "keep one of them");
            reported.related("it stands first here", first);
            continue;
        }
        all.push(read);
    }
    all
}

fn sample(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<f64> {
    let share = entry.number(findings)?;
    if (0.0..=1.0).contains(&share) {
        return Some(share);
    }
    let message = format!("`sample` must be 0 to 1, not {}", entry.quoted(findings));
    let help = if (1.0..=100.0).contains(&share) {
        format!("write a share: sample = {} for {share} in a hundred people", share / 100.0)
    } else {
        "write the share of people who are asked: sample = 0.25 for a quarter".to_owned()
    };
    findings.report("out-of-range", entry.span.clone(), message, help);
    None
}
