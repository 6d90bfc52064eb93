//! The header, the status line and the hint bar: the same places on every screen.

use ratatui::text::{Line, Span};

use crate::developer::answering::{Context, Saving, Session};
use crate::developer::faces::words;
use crate::screen::text::{cut, width};
use crate::screen::theme::Theme;

/// Gives the title on the left, progress and time left on the right.
pub(super) fn header(session: &Session, theme: &Theme, columns: u16) -> Line<'static> {
    let columns = usize::from(columns);
    let progress = progress(session, columns);
    let title = cut(&session.survey().title, columns.saturating_sub(width(&progress) + 2));
    spread(Span::styled(title, theme.accent()), vec![Span::styled(progress, theme.faint())], columns)
}

/// Puts one span on the left and the others on the right.
pub(crate) fn spread(left: Span<'static>, right: Vec<Span<'static>>, columns: usize) -> Line<'static> {
    let used = width(&left.content) + right.iter().map(|span| width(&span.content)).sum::<usize>();
    let gap = Span::raw(" ".repeat(columns.saturating_sub(used)));
    let mut spans = vec![left, gap];
    spans.extend(right);
    Line::from(spans)
}

fn progress(session: &Session, columns: usize) -> String {
    let (number, asked) = session.number();
    let Some(_) = session.question() else {
        return if columns < 30 { String::new() } else { "review".to_owned() };
    };
    if columns < 50 {
        return format!("{number}/{asked}");
    }
    let done = number - 1;
    let dots = format!("{}{}", "●".repeat(number), "○".repeat(asked - number));
    let dots = if asked <= 10 { dots } else { bar(done, asked) };
    format!("{dots}  {number} of {asked} · {} left", words::duration(session.seconds_left()))
}

fn bar(done: usize, asked: usize) -> String {
    let filled = (done * 10).div_ceil(asked);
    format!("{}{}", "━".repeat(filled), "─".repeat(10 - filled))
}

/// Gives the line between body and hints: a notice, or what is answered and what is saved.
pub(super) fn line(session: &Session, theme: &Theme, columns: u16) -> Line<'static> {
    let columns = usize::from(columns);
    let saved = saved(session, columns < 50);
    let style = if session.saving() == Saving::Failed { theme.warning() } else { theme.good() };
    let right = if saved.is_empty() { Vec::new() } else { vec![Span::styled(format!(" {saved}"), style)] };
    let room = columns.saturating_sub(width(&saved) + 2);
    if let Some(notice) = session.notice() {
        return spread(Span::styled(cut(&format!("! {notice}"), room), theme.warning()), right, columns);
    }
    let answer = words::reply(session, room.saturating_sub(6));
    let left = if answer.is_empty() { String::new() } else { cut(&format!("── {answer} "), room) };
    let rest = "─".repeat(columns.saturating_sub(width(&left) + width(&saved) + usize::from(!saved.is_empty())));
    let mut spans = vec![Span::styled(left, theme.text()), Span::styled(rest, theme.faint())];
    spans.extend(right);
    Line::from(spans)
}

fn saved(session: &Session, is_narrow: bool) -> String {
    let count = session.replied();
    match session.saving() {
        Saving::Untouched => String::new(),
        Saving::Saved if count == 0 => String::new(),
        Saving::Underway => "… saving".to_owned(),
        Saving::Failed => "✗ not saved".to_owned(),
        Saving::Saved if is_narrow => format!("✓ {count} saved"),
        Saving::Saved => format!("✓ {} saved", words::count(count, "reply", "replies")),
    }
}

/// Gives the hint bar in at most two lines: the keys on the left, where answers are on the right.
pub(super) fn hints(session: &Session, theme: &Theme, columns: u16) -> Vec<Line<'static>> {
    let columns = usize::from(columns);
    let place = where_kept(columns);
    let hints = session.hints().into_iter().map(|(key, does)| format!("{key} {does}")).collect::<Vec<_>>();
    let is_overlay = matches!(session.context(), Context::Menu | Context::Help | Context::Decline);
    let last = if is_overlay { None } else { hints.iter().position(|hint| hint.starts_with('?') || hint.starts_with("f1")) };
    bar_lines(&hints, last, place, theme, columns)
}

/// Says where answers are.
pub(crate) fn where_kept(columns: usize) -> &'static str {
    if columns < 60 { "◈ local" } else { "◈ stays on this machine" }
}

/// Sets hints in lines: one line when they fit, two otherwise; what doesn't fit gives way to a mark, the one at `keep` never.
pub(crate) fn bar_lines(hints: &[String], keep: Option<usize>, place: &str, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let kept = keep.map(|at| hints[at].clone());
    let mut shown = String::new();
    let reserve = width(place) + 2 + kept.as_ref().map_or(0, |kept| width(kept) + 3);
    let mut left_out = false;
    for (at, hint) in hints.iter().enumerate() {
        if Some(at) == keep {
            continue;
        }
        let longer = if shown.is_empty() { hint.clone() } else { format!("{shown} · {hint}") };
        if width(&longer) + reserve + 2 > columns {
            left_out = true;
            break;
        }
        shown = longer;
    }
    if left_out {
        shown.push_str(" …");
    }
    if let Some(kept) = kept {
        shown = if shown.is_empty() { kept } else { format!("{shown} · {kept}") };
    }
    let shown = cut(&shown, columns.saturating_sub(width(place) + 1));
    vec![spread(Span::styled(shown, theme.faint()), vec![Span::styled(place.to_owned(), theme.good())], columns)]
}
