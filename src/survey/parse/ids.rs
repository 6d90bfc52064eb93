//! Ids that stand twice, in the file or among the items of its instruments.

use std::ops::Range;

use super::findings::Findings;
use super::instrument;
use super::table::Table;
use super::uses::FirstUses;
use crate::survey::QuestionId;

/// Reports every id that is taken; what an author wrote counts before what an instrument makes of it.
pub(super) fn report_duplicates(tables: &[Table<'_>], findings: &mut Findings<'_>) {
    let mut uses = FirstUses::new();
    for (id, span) in tables.iter().filter_map(written) {
        if let Some(first) = uses.take(id, &span) {
            let message = format!("the id `{id}` is taken");
            let reported = findings.report("duplicate-id", span, message, "give every question an id of its own");
            reported.related("it is first used here", first);
        }
    }
    for table in tables {
        // One whose own id is taken is told already; its items would only say so again.
        let Some((_, span)) = written(table).filter(|(id, span)| uses.of(*id) == Some(span)) else { continue };
        for item in instrument::item_ids(table) {
            if let Some(first) = uses.of(item.as_str()).cloned() {
                let message = format!("the id `{item}` is taken, and is kept for an item of this instrument");
                let help = "give the instrument or the question another id";
                findings.report("duplicate-id", span.clone(), message, help).related("it is first used here", first);
            }
        }
    }
}

fn written<'t>(table: &Table<'t>) -> Option<(&'t str, Range<usize>)> {
    let entry = table.get("id")?;
    let id = entry.raw_text().filter(|id| QuestionId::new(id).is_some())?;
    Some((id, entry.span))
}
