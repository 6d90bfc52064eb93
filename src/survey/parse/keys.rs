//! Keys that don't belong: unknown ones, and those of another type or place.

use std::ops::Range;

use super::findings::Findings;
use super::known;
use super::table::Table;
use super::visible::quote;
use crate::survey::nearest::{listed, meant, nearest};

/// Checks the keys of a question; its type is `None` where that is unknown, and then no key is of another type.
pub(super) fn check_question(table: &Table<'_>, kind: Option<&str>, findings: &mut Findings<'_>) {
    for (key, span) in table.keys() {
        let types = known::BY_TYPE.iter().find(|(name, _)| *name == key).map(|(_, types)| *types);
        match (types, kind) {
            (Some(types), Some(kind)) if !types.contains(&kind) => report_other_type(key, span, kind, types, findings),
            (Some(_), _) => {}
            (None, _) if known::QUESTION.contains(&key) => {}
            (None, _) if known::SURVEY.contains(&key) && !["question", "title"].contains(&key) => {
                report_survey_key(key, span, findings);
            }
            (None, _) => {
                // A slip in a key of another type is told as the slip it is.
                let (own, all) = (question_keys(kind), question_keys(None));
                let is_slip = |keys: &[&str]| nearest(key, keys.iter().copied(), known::OTHER_KEYS).is_some();
                report_unknown((key, span), if !is_slip(&own) && is_slip(&all) { &all } else { &own }, findings);
            }
        }
    }
}

/// Checks the keys of a table whose keys are always the same.
pub(super) fn check(table: &Table<'_>, keys: &[&str], findings: &mut Findings<'_>) {
    for (key, span) in table.keys().filter(|(key, _)| !keys.contains(key)) {
        report_unknown((key, span), keys, findings);
    }
}

/// Checks the keys of a block above the questions, where a key of the survey ends up when it stands below the block's header.
pub(super) fn check_block(table: &Table<'_>, keys: &[&str], findings: &mut Findings<'_>) {
    for (key, span) in table.keys().filter(|(key, _)| !keys.contains(key)) {
        if known::SURVEY.contains(&key) {
            let message = format!("`{key}` belongs to the survey, and here it stands in the {}", table.name);
            findings.report("misplaced-key", span, message, "move it above the first line that starts with [");
        } else {
            report_unknown((key, span), keys, findings);
        }
    }
}

/// Reports a key that isn't known in a table with these keys.
pub(super) fn report_unknown((key, span): (&str, Range<usize>), keys: &[&str], findings: &mut Findings<'_>) {
    if findings.is_full() {
        return;
    }
    let help = meant(key, keys.iter().copied(), known::OTHER_KEYS);
    let help = help.unwrap_or_else(|| format!("the keys here are {}", listed(keys, "and")));
    findings.report("unknown-key", span, format!("unknown key {}", quote(key)), help);
}

/// Reports a key of the survey that stands in a question.
pub(super) fn report_survey_key(key: &str, span: Range<usize>, findings: &mut Findings<'_>) {
    let message = format!("`{key}` belongs to the survey, and here it stands in a question");
    findings.report("misplaced-key", span, message, "move it above the first [[question]]");
}

fn report_other_type(key: &str, span: Range<usize>, kind: &str, types: &[&str], findings: &mut Findings<'_>) {
    let message = match (kind, key) {
        ("note", _) => format!("`{key}` belongs to questions, and a `note` takes no answer"),
        ("nps", "points" | "labels") => format!("`{key}` belongs to {}; `nps` is always 0 to 10", listed(types, "and")),
        ("csat", "points") => format!("`points` belongs to {}; `csat` is always 1 to 5", listed(types, "and")),
        ("ces", "points") => format!("`points` belongs to {}; `ces` is always 1 to 7", listed(types, "and")),
        _ => format!("`{key}` belongs to {}, not to `{kind}`", listed(types, "and")),
    };
    findings.report("key-of-another-type", span, message, format!("take `{key}` out, or change the type"));
}

fn question_keys(kind: Option<&str>) -> Vec<&'static str> {
    let own = known::BY_TYPE.iter().filter(|(_, types)| kind.is_none_or(|kind| types.contains(&kind))).map(|(key, _)| *key);
    let (first, last) = known::QUESTION.split_at(3);
    first.iter().copied().chain(own).chain(last.iter().copied()).collect()
}
