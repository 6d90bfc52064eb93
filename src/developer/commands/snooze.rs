//! `dxpulse snooze`: nothing is asked for a while.

use chrono::{Local, TimeDelta, Utc};

use super::context::Context;
use super::{Exit, Failure, output};
use crate::developer::prompting::words::minute;
use crate::developer::store::Store;

/// The longest time: more is what `mute` is for.
const LONGEST: TimeDelta = TimeDelta::days(366);

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// For how long: hours, days or weeks, such as 4h, 3d or 2w; off ends it, and whatever a wrong clock left behind
    #[arg(value_name = "TIME", default_value = "1w", value_parser = time)]
    time: Time,
}

/// For how long; nothing ends it.
#[derive(Debug, Clone, Copy)]
struct Time(Option<TimeDelta>);

fn time(text: &str) -> Result<Time, String> {
    if text == "off" {
        return Ok(Time(None));
    }
    let usage = || "write hours, days or weeks, such as 4h, 3d or 2w, or off".to_owned();
    let (number, unit) = text.len().checked_sub(1).and_then(|unit| text.split_at_checked(unit)).ok_or_else(usage)?;
    let hours = match unit {
        "h" => 1,
        "d" => 24,
        "w" => 7 * 24,
        _ => return Err(usage()),
    };
    if number.is_empty() || !number.bytes().all(|digit| digit.is_ascii_digit()) || number.bytes().all(|digit| digit == b'0') {
        return Err(usage());
    }
    // What is more than any number is more than a year.
    let span = number.parse::<i64>().ok().and_then(|number| TimeDelta::try_hours(number.checked_mul(hours)?));
    let span = span.filter(|span| *span <= LONGEST);
    span.map(|span| Time(Some(span))).ok_or_else(|| "a year (52w) is the longest; `dxpulse mute` is for good".to_owned())
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let now = Utc::now();
    let until = arguments.time.0.map(|time| now + time);
    let mut store = Store::open(&context.places()?.data)?;
    store.remember(now, |memory| {
        memory.snoozed_until = until;
        if until.is_none() {
            memory.believe(now);
        }
    })?;
    let say = &context.phrases(&context.settings_that_are_right()?).prompting;
    output::print_words(
        &until.map_or_else(|| say.no_longer_snoozed.to_owned(), |until| (say.snoozed_until)(&minute(until, &Local))),
    )?;
    Ok(Exit::SUCCESS)
}
