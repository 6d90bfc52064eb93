//! Characters that aren't seen but act: found in the file with their place, and never repeated in a message.

use std::ops::Range;

use super::findings::Findings;
use crate::survey::characters::is_forbidden;

/// The greatest number of places in one problem.
const MOST_PLACES: usize = 20;

/// Reports every run of forbidden characters in the file, comments and keys included; a byte order mark may open it.
pub(super) fn report(source: &str, findings: &mut Findings<'_>) {
    let mut characters = source.char_indices().filter(|(at, c)| !(*at == 0 && *c == '\u{FEFF}')).peekable();
    let hides = |c: char| is_forbidden(c) && c != '\r';
    while let Some((start, first)) = characters.find(|(_, c)| hides(*c)).filter(|_| !findings.is_full()) {
        let mut end = start + first.len_utf8();
        while let Some((at, next)) = characters.next_if(|(_, c)| hides(*c)) {
            end = at + next.len_utf8();
        }
        report_one(first, start..end, findings);
    }
}

/// Reports the forbidden characters of a text that the file holds as escapes, in one problem with the place of each.
pub(super) fn report_escaped(text: &str, span: Range<usize>, findings: &mut Findings<'_>) {
    let written = findings.slice(&span);
    let hidden = |character: char| is_forbidden(character) && text.contains(character);
    let escapes = escapes(written).into_iter().filter(|(_, character)| hidden(*character));
    let mut escapes = escapes.map(|(place, character)| (span.start + place.start..span.start + place.end, character));
    let Some((place, first)) = escapes.next() else { return };
    let mut others: Vec<_> = escapes.collect();
    if others.is_empty() {
        return report_one(first, place, findings);
    }
    let all: Vec<String> = std::iter::once(first).chain(others.iter().map(|(_, other)| *other)).map(name).collect();
    let listed = all[..all.len().min(MOST_PLACES)].join(", ");
    let more = all.len().checked_sub(MOST_PLACES).filter(|more| *more > 0);
    let more = more.map(|more| format!(" and {more} more")).unwrap_or_default();
    others.truncate(MOST_PLACES - 1);
    let message = format!("hidden characters {listed}{more}");
    let mut reported =
        findings.report("hidden-character", place, message, "delete them: they can't be seen, yet terminals act on them");
    for (place, other) in others {
        reported = reported.related(&format!("U+{:04X} is here", u32::from(other)), place);
    }
}

/// Gives the escapes of a string as it is written in the file, each with the character it stands for.
fn escapes(written: &str) -> Vec<(Range<usize>, char)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = written.get(at..).and_then(|rest| rest.find('\\')).map(|offset| at + offset) {
        let digits = match written.as_bytes().get(start + 1) {
            Some(b'x') => 2,
            Some(b'u') => 4,
            Some(b'U') => 8,
            _ => 0,
        };
        let short = [(b'b', '\u{8}'), (b'f', '\u{c}'), (b'r', '\r'), (b'e', '\u{1b}')];
        let short = short.into_iter().find(|(letter, _)| written.as_bytes().get(start + 1) == Some(letter));
        let code = written.get(start + 2..start + 2 + digits).and_then(|code| u32::from_str_radix(code, 16).ok());
        let character = short.map(|(_, character)| character).or_else(|| code.and_then(char::from_u32));
        at = start + 2 + if character.is_some() { digits } else { 0 };
        found.extend(character.map(|character| (start..at, character)));
    }
    found
}

/// Reports one forbidden character at a place.
fn report_one(character: char, span: Range<usize>, findings: &mut Findings<'_>) {
    let message = format!("hidden character {}", name(character));
    findings.report("hidden-character", span, message, "delete it: it can't be seen, yet terminals act on it");
}

fn name(character: char) -> String {
    let code = format!("U+{:04X}", u32::from(character));
    let meaning = match character {
        '\u{1B}' => "escape",
        '\u{7}' => "bell",
        '\u{8}' => "backspace",
        '\r' => "carriage return",
        '\u{200B}' => "zero width space",
        '\u{FEFF}' => "byte order mark",
        '\u{2028}' | '\u{2029}' => "line or paragraph separator",
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => "direction control",
        '\u{E0000}'..='\u{E007F}' => "tag",
        _ => "control",
    };
    format!("{code} ({meaning})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_found_where_they_stand_and_a_backslash_alone_is_none() {
        let found = |written| escapes(written).into_iter().map(|(place, character)| (place.start, place.end, character));
        let all: Vec<_> = found(r"a\u202eb\x1b\\u202e\r\n満\U0000200B\uD800\u12").collect();
        assert_eq!(all, [(1, 7, '\u{202e}'), (8, 12, '\u{1b}'), (19, 21, '\r'), (26, 36, '\u{200b}')]);
    }
}
