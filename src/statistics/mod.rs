//! The figures of a report, over counts: each with the formula it follows and its source. Nothing here reads, writes or rounds.
//!
//! No data is [`None`], never 0. Confidence is a share from 0 to below 1, such as 0.95, of a two-sided interval.

mod crosstab;
mod difference;
mod family;
mod interval;
mod nps;
mod rank;
mod reliability;
mod root;
mod scale;
mod share;
mod trend;

pub use crosstab::{Association, Crosstab};
pub use difference::mover;
pub use family::benjamini_hochberg;
pub use interval::Interval;
pub use nps::Nps;
pub use rank::{Correlation, Pairs};
pub use reliability::Alpha;
pub use scale::{Dominance, MeanChange, Scale};
pub use share::Share;
pub use trend::Trend;

/// Says whether a figure agrees with a reference to a relative 1e-9.
#[cfg(test)]
fn is_near(value: f64, expected: f64) -> bool {
    (value - expected).abs() <= 1e-9 * expected.abs()
}
