//! A finished response: every question has an answer or a kind of missing.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use super::answer::in_order;
use super::check::Problem;
use super::{Answer, Draft, Flow, Missing, Place, Replies, Reply, json as shape};
use crate::survey::presentation::{Arms, Orders};
use crate::survey::{Code, Name, QuestionId, Survey};

/// How many seeds are tried for the arms of a response: far more than a survey has combinations of arms.
const SEEDS: u64 = 100_000;

/// A finished response.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// 32 hexadecimal digits drawn at random; says nothing about the person or the time.
    pub id: String,
    /// The wave the response belongs to.
    pub wave: Option<String>,
    /// The language of the texts shown.
    pub language: String,
    /// The arms of the survey's variants.
    pub arms: Arms,
    /// The orders in which the respondent met what chance had a say in.
    pub orders: Orders,
    /// When it was finished.
    pub answered_at: DateTime<Utc>,
    /// A reply for every question but notes.
    pub replies: Replies,
}

impl Response {
    /// Finishes a draft: what was not shown says so, and what has no reply is unanswered.
    ///
    /// # Errors
    /// Every question whose reply is not complete, in the order they were asked.
    pub fn finish(survey: &Survey, draft: &Draft, id: String, now: DateTime<Utc>) -> Result<Self, Vec<(QuestionId, Problem)>> {
        let (presented, flow) = draft.presented(survey);
        let problems = flow.problems(&presented);
        if problems.is_empty() { Ok(Self::of(survey, draft, (&presented, &flow), id, now)) } else { Err(problems) }
    }

    /// Gives what a draft would be if it were finished now, and every question whose reply is not complete.
    pub fn as_it_stands(survey: &Survey, draft: &Draft, id: String, now: DateTime<Utc>) -> (Self, Vec<(QuestionId, Problem)>) {
        let (presented, flow) = draft.presented(survey);
        (Self::of(survey, draft, (&presented, &flow), id, now), flow.problems(&presented))
    }

    /// Opens it again as a draft, at the review, with the arms it was answered in.
    ///
    /// Its seed is not kept: the first that gives the same arms takes its place, and orders may differ.
    pub fn reopen(&self, survey: &Survey, now: DateTime<Utc>) -> Draft {
        let seed = (0..SEEDS).find(|seed| survey.arms(*seed) == self.arms).unwrap_or(0);
        let asked = self.replies.iter().filter(|(_, reply)| **reply != Reply::Missing(Missing::NotShown));
        let replies = asked.map(|(id, reply)| (id.clone(), reply.clone())).collect();
        Draft { replies, place: Place::Review, ..Draft::begin(survey, &self.language, seed, now) }
    }

    fn of(survey: &Survey, draft: &Draft, (presented, flow): (&Survey, &Flow), id: String, now: DateTime<Utc>) -> Self {
        let (arms, orders) = (survey.arms(draft.seed), presented.orders());
        let replies = in_survey_order(survey, flow.finished(presented));
        Self { id, wave: None, language: draft.language.clone(), arms, orders, answered_at: now, replies }
    }

    /// Gives the documented JSON of a stored response.
    pub fn to_json(&self, survey: &Survey) -> Value {
        let (answers, missing) = shape::to_objects(survey, &self.replies);
        let mut record = json!({
            "id": self.id,
            "survey": survey.id.as_str(),
            "version": survey.version,
            "wave": self.wave,
            "language": self.language,
            "hash": survey.hash(),
            "answered_at": self.answered_at.to_rfc3339_opts(SecondsFormat::Secs, true),
            "answers": answers,
            "missing": missing,
        });
        if !self.arms.is_empty() {
            record["arms"] = self.arms.iter().map(|(variant, arm)| (variant.to_string(), json!(arm.as_str()))).collect();
        }
        if let Some(orders) = orders_to_json(&self.orders) {
            record["order"] = orders;
        }
        record
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
            arms: arms_from_json(value.get("arms")),
            orders: orders_from_json(value.get("order")),
            answered_at: DateTime::parse_from_rfc3339(&text("answered_at")?).ok()?.to_utc(),
            replies,
        })
        .filter(|_| strange.is_empty())
    }
}

/// Puts the picks of several choices into the order the survey lists them: the order they were met in is told apart.
fn in_survey_order(survey: &Survey, mut replies: Replies) -> Replies {
    for question in survey.asked() {
        if let Some(Reply::Given(Answer::Multi(picks))) = replies.get_mut(&question.id) {
            *picks = in_order(question.kind.choices(), std::mem::take(picks));
        }
    }
    replies
}

/// Gives the orders as `{ "question": ["code", …], "group": ["question", …], "scale": "reversed" }`; `None` where there are none.
fn orders_to_json(orders: &Orders) -> Option<Value> {
    let groups =
        orders.groups.iter().map(|(group, ids)| (group.to_string(), ids.iter().map(QuestionId::as_str).collect::<Value>()));
    let codes = orders.codes.iter().map(|(id, codes)| (id.to_string(), codes.iter().map(Code::as_str).collect::<Value>()));
    let reversed = orders.reversed.iter().map(|id| (id.to_string(), json!("reversed")));
    let object: Map<String, Value> =
        groups.map(|(group, ids)| (format!("group {group}"), ids)).chain(codes).chain(reversed).collect();
    (!object.is_empty()).then_some(Value::Object(object))
}

fn orders_from_json(value: Option<&Value>) -> Orders {
    let mut orders = Orders::default();
    for (name, value) in value.and_then(Value::as_object).into_iter().flatten() {
        let texts = || value.as_array().into_iter().flatten().filter_map(Value::as_str);
        match (name.strip_prefix("group ").and_then(Name::new), QuestionId::new(name)) {
            (Some(group), _) => orders.groups.push((group, texts().filter_map(QuestionId::new).collect())),
            (None, Some(id)) if value.is_string() => orders.reversed.push(id),
            (None, Some(id)) => orders.codes.push((id, texts().filter_map(Code::new).collect())),
            (None, None) => {}
        }
    }
    orders
}

fn arms_from_json(value: Option<&Value>) -> Arms {
    let arms = value.and_then(Value::as_object).into_iter().flatten();
    arms.filter_map(|(variant, arm)| Some((Name::new(variant)?, Name::new(arm.as_str()?)?))).collect()
}
