//! The keys.

use ratatui::text::{Line, Span};

use super::{Figure, Look};
use crate::research::dashboard::keys::BINDINGS;
use crate::screen::text::{width, wrap};

/// Gives what each key does.
pub(super) fn keys(look: Look<'_>) -> Figure {
    let shown: Vec<String> = BINDINGS.iter().map(super::super::keys::Binding::shown).collect();
    let beside = shown.iter().map(|keys| width(keys)).max().unwrap_or_default() + 2;
    let mut figure = look.heading("Keys");
    for (keys, binding) in shown.iter().zip(BINDINGS) {
        let lines = wrap(binding.help, look.columns.saturating_sub(beside).max(1));
        for (at, line) in lines.into_iter().enumerate() {
            let keys = if at == 0 { keys.as_str() } else { "" };
            let gap = " ".repeat(beside - width(keys));
            figure.push(Line::from(vec![
                Span::styled(keys.to_owned(), look.theme.accent()),
                Span::raw(gap),
                Span::styled(line, look.theme.text()),
            ]));
        }
    }
    figure
}
