//! What must hold for every input; each check panics where it doesn't. Fuzzing looks for a counterexample, and the tests run
//! what it has found.
#![allow(dead_code, reason = "a target of the fuzzer has one property, the tests have all")]

pub(crate) mod bundle;
pub(crate) mod condition;
pub(crate) mod frame;
pub(crate) mod parse;
pub(crate) mod payload;
pub(crate) mod proof;
mod wave;
