//! An attacker works on everything that is published of an organisation made by chance: no group with fewer than five answers comes out.
//!
//! One run is one organisation of up to three waves and four groupings, nested and crossed, which publishes a whole report and then what
//! some analysts ask for besides, each held against all that was published before. In the control, whatever has five answers is
//! shown: there the same attack must find somebody in most organisations.

pub(crate) mod attacker;
pub(crate) mod organisation;

use std::collections::BTreeSet;
use std::sync::Mutex;

use dxpulse::research::suppression::{Cell, Ledger, decide, published};

use crate::support::Random;
use crate::trials::{Part, Plan, Verdict, carry_out_parts};
use attacker::{Told, recovered};
use organisation::Organisation;

/// From here on a campaign in which nobody was found counts.
const JUDGED_FROM: u64 = 200;

/// The share of organisations in which the control must find somebody, once there were so many.
const CONTROL: (f64, u64) = (0.5, 10);

const THRESHOLD: u64 = 5;

const PARTS: [(&str, Part); 1] = [("reports", reports)];

/// Runs the campaign; or makes sure that bugs planted in the program are found.
pub(crate) fn campaign(plan: &Plan) -> Vec<(String, Verdict)> {
    carry_out_parts("suppression", &PARTS, plan)
}

/// What was seen over all runs.
#[derive(Default)]
struct Tally {
    runs: u64,
    leaking: u64,
    large: usize,
    shown: usize,
}

fn reports(plan: &Plan) -> Verdict {
    let tally = Mutex::new(Tally::default());
    let verdict = plan.carry_out_on(2, JUDGED_FROM, 1, |seed| {
        let mut random = Random::new(seed);
        let waves = 1 + random.within(0..3);
        let organisation = Organisation::new(&mut random, waves, 1);
        let mut reports = vec![organisation.report()];
        reports.extend((0..random.within(0..5)).map(|_| organisation.question(&mut random)));
        let (mut ledger, table) = (Ledger::default(), organisation.table(0));
        for cells in &reports {
            let decisions = decide(&table, cells, &ledger, THRESHOLD).map_err(|error| error.to_string())?;
            ledger.record(published(&table, cells, &decisions));
        }
        let told = |cell: &Cell, counts: &[u64]| Told { cell: cell.clone(), counts: counts.to_vec(), edition: 0 };
        let shown: Vec<Told> = ledger.published.iter().map(|one| told(&one.cell, &one.counts)).collect();
        let wanted: BTreeSet<&Cell> = reports.iter().flatten().collect();
        let counted = wanted.into_iter().filter_map(|cell| Some((cell, table.counts(cell)?)));
        let large = counted.filter(|(_, counts)| counts.iter().sum::<u64>() >= THRESHOLD);
        let large: Vec<Told> = large.map(|(cell, counts)| told(cell, &counts)).collect();
        let leaks = !recovered(&organisation, &large)?.is_empty();
        let mut tally = tally.lock().map_err(|_| "a run broke off")?;
        tally.runs += 1;
        tally.leaking += u64::from(leaks);
        tally.large += large.len();
        tally.shown += shown.len();
        drop(tally);
        let found = recovered(&organisation, &shown)?;
        found.first().map_or(Ok(()), |group| Err(format!("{} groups were worked out, such as {group}", found.len())))
    });
    let tally = tally.into_inner().unwrap_or_default();
    let control = tally.leaking as f64 / tally.runs.max(1) as f64;
    let weak = (control < CONTROL.0 && tally.runs >= CONTROL.1)
        .then(|| "the control found too little: the attack does not work".to_owned());
    let shares = [control, tally.shown as f64 / tally.large.max(1) as f64].map(|share| share * 100.0);
    verdict.note(&format!("control found {:.0}%, shown {:.0}% of cells with enough answers", shares[0], shares[1])).unless(weak)
}
