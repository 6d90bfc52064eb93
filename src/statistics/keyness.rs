//! Which words a group uses more than others do.

use super::share::Share;
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// What stands for a word that was never used, so that how many times more it is used elsewhere can be told.
const NEVER: f64 = 0.5;

/// How much more often a word stands in one text than in another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Keyness {
    /// The log-likelihood ratio G²: how sure it is that it does.
    pub g_squared: f64,
    /// How likely a G² at least as large is where it doesn't.
    pub p: f64,
    /// How much more often: the binary logarithm of the ratio of both shares, so that 1 is twice as often and −1 half as often.
    pub log_ratio: f64,
}

impl Keyness {
    /// Compares how many of the words of a text are a word with how many of another text are; `None` where either text is empty, or the
    /// word is in neither or all there is.
    ///
    /// Dunning (1993), Accurate methods for the statistics of surprise and coincidence, Computational Linguistics 19; Hardie (2014), Log
    /// Ratio: an informal introduction.
    pub fn of(here: Share, elsewhere: Share) -> Option<Self> {
        let [(a, n), (b, m)] = [here, elsewhere].map(|share| (share.count as f64, share.n as f64));
        let (word, all) = (a + b, n + m);
        let part =
            |count: f64, size: f64, total: f64| if count > 0.0 { count * (count * all / (size * total)).ln() } else { 0.0 };
        let others = all - word;
        let sum = part(a, n, word) + part(b, m, word) + part(n - a, n, others) + part(m - b, m, others);
        let g_squared = (2.0 * sum).max(0.0);
        let share = |count: f64, size: f64| count.max(NEVER) / size;
        (n > 0.0 && m > 0.0 && word > 0.0 && others > 0.0).then_some(Self {
            g_squared,
            p: ChiSquared::new(1.0).ok()?.sf(g_squared),
            log_ratio: (share(a, n) / share(b, m)).log2(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::is_near;
    use super::*;

    fn keyness([a, n, b, m]: [u64; 4]) -> Option<Keyness> {
        Keyness::of(Share { count: a, n }, Share { count: b, n: m })
    }

    #[test]
    fn it_agrees_with_scipy() {
        let cases = [
            ([120, 10_000, 30, 20_000], [138.613_692_898_704, 5.350_292_058_243_21e-32, 3.0]),
            ([5, 800, 0, 900], [7.554_313_011_022_63, 0.005_986_661_632_784_15, 3.491_853_096_329_67]),
            ([3, 100, 9, 150], [1.253_168_282_454_55, 0.262_948_214_155_417, -1.0]),
        ];
        for (counts, [g_squared, p, log_ratio]) in cases {
            let found = keyness(counts).unwrap();
            assert!(
                is_near(found.g_squared, g_squared) && is_near(found.p, p) && is_near(found.log_ratio, log_ratio),
                "{found:?}"
            );
        }
        assert_eq!([[0, 0, 1, 2], [0, 5, 0, 5], [5, 5, 2, 2]].map(keyness), [None; 3]);
    }

    proptest! {
        #[test]
        fn elsewhere_seen_from_there_turns_the_ratio(a in 0_u64..40, n in 1_u64..400, b in 0_u64..40, m in 1_u64..400) {
            if let (Some(one), Some(other)) = (keyness([a, a + n, b, b + m]), keyness([b, b + m, a, a + n])) {
                prop_assert!((one.g_squared - other.g_squared).abs() < 1e-9 && (one.log_ratio + other.log_ratio).abs() < 1e-12);
                prop_assert!((0.0..=1.0).contains(&one.p));
            }
        }
    }
}
