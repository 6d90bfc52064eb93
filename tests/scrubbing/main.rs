//! Measures what is found in the words of respondents, on sentences that developers write, and holds it to a floor.
//!
//! `corpus.toml` holds what the rules were written with, `held-out.toml` what was written afterwards.

mod corpus;
mod measured;
mod tally;
