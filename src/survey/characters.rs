//! Which characters never reach a terminal: refused in surveys, stripped from answers, when parsing, not when drawing.

/// Says whether a character is refused in surveys and stripped from answers.
///
/// These are the C0 and C1 controls but line feed and tab, the bidirectional controls (U+202A–202E, U+2066–2069), U+200B,
/// U+FEFF, U+2028, U+2029 and the tag characters. U+200C, U+200D and the variation selectors stay: Persian and emoji need them.
#[inline]
pub fn is_forbidden(character: char) -> bool {
    match character {
        ' '..='~' | '\n' | '\t' => false,
        '\u{200B}' | '\u{FEFF}' | '\u{2028}' | '\u{2029}' => true,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E0000}'..='\u{E007F}' => true,
        _ => character.is_control(),
    }
}

/// Gives the text without forbidden characters; a carriage return, alone or before a line feed, becomes a line feed.
pub fn strip(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| !is_forbidden(*c)).collect()
}

/// Gives JSON that says the same, with every character that a terminal would act on written as `\uXXXX`.
///
/// The marks of direction that texts may hold are written so too: a JSON document is shown from left to right.
pub fn written_out(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        if acts(character) {
            let mut units = [0; 2];
            character.encode_utf16(&mut units).iter().for_each(|unit| safe.push_str(&format!("\\u{unit:04x}")));
        } else {
            safe.push(character);
        }
    }
    safe
}

/// Says whether a character is forbidden, or a mark of direction.
pub fn acts(character: char) -> bool {
    is_forbidden(character) || matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_direction_overrides_are_stripped_and_emoji_joiners_stay() {
        assert_eq!(strip("a\u{1b}[31mb\u{202e}c\u{9b}d"), "a[31mbcd");
        assert_eq!(strip("one\r\ntwo\rthree\tfour"), "one\ntwo\nthree\tfour");
        assert_eq!(strip("👩\u{200d}💻 می\u{200c}خواهم ❤\u{fe0f}"), "👩\u{200d}💻 می\u{200c}خواهم ❤\u{fe0f}");
    }

    #[test]
    fn json_says_the_same_without_a_character_that_acts() {
        let value = serde_json::json!({ "path": "a\u{1b}[2J\u{9b}\u{202e}\u{e0041}\u{7f}é.toml" });
        let safe = written_out(&value.to_string());
        assert_eq!(safe.chars().find(|character| acts(*character)), None, "{safe}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&safe).unwrap(), value);
    }
}
