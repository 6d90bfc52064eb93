//! Texts that may hold pieces of a file, made safe for where they go.

use crate::survey::characters::is_forbidden;

/// Gives JSON in which every character that a terminal would act on is written as `\uXXXX`.
pub(in crate::author) fn json(value: &serde_json::Value) -> String {
    let mut safe = String::new();
    for character in format!("{value:#}\n").chars() {
        if acts(character) {
            let mut units = [0; 2];
            character.encode_utf16(&mut units).iter().for_each(|unit| safe.push_str(&format!("\\u{unit:04x}")));
        } else {
            safe.push(character);
        }
    }
    safe
}

/// Gives the text with U+FFFD for every character that a terminal would act on; lines stay lines.
pub(super) fn shown(text: &str) -> String {
    text.chars().map(|character| if acts(character) { char::REPLACEMENT_CHARACTER } else { character }).collect()
}

fn acts(character: char) -> bool {
    is_forbidden(character) || matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_says_the_same_without_a_character_that_acts() {
        let value = serde_json::json!({ "path": "a\u{1b}[2J\u{9b}\u{202e}\u{e0041}é.toml" });
        let safe = json(&value);
        assert_eq!(safe.chars().find(|character| acts(*character)), None, "{safe}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&safe).unwrap(), value);
    }
}
