//! What can't be done is refused at once and says why, before anything is sealed that a collector would never take.

use serde_json::json;

use crate::behind;
use crate::support::exchange::{Act, Collector, Developer, Proxy, all, answer, printed};

/// What is answered.
const FAST: &str = r#"{"nps": 9, "why": "fast builds"}"#;

/// Answers, and sends nothing yet.
pub(crate) fn answered(collector: &Collector) -> Developer {
    let developer = Developer::joined(collector);
    developer.take(FAST);
    developer
}

/// Answers, and sends that.
pub(crate) fn sent(collector: &Collector) -> Developer {
    let developer = answered(collector);
    developer.sync();
    developer
}

/// Answers without a token, for which nobody could be asked.
pub(crate) fn tokenless(proxy: &Proxy, collector: &Collector) -> Developer {
    proxy.script(|request| if request.path.contains("/tokens/") { Act::DropBefore } else { Act::Forward });
    answered(collector)
}

/// Runs a command that must be refused, with these words; nothing in the outbox changes by it.
fn refused(developer: &Developer, arguments: &[&str], told: &str) {
    let before = developer.states();
    let output = developer.home.run_with(arguments.iter().copied(), FAST);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", all(&output));
    assert!(all(&output).contains(told), "{arguments:?}: {}", all(&output));
    assert_eq!(developer.states(), before, "{arguments:?}");
}

const AGAIN: [&str; 5] = ["take", "pulse", "--again", "--answers", "-"];
const EDIT: [&str; 4] = ["edit", "pulse", "--answers", "-"];

#[test]
fn what_was_taken_back_is_not_answered_again_in_its_wave_unless_it_never_left() {
    let collector = Collector::open();
    let developer = sent(&collector);
    printed(&developer.run(["withdraw", "pulse"]));
    for state in ["scheduled", "acknowledged"] {
        assert_eq!(developer.states()[0], format!("scores {state}"));
        refused(&developer, &AGAIN, "was taken back, which is final");
        refused(&developer, &EDIT, "was taken back, which is final");
        developer.sync();
    }
    let other = answered(&collector);
    printed(&other.run(["withdraw", "pulse"]));
    printed(&other.home.run_with(AGAIN, FAST));
    other.sync();
    assert_eq!(other.states(), ["scores acknowledged", "comments acknowledged"]);
}

#[test]
fn after_a_close_that_is_known_nothing_is_changed_and_what_was_counted_stays_told() {
    let collector = Collector::open();
    let by_list = sent(&collector);
    let by_change = sent(&collector);
    by_change.edit(r#"{"nps": 3, "why": "slow builds"}"#);
    collector.close("one");
    assert!(by_list.verifies().0);
    by_change.sync();
    for (developer, states) in
        [(&by_list, ["scores verified", "comments verified"]), (&by_change, ["scores earlier", "comments earlier"])]
    {
        assert_eq!(developer.states(), states);
        for arguments in [&["withdraw", "pulse"][..], &["undo"], &EDIT, &AGAIN] {
            refused(developer, arguments, "is closed");
        }
    }
    by_change.sync();
}

#[test]
fn what_a_collector_calls_closed_without_signing_for_it_is_refused_as_long_as_it_says_so() {
    let (proxy, collector) = behind();
    let developer = sent(&collector);
    developer.edit(r#"{"nps": 3, "why": "slow builds"}"#);
    let body = r#"{"code": "closed", "detail": "the wave is closed"}"#;
    proxy.script(|request| match request.path.contains("/responses/") {
        true => Act::Answer(answer("410 Gone", &["content-type: application/problem+json"], body.as_bytes())),
        false => Act::Forward,
    });
    assert!(!developer.try_sync().status.success());
    assert_eq!(developer.states(), ["scores blocked", "comments blocked"]);
    refused(&developer, &["withdraw", "pulse"], "is closed: nothing can be changed any more");
    proxy.script(|_| Act::Forward);
    developer.sync();
    printed(&developer.run(["withdraw", "pulse"]));
    developer.sync();
    assert!(collector.rows().iter().all(|row| row.payload.is_empty()));
}

#[test]
fn an_answer_whose_token_is_refused_for_good_says_so_and_is_not_tried_for_ever() {
    let cases = [
        ("409 Conflict", "token-issued", "another token was issued before"),
        ("401 Unauthorized", "unauthorized", "this credential is not enrolled"),
        ("404 Not Found", "wave-unknown", "there is no such wave here"),
    ];
    for (status, code, detail) in cases {
        let (proxy, collector) = behind();
        let developer = tokenless(&proxy, &collector);
        let body = json!({ "code": code, "detail": detail }).to_string();
        proxy.script(move |request| match request.path.contains("/tokens/") {
            true => Act::Answer(answer(status, &["content-type: application/problem+json"], body.as_bytes())),
            false => Act::Forward,
        });
        assert!(!developer.try_sync().status.success(), "{code}");
        proxy.script(|request| if request.path.contains("/tokens/") { Act::DropBefore } else { Act::Forward });
        developer.sync();
        assert_eq!(developer.states(), ["scores untokened", "comments untokened"], "{code}");
        let told = printed(&developer.run(["outbox"]));
        assert!(told.contains("can't be sent") && told.contains(detail), "{told}");
        refused(&developer, &AGAIN, detail);
        assert!(!printed(&developer.run(["list", "--json"])).contains(r#""pulse""#), "{code}");
    }
}

#[test]
fn an_answer_without_a_token_expires_when_its_wave_is_closed_before_its_time() {
    let (proxy, collector) = behind();
    let developer = tokenless(&proxy, &collector);
    collector.close("one");
    proxy.script(|_| Act::Forward);
    developer.sync();
    assert_eq!(developer.states(), ["scores expired", "comments expired"]);
}

#[test]
fn a_version_that_another_machine_overtook_says_what_sends_a_newer_one() {
    let collector = Collector::open();
    let developer = sent(&collector);
    let copy = developer.copied();
    developer.edit(r#"{"nps": 3, "why": "slow builds"}"#);
    developer.sync();
    copy.edit(r#"{"nps": 4, "why": "other builds"}"#);
    assert!(!copy.try_sync().status.success());
    let told = printed(&copy.run(["outbox"]));
    assert!(told.contains("a further `dxpulse edit` sends a newer version"), "{told}");
    copy.edit(r#"{"nps": 5, "why": "other builds"}"#);
    copy.sync();
    assert_eq!(copy.states(), ["scores acknowledged", "comments acknowledged"]);
}

#[test]
fn changing_an_answer_without_a_terminal_changes_nothing() {
    let collector = Collector::open();
    let developer = answered(&collector);
    let output = developer.run(["edit", "pulse"]);
    assert!(!output.status.success() && all(&output).contains("dxpulse edit ID --answers"), "{}", all(&output));
    developer.edit(r#"{"nps": 3, "why": "slow builds"}"#);
}
