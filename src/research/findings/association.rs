//! How items hang together: crosstabs with a grouping, and the reliability of scales of several items.

use serde::Serialize;

use super::answers::{Answers, Grouped};
use super::is_nps;
use super::sample::CONFIDENCE;
use crate::research::data::{Dataset, Value, Variable, VariableKind};
use crate::statistics::{Alpha, Crosstab, omega};

/// An item crossed with a grouping.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Crossed {
    /// The item.
    pub item: String,
    /// What was asked.
    pub text: String,
    /// The grouping.
    pub grouping: String,
    /// The groups that are shown.
    pub groups: Vec<String>,
    /// The values of the item.
    pub values: Vec<String>,
    /// A row for each group: the share of each value.
    pub shares: Vec<Vec<f64>>,
    /// A row for each group: how many standard errors each cell is above what it would be, were there no association.
    pub residuals: Vec<Vec<f64>>,
    /// Pearson's chi-squared.
    pub chi_squared: f64,
    /// Its degrees of freedom.
    pub degrees_of_freedom: u64,
    /// Its p.
    pub p: f64,
    /// Cramér's V, its bias corrected.
    pub cramers_v: f64,
    /// Whether an expected count is below 5, so that p is a rough guide.
    pub has_few: bool,
}

/// How reliably several items measure one thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reliability {
    /// The question or the instrument.
    pub of: String,
    /// How many items it has.
    pub items: usize,
    /// How many answered all of them.
    pub n: u64,
    /// McDonald's omega, where the items have one thing in common.
    pub omega: Option<f64>,
    /// Cronbach's alpha.
    pub alpha: f64,
    /// The lower end of Feldt's interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Crosses a choice with a grouping, in groups that are shown.
///
/// Shares are told of whole groups that are shown only; counts are not.
pub(super) fn crossed(variable: &Variable, by: &Grouped<'_>, wave: usize) -> Option<Crossed> {
    let (grouping, at) = (by.grouping, by.shown());
    let rows: Vec<Vec<u64>> = at.iter().map(|group| by.counts(wave, *group).levels).collect();
    let (names, rows) = if is_nps(variable) {
        classes(&rows)
    } else {
        (variable.levels.iter().map(|level| level.words().to_owned()).collect(), rows)
    };
    let used: Vec<usize> = (0..names.len()).filter(|level| rows.iter().any(|row| row[*level] > 0)).collect();
    let rows: Vec<Vec<u64>> = rows.iter().map(|row| used.iter().map(|level| row[*level]).collect()).collect();
    let table = Crosstab::of(&rows)?;
    let association = table.association()?;
    let share = |row: &Vec<u64>| {
        let n: u64 = row.iter().sum();
        row.iter().map(|count| *count as f64 / n as f64).collect()
    };
    Some(Crossed {
        item: variable.name.clone(),
        text: variable.title(),
        grouping: grouping.name.clone(),
        groups: at.iter().map(|group| grouping.levels[*group].words().to_owned()).collect(),
        values: used.iter().map(|level| names[*level].clone()).collect(),
        shares: rows.iter().map(share).collect(),
        residuals: table.adjusted_residuals(),
        chi_squared: association.chi_squared,
        degrees_of_freedom: association.degrees_of_freedom,
        p: association.p,
        cramers_v: association.cramers_v,
        has_few: association.has_few,
    })
}

/// Gives the answers to an NPS question in its three classes.
fn classes(rows: &[Vec<u64>]) -> (Vec<String>, Vec<Vec<u64>>) {
    let class = |row: &Vec<u64>| [0..7, 7..9, 9..11].map(|points| row.get(points).unwrap_or_default().iter().sum()).to_vec();
    (["detractors", "passives", "promoters"].map(str::to_owned).to_vec(), rows.iter().map(class).collect())
}

/// Gives the reliability of every question with several items on one scale, and of every instrument.
pub(super) fn reliabilities(asked: &[Answers<'_>], (wave, smallest): (usize, u64)) -> Vec<Reliability> {
    let mut names: Vec<&str> = Vec::new();
    for name in asked.iter().filter_map(|answers| whole(answers.variable)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let of = |name: &&str| {
        // The score is among them: what is told of it must not give away who left an item out, either.
        let all: Vec<&Answers<'_>> = asked.iter().filter(|answers| whole(answers.variable) == Some(*name)).collect();
        let items = all.iter().map(|answers| answers.variable).filter(|variable| variable.kind != VariableKind::Score);
        let items: Vec<&Variable> = items.collect();
        let rows = turned(complete(all.first()?.dataset, &items, wave), &items);
        let is_shown = all.iter().all(|answers| answers.is_shown(wave)) && rows.len() as u64 >= smallest;
        let is_told = is_shown && !is_told_apart(&all, rows.len(), (wave, smallest));
        let alpha = Alpha::of(&rows, CONFIDENCE).filter(|_| is_told)?;
        let (of, n) = ((*name).to_owned(), alpha.n as u64);
        Some(Reliability {
            of,
            items: items.len(),
            n,
            omega: omega(&rows),
            alpha: alpha.alpha,
            low: alpha.interval.low,
            high: alpha.interval.high,
        })
    };
    names.iter().filter_map(of).collect()
}

/// Gives what several items measure together, by its name: a question with rows on one scale, or an instrument.
fn whole(variable: &Variable) -> Option<&str> {
    let is_row = variable.part.is_some() && matches!(variable.kind, VariableKind::Scale { .. });
    variable.instrument.as_deref().or_else(|| is_row.then_some(variable.question.as_str()))
}

/// Turns answers round where less is better, so that all items point one way; where a scale begins makes no difference to reliability.
fn turned(mut rows: Vec<Vec<f64>>, items: &[&Variable]) -> Vec<Vec<f64>> {
    let is_turned = |item: &&Variable| matches!(item.kind, VariableKind::Scale { higher_is_better: false, .. });
    let signs: Vec<f64> = items.iter().map(|item| if is_turned(item) { -1.0 } else { 1.0 }).collect();
    rows.iter_mut().flat_map(|row| row.iter_mut().zip(&signs)).for_each(|(value, sign)| *value *= sign);
    rows
}

/// Gives the points of everyone in a wave who answered all of some items, a row each.
pub fn complete(dataset: &Dataset, items: &[&Variable], wave: usize) -> Vec<Vec<f64>> {
    let points: Vec<Vec<Option<f64>>> = items.iter().map(|item| item.points()).collect();
    let of = |row: usize| {
        let value = |(item, points): (&&Variable, &Vec<Option<f64>>)| match item.column.value(row) {
            Value::Level(level) => points.get(usize::from(level)).copied().flatten(),
            Value::Number(number) => Some(number),
            Value::Absent(_) => None,
        };
        items.iter().zip(&points).map(value).collect::<Option<Vec<f64>>>()
    };
    dataset.rows_of(wave).filter_map(of).collect()
}

/// Says whether an item has a few more answers than those who answered all items: what is told of both would give these few away.
pub(super) fn is_told_apart(all: &[&Answers<'_>], complete: usize, (wave, smallest): (usize, u64)) -> bool {
    all.iter().any(|answers| (1..smallest).contains(&(answers.counts(wave).n().saturating_sub(complete as u64))))
}

/// Gives how many in a wave answered both of two items.
pub(super) fn answered(dataset: &Dataset, items: [&Variable; 2], wave: usize) -> usize {
    let is_given = |row: &usize| items.iter().all(|item| item.is_given(*row));
    dataset.rows_of(wave).filter(is_given).count()
}
