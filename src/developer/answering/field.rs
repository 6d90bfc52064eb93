//! A field of text edited by grapheme clusters, never by bytes.

use unicode_segmentation::UnicodeSegmentation;

use crate::survey::characters;

/// The greatest number of grapheme clusters in the respondent's own words for a choice.
pub(super) const OTHER_LIMIT: usize = 240;

/// A text under edit with a cursor between two grapheme clusters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Field {
    text: String,
    cursor: usize,
}

impl Field {
    /// Starts with a text and the cursor behind it.
    pub(super) fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text }
    }

    /// Gives the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Gives the text before the cursor and the text behind it.
    pub fn split(&self) -> (&str, &str) {
        self.text.split_at(self.cursor)
    }

    /// Gives the number of grapheme clusters.
    pub fn length(&self) -> usize {
        self.text.graphemes(true).count()
    }

    /// Inserts at the cursor what fits within `limit` grapheme clusters; gives how many did not fit.
    pub(super) fn insert(&mut self, inserted: &str, limit: usize) -> usize {
        let inserted = characters::strip(inserted);
        let (before, after) = self.split();
        let whole = format!("{before}{inserted}{after}");
        let excess = whole.graphemes(true).count().saturating_sub(limit.max(self.length()));
        let clusters: Vec<&str> = inserted.graphemes(true).collect();
        let kept = clusters[..clusters.len().saturating_sub(excess)].concat();
        self.text.insert_str(self.cursor, &kept);
        self.cursor += kept.len();
        self.snap();
        excess
    }

    pub(super) fn delete_back(&mut self) {
        let start = self.left_of();
        self.text.replace_range(start..self.cursor, "");
        self.cursor = start;
        self.snap();
    }

    pub(super) fn delete_forward(&mut self) {
        self.text.replace_range(self.cursor..self.right_of(), "");
        self.snap();
    }

    pub(super) fn delete_word(&mut self) {
        let before = self.split().0;
        let start = before.trim_end().unicode_word_indices().next_back().map_or(0, |(at, _)| at);
        self.text.replace_range(start..self.cursor, "");
        self.cursor = start;
        self.snap();
    }

    pub(super) fn delete_line(&mut self) {
        let start = self.line_start();
        self.text.replace_range(start..self.cursor, "");
        self.cursor = start;
        self.snap();
    }

    pub(super) fn left(&mut self) {
        self.cursor = self.left_of();
    }

    pub(super) fn right(&mut self) {
        self.cursor = self.right_of();
    }

    pub(super) fn home(&mut self) {
        self.cursor = self.line_start();
    }

    pub(super) fn end(&mut self) {
        self.cursor += self.split().1.find('\n').unwrap_or(self.text.len() - self.cursor);
    }

    /// Moves to the line above, keeping the distance from its start.
    pub(super) fn up(&mut self) {
        let start = self.line_start();
        if start == 0 {
            self.cursor = 0;
            return;
        }
        let column = self.text[start..self.cursor].graphemes(true).count();
        self.cursor = start - 1;
        self.cursor = self.line_start();
        self.forward(column);
    }

    /// Moves to the line below, keeping the distance from its start.
    pub(super) fn down(&mut self) {
        let column = self.text[self.line_start()..self.cursor].graphemes(true).count();
        self.end();
        if self.cursor < self.text.len() {
            self.cursor += 1;
            self.forward(column);
        }
    }

    fn forward(&mut self, clusters: usize) {
        for _ in 0..clusters {
            if self.split().1.starts_with('\n') {
                break;
            }
            self.right();
        }
    }

    fn line_start(&self) -> usize {
        self.split().0.rfind('\n').map_or(0, |at| at + 1)
    }

    fn left_of(&self) -> usize {
        self.split().0.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn right_of(&self) -> usize {
        self.split().1.graphemes(true).next().map_or(self.cursor, |cluster| self.cursor + cluster.len())
    }

    /// Moves the cursor on to the next cluster boundary, since an edit may have joined clusters around it.
    fn snap(&mut self) {
        let boundary = self.text.grapheme_indices(true).map(|(at, _)| at).find(|at| *at >= self.cursor);
        self.cursor = boundary.unwrap_or(self.text.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backspace_removes_a_whole_emoji_and_a_whole_accented_letter() {
        for cluster in ["👩\u{200d}💻", "🇯🇵", "e\u{301}", "한", "❤\u{fe0f}"] {
            let mut field = Field::new(format!("a{cluster}"));
            field.delete_back();
            assert_eq!(field.text(), "a", "{cluster}");
        }
    }

    #[test]
    fn what_does_not_fit_is_counted_and_what_fits_is_kept() {
        let mut field = Field::new("ab");
        assert_eq!((field.insert("日本語", 4), field.text()), (1, "ab日本"));
        assert_eq!((field.insert("x", 4), field.text()), (1, "ab日本"));
    }

    #[test]
    fn the_cursor_moves_between_lines_and_never_into_a_cluster() {
        let mut field = Field::new("one👩\u{200d}💻\ntwo");
        field.up();
        assert_eq!(field.split(), ("one", "👩\u{200d}💻\ntwo"));
        field.right();
        field.right();
        assert_eq!(field.split().1, "two");
        field.left();
        field.left();
        field.delete_forward();
        assert_eq!(field.text(), "one\ntwo");
        field.down();
        field.delete_word();
        assert_eq!(field.text(), "one\n");
    }

    #[test]
    fn escape_sequences_do_not_enter() {
        let mut field = Field::default();
        field.insert("a\u{1b}[2Jb\u{202e}", 99);
        assert_eq!(field.text(), "a[2Jb");
    }
}
