//! Rankings: digits in order of preference, and the last one fills itself.

use super::scale::moved;
use super::session::Step;
use super::{Command, Session};
use crate::response::{Answer, Reply};
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
            session.focus.cursor = Some(moved(session.focus.cursor, command, session.choices().len() - 1));
        }
        Command::RankUp => shift(session, false),
        Command::RankDown => shift(session, true),
        Command::Confirm => return session.confirmed(session.phrases.notices.nothing_ranked),
        _ => {}
    }
    Step::Stay
}

fn press(session: &mut Session, at: usize) {
    let Some(code) = session.choices().get(at).map(|choice| choice.code.clone()) else {
        session.notice = Some((session.phrases.notices.to_rank)(session.choices().len()));
        return;
    };
    session.focus.cursor = Some(at);
    let mut order = session.order().to_vec();
    if order.contains(&code) {
        take_back(&mut order, &code, session.choices().len());
    } else {
        order.push(code);
        fill_last(&mut order, session.choices());
    }
    keep(session, order);
}

/// Takes a choice out of the order, and with it the last one of a complete order, which had filled itself. That one itself stays:
/// whoever types the whole order comes to it when it is there already.
fn take_back(order: &mut Vec<Code>, code: &Code, all: usize) {
    if order.len() == all && all > 1 {
        if order.last() == Some(code) {
            return;
        }
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
    let mut order = session.order().to_vec();
    let code = session.choices()[at].code.clone();
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

fn keep(session: &mut Session, order: Vec<Code>) {
    session.set((!order.is_empty()).then_some(Reply::Given(Answer::Ranking(order))));
}
