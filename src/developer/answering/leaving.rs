//! Own words on their way out of the machine: what was found in them, what stands in its place if the respondent wants that, and
//! whether all of them together are short enough to be sent.

use unicode_segmentation::UnicodeSegmentation;

use super::field::OTHER_LIMIT;
use super::{Overlay, Session, Typing};
use crate::anonymous::frame::MOST;
use crate::anonymous::submission::comments_length;
use crate::developer::scrubbing::{self, Kind as FoundKind};
use crate::response::check::Problem;
use crate::response::{Answer, Pick, Place, Replies, Reply};
use crate::survey::{Kind, Question, QuestionId};

/// A part of own words that may name someone, a machine or a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The question that was answered with it.
    pub question: QuestionId,
    /// The number of that question, from 1.
    pub number: usize,
    /// The character it begins with in the answer, from 1.
    pub place: usize,
    /// The words.
    pub words: String,
    /// What it is.
    pub kind: FoundKind,
}

impl Session {
    /// Says that the answers leave this machine once they are sent off, so that own words are looked through before.
    #[must_use]
    pub fn leaving_the_machine(self) -> Self {
        Self { leaves: true, words_leave: true, ..self }
    }

    /// Says that the answers leave this machine without the respondent's own words, which stay here.
    #[must_use]
    pub fn leaving_without_words(self) -> Self {
        Self { leaves: true, words_leave: false, ..self }
    }

    /// Says that an earlier answer is there: declining drops what is answered now, and nothing else.
    #[must_use]
    pub fn changing(self, changes: bool) -> Self {
        Self { changes, ..self }
    }

    /// Says whether an earlier answer is there.
    pub fn changes(&self) -> bool {
        self.changes
    }

    /// Says whether the answers leave this machine.
    pub fn leaves_the_machine(&self) -> bool {
        self.leaves
    }

    /// Gives what was found in the words that leave this machine, in the order of the questions; in each, the same words once.
    pub fn found(&self) -> Vec<Found> {
        // Words that aren't sent need no look.
        if !self.words_leave || !self.survey.privacy.comments {
            return Vec::new();
        }
        let asked = self.asked().enumerate().map(|(at, (_, question))| (at + 1, question));
        asked.flat_map(|(number, question)| self.found_in(number, question)).collect()
    }

    fn found_in(&self, number: usize, question: &Question) -> Vec<Found> {
        let Some(text) = self.replies().get(&question.id).and_then(own_words) else { return Vec::new() };
        let mut all: Vec<Found> = Vec::new();
        for finding in scrubbing::find(text) {
            let words = text[finding.range.clone()].to_owned();
            let place = text[..finding.range.start].chars().count() + 1;
            if all.iter().all(|found| found.words != words) {
                all.push(Found { question: question.id.clone(), number, place, words, kind: finding.kind });
            }
        }
        all
    }

    /// Puts what stands for it in the place of everything that was found.
    pub(super) fn replace_found(&mut self) {
        for Found { question: id, .. } in self.found() {
            let most = match self.survey.question(&id).map(|question| &question.kind) {
                Some(Kind::Text { max_length, .. }) => *max_length,
                _ => OTHER_LIMIT,
            };
            let replaced = |text: &str| scrubbing::replaced_within(text, &scrubbing::find(text), most);
            if let Some(reply) = self.draft.replies.get_mut(&id) {
                *reply = with_own_words(reply.clone(), replaced);
            }
        }
        self.walk();
        self.settle_place();
        self.focus = self.focus_of_place();
    }

    /// Goes to the first question in whose answer something was found, with the field for its words open.
    pub(super) fn mend_found(&mut self) {
        let Some(first) = self.found().into_iter().next() else { return };
        self.show(Place::Question(first.question));
        self.from_review = (self.asked().count() > 1).then(|| self.flow.clone());
        super::list::open_own_words(self);
    }

    /// Says what is too much where all own words together can't be sent: of the longest, since it can best be shortened.
    pub(super) fn too_much(&self) -> Option<(QuestionId, Problem)> {
        let excess = self.excess(self.replies())?;
        let texts = self.asked().filter_map(|(_, question)| Some((&question.id, own_words(self.replies().get(&question.id)?)?)));
        let (id, text) = texts.max_by_key(|(_, text)| text.len())?;
        Some((id.clone(), Problem::TooMuch { characters: characters_of(text, excess) }))
    }

    /// Says what is too much of the words of the current question, as they stand in their field or were answered.
    pub(super) fn too_much_here(&self) -> Option<Problem> {
        let question = self.question().filter(|_| self.words_leave)?;
        let typed = self.focus.field.text().trim();
        let reply = match (self.focus.typing, &question.kind) {
            (Typing::Answer, Kind::Text { .. }) => Reply::Given(Answer::Text(typed.to_owned())),
            (Typing::Other, _) => Reply::Given(Answer::Single(Pick::Other(typed.to_owned()))),
            _ => self.reply()?.clone(),
        };
        let text = own_words(&reply).filter(|text| !text.is_empty())?.to_owned();
        let mut replies = self.replies().clone();
        replies.insert(question.id.clone(), reply);
        let excess = self.excess(&replies)?;
        Some(Problem::TooMuch { characters: characters_of(&text, excess) })
    }

    /// Gives the bytes that can't be sent of the words in these replies.
    fn excess(&self, replies: &Replies) -> Option<usize> {
        let bytes = if self.words_leave { comments_length(&self.survey, replies) } else { 0 };
        bytes.checked_sub(MOST).filter(|excess| *excess > 0)
    }

    /// Says whether the respondent is asked about what was found.
    pub fn asks_about_words(&self) -> bool {
        matches!(self.overlay, Some(Overlay::Words(_)))
    }
}

/// Gives the words of a reply that the respondent wrote.
fn own_words(reply: &Reply) -> Option<&str> {
    match reply {
        Reply::Given(Answer::Text(text)) => Some(text),
        Reply::Given(answer) => answer.picks().iter().find_map(Pick::own_words),
        Reply::Missing(_) => None,
    }
}

/// Gives how many grapheme clusters at the end of a text have at least so many bytes when they are sent; all where none has enough.
fn characters_of(text: &str, bytes: usize) -> usize {
    let mut left = bytes;
    let clusters = text.graphemes(true).rev().take_while(|cluster| {
        let is_needed = left > 0;
        left = left.saturating_sub(length_sent(cluster));
        is_needed
    });
    clusters.count()
}

/// Gives the bytes a part of a text has in JSON.
fn length_sent(part: &str) -> usize {
    let escaped = |c: char| match c {
        '"' | '\\' | '\n' | '\t' => 2,
        c => c.len_utf8(),
    };
    part.chars().map(escaped).sum()
}

fn with_own_words(reply: Reply, change: impl Fn(&str) -> String) -> Reply {
    let pick = |pick: Pick| match pick {
        Pick::Other(words) => Pick::Other(change(&words)),
        code @ Pick::Code(_) => code,
    };
    match reply {
        Reply::Given(Answer::Text(text)) => Reply::Given(Answer::Text(change(&text))),
        Reply::Given(Answer::Single(single)) => Reply::Given(Answer::Single(pick(single))),
        Reply::Given(Answer::Multi(picks)) => Reply::Given(Answer::Multi(picks.into_iter().map(pick).collect())),
        reply => reply,
    }
}
