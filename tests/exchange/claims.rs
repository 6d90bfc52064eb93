//! What is claimed of an answer holds for what is sealed of it, and what can't be had is told as just that.

use serde_json::{Value, json};

use crate::behind;
use crate::refusals::{answered, sent, tokenless};
use crate::support::exchange::{Act, Collector, all, answer, printed};

#[test]
fn a_change_that_was_not_sent_before_the_close_is_not_called_counted() {
    let collector = Collector::open();
    let developer = sent(&collector);
    developer.edit(r#"{"nps": 3, "why": "slow builds"}"#);
    collector.close("one");
    let (is_all_well, told) = developer.verifies();
    assert!(!is_all_well && told.contains("an earlier version was sent and is in the published list"), "{told}");
    assert!(!told.contains("sent, and found") && !told.contains("does not hold"), "{told}");
    assert_eq!(developer.states(), ["scores earlier", "comments earlier"]);
}

#[test]
fn what_was_refused_after_it_was_taken_back_is_not_called_counted() {
    let collector = Collector::open();
    let developer = sent(&collector);
    developer.edit(r#"{"nps": 9}"#);
    developer.sync();
    developer.edit(r#"{"nps": 8, "why": "really fast builds"}"#);
    let refused = developer.try_sync();
    assert!(!refused.status.success(), "{}", all(&refused));
    collector.close("one");
    let (is_all_well, told) = developer.verifies();
    assert!(!is_all_well && told.contains("listed as taken back; this was not sent"), "{told}");
    assert_eq!(developer.states(), ["scores verified", "comments earlier"]);
}

#[test]
fn what_was_sent_without_a_receipt_is_found_in_the_list_all_the_same() {
    let (proxy, collector) = behind();
    let developer = answered(&collector);
    proxy.script(|request| if request.path.contains("/responses/") { Act::DropAfter } else { Act::Forward });
    assert!(!developer.try_sync().status.success());
    collector.close("one");
    let (is_all_well, told) = developer.verifies();
    assert!(is_all_well && told.contains("sent, and found in the published list"), "{told}");
}

#[test]
fn a_list_that_can_not_be_had_is_no_alarm_and_one_that_lies_is() {
    let (proxy, collector) = behind();
    let developer = sent(&collector);
    collector.close("one");
    let login = answer("200 OK", &["content-type: text/html"], b"<h1>Welcome to the network</h1>");
    let cases = [
        ("a login page", Act::Answer(login), false),
        ("a redirect", Act::Answer(answer("302 Found", &["location: http://127.0.0.1:1/"], b"")), false),
        ("too many", Act::Answer(answer("429 Too Many Requests", &["retry-after: 5"], b"")), false),
        ("overloaded", Act::Answer(answer("503 Service Unavailable", &[], b"")), false),
        ("a dead line", Act::DropBefore, false),
        ("other counts", Act::Alter(Box::new(|reply| lied(&reply))), true),
    ];
    for (what, act, is_alarm) in cases {
        let mut act = Some(act);
        proxy.script(move |request| match request.path.ends_with("/closing") {
            true => act.take().unwrap_or(Act::DropBefore),
            false => Act::Forward,
        });
        let (is_all_well, told) = developer.verifies();
        assert!(!is_all_well, "{what}: {told}");
        assert_eq!(told.contains("something does not hold"), is_alarm, "{what}: {told}");
        assert_eq!(told.contains("not everything could be checked now"), !is_alarm, "{what}: {told}");
    }
    proxy.script(|_| Act::Forward);
    assert!(developer.verifies().0);
}

/// Changes the number of those who were invited, as long as it was.
fn lied(reply: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(reply).replace(r#""invited":24"#, r#""invited":42"#).into_bytes()
}

#[test]
fn what_a_collector_gives_that_does_not_hold_is_not_called_safe_and_tried_again() {
    let (proxy, collector) = behind();
    let developer = sent(&collector);
    let forged = json!([{ "manifest": "{}", "publisher": null, "signature": null }]).to_string();
    let cases = [
        ("forged", answer("200 OK", &["content-type: application/json"], forged.as_bytes()), "was refused"),
        ("overloaded", answer("503 Service Unavailable", &[], b""), "nothing is lost"),
    ];
    for (what, reply, told) in cases {
        proxy.script(move |request| match request.path.as_str() {
            "/v1/bundles" => Act::Answer(reply.clone()),
            _ => Act::Forward,
        });
        let said = all(&developer.try_sync());
        assert!(said.contains(told), "{what}: {said}");
        assert_eq!(said.contains("nothing is lost"), what == "overloaded", "{said}");
    }
}

#[test]
fn history_and_export_say_what_was_taken_back() {
    let collector = Collector::open();
    let developer = sent(&collector);
    for (language, word) in [("en", "answered"), ("de", "beantwortet"), ("ja", "回答")] {
        assert!(printed(&developer.run(["history", "--lang", language])).contains(word));
    }
    assert!(!printed(&developer.run(["export"])).contains("taken_back"));
    printed(&developer.run(["withdraw", "pulse"]));
    for (language, word) in [("en", "taken back"), ("de", "zurückgenommen"), ("ja", "取り消し")] {
        let told = printed(&developer.run(["history", "--lang", language]));
        assert!(told.contains(word), "{told}");
    }
    assert!(printed(&developer.run(["history", "--json"])).contains(r#""outcome": "taken_back""#));
    let table = printed(&developer.run(["export"]));
    assert!(table.lines().next().is_some_and(|head| head.ends_with("response.taken_back")), "{table}");
    let documents: Value = serde_json::from_str(&printed(&developer.run(["export", "--format", "json"]))).expect("it is JSON");
    assert_eq!(documents[0]["taken_back"], true);
}

#[test]
fn a_body_that_is_not_complete_is_told_to_be_so_and_nothing_is_printed() {
    let (proxy, collector) = behind();
    let developer = tokenless(&proxy, &collector);
    let output = developer.run(["payload", "--body"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{}", all(&output));
    assert!(all(&output).contains("before its token has come"), "{}", all(&output));
}
