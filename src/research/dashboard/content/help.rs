//! The keys.

use ratatui::text::{Line, Span};

use super::{Figure, Look};
use crate::research::dashboard::keys::BINDINGS;
use crate::screen::text::{cut, width, wrap};

/// Gives what each key does.
pub(super) fn keys(look: Look<'_>) -> Figure {
    let shown: Vec<String> = BINDINGS.iter().map(super::super::keys::Binding::shown).collect();
    let beside = shown.iter().map(|keys| width(keys)).max().unwrap_or_default() + 2;
    // Where there is no room beside the keys, what they do stands below them.
    let is_beside = look.columns >= beside + 16;
    let indent = if is_beside { beside } else { 2 };
    let mut figure = look.heading("Keys");
    for (keys, binding) in shown.iter().zip(BINDINGS) {
        let mut lines = wrap(binding.help, look.columns.saturating_sub(indent)).into_iter();
        let first = if is_beside { lines.next().unwrap_or_default() } else { String::new() };
        let gap = if is_beside { " ".repeat(beside - width(keys)) } else { String::new() };
        let keys = cut(keys, look.columns);
        figure.push(Line::from(vec![Span::styled(keys, look.theme.accent()), Span::styled(gap + &first, look.theme.text())]));
        figure.extend(lines.map(|line| Line::styled(" ".repeat(indent) + &line, look.theme.text())));
    }
    figure
}
