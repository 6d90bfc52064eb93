//! SIGKILL of the collector while it has a request in hand, above all between its commit and its reply.
//!
//! One trial is a collector with bad luck: it is killed over and over, and started again on what it left.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::deeds::{Deed, Moment};
use super::guarded;
use super::witness::Witness;
use crate::support::Random;
use crate::support::exchange::{Act, Collector, Proxy, SURVEY, Windows};
use crate::trials::{Plan, Verdict};

/// From here on a campaign without a loss counts: more than half of the kills fall between a commit and its reply.
const JUDGED_FROM: u64 = 1000;

/// How often one collector is killed.
const KILLS: u64 = 25;

/// How long a collector may take until it writes what was asked of it.
const WRITING: Duration = Duration::from_millis(300);

/// How long a slow disk takes to sync, in microseconds.
const SLOW: u64 = 20_000;

/// How often the kill fell where it was meant to: what was asked for was written, and nobody had a reply.
type Tally = Arc<AtomicU64>;

pub(crate) fn part(plan: &Plan) -> Verdict {
    let tally = Tally::default();
    let kills = KILLS.min(plan.runs);
    let verdict = plan.carry_out(JUDGED_FROM, kills, |seed| guarded(|| trial(&mut Random::new(seed), kills, &tally)));
    verdict.note(&format!("{} between commit and reply", tally.load(Ordering::Relaxed)))
}

/// Sets up a collector behind a proxy, with one wave that is open.
pub(crate) fn behind(people: usize) -> (Proxy, Arc<Collector>) {
    let proxy = Proxy::start();
    let collector = Arc::new(Collector::set_up(people, Some(proxy.address())));
    collector.publish(&collector.prepared(SURVEY, "one", Windows::OPEN));
    collector.serve();
    proxy.lead_to(collector.address());
    (proxy, collector)
}

fn trial(random: &mut Random, kills: u64, tally: &Tally) -> Result<(), String> {
    let (proxy, collector) = behind(usize::try_from(kills).expect("few enough") + 12);
    collector.kill();
    let mut witnesses: Vec<Witness<'_>> = Vec::new();
    for kill in 1..=kills {
        if witnesses.is_empty() || random.within(0..4) == 0 {
            witnesses.push(Witness::invited(&collector));
        }
        let at = usize::try_from(random.within(0..witnesses.len() as u64)).expect("an index");
        let context = |what: String| format!("kill {kill}: {what}");
        struck(&proxy, &collector, &mut witnesses[at], (kill, random, tally)).map_err(context)?;
        witnesses.iter_mut().try_for_each(Witness::check).map_err(context)?;
    }
    proxy.script(|_| Act::Forward);
    collector.serve();
    witnesses.iter_mut().try_for_each(Witness::settle)?;
    super::kills::counted(&collector, &witnesses)
}

/// Lets somebody do what they would do next, kills the collector meanwhile, and starts it again.
fn struck(
    proxy: &Proxy,
    collector: &Arc<Collector>,
    witness: &mut Witness<'_>,
    (kill, random, tally): (u64, &mut Random, &Tally),
) -> Result<(), String> {
    let deed = if witness.has_wave()? { Deed::Sync } else { Deed::Enrol };
    let blow = Blow::by_chance(random);
    blow.serve(collector);
    if deed == Deed::Sync {
        Deed::Answer(kill).done_by(witness, Moment::Never)?.is_explained()?;
    }
    strike(proxy, collector, (blow, random, tally));
    deed.done_by(witness, Moment::Never)?;
    collector.kill();
    Ok(())
}

/// When the collector is killed once it has a whole request.
#[derive(Debug, Clone, Copy)]
enum Blow {
    /// After this time.
    After(Duration),
    /// This long after it has begun to write, on a disk that takes its time to sync.
    AtWriting(Duration),
    /// When its reply is there, and before anybody has it.
    AtReply,
    /// When one of its threads writes to a connection for this time: what was asked for is done by then, and nobody knows.
    Replying(u64),
}

impl Blow {
    fn by_chance(random: &mut Random) -> Self {
        match random.within(0..14) {
            0 => Self::AtReply,
            1 => Self::Replying(random.within(1..4)),
            // Evenly over the magnitudes from 64 µs to 16 ms, which is where reading, writing and replying fall.
            2 => {
                let magnitude = 1 << random.within(6..14);
                Self::After(Duration::from_micros(random.within(magnitude..2 * magnitude)))
            }
            _ => Self::AtWriting(Duration::from_micros(random.within(0..SLOW))),
        }
    }

    /// Starts the server; strace slows its disk down, or kills it where no clock could.
    fn serve(self, collector: &Collector) {
        let (calls, what) = match self {
            Self::AtWriting(_) => ("fdatasync", format!("delay_enter={SLOW}")),
            Self::Replying(number) => ("writev", format!("signal=KILL:when={number}")),
            Self::After(_) | Self::AtReply => return collector.serve(),
        };
        let (trace, inject) = (format!("trace={calls}"), format!("inject={calls}:{what}"));
        collector.serve_through(&["strace", "-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject]);
    }

    fn act(self, collector: Arc<Collector>, tally: Tally) -> Act {
        let log = collector.data().join("collector.db-wal");
        let before = modified(&log);
        match self {
            Self::AtReply => Act::Alter(Box::new(move |reply| {
                collector.kill();
                reply
            })),
            Self::Replying(_) => Act::Forward,
            Self::After(delay) => Act::ForwardThen(Box::new(move || {
                thread::sleep(delay);
                collector.kill();
            })),
            Self::AtWriting(delay) => Act::ForwardThen(Box::new(move || {
                let start = Instant::now();
                while !is_written(&log, before) && start.elapsed() < WRITING {
                    std::hint::spin_loop();
                }
                tally.fetch_add(u64::from(is_written(&log, before)), Ordering::Relaxed);
                thread::sleep(delay);
                collector.kill();
            })),
        }
    }
}

/// Says whether a log was written to since.
fn is_written(log: &Path, before: Option<SystemTime>) -> bool {
    modified(log) != before
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|file| file.modified()).ok()
}

/// Kills the collector at one of the next requests that change something.
fn strike(proxy: &Proxy, collector: &Arc<Collector>, (blow, random, tally): (Blow, &mut Random, &Tally)) {
    let mut spared = random.within(0..2);
    let (collector, tally) = (Arc::clone(collector), Arc::clone(tally));
    let mut is_over = false;
    proxy.script(move |request| {
        if is_over || request.method == "GET" {
            return Act::Forward;
        }
        if spared > 0 {
            spared -= 1;
            return Act::Forward;
        }
        is_over = true;
        blow.act(Arc::clone(&collector), Arc::clone(&tally))
    })
}
