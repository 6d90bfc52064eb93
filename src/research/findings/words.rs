//! Own words, where enough people gave some.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::research::data::Dataset;

/// The words given to one question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Words {
    /// The question.
    pub question: String,
    /// How many gave some; `None` where they are too few to tell.
    pub n: Option<u64>,
    /// What they wrote, in alphabetical order, so that nothing tells who wrote when.
    pub texts: Vec<String>,
}

/// The fewest comments that are shown, whatever a survey says.
pub const FEWEST: u64 = 10;

/// Gives the words of a wave by question; only that there are some where they are fewer than [`FEWEST`].
pub(super) fn words(dataset: &Dataset, wave: usize) -> Vec<Words> {
    let mut texts: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for comment in dataset.comments.iter().filter(|comment| usize::from(comment.wave) == wave) {
        texts.entry(&comment.question).or_default().push(comment.text.clone());
    }
    let told = |(question, mut texts): (&str, Vec<String>)| {
        texts.sort_unstable();
        let n = texts.len() as u64;
        let texts = if n < FEWEST { Vec::new() } else { texts };
        Words { question: question.to_owned(), n: (n >= FEWEST).then_some(n), texts }
    };
    texts.into_iter().map(told).collect()
}
