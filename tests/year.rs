//! A year of a thousand developers with twelve surveys: who is prompted how often. `cargo test --test year -- --nocapture` prints it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails where it stands")]

#[path = "support/random.rs"]
mod random;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use dxpulse::developer::listing::State;
use dxpulse::developer::prompting::{Candidate, Memory, Occasion, Situation, Span, decide, first_to_ask};
use dxpulse::survey::wave::Cadence;
use dxpulse::survey::{SurveyId, Trigger, Wave};
use random::Random;

const PEOPLE: u64 = 1000;
const DAYS: i64 = 365;

/// How long nobody is prompted again, whatever the survey.
const BETWEEN: TimeDelta = TimeDelta::days(14);

/// The share of prompts that are answered.
const ANSWERED: f64 = 0.3;

/// A survey of the year: its name, its waves and what it waits for.
struct Asked {
    id: SurveyId,
    wave: Wave,
    trigger: Option<Trigger>,
}

/// Three that are asked on a day of their wave, and nine that wait for a command or an event, most of them for ever again.
fn surveys() -> Vec<Asked> {
    let asked = |name: &str, cadence, trigger| Asked { id: SurveyId::new(name).unwrap(), wave: Wave::Every(cadence), trigger };
    let command = |name: &str, sample| {
        let commands = vec![format!("{name} *")];
        asked(&format!("after-{name}"), Cadence::Evergreen, Some(Trigger { commands, sample, ..Trigger::default() }))
    };
    let event = Trigger { events: vec!["incident.closed".to_owned()], ..Trigger::default() };
    let mut surveys = vec![
        asked("quarter", Cadence::Quarterly, None),
        asked("year", Cadence::Yearly, None),
        asked("month", Cadence::Monthly, None),
        asked("incident", Cadence::Quarterly, Some(event)),
    ];
    surveys.extend(["deploy", "build", "test", "review", "merge", "rollback"].map(|name| command(name, None)));
    surveys.extend([("login", 0.25), ("scaffold", 0.5)].map(|(name, sample)| command(name, Some(sample))));
    surveys
}

/// A developer, and what became of them.
struct Person {
    memory: Memory,
    /// The waves that were answered, and when.
    answered: BTreeMap<(usize, String), DateTime<Utc>>,
    prompts: Vec<(usize, String, DateTime<Utc>)>,
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// The wave that a survey is in, its time, and when the next one opens.
type Turn = (String, Span, Option<DateTime<Utc>>);

/// A day of the calendar: the turn of each survey.
type Day = Vec<Turn>;

fn day_of(surveys: &[Asked], day: NaiveDate) -> Day {
    let of = |asked: &Asked| {
        let (period, reopens) = (asked.wave.at(day).unwrap(), asked.wave.next_opening(day).map(midnight));
        let span = Span { opens: midnight(period.opens), closes: reopens.unwrap(), is_evergreen: asked.wave.is_evergreen() };
        (period.id, span, reopens)
    };
    surveys.iter().map(of).collect()
}

impl Person {
    fn candidates<'s>(&self, surveys: &'s [Asked], day: &Day) -> Vec<Candidate<'s>> {
        let candidate = |(at, (asked, (wave, span, reopens))): (usize, (&'s Asked, &Turn))| {
            let answers = || self.answered.iter().filter(|((survey, _), _)| *survey == at);
            Candidate {
                id: &asked.id,
                wave: wave.clone(),
                trigger: asked.trigger.as_ref(),
                grace_days: None,
                span: Some(*span),
                state: answers().find(|((_, known), _)| known == wave).map_or(State::Open, |(_, at)| State::Answered(*at)),
                reopens: *reopens,
                settled_at: answers().map(|(_, when)| *when).max(),
                is_muted: false,
                is_bundled: false,
            }
        };
        surveys.iter().zip(day).enumerate().map(candidate).collect()
    }

    /// Lives through a day of prompts, commands and perhaps an incident.
    fn day(&mut self, surveys: &[Asked], (date, day): (NaiveDate, &Day), random: &mut Random) {
        let names = ["deploy", "build", "test", "review", "merge", "rollback", "login", "scaffold", "ls", "git"];
        let (candidates, settled) = (self.candidates(surveys, day), self.answered.values().max().copied());
        for hour in [9, 14] {
            let now = midnight(date) + TimeDelta::hours(hour) + TimeDelta::seconds(random.within(0..3600) as i64);
            let line = format!("{} x", random.pick(&names));
            let mut occasions = vec![Occasion::Command { line: &line, succeeded: true, seconds: 5 }, Occasion::Prompt];
            if random.within(0..100) == 0 {
                occasions.push(Occasion::Event("incident.closed"));
            }
            self.memory.meet(&candidates, now, || random.within(0..1 << 30) as f64 / f64::from(1 << 30));
            let here = |occasion| Situation { occasion, directory: "/", home: "/", repository: None };
            let may = |candidate: &&Candidate<'_>| {
                occasions.iter().any(|occasion| decide(candidate, &self.memory, &here(*occasion), settled, now).is_ok())
            };
            let Some(chosen) = first_to_ask(candidates.iter().filter(may)) else { continue };
            self.memory.prompted(chosen.id.as_str(), now);
            let at = surveys.iter().position(|asked| asked.id == *chosen.id).unwrap();
            self.prompts.push((at, chosen.wave.clone(), now));
            if random.within(0..1000) < (ANSWERED * 1000.0) as u64 {
                self.answered.insert((at, chosen.wave.clone()), now + TimeDelta::minutes(1));
            }
            // What became of it counts from the next day on; until then the prompt itself keeps everything else away.
        }
    }
}

#[test]
fn nobody_is_prompted_more_often_than_the_budget_and_no_survey_starves() {
    let (surveys, first) = (surveys(), NaiveDate::from_ymd_opt(2026, 1, 1).unwrap());
    assert_eq!(surveys.len(), 12);
    let mut random = Random::new(1);
    let dates: Vec<NaiveDate> = (0..DAYS).map(|day| first + TimeDelta::days(day)).collect();
    let calendar: Vec<(NaiveDate, Day)> = dates.iter().map(|date| (*date, day_of(&surveys, *date))).collect();
    let people: Vec<Person> = (0..PEOPLE)
        .map(|_| {
            let memory = Memory::begin(midnight(first));
            let mut person = Person { memory, answered: BTreeMap::new(), prompts: Vec::new() };
            calendar.iter().for_each(|(date, day)| person.day(&surveys, (*date, day), &mut random));
            person
        })
        .collect();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    people.iter().for_each(|person| *counts.entry(person.prompts.len()).or_default() += 1);
    println!("prompts a year   people");
    counts.iter().for_each(|(prompts, people)| println!("{prompts:>14}   {people:>6}  {}", "█".repeat(people / 10)));
    let most = (DAYS as usize).div_ceil(BETWEEN.num_days() as usize);
    assert!(counts.keys().all(|prompts| *prompts <= most), "{counts:?}");
    for person in &people {
        let times: Vec<DateTime<Utc>> = person.prompts.iter().map(|(_, _, at)| *at).collect();
        assert!(times.windows(2).all(|pair| pair[1] - pair[0] > BETWEEN), "{times:?}");
        assert!(times.first().is_none_or(|at| *at > midnight(first) + BETWEEN), "the grace");
        for survey in 0..surveys.len() {
            let of: Vec<_> = person.prompts.iter().filter(|(at, ..)| *at == survey).collect();
            let answers = person.answered.keys().filter(|(at, _)| *at == survey).count();
            assert!(of.len() <= 5 * (answers + 1), "five without an answer end a survey");
        }
    }
    println!("\nsurvey           prompted in a wave, of all people");
    for (at, asked) in surveys.iter().enumerate() {
        let waves: std::collections::BTreeSet<String> =
            (0..DAYS).map(|day| asked.wave.at(first + TimeDelta::days(day)).unwrap().id).collect();
        let reached = |wave: &String| {
            people.iter().filter(|person| person.prompts.iter().any(|(of, id, _)| *of == at && id == wave)).count()
        };
        let share = waves.iter().map(reached).sum::<usize>() as f64 / waves.len() as f64 / PEOPLE as f64;
        println!("{:<16} {:>5.1} %", asked.id.as_str(), share * 100.0);
        if asked.id.as_str() == "quarter" {
            assert!(share > 0.5, "frequent surveys starve the quarterly one: {share}");
        }
    }
}
