//! Every endpoint, from enrolment to the ledger.

use dxpulse::anonymous::{Bundle, Closing, Digest, Nullifier, Part, PublicKey, Receipt};
use serde_json::{Value, json};

use crate::database::{Kept, wherever_it_is_kept};
use crate::people::{Developer, asking, comment, post_json, scores, send_bytes};
use crate::place::{Server, assert_problem, client};

wherever_it_is_kept! {
    an_answer_goes_all_the_way_from_invitation_to_ledger,
    an_invitation_is_taken_once_and_again_by_the_same,
    a_token_is_issued_once_and_the_same_request_gets_the_same_answer,
    fifty_at_once_with_one_credential_get_one_answer,
    versions_replace_one_another_and_a_withdrawal_is_the_last,
    the_same_submission_at_once_from_many_counts_once,
    a_submission_that_does_not_fit_is_told_why,
    administrators_see_steps_of_five_and_rows_after_the_close,
    ten_comments_are_shown_in_an_order_by_chance,
    the_operators_pages_say_what_they_should_and_nothing_else,
    the_receipt_key_is_the_one_that_init_shows,
}

fn an_answer_goes_all_the_way_from_invitation_to_ledger(kept: Kept) {
    let (place, invited, wave) = kept.with_wave(20);
    let server = place.serve();
    let developer = Developer::new(1);
    let enrolled: Value = serde_json::from_slice(&developer.enrol(&server, &invited[0].code).bytes().unwrap()).unwrap();
    assert_eq!(enrolled["segments"], json!({ "team": "core" }));
    assert_eq!(enrolled["publishers"], json!([place.publisher.public()]));
    let bundles: Vec<Bundle> = serde_json::from_value(server.json("/v1/bundles")).unwrap();
    let found = bundles[0].open(&[place.publisher.public()]).unwrap();
    assert_eq!((bundles.len(), found.id), (1, wave.id));
    let payload = scores(&wave, 9, 1);
    let held = developer.token(&server, &wave, Part::Scores);
    let response = held.send(&server, &wave, (1, &payload));
    assert_eq!(response.status(), 201);
    let receipt: Receipt = serde_json::from_slice(&response.bytes().unwrap()).unwrap();
    let frame = held.frame(&wave, 1, &payload);
    assert!(receipt.covers(wave.id, &frame, &wave.manifest.receipt_key));
    let words = comment(&wave, "slow builds", 2);
    assert_eq!(developer.token(&server, &wave, Part::Comments).send(&server, &wave, (1, &words)).status(), 201);
    assert_problem(server.get(&format!("/v1/waves/{}/closing", wave.id.0)), 404, "not-closed");
    assert_problem(server.get(&format!("/v1/waves/{}/ledger", wave.id.0)), 404, "not-closed");
    assert!(place.succeed(&["close", "now", "--now"]).contains("responses 1, comments 1"));
    let closing: Closing = serde_json::from_value(server.json(&format!("/v1/waves/{}/closing", wave.id.0))).unwrap();
    let ledger = server.get(&format!("/v1/waves/{}/ledger", wave.id.0)).bytes().unwrap();
    let ledger = closing.check(wave.id, &ledger, &wave.manifest.receipt_key).unwrap();
    assert_eq!(ledger.find(frame.nullifier()), Some(Digest::of(&[&payload])));
    assert_eq!((ledger.len(), closing.invited, closing.issued.scores), (2, 20, 1));
    assert_problem(held.send(&server, &wave, (2, &payload)), 410, "closed");
}

fn an_invitation_is_taken_once_and_again_by_the_same(kept: Kept) {
    let (place, invited, _) = kept.with_wave(2);
    let server = place.serve();
    let (first, second) = (Developer::new(1), Developer::new(2));
    for _ in 0..2 {
        assert_eq!(first.enrol(&server, &invited[0].code).status(), 200);
    }
    assert_problem(second.enrol(&server, &invited[0].code), 409, "invitation-used");
    assert_problem(second.enrol(&server, &"a".repeat(32)), 404, "invitation-unknown");
    assert_problem(post_json(&server, "/v1/enrolments", &json!({ "code": "x" })), 400, "malformed");
    assert_problem(
        post_json(&server, "/v1/enrolments", &json!({ "id_token": "x", "credential_hash": Digest([0; 32]) })),
        403,
        "method-unknown",
    );
    assert_eq!(server.json("/v1/enrolment"), json!({ "methods": ["invitation"] }));
    let again = place.invite_again(&invited[0].contact);
    assert_problem(second.enrol(&server, &invited[0].code), 404, "invitation-unknown");
    assert_eq!(second.enrol(&server, &again.code).status(), 200);
}

fn a_token_is_issued_once_and_the_same_request_gets_the_same_answer(kept: Kept) {
    let (place, invited, wave) = kept.with_wave(10);
    let server = place.serve();
    let developer = Developer::new(1);
    let request = asking(&wave, Part::Scores, 1).request;
    assert_problem(developer.ask(&server, &wave, Part::Scores, &request), 401, "unauthorized");
    developer.enrol(&server, &invited[0].code);
    let mut range = request.clone();
    range[3..].fill(0);
    let mut other_key = request.clone();
    other_key[2] ^= 1;
    for wrong in [&request[..258], &range, &other_key, &[&request[..3], &[0xff; 256]].concat()] {
        assert_problem(developer.ask(&server, &wave, Part::Scores, wrong), 400, "bad-request");
    }
    let answers = [(); 2].map(|()| developer.ask(&server, &wave, Part::Scores, &request).bytes().unwrap());
    assert_eq!((answers[0].len(), &answers[0]), (256, &answers[1]));
    let second = asking(&wave, Part::Scores, 2).request;
    assert_problem(developer.ask(&server, &wave, Part::Scores, &second), 409, "token-issued");
    // Whoever is invited again keeps the one token: a new one would be a second answer.
    let again = place.invite_again(&invited[0].contact);
    assert_problem(developer.ask(&server, &wave, Part::Scores, &request), 401, "unauthorized");
    let moved = Developer::new(9);
    moved.enrol(&server, &again.code);
    assert_problem(moved.ask(&server, &wave, Part::Scores, &second), 409, "token-issued");
    assert_eq!(moved.ask(&server, &wave, Part::Scores, &request).bytes().unwrap(), answers[0]);
}

fn fifty_at_once_with_one_credential_get_one_answer(kept: Kept) {
    let (place, invited, wave) = kept.with_wave(10);
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    let requests: Vec<_> = (0..50).map(|seed| asking(&wave, Part::Scores, seed).request).collect();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let (developer, server, wave) = (&developer, &server, &wave);
        let threads: Vec<_> = requests
            .iter()
            .map(|request| scope.spawn(move || developer.ask(server, wave, Part::Scores, request).status().as_u16()))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 409].contains(status)), "{statuses:?}");
}

fn versions_replace_one_another_and_a_withdrawal_is_the_last(kept: Kept) {
    let (place, invited, wave) = kept.with_wave(10);
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    let held = developer.token(&server, &wave, Part::Scores);
    let payload = |nps| scores(&wave, nps, 1);
    let receipts = [201, 200].map(|status| {
        let response = held.send(&server, &wave, (2, &payload(5)));
        assert_eq!(response.status(), status);
        response.text().unwrap()
    });
    assert_eq!(receipts[0], receipts[1]);
    assert_problem(held.send(&server, &wave, (2, &payload(6))), 409, "version-taken");
    assert_problem(held.send(&server, &wave, (1, &payload(5))), 409, "version-taken");
    assert_eq!(held.send(&server, &wave, (3, &payload(7))).status(), 200);
    assert_eq!(held.send(&server, &wave, (4, b"")).status(), 200);
    assert_problem(held.send(&server, &wave, (5, &payload(8))), 409, "version-taken");
    place.succeed(&["close", "pulse/now", "--now"]);
    let closing: Closing = serde_json::from_value(server.json(&format!("/v1/waves/{}/closing", wave.id.0))).unwrap();
    assert_eq!((closing.redeemed.scores, closing.redeemed.comments), (1, 0));
    let admin = place.admin();
    assert_eq!(rows(&server, &admin, &wave.id.0.to_string(), ""), Vec::<String>::new());
}

fn the_same_submission_at_once_from_many_counts_once(kept: Kept) {
    let (place, invited, wave) = kept.with_wave(10);
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    let (held, payload) = (developer.token(&server, &wave, Part::Scores), scores(&wave, 5, 1));
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let send = || held.send(&server, &wave, (1, &payload)).status().as_u16();
        let threads: Vec<_> = (0..20).map(|_| scope.spawn(send)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert!(place.succeed(&["close", "now", "--now"]).contains("responses 1, comments 0"));
}

fn a_submission_that_does_not_fit_is_told_why(kept: Kept) {
    let (place, invited, wave) = kept.with_wave(10);
    let late = place.publish(crate::place::SURVEY, ("later", 24, 240));
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    let (held, payload) = (developer.token(&server, &wave, Part::Scores), scores(&wave, 5, 1));
    let frame = held.frame(&wave, 1, &payload);
    let (id, nullifier, body) = (wave.id.0.to_string(), frame.nullifier().to_string(), frame.to_bytes());
    let other = Nullifier(Digest([7; 32])).to_string();
    assert_problem(send_bytes(&server, &id, &other, body.clone()), 400, "malformed");
    assert_problem(send_bytes(&server, &id, "abc", body.clone()), 400, "malformed");
    assert_problem(send_bytes(&server, &id, &nullifier, body[..4095].to_vec()), 400, "malformed");
    assert_problem(send_bytes(&server, &"0".repeat(64), &nullifier, body.clone()), 404, "wave-unknown");
    assert_problem(send_bytes(&server, "now", &nullifier, body.clone()), 404, "wave-unknown");
    assert_problem(send_bytes(&server, &late.id.0.to_string(), &nullifier, body.clone()), 403, "not-open");
    assert_problem(send_bytes(&server, &id, &nullifier, vec![0; 65 << 10]), 413, "too-large");
    let mut forged = body;
    forged[400] ^= 1;
    assert_problem(send_bytes(&server, &id, &nullifier, forged), 403, "wrong-token");
    let text = String::from_utf8(payload).unwrap();
    for refused in [text.replace("\"nps\":5", "\"nps\":11"), text.replace("pulse", "other"), "[]".to_owned(), "[".repeat(3000)] {
        assert_problem(held.send(&server, &wave, (1, refused.as_bytes())), 422, "payload-refused");
    }
    // Tokens of a wave are issued before it opens, and a wave's tokens are its own.
    let next = developer.token(&server, &late, Part::Scores);
    let crossed = next.frame(&wave, 1, text.as_bytes());
    assert_problem(crate::people::send(&server, &wave, &crossed), 403, "wrong-token");
    let soon = place.publish(crate::place::SURVEY, ("soon", 48, 240));
    let request = asking(&soon, Part::Scores, 3).request;
    assert_problem(developer.ask(&server, &soon, Part::Scores, &request), 403, "not-open");
}

fn administrators_see_steps_of_five_and_rows_after_the_close(kept: Kept) {
    let (place, invited, wave) = kept.with_wave(12);
    let server = place.serve();
    let (admin, id) = (place.admin(), wave.id.0.to_string());
    let progress =
        |token: &str| client().get(format!("{}/v1/waves/{id}/progress", server.url)).bearer_auth(token).send().unwrap();
    for (seed, person) in (1..).zip(&invited).take(7) {
        let developer = Developer::new(seed);
        developer.enrol(&server, &person.code);
        let held = developer.token(&server, &wave, Part::Scores);
        assert_eq!(held.send(&server, &wave, (1, &scores(&wave, 5, seed))).status(), 201);
        let words = comment(&wave, &format!("comment {seed}"), seed);
        developer.token(&server, &wave, Part::Comments).send(&server, &wave, (1, &words));
    }
    let told: Value = serde_json::from_slice(&progress(&admin).bytes().unwrap()).unwrap();
    assert_eq!(told, json!({ "invited": 12, "issued": 5, "responses": 5 }));
    assert_problem(progress(&"0".repeat(64)), 401, "unauthorized");
    let early = client().get(format!("{}/v1/waves/{id}/responses", server.url)).bearer_auth(&admin).send().unwrap();
    assert_problem(early, 404, "not-closed");
    place.succeed(&["close", "now", "--now"]);
    let all = rows(&server, &admin, &id, "");
    assert_eq!(all.len(), 7, "seven comments are too few to be shown");
    let hashes: Vec<_> = all.iter().map(|row| Digest::of(&[row.as_bytes()])).collect();
    assert!(hashes.is_sorted());
    assert_eq!(rows(&server, &admin, &id, "?part=comments"), Vec::<String>::new());
    place.succeed(&["token", "revoke", "tests"]);
    assert_problem(progress(&admin), 401, "unauthorized");
}

fn ten_comments_are_shown_in_an_order_by_chance(kept: Kept) {
    let (place, invited, wave) = kept.with_wave(12);
    let server = place.serve();
    for (seed, person) in (1..).zip(&invited) {
        let developer = Developer::new(seed);
        developer.enrol(&server, &person.code);
        let words = comment(&wave, &format!("comment {seed}"), seed);
        assert_eq!(developer.token(&server, &wave, Part::Comments).send(&server, &wave, (1, &words)).status(), 201);
    }
    place.succeed(&["close", "now", "--now"]);
    let (admin, id) = (place.admin(), wave.id.0.to_string());
    let orders: Vec<_> = (0..3).map(|_| rows(&server, &admin, &id, "?part=comments")).collect();
    assert!(orders.iter().all(|order| order.len() == 12));
    assert!(orders.iter().any(|order| *order != orders[0]), "three times the same order of twelve");
}

fn rows(server: &Server, admin: &str, wave: &str, query: &str) -> Vec<String> {
    let response = client().get(format!("{}/v1/waves/{wave}/responses{query}", server.url)).bearer_auth(admin).send().unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["content-type"]),
        (200, &"application/x-ndjson".parse().unwrap())
    );
    response.text().unwrap().lines().map(str::to_owned).collect()
}

fn the_operators_pages_say_what_they_should_and_nothing_else(kept: Kept) {
    let (place, _, wave) = kept.with_wave(10);
    let server = place.serve();
    assert_eq!(server.get("/healthz").text().unwrap(), "ok\n");
    assert_eq!(server.get("/readyz").text().unwrap(), "ok\n");
    assert!(server.get("/join").text().unwrap().contains("dxpulse enroll"));
    assert_eq!(server.json("/v1/results"), json!([]));
    let one: Bundle = serde_json::from_value(server.json(&format!("/v1/waves/{}", wave.id.0))).unwrap();
    assert_eq!(one.wave_id(), wave.id);
    let metrics = server.get("/metrics").text().unwrap();
    let names: Vec<_> = metrics.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(names, ["dxpulse_collector_queue_depth 0"]);
    let description = server.json("/openapi.json");
    assert_eq!(description["openapi"], "3.1.0");
    let secured = |path: &str, method: &str| description["paths"][path][method]["security"].clone();
    assert_eq!(secured("/v1/waves/{wave}/progress", "get"), json!([{ "administrator": [] }]));
    assert_eq!(secured("/v1/waves/{wave}/tokens/{part}", "post"), json!([{ "credential": [] }]));
    assert_eq!(secured("/v1/waves/{wave}/responses/{nullifier}", "put"), json!(null), "whoever sends answers is nobody");
    for name in ["administrator", "credential"] {
        assert_eq!(description["components"]["securitySchemes"][name]["scheme"], "bearer");
    }
    for path in ["/v1/bundles", "/v1/enrolments", "/v1/waves/{wave}/responses/{nullifier}", "/ohttp", "/v1/waves/{wave}/ledger"] {
        assert!(description["paths"].get(path).is_some(), "{path}");
    }
}

fn the_receipt_key_is_the_one_that_init_shows(kept: Kept) {
    let place = kept.place();
    let shown = place.succeed(&["doctor"]);
    let key = shown.lines().find_map(|line| line.split("signed with ").nth(1)).and_then(PublicKey::from_text).unwrap();
    place.invite(3);
    let (_, wave) = place.sign(&place.prepare(crate::place::SURVEY, ("one", 1, 2)));
    assert_eq!(wave.manifest.receipt_key, key);
}
