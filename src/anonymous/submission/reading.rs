//! Received payloads: each is read into what it says, written again, and refused where that isn't what came.
//!
//! So there is one payload for each thing that can be said: no key twice, nothing between the values, no text where none belongs.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value, json};
use thiserror::Error;

use super::payload::{COMMENTS, Comments, SCORES, Scores, durations, places};
use crate::anonymous::classes::{Class, Values};
use crate::anonymous::encoding::Digest;
use crate::anonymous::manifest::Wave;
use crate::anonymous::names::Part;
use crate::anonymous::private::is_told;
use crate::response::{Answer, Missing, Replies, Reply, json as shape};
use crate::survey::presentation::Arms;
use crate::survey::{Kind, Question, Survey};

/// Why a received payload is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PayloadError {
    /// It isn't a JSON object of the form this version writes.
    #[error("the payload is not in the form of its part")]
    Form,
    /// It is for another survey or wave.
    #[error("the payload is for another wave")]
    Wave,
    /// Its class is none of the manifest's, or it tells what it may not.
    #[error("the payload tells more than the manifest allows")]
    Finer,
    /// Its answers don't fit the survey.
    #[error("the payload's answers do not fit the survey")]
    Answers,
}

/// Scores as they were received.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceivedScores<'p> {
    #[serde(borrow)]
    format: Cow<'p, str>,
    #[serde(borrow)]
    survey: Cow<'p, str>,
    version: Value,
    #[serde(borrow)]
    wave: Cow<'p, str>,
    #[serde(rename = "items")]
    _items: IgnoredAny,
    /// The class; none where a value is missing.
    pub class: Option<Values>,
    /// The answers of questions, as [`shape::to_objects`] gives them.
    pub answers: Map<String, Value>,
    /// Why others are missing.
    pub missing: Map<String, Value>,
    /// How long it took, coarsely.
    #[serde(borrow)]
    pub duration: Cow<'p, str>,
    #[serde(borrow)]
    salt: Cow<'p, str>,
    /// The arms of the survey's variants.
    #[serde(default)]
    pub arms: BTreeMap<String, String>,
    /// The language, where it is told.
    #[serde(default, borrow)]
    pub language: Option<Cow<'p, str>>,
}

/// Comments as they were received.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReceivedComments<'p> {
    #[serde(borrow)]
    format: Cow<'p, str>,
    #[serde(borrow)]
    survey: Cow<'p, str>,
    version: Value,
    #[serde(borrow)]
    wave: Cow<'p, str>,
    /// The texts, by the names of their places.
    pub comments: Map<String, Value>,
    #[serde(borrow)]
    salt: Cow<'p, str>,
}

/// Checks a received payload: it says what its part of this wave may say, and nothing else.
///
/// # Errors
/// Why it is refused.
pub fn check(wave: &Wave, part: Part, payload: &[u8]) -> Result<(), PayloadError> {
    match part {
        Part::Scores => read_scores(wave, payload).map(drop),
        Part::Comments => read_comments(wave, payload).map(drop),
    }
}

/// Reads scores that were received.
///
/// # Errors
/// Why they are refused.
pub fn read_scores<'p>(wave: &Wave, payload: &'p [u8]) -> Result<ReceivedScores<'p>, PayloadError> {
    let received: ReceivedScores<'p> = serde_json::from_slice(payload).map_err(|_| PayloadError::Form)?;
    is_ours(wave, (&received.format, SCORES), (&received.survey, &received.version, &received.wave))?;
    if scores(wave, &received)?.write(wave) == payload { Ok(received) } else { Err(PayloadError::Form) }
}

/// Reads comments that were received.
///
/// # Errors
/// Why they are refused.
pub fn read_comments<'p>(wave: &Wave, payload: &'p [u8]) -> Result<ReceivedComments<'p>, PayloadError> {
    let received: ReceivedComments<'p> = serde_json::from_slice(payload).map_err(|_| PayloadError::Form)?;
    is_ours(wave, (&received.format, COMMENTS), (&received.survey, &received.version, &received.wave))?;
    let survey = &wave.survey;
    if comments(survey, &received)?.write(survey, wave.id) == payload { Ok(received) } else { Err(PayloadError::Form) }
}

fn is_ours(wave: &Wave, (format, ours): (&str, &str), (survey, version, id): (&str, &Value, &str)) -> Result<(), PayloadError> {
    if format != ours {
        return Err(PayloadError::Form);
    }
    let is_ours = survey == wave.survey.id.as_str()
        && version.as_u64() == Some(u64::from(wave.survey.version))
        && Digest::from_hex(id) == Some(wave.id.0);
    if is_ours { Ok(()) } else { Err(PayloadError::Wave) }
}

fn salt(text: &str) -> Result<Digest, PayloadError> {
    Digest::from_hex(text).ok_or(PayloadError::Form)
}

fn scores<'w>(wave: &'w Wave, received: &ReceivedScores<'_>) -> Result<Scores<'w>, PayloadError> {
    let salt = salt(&received.salt)?;
    let duration = durations().find(|known| received.duration == *known).ok_or(PayloadError::Form)?;
    let class = class(wave, &received.class)?;
    let language = received.language.as_deref();
    if language.is_some_and(|language| class.is_none() || !wave.manifest.tells_language(language)) {
        return Err(PayloadError::Finer);
    }
    Ok(Scores {
        class,
        replies: replies(&wave.survey, &received.answers, &received.missing)?,
        arms: arms(&wave.survey, &received.arms)?,
        language: language.map(str::to_owned),
        duration,
        salt,
    })
}

fn class<'w>(wave: &'w Wave, received: &Option<Values>) -> Result<Option<&'w Class>, PayloadError> {
    let Some(nodes) = received else { return Ok(None) };
    wave.manifest.classes.iter().find(|known| known.nodes == *nodes).map(Some).ok_or(PayloadError::Finer)
}

fn arms(survey: &Survey, received: &BTreeMap<String, String>) -> Result<Arms, PayloadError> {
    let arm = |(variant, arm): (&String, &String)| {
        let variant = survey.variants.iter().find(|known| known.id.as_str() == variant)?;
        let arm = variant.arms.iter().find(|known| known.as_str() == arm)?;
        Some((variant.id.clone(), arm.clone()))
    };
    received.iter().map(|each| arm(each).ok_or(PayloadError::Answers)).collect()
}

fn replies(survey: &Survey, answers: &Map<String, Value>, missing: &Map<String, Value>) -> Result<Replies, PayloadError> {
    let tells = |name: &String| {
        let id = name.split('.').next().unwrap_or_default();
        survey.asked().any(|question| question.id.as_str() == id && is_told(question))
    };
    if !answers.keys().chain(missing.keys()).all(tells) {
        return Err(PayloadError::Finer);
    }
    let answers = answers.iter().map(|(name, value)| (name.clone(), with_words(survey, name, value))).collect();
    let (replies, strange) = shape::from_objects(survey, &answers, missing);
    let is_allowed = |question: &Question| match replies.get(&question.id) {
        Some(Reply::Missing(kind)) => allows(question, *kind),
        _ => true,
    };
    if strange.is_empty() && survey.asked().all(is_allowed) { Ok(replies) } else { Err(PayloadError::Answers) }
}

/// Says whether a question may lack its answer for this reason.
fn allows(question: &Question, kind: Missing) -> bool {
    match kind {
        Missing::NotApplicable => question.allow.not_applicable,
        Missing::PreferNotToSay => question.allow.prefer_not_to_say,
        Missing::DontKnow => question.allow.dont_know,
        Missing::Skipped | Missing::Unanswered | Missing::NotShown => true,
    }
}

/// Puts words in the place of the code that stands for them, as an answer has them.
fn with_words(survey: &Survey, name: &str, value: &Value) -> Value {
    let question = survey.asked().find(|question| question.id.as_str() == name);
    let other = question.and_then(|question| question.kind.choices().iter().find(|choice| choice.other));
    let worded = |value: &Value| match other {
        Some(choice) if value.as_str() == Some(choice.code.as_str()) => json!({ "other": choice.code.as_str() }),
        _ => value.clone(),
    };
    value.as_array().map_or_else(|| worded(value), |values| values.iter().map(worded).collect())
}

fn comments(survey: &Survey, received: &ReceivedComments<'_>) -> Result<Comments, PayloadError> {
    let (texts, salt) = (&received.comments, salt(&received.salt)?);
    let find = |name: &String| places(survey).find(|(place, _)| place == name).map(|(_, question)| question);
    let mut words = texts.iter().map(|(name, value)| find(name).map(|question| is_answer(question, value)));
    if texts.is_empty() || !survey.privacy.comments || words.clone().any(|word| word.is_none()) {
        return Err(PayloadError::Finer);
    }
    if words.all(|word| word == Some(true)) { Ok(Comments { texts: texts.clone(), salt }) } else { Err(PayloadError::Answers) }
}

/// Says whether words are an answer as it stands: not blank, not too long, and nothing in them that is stripped.
fn is_answer(question: &Question, value: &Value) -> bool {
    let words = match &question.kind {
        Kind::Multi { .. } => shape::reply_from(question, &json!([{ "other": value }])),
        Kind::Single { .. } => shape::reply_from(question, &json!({ "other": value })),
        _ => shape::reply_from(question, value),
    };
    match words {
        Ok(Reply::Given(Answer::Text(text))) => value.as_str() == Some(&text),
        Ok(Reply::Given(answer)) => {
            answer.picks().iter().any(|pick| pick.own_words().is_some() && pick.own_words() == value.as_str())
        }
        _ => false,
    }
}
