//! Someone who answers a survey by keys alone: at random first, then so that it can be sent off.

use chrono::{DateTime, NaiveDate, Utc};
use dxpulse::developer::answering::{Command, Effect, Event, Input, Outcome, Session, update};
use dxpulse::response::answer::holds;
use dxpulse::response::{Answer, Draft, Pick, Response};
use dxpulse::survey::{Choice, Kind, Question, Survey};
use proptest::prelude::*;

/// Someone in the middle of a survey, a key every 200 ms.
#[derive(Clone)]
pub(crate) struct Respondent<'s> {
    survey: &'s Survey,
    pub(crate) session: Session,
    at_ms: u64,
    pub(crate) is_sent: bool,
    left: Option<Outcome>,
}

/// Gives the moment at which everything happens.
pub(crate) fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH
}

/// Gives a session at the draft's place.
pub(crate) fn session(survey: &Survey, draft: Draft) -> Session {
    Session::new(survey, draft, NaiveDate::from_ymd_opt(2026, 3, 31).expect("a day"))
}

/// Makes sequences of what may happen to a session: keys by their names, and after a word and a blank what is pasted or gone to.
pub(crate) fn happenings(most: usize) -> impl Strategy<Value = Vec<String>> {
    let digits = "1 2 3 4 5 6 7 8 9 0 t y n a";
    let moves = "enter tab space down up left right shift-tab backspace";
    let rare = "p d s r q x / ? esc home end delete alt-up alt-down ctrl-j ctrl-o ctrl-u ctrl-w f1 f2 f3 f4 f5 f6 f10 alt-s";
    let keys = |names: &str| proptest::sample::select(names.split(' ').map(str::to_owned).collect::<Vec<_>>());
    let event = prop_oneof![
        8 => keys(digits),
        6 => keys(moves),
        3 => keys(rare),
        1 => "paste [a1 .\n-]{0,8}",
        2 => (0..6_usize).prop_map(|place| format!("goto {place}")),
    ];
    proptest::collection::vec(event, 0..most)
}

impl<'s> Respondent<'s> {
    /// Starts at the first question.
    pub(crate) fn new(survey: &'s Survey, language: &str, seed: u64) -> Self {
        let draft = Draft::begin(survey, language, seed, now());
        Self { survey, session: session(survey, draft), at_ms: 1_000, is_sent: false, left: None }
    }

    /// Lives through everything, and comes back whenever they left.
    pub(crate) fn lives_through(&mut self, events: &[String]) {
        for event in events {
            self.at_ms += 200;
            self.happens(match event.split_once(' ') {
                None => Event::Key(event.parse().expect("a key")),
                Some(("paste", text)) => Event::Paste(text.to_owned()),
                Some((_, place)) => Event::Command(Command::GoTo(place.parse().expect("a place"))),
            });
            self.at_ms += 30;
            self.happens(Event::Woken);
            self.comes_back();
        }
    }

    fn happens(&mut self, event: Event) {
        let (session, effects) = update(self.session.clone(), Input { at_ms: self.at_ms, event });
        self.session = session;
        for effect in effects {
            match effect {
                Effect::Save => self.happens(Event::Saved),
                Effect::Edit(text) => self.happens(Event::Edited(format!("{text} and more"))),
                Effect::Submit => self.is_sent = true,
                Effect::Leave(outcome) => self.left = Some(outcome),
                Effect::Decline | Effect::Suspend | Effect::Redraw | Effect::Wake(_) => {}
            }
        }
    }

    /// Goes on with what was stored; a response that could not be stored is no end either.
    fn comes_back(&mut self) {
        if std::mem::take(&mut self.is_sent) {
            self.happens(Event::SaveFailed("the disk is full".to_owned()));
        }
        let Some(outcome) = self.left.take() else { return };
        let draft = self.session.draft();
        let draft = if outcome == Outcome::Declined {
            Draft::begin(self.survey, &draft.language, draft.seed, now())
        } else {
            let stored = draft.to_json(self.survey);
            let (again, changes) = Draft::from_json(self.survey, &stored).expect("a draft can be read back");
            assert!(changes.is_empty(), "the survey is the same");
            // The order of picks is that of the survey again, where a draft has them in the order they were met.
            let what = |of: &Draft| (of.replies.keys().cloned().collect::<Vec<_>>(), of.unfinished.clone(), of.place.clone());
            assert_eq!((what(&again), again.presented(self.survey)), (what(draft), draft.presented(self.survey)));
            again
        };
        self.session = session(self.survey, draft);
    }

    /// Presses keys by their names.
    pub(crate) fn presses(&mut self, keys: &str) {
        for key in keys.split(' ') {
            self.at_ms += 200;
            self.happens(Event::Key(key.parse().expect("a key")));
            self.at_ms += 30;
            self.happens(Event::Woken);
        }
    }

    /// Closes whatever lies over the question.
    pub(crate) fn sees_the_question(&mut self) {
        if self.session.overlay().is_some() {
            self.presses("esc");
        }
    }

    /// Obeys a command of a face without keys.
    pub(crate) fn obeys(&mut self, command: Command) {
        self.at_ms += 200;
        self.happens(Event::Command(command));
    }

    /// Sends the survey off from wherever they are, mending what holds it back.
    pub(crate) fn sends_off(&mut self) {
        for _ in 0..4 * self.survey.questions.len() + 8 {
            self.sees_the_question();
            // Away from a line of the review that may be marked, and back to it.
            self.presses("shift-tab f2 enter");
            if self.is_sent {
                return;
            }
            self.answers();
            if self.is_sent {
                return;
            }
        }
        panic!("stuck at {:?}: {:?}", self.session.question().map(|question| &question.id), self.session.problems());
    }

    /// Answers the current question in a way that nothing can be said against.
    pub(crate) fn answers(&mut self) {
        let Some(question) = self.session.question().cloned() else { return };
        match &question.kind {
            Kind::Note => self.presses("enter"),
            Kind::Scale { scale, .. } if scale.last == 10 => self.presses("t"),
            Kind::Scale { scale, .. } => self.presses(&scale.last.to_string()),
            Kind::Boolean => self.presses("y"),
            Kind::Single { choices } if choices[0].other => self.types_into_other("1"),
            Kind::Single { .. } => self.presses("1"),
            Kind::Multi { choices, min, .. } => self.chooses(choices, *min),
            Kind::Ranking { choices } => self.ranks(choices),
            Kind::Matrix { rows, scale } => {
                self.presses("home");
                rows.iter().for_each(|_| self.presses(&scale.last.to_string()));
            }
            Kind::Text { .. } => self.types("o k"),
            Kind::Number { .. } => self.types("1"),
            Kind::Date { .. } => self.types("2 0 2 6 0 3 0 3"),
        }
    }

    fn types(&mut self, keys: &str) {
        while !self.session.focus().field.text().is_empty() {
            self.presses("end ctrl-u backspace");
        }
        self.presses(keys);
        self.presses("enter");
    }

    fn types_into_other(&mut self, digit: &str) {
        self.presses(digit);
        self.types("x");
    }

    fn chooses(&mut self, choices: &[Choice], least: usize) {
        let together: Vec<usize> = (0..choices.len()).filter(|at| !choices[*at].exclusive).collect();
        let wanted = if together.is_empty() { vec![0] } else { together[..least].to_vec() };
        for take_back in [true, false] {
            for (at, choice) in choices.iter().enumerate() {
                let (is_there, is_wanted) = (holds(&self.picks(), choice), wanted.contains(&at));
                let digit = (at + 1).to_string();
                match choice.other {
                    _ if is_there == is_wanted || is_there != take_back => {}
                    false => self.presses(&digit),
                    true if is_wanted => self.types_into_other(&digit),
                    true => self.takes_other_back(&digit),
                }
            }
        }
        self.presses("enter");
    }

    fn takes_other_back(&mut self, digit: &str) {
        self.presses(digit);
        while !self.session.focus().field.text().is_empty() {
            self.presses("end ctrl-u backspace");
        }
        self.presses("enter");
    }

    fn picks(&self) -> Vec<Pick> {
        match self.session.answer() {
            Some(Answer::Multi(picks)) => picks.clone(),
            _ => Vec::new(),
        }
    }

    fn ranks(&mut self, choices: &[Choice]) {
        for (at, choice) in choices.iter().enumerate() {
            let ranked = matches!(self.session.answer(), Some(Answer::Ranking(order)) if order.contains(&choice.code));
            if !ranked {
                self.presses(&(at + 1).to_string());
            }
        }
        self.presses("enter");
    }

    /// Gives the response that was sent off.
    pub(crate) fn response(&self) -> Response {
        assert!(self.is_sent, "it was sent off");
        let finished = Response::finish(self.survey, self.session.draft(), "one".to_owned(), now());
        finished.unwrap_or_else(|problems| panic!("sent off with {problems:?}"))
    }

    /// Gives the current question's name, `review` at the review.
    pub(crate) fn is_at(&self) -> &str {
        self.session.question().map_or("review", |question: &Question| question.id.as_str())
    }
}
