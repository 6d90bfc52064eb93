//! Hours of the day in which nobody is asked.

use std::fmt;

use chrono::{DateTime, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};

/// Hours in which nobody is asked, as the local clock shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    /// Their beginning.
    pub from: NaiveTime,
    /// Their end, on the next day where it is not after the beginning.
    pub to: NaiveTime,
}

impl QuietHours {
    /// Reads hours as in `22:00-07:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
        let (from, to) = (time(from)?, time(to)?);
        (from != to).then_some(Self { from, to })
    }

    /// Gives when they end, where a time lies in them.
    pub fn end_at<Z: TimeZone>(self, now: &DateTime<Z>) -> Option<DateTime<Utc>> {
        let time = now.time();
        let is_in = match self.from < self.to {
            true => (self.from..self.to).contains(&time),
            false => time >= self.from || time < self.to,
        };
        let day = now.naive_local().date();
        let day = if time < self.to { day } else { day + TimeDelta::days(1) };
        is_in.then(|| moment(day.and_time(self.to), &now.timezone())).flatten()
    }
}

/// Gives the moment at which the clocks of a zone show a time: the later one where they show it twice, an hour on where they skip it.
pub fn moment<Z: TimeZone>(local: NaiveDateTime, zone: &Z) -> Option<DateTime<Utc>> {
    let shown = |local: NaiveDateTime| zone.from_local_datetime(&local).latest();
    shown(local).or_else(|| shown(local + TimeDelta::hours(1))).map(|moment| moment.to_utc())
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from.format("%H:%M"), self.to.format("%H:%M"))
    }
}
