//! Clocks that are ten years off, in either direction, for some of what a developer does.

use chrono::TimeDelta;
use dxpulse::developer::sync::plan::{Kept, Mode, Task, plan};
use dxpulse::developer::sync::round;

use super::deeds::{Deed, Moment};
use super::guarded;
use super::witness::{Witness, answers};
use crate::support::exchange::Collector;
use crate::trials::{Plan, Verdict};

const CLOCKS: [&str; 2] = ["+3650d", "-3650d"];

/// How often an exchange in the background is started until the tokens are there.
const TRIES: u32 = 300;

/// Each choice of which of three deeds are done by a clock that is wrong, but none of them.
const CHOICES: std::ops::Range<u64> = 1..8;

pub(crate) fn part(plan: &Plan) -> Verdict {
    let collector = Collector::open_to(32);
    let cases: Vec<(&str, u64)> = CLOCKS.into_iter().flat_map(|clock| CHOICES.map(move |choice| (clock, choice))).collect();
    let count = cases.len() as u64;
    let all = Plan { runs: count, ..plan.clone() };
    all.carry_out(count, 1, |seed| {
        let (clock, choice) = cases[usize::try_from(seed - plan.seed).expect("an index")];
        guarded(|| {
            let is_wrong = |deed: u64| choice & (1 << deed) != 0;
            let context = |what| format!("{clock} for {:?}: {what}", [is_wrong(0), is_wrong(1), is_wrong(2)]);
            trial(&collector, clock, is_wrong).map_err(context)
        })
    })
}

fn trial(collector: &Collector, clock: &str, is_wrong: impl Fn(u64) -> bool) -> Result<(), String> {
    let mut witness = Witness::invited(collector);
    for (at, deed) in [Deed::Enrol, Deed::Answer(3), Deed::Sync].into_iter().enumerate() {
        let through: &[&str] = if is_wrong(at as u64) { &["faketime", "-f", clock] } else { &[] };
        // A survey that isn't open by that clock is not answered, which is told.
        deed.done_through(&mut witness, through, Moment::Never)?;
        witness.check()?;
    }
    while !witness.has_wave()? {
        Deed::Enrol.done_by(&mut witness, Moment::Never)?.is_explained()?;
    }
    if witness.saved.is_none() {
        witness.developer.take(&answers(4));
        witness.saved = Some(4);
    }
    goes_by_itself(&mut witness)?;
    witness.settle()
}

fn kept(witness: &Witness<'_>) -> Result<Kept, String> {
    let store = witness.store()?.ok_or("there is no store")?;
    round::kept(&store, None).map_err(|error| error.to_string())
}

/// Waits until no other process of the developer exchanges anything: a run in the background gives way to it at once.
fn wait_for_others(witness: &Witness<'_>) -> Result<(), String> {
    let store = witness.store()?.ok_or("there is no store")?;
    let until = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while store.lock_exchange().map_err(|error| error.to_string())?.is_none() {
        if std::time::Instant::now() > until {
            return Err("an exchange has no end".to_owned());
        }
        std::thread::yield_now();
    }
    Ok(())
}

/// Makes sure that what waits is sent without being asked for, before the collector takes no more.
fn goes_by_itself(witness: &mut Witness<'_>) -> Result<(), String> {
    let mut kept = kept(witness)?;
    // A token that could not be fetched by that clock comes with one of the next exchanges, of which another may be under way.
    for _ in 0..TRIES {
        if kept.tokens.iter().all(|held| held.token().is_some()) {
            break;
        }
        wait_for_others(witness)?;
        witness.developer.run(["sync", "--background"]);
        kept = self::kept(witness)?;
    }
    for sealed in kept.outbox.iter().filter(|sealed| !sealed.is_acknowledged()) {
        let known = kept.waves.iter().find(|known| known.wave.id == sealed.wave()).ok_or("its wave is not known")?;
        let late = known.wave.manifest.collect_closes() - TimeDelta::minutes(5);
        let mut alone = kept.clone();
        alone.outbox.retain(|other| other == sealed);
        let tasks = plan(&alone, late, Mode::Background);
        if !tasks.contains(&Task::Send(sealed.wave(), sealed.part())) {
            let (part, at) = (sealed.part().name(), sealed.send_at);
            return Err(format!("the {part} would wait beyond the end at {late}: {at:?}, {sealed:?}"));
        }
    }
    Ok(())
}
