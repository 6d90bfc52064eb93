//! A collector of its own for each test: its folder, its publisher, its commands, and a running server.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use dxpulse::anonymous::manifest::Wave;
use dxpulse::anonymous::{Bundle, SigningKey};
use reqwest::blocking::{Client, Response};
use rustix::process::{Pid, Resource, Rlimit, prlimit};
use serde_json::Value;
use tempfile::TempDir;

/// What is asked in most tests: a score, a comment, and a segment.
pub(crate) const SURVEY: &str = r#"
id = "pulse"
title = "Pulse"

[privacy]
segments = ["team"]

[[question]]
id = "nps"
type = "nps"
text = "How likely are you to recommend the platform?"

[[question]]
id = "why"
type = "text"
text = "Why?"
"#;

/// A collector's folder with everything around it.
pub(crate) struct Place {
    pub(crate) root: TempDir,
    pub(crate) publisher: SigningKey,
    pub(crate) port: u16,
}

/// How long a server has to say something.
const DEADLINE: Duration = Duration::from_secs(30);

/// What a command said.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A server that runs until it is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) url: String,
    said: Arc<(Mutex<String>, Condvar)>,
    reading: Option<JoinHandle<()>>,
}

impl Place {
    /// Sets a collector up.
    pub(crate) fn new() -> Self {
        let place = Self::empty();
        place.init(&[]);
        place
    }

    /// Sets one up that keeps what it has in a database on a server.
    pub(crate) fn on(database: &str) -> Self {
        let place = Self::empty();
        place.init(&["--database", database]);
        place
    }

    /// Gives a place for a collector that is not set up.
    pub(crate) fn empty() -> Self {
        Self { root: tempfile::tempdir().unwrap(), publisher: SigningKey::from_seed(&[1; 32]), port: free_port() }
    }

    fn init(&self, more: &[&str]) {
        let told = self.init_through(&[], more);
        assert_eq!(told.code, 0, "{told:?}");
    }

    /// Sets a collector up by way of another program, such as `env`.
    pub(crate) fn init_through(&self, before: &[&str], more: &[&str]) -> Outcome {
        let (url, key) = (self.url(), self.publisher.public().to_string());
        let listen = format!("127.0.0.1:{}", self.port);
        self.run_through(before, &[&["init", "--url", &url, "--publisher", &key, "--listen", &listen], more].concat())
    }

    /// Tries to set another collector up, in a folder beside this one.
    pub(crate) fn init_another(&self, database: &str) -> Outcome {
        self.run(&["--data", "another", "init", "--url", &self.url(), "--database", database])
    }

    /// Gives a collector with a copy of this one's folder and an address of its own.
    pub(crate) fn twin(&self) -> Self {
        let twin = Self { root: tempfile::tempdir().unwrap(), publisher: self.publisher.clone(), port: free_port() };
        let copied = Command::new("cp").arg("-a").args([self.data(), twin.data()]).status().unwrap();
        assert!(copied.success());
        let settings = twin.data().join("collector.toml");
        let text = std::fs::read_to_string(&settings).unwrap();
        let listen = |port| format!("listen = \"127.0.0.1:{port}\"");
        std::fs::write(settings, text.replace(&listen(self.port), &listen(twin.port))).unwrap();
        twin
    }

    /// Sets one up, invites so many people of two teams, and publishes a wave that takes tokens and answers now.
    pub(crate) fn with_wave(people: usize) -> (Self, Vec<Invited>, Wave) {
        Self::new().with_wave_for(people)
    }

    /// Invites so many people of two teams, and publishes a wave that takes tokens and answers now.
    pub(crate) fn with_wave_for(self, people: usize) -> (Self, Vec<Invited>, Wave) {
        let invited = self.invite(people);
        let wave = self.publish(SURVEY, ("now", -48, 240));
        (self, invited, wave)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.root.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub(crate) fn command(&self, before: &[&str], arguments: &[&str]) -> Command {
        let program = [before, &[env!("CARGO_BIN_EXE_dxpulse-collector")]].concat();
        let mut command = Command::new(program[0]);
        command
            .args(&program[1..])
            .args(arguments)
            .current_dir(self.root.path())
            .env_clear()
            .env("DXPULSE_COLLECTOR_DATA", self.data());
        command.stdin(Stdio::null());
        command
    }

    /// Runs a command.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_through(&[], arguments)
    }

    /// Runs a command by way of another program, such as `faketime`.
    pub(crate) fn run_through(&self, before: &[&str], arguments: &[&str]) -> Outcome {
        self.outcome(self.command(before, arguments).output().unwrap())
    }

    fn outcome(&self, output: Output) -> Outcome {
        let text = |bytes| String::from_utf8(bytes).unwrap().replace(self.root.path().to_str().unwrap(), "ROOT");
        Outcome { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs lines of a shell that may name the collector by its name alone, with more variables.
    pub(crate) fn run_shell(&self, lines: &str, variables: &[(&str, String)]) -> Outcome {
        let programs = Path::new(env!("CARGO_BIN_EXE_dxpulse-collector")).parent().unwrap().display().to_string();
        let mut command = Command::new("bash");
        command.args(["-euo", "pipefail", "-c", lines]).current_dir(self.root.path()).stdin(Stdio::null()).env_clear();
        command.env("PATH", format!("{programs}:/usr/bin:/bin")).env("DXPULSE_COLLECTOR_DATA", self.data());
        self.outcome(command.envs(variables.iter().cloned()).output().unwrap())
    }

    /// Runs a command that must succeed, and gives what it printed.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments);
        assert_eq!(outcome.code, 0, "{arguments:?}: {}{}", outcome.out, outcome.err);
        outcome.out
    }

    /// Invites so many people of two teams and gives their codes.
    pub(crate) fn invite(&self, people: usize) -> Vec<Invited> {
        let line = |at: usize| format!("person{at}@example.com,{}\n", if at.is_multiple_of(2) { "core" } else { "web" });
        let roster = format!("contact,team\n{}", (0..people).map(line).collect::<String>());
        self.write("roster.csv", &roster);
        self.send_letters();
        self.succeed(&["invite", "roster.csv", "--out", "letters"]);
        self.invitations()
    }

    /// Invites someone again and gives their new code.
    pub(crate) fn invite_again(&self, contact: &str) -> Invited {
        self.send_letters();
        self.succeed(&["invite", "--again", contact, "--out", "letters"]);
        self.invitations().remove(0)
    }

    /// Deletes the letters that were written last, as after they were sent.
    pub(crate) fn send_letters(&self) {
        let _ = std::fs::remove_dir_all(self.root.path().join("letters"));
    }

    /// Reads the invitations that were written last.
    fn invitations(&self) -> Vec<Invited> {
        let text = std::fs::read_to_string(self.root.path().join("letters/invitations.csv")).unwrap();
        let lines = text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        lines.map(|fields| Invited { contact: fields[0].clone(), link: fields[1].clone(), code: fields[2].clone() }).collect()
    }

    /// Prepares a wave that opened and closes so many hours from now, and gives the file that waits for a signature.
    pub(crate) fn prepare(&self, survey: &str, (name, opens, closes): (&str, i64, i64)) -> PathBuf {
        let path = self.write("survey.toml", survey);
        let [issues, opens, closes] = [opens - 24, opens, closes].map(in_hours);
        let path = path.to_str().unwrap();
        self.succeed(&["prepare", path, "--name", name, "--issue-opens", &issues, "--opens", &opens, "--closes", &closes]);
        let id = survey.lines().find_map(|line| line.strip_prefix("id = ")).unwrap().trim_matches('"');
        self.data().join(format!("prepared/{id}-{name}.json"))
    }

    /// Signs a prepared file as the publisher.
    pub(crate) fn sign(&self, prepared: &Path) -> (PathBuf, Wave) {
        let bundle = Bundle::from_json(&std::fs::read(prepared).unwrap()).unwrap().signed_by(&self.publisher);
        let wave = bundle.open(&[self.publisher.public()]).unwrap();
        let path = self.write(&format!("signed-{}.json", wave.manifest.wave), &serde_json::json!(bundle).to_string());
        (path, wave)
    }

    /// Prepares, signs and publishes a wave.
    pub(crate) fn publish(&self, survey: &str, windows: (&str, i64, i64)) -> Wave {
        let (signed, wave) = self.sign(&self.prepare(survey, windows));
        self.succeed(&["publish", signed.to_str().unwrap()]);
        wave
    }

    /// Starts the server and waits until it listens.
    pub(crate) fn serve(&self) -> Server {
        self.serve_through(&[])
    }

    /// Starts the server by way of another program, such as `faketime`, and waits until it listens.
    pub(crate) fn serve_through(&self, before: &[&str]) -> Server {
        let mut child = self.command(before, &["serve"]).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        let mut first = String::new();
        lines.read_line(&mut first).unwrap();
        if !first.contains("is served on") {
            lines.read_to_string(&mut first).unwrap();
            panic!("the server did not start: {first}");
        }
        let said = Arc::new((Mutex::new(first), Condvar::new()));
        let reading = Arc::clone(&said);
        let reading = std::thread::spawn(move || {
            let mut line = String::new();
            while lines.read_line(&mut line).is_ok_and(|length| length > 0) {
                reading.0.lock().unwrap().push_str(&std::mem::take(&mut line));
                reading.1.notify_all();
            }
        });
        Server { child, url: self.url(), said, reading: Some(reading) }
    }

    /// Makes the next start take the last night for one long ago.
    pub(crate) fn let_a_night_pass(&self) {
        std::fs::write(self.data().join("rewritten"), "2020-01-01\n").unwrap();
    }

    pub(crate) fn admin(&self) -> String {
        self.succeed(&["token", "new", "tests"]).trim().to_owned()
    }
}

/// Someone who is invited.
#[derive(Debug, Clone)]
pub(crate) struct Invited {
    pub(crate) contact: String,
    pub(crate) link: String,
    pub(crate) code: String,
}

impl Server {
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Gives what the server said so far.
    pub(crate) fn said(&self) -> String {
        self.said.0.lock().unwrap().clone()
    }

    /// Waits until the server says something.
    pub(crate) fn wait_for(&self, text: &str) {
        let is_missing = |said: &mut String| !said.contains(text);
        let waited = self.said.1.wait_timeout_while(self.said.0.lock().unwrap(), DEADLINE, is_missing).unwrap();
        assert!(!waited.1.timed_out(), "{text:?} was never said: {}", *waited.0);
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        client().get(format!("{}{path}", self.url)).send().unwrap()
    }

    pub(crate) fn json(&self, path: &str) -> Value {
        let response = self.get(path);
        assert_eq!(response.status(), 200, "{path}");
        serde_json::from_slice(&response.bytes().unwrap()).unwrap()
    }

    /// Asks the process to end and gives its exit code with all it said.
    pub(crate) fn stop(mut self) -> (i32, String) {
        signal(self.id(), "TERM");
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        self.reading.take().unwrap().join().unwrap();
        (code, self.said())
    }

    /// Lets no file of it grow, as where a disk is full, or lifts that limit.
    pub(crate) fn limit_files(&self, is_full: bool) {
        let id = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        prlimit(id, Resource::Fsize, Rlimit { current: is_full.then_some(0), maximum: None }).expect("a limit can be lowered");
    }

    /// Ends the process at once.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Gives a client; its provider of cryptography is installed first.
pub(crate) fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().user_agent("canary-agent/1").timeout(std::time::Duration::from_secs(60)).build().unwrap()
}

/// Sends a signal to a process.
pub(crate) fn signal(process: u32, name: &str) {
    assert!(Command::new("kill").args([format!("-{name}"), process.to_string()]).status().unwrap().success());
}

/// Asserts that a reply is a problem of a kind.
#[track_caller]
pub(crate) fn assert_problem(response: Response, status: u16, code: &str) {
    let (found, headers) = (response.status().as_u16(), response.headers().clone());
    let body = response.text().unwrap();
    let kind = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let problem: Value = serde_json::from_str(&body).unwrap_or_default();
    assert_eq!((found, kind, problem["code"].as_str()), (status, "application/problem+json", Some(code)), "{body}");
    assert_eq!(problem["status"], status);
    assert!(["type", "title", "detail"].iter().all(|key| problem[key].as_str().is_some_and(|text| !text.is_empty())), "{body}");
    assert_eq!(headers.get("cache-control").unwrap(), "no-store");
    assert_eq!(headers.contains_key("retry-after"), [429, 503].contains(&status));
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn in_hours(hours: i64) -> String {
    (chrono::Utc::now() + chrono::TimeDelta::hours(hours)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
