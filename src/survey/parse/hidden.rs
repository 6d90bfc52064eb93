//! Characters that aren't seen but act: found in the file with their place, and never repeated in a message.

use super::findings::Findings;
use crate::survey::characters::is_forbidden;

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

/// Reports one forbidden character at a place.
pub(super) fn report_one(character: char, span: std::ops::Range<usize>, findings: &mut Findings<'_>) {
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
