//! Figures agree with what R's own functions make of the same answers, in hundreds of cases drawn by chance.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use dxpulse::statistics::{
    Alpha, Crosstab, Drivers, Pairs, QuantileType, Raking, Scale, Share, ShareInterval, Trend, benjamini_hochberg,
};
use dxpulse::survey::chance::Chance;

/// How many cases of each kind there are.
const CASES: usize = 30;

/// How near figures must come, where their reference has a value above 1e-9 by so many times its own.
const NEAR: f64 = 1e-9;

/// What R is asked, and what was worked out here.
#[derive(Default)]
struct Cases {
    asked: Vec<String>,
    found: Vec<Vec<f64>>,
}

impl Cases {
    fn add(&mut self, name: &str, vectors: &[&[f64]], found: Option<Vec<f64>>) {
        let Some(found) = found else { return };
        let vector = |vector: &&[f64]| vector.iter().map(|value| format!("{value:.17e}")).collect::<Vec<_>>().join(",");
        self.asked.push([vec![name.to_owned()], vectors.iter().map(vector).collect()].concat().join(" "));
        self.found.push(found);
    }

    /// Gives what R says to each case.
    fn said(&self) -> Vec<Vec<f64>> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/research/reference/reference.R");
        let mut command = Command::new("Rscript");
        let command = command.arg("--vanilla").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut r = command.spawn().unwrap_or_else(|error| panic!("Rscript: {error}; tests/run installs it"));
        let (mut input, asked) = (r.stdin.take().unwrap(), self.asked.join("\n") + "\n");
        let writer = std::thread::spawn(move || input.write_all(asked.as_bytes()));
        let output = r.wait_with_output().unwrap();
        writer.join().unwrap().unwrap();
        assert!(output.status.success());
        let numbers = |line: &str| line.split_whitespace().map(|number| number.parse().unwrap()).collect();
        String::from_utf8(output.stdout).unwrap().lines().map(numbers).collect()
    }
}

/// Draws answers to a scale of so many points.
fn answers(chance: &mut Chance, n: usize, points: usize) -> Vec<f64> {
    let lean = chance.below(points);
    let one = |chance: &mut Chance| if chance.below(3) == 0 { lean } else { chance.below(points) };
    (0..n).map(|_| 1.0 + one(chance) as f64).collect()
}

fn counts(chance: &mut Chance, many: usize, from: usize, most: usize) -> Vec<u64> {
    (0..many).map(|_| (from + chance.below(most - from + 1)) as u64).collect()
}

fn scale(answers: &[f64]) -> Scale {
    Scale::of(answers.iter().map(|answer| (*answer, 1)))
}

fn floats(counts: &[u64]) -> Vec<f64> {
    counts.iter().map(|count| *count as f64).collect()
}

fn rows(cells: &[f64], width: usize) -> Vec<Vec<f64>> {
    cells.chunks(width).map(<[f64]>::to_vec).collect()
}

fn of_scales(cases: &mut Cases, chance: &mut Chance) {
    let (n, m, points) = (5 + chance.below(60), 5 + chance.below(60), 2 + chance.below(9));
    let (one, two) = (answers(chance, n, points), answers(chance, m, points));
    let (before, after) = (scale(&one), scale(&two));
    cases.add("mean", &[&one], before.interval(0.95).map(|it| vec![it.low, it.high]));
    let change = before.change_to(&after, 0.95).filter(|_| before.variance() > Some(0.0) && after.variance() > Some(0.0));
    let welch = change.map(|it| vec![it.difference, it.interval.low, it.interval.high, it.degrees_of_freedom, it.p]);
    cases.add("welch", &[&one, &two], welch);
    cases.add("mann_whitney", &[&one, &two], before.dominated_by(&after).map(|it| vec![it.probability, it.p]));
    let at = [0.1, 0.25, 0.5, 0.77, 0.9];
    let quantiles = QuantileType::ALL.iter().flat_map(|of| at.map(|share| before.quantile(share, *of).unwrap()));
    cases.add("quantiles", &[&one, &at], Some(quantiles.collect()));
    let other = answers(chance, n, points);
    let pairs = Pairs::of(one.iter().zip(&other).map(|(x, y)| (*x, *y, 1)));
    let rank = pairs.spearman().zip(pairs.kendall());
    cases.add("rank", &[&one, &other], rank.map(|(s, k)| vec![s.coefficient, s.p, k.coefficient, k.p]));
}

fn of_shares(cases: &mut Cases, chance: &mut Chance) {
    let n = counts(chance, 1, 1, 400)[0];
    let share = Share { count: chance.below(n as usize + 1) as u64, n };
    let [wilson, exact] = [ShareInterval::Wilson, ShareInterval::ClopperPearson].map(|by| share.interval(by, 0.95).unwrap());
    cases.add("share", &[&[share.count as f64], &[n as f64]], Some(vec![wilson.low, wilson.high, exact.low, exact.high]));
    let waves = 3 + chance.below(5);
    let sizes = counts(chance, waves, 20, 200);
    let some: Vec<u64> = sizes.iter().map(|size| 1 + chance.below(*size as usize - 1) as u64).collect();
    let at: Vec<f64> = (0..waves).map(|wave| wave as f64 * 0.25 + chance.below(10) as f64 / 100.0).collect();
    let of = at.iter().zip(some.iter().zip(&sizes)).map(|(at, (count, n))| (*at, Share { count: *count, n: *n }));
    let trend = Trend::of(&of.collect::<Vec<_>>()).map(|it| vec![it.slope, it.z.abs(), it.p]);
    cases.add("trend", &[&floats(&some), &floats(&sizes), &at], trend);
}

fn of_tables(cases: &mut Cases, chance: &mut Chance) {
    let (height, width) = (2 + chance.below(4), 2 + chance.below(4));
    let cells = counts(chance, height * width, 1, 40);
    let table = Crosstab::of(&cells.chunks(width).map(<[u64]>::to_vec).collect::<Vec<_>>());
    let found = table.map(|table| {
        let association = table.association().unwrap();
        [vec![association.chi_squared, association.p], table.adjusted_residuals().concat()].concat()
    });
    cases.add("crosstab", &[&floats(&cells), &[width as f64]], found);
    let [down, across] = [height, width].map(|many| counts(chance, many, 20, 100));
    let place = |(at, count): (usize, &u64)| (vec![at / width, at % width], *count);
    let raking = Raking::of(&cells.iter().enumerate().map(place).collect::<Vec<_>>(), &[floats(&down), floats(&across)]);
    let found = raking.map(|raking| [raking.weights, vec![raking.effective_n]].concat());
    cases.add("raking", &[&floats(&cells), &[width as f64], &floats(&down), &floats(&across)], found);
    let many = 1 + chance.below(30);
    let p: Vec<f64> = counts(chance, many, 0, 1000).iter().map(|p| *p as f64 / 1000.0).collect();
    cases.add("family", &[&p], Some(benjamini_hochberg(&p)));
}

fn of_items(cases: &mut Cases, chance: &mut Chance) {
    let (n, k) = (40 + chance.below(60), 3 + chance.below(3));
    // What all items of a respondent have in common.
    let cells: Vec<f64> = (0..n)
        .flat_map(|_| {
            let common = chance.below(4);
            (0..k).map(|_| (common + chance.below(4)) as f64).collect::<Vec<_>>()
        })
        .collect();
    let alpha = Alpha::of(&rows(&cells, k), 0.95).map(|it| vec![it.alpha, it.interval.low, it.interval.high]);
    cases.add("alpha", &[&cells, &[k as f64]], alpha);
    let drivers = Drivers::of(&rows(&cells, k), 0.95, 1).ok();
    let found = drivers.map(|it| [vec![it.r_squared], it.drivers.iter().map(|driver| driver.vif).collect()].concat());
    cases.add("drivers", &[&cells, &[k as f64]], found);
}

#[test]
fn r_says_the_same() {
    let (mut cases, mut chance) = (Cases::default(), Chance::new(2026, "reference"));
    for _ in 0..CASES {
        of_scales(&mut cases, &mut chance);
        of_shares(&mut cases, &mut chance);
        of_tables(&mut cases, &mut chance);
    }
    (0..5).for_each(|_| of_items(&mut cases, &mut chance));
    let said = cases.said();
    assert!(said.len() == cases.asked.len() && said.len() > 9 * CASES, "{} of {}", said.len(), cases.asked.len());
    for ((asked, found), said) in cases.asked.iter().zip(&cases.found).zip(&said) {
        assert_eq!(found.len(), said.len(), "{asked}");
        for (found, said) in found.iter().zip(said) {
            let is_near = (found - said).abs() <= NEAR * said.abs().max(1e-6);
            assert!(is_near, "{asked}\nfound {found}, R says {said}");
        }
    }
}
