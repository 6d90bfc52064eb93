//! What may be shown: every count a report makes use of passes here, and is kept for the ledger.

use std::collections::{BTreeMap, BTreeSet};

use super::weights::Weights;
use super::{NoFindings, scores};
use crate::research::data::{Column, Dataset, Grouping, Level, Variable, VariableKind};
use crate::research::suppression::{
    Cell, Decision, Everyone, Ledger, Published, Reason, Table, WAVE, decide, published, settled,
};
use crate::survey::Measure;

/// What may be shown of one variable.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    /// Of each wave, whether all of it together may.
    waves: Vec<bool>,
    /// Of each grouping, which groups of the wave may.
    groups: BTreeMap<String, Vec<bool>>,
    /// Whether answers to the wave came or went since it was published.
    is_changed: bool,
}

/// Decides, with all that was published before.
#[derive(Debug)]
pub(super) struct Gate<'d> {
    dataset: &'d Dataset,
    ledger: &'d Ledger,
    everyone: Everyone,
    weights: Weights<'d>,
    /// What the report groups by.
    by: Vec<&'d Grouping>,
    threshold: u64,
    published: Vec<Published>,
}

impl Shown {
    pub(super) fn wave(&self, wave: usize) -> bool {
        self.waves.get(wave).copied().unwrap_or(false)
    }

    pub(super) fn is_changed(&self) -> bool {
        self.is_changed
    }

    pub(super) fn groups(&self, grouping: &Grouping) -> Vec<bool> {
        self.groups.get(&grouping.name).cloned().unwrap_or_else(|| vec![false; grouping.levels.len()])
    }
}

impl<'d> Gate<'d> {
    /// Begins with what a report groups by, which is everything without names; what was published before by other groupings counts too.
    pub(super) fn new(dataset: &'d Dataset, (ledger, names): (&'d Ledger, &[String]), threshold: u64) -> Self {
        let is_meant = |grouping: &&Grouping| names.is_empty() || names.contains(&grouping.name);
        let by: Vec<&Grouping> =
            dataset.groupings.iter().filter(|grouping| grouping.name != "duration").filter(is_meant).collect();
        let before = ledger.published.iter().filter(|published| published.survey == dataset.survey);
        let before: BTreeSet<&str> = before.flat_map(|published| published.cell.0.keys()).map(String::as_str).collect();
        let is_known =
            |grouping: &&Grouping| by.iter().any(|by| by.name == grouping.name) || before.contains(grouping.name.as_str());
        let all: Vec<&str> = dataset.groupings.iter().filter(is_known).map(|grouping| grouping.name.as_str()).collect();
        let everyone = Everyone::of(dataset, &all).unwrap_or_default();
        let weights = Weights::of(dataset, &by, threshold);
        Self { dataset, ledger, everyone, weights, by, threshold, published: Vec::new() }
    }

    /// Gives what the report groups by.
    pub(super) fn by(&self) -> Vec<&'d Grouping> {
        self.by.clone()
    }

    /// Decides what may be shown of a variable: all waves up to the last as a whole, and the groups of one.
    pub(super) fn decide(&mut self, variable: &Variable, (wave, last): (usize, usize)) -> Result<Shown, NoFindings> {
        let table = Table::of(self.dataset, variable, &self.everyone);
        let name = |wave: usize| self.dataset.waves[wave].name.as_str();
        let mut cells: Vec<Cell> = (0..=last).map(|wave| Cell::of([(WAVE, name(wave))])).collect();
        for grouping in self.by.iter().copied() {
            let codes = grouping.levels.iter().map(|level| level.code.as_str());
            cells.extend(codes.map(|code| Cell::of([(WAVE, name(wave)), (grouping.name.as_str(), code)])));
        }
        let unknown = |_| NoFindings::Ledger(variable.name.clone());
        let finer = self.finer(variable, &table, (last + 1, cells.len()));
        let told = told(variable, table);
        let mut decisions = decide(&told, &cells, self.ledger, self.threshold).map_err(unknown)?;
        if let Some((finer, many)) = finer {
            let settled = settled(&finer, &cells[..many], self.ledger, self.threshold).map_err(unknown)?;
            for (decision, _) in decisions.iter_mut().zip(settled).filter(|(_, is_settled)| !is_settled) {
                *decision = Decision::Hidden(Reason::Changed);
            }
            self.published.extend(published(&finer, &cells[..many], &decisions));
        }
        self.published.extend(published(&told, &cells, &decisions));
        let is_changed = decisions[wave] == Decision::Hidden(Reason::Changed);
        let mut may = decisions.iter().map(|decision| matches!(decision, Decision::Shown(_)));
        let by_score =
            |wave: usize, grouping: Option<&Grouping>| scores::tell(self.dataset, variable, (wave, self.threshold), grouping);
        let mut told_apart = self.weights.tell_waves(variable);
        told_apart.iter_mut().enumerate().for_each(|(at, is_told_apart)| *is_told_apart |= by_score(at, None));
        let waves = may.by_ref().take(last + 1).zip(&told_apart).map(|(may, is_told_apart)| may && !is_told_apart).collect();
        let of = |grouping: &Grouping| {
            let is_told_apart =
                told_apart[wave] || self.weights.tell_groups(variable, wave, grouping) || by_score(wave, Some(grouping));
            let may = may.by_ref().take(grouping.levels.len()).map(|may| may && !is_told_apart);
            (grouping.name.clone(), may.collect())
        };
        Ok(Shown { waves, groups: self.by.iter().copied().map(of).collect(), is_changed })
    }

    /// Gives what is shown more finely than it is decided on, and of how many cells: of waves the points of a score, and of all the numbers
    /// that a mean is of.
    fn finer(&self, variable: &Variable, table: &Table, (waves, all): (usize, usize)) -> Option<(Table, usize)> {
        match (&variable.kind, &variable.column) {
            (_, Column::Numbers(numbers, _)) => {
                Some((Table::of_numbers(self.dataset, variable, numbers, &self.everyone).by_value(), all))
            }
            (VariableKind::Scale { measure: Measure::Nps, .. }, _) => Some((table.clone().by_value(), waves)),
            _ => None,
        }
    }

    /// Gives everything that was let through.
    pub(super) fn published(self) -> Vec<Published> {
        self.published
    }
}

/// Gives a group that was published of a wave which is here, while the group is not: people who are in another one now could be told apart
/// from the rest of that.
pub(super) fn vanished(dataset: &Dataset, ledger: &Ledger) -> Option<(String, String)> {
    let of_survey = ledger.published.iter().filter(|published| published.survey == dataset.survey);
    let is_here = |published: &&Published| published.cell.0.get(WAVE).is_none_or(|wave| dataset.wave(wave).is_some());
    of_survey.filter(is_here).flat_map(|published| &published.cell.0).find_map(|(name, group)| {
        let grouping = dataset.grouping(name)?;
        let is_gone = grouping.levels.iter().all(|level| level.code != *group);
        is_gone.then(|| (name.clone(), group.clone()))
    })
}

/// Gives the answers as groups are told of them: of a score, its detractors, passives and promoters.
fn told(variable: &Variable, table: Table) -> Table {
    match variable.kind {
        VariableKind::Scale { measure: Measure::Nps, .. } => {
            let place = |level: &Level| match level.point.unwrap_or_default() {
                0..=6 => 0,
                7 | 8 => 1,
                _ => 2,
            };
            table.coarsened(&variable.levels.iter().map(place).collect::<Vec<_>>())
        }
        _ => table,
    }
}
