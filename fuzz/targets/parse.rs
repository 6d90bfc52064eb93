//! Looks for a text that breaks the property, among surveys whose lines were mixed and among mere bytes.
#![no_main]

#[path = "../properties/mod.rs"]
mod properties;
#[path = "../../tests/support/random.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod random;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use random::Random;

/// Lines of surveys, with every key that one may have.
const LINES: &str = include_str!("../words/lines.txt");

fuzz_target!(|input: &[u8]| {
    if let Ok(source) = std::str::from_utf8(input) {
        properties::parse::check(source);
    }
});

fuzz_mutator!(|input: &mut [u8], size: usize, most: usize, seed: u32| {
    let mut random = Random::new(u64::from(seed));
    let mixed = std::str::from_utf8(&input[..size]).ok().filter(|_| random.within(0..4) > 0);
    match mixed.map(|source| mix(source, &mut random)).filter(|mixed| mixed.len() <= most) {
        Some(mixed) => {
            input[..mixed.len()].copy_from_slice(mixed.as_bytes());
            mixed.len()
        }
        None => fuzzer_mutate(input, size, most),
    }
});

/// Changes the lines of a survey, so that it mostly stays TOML while its parts stop fitting together.
fn mix(source: &str, random: &mut Random) -> String {
    let mut lines: Vec<&str> = source.lines().collect();
    let known: Vec<&str> = LINES.lines().collect();
    let mut joined = String::new();
    for _ in 0..=random.within(0..3) {
        let (here, there) = (place(&lines, random), place(&lines, random));
        match random.within(0..5) {
            0 => lines.insert(here, random.pick(&known)),
            1 if !lines.is_empty() => _ = lines.remove(here.min(lines.len() - 1)),
            2 => lines.insert(here, lines.get(there).copied().unwrap_or_default()),
            3 if there < lines.len() && here < lines.len() => lines.swap(here, there),
            _ => joined = with_another_value(&lines, here, random.pick(&known)).unwrap_or_default(),
        }
    }
    if joined.is_empty() { lines.join("\n") } else { joined }
}

fn place(lines: &[&str], random: &mut Random) -> usize {
    usize::try_from(random.within(0..lines.len() as u64 + 1)).unwrap_or(0)
}

/// Gives the lines with the value of one key replaced by that of another line.
fn with_another_value(lines: &[&str], at: usize, other: &str) -> Option<String> {
    let (key, _) = lines.get(at)?.split_once('=')?;
    let (_, value) = other.split_once('=')?;
    let line = format!("{key}={value}");
    Some([&lines[..at], &[&line], &lines[at + 1..]].concat().join("\n"))
}
