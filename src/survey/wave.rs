//! Waves: the periods in which a survey is asked once.

use chrono::NaiveDate;

use super::Name;

/// When a survey is asked again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wave {
    /// Again in every period.
    Every(Cadence),
    /// Within windows, in order and apart from one another.
    Windows(Vec<Window>),
}

/// How often a survey is asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cadence {
    /// Every month of the calendar.
    Monthly,
    /// Every quarter of the calendar.
    Quarterly,
    /// Every year of the calendar.
    Yearly,
    /// Whenever there is occasion, once a month: a chain of monthly waves.
    Evergreen,
}

/// A wave with days of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The wave's name.
    pub id: Name,
    /// The first day.
    pub opens: NaiveDate,
    /// The last day.
    pub closes: NaiveDate,
}
