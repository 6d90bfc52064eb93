//! A response in the making: what is kept after every answer, and how it comes back to a survey that may have changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use thiserror::Error;

use super::flow::Progress;
use super::{Flow, Replies, json as shape};
use crate::survey::presentation::Arms;
use crate::survey::{Question, QuestionId, Survey};

/// A response in the making.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The language of the texts shown.
    pub language: String,
    /// What decides the respondent's orders and arms.
    pub seed: u64,
    /// When the first question was shown.
    pub started_at: DateTime<Utc>,
    /// Where the respondent is.
    pub place: Place,
    /// The replies so far.
    pub replies: Replies,
    /// What was typed and is no answer yet, by question.
    pub unfinished: BTreeMap<QuestionId, String>,
    /// The first 64 bits of the hash of every question as it is asked now, in hexadecimal.
    pub questions: Arc<Map<String, Value>>,
}

/// A draft with what follows from it: the survey as its respondent meets it, and their way through it so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The draft.
    pub draft: Draft,
    /// The survey as its respondent meets it.
    pub survey: Survey,
    /// The arms of the survey's variants.
    pub arms: Arms,
    /// The way through it.
    pub flow: Flow,
}

/// Where in a survey a respondent is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// At a question, or a note.
    Question(QuestionId),
    /// At the review before sending off.
    Review,
}

/// How a survey differs from the one a draft was made with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Questions whose wording, scale or codes changed; their replies are left out.
    pub altered: Vec<QuestionId>,
    /// Names of answered questions that are gone; their replies are left out.
    pub removed: Vec<String>,
    /// Questions that are new.
    pub added: Vec<QuestionId>,
}

/// A stored draft that can't be read.
#[derive(Debug, Error)]
#[error("the stored draft is not of the expected form: {0}")]
pub struct DraftError(&'static str);

impl Draft {
    /// Starts an empty draft in the survey's own language at the first question.
    pub fn start(survey: &Survey, now: DateTime<Utc>) -> Self {
        Self::begin(survey, &survey.language, 0, now)
    }

    /// Starts an empty draft at the first question that the respondent with this seed is asked.
    pub fn begin(survey: &Survey, language: &str, seed: u64, now: DateTime<Utc>) -> Self {
        Opened::begin(survey, language, seed, now).draft
    }

    /// Gives the survey as the respondent meets it, and their way through it so far.
    pub fn presented(&self, survey: &Survey) -> (Survey, Flow) {
        let presented = survey.present(&self.language, self.seed);
        let flow = Flow::new(&presented, &survey.arms(self.seed), &self.replies);
        (presented, flow)
    }

    /// Gives how far the respondent has come.
    pub fn progress(&self, survey: &Survey) -> Progress {
        let (presented, flow) = self.presented(survey);
        flow.progress(&presented)
    }

    /// Gives the draft as it is stored.
    pub fn to_json(&self, survey: &Survey) -> Value {
        let (answers, missing) = shape::to_objects(survey, &self.replies);
        let unfinished = self.unfinished.iter().map(|(id, text)| (id.to_string(), json!(text)));
        json!({
            "language": self.language,
            "seed": format!("{:016x}", self.seed),
            "started_at": self.started_at.to_rfc3339(),
            "place": match &self.place { Place::Question(id) => json!(id.as_str()), Place::Review => Value::Null },
            "answers": answers,
            "missing": missing,
            "unfinished": unfinished.collect::<Map<_, _>>(),
            "questions": *self.questions,
        })
    }

    /// Reads a stored draft for a survey, and says how the survey has changed since.
    ///
    /// # Errors
    /// When the value isn't what [`Draft::to_json`] gives.
    pub fn from_json(survey: &Survey, value: &Value) -> Result<(Self, Changes), DraftError> {
        let object = |key| value.get(key).and_then(Value::as_object).ok_or(DraftError(key));
        let text = |key| value.get(key).and_then(Value::as_str).ok_or(DraftError(key));
        let started_at = DateTime::parse_from_rfc3339(text("started_at")?).map_err(|_| DraftError("started_at"))?;
        let questions = hashes(survey);
        let changes = changes(&questions, object("questions")?);
        let (mut replies, strange) = shape::from_objects(survey, object("answers")?, object("missing")?);
        replies.retain(|id, _| !changes.altered.contains(id));
        let unfinished = object("unfinished")?.iter().filter_map(|(id, text)| {
            let id = QuestionId::new(id).filter(|id| survey.question(id).is_some() && !changes.altered.contains(id))?;
            Some((id, text.as_str()?.to_owned()))
        });
        let place = match value.get("place").and_then(Value::as_str) {
            Some(id) => QuestionId::new(id).filter(|id| survey.question(id).is_some()).map(Place::Question),
            None => Some(Place::Review),
        };
        let first_open = || survey.questions.iter().find(|q| !replies.contains_key(&q.id)).unwrap_or(&survey.questions[0]);
        let draft = Self {
            language: survey.language_for(text("language")?).to_owned(),
            // Drafts from before there was chance in surveys have no seed.
            seed: text("seed").ok().and_then(|seed| u64::from_str_radix(seed, 16).ok()).unwrap_or_default(),
            started_at: started_at.to_utc(),
            place: place.unwrap_or_else(|| Place::Question(first_open().id.clone())),
            unfinished: unfinished.collect(),
            questions,
            replies,
        };
        let gone = |name: &String| !survey.questions.iter().any(|q| name.split('.').next() == Some(q.id.as_str()));
        let removed = strange.into_iter().filter(gone).collect();
        Ok((draft, Changes { removed, ..changes }))
    }
}

impl Opened {
    /// Opens a draft of a survey.
    pub fn of(survey: &Survey, draft: Draft) -> Self {
        let (presented, arms) = (survey.present(&draft.language, draft.seed), survey.arms(draft.seed));
        let flow = Flow::new(&presented, &arms, &draft.replies);
        Self { draft, survey: presented, arms, flow }
    }

    /// Opens an empty draft, as [`Draft::begin`] starts it.
    pub fn begin(survey: &Survey, language: &str, seed: u64, now: DateTime<Utc>) -> Self {
        let draft = Draft {
            language: survey.language_for(language).to_owned(),
            seed,
            started_at: now,
            place: Place::Review,
            replies: Replies::new(),
            unfinished: BTreeMap::new(),
            questions: hashes(survey),
        };
        let mut opened = Self::of(survey, draft);
        let first = opened.flow.question(&opened.survey, 0);
        opened.draft.place = first.map_or(Place::Review, |first| Place::Question(first.id.clone()));
        opened
    }
}

impl Changes {
    /// Says whether the survey is the one the draft was made with.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn changes(now: &Map<String, Value>, before: &Map<String, Value>) -> Changes {
    let mut changes = Changes::default();
    for (name, hash) in now {
        let Some(id) = QuestionId::new(name) else { continue };
        match before.get(name) {
            None => changes.added.push(id),
            Some(stored) if stored != hash => changes.altered.push(id),
            Some(_) => {}
        }
    }
    changes
}

fn hashes(survey: &Survey) -> Arc<Map<String, Value>> {
    let short = |question: &Question| json!(question.hash()[..16]);
    Arc::new(survey.questions.iter().map(|question| (question.id.to_string(), short(question))).collect())
}
