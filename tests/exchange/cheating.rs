//! Collectors that cheat: what contradicts what is known is refused and told, and what is dropped shows.

use chrono::TimeDelta;
use dxpulse::anonymous::{Bundle, Manifest, SigningKey};
use serde_json::json;

use crate::support::exchange::{Act, Collector, Developer, Proxy, Windows, all, answer};
use crate::{SURVEY, behind};

/// Lets the collector publish these bundles in place of its own.
fn publish(proxy: &Proxy, bundles: &[Bundle]) {
    let body = json!(bundles).to_string().into_bytes();
    proxy.script(move |request| match request.path.as_str() {
        "/v1/bundles" => Act::Answer(answer("200 OK", &["content-type: application/json"], &body)),
        _ => Act::Forward,
    });
}

/// Changes a manifest and signs it.
fn changed(bundle: &Bundle, key: &SigningKey, change: impl FnOnce(&mut Manifest)) -> Bundle {
    let mut manifest: Manifest = serde_json::from_str(&bundle.manifest).expect("it is a manifest");
    change(&mut manifest);
    Bundle::prepare(&manifest).expect("it can be written").signed_by(key)
}

#[test]
fn a_wave_that_contradicts_what_is_known_is_refused_and_told() {
    let (proxy, collector) = behind();
    let later = Windows { issue_opens: TimeDelta::hours(-2), opens: TimeDelta::hours(-1), closes: TimeDelta::hours(48) };
    let bundle = collector.prepared(SURVEY, "two", later);
    collector.publish(&bundle);
    let developer = Developer::joined(&collector);
    let (publisher, stranger) = (collector.publisher(), SigningKey::from_seed(&[6; 32]));
    let renamed = |manifest: &mut Manifest| (manifest.wave, manifest.sequence) = ("three".to_owned(), 3);
    let cases = [
        ("the same once more", bundle.clone(), "", true),
        ("other windows", changed(&bundle, publisher, |it| it.closes += TimeDelta::hours(1)), "a second manifest", false),
        ("another receipt key", changed(&bundle, publisher, |it| it.receipt_key = stranger.public()), "a second manifest", false),
        (
            "other token keys",
            changed(&bundle, publisher, |it| std::mem::swap(&mut it.keys.scores, &mut it.keys.comments)),
            "a second",
            false,
        ),
        (
            "an older sequence",
            changed(&bundle, publisher, |it| (it.wave, it.sequence) = ("zero".to_owned(), 1)),
            "older than one",
            false,
        ),
        ("a stranger", changed(&bundle, &stranger, renamed), "not a publisher trusted here", false),
        (
            "another collector",
            changed(&bundle, publisher, |it| it.collector = "https://other.example".to_owned()),
            "made for",
            false,
        ),
    ];
    let waves = || String::from_utf8_lossy(&developer.run(["verify"]).stdout).into_owned();
    let before = waves();
    for (what, bad, told, is_same) in cases {
        publish(&proxy, &[bad]);
        let output = developer.try_sync();
        assert_eq!(output.status.success(), is_same, "{what}: {}", all(&output));
        assert!(is_same || all(&output).contains(told), "{what}: {}", all(&output));
        assert_eq!(waves(), before, "{what}");
    }
}

#[test]
fn a_bundle_that_nobody_signed_or_that_was_altered_is_refused_and_told() {
    let (proxy, collector) = behind();
    let developer = Developer::joined(&collector);
    let bundle = collector.prepared(SURVEY, "two", Windows::OPEN);
    let unsigned = Bundle { publisher: None, signature: None, ..bundle.clone() };
    let altered = Bundle { manifest: bundle.manifest.replace("Pulse", "Pulsar"), ..bundle.clone() };
    for (bad, told) in [(unsigned, "it is not signed"), (altered, "its signature does not hold")] {
        publish(&proxy, &[bad]);
        let output = developer.try_sync();
        assert!(!output.status.success() && all(&output).contains(told), "{}", all(&output));
    }
    collector.publish(&bundle);
    proxy.script(|_| Act::Forward);
    assert!(developer.sync().contains("pulse two"));
}

#[test]
fn a_token_signed_with_a_key_of_ones_own_is_refused_and_told() {
    let (proxy, collector) = behind();
    // Served by a collector that signs with other keys than those it published.
    let keys = collector.data().join("keys");
    for file in std::fs::read_dir(&keys).expect("the keys have a folder").flatten().map(|file| file.path()) {
        let other = collector.prepared(SURVEY, "other", Windows::OPEN).wave_id().0.to_string();
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let part = name.split_once('.').map_or("", |(_, part)| part).to_owned();
        std::fs::copy(keys.join(format!("{other}.{part}")), &file).expect("a key can be put in the place of another");
    }
    collector.stop();
    collector.serve();
    let developer = Developer::new();
    let output = developer.run(["enroll", &collector.invitation()]);
    assert!(all(&output).contains("token"), "{}", all(&output));
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    let output = developer.try_sync();
    assert!(!output.status.success(), "{}", all(&output));
    assert_eq!(developer.states(), ["scores sealed", "comments sealed"]);
    drop(proxy);
}

#[test]
fn an_answer_that_was_signed_for_and_dropped_before_the_close_is_missed_by_its_sender_alone() {
    let collector = Collector::open();
    let developers: Vec<Developer> = (0..3).map(|_| Developer::joined(&collector)).collect();
    for (number, developer) in developers.iter().enumerate() {
        developer.take(&json!({ "nps": number, "why": "fast builds" }).to_string());
        developer.sync();
    }
    let dropped = developers[1].outbox().iter().find(|part| part.name() == "scores").and_then(|part| part.signed_for());
    let (nullifier, _) = dropped.expect("it has a receipt");
    let count = collector.database().execute("DELETE FROM responses WHERE nullifier = ?1", [nullifier.0]);
    assert_eq!(count, Ok(1));
    collector.close("one");
    for (number, developer) in developers.iter().enumerate() {
        let (holds, told) = developer.verifies();
        assert_eq!(
            (holds, told.contains("MISSING from the published list: show the receipt (`dxpulse outbox --json`)")),
            (number != 1, number == 1),
            "{told}"
        );
    }
    assert_eq!(developers[1].states(), ["scores missing", "comments verified"]);
}

#[test]
fn an_answer_that_was_altered_before_the_close_is_missed_by_its_sender_alone() {
    let collector = Collector::open();
    let developers: Vec<Developer> = (0..2).map(|_| Developer::joined(&collector)).collect();
    for developer in &developers {
        developer.take(r#"{"nps": 2, "why": "slow builds"}"#);
        developer.sync();
    }
    let altered = developers[0].outbox().iter().find(|part| part.name() == "scores").and_then(|part| part.signed_for());
    let (nullifier, _) = altered.expect("it has a receipt");
    let sql =
        "UPDATE responses SET payload = CAST(replace(payload, ':2', ':9') AS BLOB), hash = randomblob(32) WHERE nullifier = ?1";
    assert_eq!(collector.database().execute(sql, [nullifier.0]), Ok(1));
    collector.close("one");
    assert!(!developers[0].verifies().0);
    assert!(developers[1].verifies().0);
}

#[test]
fn a_sign_in_that_names_absurd_times_neither_stops_the_program_nor_holds_it() {
    let proxy = Proxy::start();
    let (address, publisher) = (format!("http://{}", proxy.address()), SigningKey::from_seed(&[5; 32]).public().to_string());
    let cases = [
        (u64::MAX, 1, "access_denied", "the sign-in ended with access_denied"),
        (1, u64::MAX, "authorization_pending", "nobody signed in in time"),
    ];
    for (expires_in, interval, error, told) in cases {
        let own = address.clone();
        proxy.script(move |request| {
            let endpoint = |name| format!("{own}/{name}");
            let body = match request.path.as_str() {
                "/v1/enrolment" => json!({ "oidc": { "client_id": "x", "device_authorization_endpoint": endpoint("device"),
                    "token_endpoint": endpoint("token") } }),
                "/device" => json!({ "verification_uri": own, "user_code": "AB", "device_code": "x", "interval": interval,
                    "expires_in": expires_in }),
                _ => json!({ "error": error }),
            };
            Act::Answer(answer("200 OK", &["content-type: application/json"], body.to_string().as_bytes()))
        });
        let home = Developer::new().home;
        let mut command = home.command_through(&["timeout", "20"]);
        command.env("DXPULSE_COLLECTOR", &address).env("DXPULSE_PUBLISHERS", &publisher);
        let output = command.args(["enroll", "--sign-in"]).output().expect("the program can be started");
        assert!(output.status.code() == Some(1) && all(&output).contains(told), "{}", all(&output));
    }
}

#[test]
fn what_a_collector_says_of_somebody_is_kept_without_what_would_drive_a_terminal() {
    let (proxy, collector) = behind();
    let body = json!({ "segments": { "unit": "a\u{202e}\u{1b}[2J" }, "publishers": [] }).to_string();
    proxy.script(move |request| match request.path.as_str() {
        "/v1/enrolments" => Act::Answer(answer("200 OK", &["content-type: application/json"], body.as_bytes())),
        _ => Act::Forward,
    });
    let output = Developer::new().run(["enroll", &collector.invitation()]);
    assert!(all(&output).contains("it has about you: unit=a[2J\n"), "{}", all(&output));
}
