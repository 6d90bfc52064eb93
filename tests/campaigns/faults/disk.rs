//! A disk that is full, read-only or broken at each write of the program in turn, for once or from then on.
//!
//! The system calls fail for the program alone, by way of strace: what is tested is every place where something is written, not only
//! those that a limit on the size of files happens to meet.

use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};

use super::deeds::{Deed, Moment};
use super::guarded;
use super::witness::Witness;
use crate::support::Random;
use crate::support::exchange::Collector;
use crate::trials::{Plan, Verdict};

const WRITES: &str = "pwrite64,ftruncate,mkdir,rename,unlink";
const SYNCS: &str = "fdatasync,fsync";

/// What fails, and how.
const FAULTS: [(&str, &str); 5] =
    [(WRITES, "ENOSPC"), (WRITES, "EROFS"), (WRITES, "EIO"), (SYNCS, "EIO"), ("openat,pwrite64", "ENOSPC")];

/// What is done meanwhile.
const DEEDS: [Deed; 3] = [Deed::Enrol, Deed::Answer(0), Deed::Sync];

/// More writes than any command makes.
const MOST: u64 = 1500;

/// From this many runs on, every write of every command is tried.
const EVERY: u64 = 1000;

/// How many people are enrolled where every write is tried: one for each.
const INVITED: u64 = 2400;

/// The bytes by which a limit on the size of files grows, and the most that any file has.
const STEP: u64 = 512;
const LARGEST: u64 = 128 << 10;

/// One sweep: what is done, what fails, and whether it goes on failing.
type Sweep = (Deed, (&'static str, &'static str), bool);

pub(crate) fn part(plan: &Plan) -> Verdict {
    let sweeps: Vec<Sweep> = DEEDS
        .into_iter()
        .flat_map(|deed| FAULTS.map(|fault| (deed, fault)))
        .flat_map(|(deed, fault)| [false, true].map(|stays| (deed, fault, stays)))
        .collect();
    let count = (sweeps.len() + DEEDS.len()) as u64;
    // With less time each sweep tries some places only, and too few for a verdict.
    let stride = EVERY.div_ceil(plan.runs.clamp(1, EVERY));
    let judged_from = if stride == 1 { count } else { count + 1 };
    let collector = Collector::open_to(usize::try_from(INVITED / stride).unwrap_or(0) + 64);
    let sweeps_alone = Plan { runs: count, ..plan.clone() };
    let failed = AtomicU64::new(0);
    let verdict = sweeps_alone.carry_out(judged_from, 1, |seed| {
        let at = usize::try_from(seed - plan.seed).expect("an index");
        guarded(|| {
            let places = match sweeps.get(at) {
                Some(sweep) => swept(&collector, *sweep, (&mut Random::new(seed), stride))?,
                None => limited(&collector, DEEDS[at - sweeps.len()], stride)?,
            };
            failed.fetch_add(places, Ordering::Relaxed);
            Ok(())
        })
    });
    verdict.note(&format!("{} places that failed", failed.into_inner()))
}

/// Lets one place after the other fail until there are no more, and gives how many there were.
fn swept(collector: &Collector, (deed, fault, stays): Sweep, (random, stride): (&mut Random, u64)) -> Result<u64, String> {
    let mut witness = Witness::invited(collector);
    let (mut at, mut failed) = (random.within(1..stride + 1), 0);
    loop {
        if deed == Deed::Enrol {
            witness.settle()?;
            witness = Witness::invited(collector);
        } else {
            prepared(&mut witness, deed, at)?;
        }
        let this = if let Deed::Answer(_) = deed { Deed::Answer(at) } else { deed };
        let context = |what: String| format!("{this:?}, {fault:?} at {at}{}: {what}", if stays { " and after" } else { "" });
        let is_hit = failing(&mut witness, this, (fault, at, stays)).map_err(context)?;
        witness.check().map_err(context)?;
        if !is_hit || at > MOST {
            break;
        }
        (at, failed) = (at + stride, failed + 1);
    }
    witness.settle()?;
    Ok(failed)
}

/// Lets no file grow beyond a limit, and raises it until everything can be written; gives how many limits there were.
fn limited(collector: &Collector, deed: Deed, stride: u64) -> Result<u64, String> {
    let mut witness = Witness::invited(collector);
    let mut failed = 0;
    for limit in (0..LARGEST).step_by(usize::try_from(STEP * stride).unwrap_or(usize::MAX)) {
        if deed != Deed::Enrol {
            prepared(&mut witness, deed, limit)?;
        }
        let this = if let Deed::Answer(_) = deed { Deed::Answer(limit) } else { deed };
        let context = |what: String| format!("{this:?} with files of at most {limit} bytes: {what}");
        let end = this.done_through(&mut witness, &["prlimit", &format!("--fsize={limit}")], Moment::Never)?;
        if !end.succeeded && !end.errors.contains("dxpulse: ") {
            return Err(context(format!("it failed without a word: {}{}", end.said, end.errors)));
        }
        witness.check().map_err(context)?;
        failed += u64::from(!end.succeeded);
    }
    witness.settle()?;
    Ok(failed)
}

/// Brings somebody to where the deed has something to do.
fn prepared(witness: &mut Witness<'_>, deed: Deed, number: u64) -> Result<(), String> {
    while !witness.has_wave()? {
        Deed::Enrol.done_by(witness, Moment::Never)?.is_explained()?;
    }
    if deed == Deed::Sync {
        Deed::Answer(MOST + number).done_by(witness, Moment::Never)?.is_explained()?;
    }
    Ok(())
}

/// Does something while writing fails; says whether anything did fail.
fn failing(
    witness: &mut Witness<'_>,
    deed: Deed,
    ((calls, errno), at, stays): ((&str, &str), u64, bool),
) -> Result<bool, String> {
    let log = witness.developer.home.path().join("strace.txt");
    let log_name = log.to_str().expect("temporary folders have plain names").to_owned();
    let inject = format!("inject={calls}:error={errno}:when={at}{}", if stays { "+" } else { "" });
    let trace = format!("trace={calls}");
    let data = witness.developer.data();
    let mut before: Vec<String> =
        ["strace", "-f", "-qq", "-o", &log_name, "-e", &trace, "-e", &inject].map(str::to_owned).to_vec();
    for name in ["", "dxpulse.db", "dxpulse.db-wal", "dxpulse.db-shm", "dxpulse.db-journal", "dxpulse.db.new", "locks"] {
        before.extend(["-P".to_owned(), data.join(name).display().to_string().trim_end_matches('/').to_owned()]);
    }
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    let end = deed.done_through(witness, &before, Moment::Never)?;
    let is_hit = fs::read_to_string(&log).is_ok_and(|log| log.contains("INJECTED"));
    if !is_hit {
        end.is_explained()?;
    } else if !end.succeeded && !end.errors.contains("dxpulse: ") {
        return Err(format!("it failed without a word: {}{}", end.said, end.errors));
    }
    Ok(is_hit)
}
