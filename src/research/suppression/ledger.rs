//! What was published, kept for all that is published later.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::table::Cell;

/// Everything that was ever published; whoever decides anew must have all of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ledger {
    /// Each cell that was shown, in the order of publication.
    pub published: Vec<Published>,
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

    pub(super) fn of<'l>(&'l self, survey: &'l str, question: &'l str) -> impl Iterator<Item = &'l Published> {
        self.published.iter().filter(move |one| one.survey == survey && one.question == question)
    }
}
