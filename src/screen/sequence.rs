//! What one complete escape sequence of a terminal means as a key.
//!
//! The forms are those of xterm, rxvt, the Linux console and the keyboard protocol that writes `CSI code ; modifiers u`.

use super::keymap::{Key, KeyCode};

/// Gives the key of the bytes after `ESC [`, the final byte included; `None` for what is no key, such as a reply or a release.
pub(super) fn csi(bytes: &[u8]) -> Option<Key> {
    let (last, parameters) = bytes.split_last()?;
    if let [b'[', letter] = bytes {
        return Some(Key::plain(KeyCode::F(letter.checked_sub(b'@').filter(|number| (1..=5).contains(number))?)));
    }
    let parameters = Parameters::read(parameters)?;
    let code = match last {
        b'~' => tilde(parameters.first)?,
        b'u' => return unicode(&parameters),
        b'Z' => return Some(Key { shift: true, ..parameters.with(KeyCode::Tab)? }),
        letter => named(*letter)?,
    };
    parameters.with(code)
}

/// Gives the key of the byte after `ESC O`.
pub(super) fn ss3(byte: u8) -> Option<Key> {
    let code = match byte {
        b'M' => KeyCode::Enter,
        b'j'..=b'y' => KeyCode::Char(char::from(byte - b'j' + b'*')),
        letter => named(letter)?,
    };
    Some(Key::plain(code))
}

/// Gives the key of a control byte, C0 or DEL, but for ESC.
pub(super) fn control(byte: u8) -> Key {
    let ctrl = |character: u8| Key { ctrl: true, ..Key::plain(KeyCode::Char(char::from(character))) };
    match byte {
        b'\r' => Key::plain(KeyCode::Enter),
        b'\t' => Key::plain(KeyCode::Tab),
        0x08 | 0x7f => Key::plain(KeyCode::Backspace),
        0x00 => ctrl(b' '),
        0x01..=0x1a => ctrl(byte - 1 + b'a'),
        _ => ctrl(byte + b'@'),
    }
}

struct Parameters {
    first: u32,
    modifiers: u32,
    released: bool,
}

impl Parameters {
    /// Reads `first ; modifiers : kind`; private parameters such as `?1` or `<0` are no keys.
    fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut fields = text.split(';').map(|field| field.split(':'));
        let number = |text: Option<&str>| match text {
            None | Some("") => Some(1),
            Some(digits) => digits.parse::<u32>().ok(),
        };
        let first = number(fields.next().and_then(|mut parts| parts.next()))?;
        let mut second = fields.next().into_iter().flatten();
        let modifiers = number(second.next())?.checked_sub(1)?;
        Some(Self { first, modifiers, released: second.next() == Some("3") })
    }

    fn with(&self, code: KeyCode) -> Option<Key> {
        let held = |bit: u32| self.modifiers & bit != 0;
        let key = Key { code, shift: held(1), alt: held(2), ctrl: held(4) };
        (!self.released && self.modifiers & 0b11_1000 == 0).then_some(key)
    }
}

fn named(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

fn tilde(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        // The numbering of the VT220 has gaps after 15 and 21.
        11..=15 => KeyCode::F(u8::try_from(number - 10).ok()?),
        17..=21 => KeyCode::F(u8::try_from(number - 11).ok()?),
        23..=24 => KeyCode::F(u8::try_from(number - 12).ok()?),
        _ => return None,
    })
}

fn unicode(parameters: &Parameters) -> Option<Key> {
    let character = char::from_u32(parameters.first)?;
    let key = match character {
        '\u{1b}' => parameters.with(KeyCode::Esc)?,
        '\r' => parameters.with(KeyCode::Enter)?,
        '\t' => parameters.with(KeyCode::Tab)?,
        '\u{8}' | '\u{7f}' => parameters.with(KeyCode::Backspace)?,
        // The keypad of that protocol: digits, and Enter after six signs.
        '\u{e03f}'.. if parameters.first == 57414 => parameters.with(KeyCode::Enter)?,
        '\u{e000}'..='\u{f8ff}' => match parameters.first.checked_sub(57399) {
            Some(digit @ 0..=9) => parameters.with(KeyCode::Char(char::from_digit(digit, 10)?))?,
            _ => return None,
        },
        _ => character_key(parameters, character)?,
    };
    Some(key)
}

fn character_key(parameters: &Parameters, character: char) -> Option<Key> {
    let key = parameters.with(KeyCode::Char(character))?;
    let upper = key.shift.then(|| character.to_uppercase().next()).flatten();
    (!character.is_control()).then(|| Key { code: KeyCode::Char(upper.unwrap_or(character)), shift: false, ..key })
}
