//! From the bytes of a terminal in line mode to lines.

/// Puts bytes together to lines.
#[derive(Debug, Default)]
pub(super) struct LineReader {
    pending: Vec<u8>,
}

impl LineReader {
    /// Takes what one read gave: lines without their ends, and `None` for an end of input, which is an empty read.
    ///
    /// Ctrl-D after some text only hands the text over: it stays pending until its line ends or the input does.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Vec<Option<String>> {
        if bytes.is_empty() {
            let rest = std::mem::take(&mut self.pending);
            return (!rest.is_empty()).then(|| text(&rest)).into_iter().map(Some).chain([None]).collect();
        }
        self.pending.extend_from_slice(bytes);
        let Some(end) = self.pending.iter().rposition(|byte| *byte == b'\n') else {
            return Vec::new();
        };
        let rest = self.pending.split_off(end + 1);
        let whole = std::mem::replace(&mut self.pending, rest);
        whole[..end].split(|byte| *byte == b'\n').map(|line| Some(text(line))).collect()
    }
}

/// Gives what was typed; keys that mean nothing in a line, such as Ctrl-Z, are no part of it.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().filter(|character| *character == '\t' || !character.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_become_lines_and_the_end_of_input() {
        let cases = [
            (["4\n", "5\n"], &[Some("4"), Some("5")][..]),
            (["one\ntwo\nthr", "ee\r\n"], &[Some("one"), Some("two"), Some("three")]),
            (["\n", ""], &[Some(""), None]),
            (["no end", ""], &[Some("no end"), None]),
            (["\u{1a}6\n", "a\tb\u{7f}\r\n"], &[Some("6"), Some("a\tb")]),
        ];
        for (reads, lines) in cases {
            let mut reader = LineReader::default();
            let all: Vec<_> = reads.iter().flat_map(|read| reader.feed(read.as_bytes())).collect();
            assert_eq!(all.iter().map(Option::as_deref).collect::<Vec<_>>(), *lines, "{reads:?}");
        }
    }
}
