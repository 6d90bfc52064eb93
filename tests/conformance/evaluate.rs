//! Parsing and evaluating a case as conditions do, and holding the outcome against the one that was published.

use std::collections::HashMap;
use std::sync::Arc;

use cel::common::types::CelType;
use cel::objects::Key;
use cel::parser::{Expression, PrattParser};
use cel::{Context, Value};
use dxpulse::survey::condition::{Condition, Facts, MOST_NESTED};
use serde_json::Value as Json;

use crate::official::Case;

/// Says how a case differs from what was published; `None` where it passes.
pub(crate) fn difference(case: &Case) -> Option<String> {
    let mut context = Context::default();
    for (name, binding) in case.published["bindings"].as_object().into_iter().flatten() {
        context.add_variable_from_value(name, value(&binding["value"]));
    }
    let parsed = PrattParser::new().max_recursion_depth(MOST_NESTED).parse(case.expression());
    let outcome = parsed.map_err(|errors| errors.to_string()).and_then(|expression| outcome(&expression, &context));
    let expected = expected(case);
    if !same(&outcome, &expected) {
        return Some(format!("gives {outcome:?}, expected {expected:?}"));
    }
    // What stands in a survey goes through `Condition`, which must come to the same.
    let unbound = case.published.get("bindings").is_none();
    let asked = Condition::new(case.expression()).ok().and_then(|condition| condition.ask(&Facts::default()));
    let holds = outcome.ok().and_then(|value| if let Outcome::Value(Value::Bool(holds)) = value { Some(holds) } else { None });
    (unbound && asked != holds).then(|| format!("gives {holds:?}, but a condition of a survey gives {asked:?}"))
}

/// What an expression comes to.
#[derive(Debug)]
enum Outcome {
    Value(Value),
    /// The name of a type, which evaluation knows and `Value` doesn't.
    Type(String),
}

fn outcome(expression: &Expression, context: &Context<'_, '_>) -> Result<Outcome, String> {
    let whole = Value::resolve_val(expression, context).map_err(|error| error.to_string())?;
    if let Some(name) = whole.downcast_ref::<CelType>() {
        return Ok(Outcome::Type(name.name().to_owned()));
    }
    Value::resolve(expression, context).map(Outcome::Value).map_err(|error| error.to_string())
}

/// Gives the published outcome; any error stands for every error, since messages are left to implementations.
fn expected(case: &Case) -> Result<Outcome, ()> {
    match &case.published {
        error if error.get("evalError").is_some() => Err(()),
        of if of["value"].get("typeValue").is_some() => Ok(Outcome::Type(text(&of["value"]["typeValue"]))),
        of => Ok(Outcome::Value(value(&of["value"]))),
    }
}

fn same(found: &Result<Outcome, String>, expected: &Result<Outcome, ()>) -> bool {
    match (found, expected) {
        (Err(_), Err(())) => true,
        (Ok(Outcome::Type(found)), Ok(Outcome::Type(expected))) => found == expected,
        (Ok(Outcome::Value(found)), Ok(Outcome::Value(expected))) => alike(found, expected),
        _ => false,
    }
}

/// Compares without the language's own equality, for which 1 is 1.0 and not-a-number is nothing.
fn alike(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Float(found), Value::Float(expected)) => found == expected || found.is_nan() && expected.is_nan(),
        (Value::List(found), Value::List(expected)) => {
            found.len() == expected.len() && found.iter().zip(expected.iter()).all(|(found, expected)| alike(found, expected))
        }
        (Value::Map(found), Value::Map(expected)) => {
            let entry = |(key, expected)| found.map.get(key).is_some_and(|found| alike(found, expected));
            found.map.len() == expected.map.len() && expected.map.iter().all(entry)
        }
        _ => std::mem::discriminant(found) == std::mem::discriminant(expected) && found == expected,
    }
}

/// Reads a value from its published form, an object whose one key names the type.
fn value(published: &Json) -> Value {
    let (kind, of) = published.as_object().and_then(|object| object.iter().next()).expect("a value has one key");
    match kind.as_str() {
        "nullValue" => Value::Null,
        "boolValue" => Value::Bool(of == &Json::Bool(true)),
        "int64Value" => Value::Int(text(of).parse().expect("a whole number")),
        "uint64Value" => Value::UInt(text(of).parse().expect("a whole number")),
        "doubleValue" => Value::Float(text(of).parse().expect("a number")),
        "stringValue" => Value::String(text(of).into()),
        "bytesValue" => Value::Bytes(bytes(&text(of)).into()),
        "listValue" => Value::List(Arc::new(parts(&of["values"]).iter().map(value).collect())),
        "mapValue" => {
            let entries = parts(&of["entries"]).iter().map(|entry| (key(&entry["key"]), value(&entry["value"])));
            Value::Map(entries.collect::<HashMap<Key, Value>>().into())
        }
        other => panic!("{other} is no type of the core"),
    }
}

fn key(published: &Json) -> Key {
    match value(published) {
        Value::Int(number) => Key::Int(number),
        Value::UInt(number) => Key::Uint(number),
        Value::Bool(yes) => Key::Bool(yes),
        Value::String(text) => Key::String(text),
        other => panic!("{other:?} is no key"),
    }
}

fn parts(of: &Json) -> &[Json] {
    of.as_array().map_or(&[], Vec::as_slice)
}

fn text(of: &Json) -> String {
    of.as_str().expect("a text").to_owned()
}

/// Reads base 64.
fn bytes(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |byte: u8| DIGITS.iter().position(|digit| *digit == byte);
    let bits: Vec<bool> =
        text.bytes().filter_map(digit).flat_map(|digit| (0..6).rev().map(move |bit| digit >> bit & 1 == 1)).collect();
    bits.chunks_exact(8).map(|eight| eight.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit))).collect()
}
