//! Text that may come from a file, an answer or the environment, made safe to print.

use crate::survey::characters::is_forbidden;

/// Gives the text with characters that could drive a terminal written as `\u{1b}`; line feeds and tabs stay.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if is_forbidden(character) {
            safe.extend(character.escape_unicode());
        } else {
            safe.push(character);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_drive_a_terminal_is_written_out() {
        assert_eq!(escape("a\u{1b}[31m\u{202e}é\tb\n"), "a\\u{1b}[31m\\u{202e}é\tb\n");
    }
}
