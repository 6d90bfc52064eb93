//! What is sent of a response: scores, and comments apart from them. There is one maker, and no way to change what it made.
//!
//! A submission holds the survey, the wave, the class, arms, answers, kinds of missing, a coarse duration and 32 random bytes;
//! the language only where many share it. It holds no time, no name, no order and nothing finer than the class.

use serde_json::{Map, Value, json};
use thiserror::Error;

use super::classes::{Hierarchy, Values};
use super::encoding::{Digest, to_hex};
use super::frame::MOST;
use super::manifest::Wave;
use super::names::{Part, WaveId};
use crate::response::{Answer, Pick, Replies, Reply, Response, json as shape};
use crate::survey::{Kind, Question, QuestionId, Survey, characters};

/// The form of scores that this version writes.
pub const SCORES: &str = "dxpulse-scores/1";

/// The form of comments that this version writes.
pub const COMMENTS: &str = "dxpulse-comments/1";

/// A payload that may leave the machine.
#[derive(Clone, PartialEq, Eq)]
pub struct Submission {
    part: Part,
    wave: WaveId,
    payload: Vec<u8>,
}

/// What a submission needs beside the response.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    /// The finest values of the respondent's segments, which decide the class and aren't sent.
    pub segments: &'a Values,
    /// The seconds from the first question to the end.
    pub seconds: i64,
    /// 32 random bytes for each part, so that a published hash can't be guessed back.
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

/// Why a received payload is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PayloadError {
    /// It isn't a JSON object of the form this version writes.
    #[error("the payload is not in the form of its part")]
    Form,
    /// It is for another survey or wave.
    #[error("the payload is for another wave")]
    Wave,
    /// Its class is none of the manifest's, or it tells a language it may not.
    #[error("the payload tells more than the manifest allows")]
    Finer,
    /// Its answers don't fit the survey.
    #[error("the payload's answers do not fit the survey")]
    Answers,
}

impl Submission {
    /// Makes what is sent of a response: its scores, and its comments where there are any.
    ///
    /// # Errors
    /// [`TooLong`] when a part doesn't fit the largest body.
    pub fn of(wave: &Wave, response: &Response, sender: &Sender<'_>) -> Result<Vec<Self>, TooLong> {
        let scores = Self::new(wave, Part::Scores, &scores(wave, response, sender))?;
        let comments = comments(&wave.survey, &response.replies, wave.id, &sender.salts[1]);
        let comments = comments.map(|payload| Self::new(wave, Part::Comments, &payload)).transpose()?;
        Ok([Some(scores), comments].into_iter().flatten().collect())
    }

    /// Makes what takes a submission back.
    pub fn withdrawal(wave: WaveId, part: Part) -> Self {
        Self { part, wave, payload: Vec::new() }
    }

    fn new(wave: &Wave, part: Part, payload: &Value) -> Result<Self, TooLong> {
        let payload = payload.to_string().into_bytes();
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

impl std::fmt::Debug for Submission {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Submission of {} with {} bytes", self.part.name(), self.payload.len())
    }
}

/// Gives the bytes that the comments among these replies have when they are sent, which no wave changes; 0 where none are.
/// [`MOST`] at most can be.
pub fn comments_length(survey: &Survey, replies: &Replies) -> usize {
    let wave = WaveId(Digest([0; 32]));
    comments(survey, replies, wave, &[0; 32]).map_or(0, |payload| payload.to_string().len())
}

/// Says whether the words of a question go apart from the scores.
pub fn is_comment(question: &Question) -> bool {
    matches!(question.kind, Kind::Text { .. })
}

fn scores(wave: &Wave, response: &Response, sender: &Sender<'_>) -> Value {
    let (survey, manifest) = (&wave.survey, &wave.manifest);
    let (answers, missing) = shape::to_objects(survey, &told(survey, &response.replies));
    let mut payload = json!({
        "format": SCORES,
        "survey": survey.id.as_str(),
        "version": survey.version,
        "wave": wave.id.0,
        "items": survey.hash(),
        "class": class(wave, response, sender),
        "answers": answers,
        "missing": missing,
        "duration": duration(sender.seconds),
        "salt": to_hex(&sender.salts[0]),
    });
    if !response.arms.is_empty() {
        payload["arms"] = response.arms.iter().map(|(variant, arm)| (variant.to_string(), json!(arm.as_str()))).collect();
    }
    if manifest.languages.contains_key(&response.language) {
        payload["language"] = json!(response.language);
    }
    payload
}

fn comments(survey: &Survey, replies: &Replies, wave: WaveId, salt: &[u8; 32]) -> Option<Value> {
    let texts = survey.asked().filter_map(|question| {
        let Reply::Given(answer) = replies.get(&question.id)? else { return None };
        match answer {
            Answer::Text(text) => Some((question.id.to_string(), json!(text))),
            answer => Some((other_name(&question.id), json!(answer.picks().iter().find_map(Pick::own_words)?))),
        }
    });
    let texts: Map<String, Value> = texts.collect();
    let payload = json!({
        "format": COMMENTS,
        "survey": survey.id.as_str(),
        "version": survey.version,
        "wave": wave.0,
        "comments": texts,
        "salt": to_hex(salt),
    });
    (survey.privacy.comments && !payload["comments"].as_object()?.is_empty()).then_some(payload)
}

/// Gives the name of the own words of a question's choice.
fn other_name(question: &QuestionId) -> String {
    format!("{question}.other")
}

/// Gives the replies that scores tell: no words, not even whether there are any, and nothing that the class tells.
fn told(survey: &Survey, replies: &Replies) -> Replies {
    let asked = survey.asked().filter(|question| !is_comment(question) && !question.demographic);
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

/// Gives the nodes of the respondent's class; none where a value is missing.
fn class(wave: &Wave, response: &Response, sender: &Sender<'_>) -> Value {
    let survey = &wave.survey;
    let mut person = sender.segments.clone();
    for question in survey.asked().filter(|question| question.demographic) {
        person.remove(question.id.as_str());
        if let Some(Reply::Given(answer)) = response.replies.get(&question.id) {
            let value = shape::to_value(answer);
            person.insert(question.id.to_string(), value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        }
    }
    let class = Hierarchy::of(survey).place(&wave.manifest.classes, &person).map(|class| &class.nodes);
    json!(class)
}

/// Gives the time taken, coarsely.
fn duration(seconds: i64) -> &'static str {
    DURATIONS.iter().find(|(below, _)| seconds < *below).map_or(LONGEST, |(_, name)| name)
}

const DURATIONS: [(i64, &str); 4] = [(30, "under 30 s"), (60, "30 s to 1 min"), (120, "1 to 2 min"), (300, "2 to 5 min")];
const LONGEST: &str = "over 5 min";

/// Reads a received payload: a JSON object that says what its part of this wave may say, and nothing else.
///
/// # Errors
/// Why it is refused.
pub fn read(wave: &Wave, part: Part, payload: &[u8]) -> Result<Map<String, Value>, PayloadError> {
    let payload: Value = serde_json::from_slice(payload).map_err(|_| PayloadError::Form)?;
    let Value::Object(payload) = payload else { return Err(PayloadError::Form) };
    let (format, known): (&str, &[&str]) = match part {
        Part::Scores => (SCORES, &["items", "class", "answers", "missing", "duration", "arms", "language"]),
        Part::Comments => (COMMENTS, &["comments"]),
    };
    let head = ["format", "survey", "version", "wave", "salt"];
    if payload.keys().any(|key| !head.contains(&key.as_str()) && !known.contains(&key.as_str())) {
        return Err(PayloadError::Form);
    }
    let text = |key: &str| payload.get(key).and_then(Value::as_str);
    if text("format") != Some(format) || text("salt").is_none_or(|salt| Digest::from_hex(salt).is_none()) {
        return Err(PayloadError::Form);
    }
    let survey = &wave.survey;
    let is_ours = text("survey") == Some(survey.id.as_str()) && text("wave") == Some(&wave.id.0.to_string());
    if !is_ours || payload.get("version").and_then(Value::as_u64) != Some(u64::from(survey.version)) {
        return Err(PayloadError::Wave);
    }
    match part {
        Part::Scores => check_scores(wave, &payload)?,
        Part::Comments => check_comments(survey, &payload)?,
    }
    Ok(payload)
}

fn check_scores(wave: &Wave, payload: &Map<String, Value>) -> Result<(), PayloadError> {
    let (survey, manifest) = (&wave.survey, &wave.manifest);
    let text = |key: &str| payload.get(key).and_then(Value::as_str);
    let object = |key: &str| payload.get(key).and_then(Value::as_object).ok_or(PayloadError::Form);
    let is_known = |duration: &str| duration == LONGEST || DURATIONS.iter().any(|(_, name)| *name == duration);
    if text("items") != Some(&survey.hash()) || !text("duration").is_some_and(is_known) {
        return Err(PayloadError::Form);
    }
    let class = payload.get("class").ok_or(PayloadError::Form)?;
    let is_class = class.is_null() || manifest.classes.iter().any(|known| json!(known.nodes) == *class);
    let tells_language =
        payload.get("language").is_some_and(|it| it.as_str().is_none_or(|it| !manifest.languages.contains_key(it)));
    if !is_class || tells_language {
        return Err(PayloadError::Finer);
    }
    for (variant, arm) in payload.get("arms").and_then(Value::as_object).into_iter().flatten() {
        let variant = survey.variants.iter().find(|known| known.id.as_str() == variant);
        let is_arm = variant.is_some_and(|variant| variant.arms.iter().any(|known| Some(known.as_str()) == arm.as_str()));
        if !is_arm {
            return Err(PayloadError::Answers);
        }
    }
    let (answers, missing) = (object("answers")?, object("missing")?);
    let may_be_told = |name: &String| {
        let id = name.split('.').next().unwrap_or_default();
        survey.asked().any(|question| question.id.as_str() == id && !is_comment(question) && !question.demographic)
    };
    if !answers.keys().chain(missing.keys()).all(may_be_told) {
        return Err(PayloadError::Finer);
    }
    let answers = answers.iter().map(|(name, value)| (name.clone(), with_words(survey, name, value))).collect();
    let (_, strange) = shape::from_objects(survey, &answers, missing);
    if strange.is_empty() { Ok(()) } else { Err(PayloadError::Answers) }
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

fn check_comments(survey: &Survey, payload: &Map<String, Value>) -> Result<(), PayloadError> {
    let comments = payload.get("comments").and_then(Value::as_object).ok_or(PayloadError::Form)?;
    let has_place = |name: &String| {
        let own_words = |question: &Question| question.kind.choices().iter().any(|choice| choice.other);
        let mut questions = survey.asked();
        questions.any(|q| if is_comment(q) { q.id.as_str() == name } else { own_words(q) && other_name(&q.id) == *name })
    };
    let is_clean = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty() && characters::strip(text) == text);
    if comments.is_empty() || !comments.keys().all(has_place) || !survey.privacy.comments {
        return Err(PayloadError::Finer);
    }
    if comments.values().all(is_clean) { Ok(()) } else { Err(PayloadError::Answers) }
}
