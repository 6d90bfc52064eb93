//! Takes out what the author waives, and finds waivers that do nothing.

use super::{About, Finding, Rule};
use crate::survey::nearest::meant;
use crate::survey::{Question, Survey, Waiver};

/// Gives the findings that nobody waives, and one for every waiver without effect.
pub(super) fn apply(survey: &Survey, findings: Vec<Finding>) -> Vec<Finding> {
    let of_questions =
        survey.questions.iter().flat_map(|question| question.waivers.iter().map(move |waiver| (Some(question), waiver)));
    let waivers: Vec<(Option<&Question>, &Waiver)> =
        survey.waivers.iter().map(|waiver| (None, waiver)).chain(of_questions).collect();
    let silences = |(question, waiver): &(Option<&Question>, &Waiver), finding: &Finding| {
        let here = question.is_none_or(|question| finding.question.as_ref() == Some(&question.id));
        here && finding.about.name() == waiver.rule
    };
    let idle = waivers.iter().filter(|waiver| !findings.iter().any(|finding| silences(waiver, finding)));
    let idle: Vec<Finding> =
        idle.filter(|(question, _)| is_first_item(*question)).map(|(question, waiver)| report(*question, waiver)).collect();
    let kept = findings.into_iter().filter(|finding| !waivers.iter().any(|waiver| silences(waiver, finding)));
    kept.chain(idle).collect()
}

/// The waivers of an instrument stand on each of its items; one report is enough.
fn is_first_item(question: Option<&Question>) -> bool {
    question.and_then(|question| question.item.as_ref()).is_none_or(|item| item.number == 1)
}

fn report(question: Option<&Question>, waiver: &Waiver) -> Finding {
    let (about, message, help) = match Rule::from_name(&waiver.rule) {
        None => (About::UnknownRule, format!("no rule is called “{}”", waiver.rule), suggestion(&waiver.rule)),
        Some(_) if question.is_some_and(|question| question.item.is_some()) => (
            About::UnusedWaiver,
            format!("the words of an instrument are not checked, so there is no “{}” to waive", waiver.rule),
            "take the waiver out".to_owned(),
        ),
        Some(_) => (
            About::UnusedWaiver,
            format!("nothing here breaks the rule “{}”", waiver.rule),
            "take the waiver out, so that the rule is heard when it matters".to_owned(),
        ),
    };
    let question = question.map(|question| question.id.clone());
    Finding { about, question, key: "waive", span: waiver.place.range(), part: None, message, help }
}

fn suggestion(written: &str) -> String {
    let rules = Rule::ALL.into_iter().map(Rule::name);
    meant(written, rules, &[]).unwrap_or_else(|| "the rules are those that the findings are named by".to_owned())
}
