//! One byte of the database is another: a clear error or none at all, never a panic or a wrong answer, and what is sealed is recovered.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::Value;

use super::guarded;
use super::witness::answers;
use crate::support::Random;
use crate::support::exchange::{Collector, Developer, all};
use crate::trials::{Plan, Verdict};

/// From here on a campaign without a loss counts.
const JUDGED_FROM: u64 = 1000;

/// How many damaged copies one trial looks at.
const TOGETHER: u64 = 10;

/// What a sound home says and holds.
struct Sound {
    /// The files of the database, by name.
    files: Vec<(String, Vec<u8>)>,
    outbox: Value,
    /// The payloads that are sealed.
    sealed: Vec<String>,
}

pub(crate) fn part(plan: &Plan) -> Verdict {
    let collector = Collector::open();
    let sound = [sound(&collector, false), sound(&collector, true)];
    plan.carry_out(JUDGED_FROM, TOGETHER, |seed| {
        guarded(|| {
            let mut random = Random::new(seed);
            (0..TOGETHER).try_for_each(|_| trial(&sound[usize::from(random.within(0..4) == 0)], &mut random))
        })
    })
}

/// Makes a home with tokens, an answer that is sealed, and one that was changed after it was sent; with its log, or without.
fn sound(collector: &Collector, has_log: bool) -> Sound {
    let developer = Developer::joined(collector);
    developer.take(&answers(1));
    developer.sync();
    let reader = has_log.then(|| {
        let reader = rusqlite::Connection::open(developer.data().join("dxpulse.db")).expect("the database can be opened");
        reader.query_row("SELECT count(*) FROM records", [], |_| Ok(())).expect("it can be read");
        reader
    });
    developer.edit(&answers(2));
    let files = ["dxpulse.db", "dxpulse.db-wal"].map(|name| (name.to_owned(), fs::read(developer.data().join(name))));
    let files: Vec<_> = files.into_iter().filter_map(|(name, bytes)| Some((name, bytes.ok()?))).collect();
    assert_eq!(files.len(), if has_log { 2 } else { 1 }, "the log is there as it should be");
    drop(reader);
    let outbox = outbox(&developer).expect("a sound home can be read");
    let payloads = developer.run(["payload"]);
    let sealed = String::from_utf8_lossy(&payloads.stdout).lines().map(str::to_owned).collect();
    Sound { files, outbox, sealed }
}

fn trial(sound: &Sound, random: &mut Random) -> Result<(), String> {
    let developer = Developer::new();
    let mut files = sound.files.clone();
    let file = usize::try_from(random.within(0..files.len() as u64)).expect("an index");
    let place = usize::try_from(random.within(0..files[file].1.len() as u64)).expect("an index");
    let mask = random.within(1..256) as u8;
    files[file].1[place] ^= mask;
    fs::create_dir_all(developer.data()).map_err(|error| error.to_string())?;
    for (name, bytes) in &files {
        fs::write(developer.data().join(name), bytes).map_err(|error| error.to_string())?;
    }
    let context = |what: String| format!("byte {place} of {} by {mask:#04x}: {what}", files[file].0);
    is_rescued(&developer, sound).map_err(context)?;
    match outbox(&developer) {
        Ok(found) if found == sound.outbox => Ok(()),
        Ok(found) => Err(context(format!("nothing was said, and the outbox is {found}"))),
        Err(told) => is_clear(&told).map_err(context),
    }?;
    for arguments in [&["doctor"][..], &["list"], &["history"], &["sync", "--dry-run"], &["payload"]] {
        let mut command = developer.home.command();
        let output = command.args(arguments).output().map_err(|error| error.to_string())?;
        if !output.status.success() {
            is_clear(&all(&output)).map_err(context)?;
        }
        if output.status.code().is_none_or(|code| code > 3) || all(&output).contains("panicked") {
            return Err(context(format!("{arguments:?} ends with {}", all(&output))));
        }
    }
    Ok(())
}

/// Gives what `dxpulse outbox` shows, or what it says instead.
fn outbox(developer: &Developer) -> Result<Value, String> {
    let output = developer.run(["outbox", "--json"]);
    if !output.status.success() {
        return Err(all(&output));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}

/// A clear error says what is damaged, and what to do.
fn is_clear(told: &str) -> Result<(), String> {
    let names = ["is damaged", "is not a database of dxpulse", "was written by a newer dxpulse", "problem", "failed"];
    let is_clear = names.iter().any(|words| told.contains(words)) && !told.contains("panicked");
    if is_clear { Ok(()) } else { Err(format!("the error is not clear: {told}")) }
}

/// Everything that is sealed must be in the file that is made for it, which nobody else can read.
fn is_rescued(developer: &Developer, sound: &Sound) -> Result<(), String> {
    let file = developer.home.path().join("rescued.json");
    let output = developer.run(["doctor", "--rescue", text(&file)]);
    let told = all(&output);
    if told.contains("panicked") {
        return Err(told);
    }
    let rescued = fs::read(&file).map_err(|error| format!("no file: {error}: {told}"))?;
    let rescued: Value = serde_json::from_slice(&rescued).map_err(|error| format!("no JSON: {error}"))?;
    let payloads: Vec<&str> =
        rescued["sealed"].as_array().into_iter().flatten().filter_map(|it| it["payload"].as_str()).collect();
    if let Some(lost) = sound.sealed.iter().find(|sealed| !payloads.contains(&sealed.as_str())) {
        return Err(format!("not rescued: {lost}\nfrom {rescued}\n{told}"));
    }
    let mode = fs::metadata(&file).map_err(|error| error.to_string())?.permissions().mode();
    if mode & 0o077 != 0 { Err(format!("others can read it: {mode:o}")) } else { Ok(()) }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}
