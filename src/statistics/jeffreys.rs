//! The interval of a Net Promoter Score by Jeffreys' prior.

use statrs::distribution::{Beta, Continuous, ContinuousCDF};

use super::integral::tanh_sinh;
use super::interval::{Interval, beyond};
use super::nps::Balance;
use super::root::falling_smoothly;

/// So many standard deviations from its mean a share's density is nothing a double can tell.
const REACH: f64 = 60.0;

impl Balance {
    /// Gives Jeffreys' interval.
    ///
    /// The posterior of the shares is Dirichlet(detractors + ½, passives + ½, promoters + ½), and that of the score an integral of beta
    /// distributions, reckoned numerically and without chance.
    pub(super) fn believed(self, z: f64) -> Interval {
        let tail = beyond(z);
        // Either end is sought from its own side, where the rest is small.
        let end =
            |of: Self| Posterior::of(of).map_or(1.0, |posterior| falling_smoothly(|at| posterior.above(at) - tail, -1.0, 1.0));
        Interval { low: -end(self.mirrored()), high: end(self) }
    }
}

/// What is known of the share of promoters, and of that of detractors among all others.
struct Posterior {
    promoters: Beta,
    detractors: Beta,
    /// Where the share of promoters lies.
    range: (f64, f64),
}

impl Posterior {
    fn of(sample: Balance) -> Option<Self> {
        let Balance { detractors, promoters, n } = sample;
        let passives = (1.0 - detractors - promoters).max(0.0);
        let [detractors, passives, promoters] = [detractors, passives, promoters].map(|share| share * n + 0.5);
        let (others, all) = (detractors + passives, detractors + passives + promoters);
        let (mean, spread) = (promoters / all, REACH * (promoters * others / (all * all * (all + 1.0))).sqrt());
        Some(Self {
            promoters: Beta::new(promoters, others).ok()?,
            detractors: Beta::new(detractors, passives).ok()?,
            range: ((mean - spread).max(0.0), (mean + spread).min(1.0)),
        })
    }

    /// Gives how likely a score above this one is.
    fn above(&self, score: f64) -> f64 {
        // Where so many are promoters, the score is above whatever the others are; below `least`, it never is.
        let (least, surely) = (score.max(0.0), f64::midpoint(1.0, score));
        let (low, high) = (least.max(self.range.0), surely.min(self.range.1));
        let density = |past: f64| {
            let share = low + past;
            self.promoters.pdf(share) * self.detractors.cdf(((share - score) / (1.0 - share)).clamp(0.0, 1.0))
        };
        let between = if low < high { tanh_sinh(density, high - low) } else { 0.0 };
        between + self.promoters.sf(surely.clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::is_near;
    use super::super::nps::Nps;
    use super::super::nps::NpsInterval::{Jeffreys, Tango};
    use super::*;

    #[test]
    fn it_agrees_with_scipy() {
        let cases = [
            ([30, 50, 120], 0.341_377_061_998, 0.545_474_015_817_7),
            ([1, 2, 2], -0.420_148_772_809_9, 0.674_902_165_802_3),
            ([0, 0, 12], 0.594_930_775_823_6, 1.0),
            ([0, 7, 3], -0.021_088_744_059_38, 0.565_385_027_960_6),
            ([200, 300, 1500], 0.620_357_148_680_2, 0.677_655_378_041_9),
        ];
        for ([detractors, passives, promoters], low, high) in cases {
            let interval = Nps { detractors, passives, promoters }.interval(Jeffreys, 0.95).unwrap();
            assert!(is_near(interval.low, low) && is_near(interval.high, high), "{interval:?}, expected {low} to {high}");
        }
        let half = Balance { detractors: 0.2, promoters: 0.4, n: 5.0 }.interval(Jeffreys, 0.95);
        assert!(is_near(half.unwrap().low, -0.420_148_772_809_9), "answers that are worth half count half: {half:?}");
        assert_eq!(Nps { detractors: 0, passives: 0, promoters: 0 }.interval(Jeffreys, 0.95), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn it_holds_the_score_mirrors_and_is_near_the_score_interval(counts in prop::array::uniform3(0_u64..3000)) {
            let [detractors, passives, promoters] = counts;
            prop_assume!(counts.iter().sum::<u64>() > 0);
            let (sample, mirrored) =
                (Nps { detractors, passives, promoters }, Nps { detractors: promoters, passives, promoters: detractors });
            let (one, other) = (sample.interval(Jeffreys, 0.95).unwrap(), mirrored.interval(Jeffreys, 0.95).unwrap());
            prop_assert!(one.holds(sample.score().unwrap()) && one.low >= -1.0 && one.high <= 1.0, "{:?}", one);
            prop_assert!((one.low + other.high).abs() < 1e-12 && (one.high + other.low).abs() < 1e-12);
            let wald = sample.standard_error().unwrap();
            let wilson = sample.interval(Tango, 0.95).unwrap();
            prop_assert!((one.low - wilson.low).abs() < 0.3 * wald + 4.0 / sample.n() as f64, "{:?} {:?}", one, wilson);
        }
    }
}
