//! Keys as data: what a key is, how it is written down, and how it is shown to a person.

use std::fmt;
use std::str::FromStr;

/// A key as it arrives from the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key without its modifiers; a letter typed with Shift is the upper-case character.
    pub code: KeyCode,
    /// Whether Ctrl was held.
    pub ctrl: bool,
    /// Whether Alt was held, or Esc came right before.
    pub alt: bool,
    /// Whether Shift was held; never set for characters.
    pub shift: bool,
}

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyCode {
    /// A character, the space included.
    Char(char),
    /// Enter or Return.
    Enter,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Escape.
    Esc,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, 1 to 12.
    F(u8),
}

const NAMED: [(&str, KeyCode, &str); 15] = [
    ("enter", KeyCode::Enter, "⏎"),
    ("tab", KeyCode::Tab, "tab"),
    ("backspace", KeyCode::Backspace, "⌫"),
    ("delete", KeyCode::Delete, "del"),
    ("esc", KeyCode::Esc, "esc"),
    ("up", KeyCode::Up, "↑"),
    ("down", KeyCode::Down, "↓"),
    ("left", KeyCode::Left, "←"),
    ("right", KeyCode::Right, "→"),
    ("home", KeyCode::Home, "home"),
    ("end", KeyCode::End, "end"),
    ("pageup", KeyCode::PageUp, "pgup"),
    ("pagedown", KeyCode::PageDown, "pgdn"),
    ("space", KeyCode::Char(' '), "space"),
    ("minus", KeyCode::Char('-'), "-"),
];

impl Key {
    /// Makes a key without modifiers.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// Gives the character a key types into a field; `None` for commands.
    pub fn printable(self) -> Option<char> {
        match self.code {
            KeyCode::Char(character) if !self.ctrl && !self.alt => Some(character),
            _ => None,
        }
    }

    /// Gives the digit of a plain key; full-width and Arabic-Indic digits count.
    pub fn digit(self) -> Option<u8> {
        self.printable().and_then(digit)
    }
}

/// Gives the value of an ASCII, full-width, Arabic-Indic or extended Arabic-Indic digit.
pub fn digit(character: char) -> Option<u8> {
    let zero = match character {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    u8::try_from(u32::from(character) - u32::from(zero)).ok()
}

/// Reads `ctrl-c`, `alt-enter`, `shift-tab`, `f1`, `space` or a single character.
impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut key = Self::plain(KeyCode::Esc);
        let mut rest = text;
        while let Some((modifier, after)) = rest.split_once('-').filter(|(_, after)| !after.is_empty()) {
            match modifier {
                "ctrl" => key.ctrl = true,
                "alt" => key.alt = true,
                "shift" => key.shift = true,
                _ => return Err(format!("unknown modifier in key {text:?}")),
            }
            rest = after;
        }
        let mut characters = rest.chars();
        key.code = match (characters.next(), characters.as_str()) {
            (Some(only), "") => KeyCode::Char(only),
            (Some('f'), number) if number.parse::<u8>().is_ok() => KeyCode::F(number.parse().unwrap_or_default()),
            _ => {
                NAMED.iter().find(|(name, ..)| *name == rest).map(|(_, code, _)| *code).ok_or(format!("unknown key {text:?}"))?
            }
        };
        Ok(key)
    }
}

/// Shows the key as a hint bar does: `⌫`, `ctrl-o`, `alt-↑`.
impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                formatter.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::F(number) => write!(formatter, "f{number}"),
            code => match NAMED.iter().find(|(_, named, _)| *named == code) {
                Some((.., shown)) => formatter.write_str(shown),
                None => match code {
                    KeyCode::Char(character) => write!(formatter, "{character}"),
                    _ => Ok(()),
                },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_and_shown() {
        for (text, shown) in
            [("ctrl-c", "ctrl-c"), ("alt-up", "alt-↑"), ("backspace", "⌫"), ("f10", "f10"), ("?", "?"), ("-", "-")]
        {
            assert_eq!(text.parse::<Key>().map(|key| key.to_string()).as_deref(), Ok(shown), "{text}");
        }
        assert!("hyper-x".parse::<Key>().is_err());
    }

    #[test]
    fn digits_of_other_scripts_count() {
        assert_eq!(['7', '７', '٧', '۷', 'x'].map(digit), [Some(7), Some(7), Some(7), Some(7), None]);
    }
}
