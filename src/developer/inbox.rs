//! The inbox as a pure state machine: which surveys wait, which are begun, which are answered.
//!
//! It never reads the store or a clock: the command that opens it does.

use super::phrases::{Destination, Phrases};
use crate::screen::keymap::{Key, KeyCode};
use crate::survey::SurveyId;

/// What the inbox shows and where the cursor is.
#[derive(Debug, Clone, PartialEq)]
pub struct Inbox {
    /// Whether this is the first start, which says what dxpulse is.
    pub is_first_start: bool,
    /// A line of news, such as thanks, or files that can't be read.
    pub notice: Option<String>,
    /// Whether the keys are shown in place of the list.
    pub is_help: bool,
    /// What a collector knows of who the developer is, in words.
    pub known: Vec<String>,
    /// How many more surveys there are, which only wait to be asked for by name: the inbox names none of them.
    pub on_request: usize,
    items: Vec<Item>,
    cursor: usize,
    phrases: &'static Phrases,
}

/// A survey in the inbox.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The survey.
    pub id: SurveyId,
    /// Its title.
    pub title: String,
    /// The minutes it takes.
    pub minutes: f64,
    /// How far the respondent is with it.
    pub state: State,
    /// Until when it can be answered, in words, where that matters.
    pub until: Option<String>,
    /// Where its answers go.
    pub goes: Destination,
}

/// How far a respondent is with a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Begun: how many of its questions have a reply, and when it was last saved, in words.
    Draft {
        /// Questions with a reply.
        replied: usize,
        /// Questions in all.
        asked: usize,
        /// When it was last saved, in words.
        saved: String,
    },
    /// Waiting to be answered.
    Open,
    /// Answered on this day.
    Answered(String),
    /// Declined on this day.
    Declined(String),
    /// Not to be answered today: when it opens or has closed, in words.
    Closed(String),
}

/// What the respondent wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// To answer this survey.
    Open(SurveyId),
    /// To leave.
    Leave,
    /// To stop until continued.
    Suspend,
    /// To draw the screen again.
    Redraw,
}

impl Inbox {
    /// Makes an inbox: drafts first, then what is open, what was answered or declined, and what is closed; within these the
    /// order is kept.
    pub fn new(mut items: Vec<Item>, is_first_start: bool, notice: Option<String>) -> Self {
        items.sort_by_key(|item| item.state.section());
        Self {
            is_first_start,
            notice,
            is_help: false,
            known: Vec::new(),
            on_request: 0,
            items,
            cursor: 0,
            phrases: Phrases::ENGLISH,
        }
    }

    /// Speaks with the respondent in these phrases rather than in English.
    #[must_use]
    pub fn speaking(self, phrases: &'static Phrases) -> Self {
        Self { phrases, ..self }
    }

    /// Gives the phrases the respondent is spoken with.
    pub fn phrases(&self) -> &'static Phrases {
        self.phrases
    }

    /// Gives where the answers to the survey under the cursor go; nowhere where there is none.
    pub fn goes(&self) -> Destination {
        self.items.get(self.cursor).map_or(Destination::Here, |item| item.goes)
    }

    /// Gives the phrases that say where answers go, for a survey whose answers go there.
    pub fn bound_for(&self, goes: Destination) -> &'static Phrases {
        Phrases::bound_for(self.phrases.language(), goes)
    }

    /// Gives what is known of who the developer is.
    pub fn known_in_words(&self) -> String {
        let say = &self.phrases.inbox;
        if self.known.is_empty() { say.known.to_owned() } else { (say.known_of)(&self.known.join(", ")) }
    }

    /// Gives what of that the answers to the survey under the cursor tell, where they tell any.
    pub fn class_in_words(&self) -> Option<&'static str> {
        let has_class = !self.known.is_empty() && self.goes() == Destination::Collector;
        has_class.then_some(self.phrases.inbox.class_alone)
    }

    /// Gives what the keys do, as the help shows them.
    pub fn keys(&self) -> [(&'static str, &'static str); 7] {
        let Phrases { inbox, helps, .. } = self.phrases;
        [
            ("↑ ↓ home end", inbox.help_move),
            ("⏎", inbox.help_open),
            ("1–9", inbox.help_number),
            ("q esc f10", inbox.help_leave),
            ("? f1", inbox.help_help),
            ("ctrl-l", helps.redraw),
            ("ctrl-z", helps.suspend),
        ]
    }

    /// Gives the surveys in the order shown.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Gives the place of the survey under the cursor.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Takes a key; gives what the respondent wants, if anything.
    pub fn press(&mut self, key: Key) -> Option<Wish> {
        let last = self.items.len().saturating_sub(1);
        self.notice = None;
        match (key.code, key.ctrl) {
            (KeyCode::Char('c' | 'd'), true) => return Some(Wish::Leave),
            (KeyCode::Char('z'), true) => return Some(Wish::Suspend),
            (KeyCode::Char('l'), true) => return Some(Wish::Redraw),
            (KeyCode::Char('?') | KeyCode::F(1), false) => self.is_help = !self.is_help,
            _ if std::mem::take(&mut self.is_help) => {}
            (KeyCode::Char('q') | KeyCode::Esc | KeyCode::F(10), false) => return Some(Wish::Leave),
            (KeyCode::Up, _) => self.cursor = self.cursor.saturating_sub(1),
            (KeyCode::Down | KeyCode::Tab, _) => self.cursor = (self.cursor + 1).min(last),
            (KeyCode::Home | KeyCode::PageUp, _) => self.cursor = 0,
            (KeyCode::End | KeyCode::PageDown, _) => self.cursor = last,
            (KeyCode::Enter, _) => return self.open(self.cursor),
            _ => return key.digit().and_then(|digit| self.open(usize::from(digit).checked_sub(1)?)),
        }
        None
    }

    fn open(&mut self, at: usize) -> Option<Wish> {
        let item = self.items.get(at)?.clone();
        self.cursor = at;
        match item.state {
            State::Draft { .. } | State::Open | State::Declined(_) => Some(Wish::Open(item.id)),
            State::Answered(on) => {
                self.notice = Some((self.phrases.inbox.again)(&on, item.id.as_str()));
                None
            }
            State::Closed(when) => {
                self.notice = Some((self.phrases.inbox.is_closed)(item.id.as_str(), &when));
                None
            }
        }
    }
}

impl State {
    /// Says whether the survey can be answered, or gone on with.
    pub fn may_be_opened(&self) -> bool {
        matches!(self, Self::Draft { .. } | Self::Open | Self::Declined(_))
    }

    /// Gives the heading the survey stands under.
    pub fn heading(&self, phrases: &Phrases) -> &'static str {
        match self {
            Self::Draft { .. } => phrases.surveys.draft,
            Self::Open => phrases.inbox.open,
            Self::Answered(_) | Self::Declined(_) => phrases.inbox.done,
            Self::Closed(_) => phrases.inbox.closed,
        }
    }

    fn section(&self) -> usize {
        match self {
            Self::Draft { .. } => 0,
            Self::Open => 1,
            Self::Answered(_) | Self::Declined(_) => 2,
            Self::Closed(_) => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inbox() -> Inbox {
        let item = |id: &str, state| Item {
            id: SurveyId::new(id).unwrap(),
            title: id.to_uppercase(),
            minutes: 1.0,
            state,
            until: None,
            goes: Destination::Here,
        };
        let draft = State::Draft { replied: 1, asked: 4, saved: "today".into() };
        Inbox::new(
            vec![
                item("later", State::Closed("opens 1 Sep".into())),
                item("done", State::Answered("2026-03-31".into())),
                item("open", State::Open),
                item("begun", draft),
            ],
            false,
            None,
        )
    }

    #[test]
    fn keys_open_what_is_open_and_say_why_the_rest_is_not() {
        let open = |id| Some(Wish::Open(SurveyId::new(id).unwrap()));
        let cases = [
            ("enter", open("begun")),
            ("1", open("begun")),
            ("2", open("open")),
            ("3", None),
            ("4", None),
            ("9", None),
            ("0", None),
            ("x", None),
            ("q", Some(Wish::Leave)),
            ("esc", Some(Wish::Leave)),
            ("ctrl-c", Some(Wish::Leave)),
            ("ctrl-z", Some(Wish::Suspend)),
        ];
        for (key, wish) in cases {
            assert_eq!(inbox().press(key.parse().unwrap()), wish, "{key}");
        }
        let mut inbox = inbox();
        inbox.press("3".parse().unwrap());
        assert_eq!(inbox.notice.as_deref(), Some("answered on 2026-03-31; to answer again: dxpulse take done --again"));
        inbox.press("4".parse().unwrap());
        assert_eq!(inbox.notice.as_deref(), Some("later is closed: opens 1 Sep"));
    }

    #[test]
    fn the_cursor_stays_on_the_list() {
        let mut inbox = inbox();
        for (key, at) in [("up", 0), ("down", 1), ("end", 3), ("down", 3), ("home", 0)] {
            inbox.press(key.parse().unwrap());
            assert_eq!(inbox.cursor(), at, "{key}");
        }
    }

    #[test]
    fn the_help_is_closed_by_any_key_and_opens_nothing() {
        let mut inbox = inbox();
        for key in ["?", "f1"] {
            for close in ["esc", "q", "1", "?"] {
                assert_eq!((inbox.press(key.parse().unwrap()), inbox.is_help), (None, true));
                assert_eq!((inbox.press(close.parse().unwrap()), inbox.is_help), (None, false), "{close}");
            }
        }
    }
}
