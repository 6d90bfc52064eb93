//! The inbox: at most what fits one glance.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use super::overlay::listed;
use super::status::{bar, spread};
use super::{Block, Look, Page, View, draw_page};
use crate::developer::faces::{is_too_small, words};
use crate::developer::inbox::{Inbox, Item, State};
use crate::developer::phrases::Destination;
use crate::screen::text::{cut, width};
use crate::screen::theme::Theme;

/// Draws the inbox, or nothing where there is no room for it.
pub fn draw(frame: &mut Frame<'_>, inbox: &Inbox, theme: &Theme) {
    let area = frame.area();
    if is_too_small((area.width, area.height)) {
        return;
    }
    let mut block = Block::of(area);
    let columns = usize::from(block.width);
    let look = |block: &Block| Look { theme, phrases: inbox.phrases(), columns, height: block.body_height() };
    let roomy = look(&block);
    let status = status(inbox, &mut block, roomy);
    let (look, say) = (look(&block), &inbox.phrases().inbox);
    let mut hints = [("↑↓", say.choose), ("⏎", say.open_it), ("q", say.leave), ("?", say.help)];
    // Arrows are the first that are tried without being told.
    if columns < 50 {
        hints.rotate_left(1);
    }
    let hints = hints.map(|(key, does)| format!("{key} {does}"));
    let goes = inbox.goes();
    let page = Page {
        header: spread(Span::styled("dxpulse", theme.accent()), vec![Span::styled(say.title, theme.faint())], columns),
        body: body(inbox, look),
        status,
        hints: bar((&hints, &[]), goes != Destination::Here, Look { phrases: inbox.bound_for(goes), ..look }),
    };
    draw_page(frame.buffer_mut(), &block, &page, look);
}

/// Gives a notice, or what the developer must know of the survey under the cursor and what is known of them, in as many lines as the
/// block has for it. The help takes no lines from itself.
fn status(inbox: &Inbox, block: &mut Block, look: Look<'_>) -> Vec<Line<'static>> {
    let mut view = View::default();
    match &inbox.notice {
        Some(notice) => view.push_wrapped(notice, look, look.theme.warning()),
        None => {
            if let Some(warning) = inbox.bound_for(inbox.goes()).warning {
                view.push_wrapped(warning, look, look.theme.warning());
            }
            for text in [Some(&*inbox.known_in_words()), inbox.class_in_words()].into_iter().flatten() {
                view.push_wrapped(text, look, look.theme.faint());
            }
        }
    }
    let mut lines = view.lines;
    if inbox.is_help && lines.len() > block.status_height() {
        return Vec::new();
    }
    let room = block.with_status(lines.len());
    if lines.len() > room {
        let rest = lines.split_off(room - 1);
        let text = rest.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        lines.push(Line::styled(cut(&text, look.columns), rest[0].style));
    }
    lines
}

fn body(inbox: &Inbox, look: Look<'_>) -> View {
    let (mut view, say) = (View::default(), &look.phrases.inbox);
    if inbox.is_help {
        return listed(&inbox.keys(), look);
    }
    if inbox.is_first_start {
        // Where there is no room for more, what becomes of answers is what must be known.
        let greeting = if look.is_low() { &say.greeting[1..2] } else { &say.greeting[..] };
        greeting.iter().for_each(|line| view.push_wrapped(line, look, look.theme.text()));
    }
    let mut heading = "";
    for (at, item) in inbox.items().iter().enumerate() {
        if item.state.heading(look.phrases) != heading {
            heading = item.state.heading(look.phrases);
            if !view.lines.is_empty() {
                view.push("");
            }
            view.push(Line::styled(heading, look.theme.question()));
        }
        let is_under_cursor = at == inbox.cursor();
        view.push(line(item, at, is_under_cursor, look));
        if is_under_cursor {
            let last = view.lines.len() - 1;
            view.focus = Some((last, last));
        }
    }
    if inbox.on_request > 0 {
        view.push("");
        view.push_wrapped(&(say.on_request)(inbox.on_request), look, look.theme.faint());
    } else if inbox.items().is_empty() {
        view.push_wrapped(say.none, look, look.theme.text());
    }
    view
}

fn line(item: &Item, at: usize, is_under_cursor: bool, look: Look<'_>) -> Line<'static> {
    let (glyph, detail) = detail(item, look);
    let key = if at < 9 { (at + 1).to_string() } else { " ".to_owned() };
    let head = format!("{} {key} {glyph} ", if is_under_cursor { "▸" } else { " " });
    let room = look.columns.saturating_sub(width(&head));
    let detail = cut(&detail, room / 2);
    let title = cut(&item.title, room.saturating_sub(width(&detail) + 2));
    let gap = " ".repeat(room.saturating_sub(width(&title) + width(&detail)));
    let style = if is_under_cursor { look.theme.cursor() } else { look.theme.text() };
    Line::from(vec![
        Span::styled(head, look.theme.accent()),
        Span::styled(title, style),
        Span::raw(gap),
        Span::styled(detail, look.theme.faint()),
    ])
}

/// Gives the state's glyph and what stands at the end of the line; where it is narrow, the day says the most.
fn detail(item: &Item, look: Look<'_>) -> (&'static str, String) {
    let (phrases, say, is_narrow) = (look.phrases, &look.phrases.inbox, look.columns < 50);
    let minutes = || words::minutes(item.minutes, phrases);
    match (&item.state, &item.until) {
        (State::Draft { replied, asked, .. }, Some(until)) => ("◐", (say.draft_until)(*replied, *asked, until)),
        (State::Draft { replied, asked, saved }, None) => ("◐", (say.draft)(*replied, *asked, saved)),
        (State::Open, Some(until)) if is_narrow => ("○", until.clone()),
        (State::Open, Some(until)) => ("○", [minutes(), until.clone()].join(phrases.lists.between)),
        (State::Open, None) => ("○", minutes()),
        (State::Answered(on), _) if is_narrow => ("✓", on.clone()),
        (State::Declined(on), _) if is_narrow => ("–", on.clone()),
        (State::Answered(on), _) => ("✓", (say.answered)(on)),
        (State::Declined(on), _) => ("–", (say.declined)(on)),
        (State::Closed(when), _) => ("·", when.clone()),
    }
}
