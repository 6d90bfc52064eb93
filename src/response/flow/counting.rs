//! What of a question can be answered at the moment, and what of a reply counts for it.

use std::collections::{BTreeMap, BTreeSet};

use crate::response::answer::in_order;
use crate::response::{Answer, Cell, Missing, Pick, Reply};
use crate::survey::{Code, Kind, Question};

/// Leaves out the choices or rows that are hidden; `None` where nothing is left.
pub(super) fn hide(kind: &mut Kind, hidden: &BTreeSet<&Code>) -> Option<()> {
    match kind {
        Kind::Single { choices } | Kind::Multi { choices, .. } | Kind::Ranking { choices } => {
            choices.retain(|choice| !hidden.contains(&choice.code));
            (!choices.is_empty()).then_some(())?;
        }
        Kind::Matrix { rows, .. } => {
            rows.retain(|row| !hidden.contains(&row.code));
            (!rows.is_empty()).then_some(())?;
        }
        _ => {}
    }
    if let Kind::Multi { choices, min, max } = kind {
        let together = choices.iter().filter(|choice| !choice.exclusive).count().max(1);
        (*min, *max) = ((*min).min(together), (*max).min(choices.len()));
    }
    Some(())
}

/// Gives the part of a reply that counts for a question as it is asked; `None` where nothing of it does.
pub(super) fn counting(question: &Question, reply: &Reply) -> Option<Reply> {
    let choices = question.kind.choices();
    let has_pick = |pick: &Pick| pick.choice(choices).is_some();
    let answer = match reply {
        Reply::Missing(_) => return Some(reply.clone()),
        Reply::Given(Answer::Single(pick)) => Answer::Single(Some(pick.clone()).filter(has_pick)?),
        Reply::Given(Answer::Multi(picks)) => {
            let picks: Vec<Pick> = picks.iter().filter(|pick| has_pick(pick)).cloned().collect();
            if picks.is_empty() {
                return None;
            }
            Answer::Multi(in_order(choices, picks))
        }
        Reply::Given(Answer::Ranking(order)) => {
            let order: Vec<Code> = order.iter().filter(|code| question.kind.label(code.as_str()).is_some()).cloned().collect();
            if order.is_empty() {
                return None;
            }
            Answer::Ranking(order)
        }
        Reply::Given(Answer::Matrix(cells)) => {
            let Kind::Matrix { rows, .. } = &question.kind else { return None };
            let shown = |code: &&Code| rows.iter().any(|row| row.code == **code);
            let cells: BTreeMap<Code, Cell> =
                cells.iter().filter(|(code, _)| shown(code)).map(|(code, cell)| (code.clone(), *cell)).collect();
            if cells.is_empty() {
                return None;
            }
            Answer::Matrix(cells)
        }
        Reply::Given(answer) => answer.clone(),
    };
    Some(Reply::Given(answer))
}

/// Adds to a reply, or to none, what is hidden at the moment and was answered before, so that it comes up again when it is shown.
///
/// What can't stand beside the reply is left out: an exclusive choice, and what goes over the greatest number of choices.
pub fn with_hidden(shown: &Question, written: &Question, before: Option<&Reply>, reply: Option<Reply>) -> Option<Reply> {
    let (Some(Reply::Given(before)), None | Some(Reply::Given(_))) = (before, &reply) else { return reply };
    match (&written.kind, before, reply) {
        (Kind::Multi { choices, max, .. }, Answer::Multi(before), reply) => {
            let mut picks = if let Some(Reply::Given(Answer::Multi(picks))) = reply { picks } else { Vec::new() };
            let exclusive = |pick: &Pick| pick.choice(choices).is_some_and(|choice| choice.exclusive);
            let room = if picks.iter().any(exclusive) { 0 } else { max.saturating_sub(picks.len()) };
            let hidden = before.iter().filter(|pick| pick.choice(shown.kind.choices()).is_none() && !exclusive(pick));
            picks.extend(hidden.take(room).cloned());
            (!picks.is_empty()).then(|| Reply::Given(Answer::Multi(in_order(choices, picks))))
        }
        (Kind::Matrix { .. }, Answer::Matrix(before), Some(Reply::Given(Answer::Matrix(mut cells)))) => {
            let is_hidden = |code: &Code| shown.kind.label(code.as_str()).is_none();
            cells.extend(before.iter().filter(|(code, _)| is_hidden(code)).map(|(code, cell)| (code.clone(), *cell)));
            Some(Reply::Given(Answer::Matrix(cells)))
        }
        (_, _, reply) => reply,
    }
}

/// Marks the rows of a finished matrix that weren't shown.
pub(super) fn with_hidden_rows(written: &Question, shown: &Question, reply: Reply) -> Reply {
    match (&written.kind, &shown.kind, reply) {
        (Kind::Matrix { rows: all, .. }, Kind::Matrix { rows, .. }, Reply::Given(Answer::Matrix(mut cells))) => {
            let hidden = all.iter().filter(|row| !rows.iter().any(|shown| shown.code == row.code));
            cells.extend(hidden.map(|row| (row.code.clone(), Cell::Missing(Missing::NotShown))));
            Reply::Given(Answer::Matrix(cells))
        }
        (_, _, reply) => reply,
    }
}
