//! Pieces of the file made safe to show: nothing in a message acts on a terminal.

use crate::survey::characters::acts;

/// Gives the text with `\u{FFFD}` for every character that a terminal would act on; a line feed becomes a space.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { shown(c) }).collect()
}

/// Gives the character, or `\u{FFFD}` for one that a terminal would act on.
pub(super) fn shown(character: char) -> char {
    if acts(character) { char::REPLACEMENT_CHARACTER } else { character }
}

/// Quotes a piece of the file for a message: visible characters only, at most 40 of them.
pub(super) fn quote(text: &str) -> String {
    let shown: String = visible(text).chars().take(40).collect();
    if text.chars().nth(40).is_some() { format!("`{shown}…`") } else { format!("`{shown}`") }
}
