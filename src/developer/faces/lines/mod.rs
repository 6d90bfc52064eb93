//! The line face: questions and answers as plain lines below each other, for screen readers, dumb terminals and tiny screens.
//!
//! Append-only and without any escape sequence; nothing depends on colour, position or drawing characters.

mod inbox;
mod prompt;
mod spoken;
mod understand;
mod vocabulary;

pub use inbox::{chosen, inbox};
pub use prompt::{help, introduction, prompt};
pub use spoken::spoken;
pub use understand::{understand, understand_review, understand_words};

use crate::developer::answering::{Command, Event, Session};
use crate::developer::phrases::Phrases;
use crate::response::{Answer, Cell, Place, Reply};
use crate::screen::text::wrap;
use crate::survey::{Kind, Length, Question, QuestionId};

/// What a typed line comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// Something for the session, in this order.
    Events(Vec<Event>),
    /// Nothing for the session; [`Talk::say`] tells what was wrong, or waits for more lines.
    Nothing,
}

/// What was asked: a place, a row of a matrix, and whether it was about the words that leave the machine.
type Asked = (Place, Option<usize>, bool);

/// One conversation: what was asked last, and what is still to be said.
#[derive(Debug, Default)]
pub struct Talk {
    introduced: bool,
    asked: Option<Asked>,
    /// The question whose answer is awaited back from the session, with its row and its reply before.
    answered: Option<(QuestionId, Option<usize>, Option<Reply>)>,
    /// The lines of a longer text so far.
    gathered: Vec<String>,
    told: Option<String>,
    /// What to say next, before anything else.
    aside: Option<String>,
    /// Whether the respondent said to decline once, with answers there to lose.
    declining: bool,
    /// Whether the line face waits at its mark for a line.
    waiting: bool,
}

/// What stands where the respondent types.
const MARK: &str = "> ";

impl Talk {
    /// Begins with the survey's title and introduction.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes over from the full screen: the respondent has read the introduction.
    pub fn taking_over() -> Self {
        Self { introduced: true, ..Self::default() }
    }

    /// Makes the whole question be asked again, such as after a stop.
    pub fn ask_again(&mut self) {
        self.asked = None;
    }

    /// Understands a typed line.
    pub fn hear(&mut self, session: &Session, line: &str) -> Heard {
        self.waiting = false;
        self.answered = None;
        if session.asks_about_words() {
            return self.settle(session, understand_words(line, session.phrases()));
        }
        let Some(question) = session.question() else {
            return self.settle(session, understand_review(session, line));
        };
        let at_start = self.gathered.is_empty();
        let begins = at_start && (line.trim().is_empty() || understand::is_bare_command(question, line, session.phrases()));
        if !is_long(question) || begins || understand::is_command(question, line, session.phrases()) {
            return self.settle(session, understand(question, line, session.phrases()));
        }
        if line.trim_end() == "." {
            return self.end_of_text(session);
        }
        let line = if at_start { understand::literal(question, line, session.phrases()) } else { line };
        self.gathered.push(line.to_owned());
        Heard::Nothing
    }

    /// Understands Ctrl-D: it ends a longer text; `None` when there is none and the respondent leaves.
    pub fn hear_end(&mut self, session: &Session) -> Option<Heard> {
        (!self.gathered.is_empty()).then(|| self.end_of_text(session))
    }

    /// Gives the longer text so far, which the session must know of before it ends.
    pub fn unfinished(&mut self) -> Option<Event> {
        let lines = std::mem::take(&mut self.gathered);
        (!lines.is_empty()).then(|| Event::Edited(lines.join("\n")))
    }

    /// Gives what is to be printed now, wrapped to the columns; empty when there is nothing new.
    pub fn say(&mut self, session: &Session, columns: usize) -> String {
        let mut said = String::new();
        let mut paragraph = |text: &str| {
            for line in wrap(text, columns) {
                said.push_str(&line);
                said.push('\n');
            }
        };
        if !std::mem::replace(&mut self.introduced, true) {
            paragraph(&introduction(session));
        }
        let place = (session.draft().place.clone(), session.row(), session.asks_about_words());
        let moved = self.asked.as_ref() != Some(&place);
        if let Some(echo) = self.echo(session, moved) {
            paragraph(&echo);
        }
        if let Some(aside) = self.aside.take() {
            paragraph(&aside);
        }
        if session.notice() != self.told.as_deref() {
            self.told = session.notice().map(str::to_owned);
            session.notice().into_iter().for_each(&mut paragraph);
        }
        if moved {
            self.gathered = begun(session);
            said.push_str(&prompt(session, columns));
        }
        self.asked = Some(place);
        self.at_the_mark(said)
    }

    /// Gives what ends the conversation's last line.
    pub fn close(&mut self) -> &'static str {
        if std::mem::take(&mut self.waiting) { "\n" } else { "" }
    }

    fn at_the_mark(&mut self, mut said: String) -> String {
        if self.waiting && !said.is_empty() {
            said.insert(0, '\n');
        }
        if !self.waiting || !said.is_empty() {
            said.push_str(MARK);
        }
        self.waiting = true;
        said
    }

    fn end_of_text(&mut self, session: &Session) -> Heard {
        let text = std::mem::take(&mut self.gathered).join("\n");
        match session.question() {
            Some(question) => self.settle(session, understand::answer(question, &text, session.phrases())),
            None => Heard::Nothing,
        }
    }

    fn settle(&mut self, session: &Session, understood: Result<Event, String>) -> Heard {
        let confirmed = std::mem::take(&mut self.declining) || session.draft().replies.is_empty();
        match understood {
            Ok(Event::Command(Command::Decline)) if !confirmed => {
                self.declining = true;
                let lines = &session.phrases().lines;
                self.aside = Some(if session.changes() { lines.dropping } else { lines.declining }.to_owned());
            }
            Ok(Event::Command(Command::Help)) => self.aside = Some(help(session)),
            Ok(event) => {
                if is_about_the_answer(&event) {
                    let question = session.question();
                    self.answered = question.map(|question| (question.id.clone(), session.row(), session.reply().cloned()));
                }
                // A notice that comes again is said again.
                self.told = None;
                let gathered = self.unfinished().filter(|_| matches!(event, Event::Command(_)) && !is_about_the_answer(&event));
                return Heard::Events(gathered.into_iter().chain([event]).collect());
            }
            Err(problem) => self.aside = Some(problem),
        }
        Heard::Nothing
    }

    /// Says back what the session holds as the answer, once it went on or changed.
    fn echo(&mut self, session: &Session, moved: bool) -> Option<String> {
        let (id, row, before) = self.answered.take()?;
        let question = session.question_at(session.place_of(&id)?)?;
        let now = session.replies().get(&id);
        (moved || now != before.as_ref()).then(|| echoed(question, row, now?, session.phrases())).flatten()
    }
}

fn echoed(question: &Question, row: Option<usize>, reply: &Reply, phrases: &Phrases) -> Option<String> {
    let said = match (&question.kind, row, reply) {
        (Kind::Matrix { rows, .. }, Some(row), Reply::Given(Answer::Matrix(cells))) => {
            let cell = match cells.get(&rows.get(row)?.code)? {
                Cell::Given(point) => Reply::Given(Answer::Scale(*point)),
                Cell::Missing(kind) => Reply::Missing(*kind),
            };
            spoken(question, &cell, phrases)
        }
        _ => spoken(question, reply, phrases),
    };
    Some((phrases.lines.your_answer)(&said))
}

fn is_long(question: &Question) -> bool {
    matches!(question.kind, Kind::Text { length: Length::Long, .. })
}

/// Gives the lines of a longer text that was begun earlier; what is typed now is added to them.
fn begun(session: &Session) -> Vec<String> {
    let question = session.question().filter(|question| is_long(question));
    let text = question.and_then(|question| session.draft().unfinished.get(&question.id));
    text.into_iter().flat_map(|text| text.lines()).map(str::to_owned).collect()
}

fn is_about_the_answer(event: &Event) -> bool {
    use Command::{DontKnow, NotApplicable, PreferNotToSay, Skip};
    matches!(event, Event::Reply(_) | Event::RowReply(_))
        || matches!(event, Event::Command(Skip | NotApplicable | PreferNotToSay | DontKnow))
}

#[cfg(test)]
mod tests;
