//! What is sent to a webhook: the same answers as to a collector, as an event in the form of CloudEvents 1.0. There is no token, so
//! one answer each isn't enforced, and whoever runs the endpoint is trusted not to look who sends: confidential, never anonymous.
//!
//! An event holds neither class nor language, since nobody counted how many share them, and no time: a clock that is off by a few
//! seconds would tell a machine. It is padded to one of the sizes that submissions have.
//!
//! ```text
//! id        names the event, and is the same however often it is sent
//! subject   names the response, or its comments: what changes it and what takes it back has the same
//! ```

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value, json};
use sha2::Sha256;

use super::payload::{duration, told};
use super::{TooLong, words};
use crate::anonymous::encoding::to_hex;
use crate::anonymous::frame::{MOST, SIZES};
use crate::anonymous::names::Part;
use crate::response::{Response, json as shape};
use crate::survey::{Survey, SurveyId};

/// The form of scores that this version writes.
pub const SCORES: &str = "dxpulse-confidential/1";

/// The form of comments that this version writes.
pub const COMMENTS: &str = "dxpulse-confidential-comments/1";

/// The form of what takes either back.
pub const WITHDRAWN: &str = "dxpulse-withdrawn/1";

/// The source of every event: the same for every machine.
pub const SOURCE: &str = "urn:dxpulse:client";

/// An event that may leave the machine.
#[derive(Clone, PartialEq, Eq)]
pub struct Event {
    part: Part,
    name: Name,
    is_withdrawal: bool,
    body: String,
}

/// What tells one event from all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// What it is about: a response, or its comments.
    pub subject: String,
    /// Its own id.
    pub id: String,
    /// Counts up with every event about the same, from 1.
    pub revision: u32,
}

impl Event {
    /// Makes what is sent of a response, save its comments.
    ///
    /// # Errors
    /// [`TooLong`] when it doesn't fit the largest body.
    pub fn scores(survey: &Survey, response: &Response, seconds: i64, name: Name) -> Result<Self, TooLong> {
        let (answers, missing) = shape::to_objects(survey, &told(survey, &response.replies));
        let mut data = json!({
            "format": SCORES,
            "survey": survey.id.as_str(),
            "version": survey.version,
            "wave": response.wave,
            "items": survey.hash(),
            "answers": answers,
            "missing": missing,
            "duration": duration(seconds),
        });
        if !response.arms.is_empty() {
            data["arms"] = response.arms.iter().map(|(variant, arm)| (variant.to_string(), json!(arm.as_str()))).collect();
        }
        Self::new(Part::Scores, name, "response", data)
    }

    /// Makes what is sent of the comments of a response; `None` where there are none, or none may leave the machine.
    ///
    /// # Errors
    /// As [`Event::scores`].
    pub fn comments(survey: &Survey, response: &Response, name: Name) -> Result<Option<Self>, TooLong> {
        let texts: Map<String, Value> = words(survey, &response.replies);
        if texts.is_empty() {
            return Ok(None);
        }
        let data = json!({
            "format": COMMENTS,
            "survey": survey.id.as_str(),
            "version": survey.version,
            "wave": response.wave,
            "comments": texts,
        });
        Self::new(Part::Comments, name, "comments", data).map(Some)
    }

    /// Makes what takes back what was said about the same subject.
    pub fn withdrawal(survey: &SurveyId, part: Part, name: Name) -> Self {
        let kind = match part {
            Part::Scores => "response.withdrawn",
            Part::Comments => "comments.withdrawn",
        };
        let body = body(kind, &name, json!({ "format": WITHDRAWN, "survey": survey.as_str() }));
        Self { part, name, is_withdrawal: true, body }
    }

    fn new(part: Part, name: Name, kind: &str, data: Value) -> Result<Self, TooLong> {
        let bytes = data.to_string().len();
        if bytes > MOST {
            return Err(TooLong { part, bytes });
        }
        let body = body(kind, &name, data);
        Ok(Self { part, name, is_withdrawal: false, body })
    }

    /// Gives the part it holds.
    pub fn part(&self) -> Part {
        self.part
    }

    /// Gives what tells it from all others.
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// Says whether it takes back what was said.
    pub fn is_withdrawal(&self) -> bool {
        self.is_withdrawal
    }

    /// Gives the body, byte for byte as it is sent.
    pub fn body(&self) -> &str {
        &self.body
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Event of {} with {} bytes", self.part.name(), self.body.len())
    }
}

/// Writes an event down, the padding last.
fn body(kind: &str, name: &Name, mut data: Value) -> String {
    data["revision"] = json!(name.revision);
    data["padding"] = json!("");
    let mut event = json!({
        "specversion": "1.0",
        "type": format!("io.dxpulse.{kind}.v1"),
        "source": SOURCE,
        "id": name.id,
        "subject": name.subject,
        "datacontenttype": "application/json",
        "data": data,
    });
    let bytes = event.to_string().len();
    let size = SIZES.into_iter().find(|size| bytes <= *size).unwrap_or(bytes);
    event["data"]["padding"] = json!("0".repeat(size - bytes));
    event.to_string()
}

/// Gives a body without its padding, for people to read.
pub fn without_padding(body: &str) -> String {
    body.rfind(",\"padding\":\"").map_or_else(|| body.to_owned(), |at| format!("{}}}}}", &body[..at]))
}

/// Writes 16 random bytes as a UUID of version 4.
pub fn uuid(mut random: [u8; 16]) -> String {
    random[6] = random[6] & 0x0f | 0x40;
    random[8] = random[8] & 0x3f | 0x80;
    let hex = to_hex(&random);
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// Signs a body with a secret that both sides have: HMAC-SHA-256 of the bytes as they are sent, as `X-Hub-Signature-256` has it.
pub fn signature(secret: &[u8], body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length is one");
    mac.update(body);
    format!("sha256={}", to_hex(&mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::response::Draft;
    use crate::survey::parse;

    const ASKED: &str = r#"
        id = "pulse"
        title = "Pulse"
        [[question]]
        id = "nps"
        type = "nps"
        text = "How likely?"
        [[question]]
        id = "role"
        type = "single"
        text = "What do you do?"
        demographic = true
        choices = [{ code = "dev", label = "Develop" }, { code = "lead", label = "Lead" }]
        [[question]]
        id = "tool"
        type = "single"
        text = "Which tool?"
        choices = [{ code = "ci", label = "CI" }, { code = "else", label = "Another", other = true }]
        [[question]]
        id = "why"
        type = "text"
        text = "Why?"
    "#;

    fn name() -> Name {
        Name { subject: uuid([1; 16]), id: uuid([2; 16]), revision: 3 }
    }

    fn answered(why: &str) -> (Survey, Response) {
        let survey = parse::parse(ASKED).unwrap();
        let answers = json!({ "nps": 3, "role": "lead", "tool": { "other": "make" }, "why": why });
        let (replies, strange) = shape::from_objects(&survey, answers.as_object().unwrap(), &Map::new());
        assert_eq!(strange, Vec::<String>::new());
        let draft = Draft { replies, ..Draft::start(&survey, DateTime::UNIX_EPOCH) };
        let response = Response::finish(&survey, &draft, "ab".repeat(16), DateTime::UNIX_EPOCH).unwrap();
        (survey, Response { wave: Some("2026-Q3".to_owned()), ..response })
    }

    #[test]
    fn an_event_says_what_was_answered_and_nothing_of_who_did() {
        let (survey, response) = answered("builds are slow");
        let scores = Event::scores(&survey, &response, 45, name()).unwrap();
        let mut event: Value = serde_json::from_str(scores.body()).unwrap();
        let padding = event["data"].as_object_mut().unwrap().remove("padding").unwrap();
        let expected = json!({
            "specversion": "1.0",
            "type": "io.dxpulse.response.v1",
            "source": "urn:dxpulse:client",
            "id": "02020202-0202-4202-8202-020202020202",
            "subject": "01010101-0101-4101-8101-010101010101",
            "datacontenttype": "application/json",
            "data": {
                "format": "dxpulse-confidential/1",
                "survey": "pulse",
                "version": 1,
                "wave": "2026-Q3",
                "items": survey.hash(),
                "answers": { "nps": 3, "tool": "else" },
                "missing": {},
                "duration": "30 s to 1 min",
                "revision": 3,
            },
        });
        assert_eq!(event, expected);
        assert_eq!(serde_json::from_str::<Value>(&without_padding(scores.body())).unwrap(), expected);
        assert!(scores.body().len() == 4096 && padding.as_str().unwrap().chars().all(|zero| zero == '0'));
        for absent in ["abab", "lead", "make", "slow", "1970", "\"en\""] {
            assert!(!scores.body().contains(absent), "{absent}");
        }
    }

    #[test]
    fn comments_are_an_event_of_their_own() {
        let (survey, response) = answered("builds are slow");
        let comments = Event::comments(&survey, &response, name()).unwrap().unwrap();
        let event: Value = serde_json::from_str(comments.body()).unwrap();
        assert_eq!(event["type"], "io.dxpulse.comments.v1");
        assert_eq!(event["data"]["comments"], json!({ "tool.other": "make", "why": "builds are slow" }));
        assert_eq!((event["data"].get("answers"), event["data"].get("items")), (None, None));
        let (survey, response) = (parse::parse(&format!("{ASKED}\n[privacy]\ncomments = false\n")).unwrap(), response);
        assert_eq!(Event::comments(&survey, &response, name()), Ok(None));
    }

    #[test]
    fn what_takes_back_has_the_same_subject_and_says_nothing_more() {
        let withdrawal = Event::withdrawal(&SurveyId::new("pulse").unwrap(), Part::Scores, name());
        let event: Value = serde_json::from_str(withdrawal.body()).unwrap();
        assert_eq!((&event["type"], &event["subject"]), (&json!("io.dxpulse.response.withdrawn.v1"), &json!(name().subject)));
        let keys: Vec<&String> = event["data"].as_object().unwrap().keys().collect();
        assert_eq!(keys, ["format", "survey", "revision", "padding"]);
        assert_eq!(withdrawal.body().len(), 4096);
    }

    #[test]
    fn a_body_has_one_of_three_sizes_and_all_that_may_be_written_fits() {
        let (survey, response) = answered("slow");
        for (length, size) in [(1, 4096), (3_000, 4096), (5_000, 8192), (12_000, 16384)] {
            let long = Response { wave: Some("w".repeat(length)), ..response.clone() };
            assert_eq!(Event::scores(&survey, &long, 0, name()).unwrap().body().len(), size, "{length}");
        }
        let room = MOST - super::super::comments_length(&survey, &response.replies);
        let long = |extra: usize| Response { wave: Some("w".repeat(room + extra)), ..response.clone() };
        assert_eq!(Event::comments(&survey, &long(0), name()).unwrap().unwrap().body().len(), 16384);
        assert!(Event::comments(&survey, &long(400), name()).is_err());
    }

    #[test]
    fn a_signature_is_the_hmac_that_others_compute() {
        // The second case of RFC 4231.
        let expected = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(signature(b"Jefe", b"what do ya want for nothing?"), expected);
    }
}
