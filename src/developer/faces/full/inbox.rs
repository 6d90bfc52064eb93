//! The inbox: at most what fits one glance.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use super::status::{bar, spread};
use super::{Block, Look, Page, View, draw_page};
use crate::developer::faces::words;
use crate::developer::inbox::{Inbox, Item, KEYS, State};
use crate::screen::text::{cut, width};
use crate::screen::theme::Theme;

/// What dxpulse is, what leaves the machine, and how to turn it off.
const GREETING: [&str; 3] = [
    "Short surveys on how your developer platform treats you, one key an answer.",
    "Nothing leaves this machine; \"dxpulse forget\" deletes what you answered.",
    "It never starts by itself; DO_NOT_TRACK=1 opts out for good.",
];

/// Draws the inbox.
pub fn draw(frame: &mut Frame<'_>, inbox: &Inbox, theme: &Theme) {
    let block = Block::of(frame.area());
    let columns = usize::from(block.width);
    let look = Look { theme, columns, height: block.body_height() };
    let hints = ["↑↓ choose", "⏎ open", "q leave", "? help"].map(str::to_owned);
    let page = Page {
        header: spread(Span::styled("dxpulse", theme.accent()), vec![Span::styled("inbox", theme.faint())], columns),
        body: body(inbox, look),
        status: vec![status(inbox, look)],
        hints: bar(&hints, &[], look),
    };
    draw_page(frame.buffer_mut(), &block, &page, theme);
}

fn status(inbox: &Inbox, look: Look<'_>) -> Line<'static> {
    match &inbox.notice {
        Some(notice) => Line::styled(cut(notice, look.columns), look.theme.warning()),
        None => Line::styled(cut("Known about who you are: nothing.", look.columns), look.theme.faint()),
    }
}

fn body(inbox: &Inbox, look: Look<'_>) -> View {
    let mut view = View::default();
    if inbox.is_help {
        for (keys, does) in KEYS {
            let line = vec![
                Span::styled(format!("{keys:<14}"), look.theme.accent()),
                Span::styled(cut(does, look.columns.saturating_sub(14)), look.theme.text()),
            ];
            view.push(Line::from(line));
        }
        return view;
    }
    if inbox.is_first_start {
        GREETING.iter().for_each(|line| view.push_wrapped(line, look, look.theme.text()));
    }
    let mut heading = "";
    for (at, item) in inbox.items().iter().enumerate() {
        if item.state.heading() != heading {
            heading = item.state.heading();
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
    if inbox.items().is_empty() {
        view.push_wrapped("No surveys. Put a survey's TOML file in your surveys folder.", look, look.theme.text());
    }
    view
}

fn line(item: &Item, at: usize, is_under_cursor: bool, look: Look<'_>) -> Line<'static> {
    let (glyph, detail) = detail(item, look.columns < 50);
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
fn detail(item: &Item, is_narrow: bool) -> (&'static str, String) {
    match (&item.state, &item.until) {
        (State::Draft { replied, asked, .. }, Some(until)) => ("◐", format!("{replied} of {asked}, {until}")),
        (State::Draft { replied, asked, saved }, None) => ("◐", format!("{replied} of {asked}, saved {saved}")),
        (State::Open, Some(until)) if is_narrow => ("○", until.clone()),
        (State::Open, Some(until)) => ("○", format!("{}, {until}", words::minutes(item.minutes))),
        (State::Open, None) => ("○", words::minutes(item.minutes)),
        (State::Answered(on), _) if is_narrow => ("✓", on.clone()),
        (State::Declined(on), _) if is_narrow => ("–", on.clone()),
        (State::Answered(on), _) => ("✓", format!("answered {on}")),
        (State::Declined(on), _) => ("–", format!("declined {on}")),
        (State::Closed(when), _) => ("·", when.clone()),
    }
}
