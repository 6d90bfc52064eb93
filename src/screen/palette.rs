//! The sixteen colours in the codes that every terminal with colours knows.

/// Rewrites `38;5;2` as `32` and the like: terminals of sixteen colours may read that 5 as blinking.
pub(super) fn in_plain_codes(frame: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(frame.len());
    let mut rest = frame;
    while let Some(start) = rest.windows(2).position(|pair| pair == b"\x1b[") {
        let (before, sequence) = rest.split_at(start + 2);
        plain.extend_from_slice(before);
        let length = sequence.iter().position(|byte| !(b'0'..=b'?').contains(byte)).unwrap_or(sequence.len());
        let (parameters, after) = sequence.split_at(length);
        match std::str::from_utf8(parameters) {
            Ok(codes) if after.first() == Some(&b'm') => plain.extend_from_slice(rewritten(codes).as_bytes()),
            _ => plain.extend_from_slice(parameters),
        }
        rest = after;
    }
    plain.extend_from_slice(rest);
    plain
}

fn rewritten(codes: &str) -> String {
    let mut plain = Vec::new();
    let mut codes = codes.split(';').peekable();
    while let Some(code) = codes.next() {
        if !matches!(code, "38" | "48") {
            plain.push(code.to_owned());
            continue;
        }
        let (space, colour) = (codes.next().unwrap_or_default(), codes.next().unwrap_or_default());
        plain.push(match (space, colour.parse::<u8>()) {
            ("5", Ok(colour @ 0..16)) => {
                let first = if code == "38" { 30 } else { 40 };
                (first + colour + if colour < 8 { 0 } else { 52 }).to_string()
            }
            _ => format!("{code};{space};{colour}"),
        });
    }
    plain.join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_colours_get_their_own_codes_and_all_else_stays() {
        for (frame, plain) in [
            ("\x1b[38;5;2;49mok\x1b[39m\x1b[49m", "\x1b[32;49mok\x1b[39m\x1b[49m"),
            ("\x1b[38;5;14m\x1b[48;5;8m\x1b[38;5;0;48;5;7m", "\x1b[96m\x1b[100m\x1b[30;47m"),
            ("\x1b[38;5;200m\x1b[38;2;1;2;3;1m", "\x1b[38;5;200m\x1b[38;2;1;2;3;1m"),
            ("\x1b[1m\x1b[0m\x1b[m\x1b[5;38H38;5;2m", "\x1b[1m\x1b[0m\x1b[m\x1b[5;38H38;5;2m"),
            ("\x1b[?2026h\x1b", "\x1b[?2026h\x1b"),
        ] {
            assert_eq!(String::from_utf8(in_plain_codes(frame.as_bytes())).unwrap(), plain);
        }
    }
}
