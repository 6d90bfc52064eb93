//! Looks for a condition, and answers to ask it with, that break the property.
#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|input: &[u8]| properties::condition::check(input));
