//! Who works there, what everyone thinks in each wave, and who says so.

use super::truth::{
    ADOPTION, ARMS, BARRIERS, DRIVERS, EXPERIMENT, LESS, OUTAGE, RATED, RATINGS, TEAMS, THROW, WAVES, WORSE, score,
};
use crate::response::Missing;
use crate::survey::chance::Chance;

/// How long people have been there.
const TENURES: [(&str, usize); 3] = [("under_1", 25), ("1_to_3", 40), ("over_3", 35)];

/// What they do.
const ROLES: [(&str, usize); 4] = [("backend", 40), ("frontend", 25), ("data", 15), ("operations", 20)];

/// Whether they have to use the platform.
const MANDATES: [(&str, usize); 3] = [("mandated", 45), ("voluntary", 35), ("participatory", 20)];

/// How many in 100 answer.
const ANSWERING: usize = 60;

/// How many in 100 stop before the end.
const STOPPING: usize = 5;

/// How many in 100 skip a question, and how many say of a rating that it doesn't apply.
const LEAVING_OUT: usize = 3;

/// How many in 100 comment.
const COMMENTING: usize = 20;

/// How many questions there are besides the comment.
pub(super) const QUESTIONS: usize = 9;

/// The place of the question about barriers, which is asked only of those who don't use the platform daily.
const ASKED_OF_SOME: usize = 7;

const COMMENTS: [&str; 8] = [
    "The build queue is the slowest part of my day",
    "Templates save me an afternoon on every new service",
    "I still look things up in chat because the pages are old",
    "Deploying is easy once everything is set up",
    "Support answered within the hour",
    "We keep our own scripts for the odd cases",
    "Preview environments are the best thing here",
    "Too many steps before anything runs",
];

const OF_THE_OUTAGE: [&str; 3] =
    ["Nobody could deploy for two days", "Since the outage I keep a second way to deploy", "The status page said nothing"];

/// The organisation over its waves.
#[derive(Debug, Clone, PartialEq)]
pub struct Organisation {
    /// Who works there.
    pub people: Vec<Person>,
    /// Of each wave what became of everyone, in the order of people.
    pub waves: Vec<Vec<Reply>>,
}

/// A developer, as the organisation knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// Their team.
    pub team: &'static str,
    /// How long they have been there.
    pub tenure: &'static str,
    /// What they do.
    pub role: &'static str,
    /// Whether they have to use the platform.
    pub mandate: &'static str,
}

/// What became of one invitation.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// What they think, whether they say so or not.
    pub opinion: Opinion,
    /// Of those who answered, why a question has no answer, in the order of the survey.
    pub sent: Option<[Option<Missing>; QUESTIONS]>,
}

/// What someone thinks.
#[derive(Debug, Clone, PartialEq)]
pub struct Opinion {
    /// Whether they would recommend the platform, from 0 to 10.
    pub nps: u8,
    /// Their ratings, in the order of [`RATED`].
    pub ratings: [u8; RATED.len()],
    /// How often they use it.
    pub adoption: &'static str,
    /// Which of the [`BARRIERS`] keep them from it.
    pub barriers: [bool; BARRIERS.len()],
    /// The variant of the golden path they met and how easy it was, from 1 to 7.
    pub path: Option<(&'static str, u8)>,
    /// Their own words.
    pub comment: Option<&'static str>,
}

impl Organisation {
    /// Draws everything from a seed.
    pub fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed, "people");
        let teams = TEAMS.iter().flat_map(|(team, people)| std::iter::repeat_n(*team, *people));
        let people: Vec<Person> = teams.map(|team| Person::drawn(team, &mut chance)).collect();
        let wave = |(at, name): (usize, &&str)| {
            let mut chance = Chance::new(seed, name);
            people.iter().map(|person| Reply::drawn(person, at, &mut chance)).collect()
        };
        let waves = WAVES.iter().enumerate().map(wave).collect();
        Self { people, waves }
    }
}

impl Person {
    fn drawn(team: &'static str, chance: &mut Chance) -> Self {
        let (tenure, role, mandate) = (one_of(&TENURES, chance), one_of(&ROLES, chance), one_of(&MANDATES, chance));
        Self { team, tenure, role, mandate }
    }
}

impl Reply {
    fn drawn(person: &Person, wave: usize, chance: &mut Chance) -> Self {
        let opinion = Opinion::drawn(person, wave, chance);
        let sent = is_one(ANSWERING, chance).then(|| left_out(&opinion, chance));
        Self { opinion, sent }
    }
}

impl Opinion {
    fn drawn(person: &Person, wave: usize, chance: &mut Chance) -> Self {
        let ratings = RATED.map(|_| rating(chance));
        let outage = if wave < OUTAGE { 0 } else { 1 + throw(2, chance) };
        let worse = if person.team == WORSE { LESS } else { 0 };
        let drivers: [u8; DRIVERS] = std::array::from_fn(|at| ratings[at]);
        let throws = [throw(THROW, chance), throw(THROW, chance)];
        let words: &[&str] = if wave < OUTAGE { &COMMENTS } else { &[COMMENTS.as_slice(), &OF_THE_OUTAGE].concat() };
        Self {
            nps: score(drivers, throws, outage + worse),
            ratings,
            adoption: one_of(&ADOPTION, chance),
            barriers: BARRIERS.map(|(_, likely)| is_one(likely, chance)),
            path: (wave == EXPERIMENT).then(|| path(chance)),
            comment: is_one(COMMENTING, chance).then(|| words[chance.below(words.len())]),
        }
    }
}

/// Draws a variant of the golden path, and how easy it was: three in four find the second one a point easier.
fn path(chance: &mut Chance) -> (&'static str, u8) {
    let arm = chance.below(ARMS.len());
    let easier = u8::from(arm == 1 && is_one(75, chance));
    (ARMS[arm], 2 + throw(3, chance) + throw(3, chance) + easier)
}

/// Draws which questions someone leaves out, and why.
fn left_out(opinion: &Opinion, chance: &mut Chance) -> [Option<Missing>; QUESTIONS] {
    let stops = if is_one(STOPPING, chance) { 1 + chance.below(QUESTIONS - 1) } else { QUESTIONS };
    std::array::from_fn(|at| {
        let is_skipped = is_one(LEAVING_OUT, chance);
        let is_declined = is_one(LEAVING_OUT, chance) && (1..=RATED.len()).contains(&at);
        match at {
            ASKED_OF_SOME if opinion.adoption == ADOPTION[0].0 => Some(Missing::NotShown),
            at if at >= stops => Some(Missing::Unanswered),
            _ if is_skipped => Some(Missing::Skipped),
            _ => is_declined.then_some(Missing::NotApplicable),
        }
    })
}

/// Draws a rating from 1 to 5.
fn rating(chance: &mut Chance) -> u8 {
    let drawn = chance.below(100);
    let up_to = RATINGS.iter().scan(0, |sum, likely| {
        *sum += likely;
        Some(*sum)
    });
    (1..).zip(up_to).find(|(_, sum)| drawn < *sum).map_or(5, |(point, _)| point)
}

/// Draws a number from 0 to below a bound.
fn throw(sides: u8, chance: &mut Chance) -> u8 {
    u8::try_from(chance.below(sides.into())).unwrap_or(0)
}

/// Draws one of several, each as likely as it says in hundredths.
fn one_of(all: &[(&'static str, usize)], chance: &mut Chance) -> &'static str {
    let mut left = chance.below(100);
    let drawn = all.iter().find(|(_, likely)| {
        let is_it = left < *likely;
        left = left.saturating_sub(*likely);
        is_it
    });
    drawn.map_or("", |(name, _)| name)
}

/// Draws whether it is one of so many in a hundred.
fn is_one(many: usize, chance: &mut Chance) -> bool {
    chance.below(100) < many
}
