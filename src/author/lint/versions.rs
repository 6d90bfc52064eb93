//! What a survey's lock asks of it, as findings in the survey's file, and the lock that it may have next.

use std::ops::Range;

use super::Finding;
use super::keys::of_question;
use crate::author::lock::{self, Lock, compare};
use crate::survey::Survey;
use crate::survey::parse::{self, place};

/// Gives what the author has yet to say of a survey's changes.
pub(super) fn findings(source: &str, survey: &Survey, lock: &Lock) -> Vec<Finding> {
    let finding = |found: lock::Finding| Finding::error(found.code, place_of(source, survey, &found), found.message, found.help);
    compare(survey, lock).into_iter().map(finding).collect()
}

/// Gives the lock of what stands in a file now; none while an error keeps it from being locked.
pub fn renewed(source: &str, old: Option<&Lock>) -> Option<Lock> {
    let survey = parse::parse(source).ok()?;
    let is_kept = old.is_some_and(|old| compare(&survey, old).iter().any(|found| found.keeps_from_locking));
    (!is_kept).then(|| lock::lock(&survey, old))
}

/// Gives the place of a finding: the key it is about, else its question, else the title.
fn place_of(source: &str, survey: &Survey, found: &lock::Finding) -> Range<usize> {
    let key = match found.code {
        "version-not-raised" | "lock-behind" => place(source, "version").or_else(|| place(source, "id")),
        "another-survey" => place(source, "id"),
        "unused-trend" => of_question(source, found.place.start, "trend"),
        "renamed-item" => of_question(source, found.place.start, "id"),
        "reused-id" => ["type", "instrument"].iter().find_map(|key| of_question(source, found.place.start, key)),
        _ => None,
    };
    match key {
        Some(place) => place,
        None if found.place.is_empty() => survey.title.place(),
        None => found.place.clone(),
    }
}
