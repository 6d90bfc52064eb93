//! Two sides that take turns, so that whatever else the machine does falls on both alike.

use std::time::Duration;

/// Turns at the start that aren't counted: caches are cold and the processor's clock is low.
const WARM_UP: usize = 10;

/// Lets both sides take turns this many times and gives the median of each side.
pub(crate) fn medians(turns: usize, mut ours: impl FnMut() -> Duration, mut beside: impl FnMut() -> Duration) -> [Duration; 2] {
    let mut taken = [Vec::with_capacity(turns), Vec::with_capacity(turns)];
    for turn in 0..WARM_UP + turns {
        // Who goes first changes, since the second may profit from what the first left in the caches.
        let (first, second) = if turn % 2 == 0 {
            let first = ours();
            (first, beside())
        } else {
            let second = beside();
            (ours(), second)
        };
        if turn >= WARM_UP {
            taken[0].push(first);
            taken[1].push(second);
        }
    }
    taken.map(|mut durations| {
        durations.sort_unstable();
        durations[durations.len() / 2]
    })
}

/// Gives a duration in milliseconds.
pub(crate) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// Gives a duration in microseconds.
pub(crate) fn microseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}
