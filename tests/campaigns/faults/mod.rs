//! Everything that can go wrong between an answer and the ledger: nothing is lost, nothing counted twice, nothing falsely called saved
//! or sent.
//!
//! Each part breaks something else, and holds what developers were told against what is kept and what the collector has.

mod clocks;
pub(crate) mod crashes;
mod damage;
pub(crate) mod deeds;
mod disk;
pub(crate) mod kills;
mod network;
mod together;
pub(crate) mod witness;

use crate::trials::{Part, Plan, Verdict, carry_out_parts, guarded};

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
    carry_out_parts("faults", &PARTS, plan)
}
