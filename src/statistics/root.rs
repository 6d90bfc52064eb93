//! Where a function crosses zero.

/// How often the bracket is halved at most: past what a double can tell apart.
const HALVINGS: u32 = 200;

/// Gives where a function that doesn't rise from `low` to `high` crosses zero; an end of the bracket where it never does.
///
/// Halving keeps the bracket whatever the function's shape, and ends where no number lies between its ends.
pub(super) fn falling(function: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..HALVINGS {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if function(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    low + (high - low) / 2.0
}
