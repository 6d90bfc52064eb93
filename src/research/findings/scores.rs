//! What the score of an instrument would give away: it is of those who answered all items, so that beside the items it tells how the few
//! answered who left one out.

use crate::research::data::{Dataset, Grouping, Variable, VariableKind};

/// Says whether a variable is a score that would give a few away: in a wave, or in any group of it.
pub(super) fn tell(dataset: &Dataset, score: &Variable, (wave, threshold): (usize, u64), grouping: Option<&Grouping>) -> bool {
    if score.kind != VariableKind::Score {
        return false;
    }
    let is_item = |item: &&Variable| item.kind != VariableKind::Score && item.instrument == score.instrument;
    let without_score: Vec<usize> = dataset.rows_of(wave).filter(|row| !score.is_given(*row)).collect();
    dataset.variables.iter().filter(is_item).any(|item| {
        let groups = grouping.map_or(0, |grouping| grouping.levels.len());
        let mut counts = vec![0_u64; groups + 1];
        for row in without_score.iter().filter(|row| item.is_given(**row)) {
            counts[grouping.map_or(0, |grouping| usize::from(grouping.column[*row]).min(groups))] += 1;
        }
        counts.into_iter().any(|count| (1..threshold).contains(&count))
    })
}
