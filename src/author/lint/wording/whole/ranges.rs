//! Choices that are ranges of an amount: none may share a value with another, and none may be left out between two.

use super::poles::words;
use super::{Finding, Rule, english, own_questions};
use crate::survey::{Kind, Question, Survey};

/// The amounts a label stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Span {
    low: Bound,
    high: Bound,
}

/// One end of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bound {
    amount: f64,
    /// How much one of its unit is, in hours; none where it is no time, or doesn't say which.
    unit: Option<f64>,
    /// Whether the amount itself belongs to the range.
    is_in: bool,
}

const UNITS: &[(&str, f64)] = &[
    ("second", 1.0 / 3600.0),
    ("minute", 1.0 / 60.0),
    ("min", 1.0 / 60.0),
    ("hour", 1.0),
    ("day", 24.0),
    ("week", 168.0),
    ("month", 730.5),
    ("year", 8766.0),
];

const LESS: &[&str] = &["less than", "fewer than", "under", "below", "<"];
const AT_MOST: &[&str] = &["up to", "at most", "no more than", "maximum", "≤", "or less", "or fewer"];
const MORE: &[&str] = &["more than", "over", "above", ">"];
const AT_LEAST: &[&str] = &["at least", "from", "≥", "+", "or more", "and more", "or longer"];

/// The words of an amount besides its number and unit.
const AMOUNT_WORDS: &[&str] = &[
    "a", "about", "above", "an", "and", "at", "below", "between", "day", "few", "fewer", "from", "in", "least", "less", "longer",
    "maximum", "more", "most", "never", "no", "none", "of", "once", "or", "over", "per", "than", "time", "times", "to", "twice",
    "under", "until", "up", "zero",
];

pub(super) fn find(survey: &Survey) -> Vec<Finding> {
    own_questions(survey).filter_map(|question| faulty(survey, question)).collect()
}

fn faulty(survey: &Survey, question: &Question) -> Option<Finding> {
    let ranges = ranges(survey, question);
    if !ranges.iter().any(|(span, _)| span.start() < span.end() && span.end().is_finite()) {
        return None;
    }
    let (message, help) = neighbours(&ranges).find_map(|(first, second)| fault(first, second))?;
    let key = if question.kind.scale().is_some() { "labels" } else { "choices" };
    Some(Finding::new(Rule::OverlappingRanges, Some(question), key, message, help))
}

/// Gives the labels of a question that are ranges, the lowest first; one without a unit has that of the question.
fn ranges<'q>(survey: &Survey, question: &'q Question) -> Vec<(Span, &'q str)> {
    let labels: Vec<&str> = match &question.kind {
        Kind::Single { choices } | Kind::Multi { choices, .. } => {
            choices.iter().filter(|choice| !choice.other).filter_map(|choice| english::text(survey, &choice.label)).collect()
        }
        _ => english::points(survey, question),
    };
    let usual = english::text(survey, &question.text).and_then(asked_unit);
    let read = labels.into_iter().filter_map(|label| Some((span(label)?.in_unit(usual), label)));
    let mut ranges: Vec<(Span, &str)> = read.collect();
    ranges.sort_by(|(a, _), (b, _)| a.start().total_cmp(&b.start()).then(a.end().total_cmp(&b.end())));
    ranges
}

/// Gives each range with the next one that counts the same thing.
fn neighbours<'r>(ranges: &'r [(Span, &str)]) -> impl Iterator<Item = ((Span, &'r str), (Span, &'r str))> {
    ranges.iter().enumerate().filter_map(|(at, first)| {
        let mut later = ranges[at + 1..].iter();
        let next = later.find(|(span, label)| span.counts_as(first.0) && subject(label) == subject(first.1))?;
        Some((*first, *next))
    })
}

/// Says what is wrong between two neighbours, and what to do.
fn fault((first, first_label): (Span, &str), (second, second_label): (Span, &str)) -> Option<(String, &'static str)> {
    if first.overlaps(second) {
        let help = "let the next range begin after the end of the one before: 1 to 5, 6 to 10";
        return Some((format!("“{first_label}” and “{second_label}” share an amount"), help));
    }
    let help = "let the next range begin right after the one before, so that every amount has a place";
    first.leaves_gap(second).then(|| (format!("an amount between “{first_label}” and “{second_label}” has no place"), help))
}

impl Span {
    fn exactly(bound: Bound) -> Self {
        Self { low: bound, high: bound }
    }

    fn up_to(high: Bound) -> Self {
        Self { low: Bound { amount: 0.0, is_in: true, ..high }, high }
    }

    fn from(low: Bound) -> Self {
        Self { low, high: Bound { amount: f64::INFINITY, is_in: false, ..low } }
    }

    /// Gives the range in a unit where its label names none.
    fn in_unit(self, usual: Option<f64>) -> Self {
        let [low, high] = [self.low, self.high].map(|bound| Bound { unit: bound.unit.or(usual), ..bound });
        Self { low, high }
    }

    /// Says whether both are amounts of time, or neither; nothing is as much of either.
    fn counts_as(self, other: Self) -> bool {
        self.is_nothing() || other.is_nothing() || self.high.unit.is_some() == other.high.unit.is_some()
    }

    fn is_nothing(self) -> bool {
        self.end() == 0.0
    }

    fn start(self) -> f64 {
        self.low.value()
    }

    fn end(self) -> f64 {
        self.high.value()
    }

    fn overlaps(self, next: Self) -> bool {
        let both = self.high.is_in && next.low.is_in;
        self.end() > next.start() || both && (self.end() - next.start()).abs() < f64::EPSILON
    }

    /// Says whether a whole number, or a tenth where the ranges have tenths, lies between this and the next.
    fn leaves_gap(self, next: Self) -> bool {
        let (end, start) = (self.high, next.low);
        let whole = [end, start].iter().all(|bound| bound.amount.fract() == 0.0);
        let step = if whole { 1.0 } else { 0.1 };
        let last = if end.is_in { end.amount } else { end.amount - step };
        let first = if start.is_in { start.amount } else { start.amount + step };
        end.unit == start.unit && first - last > step * 1.5
    }
}

impl Bound {
    fn value(self) -> f64 {
        self.amount * self.unit.unwrap_or(1.0)
    }

    fn left_out(self) -> Self {
        Self { is_in: false, ..self }
    }
}

/// Gives the words of a label that aren't about an amount: `It saved me 1 to 4 hours` counts something else than `It cost me 1 to 4 hours`.
fn subject(label: &str) -> Vec<String> {
    let is_amount = |word: &String| {
        let number = word.bytes().any(|byte| byte.is_ascii_digit());
        number || AMOUNT_WORDS.contains(&word.as_str()) || unit_of(word).is_some()
    };
    words(label).filter(|word| !is_amount(word)).collect()
}

/// Reads a label as a range: `1 to 5`, `1–5 days`, `1 hour to 1 day`, `Less than 1 year`, `10+`, `Never`.
fn span(label: &str) -> Option<Span> {
    let text = label.to_lowercase().replace(['–', '—', '‒', '−'], "-");
    match bounds(&text).as_slice() {
        [] => counted(&text).map(Span::exactly),
        [one] => with_one(&text, *one),
        [low, high] if low.value() < high.value() && joins(&text) => {
            let half_open = text.contains("to less than") || text.contains("to under") || text.contains("to fewer than");
            let low = if has(&text, MORE) { low.left_out() } else { *low };
            Some(Span { low, high: if half_open { high.left_out() } else { *high } })
        }
        _ => None,
    }
}

/// Reads an amount without a number.
fn counted(text: &str) -> Option<Bound> {
    let amount = match words(text).next()?.as_str() {
        "none" | "never" | "zero" | "no" => 0.0,
        "once" => 1.0,
        "twice" => 2.0,
        _ => return None,
    };
    is_short(text).then(|| Bound { amount, unit: units(text).last(), is_in: true })
}

/// Reads a range with one number.
fn with_one(text: &str, one: Bound) -> Option<Span> {
    if has(text, AT_LEAST) {
        Some(Span::from(one))
    } else if has(text, AT_MOST) {
        Some(Span::up_to(one))
    } else if has(text, MORE) {
        Some(Span::from(one.left_out()))
    } else if has(text, LESS) {
        Some(Span::up_to(one.left_out()))
    } else {
        is_short(text).then(|| Span::exactly(one))
    }
}

fn has(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| text.contains(phrase))
}

fn is_short(text: &str) -> bool {
    words(text).count() < 3
}

/// Says whether two numbers are the ends of a range.
fn joins(text: &str) -> bool {
    text.contains('-') || words(text).any(|word| matches!(word.as_str(), "to" | "and" | "until"))
}

/// Gives the numbers of a text with the unit behind each, else behind the last; a comma stands between thousands, a point before
/// decimals.
fn bounds(text: &str) -> Vec<Bound> {
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let mut amounts: Vec<(f64, Option<f64>)> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let number = &rest[start..];
        let (number, behind) = number.split_at(number.find(|c| !is_of_number(c)).unwrap_or(number.len()));
        let unit = behind.split(|c: char| c.is_ascii_digit()).next().and_then(|words| units(words).next());
        amounts.extend(number.trim_end_matches(['.', ',']).replace(',', "").parse().map(|amount| (amount, unit)));
        rest = behind;
    }
    let usual = amounts.last().and_then(|(_, unit)| *unit).or_else(|| units(text).last());
    amounts.into_iter().map(|(amount, unit)| Bound { amount, unit: unit.or(usual), is_in: true }).collect()
}

/// Gives what one of the unit is that a question asks for: `How many working days`, `in minutes`.
fn asked_unit(question: &str) -> Option<f64> {
    let all: Vec<String> = words(question).collect();
    all.windows(2).enumerate().find_map(|(at, pair)| match [pair[0].as_str(), pair[1].as_str()] {
        ["how", "many"] => all[at + 2..].iter().take(2).find_map(|word| unit_of(word)),
        ["in", unit] => unit_of(unit),
        _ => None,
    })
}

fn units(text: &str) -> impl Iterator<Item = f64> {
    words(text).filter_map(|word| unit_of(word.trim_end_matches('-')))
}

fn unit_of(word: &str) -> Option<f64> {
    let named = |name: &str| word == name || word.strip_suffix('s') == Some(name);
    UNITS.iter().find(|(name, _)| named(name)).map(|(_, unit)| *unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(label: &str) -> Option<(f64, bool, f64, bool)> {
        span(label).map(|Span { low, high }| (low.amount, low.is_in, high.amount, high.is_in))
    }

    #[test]
    fn labels_read_as_the_ranges_they_stand_for() {
        let above = f64::INFINITY;
        for (label, expected) in [
            ("1 to 5", Some((1.0, true, 5.0, true))),
            ("1–5 days", Some((1.0, true, 5.0, true))),
            ("1% to 25%", Some((1.0, true, 25.0, true))),
            ("Less than 1 year", Some((0.0, true, 1.0, false))),
            ("1 year to less than 3 years", Some((1.0, true, 3.0, false))),
            ("10+", Some((10.0, true, above, false))),
            ("More than 10", Some((10.0, false, above, false))),
            ("1,000 or more", Some((1000.0, true, above, false))),
            ("Up to 0.5 hours", Some((0.0, true, 0.5, true))),
            ("Never", Some((0.0, true, 0.0, true))),
            ("None of the services I own", None),
            ("Python 3", Some((3.0, true, 3.0, true))),
            ("Waiting for a review", None),
        ] {
            assert_eq!(ends(label), expected, "{label}");
        }
    }
    #[test]
    fn every_number_has_the_unit_behind_it_else_that_of_the_last() {
        for (label, start, end) in [
            ("1 hour to 1 day", 1.0, 24.0),
            ("1 hour to 2 days", 1.0, 48.0),
            ("1 hour–1 day", 1.0, 24.0),
            ("1 day to 1 week", 24.0, 168.0),
            ("1 to 2 days", 24.0, 48.0),
            ("1 to 2 hours a day", 1.0, 2.0),
            ("1 hour a day to 2 hours a day", 1.0, 2.0),
            ("Day 1 to 2", 24.0, 48.0),
            ("1 to 5", 1.0, 5.0),
        ] {
            assert_eq!(span(label).map(|span| (span.start(), span.end())), Some((start, end)), "{label}");
        }
        assert_eq!(span("2 days to 1 hour"), None);
    }
}
