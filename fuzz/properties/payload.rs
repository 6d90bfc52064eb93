//! Any bytes are the one payload of what they say, or they are refused; scores hold no text but what the manifest holds.

use dxpulse::anonymous::Part;
use dxpulse::anonymous::submission;
use dxpulse::response::Missing;
use dxpulse::survey::characters::is_forbidden;
use serde_json::{Map, Value};

use super::wave::wave;

/// Checks a payload as either part; says whether it is one.
pub(crate) fn check(input: &[u8]) -> bool {
    let mut is_taken = false;
    for part in Part::ALL {
        if submission::check(wave(), part, input).is_err() {
            continue;
        }
        let payload: Map<String, Value> = serde_json::from_slice(input).expect("a payload is an object");
        is_taken = true;
        assert_eq!(Value::Object(payload.clone()).to_string().as_bytes(), input, "a payload has one form");
        match part {
            Part::Scores => check_scores(payload),
            Part::Comments => {
                let comments = payload["comments"].as_object().expect("comments");
                assert!(comments.values().all(|text| text.as_str().is_some_and(|text| !text.contains(is_forbidden))));
            }
        }
    }
    is_taken
}

fn check_scores(mut payload: Map<String, Value>) {
    for known in ["format", "wave", "items", "salt", "duration"] {
        payload.remove(known).expect("every payload has it");
    }
    let missing = payload.remove("missing").expect("every payload has it");
    for (name, kind) in missing.as_object().expect("kinds of missing") {
        assert!(name.split('.').all(is_in_the_manifest), "{name}");
        assert!(kind.as_str().and_then(Missing::from_name).is_some(), "{kind}");
    }
    for (part, value) in &payload {
        assert!(["survey", "version", "class", "answers", "arms", "language"].contains(&part.as_str()), "{part}");
        texts(value).for_each(|text| assert!(is_in_the_manifest(text), "{text}"));
    }
}

/// Says whether a text is an id or a code of the survey, or one of its languages.
fn is_in_the_manifest(text: &str) -> bool {
    let manifest = &wave().manifest;
    manifest.source.contains(&format!("\"{text}\"")) || manifest.languages.contains_key(text)
}

fn texts(value: &Value) -> Box<dyn Iterator<Item = &str> + '_> {
    match value {
        Value::String(text) => Box::new(std::iter::once(text.as_str())),
        Value::Array(values) => Box::new(values.iter().flat_map(texts)),
        Value::Object(object) => {
            Box::new(object.iter().flat_map(|(key, value)| std::iter::once(key.as_str()).chain(texts(value))))
        }
        _ => Box::new(std::iter::empty()),
    }
}
