//! What the screen claimed to be safe, held against what is stored.

use std::collections::BTreeSet;

use dxpulse::response::{Draft, Place, Replies};
use dxpulse::survey::{QuestionId, Survey};

/// What a person who watched the screen until the kill has a right to find again.
#[derive(Debug, Clone, Default)]
pub(crate) struct Claims {
    /// The answers that were shown as saved, by what was typed.
    pub(crate) replies: Replies,
    /// How many answers the screen called saved.
    pub(crate) count: usize,
    /// Questions with a key since their last claim, whose answer may be the old or the new one, or none.
    pub(crate) doubtful: BTreeSet<QuestionId>,
    /// The question last seen, if the screen called everything saved.
    pub(crate) place: Option<QuestionId>,
    /// How many keys the screen hasn't answered yet.
    pub(crate) under_way: usize,
}

impl Claims {
    /// Gives the first claim that the stored draft doesn't keep.
    pub(crate) fn broken_by(&self, survey: &Survey, stored: Option<&Draft>) -> Option<String> {
        let none = Replies::new();
        let replies = stored.map_or(&none, |draft| &draft.replies);
        let settled = self.replies.iter().filter(|(id, _)| !self.doubtful.contains(*id));
        for (id, reply) in settled {
            if replies.get(id) != Some(reply) {
                return Some(format!("{id} was shown as saved with {reply:?} but is stored as {:?}", replies.get(id)));
            }
        }
        let least = self.count.saturating_sub(self.under_way);
        if replies.len() < least {
            return Some(format!("{} answers were shown as saved but {} are stored", self.count, replies.len()));
        }
        let (Some(shown), Some(draft)) = (&self.place, stored) else { return None };
        let distance = position(survey, &Place::Question(shown.clone())).abs_diff(position(survey, &draft.place));
        (distance > self.under_way).then(|| format!("the question {shown} was shown but the draft is at {:?}", draft.place))
    }
}

fn position(survey: &Survey, place: &Place) -> usize {
    let at = |id: &QuestionId| survey.questions.iter().position(|question| question.id == *id);
    match place {
        Place::Question(id) => at(id).expect("a stored place is a question of the survey"),
        Place::Review => survey.questions.len(),
    }
}

/// Makes sure that a lost, an altered and a misplaced answer would be noticed; run before every campaign.
pub(crate) fn prove(survey: &Survey, draft: &Draft) {
    let ids: Vec<&QuestionId> = draft.replies.keys().collect();
    let claims = Claims { replies: draft.replies.clone(), count: ids.len(), ..Claims::default() };
    assert_eq!(claims.broken_by(survey, Some(draft)), None, "an honest store is believed");
    assert!(claims.broken_by(survey, None).is_some(), "a lost draft is noticed");
    let mut lossy = draft.clone();
    lossy.replies.remove(ids[0]);
    assert!(claims.broken_by(survey, Some(&lossy)).is_some(), "a lost answer is noticed");
    let counted = Claims { count: ids.len(), ..Claims::default() };
    assert!(counted.broken_by(survey, Some(&lossy)).is_some(), "a lost answer is noticed by the count alone");
    let mut altered = draft.clone();
    let other = altered.replies[ids[1]].clone();
    altered.replies.insert(ids[0].clone(), other);
    assert!(claims.broken_by(survey, Some(&altered)).is_some(), "an altered answer is noticed");
    let elsewhere = Claims { place: survey.questions.last().map(|question| question.id.clone()), under_way: 1, ..claims };
    assert!(elsewhere.broken_by(survey, Some(draft)).is_some(), "another question than the one shown is noticed");
}
