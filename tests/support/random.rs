//! Numbers that look random and are the same for the same seed (SplitMix64).

use std::ops::Range;

/// A seeded sequence.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// Starts the sequence of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Gives the next number of 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Gives a number of a range that isn't empty.
    pub(crate) fn within(&mut self, range: Range<u64>) -> u64 {
        range.start + self.next() % (range.end - range.start)
    }

    /// Gives one of the elements of a slice that isn't empty.
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let index = self.within(0..from.len() as u64);
        from[usize::try_from(index).expect("an index of a slice")]
    }
}
