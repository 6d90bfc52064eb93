//! Values that a schema accepts, made from the schema itself.

use serde_json::{Value, json};

/// Follows a reference.
pub(crate) fn resolved<'s>(schema: &'s Value, whole: &'s Value) -> &'s Value {
    schema["$ref"].as_str().map_or(schema, |target| whole.pointer(&target[1..]).unwrap())
}

/// Gives a value that the schema accepts, another one for each number.
pub(crate) fn sample(schema: &Value, whole: &Value, number: usize) -> Value {
    let schema = resolved(schema, whole);
    if let Some(value) = schema.get("const") {
        return value.clone();
    }
    if let Some(words) = schema["enum"].as_array() {
        return words[number % words.len()].clone();
    }
    match types(schema)[0].as_str() {
        "boolean" => json!(true),
        "integer" | "number" => schema.get("minimum").or_else(|| schema.get("maximum")).cloned().unwrap_or(json!(number)),
        "array" => elements(schema, whole, 1.max(schema["minItems"].as_u64().unwrap_or(0)), number),
        "object" => table(schema, whole, number),
        _ => text(schema, number),
    }
}

/// Gives an array of so many elements, each different.
pub(crate) fn elements(schema: &Value, whole: &Value, count: u64, number: usize) -> Value {
    let start = if count == 1 { number } else { 0 };
    (0..usize::try_from(count).unwrap()).map(|at| sample(&schema["items"], whole, start + at)).collect()
}

/// Gives a table with the keys that must be there.
fn table(schema: &Value, whole: &Value, number: usize) -> Value {
    let required = schema["required"].as_array().into_iter().flatten();
    let either = schema["anyOf"][0]["required"].as_array().into_iter().flatten();
    let keys = required.chain(either).map(|key| key.as_str().unwrap());
    let mut table: Value = keys.map(|key| (key.to_owned(), sample(&schema["properties"][key], whole, number))).collect();
    if table == json!({}) && schema.get("minProperties").is_some() {
        let (key, property) = schema["properties"].as_object().unwrap().iter().next().unwrap();
        table[key] = sample(property, whole, number);
    }
    table
}

/// Gives a text of the form that its pattern asks for.
fn text(schema: &Value, number: usize) -> Value {
    let pattern = schema["pattern"].as_str().or_else(|| schema["anyOf"][0]["pattern"].as_str()).unwrap_or_default();
    if pattern.starts_with("^[0-9]{4}") {
        return json!(format!("2026-01-{:02}", number % 28 + 1));
    }
    if pattern.starts_with("^[A-Za-z]{2,3}") {
        return json!("en");
    }
    json!(format!("a{number}"))
}

/// Gives the names of the types that a schema accepts.
pub(crate) fn types(schema: &Value) -> Vec<String> {
    let types = match &schema["type"] {
        Value::Null if schema.get("const").is_some_and(Value::is_boolean) => json!("boolean"),
        Value::Null => json!("string"),
        types => types.clone(),
    };
    match types {
        Value::Array(types) => types.iter().map(|name| name.as_str().unwrap().to_owned()).collect(),
        name => vec![name.as_str().unwrap().to_owned()],
    }
}
