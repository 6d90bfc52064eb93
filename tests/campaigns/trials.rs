//! Many trials side by side, each from its own seed, until all are done or one fails.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::seeded;

/// A part of a campaign.
pub(crate) type Part = fn(&Plan) -> Verdict;

/// Trials mostly wait for the clock, so many fit beside one another.
const SIDE_BY_SIDE: usize = 10;

/// How many trials, from which seed on, and of which part where a campaign has several.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) runs: u64,
    pub(crate) seed: u64,
    pub(crate) part: Option<String>,
    /// Whether bugs are planted that the campaign must find.
    pub(crate) is_seeded: bool,
}

/// What came of a campaign.
pub(crate) struct Verdict {
    runs: u64,
    judged_from: u64,
    taken: Duration,
    failures: Vec<(u64, String)>,
    notes: String,
}

impl Plan {
    /// Reads `--runs N`, `--seed S`, `--part NAME` and `--seeded`; `None` for anything else.
    pub(crate) fn read(arguments: &[String]) -> Option<Self> {
        let mut plan = Self { runs: 1000, seed: 1, part: None, is_seeded: false };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--runs" => plan.runs = arguments.next()?.parse().ok()?,
                "--seed" => plan.seed = arguments.next()?.parse().ok()?,
                "--part" => plan.part = Some(arguments.next()?.clone()),
                "--seeded" => plan.is_seeded = true,
                _ => return None,
            }
        }
        Some(plan)
    }

    /// Carries out trials of `size` runs each side by side; a trial takes a seed and says what went wrong.
    ///
    /// The campaign can be judged good only from `judged_from` runs on.
    pub(crate) fn carry_out(&self, judged_from: u64, size: u64, trial: impl Fn(u64) -> Result<(), String> + Sync) -> Verdict {
        self.carry_out_on(SIDE_BY_SIDE, judged_from, size, trial)
    }

    /// Does the same with so many trials beside one another: what keeps a processor busy needs no more than there are of these.
    pub(crate) fn carry_out_on(
        &self,
        beside: usize,
        judged_from: u64,
        size: u64,
        trial: impl Fn(u64) -> Result<(), String> + Sync,
    ) -> Verdict {
        let start = Instant::now();
        let (next, done, failed) = (AtomicU64::new(0), AtomicU64::new(0), AtomicBool::new(false));
        let failures = Mutex::new(Vec::new());
        let work = || {
            while !failed.load(Ordering::Relaxed) {
                let trials = next.fetch_add(1, Ordering::Relaxed);
                if trials * size >= self.runs {
                    break;
                }
                let seed = self.seed + trials;
                match trial(seed) {
                    Ok(()) => _ = done.fetch_add(size, Ordering::Relaxed),
                    Err(reason) => {
                        failed.store(true, Ordering::Relaxed);
                        failures.lock().expect("no holder panics").push((seed, reason));
                    }
                }
            }
        };
        thread::scope(|scope| (0..beside).for_each(|_| _ = scope.spawn(work)));
        let failures = failures.into_inner().expect("no holder panics");
        Verdict { runs: done.into_inner(), judged_from, taken: start.elapsed(), failures, notes: String::new() }
    }
}

impl Verdict {
    /// Adds what else was seen.
    pub(crate) fn note(mut self, note: &str) -> Self {
        write!(self.notes, ", {note}").expect("text can be written to a string");
        self
    }

    /// Fails it for a reason that only shows over all runs.
    pub(crate) fn unless(mut self, fault: Option<String>) -> Self {
        self.failures.extend(fault.map(|reason| (0, reason)));
        self
    }

    /// Gives a verdict on one thing that was tried.
    pub(crate) fn of(taken: Duration, found: Result<(), String>) -> Self {
        Self { runs: 1, judged_from: 1, taken, failures: Vec::new(), notes: String::new() }.unless(found.err())
    }

    /// Says whether something was found to be wrong.
    pub(crate) fn has_failed(&self) -> bool {
        !self.failures.is_empty()
    }

    /// Says in a few words what came of it, and how to repeat a failure.
    pub(crate) fn line(&self) -> String {
        let rate = self.runs as f64 / self.taken.as_secs_f64();
        let pace = format!("{:.0} s, {rate:.0} runs/s{}", self.taken.as_secs_f64(), self.notes);
        if !self.failures.is_empty() {
            let shown = |(seed, reason): &(u64, String)| format!("\n  --seed {seed}: {reason}");
            return format!("failed after {} runs ({pace}){}", self.runs, self.failures.iter().map(shown).collect::<String>());
        }
        match self.runs {
            runs if runs < self.judged_from => format!("not judged ({runs} of {} runs; {pace})", thousands(self.judged_from)),
            runs => format!("good: {runs} runs ({pace})"),
        }
    }

    /// Gives the exit code of several verdicts: a failure counts more than one that is not judged.
    pub(crate) fn exit_code_of(verdicts: &[(String, Self)]) -> ExitCode {
        let codes: Vec<u8> = verdicts.iter().map(|(_, verdict)| verdict.code()).collect();
        ExitCode::from(if codes.contains(&1) { 1 } else { codes.into_iter().max().unwrap_or_default() })
    }

    fn code(&self) -> u8 {
        match self {
            Self { failures, .. } if !failures.is_empty() => 1,
            Self { runs, judged_from, .. } if runs < judged_from => 3,
            _ => 0,
        }
    }
}

/// Runs every part of a campaign, or the one that the plan names; or makes sure that bugs planted in the program are found.
pub(crate) fn carry_out_parts(campaign: &str, parts: &[(&str, Part)], plan: &Plan) -> Vec<(String, Verdict)> {
    if plan.is_seeded {
        return seeded::campaign(campaign, plan);
    }
    let is_meant = |name: &str| plan.part.as_ref().is_none_or(|part| part == name);
    let meant = parts.iter().filter(|(name, _)| is_meant(name));
    let verdicts: Vec<_> = meant.map(|(name, part)| (format!("{campaign} {name}"), part(plan))).collect();
    let names: Vec<&str> = parts.iter().map(|(name, _)| *name).collect();
    assert!(!verdicts.is_empty(), "no part has this name; there are {names:?}");
    verdicts
}

/// Runs a trial whose waits and steps may panic, which is a failure as any other.
pub(crate) fn guarded(trial: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(trial)).unwrap_or_else(|_| Err("a step failed, see above".to_owned()))
}

fn thousands(number: u64) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}
