//! An attacker holds reports against one another that were published one after the other: no difference of any two publications, and nothing
//! that follows from all of them, shows fewer than five people.
//!
//! One run is one organisation of up to four waves, between which people come, leave and change their team. A random analyst asks for one
//! thing after another, while answers to the newest wave still come in. In the control nothing is kept of what was published before.

use std::sync::Mutex;

use dxpulse::research::suppression::{Cell, Ledger, Published, Table, WAVE, decide, published};

use crate::support::Random;
use crate::suppression::attacker::{Told, recovered};
use crate::suppression::organisation::{Organisation, Person};
use crate::trials::{Part, Plan, Verdict, carry_out_parts};

/// From here on a campaign in which nobody was found counts.
const JUDGED_FROM: u64 = 200;

/// The share of organisations in which the control must find somebody, once there were so many.
const CONTROL: (f64, u64) = (0.1, 50);

const THRESHOLD: u64 = 5;

/// How many editions the answers come in.
const EDITIONS: u64 = 3;

const PARTS: [(&str, Part); 1] = [("reports", reports)];

/// Runs the campaign; or makes sure that bugs planted in the program are found.
pub(crate) fn campaign(plan: &Plan) -> Vec<(String, Verdict)> {
    carry_out_parts("differencing", &PARTS, plan)
}

/// What was seen over all runs.
#[derive(Default)]
struct Tally {
    runs: u64,
    leaking: u64,
    shown: usize,
    careless: usize,
}

fn reports(plan: &Plan) -> Verdict {
    let tally = Mutex::new(Tally::default());
    let verdict = plan.carry_out_on(2, JUDGED_FROM, 1, |seed| {
        let mut random = Random::new(seed);
        let (waves, is_late) = (1 + random.within(0..4), random.within(0..2) == 0);
        let mut organisation = Organisation::new(&mut random, waves, if is_late { EDITIONS } else { 1 });
        let newest = format!("w{}", waves - 1);
        organisation.people.iter_mut().filter(|person| person.groups[0] != newest).for_each(|person| person.arrival = 0);
        let questions: Vec<(usize, Vec<Cell>)> = (0..4 + random.within(0..8) as usize)
            .map(|at| (at.min(EDITIONS as usize - 1), asked(&organisation, &mut random)))
            .collect();
        let careful = publish(&organisation, &questions, true)?;
        let careless = publish(&organisation, &questions, false)?;
        let leaks = found(&organisation, &careless)?.is_some();
        let mut tally = tally.lock().map_err(|_| "a run broke off")?;
        tally.runs += 1;
        tally.leaking += u64::from(leaks);
        tally.shown += careful.len();
        tally.careless += careless.len();
        drop(tally);
        found(&organisation, &careful)?.map_or(Ok(()), Err)
    });
    let tally = tally.into_inner().unwrap_or_default();
    let control = tally.leaking as f64 / tally.runs.max(1) as f64;
    let weak = (control < CONTROL.0 && tally.runs >= CONTROL.1)
        .then(|| "the control found too little: the attack does not work".to_owned());
    let shares = [control, tally.shown as f64 / tally.careless.max(1) as f64].map(|share| share * 100.0);
    let note = format!("control without a ledger found {:.0}%, shown {:.0}% of its cells", shares[0], shares[1]);
    verdict.note(&note).unless(weak)
}

/// Gives what an analyst asks for: the total of a wave as often as not, else anything.
fn asked(organisation: &Organisation, random: &mut Random) -> Vec<Cell> {
    if random.within(0..2) == 0 {
        let waves = organisation.people.iter().map(|person| person.groups[0].as_str());
        let mut totals: Vec<Cell> = waves.map(|wave| Cell::of([(WAVE, wave)])).collect();
        totals.sort();
        totals.dedup();
        return totals;
    }
    organisation.question(random)
}

/// Publishes what was asked for, each time of the answers that are there; a careless one forgets what it published.
fn publish(organisation: &Organisation, questions: &[(usize, Vec<Cell>)], keeps: bool) -> Result<Vec<Told>, String> {
    let (mut ledger, mut told) = (Ledger::default(), Vec::new());
    for (edition, cells) in questions {
        let table: Table = organisation.table(*edition);
        let none = Ledger::default();
        let decisions =
            decide(&table, cells, if keeps { &ledger } else { &none }, THRESHOLD).map_err(|error| error.to_string())?;
        let new: Vec<Published> = published(&table, cells, &decisions);
        told.extend(new.iter().map(|one| Told { cell: one.cell.clone(), counts: one.counts.clone(), edition: *edition }));
        ledger.record(new);
    }
    Ok(told)
}

/// Gives what an attacker finds: first by differences of any two publications, then by everything together.
fn found(organisation: &Organisation, told: &[Told]) -> Result<Option<String>, String> {
    let names = &organisation.groupings;
    let is_in = |person: &Person, one: &Told| {
        let mut groups = names.iter().zip(&person.groups);
        person.arrival <= one.edition && groups.all(|(name, group)| one.cell.0.get(name).is_none_or(|it| it == group))
    };
    let inside = |one: &Told| organisation.people.iter().map(|person| is_in(person, one)).collect::<Vec<bool>>();
    let sets: Vec<Vec<bool>> = told.iter().map(inside).collect();
    for (one, larger) in sets.iter().enumerate() {
        for (other, smaller) in sets.iter().enumerate() {
            let is_part = smaller.iter().zip(larger).all(|(small, large)| !small || *large);
            let rest = larger.iter().zip(smaller).filter(|(large, small)| **large && !**small).count() as u64;
            if is_part && (1..THRESHOLD).contains(&rest) {
                return Ok(Some(format!("{rest} people are in {:?} and not in {:?}", told[one].cell, told[other].cell)));
            }
        }
    }
    let groups = recovered(organisation, told)?;
    Ok(groups.first().map(|group| format!("{} groups were worked out, such as {group}", groups.len())))
}
