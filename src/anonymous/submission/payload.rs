//! The two payloads and the one way each is written: what is sent is written here, and what is received must read the same.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::anonymous::classes::{Class, Values};
use crate::anonymous::encoding::Digest;
use crate::anonymous::manifest::Wave;
use crate::anonymous::names::WaveId;
use crate::anonymous::private::{is_comment, is_told};
use crate::response::{Answer, Pick, Replies, Reply, json as shape};
use crate::survey::presentation::Arms;
use crate::survey::{Question, QuestionId, Survey};

/// The form of scores that this version writes.
pub const SCORES: &str = "dxpulse-scores/1";

/// The form of comments that this version writes.
pub const COMMENTS: &str = "dxpulse-comments/1";

/// What scores say beside survey and wave.
pub(super) struct Scores<'w> {
    /// The class; none where a value is missing.
    pub(super) class: Option<&'w Class>,
    /// The replies; those that scores don't tell are left out when they are written.
    pub(super) replies: Replies,
    /// The arms of the survey's variants.
    pub(super) arms: Arms,
    /// The language, where it may be told.
    pub(super) language: Option<String>,
    /// One of [`durations`].
    pub(super) duration: &'static str,
    /// Random bytes.
    pub(super) salt: Digest,
}

/// What comments say beside survey and wave.
pub(super) struct Comments {
    /// The texts by the names of [`places`].
    pub(super) texts: Map<String, Value>,
    /// Random bytes.
    pub(super) salt: Digest,
}

/// Scores as they are written.
#[derive(Serialize)]
struct WrittenScores<'w> {
    format: &'static str,
    survey: &'w str,
    version: u32,
    wave: Digest,
    items: &'w str,
    class: Option<&'w Values>,
    answers: Map<String, Value>,
    missing: Map<String, Value>,
    duration: &'static str,
    salt: Digest,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    arms: BTreeMap<&'w str, &'w str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'w str>,
}

/// Comments as they are written.
#[derive(Serialize)]
struct WrittenComments<'w> {
    format: &'static str,
    survey: &'w str,
    version: u32,
    wave: Digest,
    comments: Map<String, Value>,
    salt: Digest,
}

impl Scores<'_> {
    /// Gives the payload, byte for byte.
    pub(super) fn write(&self, wave: &Wave) -> Vec<u8> {
        let survey = &wave.survey;
        let (answers, missing) = shape::to_objects(survey, &told(survey, &self.replies));
        in_json(&WrittenScores {
            format: SCORES,
            survey: survey.id.as_str(),
            version: survey.version,
            wave: wave.id.0,
            items: wave.items(),
            class: self.class.map(|class| &class.nodes),
            answers,
            missing,
            duration: self.duration,
            salt: self.salt,
            arms: self.arms.iter().map(|(variant, arm)| (variant.as_str(), arm.as_str())).collect(),
            language: self.language.as_deref(),
        })
    }
}

impl Comments {
    /// Gives the payload, byte for byte.
    pub(super) fn write(&self, survey: &Survey, wave: WaveId) -> Vec<u8> {
        let text = |name: String| self.texts.get(&name).map(|text| (name, text.clone()));
        in_json(&WrittenComments {
            format: COMMENTS,
            survey: survey.id.as_str(),
            version: survey.version,
            wave: wave.0,
            comments: places(survey).map(|(name, _)| name).filter_map(text).collect(),
            salt: self.salt,
        })
    }
}

/// Texts, numbers and lists of them are always written.
fn in_json(payload: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(payload).unwrap_or_default()
}

/// Gives the name of each place for words, with its question: a text, or the choice of somebody's own. Who somebody is has none.
pub(super) fn places(survey: &Survey) -> impl Iterator<Item = (String, &Question)> {
    let has_words = |question: &&Question| is_comment(question) || question.kind.choices().iter().any(|choice| choice.other);
    let questions = survey.asked().filter(|question| !question.demographic).filter(has_words);
    questions.map(|question| (if is_comment(question) { question.id.to_string() } else { other_name(&question.id) }, question))
}

/// Gives the name of the own words of a question's choice.
fn other_name(question: &QuestionId) -> String {
    format!("{question}.other")
}

/// Gives the replies that scores tell: no words, not even whether there are any, and nothing that the class tells.
pub(super) fn told(survey: &Survey, replies: &Replies) -> Replies {
    let asked = survey.asked().filter(|question| is_told(question));
    asked.filter_map(|question| Some((question.id.clone(), without_words(question, replies.get(&question.id)?)))).collect()
}

/// Puts the code of the choice in the place of own words.
fn without_words(question: &Question, reply: &Reply) -> Reply {
    let coded = |pick: &Pick| pick.choice(question.kind.choices()).map_or_else(|| pick.clone(), |c| Pick::Code(c.code.clone()));
    match reply {
        Reply::Given(Answer::Single(pick)) => Reply::Given(Answer::Single(coded(pick))),
        Reply::Given(Answer::Multi(picks)) => Reply::Given(Answer::Multi(picks.iter().map(coded).collect())),
        reply => reply.clone(),
    }
}

/// Gives the time taken, coarsely.
pub(super) fn duration(seconds: i64) -> &'static str {
    DURATIONS.iter().find(|(below, _)| seconds < *below).map_or(LONGEST, |(_, name)| name)
}

/// Gives everything that may be said of the time taken.
pub(super) fn durations() -> impl Iterator<Item = &'static str> {
    DURATIONS.iter().map(|(_, name)| *name).chain([LONGEST])
}

const DURATIONS: [(i64, &str); 4] = [(30, "under 30 s"), (60, "30 s to 1 min"), (120, "1 to 2 min"), (300, "2 to 5 min")];
const LONGEST: &str = "over 5 min";
