//! Any text is a condition or says where it isn't one; asking never panics, and what is decided stays decided.

use std::collections::BTreeMap;

use dxpulse::survey::Condition;
use dxpulse::survey::condition::{Facts, Value};

/// Names of types, which mean something without an answer; no question may be called so.
const TYPES: [&str; 11] =
    ["bool", "bytes", "double", "int", "list", "map", "null_type", "optional_type", "string", "type", "uint"];

/// Checks a condition, and after a zero byte what answers its names have.
pub(crate) fn check(input: &[u8]) {
    let (source, answers) = input.split_at(input.iter().position(|byte| *byte == 0).unwrap_or(input.len()));
    let Ok(source) = std::str::from_utf8(source) else { return };
    let condition = match Condition::new(source) {
        Ok(condition) => condition,
        Err(refused) => {
            assert!(source.is_char_boundary(refused.at), "{refused:?}");
            return assert!(!refused.message.trim().is_empty(), "{refused:?}");
        }
    };
    assert_eq!((condition.source(), Condition::new(source).as_ref()), (source, Ok(&condition)));
    let names: Vec<&str> = condition.names();
    assert!(names.is_sorted_by(|one, next| one < next), "{names:?}");
    // No survey goes through lists; conditions that do could take as long as they like.
    if !names.iter().any(|name| name.starts_with('@') || TYPES.contains(name)) {
        check_asking(&condition, &names, answers.get(1..).unwrap_or_default());
    }
}

/// Asks with ever more answers: what was decided without one stays as it is, unless it was asked whether there is one.
fn check_asking(condition: &Condition, names: &[&str], answers: &[u8]) {
    let mut facts = Facts::default();
    let mut before = condition.ask(&facts);
    for (name, byte) in names.iter().zip(answers) {
        facts.insert(name, value(*byte));
        let now = condition.ask(&facts);
        assert_eq!(now, condition.ask(&facts), "the same question has the same answer");
        assert_eq!(condition.holds(&facts), now == Some(true));
        if !condition.source().contains("answered") {
            assert!(before.is_none() || now == before, "{facts:?} turn {before:?} into {now:?}");
        }
        before = now;
    }
}

fn value(byte: u8) -> Value {
    let codes = || vec!["ci".to_owned(), "docs".to_owned(), String::new()];
    let choose = byte / 8;
    match byte % 8 {
        0 => Value::Int(i64::from(choose) - 8),
        1 => Value::Int([i64::MIN, i64::MAX, -1, 0][usize::from(choose % 4)]),
        2 => Value::Double([0.5, -0.0, f64::MAX, f64::INFINITY, f64::NAN, 1e300][usize::from(choose % 6)]),
        3 => Value::Bool(choose.is_multiple_of(2)),
        4 => Value::String(["", "ci", "2026-01-01", "満足\u{1b}"][usize::from(choose % 4)].to_owned()),
        5 => Value::List(codes().into_iter().take(usize::from(choose % 4)).collect()),
        6 => Value::Points(codes().into_iter().map(|row| (row, i64::from(choose))).collect()),
        _ => Value::Arms(BTreeMap::from([("wording".to_owned(), "a".to_owned())])),
    }
}
