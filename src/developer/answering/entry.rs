//! Fields: text, numbers and dates.

use chrono::{Days, NaiveDate};

use super::field::OTHER_LIMIT;
use super::session::Step;
use super::{Command, Field, Focus, Session, Typing};
use crate::response::json::{check_date, check_number};
use crate::response::{Answer, Reply};
use crate::screen::keymap::digit;
use crate::survey::{Kind, Length};

const NUMBER_LIMIT: usize = 20;

/// Gives the focus: the field with what was typed or answered.
pub(super) fn focus(session: &Session) -> Focus {
    let unfinished = session.question().and_then(|question| session.draft().unfinished.get(&question.id));
    let text = match (unfinished, session.answer()) {
        (Some(text), _) | (None, Some(Answer::Text(text))) => text.clone(),
        (None, Some(Answer::Number(number))) => number.to_string(),
        (None, Some(Answer::Date(date))) => date.to_string(),
        _ => String::new(),
    };
    Focus { typing: Typing::Answer, field: Field::new(text), ..Focus::default() }
}

pub(super) fn obey(session: &mut Session, command: Command) -> Step {
    match (command, is_text(session)) {
        (Command::Confirm, _) => return confirm(session),
        (Command::Editor, true) => return Step::Edit(session.focus.field.text().to_owned()),
        (Command::Insert(character), _) => insert(session, character.encode_utf8(&mut [0; 4])),
        (Command::NewLine, true) => insert(session, "\n"),
        (Command::Left, false) => step(session, -1),
        (Command::Right, false) => step(session, 1),
        (Command::First | Command::Last, false) => {}
        (Command::DeleteBack, false) if is_date(session) => {
            let digits: String = session.focus.field.text().chars().filter(char::is_ascii_digit).collect();
            session.focus.field = Field::new(dashed(&digits[..digits.len().saturating_sub(1)]));
        }
        (command, _) => {
            type_into(&mut session.focus.field, command, usize::MAX);
        }
    }
    Step::Stay
}

/// Edits a field; gives how many grapheme clusters did not fit.
pub(super) fn type_into(field: &mut Field, command: Command, limit: usize) -> usize {
    match command {
        Command::Insert(character) => return field.insert(character.encode_utf8(&mut [0; 4]), limit),
        Command::Left => field.left(),
        Command::Right => field.right(),
        Command::Up => field.up(),
        Command::Down => field.down(),
        Command::First => field.home(),
        Command::Last => field.end(),
        Command::DeleteBack => field.delete_back(),
        Command::DeleteForward => field.delete_forward(),
        Command::DeleteWord => field.delete_word(),
        Command::DeleteLine => field.delete_line(),
        _ => {}
    }
    0
}

/// Inserts what was typed or pasted into the field that has the focus, as far as the question takes it.
pub(super) fn insert(session: &mut Session, text: &str) {
    let kind = session.question().map(|question| question.kind.clone());
    let one_line = |text: &str| text.replace(['\n', '\r', '\t'], " ");
    let excess = match (session.focus.typing, kind) {
        (Typing::Other | Typing::Filter, _) => session.focus.field.insert(&one_line(text), OTHER_LIMIT),
        (_, Some(Kind::Text { length: Length::Short, max_length })) => session.focus.field.insert(&one_line(text), max_length),
        (_, Some(Kind::Text { length: Length::Long, max_length })) => session.focus.field.insert(text, max_length),
        (_, Some(Kind::Number { .. })) => return insert_number(session, text),
        (_, Some(Kind::Date { .. })) => return insert_date(session, text),
        _ => 0,
    };
    if excess > 0 {
        session.notice = Some((session.phrases.notices.too_long)(excess));
    } else if let Some(problem) = session.too_much_here() {
        session.notice = Some((session.phrases.answers.problem)(&problem));
    }
}

/// Takes the text of the editor for the field.
pub(super) fn edited(session: &mut Session, text: &str) {
    if !is_text(session) {
        return;
    }
    session.notice = None;
    session.focus.field = Field::default();
    insert(session, text.trim_end());
    session.park();
    session.focus.typing = Typing::Answer;
}

/// Keeps what was typed: an answer if it is one, else as unfinished; a blank field is no answer.
pub(super) fn park(session: &mut Session) {
    let Some(id) = session.question().map(|question| question.id.clone()) else { return };
    match read(session) {
        Ok(Some(answer)) => session.set(Some(Reply::Given(answer))),
        Ok(None) if matches!(session.replies().get(&id), Some(Reply::Missing(_))) => {}
        Ok(None) => session.set(None),
        Err(_) => {
            session.set(None);
            session.draft.unfinished.insert(id, session.focus.field.text().to_owned());
        }
    }
}

fn confirm(session: &mut Session) -> Step {
    if let Err(problem) = read(session) {
        session.notice = Some(problem);
        return Step::Stay;
    }
    park(session);
    Step::Advance
}

/// Reads the field as an answer; `None` when it is blank.
fn read(session: &Session) -> Result<Option<Answer>, String> {
    let text = session.focus.field.text().trim();
    let Some(question) = session.question().filter(|_| !text.is_empty()) else { return Ok(None) };
    let (notices, misfit) = (&session.phrases.notices, session.phrases.answers.misfit);
    match &question.kind {
        Kind::Number { min, max, decimals, .. } => {
            let number = text.parse().map_err(|_| notices.no_number_yet.to_owned())?;
            check_number(*min, *max, *decimals, number).map(|number| Some(Answer::Number(number))).map_err(|why| misfit(&why))
        }
        Kind::Date { min, max } => {
            let date = text.parse().map_err(|_| notices.no_date.to_owned())?;
            check_date(*min, *max, date).map(|date| Some(Answer::Date(date))).map_err(|why| misfit(&why))
        }
        _ => Ok(Some(Answer::Text(text.to_owned()))),
    }
}

/// Takes digits, a sign before them and a decimal point; what is no part of a number is refused as a whole, so that none of it
/// turns into another number.
fn insert_number(session: &mut Session, text: &str) {
    let typed = |character| match (digit(character), character) {
        (Some(digit), _) => Some(char::from(b'0' + digit)),
        (None, '-' | '−') => Some('-'),
        (None, '.' | ',' | '٫') => Some('.'),
        _ => None,
    };
    let before = session.focus.field.text();
    let whole: Option<String> = text.trim().chars().map(typed).collect();
    let whole = whole.map(|typed| format!("{before}{typed}")).filter(|whole| {
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        !digits.contains('-') && digits.matches('.').count() < 2 && digits.len() <= NUMBER_LIMIT
    });
    match whole {
        Some(whole) => session.focus.field = Field::new(whole),
        None => session.notice = Some(session.phrases.notices.no_number.to_owned()),
    }
}

fn insert_date(session: &mut Session, text: &str) {
    let mut digits: String = session.focus.field.text().chars().filter(char::is_ascii_digit).collect();
    for character in text.chars() {
        match digit(character) {
            Some(digit) if digits.len() < 8 => digits.push(char::from(b'0' + digit)),
            None if !matches!(character, '-' | '/' | '.' | ' ' | '\n') => {
                session.notice = Some(session.phrases.notices.only_date_digits.to_owned());
            }
            _ => {}
        }
    }
    session.focus.field = Field::new(dashed(&digits));
}

/// Puts dashes into up to eight digits: `20260` becomes `2026-0`.
fn dashed(digits: &str) -> String {
    let dash = |(at, digit): (usize, char)| if at == 4 || at == 6 { format!("-{digit}") } else { digit.to_string() };
    digits.chars().enumerate().map(dash).collect()
}

fn step(session: &mut Session, by: i64) {
    let text = session.focus.field.text().trim().to_owned();
    let stepped = match session.question().map(|question| &question.kind) {
        Some(Kind::Number { min, max, .. }) => stepped_number(&text, *min, *max, by),
        Some(Kind::Date { min, max }) => stepped_date(&text, *min, *max, by, session.today),
        _ => None,
    };
    if let Some(text) = stepped {
        session.focus.field = Field::new(text);
    }
}

#[expect(clippy::cast_precision_loss, reason = "steps are -1 and 1")]
fn stepped_number(text: &str, min: Option<f64>, max: Option<f64>, by: i64) -> Option<String> {
    let number: f64 = match text {
        "" => min.unwrap_or(0.0).min(max.unwrap_or(f64::MAX)),
        text => text.parse::<f64>().ok()? + by as f64,
    };
    let number = number.max(min.unwrap_or(f64::MIN)).min(max.unwrap_or(f64::MAX));
    // Rounding to the six decimal places a question may ask for keeps 0.1 + 1 from showing as 1.1000000000000001; adding zero,
    // from showing as -0.
    Some(((number * 1e6).round() / 1e6 + 0.0).to_string())
}

fn stepped_date(text: &str, min: Option<NaiveDate>, max: Option<NaiveDate>, by: i64, today: NaiveDate) -> Option<String> {
    let date = match text {
        "" => today,
        text => {
            let date = text.parse::<NaiveDate>().ok()?;
            if by < 0 { date.checked_sub_days(Days::new(1))? } else { date.checked_add_days(Days::new(1))? }
        }
    };
    let date = min.map_or(date, |least| date.max(least));
    Some(max.map_or(date, |most| date.min(most)).to_string())
}

fn is_text(session: &Session) -> bool {
    session.question().is_some_and(|question| matches!(question.kind, Kind::Text { .. }))
}

fn is_date(session: &Session) -> bool {
    session.question().is_some_and(|question| matches!(question.kind, Kind::Date { .. }))
}
