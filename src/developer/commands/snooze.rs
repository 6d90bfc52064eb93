//! `dxpulse snooze`: nothing is asked for a while.

use chrono::{Local, TimeDelta};

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
    let span = |text: &str| {
        let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let number: i64 = number.parse().ok().filter(|number| (1..=10_000).contains(number))?;
        match unit {
            "h" => Some(TimeDelta::hours(number)),
            "d" => Some(TimeDelta::days(number)),
            "w" => Some(TimeDelta::weeks(number)),
            _ => None,
        }
    };
    let span = span(text).ok_or("write hours, days or weeks, such as 4h, 3d or 2w, or off")?;
    if span <= LONGEST { Ok(Time(Some(span))) } else { Err("a year is the longest; `dxpulse mute` is for good".to_owned()) }
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let now = Local::now().fixed_offset();
    let until = arguments.time.0.map(|time| now.to_utc() + time);
    let mut store = Store::open(&context.places()?.data)?;
    store.remember(now.to_utc(), |memory| {
        memory.snoozed_until = until;
        if until.is_none() {
            memory.believe(now.to_utc());
        }
    })?;
    let say = &context.phrases(&context.settings_that_are_right()?).prompting;
    output::print_words(
        &until.map_or_else(|| say.no_longer_snoozed.to_owned(), |until| (say.snoozed_until)(&minute(until, now))),
    )?;
    Ok(Exit::SUCCESS)
}
