//! SIGKILL at random moments, inside a save above all: no answer that was shown as saved may be lost.
//!
//! One trial is a person with bad luck: they start, answer, are killed, look whether everything is there, resume, and so on.

mod claims;
mod typist;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use chrono::DateTime;
use dxpulse::developer::store::{Store, StoreError};
use dxpulse::response::{Answer, Draft, Place, Reply};
use dxpulse::survey::parse::parse;
use dxpulse::survey::{Kind, Question, Survey};

use crate::support::{Home, Random, Screen, dxpulse, shown};
use crate::trials::{Plan, Verdict};
use claims::Claims;
use typist::Stroke;

/// From here on a campaign without a loss counts.
const JUDGED_FROM: u64 = 1000;

/// How often one person is killed.
const KILLS: u64 = 6;

/// A survey with every type of question that asks everyone the same, so that a place in it is a number of keys away.
const SURVEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/surveys/good/week.toml");

/// How long a key may take to show before the next one is pressed anyway; most of those change nothing.
const PATIENCE: Duration = Duration::from_millis(80);

/// Runs the campaign.
pub(crate) fn campaign(plan: &Plan) -> Verdict {
    let survey = survey();
    claims::prove(&survey, &example(&survey));
    let tally = Tally::default();
    let verdict = plan.carry_out(JUDGED_FROM, KILLS, |seed| {
        let trial = catch_unwind(AssertUnwindSafe(|| trial(&survey, &mut Random::new(seed), &tally)));
        trial.unwrap_or_else(|_| Err("a wait was in vain, see above".to_owned()))
    });
    let note = |count: AtomicU64, what: &str| format!("{} {what}", count.into_inner());
    verdict.note(&note(tally.claimed, "replies claimed")).note(&note(tally.saving, "killed while saving"))
}

/// What the campaign was worth: a kill that meets no save proves little.
#[derive(Default)]
struct Tally {
    claimed: AtomicU64,
    saving: AtomicU64,
}

fn trial(survey: &Survey, random: &mut Random, tally: &Tally) -> Result<(), String> {
    let home = Home::new();
    let mut claims = Claims::default();
    let mut resumed_at = Some(survey.questions[0].id.clone());
    for kill in 1..=KILLS {
        let context = |what: String| format!("kill {kill}: {what}");
        let mut screen = dxpulse(["take", SURVEY]).home(&home).start();
        screen.within(Duration::from_secs(20), |text| !text.trim().is_empty()).map_err(context)?;
        screen.settle();
        let first = screen.text();
        let shown = typist::question(survey, &first).map(|question| question.id.clone());
        if shown != resumed_at {
            return Err(context(format!("expected to resume at {resumed_at:?}, but the screen shows:\n{first}")));
        }
        answer_until_killed(survey, random, &mut screen, &mut claims);
        let stored = stored(&home, survey).map_err(context)?;
        if let Some(broken) = claims.broken_by(survey, stored.as_ref()) {
            return Err(context(format!("{broken}; last screen:\n{}", screen.text())));
        }
        tally.claimed.fetch_add(claims.count as u64, Ordering::Relaxed);
        tally.saving.fetch_add(u64::from(screen.text().contains("… saving")), Ordering::Relaxed);
        claims = believed(stored.as_ref());
        resumed_at = match stored.map(|draft| draft.place) {
            None => Some(survey.questions[0].id.clone()),
            Some(Place::Question(id)) => Some(id),
            Some(Place::Review) => None,
        };
    }
    Ok(())
}

/// Gives what was found stored as the claims a resumed screen starts from.
fn believed(stored: Option<&Draft>) -> Claims {
    let replies = stored.map(|draft| draft.replies.clone()).unwrap_or_default();
    Claims { count: replies.len(), replies, ..Claims::default() }
}

/// Answers at random, then kills the program shortly after a last key.
fn answer_until_killed(survey: &Survey, random: &mut Random, screen: &mut Screen, claims: &mut Claims) {
    for _ in 0..random.within(0..9) {
        let (before, stroke) = press(survey, random, screen, claims, typist::stroke);
        if let Ok(after) = screen.within(PATIENCE, |text| text != before && shown::saved(text).is_some()) {
            believe(survey, &before, &after, stroke, claims);
        }
    }
    press(survey, random, screen, claims, typist::answer);
    // Evenly over the magnitudes from 32 µs to 8 ms, which is where a key's frame, its save and the frame after it fall.
    let magnitude = 1 << random.within(5..13);
    thread::sleep(Duration::from_micros(random.within(magnitude..2 * magnitude)));
    screen.kill();
    look(survey, &screen.text(), claims);
}

type Choose = fn(&mut Random, Option<&Question>) -> Stroke;

/// Presses a key that suits what is shown, and gives what was shown.
fn press(survey: &Survey, random: &mut Random, screen: &mut Screen, claims: &mut Claims, choose: Choose) -> (String, Stroke) {
    let before = screen.text();
    let question = typist::question(survey, &before);
    let stroke = choose(random, question);
    if let (true, Some(question)) = (stroke.touches, question) {
        claims.doubtful.insert(question.id.clone());
    }
    claims.under_way += 1;
    screen.press(&stroke.key);
    (before, stroke)
}

/// Takes a screen that answers the last key: a question that was left with an answer is claimed to be saved.
fn believe(survey: &Survey, before: &str, after: &str, stroke: Stroke, claims: &mut Claims) {
    claims.under_way = 0;
    let (from, to) = (typist::question(survey, before), typist::question(survey, after));
    if let (Some(from), Some(reply), true) = (from, stroke.reply, from != to) {
        claims.replies.insert(from.id.clone(), reply);
        claims.doubtful.remove(&from.id);
    }
    look(survey, after, claims);
}

/// Takes what the screen claims now.
fn look(survey: &Survey, text: &str, claims: &mut Claims) {
    let Some(count) = shown::saved(text) else {
        claims.place = None;
        return;
    };
    claims.count = count;
    claims.place = typist::question(survey, text).map(|question| question.id.clone());
}

fn survey() -> Survey {
    parse(include_str!("../../surveys/good/week.toml")).expect("the survey has no problems")
}

/// Gives a draft with three answers to prove the comparison on.
fn example(survey: &Survey) -> Draft {
    let mut draft = Draft::start(survey, DateTime::UNIX_EPOCH);
    let scales = survey.questions.iter().filter(|question| matches!(question.kind, Kind::Scale { .. }));
    for (question, point) in scales.zip(1..=3) {
        draft.replies.insert(question.id.clone(), Reply::Given(Answer::Scale(point)));
    }
    draft
}

/// Gives the draft as the program would find it again.
fn stored(home: &Home, survey: &Survey) -> Result<Option<Draft>, String> {
    let explain = |error: StoreError| format!("the store can't be read after the kill: {error}");
    let Some(store) = Store::open_existing(&home.path().join("data")).map_err(explain)? else { return Ok(None) };
    Ok(store.draft(survey).map_err(explain)?.map(|(draft, _)| draft))
}
