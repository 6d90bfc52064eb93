//! Texts that may hold pieces of a file, made safe for where they go.

use crate::survey::characters::{acts, written_out};

/// Gives indented JSON in which every character that a terminal would act on is written as `\uXXXX`.
pub(in crate::author) fn json(value: &serde_json::Value) -> String {
    written_out(&format!("{value:#}\n"))
}

/// Gives the text with U+FFFD for every character that a terminal would act on; lines stay lines.
pub(super) fn shown(text: &str) -> String {
    text.chars().map(|character| if acts(character) { char::REPLACEMENT_CHARACTER } else { character }).collect()
}
