//! The order of system calls on the way of an answer: everything that is told, and everything that is sent, was synced before.

use std::fs;

use crate::support::exchange::{Collector, Developer, Row, SURVEY, Windows, printed};
use crate::support::trace::{Call, TRACED, calls};
use crate::support::{PROGRAM, program};

/// What is said at the end of a survey whose answers are sent.
const FAREWELL: &str = "thanks: saved";

/// How much of each call strace writes down.
const MOST: &str = "65536";

/// Runs `dxpulse` under strace, and gives the trace.
fn traced(developer: &Developer, arguments: &[&str], input: &str) -> String {
    let log = developer.home.path().join("trace.txt");
    let log_name = log.to_str().expect("temporary folders have plain names");
    let answers = developer.home.path().join("answers.json");
    fs::write(&answers, input).expect("a file can be written");
    let mut command = developer.home.command_through(&["strace", "-f", "-yy", "-s", MOST, "-e", TRACED, "-o", log_name]);
    printed(&command.args(arguments).output().expect("strace is installed"));
    fs::read_to_string(&log).expect("strace writes its log")
}

/// Makes sure that these words were written to the database and synced before a call, and that nothing was written in between.
fn is_synced_before(calls: &[Call<'_>], words: &str, told: impl Fn(&Call<'_>) -> bool) {
    let told = calls.iter().position(told).expect("it is told or sent");
    let written = calls[..told].iter().rposition(|call| call.is_write() && call.is_database());
    let synced = calls[..told].iter().rposition(|call| call.is_sync() && call.is_database());
    assert!(written < synced, "what was written last is synced");
    let has_words = |call: &Call<'_>| call.is_write() && call.is_database() && call.arguments.contains(words);
    assert!(calls[..synced.expect("something is synced")].iter().any(has_words), "{words} is written before");
}

/// What a file of JSON looks like in what strace writes down.
fn escaped(json: &str) -> String {
    json.replace('"', "\\\"")
}

#[test]
fn an_answer_is_sealed_and_synced_before_it_is_told_to_be_stored() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    let answers = developer.home.path().join("answers.json").display().to_string();
    let trace = traced(&developer, &["take", "pulse", "--answers", &answers, "--json"], r#"{"nps": 9, "why": "fast builds"}"#);
    is_synced_before(&calls(&trace), &escaped("dxpulse-scores/1"), |call| {
        call.name == "write" && call.arguments.starts_with("1<") && call.arguments.contains("answers")
    });
    is_synced_before(&calls(&trace), &escaped("dxpulse-comments/1"), |call| {
        call.name == "write" && call.arguments.starts_with("2<") && call.arguments.contains("this is all that leaves")
    });
}

#[test]
fn an_answer_is_sealed_and_synced_before_the_farewell() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    let log = developer.home.path().join("trace.txt");
    let log_name = log.to_str().expect("temporary folders have plain names");
    let strace = ["-f", "-yy", "-s", MOST, "-e", TRACED, "-o", log_name, PROGRAM, "take", "pulse"];
    let mut screen = program("/usr/bin/strace", strace).home(&developer.home).start();
    screen.ready().press("9").until("main reason").type_text("fast builds").press("enter").until("Enter stores").settle();
    screen.press("enter");
    assert_eq!(screen.exit_code(), 0);
    let trace = fs::read_to_string(&log).expect("strace writes its log");
    is_synced_before(&calls(&trace), "dxpulse-scores/1", |call| call.is_terminal() && call.arguments.contains(FAREWELL));
}

#[test]
fn what_a_token_is_asked_for_with_is_synced_before_the_request() {
    let collector = Collector::open();
    let developer = Developer::new();
    let trace = traced(&developer, &["enroll", &collector.invitation()], "");
    for part in ["scores", "comments"] {
        let request = |call: &Call<'_>| call.sends("POST /v1/waves/") && call.arguments.contains(&format!("/tokens/{part} "));
        is_synced_before(&calls(&trace), &escaped(r#""blinding":[""#), request);
    }
}

#[test]
fn the_secret_of_an_invitation_is_synced_before_the_code_is_redeemed() {
    let collector = Collector::open();
    let developer = Developer::new();
    let trace = traced(&developer, &["enroll", &collector.invitation()], "");
    is_synced_before(&calls(&trace), &escaped(r#""credential":""#), |call| call.sends("POST /v1/enrolments"));
}

#[test]
fn a_receipt_is_synced_before_an_answer_is_told_to_be_sent_and_a_mark_before_it_is_sent() {
    let collector = Collector::open();
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    let trace = traced(&developer, &["sync", "--now"], "");
    is_synced_before(&calls(&trace), &escaped(r#""was_tried":true"#), |call| call.sends("PUT /v1/waves/"));
    is_synced_before(&calls(&trace), &escaped(r#""payload_hash":""#), |call| {
        call.name == "write" && call.arguments.starts_with("1<") && call.arguments.contains("send the scores")
    });
}

#[test]
fn a_collector_syncs_an_answer_before_it_signs_for_it() {
    let collector = Collector::set_up(24, None);
    collector.publish(&collector.prepared(SURVEY, "one", Windows::OPEN));
    let log = collector.data().join("trace.txt");
    let log_name = log.to_str().expect("temporary folders have plain names");
    collector.serve_through(&["strace", "-f", "-yy", "-s", MOST, "-e", TRACED, "-o", log_name]);
    let developer = Developer::joined(&collector);
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    developer.sync();
    collector.kill();
    let trace = fs::read_to_string(&log).expect("strace writes its log");
    for part in ["scores", "comments"] {
        let payload = format!("dxpulse-{part}/1");
        let nullifier = |row: &Row| row.part == part;
        let signed = collector.rows().into_iter().find(nullifier).expect("it was taken").hash;
        is_synced_before(&calls(&trace), &escaped(&payload), |call| {
            call.sends("HTTP/1.1 20") && call.arguments.contains(&signed)
        });
    }
}

#[test]
fn what_is_not_synced_or_written_later_is_told_from_what_is() {
    let write = "7 pwrite64(5</h/a.db-wal>, \"receipt\", 7, 0) = 7\n";
    let (sync, told) = ("7 fdatasync(5</h/a.db-wal>) = 0\n", "7 write(1<pipe:[1]>, \"sent\", 4) = 4\n");
    let holds = |trace: &str| {
        let trace = trace.to_owned();
        let check = move || is_synced_before(&calls(&trace), "receipt", |call| call.arguments.contains("sent"));
        std::panic::catch_unwind(check).is_ok()
    };
    assert!(holds(&[write, sync, told].concat()));
    for bad in
        [[write, told, sync].concat(), [told, write, sync].concat(), [write, sync, write, told].concat(), [sync, told].concat()]
    {
        assert!(!holds(&bad), "{bad}");
    }
}
