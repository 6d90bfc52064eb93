//! Rankings: digits in order of preference, and the last one fills itself.

use super::scale::moved;
use super::session::Step;
use super::{Command, Session};
use crate::response::{Answer, Reply, check};
use crate::survey::{Choice, Code};

pub(super) fn obey(session: &mut Session, command: Command) -> Step {
    match command {
        Command::Digit(digit) => press(session, if digit == 0 { 9 } else { usize::from(digit) - 1 }),
        Command::Toggle => {
            if let Some(at) = session.focus.cursor {
                press(session, at);
            }
        }
        Command::Up | Command::Down | Command::First | Command::Last => {
            session.focus.cursor = Some(moved(session.focus.cursor, command, choices(session).len() - 1));
        }
        Command::RankUp => shift(session, false),
        Command::RankDown => shift(session, true),
        Command::Confirm => return confirm(session),
        _ => {}
    }
    Step::Stay
}

fn press(session: &mut Session, at: usize) {
    let Some(code) = choices(session).get(at).map(|choice| choice.code.clone()) else {
        session.notice = Some((session.phrases.notices.to_rank)(choices(session).len()));
        return;
    };
    session.focus.cursor = Some(at);
    let mut order = order(session);
    if order.contains(&code) {
        take_back(&mut order, &code, choices(session).len());
    } else {
        order.push(code);
        fill_last(&mut order, choices(session));
    }
    keep(session, order);
}

/// Takes a choice out of the order, and with it the last one of a complete order, which had filled itself.
fn take_back(order: &mut Vec<Code>, code: &Code, all: usize) {
    if order.len() == all && order.last() != Some(code) {
        order.pop();
    }
    order.retain(|ranked| ranked != code);
}

fn fill_last(order: &mut Vec<Code>, choices: &[Choice]) {
    if order.len() + 1 == choices.len() {
        order.extend(choices.iter().map(|choice| choice.code.clone()).find(|code| !order.contains(code)));
    }
}

/// Moves the choice under the cursor in the order; one that has no rank yet gets the next.
fn shift(session: &mut Session, down: bool) {
    let Some(at) = session.focus.cursor else {
        session.notice = Some(session.phrases.notices.no_cursor.to_owned());
        return;
    };
    let mut order = order(session);
    let code = choices(session)[at].code.clone();
    let Some(rank) = order.iter().position(|ranked| *ranked == code) else {
        press(session, at);
        return;
    };
    let other = if down { rank + 1 } else { rank.wrapping_sub(1) };
    if other < order.len() {
        order.swap(rank, other);
        keep(session, order);
    }
}

fn confirm(session: &mut Session) -> Step {
    let problem = session.question().and_then(|question| check::problem(question, session.reply()));
    session.notice = match (session.reply(), problem) {
        (None, _) => Some(session.phrases.notices.nothing_ranked.to_owned()),
        (_, Some(problem)) => Some((session.phrases.answers.problem)(&problem)),
        (Some(_), None) => return Step::Advance,
    };
    Step::Stay
}

fn keep(session: &mut Session, order: Vec<Code>) {
    session.set((!order.is_empty()).then_some(Reply::Given(Answer::Ranking(order))));
}

fn order(session: &Session) -> Vec<Code> {
    match session.answer() {
        Some(Answer::Ranking(order)) => order.clone(),
        _ => Vec::new(),
    }
}

fn choices(session: &Session) -> &[Choice] {
    session.question().map_or(&[], |question| question.kind.choices())
}
