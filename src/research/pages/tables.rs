//! The rows of tables, as text.

use crate::research::charts;
use crate::research::figures::{decimal, difference, difference_interval, estimate, interval, p, percent, value};
use crate::research::findings::{Drivers, Reliability, Score, Scorecard, Sides, Value};

/// Two groups side by side, as rows.
pub(super) struct Beside<'f> {
    pub(super) sides: &'f Sides,
    pub(super) rows: Vec<(String, [String; 4], bool)>,
}

/// Drivers with their picture.
pub(super) struct Weighed<'f> {
    pub(super) drivers: &'f Drivers,
    pub(super) picture: Option<String>,
    pub(super) r_squared: String,
    pub(super) rows: Vec<(String, [String; 7])>,
}

pub(super) fn beside(sides: &Sides) -> Beside<'_> {
    let row = |row: &crate::research::findings::Side| {
        let [one, two] = row.figures.each_ref().map(estimate);
        let apart = format!("{} ({})", difference(&row.difference), difference_interval(&row.difference));
        (row.text.clone(), [one, two, apart, p(row.corrected_p)], row.is_different)
    };
    Beside { sides, rows: sides.rows.iter().map(row).collect() }
}

pub(super) fn weighed(drivers: &Drivers) -> Weighed<'_> {
    let row = |driver: &crate::research::findings::Driver| {
        let share = percent(driver.share);
        let adds = format!("{} ({} to {})", decimal(driver.lmg, 3), decimal(driver.low, 3), decimal(driver.high, 3));
        (
            driver.text.clone(),
            [
                share,
                adds,
                decimal(driver.weight, 3),
                percent(driver.score),
                decimal(driver.vif, 1),
                rank(driver.spearman),
                rank(driver.kendall),
            ],
        )
    };
    let title = format!("{} items by how much of \"{}\" goes with them, and how they fare", drivers.drivers.len(), drivers.text);
    Weighed {
        drivers,
        picture: (!drivers.drivers.is_empty()).then(|| charts::quadrants(&drivers.drivers, &title)),
        r_squared: decimal(drivers.r_squared, 2),
        rows: drivers.drivers.iter().map(row).collect(),
    }
}

/// Gives a rank correlation.
fn rank(coefficient: Option<f64>) -> String {
    coefficient.map_or_else(|| "no data".to_owned(), |coefficient| decimal(coefficient, 2))
}

/// Gives a scale of several items, its alpha with the interval, its omega, and its size.
pub(super) fn reliable(reliability: &Reliability) -> [String; 4] {
    let Reliability { of, items, n, omega, alpha, low, high } = reliability;
    let alpha = format!("{} ({} to {})", decimal(*alpha, 2), decimal(*low, 2), decimal(*high, 2));
    [of.clone(), alpha, rank(*omega), format!("{items} items, n = {n}")]
}

/// Gives the scorecard: what, now and before.
pub(super) fn scored(card: &Scorecard) -> Vec<[String; 3]> {
    card.primary
        .iter()
        .chain(&card.secondary)
        .map(|score| [score.name.to_owned(), told(score, score.now), told(score, score.before)])
        .collect()
}

fn told(score: &Score, figure: Option<Value>) -> String {
    match figure {
        None => "no data".to_owned(),
        Some(Value::Known(number)) => format!("{} {}", decimal(number, 1), score.unit),
        Some(Value::Estimate(it)) => {
            format!("{} ({}, n = {})", value(it.measured, it.value), interval(it.measured, it.low, it.high), it.n)
        }
    }
}
