//! Small symmetric matrices: how variables hang together, and what is left of some once others are known.

/// A symmetric matrix, row by row.
pub(super) type Matrix = Vec<Vec<f64>>;

/// What is left of a variance of 1 is nothing below this.
pub(super) const NOTHING: f64 = 1e-10;

/// What is left beside the diagonal of correlations is no angle a double can tell below this.
const NO_ANGLE: f64 = 1e-20;

/// How often every pair of axes is turned at most.
const SWEEPS: usize = 60;

/// How many rows there are, and the sums of their columns and of the products of each two, all around the same means.
#[derive(Debug, Clone)]
pub(super) struct Moments {
    n: f64,
    sums: Vec<f64>,
    /// Row by row, up to the diagonal.
    products: Vec<f64>,
}

impl Moments {
    pub(super) fn none(width: usize) -> Self {
        Self { n: 0.0, sums: vec![0.0; width], products: vec![0.0; width * (width + 1) / 2] }
    }

    /// Gives those of rows, around the rows' own means.
    pub(super) fn of(rows: &[Vec<f64>]) -> Self {
        let means = Self::means(rows);
        let mut moments = Self::none(means.len());
        rows.iter().for_each(|row| moments.add(row, &means));
        moments
    }

    /// Gives the means of columns.
    pub(super) fn means(rows: &[Vec<f64>]) -> Vec<f64> {
        let width = rows.first().map_or(0, Vec::len);
        (0..width).map(|at| rows.iter().map(|row| row[at]).sum::<f64>() / rows.len() as f64).collect()
    }

    /// Adds a row.
    pub(super) fn add(&mut self, row: &[f64], means: &[f64]) {
        self.n += 1.0;
        let mut products = self.products.iter_mut();
        for i in 0..row.len() {
            let value = row[i] - means[i];
            self.sums[i] += value;
            (0..=i).zip(&mut products).for_each(|(j, product)| *product += value * (row[j] - means[j]));
        }
    }

    /// Gives those of all together, each counted so many times.
    pub(super) fn sum<'a>(all: impl IntoIterator<Item = (&'a Self, f64)>) -> Self {
        let mut all = all.into_iter().filter(|(_, times)| *times > 0.0).peekable();
        let mut sum = Self::none(all.peek().map_or(0, |(first, _)| first.sums.len()));
        for (moments, times) in all {
            sum.n += moments.n * times;
            sum.sums.iter_mut().zip(&moments.sums).for_each(|(sum, more)| *sum += more * times);
            sum.products.iter_mut().zip(&moments.products).for_each(|(sum, more)| *sum += more * times);
        }
        sum
    }

    /// Gives the covariances, with n − 1.
    pub(super) fn covariances(&self) -> Matrix {
        let product = |i: usize, j: usize| self.products[i.max(j) * (i.max(j) + 1) / 2 + i.min(j)];
        let of = |i: usize, j: usize| (product(i, j) - self.sums[i] * self.sums[j] / self.n) / (self.n - 1.0);
        (0..self.sums.len()).map(|i| (0..self.sums.len()).map(|j| of(i, j)).collect()).collect()
    }
}

/// Gives correlations of covariances; `None` where a variable never varies.
pub(super) fn correlations(covariances: &Matrix) -> Option<Matrix> {
    let spread: Vec<f64> = covariances.iter().enumerate().map(|(at, row)| row[at].sqrt()).collect();
    let row = |(i, row): (usize, &Vec<f64>)| row.iter().zip(&spread).map(|(value, other)| value / (spread[i] * other)).collect();
    spread.iter().all(|spread| *spread > 0.0).then(|| covariances.iter().enumerate().map(row).collect())
}

/// Gives the eigenvalues and the eigenvectors, each a column, by turning axes until nothing is left beside the diagonal.
///
/// Jacobi (1846), as in Golub and Van Loan (2013), Matrix Computations, 4th edition, section 8.5.
pub(super) fn eigen(matrix: &Matrix) -> (Vec<f64>, Matrix) {
    let size = matrix.len();
    let mut turned = matrix.clone();
    let mut axes: Matrix = (0..size).map(|i| (0..size).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for _ in 0..SWEEPS {
        let pairs = (0..size).flat_map(|i| (i + 1..size).map(move |j| (i, j)));
        if pairs.clone().all(|(i, j)| turned[i][j].abs() < NO_ANGLE) {
            break;
        }
        pairs.for_each(|pair| turn(&mut turned, &mut axes, pair));
    }
    ((0..size).map(|at| turned[at][at]).collect(), axes)
}

/// Turns two axes so that nothing is left between them.
fn turn(matrix: &mut Matrix, axes: &mut Matrix, (p, q): (usize, usize)) {
    if matrix[p][q] == 0.0 {
        return;
    }
    let slope = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
    let tangent = 1.0_f64.copysign(slope) / (slope.abs() + slope.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    let both = |a: &mut f64, b: &mut f64| (*a, *b) = (cosine * *a - sine * *b, sine * *a + cosine * *b);
    let columns = |row: &mut Vec<f64>| {
        let (mut a, mut b) = (row[p], row[q]);
        both(&mut a, &mut b);
        (row[p], row[q]) = (a, b);
    };
    matrix.iter_mut().for_each(columns);
    let (above, below) = matrix.split_at_mut(q);
    above[p].iter_mut().zip(&mut below[0]).for_each(|(a, b)| both(a, b));
    (matrix[p][q], matrix[q][p]) = (0.0, 0.0);
    axes.iter_mut().for_each(columns);
}
