//! What a survey asked when its version was locked, so that no question changes unnoticed.
//!
//! A lock stands beside its survey (see [`crate::author::lockfile`]). It holds a hash of every question and what the author
//! said of each change: whether answers before and after are compared. Pure: it reads no file and knows no survey's wording.
//!
//! ```text
//! survey ──┐
//!          ├── compare ── findings ── none that keeps from locking ── lock ── the new lock
//! lock ────┘
//! ```

mod compare;
mod text;

use std::collections::BTreeMap;

pub use compare::{Finding, compare};
pub use text::{read, write};

use crate::survey::{Kind, Question, QuestionId, Survey, SurveyId, Trend};

/// The code of every finding about a lock, in alphabetical order.
pub const CODES: &[&str] = &[
    "another-survey",
    "changed-item",
    "lock-behind",
    "removed-item",
    "renamed-item",
    "reused-id",
    "unreadable-lock",
    "unused-trend",
    "version-not-raised",
];

/// What a survey asked when its version was last locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// The survey.
    pub survey: SurveyId,
    /// The version that was locked.
    pub version: u32,
    /// The questions in the survey's order, then those it no longer has.
    pub questions: Vec<Locked>,
}

/// One question as it was locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locked {
    /// The question.
    pub id: QuestionId,
    /// The instrument that it is an item of, by the name the author gave the whole.
    pub item_of: Option<QuestionId>,
    /// That instrument, as an author writes it.
    pub instrument: Option<String>,
    /// Its type, as an author writes it.
    pub kind: String,
    /// The version that had it first.
    pub since: u32,
    /// The first version without it, where it is gone.
    pub removed: Option<u32>,
    /// What [`Question::hash`] gave.
    pub hash: String,
    /// What [`Question::hash_in`] gave for each language of [`Survey::translations_of`] it.
    pub translations: BTreeMap<String, String>,
    /// What the author said of each change, oldest first.
    pub changes: Vec<Said>,
}

/// What the author said of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The version that brought the change.
    pub version: u32,
    /// Whether answers before and after it are compared.
    pub trend: Trend,
    /// The hash before the change; the same as after it where a translation changed.
    pub from: String,
}

/// In which way a question differs from what was locked.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Difference {
    /// It is of another type.
    Type,
    /// It asks something else in the survey's own language.
    Asked,
    /// It asks something else in these languages alone.
    Translations(Vec<String>),
}

impl Lock {
    /// Finds a question, also one that is gone.
    pub fn question(&self, id: &QuestionId) -> Option<&Locked> {
        self.questions.iter().find(|locked| locked.id == *id)
    }

    /// Gives what an author said of all changes of a question of a survey after a version taken together; `None` where one isn't settled.
    ///
    /// What the question itself says counts for the survey's own version, for a change that isn't locked yet, and where the lock
    /// knows of none.
    pub fn trend_since(&self, survey: &Survey, question: &Question, version: u32) -> Option<Trend> {
        let Some(locked) = self.question(&question.id) else { return question.trend };
        let later = locked.changes.iter().filter(|said| said.version > version);
        let own = |said: &Said| question.trend.filter(|_| said.version == survey.version);
        let mut said: Vec<Option<Trend>> = later.map(|said| own(said).or(Some(said.trend))).collect();
        if said.is_empty() || locked.difference(survey, question).is_some() {
            said.push(question.trend);
        }
        let breaks = said.contains(&Some(Trend::Break));
        if breaks || said.contains(&None) { breaks.then_some(Trend::Break) } else { Some(Trend::Continue) }
    }

    /// Gives the questions whose trends end with this lock, and didn't with an earlier one; an instrument as a whole.
    pub fn ended_since(&self, earlier: &Lock) -> Vec<&QuestionId> {
        let was_there = |locked: &&Locked| earlier.question(&locked.id).is_some_and(|before| before.removed.is_none());
        let gone = self.questions.iter().filter(|locked| locked.removed.is_some() && locked.kind != Kind::Note.name());
        let is_asked = |instrument: &QuestionId| self.present().any(|locked| locked.item_of.as_ref() == Some(instrument));
        let mut names: Vec<&QuestionId> = gone.filter(was_there).map(|locked| locked.name_once_gone(is_asked)).collect();
        names.dedup();
        names
    }

    /// Gives the instrument that an author gave this name, also one that is gone.
    fn instrument(&self, name: &QuestionId) -> Option<&str> {
        let mut items = self.questions.iter().filter(|locked| locked.item_of.as_ref() == Some(name));
        items.find_map(|locked| locked.instrument.as_deref())
    }

    fn present(&self) -> impl Iterator<Item = &Locked> {
        self.questions.iter().filter(|locked| locked.removed.is_none())
    }
}

impl Locked {
    fn new(survey: &Survey, question: &Question) -> Self {
        Self {
            id: question.id.clone(),
            item_of: question.item.as_ref().map(|item| item.of.clone()),
            instrument: question.item.as_ref().map(|item| item.instrument.name().to_owned()),
            kind: question.kind.name().to_owned(),
            since: survey.version,
            removed: None,
            hash: question.hash(),
            translations: translations(survey, question),
            changes: Vec::new(),
        }
    }

    /// Gives the name that the author knew the question by; an item has one of its own where others of its instrument are asked still.
    fn name_once_gone(&self, is_asked: impl Fn(&QuestionId) -> bool) -> &QuestionId {
        self.item_of.as_ref().filter(|instrument| !is_asked(instrument)).unwrap_or(&self.id)
    }

    /// Says how a question of the same id differs; a language that only one of the two has is no difference.
    fn difference(&self, survey: &Survey, question: &Question) -> Option<Difference> {
        if self.kind != question.kind.name() {
            return Some(Difference::Type);
        }
        if self.hash != question.hash() {
            return Some(Difference::Asked);
        }
        let now = translations(survey, question);
        let differs = |(language, hash): &(&String, &String)| now.get(*language).is_some_and(|now| now != *hash);
        let languages: Vec<String> = self.translations.iter().filter(differs).map(|(language, _)| language.clone()).collect();
        (!languages.is_empty()).then_some(Difference::Translations(languages))
    }

    /// Adds what the author says of a change; of two changes in one version the last word counts.
    fn say(&mut self, said: Said) {
        match self.changes.iter_mut().find(|known| known.version == said.version) {
            Some(known) => known.trend = said.trend,
            None => self.changes.push(said),
        }
    }
}

/// Locks a survey, with what the old lock knows of earlier versions.
///
/// Where a question changed and the author says nothing of its trend, it begins anew: [`compare`] tells that before.
pub fn lock(survey: &Survey, old: Option<&Lock>) -> Lock {
    let one = |question: &Question| {
        let fresh = Locked::new(survey, question);
        let Some(before) = old.and_then(|old| old.question(&question.id)) else { return fresh };
        let mut locked = Locked { since: before.since, changes: before.changes.clone(), ..fresh };
        let said_now = before.changes.iter().any(|said| said.version == survey.version);
        if before.difference(survey, question).is_some() || (said_now && question.trend.is_some()) {
            let trend = question.trend.unwrap_or(Trend::Break);
            locked.say(Said { version: survey.version, trend, from: before.hash.clone() });
        }
        locked
    };
    let mut questions: Vec<Locked> = survey.questions.iter().map(one).collect();
    let gone = old.into_iter().flat_map(|old| &old.questions).filter(|locked| survey.question(&locked.id).is_none());
    questions.extend(gone.map(|locked| Locked { removed: locked.removed.or(Some(survey.version)), ..locked.clone() }));
    Lock { survey: survey.id.clone(), version: survey.version, questions }
}

fn translations(survey: &Survey, question: &Question) -> BTreeMap<String, String> {
    survey.translations_of(question).map(|language| (language.to_owned(), question.hash_in(language))).collect()
}
