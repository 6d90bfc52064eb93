//! Which counts that are 0 might as well not be: what follows from published sums where no count is below 0.

/// What is nothing beside coefficients that come of zeros and ones.
const NOTHING: f64 = 1e-7;

/// Columns that rise together, and by how much each does.
type Ray = Vec<(usize, f64)>;

/// Sums over columns that may only rise, each of which must stay as it is: solved for one column each.
struct Sums {
    /// Each with the column it is solved for.
    rows: Vec<(usize, Vec<f64>)>,
    /// Those solved for a free column.
    free: Vec<(usize, Vec<f64>)>,
    width: usize,
}

/// Says which counts need not be what they are: those above 0, and those that are 0 but can rise while every sum stays as it is.
///
/// Such counts rise together along a ray of the cone of all that can rise, found by the simplex method with Bland's rule, and counts above
/// 0 make up for it. Counts are whole: a ray counts only where one step along it ends in whole counts, none below 0. Bland (1977), New
/// finite pivoting rules for the simplex method. Mathematics of Operations Research 2.
pub(super) fn open(sums: &[Vec<u32>], counts: &[u64]) -> Vec<bool> {
    let mut is_free: Vec<bool> = counts.iter().map(|count| *count > 0).collect();
    let mut is_barred = vec![false; counts.len()];
    loop {
        let mut solved = Sums::of(sums, &is_free);
        let Some((enters, ray)) = solved.ray(&is_free, &is_barred) else { return is_free };
        if solved.is_whole(&ray, counts) {
            ray.into_iter().for_each(|(column, _)| is_free[column] = true);
        } else {
            is_barred[enters] = true;
        }
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
        let (mut rows, mut free) = (Vec::<(usize, Vec<f64>)>::new(), Vec::<(usize, Vec<f64>)>::new());
        let order = (0..width).filter(|column| is_free[*column]).chain((0..width).filter(|column| !is_free[*column]));
        for column in order {
            let largest = (0..left.len()).max_by(|a, b| left[*a][column].abs().total_cmp(&left[*b][column].abs()));
            let Some(largest) = largest.filter(|at| left[*at][column].abs() > NOTHING) else { continue };
            let pivot = left.swap_remove(largest);
            let pivot = scaled(&pivot, column);
            left.iter_mut().for_each(|row| eliminate(row, &pivot, column));
            rows.iter_mut().chain(&mut free).for_each(|(_, row)| eliminate(row, &pivot, column));
            if is_free[column] { &mut free } else { &mut rows }.push((column, pivot));
        }
        Self { rows, free, width }
    }

    /// Gives columns that can rise together, each by how much, and the one that makes them; if any can.
    fn ray(&mut self, is_free: &[bool], is_barred: &[bool]) -> Option<(usize, Ray)> {
        loop {
            let is_solved = |column: usize| self.rows.iter().any(|(solved, _)| *solved == column);
            // By how much all counts together rise with a column.
            let gain = |column: usize| 1.0 - self.rows.iter().map(|(_, row)| row[column]).sum::<f64>();
            let may_enter = |at: &usize| !is_free[*at] && !is_barred[*at] && !is_solved(*at) && gain(*at) > NOTHING;
            let enters = (0..self.width).find(may_enter)?;
            let blocked = self.rows.iter().enumerate().filter(|(_, (_, row))| row[enters] > NOTHING);
            let Some(leaves) = blocked.min_by_key(|(_, (solved, _))| *solved).map(|(at, _)| at) else {
                let rises = self.rows.iter().filter(|(_, row)| row[enters] < -NOTHING);
                return Some((enters, rises.map(|(solved, row)| (*solved, -row[enters])).chain([(enters, 1.0)]).collect()));
            };
            let pivot = scaled(&self.rows[leaves].1, enters);
            self.rows.iter_mut().chain(&mut self.free).for_each(|(_, row)| eliminate(row, &pivot, enters));
            self.rows[leaves] = (enters, pivot);
        }
    }

    /// Says whether one step along a ray changes counts by whole numbers, and makes none of them fall below 0.
    fn is_whole(&self, ray: &Ray, counts: &[u64]) -> bool {
        let made_up = |(column, row): &(usize, Vec<f64>)| (*column, -ray.iter().map(|(at, by)| row[*at] * by).sum::<f64>());
        let mut steps = ray.iter().copied().chain(self.free.iter().map(made_up));
        steps.all(|(column, by)| (by - by.round()).abs() < NOTHING && counts[column] as f64 + by > -NOTHING)
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
