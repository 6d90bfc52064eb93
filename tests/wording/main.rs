//! Measures the wording lint on sentences and small surveys, good and bad, and holds it to a floor.
//!
//! Every file of this folder is named by a rule and holds what breaks it (`bad`) and what looks as if it did (`good`). What is good
//! breaks no rule at all; what is bad may break further rules, which it then names as `also`. `held-out.toml` holds sentences that
//! were written after the rules.

mod corpus;
mod sentences;
mod surveys;
mod tally;
