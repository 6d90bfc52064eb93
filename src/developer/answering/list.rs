//! Lists of choices: one of them, or several.

use super::entry::type_into;
use super::scale::moved;
use super::update::{advance, answered};
use super::{Command, Effect, Field, Focus, Session, Typing};
use crate::response::answer::holds;
use crate::response::json::in_order;
use crate::response::{Answer, Pick, Reply};
use crate::survey::{Choice, Kind};

/// The greatest number of grapheme clusters in the respondent's own words.
pub(super) const OTHER_LIMIT: usize = 240;

/// Gives the focus of a single choice: on the choice that is there.
pub(super) fn focus(session: &Session) -> Focus {
    let picks = picks(session);
    let cursor = choices(session).iter().position(|choice| holds(&picks, choice));
    Focus { cursor, ..Focus::default() }
}

pub(super) fn obey(session: &mut Session, command: Command) -> Vec<Effect> {
    match (session.focus.typing, command) {
        (Typing::Other, Command::Confirm) => return confirm_other(session),
        (Typing::Other, command) => {
            type_into(&mut session.focus.field, command, OTHER_LIMIT);
        }
        (Typing::Filter, Command::Close) => close_filter(session),
        (_, Command::Up | Command::Down | Command::First | Command::Last)
            if session.focus.typing != Typing::Filter || matches!(command, Command::Up | Command::Down) =>
        {
            step(session, command);
        }
        (Typing::Filter, Command::Confirm) => return take_filtered(session),
        (Typing::Filter, command) => filter(session, command),
        (_, Command::Digit(digit)) => return press(session, if digit == 0 { 9 } else { usize::from(digit) - 1 }),
        (_, Command::Toggle) => {
            if let Some(at) = session.focus.cursor {
                return press(session, at);
            }
        }
        (_, Command::Confirm) => return confirm(session),
        (_, Command::Filter) => {
            session.focus.typing = Typing::Filter;
            session.focus.field = Field::default();
        }
        _ => {}
    }
    Vec::new()
}

/// Keeps the own words under edit, and drops what can't stand beside them; blank ones take the choice back.
pub(super) fn park(session: &mut Session) {
    let text = session.focus.field.text().trim().to_owned();
    session.focus.typing = Typing::Nothing;
    let mut picks = picks(session);
    picks.retain(|pick| !matches!(pick, Pick::Other(_)));
    let other = choices(session).iter().find(|choice| choice.other).filter(|_| !text.is_empty()).cloned();
    if let Some(other) = other {
        clear_for(session, &other, &mut picks);
        picks.retain(|_| is_multi(session));
        picks.push(Pick::Other(text));
    }
    keep(session, picks);
}

fn press(session: &mut Session, at: usize) -> Vec<Effect> {
    let Some(choice) = choices(session).get(at).cloned() else {
        session.notice = Some(format!("there are {} choices", choices(session).len()));
        return Vec::new();
    };
    session.focus.cursor = Some(at);
    if !is_multi(session) {
        return choose(session, &choice);
    }
    if !holds(&picks(session), &choice)
        && let Some(refusal) = refusal(session, &choice)
    {
        session.notice = Some(refusal);
    } else if choice.other {
        open_other(session);
    } else {
        toggle(session, &choice);
    }
    Vec::new()
}

fn choose(session: &mut Session, choice: &Choice) -> Vec<Effect> {
    if choice.other {
        open_other(session);
        return Vec::new();
    }
    answered(session, Answer::Single(Pick::Code(choice.code.clone())))
}

fn toggle(session: &mut Session, choice: &Choice) {
    let mut picks = picks(session);
    if holds(&picks, choice) {
        picks.retain(|pick| *pick != Pick::Code(choice.code.clone()));
    } else {
        clear_for(session, choice, &mut picks);
        picks.push(Pick::Code(choice.code.clone()));
    }
    keep(session, picks);
}

/// Drops what can't stand beside a choice: all others for an exclusive one, exclusive ones for all others.
fn clear_for(session: &Session, choice: &Choice, picks: &mut Vec<Pick>) {
    let exclusive = |pick: &Pick| choices(session).iter().any(|c| c.exclusive && holds(std::slice::from_ref(pick), c));
    picks.retain(|pick| !choice.exclusive && !exclusive(pick));
}

fn refusal(session: &Session, choice: &Choice) -> Option<String> {
    let Some(Kind::Multi { max, .. }) = session.question().map(|question| &question.kind) else { return None };
    let mut after = picks(session);
    clear_for(session, choice, &mut after);
    (after.len() >= *max).then(|| format!("at most {max}: take one back first"))
}

fn open_other(session: &mut Session) {
    let words = picks(session).into_iter().find_map(|pick| if let Pick::Other(text) = pick { Some(text) } else { None });
    session.focus.typing = Typing::Other;
    session.focus.field = Field::new(words.unwrap_or_default());
    session.focus.cursor = choices(session).iter().position(|choice| choice.other);
}

fn confirm_other(session: &mut Session) -> Vec<Effect> {
    let is_blank = session.focus.field.text().trim().is_empty();
    park(session);
    if is_multi(session) || is_blank { Vec::new() } else { advance(session) }
}

fn confirm(session: &mut Session) -> Vec<Effect> {
    if is_multi(session) {
        return confirm_multi(session);
    }
    match (session.focus.cursor, session.reply()) {
        (Some(at), _) => press(session, at),
        (None, Some(_)) => advance(session),
        (None, None) => {
            session.notice = Some("nothing is chosen yet; Tab leaves it unanswered".to_owned());
            Vec::new()
        }
    }
}

fn confirm_multi(session: &mut Session) -> Vec<Effect> {
    let problem = session.question().and_then(|question| crate::response::check::problem(question, session.reply()));
    session.notice = match (session.reply(), problem) {
        (None, _) => Some("nothing is chosen yet; Tab leaves it unanswered".to_owned()),
        (_, Some(problem)) => Some(problem.to_string()),
        (Some(_), None) => return advance(session),
    };
    Vec::new()
}

fn filter(session: &mut Session, command: Command) {
    type_into(&mut session.focus.field, command, OTHER_LIMIT);
    session.focus.cursor = session.visible().first().copied();
}

fn close_filter(session: &mut Session) {
    session.focus.typing = Typing::Nothing;
    session.focus.field = Field::default();
}

fn take_filtered(session: &mut Session) -> Vec<Effect> {
    match session.focus.cursor.filter(|at| session.visible().contains(at)) {
        Some(at) => {
            close_filter(session);
            press(session, at)
        }
        None => {
            session.notice = Some("no choice under the cursor; Esc closes the filter".to_owned());
            Vec::new()
        }
    }
}

fn step(session: &mut Session, command: Command) {
    let visible = session.visible();
    let Some(last) = visible.len().checked_sub(1) else { return };
    let here = session.focus.cursor.and_then(|at| visible.iter().position(|place| *place == at));
    session.focus.cursor = Some(visible[moved(here, command, last)]);
}

/// Makes picks the answer: one for a single choice, in the survey's order for several, none for no picks.
fn keep(session: &mut Session, picks: Vec<Pick>) {
    let picks = in_order(choices(session), picks);
    let answer = match (is_multi(session), picks.is_empty()) {
        (_, true) if session.answer().is_none() => return,
        (_, true) => None,
        (true, false) => Some(Answer::Multi(picks)),
        (false, false) => picks.into_iter().next_back().map(Answer::Single),
    };
    session.set(answer.map(Reply::Given));
}

fn picks(session: &Session) -> Vec<Pick> {
    match session.answer() {
        Some(Answer::Multi(picks)) => picks.clone(),
        Some(Answer::Single(pick)) => vec![pick.clone()],
        _ => Vec::new(),
    }
}

fn choices(session: &Session) -> &[Choice] {
    session.question().map_or(&[], |question| question.kind.choices())
}

fn is_multi(session: &Session) -> bool {
    session.question().is_some_and(|question| matches!(question.kind, Kind::Multi { .. }))
}
