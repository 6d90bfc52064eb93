//! Looks at all of a survey's logic together, and tells what can't be: unknown names, wrong types, circles, ways that lead nowhere.

use std::collections::BTreeSet;

use super::super::findings::Findings;
use super::checker::Checker;
use super::names::{Names, Whole};
use super::sites::{Site, sites};
use super::{constant, flowing, pipes};
use crate::survey::nearest::{listed, meant};
use crate::survey::{Condition, Wording};

/// The code of what is wrong, the message and the help.
type Fault = (&'static str, String, String);

/// Reports all that is wrong with the logic of a survey.
pub(in crate::survey::parse) fn report(whole: &Whole<'_, '_>, findings: &mut Findings<'_>) {
    let names = Names::new(whole);
    flowing::report_groups(&names, findings);
    flowing::report_jumps(&names, findings);
    report_wordings(&names, findings);
    pipes::report(&names, findings);
    let sites = sites(&names);
    let mut wrong = flowing::report_order(&names, &sites, findings);
    for site in &sites {
        if !is_sound(site, &names, findings) {
            wrong.insert(site.condition.place().start);
        }
    }
    let sound: Vec<Site<'_>> = sites.into_iter().filter(|site| can_be_tried(site.condition, &names, &wrong)).collect();
    constant::report(&names, &sound, findings);
    flowing::report_unreachable(&names, findings);
}

fn is_sound(site: &Site<'_>, names: &Names<'_>, findings: &mut Findings<'_>) -> bool {
    Checker { names, condition: site.condition, findings, told: Vec::new() }.is_sound()
}

/// Says whether a condition is right, and so are those of all questions it depends on: only then does trying it tell anything.
fn can_be_tried(condition: &Condition, names: &Names<'_>, wrong: &BTreeSet<usize>) -> bool {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![condition];
    while let Some(condition) = waiting.pop() {
        if wrong.contains(&condition.place().start) {
            return false;
        }
        for at in condition.names().into_iter().filter_map(|name| names.position(name)) {
            if let Some(question) = names.known[at].question.filter(|_| seen.insert(at)) {
                waiting.extend(names.deciding(question));
            }
        }
    }
    true
}

/// Reports words for arms that aren't there, that stand twice, or of two variants where one can be read.
fn report_wordings(names: &Names<'_>, findings: &mut Findings<'_>) {
    for question in names.known.iter().filter_map(|known| known.question) {
        for (at, wording) in question.wordings.iter().enumerate() {
            let fault = unknown_arm(names, wording).or_else(|| rivalry(names, wording, &question.wordings[..at]));
            if let Some((code, message, help)) = fault {
                findings.report(code, wording.place.range(), message, help);
            }
        }
    }
}

fn unknown_arm(names: &Names<'_>, wording: &Wording) -> Option<Fault> {
    let Some(variant) = names.variant(wording.variant.as_str()) else {
        let help = names.meant_variant(wording.variant.as_str());
        return Some(("unknown-variant", format!("there is no variant `{}`", wording.variant), help));
    };
    let arms: Vec<&str> = variant.arms.iter().map(|arm| arm.as_str()).collect();
    (!variant.arms.contains(&wording.arm)).then(|| {
        let help = meant(wording.arm.as_str(), arms.iter().copied(), &[])
            .unwrap_or_else(|| format!("its arms are {}", listed(&arms, "and")));
        ("unknown-variant", format!("`{}` has no arm `{}`", variant.id, wording.arm), help)
    })
}

/// Says what is wrong with words beside those before them: for the same arm, or a text that two variants change.
fn rivalry(names: &Names<'_>, wording: &Wording, before: &[Wording]) -> Option<Fault> {
    let mut before = before.iter().filter(|other| names.variant(other.variant.as_str()).is_some());
    before.find_map(|other| {
        if other.variant == wording.variant {
            let message = format!("the words for arm `{}` of `{}` stand here twice", wording.arm, wording.variant);
            return (other.arm == wording.arm).then(|| ("duplicate-value", message, "keep one of them".to_owned()));
        }
        let key = if other.text.is_some() && wording.text.is_some() { Some("text") } else { None };
        let key = key.or_else(|| (other.help.is_some() && wording.help.is_some()).then_some("help"))?;
        let message = format!("`{}` and `{}` both change the `{key}`", other.variant, wording.variant);
        Some(("rival-variants", message, format!("change the `{key}` in one variant: nobody can read both")))
    })
}
