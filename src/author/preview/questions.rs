//! The list of all questions: which are on the way, which are hidden, and why.

use super::state::Trial;
use crate::response::{Flow, Hidden, Missing, Place, Reply};
use crate::survey::{Kind, QuestionId};

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The question; `None` for the review, which comes last.
    pub(crate) id: Option<QuestionId>,
    /// The number it is asked with; a note has none, and what is hidden.
    pub(crate) number: Option<usize>,
    /// The question as it stands on the screen.
    pub(crate) text: String,
    /// What was replied.
    pub(crate) mark: Mark,
    /// Why it isn't on the way.
    pub(crate) hidden: Option<String>,
}

/// What was replied to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// An answer.
    Answered,
    /// A kind of missing.
    Missing,
    /// Nothing.
    Open,
    /// It takes no answer.
    None,
}

/// Gives every question in the order this respondent meets them, and the review.
pub(crate) fn entries(trial: &Trial) -> Vec<Entry> {
    let session = &trial.session;
    let (survey, arms) = (session.survey(), trial.survey.arms(session.draft().seed));
    let hidden = Flow::hidden(survey, &arms, &session.draft().replies);
    let mut asked = 0;
    let mut entries = Vec::new();
    for (at, written) in survey.questions.iter().enumerate() {
        let why = hidden.get(&at).map(reason);
        let is_asked = why.is_none() && written.kind != Kind::Note;
        asked += usize::from(is_asked);
        let shown = session.place_of(&written.id).and_then(|place| session.question_at(place)).unwrap_or(written);
        let mark = match (&written.kind, session.draft().replies.get(&written.id)) {
            (Kind::Note, _) => Mark::None,
            (_, Some(Reply::Given(_))) => Mark::Answered,
            (_, Some(Reply::Missing(Missing::Unanswered)) | None) => Mark::Open,
            (_, Some(Reply::Missing(_))) => Mark::Missing,
        };
        let (id, number) = (Some(written.id.clone()), is_asked.then_some(asked));
        entries.push(Entry { id, number, text: shown.text.replace('\n', " "), mark, hidden: why });
    }
    entries.push(Entry { id: None, number: None, text: "Review".to_owned(), mark: Mark::None, hidden: None });
    entries
}

/// Gives the place in the list where the respondent is.
pub(crate) fn here(trial: &Trial, entries: &[Entry]) -> usize {
    let id = match &trial.session.draft().place {
        Place::Question(id) => Some(id),
        Place::Review => None,
    };
    entries.iter().position(|entry| entry.id.as_ref() == id).unwrap_or_default()
}

impl Entry {
    /// Says that the question is hidden, and until when.
    pub(crate) fn hidden_until(&self) -> Option<String> {
        let reason = self.hidden.as_deref()?;
        Some(
            reason
                .strip_prefix("if ")
                .map_or_else(|| format!("hidden: {reason}"), |condition| format!("hidden unless {condition}")),
        )
    }
}

/// Says in a few words what hides a question.
fn reason(hidden: &Hidden<'_>) -> String {
    match hidden {
        Hidden::Condition(condition) => format!("if {}", one_line(condition.source())),
        Hidden::Group(group, condition) => format!("if {} (group {group})", one_line(condition.source())),
        Hidden::PassedOver(question) => format!("passed over by the jump after {question}"),
        Hidden::NothingToAnswerWith => "if any of its choices is shown".to_owned(),
    }
}

fn one_line(source: &str) -> String {
    source.split_whitespace().collect::<Vec<_>>().join(" ")
}
