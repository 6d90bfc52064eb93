//! The program's own words, in every language it speaks.
//!
//! A language is one constant of [`Phrases`]; one that lacks a phrase doesn't compile. A phrase with parts is a function, since
//! plurals and the order of words differ. Nothing is looked up by name, and nothing is loaded: it knows surveys and answers, and
//! neither keys, screens nor commands.

mod english;
mod german;
mod japanese;
mod parts;
#[cfg(test)]
mod tests;

use std::fmt;

pub(crate) use parts::{
    Answers, Farewells, Fields, Found, Helps, Hints, Inbox, Lines, Lists, Menu, Notices, Outbox, Prompting, Status, Surveys,
    Times, Word, Words,
};

use crate::survey::language;

/// Everything the program says to a respondent, in one language.
pub struct Phrases {
    language: &'static str,
    /// The letter of the key that means yes.
    pub(crate) yes_key: char,
    pub(crate) hints: Hints,
    pub(crate) helps: Helps,
    pub(crate) menu: Menu,
    pub(crate) notices: Notices,
    pub(crate) status: Status,
    pub(crate) answers: Answers,
    pub(crate) fields: Fields,
    pub(crate) lists: Lists,
    pub(crate) found: Found,
    pub(crate) inbox: Inbox,
    pub(crate) words: Words,
    pub(crate) lines: Lines,
    pub(crate) times: Times,
    pub(crate) surveys: Surveys,
    pub(crate) outbox: Outbox,
    pub(crate) prompting: Prompting,
    pub(crate) farewells: Farewells,
    /// What the respondent must know before answers are sent off, where there is something.
    pub(crate) warning: Option<&'static str>,
}

/// Where the answers to a survey go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Destination {
    /// Nowhere: they stay on this machine.
    #[default]
    Here,
    /// To a collector, which can't tell whose they are.
    Collector,
    /// To a collector, along with those of so few others that one can guess whose they are.
    Few,
    /// To an endpoint whose operator is trusted not to look.
    Webhook,
}

/// What is said where answers go somewhere.
#[derive(Clone, Copy)]
struct Going {
    /// In the status bar.
    place: &'static str,
    /// The same where there is little room.
    short: &'static str,
    /// In the help.
    help: &'static str,
    /// In plain lines, before the first question.
    spoken: &'static str,
    /// When the survey was answered.
    answered: &'static str,
    /// What the respondent must know, where there is something.
    warning: Option<&'static str>,
    /// On the first start.
    greeting: &'static str,
    /// Where a number of the inbox is asked for.
    closing: &'static str,
}

impl Phrases {
    /// The program's first language.
    pub const ENGLISH: &'static Self = &english::ENGLISH;

    /// Every language there is.
    pub const ALL: [&'static Self; 3] = [Self::ENGLISH, &german::GERMAN, &japanese::JAPANESE];

    /// Gives the phrases that serve a reader of this language best: its own, else those of its base language, else English.
    ///
    /// The language is a BCP 47 tag such as `de-AT`, or the name of a locale such as `de_AT.UTF-8`.
    pub fn of(language: &str) -> &'static Self {
        let tag = language::choose(language, Self::ALL.iter().map(|phrases| phrases.language));
        Self::ALL.into_iter().find(|phrases| Some(phrases.language) == tag).unwrap_or(Self::ENGLISH)
    }

    /// Gives the phrases of a language for someone who tries a survey out: none says that something is saved.
    pub fn of_trial(language: &str) -> &'static Self {
        let all = [&english::ON_TRIAL, &german::ON_TRIAL, &japanese::ON_TRIAL];
        let spoken = Self::of(language).language;
        all.into_iter().find(|phrases| phrases.language == spoken).unwrap_or(all[0])
    }

    /// Gives the phrases of a language for a survey whose answers go somewhere: they say where.
    pub fn bound_for(language: &str, destination: Destination) -> &'static Self {
        let all = match destination {
            Destination::Here => return Self::of(language),
            Destination::Collector => [&english::ANONYMOUS, &german::ANONYMOUS, &japanese::ANONYMOUS],
            Destination::Few => [&english::FEW, &german::FEW, &japanese::FEW],
            Destination::Webhook => [&english::CONFIDENTIAL, &german::CONFIDENTIAL, &japanese::CONFIDENTIAL],
        };
        let spoken = Self::of(language).language;
        all.into_iter().find(|phrases| phrases.language == spoken).unwrap_or(all[0])
    }

    /// Puts words that say where answers go in place of those that say they stay.
    const fn going(self, going: Going) -> Self {
        let status = Status { leaves_here: going.place, leaves: going.short, ..self.status };
        let farewells = Farewells { answered: going.answered, ..self.farewells };
        let [first, _, last] = self.inbox.greeting;
        let inbox = Inbox { greeting: [first, going.greeting, last], line_closing: going.closing, ..self.inbox };
        let (helps, lines) = (Helps { leaves_here: going.help, ..self.helps }, Lines { leaves_here: going.spoken, ..self.lines });
        Self { status, farewells, inbox, helps, lines, warning: going.warning, ..self }
    }

    /// Puts a trial's words in place of those about saving.
    const fn on_trial(self, place: &'static str, complete: fn(&str) -> String) -> Self {
        let nothing = |_: usize| String::new();
        let status = Status { saving: "", saved: nothing, saved_short: nothing, stays_here: place, local: place, ..self.status };
        Self { status, lists: Lists { complete, ..self.lists }, ..self }
    }

    /// Gives the language as a BCP 47 tag.
    pub fn language(&self) -> &'static str {
        self.language
    }
}

/// There is one of each language, so that the tag says it all.
impl PartialEq for Phrases {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language
    }
}

impl fmt::Debug for Phrases {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Phrases({})", self.language)
    }
}

/// Gives a number with its noun, where one and many are told apart.
pub(crate) fn number_of(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
