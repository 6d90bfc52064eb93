//! The scorecard: what a platform is judged by, out of answers and of facts the platform knows.

use serde::Serialize;

use super::items::Item;
use super::sample::{CONFIDENCE, Estimate, Measured};
use crate::research::facts::{Fact, Facts, Metric};
use crate::statistics::{Methods, Share};

/// What a platform is judged by in a wave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scorecard {
    /// Adoption, first deployment, NPS and self-service.
    pub primary: Vec<Score>,
    /// The four of DORA.
    pub secondary: Vec<Score>,
    /// What is left out, since activity isn't value.
    pub left_out: Vec<String>,
}

/// One figure of the scorecard.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// What it is.
    pub name: &'static str,
    /// Its unit, empty of shares and scores.
    pub unit: &'static str,
    /// The figure now.
    pub now: Option<Value>,
    /// The figure in the wave before.
    pub before: Option<Value>,
    /// Whether more is better.
    pub higher_is_better: bool,
}

/// A figure, with an interval where it is a share of some.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// With an interval.
    Estimate(Estimate),
    /// As the platform knows it.
    Known(f64),
}

/// Puts the scorecard together; `None` without any facts.
pub(super) fn scorecard(
    (facts, methods): (&Facts, Methods),
    (wave, before): (&str, Option<&str>),
    nps: [Option<&Item>; 2],
) -> Option<Scorecard> {
    if facts.is_empty() {
        return None;
    }
    let value = |wave: &str, metric| facts.find(wave, metric).map(|fact| known(fact, methods));
    let score = |metric: Metric| Score {
        name: metric.title(),
        unit: metric.unit(),
        now: value(wave, metric),
        before: before.and_then(|before| value(before, metric)),
        higher_is_better: metric.is_higher_better(),
    };
    let [now, former] = nps.map(|item| item.and_then(|item| item.figure).map(Value::Estimate));
    let nps = Score { name: "Net Promoter Score", unit: "", now, before: former, higher_is_better: true };
    Some(Scorecard {
        primary: vec![score(Metric::Adoption), score(Metric::FirstDeployment), nps, score(Metric::SelfService)],
        secondary: Metric::DORA.map(score).to_vec(),
        left_out: facts.vanity(wave),
    })
}

fn known(fact: &Fact, methods: Methods) -> Value {
    let share = fact.of.map(|of| Share { count: fact.count(), n: of });
    let estimate = share.and_then(|share| {
        let (value, interval) = (share.estimate()?, share.interval(methods.share, CONFIDENCE)?);
        Some(Estimate { measured: Measured::Share, value, low: interval.low, high: interval.high, n: share.n, is_census: false })
    });
    estimate.map_or(Value::Known(fact.value), Value::Estimate)
}
