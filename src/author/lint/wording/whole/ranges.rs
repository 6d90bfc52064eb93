//! Choices that are ranges of an amount: none may share a value with another, and none may be left out between two.

use super::poles::words;
use super::{Finding, Rule, english, own_questions};
use crate::survey::{Kind, Question, Survey};

/// The amounts a label stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Span {
    low: f64,
    has_low: bool,
    high: f64,
    has_high: bool,
    /// How much one of its unit is, in hours; 1 for other units.
    unit: f64,
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
const AT_MOST: &[&str] = &["up to", "at most", "no more than", "maximum", "≤"];
const MORE: &[&str] = &["more than", "over", "above", ">"];
const AT_LEAST: &[&str] = &["at least", "from", "≥"];

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
    let labels: Vec<&str> = match &question.kind {
        Kind::Single { choices } | Kind::Multi { choices, .. } => {
            choices.iter().filter(|choice| !choice.other).filter_map(|choice| english::text(survey, &choice.label)).collect()
        }
        _ => english::points(survey, question),
    };
    let mut spans: Vec<(Span, &str)> = labels.iter().filter_map(|label| Some((span(label)?, *label))).collect();
    if !spans.iter().any(|(span, _)| span.low < span.high && span.high.is_finite()) {
        return None;
    }
    spans.sort_by(|(a, _), (b, _)| a.start().total_cmp(&b.start()).then(a.end().total_cmp(&b.end())));
    let key = if question.kind.scale().is_some() { "labels" } else { "choices" };
    let pairs = spans.iter().enumerate().filter_map(|(at, first)| {
        let next = spans[at + 1..].iter().find(|(_, label)| subject(label) == subject(first.1))?;
        Some((*first, *next))
    });
    let found = pairs.into_iter().find_map(|((first, first_label), (second, second_label))| {
        if first.overlaps(second) {
            let help = "let the next range begin after the end of the one before: 1 to 5, 6 to 10";
            return Some((format!("“{first_label}” and “{second_label}” share an amount"), help));
        }
        let help = "let the next range begin right after the one before, so that every amount has a place";
        first.leaves_gap(second).then(|| (format!("an amount between “{first_label}” and “{second_label}” has no place"), help))
    });
    found.map(|(message, help)| Finding::new(Rule::OverlappingRanges, Some(question), key, message, help))
}

impl Span {
    fn start(self) -> f64 {
        self.low * self.unit
    }

    fn end(self) -> f64 {
        self.high * self.unit
    }

    fn overlaps(self, next: Self) -> bool {
        let both = self.has_high && next.has_low;
        self.end() > next.start() || both && (self.end() - next.start()).abs() < f64::EPSILON
    }

    /// Says whether a whole number, or a tenth where the ranges have tenths, lies between this and the next.
    #[expect(clippy::float_cmp, reason = "units come from one table")]
    fn leaves_gap(self, next: Self) -> bool {
        let whole = [self.high, next.low].iter().all(|bound| bound.fract() == 0.0);
        let step = if whole { 1.0 } else { 0.1 };
        let last = if self.has_high { self.high } else { self.high - step };
        let first = if next.has_low { next.low } else { next.low + step };
        self.unit == next.unit && first - last > step * 1.5
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

/// Reads a label as a range: `1 to 5`, `1–5 days`, `Less than 1 year`, `10+`, `Never`.
fn span(label: &str) -> Option<Span> {
    let text = label.to_lowercase().replace(['–', '—', '‒', '−'], "-");
    let numbers = numbers(&text);
    let unit = unit(&text);
    let closed = |low: f64, high: f64| Some(Span { low, has_low: true, high, has_high: true, unit });
    let has = |phrases: &[&str]| phrases.iter().any(|phrase| text.contains(phrase));
    match numbers.as_slice() {
        [] => {
            let count = match words(&text).next()?.as_str() {
                "none" | "never" | "zero" | "no" => 0.0,
                "once" => 1.0,
                "twice" => 2.0,
                _ => return None,
            };
            (words(&text).count() < 3).then_some(())?;
            closed(count, count)
        }
        [one] => {
            let open_above =
                text.contains('+') || text.contains("or more") || text.contains("and more") || text.contains("or longer");
            if open_above || has(AT_LEAST) {
                Some(Span { low: *one, has_low: true, high: f64::INFINITY, has_high: false, unit })
            } else if has(AT_MOST) || text.contains("or less") || text.contains("or fewer") {
                Some(Span { low: 0.0, has_low: true, high: *one, has_high: true, unit })
            } else if has(MORE) {
                Some(Span { low: *one, has_low: false, high: f64::INFINITY, has_high: false, unit })
            } else if has(LESS) {
                Some(Span { low: 0.0, has_low: true, high: *one, has_high: false, unit })
            } else {
                (words(&text).count() < 3).then_some(())?;
                closed(*one, *one)
            }
        }
        [low, high] if low < high && joins(&text) => {
            let half_open = text.contains("to less than") || text.contains("to under") || text.contains("to fewer than");
            Some(Span { low: *low, has_low: !has(MORE), high: *high, has_high: !half_open, unit })
        }
        _ => None,
    }
}

/// Says whether two numbers are the ends of a range.
fn joins(text: &str) -> bool {
    text.contains('-') || words(text).any(|word| matches!(word.as_str(), "to" | "and" | "until"))
}

/// Gives the numbers of a text; a comma stands between thousands, a point before decimals.
fn numbers(text: &str) -> Vec<f64> {
    let mut numbers = Vec::new();
    let mut digits = String::new();
    for character in text.chars().chain([' ']) {
        match character {
            '0'..='9' => digits.push(character),
            '.' | ',' if !digits.is_empty() => digits.push(character),
            _ if digits.is_empty() => {}
            _ => {
                let plain = digits.trim_end_matches(['.', ',']).replace(',', "");
                numbers.extend(plain.parse::<f64>());
                digits.clear();
            }
        }
    }
    numbers
}

/// Gives what one of a label's last unit is.
fn unit(text: &str) -> f64 {
    words(text).filter_map(|word| unit_of(&word)).last().unwrap_or(1.0)
}

fn unit_of(word: &str) -> Option<f64> {
    let named = |name: &str| word == name || word.strip_suffix('s') == Some(name);
    UNITS.iter().find(|(name, _)| named(name)).map(|(_, unit)| *unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(label: &str) -> Option<(f64, bool, f64, bool)> {
        span(label).map(|span| (span.low, span.has_low, span.high, span.has_high))
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
            assert_eq!(bounds(label), expected, "{label}");
        }
    }
}
