//! Lists of choices: one of them, or several.

use super::entry::type_into;
use super::field::OTHER_LIMIT;
use super::scale::moved;
use super::session::Step;
use super::{Command, Field, Focus, Session, Typing};
use crate::response::answer::holds;
use crate::response::json::in_order;
use crate::response::{Answer, Pick, Reply};
use crate::survey::{Choice, Kind};

/// Gives the focus of a single choice: on the choice that is there.
pub(super) fn focus(session: &Session) -> Focus {
    let picks = picks(session);
    let cursor = choices(session).iter().position(|choice| holds(&picks, choice));
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

fn press(session: &mut Session, at: usize) -> Step {
    let Some(choice) = choices(session).get(at).cloned() else {
        return session.stay((session.phrases.notices.choices)(choices(session).len()));
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
    (after.len() >= *max).then(|| (session.phrases.notices.at_most)(*max))
}

fn open_other(session: &mut Session) {
    let words = picks(session).into_iter().find_map(|pick| if let Pick::Other(text) = pick { Some(text) } else { None });
    session.focus.typing = Typing::Other;
    session.focus.field = Field::new(words.unwrap_or_default());
    session.focus.cursor = choices(session).iter().position(|choice| choice.other);
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
        return confirm_multi(session);
    }
    match (session.focus.cursor, session.reply()) {
        (Some(at), _) => press(session, at),
        (None, Some(_)) => Step::Advance,
        (None, None) => session.stay(session.phrases.notices.nothing_chosen),
    }
}

fn confirm_multi(session: &mut Session) -> Step {
    let problem = session.question().and_then(|question| crate::response::check::problem(question, session.reply()));
    session.notice = match (session.reply(), problem) {
        (None, _) => Some(session.phrases.notices.nothing_chosen.to_owned()),
        (_, Some(problem)) => Some((session.phrases.answers.problem)(&problem)),
        (Some(_), None) => return Step::Advance,
    };
    Step::Stay
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
