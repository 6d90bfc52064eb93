//! The findings of one seed, held against what is true of it.

use dxpulse::research::data::Dataset;
use dxpulse::research::example::Organisation;
use dxpulse::research::example::truth::{ARMS, EASIER, EXPERIMENT, OUTAGE, RATED, WAVES, WORSE, nps, rating};
use dxpulse::research::findings::{ByGroup, Change, Estimate, Findings, Group, Request};
use dxpulse::research::suppression::Ledger;

use super::rates::Seed;

/// How findings are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bug {
    /// As they are.
    None,
    /// As if each comparison stood alone.
    Uncorrected,
    /// With Wald's interval of a score.
    Wald,
}

/// What a report claims: of what is so, and of what isn't.
#[derive(Debug, Default, Clone, Copy)]
struct Claims {
    so: u32,
    not_so: u32,
}

impl Claims {
    fn add(&mut self, is_so: bool, is_claimed: bool) {
        if is_claimed {
            *(if is_so { &mut self.so } else { &mut self.not_so }) += 1;
        }
    }

    fn with(self, other: Self) -> Self {
        Self { so: self.so + other.so, not_so: self.not_so + other.not_so }
    }

    /// Gives the share that isn't so; none where nothing is claimed.
    fn false_share(self) -> f64 {
        f64::from(self.not_so) / f64::from((self.so + self.not_so).max(1))
    }
}

/// Works out a report on each wave, and notes how it fares.
pub(crate) fn read(organisation: &Organisation, dataset: &Dataset, bug: Bug) -> Result<Seed, String> {
    let mut seed = Seed::default();
    let mut unknown = dataset.clone();
    unknown.waves.iter_mut().for_each(|wave| wave.invited = None);
    for (wave, name) in WAVES.iter().enumerate() {
        let of = |dataset: &Dataset, by: &[&str]| {
            let by = by.iter().map(|name| (*name).to_owned()).collect();
            let request = Request { wave: Some((*name).to_owned()), by, ..Request::default() };
            Findings::of(dataset, &request, &Ledger::default()).map(|(findings, _)| findings).map_err(|error| error.to_string())
        };
        let (findings, endless) = (of(dataset, &["team", "golden_path"])?, of(&unknown, &["team", "golden_path"])?);
        figures(&mut seed, (&findings, &endless), (organisation, wave));
        teams(&mut seed, &findings, (organisation, wave), bug);
        let changes = changes(&mut seed, &findings, wave, bug);
        let groups = groups(&mut seed, &findings, wave, bug);
        seed.add("false: share of the differences claimed", groups.false_share());
        seed.add("false: share of all that a report claims", changes.with(groups).false_share());
        seed.add("false: claims in a report, mean", f64::from(changes.with(groups).not_so));
        // Nothing goes with tenure.
        associations(&mut seed, &of(dataset, &["tenure"])?, wave);
    }
    Ok(seed)
}

/// Notes whether the figures of the whole wave hold what is true of endlessly many, and of the 400 invited.
fn figures(seed: &mut Seed, (findings, endless): (&Findings, &Findings), (organisation, wave): (&Organisation, usize)) {
    let figure = |findings: &Findings, item: &str| findings.items.iter().find(|it| it.name == item).and_then(|it| it.figure);
    let mut held = |name, figure: Option<Estimate>, truth: f64| {
        if let Some(figure) = figure {
            seed.note(name, figure.low <= truth && truth <= figure.high);
        }
    };
    let opinions = || organisation.waves[wave].iter().map(|reply| &reply.opinion);
    let all = organisation.people.len() as f64;
    let score = score(opinions().map(|opinion| opinion.nps));
    held("held: score, endless population", figure(endless, "nps"), nps(wave, None));
    held("held: score, 400 invited", figure(findings, "nps"), score.value());
    for (at, item) in RATED.iter().enumerate() {
        let mean = opinions().map(|opinion| f64::from(opinion.ratings[at])).sum::<f64>() / all;
        held("held: mean, endless population", figure(endless, item), rating());
        held("held: mean, 400 invited", figure(findings, item), mean);
    }
}

/// Notes whether the scores of teams hold what is true of endlessly many such developers.
fn teams(seed: &mut Seed, findings: &Findings, (organisation, wave): (&Organisation, usize), bug: Bug) {
    for by in findings.by_group.iter().filter(|by| by.item == "nps" && by.grouping == "team") {
        for group in &by.groups {
            let Some(figure) = group.figure else { continue };
            let (mut low, mut high) = (figure.low, figure.high);
            if bug == Bug::Wald {
                (low, high) = answered(organisation, wave, &group.code).wald();
            }
            let truth = nps(wave, Some(&group.code));
            let is_held = low <= truth && truth <= high;
            seed.note("held: score of teams", is_held);
            if figure.n < 12 {
                seed.note("held: score of teams under 12 answers", is_held);
            }
        }
    }
}

/// Notes which changes are claimed since the wave before.
fn changes(seed: &mut Seed, findings: &Findings, wave: usize, bug: Bug) -> Claims {
    let is_claimed = |change: &Change| if bug == Bug::Uncorrected { change.difference.p < 0.05 } else { change.is_change };
    let mut claims = Claims::default();
    for change in &findings.changes {
        let is_so = change.item == "nps" && wave == OUTAGE;
        let truth = if is_so { nps(wave, None) - nps(wave - 1, None) } else { 0.0 };
        seed.note("held: difference between waves", change.difference.low <= truth && truth <= change.difference.high);
        if is_so {
            seed.note("found: the drop", is_claimed(change) && change.difference.value < 0.0);
        } else {
            seed.note("p below .05 without cause: waves", change.difference.p < 0.05);
        }
        claims.add(is_so, is_claimed(change));
    }
    if !findings.changes.is_empty() {
        seed.add("false: share of the changes claimed", claims.false_share());
    }
    claims
}

/// Notes which differences of groups are claimed. Those of other teams than the worse one are left out of the score: they are compared
/// with teams of which one is worse.
fn groups(seed: &mut Seed, findings: &Findings, wave: usize, bug: Bug) -> Claims {
    let is_claimed = |group: &Group| {
        let raw = group.difference.is_some_and(|difference| difference.p < 0.05);
        if bug == Bug::Uncorrected { raw } else { group.differs() }
    };
    let mut claims = Claims::default();
    for by in &findings.by_group {
        let mut of_table = Claims::default();
        for group in &by.groups {
            let Some(difference) = group.difference else { continue };
            let truth = match truth(by, group, wave) {
                Truth::Unjudged => continue,
                Truth::Is(truth) => truth,
                Truth::Worse => {
                    seed.note("found: the worse team", is_claimed(group) && difference.value < 0.0);
                    of_table.add(true, is_claimed(group));
                    continue;
                }
            };
            let is_held = difference.low <= truth && truth <= difference.high;
            let is_arm = by.source == "arm";
            seed.note(if is_arm { "held: difference of variants" } else { "held: difference of groups" }, is_held);
            if truth == 0.0 {
                let name = if is_arm { "p below .05 without cause: variants" } else { "p below .05 without cause: groups" };
                seed.note(name, difference.p < 0.05);
            } else {
                seed.note("found: the easier path", is_claimed(group) && difference.value > 0.0);
            }
            of_table.add(truth != 0.0, is_claimed(group));
        }
        seed.add("false: share of the differences of a table claimed", of_table.false_share());
        claims = claims.with(of_table);
    }
    claims
}

/// What is true of how a group differs.
enum Truth {
    Is(f64),
    /// It is lower by an amount that depends on which teams are shown.
    Worse,
    Unjudged,
}

fn truth(by: &ByGroup, group: &Group, wave: usize) -> Truth {
    match (by.item.as_str(), by.grouping.as_str()) {
        ("nps", "team") if group.code == WORSE => Truth::Worse,
        ("nps", "team") => Truth::Unjudged,
        ("ease", "golden_path") if wave == EXPERIMENT && group.code == ARMS[1] => Truth::Is(EASIER),
        _ => Truth::Is(0.0),
    }
}

/// Notes how often slopes and cross-tabulations have a low p without cause.
fn associations(seed: &mut Seed, findings: &Findings, wave: usize) {
    let slopes = findings.trend.iter().filter(|series| series.item != "nps").filter_map(|series| series.slope.as_ref());
    slopes.filter(|_| wave + 1 == WAVES.len()).for_each(|slope| seed.note("p below .05 without cause: slopes", slope.p < 0.05));
    let tables = findings.crossed.iter().filter(|table| !table.has_few && table.item != "nps");
    tables.for_each(|table| seed.note("p below .05 without cause: cross-tabulations", table.p < 0.05));
}

/// Detractors, all and promoters.
struct Score([f64; 3]);

fn score(answers: impl Iterator<Item = u8>) -> Score {
    let mut counts = [0.0; 3];
    for answer in answers {
        counts[0] += f64::from(u8::from(answer <= 6));
        counts[1] += 1.0;
        counts[2] += f64::from(u8::from(answer >= 9));
    }
    Score(counts)
}

impl Score {
    fn value(&self) -> f64 {
        100.0 * (self.0[2] - self.0[0]) / self.0[1]
    }

    fn wald(&self) -> (f64, f64) {
        let ([low, all, high], score) = (self.0, self.value() / 100.0);
        let margin = 1.96 * (((high + low) / all - score * score) / all).sqrt();
        (100.0 * (score - margin), 100.0 * (score + margin))
    }
}

/// Gives the answers that were sent from a team.
fn answered(organisation: &Organisation, wave: usize, team: &str) -> Score {
    let replies = organisation.people.iter().zip(&organisation.waves[wave]).filter(|(person, _)| person.team == team);
    let sent = replies.filter(|(_, reply)| reply.sent.is_some_and(|left_out| left_out[0].is_none()));
    score(sent.map(|(_, reply)| reply.opinion.nps))
}
