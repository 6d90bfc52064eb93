//! Several processes of one developer at once: two exchanges, joining twice, changing an answer while it is sent.

use std::fs;
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
    copied(&mut witness, &collector)?;
    witness.settle()?;
    super::kills::counted(&collector, &[witness])
}

/// Goes on at a copy of the machine as well, as after a backup was put back: of two that are sealed as the same version one counts, and
/// the other one is told that it doesn't.
fn copied<'a>(witness: &mut Witness<'a>, collector: &'a Collector) -> Result<(), String> {
    witness.settle()?;
    let mut copy = Witness::invited(collector);
    let files = fs::read_dir(witness.developer.data()).map_err(|error| error.to_string())?.flatten();
    fs::create_dir_all(copy.developer.data()).map_err(|error| error.to_string())?;
    for file in files.filter(|file| file.path().is_file()) {
        fs::copy(file.path(), copy.developer.data().join(file.file_name())).map_err(|error| error.to_string())?;
    }
    copy.saved = witness.saved;
    Deed::Answer(7).done_by(witness, Moment::Never)?.is_explained()?;
    Deed::Answer(8).done_by(&mut copy, Moment::Never)?.is_explained()?;
    for developer in [&mut *witness, &mut copy] {
        Deed::Sync.done_by(developer, Moment::Never)?;
    }
    witness.check()?;
    copy.check()?;
    let blocked = copy.developer.outbox().iter().filter(|part| part.state() == "blocked").count();
    if blocked == 2 { Ok(()) } else { Err(format!("two of the same version are called sent: {:?}", copy.developer.outbox())) }
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
