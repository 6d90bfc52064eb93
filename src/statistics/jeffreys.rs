//! The interval of a Net Promoter Score by Jeffreys' prior.

use statrs::distribution::{Beta, Continuous, ContinuousCDF};

use super::integral::tanh_sinh;
use super::interval::Interval;
use super::nps::Nps;
use super::root::falling;

/// So many standard deviations from its mean a share's density is nothing a double can tell.
const REACH: f64 = 60.0;

impl Nps {
    /// Gives Jeffreys' interval: what the score lies in with this probability, as much of the rest on either side, where each of the three
    /// shares had half an answer before. It always holds the score.
    ///
    /// The posterior of the shares is Dirichlet(detractors + ½, passives + ½, promoters + ½), and that of the score an integral of beta
    /// distributions, reckoned numerically and without chance. Brown, Cai and DasGupta (2001), Interval estimation for a binomial
    /// proportion. Statistical Science 16.
    pub fn jeffreys(self, confidence: f64) -> Option<Interval> {
        let score = self.score()?;
        let tail = (1.0 - confidence) / 2.0;
        let [upper, lower] = [Posterior::of(self)?, Posterior::of(self.mirrored())?];
        // Either end is sought from its own side, where the rest is small.
        let end = |posterior: &Posterior| falling(|at| posterior.above(at) - tail, -1.0, 1.0);
        Some(Interval { low: (-end(&lower)).min(score), high: end(&upper).max(score) })
    }

    fn mirrored(self) -> Self {
        Self { detractors: self.promoters, promoters: self.detractors, ..self }
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
    fn of(sample: Nps) -> Option<Self> {
        let [detractors, passives, promoters] = [sample.detractors, sample.passives, sample.promoters].map(|n| n as f64 + 0.5);
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
            let interval = Nps { detractors, passives, promoters }.jeffreys(0.95).unwrap();
            assert!(is_near(interval.low, low) && is_near(interval.high, high), "{interval:?}, expected {low} to {high}");
        }
        assert_eq!(Nps { detractors: 0, passives: 0, promoters: 0 }.jeffreys(0.95), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn it_holds_the_score_mirrors_and_is_near_the_score_interval(counts in prop::array::uniform3(0_u64..3000)) {
            let [detractors, passives, promoters] = counts;
            prop_assume!(counts.iter().sum::<u64>() > 0);
            let (sample, mirrored) =
                (Nps { detractors, passives, promoters }, Nps { detractors: promoters, passives, promoters: detractors });
            let (one, other) = (sample.jeffreys(0.95).unwrap(), mirrored.jeffreys(0.95).unwrap());
            prop_assert!(one.holds(sample.score().unwrap()) && one.low >= -1.0 && one.high <= 1.0, "{:?}", one);
            prop_assert!((one.low + other.high).abs() < 1e-12 && (one.high + other.low).abs() < 1e-12);
            let wald = sample.standard_error().unwrap();
            let wilson = sample.interval(0.95).unwrap();
            prop_assert!((one.low - wilson.low).abs() < 0.3 * wald + 4.0 / sample.n() as f64, "{:?} {:?}", one, wilson);
        }
    }
}
