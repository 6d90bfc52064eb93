//! Whether the clock can be believed. What is due by it can't be undone: waves close, keys are destroyed, contacts erased. So the
//! collector keeps the day it last ran, and does nothing by a clock that is far from it until its operator says that it is right.

use std::fmt;

use chrono::NaiveDate;

use super::folder::{DiskError, Folder, read, write_private};

/// How many days a server may have stood still. Beyond that, a clock that is wrong is as likely.
const LONGEST_PAUSE: i64 = 40;

/// How many days the clock may go back, such as when it is set right around midnight.
const LARGEST_STEP_BACK: i64 = 1;

/// What to do about a clock that isn't believed.
pub(crate) const REMEDY: &str =
    "set the clock; where it is right, such as after a long pause, say so with `dxpulse-collector doctor --clock-is-right`";

/// A clock that isn't believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Doubt {
    today: NaiveDate,
    /// When the collector last ran; none where what was kept of it can't be read.
    last: Option<NaiveDate>,
}

impl fmt::Display for Doubt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "by the clock it is {}, and ", self.today)?;
        match self.last {
            Some(last) => write!(out, "the collector last ran on {last}")?,
            None => out.write_str("when the collector last ran can't be read from the file `day`")?,
        }
        out.write_str(": nothing is closed, erased or rewritten by itself")
    }
}

/// Says whether the clock is far from the day that the collector last ran.
pub(crate) fn doubt(folder: &Folder, today: NaiveDate) -> Option<Doubt> {
    let last = match read(&folder.last_day()) {
        Ok(None) => return None,
        Ok(Some(text)) => text.trim().parse::<NaiveDate>().ok(),
        Err(_) => None,
    };
    let passed = last.map(|last| (today - last).num_days());
    let is_near = passed.is_some_and(|days| (-LARGEST_STEP_BACK..=LONGEST_PAUSE).contains(&days));
    (!is_near).then_some(Doubt { today, last })
}

/// Keeps a day as the one that the collector last ran.
pub(crate) fn keep(folder: &Folder, today: NaiveDate) -> Result<(), DiskError> {
    let text = format!("{today}\n");
    if read(&folder.last_day()).is_ok_and(|kept| kept.as_ref() == Some(&text)) {
        return Ok(());
    }
    write_private(&folder.last_day(), text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_believed_near_the_day_that_was_kept() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::new(place.path().to_owned());
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(doubt(&folder, day("2026-11-26")), None, "nothing is known yet");
        keep(&folder, day("2026-11-26")).unwrap();
        for (today, is_believed) in [
            ("2026-11-26", true),
            ("2026-11-25", true),
            ("2026-11-24", false),
            ("2027-01-05", true),
            ("2027-01-06", false),
            ("2036-11-26", false),
        ] {
            assert_eq!(doubt(&folder, day(today)).is_none(), is_believed, "{today}");
        }
        for damaged in [b"".as_slice(), b"2026-11", b"\xff\xfe"] {
            std::fs::write(folder.last_day(), damaged).unwrap();
            let doubt = doubt(&folder, day("2026-11-26"));
            assert!(doubt.is_some_and(|doubt| doubt.to_string().contains("can't be read")), "{damaged:?}");
        }
        keep(&folder, day("2026-11-26")).unwrap();
        assert_eq!(doubt(&folder, day("2026-11-26")), None, "the operator said that it is right");
    }
}
