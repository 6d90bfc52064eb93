//! Long trials, most of them against the real program in a real terminal.
//!
//! `tests/campaign NAME [--runs N] [--seed S]`; `faults` and `hostile` have parts as well (`--part NAME`), and `--seeded` plants
//! bugs that they must find. The same seed makes the same trial, as far as the machine's own timing allows. Exit codes: 0 judged and good, 1 something was lost or broke, 2 wrong usage, 3 too few runs to judge.

mod differencing;
mod discovery;
mod faults;
mod hostile;
mod keys;
mod kill;
mod linkage;
mod seeded;
#[path = "../support/mod.rs"]
mod support;
mod suppression;
mod trials;

use std::io::{self, Write};
use std::process::ExitCode;

use trials::{Plan, Verdict};

type Campaign = fn(&Plan) -> Vec<(String, Verdict)>;

const CAMPAIGNS: [(&str, Campaign, &str); 8] = [
    ("kill", |plan| alone("kill", kill::campaign(plan)), "SIGKILL at random moments: no answer shown as saved is lost"),
    (
        "keys",
        |plan| alone("keys", keys::campaign(plan)),
        "nonsense typed at random sizes: no panic, and the terminal is given back",
    ),
    (
        "linkage",
        |plan| alone("linkage", linkage::campaign(plan)),
        "an attacker with all of the collector's files assigns answers to people: no better than guessing",
    ),
    (
        "faults",
        faults::campaign,
        "everything that can fail on the way to a collector: nothing is lost, counted twice or falsely told",
    ),
    (
        "hostile",
        hostile::campaign,
        "texts, files, requests and servers that mean no good: nothing panics, hangs, grows or drives the terminal",
    ),
    (
        "suppression",
        suppression::campaign,
        "an attacker works on everything published of small groups: none with fewer than five answers comes out",
    ),
    (
        "differencing",
        differencing::campaign,
        "reports published one after another are held against each other: no difference shows fewer than five people",
    ),
    (
        "discovery",
        discovery::campaign,
        "findings on answers of which the truth is known: what is real is found, and nothing else more often than is said",
    ),
];

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        let line = |(name, _, about): &(&str, Campaign, &str)| format!("{name:12} {about}\n");
        io::stdout().write_all(CAMPAIGNS.iter().map(line).collect::<String>().as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let chosen = arguments.first().and_then(|name| CAMPAIGNS.iter().find(|(known, ..)| known == name));
    let (Some((_, campaign, _)), Some(plan)) = (chosen, Plan::read(arguments.get(1..).unwrap_or_default())) else {
        let known = CAMPAIGNS.map(|(name, ..)| name).join("|");
        writeln!(io::stderr(), "usage: campaigns {known} [--runs N] [--seed S] [--part NAME] [--seeded]")?;
        return Ok(ExitCode::from(2));
    };
    let verdicts = campaign(&plan);
    for (name, verdict) in &verdicts {
        writeln!(io::stdout(), "{name}: {}", verdict.line())?;
    }
    Ok(Verdict::exit_code_of(&verdicts))
}

fn alone(name: &str, verdict: Verdict) -> Vec<(String, Verdict)> {
    vec![(name.to_owned(), verdict)]
}
