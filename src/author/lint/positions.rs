//! Lines and columns of places in a file, as every format of the report has them.

use std::ops::Range;

/// A line and a column, both from 1; columns count characters, and a byte order mark has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Where the lines of a text begin.
pub(in crate::author) struct Positions<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Positions<'t> {
    pub(in crate::author) fn new(text: &'t str) -> Self {
        let first = text.len() - text.trim_start_matches('\u{FEFF}').len();
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(first).chain(starts).collect() }
    }

    /// Gives the position of a byte.
    pub(in crate::author) fn of(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let before = self.text.get(self.starts[line - 1]..offset).unwrap_or_default();
        Position { line, column: before.chars().count() + 1 }
    }

    /// Gives the positions of a place: its first character, and the one behind its last, never on a line the place doesn't reach.
    pub(super) fn of_range(&self, place: &Range<usize>) -> [Position; 2] {
        let text = self.text.get(place.clone()).unwrap_or_default();
        [self.of(place.start), self.of(place.start + text.trim_end_matches(['\n', '\r']).len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_neither_bytes_nor_the_byte_order_mark() {
        let text = "\u{FEFF}a = \"満足\" # x\r\nb = 1\n";
        let positions = Positions::new(text);
        let at = |piece: &str| text.find(piece).expect("the piece is there");
        let cases = [(0, (1, 1)), (at("a ="), (1, 1)), (at("# x"), (1, 10)), (at("b ="), (2, 1)), (text.len(), (3, 1))];
        for (offset, (line, column)) in cases {
            assert_eq!(positions.of(offset), Position { line, column }, "at {offset}");
        }
    }

    #[test]
    fn a_place_ends_behind_its_last_character_and_on_its_own_line() {
        let positions = Positions::new("id = 1\n\nx");
        let ends = |place| positions.of_range(&place).map(|position| (position.line, position.column));
        assert_eq!(ends(0..2), [(1, 1), (1, 3)]);
        assert_eq!(ends(5..8), [(1, 6), (1, 7)]);
        assert_eq!(ends(7..7), [(2, 1), (2, 1)]);
        assert_eq!(ends(0..9), [(1, 1), (3, 2)]);
    }
}
