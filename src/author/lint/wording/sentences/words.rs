//! Looks words up: the classes a word belongs to, and the phrases it opens.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::sync::LazyLock;

use super::classes::Class;
use super::phrases::{self, List};
use super::vocabulary::GROUPS;

/// What is known of a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    /// The classes it belongs to.
    pub(super) class: Class,
    /// The phrases it opens, as places in the lexicon's list.
    from: u16,
    to: u16,
}

struct Lexicon {
    words: HashMap<&'static str, Known, BuildHasherDefault<Fnv>>,
    /// Sorted by their first words.
    phrases: Vec<(List, &'static str)>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut words: HashMap<_, Known, _> = HashMap::with_capacity_and_hasher(4096, BuildHasherDefault::default());
    for (class, group) in GROUPS {
        for word in group.split_ascii_whitespace() {
            words.entry(word).or_default().class |= *class;
        }
    }
    let listed = phrases::ALL.iter().flat_map(|(list, phrases)| phrases.split("; ").map(|phrase| (*list, phrase)));
    let mut phrases: Vec<_> = listed.collect();
    phrases.sort_by_key(|(_, phrase)| first_word(phrase));
    for (at, (_, phrase)) in (0_u16..).zip(&phrases) {
        let known = words.entry(first_word(phrase)).or_default();
        *known = Known { class: known.class, from: if known.to == 0 { at } else { known.from }, to: at + 1 };
    }
    Lexicon { words, phrases }
});

fn first_word(phrase: &'static str) -> &'static str {
    phrase.split(' ').next().unwrap_or(phrase)
}

/// Looks a word in lower case up.
pub(super) fn look_up(word: &str) -> Known {
    LEXICON.words.get(word).copied().unwrap_or_default()
}

impl Known {
    /// Gives the phrases of a list that the word opens.
    pub(super) fn phrases(self, list: List) -> impl Iterator<Item = &'static str> {
        let range = Range { start: usize::from(self.from), end: usize::from(self.to) };
        let opened = if range.is_empty() { &[] } else { &LEXICON.phrases[range] };
        opened.iter().filter(move |(other, _)| *other == list).map(|(_, phrase)| *phrase)
    }

    /// Says whether the word opens any phrase.
    pub(super) fn opens(self) -> bool {
        self.from < self.to
    }

    /// Says whether the word is in no class and opens no phrase.
    pub(super) fn is_unknown(self) -> bool {
        self.class == 0 && self.to == 0
    }
}

/// The hash of Fowler, Noll and Vo: short words need no stronger one, and the same table comes out every time.
#[derive(Default)]
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
