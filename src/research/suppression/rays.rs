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
    let mut solved = Sums::of(sums, &is_free);
    let mut last = counts.to_vec();
    loop {
        let Some((enters, ray)) = solved.ray(&is_free, &is_barred) else { return is_free };
        let steps = solved.steps(&ray);
        if let Some(world) = world(&last, &steps, sums).or_else(|| world(counts, &steps, sums)) {
            last = world;
            for (column, _) in ray {
                is_free[column] = true;
                solved.release(column);
            }
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

    /// Has a column make up for what others do, from now on.
    fn release(&mut self, column: usize) {
        let solved = self.rows.iter().position(|(solved, _)| *solved == column);
        let size = |at: &usize| self.rows[*at].1[column].abs();
        let largest = || (0..self.rows.len()).max_by(|a, b| size(a).total_cmp(&size(b))).filter(|at| size(at) > NOTHING);
        let Some(at) = solved.or_else(largest) else { return };
        let (_, row) = self.rows.swap_remove(at);
        let pivot = scaled(&row, column);
        self.rows.iter_mut().chain(&mut self.free).for_each(|(_, row)| eliminate(row, &pivot, column));
        self.free.push((column, pivot));
    }

    /// Gives columns that can rise together, each by how much, and the one that makes them; if any can.
    fn ray(&mut self, is_free: &[bool], is_barred: &[bool]) -> Option<(usize, Ray)> {
        // By how much all counts together rise with each column.
        let mut gains = vec![1.0; self.width];
        self.rows.iter().for_each(|(_, row)| gains.iter_mut().zip(row).for_each(|(gain, value)| *gain -= value));
        loop {
            let is_solved = |column: usize| self.rows.iter().any(|(solved, _)| *solved == column);
            let may_enter = |at: &usize| !is_free[*at] && !is_barred[*at] && gains[*at] > NOTHING && !is_solved(*at);
            let enters = (0..self.width).find(may_enter)?;
            let blocked = self.rows.iter().enumerate().filter(|(_, (_, row))| row[enters] > NOTHING);
            let Some(leaves) = blocked.min_by_key(|(_, (solved, _))| *solved).map(|(at, _)| at) else {
                let rises = self.rows.iter().filter(|(_, row)| row[enters] < -NOTHING);
                return Some((enters, rises.map(|(solved, row)| (*solved, -row[enters])).chain([(enters, 1.0)]).collect()));
            };
            let pivot = scaled(&self.rows[leaves].1, enters);
            self.rows.iter_mut().chain(&mut self.free).for_each(|(_, row)| eliminate(row, &pivot, enters));
            eliminate(&mut gains, &pivot, enters);
            self.rows[leaves] = (enters, pivot);
        }
    }

    /// Gives by how much each column changes with one step along a ray, those that make up for it included.
    fn steps(&self, ray: &Ray) -> Vec<(usize, f64)> {
        let made_up = |(column, row): &(usize, Vec<f64>)| (*column, -ray.iter().map(|(at, by)| row[*at] * by).sum::<f64>());
        ray.iter().copied().chain(self.free.iter().map(made_up)).collect()
    }
}

/// Gives the counts that steps lead to, where these are whole, none is below 0, and all sums stay as they are: reckoned in whole numbers, so
/// that no error of rounding makes a world that isn't one.
fn world(from: &[u64], steps: &[(usize, f64)], sums: &[Vec<u32>]) -> Option<Vec<u64>> {
    let mut changes = vec![0_i64; from.len()];
    for (column, by) in steps {
        let whole = by.round();
        if (by - whole).abs() > NOTHING {
            return None;
        }
        changes[*column] += whole as i64;
    }
    let stays = |sum: &Vec<u32>| sum.iter().map(|column| changes[*column as usize]).sum::<i64>() == 0;
    let counts: Option<Vec<u64>> = from.iter().zip(&changes).map(|(count, change)| count.checked_add_signed(*change)).collect();
    counts.filter(|_| sums.iter().all(stays))
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Goes through all worlds with the same sums, and says which counts are above 0 in any.
    fn above_0_in_some_world(sums: &[Vec<u32>], counts: &[u64]) -> Vec<bool> {
        let total: u64 = counts.iter().sum();
        let of = |world: &[u64], sum: &Vec<u32>| sum.iter().map(|at| world[*at as usize]).sum::<u64>();
        let mut worlds = vec![Vec::new()];
        for _ in counts {
            let more = |world: Vec<u64>| (0..=total - world.iter().sum::<u64>()).map(move |next| [&world[..], &[next]].concat());
            worlds = worlds.into_iter().flat_map(more).collect();
        }
        worlds.retain(|world| sums.iter().all(|sum| of(world, sum) == of(counts, sum)));
        (0..counts.len()).map(|at| worlds.iter().any(|world| world[at] > 0)).collect()
    }

    #[test]
    fn counts_rise_beside_others_that_rose_before() {
        let sums = [vec![3, 4], vec![2], vec![4, 5], (0..6).collect()];
        assert_eq!(open(&sums, &[0, 0, 1, 1, 0, 1]), [true; 6]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn whatever_is_said_to_be_open_is_above_0_in_some_world(
            counts in prop::collection::vec(prop::sample::select(vec![0_u64, 0, 1, 1, 2]), 6),
            sums in prop::collection::vec(prop::collection::btree_set(0_u32..6, 1..5), 0..5),
        ) {
            let mut sums: Vec<Vec<u32>> = sums.into_iter().map(|sum| sum.into_iter().collect()).collect();
            sums.push((0..6).collect());
            let there = above_0_in_some_world(&sums, &counts);
            prop_assert!(open(&sums, &counts).iter().zip(&there).all(|(open, there)| *there || !open), "{:?} {:?}", sums, counts);
        }
    }
}
