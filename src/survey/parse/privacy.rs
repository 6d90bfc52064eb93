//! What protects the respondents, and the segments that may be told about them.

use std::ops::Range;

use super::choices::{code_and_label, code_of, report_duplicates};
use super::findings::Findings;
use super::table::{Entry, Table};
use super::uses::FirstUses;
use super::visible::quote;
use super::{keys, known, text};
use crate::survey::nearest::{nearest, slip};
use crate::survey::privacy::{Coarseness, SMALLEST_GROUP_FLOOR};
use crate::survey::{Code, Name, Privacy, Segment, SegmentValue};

/// The greatest smallest group: beyond it, nothing would ever be shown.
pub(super) const MOST_GROUP: i64 = 10_000;
/// More people than these no survey has.
pub(super) const MOST_PEOPLE: i64 = 100_000_000;
/// The greatest number of segments: each makes the groups smaller.
pub(super) const MOST_SEGMENTS: usize = 20;
/// The greatest number of a segment's values.
pub(super) const MOST_VALUES: usize = 200;

/// What a segment's name is called in messages, and an example of one.
const SEGMENT: (&str, &str) = ("a segment", "tenure");

/// Reads what protects the respondents, and the segments.
pub(super) fn read(survey: &Table<'_>, findings: &mut Findings<'_>) -> (Privacy, Vec<Segment>) {
    let block = survey.get("privacy").and_then(|entry| {
        let help = "write [privacy] with one bracket on each side";
        entry.table("privacy block", help, findings)
    });
    let privacy = block.as_ref().map(|table| privacy(table, findings)).unwrap_or_default();
    let listed = block.as_ref().and_then(|table| table.get("segments"));
    let segments = survey.get("segment").map(|entry| segments(&entry, listed.as_ref(), findings)).unwrap_or_default();
    (privacy, segments)
}

fn privacy(table: &Table<'_>, findings: &mut Findings<'_>) -> Privacy {
    keys::check_block(table, known::PRIVACY, findings);
    let usual = Privacy::default();
    let written_group = table.get("smallest_group").map(|entry| group(&entry, findings));
    let comment_group = table.get("smallest_comment_group").and_then(|entry| group(&entry, findings));
    let smallest_group = written_group.flatten().unwrap_or(usual.smallest_group);
    // A raised group takes the comments with it: only what the author wrote can contradict itself.
    let smallest_comment_group = comment_group.unwrap_or(usual.smallest_comment_group.max(smallest_group));
    if smallest_comment_group < smallest_group && written_group != Some(None) {
        report_comment_group(table, smallest_group, findings);
    }
    let segments = table.get("segments").map(|entry| names(&entry, findings)).unwrap_or_default();
    let comments = table.get("comments").and_then(|entry| entry.flag(findings)).unwrap_or(usual.comments);
    let time = table.get("time").and_then(|entry| entry.word(known::TIME, findings));
    let time = time.map_or(usual.time, |at| [Coarseness::Day, Coarseness::Week, Coarseness::Wave][at]);
    let population = table.get("population").and_then(|entry| entry.whole(1..=MOST_PEOPLE, findings));
    let population = population.and_then(|people| u32::try_from(people).ok());
    Privacy { smallest_group, smallest_comment_group, segments, comments, time, population }
}

fn group(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<u32> {
    entry.whole(i64::from(SMALLEST_GROUP_FLOOR)..=MOST_GROUP, findings).and_then(|size| u32::try_from(size).ok())
}

fn report_comment_group(table: &Table<'_>, smallest_group: u32, findings: &mut Findings<'_>) {
    let Some(entry) = table.get("smallest_comment_group") else { return };
    let message = format!("`smallest_comment_group` is below `smallest_group`, which is {smallest_group}");
    let help = format!("write {smallest_group} or more: a comment gives away more than a figure");
    let reported = findings.report("comment-group-below-group", entry.span, message, help);
    if let Some(group) = table.get("smallest_group") {
        reported.related("`smallest_group` is here", group.span);
    }
}

/// Reads the names of the segments that may leave the machine.
fn names(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Vec<Name> {
    let elements = entry.elements("write segments = [\"tenure\"]", findings);
    report_too_many(&elements, |element| element.span.clone(), findings);
    let mut uses = FirstUses::new();
    let mut names = Vec::new();
    for element in elements.into_iter().take(MOST_SEGMENTS) {
        let Some(name) = element.name(SEGMENT.0, SEGMENT.1, findings) else { continue };
        if let Some(first) = uses.take(name.clone(), &element.span) {
            report_twice(&name, element.span, first, findings);
        }
        names.push(name);
    }
    names
}

fn report_too_many<T>(all: &[T], place: fn(&T) -> Range<usize>, findings: &mut Findings<'_>) {
    let Some(excess) = all.get(MOST_SEGMENTS) else { return };
    let message = format!("the survey has {} segments, at most {MOST_SEGMENTS} fit", all.len());
    findings.report("too-many-segments", place(excess), message, "keep those that a report shows: each makes the groups smaller");
}

fn report_twice(name: &Name, place: Range<usize>, first: Range<usize>, findings: &mut Findings<'_>) {
    let message = format!("the segment {} stands here twice", quote(name.as_str()));
    let reported = findings.report("duplicate-segment", place, message, "keep one of them");
    reported.related("it is first used here", first);
}

fn segments(entry: &Entry<'_>, listed: Option<&Entry<'_>>, findings: &mut Findings<'_>) -> Vec<Segment> {
    let tables = entry.tables("segment", "write [[segment]] with two brackets on each side above every segment", findings);
    report_too_many(&tables, |table| table.span.clone(), findings);
    let mut uses = FirstUses::new();
    let mut segments = Vec::new();
    for table in tables.iter().take(MOST_SEGMENTS) {
        keys::check_block(table, known::SEGMENT, findings);
        let id = table.need("id", "add a line such as id = \"tenure\"", findings);
        let name = id.as_ref().and_then(|entry| entry.name(SEGMENT.0, SEGMENT.1, findings));
        let label = table.get("label").and_then(|entry| entry.text(text::LABEL, findings));
        let values = table.get("values").map(|entry| values(&entry, findings)).unwrap_or_default();
        let Some((entry, id)) = id.zip(name) else { continue };
        match uses.take(id.clone(), &entry.span) {
            Some(first) => report_twice(&id, entry.span, first, findings),
            None => report_unlisted(&entry, listed, findings),
        }
        segments.push(Segment { id, label, values });
    }
    segments
}

/// Reports a segment that `privacy.segments` doesn't allow to leave the machine, so that nobody would ever see it.
fn report_unlisted(id: &Entry<'_>, listed: Option<&Entry<'_>>, findings: &mut Findings<'_>) {
    let written = id.raw_text().unwrap_or_default();
    let Some(listed) = listed else {
        let help = format!("add segments = [\"{written}\"] under [privacy], or take the segment out");
        let message = format!("the segment {} is not listed in `privacy.segments`", quote(written));
        findings.report("unlisted-segment", id.span.clone(), message, help);
        return;
    };
    let elements: Vec<&str> = listed.value.as_array().into_iter().flatten().filter_map(|name| name.get_ref().as_str()).collect();
    if !listed.value.is_array() || elements.contains(&written) {
        return;
    }
    let help = match nearest(written, elements.into_iter().take(MOST_SEGMENTS), &[]) {
        Some(meant) => format!("write the same name in both: {} or {}", quote(written), quote(meant)),
        None => format!("add \"{written}\" to `segments`, or take the segment out"),
    };
    let message = format!("the segment {} is not listed in `privacy.segments`", quote(written));
    let reported = findings.report("unlisted-segment", id.span.clone(), message, help);
    reported.related("`segments` is here", listed.span.clone());
}

fn values(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Vec<SegmentValue> {
    const HELP: &str = "write values = [{ code = \"0-1\", label = \"Under a year\" }, …]";
    let tables = entry.tables("segment value", HELP, findings);
    if tables.len() < 2 && entry.value.as_array().is_some_and(|array| array.len() < 2) {
        let help = "add a value, or leave `values` out where the roster brings them";
        findings.report("too-few-values", entry.span.clone(), "a segment needs at least 2 values", help);
    }
    if let Some(excess) = tables.get(MOST_VALUES) {
        let message = format!("the segment has {} values, at most {MOST_VALUES} fit", tables.len());
        findings.report("too-many-values", excess.span.clone(), message, "merge values, so that each has enough people");
    }
    let tables = &tables[..tables.len().min(MOST_VALUES)];
    tables.iter().for_each(|table| keys::check(table, known::SEGMENT_VALUE, findings));
    report_duplicates(tables, findings);
    let mut values = Vec::new();
    let mut parents = Vec::new();
    for table in tables {
        let parent = table.get("parent");
        let above = parent.as_ref().and_then(|entry| code_of(entry, findings));
        let Some((code, label)) = code_and_label(table, findings) else { continue };
        parents.push(parent.map(|entry| entry.span));
        values.push(SegmentValue { code, label, parent: above });
    }
    report_unknown_parents(&values, &parents, findings);
    report_cycles(&values, &parents, findings);
    values
}

/// Reports a parent that looks like a slip.
///
/// A parent may be a coarser class that is no value itself; one that is named once only and reads almost like another
/// code is taken for a slip.
fn report_unknown_parents(values: &[SegmentValue], places: &[Option<Range<usize>>], findings: &mut Findings<'_>) {
    let named = |code: &Code| values.iter().filter(|value| value.parent.as_ref() == Some(code)).count();
    for (value, place) in values.iter().zip(places) {
        let (Some(parent), Some(place)) = (&value.parent, place) else { continue };
        if values.iter().any(|value| value.code == *parent) || named(parent) > 1 {
            continue;
        }
        let others = values.iter().filter(|other| other.code != value.code);
        let known = others.flat_map(|other| [Some(&other.code), other.parent.as_ref()]).flatten().map(Code::as_str);
        let Some(meant) = known.filter(|known| *known != parent.as_str()).find(|known| slip(parent.as_str(), known)) else {
            continue;
        };
        let message = format!("{} is no value, and no other value has it as parent", quote(parent.as_str()));
        findings.report("unknown-parent", place.clone(), message, format!("did you mean `{meant}`?"));
    }
}

/// Reports every circle of parents once, as a whole.
fn report_cycles(values: &[SegmentValue], places: &[Option<Range<usize>>], findings: &mut Findings<'_>) {
    let above: Vec<Option<usize>> = values
        .iter()
        .map(|value| value.parent.as_ref().and_then(|parent| values.iter().position(|other| other.code == *parent)))
        .collect();
    let mut visited = vec![false; values.len()];
    for start in 0..values.len() {
        let mut way: Vec<usize> = Vec::new();
        let mut next = Some(start);
        while let Some(at) = next.filter(|at| !visited[*at]) {
            visited[at] = true;
            way.push(at);
            next = above[at];
        }
        let Some(first) = next.and_then(|at| way.iter().position(|other| *other == at)) else { continue };
        report_cycle(&way[first..], values, places, findings);
    }
}

fn report_cycle(way: &[usize], values: &[SegmentValue], places: &[Option<Range<usize>>], findings: &mut Findings<'_>) {
    let place = |at: usize| places[at].clone().unwrap_or_default();
    let names: Vec<String> = way.iter().chain(&way[..1]).map(|at| quote(values[*at].code.as_str())).collect();
    let message = format!("the parents go round in a circle: {}", names.join(" → "));
    let help = "give one of them a coarser parent, or none";
    let mut reported = findings.report("parent-cycle", place(way[0]), message, help);
    for at in &way[1..] {
        reported = reported.related(&format!("the parent of {} is here", quote(values[*at].code.as_str())), place(*at));
    }
}
