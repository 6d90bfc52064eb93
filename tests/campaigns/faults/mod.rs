//! Everything that can go wrong between an answer and the ledger: nothing is lost, nothing counted twice, nothing falsely called saved
//! or sent.
//!
//! Each part breaks something else, and holds what developers were told against what is kept and what the collector has.

mod clocks;
mod crashes;
mod damage;
mod deeds;
mod disk;
mod kills;
mod network;
mod seeded;
mod together;
mod witness;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::trials::{Plan, Verdict};

type Part = fn(&Plan) -> Verdict;

const PARTS: [(&str, Part); 7] = [
    ("kills", kills::part),
    ("crashes", crashes::part),
    ("network", network::part),
    ("disk", disk::part),
    ("together", together::part),
    ("clocks", clocks::part),
    ("damage", damage::part),
];

/// Runs every part, or the one that the plan names; or makes sure that bugs planted in the program are found.
pub(crate) fn campaign(plan: &Plan) -> Vec<(String, Verdict)> {
    if plan.is_seeded {
        return seeded::campaign(plan);
    }
    let is_meant = |name: &str| plan.part.as_ref().is_none_or(|part| part == name);
    let meant = PARTS.iter().filter(|(name, _)| is_meant(name));
    let verdicts: Vec<_> = meant.map(|(name, part)| (format!("faults {name}"), part(plan))).collect();
    assert!(!verdicts.is_empty(), "no part has this name; there are {:?}", PARTS.map(|(name, _)| name));
    verdicts
}

/// Runs a trial whose waits and steps may panic, which is a failure as any other.
fn guarded(trial: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(trial)).unwrap_or_else(|_| Err("a step failed, see above".to_owned()))
}
