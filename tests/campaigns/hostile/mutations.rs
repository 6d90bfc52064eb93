//! Bytes and JSON documents, changed by chance.

use serde_json::{Value, json};

use super::characters;
use crate::support::Random;

/// What is put in: marks of every syntax that is about, and ends of ranges.
const PIECES: [&str; 22] = [
    "\0",
    "\r\n",
    "\r\n\r\n",
    "\n",
    "[[",
    "\"\"\"",
    "'''",
    "{",
    "}",
    "]",
    "=",
    "\\u0000",
    "\\",
    "-1",
    "99999999999999999999",
    "1e999",
    "nan",
    "%00",
    "../",
    "\u{202e}",
    "\u{1b}[2J",
    "\u{feff}",
];

/// Changes some bytes: other bits, pieces put in, cut out, doubled.
pub(crate) fn mutated(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..random.within(1..6) {
        let at = place(&bytes, random);
        match random.within(0..6) {
            0 if !bytes.is_empty() => {
                let at = at.min(bytes.len() - 1);
                bytes[at] ^= 1 << random.within(0..8);
            }
            1 => drop(bytes.splice(at..at, random.pick(&PIECES).bytes())),
            2 => {
                let end = (at + place(&bytes, random) % 40).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                let end = (at + place(&bytes, random) % 200).min(bytes.len());
                let doubled = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, doubled));
            }
            4 => drop(bytes.splice(at..at, [u8::try_from(random.within(0..256)).unwrap_or_default()])),
            _ => drop(bytes.splice(at..at, characters::text(random).into_bytes())),
        }
    }
    bytes
}

fn place(bytes: &[u8], random: &mut Random) -> usize {
    usize::try_from(random.within(0..bytes.len() as u64 + 1)).unwrap_or_default()
}

/// Changes one value of a JSON document, wherever it stands.
pub(crate) fn altered(mut value: Value, random: &mut Random) -> Value {
    let count = leaves(&value);
    let mut at = random.within(0..count.max(1));
    alter(&mut value, &mut at, random);
    value
}

fn leaves(value: &Value) -> u64 {
    match value {
        Value::Array(values) => 1 + values.iter().map(leaves).sum::<u64>(),
        Value::Object(entries) => 1 + entries.values().map(leaves).sum::<u64>(),
        _ => 1,
    }
}

/// Replaces the value that is so many steps away; says whether it was reached.
fn alter(value: &mut Value, at: &mut u64, random: &mut Random) -> bool {
    if *at == 0 {
        *value = strange(value, random);
        return true;
    }
    *at -= 1;
    match value {
        Value::Array(values) => values.iter_mut().any(|value| alter(value, at, random)),
        Value::Object(entries) => entries.values_mut().any(|value| alter(value, at, random)),
        _ => false,
    }
}

fn strange(value: &Value, random: &mut Random) -> Value {
    match random.within(0..9) {
        0 => Value::Null,
        1 => json!(characters::text(random)),
        2 => json!(u64::MAX),
        3 => json!(-1),
        4 => json!([value, value]),
        5 => json!({ characters::text(random): value }),
        6 => json!("a".repeat(100_000)),
        7 => value.as_str().map_or(json!(true), |text| json!(characters::text(random) + text)),
        _ => value.as_str().map_or(json!([]), |text| {
            let bytes = mutated(text.as_bytes(), random);
            json!(String::from_utf8_lossy(&bytes))
        }),
    }
}
