//! The menu, the help and the question whether to decline, in the place of the question.

use ratatui::text::{Line, Span};

use super::heading::introduction;
use super::{Look, View};
use crate::developer::answering::{Context, Session, keys};
use crate::developer::phrases::Phrases;
use crate::screen::text::{cut, width, wrap};

pub(super) fn menu(session: &Session, look: Look<'_>, at: usize) -> View {
    let mut view = View::default();
    view.push(Line::styled(look.phrases.menu.title, look.theme.question()));
    view.push("");
    for (place, (command, line)) in session.menu().into_iter().enumerate() {
        let key = keys::key_of(Context::Menu, command, look.phrases).unwrap_or_default();
        let is_under_cursor = place == at;
        let pointer = if is_under_cursor { "▸" } else { " " };
        let style = if is_under_cursor { look.theme.cursor() } else { look.theme.text() };
        let text = cut(line, look.columns.saturating_sub(8));
        view.push(Line::from(vec![Span::styled(format!("{pointer} {key:<4} "), look.theme.accent()), Span::styled(text, style)]));
        if is_under_cursor {
            view.focus = Some((view.lines.len() - 1, view.lines.len() - 1));
        }
    }
    if session.context_below().is_typing() {
        view.push("");
        view.push_wrapped(look.phrases.menu.with_alt, look, look.theme.faint());
    }
    view
}

pub(super) fn help(session: &Session, look: Look<'_>, first: usize) -> View {
    let mut view = View::default();
    view.append(introduction(session, look));
    if let Some(question) = session.question() {
        view.push_wrapped(&question.text, look, look.theme.question());
        if let Some(help) = &question.help {
            view.push_wrapped(help, look, look.theme.faint());
        }
        view.push("");
    }
    let lines = session.help();
    let wide = lines.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0).min(look.columns / 2);
    let mut starts = vec![0];
    for (keys, does) in &lines {
        starts.push(view.lines.len());
        let keys = cut(keys, wide);
        let pad = " ".repeat(wide.saturating_sub(width(&keys)) + 2);
        let rest = wrap(does, look.columns.saturating_sub(wide + 2).max(4));
        for (at, line) in rest.into_iter().enumerate() {
            let head = if at == 0 { format!("{keys}{pad}") } else { " ".repeat(wide + 2) };
            view.push(Line::from(vec![Span::styled(head, look.theme.accent()), Span::styled(line, look.theme.text())]));
        }
    }
    view.push("");
    view.push_wrapped(look.phrases.helps.kept_here, look, look.theme.good());
    let end = view.lines.len() - 1;
    let here = if first + 1 < lines.len() { starts[first] } else { end };
    // Down to the last line in sight, so that the first one stands at the top.
    view.focus = Some((here, (here + look.height.saturating_sub(3)).min(end)));
    view
}

pub(super) fn decline(session: &Session, look: Look<'_>) -> View {
    let mut view = View::default();
    let Phrases { yes_key, menu, .. } = look.phrases;
    let text = (menu.may_decline)(session.replied(), session.survey().wave.is_some());
    view.push_wrapped(&text, look, look.theme.question());
    view.push("");
    for (key, line) in [(*yes_key, menu.yes_decline), ('n', menu.no_go_on)] {
        view.push(Line::from(vec![
            Span::styled(format!("  {key}  "), look.theme.accent()),
            Span::styled(cut(line, look.columns.saturating_sub(5)), look.theme.text()),
        ]));
    }
    view
}
