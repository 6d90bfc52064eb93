//! Looks for a submission, a request, an answer or a key that breaks the property.
#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|input: &[u8]| properties::frame::check(input));
