//! Which cells of a table are shown.

/// Says of each cell of a table with one total whether it is shown.
///
/// A cell under the threshold is not. Where what remains is under it too, or is one cell alone, the next smallest goes with it, so
/// that no subtraction from the total gives it away.
pub(super) fn shown(counts: &[u64], total: u64, smallest: u64) -> Vec<bool> {
    let mut is_shown: Vec<bool> = counts.iter().map(|count| *count >= smallest).collect();
    loop {
        let hidden: Vec<u64> =
            counts.iter().zip(&is_shown).filter(|(count, shown)| !**shown && **count > 0).map(|(count, _)| *count).collect();
        let rest: u64 = hidden.iter().sum::<u64>() + total.saturating_sub(counts.iter().sum());
        if rest == 0 || (hidden.len() != 1 && rest >= smallest) {
            return is_shown;
        }
        let next = (0..counts.len()).filter(|at| is_shown[*at]).min_by_key(|at| counts[*at]);
        let Some(next) = next else { return is_shown };
        is_shown[next] = false;
    }
}
