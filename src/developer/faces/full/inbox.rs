//! The inbox: at most what fits one glance.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use super::status::{bar, spread};
use super::{Block, Look, Page, View, draw_page};
use crate::developer::faces::{is_too_small, words};
use crate::developer::inbox::{Inbox, Item, State};
use crate::screen::text::{cut, width};
use crate::screen::theme::Theme;

/// Draws the inbox, or nothing where there is no room for it.
pub fn draw(frame: &mut Frame<'_>, inbox: &Inbox, theme: &Theme) {
    let area = frame.area();
    if is_too_small((area.width, area.height)) {
        return;
    }
    let block = Block::of(area);
    let columns = usize::from(block.width);
    let look = Look { theme, phrases: inbox.phrases(), columns, height: block.body_height() };
    let say = &look.phrases.inbox;
    let hints = [("↑↓", say.choose), ("⏎", say.open_it), ("q", say.leave), ("?", say.help)];
    let hints = hints.map(|(key, does)| format!("{key} {does}"));
    let page = Page {
        header: spread(Span::styled("dxpulse", theme.accent()), vec![Span::styled(say.title, theme.faint())], columns),
        body: body(inbox, look),
        status: vec![status(inbox, look)],
        hints: bar(&hints, &[], look),
    };
    draw_page(frame.buffer_mut(), &block, &page, look);
}

fn status(inbox: &Inbox, look: Look<'_>) -> Line<'static> {
    match &inbox.notice {
        Some(notice) => Line::styled(cut(notice, look.columns), look.theme.warning()),
        None => {
            let say = &look.phrases.inbox;
            let known = if inbox.known.is_empty() { say.known.to_owned() } else { (say.known_of)(&inbox.known.join(", ")) };
            Line::styled(cut(&known, look.columns), look.theme.faint())
        }
    }
}

fn body(inbox: &Inbox, look: Look<'_>) -> View {
    let (mut view, say) = (View::default(), &look.phrases.inbox);
    if inbox.is_help {
        for (keys, does) in inbox.keys() {
            let line = vec![
                Span::styled(format!("{keys:<14}"), look.theme.accent()),
                Span::styled(cut(does, look.columns.saturating_sub(14)), look.theme.text()),
            ];
            view.push(Line::from(line));
        }
        return view;
    }
    if inbox.is_first_start {
        say.greeting.iter().for_each(|line| view.push_wrapped(line, look, look.theme.text()));
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
