//! When a survey is asked again: a cadence, or windows with days of their own, in order and apart.

use super::findings::Findings;
use super::table::{Entry, Table};
use super::visible::quote;
use super::{keys, known};
use crate::survey::wave::{Cadence, Wave, Window};

/// The greatest number of windows.
pub(super) const MOST_WINDOWS: usize = 100;

const HELP: &str = "write cadence = \"quarterly\", or id = \"2026-spring\", opens = 2026-03-01 and closes = 2026-03-14";

/// A window with the places of its name and its first day, for messages about two of them.
struct Placed<'t> {
    window: Window,
    id: Entry<'t>,
    opens: Entry<'t>,
}

/// Reads when a survey is asked again.
pub(super) fn read(survey: &Table<'_>, findings: &mut Findings<'_>) -> Option<Wave> {
    let help = "write [wave] on a line of its own, and cadence = \"quarterly\" under it";
    let table = survey.get("wave")?.table("wave", help, findings)?;
    keys::check_block(&table, known::WAVE, findings);
    report_mixed(&table, findings);
    let cadence = table.get("cadence").map(|entry| cadence(&entry, findings));
    let is_window = ["id", "opens", "closes"].into_iter().any(|key| table.get(key).is_some());
    let is_mixed = cadence.is_some() || table.get("windows").is_some();
    let one = (is_window && !is_mixed).then(|| window(&table, findings));
    let several = table.get("windows").map(|entry| windows(&entry, findings));
    if cadence.is_none() && one.is_none() && several.is_none() && !has_misspelt(&table) {
        findings.report("missing-key", table.span, "the wave says neither how often nor when", HELP);
        return None;
    }
    match (cadence, one) {
        (Some(cadence), _) => cadence.map(Wave::Every),
        (None, Some(one)) => one.map(|placed| Wave::Windows(vec![placed.window])),
        (None, None) => several.flatten().map(Wave::Windows),
    }
}

fn has_misspelt(table: &Table<'_>) -> bool {
    known::WAVE.iter().any(|key| table.has_misspelt(key))
}

/// Reports that a wave is described in more than one way.
fn report_mixed(table: &Table<'_>, findings: &mut Findings<'_>) {
    let written = |keys: &[&str]| keys.iter().find_map(|key| table.get(key));
    let ways = [written(&["cadence"]), written(&["id", "opens", "closes"]), written(&["windows"])];
    let mut ways = ways.into_iter().flatten();
    let Some(first) = ways.next() else { return };
    for other in ways {
        let message = format!("a wave has `{}` or `{}`, not both", first.key, other.key);
        let help = "keep `cadence` for waves of the calendar, `id`, `opens` and `closes` for one, or `windows` for several";
        let reported = findings.report("mixed-wave", other.key_span, message, help);
        reported.related(&format!("`{}` is here", first.key), first.key_span.clone());
    }
}

fn cadence(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<Cadence> {
    let cadences = [Cadence::Monthly, Cadence::Quarterly, Cadence::Yearly, Cadence::Evergreen];
    entry.word(known::CADENCE, findings).map(|at| cadences[at])
}

fn windows(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<Vec<Window>> {
    const HELP: &str = "write windows = [{ id = \"2026-spring\", opens = 2026-03-01, closes = 2026-03-14 }, …]";
    let tables = entry.tables("window", HELP, findings);
    if entry.value.as_array().is_some_and(|array| array.is_empty()) {
        findings.report("too-few-windows", entry.span.clone(), "`windows` is empty", HELP);
    }
    if let Some(excess) = tables.get(MOST_WINDOWS) {
        let message = format!("the wave has {} windows, at most {MOST_WINDOWS} fit", tables.len());
        findings.report("too-many-windows", excess.span.clone(), message, "take out those that are long past");
    }
    let tables = &tables[..tables.len().min(MOST_WINDOWS)];
    tables.iter().for_each(|table| keys::check(table, known::WINDOW, findings));
    let before = findings.len();
    let placed: Vec<Placed<'_>> = tables.iter().filter_map(|table| window(table, findings)).collect();
    for (at, window) in placed.iter().enumerate() {
        report_same_id(window, &placed[..at], findings);
        report_order(window, &placed[..at], findings);
    }
    let is_sound = findings.len() == before && !placed.is_empty();
    is_sound.then(|| placed.into_iter().map(|placed| placed.window).collect())
}

fn window<'t>(table: &Table<'t>, findings: &mut Findings<'_>) -> Option<Placed<'t>> {
    let id = table.need("id", "add a name for the wave, such as id = \"2026-spring\"", findings);
    let opens = table.need("opens", "add its first day, such as opens = 2026-03-01", findings);
    let closes = table.need("closes", "add its last day, such as closes = 2026-03-14", findings);
    let name = id.as_ref().and_then(|entry| entry.name("a wave", "2026-spring", findings));
    let first = opens.as_ref().and_then(|entry| entry.date(findings));
    let last = closes.as_ref().and_then(|entry| entry.date(findings));
    let ((opens, first), (closes, last)) = (opens.zip(first)?, closes.zip(last)?);
    if last < first {
        let message = format!("the wave closes on {last}, before it opens on {first}");
        let help = "swap them, or correct the year";
        let reported = findings.report("closes-before-opens", closes.span, message, help);
        reported.related("it opens here", opens.span);
        return None;
    }
    Some(Placed { window: Window { id: name?.to_string(), opens: first, closes: last }, id: id?, opens })
}

fn report_same_id(placed: &Placed<'_>, earlier: &[Placed<'_>], findings: &mut Findings<'_>) {
    let Some(first) = earlier.iter().find(|first| first.window.id == placed.window.id) else { return };
    let message = format!("the wave {} stands here twice", quote(&placed.window.id));
    let help = "give every wave an id of its own: answers are joined by it";
    let reported = findings.report("duplicate-wave", placed.id.span.clone(), message, help);
    reported.related("it is first used here", first.id.span.clone());
}

/// Reports a window that shares days with an earlier one, or lies before the one above it.
fn report_order(placed: &Placed<'_>, earlier: &[Placed<'_>], findings: &mut Findings<'_>) {
    let Placed { window, opens, .. } = placed;
    let shares = |other: &&Placed<'_>| window.opens <= other.window.closes && other.window.opens <= window.closes;
    if let Some(other) = earlier.iter().find(shares) {
        let message = format!("the wave {} opens before {} has closed", quoted(window), quoted(&other.window));
        let help = "move its days, so that each day belongs to one wave at most";
        let reported = findings.report("overlapping-waves", opens.span.clone(), message, help);
        reported.related("the other opens here", other.opens.span.clone());
    } else if let Some(above) = earlier.last().filter(|above| window.opens < above.window.opens) {
        let message = format!("the wave {} lies before {}, which stands above it", quoted(window), quoted(&above.window));
        let reported = findings.report("waves-out-of-order", opens.span.clone(), message, "sort the waves by their days");
        reported.related("the later one opens here", above.opens.span.clone());
    }
}

fn quoted(window: &Window) -> String {
    quote(&window.id)
}
