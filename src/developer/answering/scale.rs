//! Scales and yes or no: one key answers and goes on.

use super::update::{advance, answered};
use super::{Command, Context, Effect, Focus, Session};
use crate::response::{Answer, Reply};
use crate::survey::{Kind, Scale};

/// Gives the focus: on the answer that is there.
pub(super) fn focus(session: &Session) -> Focus {
    let cursor = match (session.answer(), scale(session)) {
        (Some(Answer::Scale(point)), Some(scale)) => point.checked_sub(scale.first).map(usize::from),
        (Some(Answer::Boolean(yes)), _) => Some(usize::from(!yes)),
        _ => None,
    };
    Focus { cursor, ..Focus::default() }
}

pub(super) fn obey(session: &mut Session, command: Command) -> Vec<Effect> {
    let waits = std::mem::take(&mut session.focus.one_waits);
    match command {
        Command::Digit(digit) => return press(session, digit, waits),
        Command::Ten => return point(session, 10),
        Command::Yes => return answered(session, Answer::Boolean(true)),
        Command::No => return answered(session, Answer::Boolean(false)),
        Command::Confirm => return confirm(session, waits),
        Command::Left | Command::Right | Command::First | Command::Last => {
            session.focus.cursor = Some(moved(session.focus.cursor, command, places(session) - 1));
        }
        _ => session.focus.one_waits = waits,
    }
    Vec::new()
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

fn press(session: &mut Session, digit: u8, waits: bool) -> Vec<Effect> {
    if session.context() != Context::WideScale {
        return point(session, digit);
    }
    let ends_at_ten = scale(session).is_some_and(|scale| scale.first == 1);
    match digit {
        0 if waits || ends_at_ten => point(session, 10),
        1 => {
            session.focus.one_waits = true;
            session.focus.cursor = scale(session).and_then(|scale| 1u8.checked_sub(scale.first)).map(usize::from);
            Vec::new()
        }
        digit => point(session, digit),
    }
}

fn confirm(session: &mut Session, waits: bool) -> Vec<Effect> {
    if waits {
        return point(session, 1);
    }
    match (session.focus.cursor, scale(session)) {
        (Some(at), Some(scale)) => {
            let point = scale.points().nth(at).unwrap_or(scale.last);
            answered(session, Answer::Scale(point))
        }
        (Some(at), None) => answered(session, Answer::Boolean(at == 0)),
        (None, _) if session.reply().is_some() => advance(session),
        (None, _) => {
            session.notice = Some("nothing is chosen yet; Tab leaves it unanswered".to_owned());
            Vec::new()
        }
    }
}

fn point(session: &mut Session, point: u8) -> Vec<Effect> {
    let Some((first, last)) = scale(session).map(|scale| (scale.first, scale.last)) else { return Vec::new() };
    if (first..=last).contains(&point) {
        return answered(session, Answer::Scale(point));
    }
    session.notice = Some(format!("this scale goes from {first} to {last}"));
    Vec::new()
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
