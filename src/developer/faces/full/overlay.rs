//! The menu, the help and the question whether to decline, in the place of the question.

use ratatui::text::{Line, Span};

use super::heading::{introduction, question};
use super::status::tone;
use super::{Look, View};
use crate::developer::answering::keys::{Binding, bound, key_of};
use crate::developer::answering::{Command, Context, Found, Session};
use crate::developer::phrases::Phrases;
use crate::screen::text::{cut, one_line, width, wrap};

pub(super) fn menu(session: &Session, look: Look<'_>, at: usize) -> View {
    let mut view = View::default();
    view.push(Line::styled(look.phrases.menu.title, look.theme.question()));
    view.push("");
    for (place, (command, line)) in session.menu().into_iter().enumerate() {
        let key = key_of(Context::Menu, command, look.phrases).unwrap_or_default();
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

/// Gives the whole of what is asked, then every key.
pub(super) fn help(session: &Session, look: Look<'_>) -> View {
    let mut view = View::default();
    let question = session.question().map(|asked| question(asked, look));
    for part in question.into_iter().chain([introduction(session, look), keys(session, look)]) {
        if !part.lines.is_empty() {
            view.append(part);
            view.push("");
        }
    }
    let helps = &look.phrases.helps;
    let kept = if session.leaves_the_machine() { helps.leaves_here } else { helps.kept_here };
    view.push_wrapped(kept, look, tone(look));
    View { top: session.line(), ..view }
}

fn keys(session: &Session, look: Look<'_>) -> View {
    listed(&session.help(), look)
}

/// Gives keys with what they do, one below the other.
pub(super) fn listed(lines: &[(impl AsRef<str>, &'static str)], look: Look<'_>) -> View {
    let mut view = View::default();
    let wide = lines.iter().map(|(keys, _)| width(keys.as_ref())).max().unwrap_or(0).min(look.columns / 2);
    for (keys, does) in lines {
        let keys = cut(keys.as_ref(), wide);
        let pad = " ".repeat(wide.saturating_sub(width(&keys)) + 2);
        let rest = wrap(does, look.columns.saturating_sub(wide + 2).max(4));
        for (at, line) in rest.into_iter().enumerate() {
            let head = if at == 0 { format!("{keys}{pad}") } else { " ".repeat(wide + 2) };
            view.push(Line::from(vec![Span::styled(head, look.theme.accent()), Span::styled(line, look.theme.text())]));
        }
    }
    view
}

/// Gives the words that may tell too much, each with what would stand in its place, and the keys that decide. Where lines are scarce
/// the words come first, since the hint bar tells of some keys as well.
pub(super) fn words(session: &Session, look: Look<'_>) -> View {
    let mut view = View::default();
    let (found, say) = (session.found(), &look.phrases.found);
    view.push_wrapped(&(say.heading)(found.len()), look, look.theme.question());
    let mut note = View::default();
    note.push_wrapped(say.no_promise, look, look.theme.faint());
    let found = found_in(&found, session.asked().count() > 1, look);
    let parts = if look.is_low() { [found, deciding(look), note] } else { [deciding(look), found, note] };
    for part in parts {
        if !look.is_low() {
            view.push("");
        }
        view.append(part);
    }
    View { top: session.line(), ..view }
}

fn found_in(found: &[Found], has_numbers: bool, look: Look<'_>) -> View {
    let mut view = View::default();
    for Found { number, words, kind, .. } in found {
        let head = if has_numbers { format!("{number:>2}  ") } else { String::new() };
        let becomes = format!(" → {}", kind.word());
        let words = cut(&one_line(words), look.columns.saturating_sub(width(&head) + width(&becomes)));
        view.push(Line::from(vec![
            Span::styled(head, look.theme.accent()),
            Span::styled(words, look.theme.warning()),
            Span::styled(becomes, look.theme.text()),
        ]));
    }
    view
}

/// Gives the keys that decide about those words.
fn deciding(look: Look<'_>) -> View {
    let decides =
        |binding: &&Binding| matches!(binding.command(), Command::ReplaceWords | Command::KeepWords | Command::MendWords);
    let keys = |binding: &Binding| (binding.keys_shown(look.phrases).swap_remove(0), binding.help(look.phrases));
    listed(&bound(Context::Words).filter(decides).map(keys).collect::<Vec<_>>(), look)
}

pub(super) fn decline(session: &Session, look: Look<'_>) -> View {
    let mut view = View::default();
    let Phrases { yes_key, menu, .. } = look.phrases;
    let (text, yes) = match session.changes() {
        true => (menu.may_drop.to_owned(), menu.yes_drop),
        false => ((menu.may_decline)(session.replied(), session.survey().wave.is_some()), menu.yes_decline),
    };
    view.push_wrapped(&text, look, look.theme.question());
    view.push("");
    for (key, line) in [(*yes_key, yes), ('n', menu.no_go_on)] {
        view.push(Line::from(vec![
            Span::styled(format!("  {key}  "), look.theme.accent()),
            Span::styled(cut(line, look.columns.saturating_sub(5)), look.theme.text()),
        ]));
    }
    view
}
