//! An answer made durable through the store, beside the same bytes appended to a file and synced.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::time::{Duration, Instant};

use chrono::{TimeZone, Utc};
use dxpulse::developer::store::Store;
use dxpulse::response::{Answer, Draft, Reply};
use dxpulse::survey::parse::parse;

use crate::figure::{Figure, Target};
use crate::support::Home;
use crate::turns::{medians, microseconds};

/// Measures saving a draft with a connection that stays open, as it does while the screen shows.
pub(crate) fn save() -> Vec<Figure> {
    let home = Home::new();
    let survey = parse(include_str!("../../surveys/platform-pulse.toml")).expect("the bundled surveys are right");
    let now = Utc.timestamp_opt(1_750_000_000, 0).single().expect("a moment that was");
    let mut draft = Draft::start(&survey, now);
    let mut store = Store::open(&home.path().join("data")).expect("a store can be made in a temporary folder");
    let mut file = appended(&home);
    let bytes = draft.to_json(&survey).to_string().into_bytes();
    let mut point = 0;
    let ours = || {
        point = (point + 1) % 10;
        draft.replies.insert(survey.questions[0].id.clone(), Reply::Given(Answer::Scale(point)));
        let start = Instant::now();
        store.save_draft(&survey, &draft, now).expect("the draft can be saved");
        start.elapsed()
    };
    let [ours, beside] = medians(1000, ours, || append(&mut file, &bytes));
    let (dxpulse, beside) = (microseconds(ours), microseconds(beside));
    vec![Figure { name: "save", unit: "µs", dxpulse, beside, floor: "append + fdatasync", target: Target::Ratio(1.7) }]
}

fn appended(home: &Home) -> File {
    let path = home.path().join("appended");
    OpenOptions::new().create(true).append(true).open(path).expect("a file can be made in a temporary folder")
}

fn append(file: &mut File, bytes: &[u8]) -> Duration {
    let start = Instant::now();
    file.write_all(bytes).and_then(|()| file.sync_data()).expect("the disk takes the bytes");
    start.elapsed()
}
