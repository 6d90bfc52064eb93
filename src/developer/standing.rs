//! How far the developer is with every survey, worked out of the catalog and the store.

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::developer::catalog::{Catalog, Listed, Origin};
use crate::developer::listing::{Standing, State, Title};
use crate::developer::store::{DraftSummary, HistoryEntry, Outcome, Store, StoreError};
use crate::survey::Wave;
use crate::survey::wave::Period;

/// Gives the surveys of the catalog, those that close soonest first, then drafts of files and of surveys that are gone;
/// without a store none is answered.
///
/// What waits for an occasion, or to be asked for by name, is there on request rather than open. What was answered or
/// declined counts only for the wave that is open, or, without waves, for the version that is there: a new one is open again.
/// What is answered on another machine is left out, and what can't be answered from here.
///
/// # Errors
/// When the store can't be read or is damaged.
pub fn standings(catalog: &Catalog, store: Option<&Store>, now: DateTime<FixedOffset>) -> Result<Vec<Standing>, StoreError> {
    let (mut drafts, history, barred) = match store {
        Some(store) => (store.drafts()?, store.history()?, store.barred()?),
        None => (Vec::new(), Vec::new(), Vec::new()),
    };
    let is_barred = |listed: &Listed| matches!(listed.origin, Origin::Wave(id) if barred.contains(&id));
    let today = now.date_naive();
    let (elsewhere_now, here): (Vec<&Listed>, Vec<&Listed>) =
        catalog.listed().iter().partition(|listed| listed.is_elsewhere || is_barred(listed));
    drafts.retain(|draft| draft.file.is_some() || !elsewhere_now.iter().any(|listed| listed.id == draft.survey));
    let known = here.into_iter().map(|listed| {
        let turn = Turn::of(listed.wave.as_ref(), today);
        let state = turn.closed().unwrap_or_else(|| state(listed, turn.period.as_ref(), &drafts, &history, now.offset()));
        turn.standing(Standing {
            id: listed.id.clone(),
            title: Title::Of(catalog.title(&listed.title).to_owned()),
            minutes: Some(listed.minutes),
            state,
            wave: None,
            until: None,
            file: None,
        })
    });
    let mut standings: Vec<Standing> = known.collect();
    standings.sort_by_key(|standing| (standing.until.is_none(), standing.until));
    for draft in &drafts {
        let place = standings.iter().position(|standing| standing.id == draft.survey);
        match (place, elsewhere(catalog, draft, today)) {
            // A draft is gone on with where it was begun, also if a list has a survey of the same id.
            (Some(place), standing) if standing.is_there() => standings[place] = standing,
            (Some(_), _) => {}
            (None, standing) => standings.push(standing),
        }
    }
    Ok(standings)
}

/// Where a survey is between its waves.
struct Turn<'a> {
    wave: Option<&'a Wave>,
    period: Option<Period>,
    today: NaiveDate,
}

impl<'a> Turn<'a> {
    fn of(wave: Option<&'a Wave>, today: NaiveDate) -> Self {
        Self { wave, period: wave.and_then(|wave| wave.at(today)), today }
    }

    /// Gives the state of a survey that can't be answered today, whatever became of it before.
    fn closed(&self) -> Option<State> {
        let wave = self.wave.filter(|_| self.period.is_none())?;
        Some(State::Closed { closed_on: wave.last_closing(self.today), opens_on: wave.next_opening(self.today) })
    }

    /// Adds the wave to a standing, and its last day where it is still to be answered.
    fn standing(self, standing: Standing) -> Standing {
        let ends = self.wave.is_some_and(|wave| !wave.is_evergreen());
        let waits = matches!(standing.state, State::Open | State::Draft { .. });
        let until = self.period.as_ref().filter(|_| ends && waits).map(|period| period.closes);
        Standing { until, wave: self.period.map(|period| period.id), ..standing }
    }
}

/// Gives the standing of a draft whose survey is in a file, which may be gone or be another survey by now.
fn elsewhere(catalog: &Catalog, draft: &DraftSummary, today: NaiveDate) -> Standing {
    let (id, file) = (draft.survey.clone(), draft.file.clone());
    let standing = |title, minutes| Standing { id, title, minutes, state: kept(draft), wave: None, until: None, file };
    let Some(file) = &draft.file else { return standing(Title::NotInFolder, None) };
    match catalog.find(&file.to_string_lossy()) {
        Ok(found) if found.survey.id == draft.survey => {
            let turn = Turn::of(found.survey.wave.as_ref(), today);
            let standing = standing(Title::Of(catalog.title(&found.survey.title).to_owned()), Some(found.survey.minutes()));
            let state = turn.closed().unwrap_or_else(|| standing.state.clone());
            turn.standing(Standing { state, ..standing })
        }
        Ok(found) => standing(Title::Other(found.survey.id), None),
        Err(_) if !file.exists() => standing(Title::FileGone, None),
        Err(_) => standing(Title::FileUnreadable, None),
    }
}

/// Gives what to answer when nothing was named: the draft saved last, else the open survey that closes soonest, else the
/// first.
pub fn next(standings: &[Standing]) -> Option<&Standing> {
    let there = || standings.iter().filter(|standing| standing.is_there());
    let saved_at = |standing: &&Standing| match standing.state {
        State::Draft { saved_at, .. } => Some(saved_at),
        _ => None,
    };
    let draft = there().filter(|standing| saved_at(standing).is_some()).max_by_key(saved_at);
    draft.or_else(|| there().find(|standing| standing.state == State::Open))
}

fn state(listed: &Listed, wave: Option<&Period>, drafts: &[DraftSummary], history: &[HistoryEntry], zone: &FixedOffset) -> State {
    let last = |entry: &&HistoryEntry| entry.settles(&listed.id, listed.version, wave, zone);
    match (drafts.iter().find(|draft| draft.survey == listed.id), history.iter().find(last)) {
        (Some(draft), _) => kept(draft),
        (None, Some(entry)) if entry.outcome == Outcome::Answered => State::Answered(entry.at),
        (None, Some(entry)) => State::Declined(entry.at),
        (None, None) if listed.is_on_request() => State::OnRequest,
        (None, None) => State::Open,
    }
}

fn kept(draft: &DraftSummary) -> State {
    State::Draft { answered: draft.answered, asked: draft.asked, saved_at: draft.saved_at }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use chrono::{DateTime, Utc};
    use serde_json::json;

    use super::*;
    use crate::developer::store::Kept;
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

    /// Keeps a draft of a survey that was taken from a file.
    fn keep(store: &mut Store, survey: &Survey, file: &Path, when: DateTime<Utc>) {
        let draft = Draft::start(survey, at(0));
        let kept = Kept { draft: &draft, progress: draft.progress(survey), file: Some(file) };
        store.keep(survey, kept, when).unwrap();
    }

    #[test]
    fn only_what_became_of_the_version_that_is_there_counts() {
        let folder = tempfile::tempdir().unwrap();
        for (id, version) in [("answered", 1), ("renewed", 2), ("declined", 1), ("begun", 1), ("open", 1)] {
            fs::write(folder.path().join(format!("{id}.toml")), source(id, version)).unwrap();
        }
        let mut store = Store::open(&folder.path().join("data")).unwrap();
        ["answered", "renewed", "begun"].iter().for_each(|id| answer(&mut store, id, 1));
        store.decline(&survey("declined", 1), None, at(1)).unwrap();
        for (id, when) in [("begun", 2), ("gone", 3)] {
            store.save_draft(&survey(id, 1), &Draft::start(&survey(id, 1), at(0)), at(when)).unwrap();
        }
        let standings = standings(&Catalog::open(folder.path()), Some(&store), at(9).fixed_offset()).unwrap();
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
        let translated = source("mine", 1).replace("\"T\"", "{ en = \"Mine\", de = \"Meine\" }");
        fs::write(path("mine.toml"), translated.replace("\"How likely?\"", "{ en = \"How likely?\", de = \"Wie gern?\" }"))
            .unwrap();
        fs::write(path("twin.toml"), source("platform-pulse", 9)).unwrap();
        fs::write(path("other.toml"), source("something-else", 1)).unwrap();
        let mut store = Store::open(&path("data")).unwrap();
        let drafts = [("mine", "mine.toml"), ("platform-pulse", "twin.toml"), ("other", "other.toml"), ("gone", "gone.toml")];
        for (when, (id, file)) in (1..).zip(drafts) {
            keep(&mut store, &survey(id, 1), &path(file), at(when));
        }
        let catalog = Catalog::open(&path("none"));
        let found = standings(&catalog, Some(&store), at(9).fixed_offset()).unwrap();
        let named = |id: &str| found.iter().find(|standing| standing.id.as_str() == id).unwrap();
        assert_eq!((named("mine").is_there(), named("mine").name()), (true, path("mine.toml").display().to_string()));
        let spoken = standings(&Catalog::open(&path("none")).speaking("de-CH"), Some(&store), at(9).fixed_offset()).unwrap();
        let title = |found: &[Standing]| found.iter().find(|standing| standing.id.as_str() == "mine").unwrap().title.clone();
        assert_eq!((title(&found), title(&spoken)), (Title::Of("Mine".into()), Title::Of("Meine".into())));
        assert_eq!(named("platform-pulse").name(), path("twin.toml").display().to_string());
        assert_eq!((named("other").is_there(), named("gone").is_there()), (false, false));
        assert_eq!((&named("gone").title, &named("gone").file), (&Title::FileGone, &Some(path("gone.toml"))));
        assert_eq!(next(&found).unwrap().id.as_str(), "platform-pulse");
        fs::remove_file(path("twin.toml")).unwrap();
        let found = standings(&catalog, Some(&store), at(9).fixed_offset()).unwrap();
        assert_eq!(next(&found).unwrap().id.as_str(), "platform-pulse", "the bundled one of the same id takes its draft");
    }

    #[test]
    fn without_a_store_nothing_is_begun_and_the_first_open_survey_comes_next() {
        let catalog = Catalog::open(std::path::Path::new("nowhere"));
        let standings = standings(&catalog, None, at(0).fixed_offset()).unwrap();
        let states: Vec<&State> = standings.iter().map(|standing| &standing.state).collect();
        assert_eq!(states[..2], [&State::Open, &State::Open], "what is on request comes after what closes");
        assert!(states[2..].iter().all(|state| **state == State::OnRequest));
        assert_eq!(next(&standings), standings.first());
        assert_eq!(next(&[]), None);
    }

    /// The survey of a file in which only the wave differs, opened on a day of 2027 at noon.
    fn on(day: &str, folder: &std::path::Path, store: &Store) -> Vec<Standing> {
        let now = format!("{day}T12:00:00+01:00").parse::<DateTime<FixedOffset>>().unwrap();
        standings(&Catalog::open(folder), Some(store), now).unwrap()
    }

    fn write(folder: &std::path::Path, id: &str, wave: &str) {
        let source = source(id, 1).replacen("\n\n", &format!("\n\n[wave]\n{wave}\n\n"), 1);
        fs::write(folder.join(format!("{id}.toml")), source).unwrap();
    }

    #[test]
    fn a_survey_with_waves_is_open_once_in_each_and_closed_between_them() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "quarterly", "cadence = \"quarterly\"");
        write(folder.path(), "declined", "cadence = \"quarterly\"");
        write(folder.path(), "evergreen", "cadence = \"evergreen\"");
        write(folder.path(), "march", "id = \"march\"\nopens = 2027-03-01\ncloses = 2027-03-14");
        let mut store = Store::open(&folder.path().join("data")).unwrap();
        // Answered in the middle of January.
        answer(&mut store, "quarterly", 1);
        store.decline(&survey("declined", 1), Some("2027-Q1"), at(1)).unwrap();
        store.save_draft(&survey("march", 1), &Draft::start(&survey("march", 1), at(0)), at(2)).unwrap();
        let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
        let cases = [
            ("2027-02-28", "quarterly", State::Answered(at(0)), Some("2027-Q1"), None),
            ("2027-04-01", "quarterly", State::Open, Some("2027-Q2"), day("2027-06-30")),
            ("2027-02-28", "declined", State::Declined(at(1)), Some("2027-Q1"), None),
            ("2027-04-01", "declined", State::Open, Some("2027-Q2"), day("2027-06-30")),
            ("2027-02-28", "evergreen", State::Open, Some("2027-02"), None),
            ("2027-02-28", "march", State::Closed { closed_on: None, opens_on: day("2027-03-01") }, None, None),
            ("2027-03-15", "march", State::Closed { closed_on: day("2027-03-14"), opens_on: None }, None, None),
        ];
        for (today, id, state, wave, until) in cases {
            let found = on(today, folder.path(), &store);
            let standing = found.into_iter().find(|standing| standing.id.as_str() == id).unwrap();
            assert_eq!((standing.state, standing.wave.as_deref(), standing.until), (state, wave, until), "{id} on {today}");
        }
        let found = on("2027-03-14", folder.path(), &store);
        let march = found.iter().find(|standing| standing.id.as_str() == "march").unwrap();
        assert_eq!((march.state.name(), march.until), ("draft", day("2027-03-14")));
    }

    #[test]
    fn what_waits_for_its_occasion_is_on_request_until_it_is_begun_and_never_comes_next() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "at-an-event", "cadence = \"quarterly\"\n\n[trigger]\nevent = [\"deploy.finished\"]");
        let mut store = Store::open(&folder.path().join("data")).unwrap();
        let is = |store: &Store, day: &str, state: &str| {
            let found = on(day, folder.path(), store);
            assert_eq!(of(&found, "at-an-event").name(), state, "on {day}");
            assert_eq!(next(&found).is_some_and(|next| next.id.as_str() == "at-an-event"), state == "draft", "on {day}");
        };
        is(&store, "2027-01-14", "on_request");
        let survey = survey("at-an-event", 1);
        store.save_draft(&survey, &Draft::start(&survey, at(0)), at(0)).unwrap();
        is(&store, "2027-01-16", "draft");
        answer(&mut store, "at-an-event", 1);
        is(&store, "2027-03-31", "answered");
        is(&store, "2027-04-01", "on_request");
    }

    #[test]
    fn what_closes_soonest_comes_first_and_what_never_closes_last() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "a-yearly", "cadence = \"yearly\"");
        write(folder.path(), "b-evergreen", "cadence = \"evergreen\"");
        write(folder.path(), "c-monthly", "cadence = \"monthly\"");
        let store = Store::open(&folder.path().join("data")).unwrap();
        let found = on("2027-02-28", folder.path(), &store);
        let mine = found.iter().map(|standing| standing.id.as_str()).filter(|id| id.as_bytes()[1] == b'-').collect::<Vec<_>>();
        assert_eq!(mine, ["c-monthly", "a-yearly", "b-evergreen"]);
        assert_eq!(next(&found).unwrap().id.as_str(), "c-monthly");
    }

    #[test]
    fn the_draft_of_a_file_waits_while_its_survey_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "march", "id = \"march\"\nopens = 2027-03-01\ncloses = 2027-03-14");
        let mut store = Store::open(&folder.path().join("data")).unwrap();
        let (march, file) = (survey("march", 1), folder.path().join("march.toml"));
        keep(&mut store, &march, &file, at(0));
        let none = folder.path().join("none");
        let state = |day| on(day, &none, &store).last().unwrap().state.name();
        assert_eq!((state("2027-02-28"), state("2027-03-01"), state("2027-03-15")), ("closed", "draft", "closed"));
    }
}
