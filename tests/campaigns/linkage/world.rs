//! A wave lived by a collector and its developers, each in processes of their own, in time that passes as fast as they work.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use dxpulse::anonymous::encoding::from_hex;
use dxpulse::anonymous::{Bundle, Digest, Nullifier, SigningKey};
use dxpulse::developer::store::Store;

use super::observer::{ADDRESS, AGENT, Event, Observer};
use super::storage::places;
use crate::support::{PROGRAM, Random};

/// What makes time pass; `tests/run` installs it.
const FAKETIME: &str = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

const SURVEY: &str = "id = \"pulse\"\ntitle = \"Pulse\"\n\n[[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = \"How likely?\"\n";

/// How long a wave lasts: tokens, then answers.
const ISSUE_HOURS: i64 = 7 * 24;
const ANSWER_SECONDS: u64 = 14 * 24 * 3600;

/// How the developers' programs behave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manners {
    /// As they do: tokens in the window before, answers at times drawn by chance.
    Ours,
    /// As they would without any care: a token when the survey is opened, the answer at once.
    AtOnce,
}

/// Someone invited, and what the attacker knows of them.
pub(crate) struct Person {
    /// When their token was issued, in seconds.
    pub(crate) issued: i64,
    /// What the collector stores of their credential.
    pub(crate) credential_hash: Vec<u8>,
    code: String,
    home: PathBuf,
    credential: String,
}

/// A response, and whose it is, which the attacker doesn't know.
pub(crate) struct Arrived {
    /// When it arrived, in seconds.
    pub(crate) arrived: i64,
    /// What it is stored under.
    pub(crate) nullifier: Vec<u8>,
    /// Whose it is.
    pub(crate) person: usize,
}

/// All that was seen of a wave, and all that the collector kept.
pub(crate) struct Seen {
    pub(crate) people: Vec<Person>,
    /// In the order they arrived.
    pub(crate) responses: Vec<Arrived>,
    /// Database, log and backups.
    pub(crate) files: Vec<Vec<u8>>,
    logs: String,
}

/// A collector and its developers before the wave.
pub(crate) struct World {
    folder: tempfile::TempDir,
    clock: PathBuf,
    start: DateTime<Utc>,
    collector: u16,
    observer: Observer,
    people: Vec<Person>,
    server: Child,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl World {
    /// Sets a collector up, invites people, publishes a wave.
    pub(crate) fn new(people: usize, seed: u64) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(said)?;
        let collector = free_port()?;
        let start = DateTime::from_timestamp(1_800_000_000, 0).ok_or("no such time")?;
        let clock = folder.path().join("clock");
        let observer = Observer::open(collector, clock.clone())?;
        let publisher = SigningKey::from_seed(&[u8::try_from(seed % 250).unwrap_or(0) + 1; 32]);
        let server = Command::new("true").spawn().map_err(said)?;
        let mut world = Self { folder, clock, start, collector, observer, people: Vec::new(), server };
        world.set_clock(start)?;
        let (url, listen) = (format!("http://127.0.0.1:{}", world.observer.port), format!("127.0.0.1:{}", world.collector));
        world.administer(&["init", "--url", &url, "--listen", &listen, "--publisher", &publisher.public().to_string()])?;
        let roster: String = (0..people).map(|at| format!("person{at}@example.org\n")).collect();
        fs::write(world.path("roster.csv"), format!("contact\n{roster}")).map_err(said)?;
        fs::write(world.path("pulse.toml"), SURVEY).map_err(said)?;
        world.administer(&["invite", "roster.csv", "--out", "invitations"])?;
        let at = |hours: i64| (start + TimeDelta::hours(hours)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let (issue, opens, closes) = (at(24), at(24 + ISSUE_HOURS), at(24 + ISSUE_HOURS + ANSWER_SECONDS as i64 / 3600));
        let windows = ["--issue-opens", &issue, "--opens", &opens, "--closes", &closes, "--name", "w1"];
        world.administer(&[&["prepare", "pulse.toml"], &windows[..]].concat())?;
        let prepared = fs::read(world.path("collector/prepared/pulse-w1.json")).map_err(said)?;
        let bundle = Bundle::from_json(&prepared).map_err(said)?.signed_by(&publisher);
        fs::write(world.path("signed.json"), serde_json::to_vec(&bundle).map_err(said)?).map_err(said)?;
        world.administer(&["publish", "signed.json"])?;
        world.serve()?;
        world.people = (0..people).map(|at| world.invited(at)).collect::<Result<_, _>>()?;
        fs::remove_dir_all(world.path("invitations")).map_err(said)?;
        Ok(world)
    }

    /// Lets everyone live through the wave, and gives what was seen.
    pub(crate) fn live(mut self, manners: Manners, random: &mut Random) -> Result<Seen, String> {
        for at in 0..self.people.len() {
            self.set_clock(self.start + TimeDelta::minutes(i64::try_from(at).unwrap_or(0)))?;
            let link = self.people[at].code.clone();
            self.develop(at, &["enroll", &link])?;
            self.people[at].credential = self.credential(at)?;
        }
        let opens = self.start + TimeDelta::hours(24 + ISSUE_HOURS);
        let mut agenda: Vec<(DateTime<Utc>, usize, Step)> = Vec::new();
        for at in 0..self.people.len() {
            let after = i64::try_from(random.within(0..ANSWER_SECONDS)).unwrap_or(0);
            agenda.push((opens + TimeDelta::seconds(after), at, Step::Answer));
            if manners == Manners::Ours {
                agenda.push((self.due(at)?.ok_or("no token is planned")?, at, Step::Sync));
            }
        }
        // What comes soonest last.
        let order = |agenda: &mut Vec<(DateTime<Utc>, usize, Step)>| agenda.sort_by_key(|(time, ..)| std::cmp::Reverse(*time));
        order(&mut agenda);
        while let Some((now, at, step)) = agenda.pop() {
            self.set_clock(now)?;
            match (step, manners) {
                (Step::Sync, _) => self.develop(at, &["sync"])?,
                (Step::Answer, Manners::Ours) => self.develop(at, &["take", "pulse", "--answers", "answers.json"])?,
                (Step::Answer, Manners::AtOnce) => {
                    self.develop(at, &["take", "pulse", "--answers", "answers.json"])?;
                    self.develop(at, &["sync", "--now"])?;
                    continue;
                }
            }
            // Somebody runs something within an hour of what is due, as people at work do.
            let wait = TimeDelta::seconds(i64::try_from(random.within(1..3600)).unwrap_or(1));
            let is_planned = agenda.iter().any(|it| it.1 == at && it.2 == Step::Sync);
            if let Some(due) = self.due(at)?.filter(|_| !is_planned && manners == Manners::Ours) {
                agenda.push((due.max(now) + wait, at, Step::Sync));
                order(&mut agenda);
            }
        }
        self.finish()
    }

    /// Closes the wave, and takes everything the collector kept.
    fn finish(mut self) -> Result<Seen, String> {
        self.set_clock(self.start + TimeDelta::hours(24 + ISSUE_HOURS + 71) + TimeDelta::seconds(ANSWER_SECONDS as i64))?;
        // As after a night: rewritten, and copied.
        self.administer(&["close", "pulse/w1", "--now"])?;
        let _ = self.server.kill();
        let _ = self.server.wait();
        let mut files = Vec::new();
        for folder in [self.path("collector"), self.path("collector/backups")] {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.file_name().to_string_lossy().contains(".db") {
                    files.push(fs::read(entry.path()).map_err(said)?);
                }
            }
        }
        let logs = fs::read_to_string(self.path("serve.log")).map_err(said)?;
        let responses = self.told_apart()?;
        if responses.len() != self.people.len() {
            return Err(format!("{} of {} responses arrived", responses.len(), self.people.len()));
        }
        let people = std::mem::take(&mut self.people);
        Ok(Seen { people, responses, files, logs })
    }

    /// Sorts what was seen: when each credential had its first token, and, as only their machines know, whose each response is.
    fn told_apart(&mut self) -> Result<Vec<Arrived>, String> {
        let mut owner = BTreeMap::new();
        for at in 0..self.people.len() {
            for held in self.store(at)?.tokens().map_err(said)? {
                if let Some((token, _)) = held.token() {
                    owner.insert(Nullifier::of(&token).to_string(), at);
                }
            }
        }
        let mut responses = Vec::new();
        for event in self.observer.seen() {
            match event {
                Event::Issue(time, credential) => {
                    let person = self.people.iter_mut().find(|person| person.credential == credential);
                    person.filter(|person| person.issued == 0).map(|person| person.issued = time).unwrap_or_default();
                }
                Event::Put(arrived, nullifier) => {
                    let person = *owner.get(&nullifier).ok_or("a response is nobody's")?;
                    let nullifier = from_hex::<32>(&nullifier).ok_or("a nullifier is no hash")?.to_vec();
                    responses.push(Arrived { arrived, nullifier, person });
                }
            }
        }
        Ok(responses)
    }

    fn invited(&self, at: usize) -> Result<Person, String> {
        let text = fs::read_to_string(self.path(&format!("invitations/person{at}@example.org.txt"))).map_err(said)?;
        let link = text.split_whitespace().find(|word| word.contains("/join#")).ok_or("an invitation has no link")?;
        let link = link.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned();
        let home = self.path(&format!("home{at}"));
        fs::create_dir(&home).map_err(said)?;
        fs::write(home.join("answers.json"), "{\"nps\": 9}").map_err(said)?;
        Ok(Person { issued: 0, credential_hash: Vec::new(), code: link, home, credential: String::new() })
    }

    fn credential(&mut self, at: usize) -> Result<String, String> {
        let store = self.store(at)?;
        let credential = store.enrolments().map_err(said)?.first().ok_or("not enrolled")?.credential.clone();
        let bytes = Digest::from_hex(&credential).ok_or("no credential")?;
        self.people[at].credential_hash = Digest::of(&[&bytes.0]).0.to_vec();
        Ok(credential)
    }

    fn store(&self, at: usize) -> Result<Store, String> {
        Store::open_existing(&self.people[at].home.join("data")).map_err(said)?.ok_or_else(|| "no store".to_owned())
    }

    /// Gives when a developer's program has something to do next.
    fn due(&self, at: usize) -> Result<Option<DateTime<Utc>>, String> {
        let store = self.store(at)?;
        let tokens = store.tokens().map_err(said)?.into_iter().filter(|held| held.token().is_none()).map(|held| held.fetch_at);
        let sealed = store.outbox().map_err(said)?.into_iter().filter(|sealed| !sealed.is_acknowledged());
        let sends = sealed.filter_map(|sealed| sealed.retry_at.or(sealed.send_at));
        Ok(tokens.chain(sends).min())
    }

    fn serve(&mut self) -> Result<(), String> {
        let log = fs::File::create(self.path("serve.log")).map_err(said)?;
        let copy = log.try_clone().map_err(said)?;
        let mut command = self.in_time(Command::new(collector_program()));
        command.args(["--data", "collector", "serve"]).stdin(Stdio::null()).stdout(log).stderr(copy);
        self.server = command.spawn().map_err(said)?;
        let until = Instant::now() + Duration::from_secs(30);
        while std::net::TcpStream::connect(("127.0.0.1", self.collector)).is_err() {
            if Instant::now() > until {
                return Err("the collector does not start".to_owned());
            }
            std::thread::yield_now();
        }
        Ok(())
    }

    fn administer(&self, arguments: &[&str]) -> Result<(), String> {
        let mut command = self.in_time(Command::new(collector_program()));
        run(command.args(["--data", "collector"]).args(arguments))
    }

    fn develop(&self, at: usize, arguments: &[&str]) -> Result<(), String> {
        let home = &self.people[at].home;
        let mut command = self.in_time(Command::new(PROGRAM));
        run(command.env("DXPULSE_HOME", home).env("HOME", home).current_dir(home).args(arguments))
    }

    fn in_time(&self, mut command: Command) -> Command {
        bury_the_dead();
        command.env_clear().env("LD_PRELOAD", FAKETIME).env("FAKETIME_TIMESTAMP_FILE", &self.clock).env("TZ", "UTC");
        command.env("FAKETIME_NO_CACHE", "1").env("FAKETIME_DONT_FAKE_MONOTONIC", "1").env("PATH", "/usr/bin:/bin");
        command.current_dir(self.folder.path());
        command
    }

    fn set_clock(&self, now: DateTime<Utc>) -> Result<(), String> {
        let new = self.clock.with_extension("new");
        fs::write(&new, now.format("%Y-%m-%d %H:%M:%S\n").to_string()).map_err(said)?;
        fs::rename(new, &self.clock).map_err(said)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Takes away what faketime shares under the ids of processes that were killed: a new one with such an id would not start.
fn bury_the_dead() {
    for file in fs::read_dir("/dev/shm").into_iter().flatten().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let id = name.strip_prefix("faketime_shm_").or_else(|| name.strip_prefix("sem.faketime_sem_"));
        if id.is_some_and(|id| !PathBuf::from("/proc").join(id).exists()) {
            let _ = fs::remove_file(file.path());
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Answer,
    Sync,
}

impl Seen {
    /// Searches all that was kept and logged for what leads to a person.
    pub(crate) fn nothing_leads_to_anyone(&self) -> Result<(), String> {
        let mut secrets = vec![("the user agent", AGENT.to_owned()), ("an address", ADDRESS.to_owned())];
        for person in &self.people {
            let code = person.code.rsplit_once('#').map_or("", |(_, rest)| rest).split('.').next().unwrap_or_default();
            secrets.push(("the code of an invitation", code.to_owned()));
            secrets.push(("a credential", person.credential.clone()));
        }
        let logs = self.logs.as_bytes();
        for (what, secret) in &secrets {
            let raw = from_hex::<32>(secret).map(|bytes| bytes.to_vec());
            let texts = [Some(secret.as_bytes().to_vec()), raw];
            for bytes in texts.into_iter().flatten() {
                if self.files.iter().map(Vec::as_slice).chain([logs]).any(|file| !places(file, &bytes).is_empty()) {
                    return Err(format!("{what} was found in the collector's files"));
                }
            }
        }
        let nullifier = |response: &Arrived| dxpulse::anonymous::encoding::to_hex(&response.nullifier);
        match self.responses.iter().any(|response| self.logs.contains(&nullifier(response))) {
            true => Err("a nullifier was found in the logs".to_owned()),
            false => Ok(()),
        }
    }
}

fn collector_program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_dxpulse-collector"))
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(said)?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("{command:?} ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr))),
    }
}

fn free_port() -> Result<u16, String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(said)?;
    Ok(listener.local_addr().map_err(said)?.port())
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}
