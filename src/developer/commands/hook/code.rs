//! The code of the hooks as shells read it, without what its readers need: worked out by the compiler, since shells wait for it at each
//! start.

/// Code of a hook, and a hash by which it is told from that of other versions.
pub(super) struct Code {
    pub(super) text: &'static str,
    pub(super) hash: u64,
}

/// Gives the code of a file.
macro_rules! code {
    ($file:literal) => {{
        const WRITTEN: &str = include_str!(concat!("../../../../assets/hooks/", $file));
        const READ: ([u8; WRITTEN.len()], usize) = $crate::developer::commands::hook::code::read(WRITTEN);
        const TEXT: &str = match str::from_utf8(READ.0.split_at(READ.1).0) {
            Ok(text) => text,
            Err(_) => panic!("what is left out are whole lines and blanks"),
        };
        const CODE: $crate::developer::commands::hook::code::Code = $crate::developer::commands::hook::code::Code::of(TEXT);
        CODE
    }};
}
pub(super) use code;

/// Leaves out comments, but for the first, indentation and empty lines; gives how many bytes are left.
pub(super) const fn read<const N: usize>(written: &str) -> ([u8; N], usize) {
    let written = written.as_bytes();
    let (mut read, mut length, mut at) = ([0; N], 0, 0);
    while at < N {
        while at < N && written[at] == b' ' {
            at += 1;
        }
        let is_read = at == 0 || !matches!(written[at], b'#' | b'\n');
        while at < N {
            if is_read {
                read[length] = written[at];
                length += 1;
            }
            at += 1;
            if written[at - 1] == b'\n' {
                break;
            }
        }
    }
    (read, length)
}

impl Code {
    /// Hashes by FNV-1a (Fowler, Noll and Vo).
    pub(super) const fn of(text: &'static str) -> Self {
        let (mut hash, mut at) = (0xcbf2_9ce4_8422_2325_u64, 0);
        while at < text.len() {
            hash = (hash ^ text.as_bytes()[at] as u64).wrapping_mul(0x0100_0000_01b3);
            at += 1;
        }
        Self { text, hash }
    }
}

/// Puts texts in the places of their names between two `@`.
pub(super) fn filled(code: &str, texts: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(code.len() + texts.iter().map(|(_, text)| text.len()).sum::<usize>());
    let mut is_open = true;
    for part in code.split('@') {
        if let Some((_, text)) = texts.iter().find(|(name, _)| *name == part) {
            filled.push_str(text);
            is_open = true;
        } else {
            if !is_open {
                filled.push('@');
            }
            filled.push_str(part);
            is_open = false;
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_read_over_is_left_out() {
        const WRITTEN: &str = "# first\n# more\n\nif x; then\n  # why\n  y # é\nfi";
        let (read, length) = read::<{ WRITTEN.len() }>(WRITTEN);
        assert_eq!(str::from_utf8(&read[..length]).unwrap(), "# first\nif x; then\ny # é\nfi");
    }

    #[test]
    fn names_between_signs_are_filled_in() {
        let texts = [("A", "1@B@"), ("B", "")];
        assert_eq!(filled("@A@ x[@] A y@A@@B@z@C@", &texts), "1@B@ x[@] A y1@B@z@C@");
    }
}
