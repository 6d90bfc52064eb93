//! How far a link goes: the port and the path behind a host, and not the punctuation of the sentence.

use super::run::{Run, is_boundary, is_ideographic, is_punctuation};

/// Gives a host with the port and the path behind it, and whether there is a path.
pub(super) fn reach(host: Run<'_>) -> (Run<'_>, bool) {
    let port = match host.after() {
        Some(':') => Run { end: host.end + 1, ..host }.extended(|c| c.is_ascii_digit()),
        _ => host,
    };
    let port = if port.end > host.end + 1 && is_boundary(port.after()) { port } else { host };
    let whole = match port.after() {
        Some('/') => ended(port.extended(is_of_link)),
        _ => port,
    };
    (whole, whole.end > port.end + 1)
}

/// Says whether a link goes on with this character.
pub(super) fn is_of_link(character: char) -> bool {
    let ends = character.is_whitespace()
        || is_ideographic(character)
        || matches!(character, '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '…');
    !ends && !matches!(character, '“' | '”' | '„' | '«' | '»' | '’' | '‘')
}

/// Gives a link without the punctuation of the sentence it stands in; a bracket that was opened in it stays.
pub(super) fn ended(run: Run<'_>) -> Run<'_> {
    let mut run = run;
    loop {
        let opens = |open: char, close: char| run.as_str().matches(open).count() >= run.as_str().matches(close).count();
        let last = run.as_str().chars().next_back();
        let stays = match last {
            Some(')') => opens('(', ')'),
            Some(']') => opens('[', ']'),
            Some('}') => opens('{', '}'),
            Some('_') | None => true,
            Some(last) => !is_punctuation(last),
        };
        if stays {
            return run;
        }
        run.end -= last.map_or(0, char::len_utf8);
    }
}
