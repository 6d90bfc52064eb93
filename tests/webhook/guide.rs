//! docs/webhook.md tells the truth: its receiver takes what the program sends, and its event is one that is sent.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::developer::{Developer, SECRET};
use crate::endpoint::Endpoint;

const GUIDE: &str = include_str!("../../docs/webhook.md");

/// The receiver of the guide while it runs.
struct Receiver {
    child: Child,
    address: String,
}

impl Receiver {
    fn start(folder: &Path, secret: &str) -> Self {
        std::fs::write(folder.join("secret"), secret).unwrap();
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/webhook/receiver.py");
        let mut command = Command::new("python3");
        command.arg(program).args(["--secret", "secret", "--responses", "responses.jsonl", "--port", "0"]);
        let mut child = command.current_dir(folder).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ").unwrap_or_else(|| panic!("{line}")).to_owned();
        Self { child, address }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn kept(folder: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join("responses.jsonl")).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_receiver_keeps_one_line_for_each_response_and_deletes_what_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(folder.path(), &format!("{SECRET}\n"));
    let (one, other) = (Developer::new(&receiver.address), Developer::new(&receiver.address));
    for developer in [&one, &other] {
        developer.answer();
        developer.succeed(&["sync", "--now"]);
        assert_eq!(developer.states(), ["delivered"]);
    }
    let lines = kept(folder.path());
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| line["data"]["answers"] == json!({ "nps": 3 }) && line["data"].get("padding").is_none()));
    assert!(lines[0]["subject"].as_str() < lines[1]["subject"].as_str(), "sorted, not in order of arrival");

    one.output(&["edit", "mine", "--answers", "-"], r#"{ "nps": 10 }"#);
    one.succeed(&["sync", "--now"]);
    other.succeed(&["withdraw", "mine"]);
    other.succeed(&["sync", "--now"]);
    let lines = kept(folder.path());
    let answers: Vec<_> = lines.iter().map(|line| line["data"]["answers"].clone()).collect();
    assert!(answers.contains(&json!({ "nps": 10 })) && answers.contains(&Value::Null) && answers.len() == 2, "{lines:?}");
}

#[test]
fn the_receiver_keeps_an_event_once_also_after_it_was_started_anew() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::answering(&[]);
    let developer = Developer::new(&endpoint.address);
    developer.answer();
    developer.succeed(&["sync", "--now"]);
    let request = endpoint.requests().remove(0);
    for _ in 0..2 {
        let receiver = Receiver::start(folder.path(), SECRET);
        for _ in 0..2 {
            let mut curl = Command::new("python3");
            let script = "import sys, urllib.request as r\n\
                body = sys.stdin.buffer.read()\n\
                headers = {'Idempotency-Key': sys.argv[2], 'X-Hub-Signature-256': sys.argv[3], 'Content-Type': 'application/cloudevents+json'}\n\
                print(r.urlopen(r.Request(sys.argv[1], body, headers)).status)\n";
            let headers = [request.header("idempotency-key"), request.header("x-hub-signature-256")];
            let mut child = curl.args(["-c", script, &receiver.address]).args(headers);
            child = child.stdin(Stdio::piped()).stdout(Stdio::piped());
            let mut child = child.spawn().unwrap();
            std::io::Write::write_all(&mut child.stdin.take().unwrap(), &request.body).unwrap();
            assert_eq!(child.wait_with_output().unwrap().stdout, b"204\n");
        }
        assert_eq!(kept(folder.path()).len(), 1);
    }
}

#[test]
fn another_secret_is_refused_and_the_answer_kept() {
    let folder = tempfile::tempdir().unwrap();
    let receiver = Receiver::start(folder.path(), "another secret of more than 32 bytes");
    let developer = Developer::new(&receiver.address);
    developer.answer();
    assert!(developer.fail(&["sync", "--now"]).contains("answers 401"));
    assert_eq!((developer.states(), kept(folder.path())), (vec!["blocked".to_owned()], Vec::new()));
}

#[test]
fn the_event_of_the_guide_is_one_that_is_sent() {
    let shown = GUIDE.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let shown: Value = serde_json::from_str(shown).unwrap();
    let endpoint = Endpoint::answering(&[]);
    let developer = Developer::new(&endpoint.address);
    let answers = r#"{ "task_ease": 6, "ending": null }"#;
    let taken = developer.output(&["take", "golden-path", "--answers", "-"], answers);
    assert!(taken.status.success(), "{}", String::from_utf8_lossy(&taken.stderr));
    developer.succeed(&["sync", "--now"]);
    let mut sent = endpoint.requests()[0].event();
    for key in ["id", "subject"] {
        assert_eq!(sent[key].as_str().unwrap().len(), shown[key].as_str().unwrap().len());
        sent[key] = shown[key].clone();
    }
    assert!(sent["data"]["arms"]["path"].is_string());
    for key in ["wave", "items", "padding", "arms"] {
        sent["data"][key] = shown["data"][key].clone();
    }
    assert_eq!(sent, shown);
}
