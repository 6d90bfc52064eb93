//! Lists: one choice, several, an order of preference, yes or no.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::frame::window;
use super::{Look, View};
use crate::developer::answering::{Session, Typing};
use crate::developer::phrases::Phrases;
use crate::response::answer::holds;
use crate::response::{Answer, Pick};
use crate::screen::text::{cut, width, wrap};
use crate::survey::{Choice, Kind};

/// One line of a list before it is wrapped.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) mark: String,
    pub(super) label: String,
    pub(super) style: Style,
    pub(super) is_under_cursor: bool,
}

pub(super) fn view(session: &Session, look: Look<'_>) -> View {
    let Some(question) = session.question() else { return View::default() };
    let choices = question.kind.choices();
    let is_multi = matches!(question.kind, Kind::Multi { .. });
    let mut view = View::default();
    if session.focus().typing == Typing::Filter {
        return filtered(session, choices, look);
    }
    for at in session.visible() {
        let entry = entry(session, &choices[at], at, is_multi, look);
        let own_words = session.focus().typing == Typing::Other && choices[at].other;
        push(&mut view, &entry, look);
        if own_words {
            view.append(super::entry::inline(session, look, 7));
        }
    }
    match &question.kind {
        Kind::Multi { min, max, choices } => with_bounds(view, *min, *max, choices.len(), look),
        _ => view,
    }
}

/// Says how many choices go together: under the list, or above it where the list has to scroll.
fn with_bounds(mut list: View, min: usize, max: usize, count: usize, look: Look<'_>) -> View {
    let bounds = bounds(min, max, count, look);
    if !look.is_low() {
        list.push("");
        list.push_wrapped(&bounds, look, look.theme.faint());
        return list;
    }
    let mut view = View::default();
    if min > 1 || max < count {
        view.push_wrapped(&bounds, look, look.theme.faint());
    }
    view.pinned = view.lines.len();
    view.append(View { focus: list.focus.or(Some((0, 0))), ..list });
    view
}

fn entry(session: &Session, choice: &Choice, at: usize, is_multi: bool, look: Look<'_>) -> Entry {
    let is_chosen = holds(session.picks(), choice);
    let mark = match (is_multi, is_chosen) {
        (true, true) => "■",
        (true, false) => "□",
        (false, true) => "●",
        (false, false) => "○",
    };
    let words = session.picks().iter().find_map(Pick::own_words);
    let label = match words.filter(|_| choice.other) {
        Some(words) => format!("{}: {words}", choice.label),
        None if choice.other => (look.phrases.lists.type_it)(&choice.label),
        None => choice.label.to_string(),
    };
    let style = if is_chosen { look.theme.chosen() } else { look.theme.text() };
    Entry { key: key(at), mark: mark.to_owned(), label, style, is_under_cursor: session.focus().cursor == Some(at) }
}

/// Gives the key of a place: 1 to 9, 0 for the tenth, none after that.
fn key(at: usize) -> String {
    match at {
        0..=8 => (at + 1).to_string(),
        9 => "0".to_owned(),
        _ => " ".to_owned(),
    }
}

pub(super) fn push(view: &mut View, entry: &Entry, look: Look<'_>) {
    let pointer = if entry.is_under_cursor { "▸" } else { " " };
    let head = format!("{pointer} {} {} ", entry.key, entry.mark);
    let indent = width(&head);
    let start = view.lines.len();
    let style = if entry.is_under_cursor { look.theme.cursor() } else { entry.style };
    for (at, line) in wrap(&entry.label, look.columns.saturating_sub(indent).max(4)).into_iter().enumerate() {
        let lead = if at == 0 { Span::styled(head.clone(), entry.style) } else { Span::raw(" ".repeat(indent)) };
        view.push(Line::from(vec![lead, Span::styled(line, style)]));
    }
    if entry.is_under_cursor {
        view.focus = Some((start, view.lines.len() - 1));
    }
}

/// The most lines of what a filter finds, so that what is below it doesn't move with each key, on tall screens too.
const MOST_FOUND: usize = 9;

/// Gives the filter over what it finds; of that only as much as leaves the filter in sight.
fn filtered(session: &Session, choices: &[Choice], look: Look<'_>) -> View {
    let mut found = View::default();
    for at in session.visible() {
        // Digits are a part of what is looked for.
        push(&mut found, &Entry { key: " ".to_owned(), ..entry(session, &choices[at], at, false, look) }, look);
    }
    let room = if look.is_low() { look.height.saturating_sub(3) } else { (look.height / 2).min(MOST_FOUND) };
    let (lines, _) = window(&found, room.max(2), look);
    let mut view = filter(session, look);
    view.lines.extend(lines.into_owned());
    view.focus = Some((0, view.lines.len() - 1));
    view
}

/// Gives the field of the filter: its end where it is too long.
fn filter(session: &Session, look: Look<'_>) -> View {
    let (before, after) = session.focus().field.split();
    let found = format!("   {}", (look.phrases.lists.found)(session.visible().len()));
    let room = look.columns.saturating_sub(width(&found) + 3).max(4);
    let start = before.grapheme_indices(true).map(|(at, _)| at).find(|at| width(&before[*at..]) < room);
    let before =
        if width(before) < room { before.to_owned() } else { format!("…{}", &before[start.unwrap_or(before.len())..]) };
    let after = cut(after, room.saturating_sub(width(&before)));
    let cursor = u16::try_from(2 + width(&before)).unwrap_or(u16::MAX);
    let line = Line::from(vec![
        Span::styled("/ ", look.theme.accent()),
        Span::styled(before + &after, look.theme.text()),
        Span::styled(found, look.theme.faint()),
    ]);
    View { lines: vec![line], cursor: Some((cursor, 0)), ..View::default() }
}

/// Says how many choices go together.
fn bounds(min: usize, max: usize, count: usize, look: Look<'_>) -> String {
    let say = &look.phrases.lists;
    match (min > 1, max < count) {
        (true, true) if min == max => (say.choose_exactly)(max),
        (true, true) => (say.choose_between)(min, max),
        (true, false) => (say.choose_at_least)(min),
        (false, true) => (say.choose_up_to)(max),
        (false, false) => say.choose_any.to_owned(),
    }
}

pub(super) fn ranking(session: &Session, look: Look<'_>) -> View {
    let (order, choices) = (session.order(), session.choices());
    let mut view = View::default();
    for (at, choice) in choices.iter().enumerate() {
        let rank = order.iter().position(|code| *code == choice.code).map(|rank| rank + 1);
        let mark = rank.map_or("  ·".to_owned(), |rank| format!("{:>3}", format!("#{rank}")));
        let style = if rank.is_some() { look.theme.chosen() } else { look.theme.text() };
        let is_under_cursor = session.focus().cursor == Some(at);
        push(&mut view, &Entry { key: key(at), mark, label: choice.label.to_string(), style, is_under_cursor }, look);
    }
    view.push("");
    let say = &look.phrases.lists;
    let text = match choices.len() - order.len() {
        0 => say.all_ranked.to_owned(),
        left if order.is_empty() => (say.first_preference)(left),
        left => (say.next_preference)(left),
    };
    view.push_wrapped(&text, look, look.theme.faint());
    view
}

pub(super) fn boolean(session: &Session, look: Look<'_>) -> View {
    let chosen = match session.answer() {
        Some(Answer::Boolean(yes)) => Some(usize::from(!yes)),
        _ => None,
    };
    let mut view = View::default();
    let Phrases { yes_key, answers, .. } = look.phrases;
    for (at, (key, label)) in [(*yes_key, answers.yes_label), ('n', answers.no_label)].into_iter().enumerate() {
        let mark = if chosen == Some(at) { "●" } else { "○" };
        let style = if chosen == Some(at) { look.theme.chosen() } else { look.theme.text() };
        let is_under_cursor = session.focus().cursor == Some(at);
        let entry = Entry { key: key.to_string(), mark: mark.to_owned(), label: label.to_owned(), style, is_under_cursor };
        push(&mut view, &entry, look);
    }
    view
}
