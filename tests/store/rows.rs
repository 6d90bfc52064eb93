//! What is written comes back.

use dxpulse::developer::store::{HistoryEntry, Kept, Outcome, Store, StoreError};
use dxpulse::response::Response;
use dxpulse::survey::wave::{Cadence, Wave};

use crate::support::*;

#[test]
fn a_draft_comes_back_as_it_was_saved() {
    let (_parent, folder) = folder();
    let survey = survey("pulse");
    let saved = draft(&survey, 7, "builds \u{1f40c} 遅い");
    Store::open(&folder).unwrap().save_draft(&survey, &saved, now()).unwrap();
    let (read, changes) = Store::open(&folder).unwrap().draft(&survey).unwrap().unwrap();
    assert_eq!(read, saved);
    assert!(changes.is_empty());
}

#[test]
fn a_later_draft_replaces_the_earlier_one_of_the_same_survey_only() {
    let (_parent, folder) = folder();
    let mut store = Store::open(&folder).unwrap();
    let (one, other) = (survey("one"), survey("other"));
    store.save_draft(&one, &draft(&one, 1, "x"), at("2026-01-01T00:00:00Z")).unwrap();
    store.save_draft(&other, &draft(&other, 2, "y"), at("2026-01-02T00:00:00Z")).unwrap();
    store.save_draft(&one, &draft(&one, 3, &"z".repeat(20_000)), at("2026-01-03T00:00:00Z")).unwrap();
    store.save_draft(&one, &draft(&one, 4, "short again"), at("2026-01-04T00:00:00Z")).unwrap();
    assert_eq!(store.draft(&one).unwrap().unwrap().0, draft(&one, 4, "short again"));
    assert_eq!(store.draft(&other).unwrap().unwrap().0, draft(&other, 2, "y"));
    let drafts = store.drafts().unwrap();
    assert_eq!(drafts.iter().map(|draft| draft.survey.as_str()).collect::<Vec<_>>(), ["one", "other"]);
    assert_eq!((drafts[0].answered, drafts[0].asked, drafts[0].saved_at), (2, 2, at("2026-01-04T00:00:00Z")));
}

#[test]
fn a_changed_question_is_noticed_when_a_draft_is_read() {
    let (_parent, folder) = folder();
    let mut survey = survey("pulse");
    let mut store = Store::open(&folder).unwrap();
    store.save_draft(&survey, &draft(&survey, 7, "x"), now()).unwrap();
    survey.questions[0].text = "Something else?".into();
    let (read, changes) = store.draft(&survey).unwrap().unwrap();
    assert_eq!(changes.altered, [id("nps")]);
    assert!(!read.replies.contains_key(&id("nps")));
}

#[test]
fn finishing_keeps_the_response_with_its_survey_and_drops_the_draft() {
    let (_parent, folder) = folder();
    let survey = survey("pulse");
    let mut store = Store::open(&folder).unwrap();
    store.save_draft(&survey, &draft(&survey, 7, "x"), now()).unwrap();
    let finished = response(&survey, "aa", 9, now());
    store.finish(&survey, SOURCE, &finished).unwrap();
    assert_eq!(store.draft(&survey).unwrap(), None);
    let stored = store.responses(Some(&survey.id)).collect::<Result<Vec<_>, _>>().unwrap();
    assert_eq!(stored.len(), 1);
    assert_eq!(&*stored[0].source, SOURCE);
    assert_eq!(Response::from_json(&survey, &stored[0].body), Some(finished));
}

#[test]
fn finishing_twice_keeps_one_response() {
    let (_parent, folder) = folder();
    let survey = survey("pulse");
    let mut store = Store::open(&folder).unwrap();
    let finished = response(&survey, "aa", 9, now());
    store.finish(&survey, SOURCE, &finished).unwrap();
    store.finish(&survey, SOURCE, &finished).unwrap();
    assert_eq!(store.responses(None).count(), 1);
}

#[test]
fn responses_keep_the_survey_of_their_day() {
    let (_parent, folder) = folder();
    let survey = survey("pulse");
    let mut store = Store::open(&folder).unwrap();
    let changed = format!("{SOURCE}# changed\n");
    for (name, source) in [("aa", SOURCE), ("bb", SOURCE), ("cc", &*changed)] {
        store.finish(&survey, source, &response(&survey, name, 9, now())).unwrap();
    }
    let sources = store.responses(None).map(|response| response.unwrap().source.to_string()).collect::<Vec<_>>();
    assert_eq!(sources, [SOURCE, SOURCE, &changed]);
}

#[test]
fn declining_is_noted_and_drops_the_draft() {
    let (_parent, folder) = folder();
    let survey = survey("pulse");
    let mut store = Store::open(&folder).unwrap();
    store.save_draft(&survey, &draft(&survey, 7, "x"), now()).unwrap();
    store.decline(&survey, None, now()).unwrap();
    assert_eq!(store.draft(&survey).unwrap(), None);
    assert_eq!(store.history().unwrap()[0].outcome, Outcome::Declined);
}

#[test]
fn what_was_dropped_is_gone_from_the_files() {
    let (_parent, folder) = folder();
    let survey = survey("pulse");
    let mut store = Store::open(&folder).unwrap();
    for length in [1, 3000, 30_000] {
        store.save_draft(&survey, &draft(&survey, 7, &"needle".repeat(length)), now()).unwrap();
    }
    store.decline(&survey, None, now()).unwrap();
    drop(store);
    let files = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    for path in files {
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(6).any(|part| part == b"needle"), "{}", path.display());
    }
}

#[test]
fn history_lists_the_newest_first() {
    let (_parent, folder) = folder();
    filled(&folder);
    let history = Store::open(&folder).unwrap().history().unwrap();
    let lines = history.iter().map(|entry| (entry.survey.as_str(), entry.outcome, entry.id.as_deref())).collect::<Vec<_>>();
    let (answered, declined) = (Outcome::Answered, Outcome::Declined);
    assert_eq!(lines, [("barriers", declined, None), ("pulse", answered, Some("bb")), ("pulse", answered, Some("aa"))]);
}

#[test]
fn a_sound_store_passes_its_check() {
    let (_parent, folder) = folder();
    filled(&folder);
    Store::open(&folder).unwrap().check().unwrap();
}

#[test]
fn a_database_of_version_1_still_loads() {
    let (_parent, folder) = folder();
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy("tests/fixtures/store-v1.db", database(&folder)).unwrap();
    let store = Store::open(&folder).unwrap();
    store.check().unwrap();
    let drafts = store.drafts().unwrap();
    assert_eq!((drafts[0].survey.as_str(), drafts[0].answered, drafts[0].asked), ("pulse", 2, 2));
    assert_eq!(drafts[0].file, None);
    let (draft, _) = store.draft(&survey("pulse")).unwrap().unwrap();
    assert_eq!((draft.language.as_str(), draft.started_at), ("en", now()));
    let history = store.history().unwrap();
    assert_eq!(history.iter().map(|entry| entry.survey.as_str()).collect::<Vec<_>>(), ["barriers", "pulse", "pulse"]);
    let responses = store.responses(None).collect::<Result<Vec<_>, _>>().unwrap();
    assert_eq!(responses.iter().map(|response| &response.body["answers"]["nps"]).collect::<Vec<_>>(), [9, 4]);
    assert!(responses.iter().all(|response| &*response.source == SOURCE));
}

#[test]
fn a_database_of_version_2_still_loads() {
    let (_parent, folder) = folder();
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy("tests/fixtures/store-v2.db", database(&folder)).unwrap();
    let store = Store::open(&folder).unwrap();
    store.check().unwrap();
    let files = store.drafts().unwrap().into_iter().map(|draft| (draft.survey.to_string(), draft.file)).collect::<Vec<_>>();
    assert_eq!(files, [("team".to_owned(), Some("/home/me/team.toml".into())), ("pulse".to_owned(), None)]);
    let history = store.history().unwrap();
    assert_eq!((history.len(), history.iter().find_map(|entry| entry.wave.clone())), (3, None));
    assert_eq!(store.responses(None).count(), 2);
}

#[test]
fn a_database_of_version_2_takes_waves_beside_what_it_has() {
    let (_parent, folder) = folder();
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy("tests/fixtures/store-v2.db", database(&folder)).unwrap();
    let mut store = Store::open(&folder).unwrap();
    let (before, pulse) = (store.history().unwrap(), survey("pulse"));
    let finished = response(&pulse, "cc", 7, at("2026-11-09T08:00:00Z"));
    store.finish(&pulse, SOURCE, &Response { wave: Some("2026-Q4".to_owned()), ..finished }).unwrap();
    store.decline(&survey("barriers"), Some("2026-11"), at("2026-11-10T08:00:00Z")).unwrap();
    drop(store);
    let store = Store::open(&folder).unwrap();
    store.check().unwrap();
    let history = store.history().unwrap();
    assert_eq!(history.iter().map(|entry| entry.wave.as_deref()).collect::<Vec<_>>()[..2], [Some("2026-11"), Some("2026-Q4")]);
    assert_eq!(history[2..], before);
}

#[test]
fn a_database_of_version_3_still_loads() {
    let (_parent, folder) = folder();
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy("tests/fixtures/store-v3.db", database(&folder)).unwrap();
    let store = Store::open(&folder).unwrap();
    store.check().unwrap();
    let waves = store.history().unwrap().into_iter().map(|entry| (entry.survey.to_string(), entry.wave)).collect::<Vec<_>>();
    let wave = |id: &str| Some(id.to_owned());
    let expected = [("barriers", wave("2026-Q1")), ("pulse", wave("2026-Q1")), ("pulse", None)];
    assert_eq!(waves, expected.map(|(survey, wave)| (survey.to_owned(), wave)));
    let bodies = store.responses(None).map(|response| response.unwrap().body["wave"].clone()).collect::<Vec<_>>();
    assert_eq!(bodies, [serde_json::Value::Null, "2026-Q1".into()]);
    assert_eq!(store.drafts().unwrap().len(), 1);
}

#[test]
fn an_altered_wave_is_damage() {
    for table in ["responses", "declines"] {
        let (_parent, folder) = folder();
        filled(&folder);
        let direct = rusqlite::Connection::open(database(&folder)).unwrap();
        let altered = direct.execute(&format!("UPDATE {table} SET wave = '2026-Q2' WHERE wave IS NOT NULL"), []).unwrap();
        assert_eq!(altered, 1);
        drop(direct);
        assert!(matches!(Store::open(&folder).unwrap().history(), Err(StoreError::Corrupt { .. })), "{table}");
    }
}

#[test]
fn what_is_stored_settles_a_survey_for_its_wave_or_without_waves_for_its_version() {
    let entry = |wave: Option<&str>, time: &str| HistoryEntry {
        id: None,
        survey: survey_id("pulse"),
        title: "Pulse".to_owned(),
        version: 3,
        wave: wave.map(str::to_owned),
        outcome: Outcome::Answered,
        at: at(time),
    };
    let quarter = Wave::Every(Cadence::Quarterly).at("2026-11-09".parse().unwrap()).unwrap();
    let summer = chrono::FixedOffset::east_opt(2 * 3600).unwrap();
    let cases = [
        (entry(Some("2026-Q4"), "2026-11-09T08:00:00Z"), "pulse", 9, true),
        (entry(Some("2026-Q3"), "2026-11-09T08:00:00Z"), "pulse", 3, false),
        (entry(Some("2026-Q4"), "2026-11-09T08:00:00Z"), "other", 3, false),
        (entry(None, "2026-11-09T08:00:00Z"), "pulse", 9, true),
        (entry(None, "2026-09-30T21:59:59Z"), "pulse", 3, false),
        (entry(None, "2026-09-30T22:00:00Z"), "pulse", 3, true),
    ];
    for (entry, id, version, settles) in cases {
        assert_eq!(entry.settles(&survey_id(id), version, Some(&quarter), &summer), settles, "{entry:?}");
    }
    let without = entry(Some("2026-Q4"), "2026-11-09T08:00:00Z");
    assert!(without.settles(&survey_id("pulse"), 3, None, &summer) && !without.settles(&survey_id("pulse"), 4, None, &summer));
}

#[test]
fn a_draft_keeps_the_file_its_survey_was_last_taken_from() {
    let (_parent, folder) = folder();
    let survey = survey("pulse");
    let mut store = Store::open(&folder).unwrap();
    for file in [Some("/one/pulse.toml"), Some("/other/pulse.toml"), None] {
        let file = file.map(std::path::Path::new);
        let draft = draft(&survey, 7, "x");
        store.keep(&survey, Kept { draft: &draft, progress: draft.progress(&survey), file }, now()).unwrap();
        assert_eq!(store.drafts().unwrap()[0].file.as_deref(), file);
    }
}
