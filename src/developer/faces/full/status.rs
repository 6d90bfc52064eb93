//! The header, the status line and the hint bar: the same places on every screen.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Look;
use crate::developer::answering::{Command, Hint, Saving, Session};
use crate::developer::faces::words;
use crate::screen::text::{cut, width, wrap};

/// What stands in the hint bar for hints that have no room.
const LEFT_OUT: &str = " …";

/// Gives the title on the left, progress and time left on the right.
pub(super) fn header(session: &Session, look: Look<'_>) -> Line<'static> {
    let Look { theme, columns, .. } = look;
    let progress = progress(session, look);
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

fn progress(session: &Session, Look { columns, phrases, .. }: Look<'_>) -> String {
    let (number, asked) = session.number();
    if session.question().is_none() {
        return if columns < 30 { String::new() } else { phrases.status.review.to_owned() };
    }
    // Only notes are on the way.
    if asked == 0 {
        return String::new();
    }
    if columns < 50 {
        return format!("{number}/{asked}");
    }
    let done = number - 1;
    let dots = format!("{}{}", "●".repeat(number), "○".repeat(asked - number));
    let dots = if asked <= 10 { dots } else { gauge(done, asked) };
    let left = (phrases.status.left)(&words::duration(session.seconds_left(), phrases));
    format!("{dots}  {}", (phrases.status.progress)(number, asked, &left))
}

fn gauge(done: usize, asked: usize) -> String {
    let filled = (done * 10).div_ceil(asked);
    format!("{}{}", "━".repeat(filled), "─".repeat(10 - filled))
}

/// Gives the line between body and hints: a notice, or what is answered and what is saved.
pub(super) fn lines(session: &Session, look: Look<'_>) -> Vec<Line<'static>> {
    let Look { theme, columns, .. } = look;
    let saved = saved(session, look);
    let style = if session.saving() == Saving::Failed { theme.warning() } else { theme.good() };
    let right = if saved.is_empty() { Vec::new() } else { vec![Span::styled(format!(" {saved}"), style)] };
    let room = columns.saturating_sub(width(&saved) + 2);
    if let Some(notice) = session.notice() {
        return notice_lines(notice, right, room, look);
    }
    let answer = words::reply(session, room.saturating_sub(4));
    let left = if answer.is_empty() { String::new() } else { cut(&format!("── {answer} "), room) };
    let rest = "─".repeat(columns.saturating_sub(width(&left) + width(&saved) + usize::from(!saved.is_empty())));
    let mut spans = vec![Span::styled(left, theme.text()), Span::styled(rest, theme.faint())];
    spans.extend(right);
    vec![Line::from(spans)]
}

/// Gives a notice in one line, or in two where it needs them; what is saved gives way to it.
fn notice_lines(notice: &str, right: Vec<Span<'static>>, room: usize, look: Look<'_>) -> Vec<Line<'static>> {
    let style = look.theme.warning();
    let mut lines = vec![format!("! {notice}")];
    // On the lowest screens the question has the lines.
    if width(&lines[0]) > room && look.height > 3 {
        let mut wrapped = wrap(&lines[0], look.columns);
        let rest = wrapped.split_off(1).join(" ");
        lines = vec![wrapped.remove(0)];
        lines.extend(Some(rest).filter(|rest| !rest.is_empty()).map(|rest| format!("  {rest}")));
    }
    let last = lines.pop().map(|text| match width(&text) > room {
        true => Line::styled(cut(&text, look.columns), style),
        false => spread(Span::styled(text, style), right, look.columns),
    });
    lines.into_iter().map(|line| Line::styled(line, style)).chain(last).collect()
}

fn saved(session: &Session, look: Look<'_>) -> String {
    let (count, say) = (session.replied(), &look.phrases.status);
    match session.saving() {
        Saving::Untouched => String::new(),
        Saving::Saved if count == 0 => String::new(),
        // What is to be read now has the room.
        Saving::Underway if session.notice().is_some() => String::new(),
        Saving::Underway => say.saving.to_owned(),
        Saving::Failed => say.not_saved.to_owned(),
        Saving::Saved if look.columns < 50 => (say.saved_short)(count),
        Saving::Saved => (say.saved)(count),
    }
}

/// Gives the hint bar: the keys on the left, where answers are on the right. The menu and the help are never left out; where the
/// question is shortened, the help is said to have more of it.
pub(super) fn hints(session: &Session, is_shortened: bool, look: Look<'_>) -> Line<'static> {
    let is_kept = |hint: &Hint| match hint.command {
        Command::Help => true,
        Command::Menu => look.columns >= 60,
        _ => false,
    };
    let more = look.phrases.hints.more;
    let told = |hint: Hint| match hint.command {
        Command::Help if is_shortened => Hint { does: more, ..hint },
        _ => hint,
    };
    let (kept, rest): (Vec<_>, Vec<_>) = session.hints().into_iter().map(told).partition(is_kept);
    let lines = |hints: Vec<Hint>| hints.iter().map(Hint::to_string).collect::<Vec<_>>();
    bar((&lines(rest), &lines(kept)), session.leaves_the_machine(), look)
}

/// Sets hints in one line with where answers are, or go where they leave; what doesn't fit gives way to a mark, what is `kept` never.
pub(crate) fn bar((hints, kept): (&[String], &[String]), leaves: bool, look: Look<'_>) -> Line<'static> {
    let status = &look.phrases.status;
    let (long, short) = if leaves { (status.leaves_here, status.leaves) } else { (status.stays_here, status.local) };
    let place = match look.columns {
        // Its sign alone.
        0..30 => long.split(' ').next().unwrap_or_default(),
        30..60 => short,
        _ => long,
    };
    let kept = kept.iter().map(|hint| format!(" · {hint}")).collect::<String>();
    let room = look.columns.saturating_sub(width(place) + width(&kept) + 2);
    let (mut shown, mut used) = (String::new(), 0);
    for (at, hint) in hints.iter().enumerate() {
        let gap = if at == 0 { "" } else { " · " };
        let needed = used + width(gap) + width(hint);
        // The mark for what is left out needs its place, unless nothing is.
        if needed + if at + 1 == hints.len() { 0 } else { width(LEFT_OUT) } > room {
            shown.push_str(if used + width(LEFT_OUT) > room { "" } else { LEFT_OUT });
            break;
        }
        shown.extend([gap, hint]);
        used = needed;
    }
    let shown = cut(format!("{shown}{kept}").trim_start_matches(" · "), look.columns.saturating_sub(width(place) + 1));
    let place = Span::styled(place, tone(look));
    spread(Span::styled(shown, look.theme.faint()), vec![place], look.columns)
}

/// Gives the style of where answers go: what the respondent must know of it is no comfort.
pub(super) fn tone(look: Look<'_>) -> Style {
    if look.phrases.warning.is_some() { look.theme.warning() } else { look.theme.good() }
}
