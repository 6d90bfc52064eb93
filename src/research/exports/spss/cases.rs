//! The cases of a system file, compressed as SPSS does: a byte for most values, eight of them ahead of those that need eight bytes.
//!
//! The format is documented in the developer's manual of PSPP, under "Data Record".

use std::io::{self, Write};

/// What is added to a small whole number to give its byte.
const BIAS: f64 = 100.0;
const PADDING: u8 = 0;
const END: u8 = 252;
const EIGHT_BYTES: u8 = 253;
const SPACES: u8 = 254;
const SYSTEM_MISSING: u8 = 255;

/// Eight bytes of a case: a number, or a part of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    code: u8,
    bytes: [u8; 8],
}

/// Slots that are not yet written.
#[derive(Debug, Default)]
pub(super) struct Cases {
    codes: Vec<u8>,
    bytes: Vec<u8>,
    text: Vec<u8>,
}

impl Slot {
    /// Gives the slot of a number.
    pub(super) fn number(number: f64) -> Self {
        let byte = number + BIAS;
        let is_small = (1.0..=251.0).contains(&byte) && byte.fract() == 0.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "guarded: whole and from 1 to 251")]
        let code = if is_small { byte as u8 } else { EIGHT_BYTES };
        Self { code, bytes: number.to_le_bytes() }
    }

    /// Gives the slot of a number that isn't there.
    pub(super) fn nothing() -> Self {
        Self { code: SYSTEM_MISSING, bytes: [0; 8] }
    }

    /// Gives the slots of a text of a variable of this width, filled with spaces.
    pub(super) fn text(text: &str, width: usize) -> Vec<Self> {
        let mut padded = text.as_bytes().to_vec();
        padded.resize(width.div_ceil(8) * 8, b' ');
        let slot = |bytes: &[u8; 8]| Self { code: if *bytes == [b' '; 8] { SPACES } else { EIGHT_BYTES }, bytes: *bytes };
        padded.as_chunks().0.iter().map(slot).collect()
    }
}

impl Cases {
    /// Adds a slot.
    pub(super) fn put(&mut self, slot: &Slot) {
        self.codes.push(slot.code);
        if slot.code == EIGHT_BYTES {
            self.bytes.extend_from_slice(&slot.bytes);
        }
        if self.codes.len() == 8 {
            self.text.append(&mut self.codes);
            self.text.append(&mut self.bytes);
        }
    }

    /// Writes what is complete.
    pub(super) fn flush(&mut self, to: &mut dyn Write) -> io::Result<()> {
        to.write_all(&self.text)?;
        self.text.clear();
        Ok(())
    }

    /// Writes the rest and the end.
    pub(super) fn end(&mut self, to: &mut dyn Write) -> io::Result<()> {
        self.put(&Slot { code: END, bytes: [0; 8] });
        while !self.codes.is_empty() {
            self.put(&Slot { code: PADDING, bytes: [0; 8] });
        }
        self.flush(to)
    }
}
