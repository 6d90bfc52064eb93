//! Groups, variants and waivers: the blocks beside the questions.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::findings::Findings;
use super::super::table::Table;
use super::super::text::LABEL;
use super::super::uses::FirstUses;
use super::super::{keys, known};
use super::show_if;
use crate::survey::nearest::meant;
use crate::survey::{Group, Name, Variant, Waiver};

/// The most a share can be in relation to the others.
pub(in crate::survey::parse) const MOST_SHARE: i64 = 1_000;

/// Reads the groups of a survey.
pub(in crate::survey::parse) fn groups(table: &Table<'_>, findings: &mut Findings<'_>) -> Vec<Group> {
    const HELP: &str = "write [[group]] with two brackets on each side, and id = \"deploys\" under it";
    let Some(entry) = table.get("group") else { return Vec::new() };
    let tables = entry.tables("group", HELP, findings);
    report_repeated(&tables, "group", findings);
    let groups: Vec<(Group, &Table<'_>)> =
        tables.iter().filter_map(|table| group(table, HELP, findings).map(|group| (group, table))).collect();
    report_lost_groups(&groups, findings);
    report_cycles(&groups, findings);
    groups.into_iter().map(|(group, _)| group).collect()
}

fn group(table: &Table<'_>, help: &str, findings: &mut Findings<'_>) -> Option<Group> {
    keys::check_block(table, known::GROUP, findings);
    let place = table.get("id").map_or(table.span.clone(), |entry| entry.span);
    let id = table.need("id", help, findings).and_then(|entry| entry.name("a group", "deploys", findings));
    let show_if = show_if(table, findings);
    let around = super::group(table, findings);
    let is_shuffled = table.get("randomise").is_some_and(|entry| match entry.word(known::RANDOMISE, findings) {
        Some(0) => true,
        Some(_) => {
            let help = "write \"shuffle\"; only scales and lists with an order can be turned round";
            findings.report("wrong-randomise", entry.span, "a group can't be randomised this way", help);
            false
        }
        None => false,
    });
    Some(Group { id: id?, show_if, group: around, is_shuffled, place: place.into() })
}

fn report_lost_groups(groups: &[(Group, &Table<'_>)], findings: &mut Findings<'_>) {
    for (group, table) in groups {
        let (Some(around), Some(entry)) = (&group.group, table.get("group")) else { continue };
        if !groups.iter().any(|(other, _)| other.id == *around) {
            report_unknown_group(around, entry.span, groups.iter().map(|(group, _)| group.id.as_str()), findings);
        }
    }
}

/// Reports a group that isn't there, with the one that may be meant.
pub(super) fn report_unknown_group<'n>(
    name: &Name,
    span: Range<usize>,
    known: impl Iterator<Item = &'n str>,
    findings: &mut Findings<'_>,
) {
    let help = meant(name.as_str(), known, &[]).unwrap_or_else(|| format!("add a group: [[group]] and id = \"{name}\" under it"));
    findings.report("unknown-group", span, format!("there is no group `{name}`"), help);
}

/// Reports groups that lie in themselves, each circle once and whole.
fn report_cycles(groups: &[(Group, &Table<'_>)], findings: &mut Findings<'_>) {
    let around: BTreeMap<&Name, &Name> =
        groups.iter().filter_map(|(group, _)| Some((&group.id, group.group.as_ref()?))).collect();
    for (group, table) in groups {
        let mut chain = vec![&group.id];
        while let Some(next) = around.get(chain[chain.len() - 1]).filter(|next| !chain.contains(next)) {
            chain.push(next);
        }
        let closes = around.get(chain[chain.len() - 1]).is_some_and(|next| **next == group.id);
        // Told at the group whose name comes first, so that a circle is told once.
        if closes && chain.iter().all(|name| group.id <= **name) {
            let whole: Vec<&str> = chain.iter().chain([&&group.id]).map(|name| name.as_str()).collect();
            let span = table.get("group").map_or(table.span.clone(), |entry| entry.span);
            findings.report(
                "group-cycle",
                span,
                format!("the groups lie in one another: {}", whole.join(" in ")),
                "take one `group` out",
            );
        }
    }
}

/// Reads the variants of a survey.
pub(in crate::survey::parse) fn variants(table: &Table<'_>, findings: &mut Findings<'_>) -> Vec<Variant> {
    const HELP: &str = "write [[variant]] with id = \"wording\" and arms = [\"a\", \"b\"] under it";
    let Some(entry) = table.get("variant") else { return Vec::new() };
    let tables = entry.tables("variant", HELP, findings);
    report_repeated(&tables, "variant", findings);
    tables.iter().filter_map(|table| variant(table, HELP, findings)).collect()
}

fn variant(table: &Table<'_>, help: &str, findings: &mut Findings<'_>) -> Option<Variant> {
    keys::check_block(table, known::VARIANT, findings);
    let id = table.need("id", help, findings).and_then(|entry| entry.name("a variant", "wording", findings));
    let entry = table.need("arms", help, findings)?;
    let (mut arms, mut uses) = (Vec::new(), FirstUses::new());
    for element in entry.elements(help, findings) {
        let Some(arm) = element.name("an arm", "warm", findings) else { continue };
        if let Some(first) = uses.take(arm.clone(), &element.span) {
            let reported = findings.report("duplicate-value", element.span, "the same arm stands here twice", "keep one of them");
            reported.related("it stands first here", first);
            continue;
        }
        arms.push(arm);
    }
    if arms.len() < 2 {
        findings.report("too-few-arms", entry.span.clone(), "a variant needs at least 2 arms", "write arms = [\"a\", \"b\"]");
        return None;
    }
    let shares = shares(table, arms.len(), findings)?;
    Some(Variant { id: id?, arms, shares })
}

fn shares(table: &Table<'_>, count: usize, findings: &mut Findings<'_>) -> Option<Vec<u32>> {
    let Some(entry) = table.get("shares") else { return Some(vec![1; count]) };
    let elements = entry.elements("write shares = [1, 1]", findings);
    let shares =
        elements.iter().map(|element| element.whole(1..=MOST_SHARE, findings).and_then(|share| u32::try_from(share).ok()));
    let shares: Option<Vec<u32>> = shares.collect::<Vec<_>>().into_iter().collect();
    if elements.len() != count {
        let shares = if elements.len() == 1 { "share" } else { "shares" };
        let message = format!("{} {shares} for {count} arms", elements.len());
        findings.report("share-count", entry.span.clone(), message, "write one share for each arm");
        return None;
    }
    shares
}

fn report_repeated(tables: &[Table<'_>], what: &str, findings: &mut Findings<'_>) {
    let mut uses = FirstUses::new();
    for entry in tables.iter().filter_map(|table| table.get("id")) {
        let Some(id) = entry.raw_text() else { continue };
        if let Some(first) = uses.take(id, &entry.span) {
            let help = format!("give every {what} an id of its own");
            let reported = findings.report("duplicate-id", entry.span, format!("the id `{id}` is taken"), help);
            reported.related("it is first used here", first);
        }
    }
}

/// Reads the waivers of a question or a survey.
pub(in crate::survey::parse) fn waivers(table: &Table<'_>, findings: &mut Findings<'_>) -> Vec<Waiver> {
    const HELP: &str = "write waive = [{ rule = \"double-barrelled\", reason = \"…\" }]";
    let Some(entry) = table.get("waive") else { return Vec::new() };
    let read = |table: &Table<'_>, findings: &mut Findings<'_>| {
        keys::check(table, known::WAIVER, findings);
        let rule = table.need("rule", HELP, findings).and_then(|entry| entry.words(LABEL, findings));
        let reason = table.need("reason", "say why the rule doesn't apply here", findings);
        let reason = reason.and_then(|entry| entry.words(LABEL, findings));
        let place = table.get("rule").map_or(table.span.clone(), |entry| entry.span);
        Some(Waiver { rule: rule?, reason: reason?, place: place.into() })
    };
    entry.tables("waiver", HELP, findings).iter().filter_map(|table| read(table, findings)).collect()
}
