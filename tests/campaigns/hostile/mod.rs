//! Everything that means no good and can reach the programs, thrown at them as they are built, in processes of their own.
//!
//! | part | one run | judged from |
//! |---|---|---|
//! | `text` | one text full of controls, in a survey, an answer, a setting or a name, shown to a dozen commands, or pasted on a terminal | 1000 |
//! | `toml` | one file that is too large, too deep, too many or mutated, given to four commands | 1000 |
//! | `http` | 25 requests to one collector, on which 500 connections dribble meanwhile | 1000 |
//! | `server` | one lie of a server to a developer who joins, answers, sends and verifies, and another to one who signs in | 250, of a quarter of the runs |
//! | `exports` | one answer sheet with texts that spreadsheets run, exported in every layout and read back | 500, of half of the runs |

mod characters;
mod exports;
mod http;
mod lies;
mod mutations;
mod pasted;
mod programs;
mod server;
mod shapes;
mod sign_in;
mod text;
mod toml;

use crate::trials::{Part, Plan, Verdict, carry_out_parts};

const PARTS: [(&str, Part); 5] =
    [("text", text::part), ("toml", toml::part), ("http", http::part), ("server", server::part), ("exports", exports::part)];

/// Runs every part, or the one that the plan names; or makes sure that bugs planted in the program are found.
pub(crate) fn campaign(plan: &Plan) -> Vec<(String, Verdict)> {
    carry_out_parts("hostile", &PARTS, plan)
}
