//! Chance from a seed: the same seed gives the same order, whenever and wherever it is asked.

/// A source of random numbers that is wholly decided by its seed (SplitMix64; Steele, Lea and Flood 2014).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// Starts from a seed, for one purpose: what is drawn for one question says nothing about another.
    pub fn new(seed: u64, purpose: &str) -> Self {
        // FNV-1a (Fowler, Noll and Vo): any mixing of the purpose will do, as long as it never changes.
        let mixed =
            purpose.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self(seed ^ mixed)
    }

    /// Gives the next 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Gives a number below a bound; every one is as likely as any other. The bound is at least 1.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(u64::MAX);
        // Draws from the last, incomplete stretch would favour small numbers, so they are drawn again.
        let fair = u64::MAX - u64::MAX % bound;
        let mut drawn = self.bits();
        while drawn >= fair {
            drawn = self.bits();
        }
        usize::try_from(drawn % bound).unwrap_or_default()
    }

    /// Puts into a random order (Fisher and Yates) all elements but those that keep their place.
    pub fn shuffle<T>(&mut self, elements: &mut [T], keeps_place: impl Fn(&T) -> bool) {
        let free: Vec<usize> = (0..elements.len()).filter(|at| !keeps_place(&elements[*at])).collect();
        for last in (1..free.len()).rev() {
            elements.swap(free[last], free[self.below(last + 1)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_is_as_likely_as_any_other_and_pinned_elements_stay() {
        let mut counts = std::collections::BTreeMap::<[u8; 4], u32>::new();
        for seed in 0..24_000 {
            let mut order = [1, 2, 9, 3];
            Chance::new(seed, "order").shuffle(&mut order, |element| *element == 9);
            assert_eq!(order[2], 9);
            *counts.entry(order).or_default() += 1;
        }
        assert_eq!(counts.len(), 6);
        // 4,000 each, with a standard deviation of 58.
        assert!(counts.values().all(|count| (3_750..4_250).contains(count)), "{counts:?}");
    }

    #[test]
    fn the_numbers_never_change() {
        let mut chance = Chance::new(7, "barriers");
        let drawn: Vec<u64> = (0..3).map(|_| chance.bits() % 1_000).collect();
        let mut again = Chance::new(7, "barriers");
        assert_eq!(drawn, (0..3).map(|_| again.bits() % 1_000).collect::<Vec<_>>());
        assert_ne!(Chance::new(7, "rows").bits(), Chance::new(7, "barriers").bits());
    }
}
