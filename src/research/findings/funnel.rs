//! From the invited to the answers: how many took part, and where people stopped.

use serde::Serialize;

use super::answers::Answers;
use crate::research::data::{Absent, Dataset, VariableKind};
use crate::response::Missing;

/// Who took part in a wave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Funnel {
    /// How many were invited, where that is known.
    pub invited: Option<u64>,
    /// How many answered; `None` where they are too few to tell.
    pub answered: Option<u64>,
    /// The share of those invited.
    pub rate: Option<f64>,
    /// The same by class, where both the invited and the answers are enough.
    pub classes: Vec<ClassRate>,
    /// How many reached each question, in order.
    pub questions: Vec<Reached>,
    /// How long it took, coarsely.
    pub durations: Vec<(String, u64)>,
}

/// Who of a class took part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClassRate {
    /// What its members have in common.
    pub class: String,
    /// How many were invited.
    pub invited: u64,
    /// How many answered; `None` where they are too few to tell.
    pub answered: Option<u64>,
}

/// What became of a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reached {
    /// The question.
    pub question: String,
    /// What was asked.
    pub text: String,
    /// How many were asked.
    pub shown: u64,
    /// How many answered.
    pub answered: u64,
    /// How many skipped it.
    pub skipped: u64,
    /// How many never came to it.
    pub unanswered: u64,
    /// How many said that it doesn't apply.
    pub not_applicable: u64,
}

impl Funnel {
    /// Gives the funnel of a wave: where people stopped, and who took part, only as long as nobody's answers came or went since it was
    /// published, since the two funnels would tell what they did.
    pub(super) fn of(dataset: &Dataset, asked: &[Answers<'_>], (wave, smallest): (usize, u64)) -> Self {
        let answered = dataset.answered(wave) as u64;
        let invited = dataset.invited(wave).map(u64::from);
        let is_told = answered >= smallest;
        let is_settled = !asked.iter().any(Answers::is_changed);
        let is_known = |invited: &u64| is_told && *invited > 0;
        let rate = invited.filter(is_known).map(|invited| answered as f64 / invited as f64);
        Self {
            invited,
            answered: is_told.then_some(answered),
            rate,
            classes: if is_settled { classes(dataset, (wave, smallest)) } else { Vec::new() },
            questions: if is_told && is_settled { questions(asked, (wave, smallest)) } else { Vec::new() },
            durations: if is_told && is_settled { durations(dataset, (wave, smallest)) } else { Vec::new() },
        }
    }
}

fn classes(dataset: &Dataset, (wave, smallest): (usize, u64)) -> Vec<ClassRate> {
    let named = |nodes: &[(String, String)]| match nodes {
        [] => "everyone".to_owned(),
        nodes => nodes.iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(", "),
    };
    let is_in = |row: usize, nodes: &[(String, String)]| {
        usize::from(dataset.wave_of[row]) == wave
            && nodes.iter().all(|(name, value)| {
                let grouping = dataset.grouping(name);
                grouping.is_some_and(|grouping| {
                    let level = grouping.levels.get(usize::from(grouping.column[row]));
                    level.is_some_and(|level| level.code == *value)
                })
            })
    };
    let of = |(nodes, invited): &(Vec<(String, String)>, u32)| {
        let answered = (0..dataset.len()).filter(|row| is_in(*row, nodes)).count() as u64;
        ClassRate { class: named(nodes), invited: (*invited).into(), answered: Some(answered) }
    };
    let mut classes: Vec<ClassRate> = dataset.waves[wave].classes.iter().filter(|(nodes, _)| !nodes.is_empty()).map(of).collect();
    hide(&mut classes, smallest);
    classes
}

/// Hides how many answered where they are too few, or everybody, which would tell of each that they did; then the smallest others, until
/// what is missing to the whole is two classes or more, and enough answers.
fn hide(classes: &mut [ClassRate], smallest: u64) {
    let is_rate = |class: &ClassRate, answered: u64| answered >= smallest && answered < class.invited;
    let mut hidden = (0, 0);
    let mut order: Vec<(u64, usize)> =
        classes.iter().enumerate().map(|(at, class)| (class.answered.unwrap_or_default(), at)).collect();
    order.sort_by_key(|(answered, at)| (is_rate(&classes[*at], *answered), *answered, *at));
    for (answered, at) in order {
        let (count, answers) = hidden;
        let is_left_over_small = count > 0 && (count < 2 || answers < smallest);
        if !is_rate(&classes[at], answered) || is_left_over_small {
            classes[at].answered = None;
            hidden = (count + 1, answers + answered);
        }
    }
}

fn questions(asked: &[Answers<'_>], (wave, smallest): (usize, u64)) -> Vec<Reached> {
    let mut reached: Vec<Reached> = Vec::new();
    for answers in asked.iter().filter(|answers| answers.variable.kind != VariableKind::Score) {
        let variable = answers.variable;
        if reached.last().is_some_and(|last| last.question == variable.question) {
            continue;
        }
        let counts = answers.counts(wave);
        let answered = counts.n();
        let absent = |kind| counts.absent(Absent::Missing(kind));
        let shown = answered + Missing::ALL.into_iter().filter(|kind| *kind != Missing::NotShown).map(absent).sum::<u64>();
        if answered < smallest {
            continue;
        }
        reached.push(Reached {
            question: variable.question.clone(),
            text: variable.words().to_owned(),
            shown,
            answered,
            skipped: absent(Missing::Skipped),
            unanswered: absent(Missing::Unanswered),
            not_applicable: absent(Missing::NotApplicable),
        });
    }
    reached
}

fn durations(dataset: &Dataset, (wave, smallest): (usize, u64)) -> Vec<(String, u64)> {
    let Some(grouping) = dataset.grouping("duration") else { return Vec::new() };
    let mut counts = vec![0; grouping.levels.len()];
    for row in dataset.rows_of(wave) {
        if let Some(count) = counts.get_mut(usize::from(grouping.column[row])) {
            *count += 1;
        }
    }
    let told = grouping.levels.iter().zip(counts).map(|(level, count)| (level.code.clone(), count));
    let told: Vec<(String, u64)> = told.filter(|(_, count)| *count > 0).collect();
    if told.iter().any(|(_, count)| *count < smallest) { Vec::new() } else { told }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_class_is_told_that_is_small_or_answered_as_one_and_none_can_be_taken_from_the_whole() {
        let of = |(invited, answered): (u64, u64)| ClassRate { class: String::new(), invited, answered: Some(answered) };
        let cases = [
            (vec![(10, 5), (20, 9)], vec![true, true]),
            (vec![(10, 4), (20, 9), (30, 12)], vec![false, false, true]),
            (vec![(10, 2), (20, 1), (30, 12), (30, 20)], vec![false, false, false, true]),
            (vec![(10, 2), (20, 4), (30, 12)], vec![false, false, true]),
            (vec![(10, 0), (30, 12), (30, 11)], vec![false, true, false]),
            (vec![(10, 10), (30, 12), (30, 29)], vec![false, false, true]),
            (vec![(10, 10)], vec![false]),
        ];
        for (counts, shown) in cases {
            let mut classes: Vec<ClassRate> = counts.iter().copied().map(of).collect();
            hide(&mut classes, 5);
            assert_eq!(classes.iter().map(|class| class.answered.is_some()).collect::<Vec<_>>(), shown, "{counts:?}");
        }
    }
}
