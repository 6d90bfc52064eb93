//! Texts that mean no good, and what of them must never be printed: told by lists of our own, not by the program's.

use serde_json::Value;

use crate::support::Random;

/// Sequences that drive a terminal, and what hides or turns text around.
const HOSTILE: [&str; 30] = [
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}]0;owned\u{7}",
    "\u{1b}]52;c;b3duZWQ=\u{1b}\\",
    "\u{1b}]8;;http://evil.example\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{1b}[31;1m",
    "\u{1b}[6n",
    "\u{1b}c",
    "\u{9b}31m",
    "\u{9d}0;owned\u{9c}",
    "\u{90}1$r\u{9c}",
    "\u{202e}",
    "\u{202a}",
    "\u{202d}\u{202c}",
    "\u{2066}",
    "\u{2068}x\u{2069}",
    "\u{200b}",
    "\u{feff}",
    "\u{2028}",
    "\u{2029}",
    "\u{e0001}\u{e0041}\u{e007f}",
    "\u{8}\u{8}\u{8}",
    "\u{7}",
    "\u{0}",
    "\r",
    "\u{b}\u{c}",
    "\u{7f}",
    "\u{85}",
    "\u{84}\u{8d}",
    "\u{e}\u{f}",
];

/// What must survive, and what is often mishandled.
const HARMLESS: [&str; 16] = [
    "plain words",
    "می\u{200c}خواهم",
    "👩\u{200d}💻",
    "❤\u{fe0f}",
    "\n",
    "\tx",
    "e\u{301}\u{301}\u{301}",
    "改善",
    "🏳\u{fe0f}\u{200d}🌈",
    "%s%n",
    "{name}",
    "\\u001b[2J",
    "\"'`",
    "[x]",
    "ｗｉｄｅ",
    "\u{10ffff}",
];

/// Makes a text with at least one forbidden character in it.
pub(crate) fn text(random: &mut Random) -> String {
    let mut text: String = (0..random.within(0..6)).map(|_| piece(random)).collect();
    text.push_str(&hostile(random));
    (0..random.within(0..4)).for_each(|_| text.push_str(&piece(random)));
    text
}

/// Makes a text that can be an argument or a name: no zero byte, no slash, short enough.
pub(crate) fn name(random: &mut Random) -> String {
    let name: String = text(random).chars().filter(|c| !matches!(c, '\0' | '/')).take(60).collect();
    format!("n{name}\u{9b}")
}

fn piece(random: &mut Random) -> String {
    if random.within(0..2) == 0 { random.pick(&HARMLESS).to_owned() } else { hostile(random) }
}

fn hostile(random: &mut Random) -> String {
    if random.within(0..3) > 0 {
        return random.pick(&HOSTILE).to_owned();
    }
    let ranges = [0..0x20, 0x7f..0xa0, 0x202a..0x202f, 0x2066..0x206a, 0x2028..0x202a, 0xe0000..0xe0080];
    let forbidden = |code: &u64| char::from_u32(u32::try_from(*code).unwrap_or_default()).filter(|c| is_forbidden(*c));
    let range = ranges[usize::try_from(random.within(0..ranges.len() as u64)).unwrap_or_default()].clone();
    let codes: Vec<char> = range.filter_map(|code| forbidden(&code)).collect();
    random.pick(&codes).to_string()
}

/// Says whether a character must not reach a terminal.
pub(crate) fn is_forbidden(character: char) -> bool {
    match u32::from(character) {
        0x09 | 0x0a => false,
        0..=0x1f | 0x7f..=0x9f => true,
        0x200b | 0xfeff | 0x2028 | 0x2029 => true,
        0x202a..=0x202e | 0x2066..=0x2069 => true,
        0xe0000..=0xe007f => true,
        _ => false,
    }
}

/// Gives what must be left of an answer.
pub(crate) fn stripped(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|character| !is_forbidden(*character)).collect()
}

/// Makes sure that nothing of what was printed could drive a terminal.
pub(crate) fn is_clean(printed: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(printed).map_err(|error| format!("what is printed is no UTF-8: {error}: {printed:?}"))?;
    match text.char_indices().find(|(_, character)| is_forbidden(*character)) {
        None => Ok(()),
        Some((at, character)) => {
            let around: String = text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
            Err(format!("U+{:04X} is printed after {around:?}", u32::from(character)))
        }
    }
}

/// Makes sure that no text of a JSON document holds such a character, written as an escape or not.
pub(crate) fn is_clean_within(value: &Value) -> Result<(), String> {
    match value {
        Value::String(text) => is_clean(text.as_bytes()),
        Value::Array(values) => values.iter().try_for_each(is_clean_within),
        Value::Object(entries) => {
            entries.iter().try_for_each(|(key, value)| is_clean(key.as_bytes()).and_then(|()| is_clean_within(value)))
        }
        _ => Ok(()),
    }
}
