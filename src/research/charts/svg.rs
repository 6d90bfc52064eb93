//! The pieces pictures are made of.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;

use crate::screen::text::width;

/// How wide every picture is.
pub(super) const WIDTH: f64 = 420.0;

/// A picture that is being drawn.
#[derive(Debug, Default)]
pub(super) struct Svg(String);

/// Where a text stands to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Svg {
    pub(super) fn rect(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), class: &str) {
        let [x, y, width, height] = [x, y, width.max(0.0), height.max(0.0)].map(short);
        let _ = write!(self.0, r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" class="{class}"/>"#);
    }

    pub(super) fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), class: &str) {
        let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(short);
        let _ = write!(self.0, r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" class="{class}"/>"#);
    }

    pub(super) fn dot(&mut self, (x, y): (f64, f64), radius: f64, class: &str) {
        let [x, y, radius] = [x, y, radius].map(short);
        let _ = write!(self.0, r#"<circle cx="{x}" cy="{y}" r="{radius}" class="{class}"/>"#);
    }

    pub(super) fn text(&mut self, (x, y): (f64, f64), (anchor, class): (Anchor, &str), text: &str) {
        let [x, y] = [x, y].map(short);
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ = write!(self.0, r#"<text x="{x}" y="{y}" text-anchor="{anchor}" class="{class}">{}</text>"#, escape(text));
    }

    /// Gives the picture with what it shows in words.
    pub(super) fn finish(self, height: f64, title: &str) -> String {
        let (height, title) = (short(height), escape(title));
        format!(r#"<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{title}"><title>{title}</title>{}</svg>"#, self.0)
    }
}

/// Gives a length with at most one decimal.
fn short(number: f64) -> String {
    let text = format!("{number:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Makes a text safe to stand in HTML and SVG.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c if c.is_control() && c != '\n' => {}
            c => safe.push(c),
        }
    }
    safe
}

/// Breaks a text into at most two lines of so many letters each, of which wide ones count twice.
pub(super) fn two_lines(text: &str, most: usize) -> Vec<String> {
    let fits = fitting(text, most);
    if fits == text.len() {
        return vec![text.to_owned()];
    }
    let (line, rest) = text.split_at(text[..fits].rfind(' ').unwrap_or(fits));
    vec![line.to_owned(), cut(rest.trim_start(), most)]
}

/// Gives a text that takes at most so many letters, of which wide ones count twice.
pub(super) fn cut(text: &str, most: usize) -> String {
    if fitting(text, most) == text.len() {
        return text.to_owned();
    }
    format!("{}…", text[..fitting(text, most.saturating_sub(1))].trim_end())
}

/// Gives how many bytes of a text take at most so many letters.
fn fitting(text: &str, most: usize) -> usize {
    let mut taken = 0;
    let is_over = |(_, letter): &(usize, &str)| {
        taken += width(letter);
        taken > most
    };
    text.grapheme_indices(true).find(is_over).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_count_twice() {
        assert_eq!(cut("abcdefgh", 8), "abcdefgh");
        assert_eq!(cut("abcdefghi", 8), "abcdefg…");
        assert_eq!(cut("開発者体験", 8), "開発者…");
        assert_eq!(two_lines("開発者体験アンケート", 8), ["開発者体", "験アン…"]);
        assert_eq!(two_lines("how likely are you", 10), ["how", "likely ar…"]);
    }
}
