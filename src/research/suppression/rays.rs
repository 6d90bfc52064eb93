//! Which counts that are 0 might as well not be: what follows from published sums where no count is below 0.

/// What is nothing beside coefficients that come of zeros and ones.
const NOTHING: f64 = 1e-7;

/// Sums over columns that may only rise, each of which must stay as it is: solved for one column each.
struct Sums {
    /// Each with the column it is solved for.
    rows: Vec<(usize, Vec<f64>)>,
    width: usize,
}

/// Adds to the free columns, whose counts can rise and fall, all others that can rise while every sum stays as it is.
///
/// A count that is 0 can rise if some combination of such counts rises while free ones make up for it: a ray of the cone of all that can
/// rise, found by the simplex method with Bland's rule. Bland (1977), New finite pivoting rules for the simplex method. Mathematics of
/// Operations Research 2.
pub(super) fn extend(sums: &[Vec<u32>], is_free: &mut [bool]) {
    while let Some(ray) = Sums::of(sums, is_free).ray(is_free) {
        ray.into_iter().for_each(|column| is_free[column] = true);
    }
}

impl Sums {
    /// Gives what sums say of columns that aren't free, once the free ones have made up for all they can.
    fn of(sums: &[Vec<u32>], is_free: &[bool]) -> Self {
        let width = is_free.len();
        let dense = |sum: &Vec<u32>| {
            let mut row = vec![0.0; width];
            sum.iter().for_each(|column| row[*column as usize] = 1.0);
            row
        };
        let mut left: Vec<Vec<f64>> = sums.iter().map(dense).collect();
        let mut rows: Vec<(usize, Vec<f64>)> = Vec::new();
        let order = (0..width).filter(|column| is_free[*column]).chain((0..width).filter(|column| !is_free[*column]));
        for column in order {
            let largest = (0..left.len()).max_by(|a, b| left[*a][column].abs().total_cmp(&left[*b][column].abs()));
            let Some(largest) = largest.filter(|at| left[*at][column].abs() > NOTHING) else { continue };
            let pivot = left.swap_remove(largest);
            let pivot = scaled(&pivot, column);
            left.iter_mut().for_each(|row| eliminate(row, &pivot, column));
            if !is_free[column] {
                rows.iter_mut().for_each(|(_, row)| eliminate(row, &pivot, column));
                rows.push((column, pivot));
            }
        }
        Self { rows, width }
    }

    /// Gives columns that can rise together, if any can.
    fn ray(mut self, is_free: &[bool]) -> Option<Vec<usize>> {
        loop {
            let is_solved = |column: usize| self.rows.iter().any(|(solved, _)| *solved == column);
            // By how much all counts together rise with a column.
            let gain = |column: usize| 1.0 - self.rows.iter().map(|(_, row)| row[column]).sum::<f64>();
            let enters = (0..self.width).find(|at| !is_free[*at] && !is_solved(*at) && gain(*at) > NOTHING)?;
            let blocked = self.rows.iter().enumerate().filter(|(_, (_, row))| row[enters] > NOTHING);
            let Some(leaves) = blocked.min_by_key(|(_, (solved, _))| *solved).map(|(at, _)| at) else {
                let rises = self.rows.iter().filter(|(_, row)| row[enters] < -NOTHING).map(|(solved, _)| *solved);
                return Some(rises.chain([enters]).collect());
            };
            let pivot = scaled(&self.rows[leaves].1, enters);
            self.rows.iter_mut().for_each(|(_, row)| eliminate(row, &pivot, enters));
            self.rows[leaves] = (enters, pivot);
        }
    }
}

fn scaled(row: &[f64], column: usize) -> Vec<f64> {
    row.iter().map(|value| value / row[column]).collect()
}

fn eliminate(row: &mut [f64], pivot: &[f64], column: usize) {
    let by = row[column];
    if by != 0.0 {
        row.iter_mut().zip(pivot).for_each(|(value, other)| *value -= by * other);
        row[column] = 0.0;
    }
}
