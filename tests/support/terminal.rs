//! What a terminal knows after reading a program's output: its cells, its modes, and what the program asked it.

use std::collections::BTreeSet;
use std::num::NonZeroU16;
use std::time::Instant;

use vt100::{Callbacks, MouseProtocolMode, Parser};

/// A terminal without a window.
pub(crate) struct Terminal {
    parser: Parser<Beyond>,
    /// Everything the program wrote.
    pub(crate) raw: Vec<u8>,
    /// When the last bytes came.
    pub(crate) last_output: Instant,
    /// Whether no program holds the terminal any more.
    pub(crate) closed: bool,
}

/// Sequences beyond the cells: questions, and modes that vt100 doesn't keep.
#[derive(Default)]
struct Beyond {
    questions: Vec<String>,
    modes: BTreeSet<u16>,
    keyboards: u32,
}

impl Terminal {
    pub(crate) fn new(columns: u16, rows: u16) -> Self {
        let parser = Parser::new_with_callbacks(cells(rows), cells(columns), 1000, Beyond::default());
        Self { parser, raw: Vec::new(), last_output: Instant::now(), closed: false }
    }

    /// Takes what the program wrote.
    pub(crate) fn take(&mut self, output: &[u8]) {
        self.last_output = Instant::now();
        self.parser.process(output);
        self.raw.extend_from_slice(output);
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.parser.set_size(cells(rows), cells(columns));
    }

    /// Gives the text of the cells, a line for each row, without blanks at the ends.
    pub(crate) fn text(&self) -> String {
        self.parser.screen().contents()
    }

    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Gives what the program asked of its terminal, which waits in vain on a mute one.
    pub(crate) fn questions(&self) -> Vec<String> {
        let strings = self.raw.windows(2).filter(|pair| *pair == b"\x1bP").map(|_| "DCS".to_owned());
        self.parser.callbacks().questions.iter().cloned().chain(strings).collect()
    }

    /// Gives each mode that isn't as a shell needs it.
    pub(crate) fn left_on(&self) -> Vec<String> {
        let screen = self.parser.screen();
        let beyond = self.parser.callbacks();
        let known = [
            ("alternate screen", screen.alternate_screen()),
            ("hidden cursor", screen.hide_cursor()),
            ("bracketed paste", screen.bracketed_paste()),
            ("application cursor keys", screen.application_cursor()),
            ("application keypad", screen.application_keypad()),
            ("mouse reports", screen.mouse_protocol_mode() != MouseProtocolMode::None),
            ("keyboard enhancement", beyond.keyboards > 0),
            ("bold text", screen.bold()),
            ("reverse text", screen.inverse()),
            ("coloured text", screen.fgcolor() != vt100::Color::Default || screen.bgcolor() != vt100::Color::Default),
        ];
        let known = known.into_iter().filter(|(_, on)| *on).map(|(name, _)| name.to_owned());
        known.chain(beyond.modes.iter().map(|mode| format!("private mode {mode}"))).collect()
    }
}

impl Callbacks for Beyond {
    fn unhandled_csi(&mut self, _: &mut vt100::Screen, first: Option<u8>, second: Option<u8>, parameters: &[&[u16]], last: char) {
        match (first, second, last) {
            (Some(b'?'), None, 'h') => self.modes.extend(parameters.iter().filter_map(|mode| mode.first())),
            (Some(b'?'), None, 'l') => self.modes.retain(|mode| !parameters.iter().any(|off| off.first() == Some(mode))),
            (Some(b'>'), _, 'u') => self.keyboards += 1,
            (Some(b'<'), _, 'u') => self.keyboards = self.keyboards.saturating_sub(1),
            (_, _, 'n' | 'c') | (Some(b'?'), _, 'u') | (_, Some(b'$'), 'p') | (Some(b'$'), _, 'p') => {
                self.questions.push(format!("CSI {first:?} {parameters:?} {last}"));
            }
            _ => {}
        }
    }

    fn unhandled_osc(&mut self, _: &mut vt100::Screen, parameters: &[&[u8]]) {
        if parameters.last().is_some_and(|last| last.ends_with(b"?")) {
            self.questions.push(format!("OSC {}", String::from_utf8_lossy(&parameters.join(&b';'))));
        }
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has cells")
}
