//! Least and greatest: how many choices, which numbers, which days.

use std::ops::Range;

use super::findings::Findings;
use super::table::{Entry, Table};
use super::text;
use crate::survey::{Choice, Kind};

/// The most decimal places a number may have.
pub(super) const MOST_DECIMALS: i64 = 6;

/// More choices than these no question has.
pub(super) const MOST_PICKS: usize = 100;

/// Reads how many choices an answer of `multi` may have; without readable choices only the numbers themselves are checked.
pub(super) fn picks(table: &Table<'_>, choices: Option<&[Choice]>, findings: &mut Findings<'_>) -> Option<(usize, usize)> {
    let together = choices.map_or(MOST_PICKS, |choices| choices.iter().filter(|choice| !choice.exclusive).count().max(1));
    let mut read = |key: &str, usual: usize| match table.get(key) {
        None => Some(usual),
        Some(entry) => read_picks(&entry, together, findings),
    };
    let (min, max) = (read("min", 1), read("max", choices.map_or(MOST_PICKS, <[Choice]>::len)));
    // Their order is told also where one of them is out of range.
    let written = |key: &str| table.get(key).and_then(|entry| entry.value.as_integer()?.as_str().parse::<i64>().ok());
    if let (Some(min), Some(max)) = (written("min"), written("max")) {
        check_order(table, min, max, findings)?;
    }
    min.zip(max)
}

fn read_picks(entry: &Entry<'_>, together: usize, findings: &mut Findings<'_>) -> Option<usize> {
    let picks = usize::try_from(entry.whole(1..=100, findings)?).ok()?;
    if picks > together {
        let message = format!("`{}` is {picks}, and at most {together} choices can be chosen together", entry.key);
        findings.report("out-of-range", entry.span.clone(), message, format!("lower `{}`, or add choices", entry.key));
        return None;
    }
    Some(picks)
}

/// Reads a number's bounds, unit and decimal places.
pub(super) fn number(table: &Table<'_>, findings: &mut Findings<'_>) -> Option<Kind> {
    let unit = table.get("unit").map(|entry| entry.text(text::UNIT, findings));
    let decimals = table.get("decimals").map_or(Some(0), |entry| decimals(&entry, findings));
    let mut bound = |key: &str| Some((table.get(key)?, decimals)).map(|(entry, decimals)| read_bound(&entry, decimals, findings));
    let (min, max) = (bound("min"), bound("max"));
    let (min, max) = check_bounds(table, min, max, findings)?;
    Some(Kind::Number { min, max, unit: unit.flatten(), decimals: decimals? })
}

/// Reads how many decimal places an answer may have.
pub(super) fn decimals(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<u8> {
    entry.whole(0..=MOST_DECIMALS, findings).and_then(|decimals| u8::try_from(decimals).ok())
}

/// Reads a date's bounds.
pub(super) fn date(table: &Table<'_>, findings: &mut Findings<'_>) -> Option<Kind> {
    let mut bound = |key: &str| table.get(key).map(|entry| entry.date(findings));
    let (min, max) = (bound("min"), bound("max"));
    let (min, max) = check_bounds(table, min, max, findings)?;
    Some(Kind::Date { min, max })
}

fn read_bound(entry: &Entry<'_>, decimals: Option<u8>, findings: &mut Findings<'_>) -> Option<f64> {
    let number = entry.number(findings)?;
    let places = number.to_string().split_once('.').map_or(0, |(_, places)| places.len());
    if decimals.is_some_and(|decimals| places > usize::from(decimals)) {
        let message = format!("`{}` has more decimal places than an answer may have", entry.key);
        findings.report("too-many-decimals", entry.span.clone(), message, "raise `decimals`, or round the bound");
    }
    Some(number)
}

/// Gives both bounds in order; `Some(None)` stands for one that is there and unreadable.
fn check_bounds<T: PartialOrd + Copy>(
    table: &Table<'_>,
    min: Option<Option<T>>,
    max: Option<Option<T>>,
    findings: &mut Findings<'_>,
) -> Option<(Option<T>, Option<T>)> {
    match (min, max) {
        (Some(None), _) | (_, Some(None)) => None,
        (Some(Some(min)), Some(Some(max))) => check_order(table, min, max, findings).map(|(min, max)| (Some(min), Some(max))),
        (min, max) => Some((min.flatten(), max.flatten())),
    }
}

fn check_order<T: PartialOrd + Copy>(table: &Table<'_>, min: T, max: T, findings: &mut Findings<'_>) -> Option<(T, T)> {
    if min <= max {
        return Some((min, max));
    }
    let span = |key: &str| table.get(key).map(|entry| entry.span);
    let place: Range<usize> = span("max").unwrap_or_else(|| table.span.clone());
    let first = span("min").unwrap_or_else(|| table.span.clone());
    let reported = findings.report("max-below-min", place, "`max` is below `min`", "swap them, or widen the range");
    reported.related("`min` is here", first);
    None
}
