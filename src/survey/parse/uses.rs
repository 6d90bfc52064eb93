//! Names that stand twice: the first use of each.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

/// The place of the first use of each name.
pub(super) struct FirstUses<N>(BTreeMap<N, Range<usize>>);

impl<N: Ord> FirstUses<N> {
    pub(super) fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Takes a name at a place; gives the place of its first use where it was taken already.
    pub(super) fn take(&mut self, name: N, place: &Range<usize>) -> Option<Range<usize>> {
        match self.0.entry(name) {
            Entry::Occupied(first) => Some(first.get().clone()),
            Entry::Vacant(free) => {
                free.insert(place.clone());
                None
            }
        }
    }

    /// Gives the place of a name's first use.
    pub(super) fn of<Q: Ord + ?Sized>(&self, name: &Q) -> Option<&Range<usize>>
    where
        N: Borrow<Q>,
    {
        self.0.get(name)
    }
}
