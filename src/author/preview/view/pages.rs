//! The preview's own pages, in the places that the survey's screens have: header, body, status and hints.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::super::content::{Tone, rows, stored};
use super::super::file::Trouble;
use super::super::questions::{Entry, Mark, entries};
use super::super::state::{Panel, Preview, Trial};
use super::hints;
use crate::author::lint::report::counted;
use crate::developer::answering::Outcome;
use crate::developer::faces::full::{Block, Look, Page, View, draw_page, page_size, spread};
use crate::developer::phrases::Phrases;
use crate::screen::text::{cut, width, wrap};
use crate::screen::theme::Theme;

/// The widest the ids of questions get in the list, in columns.
const WIDEST_ID: usize = 18;

/// What a page says around its body.
struct Around {
    title: String,
    about: String,
    status: String,
    hints: &'static [&'static str],
    kept: &'static str,
}

pub(super) fn draw(buffer: &mut Buffer, area: Rect, preview: &Preview, theme: &Theme) -> Option<Position> {
    let (columns, height) = page_size(area);
    let (around, body) = match (preview.open_problems(), preview.panel, preview.end, &preview.trial) {
        (Some(broken), ..) => (of_trouble(preview, &broken.trouble), read(preview, broken.first, (columns, height), theme)),
        (None, Some(Panel::Questions(at)), _, Some(trial)) => questions(trial, at, columns, theme),
        (None, Some(Panel::Response(first)), _, Some(trial)) => {
            (of_response(preview, trial), read(preview, first, (columns, height), theme))
        }
        (None, Some(Panel::Keys(first)), ..) => (of_keys(), read(preview, first, (columns, height), theme)),
        (None, _, Some(outcome), Some(_)) => end(preview, outcome, columns, theme),
        _ => return None,
    };
    let about = cut(&around.about, columns / 2);
    let title = cut(&around.title, columns.saturating_sub(width(&about) + 2));
    let keys = hints(&around.hints.iter().map(|hint| (*hint).to_owned()).collect::<Vec<_>>(), around.kept, columns);
    let status = match around.status.as_str() {
        "" => "─".repeat(columns),
        text => {
            let text = cut(&format!("── {text} "), columns);
            let rest = columns - width(&text);
            text + &"─".repeat(rest)
        }
    };
    let page = Page {
        header: spread(Span::styled(title, theme.accent()), vec![Span::styled(about, theme.faint())], columns),
        body,
        status: vec![Line::styled(status, theme.faint())],
        hints: Line::styled(keys, theme.faint()),
    };
    // An author's tool speaks English, whatever the survey speaks.
    let look = Look { theme, phrases: Phrases::ENGLISH, columns, height };
    draw_page(buffer, &Block::of(area), &page, look).map(Position::from)
}

/// Gives the lines of a page that is read, from one of them on.
fn read(preview: &Preview, first: usize, (columns, height): (usize, usize), theme: &Theme) -> View {
    let rows = rows(preview, columns);
    let first = first.min(rows.len().saturating_sub(height));
    let style = |tone: Tone| match tone {
        Tone::Heading => theme.question(),
        Tone::Text => theme.text(),
        Tone::Mark => theme.warning(),
        Tone::Faint => theme.faint(),
    };
    let lines = rows.into_iter().map(|row| Line::styled(row.text, style(row.tone))).collect();
    // The first and the last line in sight give way to the marks for what is hidden.
    let focus = (first > 0).then(|| (first + 1, (first + height).saturating_sub(2)));
    View { lines, focus, ..View::default() }
}

fn of_trouble(preview: &Preview, trouble: &Trouble) -> Around {
    let about = match trouble {
        Trouble::Unreadable(_) => "can't be read".to_owned(),
        Trouble::Problems(checked) => counted(checked.findings.len(), "problem"),
    };
    let (status, hints): (_, &[_]) = match preview.trial {
        Some(_) => ("the answers so far wait beneath", &["↑↓ scroll", "esc close"]),
        None => ("the survey comes once it is mended", &["↑↓ scroll"]),
    };
    Around { title: preview.name.clone(), about, status: status.to_owned(), hints, kept: "q quit" }
}

fn of_response(preview: &Preview, trial: &Trial) -> Around {
    let status = stored(preview, trial).1.unwrap_or_else(|| "complete: it could be sent off".to_owned());
    Around {
        title: "What a submission would store".to_owned(),
        about: "JSON".to_owned(),
        status,
        hints: &["↑↓ scroll"],
        kept: "esc close",
    }
}

fn of_keys() -> Around {
    let title = "Keys of the preview".to_owned();
    Around { title, about: String::new(), status: String::new(), hints: &["↑↓ scroll"], kept: "esc close" }
}

fn questions(trial: &Trial, at: usize, columns: usize, theme: &Theme) -> (Around, View) {
    let entries = entries(trial);
    let at = at.min(entries.len().saturating_sub(1));
    let widest = entries.iter().filter_map(|entry| entry.id.as_ref()).map(|id| width(id.as_str())).max().unwrap_or_default();
    let ids = widest.min(WIDEST_ID).min(columns / 4);
    let lines = entries.iter().enumerate().map(|(place, entry)| line(entry, place == at, ids, columns, theme)).collect();
    let hidden = entries.iter().filter(|entry| entry.hidden.is_some()).count();
    let about = match hidden {
        0 => counted(entries.len() - 1, "question"),
        hidden => format!("{} of {} hidden", hidden, entries.len() - 1),
    };
    let around = Around {
        title: "Questions".to_owned(),
        about,
        status: entries[at].hidden_until().unwrap_or_default(),
        hints: &["↑↓ choose", "⏎ go there"],
        kept: "esc close",
    };
    (around, View { lines, focus: Some((at, at)), ..View::default() })
}

fn line(entry: &Entry, is_under_cursor: bool, ids: usize, columns: usize, theme: &Theme) -> Line<'static> {
    let glyph = match (entry.hidden.is_some(), entry.mark) {
        (true, _) => "◌",
        (_, Mark::Answered) => "✓",
        (_, Mark::Missing) => "–",
        (_, Mark::Open) => "○",
        (_, Mark::None) => "·",
    };
    let number = entry.number.map(|number| number.to_string()).unwrap_or_default();
    let id = cut(entry.id.as_ref().map_or("", |id| id.as_str()), ids);
    let head = format!("{} {glyph} {number:>3}  {id}{}  ", if is_under_cursor { "▸" } else { " " }, " ".repeat(ids - width(&id)));
    let room = columns.saturating_sub(width(&head));
    let why = cut(entry.hidden.as_deref().unwrap_or_default(), room / 2);
    let text = cut(&entry.text, room.saturating_sub(if why.is_empty() { 0 } else { width(&why) + 2 }));
    let gap = " ".repeat(room.saturating_sub(width(&text) + width(&why)));
    let style = match (is_under_cursor, entry.hidden.is_some()) {
        (true, _) => theme.cursor(),
        (false, true) => theme.faint(),
        (false, false) => theme.text(),
    };
    let spans = [(head, theme.accent()), (text, style), (gap, Style::new()), (why, theme.faint())];
    Line::from(spans.into_iter().map(|(text, style)| Span::styled(text, style)).collect::<Vec<_>>())
}

fn end(preview: &Preview, outcome: Outcome, columns: usize, theme: &Theme) -> (Around, View) {
    let (heading, text) = match outcome {
        Outcome::Answered => ("✓ Submitted.", "The response would be stored now."),
        Outcome::Declined => ("– Declined.", "The answers would be deleted now, and the survey not asked again."),
        _ => ("◐ Left for later.", "The answers would be kept as a draft now."),
    };
    let mut lines = vec![Line::styled(heading, theme.question()), Line::raw("")];
    for text in [text, "This is a preview: nothing is stored."] {
        lines.extend(wrap(text, columns).into_iter().map(|line| Line::styled(line, theme.text())));
    }
    let around = Around {
        title: preview.name.clone(),
        about: "the end".to_owned(),
        status: String::new(),
        hints: &["⏎ again", "⌫ back"],
        kept: "q quit",
    };
    (around, View { lines, ..View::default() })
}
