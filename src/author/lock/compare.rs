//! What a survey changes against its lock, and what its author has yet to say of it.

use std::ops::Range;

use super::{Difference, Lock, Locked};
use crate::survey::{Kind, Question, QuestionId, Survey};

/// Something about a survey that its lock makes worth telling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The finding's stable name in kebab case, one of [`CODES`](super::CODES).
    pub code: &'static str,
    /// The question, where it is about one; for items of an instrument that change together, the instrument.
    pub question: Option<QuestionId>,
    /// What is wrong, a lower-case fragment.
    pub message: String,
    /// What to do next.
    pub help: String,
    /// The place in the survey's file, in bytes; empty and at its start where none is known.
    pub place: Range<usize>,
    /// Whether the survey can't be locked before it is settled.
    pub keeps_from_locking: bool,
}

/// Compares a survey with its lock: the survey as a whole, then its questions in order, then those that are gone.
pub fn compare(survey: &Survey, lock: &Lock) -> Vec<Finding> {
    if survey.id != lock.survey {
        return vec![another_survey(survey, lock)];
    }
    let mut findings: Vec<Finding> = version_not_raised(survey, lock).into_iter().collect();
    findings.extend(survey.questions.iter().filter_map(|question| question_against(question, survey, lock)));
    findings.extend(lock.present().filter_map(|locked| removed(locked, survey, lock)));
    // The items of an instrument change together, and their author can say one thing of them all.
    findings.dedup();
    lock_behind(survey, lock, &findings).into_iter().chain(findings).collect()
}

fn another_survey(survey: &Survey, lock: &Lock) -> Finding {
    Finding {
        message: format!("the lock beside it is that of {}, and the survey is {} now", lock.survey, survey.id),
        help: format!("write id = \"{}\": a survey keeps its id; for another survey, delete the lock", lock.survey),
        ..finding("another-survey", None)
    }
}

fn version_not_raised(survey: &Survey, lock: &Lock) -> Option<Finding> {
    let is_lower = survey.version < lock.version;
    if !is_lower && (survey.version > lock.version || !has_changed(survey, lock)) {
        return None;
    }
    let message = match is_lower {
        true => format!("the version is {}, below that of its lock, {}", survey.version, lock.version),
        false => format!("the survey changed, and its version is still {}", survey.version),
    };
    Some(Finding { message, help: format!("write version = {}", lock.version + 1), ..finding("version-not-raised", None) })
}

/// A lock that isn't renewed never learns what is said of this version; a trend alone may be left over, all else comes first.
fn lock_behind(survey: &Survey, lock: &Lock, told: &[Finding]) -> Option<Finding> {
    if told.iter().any(|found| found.code != "unused-trend") || super::lock(survey, Some(lock)).questions == lock.questions {
        return None;
    }
    let version = survey.version;
    let message = format!("the lock beside it is behind: it doesn't know all that version {version} says");
    let help = format!("renew it once version {version} is as it will be asked: dxpulse survey lint --lock");
    Some(Finding { message, help, keeps_from_locking: false, ..finding("lock-behind", None) })
}

/// Says whether other questions are asked, in another order, or in other words.
fn has_changed(survey: &Survey, lock: &Lock) -> bool {
    let now = survey.questions.iter().map(|question| &question.id);
    let before = lock.present().map(|locked| &locked.id);
    let differs =
        |question: &Question| lock.question(&question.id).is_none_or(|locked| locked.difference(survey, question).is_some());
    now.ne(before) || survey.questions.iter().any(differs)
}

fn question_against(question: &Question, survey: &Survey, lock: &Lock) -> Option<Finding> {
    if let Some(found) = other_instrument(question, lock).or_else(|| became_another(question, lock)) {
        return Some(found);
    }
    let Some(locked) = lock.question(&question.id) else { return unused_trend(question, survey, lock) };
    let (name, version) = (name(question), lock.version);
    let message = match locked.difference(survey, question) {
        None => return unused_trend(question, survey, lock),
        Some(Difference::Type) => return Some(reused_id(question, locked)),
        // A note has no trend.
        Some(_) if question.trend.is_some() || question.kind == Kind::Note => return None,
        Some(Difference::Asked) => format!("`{name}` asks something else than in version {version}"),
        Some(Difference::Translations(languages)) => {
            format!("`{name}` asks something else in {} than in version {version}", languages.join(", "))
        }
    };
    let help = match question.item {
        Some(_) => {
            "add trend = \"continue\" where the same object is called something else, or trend = \"break\" where it is another one"
        }
        None => "add trend = \"continue\" where a slip was mended, or trend = \"break\" where the trend begins anew",
    };
    Some(Finding { message, help: help.to_owned(), ..finding("changed-item", Some(question)) })
}

/// Gives the name an author knows a question by: for an item, that of its instrument.
fn name(question: &Question) -> &QuestionId {
    question.item.as_ref().map_or(&question.id, |item| &item.of)
}

fn reused_id(question: &Question, locked: &Locked) -> Finding {
    let (id, now) = (&question.id, question.kind.name());
    Finding {
        message: format!("`{id}` was a question of type `{}`, and is `{now}` now", locked.kind),
        help: "give it an id of its own: answers to both would stand in one column".to_owned(),
        ..finding("reused-id", Some(question))
    }
}

/// The name of an instrument is that of its score, which stays what it was also where some of the items are asked in the same words.
fn other_instrument(question: &Question, lock: &Lock) -> Option<Finding> {
    let item = question.item.as_ref()?;
    let (of, now) = (&item.of, item.instrument.name());
    let before = lock.instrument(of).filter(|before| *before != now)?;
    Some(Finding {
        message: format!("`{of}` was the instrument `{before}`, and is `{now}` now"),
        help: "give it an id of its own: the scores of both would stand in one column".to_owned(),
        ..finding("reused-id", Some(question))
    })
}

/// An id is that of a question or of an instrument, and never of one after the other.
fn became_another(question: &Question, lock: &Lock) -> Option<Finding> {
    let id = name(question);
    let (before, now) = match (&question.item, lock.instrument(id), lock.question(id)) {
        (None, Some(before), None) => {
            (format!("the instrument `{before}`"), format!("a question of type `{}`", question.kind.name()))
        }
        (Some(item), _, Some(before)) => {
            (format!("a question of type `{}`", before.kind), format!("the instrument `{}`", item.instrument.name()))
        }
        _ => return None,
    };
    Some(Finding {
        message: format!("`{id}` was {before}, and is {now} now"),
        help: "give it an id of its own: it would be taken for what it was".to_owned(),
        ..finding("reused-id", Some(question))
    })
}

/// A trend says something of the version that brings a change; after that it is a leftover.
fn unused_trend(question: &Question, survey: &Survey, lock: &Lock) -> Option<Finding> {
    question.trend?;
    let said = |locked: &Locked| locked.changes.iter().any(|said| said.version == survey.version);
    let needs_it =
        |other: &Question| lock.question(&other.id).is_some_and(|known| said(known) || known.difference(survey, other).is_some());
    if survey.questions.iter().any(|other| shares_trend(question, other) && needs_it(other)) {
        return None;
    }
    let message = match lock.question(&question.id) {
        Some(_) => format!("`{}` has a `trend`, and did not change", name(question)),
        None => format!("`{}` has a `trend`, and is new", name(question)),
    };
    let help = "take `trend` out: what was said of earlier changes is in the lock".to_owned();
    Some(Finding { message, help, ..finding("unused-trend", Some(question)) })
}

/// Says whether the same word of the author speaks of both: the items of an instrument have one.
fn shares_trend(one: &Question, other: &Question) -> bool {
    match (&one.item, &other.item) {
        (Some(one), Some(other)) => one.of == other.of,
        _ => one.id == other.id,
    }
}

fn removed(locked: &Locked, survey: &Survey, lock: &Lock) -> Option<Finding> {
    if survey.question(&locked.id).is_some() || locked.kind == Kind::Note.name() {
        return None;
    }
    let items = || survey.questions.iter().filter_map(|question| question.item.as_ref());
    let id = locked.name_once_gone(|instrument| items().any(|item| item.of == *instrument));
    if survey.questions.iter().any(|question| name(question) == id) {
        return None;
    }
    let is_new = |question: &&Question| lock.question(&question.id).is_none();
    let same = survey.questions.iter().filter(is_new).find(|question| is_same(question, locked));
    if let Some(question) = same {
        let message = format!("`{id}` is called `{}` now", name(question));
        let help = format!("write id = \"{id}\" again: a question keeps its id, or its trend ends");
        return Some(Finding { message, help, ..finding("renamed-item", Some(question)) });
    }
    let message = format!("`{id}` is gone, and was asked up to version {}", lock.version);
    let help = "its trend ends with the next lock; keep the question, or lock the survey without it".to_owned();
    let found = finding("removed-item", None);
    Some(Finding { message, help, question: Some(id.clone()), keeps_from_locking: false, ..found })
}

/// Says whether a question under another id is what was locked; instruments share items, and aren't one another's.
fn is_same(question: &Question, locked: &Locked) -> bool {
    let is_of_another = |before: &String| question.item.as_ref().is_some_and(|item| item.instrument.name() != before);
    question.hash() == locked.hash && !locked.instrument.as_ref().is_some_and(is_of_another)
}

fn finding(code: &'static str, question: Option<&Question>) -> Finding {
    Finding {
        code,
        question: question.map(name).cloned(),
        message: String::new(),
        help: String::new(),
        place: question.map_or(0..0, |question| question.text.place()),
        keeps_from_locking: true,
    }
}

#[cfg(test)]
mod tests;
