//! An answer made durable through the store, beside the same bytes appended to a file and synced.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::time::{Duration, Instant};

use chrono::{TimeZone, Utc};
use dxpulse::developer::store::{Kept, Store};
use dxpulse::response::{Answer, Draft, Reply};
use dxpulse::survey::parse::parse;

use crate::figure::{Figure, Target};
use crate::support::Home;
use crate::turns::{medians, microseconds};

/// The answers of a sitting; each sitting has files of its own, since where the disk puts a file decides much of what it costs.
const SITTING: usize = 50;

/// Measures saving a draft with a connection that stays open, as it does while the screen shows.
pub(crate) fn save() -> Vec<Figure> {
    let home = Home::new();
    let survey = parse(include_str!("../../surveys/platform-pulse.toml")).expect("the bundled surveys are right");
    let now = Utc.timestamp_opt(1_750_000_000, 0).single().expect("a moment that was");
    let mut draft = Draft::start(&survey, now);
    let bytes = draft.to_json(&survey).to_string().into_bytes();
    let progress = draft.progress(&survey);
    let (mut store, mut file) = (None, None);
    let (mut saved, mut written) = (0, 0);
    let ours = || {
        if saved % SITTING == 0 {
            store = Some(opened(&home, saved));
        }
        let point = u8::try_from(saved % 10).expect("less than ten");
        saved += 1;
        draft.replies.insert(survey.questions[0].id.clone(), Reply::Given(Answer::Scale(point)));
        let store = store.as_mut().expect("the first answer of a sitting opens it");
        let start = Instant::now();
        store.keep(&survey, Kept { draft: &draft, progress, file: None }, now).expect("the draft can be saved");
        start.elapsed()
    };
    let beside = || {
        if written % SITTING == 0 {
            file = Some(appended(&home, written));
        }
        written += 1;
        append(file.as_mut().expect("the first answer of a sitting opens it"), &bytes)
    };
    let [ours, beside] = medians(2000, ours, beside);
    let (dxpulse, beside) = (microseconds(ours), microseconds(beside));
    vec![Figure { name: "save", unit: "µs", dxpulse, beside, floor: "append + fdatasync", target: Target::Ratio(1.7) }]
}

fn opened(home: &Home, number: usize) -> Store {
    Store::open(&home.path().join(format!("data-{number}"))).expect("a store can be made in a temporary folder")
}

fn appended(home: &Home, number: usize) -> File {
    let path = home.path().join(format!("appended-{number}"));
    OpenOptions::new().create(true).append(true).open(path).expect("a file can be made in a temporary folder")
}

fn append(file: &mut File, bytes: &[u8]) -> Duration {
    let start = Instant::now();
    file.write_all(bytes).and_then(|()| file.sync_data()).expect("the disk takes the bytes");
    start.elapsed()
}
