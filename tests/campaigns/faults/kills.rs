//! SIGKILL of the program at random moments, while it joins, seals and sends, at the very moment it says that it has, and at the places
//! where it writes.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::deeds::{Deed, End, Moment};
use super::guarded;
use super::witness::Witness;
use crate::support::Random;
use crate::support::exchange::Collector;
use crate::trials::{Plan, Verdict};

/// From here on a campaign without a loss counts.
const JUDGED_FROM: u64 = 1000;

/// How often one developer is killed.
const KILLS: u64 = 10;

/// How many writes a command makes at the most, or nearly so.
const WRITES: u64 = 64;

/// How many developers are at it at once: what is killed should not wait for a processor.
const BESIDE: usize = 4;

/// How long each deed takes when nobody kills it, in microseconds: kills fall all over it.
#[derive(Debug)]
struct Pace([AtomicU64; 3]);

pub(crate) fn part(plan: &Plan) -> Verdict {
    let developers = plan.runs.div_ceil(KILLS) + 16;
    let collector = Collector::open_to(usize::try_from(developers).expect("few enough"));
    let (pace, killed) = (Pace([(); 3].map(|()| AtomicU64::new(30_000))), AtomicU64::new(0));
    let settled = Mutex::new(Vec::new());
    let verdict = plan.carry_out_on(BESIDE, JUDGED_FROM, KILLS, |seed| {
        guarded(|| {
            let witness = trial(&collector, &mut Random::new(seed), &pace, &killed)?;
            settled.lock().expect("no holder panics").push(witness);
            Ok(())
        })
    });
    let settled = settled.into_inner().expect("no holder panics");
    verdict.note(&format!("{} while it ran", killed.into_inner())).unless(counted(&collector, &settled).err())
}

fn trial<'a>(collector: &'a Collector, random: &mut Random, pace: &Pace, killed: &AtomicU64) -> Result<Witness<'a>, String> {
    let mut witness = Witness::invited(collector);
    for kill in 1..=KILLS {
        let deed = Deed::next(&witness, random, kill)?;
        let context = |what: String| format!("kill {kill} while {deed:?}: {what}");
        let end = match random.within(0..10) {
            0..2 => at_write(deed, &mut witness, random.within(1..WRITES)).map_err(context)?,
            2..5 => deed.done_by(&mut witness, Moment::AtWord).map_err(context)?,
            _ => {
                let end = deed.done_by(&mut witness, pace.moment(deed, random)).map_err(context)?;
                pace.learn(deed, end.succeeded.then_some(end.taken));
                end
            }
        };
        end.is_explained().map_err(context)?;
        killed.fetch_add(u64::from(end.was_killed), Ordering::Relaxed);
        witness.check().map_err(context)?;
    }
    witness.settle()?;
    Ok(witness)
}

/// Kills at one of the places where something is written or synced, by way of strace: no clock could hit it.
fn at_write(deed: Deed, witness: &mut Witness<'_>, number: u64) -> Result<End, String> {
    let inject = format!("inject=pwrite64,fdatasync:signal=KILL:when={number}");
    let strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64,fdatasync", "-e", &inject];
    deed.done_through(witness, &strace, Moment::Never)
}

/// Makes sure that everybody was counted once, and finds themselves in the list.
pub(super) fn counted(collector: &Collector, settled: &[Witness<'_>]) -> Result<(), String> {
    for part in ["scores", "comments"] {
        let count = collector.rows().iter().filter(|row| row.part == part).count();
        if count != settled.len() {
            return Err(format!("{} developers sent {part}, {count} are stored", settled.len()));
        }
    }
    collector.close("one");
    for witness in settled {
        let (holds, told) = witness.developer.verifies();
        if !holds || told.matches("found in the published list").count() != 2 {
            return Err(format!("somebody isn't in the list: {told}"));
        }
    }
    Ok(())
}

impl Pace {
    fn of(&self, deed: Deed) -> &AtomicU64 {
        &self.0[match deed {
            Deed::Enrol => 0,
            Deed::Answer(_) => 1,
            Deed::Sync => 2,
        }]
    }

    /// Chooses a moment anywhere in the time the deed takes.
    fn moment(&self, deed: Deed, random: &mut Random) -> Moment {
        let usual = self.of(deed).load(Ordering::Relaxed);
        Moment::After(Duration::from_micros(random.within(0..usual * 5 / 4)))
    }

    fn learn(&self, deed: Deed, taken: Option<Duration>) {
        if let Some(taken) = taken.and_then(|taken| u64::try_from(taken.as_micros()).ok()) {
            let before = self.of(deed).load(Ordering::Relaxed);
            self.of(deed).store((before * 7 + taken) / 8, Ordering::Relaxed);
        }
    }
}
