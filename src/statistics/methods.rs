//! By which methods intervals are worked out: the usual ones, or others on request.

use serde::Serialize;

use super::nps::NpsInterval;
use super::share::{DifferenceInterval, ShareInterval};

/// The method of each kind of interval that has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Methods {
    /// Of Net Promoter Scores, and of their changes.
    pub nps: NpsInterval,
    /// Of shares.
    pub share: ShareInterval,
    /// Of differences of shares.
    pub difference: DifferenceInterval,
}
