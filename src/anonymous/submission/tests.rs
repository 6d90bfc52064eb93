//! What is sent of a response, and what of it would be refused.

use serde_json::{Map, Value, json};

use super::*;
use crate::anonymous::tests::{at, wave};
use crate::response::Draft;

const SOURCE: &str = r#"
id = "pulse"
title = "Pulse"
version = 3

[privacy]
segments = ["tenure"]

[[segment]]
id = "tenure"
values = [{ code = "new", label = "Under a year" }, { code = "old", label = "Longer" }]

[[variant]]
id = "wording"
arms = ["plain", "long"]

[[question]]
id = "role"
type = "single"
text = "What do you do?"
demographic = true
choices = [{ code = "dev", label = "Develop" }, { code = "else", label = "Something else", other = true }]

[[question]]
id = "name"
type = "text"
text = "What are you called?"
demographic = true

[[question]]
id = "nps"
type = "nps"
text = "How likely are you to recommend the platform?"
allow = ["not_applicable"]

[[question]]
id = "hours"
type = "number"
text = "How many hours a week does it cost you?"
decimals = 6

[[question]]
id = "rows"
type = "matrix"
text = "How content are you with these?"
points = 5
labels = ["Not at all", "Hardly", "Neither", "Rather", "Fully"]
rows = [{ code = "build", label = "Builds" }, { code = "test", label = "Tests" }]

[[question]]
id = "tools"
type = "multi"
text = "Which tools do you use?"
choices = [{ code = "ci", label = "CI" }, { code = "docs", label = "Docs" }, { code = "else", label = "Another", other = true }]

[[question]]
id = "why"
type = "text"
text = "Why?"
max_length = 20
"#;

fn classes() -> Vec<Class> {
    let class = |role: &str| Class {
        nodes: Values::from([("tenure".to_owned(), "new".to_owned()), ("role".to_owned(), role.to_owned())]),
        invited: 10,
    };
    vec![class("dev"), class("lead")]
}

fn response(wave: &Wave) -> Response {
    let answers = json!({
        "role": "dev", "name": "Canary Jones", "nps": 3, "hours": 123_456_789.123_457, "rows": { "test": 5 },
        "tools": ["docs", { "other": "canary make" }], "why": "canary builds",
    });
    let (replies, strange) = shape::from_objects(&wave.survey, answers.as_object().unwrap(), &Map::new());
    assert_eq!(strange, Vec::<String>::new());
    let draft = Draft { replies, seed: 5, ..Draft::start(&wave.survey, at(25)) };
    Response::finish(&wave.survey, &draft, "canary id".to_owned(), at(25)).unwrap()
}

fn sent(wave: &Wave, response: &Response) -> [String; 2] {
    let segments = Values::from([("tenure".to_owned(), "new".to_owned()), ("office".to_owned(), "canary office".to_owned())]);
    let sender = Sender { segments: &segments, seconds: 40, salts: [[1; 32], [2; 32]] };
    let text = |submission: &Submission| String::from_utf8(submission.payload().to_vec()).unwrap();
    let sent: Vec<String> = Submission::of(wave, response, &sender).unwrap().iter().map(text).collect();
    sent.try_into().unwrap()
}

fn published() -> Wave {
    wave(SOURCE, classes(), &[])
}

#[test]
fn words_and_who_somebody_is_are_in_no_scores() {
    let wave = wave(SOURCE, Vec::new(), &[]);
    let [scores, comments] = sent(&wave, &response(&wave));
    assert!(!scores.contains("anary") && !scores.contains("2027") && !scores.contains("tenure"), "{scores}");
    let parsed: Value = serde_json::from_str(&scores).unwrap();
    let keys: Vec<&str> = parsed.as_object().unwrap().keys().map(String::as_str).collect();
    let known = ["format", "survey", "version", "wave", "items", "class", "answers", "missing", "duration", "salt", "arms"];
    assert_eq!(keys, known);
    assert_eq!(
        parsed["answers"],
        json!({ "nps": 3, "hours": 123_456_789.123_457, "rows": { "test": 5 }, "tools": ["docs", "else"] })
    );
    assert_eq!(parsed["missing"], json!({ "rows.build": "unanswered" }));
    let parsed: Value = serde_json::from_str(&comments).unwrap();
    assert_eq!(
        parsed["comments"],
        json!({ "tools.other": "canary make", "why": "canary builds" }),
        "who somebody is is no comment"
    );
    assert_eq!(parsed.as_object().unwrap().keys().count(), 6);
}

#[test]
fn the_class_is_of_what_the_roster_and_the_answers_say() {
    let wave = published();
    let response = response(&wave);
    let class = |response: &Response| serde_json::from_str::<Value>(&sent(&wave, response)[0]).unwrap()["class"].clone();
    assert_eq!(class(&response), json!({ "role": "dev", "tenure": "new" }));
    let mut silent = response;
    silent.replies.remove(&crate::survey::QuestionId::new("role").unwrap());
    assert_eq!(class(&silent), Value::Null);
}

#[test]
fn whom_no_class_explains_joins_those_they_are_most_like_whatever_the_collector_says_of_them() {
    let wave = published();
    let response = response(&wave);
    for segments in [Values::new(), Values::from([("tenure".to_owned(), "canary".to_owned())])] {
        let sender = Sender { segments: &segments, seconds: 40, salts: [[1; 32], [2; 32]] };
        let scores = Submission::of(&wave, &response, &sender).unwrap().remove(0);
        let scores: Value = serde_json::from_slice(scores.payload()).unwrap();
        assert_eq!(scores["class"], json!({ "role": "dev", "tenure": "new" }));
    }
}

#[test]
fn what_is_sent_is_taken_and_nothing_else() {
    let wave = published();
    let [scores, comments] = sent(&wave, &response(&wave));
    assert!(check(&wave, Part::Scores, scores.as_bytes()).is_ok());
    assert!(check(&wave, Part::Comments, comments.as_bytes()).is_ok());
    assert_eq!(check(&wave, Part::Comments, scores.as_bytes()), Err(PayloadError::Form));
    let cases = [
        ("{", "{ ", PayloadError::Form),
        ("{", r#"{"note":"canary","#, PayloadError::Form),
        (r#""answers":"#, r#""answers":{"nps":9},"answers":"#, PayloadError::Form),
        (r#"{"nps":3"#, r#"{"nps":9,"nps":3"#, PayloadError::Form),
        (r#""nps":3"#, r#""nps":3.0"#, PayloadError::Form),
        (r#""nps":3"#, r#""nps":11"#, PayloadError::Answers),
        (r#""nps":3"#, r#""nps":"canary""#, PayloadError::Answers),
        (r#""docs","else""#, r#""else","docs""#, PayloadError::Form),
        (r#""docs","else""#, r#""docs",{"other":"canary"}"#, PayloadError::Form),
        (r#""missing":{"#, r#""missing":{"nps":"skipped","#, PayloadError::Form),
        (r#""missing":{"#, r#""missing":{"tools":"dont_know","#, PayloadError::Answers),
        (r#""missing":{"#, r#""missing":{"why":"skipped","#, PayloadError::Finer),
        (r#""missing":{"#, r#""missing":{"role":"skipped","#, PayloadError::Finer),
        (r#""answers":{"#, r#""answers":{"role":"dev","#, PayloadError::Finer),
        (r#""answers":{"#, r#""answers":{"why":"canary","#, PayloadError::Finer),
        (r#""answers":{"#, r#""answers":{"canary":1,"#, PayloadError::Finer),
        (r#""tenure":"new""#, r#""tenure":"old""#, PayloadError::Finer),
        (r#""class":{"#, r#""class":{"office":"canary","#, PayloadError::Finer),
        (r#""duration":"30 s to 1 min""#, r#""duration":"41 s""#, PayloadError::Form),
        (r#""arms":{"#, r#""arms":{"canary":"plain","#, PayloadError::Answers),
        (r#""arms":{"wording":"#, r#""arms":["canary"],"was":{"wording":"#, PayloadError::Form),
        (r#""salt":"01"#, r#""salt":"0G"#, PayloadError::Form),
        (r#""version":3"#, r#""version":4"#, PayloadError::Wave),
        (r#""survey":"pulse""#, r#""survey":"other""#, PayloadError::Wave),
        (r#""items":"#, r#""language":"en","items":"#, PayloadError::Finer),
    ];
    for (from, to, expected) in cases {
        let changed = scores.replacen(from, to, 1);
        assert_ne!(changed, scores, "{from} isn't there");
        assert_eq!(check(&wave, Part::Scores, changed.as_bytes()), Err(expected), "{from} -> {to}");
    }
    for (from, to, expected) in [
        (r#""why":"canary builds""#, r#""why":" canary builds""#, PayloadError::Answers),
        (r#""why":"canary builds""#, r#""why":"a \u001b[31m""#, PayloadError::Answers),
        (r#""why":"canary builds""#, r#""why":"more than twenty characters""#, PayloadError::Answers),
        (r#""why":"canary builds""#, r#""why":7"#, PayloadError::Answers),
        (r#""why":"canary builds""#, r#""why":"c\u0061nary builds""#, PayloadError::Form),
        (r#""why":"#, r#""nps":"#, PayloadError::Finer),
        (r#""comments":{"#, r#""comments":{"role.other":"canary","#, PayloadError::Finer),
        (r#"{"format""#, r#"{"class":null,"format""#, PayloadError::Form),
    ] {
        let changed = comments.replacen(from, to, 1);
        assert_ne!(changed, comments, "{from} isn't there");
        assert_eq!(check(&wave, Part::Comments, changed.as_bytes()), Err(expected), "{from} -> {to}");
    }
    for nested in ["[".repeat(100_000), format!("{}{}", "{\"a\":".repeat(200), "}".repeat(200)), String::new()] {
        assert_eq!(check(&wave, Part::Scores, nested.as_bytes()), Err(PayloadError::Form));
    }
}
