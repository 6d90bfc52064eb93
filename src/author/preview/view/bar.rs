//! The preview's own two lines: what is previewed and what just happened, and the preview's keys.
//!
//! Where there is no room for them, what must be known takes the last line until the next key.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::super::keys::{BINDINGS, Wish};
use super::super::layout::Layout;
use super::super::questions::{entries, here};
use super::super::state::{Preview, Size, Trial};
use super::{hints, put};
use crate::screen::text::{cut, width};
use crate::screen::theme::Theme;

/// The columns from which on the keys are told with what they change, rather than with what it is now.
const WORDY: u16 = 110;

pub(super) fn draw(buffer: &mut Buffer, layout: &Layout, preview: &Preview, theme: &Theme) {
    let told = told(preview);
    let Some(bar) = layout.bar else {
        if let Some(text) = told {
            let last = Rect { y: layout.page.bottom() - 1, height: 1, ..layout.page };
            let text = cut(&format!(" {text}"), usize::from(last.width));
            let pad = " ".repeat(usize::from(last.width) - width(&text));
            put(buffer, last, &Line::styled(text + &pad, theme.cursor()));
        }
        return;
    };
    put(buffer, bar, &heading(preview, told, usize::from(bar.width), theme));
    let keys = hints(&keys(preview, bar.width), &kept(preview), usize::from(bar.width.saturating_sub(4)));
    let below = Rect { y: bar.y + 1, height: 1, ..bar };
    put(buffer, below, &Line::from(vec![Span::raw("  "), Span::styled(keys, theme.faint())]));
}

/// Gives what just happened, or what must be known of the question that is shown.
fn told(preview: &Preview) -> Option<String> {
    if preview.note.is_some() || preview.covers_survey() {
        return preview.note.clone();
    }
    let trial = preview.trial.as_ref().filter(|_| preview.shows_hidden())?;
    let entries = entries(trial);
    entries[here(trial, &entries)].hidden_until()
}

fn heading(preview: &Preview, told: Option<String>, columns: usize, theme: &Theme) -> Line<'static> {
    let (dots, faint) = (|count: usize| "┄".repeat(count), theme.faint());
    let told = told.map(|text| cut(&format!(" {text} "), columns.saturating_sub(16))).unwrap_or_default();
    let room = columns.saturating_sub(width(&told) + 16);
    let name = name(preview, room);
    let rest = columns.saturating_sub(2 + width(" preview") + width(&name) + width(&told) + 2);
    Line::from(vec![
        Span::styled(dots(2), faint),
        Span::styled(" preview", theme.accent()),
        Span::styled(name, faint),
        Span::styled(dots(rest), faint),
        Span::styled(told, theme.text()),
        Span::styled(dots(2), faint),
    ])
}

/// Gives the file with what must be known of it, as much as there is room for; the folder is left out first.
fn name(preview: &Preview, room: usize) -> String {
    let before = preview.broken.as_ref().map(|_| "before its problems".to_owned());
    let texts = preview.other_texts().map(|language| format!("texts in {language}"));
    let facts: Vec<String> = before.into_iter().chain(texts).chain(["nothing is stored".to_owned()]).collect();
    let names = [preview.name.as_str(), preview.name.rsplit('/').next().unwrap_or_default()];
    let with = |many: usize| names.map(|name| format!(" {} ", [&[name.to_owned()], &facts[..many]].concat().join(", ")));
    (0..=facts.len()).rev().flat_map(with).find(|name| width(name) <= room).unwrap_or_else(|| " ".to_owned())
}

/// Gives the preview's keys, each with what it is about at the moment.
fn keys(preview: &Preview, columns: u16) -> Vec<String> {
    let key = |binding: &super::super::keys::Binding| binding.shown().swap_remove(0);
    let said = |binding: &super::super::keys::Binding| {
        let value = match (binding.wish, preview.size(), &preview.trial) {
            (Wish::Keys, ..) => return None,
            (Wish::Respondent, _, Some(trial)) if trial.has_chance() => {
                return Some(format!("{} {}", key(binding), binding.word));
            }
            (Wish::Respondent, ..) => return None,
            (Wish::Size, Size::Window, _) => "window".to_owned(),
            (Wish::Size, Size::Cells(columns, rows), _) => format!("{columns}×{rows}"),
            (Wish::Language, _, Some(Trial { survey, .. })) => preview.language(survey).to_owned(),
            _ => return Some(format!("{} {}", key(binding), binding.word)),
        };
        let word = if columns >= WORDY { format!("{} {value}", binding.word) } else { value };
        Some(format!("{} {word}", key(binding)))
    };
    if preview.open_problems().is_some() { Vec::new() } else { BINDINGS.iter().filter_map(said).collect() }
}

fn kept(preview: &Preview) -> String {
    let keys = BINDINGS.iter().find(|binding| binding.wish == Wish::Keys && preview.open_problems().is_none());
    keys.map(|binding| format!("{} {}", binding.shown()[0], binding.word)).unwrap_or_default()
}
