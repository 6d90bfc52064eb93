//! Scales and yes or no: one key answers and goes on.

use super::session::Step;
use super::{Command, Context, Focus, Session};
use crate::response::{Answer, Reply};
use crate::survey::{Kind, Scale};

/// Gives the focus: on the answer that is there.
pub(super) fn focus(session: &Session) -> Focus {
    let cursor = match (session.answer(), scale(session)) {
        (Some(Answer::Scale(point)), Some(scale)) => scale.place_of(*point),
        (Some(Answer::Boolean(yes)), _) => Some(usize::from(!yes)),
        _ => None,
    };
    Focus { cursor, ..Focus::default() }
}

pub(super) fn obey(session: &mut Session, command: Command) -> Step {
    let waits = std::mem::take(&mut session.focus.one_waits);
    match command {
        Command::Digit(digit) => return press(session, digit, waits),
        Command::Ten => return point(session, 10),
        Command::Yes => return session.answered(Answer::Boolean(true)),
        Command::No => return session.answered(Answer::Boolean(false)),
        Command::Confirm => return confirm(session, waits),
        Command::Left | Command::Right | Command::Up | Command::Down | Command::First | Command::Last => {
            session.focus.cursor = Some(moved(session.focus.cursor, command, places(session) - 1));
        }
        _ => session.focus.one_waits = waits,
    }
    Step::Stay
}

/// Takes a waiting `1` as the answer, since going on means what is there.
pub(super) fn park(session: &mut Session) {
    if std::mem::take(&mut session.focus.one_waits) {
        session.set(Some(Reply::Given(Answer::Scale(1))));
    }
}

/// Moves a cursor over the places from 0 to `last`.
pub(super) fn moved(cursor: Option<usize>, command: Command, last: usize) -> usize {
    match (command, cursor) {
        (Command::First, _) => 0,
        (Command::Last, _) => last,
        (Command::Left | Command::Up, None) => last,
        (Command::Left | Command::Up, Some(at)) => at.saturating_sub(1),
        (_, None) => 0,
        (_, Some(at)) => (at + 1).min(last),
    }
}

fn press(session: &mut Session, digit: u8, waits: bool) -> Step {
    if session.context() != Context::WideScale {
        return point(session, digit);
    }
    match digit {
        0 if waits => point(session, 10),
        1 => {
            session.focus.one_waits = true;
            session.focus.cursor = scale(session).and_then(|scale| scale.place_of(1));
            Step::Stay
        }
        digit => point(session, digit),
    }
}

fn confirm(session: &mut Session, waits: bool) -> Step {
    if waits {
        return point(session, 1);
    }
    match (session.focus.cursor, scale(session)) {
        (Some(at), Some(scale)) => {
            let point = scale.shown().nth(at).unwrap_or(scale.last);
            session.answered(Answer::Scale(point))
        }
        (Some(at), None) => session.answered(Answer::Boolean(at == 0)),
        (None, _) if session.reply().is_some() => Step::Advance,
        (None, _) => session.stay(session.phrases.notices.nothing_chosen),
    }
}

fn point(session: &mut Session, point: u8) -> Step {
    let Some((first, last)) = scale(session).map(|scale| (scale.first, scale.last)) else { return Step::Stay };
    if (first..=last).contains(&point) {
        return session.answered(Answer::Scale(point));
    }
    let notices = &session.phrases.notices;
    let bounds = if last == 10 { notices.scale_to_ten } else { notices.scale };
    session.stay(bounds(first.into(), last.into()))
}

fn places(session: &Session) -> usize {
    scale(session).map_or(2, |scale| scale.points().len())
}

fn scale(session: &Session) -> Option<&Scale> {
    match &session.question()?.kind {
        Kind::Scale { scale, .. } => Some(scale),
        _ => None,
    }
}
