//! `dxpulse-collector doctor`: checks files, keys, database, backups, clock and certificate.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde_json::json;

use crate::anonymous::{Bundle, Part, Wave};
use crate::collector::certificate::expiry;
use crate::collector::clock;
use crate::collector::commands::context::Context;
use crate::collector::counted::counted;
use crate::collector::folder::{DiskError, Folder, make_private_folder};
use crate::collector::keys;
use crate::collector::rewriting;
use crate::collector::server::check_certificate;
use crate::collector::settings::{Settings, Tls};
use crate::collector::store::{Store, backups, day_of};
use crate::report::{Exit, Failure, output};

/// How many days a certificate should hold at least.
const CERTIFICATE_DAYS: i64 = 14;

/// How many days an evergreen survey should still have ahead: more than its tokens are fetched ahead.
const CHAIN_DAYS: i64 = 32;

/// How many days old the newest copy may be.
const BACKUP_DAYS: i64 = 2;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Write JSON
    #[arg(long)]
    json: bool,
    /// Believe the clock, where it is far from the day that the server last ran: what is due by it is done then
    #[arg(long)]
    clock_is_right: bool,
}

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Fine,
    Warning,
    Wrong,
}

/// One thing that was looked at.
#[derive(Debug)]
struct Check {
    name: &'static str,
    state: State,
    text: String,
    hint: Option<String>,
}

impl Check {
    fn fine(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, state: State::Fine, text: text.into(), hint: None }
    }

    fn warning(name: &'static str, text: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { name, state: State::Warning, text: text.into(), hint: Some(hint.into()) }
    }

    fn wrong(name: &'static str, text: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { state: State::Wrong, ..Self::warning(name, text, hint) }
    }

    fn of_failure(name: &'static str, failure: Failure) -> Self {
        Self { name, state: State::Wrong, text: failure.message, hint: failure.hint }
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    if arguments.clock_is_right {
        clock::keep(&context.folder, Utc::now().date_naive())?;
    }
    let mut checks = vec![permissions(&context.folder)];
    match context.settings() {
        Ok(settings) => {
            checks.push(publishers(&settings));
            checks.extend([time(&context.folder), backup(&settings)]);
            checks.extend(settings.tls.as_ref().map(certificate));
            checks.extend(rewrite_due(&context.folder));
            checks.extend(stored(context));
        }
        Err(failure) => checks.push(Check::of_failure("settings", failure)),
    }
    checks.push(own_keys(&context.folder));
    print(&checks, arguments.json)?;
    Ok(Exit::code(u8::from(checks.iter().any(|check| check.state == State::Wrong))))
}

fn print(checks: &[Check], as_json: bool) -> Result<(), Failure> {
    let word = |state: State| match state {
        State::Fine => "ok",
        State::Warning => "warning",
        State::Wrong => "wrong",
    };
    if as_json {
        let described = checks
            .iter()
            .map(|check| json!({ "check": check.name, "state": word(check.state), "text": check.text, "hint": check.hint }));
        return output::print_json(&described.collect());
    }
    let line = |check: &Check| {
        let hint = check.hint.as_ref().map(|hint| format!("\n{:23}help: {hint}", "")).unwrap_or_default();
        format!("{:<8} {:<13} {}{hint}", word(check.state), check.name, check.text)
    };
    output::print_line(&checks.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// Gives the folder and every file in it and its own folders.
fn files(folder: &Folder) -> Vec<PathBuf> {
    let inside = |path: &Path| fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect::<Vec<_>>();
    let first = inside(folder.path());
    let deeper: Vec<_> = [folder.keys(), folder.prepared()].iter().flat_map(|path| inside(path)).collect();
    std::iter::once(folder.path().to_owned()).chain(first).chain(deeper).collect()
}

fn is_open(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}

/// Closes the folder and its files to others.
pub(super) fn close_to_others(folder: &Folder) -> Result<(), Failure> {
    // Files that SQLite makes from now on are closed as well.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    for path in files(folder).into_iter().filter(|path| is_open(path)) {
        let mode = if path.is_dir() { 0o700 } else { 0o600 };
        let closed = fs::set_permissions(&path, fs::Permissions::from_mode(mode));
        closed.map_err(|error| DiskError::new(&path, error))?;
    }
    Ok(())
}

fn permissions(folder: &Folder) -> Check {
    let open: Vec<_> = files(folder).into_iter().filter(|path| is_open(path)).collect();
    let own = rustix::process::geteuid().as_raw();
    let others = files(folder).into_iter().find(|path| fs::metadata(path).is_ok_and(|found| found.uid() != own));
    match (open.first(), others) {
        (Some(path), _) => {
            let hint = "chmod -R go= FOLDER; `serve` does so as well";
            Check::wrong("permissions", format!("{} is open to others, of {} such", path.display(), open.len()), hint)
        }
        (None, Some(path)) => {
            let hint = "run the commands as the user that the collector runs as";
            Check::warning("permissions", format!("{} belongs to another user", path.display()), hint)
        }
        (None, None) => Check::fine("permissions", format!("{} is closed to others", folder.path().display())),
    }
}

fn publishers(settings: &Settings) -> Check {
    match settings.publishers.len() {
        0 => Check::wrong("publishers", "nobody may publish", "add a publisher's key to `publishers` in collector.toml"),
        count => Check::fine("publishers", format!("{count} trusted")),
    }
}

fn own_keys(folder: &Folder) -> Check {
    let found = keys::receipt_key(folder).and_then(|key| keys::ohttp_keys(folder).map(|_| key));
    match found {
        Ok(key) => Check::fine("keys", format!("receipts are signed with {}", key.public())),
        Err(error) => Check::of_failure("keys", error.into()),
    }
}

/// Checks what is in the database, and the server it is on.
fn stored(context: &Context) -> Vec<Check> {
    let store = match context.store() {
        Ok(store) => store,
        Err(failure) => return vec![Check::of_failure("database", failure)],
    };
    let mut checks = vec![database(&store, context), wave_keys(&store, &context.folder)];
    checks.extend(traces(&store));
    checks.extend(chains(&store, Utc::now()));
    checks
}

/// Looks whether the database's server keeps more than the database.
fn traces(store: &Store) -> Option<Check> {
    let hint = "these keep what came when, beyond the nightly rewrite; docs/postgresql.md says how to set them";
    match store.traces() {
        Ok(traces) if traces.is_empty() => None,
        Ok(traces) => Some(Check::warning("traces", traces.join(", "), hint)),
        Err(error) => Some(Check::of_failure("traces", error.into())),
    }
}

fn database(store: &Store, context: &Context) -> Check {
    match store.examine() {
        Ok(found) if found.is_empty() => match store.try_writing() {
            Ok(()) => Check::fine("database", "sound"),
            Err(error) => Check::of_failure("database", context.database_failure(&error)),
        },
        Ok(found) => Check::wrong("database", found.join("; "), context.restoring()),
        Err(error) => Check::of_failure("database", context.database_failure(&error)),
    }
}

/// Looks whether what was closed or erased left something.
fn rewrite_due(folder: &Folder) -> Option<Check> {
    let hint = "`serve` does it within five minutes, unless something else keeps reading the database: end that";
    rewriting::is_planned(folder).then(|| {
        Check::wrong("rewrite", "the database has to be rewritten: its log may still tell what was closed or erased", hint)
    })
}

/// Looks whether open waves have their keys, and closed ones none.
fn wave_keys(store: &Store, folder: &Folder) -> Check {
    let waves = match store.waves() {
        Ok(waves) => waves,
        Err(error) => return Check::of_failure("waves", error.into()),
    };
    for published in &waves {
        let name = format!("{} {}", published.survey, published.name);
        let Ok(wave) = Bundle::from_json(published.bundle.as_bytes()).and_then(|bundle| bundle.review()) else {
            return Check::wrong("waves", format!("{name} can't be read"), "put the newest backup in its place");
        };
        if published.is_closed && Part::ALL.iter().any(|part| keys::place(folder, published.id, *part).exists()) {
            return Check::wrong("waves", format!("{name} is closed, and its keys are still there"), "`serve` destroys them");
        }
        if let Some(Err(error)) = Part::ALL.map(|part| keys::issuer_key(folder, &wave, part)).into_iter().find(Result::is_err)
            && !published.is_closed
        {
            return Check::wrong(
                "waves",
                format!("{name} can't issue tokens: {error}"),
                "prepare and publish another wave: what issues tokens is in no copy",
            );
        }
    }
    let open = waves.iter().filter(|wave| !wave.is_closed).count();
    Check::fine("waves", format!("{open} open, {} closed", waves.len() - open))
}

/// Looks whether each evergreen survey goes on: its next wave has to be published while tokens for it can still be fetched ahead.
fn chains(store: &Store, now: DateTime<Utc>) -> Vec<Check> {
    let mut last = BTreeMap::new();
    for published in store.waves().unwrap_or_default() {
        if let Ok(wave) = Bundle::from_json(published.bundle.as_bytes()).and_then(|bundle| bundle.review()) {
            last.insert(published.survey, wave);
        }
    }
    let is_evergreen = |wave: &Wave| wave.survey.wave.as_ref().is_some_and(crate::survey::Wave::is_evergreen);
    let ends = last.into_iter().filter(|(_, wave)| is_evergreen(wave)).map(|(survey, wave)| (survey, wave.manifest.closes));
    let check = |(survey, closes): (String, DateTime<Utc>)| {
        let text = format!("the last wave of {survey} that is published ends on {}", closes.date_naive());
        let hint = format!("prepare and publish the next ones: `dxpulse-collector prepare {survey}.toml --waves 3`");
        if (closes - now).num_days() < CHAIN_DAYS {
            Check::warning("evergreen", text, hint)
        } else {
            Check::fine("evergreen", text)
        }
    };
    ends.map(check).collect()
}

/// Tells the time, since a clock that is wrong opens and closes waves at the wrong time.
fn time(folder: &Folder) -> Check {
    let now: DateTime<Utc> = Utc::now();
    if let Some(doubt) = clock::doubt(folder, now.date_naive()) {
        return Check::wrong("clock", doubt.to_string(), clock::REMEDY);
    }
    let text = now.format("%Y-%m-%d %H:%M UTC").to_string();
    let built = DateTime::from_timestamp(1_760_000_000, 0).unwrap_or_default();
    if now < built { Check::wrong("clock", text, "set the clock; it is behind this program") } else { Check::fine("clock", text) }
}

fn backup(settings: &Settings) -> Check {
    if settings.database.is_some() {
        return Check::fine("backups", "are made where the database is, with pg_dump");
    }
    let Some(backup) = &settings.backup else {
        return Check::warning("backups", "none are made", "set `folder` under [backup] in collector.toml");
    };
    if let Err(error) = make_private_folder(&backup.folder) {
        return Check::of_failure("backups", error.into());
    }
    // Its name has the day; the file's own time would be that of any copy.
    match backups(&backup.folder).first().and_then(|path| day_of(path)) {
        None => {
            Check::warning("backups", format!("there are none in {}", backup.folder.display()), "`serve` makes one every night")
        }
        Some(day) if (Utc::now().date_naive() - day).num_days() > BACKUP_DAYS => {
            Check::wrong("backups", format!("the newest is of {day}"), "see what `serve` says at midnight UTC")
        }
        Some(day) => Check::fine("backups", format!("the newest is of {day}")),
    }
}

fn in_days(days: i64) -> String {
    counted(usize::try_from(days).unwrap_or_default(), ["day", "days"])
}

fn certificate(tls: &Tls) -> Check {
    let path = &tls.certificate;
    let hint = "renew it; `serve` reads it again by itself";
    let Ok(certificate) = CertificateDer::from_pem_file(path) else {
        return Check::wrong("certificate", format!("{} can't be read", path.display()), "check `certificate` in collector.toml");
    };
    let Some(until) = expiry(&certificate) else {
        return Check::wrong("certificate", format!("{} is not a certificate", path.display()), hint);
    };
    // One provider of cryptography is as good as another to see whether both fit.
    let _ = rustls::crypto::ring::default_provider().install_default();
    if let Err(error) = check_certificate(tls) {
        return Check::wrong("certificate", error.to_string(), "check `certificate` and `key` under [tls] in collector.toml");
    }
    let days = (until - Utc::now()).num_days();
    match days {
        ..0 => Check::wrong("certificate", "it has expired", hint),
        0..CERTIFICATE_DAYS => Check::warning("certificate", format!("it expires in {}", in_days(days)), hint),
        _ => Check::fine("certificate", format!("it holds for {}", in_days(days))),
    }
}
