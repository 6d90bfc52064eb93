//! What a survey asks of people on the whole: their time, their words, and how much of themselves they give away.

use super::{Finding, Rule};
use crate::anonymous::frame::MOST;
use crate::anonymous::private::betrayed;
use crate::anonymous::submission::comments_length;
use crate::author::simulate::{self, RESPONDENTS, SEED};
use crate::response::{Answer, Replies, Reply};
use crate::survey::{Kind, Question, Survey, seconds};

/// What a number or a text about a person counts as, where its range isn't known.
const MANY_VALUES: u64 = 50;

pub(super) fn find(survey: &Survey) -> Vec<Finding> {
    burden(survey).into_iter().chain(identifying(survey)).chain(texts(survey)).chain(betraying(survey)).collect()
}

/// Holds the promise against the time that simulated respondents need, as `simulate` does: few are asked all there is.
fn burden(survey: &Survey) -> Option<Finding> {
    let budget = seconds(survey.minutes?);
    // Where all there is fits, nobody need be simulated.
    (simulate::longest(survey).is_none_or(|longest| longest > budget)).then_some(())?;
    let needed = simulate::seconds(survey, &survey.language, RESPONDENTS, SEED).at(90);
    (needed > budget).then_some(())?;
    let message = format!("9 in 10 need up to {needed} s to answer, and the survey promises {budget} s");
    let help = "take questions out, or promise the time it takes";
    Some(Finding::new(Rule::Burden, None, "minutes", message, help))
}

fn identifying(survey: &Survey) -> Option<Finding> {
    let population = u64::from(survey.privacy.population?);
    let told = survey.segments.iter().filter(|segment| survey.privacy.segments.contains(&segment.id));
    let segments = told.map(|segment| u64::try_from(segment.values.len()).unwrap_or(u64::MAX).max(1));
    let questions = survey.questions.iter().filter(|question| question.demographic).map(values);
    let sizes: Vec<u64> = segments.chain(questions).filter(|size| *size > 1).collect();
    let combinations = sizes.iter().fold(1_u64, |product, size| product.saturating_mul(*size));
    let smallest = u64::from(survey.privacy.smallest_group);
    (!sizes.is_empty() && combinations.saturating_mul(smallest) >= population).then_some(())?;
    let message = format!(
        "{combinations} combinations of {} facts about a person, for {population} people in groups of at least {smallest}",
        sizes.len()
    );
    let help = "ask for fewer facts, or in broader steps, so that every combination is shared by several people";
    Some(Finding::new(Rule::IdentifyingDemographics, None, "privacy", message, help))
}

/// Fills every text to its end with characters of four bytes, and sees whether that could be sent.
fn texts(survey: &Survey) -> Option<Finding> {
    let length = |question: &Question| match question.kind {
        Kind::Text { max_length, .. } => Some(max_length),
        _ => None,
    };
    let full = |length: usize| Reply::Given(Answer::Text("🀄".repeat(length)));
    let replies: Replies = survey.asked().filter_map(|question| Some((question.id.clone(), full(length(question)?)))).collect();
    let bytes = comments_length(survey, &replies);
    let longest = survey.asked().filter(|_| bytes > MOST).max_by_key(|question| length(question))?;
    let message = format!("the texts of one response may have {bytes} bytes together, and {MOST} can be sent");
    let help = "ask for fewer texts, or for shorter ones with max_length";
    Some(Finding::new(Rule::TooMuchText, Some(longest), "max_length", message, help))
}

/// Finds the first condition that would tell what isn't told: the place is the condition's.
fn betraying(survey: &Survey) -> Option<Finding> {
    let (id, condition) = betrayed(survey)?;
    let question = survey.questions.iter().find(|question| question.id == *id)?;
    let whose = if question.demographic { "who somebody is, which isn't told" } else { "somebody's words, which are sent apart" };
    let message = format!("who is asked shows how `{id}` was answered: it is {whose}");
    let help = "ask everyone, or decide by an answer that is told with the scores";
    let found = Finding::new(Rule::BetrayingCondition, Some(question), "show_if", message, help);
    Some(Finding { span: condition.place(), ..found })
}

/// Counts the answers that a question about the person can have.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the difference of two bounds, not below zero")]
fn values(question: &Question) -> u64 {
    let count = |many: usize| u64::try_from(many).unwrap_or(u64::MAX);
    match &question.kind {
        Kind::Single { choices } | Kind::Multi { choices, .. } | Kind::Ranking { choices } => count(choices.len()),
        Kind::Scale { scale, .. } => u64::from(scale.last - scale.first) + 1,
        Kind::Matrix { rows, scale } => count(rows.len()) * (u64::from(scale.last - scale.first) + 1),
        Kind::Boolean => 2,
        Kind::Number { min: Some(min), max: Some(max), .. } => (max - min).clamp(0.0, 1e6) as u64 + 1,
        Kind::Number { .. } | Kind::Date { .. } | Kind::Text { .. } => MANY_VALUES,
        Kind::Note => 1,
    }
}
