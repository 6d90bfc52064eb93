//! Long trials against the real program in a real terminal.
//!
//! `cargo test --release --test campaigns -- NAME [--runs N] [--seed S]`. The same seed makes the same trial, as far as the
//! machine's own timing allows. Exit codes: 0 judged and good, 1 something was lost or broke, 2 wrong usage, 3 too few runs to judge.

mod keys;
mod kill;
mod linkage;
#[path = "../support/mod.rs"]
mod support;
mod trials;

use std::io::{self, Write};
use std::process::ExitCode;

use trials::{Plan, Verdict};

type Campaign = fn(&Plan) -> Verdict;

const CAMPAIGNS: [(&str, Campaign, &str); 3] = [
    ("kill", kill::campaign, "SIGKILL at random moments: no answer shown as saved is lost"),
    ("keys", keys::campaign, "nonsense typed at random sizes: no panic, and the terminal is given back"),
    (
        "linkage",
        linkage::campaign,
        "an attacker with all of the collector's files assigns answers to people: no better than guessing",
    ),
];

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        let line = |(name, _, about): &(&str, Campaign, &str)| format!("{name:8} {about}\n");
        io::stdout().write_all(CAMPAIGNS.iter().map(line).collect::<String>().as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let chosen = arguments.first().and_then(|name| CAMPAIGNS.iter().find(|(known, ..)| known == name));
    let (Some((name, campaign, _)), Some(plan)) = (chosen, Plan::read(arguments.get(1..).unwrap_or_default())) else {
        let known = CAMPAIGNS.map(|(name, ..)| name).join("|");
        writeln!(io::stderr(), "usage: campaigns {known} [--runs N] [--seed S]")?;
        return Ok(ExitCode::from(2));
    };
    let verdict = campaign(&plan);
    writeln!(io::stdout(), "{name}: {}", verdict.line())?;
    Ok(verdict.exit_code())
}
