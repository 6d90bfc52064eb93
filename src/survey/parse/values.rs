//! Values with their types and ranges: whole and decimal numbers, yes or no, words of a list, dates.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use toml::de::DeValue;

use super::findings::Findings;
use super::table::Entry;
use super::visible::quote;
use crate::survey::Name;
use crate::survey::nearest::{listed, meant};

impl Entry<'_> {
    /// Reads a whole number within bounds.
    pub(super) fn whole(&self, bounds: RangeInclusive<i64>, findings: &mut Findings<'_>) -> Option<i64> {
        let help = format!("write a whole number from {} to {}", bounds.start(), bounds.end());
        let DeValue::Integer(integer) = self.value else {
            self.report_type("a whole number", &help, findings);
            return None;
        };
        let number = i64::from_str_radix(integer.as_str(), integer.radix()).ok().filter(|number| bounds.contains(number));
        if number.is_none() {
            let message = format!("`{}` must be {} to {}, not {}", self.key, bounds.start(), bounds.end(), self.quoted(findings));
            findings.report("out-of-range", self.span.clone(), message, help);
        }
        number
    }

    /// Reads a finite number, whole or decimal.
    pub(super) fn number(&self, findings: &mut Findings<'_>) -> Option<f64> {
        let number = match self.value {
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().parse::<f64>().ok(),
            DeValue::Integer(integer) => u32::from_str_radix(integer.as_str(), integer.radix()).ok().map(f64::from),
            DeValue::Float(float) => float.as_str().parse::<f64>().ok(),
            _ => {
                self.report_type("a number", &format!("write a number, such as {} = 1", self.key), findings);
                return None;
            }
        };
        let number = number.filter(|number| number.is_finite());
        if number.is_none() {
            let message = format!("`{}` must be a finite number, not {}", self.key, self.quoted(findings));
            findings.report("out-of-range", self.span.clone(), message, "write a number, or leave the key out");
        }
        number
    }

    /// Reads `true` or `false`.
    pub(super) fn flag(&self, findings: &mut Findings<'_>) -> Option<bool> {
        let flag = self.value.as_bool();
        if flag.is_none() {
            let help = format!("write {key} = true or {key} = false, without quotes", key = self.key);
            self.report_type("true or false", &help, findings);
        }
        flag
    }

    /// Reads one word of a list and gives its position there.
    pub(super) fn word(&self, words: &[&str], findings: &mut Findings<'_>) -> Option<usize> {
        let Some(written) = self.value.as_str() else {
            self.report_type("text", &format!("write {}", choice_of(words)), findings);
            return None;
        };
        let position = words.iter().position(|word| *word == written);
        if position.is_none() {
            let message = format!("`{}` can't be {}", self.key, quote(written));
            let help = meant(written, words.iter().copied(), &[]).unwrap_or_else(|| format!("write {}", choice_of(words)));
            findings.report("unknown-value", self.span.clone(), message, help);
        }
        position
    }

    /// Reads the name of something, such as a segment.
    pub(super) fn name(&self, what: &str, example: &str, findings: &mut Findings<'_>) -> Option<Name> {
        let written = self.string(findings)?;
        let name = Name::new(written);
        if name.is_none() {
            let help =
                format!("use up to 64 of a to z, 0 to 9 and _ . -, starting with a letter or digit, such as \"{example}\"");
            findings.report("invalid-id", self.span.clone(), format!("{} can't name {what}", quote(written)), help);
        }
        name
    }

    /// Reads a calendar date: TOML's own, or the same in quotes.
    pub(super) fn date(&self, findings: &mut Findings<'_>) -> Option<NaiveDate> {
        let help = format!("write a day as year, month, day: {} = 2026-03-31", self.key);
        let text = match self.value {
            DeValue::Datetime(moment) if moment.time.is_none() => moment.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => {
                self.report_type("a date", &help, findings);
                return None;
            }
        };
        let date = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().filter(|_| text.len() == "2026-03-31".len());
        if date.is_none() {
            let message = format!("`{}` is not a day of the calendar: {}", self.key, quote(&text));
            findings.report("invalid-date", self.span.clone(), message, help);
        }
        date
    }

    /// Gives the value as it is written in the file, for messages.
    pub(super) fn quoted(&self, findings: &Findings<'_>) -> String {
        quote(findings.slice(&self.span))
    }
}

/// Joins words as the author would write them: `"short" or "long"`.
fn choice_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    listed(&quoted.iter().map(String::as_str).collect::<Vec<_>>(), "or")
}
