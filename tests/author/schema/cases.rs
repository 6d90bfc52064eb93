//! A good document and many bad ones for every key of a schema: each bad one differs from a good one in a single value.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::samples::{elements, resolved, sample, types};

/// A document, and what must be said of it.
pub(crate) struct Case {
    /// What it shows.
    pub(crate) what: String,
    /// The place that a validator must name; `None` where it must say nothing.
    pub(crate) place: Option<String>,
    /// A word that it must say.
    pub(crate) word: String,
    /// The document.
    pub(crate) document: Value,
}

/// What is around a value: a document that is good as soon as a good value is put at a place.
#[derive(Clone)]
struct Frame<'s> {
    whole: &'s Value,
    document: Value,
    place: String,
}

impl Frame<'_> {
    /// Gives the frame of a value inside the one this is for, which is set to `around` meanwhile.
    fn inside(&self, around: Value, step: &str) -> Self {
        let place = if self.place.is_empty() { step.to_owned() } else { format!("{}/{step}", self.place) };
        Self { document: self.with(around), place, ..self.clone() }
    }

    /// Gives the document with a value at the place.
    fn with(&self, value: Value) -> Value {
        let mut document = self.document.clone();
        let mut spot = &mut document;
        for step in self.place.split('/').filter(|step| !step.is_empty()) {
            spot = match step.parse::<usize>() {
                Ok(at) => &mut spot[at],
                Err(_) => &mut spot[step],
            };
        }
        *spot = value;
        document
    }

    fn good(&self, value: Value) -> Case {
        Case { what: format!("{} is good", self.place), place: None, word: String::new(), document: self.with(value) }
    }

    fn bad(&self, value: Value, why: &str, word: &str) -> Case {
        let what = format!("{} is bad: {why}", self.place);
        Case { what, place: Some(self.place.clone()), word: word.to_owned(), document: self.with(value) }
    }
}

/// The cases made so far, and the definitions they were made of: one that several types share is tried once.
#[derive(Default)]
struct Cases {
    made: Vec<Case>,
    seen: BTreeSet<String>,
}

impl Cases {
    fn push(&mut self, case: Case) {
        self.made.push(case);
    }
}

/// Makes every case of a schema for surveys.
pub(crate) fn all(schema: &Value) -> Vec<Case> {
    let mut survey = schema.clone();
    let questions = survey["properties"]["question"].take();
    survey["properties"].as_object_mut().unwrap().remove("question");
    let minimal = json!({ "id": "pulse", "title": "Pulse", "question": [{ "id": "q", "type": "nps", "text": "Why?" }] });
    let top = Frame { whole: schema, document: minimal.clone(), place: String::new() };
    let mut cases = Cases::default();
    cases.push(top.good(minimal.clone()));
    of_keys(&survey, &minimal, &top, &mut cases);
    of_list(&questions, &top.inside(minimal.clone(), "question"), &mut cases);
    let definitions = schema["definitions"].as_object().unwrap();
    for (name, definition) in definitions.iter().filter(|(name, _)| name.starts_with("question.") && !name.contains(".key.")) {
        let mut question = sample(definition, schema, 0);
        question["id"] = json!("q");
        if name != "question.instrument" {
            question["text"] = json!("Why?");
        }
        let frame = top.inside(minimal.clone(), "question/0");
        cases.push(frame.good(question.clone()));
        of_keys(definition, &question, &frame, &mut cases);
        let others =
            definitions.keys().filter_map(|name| name.strip_prefix("question.key.")).map(|key| key.split('.').next().unwrap());
        // An instrument has no type and is looked at as one.
        let others = others.filter(|key| *key != "instrument" && definition["properties"].get(key).is_none());
        for key in others.collect::<BTreeSet<_>>() {
            cases.push(frame.bad(with(&question, key, json!("a")), &format!("{name} has no {key}"), key));
        }
    }
    cases.made
}

/// Makes the cases of a table that has these values already: of each key, of keys that are missing, of a key too many.
fn of_keys(schema: &Value, around: &Value, frame: &Frame<'_>, cases: &mut Cases) {
    cases.push(frame.bad(with(around, "unheard_of", json!(1)), "an unknown key", "unheard_of"));
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    for key in required.filter(|key| !["type", "instrument"].contains(key)) {
        let mut without = around.clone();
        without.as_object_mut().unwrap().remove(key);
        cases.push(frame.bad(without, &format!("no {key}"), key));
    }
    for (key, property) in schema["properties"].as_object().unwrap() {
        let mut around = around.clone();
        let needed = schema["dependencies"][key].as_array().into_iter().flatten().filter_map(Value::as_str);
        for other in needed.filter(|other| *other != key) {
            around[other] = sample(&schema["properties"][other], frame.whole, 0);
        }
        if schema["dependencies"][key].is_array() || schema["dependencies"][key].is_object() {
            let forbidden = schema["dependencies"][key]["properties"].as_object();
            let table = around.as_object_mut().unwrap();
            forbidden.into_iter().flat_map(|forbidden| forbidden.keys()).for_each(|other| drop(table.remove(other)));
        }
        of_instruments(key, &mut around, schema);
        let others = schema["dependencies"].as_object().into_iter().flatten();
        for (other, _) in others.filter(|(_, needs)| needs["properties"].get(key).is_some()) {
            around.as_object_mut().unwrap().remove(other);
        }
        let inside = frame.inside(around, key);
        // What a question's type or instrument must be depends on the rest of it, so only good words are tried.
        if key == "type" || key == "instrument" {
            continue;
        }
        let is_new = property["$ref"].as_str().is_none_or(|target| cases.seen.insert(target.to_owned()));
        if !is_new {
            cases.push(inside.good(sample(property, frame.whole, 0)));
            continue;
        }
        of_value(property, &inside, cases);
    }
}

/// Some keys belong to some instruments only: the first of them is chosen.
fn of_instruments(key: &str, around: &mut Value, schema: &Value) {
    let owners = schema["allOf"].as_array().into_iter().flatten().find(|rule| rule["then"]["properties"].get(key).is_some());
    if let Some(owners) = owners {
        around["instrument"] = owners["if"]["properties"]["instrument"]["not"]["enum"][0].clone();
    }
}

/// Makes the cases of a value.
fn of_value(schema: &Value, frame: &Frame<'_>, cases: &mut Cases) {
    let schema = resolved(schema, frame.whole);
    cases.push(frame.good(sample(schema, frame.whole, 0)));
    let types = types(schema);
    let others = [
        ("string", json!("x y")),
        ("integer", json!(12)),
        ("number", json!(1.5)),
        ("boolean", json!(false)),
        ("array", json!([[]])),
        ("object", json!({ "a": { "b": 1 } })),
    ];
    for (name, value) in others {
        let fits = |wanted: &String| wanted == name || (wanted == "number" && name == "integer");
        if !types.iter().any(fits) {
            cases.push(frame.bad(value, &format!("a {name}"), ""));
        }
    }
    if schema.get("const").is_some() {
        cases.push(frame.bad(json!(true), "not the only word", ""));
    }
    if schema.get("enum").is_some() {
        cases.push(frame.bad(json!("unheard-of"), "none of the words", "unheard-of"));
    }
    for name in &types {
        match name.as_str() {
            "string" => of_text(schema, frame, cases),
            // A number that may be whole has both types.
            "integer" | "number" if types[0] == *name => of_number(schema, frame, cases),
            "array" => of_list(schema, frame, cases),
            "object" if schema.get("propertyNames").is_some() => of_languages(schema, frame, cases),
            "object" => {
                let around = sample(schema, frame.whole, 0);
                of_keys(schema, &around, frame, cases);
            }
            _ => {}
        }
    }
}

fn of_text(schema: &Value, frame: &Frame<'_>, cases: &mut Cases) {
    let pattern = schema["pattern"].as_str().or_else(|| schema["anyOf"][0]["pattern"].as_str());
    let may_start_with_digits =
        pattern.is_some_and(|pattern| pattern.starts_with("^[a-z0-9]") || pattern.starts_with("^[A-Za-z0-9]"));
    for bad in ["", "Ä b", "?", "a\nb", "2026-13-01"] {
        let fits = (pattern.is_none() && !bad.is_empty()) || (bad == "2026-13-01" && may_start_with_digits);
        if !fits {
            cases.push(frame.bad(json!(bad), &format!("{bad:?}"), ""));
        }
    }
    if let Some(most) = schema["maxLength"].as_u64() {
        let long = |length: u64| "ä".repeat(usize::try_from(length).unwrap());
        if pattern.is_none() {
            cases.push(frame.good(json!(long(most))));
        }
        cases.push(frame.bad(json!(long(most + 1)), "too long", ""));
    }
    let reserved = schema["not"]["enum"].as_array().into_iter().flatten();
    reserved.for_each(|word| cases.push(frame.bad(word.clone(), &format!("{word} is reserved"), "")));
}

fn of_number(schema: &Value, frame: &Frame<'_>, cases: &mut Cases) {
    if let Some(least) = schema["minimum"].as_i64() {
        cases.push(frame.bad(json!(least - 1), "too small", ""));
    }
    if let Some(below) = schema["exclusiveMinimum"].as_i64() {
        cases.push(frame.bad(json!(below), "too small", ""));
    }
    let most = schema["maximum"].as_i64().or_else(|| schema["maximum"].as_f64().map(|most| most as i64));
    if let Some(most) = most {
        cases.push(frame.good(json!(most)));
        cases.push(frame.bad(json!(most + 1), "too great", ""));
    }
}

fn of_list(schema: &Value, frame: &Frame<'_>, cases: &mut Cases) {
    let items = resolved(&schema["items"], frame.whole);
    if items.get("anyOf").is_some() && items.get("type").is_none() {
        // The questions: what stands in them is tried by type.
        cases.push(frame.bad(json!([]), "no question", ""));
        return;
    }
    let fewest = schema["minItems"].as_u64().unwrap_or(0);
    if fewest > 0 {
        cases.push(frame.bad(elements(schema, frame.whole, fewest - 1, 0), "too few", ""));
    }
    let words = items["enum"].as_array().map_or(u64::MAX, |words| words.len() as u64);
    if let Some(most) = schema["maxItems"].as_u64().filter(|most| *most < words) {
        cases.push(frame.bad(elements(schema, frame.whole, most + 1, 0), "too many", ""));
    }
    let filler = elements(schema, frame.whole, fewest.max(1), 0);
    if schema["uniqueItems"] == true {
        let twice = vec![filler[0].clone(); usize::try_from(fewest.max(2)).unwrap()];
        cases.push(frame.bad(json!(twice), "twice the same", ""));
    }
    of_value(items, &frame.inside(filler, "0"), cases);
}

fn of_languages(schema: &Value, frame: &Frame<'_>, cases: &mut Cases) {
    let texts = &schema["additionalProperties"];
    cases.push(frame.good(json!({ "en": "a", "de-CH": "b", "zh-Hant-TW": "c" })));
    cases.push(frame.bad(json!({}), "no language", ""));
    for tag in ["english", "e", "en_US", "d3"] {
        cases.push(frame.bad(json!({ tag: "a" }), &format!("{tag} is no language"), tag));
    }
    let long = format!("en{}", "-abcdefgh".repeat(4));
    cases.push(frame.bad(json!({ long.as_str(): "a" }), "a tag that is too long", &long));
    of_value(texts, &frame.inside(json!({ "en": "a" }), "de"), cases);
}

fn with(table: &Value, key: &str, value: Value) -> Value {
    let mut table = table.clone();
    table[key] = value;
    table
}
