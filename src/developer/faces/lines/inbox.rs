//! The inbox as lines: the surveys by number, and which one a typed line means.

use super::MARK;
use super::vocabulary::command;
use crate::developer::answering::Command;
use crate::developer::faces::words;
use crate::developer::inbox::{Inbox, State};
use crate::screen::text::wrap;
use crate::survey::SurveyId;

/// Gives the inbox as lines of at most `columns`, with the mark where the respondent types.
pub fn inbox(inbox: &Inbox, columns: usize) -> String {
    let (phrases, say) = (inbox.phrases(), &inbox.phrases().inbox);
    let mut lines: Vec<String> = inbox.notice.iter().cloned().collect();
    for (at, item) in inbox.items().iter().enumerate() {
        let until = item.until.as_ref().map(|until| format!("{}{until}", phrases.lists.between)).unwrap_or_default();
        let state = match &item.state {
            State::Draft { replied, asked, saved } => (say.line_draft)(*replied, *asked, saved) + &until,
            State::Open => (say.line_open)(&words::minutes(item.minutes, phrases)) + &until,
            State::Answered(on) => (say.line_answered)(on),
            State::Declined(on) => (say.line_declined)(on),
            State::Closed(when) => (say.line_closed)(when),
        };
        // Where an answer is guessed, that is said where one decides.
        let warning = inbox.bound_for(item.goes).warning.filter(|_| item.state.may_be_opened());
        let warning = warning.map(|warning| format!(" {warning}")).unwrap_or_default();
        let state = if warning.is_empty() { state } else { (phrases.lines.sentence)(&state) };
        lines.push(format!("{}. {}: {state}{warning}", at + 1, item.title));
    }
    lines.extend((inbox.on_request > 0).then(|| (say.on_request)(inbox.on_request)));
    lines.push(say.line_closing.to_owned());
    let wrapped = lines.iter().flat_map(|line| wrap(line, columns)).map(|line| format!("{line}\n"));
    format!("{}{MARK}", wrapped.collect::<String>())
}

/// Gives the survey a typed line asks for; `None` to leave.
///
/// # Errors
/// What to type instead.
pub fn chosen(inbox: &Inbox, line: &str) -> Result<Option<SurveyId>, String> {
    let (phrases, say) = (inbox.phrases(), &inbox.phrases().inbox);
    let word = line.trim();
    if word == "exit" || command(&word.to_lowercase(), phrases) == Some(Command::SaveAndLeave) {
        return Ok(None);
    }
    let count = inbox.items().len();
    let at = word.parse::<usize>().ok().filter(|number| (1..=count).contains(number));
    let item = &inbox.items()[at.ok_or_else(|| (say.line_number)(count))? - 1];
    match &item.state {
        State::Draft { .. } | State::Open | State::Declined(_) => Ok(Some(item.id.clone())),
        State::Answered(_) => Err((say.line_again)(item.id.as_str())),
        State::Closed(when) => Err((say.line_is_closed)(when)),
    }
}
