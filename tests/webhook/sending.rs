//! What is sent, when it is sent again, and what is said of it.

use crate::developer::{ANSWERS, Developer, SECRET};
use crate::endpoint::Endpoint;
use crate::support::{Home, dxpulse};

use dxpulse::anonymous::submission::confidential::signature;
use serde_json::json;

#[test]
fn an_answer_is_delivered_once_signed_and_padded_and_nothing_else_is_told() {
    let endpoint = Endpoint::answering(&[]);
    let developer = Developer::new(&format!("{}/surveys/", endpoint.address));
    developer.answer();
    assert_eq!((developer.states(), endpoint.requests().len()), (vec!["scheduled".to_owned()], 0), "not before its time");
    let payload = developer.succeed(&["payload", "mine"]);
    assert!(developer.succeed(&["sync", "--dry-run"]).contains("later: deliver the scores of mine to http://127.0.0.1"));
    developer.succeed(&["sync", "--now"]);
    developer.succeed(&["sync", "--now"]);
    let requests = endpoint.requests();
    let [request] = &requests[..] else { panic!("{requests:?}") };
    assert!(request.head.starts_with("post /surveys/ http/1.1\r\n"), "{}", request.head);
    assert_eq!(request.header("content-type"), "application/cloudevents+json");
    assert_eq!(request.header("x-hub-signature-256"), signature(SECRET.as_bytes(), &request.body));
    assert_eq!((request.header("user-agent"), request.body.len()), ("dxpulse", 4096));
    let mut event = request.event();
    assert_eq!(event["id"], request.header("idempotency-key"));
    assert_eq!(event["data"]["answers"], json!({ "nps": 3 }));
    event["data"].as_object_mut().unwrap().remove("padding");
    assert_eq!(event, serde_json::from_str::<serde_json::Value>(&payload).unwrap(), "what was shown is what was sent");
    assert_eq!(developer.output(&["payload", "mine", "--body"], "").stdout, request.body);
    let sent = String::from_utf8_lossy(&request.body);
    let response = developer.outbox()[0]["response"].as_str().unwrap().to_owned();
    for absent in ["lead", "role", "slow", "why", &response, "language", "duration_ms", "answered_at"] {
        assert!(!sent.contains(absent), "{absent}: {sent}");
    }
    let names: Vec<&str> = request.head.lines().skip(1).map(|line| line.split(':').next().unwrap()).collect();
    let known = ["content-type", "idempotency-key", "x-hub-signature-256", "accept", "user-agent", "host", "content-length"];
    assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
}

#[test]
fn what_was_not_taken_is_sent_again_byte_for_byte() {
    let answers = ["503 Busy\nretry-after: 7200", "302 Found\nlocation: http://127.0.0.1:9/", "204 No Content"];
    let endpoint = Endpoint::answering(&answers);
    let developer = Developer::new(&endpoint.address);
    developer.answer();
    for expected in ["answers 503", "redirect (302); it was not followed"] {
        assert!(developer.fail(&["sync", "--now"]).contains(expected), "{expected}");
        assert_eq!(developer.states(), ["retrying"]);
    }
    developer.succeed(&["sync"]);
    assert_eq!(developer.states(), ["delivered"]);
    let requests = endpoint.requests();
    assert_eq!(requests.len(), 3);
    assert!(requests.iter().all(|request| *request == requests[0]));
}

#[test]
fn retry_after_is_kept_to_and_a_refusal_waits_for_the_developer() {
    let endpoint = Endpoint::answering(&["429 Slow down\nretry-after: 7200", "422 No"]);
    let developer = Developer::new(&endpoint.address);
    developer.answer();
    developer.fail(&["sync", "--now"]);
    let event = &developer.outbox()[0];
    let at = |key: &str| event[key].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert!(at("retry_at") > chrono::Utc::now() + chrono::TimeDelta::minutes(110), "{event}");
    developer.fail(&["sync"]);
    assert_eq!(developer.states(), ["blocked"]);
    assert!(developer.succeed(&["outbox"]).contains("✗ mine · scores, confidential, for http://127.0.0.1"));
    developer.succeed(&["sync"]);
    assert_eq!(developer.states(), ["delivered"]);
}

#[test]
fn it_is_called_confidential_and_delivered_and_never_anonymous_or_counted() {
    let endpoint = Endpoint::answering(&[]);
    let developer = Developer::new(&endpoint.address);
    let mut screen = dxpulse(["take", "mine"]).home(&developer.home).env("DXPULSE_WEBHOOK", &endpoint.address).start();
    screen.ready();
    assert!(screen.text().contains("◈ confidential"), "{}", screen.text());
    assert!(!screen.text().contains("anonym") && !screen.text().contains("stays here"), "{}", screen.text());
    drop(screen);
    let inbox = dxpulse([]).home(&Home::new()).env("DXPULSE_WEBHOOK", &endpoint.address).start().ready().text();
    assert!(inbox.contains("◈ confidential") && inbox.contains("gets what you answer, confidentially"), "{inbox}");
    assert!(!inbox.contains("leaves this machine") && !inbox.contains("stays here"), "{inbox}");
    developer.succeed(&["take", "mine", "--discard-draft", "--answers", "-"]);
    developer.succeed(&["sync", "--now"]);
    let outbox = developer.succeed(&["outbox"]);
    assert!(
        outbox.starts_with("✓ mine · scores, confidential, for ") && outbox.contains("delivered: the webhook took it"),
        "{outbox}"
    );
    assert!(!outbox.contains("anonym") && !outbox.contains("count"), "{outbox}");
}

#[test]
fn the_first_time_all_that_leaves_is_shown() {
    let endpoint = Endpoint::answering(&[]);
    let developer = Developer::new(&endpoint.address);
    let shown = |developer: &Developer| {
        String::from_utf8(developer.output(&["take", "mine", "--again", "--answers", "-"], ANSWERS).stderr).unwrap()
    };
    let first = shown(&developer);
    assert!(first.contains("this is all that leaves this machine") && first.contains("\"answers\":{\"nps\":3}"), "{first}");
    assert_eq!(shown(&developer), "");
}

#[test]
fn where_an_answer_is_is_said_in_the_developers_language() {
    let developer = Developer::new("http://127.0.0.1:9");
    developer.answer();
    let mut developer = developer;
    for (language, said) in [("en", "saved here; sent with"), ("de-AT", "hier gespeichert; geht"), ("ja", "このマシンに保存済み")]
    {
        developer = developer.with("DXPULSE_LANGUAGE", language);
        let outbox = developer.succeed(&["outbox"]);
        assert!(outbox.starts_with("◌ mine · ") && outbox.contains(said), "{outbox}");
    }
    let taken_back = developer.with("DXPULSE_LANGUAGE", "de").succeed(&["withdraw", "mine"]);
    assert!(taken_back.contains("war noch nicht gesendet"), "{taken_back}");
}

#[test]
fn what_was_answered_from_the_inbox_is_shown_on_leaving_it() {
    let endpoint = Endpoint::answering(&[]);
    let developer = Developer::new(&endpoint.address);
    let mut screen = dxpulse([]).home(&developer.home).env("DXPULSE_WEBHOOK", &endpoint.address).start();
    screen.ready().until("Mine").press("3").until("What do you do?").settle().press("1").until("How likely?").settle().press("3");
    screen.until("Why?").settle().press("enter").until("review").settle().press("enter").until("thanks").settle().press("q");
    assert_eq!(screen.exit_code(), 0);
    let shown = screen.text();
    assert!(shown.contains("this is all that leaves this machine") && shown.contains("\"answers\":{\"nps\":3}"), "{shown}");
}

#[test]
fn own_words_go_only_where_they_are_wanted_and_apart() {
    let endpoint = Endpoint::answering(&[]);
    let developer = Developer::new(&endpoint.address).with("DXPULSE_WEBHOOK_COMMENTS", "true");
    developer.answer();
    developer.succeed(&["sync", "--now"]);
    let events: Vec<_> = endpoint.requests().iter().map(|request| request.event()).collect();
    let types: Vec<_> = events.iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(types.len(), 2);
    assert!(types.contains(&"io.dxpulse.response.v1") && types.contains(&"io.dxpulse.comments.v1"), "{types:?}");
    assert!(events[0]["subject"] != events[1]["subject"] && events[0]["id"] != events[1]["id"]);
    let comments = events.iter().find(|event| event["type"] == "io.dxpulse.comments.v1").unwrap();
    assert_eq!(comments["data"]["comments"], json!({ "why": "the builds are slow" }));
    // Once they are no longer wanted, an edit takes them back.
    let developer = developer.with("DXPULSE_WEBHOOK_COMMENTS", "false");
    developer.succeed(&["edit", "mine", "--answers", "-"]);
    developer.succeed(&["sync", "--now"]);
    let events: Vec<_> = endpoint.requests().iter().skip(2).map(|request| request.event()).collect();
    let withdrawn = events.iter().find(|event| event["type"] == "io.dxpulse.comments.withdrawn.v1").unwrap();
    assert_eq!((&withdrawn["subject"], &withdrawn["data"]["revision"]), (&comments["subject"], &json!(2)));
}

#[test]
fn an_edit_and_a_withdrawal_have_the_same_subject_and_ids_of_their_own() {
    let endpoint = Endpoint::answering(&[]);
    let developer = Developer::new(&endpoint.address);
    developer.answer();
    developer.succeed(&["sync", "--now"]);
    developer.output(&["edit", "mine", "--answers", "-"], r#"{ "nps": 9 }"#);
    developer.succeed(&["sync", "--now"]);
    assert!(developer.succeed(&["withdraw", "mine"]).contains("taking back the scores: saved here; sent"));
    developer.succeed(&["sync", "--now"]);
    assert!(developer.succeed(&["outbox"]).contains("delivered: the webhook was told to take it back"));
    assert!(developer.succeed(&["withdraw", "mine"]).contains("was taken back already"));
    let events: Vec<_> = endpoint.requests().iter().map(|request| request.event()).collect();
    let told: Vec<_> = events.iter().map(|event| (event["type"].clone(), event["data"]["revision"].clone())).collect();
    let response = json!("io.dxpulse.response.v1");
    assert_eq!(told, [(response.clone(), json!(1)), (response, json!(2)), (json!("io.dxpulse.response.withdrawn.v1"), json!(3))]);
    assert!(events.iter().all(|event| event["subject"] == events[0]["subject"]));
    assert!(events[0]["id"] != events[1]["id"] && events[1]["id"] != events[2]["id"]);
}

#[test]
fn what_never_left_is_undone_and_withdrawn_without_a_word_to_anyone() {
    let endpoint = Endpoint::answering(&[]);
    let developer = Developer::new(&endpoint.address);
    developer.answer();
    assert!(developer.succeed(&["undo"]).contains("is a draft again, and nothing of it was sent"));
    assert_eq!(developer.states(), Vec::<String>::new());
    developer.succeed(&["take", "mine", "--discard-draft", "--answers", "-"]);
    assert!(developer.succeed(&["withdraw", "mine"]).contains("had not been sent, and will not be; it stays here"));
    developer.succeed(&["sync", "--now"]);
    assert_eq!(endpoint.requests(), []);
}

#[test]
fn without_a_secret_that_is_safe_nothing_leaves_and_nothing_is_lost() {
    let endpoint = Endpoint::answering(&[]);
    let developer = Developer::new(&endpoint.address);
    developer.answer();
    std::fs::remove_file(developer.secret()).unwrap();
    for arguments in [&["sync"][..], &["sync", "--dry-run"], &["outbox"]] {
        let said = String::from_utf8(developer.output(arguments, "").stderr).unwrap();
        let trouble = format!("nothing can be sent to {}: the secret in", endpoint.address);
        assert!(said.contains(&trouble) && said.contains("help: put the secret"), "before anything is due: {said}");
    }
    for (secret, mode, expected) in
        [(SECRET, 0o644, "is open to others on this machine (0644)"), ("short", 0o600, "fewer than 32 bytes")]
    {
        developer.set_secret(secret, mode);
        let said = developer.fail(&["sync", "--now"]);
        assert!(said.contains(expected), "{said}");
        assert!(developer.succeed(&["outbox"]).contains(expected));
    }
    std::fs::remove_file(developer.secret()).unwrap();
    assert!(developer.fail(&["sync", "--now"]).contains("can't be read"));
    assert_eq!((endpoint.requests(), developer.states()), (Vec::new(), vec!["retrying".to_owned()]));
    let doctor = |developer: &Developer| String::from_utf8(developer.output(&["doctor"], "").stdout).unwrap();
    assert!(doctor(&developer).contains("nothing can be sent to http://127.0.0.1"), "{}", doctor(&developer));
    developer.set_secret(SECRET, 0o600);
    assert!(doctor(&developer).contains("confidential, not anonymous"), "{}", doctor(&developer));
    developer.succeed(&["sync", "--now"]);
    assert_eq!(developer.states(), ["delivered"]);
}

#[test]
fn what_was_sealed_for_one_address_goes_to_no_other() {
    let (endpoint, other) = (Endpoint::answering(&[]), Endpoint::answering(&[]));
    let developer = Developer::new(&endpoint.address);
    developer.answer();
    let developer = developer.with("DXPULSE_WEBHOOK", &other.address);
    developer.succeed(&["sync", "--now"]);
    assert_eq!((developer.states(), other.requests()), (vec!["unaddressed".to_owned()], Vec::new()));
    let developer = developer.with("DXPULSE_WEBHOOK", "");
    developer.succeed(&["sync", "--now"]);
    assert!(developer.succeed(&["outbox"]).contains("the setting `webhook` no longer has this address"));
    let developer = developer.with("DXPULSE_WEBHOOK", &endpoint.address);
    developer.succeed(&["sync", "--now"]);
    assert_eq!((developer.states(), endpoint.requests().len()), (vec!["delivered".to_owned()], 1));
}

#[test]
fn what_waits_for_a_webhook_moves_along() {
    let endpoint = Endpoint::answering(&[]);
    let here = Developer::new(&endpoint.address);
    here.answer();
    let file = here.home.path().join("state").to_str().unwrap().to_owned();
    let passphrase = here.home.path().join("passphrase").to_str().unwrap().to_owned();
    std::fs::write(&passphrase, "four words are enough").unwrap();
    here.succeed(&["export", "--state", &file, "--passphrase-file", &passphrase]);
    here.succeed(&["sync", "--now"]);
    assert_eq!((here.states(), endpoint.requests()), (vec!["moved".to_owned()], Vec::new()));
    assert!(here.fail(&["withdraw", "mine"]).contains("moved to another machine"));
    let there = here.elsewhere();
    there.succeed(&["import", "--state", &file, "--passphrase-file", &passphrase]);
    there.succeed(&["sync", "--now"]);
    assert_eq!((there.states(), endpoint.requests().len()), (vec!["delivered".to_owned()], 1));
}
