//! The figures of a report, over counts: each with the formula it follows and its source. Nothing here reads, writes or rounds.
//!
//! No data is [`None`], never 0. Confidence is a share from 0 to below 1, such as 0.95, of a two-sided interval.

mod crosstab;
mod difference;
mod drivers;
pub mod effective;
mod family;
mod integral;
mod interval;
mod jeffreys;
mod keyness;
mod linear;
mod mean;
mod methods;
mod nonresponse;
mod nps;
pub mod permutation;
mod planning;
mod quantile;
mod rank;
mod reliability;
mod root;
mod scale;
mod share;
mod trend;
mod weighting;

pub use crosstab::{Association, Crosstab};
pub use difference::{Change, mover};
pub use drivers::{Driver, Drivers, MOST_DRIVERS, Refusal};
pub use family::benjamini_hochberg;
pub use interval::Interval;
pub use keyness::Keyness;
pub use mean::{Mean, MeanChange};
pub use methods::Methods;
pub use nonresponse::manski;
pub use nps::{Balance, Nps, NpsInterval};
pub use permutation::permutation;
pub use planning::Detection;
pub use quantile::QuantileType;
pub use rank::{Correlation, Pairs};
pub use reliability::{Alpha, omega};
pub use scale::{Dominance, Scale};
pub use share::{DifferenceInterval, Proportion, Share, ShareInterval};
pub use trend::Trend;
pub use weighting::Raking;

/// Says whether a figure agrees with a reference to a relative 1e-9.
#[cfg(test)]
fn is_near(value: f64, expected: f64) -> bool {
    (value - expected).abs() <= 1e-9 * expected.abs()
}
