//! Lists of choices: one of them, or several.

use super::entry::type_into;
use super::field::OTHER_LIMIT;
use super::scale::moved;
use super::session::Step;
use super::{Command, Field, Focus, Session, Typing};
use crate::response::answer::{holds, in_order};
use crate::response::{Answer, Pick, Reply};
use crate::survey::{Choice, Kind};

/// Gives the focus of a single choice: on the choice that is there.
pub(super) fn focus(session: &Session) -> Focus {
    let cursor = session.choices().iter().position(|choice| holds(session.picks(), choice));
    Focus { cursor, ..Focus::default() }
}

pub(super) fn obey(session: &mut Session, command: Command) -> Step {
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
    Step::Stay
}

/// Keeps the own words under edit, and drops what can't stand beside them; blank ones take the choice back.
pub(super) fn park(session: &mut Session) {
    let text = session.focus.field.text().trim().to_owned();
    session.focus.typing = Typing::Nothing;
    let mut picks = session.picks().to_vec();
    picks.retain(|pick| pick.own_words().is_none());
    let other = session.choices().iter().find(|choice| choice.other).filter(|_| !text.is_empty()).cloned();
    if let Some(other) = other {
        clear_for(session, &other, &mut picks);
        picks.retain(|_| is_multi(session));
        picks.push(Pick::Other(text));
    }
    keep(session, picks);
}

fn press(session: &mut Session, at: usize) -> Step {
    let Some(choice) = session.choices().get(at).cloned() else {
        return session.stay((session.phrases.notices.choices)(session.choices().len()));
    };
    session.focus.cursor = Some(at);
    if !is_multi(session) {
        return choose(session, &choice);
    }
    if !holds(session.picks(), &choice)
        && let Some(refusal) = refusal(session, &choice)
    {
        session.notice = Some(refusal);
    } else if choice.other {
        open_other(session);
    } else {
        toggle(session, &choice);
    }
    Step::Stay
}

fn choose(session: &mut Session, choice: &Choice) -> Step {
    if choice.other {
        open_other(session);
        return Step::Stay;
    }
    session.answered(Answer::Single(Pick::Code(choice.code.clone())))
}

fn toggle(session: &mut Session, choice: &Choice) {
    let mut picks = session.picks().to_vec();
    if holds(&picks, choice) {
        picks.retain(|pick| !pick.takes(choice));
    } else {
        clear_for(session, choice, &mut picks);
        picks.push(Pick::Code(choice.code.clone()));
    }
    keep(session, picks);
}

/// Drops what can't stand beside a choice: all others for an exclusive one, exclusive ones for all others.
fn clear_for(session: &Session, choice: &Choice, picks: &mut Vec<Pick>) {
    let exclusive = |pick: &Pick| pick.choice(session.choices()).is_some_and(|choice| choice.exclusive);
    picks.retain(|pick| !choice.exclusive && !exclusive(pick));
}

fn refusal(session: &Session, choice: &Choice) -> Option<String> {
    let Some(Kind::Multi { max, .. }) = session.question().map(|question| &question.kind) else { return None };
    let mut after = session.picks().to_vec();
    clear_for(session, choice, &mut after);
    (after.len() >= *max).then(|| (session.phrases.notices.at_most)(*max))
}

fn open_other(session: &mut Session) {
    let words = session.picks().iter().find_map(Pick::own_words).map(str::to_owned);
    session.focus.typing = Typing::Other;
    session.focus.field = Field::new(words.unwrap_or_default());
    session.focus.cursor = session.choices().iter().position(|choice| choice.other);
}

/// Opens the field for the own words of the current question, where it takes some beside choices.
pub(super) fn open_own_words(session: &mut Session) {
    if session.choices().iter().any(|choice| choice.other) {
        open_other(session);
    }
}

fn confirm_other(session: &mut Session) -> Step {
    let is_blank = session.focus.field.text().trim().is_empty();
    park(session);
    if is_blank {
        return session.stay(session.phrases.notices.nothing_typed);
    }
    if is_multi(session) { Step::Stay } else { Step::Advance }
}

fn confirm(session: &mut Session) -> Step {
    if is_multi(session) {
        return session.confirmed(session.phrases.notices.nothing_chosen);
    }
    match (session.focus.cursor, session.reply()) {
        (Some(at), _) => press(session, at),
        (None, Some(_)) => Step::Advance,
        (None, None) => session.stay(session.phrases.notices.nothing_chosen),
    }
}

fn filter(session: &mut Session, command: Command) {
    type_into(&mut session.focus.field, command, OTHER_LIMIT);
    session.focus.cursor = session.visible().first().copied();
}

fn close_filter(session: &mut Session) {
    session.focus.typing = Typing::Nothing;
    session.focus.field = Field::default();
}

fn take_filtered(session: &mut Session) -> Step {
    match session.focus.cursor.filter(|at| session.visible().contains(at)) {
        Some(at) => {
            close_filter(session);
            press(session, at)
        }
        None => session.stay(session.phrases.notices.no_choice),
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
    let picks = in_order(session.choices(), picks);
    let answer = match (is_multi(session), picks.is_empty()) {
        (_, true) if session.answer().is_none() => return,
        (_, true) => None,
        (true, false) => Some(Answer::Multi(picks)),
        (false, false) => picks.into_iter().next_back().map(Answer::Single),
    };
    session.set(answer.map(Reply::Given));
}

fn is_multi(session: &Session) -> bool {
    session.question().is_some_and(|question| matches!(question.kind, Kind::Multi { .. }))
}
