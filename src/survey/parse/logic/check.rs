//! Looks at all of a survey's logic together, and tells what can't be: unknown names, wrong types, circles, ways that lead nowhere.

use std::collections::BTreeSet;

use super::super::findings::Findings;
use super::checker::Checker;
use super::names::{Names, Whole};
use super::sites::{Site, sites};
use super::{constant, flowing, pipes};
use crate::survey::Condition;

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
                waiting.extend(names.conditions_of(question));
            }
        }
    }
    true
}

/// Reports words for arms that aren't there, or that stand twice.
fn report_wordings(names: &Names<'_>, findings: &mut Findings<'_>) {
    for question in names.known.iter().filter_map(|known| known.question) {
        for (at, wording) in question.wordings.iter().enumerate() {
            let place = wording.text.as_ref().or(wording.help.as_ref()).map_or(0..0, |text| text.place());
            let Some(variant) = names.variant(wording.variant.as_str()) else {
                let message = format!("there is no variant `{}`", wording.variant);
                findings.report("unknown-variant", place, message, "add a [[variant]] of this id, or take these words out");
                continue;
            };
            if !variant.arms.contains(&wording.arm) {
                let arms: Vec<&str> = variant.arms.iter().map(|arm| arm.as_str()).collect();
                let message = format!("`{}` has no arm `{}`", variant.id, wording.arm);
                findings.report("unknown-variant", place, message, format!("its arms are {}", arms.join(", ")));
            } else if question.wordings[..at].iter().any(|other| (&other.variant, &other.arm) == (&wording.variant, &wording.arm))
            {
                let message = format!("the words for arm `{}` of `{}` stand here twice", wording.arm, variant.id);
                findings.report("duplicate-value", place, message, "keep one of them");
            }
        }
    }
}
