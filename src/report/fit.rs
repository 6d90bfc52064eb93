//! Lines for a reader at a terminal: broken between words, where a terminal would break them anywhere.

use std::os::fd::AsFd;

use textwrap::{Options, WordSeparator, WordSplitter};

/// Breaks the lines that are wider than `columns` between words; the rest of one stands under where its text begins, which is behind its
/// last gap of two blanks or more in its first half. Words that are wider than that stay whole.
pub(super) fn fit(text: &str, columns: Option<usize>) -> String {
    let Some(columns) = columns else { return text.to_owned() };
    text.split('\n').map(|line| fit_line(line, columns)).collect::<Vec<_>>().join("\n")
}

/// Gives the columns of a terminal; `None` where it is none.
pub(super) fn columns_of(device: impl AsFd) -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(device).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}

fn fit_line(line: &str, columns: usize) -> String {
    if textwrap::core::display_width(line) <= columns {
        return line.to_owned();
    }
    let (head, text) = line.split_at(beginning(line, columns / 2));
    let indent = " ".repeat(textwrap::core::display_width(head));
    let options = Options::new(columns).initial_indent(head).subsequent_indent(&indent).break_words(false);
    let options = options.word_separator(WordSeparator::AsciiSpace).word_splitter(WordSplitter::NoHyphenation);
    textwrap::fill(text, options)
}

/// Gives the byte at which the text of a line begins, within so many columns.
fn beginning(line: &str, most: usize) -> usize {
    let begins = |at: &usize| line[..*at].ends_with("  ") && !line[*at..].starts_with(' ');
    let within = |at: &usize| textwrap::core::display_width(&line[..*at]) <= most;
    let blanks = line.len() - line.trim_start_matches(' ').len();
    line.char_indices().map(|(at, _)| at).filter(begins).take_while(within).last().unwrap_or(blanks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_go_on_under_their_text() {
        assert_eq!(fit("one two three\nfour", Some(8)), "one two\nthree\nfour");
        assert_eq!(fit("  one two", Some(6)), "  one\n  two");
        assert_eq!(fit("✓ id  one two three", Some(14)), "✓ id  one two\n      three");
        // A word is never broken, nor a gap that lies too far to the right gone under.
        assert_eq!(fit("a https://example.org/long  b", Some(10)), "a\nhttps://example.org/long\nb");
        assert_eq!(fit("- --no-key and so on", Some(10)), "- --no-key\nand so on");
        assert_eq!(fit("one two three", None), "one two three");
    }
}
