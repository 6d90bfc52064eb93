//! Which items go with the outcome.

use serde::Serialize;

use super::answers::Answers;
use super::association::{answered, complete, is_told_apart};
use super::sample::CONFIDENCE;
use crate::research::data::{Variable, VariableKind};
use crate::statistics;
use crate::statistics::{MOST_DRIVERS, Pairs};
use crate::survey::Measure;

/// What the draws for the intervals start from, so that the same answers give the same figures.
const SEED: u64 = 1;

/// How much of an outcome goes with each item: association, not cause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drivers {
    /// The outcome.
    pub outcome: String,
    /// What was asked of it.
    pub text: String,
    /// How many answered all of these items.
    pub n: usize,
    /// The share of the outcome's variance that the items explain together.
    pub r_squared: f64,
    /// What the draws for the intervals started from.
    pub seed: u64,
    /// The items, the strongest first.
    pub drivers: Vec<Driver>,
    /// Why there are none.
    pub refused: Option<String>,
}

/// One driver.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Driver {
    /// The item.
    pub item: String,
    /// What was asked.
    pub text: String,
    /// Its mean, from 0 at the lowest point to 1 at the highest.
    pub score: f64,
    /// Its share of R² (LMG), from 0 to 1.
    pub share: f64,
    /// The lower end of the interval of what it adds to R².
    pub low: f64,
    /// What it adds to R² on average over all orders.
    pub lmg: f64,
    /// The upper end.
    pub high: f64,
    /// Johnson's relative weight.
    pub weight: f64,
    /// The variance inflation factor.
    pub vif: f64,
    /// Spearman's rank correlation with the outcome.
    pub spearman: Option<f64>,
    /// Kendall's tau-b.
    pub kendall: Option<f64>,
}

/// Weighs every scale by what it adds to the outcome: the NPS, or else the first satisfaction. `None` where there is no outcome, or nothing
/// to weigh.
pub(super) fn drivers(asked: &[Answers<'_>], (wave, smallest): (usize, u64)) -> Option<Drivers> {
    // What may not be shown by itself has no part in it.
    let shown = || asked.iter().filter(|answers| answers.is_shown(wave));
    let measured = |wanted: Measure| {
        shown().find(|answers| matches!(answers.variable.kind, VariableKind::Scale { measure, .. } if measure == wanted))
    };
    let outcome = measured(Measure::Nps).or_else(|| measured(Measure::Csat))?;
    let (dataset, total) = (outcome.dataset, outcome.dataset.answered(wave));
    let is_driver = |answers: &&Answers<'_>| {
        matches!(answers.variable.kind, VariableKind::Scale { measure, .. } if measure != Measure::Nps)
            && answers.variable.question != outcome.variable.question
    };
    // Who meets an item only under a condition leaves few who answered all.
    let is_common = |answers: &&Answers<'_>| answered(dataset, [outcome.variable, answers.variable], wave) * 2 > total;
    let items: Vec<&Answers<'_>> = shown().filter(is_driver).filter(is_common).take(MOST_DRIVERS).collect();
    if items.is_empty() {
        return None;
    }
    let all = [vec![outcome], items.clone()].concat();
    let rows = complete(dataset, &all.iter().map(|answers| answers.variable).collect::<Vec<_>>(), wave);
    let (is_told_apart, items): (bool, Vec<&Variable>) =
        (is_told_apart(&all, rows.len(), (wave, smallest)), items.iter().map(|answers| answers.variable).collect());
    let outcome = outcome.variable;
    let base = Drivers {
        outcome: outcome.name.clone(),
        text: outcome.title(),
        n: rows.len(),
        r_squared: 0.0,
        seed: SEED,
        drivers: Vec::new(),
        refused: None,
    };
    if (rows.len() as u64) < smallest {
        return Some(Drivers { n: 0, refused: Some("too few answered all items".to_owned()), ..base });
    }
    if is_told_apart {
        let why = "so few left an item out that their answers could be worked out";
        return Some(Drivers { n: 0, refused: Some(why.to_owned()), ..base });
    }
    match statistics::Drivers::of(&rows, CONFIDENCE, SEED) {
        Err(refusal) => Some(Drivers { refused: Some(refusal.to_string()), ..base }),
        Ok(found) => {
            let mut drivers: Vec<Driver> = items
                .iter()
                .zip(&found.drivers)
                .enumerate()
                .map(|(at, (item, driver))| one(item, driver, (&rows, at + 1), found.r_squared))
                .collect();
            drivers.sort_by(|a, b| b.lmg.total_cmp(&a.lmg).then_with(|| a.item.cmp(&b.item)));
            Some(Drivers { r_squared: found.r_squared, drivers, ..base })
        }
    }
}

fn one(item: &Variable, driver: &statistics::Driver, (rows, at): (&[Vec<f64>], usize), r_squared: f64) -> Driver {
    let points: Vec<f64> = item.points().into_iter().flatten().collect();
    let (low, high) =
        (points.iter().copied().fold(f64::INFINITY, f64::min), points.iter().copied().fold(f64::NEG_INFINITY, f64::max));
    let mean = rows.iter().map(|row| row[at]).sum::<f64>() / rows.len() as f64;
    let pairs = Pairs::of(rows.iter().map(|row| (row[0], row[at], 1)));
    Driver {
        spearman: pairs.spearman().map(|correlation| correlation.coefficient),
        kendall: pairs.kendall().map(|correlation| correlation.coefficient),
        item: item.name.clone(),
        text: item.title(),
        score: (mean - low) / (high - low),
        share: if r_squared > 0.0 { driver.lmg / r_squared } else { 0.0 },
        low: driver.lmg_interval.low,
        lmg: driver.lmg,
        high: driver.lmg_interval.high,
        weight: driver.weight,
        vif: driver.vif,
    }
}
