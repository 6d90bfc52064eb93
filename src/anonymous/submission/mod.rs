//! What is sent of a response: scores, and comments apart from them. There is one maker, and no way to change what it made.
//!
//! A submission holds the survey, the wave, the class, arms, answers, kinds of missing, a coarse duration and 32 random bytes;
//! the language only where many share it. It holds no time, no name, no order and nothing finer than the class.

pub mod confidential;
mod payload;
mod reading;
#[cfg(test)]
mod tests;

use std::fmt;

use serde_json::{Map, Value, json};
use thiserror::Error;

use super::classes::{Class, Hierarchy, Values};
use super::encoding::Digest;
use super::frame::MOST;
use super::manifest::Wave;
use super::names::{Part, WaveId};
use crate::response::{Answer, Pick, Replies, Reply, Response, json as shape};
use crate::survey::{Question, Survey};

pub use super::private::is_comment;
pub use payload::{COMMENTS, SCORES};
pub use reading::{PayloadError, ReceivedComments, ReceivedScores, check, read_comments, read_scores};

/// A payload that may leave the machine.
#[derive(Clone, PartialEq, Eq)]
pub struct Submission {
    part: Part,
    wave: WaveId,
    payload: Vec<u8>,
}

/// What a submission needs beside the response.
#[derive(Clone, Copy)]
pub struct Sender<'a> {
    /// The finest values of the respondent's segments, which decide the class and aren't sent.
    pub segments: &'a Values,
    /// The seconds from the first question to the end.
    pub seconds: i64,
    /// 32 random bytes for each part, so that a published hash can't be guessed back; the same ones would tell that both belong
    /// together.
    pub salts: [[u8; 32]; 2],
}

/// A response that is too long to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the {} have {bytes} bytes, {MOST} at most can be sent", part.name())]
pub struct TooLong {
    /// Which part.
    pub part: Part,
    /// Its bytes.
    pub bytes: usize,
}

impl Submission {
    /// Makes what is sent of a response: its scores, and its comments where there are any.
    ///
    /// # Errors
    /// [`TooLong`] when a part doesn't fit the largest body.
    pub fn of(wave: &Wave, response: &Response, sender: &Sender<'_>) -> Result<Vec<Self>, TooLong> {
        let scores = Self::new(wave, Part::Scores, scores(wave, response, sender).write(wave))?;
        let comments = comments(wave, response, sender)
            .map(|comments| Self::new(wave, Part::Comments, comments.write(&wave.survey, wave.id)));
        Ok([Some(scores), comments.transpose()?].into_iter().flatten().collect())
    }

    /// Makes what takes a submission back.
    pub fn withdrawal(wave: WaveId, part: Part) -> Self {
        Self { part, wave, payload: Vec::new() }
    }

    fn new(wave: &Wave, part: Part, payload: Vec<u8>) -> Result<Self, TooLong> {
        if payload.len() > MOST {
            return Err(TooLong { part, bytes: payload.len() });
        }
        Ok(Self { part, wave: wave.id, payload })
    }

    /// Gives the part it holds.
    pub fn part(&self) -> Part {
        self.part
    }

    /// Gives the wave it is for.
    pub fn wave(&self) -> WaveId {
        self.wave
    }

    /// Gives the payload, byte for byte as it is sent.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }
}

impl fmt::Debug for Submission {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Submission of {} with {} bytes", self.part.name(), self.payload.len())
    }
}

impl fmt::Debug for Sender<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sender")
    }
}

fn scores<'w>(wave: &'w Wave, response: &Response, sender: &Sender<'_>) -> payload::Scores<'w> {
    let class = class(wave, response, sender);
    // Those in no class may be few, and a language would part them.
    let tells_language = class.is_some() && wave.manifest.tells_language(&response.language);
    payload::Scores {
        class,
        replies: response.replies.clone(),
        arms: response.arms.clone(),
        language: tells_language.then(|| response.language.clone()),
        duration: payload::duration(sender.seconds),
        salt: Digest(sender.salts[0]),
    }
}

/// Gives the comments; `None` where there are none, or none may leave the machine.
fn comments(wave: &Wave, response: &Response, sender: &Sender<'_>) -> Option<payload::Comments> {
    let texts = words(&wave.survey, &response.replies);
    (!texts.is_empty()).then_some(payload::Comments { texts, salt: Digest(sender.salts[1]) })
}

/// Gives the bytes that the comments among these replies have when they are sent, which no wave changes; 0 where none are.
/// [`MOST`] at most can be.
pub fn comments_length(survey: &Survey, replies: &Replies) -> usize {
    let comments = payload::Comments { texts: words(survey, replies), salt: Digest([0; 32]) };
    if comments.texts.is_empty() { 0 } else { comments.write(survey, WaveId(Digest([0; 32]))).len() }
}

/// Gives the words that may leave the machine, by their places.
fn words(survey: &Survey, replies: &Replies) -> Map<String, Value> {
    let words = |(place, question): (String, &Question)| {
        let Reply::Given(answer) = replies.get(&question.id)? else { return None };
        let words = match answer {
            Answer::Text(text) => text,
            answer => answer.picks().iter().find_map(Pick::own_words)?,
        };
        Some((place, json!(words)))
    };
    if survey.privacy.comments { payload::places(survey).filter_map(words).collect() } else { Map::new() }
}

/// Gives the respondent's class: of the segments they were invited with, and of what they answered to who they are.
///
/// Who doesn't answer to who they are is in none. Whom the roster at the time doesn't explain joins those they are most like: what a
/// collector says of someone can't set them apart.
fn class<'w>(wave: &'w Wave, response: &Response, sender: &Sender<'_>) -> Option<&'w Class> {
    let survey = &wave.survey;
    let mut person = sender.segments.clone();
    let mut is_silent = false;
    for question in survey.asked().filter(|question| question.demographic) {
        person.remove(question.id.as_str());
        if let Some(Reply::Given(answer)) = response.replies.get(&question.id) {
            let value = shape::to_value(answer);
            person.insert(question.id.to_string(), value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        } else {
            is_silent = true;
        }
    }
    let (hierarchy, classes) = (Hierarchy::of(survey), &wave.manifest.classes);
    let nearest = || if is_silent { None } else { hierarchy.nearest(classes, &person) };
    hierarchy.place(classes, &person).or_else(nearest)
}
