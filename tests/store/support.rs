//! A small survey, drafts and responses for it, and a child process that is this very test.

use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{DateTime, Utc};
use dxpulse::developer::store::Store;
use dxpulse::response::{Answer, Draft, Missing, Reply, Response};
use dxpulse::survey::{Kind, Length, Measure, Question, QuestionId, Scale, Survey, SurveyId};
use tempfile::TempDir;

/// Names the scenario that a child process runs.
pub(crate) const CHILD: &str = "DXPULSE_STORE_CHILD";

pub(crate) const SOURCE: &str = "id = \"pulse\"\ntitle = \"Pulse\"\n";

pub(crate) fn folder() -> (TempDir, PathBuf) {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("dxpulse");
    (parent, folder)
}

pub(crate) fn at(time: &str) -> DateTime<Utc> {
    time.parse().unwrap()
}

pub(crate) fn now() -> DateTime<Utc> {
    at("2026-03-31T12:00:00Z")
}

pub(crate) fn id(text: &str) -> QuestionId {
    QuestionId::new(text).unwrap()
}

pub(crate) fn survey_id(text: &str) -> SurveyId {
    SurveyId::new(text).unwrap()
}

/// A survey with an NPS question and its reason.
pub(crate) fn survey(name: &str) -> Survey {
    let nps = Kind::Scale { measure: Measure::Nps, scale: Scale::new(0, 10) };
    let reason = Kind::Text { length: Length::Long, max_length: 100_000 };
    let question = |name: &str, kind| Question::new(id(name), format!("What about {name}?"), kind);
    let questions = vec![question("nps", nps), question("reason", reason)];
    Survey { version: 3, ..Survey::new(survey_id(name), "Pulse", "en", questions) }
}

/// A draft with a score and a reason.
pub(crate) fn draft(survey: &Survey, score: u8, reason: &str) -> Draft {
    let mut draft = Draft::start(survey, now());
    draft.replies.insert(id("nps"), Reply::Given(Answer::Scale(score)));
    draft.replies.insert(id("reason"), Reply::Given(Answer::Text(reason.to_owned())));
    draft
}

/// A response with a score and no reason.
pub(crate) fn response(survey: &Survey, name: &str, score: u8, answered_at: DateTime<Utc>) -> Response {
    let mut replies = dxpulse::response::Replies::new();
    replies.insert(id("nps"), Reply::Given(Answer::Scale(score)));
    replies.insert(id("reason"), Reply::Missing(Missing::Skipped));
    Response::finish(survey, &Draft { replies, ..Draft::start(survey, answered_at) }, name.to_owned(), answered_at).unwrap()
}

pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("dxpulse.db")
}

/// Everything a store holds, read back through every way there is.
pub(crate) fn everything(store: &Store, survey: &Survey) -> Result<String, dxpulse::developer::store::StoreError> {
    let draft = store.draft(survey)?;
    let drafts = store.drafts()?;
    let history = store.history()?;
    let responses = store.responses(None).collect::<Result<Vec<_>, _>>()?;
    Ok(format!("{draft:?}\n{drafts:?}\n{history:?}\n{responses:?}"))
}

/// A store with a draft, two responses and a declined survey, closed again; the later response and the decline have a wave.
pub(crate) fn filled(folder: &Path) {
    let survey = survey("pulse");
    let mut store = Store::open(folder).unwrap();
    store.finish(&survey, SOURCE, &response(&survey, "aa", 9, at("2026-01-05T08:00:00Z"))).unwrap();
    let later = response(&survey, "bb", 4, at("2026-02-05T08:00:00Z"));
    store.finish(&survey, SOURCE, &Response { wave: Some("2026-Q1".to_owned()), ..later }).unwrap();
    store.decline(&self::survey("barriers"), Some("2026-Q1"), at("2026-02-06T08:00:00Z")).unwrap();
    store.save_draft(&survey, &draft(&survey, 7, "waiting for builds"), now()).unwrap();
}

/// Says which scenario this process runs, if it is a child.
pub(crate) fn scenario() -> Option<String> {
    std::env::var(CHILD).ok()
}

/// A command that runs one test of this program again, as a child with a scenario.
pub(crate) fn child(program: &Path, test: &str, scenario: &str) -> Command {
    let mut command = Command::new(program);
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]).env(CHILD, scenario);
    command
}

pub(crate) fn this_program() -> PathBuf {
    std::env::current_exe().unwrap()
}
