//! Findings on answers of which the truth is known: what is real must be found, intervals must hold the truth as often as they say, and
//! no more may be claimed that isn't so than the corrected p allows.
//!
//! One run is the example of one seed: six waves, each worked out as a report of its own. Nothing is printed or drawn. Drivers aren't
//! among the findings, so that nothing is said of them. With `--seeded`, claims and intervals are read wrongly on purpose (uncorrected p's,
//! Wald intervals): each must fail.

mod rates;
mod reading;

use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use dxpulse::research::data::{Builder, Dataset};
use dxpulse::research::example::{MAPPING, Organisation, files};
use dxpulse::research::sources::{Mapping, read_table};

use crate::trials::{Plan, Verdict};
use rates::{Rate, Rates};
use reading::{Bug, read};

/// From here on rates count.
const JUDGED_FROM: u64 = 200;

/// How many standard errors a rate may be off: beyond lies one of 2,000.
const ERRORS: f64 = 3.5;

/// What a rate must be.
#[derive(Debug, Clone, Copy)]
enum Must {
    /// This, within its error.
    Be(f64),
    /// No more than this, within its error.
    BeAtMost(f64),
    /// No less than this, within its error.
    BeAtLeast(f64),
}

/// What each rate must be; the names are those of [`reading`].
///
/// How often something real is found is a floor of our own, below what was measured. The share of all that a report claims is of families
/// that are each corrected for themselves, so that nothing but measuring says that it stays near theirs.
const RULES: [(&str, Must); 20] = [
    ("found: the drop", Must::BeAtLeast(0.9)),
    ("found: the easier path", Must::BeAtLeast(0.9)),
    ("found: the worse team", Must::BeAtLeast(0.65)),
    ("held: score, endless population", Must::Be(0.95)),
    ("held: score, 400 invited", Must::Be(0.95)),
    ("held: mean, endless population", Must::Be(0.95)),
    ("held: mean, 400 invited", Must::Be(0.95)),
    ("held: score of teams", Must::BeAtLeast(0.95)),
    ("held: score of teams under 12 answers", Must::BeAtLeast(0.95)),
    ("held: difference between waves", Must::BeAtLeast(0.95)),
    ("held: difference of groups", Must::BeAtLeast(0.95)),
    ("held: difference of variants", Must::BeAtLeast(0.95)),
    ("p below .05 without cause: waves", Must::BeAtMost(0.05)),
    ("p below .05 without cause: groups", Must::BeAtMost(0.05)),
    ("p below .05 without cause: variants", Must::BeAtMost(0.05)),
    ("p below .05 without cause: slopes", Must::BeAtMost(0.05)),
    ("p below .05 without cause: cross-tabulations", Must::BeAtMost(0.05)),
    ("false: share of the changes claimed", Must::BeAtMost(0.05)),
    ("false: share of the differences claimed", Must::BeAtMost(0.05)),
    ("false: share of all that a report claims", Must::BeAtMost(0.05)),
];

/// Runs the campaign; or makes sure that wrong readings are found.
pub(crate) fn campaign(plan: &Plan) -> Vec<(String, Verdict)> {
    if !plan.is_seeded {
        return vec![("discovery".to_owned(), rated(plan, Bug::None))];
    }
    let bugs = [("uncorrected", Bug::Uncorrected), ("wald", Bug::Wald)];
    let judged = |(name, bug)| {
        let start = Instant::now();
        let is_found = rated(plan, bug).has_failed();
        let found = if is_found { Ok(()) } else { Err("the campaign did not find it".to_owned()) };
        (format!("seeded {name}"), Verdict::of(start.elapsed(), found))
    };
    bugs.into_iter().map(judged).collect()
}

fn rated(plan: &Plan, bug: Bug) -> Verdict {
    let rates = Mutex::new(Rates::default());
    let verdict = plan.carry_out_on(2, JUDGED_FROM, 1, |seed| {
        let organisation = Organisation::new(seed);
        let seen = read(&organisation, &dataset(&organisation)?, bug)?;
        rates.lock().map_err(|_| "a run broke off")?.take(seen);
        Ok(())
    });
    let rates = rates.into_inner().unwrap_or_default();
    let told: String = rates.names().filter_map(|name| Some(line(name, rates.of(name)?))).collect();
    verdict.note(&format!("rates with their standard errors{told}")).unless(wrong(&rates))
}

/// Gives the dataset that the example's files come to.
fn dataset(organisation: &Organisation) -> Result<Dataset, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    for (name, text) in files(organisation) {
        std::fs::write(folder.path().join(name), text).map_err(|error| error.to_string())?;
    }
    loaded(&folder.path().join(MAPPING))
}

fn loaded(file: &Path) -> Result<Dataset, String> {
    let mapping = Mapping::read(file).map_err(|error| error.to_string())?;
    let mut builder = Builder::new(&mapping.survey, "", "en");
    read_table(file, (&mapping, None), &mut builder).map_err(|error| error.to_string())?;
    Ok(builder.finish())
}

fn line(name: &str, rate: Rate) -> String {
    format!("\n  {name}: {:.3} ± {:.3} of {:.0}", rate.share, rate.error, rate.of)
}

/// Says which rates are off by more than their error.
fn wrong(rates: &Rates) -> Option<String> {
    let is_wrong = |(name, must): &(&str, Must)| {
        let Some(Rate { share, error, .. }) = rates.of(name) else { return true };
        let most = ERRORS * error;
        match must {
            Must::Be(meant) => (share - meant).abs() > most,
            Must::BeAtMost(meant) => share - meant > most,
            Must::BeAtLeast(meant) => meant - share > most,
        }
    };
    let wrong: Vec<String> =
        RULES.iter().filter(|rule| is_wrong(rule)).map(|(name, must)| format!("{name} must {must:?}")).collect();
    (!wrong.is_empty()).then(|| wrong.join("\n  "))
}
