//! The order of rows in the collector's files: in its database, its log, its backups.

use std::collections::BTreeMap;

use super::world::Seen;

/// Counts pairs of responses within a page of any file whose places are in the order they arrived, and all pairs.
pub(crate) fn pairs(seen: &Seen) -> (u64, u64) {
    let (mut in_order, mut all) = (0, 0);
    for file in &seen.files {
        let mut pages: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for (order, response) in seen.responses.iter().enumerate() {
            for place in places(file, &response.nullifier) {
                pages.entry(place / PAGE).or_default().push((place, order));
            }
        }
        for page in pages.values() {
            for (at, one) in page.iter().enumerate() {
                let others = || page[at + 1..].iter().filter(|other| other.1 != one.1);
                all += others().count() as u64;
                in_order += others().filter(|other| (other.0 > one.0) == (other.1 > one.1)).count() as u64;
            }
        }
    }
    (in_order, all)
}

/// Matches people and responses by the order in which their rows lie in the file that has most of both.
pub(crate) fn matched(seen: &Seen) -> Option<Vec<usize>> {
    let orders = seen.files.iter().map(|file| {
        let people = seen.people.iter().map(|person| &person.credential_hash);
        let responses = seen.responses.iter().map(|response| &response.nullifier);
        (ranks(file, people), ranks(file, responses))
    });
    let (people, responses) = orders.max_by_key(|(people, responses)| people.len().min(responses.len()))?;
    let mut assigned = vec![usize::MAX; seen.people.len()];
    people.iter().zip(&responses).for_each(|(person, response)| assigned[*person] = *response);
    Some(assigned)
}

const PAGE: usize = 4096;

/// Gives those that are in a file, by the last place of each.
fn ranks<'a>(file: &[u8], names: impl Iterator<Item = &'a Vec<u8>>) -> Vec<usize> {
    let mut found: Vec<(usize, usize)> =
        names.enumerate().filter_map(|(at, name)| places(file, name).last().map(|place| (*place, at))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, at)| at).collect()
}

/// Gives every place of some bytes in a file.
pub(crate) fn places(file: &[u8], bytes: &[u8]) -> Vec<usize> {
    let first = bytes.first().copied();
    let starts = file.iter().enumerate().filter(|(_, byte)| Some(**byte) == first).map(|(at, _)| at);
    starts.filter(|at| file[*at..].starts_with(bytes)).collect()
}
