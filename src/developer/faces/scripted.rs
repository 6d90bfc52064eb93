//! Answers from a JSON file, taken through the same state machine as typed ones.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::{Finish, Keeping};
use crate::developer::answering::{Command, Effect, Event, Found, Input, Outcome, Session, update};
use crate::response::{Answer, Cell, Draft, Flow, Missing, Replies, Reply, json as shape};
use crate::survey::nearest::meant;
use crate::survey::{Question, QuestionId, Survey};

/// Something wrong with a file of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The question as the file or the survey names it; `None` when the file as a whole is meant.
    pub question: Option<String>,
    /// What is wrong, as a lower-case fragment.
    pub problem: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.question {
            Some(question) => write!(formatter, "{question}: {}", self.problem),
            None => formatter.write_str(&self.problem),
        }
    }
}

/// What becomes of words that leave the machine and may name someone, a machine or a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Nothing is sent off.
    Refused,
    /// They are sent off as they are written.
    Kept,
    /// They are replaced.
    Replaced,
}

/// Why answers were not sent off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The session or the store said so.
    Said(String),
    /// What was found in their words, with the questions.
    Words(Vec<Fault>),
}

/// Reads the answers of a file, one JSON object from question to value, as whoever has begun this draft would give them.
///
/// # Errors
/// Everything that keeps the file from being a whole response, with the question it concerns.
pub fn answers(survey: &Survey, draft: &Draft, json_text: &str) -> Result<Replies, Vec<Fault>> {
    let whole = |problem: String| vec![Fault { question: None, problem }];
    let json_text = json_text.strip_prefix('\u{FEFF}').unwrap_or(json_text);
    let file: Strict = serde_json::from_str(json_text).map_err(|error| whole(format!("not readable as JSON: {error}")))?;
    let Strict { value: Value::Object(entries), twice, .. } = file else {
        return Err(whole("expected one JSON object from question to answer".to_owned()));
    };
    let mut faults: Vec<Fault> = twice.into_iter().map(|name| named_twice(survey, &name)).collect();
    let mut replies = Replies::new();
    for (name, value) in &entries {
        match reply(survey, name, value) {
            Ok((id, reply)) => drop(replies.insert(id, reply)),
            Err(problems) => faults.extend(problems.into_iter().map(|problem| fault(name, problem))),
        }
    }
    let (presented, flow) = Draft { replies: replies.clone(), ..draft.clone() }.presented(survey);
    if faults.is_empty() {
        faults.extend(hidden(survey, &presented, &flow, &replies));
    }
    faults.extend(incomplete(&presented, &flow, &replies, &entries));
    if faults.is_empty() { Ok(replies) } else { Err(faults) }
}

/// Gives what is answered and not asked with these answers; a question that is skipped may be hidden as well.
fn hidden(survey: &Survey, presented: &Survey, flow: &Flow, replies: &Replies) -> Vec<Fault> {
    let given = survey.asked().filter_map(|question| match replies.get(&question.id)? {
        Reply::Given(answer) => Some((question, answer)),
        Reply::Missing(_) => None,
    });
    let problem = |(question, answer): (&Question, &Answer)| {
        let id = question.id.as_str();
        match flow.replies().get(&question.id) {
            _ if flow.position(presented, &question.id).is_none() => {
                Some(fault(id, "is not asked with these answers".to_owned()))
            }
            Some(Reply::Given(counts)) if is_whole(counts, answer) => None,
            _ => Some(fault(id, "names a choice or a row that is not shown with these answers".to_owned())),
        }
    };
    given.filter_map(problem).collect()
}

/// Says whether all of an answer counts.
fn is_whole(counts: &Answer, given: &Answer) -> bool {
    match (counts, given) {
        (Answer::Multi(counts), Answer::Multi(given)) => counts.len() == given.len(),
        (Answer::Ranking(counts), Answer::Ranking(given)) => counts.len() == given.len(),
        (Answer::Matrix(counts), Answer::Matrix(given)) => counts.len() == given.len(),
        _ => true,
    }
}

/// Answers the whole survey with replies that [`answers`] gave and sends the response off.
///
/// No draft is written on the way: the answers are safe in their file. `words` says what becomes of words that leave the machine and
/// may tell too much.
///
/// # Errors
/// Why the response was refused or not stored.
pub fn run(session: Session, replies: &Replies, words: Words, keeping: &mut Keeping<'_>) -> Result<Finish, Refusal> {
    let mut script = Script { session, keeping, left: None, refused: None };
    script.tell(Event::Shown);
    let asked: Vec<QuestionId> = script.session.survey().asked().map(|question| question.id.clone()).collect();
    for id in asked {
        // An answer may bring questions up, so each is looked for when its turn comes.
        if let (Some(reply), Some(at)) = (replies.get(&id), script.session.place_of(&id)) {
            script.tell(Event::Command(Command::GoTo(at)));
            script.tell(Event::Reply(reply.clone()));
        }
    }
    script.tell(Event::Command(Command::Review));
    script.tell(Event::Command(Command::Submit));
    if script.session.asks_about_words() {
        match words {
            Words::Refused => return Err(Refusal::Words(script.session.found().iter().map(told_of).collect())),
            Words::Kept => script.tell(Event::Command(Command::KeepWords)),
            Words::Replaced => script.tell(Event::Command(Command::ReplaceWords)),
        }
    }
    let Script { session, left, refused, .. } = script;
    match (left, refused) {
        (Some(outcome), None) => Ok(Finish { session, outcome, failure: None }),
        (_, Some(reason)) => Err(Refusal::Said(reason)),
        (None, None) => Err(Refusal::Said(session.notice().unwrap_or("the answers were not accepted").to_owned())),
    }
}

/// Says where something was found and what would stand in its place, and not the words: an error may end in a log.
fn told_of(found: &Found) -> Fault {
    fault(found.question.as_str(), format!("character {} begins what would become {}", found.place, found.kind.word()))
}

struct Script<'a, 'k> {
    session: Session,
    keeping: &'a mut Keeping<'k>,
    left: Option<Outcome>,
    refused: Option<String>,
}

impl Script<'_, '_> {
    fn tell(&mut self, event: Event) {
        let mut events = vec![event];
        while let (Some(event), None) = (events.pop(), self.left) {
            let (session, effects) = update(self.session.clone(), Input { at_ms: 0, event });
            self.session = session;
            for effect in effects {
                events.extend(self.carry_out(&effect));
            }
        }
    }

    fn carry_out(&mut self, effect: &Effect) -> Option<Event> {
        match effect {
            Effect::Save => Some(Event::Saved),
            Effect::Submit => match (self.keeping.submit)(&self.session) {
                Ok(()) => Some(Event::Submitted),
                Err(reason) => {
                    self.refused = Some(reason.clone());
                    Some(Event::SaveFailed(reason))
                }
            },
            Effect::Leave(outcome) => {
                self.left = Some(*outcome);
                None
            }
            _ => None,
        }
    }
}

fn reply(survey: &Survey, name: &str, value: &Value) -> Result<(QuestionId, Reply), Vec<String>> {
    let Some(question) = survey.questions.iter().find(|question| question.id.as_str() == name) else {
        return Err(vec![unknown(survey, name)]);
    };
    let reply =
        shape::reply_from(question, value).map_err(|misfits| misfits.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    match &reply {
        Reply::Given(Answer::Matrix(cells)) if cells.values().all(|cell| *cell == Cell::Missing(Missing::Skipped)) => {
            Err(vec!["expected at least one row, or null to skip".to_owned()])
        }
        _ => Ok((question.id.clone(), reply)),
    }
}

fn unknown(survey: &Survey, name: &str) -> String {
    match meant(name, survey.asked().map(|question| question.id.as_str()), &[]) {
        Some(meant) => format!("no such question; {meant}"),
        None => "no such question".to_owned(),
    }
}

fn named_twice(survey: &Survey, name: &str) -> Fault {
    let (question, row) = name.split_once('.').map_or((name, None), |(question, row)| (question, Some(row)));
    let known = survey.questions.iter().any(|known| known.id.as_str() == question);
    match row {
        Some(row) if known => fault(question, format!("names {row} twice")),
        _ => fault(name, "stands in the file twice".to_owned()),
    }
}

/// Gives what is required and not there; a question with another fault isn't named again.
fn incomplete(presented: &Survey, flow: &Flow, replies: &Replies, entries: &Map<String, Value>) -> Vec<Fault> {
    let unreadable: BTreeSet<_> = entries.keys().filter(|name| !replies.keys().any(|id| id.as_str() == *name)).collect();
    let problems = flow.problems(presented).into_iter();
    let problems = problems.filter(|(id, _)| !unreadable.contains(&id.to_string()));
    problems.map(|(id, problem)| fault(id.as_str(), problem.to_string())).collect()
}

fn fault(question: &str, problem: String) -> Fault {
    Fault { question: Some(question.to_owned()), problem }
}

/// A JSON value that remembers which keys stood twice, as `key` or `outer.key`.
struct Strict {
    value: Value,
    twice: Vec<String>,
}

impl From<Value> for Strict {
    fn from(value: Value) -> Self {
        Self { value, twice: Vec::new() }
    }
}

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Strict;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Strict, E> {
        Ok(Value::Null.into())
    }

    fn visit_bool<E>(self, value: bool) -> Result<Strict, E> {
        Ok(Value::Bool(value).into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Strict, E> {
        Ok(Value::Number(value.into()).into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Strict, E> {
        Ok(Value::Number(value.into()).into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Strict, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number).into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Strict, E> {
        Ok(Value::String(value.to_owned()).into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Strict, A::Error> {
        let (mut values, mut twice) = (Vec::new(), Vec::new());
        while let Some(item) = items.next_element::<Strict>()? {
            values.push(item.value);
            twice.extend(item.twice);
        }
        Ok(Strict { value: Value::Array(values), twice })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Strict, A::Error> {
        let (mut object, mut twice) = (Map::new(), Vec::new());
        while let Some((key, entry)) = entries.next_entry::<String, Strict>()? {
            twice.extend(entry.twice.iter().map(|inner| format!("{key}.{inner}")));
            if object.insert(key.clone(), entry.value).is_some() {
                twice.push(key);
            }
        }
        Ok(Strict { value: Value::Object(object), twice })
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{session, survey};
    use super::*;

    fn faults(json_text: &str) -> Vec<String> {
        answers(&survey(), session().draft(), json_text).err().unwrap_or_default().iter().map(Fault::to_string).collect()
    }

    const COMPLETE: &str = r#"{ "nps": 9, "agree": 4, "deploys": true, "editor": { "other": "ed" }, "barriers": ["ci", "docs"],
        "order": ["speed", "docs", "safety"], "parts": { "ci": 4, "docs": null }, "reason": "Builds\nare slow", "minutes": 1.5,
        "since": "2026-03-31", "name": null }"#;

    #[test]
    fn every_fault_is_named_with_its_question() {
        for (json_text, expected) in [
            (r#"{ "nps": 11 }"#, vec!["nps: expected a whole number from 0 to 10"]),
            (r#"{ "nsp": 9, "nps": 9 }"#, vec!["nsp: no such question; did you mean `nps`?"]),
            (r#"{ "weather": 9, "nps": 9 }"#, vec!["weather: no such question"]),
            (r#"{ "nps": 9, "nps": 8 }"#, vec!["nps: stands in the file twice"]),
            (r#"{ "nps": 9, "parts": { "ci": 1, "ci": 2 } }"#, vec!["parts: names ci twice"]),
            (r#"{ "nps": 9, "thanks": 1 }"#, vec!["thanks: is a note and takes no answer"]),
            (r#"{}"#, vec!["nps: needs an answer"]),
            (r#"{ "nps": null }"#, vec!["nps: needs an answer"]),
            (r#"{ "nps": 9, "order": ["docs"] }"#, vec!["order: 1 of 3 ranked: rank them all, or skip the question"]),
            (
                r#"{ "nps": "nine", "agree": { "missing": "dont_know" }, "barriers": ["none", "ci"], "since": "soon" }"#,
                vec![
                    "nps: expected a whole number from 0 to 10",
                    "agree: does not allow dont_know",
                    "barriers: names an exclusive choice beside others",
                    "since: expected a date such as \"2026-03-31\"",
                ],
            ),
            (r#"{ "nps": 9.0, "parts": { "ci": 5.0 } }"#, vec![]),
            (r#"{ "nps": 9.5 }"#, vec!["nps: expected a whole number from 0 to 10"]),
            ("\u{FEFF}{ \"nps\": 9 }", vec![]),
            (r#"{ "nps": 9, "parts": {} }"#, vec!["parts: expected at least one row, or null to skip"]),
            (r#"{ "nps": 9, "parts": { "ci": null, "docs": null } }"#, vec!["parts: expected at least one row, or null to skip"]),
            (r#"{ "nps": 9, "parts": { "cd": 1 } }"#, vec!["parts: has no row `cd`; its rows are ci, docs"]),
            (r#"{ "nps": 9, "barriers": "ci" }"#, vec!["barriers: expected an array of codes, such as [\"docs\"]"]),
            (r#"{ "nps": 9, "barriers": [] }"#, vec!["barriers: expected at least one code, or null to skip"]),
            (
                r#"{ "nps": 9, "order": "docs" }"#,
                vec![r#"order: expected an array of all codes in order of preference, such as ["docs", "speed", "safety"]"#],
            ),
            (r#"{ "nps": 9, "order": [] }"#, vec!["order: expected at least one code, or null to skip"]),
            (r#"{ "nps": 9, "minutes": 1e-30 }"#, vec!["minutes: expected at most 1 decimal place"]),
            ("[1]", vec!["expected one JSON object from question to answer"]),
            ("{ \"nps\": 9,", vec!["not readable as JSON: EOF while parsing a value at line 1 column 11"]),
            (COMPLETE, vec![]),
        ] {
            assert_eq!(faults(json_text), expected, "{json_text}");
        }
    }

    #[test]
    fn a_fault_never_repeats_a_text() {
        let all = faults(r#"{ "reason": ["my secret"], "name": { "my": "secret" }, "nps": "secret" }"#).join(" ");
        assert!(!all.contains("secret"), "{all}");
    }

    #[test]
    fn complete_answers_are_sent_off_once_and_no_draft_is_written() {
        let replies = answers(&survey(), session().draft(), COMPLETE).unwrap();
        let (mut saved, mut submitted) = (0, Vec::new());
        let finish = {
            let mut keeping = Keeping {
                save: &mut |_| {
                    saved += 1;
                    Ok(())
                },
                submit: &mut |session| {
                    submitted.push(session.draft().replies.clone());
                    Ok(())
                },
                decline: &mut |_| Ok(()),
            };
            run(session(), &replies, Words::Refused, &mut keeping).unwrap()
        };
        assert_eq!((finish.outcome, saved, submitted.len()), (Outcome::Answered, 0, 1));
        assert_eq!(submitted[0], replies);
    }

    #[test]
    fn a_response_that_cannot_be_stored_says_why() {
        let replies = answers(&survey(), session().draft(), COMPLETE).unwrap();
        let mut keeping =
            Keeping { save: &mut |_| Ok(()), submit: &mut |_| Err("the disk is full".to_owned()), decline: &mut |_| Ok(()) };
        let refused = run(session(), &replies, Words::Refused, &mut keeping).map(|finish| finish.outcome);
        assert_eq!(refused, Err(Refusal::Said("the disk is full".to_owned())));
    }
}
