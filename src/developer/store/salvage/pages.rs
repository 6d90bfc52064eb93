//! The pages of a database and of its log, and the content of a row put together from them.
//!
//! ```text
//! leaf page      … row: header, values … ─▶ overflow page ─▶ overflow page
//!                                  4 bytes: number of the next page, 0 at the end
//! ```

use std::collections::BTreeMap;

/// The bytes of a log before its first frame, and of a frame before its page.
const LOG_HEAD: usize = 32;
const FRAME_HEAD: usize = 24;

/// How many ways to put a row together are tried before it is given up.
const MOST_WAYS: u32 = 20_000;

/// All pages there are.
pub(super) struct Pages<'a> {
    size: usize,
    /// Every page, wherever it stands.
    all: Vec<&'a [u8]>,
    /// Every version of a page by its number, the newest first.
    numbered: BTreeMap<u32, Vec<&'a [u8]>>,
}

/// A row that goes on in other pages.
#[derive(Clone, Copy)]
pub(super) struct Torn<'a> {
    /// What stands on its own page.
    pub(super) local: &'a [u8],
    /// The number of the page it goes on in.
    pub(super) next: u32,
    /// How many bytes it has in all, if that is known.
    pub(super) length: Option<usize>,
}

impl<'a> Pages<'a> {
    /// Takes files apart into pages of a size.
    pub(super) fn of(database: &'a [u8], log: &'a [u8], size: usize) -> Self {
        let mut numbered: BTreeMap<u32, Vec<&[u8]>> = BTreeMap::new();
        let frames = log.get(LOG_HEAD..).unwrap_or_default().chunks_exact(FRAME_HEAD + size);
        let logged = frames.clone().map(|frame| frame.split_at(FRAME_HEAD));
        for (head, page) in logged.rev() {
            numbered.entry(number(head)).or_default().push(page);
        }
        for (number, page) in (1..).zip(database.chunks_exact(size)) {
            numbered.entry(number).or_default().push(page);
        }
        let all = database.chunks_exact(size).chain(frames.map(|frame| &frame[FRAME_HEAD..])).collect();
        Self { size, all, numbered }
    }

    /// Gives every page.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'a [u8]> {
        self.all.iter().copied()
    }

    /// Says how much of a row of this length stands on its own page, as SQLite's file format has it.
    pub(super) fn local(&self, length: usize) -> usize {
        let (most, least) = (self.size - 35, (self.size - 12) * 32 / 255 - 23);
        if length <= most {
            return length;
        }
        let kept = least + (length - least) % (self.size - 4);
        if kept <= most { kept } else { least }
    }

    /// Puts a row together in every way there is until one is accepted.
    ///
    /// Where none is, one of its pointers is taken to be damaged, and every page there is may be the one it led to.
    pub(super) fn put_together<T>(&self, torn: Torn<'a>, accept: &mut dyn FnMut(&[u8]) -> Option<T>) -> Option<T> {
        let mut ways = MOST_WAYS;
        let depth = torn.length.map_or(0, |length| length.saturating_sub(torn.local.len()).div_ceil(self.size - 4));
        let guesses = std::iter::once(None).chain((0..depth).map(Some));
        guesses.into_iter().find_map(|guessed| self.follow(torn.local, torn, (guessed, &mut ways), accept))
    }

    fn follow<T>(
        &self,
        row: &[u8],
        torn: Torn<'a>,
        (guessed, ways): (Option<usize>, &mut u32),
        accept: &mut dyn FnMut(&[u8]) -> Option<T>,
    ) -> Option<T> {
        let missing = torn.length.map_or(usize::MAX, |length| length.saturating_sub(row.len()));
        if missing == 0 || (torn.next == 0 && torn.length.is_none()) {
            *ways = ways.checked_sub(1)?;
            return accept(row);
        }
        // A damaged pointer may lead in a circle.
        if row.len() > self.all.len() * self.size {
            return None;
        }
        let any = guessed == Some(0);
        let candidates = if any { self.all.clone() } else { self.numbered.get(&torn.next).cloned().unwrap_or_default() };
        let guessed = guessed.and_then(|steps| steps.checked_sub(1));
        candidates.into_iter().find_map(|page| {
            let (next, content) = (number(page), &page[4..]);
            let longer = [row, &content[..content.len().min(missing)]].concat();
            self.follow(&longer, Torn { next, ..torn }, (guessed, ways), accept)
        })
    }
}

/// Reads a number of four bytes, the highest first.
pub(super) fn number(bytes: &[u8]) -> u32 {
    bytes.first_chunk().map_or(0, |four| u32::from_be_bytes(*four))
}
