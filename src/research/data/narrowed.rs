//! A dataset without the waves that too few answered: nothing is left in it of what only they held, not even a name.

use super::variable::retain;
use super::{Column, Dataset, Level, NONE, VariableKind};

impl Dataset {
    /// Leaves out the waves that too few answered, and those nobody did; gives the names of the former.
    pub fn without_small_waves(mut self) -> (Self, Vec<String>) {
        let mut counts = vec![0_u32; self.waves.len()];
        self.wave_of.iter().for_each(|wave| counts[usize::from(*wave)] += 1);
        let is_kept: Vec<bool> = counts.iter().map(|count| *count > 0 && *count >= self.smallest_group).collect();
        let names = self.waves.iter().zip(&counts).zip(&is_kept).filter(|((_, count), is_kept)| **count > 0 && !**is_kept);
        let names = names.map(|((wave, _), _)| wave.name.clone()).collect();
        if !is_kept.iter().all(|is_kept| *is_kept) {
            self.keep_waves(&is_kept);
            self.forget_what_nobody_gave();
        }
        (self, names)
    }

    /// Keeps some waves, with their responses, their words, and what they asked.
    fn keep_waves(&mut self, is_kept: &[bool]) {
        let is_of_kept = |wave: u16| is_kept[usize::from(wave)];
        let rows: Vec<bool> = self.wave_of.iter().map(|wave| is_of_kept(*wave)).collect();
        self.variables.iter_mut().for_each(|variable| variable.column.retain(&rows));
        self.groupings.iter_mut().for_each(|grouping| retain(&mut grouping.column, &rows));
        self.weights.iter_mut().for_each(|weights| retain(weights, &rows));
        retain(&mut self.wave_of, &rows);
        self.comments.retain(|comment| is_of_kept(comment.wave));
        let places = places(is_kept);
        self.wave_of.iter_mut().for_each(|wave| *wave = places[usize::from(*wave)]);
        self.comments.iter_mut().for_each(|comment| comment.wave = places[usize::from(comment.wave)]);
        self.variables.retain_mut(|variable| {
            let was_asked = variable.asked.iter().any(Option::is_some);
            retain(&mut variable.asked, is_kept);
            !was_asked || variable.asked.iter().any(Option::is_some)
        });
        retain(&mut self.waves, is_kept);
    }

    /// Forgets groups and choices that came with answers alone, of which none is left.
    fn forget_what_nobody_gave(&mut self) {
        for grouping in &mut self.groupings {
            let given = grouping.column.iter().filter(|group| **group != NONE).map(|group| usize::from(*group));
            let places = forget(&mut grouping.levels, given);
            grouping.column.iter_mut().filter(|group| **group != NONE).for_each(|group| *group = places[usize::from(*group)]);
        }
        for variable in self.variables.iter_mut().filter(|variable| variable.kind == VariableKind::Choice) {
            let Column::Levels(codes) = &mut variable.column else { continue };
            let many = variable.levels.len();
            let places = forget(&mut variable.levels, codes.iter().map(|code| usize::from(*code)).filter(|code| *code < many));
            for code in codes.iter_mut().filter(|code| usize::from(**code) < many) {
                *code = u8::try_from(places[usize::from(*code)]).unwrap_or(*code);
            }
        }
    }
}

/// Keeps levels that are given, and those that somebody put into words: a survey has them whether they are given or not. Gives where each
/// of the old places went.
fn forget(levels: &mut Vec<Level>, given: impl Iterator<Item = usize>) -> Vec<u16> {
    let mut is_kept: Vec<bool> = levels.iter().map(|level| !level.label.is_empty() || level.point.is_some()).collect();
    given.for_each(|place| is_kept[place] = true);
    retain(levels, &is_kept);
    places(&is_kept)
}

/// Gives the new place of each old one; of those that aren't kept, one that nothing refers to.
fn places(is_kept: &[bool]) -> Vec<u16> {
    let mut next = 0;
    let place = |is_kept: &bool| {
        let place = next;
        next += u16::from(*is_kept);
        place
    };
    is_kept.iter().map(place).collect()
}
