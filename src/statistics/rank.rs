//! Two scales of the same respondents, compared in order alone.

use std::collections::HashMap;

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::interval::two_sided;

/// How often each pair of answers was given: a value of the one scale, one of the other, and by how many.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairs(Vec<(f64, f64, u64)>);

/// How two scales go together, from −1 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlation {
    /// The coefficient.
    pub coefficient: f64,
    /// How likely one at least as far from 0 is where they don't go together, two-sided.
    pub p: f64,
}

impl Pairs {
    /// Takes pairs and by how many each was given, in any order.
    pub fn of(pairs: impl IntoIterator<Item = (f64, f64, u64)>) -> Self {
        let mut counts = HashMap::<[u64; 2], u64>::new();
        // Both zeros are the same.
        pairs.into_iter().for_each(|(x, y, count)| *counts.entry([x + 0.0, y + 0.0].map(f64::to_bits)).or_default() += count);
        let pair = |([x, y], count): ([u64; 2], u64)| (f64::from_bits(x), f64::from_bits(y), count);
        let mut pairs: Vec<_> = counts.into_iter().map(pair).filter(|(_, _, count)| *count > 0).collect();
        pairs.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
        Self(pairs)
    }

    /// Gives Spearman's rank correlation, with middle ranks for ties, and its p by Student's t; `None` below three respondents, or where
    /// all answers to one scale are the same.
    ///
    /// Spearman (1904), The proof and measurement of association between two things. American Journal of Psychology 15.
    pub fn spearman(&self) -> Option<Correlation> {
        let n: u64 = self.0.iter().map(|(_, _, count)| count).sum();
        let (one, other) = (middle_ranks(self.margin(|(one, _, _)| one)), middle_ranks(self.margin(|(_, other, _)| other)));
        let middle = (n as f64 + 1.0) / 2.0;
        let (mut together, mut first, mut second) = (0.0, 0.0, 0.0);
        for (x, y, count) in &self.0 {
            let (x, y, count) = (rank(&one, *x) - middle, rank(&other, *y) - middle, *count as f64);
            together += x * y * count;
            first += x * x * count;
            second += y * y * count;
        }
        if n < 3 || first <= 0.0 || second <= 0.0 {
            return None;
        }
        let coefficient = (together / (first * second).sqrt()).clamp(-1.0, 1.0);
        let degrees = (n - 2) as f64;
        let t = coefficient * (degrees / (1.0 - coefficient * coefficient)).sqrt();
        let p = if t.is_finite() { 2.0 * StudentsT::new(0.0, 1.0, degrees).ok()?.sf(t.abs()) } else { 0.0 };
        Some(Correlation { coefficient, p })
    }

    /// Gives Kendall's tau-b, and its p by the normal distribution with ties taken into account; `None` below three respondents, or where
    /// all answers to one scale are the same.
    ///
    /// Kendall (1945), The treatment of ties in ranking problems. Biometrika 33.
    pub fn kendall(&self) -> Option<Correlation> {
        let n: f64 = self.0.iter().map(|(_, _, count)| *count as f64).sum();
        let mut balance = 0.0;
        for (at, (x, y, count)) in self.0.iter().enumerate() {
            for (u, v, other) in &self.0[at + 1..] {
                let order = (u - x) * (v - y);
                if order != 0.0 {
                    balance += order.signum() * (*count as f64) * (*other as f64);
                }
            }
        }
        let pairs = n * (n - 1.0);
        let [one, other] = [Ties::of(&self.margin(|(one, _, _)| one)), Ties::of(&self.margin(|(_, other, _)| other))];
        let free = (pairs / 2.0 - one.pairs) * (pairs / 2.0 - other.pairs);
        if n < 3.0 || free <= 0.0 {
            return None;
        }
        let variance = (pairs * (2.0 * n + 5.0) - one.spread - other.spread) / 18.0
            + 2.0 * one.pairs * other.pairs / pairs
            + one.triples * other.triples / (9.0 * pairs * (n - 2.0));
        let p = two_sided(balance / variance.sqrt());
        Some(Correlation { coefficient: (balance / free.sqrt()).clamp(-1.0, 1.0), p })
    }

    /// Gives the values of one scale, from the lowest up, each once with how often it was given.
    fn margin(&self, of: impl Fn((f64, f64, u64)) -> f64) -> Vec<(f64, f64)> {
        let mut values: Vec<(f64, f64)> = self.0.iter().map(|pair| (of(*pair), pair.2 as f64)).collect();
        values.sort_by(|one, other| one.0.total_cmp(&other.0));
        values.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1 += next.1;
            }
            is_same
        });
        values
    }
}

/// How much ties take from what pairs tell.
struct Ties {
    pairs: f64,
    triples: f64,
    spread: f64,
}

impl Ties {
    fn of(margin: &[(f64, f64)]) -> Self {
        let total = |of: fn(f64) -> f64| margin.iter().map(|(_, count)| of(*count)).sum();
        Self {
            pairs: total(|t| t * (t - 1.0) / 2.0),
            triples: total(|t| t * (t - 1.0) * (t - 2.0)),
            spread: total(|t| t * (t - 1.0) * (2.0 * t + 5.0)),
        }
    }
}

/// Gives each value with its middle rank, from 1.
fn middle_ranks(margin: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let mut below = 0.0;
    let ranked = margin.into_iter().map(|(value, count)| {
        let rank = below + (count + 1.0) / 2.0;
        below += count;
        (value, rank)
    });
    ranked.collect()
}

fn rank(ranks: &[(f64, f64)], value: f64) -> f64 {
    ranks.iter().find(|(other, _)| *other == value).map_or(0.0, |(_, rank)| *rank)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pairs(one: &[u8], other: &[u8]) -> Pairs {
        Pairs::of(one.iter().zip(other).map(|(x, y)| (f64::from(*x), f64::from(*y), 1)))
    }

    #[test]
    fn both_agree_with_scipy() {
        let pairs = pairs(&[1, 1, 2, 2, 3, 3, 3, 4, 5, 5], &[2, 1, 2, 3, 3, 2, 4, 4, 5, 3]);
        let (spearman, kendall) = (pairs.spearman().unwrap(), pairs.kendall().unwrap());
        assert!((spearman.coefficient - 0.764_346_714_967_492_4).abs() < 1e-12, "{spearman:?}");
        assert!((spearman.p - 0.010_038_590_560_899_04).abs() < 1e-9, "{spearman:?}");
        assert!((kendall.coefficient - 0.675_381_633_505_970_5).abs() < 1e-12, "{kendall:?}");
        assert!((kendall.p - 0.013_570_772_563_610_93).abs() < 1e-9, "{kendall:?}");
    }

    #[test]
    fn what_has_no_order_has_no_correlation() {
        for pairs in [pairs(&[], &[]), pairs(&[1, 2], &[1, 2]), pairs(&[1, 1, 1], &[1, 2, 3])] {
            assert_eq!((pairs.spearman(), pairs.kendall()), (None, None));
        }
        let same = pairs(&[1, 2, 3, 4], &[2, 4, 6, 8]);
        assert_eq!((same.spearman().unwrap().coefficient, same.kendall().unwrap().coefficient), (1.0, 1.0));
    }

    proptest! {
        #[test]
        fn counts_are_pairs_given_often_and_turning_a_scale_turns_the_sign(
            answers in prop::collection::vec((1_u8..6, 1_u8..6, 1_u64..4), 3..40),
        ) {
            let counted = Pairs::of(answers.iter().map(|(x, y, count)| (f64::from(*x), f64::from(*y), *count)));
            let single = answers.iter().flat_map(|(x, y, count)| (0..*count).map(move |_| (f64::from(*x), f64::from(*y), 1)));
            let turned = Pairs::of(answers.iter().map(|(x, y, count)| (f64::from(*x), -f64::from(*y), *count)));
            let single = Pairs::of(single);
            for correlate in [Pairs::spearman, Pairs::kendall] {
                prop_assert_eq!(correlate(&counted).is_some(), correlate(&single).is_some());
                if let (Some(one), Some(other), Some(turned)) = (correlate(&counted), correlate(&single), correlate(&turned)) {
                    prop_assert!((one.coefficient - other.coefficient).abs() < 1e-9 && (one.p - other.p).abs() < 1e-9);
                    prop_assert!((one.coefficient + turned.coefficient).abs() < 1e-9 && (one.p - turned.p).abs() < 1e-9);
                }
            }
        }
    }
}
