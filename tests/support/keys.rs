//! The bytes a terminal sends for a key, by the names the keymap uses.

use dxpulse::screen::keymap::{Key, KeyCode};

/// Gives what a terminal sends for a key such as `9`, `down`, `shift-tab`, `ctrl-c` or `alt-up`.
pub(crate) fn bytes(name: &str) -> Vec<u8> {
    let key: Key = name.parse().unwrap_or_else(|error| panic!("{error}"));
    let mut sent = plain(key);
    if key.alt && !matches!(key.code, KeyCode::Up | KeyCode::Down | KeyCode::Left | KeyCode::Right) {
        sent.insert(0, 0x1b);
    }
    sent
}

fn plain(key: Key) -> Vec<u8> {
    let arrow = |last: char| if key.alt { format!("\x1b[1;3{last}") } else { format!("\x1b[{last}") };
    let text = match key.code {
        KeyCode::Char(character) if key.ctrl => return vec![u8::try_from(character).expect("an ASCII letter") & 0x1f],
        KeyCode::Char(character) => character.to_string(),
        KeyCode::Enter => "\r".to_owned(),
        KeyCode::Tab if key.shift => "\x1b[Z".to_owned(),
        KeyCode::Tab => "\t".to_owned(),
        KeyCode::Backspace => "\x7f".to_owned(),
        KeyCode::Delete => "\x1b[3~".to_owned(),
        KeyCode::Esc => "\x1b".to_owned(),
        KeyCode::Up => arrow('A'),
        KeyCode::Down => arrow('B'),
        KeyCode::Right => arrow('C'),
        KeyCode::Left => arrow('D'),
        KeyCode::Home => arrow('H'),
        KeyCode::End => arrow('F'),
        KeyCode::PageUp => "\x1b[5~".to_owned(),
        KeyCode::PageDown => "\x1b[6~".to_owned(),
        KeyCode::F(number) => function(number),
    };
    text.into_bytes()
}

fn function(number: u8) -> String {
    const FINALS: [&str; 12] = ["OP", "OQ", "OR", "OS", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~", "[23~", "[24~"];
    format!("\x1b{}", FINALS[usize::from(number) - 1])
}
