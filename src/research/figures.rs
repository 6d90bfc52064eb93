//! Figures as text: rounded once, half away from zero, and always the same way.

use super::findings::{Difference, Estimate, Measured, Slope};

/// What stands where a figure can't be told: too few are in it, or few could be worked out with it.
pub const NOT_SHOWN: &str = "not shown: it could tell what a few said";

/// Gives a number with so many decimals.
pub fn decimal(number: f64, decimals: i32) -> String {
    let by = 10_f64.powi(decimals);
    let rounded = (number * by).round() / by;
    // No "-0".
    let rounded = if rounded == 0.0 { 0.0 } else { rounded };
    format!("{rounded:.*}", usize::try_from(decimals).unwrap_or(0)).replace('-', "−")
}

/// Gives a share as a percentage.
pub fn percent(share: f64) -> String {
    format!("{} %", decimal(share * 100.0, 0))
}

/// Gives a number with its sign.
fn signed(number: f64, decimals: i32) -> String {
    let text = decimal(number, decimals);
    if number > 0.0 && text.chars().any(|c| c.is_ascii_digit() && c != '0') { format!("+{text}") } else { text }
}

/// Gives a p, to three decimals.
pub fn p(p: f64) -> String {
    if p < 0.001 { "< .001".to_owned() } else { decimal(p, 3).trim_start_matches('0').to_owned() }
}

/// Gives a p within a sentence.
pub fn with_p(number: f64) -> String {
    let text = p(number);
    if text.starts_with('<') { format!("p {text}") } else { format!("p = {text}") }
}

/// Says how many comparisons there are.
pub fn comparisons(count: usize) -> String {
    if count == 1 { "1 comparison".to_owned() } else { format!("{count} comparisons") }
}

/// Says that no group of a grouping is shown, and why.
pub fn hidden_grouping(name: &str, smallest: u64) -> String {
    format!(
        "By {name}, every group is hidden: fewer than two have {smallest} answers or more to an item, or theirs would give a smaller one away."
    )
}

/// Says why comments aren't shown.
pub fn too_few_comments(fewest: u64) -> String {
    format!("Not shown: there are fewer than {fewest}, or so few came or went since some were shown.")
}

/// Gives a value of what was measured.
pub fn value(measured: Measured, value: f64) -> String {
    match measured {
        Measured::Nps => signed(value, 0),
        Measured::Share => percent(value),
        Measured::Mean => decimal(value, 2),
    }
}

/// Gives an interval.
pub fn interval(measured: Measured, low: f64, high: f64) -> String {
    match measured {
        Measured::Nps => format!("{} to {}", signed(low, 0), signed(high, 0)),
        Measured::Share => format!("{} to {}", decimal(low * 100.0, 0), percent(high)),
        Measured::Mean => format!("{} to {}", decimal(low, 2), decimal(high, 2)),
    }
}

/// Gives a figure with its interval and how many answered.
pub fn estimate(estimate: &Estimate) -> String {
    let figure = value(estimate.measured, estimate.value);
    if estimate.is_census {
        return format!("{figure} (census, n = {})", estimate.n);
    }
    format!("{figure} ({}, n = {})", interval(estimate.measured, estimate.low, estimate.high), estimate.n)
}

/// Gives a difference, in points where it is one of scores or shares.
pub fn difference(difference: &Difference) -> String {
    match difference.measured {
        Measured::Nps => signed(difference.value, 0),
        Measured::Share => format!("{} points", signed(difference.value * 100.0, 0)),
        Measured::Mean => signed(difference.value, 2),
    }
}

/// Gives the interval of a difference.
pub fn difference_interval(difference: &Difference) -> String {
    match difference.measured {
        Measured::Nps => format!("{} to {}", signed(difference.low, 0), signed(difference.high, 0)),
        Measured::Share => format!("{} to {} points", signed(difference.low * 100.0, 0), signed(difference.high * 100.0, 0)),
        Measured::Mean => format!("{} to {}", signed(difference.low, 2), signed(difference.high, 2)),
    }
}

/// Gives how a share rises or falls, and of what it is one.
pub fn slope(slope: &Slope) -> String {
    let points = signed(slope.fraction_a_year * 100.0, 1);
    format!("{}: {points} percentage points a year, {}", slope.of, with_p(slope.p))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_once_half_away_from_zero() {
        assert_eq!([decimal(2.5, 0), decimal(-2.5, 0), decimal(0.125, 2), decimal(-0.2, 0)], ["3", "−3", "0.13", "0"]);
        assert_eq!([signed(0.4, 0), signed(12.5, 0), signed(-3.0, 0)], ["0", "+13", "−3"]);
        assert_eq!([p(0.0004), p(0.0312), p(1.0)], ["< .001", ".031", "1.000"]);
        assert_eq!(percent(0.625), "63 %");
    }

    #[test]
    fn a_slope_says_of_what_it_is() {
        let told = |of: &str, fraction_a_year: f64, p: f64| slope(&Slope { of: of.to_owned(), fraction_a_year, p });
        assert_eq!(told("promoters", -0.1474, 0.0002), "promoters: −14.7 percentage points a year, p < .001");
        assert_eq!(told("share at 4–5", 0.0141, 0.482), "share at 4–5: +1.4 percentage points a year, p = .482");
    }
}
