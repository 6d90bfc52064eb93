//! Text measured in terminal columns: how wide, where it wraps, where it's cut.
//!
//! The unit is the grapheme cluster: an emoji family or a letter with its accents is never split. A tab or a line break has no
//! width of its own: a tab is a space, and so is a line break where there is only one line.

use std::borrow::Cow;

use textwrap::word_splitters::split_words;
use textwrap::{WordSeparator, WordSplitter};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands for the part of a text that was cut off.
pub const CUT_MARK: &str = "…";

/// Gives the columns a text takes on one line.
pub fn width(text: &str) -> usize {
    // Most of it is plain, and finding the clusters of that would be a third of what a frame costs.
    let (mut columns, mut rest) = (0, text);
    loop {
        let plain = rest.bytes().take_while(|byte| matches!(byte, b' '..=b'~')).count();
        // The last plain character may be the base of what follows.
        let alone = if plain == rest.len() { plain } else { plain.saturating_sub(1) };
        let Some(cluster) = rest[alone..].graphemes(true).next() else { return columns + alone };
        columns += alone + cluster.width();
        rest = &rest[alone + cluster.len()..];
    }
}

/// Breaks a text into lines of at most `columns`, where its script allows, and words that are longer anywhere.
///
/// Line feeds stay line breaks, and tabs are spaces. A single cluster wider than `columns` stands alone on its line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let text = if text.contains('\t') { Cow::Owned(text.replace('\t', " ")) } else { Cow::Borrowed(text) };
    text.split('\n').flat_map(|line| wrap_line(line, columns.max(1))).collect()
}

/// Gives a text on one line: white space that breaks it or tabs is a single space.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\t']) {
        return Cow::Borrowed(text);
    }
    let pieces = text.split(['\n', '\t']).map(str::trim).filter(|piece| !piece.is_empty());
    Cow::Owned(pieces.collect::<Vec<_>>().join(" "))
}

/// Gives as much of a text as fits in `columns` on one line, with [`CUT_MARK`] at its end when something is missing.
pub fn cut(text: &str, columns: usize) -> String {
    let text = &*one_line(text);
    if width(text) <= columns {
        return text.to_owned();
    }
    let Some(room) = columns.checked_sub(width(CUT_MARK)) else {
        return String::new();
    };
    let mut taken = 0;
    let fits = |cluster: &&str| {
        taken += width(cluster);
        taken <= room
    };
    let kept: String = text.graphemes(true).take_while(fits).collect();
    kept.trim_end().to_owned() + CUT_MARK
}

fn wrap_line(line: &str, columns: usize) -> Vec<String> {
    let whole = line.trim_end_matches(' ');
    if width(whole) <= columns {
        return vec![whole.to_owned()];
    }
    let mut lines = vec![String::new()];
    let (mut used, mut gap) = (0, "");
    for (word, gap_after) in unbroken(line) {
        let (mut between, long) = (width(gap), width(&word));
        if used > 0 && used + between + long > columns {
            lines.push(String::new());
            (used, gap, between) = (0, "", 0);
        }
        if used + between + long <= columns {
            lines.last_mut().expect("starts with one line and only grows").extend([gap, &word]);
            used += between + long;
            gap = gap_after;
            continue;
        }
        for piece in [gap, &word].into_iter().flat_map(|part| part.graphemes(true)) {
            let wide = width(piece);
            if used > 0 && used + wide > columns {
                lines.push(String::new());
                used = 0;
            }
            lines.last_mut().expect("starts with one line and only grows").push_str(piece);
            used += wide;
        }
        gap = gap_after;
    }
    lines
}

/// Gives what may not be broken, each with the spaces after it.
///
/// A slash that begins a word stays with it, as in `/help`; Unicode's rules would leave it at the end of the line before.
fn unbroken(line: &str) -> Vec<(String, &str)> {
    let mut parts: Vec<(String, &str)> = Vec::new();
    let words = WordSeparator::UnicodeBreakProperties.find_words(line);
    let words: Vec<_> = split_words(words, &WordSplitter::HyphenSplitter).map(|word| (word.word, word.whitespace)).collect();
    for (word, gap) in words.into_iter().flat_map(|(word, gap)| detach_slash(word, gap)) {
        match parts.last_mut() {
            Some((before, between)) if before == "/" && between.is_empty() => {
                before.push_str(word);
                *between = gap;
            }
            _ => parts.push((word.to_owned(), gap)),
        }
    }
    parts
}

/// Splits `review, /` into `review,` and `/`; every other word stays one.
fn detach_slash<'a>(word: &'a str, gap: &'a str) -> Vec<(&'a str, &'a str)> {
    let head = word.strip_suffix('/').filter(|head| head.ends_with(' ') && !head.trim().is_empty());
    let split = |head: &'a str| {
        let (kept, slash) = (head.trim_end(), &word[head.len()..]);
        vec![(kept, &head[kept.len()..]), (slash, gap)]
    };
    head.map_or_else(|| vec![(word, gap)], split)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAMILY: &str = "👩\u{200d}👩\u{200d}👧";

    #[test]
    fn width_counts_columns_of_clusters() {
        for (text, columns) in [
            ("", 0),
            ("plain", 5),
            ("日本語", 6),
            ("e\u{301}a\u{308}", 2),
            (FAMILY, 2),
            ("❤\u{fe0f}", 2),
            ("می\u{200c}خواهم", 7),
            ("\u{301}", 0),
            ("a · b → c", 9),
            ("plain, e\u{301}, and 日本 ~", 20),
            ("\u{1f1e9}\u{1f1ea}\u{1f1eb}\u{1f1f7} x", 6),
            ("\u{600}1 2", 4),
            ("a\r\nb", 3),
        ] {
            assert_eq!(width(text), columns, "{text:?}");
            assert_eq!(width(text), text.graphemes(true).map(UnicodeWidthStr::width).sum::<usize>(), "{text:?}");
        }
    }

    #[test]
    fn lines_break_between_words_and_keep_line_feeds() {
        for (text, columns, lines) in [
            ("one two three", 7, vec!["one two", "three"]),
            ("one two", 3, vec!["one", "two"]),
            ("a\n\nb", 9, vec!["a", "", "b"]),
            ("", 9, vec![""]),
            ("  indented text", 10, vec!["  indented", "text"]),
            ("a\ttab\n\tb", 9, vec!["a tab", " b"]),
            ("trailing   ", 20, vec!["trailing"]),
            ("well-known", 6, vec!["well-", "known"]),
            ("or /help", 5, vec!["or", "/help"]),
            ("/a, /b, /c d", 7, vec!["/a, /b,", "/c d"]),
            ("and/or", 5, vec!["and/", "or"]),
        ] {
            assert_eq!(wrap(text, columns), lines, "{text:?} at {columns}");
        }
    }

    #[test]
    fn scripts_without_spaces_break_and_clusters_stay_whole() {
        for (text, columns, lines) in [
            ("日本語の文章。", 6, vec!["日本語", "の文", "章。"]),
            ("abcdefgh", 3, vec!["abc", "def", "gh"]),
            ("x abcdefgh", 4, vec!["x", "abcd", "efgh"]),
            ("e\u{301}e\u{301}e\u{301}", 2, vec!["e\u{301}e\u{301}", "e\u{301}"]),
            ("日本", 1, vec!["日", "本"]),
            ("ab", 0, vec!["a", "b"]),
        ] {
            assert_eq!(wrap(text, columns), lines, "{text:?} at {columns}");
        }
        assert_eq!(wrap(&FAMILY.repeat(3), 5), [FAMILY.repeat(2), FAMILY.to_owned()]);
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let text = format!("Tests 日本語 {FAMILY} e\u{301}té and a-very-long-word/with/slashes, \u{200d}\u{301} fin");
        for columns in 2..40 {
            assert!(wrap(&text, columns).iter().all(|line| width(line) <= columns), "{columns}");
        }
    }

    #[test]
    fn what_is_cut_off_leaves_a_mark() {
        for (text, columns, shown) in [
            ("short", 5, "short"),
            ("longer", 5, "long…"),
            ("日本語", 5, "日本…"),
            ("日本語", 4, "日…"),
            ("one two", 5, "one…"),
            ("one\ntwo", 7, "one two"),
            ("one\t\n  two\n", 7, "one two"),
            ("one\ntwo", 6, "one t…"),
            ("two  gaps", 9, "two  gaps"),
            ("ab", 1, "…"),
            ("ab", 0, ""),
        ] {
            assert_eq!(cut(text, columns), shown, "{text:?} at {columns}");
        }
        assert_eq!(cut(&FAMILY.repeat(2), 3), format!("{FAMILY}…"));
    }
}
