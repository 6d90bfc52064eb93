//! Looks for a receipt, a closing or a ledger that breaks the property.
#![no_main]

#[path = "../properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|input: &[u8]| properties::proof::check(input));
