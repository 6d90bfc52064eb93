//! The search for records of a kind: by the header that SQLite writes before a row, and by the kind that stands at its beginning.
//!
//! Where one byte of a row is damaged, at least one of the two is not.

use sha2::{Digest as _, Sha256};

use super::pages::{Pages, Torn, number};
use crate::developer::store::checksum;
use crate::developer::store::records::Record;

/// The bytes of a checksum.
const SUM: usize = 16;

/// The most bytes between the kind and the body of a record: its name and its checksum.
const FARTHEST: usize = 400;

/// How many rows are mended, which takes a moment each.
const MOST_MENDED: usize = 16;

/// A row whose header says how long its parts are.
struct Row {
    /// The bytes of the header.
    head: usize,
    name: usize,
    body: usize,
}

/// Finds all records of a kind that are whole, or that one byte of another makes whole.
pub(super) fn all<R: Record>(pages: &Pages<'_>) -> Vec<R> {
    let (mut found, mut damaged) = (Vec::new(), Vec::new());
    for page in pages.iter() {
        for at in 0..page.len() {
            if let Some(row) = row::<R>(&page[at..]) {
                let length = row.head + R::KIND.name().len() + row.name + SUM + row.body;
                match of_row(pages, &page[at..], (&row, length), &mut |bytes| whole(&row, bytes)) {
                    Some(record) => found.push(record),
                    None => damaged.push((&page[at..], row, length)),
                }
            }
            if page[at..].starts_with(R::KIND.name().as_bytes()) {
                found.extend(of_kind(pages, &page[at + R::KIND.name().len()..]));
            }
        }
    }
    for (start, row, length) in damaged.into_iter().take(MOST_MENDED) {
        found.extend(of_row(pages, start, (&row, length), &mut |bytes| Some(mended::<R>(&row, bytes))).flatten());
    }
    found
}

/// Reads the header of a row of the table of records: no number, a kind, a name, a checksum and a body.
fn row<R: Record>(bytes: &[u8]) -> Option<Row> {
    let (head, mut rest) = (usize::from(*bytes.first()?), bytes.get(1..)?);
    let mut next = || {
        let (value, after) = variable(rest)?;
        rest = after;
        Some(value)
    };
    let (id, kind, name, sum, body) = (next()?, next()?, next()?, next()?, next()?);
    let text = |serial: usize| serial.checked_sub(13).filter(|twice| twice.is_multiple_of(2)).map(|twice| twice / 2);
    let is_ours = id == 0 && text(kind) == Some(R::KIND.name().len()) && sum == 12 + 2 * SUM && bytes.len() - rest.len() == head;
    Some(Row { head, name: text(name)?, body: text(body)? }).filter(|_| is_ours)
}

/// Reads a number of variable length, as SQLite writes it; those that are longer than three bytes don't come up here.
fn variable(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0;
    for (at, byte) in bytes.iter().take(3).enumerate() {
        value = (value << 7) | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, &bytes[at + 1..]));
        }
    }
    None
}

fn of_row<T>(
    pages: &Pages<'_>,
    start: &[u8],
    (row, length): (&Row, usize),
    accept: &mut dyn FnMut(&[u8]) -> Option<T>,
) -> Option<T> {
    let local = pages.local(length);
    let mut accept = |bytes: &[u8]| if bytes.len() == length { accept(&bytes[row.head..]) } else { None };
    let (local, rest) = start.split_at_checked(local)?;
    pages.put_together(Torn { local, next: number(rest), length: Some(length) }, &mut accept)
}

/// Reads a record of a row; a checksum of which one byte is another is still one.
fn whole<R: Record>(row: &Row, bytes: &[u8]) -> Option<R> {
    let (_, rest) = bytes.split_at_checked(R::KIND.name().len() + row.name)?;
    let (sum, body) = rest.split_at_checked(SUM)?;
    checked(sum, std::str::from_utf8(body).ok()?)
}

fn checked<R: Record>(sum: &[u8], body: &str) -> Option<R> {
    let record: R = serde_json::from_str(body).ok()?;
    let right = checksum::of(&[R::KIND.name(), &record.name(), body]);
    let differ = right.iter().zip(sum).filter(|(right, found)| right != found).count();
    Some(record).filter(|_| differ <= 1)
}

/// Finds the record whose kind stands right before; how long its parts are is not known.
fn of_kind<R: Record>(pages: &Pages<'_>, rest: &[u8]) -> Option<R> {
    let starts = (SUM..rest.len().min(FARTHEST)).filter(|at| rest[*at..].starts_with(b"{\""));
    starts.into_iter().find_map(|at| {
        let (sum, body) = (&rest[at - SUM..at], &rest[at..]);
        let read = |bytes: &[u8]| checked(sum, beginning::<R>(bytes)?);
        read(body).or_else(|| {
            let cuts = (1..body.len().saturating_sub(3)).filter(|cut| number(&body[*cut..]) != 0);
            cuts.into_iter().find_map(|cut| {
                let torn = Torn { local: &body[..cut], next: number(&body[cut..]), length: None };
                pages.put_together(torn, &mut |bytes| read(bytes))
            })
        })
    })
}

/// Gives the record's text that bytes begin with.
fn beginning<R: Record>(bytes: &[u8]) -> Option<&str> {
    let mut values = serde_json::Deserializer::from_slice(bytes);
    R::deserialize(&mut values).ok()?;
    let mut stream = serde_json::Deserializer::from_slice(bytes).into_iter::<serde::de::IgnoredAny>();
    stream.next()?.ok()?;
    std::str::from_utf8(&bytes[..stream.byte_offset()]).ok()
}

/// Finds the one byte of a body that makes its checksum right.
fn mended<R: Record>(row: &Row, bytes: &[u8]) -> Option<R> {
    let (head, rest) = bytes.split_at_checked(R::KIND.name().len() + row.name)?;
    let (sum, body) = rest.split_at_checked(SUM)?;
    let name = std::str::from_utf8(&head[R::KIND.name().len()..]).ok()?;
    let mut before = Sha256::new();
    for field in [R::KIND.name(), name] {
        before.update((field.len() as u64).to_le_bytes());
        before.update(field.as_bytes());
    }
    before.update((body.len() as u64).to_le_bytes());
    for (at, damaged) in body.iter().enumerate() {
        for right in (0..=u8::MAX).filter(|byte| byte != damaged) {
            let hash = before.clone().chain_update([right]).chain_update(&body[at + 1..]).finalize();
            if hash[..SUM] == *sum {
                let whole = [&body[..at], &[right], &body[at + 1..]].concat();
                return checked(sum, std::str::from_utf8(&whole).ok()?);
            }
        }
        before.update([*damaged]);
    }
    None
}
