//! From the bytes of a terminal to keys and pastes.
//!
//! Pure: bytes come in, arrivals go out, and what is unfinished waits for the next bytes or for [`Decoder::flush`]. crossterm's
//! own reader isn't used: it spins when the terminal hangs up and blocks in the middle of a sequence, deaf to signals.

use std::time::Duration;

use super::keymap::{Key, KeyCode};
use super::sequence;

/// What the respondent typed, once it's whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// A key.
    Key(Key),
    /// A bracketed paste.
    Paste(String),
}

/// Puts bytes together to keys and pastes.
#[derive(Debug, Default)]
pub struct Decoder {
    pending: Vec<u8>,
    paste: Option<Vec<u8>>,
}

/// A paste beyond this many bytes is cut: no answer is as long.
const PASTE_LIMIT: usize = 1 << 20;
const PASTE_END: &[u8] = b"\x1b[201~";
/// Longer than any key: what is still unfinished is noise.
const SEQUENCE_LIMIT: usize = 256;
const ESC: u8 = 0x1b;

enum Step {
    Unfinished,
    Nothing,
    PasteBegins,
    Is(Key),
}

impl Decoder {
    /// Takes bytes as they were read and gives what they complete, in order.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Typed> {
        bytes.iter().filter_map(|byte| self.push(*byte)).collect()
    }

    /// Gives how long to wait for the rest of what is unfinished; `None` when nothing is.
    ///
    /// A lone Esc differs from the beginning of a sequence only in that nothing follows.
    pub fn patience(&self) -> Option<Duration> {
        match (&self.paste, self.pending.is_empty()) {
            (Some(_), _) => Some(Duration::from_secs(2)),
            (None, false) => Some(Duration::from_millis(40)),
            (None, true) => None,
        }
    }

    /// Ends what is unfinished: Esc alone, Alt with a key, a paste that was never closed; other beginnings are dropped.
    pub fn flush(&mut self) -> Option<Typed> {
        if let Some(paste) = self.paste.take() {
            return Some(as_paste(&paste));
        }
        let pending = std::mem::take(&mut self.pending);
        match pending[..] {
            [ESC] | [ESC, ESC] => Some(Typed::Key(Key::plain(KeyCode::Esc))),
            [ESC, byte] if byte.is_ascii() => Some(Typed::Key(Key { alt: true, ..Key::plain(KeyCode::Char(char::from(byte))) })),
            _ => None,
        }
    }

    fn push(&mut self, byte: u8) -> Option<Typed> {
        if self.paste.is_some() {
            return self.push_pasted(byte);
        }
        self.pending.push(byte);
        let step = if self.pending.len() > SEQUENCE_LIMIT { Step::Nothing } else { step(&self.pending) };
        if !matches!(step, Step::Unfinished) {
            self.pending.clear();
        }
        match step {
            Step::Is(key) => return Some(Typed::Key(key)),
            Step::PasteBegins => self.paste = Some(Vec::new()),
            Step::Nothing | Step::Unfinished => {}
        }
        None
    }

    fn push_pasted(&mut self, byte: u8) -> Option<Typed> {
        let paste = self.paste.get_or_insert_default();
        paste.push(byte);
        if paste.ends_with(PASTE_END) {
            paste.truncate(paste.len() - PASTE_END.len());
            return self.paste.take().map(|paste| as_paste(&paste));
        }
        if paste.len() >= PASTE_LIMIT + PASTE_END.len() {
            // The last bytes stay, so that the end is still recognised.
            paste.remove(PASTE_LIMIT);
        }
        None
    }
}

fn as_paste(bytes: &[u8]) -> Typed {
    Typed::Paste(String::from_utf8_lossy(bytes).into_owned())
}

fn step(bytes: &[u8]) -> Step {
    match bytes {
        [ESC] => Step::Unfinished,
        [ESC, b'[', rest @ ..] => csi(rest),
        [ESC, b'O', rest @ ..] => rest.first().map_or(Step::Unfinished, |byte| key(sequence::ss3(*byte))),
        [ESC, b']' | b'P' | b'_' | b'^' | b'X', rest @ ..] => string(rest),
        // rxvt writes Alt with an arrow as ESC and the arrow's own sequence.
        [ESC, rest @ ..] => match step(rest) {
            Step::Is(key) => Step::Is(Key { alt: true, ..key }),
            other => other,
        },
        [byte, ..] if byte.is_ascii_control() => Step::Is(sequence::control(*byte)),
        _ => character(bytes),
    }
}

fn key(key: Option<Key>) -> Step {
    key.map_or(Step::Nothing, Step::Is)
}

fn csi(rest: &[u8]) -> Step {
    match rest {
        b"200~" => Step::PasteBegins,
        // The Linux console writes F1 to F5 as ESC [ [ A to E.
        [] | [b'['] => Step::Unfinished,
        [.., b'\x40'..=b'\x7e'] => key(sequence::csi(rest)),
        [.., b'\x20'..=b'\x3f'] => Step::Unfinished,
        _ => Step::Nothing,
    }
}

/// A reply of the terminal as a string: it ends with BEL or ESC \ and means nothing here.
fn string(rest: &[u8]) -> Step {
    match rest {
        [.., 0x07] | [.., ESC, b'\\'] => Step::Nothing,
        _ => Step::Unfinished,
    }
}

fn character(bytes: &[u8]) -> Step {
    match std::str::from_utf8(bytes) {
        Ok(text) => key(text.chars().next().filter(|c| !c.is_control()).map(|c| Key::plain(KeyCode::Char(c)))),
        Err(error) if error.error_len().is_none() => Step::Unfinished,
        Err(_) => Step::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(bytes: &[u8]) -> Vec<String> {
        let mut decoder = Decoder::default();
        let mut all = decoder.feed(bytes);
        all.extend(decoder.flush());
        let show = |typed: Typed| match typed {
            Typed::Key(key) => key.to_string(),
            Typed::Paste(text) => format!("paste {text:?}"),
        };
        all.into_iter().map(show).collect()
    }

    #[test]
    fn bytes_become_keys() {
        let cases: &[(&[u8], &[&str])] = &[
            (b"a7 ?", &["a", "7", "space", "?"]),
            ("é日👍".as_bytes(), &["é", "日", "👍"]),
            (b"\r\t\x7f\x08", &["⏎", "tab", "⌫", "⌫"]),
            (b"\n\x00\x03\x0f\x1a\x0c\x1c", &["ctrl-j", "ctrl-space", "ctrl-c", "ctrl-o", "ctrl-z", "ctrl-l", "ctrl-\\"]),
            (b"\x1b", &["esc"]),
            (b"\x1b\x1b", &["esc"]),
            (b"\x1bq\x1b\r\x1b1", &["alt-q", "alt-⏎", "alt-1"]),
            (b"\x1b[", &["alt-["]),
            (b"\x1bO", &["alt-O"]),
            (b"\x1b[A\x1b[B\x1bOC\x1b[D\x1b[H\x1b[F", &["↑", "↓", "→", "←", "home", "end"]),
            (b"\x1b[1;3A\x1b[1;2D\x1b[1;5C\x1b\x1b[B", &["alt-↑", "shift-←", "ctrl-→", "alt-↓"]),
            (b"\x1b[Z\x1b[5~\x1b[6~\x1b[3~\x1b[1~\x1b[8~", &["shift-tab", "pgup", "pgdn", "del", "home", "end"]),
            (b"\x1bOP\x1b[15~\x1b[21~\x1b[24~\x1b[[C", &["f1", "f5", "f10", "f12", "f3"]),
            (b"\x1b[97;5u\x1b[27u\x1b[9;2u\x1b[97;2u\x1b[106;5:1u", &["ctrl-a", "esc", "shift-tab", "A", "ctrl-j"]),
            (b"\x1b[13;3u\x1b[57400u\x1b[57414u", &["alt-⏎", "1", "⏎"]),
        ];
        for (bytes, keys) in cases {
            assert_eq!(typed(bytes), *keys, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn releases_replies_and_noise_are_no_keys() {
        let cases: &[&[u8]] = &[
            b"\x1b[97;1:3u",
            b"\x1b[?62;22c",
            b"\x1b[I\x1b[O",
            b"\x1b]11;rgb:ffff/ffff/ffff\x07",
            b"\x1bP>|term\x1b\\",
            b"\x1b[<0;3;4M",
            b"\xff\xfe",
            b"\x1b[99",
            b"\x1b[97;9u",
            b"\xc2\x9b",
        ];
        for bytes in cases {
            assert_eq!(typed(bytes), Vec::<String>::new(), "{:?}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(typed(&[b"\x1b]".as_slice(), &[b'x'; 400], b"\x07y"].concat()).last().map(String::as_str), Some("y"));
    }

    #[test]
    fn a_paste_arrives_as_one_and_literally() {
        assert_eq!(typed(b"1\x1b[200~git push\r\n\x03\x1b[A\x1b[201~2"), ["1", "paste \"git push\\r\\n\\u{3}\\u{1b}[A\"", "2"]);
        assert_eq!(typed(b"\x1b[200~never closed"), ["paste \"never closed\""]);
        let long = [b"\x1b[200~".as_slice(), &vec![b'x'; PASTE_LIMIT + 100], b"\x1b[201~z"].concat();
        let all = Decoder::default().feed(&long);
        assert!(matches!(&all[0], Typed::Paste(text) if text.len() == PASTE_LIMIT && all.len() == 2));
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_leave_the_decoder_stuck(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600)) {
            let mut decoder = Decoder::default();
            decoder.feed(&bytes);
            decoder.flush();
            proptest::prop_assert_eq!(decoder.patience(), None);
            proptest::prop_assert_eq!(decoder.feed(b"7"), [Typed::Key(Key::plain(KeyCode::Char('7')))]);
        }
    }

    #[test]
    fn keys_split_between_reads_are_put_together() {
        let whole: &[u8] = "\x1b[1;3Aé\x1b[200~a👍b\x1b[201~\x1bq".as_bytes();
        for at in 0..whole.len() {
            let mut decoder = Decoder::default();
            let mut all = decoder.feed(&whole[..at]);
            all.extend(decoder.feed(&whole[at..]));
            assert_eq!(all, Decoder::default().feed(whole), "split at {at}");
            assert_eq!(decoder.patience(), None);
        }
    }
}
