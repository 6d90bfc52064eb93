//! What was published, kept for all that is published later.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::table::Cell;

/// Everything that was ever published; whoever decides anew must have all of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// Each cell that was shown, in the order of publication.
    pub published: Vec<Published>,
    /// Comments that were shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comments>,
}

/// The comments of a wave on one question, as they were shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comments {
    /// The survey's id.
    pub survey: String,
    /// The wave.
    pub wave: String,
    /// The question.
    pub question: String,
    /// How many there were.
    pub count: u64,
    /// The SHA-256 of all of them in alphabetical order, each behind its length, in hexadecimal.
    pub hash: String,
}

/// One cell as it was shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Published {
    /// The survey's id.
    pub survey: String,
    /// The variable's name.
    pub question: String,
    /// Who is in it: the wave and the group of each grouping.
    pub cell: Cell,
    /// How many gave each answer.
    pub counts: Vec<u64>,
}

impl Ledger {
    /// Adds what is published now, unless it says nothing new.
    pub fn record(&mut self, published: impl IntoIterator<Item = Published>) {
        let mut known: HashSet<Published> = self.published.iter().cloned().collect();
        self.published.extend(published.into_iter().filter(|new| known.insert(new.clone())));
    }

    /// Adds comments that are shown now, unless they were before.
    pub fn record_comments(&mut self, shown: impl IntoIterator<Item = Comments>) {
        for comments in shown {
            if !self.comments.contains(&comments) {
                self.comments.push(comments);
            }
        }
    }

    /// Says whether comments may be shown beside those that were: they are the same, or so many came or went that nobody's stand out.
    pub fn allows(&self, comments: &Comments, fewest: u64) -> bool {
        let is_of_it = |known: &&Comments| {
            known.survey == comments.survey && known.wave == comments.wave && known.question == comments.question
        };
        let is_fine = |known: &Comments| known.hash == comments.hash || known.count.abs_diff(comments.count) >= fewest;
        self.comments.iter().filter(is_of_it).all(is_fine)
    }

    pub(super) fn of<'l>(&'l self, survey: &'l str, question: &'l str) -> impl Iterator<Item = &'l Published> {
        self.published.iter().filter(move |one| one.survey == survey && one.question == question)
    }
}
