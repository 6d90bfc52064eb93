//! Damage in the log: SQLite takes a log to end before the first frame that doesn't hold, and would pass over every commit from there
//! on without a word.
//!
//! A kill in the middle of a write leaves such a frame too, and what it was to commit was never called saved. The two are told apart by
//! how far the frame is from holding: where one byte of another value makes it hold, it was written whole and damaged since.

use std::path::Path;
use std::{fs, io};

use super::error::StoreError;
use super::place;

const HEAD: usize = 32;
const FRAME_HEAD: usize = 24;

/// The first four bytes of a log whose checksums are over words with the lowest byte first; one more, the highest first.
const MAGIC: u32 = 0x377f_0682;

/// The two sums of a checksum.
type Sums = [u32; 2];

/// Makes sure that the log of a folder's database is whole up to where it was written.
pub(super) fn check(folder: &Path) -> Result<(), StoreError> {
    let [database, log, ..] = place::files(folder);
    let bytes = match fs::read(&log) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        bytes => bytes.map_err(|error| StoreError::from_io(&log, error))?,
    };
    if is_damaged(&bytes) { Err(StoreError::corrupt(&database, "its log has a byte of another value")) } else { Ok(()) }
}

/// Says whether one byte of another value keeps a log from being read to its end.
fn is_damaged(log: &[u8]) -> bool {
    let Some((head, frames)) = log.split_at_checked(HEAD) else { return false };
    if sums(head, [0, 0], is_little(head)) != stored(&head[24..]) || number(head) & !1 != MAGIC {
        return is_one_byte_off(head);
    }
    let (size, salts, little) = (number(&head[8..]) as usize, &head[16..24], is_little(head));
    let mut before = stored(&head[24..]);
    for frame in frames.chunks_exact(FRAME_HEAD + size) {
        let (expected, found) = (stored(&frame[16..24]), frame_sums(frame, before, little));
        let is_right = found == expected;
        if is_right && frame[8..16] == *salts {
            before = expected;
            continue;
        }
        // A frame of an earlier use of the file has other salts and never the sums that follow from this one.
        let wrong_salts = frame[8..16].iter().zip(salts).filter(|(found, salt)| found != salt).count();
        return match (is_right, wrong_salts) {
            (true, _) => true,
            (false, 0) => differ(found, expected) == 1 || is_a_byte(found, expected, size / 8 + 1),
            (false, _) => false,
        };
    }
    false
}

/// Says whether a byte of another value would make the head of a log hold; nothing else can, since it is written at once.
fn is_one_byte_off(head: &[u8]) -> bool {
    (0..HEAD).any(|at| {
        (0..=u8::MAX).any(|byte| {
            let mut other = head.to_vec();
            other[at] = byte;
            number(&other) & !1 == MAGIC && sums(&other, [0, 0], is_little(&other)) == stored(&other[24..])
        })
    })
}

/// Says whether sums differ as they do where one byte has another value, of so many pairs of words they are over.
///
/// A checksum is linear in its words: what a byte adds to a word, the sums have times a factor that only depends on its place.
fn is_a_byte(found: Sums, expected: Sums, pairs: usize) -> bool {
    let wanted = [expected[0].wrapping_sub(found[0]), expected[1].wrapping_sub(found[1])];
    let mut factors = [[1, 1], [0, 1_u32]];
    for _ in 0..pairs {
        for [first, second] in factors {
            let explains = |change: u32| [first.wrapping_mul(change), second.wrapping_mul(change)] == wanted;
            let changes = (0..4).flat_map(|byte| (1..=255_u32).map(move |value| value << (8 * byte)));
            if changes.into_iter().any(|change| explains(change) || explains(change.wrapping_neg())) {
                return true;
            }
        }
        factors = factors.map(|factors| added(factors, 0, 0));
    }
    false
}

fn frame_sums(frame: &[u8], before: Sums, little: bool) -> Sums {
    over(&frame[FRAME_HEAD..], over(&frame[..8], before, little), little)
}

/// Gives the checksum of the head of a log.
fn sums(head: &[u8], before: Sums, little: bool) -> Sums {
    over(&head[..24], before, little)
}

/// Goes on with a checksum over some bytes, as SQLite's file format has it.
fn over(bytes: &[u8], before: Sums, little: bool) -> Sums {
    let word = |four: &[u8]| if little { number(four).swap_bytes() } else { number(four) };
    bytes.chunks_exact(8).fold(before, |sums, pair| added(sums, word(pair), word(&pair[4..])))
}

fn added([mut first, mut second]: Sums, one: u32, other: u32) -> Sums {
    first = first.wrapping_add(one).wrapping_add(second);
    second = second.wrapping_add(other).wrapping_add(first);
    [first, second]
}

fn stored(bytes: &[u8]) -> Sums {
    [number(bytes), number(&bytes[4..])]
}

fn is_little(head: &[u8]) -> bool {
    head[3] & 1 == 0
}

/// Counts the bytes in which sums differ.
fn differ(one: Sums, other: Sums) -> usize {
    let bytes = |sums: Sums| sums.map(u32::to_be_bytes).concat();
    bytes(one).into_iter().zip(bytes(other)).filter(|(one, other)| one != other).count()
}

fn number(bytes: &[u8]) -> u32 {
    bytes.first_chunk().map_or(0, |four| u32::from_be_bytes(*four))
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    /// The log of a database after some commits, and its first commit alone.
    fn logs() -> (Vec<u8>, usize) {
        let folder = tempfile::tempdir().unwrap();
        let database = Connection::open(folder.path().join("x.db")).unwrap();
        database.pragma_update(None, "page_size", 1024).unwrap();
        database.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
        let log = folder.path().join("x.db-wal");
        database.execute_batch("CREATE TABLE t (x)").unwrap();
        let first = fs::metadata(&log).unwrap().len();
        database.execute_batch("INSERT INTO t VALUES (hex(randomblob(900))); INSERT INTO t VALUES (2)").unwrap();
        (fs::read(&log).unwrap(), usize::try_from(first).unwrap())
    }

    #[test]
    fn a_byte_of_another_value_is_noticed() {
        let (log, _) = logs();
        assert!(!is_damaged(&log));
        for at in (0..HEAD + FRAME_HEAD).chain((0..log.len()).step_by(31)) {
            let mut damaged = log.clone();
            damaged[at] ^= [1, 0x80, 0xff, 0x21][at % 4];
            assert!(is_damaged(&damaged), "byte {at} of {}", log.len());
        }
    }

    #[test]
    fn what_a_kill_leaves_is_no_damage() {
        let (log, first) = logs();
        for length in (0..log.len()).step_by(13).chain([first, first + FRAME_HEAD]) {
            assert!(!is_damaged(&log[..length]), "cut after {length} bytes");
        }
        // The head of a frame was written over an older one, and its page was not.
        let mut torn = log.clone();
        let end = torn.len();
        torn[end - 1024..].fill(0x55);
        assert!(!is_damaged(&torn));
        // Frames of an earlier use of the file follow.
        let (other, _) = logs();
        assert!(!is_damaged(&[&log[..], &other[HEAD..]].concat()));
    }
}
