//! The schema of a survey file, for editors: what completes, what each key means on hover, what is underlined.
//!
//! JSON Schema draft-07, built from the parser's own tables. It says what can be said of one value or one table; what lies between
//! them, such as conditions and duplicates, is left to `lint`. Pure: it's only made here.
//!
//! Every question stands in it twice. What editors complete comes from `anyOf` in the list of questions: one branch for each type
//! with the keys of that type, and a last one that accepts anything, so that these never refuse a file. What is refused comes from
//! `definitions.question`, which `if` and `then` send to the definition of its type, so that every mistake is told once and at
//! its own place.

mod question;
mod survey;
mod value;

use serde_json::{Map, Value, json};

use crate::survey::parse::vocabulary::{keys, words};

/// Gives the schema as the text of a file.
pub fn json() -> String {
    format!("{:#}\n", schema())
}

/// Gives the schema.
pub fn schema() -> Value {
    let mut root = value::table("A survey of dxpulse.", keys::SURVEY, &["id", "title", "question"], survey::key);
    root["properties"]["question"] = questions();
    let strict = json!([{ "properties": { "question": { "items": reference("question") } } }]);
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".to_owned(), json!("dxpulse survey"));
    // Inline tables may span lines.
    schema.insert("x-tombi-toml-version".to_owned(), json!("v1.1.0"));
    schema.extend(root.as_object().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone())));
    schema.insert("allOf".to_owned(), strict);
    schema.insert("definitions".to_owned(), definitions());
    Value::Object(schema)
}

/// Gives the list of questions as editors complete it.
fn questions() -> Value {
    let types = words::TYPES.iter().map(|name| reference(&question::definition(name)));
    let branches: Vec<Value> = types.chain([reference("question.instrument"), json!(true)]).collect();
    json!({
        "description": "A question, or a note between questions. In the order in which they are asked.",
        "type": "array",
        "minItems": 1,
        "maxItems": crate::survey::parse::MOST_QUESTIONS,
        "items": { "anyOf": branches },
    })
}

fn definitions() -> Value {
    let mut definitions = Map::new();
    definitions.insert("question".to_owned(), strict_question());
    for name in words::TYPES {
        definitions.insert(question::definition(name), question::of_type(name));
    }
    definitions.insert("question.instrument".to_owned(), question::instrument());
    definitions.extend(question::key_definitions());
    Value::Object(definitions)
}

/// Gives what a question must be: one of an instrument where it names one, else one of its type.
fn strict_question() -> Value {
    let of_type = |name: &&str| {
        json!({
            "if": { "required": ["type"], "properties": { "type": { "const": name } } },
            "then": reference(&question::definition(name)),
        })
    };
    json!({
        "type": "object",
        "required": ["id"],
        "if": { "required": ["instrument"] },
        "then": reference("question.instrument"),
        "else": {
            "required": ["type", "text"],
            "properties": { "type": { "enum": words::TYPES } },
            "allOf": words::TYPES.iter().map(of_type).collect::<Vec<_>>(),
        },
    })
}

fn reference(definition: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{definition}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Visits every schema with its place.
    fn walk(schema: &Value, place: &str, visit: &mut dyn FnMut(&str, &Value)) {
        match schema {
            Value::Object(object) => {
                visit(place, schema);
                object.iter().for_each(|(key, value)| walk(value, &format!("{place}/{key}"), visit));
            }
            Value::Array(array) => array.iter().enumerate().for_each(|(at, value)| walk(value, &format!("{place}/{at}"), visit)),
            _ => {}
        }
    }

    #[test]
    fn every_key_is_described_and_says_what_it_takes() {
        let schema = schema();
        walk(&schema, "", &mut |place, value| {
            let properties = value.get("properties").and_then(Value::as_object);
            let described = value.get("additionalProperties") == Some(&json!(false));
            for (key, property) in properties.into_iter().flatten().filter(|_| described) {
                let target = property["$ref"].as_str().and_then(|target| schema.pointer(&target[1..])).unwrap_or(property);
                let text = target["description"].as_str().unwrap_or_default();
                assert!(text.len() >= 10 && text.ends_with(['.', '?']), "{place}/properties/{key}: {target}");
                let says = ["type", "enum", "const", "anyOf"].iter().any(|word| target.get(word).is_some());
                assert!(says, "{place}/properties/{key} takes anything: {target}");
            }
        });
    }

    #[test]
    fn no_table_takes_keys_that_are_not_described() {
        walk(&schema(), "", &mut |place, value| {
            let is_table = value["type"] == "object" || value["type"] == json!(["string", "object"]);
            let is_strict = value.get("additionalProperties") == Some(&json!(false)) || value.get("propertyNames").is_some();
            let is_strict = is_strict || place == "/definitions/question";
            assert!(!is_table || is_strict, "{place}");
        });
    }

    #[test]
    fn every_reference_leads_somewhere_and_every_definition_is_referred_to() {
        let schema = schema();
        let mut targets = std::collections::BTreeSet::new();
        walk(&schema, "", &mut |place, value| {
            let Some(target) = value["$ref"].as_str() else { return };
            assert!(schema.pointer(&target[1..]).is_some(), "{place}: {target}");
            targets.insert(target.rsplit('/').next().unwrap_or_default().to_owned());
        });
        let definitions = schema["definitions"].as_object().unwrap();
        assert_eq!(targets, definitions.keys().cloned().collect());
    }
}
