//! Spans of time as a person says them. Pure: what time it is now is an argument.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Utc};

use super::phrases::Phrases;

/// Gives a duration rounded to what a person says: `20 s`, `2 min`.
pub fn duration(seconds: u32, phrases: &Phrases) -> String {
    let times = &phrases.times;
    match seconds as usize {
        seconds @ 0..=57 => (times.seconds)(((seconds + 2) / 5).max(1) * 5),
        seconds => (times.minutes)((seconds + 30) / 60),
    }
}

/// Gives the length of a survey from its minutes: `about 30 s`, `about 6 min`.
pub fn minutes(minutes: f64, phrases: &Phrases) -> String {
    (phrases.times.about)(&duration(crate::survey::seconds(minutes), phrases))
}

/// Gives how long ago something was; after two weeks, the day where `now` is.
pub fn ago(then: DateTime<Utc>, now: DateTime<FixedOffset>, phrases: &Phrases) -> String {
    let times = &phrases.times;
    // What lies ahead, by a clock that was set back since, is as good as now.
    match usize::try_from(now.signed_duration_since(then).num_minutes()).unwrap_or(0) {
        0 => times.just_now.to_owned(),
        minutes @ 1..60 => (times.minutes_ago)(minutes),
        minutes @ 60..1_440 => (times.hours_ago)(minutes / 60),
        minutes @ 1_440..20_160 => (times.days_ago)(minutes / 1_440),
        _ => (times.on_day)(&then.with_timezone(now.offset()).format("%Y-%m-%d").to_string()),
    }
}

/// Gives a day: `31 Dec`, with the year where it is another one.
pub fn day(day: NaiveDate, today: NaiveDate, phrases: &Phrases) -> String {
    (phrases.times.date)(day, day.year() != today.year())
}

/// Gives the last day something can be done on: `until 31 Dec`.
pub fn until(last: NaiveDate, today: NaiveDate, phrases: &Phrases) -> String {
    match last == today {
        true => phrases.times.until_today.to_owned(),
        false => (phrases.times.until)(&day(last, today, phrases)),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;

    #[test]
    fn durations_are_rounded_as_a_person_would() {
        let cases = [
            (0, "5 s"),
            (3, "5 s"),
            (20, "20 s"),
            (31, "30 s"),
            (33, "35 s"),
            (57, "55 s"),
            (58, "1 min"),
            (89, "1 min"),
            (90, "2 min"),
        ];
        for (seconds, said) in cases {
            assert_eq!(duration(seconds, Phrases::ENGLISH), said);
        }
    }

    #[test]
    fn the_length_of_a_survey_is_an_estimate() {
        let cases = [(0.0, "about 5 s"), (0.5, "about 30 s"), (0.91, "about 55 s"), (1.0, "about 1 min"), (12.4, "about 12 min")];
        for (length, said) in cases {
            assert_eq!(minutes(length, Phrases::ENGLISH), said);
        }
    }

    #[test]
    fn a_day_has_its_year_only_where_it_is_another_one() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 9).unwrap();
        let cases = [((2026, 12, 31), "until 31 Dec"), ((2027, 1, 2), "until 2 Jan 2027"), ((2026, 11, 9), "until today")];
        for ((year, month, day), said) in cases {
            assert_eq!(until(NaiveDate::from_ymd_opt(year, month, day).unwrap(), today, Phrases::ENGLISH), said);
        }
    }

    #[test]
    fn times_are_told_as_distance_and_then_as_a_day() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let cases = [
            (Duration::seconds(-90), "just now"),
            (Duration::seconds(59), "just now"),
            (Duration::seconds(60), "1 minute ago"),
            (Duration::minutes(59), "59 minutes ago"),
            (Duration::minutes(60), "1 hour ago"),
            (Duration::minutes(1_439), "23 hours ago"),
            (Duration::hours(24), "1 day ago"),
            (Duration::days(13), "13 days ago"),
            (Duration::days(14), "on 2027-01-01"),
        ];
        for (since, expected) in cases {
            assert_eq!(ago(now - since, now.fixed_offset(), Phrases::ENGLISH), expected, "{since}");
        }
        let in_auckland = now.with_timezone(&FixedOffset::east_opt(13 * 3_600).unwrap());
        let then = now - Duration::hours(14 * 24 + 20);
        assert_eq!(ago(then, now.fixed_offset(), Phrases::ENGLISH), "on 2026-12-31");
        assert_eq!(ago(then, in_auckland, Phrases::ENGLISH), "on 2027-01-01");
    }
}
