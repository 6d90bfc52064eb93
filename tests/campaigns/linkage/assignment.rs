//! The assignment of least cost, by shortest augmenting paths (the Hungarian method): n³ steps.

/// Gives for each row the column it is assigned, for a square matrix of costs.
pub(crate) fn best(cost: &[Vec<f64>]) -> Vec<usize> {
    let n = cost.len();
    let (mut of_row, mut of_column) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    // The row each column is assigned, 1-based; 0 is none, and column 0 starts each path.
    let mut row_of = vec![0; n + 1];
    for row in 1..=n {
        let (mut least, mut from, mut done) = (vec![f64::INFINITY; n + 1], vec![0; n + 1], vec![false; n + 1]);
        row_of[0] = row;
        let mut column = 0;
        while row_of[column] != 0 {
            done[column] = true;
            let (here, mut delta, mut next) = (row_of[column], f64::INFINITY, 0);
            for other in (1..=n).filter(|other| !done[*other]) {
                let reduced = cost[here - 1][other - 1] - of_row[here] - of_column[other];
                if reduced < least[other] {
                    (least[other], from[other]) = (reduced, column);
                }
                if least[other] < delta {
                    (delta, next) = (least[other], other);
                }
            }
            for other in 0..=n {
                if done[other] {
                    of_row[row_of[other]] += delta;
                    of_column[other] -= delta;
                } else {
                    least[other] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[from[column]];
            column = from[column];
        }
    }
    let mut assigned = vec![0; n];
    row_of.iter().enumerate().skip(1).for_each(|(column, row)| assigned[row - 1] = column - 1);
    assigned
}
