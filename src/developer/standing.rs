//! How far the developer is with every survey, worked out of the catalog and the store.

use crate::developer::catalog::{Catalog, Listed};
use crate::developer::listing::{Standing, State};
use crate::developer::store::{DraftSummary, HistoryEntry, Outcome, Store, StoreError};

/// Gives the surveys of the catalog in its order, then drafts of files and of surveys that are gone; without a store all
/// are open.
///
/// What was answered or declined counts only for the version that is there: a new one is open again.
///
/// # Errors
/// When the store can't be read or is damaged.
pub fn standings(catalog: &Catalog, store: Option<&Store>) -> Result<Vec<Standing>, StoreError> {
    let (drafts, history) = match store {
        Some(store) => (store.drafts()?, store.history()?),
        None => (Vec::new(), Vec::new()),
    };
    let known = catalog.heads().iter().map(|listed| Standing {
        id: listed.head.id.clone(),
        title: listed.head.title.to_string(),
        minutes: Some(listed.minutes),
        state: state(listed, &drafts, &history),
        file: None,
    });
    let mut standings: Vec<Standing> = known.collect();
    for draft in &drafts {
        let place = standings.iter().position(|standing| standing.id == draft.survey);
        match (place, elsewhere(catalog, draft)) {
            // A draft is gone on with where it was begun, also if a list has a survey of the same id.
            (Some(place), standing) if standing.is_there() => standings[place] = standing,
            (Some(_), _) => {}
            (None, standing) => standings.push(standing),
        }
    }
    Ok(standings)
}

/// Gives the standing of a draft whose survey is in a file, which may be gone or be another survey by now.
fn elsewhere(catalog: &Catalog, draft: &DraftSummary) -> Standing {
    let standing = |title: String, minutes| Standing {
        id: draft.survey.clone(),
        title,
        minutes,
        state: kept(draft),
        file: draft.file.clone(),
    };
    let Some(file) = &draft.file else { return standing("(its file is not in your surveys folder)".to_owned(), None) };
    match catalog.find(&file.to_string_lossy()) {
        Ok(found) if found.survey.id == draft.survey => {
            let minutes = found.survey.minutes();
            standing(found.survey.title.to_string(), Some(minutes))
        }
        Ok(found) => standing(format!("(its file has the survey {} now)", found.survey.id), None),
        Err(_) if !file.exists() => standing("(its file is gone)".to_owned(), None),
        Err(_) => standing("(its file can't be read)".to_owned(), None),
    }
}

/// Gives what to answer when nothing was named: the draft saved last, else the first survey that is open.
pub fn next(standings: &[Standing]) -> Option<&Standing> {
    let there = || standings.iter().filter(|standing| standing.is_there());
    let saved_at = |standing: &&Standing| match standing.state {
        State::Draft { saved_at, .. } => Some(saved_at),
        _ => None,
    };
    let draft = there().filter(|standing| saved_at(standing).is_some()).max_by_key(saved_at);
    draft.or_else(|| there().find(|standing| standing.state == State::Open))
}

fn state(listed: &Listed, drafts: &[DraftSummary], history: &[HistoryEntry]) -> State {
    let last = |entry: &&HistoryEntry| entry.survey == listed.head.id && entry.version == listed.head.version;
    match (drafts.iter().find(|draft| draft.survey == listed.head.id), history.iter().find(last)) {
        (Some(draft), _) => kept(draft),
        (None, Some(entry)) if entry.outcome == Outcome::Answered => State::Answered(entry.at),
        (None, Some(entry)) => State::Declined(entry.at),
        (None, None) => State::Open,
    }
}

fn kept(draft: &DraftSummary) -> State {
    State::Draft { answered: draft.answered, asked: draft.asked, saved_at: draft.saved_at }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use chrono::{DateTime, Utc};
    use serde_json::json;

    use super::*;
    use crate::response::{Draft, Response, json as shape};
    use crate::survey::{Survey, parse};

    fn source(id: &str, version: u32) -> String {
        format!(
            "id = \"{id}\"\ntitle = \"T\"\nversion = {version}\n\n[[question]]\nid = \"q\"\ntype = \"nps\"\ntext = \"How likely?\"\n"
        )
    }

    fn survey(id: &str, version: u32) -> Survey {
        parse::parse(&source(id, version)).unwrap()
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn answer(store: &mut Store, id: &str, version: u32) {
        let (survey, answers) = (survey(id, version), json!({ "q": 9 }));
        let (replies, _) = shape::from_objects(&survey, answers.as_object().unwrap(), &serde_json::Map::new());
        let draft = Draft { replies, ..Draft::start(&survey, at(0)) };
        let response = Response::finish(&survey, &draft, format!("{id}-{version}"), at(0)).unwrap();
        store.finish(&survey, &source(id, version), &response).unwrap();
    }

    fn of(standings: &[Standing], id: &str) -> State {
        standings.iter().find(|standing| standing.id.as_str() == id).unwrap().state.clone()
    }

    #[test]
    fn only_what_became_of_the_version_that_is_there_counts() {
        let folder = tempfile::tempdir().unwrap();
        for (id, version) in [("answered", 1), ("renewed", 2), ("declined", 1), ("begun", 1), ("open", 1)] {
            fs::write(folder.path().join(format!("{id}.toml")), source(id, version)).unwrap();
        }
        let mut store = Store::open(&folder.path().join("data")).unwrap();
        ["answered", "renewed", "begun"].iter().for_each(|id| answer(&mut store, id, 1));
        store.decline(&survey("declined", 1), at(1)).unwrap();
        for (id, when) in [("begun", 2), ("gone", 3)] {
            store.save_draft(&survey(id, 1), &Draft::start(&survey(id, 1), at(0)), at(when)).unwrap();
        }
        let standings = standings(&Catalog::open(folder.path()), Some(&store)).unwrap();
        assert_eq!(of(&standings, "answered"), State::Answered(at(0)));
        assert_eq!(of(&standings, "renewed"), State::Open);
        assert_eq!(of(&standings, "declined"), State::Declined(at(1)));
        assert_eq!(of(&standings, "begun"), State::Draft { answered: 0, asked: 1, saved_at: at(2) });
        let last = standings.last().unwrap();
        assert_eq!((last.id.as_str(), last.is_there()), ("gone", false));
        assert_eq!(next(&standings).unwrap().id.as_str(), "begun", "the draft of a survey that is gone can't be answered");
    }

    #[test]
    fn the_draft_of_a_file_is_gone_on_with_from_that_file_while_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("mine.toml"), source("mine", 1)).unwrap();
        fs::write(path("twin.toml"), source("platform-pulse", 9)).unwrap();
        fs::write(path("other.toml"), source("something-else", 1)).unwrap();
        let mut store = Store::open(&path("data")).unwrap();
        let drafts = [("mine", "mine.toml"), ("platform-pulse", "twin.toml"), ("other", "other.toml"), ("gone", "gone.toml")];
        for (when, (id, file)) in (1..).zip(drafts) {
            let draft = Draft::start(&survey(id, 1), at(0));
            store.save_draft_of_file(&survey(id, 1), Some(&path(file)), &draft, at(when)).unwrap();
        }
        let catalog = Catalog::open(&path("none"));
        let found = standings(&catalog, Some(&store)).unwrap();
        let named = |id: &str| found.iter().find(|standing| standing.id.as_str() == id).unwrap();
        assert_eq!((named("mine").is_there(), named("mine").name()), (true, path("mine.toml").display().to_string()));
        assert_eq!(named("platform-pulse").name(), path("twin.toml").display().to_string());
        assert_eq!((named("other").is_there(), named("gone").is_there()), (false, false));
        assert_eq!((named("gone").title.as_str(), &named("gone").file), ("(its file is gone)", &Some(path("gone.toml"))));
        assert_eq!(next(&found).unwrap().id.as_str(), "platform-pulse");
        fs::remove_file(path("twin.toml")).unwrap();
        let found = standings(&catalog, Some(&store)).unwrap();
        assert_eq!(next(&found).unwrap().id.as_str(), "platform-pulse", "the bundled one of the same id takes its draft");
    }

    #[test]
    fn without_a_store_all_is_open_and_the_first_survey_comes_next() {
        let catalog = Catalog::open(std::path::Path::new("nowhere"));
        let standings = standings(&catalog, None).unwrap();
        assert!(standings.iter().all(|standing| standing.state == State::Open));
        assert_eq!(next(&standings), standings.first());
        assert_eq!(next(&[]), None);
    }
}
