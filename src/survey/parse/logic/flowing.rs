//! The order of things: conditions look back, jumps go forward, groups stand together, and every question can be reached.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::findings::Findings;
use super::blocks::report_unknown_group;
use super::names::{Known, Names};
use super::sites::{Role, Site};
use crate::survey::nearest::meant;
use crate::survey::{Question, Target};

/// Reports groups that are unknown, empty or torn apart.
pub(super) fn report_groups(names: &Names<'_>, findings: &mut Findings<'_>) {
    for known in names.known.iter().filter(|known| known.leads) {
        let Some(group) = known.question.and_then(|question| question.group.as_ref()) else { continue };
        if !names.groups.iter().any(|other| other.id == *group) {
            let span = known.table.get("group").map_or(known.span.clone(), |entry| entry.span);
            report_unknown_group(group, span, names.groups.iter().map(|group| group.id.as_str()), findings);
        }
    }
    for group in names.groups {
        let inside = |known: &Known<'_>| known.question.and_then(|question| question.group.as_ref()) == Some(&group.id);
        let places: Vec<usize> = (0..names.known.len()).filter(|at| inside(&names.known[*at])).collect();
        let is_around = names.groups.iter().any(|other| other.group.as_ref() == Some(&group.id));
        let is_readable = names.known.iter().all(|known| known.question.is_some());
        if places.is_empty() && !is_around && is_readable {
            let message = format!("no question is in the group `{}`", group.id);
            let help = format!("write group = \"{}\" on its questions, or take the group out", group.id);
            findings.report("empty-group", group.place.range(), message, help);
        }
        if group.is_shuffled && places.is_empty() && is_around {
            let message = format!("the shuffled group `{}` holds groups only: nothing is shuffled", group.id);
            findings.report("empty-group", group.place.range(), message, "shuffle the groups in it, or put questions into it");
        }
        if let (true, Some(first), Some(last)) = (group.is_shuffled, places.first(), places.last())
            && last - first + 1 != places.len()
        {
            let between = (*first..*last).find(|at| !places.contains(at)).unwrap_or(*first);
            let message =
                format!("`{}` stands between the questions of the shuffled group `{}`", names.known[between].id, group.id);
            findings.report(
                "torn-group",
                names.known[between].span.clone(),
                message,
                "move it before or after the group's questions",
            );
        }
    }
}

/// Reports conditions that look at what comes later: circles whole, else the question to move; gives the places of all of them.
pub(super) fn report_order(names: &Names<'_>, sites: &[Site<'_>], findings: &mut Findings<'_>) -> BTreeSet<usize> {
    let mut told: Vec<BTreeSet<usize>> = Vec::new();
    let mut wrong = BTreeSet::new();
    for site in sites {
        for name in site.condition.names() {
            let Some(at) = names.position(name) else { continue };
            if at < site.before {
                if report_shuffled(names, site, at, findings) {
                    wrong.insert(site.condition.place().start);
                }
                continue;
            }
            wrong.insert(site.condition.place().start);
            let circle = if decides_asking(site.role) { path(names, sites, at, site.owner) } else { None };
            match circle {
                Some(circle) => report_circle(names, site, &circle, &mut told, findings),
                None => report_forward(names, site, at, findings),
            }
        }
    }
    wrong
}

/// Says whether a condition decides about being asked, so that it can be part of a circle.
fn decides_asking(role: Role) -> bool {
    matches!(role, Role::Question | Role::Group | Role::Option)
}

/// Finds the shortest way on which one question depends on another, both ends included.
fn path(names: &Names<'_>, sites: &[Site<'_>], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut ways = vec![vec![from]];
    let mut seen = BTreeSet::from([from]);
    let mut at = 0;
    while let Some(way) = ways.get(at).cloned() {
        let here = *way.last()?;
        if here == to {
            return Some(way);
        }
        let of_here = sites.iter().filter(|site| decides_asking(site.role) && site.owner == here);
        for next in of_here.flat_map(|site| site.condition.names()).filter_map(|name| names.position(name)) {
            if seen.insert(next) {
                ways.push(way.iter().copied().chain([next]).collect());
            }
        }
        at += 1;
    }
    None
}

fn report_circle(
    names: &Names<'_>,
    site: &Site<'_>,
    circle: &[usize],
    told: &mut Vec<BTreeSet<usize>>,
    findings: &mut Findings<'_>,
) {
    let members: BTreeSet<usize> = circle.iter().copied().collect();
    if told.contains(&members) {
        return;
    }
    told.push(members);
    let first = names.known[circle[0]].id;
    let whole: Vec<&str> = [site.owner].iter().chain(circle).map(|at| names.known[*at].id).collect();
    let message = if circle.len() == 1 {
        format!("`{first}` depends on itself")
    } else {
        format!("these questions wait for one another: {}", whole.join(" → "))
    };
    let place = site.place_of(first, findings);
    let mut reported = findings.report("condition-cycle", place, message, "take one of these conditions out");
    for at in circle.iter().filter(|_| circle.len() > 1) {
        let known = &names.known[*at];
        reported = reported.related(&format!("`{}` is here", known.id), known.span.clone());
    }
}

fn report_forward(names: &Names<'_>, site: &Site<'_>, at: usize, findings: &mut Findings<'_>) {
    let (later, owner) = (&names.known[at], names.known[site.owner].id);
    let message = format!("the condition looks at `{}`, which is asked only later", later.id);
    let help = format!("move `{}` (line {}) above `{owner}`", later.id, findings.line(later.span.start));
    let place = site.place_of(later.id, findings);
    findings.report("forward-reference", place, message, help).related("it is asked here", later.span.clone());
}

/// Reports a condition that looks at a question which chance may put behind it; says whether it does.
fn report_shuffled(names: &Names<'_>, site: &Site<'_>, at: usize, findings: &mut Findings<'_>) -> bool {
    let Some(shuffled) = names.shuffled_with(at, site.owner) else { return false };
    let name = names.known[at].id;
    let message = format!(
        "the condition looks at `{name}`, which chance may put behind it: both are in the shuffled group `{}`",
        shuffled.id
    );
    let place = site.place_of(name, findings);
    findings.report("shuffled-reference", place, message, "move one of them out of the group");
    true
}

/// Reports jumps that lead back, nowhere, or are never taken.
pub(super) fn report_jumps(names: &Names<'_>, findings: &mut Findings<'_>) {
    for (at, known) in names.known.iter().enumerate() {
        let Some(question) = known.question else { continue };
        for (number, jump) in question.jumps.iter().enumerate() {
            let span = jump.place.range();
            if let Target::Question(id) = &jump.to {
                report_target(names, (at, question), id.as_str(), &span, findings);
            }
            let earlier = question.jumps[..number].iter().any(|jump| jump.condition.is_none());
            if earlier {
                let message = "this jump is never taken: one before it always is";
                findings.report("unreachable-jump", span, message, "put the jump without `if` last");
            }
        }
        if let (Some(_), Some(jump)) = (names.shuffled(question), question.jumps.first()) {
            let message = "a question of a shuffled group can't jump: chance decides what follows it";
            findings.report("shuffled-reference", jump.place.range(), message, "jump from a question before or behind the group");
        }
    }
}

fn report_target(
    names: &Names<'_>,
    (at, question): (usize, &Question),
    id: &str,
    span: &Range<usize>,
    findings: &mut Findings<'_>,
) {
    let Some(target) = names.position(id) else {
        if names.may_be_item(id) {
            return;
        }
        let help = meant(id, ["end"], &[]).or_else(|| names.meant(id, findings));
        let help = help.unwrap_or_else(|| "write the id of a later question, or \"end\"".to_owned());
        findings.report("unknown-jump-target", span.clone(), format!("there is no question `{id}` to jump to"), help);
        return;
    };
    if target <= at {
        let message =
            if target == at { format!("`{id}` jumps to itself") } else { format!("`{}` jumps back to `{id}`", question.id) };
        let help = "jumps go forward; ask with `show_if` instead";
        findings
            .report("backward-jump", span.clone(), message, help)
            .related("this is the target", names.known[target].span.clone());
    } else if let Some(group) = names.known[target].question.and_then(|question| names.shuffled(question))
        && question.group.as_ref() != Some(&group.id)
    {
        let message = format!("`{id}` is in the shuffled group `{}`: chance decides what a jump to it passes over", group.id);
        findings.report("shuffled-reference", span.clone(), message, "jump to a question before or behind the group");
    }
}

/// Reports questions that every way passes by; a jump that isn't known may lead to any question behind it.
pub(super) fn report_unreachable(names: &Names<'_>, findings: &mut Findings<'_>) {
    let mut reachable = vec![false; names.known.len()];
    if let Some(first) = reachable.first_mut() {
        *first = true;
    }
    for at in 0..names.known.len() {
        if reachable[at] && !knows_jumps(names, &names.known[at]) {
            reachable[at..].fill(true);
        }
        let Some(question) = names.known[at].question.filter(|_| reachable[at]) else {
            // Nothing is known of a question that can't be read, so it is taken to lead on.
            if let (None, Some(next)) = (names.known[at].question, reachable.get_mut(at + 1)) {
                *next = true;
            }
            continue;
        };
        for target in question.jumps.iter().filter_map(|jump| if let Target::Question(id) = &jump.to { Some(id) } else { None }) {
            if let Some(target) = names.position(target.as_str()) {
                reachable[target] = true;
            }
        }
        // A question that isn't shown doesn't jump, so that what stands behind it can be reached past it.
        let passes = question.jumps.iter().all(|jump| jump.condition.is_some()) || may_be_hidden(names, at, question, findings);
        if let (true, Some(next)) = (passes, reachable.get_mut(at + 1)) {
            *next = true;
        }
    }
    for (known, _) in names.known.iter().zip(reachable).filter(|(known, reachable)| !reachable && known.leads) {
        let message = format!("`{}` is never asked: every way passes by it", known.id);
        findings.report("unreachable-question", known.span.clone(), message, "jump to it, or take a jump before it out");
    }
}

/// Says whether every jump of a question could be read and has a target.
fn knows_jumps(names: &Names<'_>, known: &Known<'_>) -> bool {
    let jumps = known.question.map(|question| question.jumps.as_slice()).unwrap_or_default();
    let is_there = |target: &Target| match target {
        Target::Question(id) => names.position(id.as_str()).is_some(),
        Target::End => true,
    };
    let written = known.table.get("jump").map_or(0, |entry| entry.value.as_array().map_or(1, |jumps| jumps.len()));
    written == jumps.len() && jumps.iter().all(|jump| is_there(&jump.to))
}

/// Says whether a question may stay unasked, also by a condition or a group that can't be read.
fn may_be_hidden(names: &Names<'_>, at: usize, question: &Question, findings: &Findings<'_>) -> bool {
    let is_unsure = match &question.group {
        Some(group) => findings.has("invalid-condition") || names.groups.iter().all(|known| known.id != *group),
        None => names.known[at].table.get("group").is_some(),
    };
    is_unsure || names.known[at].table.get("show_if").is_some() || !names.conditions_of(question).is_empty()
}
