//! Looks for a bundle, a manifest or results that break the property.
#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|input: &[u8]| properties::bundle::check(input));
