//! Whether a reply is complete: what stands between a draft and a finished response.

use thiserror::Error;

use super::misfit::plural;
use super::{Answer, Cell, Missing, Reply};
use crate::survey::{Kind, Question};

/// Why a question's reply can't be part of a response yet.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Problem {
    /// The question is required and has neither an answer nor an allowed kind of missing.
    #[error("needs an answer")]
    Required,
    /// Fewer choices than the least number.
    #[error("needs at least {least} choice{s}, {chosen} chosen", s = plural(*.least))]
    TooFew {
        /// The least number of choices.
        least: usize,
        /// How many are chosen.
        chosen: usize,
    },
    /// More choices than the greatest number.
    #[error("takes at most {most} choice{s}, {chosen} chosen", s = plural(*.most))]
    TooMany {
        /// The greatest number of choices.
        most: usize,
        /// How many are chosen.
        chosen: usize,
    },
    /// A ranking without all of its choices.
    #[error("{ranked} of {all} ranked: rank them all, or skip the question")]
    PartlyRanked {
        /// How many are ranked.
        ranked: usize,
        /// How many there are.
        all: usize,
    },
    /// A required matrix with rows that have no answer.
    #[error("{open} of {all} rows need{s} an answer", s = if *.open == 1 { "s" } else { "" })]
    OpenRows {
        /// How many rows have neither an answer nor an allowed kind of missing.
        open: usize,
        /// How many rows there are.
        all: usize,
    },
    /// The answer breaks the author's constraint, which says so in these words.
    #[error("{0}")]
    Broken(String),
    /// All own words together are too long to be sent.
    #[error("{characters} character{s} too many to be sent; all your texts count together", s = plural(*.characters))]
    TooMuch {
        /// How many grapheme clusters of this answer are too many.
        characters: usize,
    },
    /// What was typed isn't an answer of the question's type.
    #[error("what was typed is not finished")]
    Unfinished,
}

/// Gives what keeps a reply from being part of a response; `None` stands for a question without a reply.
pub fn problem(question: &Question, reply: Option<&Reply>) -> Option<Problem> {
    match reply {
        Some(Reply::Given(answer)) => answer_problem(question, answer),
        Some(Reply::Missing(kind)) if is_chosen(*kind) => None,
        _ => (question.required && question.kind != Kind::Note).then_some(Problem::Required),
    }
}

fn answer_problem(question: &Question, answer: &Answer) -> Option<Problem> {
    match (&question.kind, answer) {
        (Kind::Multi { choices, min, max }, Answer::Multi(picks)) => {
            let exclusive = choices.iter().any(|choice| choice.exclusive && super::answer::holds(picks, choice));
            let chosen = picks.len();
            if chosen < *min && !exclusive {
                return Some(Problem::TooFew { least: *min, chosen });
            }
            (chosen > *max).then_some(Problem::TooMany { most: *max, chosen })
        }
        (Kind::Ranking { choices }, Answer::Ranking(order)) if order.len() < choices.len() => {
            Some(Problem::PartlyRanked { ranked: order.len(), all: choices.len() })
        }
        (Kind::Matrix { rows, .. }, Answer::Matrix(cells)) if question.required => {
            let settled = |cell: &Cell| match cell {
                Cell::Given(_) => true,
                Cell::Missing(kind) => is_chosen(*kind),
            };
            let open = rows.iter().filter(|row| !cells.get(&row.code).is_some_and(settled)).count();
            (open > 0).then_some(Problem::OpenRows { open, all: rows.len() })
        }
        _ => None,
    }
}

/// Says whether a kind of missing is one the author allowed and the respondent chose, which settles a required question.
fn is_chosen(kind: Missing) -> bool {
    matches!(kind, Missing::NotApplicable | Missing::PreferNotToSay | Missing::DontKnow | Missing::NotShown)
}
