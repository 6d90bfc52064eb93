//! The way a survey asks: what it opens with, whether everyone can answer, and how many statements stand in a row.

use super::person::is_personal;
use super::poles::words;
use super::{Finding, Rule, english, own_questions, ways_out};
use crate::survey::{Allow, Kind, Measure, Question, Survey};

/// The most statements in a row to agree with.
const MOST_STATEMENTS: usize = 5;

pub(super) fn find(survey: &Survey) -> Vec<Finding> {
    let trapped = own_questions(survey).filter(|question| is_trapped(survey, question)).map(|question| {
        let help = "add allow = [\"not_applicable\"], or make the question optional";
        Finding::new(
            Rule::NoWayOut,
            Some(question),
            "required",
            "an answer is required, even from those it doesn't apply to",
            help,
        )
    });
    trapped.chain(batteries(survey)).chain(first(survey)).collect()
}

/// Says whether somebody may have to give a false answer.
fn is_trapped(survey: &Survey, question: &Question) -> bool {
    let has_way_out = question.allow != Allow::default() || ways_out::is_offered(survey, question);
    question.required && question.kind != Kind::Note && !has_way_out && !survey.is_conditional(question)
}

/// Gives a finding for every run of statements that is too long.
fn batteries(survey: &Survey) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut run: Option<(&Question, usize)> = None;
    let asked = survey.questions.iter().filter(|question| question.kind != Kind::Note);
    for question in asked.map(Some).chain([None]) {
        let statements = question.map_or(0, |question| statements(survey, question));
        if let (Some(question), true) = (question, statements > 0) {
            let (first, before) = run.unwrap_or((question, 0));
            run = Some((first, before + statements));
        } else if let Some((first, count)) = run.take().filter(|(_, count)| *count > MOST_STATEMENTS) {
            let message = format!("{count} statements in a row to agree with, at most {MOST_STATEMENTS} are read with care");
            let help = "ask some of them directly, with a scale of their own: “How helpful is …?”, “How often …?”";
            let key = if matches!(first.kind, Kind::Matrix { .. }) { "rows" } else { "type" };
            findings.push(Finding::new(Rule::LongAgreementBattery, Some(first), key, message, help));
        }
    }
    findings
}

/// Counts the statements to agree with in a question.
fn statements(survey: &Survey, question: &Question) -> usize {
    let agrees = || {
        let ends = english::ends(survey, question);
        ends.is_some_and(|(low, high)| {
            [low, high].iter().all(|end| words(end).any(|word| matches!(word.as_str(), "agree" | "disagree")))
        })
    };
    match &question.kind {
        _ if question.item.is_some() => 0,
        Kind::Scale { measure: Measure::Likert | Measure::Ces, .. } => 1,
        Kind::Scale { .. } | Kind::Single { .. } => usize::from(agrees()),
        Kind::Matrix { rows, .. } if agrees() => rows.len(),
        _ => 0,
    }
}

/// Finds what should not come first, where there is something else to begin with.
fn first(survey: &Survey) -> Option<Finding> {
    let first = survey.asked().next().filter(|question| question.item.is_none())?;
    let is_open = |question: &Question| matches!(question.kind, Kind::Text { .. });
    let hard = |question: &Question| is_open(question) || is_sensitive(survey, question);
    let other = survey.asked().any(|question| !hard(question));
    let what = if is_open(first) { "an open question" } else { "a question about the person" };
    let message = format!("the survey begins with {what}");
    let help = "begin with a question that is easy to answer, and move this one to the end";
    (hard(first) && other).then(|| Finding::new(Rule::SensitiveOrOpenFirst, Some(first), "text", message, help))
}

fn is_sensitive(survey: &Survey, question: &Question) -> bool {
    question.demographic || english::text(survey, &question.text).is_some_and(is_personal)
}
