//! How often something was so, over many seeds. Answers of one seed hang together, so a rate's error is that between seeds.

use std::collections::BTreeMap;

/// Of one seed: how often it was so, and of how many.
type Seen = (f64, f64);

/// Rates by name, each with what was seen in every seed.
#[derive(Debug, Default)]
pub(crate) struct Rates(BTreeMap<&'static str, Vec<Seen>>);

/// A rate with its standard error.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rate {
    pub(crate) share: f64,
    pub(crate) error: f64,
    pub(crate) of: f64,
}

/// What was seen in one seed.
#[derive(Debug, Default)]
pub(crate) struct Seed(BTreeMap<&'static str, Seen>);

impl Seed {
    /// Notes whether something was so.
    pub(crate) fn note(&mut self, name: &'static str, is_so: bool) {
        self.add(name, f64::from(u8::from(is_so)));
    }

    /// Notes a share.
    pub(crate) fn add(&mut self, name: &'static str, share: f64) {
        let (sum, many) = self.0.entry(name).or_default();
        *sum += share;
        *many += 1.0;
    }
}

impl Rates {
    /// Takes what was seen in a seed.
    pub(crate) fn take(&mut self, seed: Seed) {
        seed.0.into_iter().for_each(|(name, seen)| self.0.entry(name).or_default().push(seen));
    }

    /// Gives a rate; `None` where nothing of the name was seen.
    pub(crate) fn of(&self, name: &str) -> Option<Rate> {
        let seen = self.0.get(name)?;
        let (sum, of) = seen.iter().fold((0.0, 0.0), |(sum, of), (so, many)| (sum + so, of + many));
        let (share, seeds) = (sum / of, seen.len() as f64);
        let spread: f64 = seen.iter().map(|(so, many)| (so - share * many).powi(2)).sum();
        let error = (spread * seeds / (seeds - 1.0).max(1.0)).sqrt() / of;
        Some(Rate { share, error, of })
    }

    /// Gives the names of all.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }
}
