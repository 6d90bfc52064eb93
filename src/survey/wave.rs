//! Waves: the periods in which a survey is asked once. Which day it is, is an argument.

use chrono::{Datelike, Months, NaiveDate};

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
    pub id: String,
    /// The first day.
    pub opens: NaiveDate,
    /// The last day.
    pub closes: NaiveDate,
}

/// One wave as it lies in the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The wave's name as responses carry it: that of a window, else `2026-Q4`, `2026-11` or `2026`.
    pub id: String,
    /// The first day.
    pub opens: NaiveDate,
    /// The last day.
    pub closes: NaiveDate,
}

impl Wave {
    /// Gives the wave that a day belongs to; `None` between windows.
    pub fn at(&self, day: NaiveDate) -> Option<Period> {
        match self {
            Self::Every(cadence) => cadence.at(day),
            Self::Windows(windows) => windows.iter().map(Window::period).find(|period| period.contains(day)),
        }
    }

    /// Gives the first day of the next wave that opens after a day; `None` where no further one is planned.
    pub fn next_opening(&self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Every(cadence) => cadence.start(day)?.checked_add_months(cadence.length()),
            Self::Windows(windows) => windows.iter().map(|window| window.opens).filter(|opens| *opens > day).min(),
        }
    }

    /// Gives the last day of the wave that closed last before a day; `None` where none has been.
    pub fn last_closing(&self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Every(cadence) => cadence.start(day)?.pred_opt(),
            Self::Windows(windows) => windows.iter().map(|window| window.closes).filter(|closes| *closes < day).max(),
        }
    }

    /// Says whether one wave follows the other without an end that anyone would have to know.
    pub fn is_evergreen(&self) -> bool {
        *self == Self::Every(Cadence::Evergreen)
    }
}

impl Window {
    fn period(&self) -> Period {
        Period { id: self.id.clone(), opens: self.opens, closes: self.closes }
    }
}

impl Period {
    /// Says whether a day belongs to the wave.
    pub fn contains(&self, day: NaiveDate) -> bool {
        (self.opens..=self.closes).contains(&day)
    }
}

impl Cadence {
    fn at(self, day: NaiveDate) -> Option<Period> {
        let opens = self.start(day)?;
        let closes = opens.checked_add_months(self.length())?.pred_opt()?;
        let id = match self {
            Self::Yearly => format!("{:04}", opens.year()),
            Self::Quarterly => format!("{:04}-Q{}", opens.year(), opens.month0() / 3 + 1),
            Self::Monthly | Self::Evergreen => format!("{:04}-{:02}", opens.year(), opens.month()),
        };
        Some(Period { id, opens, closes })
    }

    fn start(self, day: NaiveDate) -> Option<NaiveDate> {
        let month = match self {
            Self::Yearly => 0,
            Self::Quarterly => day.month0() / 3 * 3,
            Self::Monthly | Self::Evergreen => day.month0(),
        };
        NaiveDate::from_ymd_opt(day.year(), month + 1, 1)
    }

    fn length(self) -> Months {
        Months::new(match self {
            Self::Yearly => 12,
            Self::Quarterly => 3,
            Self::Monthly | Self::Evergreen => 1,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_day_of_the_calendar_belongs_to_one_wave_of_a_cadence() {
        let cases = [
            (Cadence::Quarterly, "2026-12-31", "2026-Q4", "2026-10-01", "2026-12-31", "2027-01-01"),
            (Cadence::Quarterly, "2027-01-01", "2027-Q1", "2027-01-01", "2027-03-31", "2027-04-01"),
            (Cadence::Monthly, "2024-02-29", "2024-02", "2024-02-01", "2024-02-29", "2024-03-01"),
            (Cadence::Evergreen, "2026-11-15", "2026-11", "2026-11-01", "2026-11-30", "2026-12-01"),
            (Cadence::Yearly, "2026-07-01", "2026", "2026-01-01", "2026-12-31", "2027-01-01"),
        ];
        for (cadence, on, id, opens, closes, next) in cases {
            let wave = Wave::Every(cadence);
            let period = Period { id: id.to_owned(), opens: day(opens), closes: day(closes) };
            assert_eq!(wave.at(day(on)), Some(period), "{on}");
            assert_eq!(wave.next_opening(day(on)), Some(day(next)), "{on}");
            assert_eq!(wave.last_closing(day(on)).and_then(|day| day.succ_opt()), Some(day(opens)), "{on}");
        }
    }

    #[test]
    fn a_window_holds_its_first_and_its_last_day_and_between_windows_there_is_no_wave() {
        let window = |id: &str, opens, closes| Window { id: id.to_owned(), opens: day(opens), closes: day(closes) };
        let wave =
            Wave::Windows(vec![window("spring", "2026-03-01", "2026-03-14"), window("autumn", "2026-09-01", "2026-09-14")]);
        let cases = [
            ("2026-02-28", None, Some("2026-03-01"), None),
            ("2026-03-01", Some("spring"), Some("2026-09-01"), None),
            ("2026-03-14", Some("spring"), Some("2026-09-01"), None),
            ("2026-03-15", None, Some("2026-09-01"), Some("2026-03-14")),
            ("2026-09-14", Some("autumn"), None, Some("2026-03-14")),
            ("2026-09-15", None, None, Some("2026-09-14")),
        ];
        for (on, id, next, last) in cases {
            let found = (wave.at(day(on)).map(|period| period.id), wave.next_opening(day(on)), wave.last_closing(day(on)));
            assert_eq!(found, (id.map(str::to_owned), next.map(day), last.map(day)), "{on}");
        }
    }

    #[test]
    fn at_the_ends_of_time_there_is_no_wave_rather_than_a_panic() {
        for day in [NaiveDate::MIN, NaiveDate::MAX] {
            for cadence in [Cadence::Monthly, Cadence::Quarterly, Cadence::Yearly, Cadence::Evergreen] {
                let wave = Wave::Every(cadence);
                let _ = (wave.at(day), wave.next_opening(day), wave.last_closing(day));
            }
        }
        assert_eq!(Wave::Every(Cadence::Yearly).next_opening(NaiveDate::MAX), None);
    }
}
