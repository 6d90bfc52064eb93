//! Received payloads: each is read into what it says, written again, and refused where that isn't what came.
//!
//! So there is one payload for each thing that can be said: no key twice, nothing between the values, no text where none belongs.

use serde_json::{Map, Value, json};
use thiserror::Error;

use super::payload::{COMMENTS, Comments, SCORES, Scores, durations, places};
use crate::anonymous::classes::Class;
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

/// Reads a received payload: a JSON object that says what its part of this wave may say, and nothing else.
///
/// # Errors
/// Why it is refused.
pub fn read(wave: &Wave, part: Part, payload: &[u8]) -> Result<Map<String, Value>, PayloadError> {
    let Ok(Value::Object(object)) = serde_json::from_slice(payload) else { return Err(PayloadError::Form) };
    let text = |key: &str| object.get(key).and_then(Value::as_str);
    let format = match part {
        Part::Scores => SCORES,
        Part::Comments => COMMENTS,
    };
    if text("format") != Some(format) {
        return Err(PayloadError::Form);
    }
    let survey = &wave.survey;
    let is_ours = text("survey") == Some(survey.id.as_str()) && text("wave").and_then(Digest::from_hex) == Some(wave.id.0);
    if !is_ours || object.get("version").and_then(Value::as_u64) != Some(u64::from(survey.version)) {
        return Err(PayloadError::Wave);
    }
    let salt = text("salt").and_then(Digest::from_hex).ok_or(PayloadError::Form)?;
    let written = match part {
        Part::Scores => scores(wave, &object, salt)?.write(wave),
        Part::Comments => comments(survey, &object, salt)?.write(survey, wave.id),
    };
    if written == payload { Ok(object) } else { Err(PayloadError::Form) }
}

fn scores<'w>(wave: &'w Wave, object: &Map<String, Value>, salt: Digest) -> Result<Scores<'w>, PayloadError> {
    let text = |key: &str| object.get(key).and_then(Value::as_str);
    let duration = durations().find(|known| text("duration") == Some(known)).ok_or(PayloadError::Form)?;
    let class = class(wave, object.get("class").ok_or(PayloadError::Form)?)?;
    let language = object.get("language").map(|it| it.as_str().ok_or(PayloadError::Form)).transpose()?;
    if language.is_some_and(|language| class.is_none() || !wave.manifest.tells_language(language)) {
        return Err(PayloadError::Finer);
    }
    Ok(Scores {
        class,
        replies: replies(&wave.survey, object)?,
        arms: arms(&wave.survey, object.get("arms"))?,
        language: language.map(str::to_owned),
        duration,
        salt,
    })
}

fn class<'w>(wave: &'w Wave, value: &Value) -> Result<Option<&'w Class>, PayloadError> {
    let known = || wave.manifest.classes.iter().find(|known| json!(known.nodes) == *value);
    if value.is_null() { Ok(None) } else { known().map(Some).ok_or(PayloadError::Finer) }
}

fn arms(survey: &Survey, value: Option<&Value>) -> Result<Arms, PayloadError> {
    let Some(value) = value else { return Ok(Arms::new()) };
    let arm = |(variant, arm): (&String, &Value)| {
        let variant = survey.variants.iter().find(|known| known.id.as_str() == variant)?;
        let arm = variant.arms.iter().find(|known| Some(known.as_str()) == arm.as_str())?;
        Some((variant.id.clone(), arm.clone()))
    };
    let arms = value.as_object().ok_or(PayloadError::Form)?;
    arms.iter().map(|each| arm(each).ok_or(PayloadError::Answers)).collect()
}

fn replies(survey: &Survey, object: &Map<String, Value>) -> Result<Replies, PayloadError> {
    let part = |key: &str| object.get(key).and_then(Value::as_object).ok_or(PayloadError::Form);
    let (answers, missing) = (part("answers")?, part("missing")?);
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

fn comments(survey: &Survey, object: &Map<String, Value>, salt: Digest) -> Result<Comments, PayloadError> {
    let texts = object.get("comments").and_then(Value::as_object).ok_or(PayloadError::Form)?;
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
