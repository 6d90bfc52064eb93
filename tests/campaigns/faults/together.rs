//! Several processes of one developer at once: two exchanges, joining twice, changing an answer while it is sent.

use std::thread;
use std::time::Duration;

use super::deeds::{Deed, Moment};
use super::guarded;
use super::witness::{Witness, answers};
use crate::support::Random;
use crate::support::exchange::{Act, Collector, all};
use crate::trials::{Plan, Verdict};

/// From here on a campaign without a loss counts.
const JUDGED_FROM: u64 = 100;

pub(crate) fn part(plan: &Plan) -> Verdict {
    let tenth = Plan { runs: plan.runs.div_ceil(10), ..plan.clone() };
    tenth.carry_out(JUDGED_FROM, 1, |seed| guarded(|| trial(&mut Random::new(seed))))
}

fn trial(random: &mut Random) -> Result<(), String> {
    let (proxy, collector) = super::crashes::behind(24);
    // A network that takes its time, so that what is at once meets.
    let slowness = random.within(0..120);
    proxy.script(move |_| Act::ForwardThen(Box::new(move || thread::sleep(Duration::from_millis(slowness)))));
    let mut witness = joined_twice(&collector)?;
    Deed::Answer(1).done_by(&mut witness, Moment::Never)?.is_explained()?;
    at_once(&witness, &[&["sync", "--now"], &["sync", "--now"], &["sync", "--background"]], Duration::ZERO)?;
    witness.check()?;
    for number in 2..5 {
        let pause = Duration::from_millis(random.within(0..slowness * 4 + 60));
        changed_while_sent(&mut witness, number, pause).map_err(|what| format!("change {number} after {pause:?}: {what}"))?;
    }
    witness.settle()?;
    super::kills::counted(&collector, &[witness])
}

/// Joins with two processes at once.
fn joined_twice<'a>(collector: &'a Collector) -> Result<Witness<'a>, String> {
    let witness = Witness::invited(collector);
    let invitation = witness.invitation.clone();
    let enrol = ["enroll", invitation.as_str()];
    at_once(&witness, &[&enrol, &enrol], Duration::ZERO)?;
    while !witness.has_wave()? {
        at_once(&witness, &[&enrol, &["sync", "--now"]], Duration::ZERO)?;
    }
    Ok(witness)
}

/// Changes the answer while it is sent, or before, or after.
fn changed_while_sent(witness: &mut Witness<'_>, number: u64, pause: Duration) -> Result<(), String> {
    let developer = &witness.developer;
    let changed = thread::scope(|scope| {
        let sync = scope.spawn(|| developer.run(["sync", "--now"]));
        thread::sleep(pause);
        let output = developer.home.run_with(["edit", "pulse", "--answers", "-"], &answers(number));
        let sync = sync.join().map_err(|_| "the exchange could not be started".to_owned())?;
        is_sound(&all(&sync))?;
        Ok::<_, String>(output)
    })?;
    is_sound(&all(&changed))?;
    if changed.status.success() {
        witness.saved = Some(number);
        witness.tried.clear();
    } else {
        witness.tried.push(number);
    }
    witness.check()
}

/// Runs commands at the same time, a pause after one another.
fn at_once(witness: &Witness<'_>, commands: &[&[&str]], pause: Duration) -> Result<(), String> {
    let developer = &witness.developer;
    thread::scope(|scope| {
        let run = |arguments: &&[&str]| {
            let mut command = developer.home.command();
            command.args(*arguments);
            thread::sleep(pause);
            scope.spawn(move || command.output().map_err(|error| error.to_string()))
        };
        let running: Vec<_> = commands.iter().map(run).collect();
        running.into_iter().try_for_each(|running| {
            let output = running.join().map_err(|_| "a command could not be waited for".to_owned())??;
            is_sound(&all(&output))
        })
    })
}

fn is_sound(said: &str) -> Result<(), String> {
    match said.contains("panicked") || said.contains("is damaged") {
        true => Err(said.to_owned()),
        false => Ok(()),
    }
}
