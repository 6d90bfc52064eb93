//! A server that lies, in front of a real collector, to developers with the real program: nothing is falsely told, lost or printed, and
//! nothing takes longer than the program's own limits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use dxpulse::developer::store::Store;
use serde_json::Value;

use super::characters::is_clean_within;
use super::lies::{AFTER, BEFORE, Lie, Target};
use super::programs::{BOUNDED, bounded, is_in_order, is_sound, judged};
use crate::faults::crashes::behind;
use crate::faults::deeds::{Deed, End, Moment};
use crate::faults::witness::{Witness, number};
use crate::support::Random;
use crate::support::exchange::{Act, Proxy, all};
use crate::trials::{Plan, Verdict, guarded};

/// From here on a campaign without a lie that was believed counts.
const JUDGED_FROM: u64 = 250;

/// How many lies one collector stands behind.
const TOGETHER: u64 = 5;

/// How long the program waits for a reply, and what a slow machine may add.
const LIMIT: Duration = Duration::from_secs(60);

/// How many replies a developer waits for at the most in one command.
const REPLIES: u32 = 4;

/// What is wrong where a server's character was only escaped: it would be kept as it is.
const KEPT: &str = "what a server said is not stripped when it is read";

pub(crate) fn part(plan: &Plan) -> Verdict {
    let quarter = Plan { runs: plan.runs.div_ceil(4), ..plan.clone() };
    let has_time = quarter.runs >= JUDGED_FROM;
    quarter.carry_out(JUDGED_FROM, TOGETHER, |seed| guarded(|| together(has_time, &mut Random::new(seed))))
}

fn together(has_time: bool, random: &mut Random) -> Result<(), String> {
    let (proxy, collector) = behind(usize::try_from(TOGETHER).expect("few enough") + 12);
    let (trap, trapped) = trap();
    let elsewhere = trap.address().to_string();
    let mut witnesses = Vec::new();
    for _ in 0..TOGETHER {
        let target = random.pick(&BEFORE);
        let lie = Lie::by_chance(target, (&collector, &elsewhere), has_time, random);
        let context = |what: String| format!("{target:?} {}: {what}", shown(&lie));
        let mut witness = Witness::invited(&collector);
        before(&proxy, (target, &lie), &mut witness).map_err(context)?;
        witness.settle().map_err(context)?;
        witnesses.push(witness);
        super::sign_in::trial(random)?;
    }
    // Of some, the collector drops what it signed for: no lie may make that look counted.
    let dropped: Vec<bool> = witnesses.iter().map(|_| random.within(0..3) == 0).collect();
    for (witness, _) in witnesses.iter().zip(&dropped).filter(|(_, is_dropped)| **is_dropped) {
        drop_scores(witness)?;
    }
    collector.close("one");
    for (witness, is_dropped) in witnesses.iter().zip(&dropped) {
        let target = random.pick(&AFTER);
        let lie = Lie::by_chance(target, (&collector, &elsewhere), has_time, random);
        let context = |what: String| format!("{target:?} {} (dropped: {is_dropped}): {what}", shown(&lie));
        after(&proxy, (target, &lie), (witness, *is_dropped)).map_err(context)?;
    }
    match trapped.load(Ordering::SeqCst) {
        0 => Ok(()),
        _ => Err("a redirect to another host was followed".to_owned()),
    }
}

/// A server elsewhere, which nobody may be led to, and how often somebody was.
fn trap() -> (Proxy, Arc<AtomicU64>) {
    let (trap, count) = (Proxy::start(), Arc::new(AtomicU64::new(0)));
    let trapped = Arc::clone(&count);
    trap.script(move |_| {
        trapped.fetch_add(1, Ordering::SeqCst);
        Act::DropBefore
    });
    (trap, count)
}

/// Says as much of a lie as helps to find it again.
fn shown(lie: &Lie) -> String {
    match lie {
        Lie::Whole(bytes) => format!("Whole({:?})", String::from_utf8_lossy(&bytes[..bytes.len().min(400)])),
        other => format!("{other:?}"),
    }
}

/// Lets somebody join, answer and send while some requests meet a lie, and looks at what they were told.
fn before(proxy: &Proxy, (target, lie): (Target, &Lie), witness: &mut Witness<'_>) -> Result<(), String> {
    let own = lie.clone();
    proxy.script(move |request| if target.is_meant(request) { own.act() } else { Act::Forward });
    is_proper(&done(Deed::Enrol, witness)?, lie)?;
    if witness.has_wave()? {
        is_proper(&done(Deed::Answer(7), witness)?, lie)?;
        let rounds = if lie.is_slow() { 1 } else { 2 };
        for _ in 0..rounds {
            is_proper(&done(Deed::Sync, witness)?, lie)?;
        }
        witness.check()?;
        if number(&witness.sealed()?)? != Some(7) {
            return Err("what was sealed is not kept".to_owned());
        }
    }
    told_cleanly(witness)?;
    proxy.script(|_| Act::Forward);
    Ok(())
}

fn done(deed: Deed, witness: &mut Witness<'_>) -> Result<End, String> {
    deed.done_through(witness, &BOUNDED, Moment::Never)
}

fn is_proper(end: &End, lie: &Lie) -> Result<(), String> {
    let printed = [end.said.as_bytes(), end.errors.as_bytes()];
    let judged = match lie.is_slow() {
        true if end.taken > LIMIT * REPLIES => Err(format!("it took {:?}", end.taken)),
        true => is_sound(end.code, printed),
        false => is_in_order(end.code, printed, end.taken),
    };
    let has_escapes = || if end.said.contains("\\u{") || end.errors.contains("\\u{") { Err(KEPT.to_owned()) } else { Ok(()) };
    judged.and_then(|()| has_escapes()).map_err(|what| format!("{what}\n{:?}\n{:?}", end.said, end.errors))
}

/// A server's words are stripped when they are read: not even an escape of them is kept.
fn told_cleanly(witness: &Witness<'_>) -> Result<(), String> {
    let home = &witness.developer.home;
    for arguments in [&["outbox", "--json"][..], &["results", "--json"], &["list", "--json"], &["history", "--json"]] {
        let output = judged(&mut bounded(home, arguments))?;
        if output.status.success() {
            let told: Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
            is_clean_within(&told).map_err(|what| format!("{arguments:?}: {what}"))?;
        }
    }
    for arguments in [&["outbox"][..], &["results"], &["list"], &["payload"], &["sync", "--dry-run"]] {
        judged(&mut bounded(home, arguments))?;
    }
    Ok(())
}

fn drop_scores(witness: &Witness<'_>) -> Result<(), String> {
    let sent = witness.developer.outbox();
    let signed_for = sent.iter().find(|part| part.name() == "scores").and_then(|part| part.signed_for());
    let (nullifier, _) = signed_for.ok_or("the scores have no receipt")?;
    let count = witness.collector.database().execute("DELETE FROM responses WHERE nullifier = ?1", [nullifier.0]);
    if count == Ok(1) { Ok(()) } else { Err(format!("the scores can't be dropped: {count:?}")) }
}

/// Lets somebody look for their answer while what proves it meets a lie, and then without.
fn after(proxy: &Proxy, (target, lie): (Target, &Lie), (witness, is_dropped): (&Witness<'_>, bool)) -> Result<(), String> {
    let own = lie.clone();
    proxy.script(move |request| if target.is_meant(request) { own.act() } else { Act::Forward });
    let start = std::time::Instant::now();
    let output = bounded(&witness.developer.home, ["verify"]).output().map_err(|error| error.to_string())?;
    let bound = if lie.is_slow() { LIMIT * 2 } else { super::programs::PROMPT };
    if start.elapsed() > bound {
        return Err(format!("it took {:?}", start.elapsed()));
    }
    is_sound(output.status.code(), [&output.stdout, &output.stderr]).map_err(|what| format!("{what}: {}", all(&output)))?;
    if is_dropped && output.status.success() {
        return Err(format!("what was dropped is called counted: {}", all(&output)));
    }
    is_not_misled(witness, is_dropped)?;
    proxy.script(|_| Act::Forward);
    let (holds, told) = witness.developer.verifies();
    match (holds, told.contains("MISSING")) == (!is_dropped, is_dropped) {
        true => Ok(()),
        false => Err(format!("without the lie it is told: {told}")),
    }
}

/// What is kept of the list after a lie is the truth, or nothing.
fn is_not_misled(witness: &Witness<'_>, is_dropped: bool) -> Result<(), String> {
    let store = Store::open(&witness.developer.data()).map_err(|error| error.to_string())?;
    for sealed in store.outbox().map_err(|error| error.to_string())? {
        let is_there = !(is_dropped && sealed.part().name() == "scores");
        if sealed.is_listed.is_some_and(|is_listed| is_listed != is_there) {
            return Err(format!("it is kept as listed: {:?}, and is there: {is_there}", sealed.is_listed));
        }
    }
    Ok(())
}
