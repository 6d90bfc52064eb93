//! What those who didn't answer leave open.

use super::interval::Interval;

/// Gives what an average could be had everyone answered: the bounds where all the others gave the lowest or the highest value.
///
/// Of a share, the values go from 0 to 1; of a Net Promoter Score, from −1 to 1. Manski (1990), Nonparametric bounds on treatment effects,
/// American Economic Review 80; `None` where nobody was invited. Where nobody answered, everything is open.
pub fn manski(estimate: Option<f64>, (n, invited): (u64, u64), values: Interval) -> Option<Interval> {
    let rate = (invited > 0).then(|| (n as f64 / invited as f64).min(1.0))?;
    let told = if n > 0 { rate * estimate? } else { 0.0 };
    Some(Interval { low: told + (1.0 - rate) * values.low, high: told + (1.0 - rate) * values.high })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Nps, Share};
    use super::*;

    #[test]
    fn bounds_are_what_comes_out_if_all_others_are_at_an_end() {
        let share = Share { count: 12, n: 40 };
        let bounds = manski(share.estimate(), (40, 50), Interval { low: 0.0, high: 1.0 }).unwrap();
        assert!((bounds.low - 12.0 / 50.0).abs() < 1e-12 && (bounds.high - 22.0 / 50.0).abs() < 1e-12, "{bounds:?}");
        let scores = Interval { low: -1.0, high: 1.0 };
        assert_eq!(manski(None, (0, 50), scores), Some(scores));
        assert_eq!((manski(None, (0, 0), scores), manski(None, (3, 9), scores)), (None, None));
        assert_eq!(manski(Some(0.5), (9, 9), scores), Some(Interval { low: 0.5, high: 0.5 }));
    }

    proptest! {
        #[test]
        fn whatever_the_others_think_the_score_of_all_is_inside(
            heard in prop::array::uniform3(0_u64..50), unheard in prop::array::uniform3(0_u64..50),
        ) {
            let nps = |[detractors, passives, promoters]: [u64; 3]| Nps { detractors, passives, promoters };
            let all = nps([0, 1, 2].map(|at| heard[at] + unheard[at]));
            prop_assume!(all.n() > 0);
            let bounds = manski(nps(heard).score(), (nps(heard).n(), all.n()), Interval { low: -1.0, high: 1.0 }).unwrap();
            let score = all.score().unwrap();
            prop_assert!(bounds.low <= score + 1e-12 && score <= bounds.high + 1e-12, "{:?} {}", bounds, score);
        }
    }
}
