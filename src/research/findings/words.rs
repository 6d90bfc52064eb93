//! Own words, where enough people gave some, and what they speak of more than before.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::research::data::{Dataset, hash_of_texts};
use crate::research::suppression::{Comments, Ledger};
use crate::statistics::{Keyness, Share};

/// The words given to one question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Words {
    /// The question.
    pub question: String,
    /// How many gave some; `None` where they are too few to tell.
    pub n: Option<u64>,
    /// What is said more, or less, often than in the wave before, the surest first.
    pub key: Vec<Key>,
    /// What they wrote, shuffled as in the dataset, so that nothing tells who wrote when.
    pub texts: Vec<String>,
}

/// A word that comes up more, or less, often than in the wave before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Key {
    /// The word.
    pub word: String,
    /// In how many texts it stands.
    pub texts: u64,
    /// How sure it is: the log-likelihood ratio G².
    pub g_squared: f64,
    /// How much more often, as a power of two.
    pub log_ratio: f64,
}

/// The fewest texts a word stands in that is shown.
const TEXTS: u64 = 5;

/// The G² from which on a word counts: p below .001.
const SURE: f64 = 10.83;

/// The most words that are told of a question.
const MOST: usize = 12;

/// Gives the words of a wave by question; only that there are some where they are fewer than said.
///
/// Where others than those were shown before, a few that came would stand out: then none are shown.
pub(super) fn words((dataset, ledger): (&Dataset, &Ledger), (wave, fewest): (usize, u64), against: Option<usize>) -> Vec<Words> {
    let of = |wave: usize| {
        let mut texts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for comment in dataset.comments.iter().filter(|comment| usize::from(comment.wave) == wave) {
            texts.entry(&comment.question).or_default().push(&comment.text);
        }
        texts
    };
    let before = against.map(of).unwrap_or_default();
    let told = |(question, texts): (&str, Vec<&str>)| {
        let n = texts.len() as u64;
        let said = told_of((&dataset.survey, &dataset.waves[wave].name), (question, &texts));
        if n < fewest || !ledger.allows(&said, fewest) {
            return Words { question: question.to_owned(), n: None, key: Vec::new(), texts: Vec::new() };
        }
        let former = before.get(question).filter(|former| former.len() as u64 >= fewest);
        let key = former.map_or_else(Vec::new, |former| key(&texts, former));
        Words { question: question.to_owned(), n: Some(n), key, texts: texts.into_iter().map(str::to_owned).collect() }
    };
    of(wave).into_iter().map(told).collect()
}

/// Gives what a ledger keeps of comments.
pub(super) fn told_of((survey, wave): (&str, &str), (question, texts): (&str, &[impl AsRef<str>])) -> Comments {
    let mut sorted: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    sorted.sort_unstable();
    let hash = hash_of_texts(sorted).to_string();
    let [survey, wave, question] = [survey, wave, question].map(str::to_owned);
    Comments { survey, wave, question, count: texts.len() as u64, hash }
}

/// Gives the words that come up more or less often in some texts than in others, each in enough of them to tell nothing of one.
fn key(texts: &[&str], former: &[&str]) -> Vec<Key> {
    let ((here, all), (there, former_all)) = (counted(texts), counted(former));
    let known: BTreeSet<&String> = here.keys().chain(there.keys()).collect();
    let count = |of: &BTreeMap<String, [u64; 2]>, word: &String| of.get(word).copied().unwrap_or_default();
    let told = known.into_iter().filter_map(|word| {
        let ([times, texts], [former_times, former_texts]) = (count(&here, word), count(&there, word));
        let keyness = Keyness::of(Share { count: times, n: all }, Share { count: former_times, n: former_all })?;
        let is_told = texts.max(former_texts) >= TEXTS && (texts == 0 || texts >= TEXTS);
        (is_told && keyness.g_squared >= SURE).then(|| Key {
            word: word.clone(),
            texts,
            g_squared: keyness.g_squared,
            log_ratio: keyness.log_ratio,
        })
    });
    let mut told: Vec<Key> = told.collect();
    told.sort_by(|a, b| b.g_squared.total_cmp(&a.g_squared).then_with(|| a.word.cmp(&b.word)));
    told.truncate(MOST);
    told
}

/// Counts words: how often each stands there, and in how many texts; and all of them.
fn counted(texts: &[&str]) -> (BTreeMap<String, [u64; 2]>, u64) {
    let (mut counts, mut all) = (BTreeMap::<String, [u64; 2]>::new(), 0);
    for text in texts {
        let words: Vec<String> = text.unicode_words().map(str::to_lowercase).collect();
        all += words.len() as u64;
        words.iter().for_each(|word| counts.entry(word.clone()).or_default()[0] += 1);
        words.into_iter().collect::<BTreeSet<_>>().into_iter().for_each(|word| counts.entry(word).or_default()[1] += 1);
    }
    (counts, all)
}
