//! A collector with a folder of its own: set up, published to, served, killed and started again, and looked into.

use std::fmt;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{SecondsFormat, TimeDelta, Utc};
use dxpulse::anonymous::{Bundle, SigningKey, Wave};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{free_address, printed};

/// Two questions, one of each part, of a survey with one segment.
pub(crate) const SURVEY: &str = r#"
id = "pulse"
title = "Pulse"

[privacy]
segments = ["unit"]

[[segment]]
id = "unit"
values = [{ code = "a", label = "A", parent = "x" }, { code = "b", label = "B", parent = "x" }, { code = "x", label = "X" }]

[[question]]
id = "nps"
type = "nps"
text = "How likely are you to recommend the platform to a colleague?"

[[question]]
id = "why"
type = "text"
text = "What is the main reason for your score?"
"#;

/// How long a server may take to start on a machine that has much else to do.
const STARTING: Duration = Duration::from_secs(60);

/// When the windows of a wave begin and end, from now on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Windows {
    pub(crate) issue_opens: TimeDelta,
    pub(crate) opens: TimeDelta,
    pub(crate) closes: TimeDelta,
}

/// A collector; its server is killed when it goes.
pub(crate) struct Collector {
    folder: TempDir,
    /// Where developers reach it.
    url: String,
    /// Where its server listens.
    listen: SocketAddr,
    publisher: SigningKey,
    invitations: Mutex<Vec<String>>,
    server: Mutex<Option<Child>>,
    log: Arc<Mutex<String>>,
}

/// A submission as the database has it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row {
    pub(crate) nullifier: String,
    pub(crate) part: String,
    pub(crate) version: u32,
    pub(crate) hash: String,
    pub(crate) payload: Vec<u8>,
}

/// What failed is told without what was answered.
impl fmt::Debug for Row {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { nullifier, part, version, payload, .. } = self;
        write!(out, "{part} in version {version} under {:.8} with {} bytes", nullifier, payload.len())
    }
}

impl Windows {
    /// Windows that are all open.
    pub(crate) const OPEN: Self =
        Self { issue_opens: TimeDelta::hours(-2), opens: TimeDelta::hours(-1), closes: TimeDelta::hours(24) };
}

impl Collector {
    /// Serves, with 24 people invited and one wave of [`SURVEY`] called `one` that is open.
    pub(crate) fn open() -> Self {
        Self::open_to(24)
    }

    /// Serves as [`Collector::open`], with this many people invited.
    pub(crate) fn open_to(people: usize) -> Self {
        let collector = Self::set_up(people, None);
        collector.publish(&collector.prepared(SURVEY, "one", Windows::OPEN));
        collector.serve();
        collector
    }

    /// Sets a collector up and invites people; developers reach it at an address of its own, or at this one.
    pub(crate) fn set_up(people: usize, public: Option<SocketAddr>) -> Self {
        let listen = free_address();
        let (url, publisher) = (format!("http://{}", public.unwrap_or(listen)), SigningKey::from_seed(&[5; 32]));
        let folder = tempfile::Builder::new().prefix("dxpulse-").tempdir().expect("temporary folders can be made");
        let collector =
            Self { folder, url, listen, publisher, invitations: Mutex::default(), server: Mutex::default(), log: Arc::default() };
        let key = collector.publisher.public().to_string();
        printed(&collector.run(&["init", "--url", &collector.url, "--publisher", &key, "--listen", &listen.to_string()]));
        collector.invite(people);
        collector
    }

    fn invite(&self, people: usize) {
        let (roster, out) = (self.path("roster.csv"), self.path("invitations"));
        let unit = |number| if number * 2 < people { "a" } else { "b" };
        let lines = (0..people).map(|number| format!("p{number}@example.com,{}\n", unit(number)));
        fs::write(&roster, format!("contact,unit\n{}", lines.collect::<String>())).expect("the roster can be written");
        printed(&self.run(&["invite", text(&roster), "--out", text(&out)]));
        let invitations = fs::read_to_string(out.join("invitations.csv")).expect("the invitations are written");
        let links = invitations.lines().skip(1).filter_map(|line| line.split(',').nth(1).map(str::to_owned));
        self.invitations.lock().expect("no holder panics").extend(links);
    }

    /// Gives the link of an invitation that nobody was given yet.
    pub(crate) fn invitation(&self) -> String {
        self.invitations.lock().expect("no holder panics").pop().expect("enough people are invited")
    }

    /// Gives the link of another invitation of somebody who was invited before, whose secret is no longer known from then on.
    pub(crate) fn invited_again(&self, contact: &str) -> String {
        let out = self.path("again");
        printed(&self.run(&["invite", "--again", contact, "--out", text(&out)]));
        let invitations = fs::read_to_string(out.join("invitations.csv")).expect("the invitations are written");
        let line = invitations.lines().nth(1).expect("there is one");
        line.split(',').nth(1).expect("it has a link").to_owned()
    }

    /// Prepares a wave and signs it.
    pub(crate) fn prepared(&self, survey: &str, name: &str, windows: Windows) -> Bundle {
        let source = self.path("survey.toml");
        fs::write(&source, survey).expect("the survey can be written");
        let time = |offset: TimeDelta| (Utc::now() + offset).to_rfc3339_opts(SecondsFormat::Secs, true);
        let (issue_opens, opens, closes) = (time(windows.issue_opens), time(windows.opens), time(windows.closes));
        let windows = ["--issue-opens", &issue_opens, "--opens", &opens, "--closes", &closes];
        printed(&self.run(&[&["prepare", text(&source), "--name", name], &windows[..]].concat()));
        let folder = fs::read_dir(self.data().join("prepared")).expect("what is prepared has a folder");
        let is_meant = |path: &PathBuf| path.file_stem().is_some_and(|stem| text(Path::new(stem)).ends_with(&format!("-{name}")));
        let file = folder.flatten().map(|file| file.path()).find(is_meant).expect("the wave is prepared");
        let bundle = Bundle::from_json(&fs::read(file).expect("the bundle can be read")).expect("it is a bundle");
        bundle.signed_by(&self.publisher)
    }

    /// Publishes a signed wave.
    pub(crate) fn publish(&self, bundle: &Bundle) -> Wave {
        let file = self.path("signed.json");
        fs::write(&file, serde_json::to_vec(bundle).expect("a bundle is JSON")).expect("the bundle can be written");
        printed(&self.run(&["publish", text(&file)]));
        bundle.open(&[self.publisher.public()]).expect("what was published holds")
    }

    /// Gives the key that publishers sign with.
    pub(crate) fn publisher(&self) -> &SigningKey {
        &self.publisher
    }

    /// Gives the address that developers reach it at.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Gives where its server listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.listen
    }

    /// Starts the server and waits until it listens.
    pub(crate) fn serve(&self) {
        self.serve_through(&[]);
    }

    /// Starts the server as [`Collector::serve`] does, by way of another program such as `strace`.
    pub(crate) fn serve_through(&self, before: &[&str]) {
        let mut command = self.command_through(before, &["serve"]);
        // With whatever it was started by, it is killed as one.
        command.process_group(0);
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the collector can be started");
        let lines = self.keep_log(&mut child);
        *self.server.lock().expect("no holder panics") = Some(child);
        while !lines
            .recv_timeout(STARTING)
            .unwrap_or_else(|_| panic!("it doesn't serve: {}", self.log()))
            .contains("is served on")
        {}
    }

    /// Keeps what the server says, and hands it on line by line.
    fn keep_log(&self, child: &mut Child) -> Receiver<String> {
        let (sender, receiver) = channel();
        let (log, errors) = (Arc::clone(&self.log), child.stderr.take().expect("its errors are piped"));
        std::thread::spawn(move || {
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                log.lock().expect("no holder panics").push_str(&format!("{line}\n"));
                let _ = sender.send(line);
            }
        });
        receiver
    }

    /// Kills the server with SIGKILL.
    pub(crate) fn kill(&self) {
        if let Some(mut child) = self.server.lock().expect("no holder panics").take() {
            let group = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw).expect("a child has an id");
            // It may have ended by itself.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
            child.wait().expect("a child can be waited for");
        }
    }

    /// Asks the server to end, and waits until it has.
    pub(crate) fn stop(&self) {
        if let Some(mut child) = self.server.lock().expect("no holder panics").take() {
            let id = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw).expect("a child has an id");
            rustix::process::kill_process(id, rustix::process::Signal::TERM).expect("a child can be told to end");
            child.wait().expect("a child can be waited for");
        }
    }

    /// Gives all that servers have said.
    pub(crate) fn log(&self) -> String {
        self.log.lock().expect("no holder panics").clone()
    }

    /// Gives the process of its server.
    pub(crate) fn process(&self) -> u32 {
        self.server.lock().expect("no holder panics").as_ref().expect("it serves").id()
    }

    /// Sends a request with this head as it stands, and gives status and body of the reply.
    pub(crate) fn sent(&self, head: &str, body: &[u8]) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(self.listen).expect("the collector listens");
        let head = format!("{head}\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", self.listen, body.len());
        stream.write_all(&[head.as_bytes(), body].concat()).expect("it can be sent");
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).expect("there is a reply");
        let end = reply.windows(4).position(|four| four == b"\r\n\r\n").expect("it has a head");
        let status = String::from_utf8_lossy(&reply[9..12]).parse().expect("it has a status");
        (status, reply[end + 4..].to_vec())
    }

    /// Closes a wave before its time.
    pub(crate) fn close(&self, name: &str) -> String {
        printed(&self.run(&["close", name, "--now"]))
    }

    /// Runs a command of the collector.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).stdin(Stdio::null()).output().expect("the collector can be started")
    }

    /// Gives a command of the collector, whose environment has nothing but its folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.command_through(&[], arguments)
    }

    fn command_through(&self, before: &[&str], arguments: &[&str]) -> Command {
        let program = [before, &[env!("CARGO_BIN_EXE_dxpulse-collector")]].concat();
        let mut command = Command::new(program[0]);
        command.args(&program[1..]).args(arguments).env_clear().env("PATH", "/usr/bin:/bin").env("TZ", "UTC");
        command.env("DXPULSE_COLLECTOR_DATA", self.data());
        command
    }

    /// Gives all submissions, in the order of their nullifiers.
    pub(crate) fn rows(&self) -> Vec<Row> {
        let database = self.database();
        let sql = "SELECT lower(hex(nullifier)), part, version, lower(hex(hash)), payload FROM responses ORDER BY nullifier";
        let mut rows = database.prepare(sql).expect("the table is there");
        let row = |row: &rusqlite::Row<'_>| {
            Ok(Row { nullifier: row.get(0)?, part: row.get(1)?, version: row.get(2)?, hash: row.get(3)?, payload: row.get(4)? })
        };
        rows.query_map([], row).and_then(Iterator::collect).expect("rows can be read")
    }

    /// Opens its database.
    pub(crate) fn database(&self) -> Connection {
        let database = Connection::open(self.data().join("collector.db")).expect("the database can be opened");
        database.busy_timeout(Duration::from_secs(10)).expect("waiting can be asked for");
        database
    }

    /// Gives the folder of the collector itself.
    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.kill();
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}
