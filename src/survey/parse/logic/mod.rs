//! What decides who is asked what: conditions, constraints, jumps, groups, variants, orders.
//!
//! Here they are read; [`check`] then looks at all of them together, since most mistakes lie between two questions.

mod blocks;
mod check;
mod checker;
mod comparing;
mod constant;
mod domain;
mod flowing;
mod names;
mod pipes;
mod sites;
#[cfg(test)]
mod tests;
mod types;

pub(super) use blocks::{MOST_SHARE, groups, variants, waivers};
pub(super) use names::Lowered;
pub(super) use pipes::report_misplaced;

use super::findings::Findings;
use super::table::{Entry, Table};
use super::text::{LABEL, QUESTION};
use super::visible::quote;
use super::{keys, known};
use crate::survey::condition::MOST_BYTES;
use crate::survey::{
    Condition, Constraint, Group, Jump, Kind, Name, Question, QuestionId, Randomise, Target, Trend, Variant, Wording,
};
use names::Whole;

/// Looks at all of the logic together.
pub(super) fn check(lowered: &[Lowered<'_>], groups: &[Group], variants: &[Variant], findings: &mut Findings<'_>) {
    check::report(&Whole { lowered, groups, variants }, findings);
}

/// Reads what a question has of logic, order and versions into it.
pub(super) fn read(table: &Table<'_>, question: &mut Question, findings: &mut Findings<'_>) {
    question.show_if = show_if(table, findings);
    question.group = group(table, findings);
    question.pin = flag(table, "pin", findings);
    question.jumps = jumps(table, findings);
    question.wordings = wordings(table, findings);
    question.waivers = waivers(table, findings);
    question.trend = trend(table, findings);
    if question.kind != Kind::Note {
        question.constraint = table.get("constraint").and_then(|entry| constraint(&entry, findings));
        question.demographic = flag(table, "demographic", findings);
        question.randomise = randomise(table, question, findings);
    }
}

/// Reads the condition under which something is shown.
pub(super) fn show_if(table: &Table<'_>, findings: &mut Findings<'_>) -> Option<Condition> {
    table.get("show_if").and_then(|entry| condition(&entry, findings))
}

/// Reads a condition; whether its names and types are right is told later.
pub(super) fn condition(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<Condition> {
    let source = entry.string(findings)?;
    match Condition::new(source) {
        Ok(condition) => Some(condition.at(entry.span.clone())),
        Err(problem) => {
            let start = findings.slice(&entry.span).find(source).map_or(entry.span.start, |offset| entry.span.start + offset);
            let at = (start + problem.at).min(entry.span.end);
            let (at, message) = match () {
                () if source.trim().is_empty() => (entry.span.clone(), "the condition is empty".to_owned()),
                () if problem.message.contains("has() macro") => {
                    (at..at, "has() takes a row of a matrix, such as has(parts.ci)".to_owned())
                }
                () => (at..at, format!("no condition: {}", problem.message)),
            };
            findings.report("invalid-condition", at, message, condition_help(source));
            None
        }
    }
}

/// Tells what to write instead of what other languages have.
fn condition_help(source: &str) -> &'static str {
    let has_word = |word: &str| source.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
    match () {
        () if source.len() > MOST_BYTES => "ask a simpler one, or put part of it into a group",
        () if source.trim().is_empty() => "write a comparison such as nps <= 6, or take the condition out",
        () if source.contains("has(") => "write answered(nps) to ask whether a question has an answer",
        () if has_word("and") || has_word("or") || has_word("not") => "write && for and, || for or, ! for not",
        () if source.contains('=') && !["==", "!=", "<=", ">="].iter().any(|sign| source.contains(sign)) => {
            "write == to compare, such as nps == 10"
        }
        () => "write a comparison such as nps <= 6, or several joined by && and ||",
    }
}

fn constraint(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<Constraint> {
    const HELP: &str = "write constraint = { must = \"hours <= 40\", message = \"…\" }";
    let table = entry.table("constraint", HELP, findings)?;
    keys::check(&table, known::CONSTRAINT, findings);
    let must = table.need("must", HELP, findings).and_then(|entry| condition(&entry, findings));
    let message = table.need("message", "add what the respondent reads when it isn't so", findings);
    let message = message.and_then(|entry| entry.text(LABEL, findings));
    Some(Constraint { must: must?, message: message? })
}

fn jumps(table: &Table<'_>, findings: &mut Findings<'_>) -> Vec<Jump> {
    const HELP: &str = "write jump = [{ if = \"nps >= 9\", to = \"praise\" }]";
    let Some(entry) = table.get("jump") else { return Vec::new() };
    let tables = entry.tables("jump", HELP, findings);
    tables.iter().filter_map(|table| jump(table, HELP, findings)).collect()
}

fn jump(table: &Table<'_>, help: &str, findings: &mut Findings<'_>) -> Option<Jump> {
    keys::check(table, known::JUMP, findings);
    let condition = table.get("if").map(|entry| condition(&entry, findings));
    let entry = table.need("to", help, findings)?;
    let written = entry.string(findings)?;
    let to = match (written, QuestionId::new(written)) {
        ("end", _) => Target::End,
        (_, Some(id)) => Target::Question(id),
        _ => {
            let help = "write the id of a later question, or \"end\"";
            findings.report("unknown-jump-target", entry.span.clone(), format!("{} names no question", quote(written)), help);
            return None;
        }
    };
    match condition {
        Some(None) => None,
        condition => Some(Jump { condition: condition.flatten(), to, place: entry.span.into() }),
    }
}

fn wordings(table: &Table<'_>, findings: &mut Findings<'_>) -> Vec<Wording> {
    const HELP: &str = "write variants = [{ variant = \"wording\", arm = \"b\", text = \"…\" }]";
    let Some(entry) = table.get("variants") else { return Vec::new() };
    let read = |table: &Table<'_>, findings: &mut Findings<'_>| {
        keys::check(table, known::WORDING, findings);
        let place = table.get("variant").map_or(table.span.clone(), |entry| entry.span);
        let variant = table.need("variant", HELP, findings).and_then(|entry| entry.name("a variant", "wording", findings));
        let arm = table.need("arm", HELP, findings).and_then(|entry| entry.name("an arm", "b", findings));
        let text = table.get("text").and_then(|entry| entry.text(QUESTION, findings));
        let help = table.get("help").and_then(|entry| entry.text(QUESTION, findings));
        if table.get("text").is_none() && table.get("help").is_none() {
            findings.report("missing-key", table.span.clone(), "these words for an arm have neither `text` nor `help`", HELP);
        }
        Some(Wording { variant: variant?, arm: arm?, text, help, place: place.into() })
    };
    entry.tables("variant's words", HELP, findings).iter().filter_map(|table| read(table, findings)).collect()
}

/// Reads what a change means for the trend.
pub(super) fn trend(table: &Table<'_>, findings: &mut Findings<'_>) -> Option<Trend> {
    let word = table.get("trend")?.word(known::TREND, findings)?;
    Some(if word == 0 { Trend::Continue } else { Trend::Break })
}

fn randomise(table: &Table<'_>, question: &Question, findings: &mut Findings<'_>) -> Option<Randomise> {
    let entry = table.get("randomise")?;
    let randomise = if entry.word(known::RANDOMISE, findings)? == 0 { Randomise::Shuffle } else { Randomise::Reverse };
    let (allowed, why) = match (&question.kind, randomise) {
        (Kind::Scale { .. }, Randomise::Shuffle) => {
            (false, "the points of a scale have an order; write \"reverse\" to turn it round")
        }
        (Kind::Multi { .. } | Kind::Ranking { .. } | Kind::Matrix { .. }, Randomise::Reverse) => {
            (false, "these have no order to turn round; write \"shuffle\"")
        }
        _ => (true, ""),
    };
    if !allowed {
        let message = format!("`{}` can't be randomised this way", question.kind.name());
        findings.report("wrong-randomise", entry.span.clone(), message, why);
    }
    allowed.then_some(randomise)
}

pub(super) fn flag(table: &Table<'_>, key: &str, findings: &mut Findings<'_>) -> bool {
    table.get(key).and_then(|entry| entry.flag(findings)).unwrap_or(false)
}

/// Reads the name of the group that something is in.
pub(super) fn group(table: &Table<'_>, findings: &mut Findings<'_>) -> Option<Name> {
    table.get("group").and_then(|entry| entry.name("a group", "deploys", findings))
}
