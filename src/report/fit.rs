//! Lines for a reader at a terminal: broken between words, where a terminal would break them anywhere.

use std::os::fd::AsFd;

use textwrap::{Options, WordSeparator, WordSplitter};

/// Breaks the lines that are wider than `columns` between words; the rest of one stands under where its text begins, which is behind its
/// last gap of two blanks or more in its first half, or behind its mark. Words that are wider than that stay whole.
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
    let text = line.trim_start_matches(' ');
    let is_mark = |word: &&str| *word == "help:" || word.chars().count() == 1 && !word.contains(char::is_alphanumeric);
    let mark = text.split_once(' ').map(|(word, _)| word).filter(is_mark).map_or(0, |mark| mark.len() + 1);
    let behind_mark = line.len() - text.len() + mark;
    line.char_indices().map(|(at, _)| at).filter(begins).take_while(within).last().map_or(behind_mark, |at| at.max(behind_mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_go_on_under_their_text() {
        assert_eq!(fit("one two three\nfour", Some(8)), "one two\nthree\nfour");
        assert_eq!(fit("  one two", Some(6)), "  one\n  two");
        assert_eq!(fit("✓ id  one two three", Some(14)), "✓ id  one two\n      three");
        assert_eq!(fit("  ◌ one two", Some(9)), "  ◌ one\n    two");
        assert_eq!(fit("  help: one two", Some(12)), "  help: one\n        two");
        assert_eq!(fit("a b c\nhelp:", Some(4)), "a b\nc\nhelp:");
        // A word is never broken, nor a gap that lies too far to the right gone under.
        assert_eq!(fit("a https://example.org/long  b", Some(10)), "a\nhttps://example.org/long\nb");
        assert_eq!(fit("- --no-key and so on", Some(10)), "- --no-key\n  and so\n  on");
        assert_eq!(fit("one two three", None), "one two three");
    }
}
