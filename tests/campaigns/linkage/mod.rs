//! An attacker who holds the collector's database, log, backups and server logs, and knows when each person's tokens were issued and
//! when each response arrived, assigns responses to people as well as can be done: the share that is right must be that of guessing.
//!
//! One run is one wave of 14 days in simulated time, lived by real programs in processes of their own. In the control, tokens are
//! fetched when the survey is opened and answers sent at once: there the same attack must find nearly everyone.

mod assignment;
mod observer;
mod storage;
mod world;

use std::sync::Mutex;

use crate::support::Random;
use crate::trials::{Plan, Verdict};
use world::{Manners, Seen, World};

/// From here on a campaign at chance counts.
const JUDGED_FROM: u64 = 200;

/// How many people are invited, by turns.
const SIZES: [usize; 2] = [30, 200];

/// The least share that the attack must find in the control.
const CONTROL: f64 = 0.8;

/// How many times the chance of guessing the mean may be at the most.
const MOST: f64 = 2.0;

/// What the attacks came to over all runs, in people found per run: guessing finds one, whatever the number of people.
#[derive(Default)]
struct Tally {
    by_time: Vec<f64>,
    by_storage: Vec<f64>,
    pairs: (u64, u64),
    responses: usize,
}

/// Runs the campaign.
pub(crate) fn campaign(plan: &Plan) -> Verdict {
    let tally = Mutex::new(Tally::default());
    let control = control(plan.seed);
    let verdict = plan.carry_out_on(2, JUDGED_FROM, 1, |seed| {
        control.clone()?;
        let people = SIZES[usize::try_from(seed).unwrap_or(0) % SIZES.len()];
        let seen = World::new(people, seed)?.live(Manners::Ours, &mut Random::new(seed))?;
        seen.nothing_leads_to_anyone()?;
        let mut tally = tally.lock().map_err(|_| "a run broke off")?;
        tally.by_time.push(found_by_time(&seen));
        tally.by_storage.push(found_by_storage(&seen));
        let (in_order, all) = storage::pairs(&seen);
        tally.pairs = (tally.pairs.0 + in_order, tally.pairs.1 + all);
        tally.responses += seen.responses.len();
        Ok(())
    });
    let tally = tally.into_inner().unwrap_or_default();
    let judged = judge(&tally);
    let share = control.unwrap_or_default();
    verdict.note(&format!("control {:.0}%, {}", share * 100.0, judged.1)).unless(judged.0)
}

/// Shows that the attack works, where there is something to find.
fn control(seed: u64) -> Result<f64, String> {
    let mut shares = Vec::new();
    for people in SIZES {
        let seen = World::new(people, seed)?.live(Manners::AtOnce, &mut Random::new(seed))?;
        shares.push(found_by_time(&seen) / people as f64);
    }
    let least = shares.iter().copied().fold(f64::INFINITY, f64::min);
    if least > CONTROL {
        Ok(least)
    } else {
        Err(format!("the control found only {:.0}%: the attack does not work", least * 100.0))
    }
}

/// Says what is wrong with the figures, and tells them.
fn judge(tally: &Tally) -> (Option<String>, String) {
    let runs = tally.by_time.len().max(1) as f64;
    let mean = |found: &[f64]| found.iter().sum::<f64>() / runs;
    // Guessing finds one person per run on average, with a variance of one.
    let error = 1.0 / runs.sqrt();
    let (time, storage) = (mean(&tally.by_time), mean(&tally.by_storage));
    let pairs = tally.pairs.0 as f64 / tally.pairs.1.max(1) as f64;
    let told = format!(
        "found by time {time:.2} and by storage {storage:.2} times chance (± {error:.2}), pairs in order {:.1}%",
        pairs * 100.0
    );
    let are_few = runs < 20.0;
    // Of a few runs, the sum is skewed: what three errors leave to chance then, it takes five for.
    let is_chance = |mean: f64| if are_few { mean <= 1.0 + 5.0 * error } else { mean <= 1.0 + 3.0 * error && mean < MOST };
    // Pairs of one page hang together, and other files have the same again: the share of a page of n responses in a random order has a
    // variance of at most 0.5 ÷ n (Kendall 1938: (2n + 5) ÷ 18n(n − 1), two responses being the worst). More runs have enough.
    let sampling = if are_few { 3.0 * (0.5 / tally.responses.max(1) as f64).sqrt() } else { 0.0 };
    let are_mixed = (pairs - 0.5).abs() <= 0.05 + sampling;
    let fault = match (is_chance(time), is_chance(storage), are_mixed) {
        (true, true, true) => None,
        (false, ..) => Some(format!("times lead to people: {told}")),
        (_, false, _) => Some(format!("the order of storage leads to people: {told}")),
        _ => Some(format!("rows are stored in the order they came: {told}")),
    };
    (fault, told)
}

/// Gives how many people are found by assigning responses to issues so that the times fit best.
fn found_by_time(seen: &Seen) -> f64 {
    let hours = |issued: i64, arrived: i64| ((arrived - issued) as f64 / 3600.0).powi(2);
    let cost = seen.people.iter().map(|person| seen.responses.iter().map(|it| hours(person.issued, it.arrived)).collect());
    hits(seen, &assignment::best(&cost.collect::<Vec<_>>()))
}

/// Gives how many are found where the places of rows in the files of issues and responses are matched in order.
fn found_by_storage(seen: &Seen) -> f64 {
    storage::matched(seen).map_or(0.0, |assigned| hits(seen, &assigned))
}

fn hits(seen: &Seen, assigned: &[usize]) -> f64 {
    let is_right = |(person, response): (usize, &usize)| seen.responses.get(*response).is_some_and(|it| it.person == person);
    assigned.iter().enumerate().filter(|pair| is_right(*pair)).count() as f64
}
