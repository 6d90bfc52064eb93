//! Matrices: a digit answers the row and goes down.

use std::collections::BTreeMap;

use super::scale::moved;
use super::session::Step;
use super::{Command, Focus, Session};
use crate::response::{Answer, Cell, Missing, Reply};
use crate::survey::{Code, Kind, Row, Scale};

/// Gives the focus: on the first row that has nothing yet.
pub(super) fn focus(session: &Session) -> Focus {
    let cells = cells(session);
    let row = rows(session).iter().position(|row| !cells.contains_key(&row.code)).unwrap_or(0);
    Focus { row, cursor: point(session, row), ..Focus::default() }
}

pub(super) fn obey(session: &mut Session, command: Command) -> Step {
    let last = rows(session).len() - 1;
    match command {
        Command::Digit(digit) => return press(session, digit),
        Command::Left | Command::Right => {
            let points = scale(session).map_or(1, |scale| scale.points().len());
            session.focus.cursor = Some(moved(session.focus.cursor, command, points - 1));
        }
        Command::Up | Command::Down | Command::First | Command::Last => {
            session.focus.row = moved(Some(session.focus.row), command, last);
            session.focus.cursor = point_of_row(session);
        }
        Command::Confirm => return confirm(session),
        _ => {}
    }
    Step::Stay
}

/// Gives the current row a reply and goes down, or on from the last row.
pub(super) fn give(session: &mut Session, cell: Cell) -> Step {
    let Some(code) = rows(session).get(session.focus.row).map(|row| row.code.clone()) else { return Step::Stay };
    let mut cells = cells(session);
    cells.insert(code, cell);
    session.set(Some(Reply::Given(Answer::Matrix(cells))));
    down(session)
}

/// Gives the place of the current row's point on the scale, from 0.
pub(super) fn point_of_row(session: &Session) -> Option<usize> {
    point(session, session.focus.row)
}

fn point(session: &Session, row: usize) -> Option<usize> {
    let code = &rows(session).get(row)?.code;
    match cells(session).get(code)? {
        Cell::Given(point) => scale(session)?.place_of(*point),
        Cell::Missing(_) => None,
    }
}

fn press(session: &mut Session, digit: u8) -> Step {
    let Some((first, last)) = scale(session).map(|scale| (scale.first, scale.last)) else { return Step::Stay };
    if (first..=last).contains(&digit) {
        return give(session, Cell::Given(digit));
    }
    session.stay((session.phrases.notices.scale)(first.into(), last.into()))
}

fn confirm(session: &mut Session) -> Step {
    let settled = rows(session).get(session.focus.row).is_some_and(|row| cells(session).contains_key(&row.code));
    match (session.focus.cursor, scale(session)) {
        (Some(at), Some(scale)) => {
            let point = scale.shown().nth(at).unwrap_or(scale.last);
            give(session, Cell::Given(point))
        }
        _ if settled => down(session),
        _ => session.stay(session.phrases.notices.nothing_chosen_in_row),
    }
}

fn down(session: &mut Session) -> Step {
    if session.focus.row + 1 == rows(session).len() {
        return Step::Advance;
    }
    session.focus.row += 1;
    session.focus.cursor = point_of_row(session);
    Step::Stay
}

/// Gives the rows' replies; a matrix that was missing as a whole starts with none.
fn cells(session: &Session) -> BTreeMap<Code, Cell> {
    match session.reply() {
        Some(Reply::Given(Answer::Matrix(cells))) => cells.clone(),
        Some(Reply::Missing(
            kind @ (Missing::NotApplicable | Missing::PreferNotToSay | Missing::DontKnow | Missing::Skipped),
        )) => rows(session).iter().map(|row| (row.code.clone(), Cell::Missing(*kind))).collect(),
        _ => BTreeMap::new(),
    }
}

fn rows(session: &Session) -> &[Row] {
    session.question().map_or(&[], |question| question.kind.rows())
}

fn scale(session: &Session) -> Option<&Scale> {
    match session.question().map(|question| &question.kind) {
        Some(Kind::Matrix { scale, .. }) => Some(scale),
        _ => None,
    }
}
