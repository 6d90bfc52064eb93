//! How many answers a wave needs, before it is asked: the usual intervals of a report, turned around.

use statrs::distribution::{ContinuousCDF, Normal};

use super::difference::Change;
use super::effective;
use super::interval::{Interval, reach};
use super::nps::{Balance, NpsInterval};
use super::share::{DifferenceInterval, Proportion, ShareInterval};

/// More answers than anybody will get.
const MOST: u64 = 1 << 40;

/// What is wanted of a change that is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// The confidence of the interval that must hold no 0.
    pub confidence: f64,
    /// How likely it must be that it holds none, such as 0.8.
    pub power: f64,
}

impl Proportion {
    /// Gives the fewest answers with which the interval of such a share is at most so wide; of the invited where their number is known.
    /// `None` where no number is enough.
    pub fn answers_for_width(self, width: f64, confidence: f64, invited: Option<u64>) -> Option<u64> {
        fewest(invited, |n| is_within(Self { n, ..self }.interval(ShareInterval::default(), confidence), width))
    }

    /// Gives the fewest answers in each of two waves with which a change from this share to another is detected.
    ///
    /// As in a report, changes aren't narrowed by how many are invited.
    pub fn answers_for_change(self, later: Self, wanted: Detection) -> Option<u64> {
        fewest(None, |n| {
            wanted.is_met(Self { n, ..self }.change_to(Self { n, ..later }, DifferenceInterval::default(), wanted.confidence))
        })
    }
}

impl Balance {
    /// Gives the fewest answers with which the interval of a score from such shares is at most so wide; of the invited where their number
    /// is known. `None` where no number is enough.
    pub fn answers_for_width(self, width: f64, confidence: f64, invited: Option<u64>) -> Option<u64> {
        fewest(invited, |n| is_within(Self { n, ..self }.interval(NpsInterval::default(), confidence), width))
    }

    /// Gives the fewest answers in each of two waves with which a change from these shares to others is detected.
    ///
    /// As in a report, changes aren't narrowed by how many are invited.
    pub fn answers_for_change(self, later: Self, wanted: Detection) -> Option<u64> {
        fewest(None, |n| {
            wanted.is_met(Self { n, ..self }.change_to(Self { n, ..later }, NpsInterval::default(), wanted.confidence))
        })
    }
}

impl Detection {
    /// Says whether a change that comes out as it is is far enough from none: by the interval's reach, and by what chance takes from it in
    /// all but the wanted share of samples.
    ///
    /// Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, 2nd edition, chapter 1, with the z that inverts the interval.
    fn is_met(self, change: Option<Change>) -> bool {
        let needed = reach(self.confidence) + Normal::standard().inverse_cdf(self.power);
        change.is_some_and(|change| change.z.abs() >= needed)
    }
}

fn is_within(interval: Option<Interval>, width: f64) -> bool {
    interval.is_some_and(|interval| interval.high - interval.low <= width)
}

/// Gives the fewest answers that are enough, by what they are worth; enough are never too many.
fn fewest(invited: Option<u64>, is_enough: impl Fn(f64) -> bool) -> Option<u64> {
    let is_enough = |n: u64| is_enough(invited.map_or(n as f64, |invited| effective::of_population(n as f64, invited)));
    let (mut few, mut enough) = (0, invited.unwrap_or(MOST));
    if !is_enough(enough) {
        return None;
    }
    while enough - few > 1 {
        let middle = few + (enough - few) / 2;
        if is_enough(middle) {
            enough = middle;
        } else {
            few = middle;
        }
    }
    Some(enough)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DETECTION: Detection = Detection { confidence: 0.95, power: 0.8 };

    fn share(share: f64) -> Proportion {
        Proportion { share, n: 0.0 }
    }

    fn balance(detractors: f64, promoters: f64) -> Balance {
        Balance { detractors, promoters, n: 0.0 }
    }

    #[test]
    fn numbers_agree_with_the_intervals_reckoned_in_scipy() {
        assert_eq!(share(0.5).answers_for_width(0.1, 0.95, None), Some(381));
        assert_eq!(share(0.0).answers_for_width(0.1, 0.95, None), Some(35));
        assert_eq!(share(0.5).answers_for_width(0.1, 0.95, Some(500)), Some(217));
        assert_eq!(balance(0.15, 0.6).answers_for_width(0.2, 0.95, None), Some(210));
        assert_eq!(share(0.4).answers_for_change(share(0.5), DETECTION), Some(388));
        assert_eq!(balance(0.2, 0.5).answers_for_change(balance(0.15, 0.6), DETECTION), Some(411));
    }

    #[test]
    fn what_no_number_of_answers_tells_is_none_and_a_census_tells_everything() {
        assert_eq!(
            (share(0.5).answers_for_width(0.0, 0.95, None), balance(0.2, 0.5).answers_for_width(0.0, 0.95, None)),
            (None, None)
        );
        assert_eq!(share(0.5).answers_for_change(share(0.5), DETECTION), None);
        assert_eq!(share(0.5).answers_for_width(0.0, 0.95, Some(40)), Some(40));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn one_answer_fewer_is_too_few(detractors in 0.05..0.5, promoters in 0.05..0.5, width in 0.05..0.6) {
            let balance = balance(detractors, promoters);
            let n = balance.answers_for_width(width, 0.95, None).unwrap();
            let is_wide = |n: u64| !is_within(Balance { n: n as f64, ..balance }.interval(NpsInterval::default(), 0.95), width);
            prop_assert!(!is_wide(n) && is_wide(n - 1), "{}", n);
            let of_few = balance.answers_for_width(width, 0.95, Some(300)).unwrap();
            prop_assert!(of_few <= n && of_few <= 300);
        }
    }
}
