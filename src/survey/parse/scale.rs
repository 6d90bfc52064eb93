//! The scale of a rating, likert, nps, csat, ces or matrix question.

use std::ops::RangeInclusive;

use super::defaults::{self, Shape, has_middle};
use super::findings::Findings;
use super::languages::Brought;
use super::table::{Entry, Table};
use super::{keys, known, labels, text};
use crate::survey::{Anchors, Direction, Measure, Scale, Text};

/// How many points an author may ask for.
pub(super) const POINTS: RangeInclusive<i64> = 2..=10;
/// How many points a matrix may have: one digit answers a row.
pub(super) const MOST_IN_MATRIX: u8 = 9;

/// Reads the scale that every row of a matrix shares.
pub(super) fn read_for_matrix(table: &Table<'_>, findings: &mut Findings<'_>) -> Option<Scale> {
    // No words of ours: they'd fit some rows' wording and contradict others'.
    let scale = read(Measure::Rating, table, findings)?;
    let points = table.get("points").filter(|_| scale.last > MOST_IN_MATRIX);
    let Some(entry) = points else { return Some(scale) };
    let message = format!("a matrix of {} points, at most {MOST_IN_MATRIX} fit: one digit answers a row", scale.last);
    let help = format!("write points = {MOST_IN_MATRIX} or fewer, or make each row a `rating`, which may have {}", POINTS.end());
    findings.report("too-many-points", entry.span, message, help);
    None
}

/// Reads the scale of a question; keys that the type doesn't have are left to the check of keys.
pub(super) fn read(measure: Measure, table: &Table<'_>, findings: &mut Findings<'_>) -> Option<Scale> {
    let shape = defaults::shape(measure);
    let own = |key: &str| table.get(key).filter(|_| shape.has_points);
    let last = match own("points") {
        None => Some(shape.last),
        Some(entry) => entry.whole(POINTS, findings).and_then(|points| u8::try_from(points).ok()),
    };
    let direction = own("direction").map_or(Some(Direction::default()), |entry| direction(&entry, findings));
    let labels = table.get("labels").filter(|_| measure != Measure::Nps);
    if let Some(entry) = table.get("type").filter(|_| shape.has_words() && table.get("anchors").is_none() && labels.is_none()) {
        findings.languages.brought(Brought::Scale, measure.name(), entry.span);
    }
    let (anchors, labels) = meanings(&shape, last, table.get("anchors"), labels, findings)?;
    Some(Scale { first: shape.first, last: last?, anchors, labels, direction: direction?, is_reversed: false })
}

fn direction(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<Direction> {
    let position = entry.word(known::DIRECTION, findings)?;
    Some(if position == 0 { Direction::HigherIsBetter } else { Direction::LowerIsBetter })
}

/// Reads what the points mean: labels, or anchors, or neither; never both.
fn meanings(
    shape: &Shape,
    last: Option<u8>,
    anchors: Option<Entry<'_>>,
    labels: Option<Entry<'_>>,
    findings: &mut Findings<'_>,
) -> Option<(Anchors, Vec<Text>)> {
    match (anchors, labels) {
        (None, None) => Some((shape.anchors(last?, &findings.languages), Vec::new())),
        (Some(anchors), None) => Some((read_anchors(&anchors, shape, last, findings)?, Vec::new())),
        (None, Some(labels)) => Some((Anchors::default(), read_labels(&labels, shape, last, findings)?)),
        (Some(anchors), Some(labels)) => {
            let help = "keep `labels` to name every point, or `anchors` to name the ends";
            let message = "a scale has `labels` or `anchors`, not both";
            let reported = findings.report("labels-and-anchors", labels.key_span.clone(), message, help);
            reported.related("the anchors are here", anchors.key_span.clone());
            // Whichever is kept must be right as well.
            read_anchors(&anchors, shape, last, findings);
            read_labels(&labels, shape, last, findings);
            None
        }
    }
}

fn read_anchors(entry: &Entry<'_>, shape: &Shape, last: Option<u8>, findings: &mut Findings<'_>) -> Option<Anchors> {
    let help = "write anchors = { low = \"…\", high = \"…\" }";
    let table = entry.table("scale's anchors", help, findings)?;
    keys::check(&table, known::ANCHORS, findings);
    let before = findings.len();
    let mut anchor = |key: &str| table.get(key).and_then(|entry| entry.text(text::LABEL, findings));
    let anchors = Anchors { low: anchor("low"), mid: anchor("mid"), high: anchor("high") };
    if let (Some(mid), Some(last)) = (table.get("mid"), last.filter(|last| !has_middle(shape.first, *last))) {
        let message = format!("a scale of {} points has no middle", last - shape.first + 1);
        findings.report("no-middle", mid.key_span, message, "take `mid` out, or make the number of points odd");
    }
    (findings.len() == before).then_some(anchors)
}

fn read_labels(entry: &Entry<'_>, shape: &Shape, last: Option<u8>, findings: &mut Findings<'_>) -> Option<Vec<Text>> {
    let elements = entry.elements("write labels = [\"…\", \"…\"], lowest first", findings);
    let fitting = &elements[..elements.len().min(usize::try_from(*POINTS.end()).ok()?)];
    labels::report_same(fitting, "give every point a label of its own", findings);
    let labels: Vec<Text> = fitting.iter().filter_map(|element| element.text(text::LABEL, findings)).collect();
    let points = usize::from(last? - shape.first) + 1;
    if elements.len() != points && entry.value.is_array() {
        let message = format!("{} labels for a scale of {points} points", elements.len());
        let most = usize::try_from(*POINTS.end()).unwrap_or_default();
        let help = match elements.len() {
            count if shape.has_points && (2..=most).contains(&count) => {
                format!("write one label for each point, lowest first, or points = {count}")
            }
            _ => "write one label for each point, lowest first".to_owned(),
        };
        findings.report("label-count", entry.span.clone(), message, help);
    }
    (labels.len() == points).then_some(labels)
}
