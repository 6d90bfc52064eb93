//! Small symmetric matrices: how variables hang together, and what is left of some once others are known.

/// A symmetric matrix, row by row.
pub(super) type Matrix = Vec<Vec<f64>>;

/// What is left of a variance of 1 is nothing below this.
pub(super) const NOTHING: f64 = 1e-10;

/// What is left beside the diagonal of correlations is no angle a double can tell below this.
const NO_ANGLE: f64 = 1e-20;

/// How often every pair of axes is turned at most.
const SWEEPS: usize = 60;

/// Gives the covariances of columns of rows that count so often, with n − 1.
pub(super) fn covariances(rows: &[Vec<f64>], counts: &[f64]) -> Matrix {
    let (n, width) = (counts.iter().sum::<f64>(), rows.first().map_or(0, Vec::len));
    let total = |of: &dyn Fn(&[f64]) -> f64| rows.iter().zip(counts).map(|(row, count)| of(row) * count).sum::<f64>();
    let means: Vec<f64> = (0..width).map(|at| total(&|row| row[at]) / n).collect();
    let pair = |i: usize, j: usize| total(&|row| (row[i] - means[i]) * (row[j] - means[j])) / (n - 1.0);
    (0..width).map(|i| (0..width).map(|j| pair(i, j)).collect()).collect()
}

/// Gives correlations of covariances; `None` where a variable never varies.
pub(super) fn correlations(covariances: &Matrix) -> Option<Matrix> {
    let spread: Vec<f64> = covariances.iter().enumerate().map(|(at, row)| row[at].sqrt()).collect();
    let row = |(i, row): (usize, &Vec<f64>)| row.iter().zip(&spread).map(|(value, other)| value / (spread[i] * other)).collect();
    spread.iter().all(|spread| *spread > 0.0).then(|| covariances.iter().enumerate().map(row).collect())
}

/// Takes out of all other variables what the one at a place tells of them, and leaves that one out.
pub(super) fn without(matrix: &Matrix, known: usize) -> Matrix {
    let pivot = matrix[known][known];
    let others = || (0..matrix.len()).filter(|at| *at != known);
    let left = |i: usize, j: usize| {
        let told = if pivot > NOTHING { matrix[i][known] * matrix[known][j] / pivot } else { 0.0 };
        matrix[i][j] - told
    };
    others().map(|i| others().map(|j| left(i, j)).collect()).collect()
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
