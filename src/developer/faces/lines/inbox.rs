//! The inbox as lines: the surveys by number, and which one a typed line means.

use super::MARK;
use crate::developer::faces::words;
use crate::developer::inbox::{Inbox, State};
use crate::screen::text::wrap;
use crate::survey::SurveyId;

/// Gives the inbox as lines of at most `columns`, with the mark where the respondent types.
pub fn inbox(inbox: &Inbox, columns: usize) -> String {
    let mut lines: Vec<String> = inbox.notice.iter().cloned().collect();
    for (at, item) in inbox.items().iter().enumerate() {
        let until = item.until.as_ref().map(|until| format!(", {until}")).unwrap_or_default();
        let state = match &item.state {
            State::Draft { replied, asked, saved } => format!("to resume: {replied} of {asked}, saved {saved}{until}"),
            State::Open => format!("open, {}{until}", words::minutes(item.minutes)),
            State::Answered(on) => format!("answered on {on}"),
            State::Declined(on) => format!("declined on {on}"),
            State::Closed(when) => format!("closed, {when}"),
        };
        lines.push(format!("{}. {}: {state}", at + 1, item.title));
    }
    lines.extend((inbox.on_request > 0).then(|| words::on_request(inbox.on_request)));
    lines.push("Nothing leaves this machine. Type a number to answer a survey, or quit.".to_owned());
    let wrapped = lines.iter().flat_map(|line| wrap(line, columns)).map(|line| format!("{line}\n"));
    format!("{}{MARK}", wrapped.collect::<String>())
}

/// Gives the survey a typed line asks for; `None` to leave.
///
/// # Errors
/// What to type instead.
pub fn chosen(inbox: &Inbox, line: &str) -> Result<Option<SurveyId>, String> {
    let word = line.trim();
    if ["q", "quit", "exit"].contains(&word) {
        return Ok(None);
    }
    let count = inbox.items().len();
    let at = word.parse::<usize>().ok().filter(|number| (1..=count).contains(number));
    let item = &inbox.items()[at.ok_or_else(|| format!("type a number from 1 to {count}, or quit"))? - 1];
    match &item.state {
        State::Draft { .. } | State::Open | State::Declined(_) => Ok(Some(item.id.clone())),
        State::Answered(_) => Err(format!("that one is answered; to answer again: dxpulse take {} --again", item.id)),
        State::Closed(when) => Err(format!("that one is closed: {when}")),
    }
}
