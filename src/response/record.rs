//! A finished response: every question has an answer or a kind of missing.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::check::{Problem, problems};
use super::{Missing, Replies, Reply, json as shape};
use crate::survey::{QuestionId, Survey};

/// A finished response.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// 32 hexadecimal digits drawn at random; says nothing about the person or the time.
    pub id: String,
    /// The wave the response belongs to.
    pub wave: Option<String>,
    /// The language of the texts shown.
    pub language: String,
    /// When it was finished.
    pub answered_at: DateTime<Utc>,
    /// A reply for every question but notes.
    pub replies: Replies,
}

impl Response {
    /// Finishes replies: what has no reply is unanswered.
    ///
    /// # Errors
    /// Every question whose reply is not complete, in the survey's order.
    pub fn finish(
        survey: &Survey,
        replies: &Replies,
        language: &str,
        id: String,
        now: DateTime<Utc>,
    ) -> Result<Self, Vec<(QuestionId, Problem)>> {
        let problems = problems(survey, replies);
        if !problems.is_empty() {
            return Err(problems);
        }
        let reply = |id: &QuestionId| replies.get(id).cloned().unwrap_or(Reply::Missing(Missing::Unanswered));
        let replies = survey.asked().map(|question| (question.id.clone(), reply(&question.id))).collect();
        Ok(Self { id, wave: None, language: language.to_owned(), answered_at: now, replies })
    }

    /// Gives the documented JSON of a stored response.
    pub fn to_json(&self, survey: &Survey) -> Value {
        let (answers, missing) = shape::to_objects(survey, &self.replies);
        json!({
            "id": self.id,
            "survey": survey.id.as_str(),
            "version": survey.version,
            "wave": self.wave,
            "language": self.language,
            "hash": survey.hash(),
            "answered_at": self.answered_at.to_rfc3339_opts(SecondsFormat::Secs, true),
            "answers": answers,
            "missing": missing,
        })
    }

    /// Reads back what [`Response::to_json`] gave, with the survey it was answered in; `None` for any other value.
    pub fn from_json(survey: &Survey, value: &Value) -> Option<Self> {
        let text = |key| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let (replies, strange) =
            shape::from_objects(survey, value.get("answers")?.as_object()?, value.get("missing")?.as_object()?);
        Some(Self {
            id: text("id")?,
            wave: text("wave"),
            language: text("language")?,
            answered_at: DateTime::parse_from_rfc3339(&text("answered_at")?).ok()?.to_utc(),
            replies,
        })
        .filter(|_| strange.is_empty())
    }
}
