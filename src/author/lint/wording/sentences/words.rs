//! Looks words up: the classes a word belongs to.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::classes::{Class, OPENER};
use super::phrases;
use super::vocabulary::GROUPS;

/// The words of every group with their classes, and the first words of all phrases.
static WORDS: LazyLock<HashMap<&'static str, Class, BuildHasherDefault<Fnv>>> = LazyLock::new(|| {
    let mut words = HashMap::with_capacity_and_hasher(2048, BuildHasherDefault::default());
    for (class, group) in GROUPS {
        for word in group.split_ascii_whitespace() {
            *words.entry(word).or_default() |= *class;
        }
    }
    for phrase in phrases::ALL.into_iter().flatten() {
        let first = phrase.split(' ').next().unwrap_or(phrase);
        *words.entry(first).or_default() |= OPENER;
    }
    words
});

/// Gives the classes of a word in lower case; none for an unknown word.
pub(super) fn classes_of(word: &str) -> Class {
    WORDS.get(word).copied().unwrap_or_default()
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
