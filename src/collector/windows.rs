//! When a wave takes tokens and answers: from the survey's waves, or as an administrator says. The time is an argument.

use chrono::{DateTime, Months, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use thiserror::Error;

use crate::survey::wave::Period;
use crate::survey::{Name, Survey};

/// How long before a wave opens its tokens are issued, unless a survey is evergreen.
const LEAD: TimeDelta = TimeDelta::days(7);

/// The least time between the first tokens and the first answers: what is fetched at once and used at once can be put together.
pub(crate) const LEAST_LEAD: TimeDelta = TimeDelta::hours(24);

/// The least time for answers that is worth a wave.
const LEAST_OPEN: TimeDelta = TimeDelta::hours(24);

/// A wave's name and windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Windows {
    /// What it is called.
    pub(crate) name: String,
    /// When tokens are issued.
    pub(crate) issue_opens: DateTime<Utc>,
    /// When answers are taken.
    pub(crate) opens: DateTime<Utc>,
    /// When answers end.
    pub(crate) closes: DateTime<Utc>,
}

/// What an administrator says about the windows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// What the wave is called.
    pub(crate) name: Option<String>,
    /// When tokens are issued.
    pub(crate) issue_opens: Option<DateTime<Utc>>,
    /// When answers are taken.
    pub(crate) opens: Option<DateTime<Utc>>,
    /// When answers end.
    pub(crate) closes: Option<DateTime<Utc>>,
}

/// Why there are no windows.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum WindowError {
    /// The survey has no waves, and nobody says when.
    #[error("the survey {0} has no waves")]
    NoWaves(String),
    /// No wave of the survey is left.
    #[error("no further wave of the survey {0} is planned")]
    NoneLeft(String),
    /// Only one of opening and closing is said.
    #[error("an opening needs a closing, and a closing an opening")]
    Half,
    /// They don't follow one another.
    #[error("the windows are out of order: tokens first, then answers")]
    Order,
    /// They are over.
    #[error("the wave would be over")]
    Over,
    /// The name has another form.
    #[error("`{0}` can't be the name of a wave")]
    Name(String),
}

impl WindowError {
    /// Says what to do next.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::NoWaves(_) => "say when with --opens and --closes, or add a [wave] to the survey".to_owned(),
            Self::NoneLeft(_) => "add a window to its [wave], or say when with --opens and --closes".to_owned(),
            Self::Half => "give both --opens and --closes, such as 2026-12-01T00:00:00Z".to_owned(),
            Self::Order => "--issue-opens comes first, then --opens, then --closes".to_owned(),
            Self::Over => "let it close in the future".to_owned(),
            Self::Name(_) => format!("use the form {}", Name::PATTERN),
        }
    }
}

/// Gives the windows of one wave as an administrator says.
pub(crate) fn said(survey: &Survey, wanted: &Wanted, now: DateTime<Utc>) -> Result<Windows, WindowError> {
    let (Some(opens), Some(closes)) = (wanted.opens, wanted.closes) else { return Err(WindowError::Half) };
    let period = survey.wave.as_ref().and_then(|wave| wave.at(opens.date_naive()));
    let name = wanted.name.clone().or(period.map(|period| period.id)).unwrap_or_else(|| format!("version-{}", survey.version));
    if Name::new(&name.to_lowercase()).is_none() {
        return Err(WindowError::Name(name));
    }
    let issue_opens = wanted.issue_opens.unwrap_or_else(|| (opens - LEAD).max(hour(now)).min(opens));
    in_time(Windows { name, issue_opens, opens, closes }, now)
}

/// Gives the windows of the next waves of a survey, those that are taken left out.
pub(crate) fn next(
    survey: &Survey,
    count: usize,
    is_taken: impl Fn(&str) -> bool,
    now: DateTime<Utc>,
) -> Result<Vec<Windows>, WindowError> {
    let id = || survey.id.to_string();
    let wave = survey.wave.as_ref().ok_or_else(|| WindowError::NoWaves(id()))?;
    let today = now.date_naive();
    let current = wave.at(today).map(|period| period.opens);
    let mut day = current.or_else(|| wave.next_opening(today));
    let mut found = Vec::new();
    while let (Some(opens), true) = (day, found.len() < count) {
        let Some(period) = wave.at(opens) else { break };
        let windows = of_period(&period, wave.is_evergreen(), now);
        if windows.closes - windows.opens.max(now) >= LEAST_OPEN && !is_taken(&windows.name) {
            found.push(windows);
        }
        day = wave.next_opening(opens);
    }
    if found.is_empty() { Err(WindowError::NoneLeft(id())) } else { Ok(found) }
}

/// Tokens of an evergreen survey are fetched in the month before. Whoever begins late opens a day after the first tokens.
fn of_period(period: &Period, is_evergreen: bool, now: DateTime<Utc>) -> Windows {
    let (opens, closes) = (midnight(period.opens), midnight(period.closes) + TimeDelta::days(1));
    let earliest = if is_evergreen { opens.checked_sub_months(Months::new(1)) } else { opens.checked_sub_signed(LEAD) };
    let issue_opens = earliest.unwrap_or(opens).max(hour(now));
    let name = period.id.clone();
    Windows { name, issue_opens, opens: opens.max(issue_opens + LEAST_LEAD), closes }
}

fn in_time(windows: Windows, now: DateTime<Utc>) -> Result<Windows, WindowError> {
    if !(windows.issue_opens <= windows.opens && windows.opens < windows.closes) {
        return Err(WindowError::Order);
    }
    if windows.closes + crate::anonymous::manifest::COLLECT <= now { Err(WindowError::Over) } else { Ok(windows) }
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// Gives the hour that a time is in: a manifest needs no minutes, which would tell when it was prepared.
fn hour(time: DateTime<Utc>) -> DateTime<Utc> {
    time.with_minute(0).and_then(|time| time.with_second(0)).and_then(|time| time.with_nanosecond(0)).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::parse::parse;

    fn survey(wave: &str) -> Survey {
        let source = format!(
            "id = \"pulse\"\ntitle = \"Pulse\"\n{wave}\n[[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = \"How likely?\"\n"
        );
        parse(&source).unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn told(windows: &Windows) -> String {
        let time = |time: DateTime<Utc>| time.format("%m-%dT%H").to_string();
        format!("{} {} {} {}", windows.name, time(windows.issue_opens), time(windows.opens), time(windows.closes))
    }

    #[test]
    fn the_next_waves_follow_the_calendar_and_the_first_leaves_a_day_for_tokens() {
        let cases = [
            (
                "[wave]\ncadence = \"evergreen\"",
                vec![
                    "2026-11 11-10T07 11-11T07 12-01T00",
                    "2026-12 11-10T07 12-01T00 01-01T00",
                    "2027-01 12-01T00 01-01T00 02-01T00",
                ],
            ),
            ("[wave]\ncadence = \"monthly\"", vec!["2026-11 11-10T07 11-11T07 12-01T00", "2026-12 11-24T00 12-01T00 01-01T00"]),
        ];
        for (wave, expected) in cases {
            let found = next(&survey(wave), expected.len(), |_| false, at("2026-11-10T07:30:05Z")).unwrap();
            assert_eq!(found.iter().map(told).collect::<Vec<_>>(), expected, "{wave}");
        }
    }

    #[test]
    fn taken_and_nearly_closed_waves_are_left_out() {
        let monthly = survey("[wave]\ncadence = \"monthly\"");
        let names = |now: &str, taken: &str| {
            let found = next(&monthly, 1, |name| name == taken, at(now)).unwrap();
            found[0].name.clone()
        };
        assert_eq!(names("2026-11-10T07:30:05Z", "2026-11"), "2026-12");
        assert_eq!(names("2026-11-29T12:00:00Z", ""), "2026-12");
        assert_eq!(next(&survey(""), 1, |_| false, at("2026-11-10T00:00:00Z")), Err(WindowError::NoWaves("pulse".into())));
    }

    #[test]
    fn what_an_administrator_says_is_checked() {
        let now = at("2026-11-10T07:30:05Z");
        let wanted = |opens: &str, closes: &str| Wanted { opens: Some(at(opens)), closes: Some(at(closes)), ..Wanted::default() };
        let good = wanted("2026-11-20T00:00:00Z", "2026-11-30T00:00:00Z");
        assert_eq!(told(&said(&survey(""), &good, now).unwrap()), "version-1 11-13T00 11-20T00 11-30T00");
        let cases = [
            (Wanted { closes: None, ..good.clone() }, WindowError::Half),
            (wanted("2026-11-30T00:00:00Z", "2026-11-20T00:00:00Z"), WindowError::Order),
            (wanted("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"), WindowError::Over),
            (Wanted { name: Some("a b".into()), ..good }, WindowError::Name("a b".into())),
        ];
        for (wanted, expected) in cases {
            assert_eq!(said(&survey(""), &wanted, now), Err(expected));
        }
    }
}
