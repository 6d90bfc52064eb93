//! What lasts: acknowledged submissions through kills, waves that close by themselves, backups, an orderly stop.

use std::fs;

use chrono::{SecondsFormat, TimeDelta, Utc};
use dxpulse::anonymous::{Closing, Part};

use crate::database::{Kept, wherever_it_is_kept};
use crate::people::{Developer, scores};
use crate::place::{Place, SURVEY, assert_problem};

wherever_it_is_kept! {
    what_was_acknowledged_survives_a_kill_and_gets_the_same_receipt,
    a_wave_closes_by_itself_when_its_time_is_over,
    a_wave_that_is_closed_by_a_command_is_closed_for_the_server,
    a_close_tells_how_many_of_those_it_counts_were_taken_back,
}

fn what_was_acknowledged_survives_a_kill_and_gets_the_same_receipt(kept: Kept) {
    let (place, invited, wave) = kept.with_wave(10);
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    let (held, payload) = (developer.token(&server, &wave, Part::Scores), scores(&wave, 5, 1));
    let first = held.send(&server, &wave, (1, &payload)).text().unwrap();
    server.kill();
    let server = place.serve();
    let again = held.send(&server, &wave, (1, &payload));
    assert_eq!((again.status().as_u16(), again.text().unwrap()), (200, first));
    assert_eq!(developer.enrol(&server, &invited[0].code).status(), 200);
}

#[test]
fn a_full_disk_makes_it_unready_and_acknowledges_nothing_until_there_is_room() {
    let (place, invited, wave) = Place::with_wave(10);
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    let (held, payload) = (developer.token(&server, &wave, Part::Scores), scores(&wave, 5, 1));
    server.limit_files(true);
    assert_problem(server.get("/readyz"), 503, "unavailable");
    let refused = held.send(&server, &wave, (1, &payload));
    assert!(refused.headers().contains_key("retry-after"), "{refused:?}");
    assert_problem(refused, 503, "unavailable");
    server.limit_files(false);
    assert_eq!(server.get("/readyz").status(), 200);
    assert_eq!(held.send(&server, &wave, (1, &payload)).status(), 201);
}

fn a_wave_closes_by_itself_when_its_time_is_over(kept: Kept) {
    let place = kept.place();
    let invited = place.invite(10);
    let survey = place.write("survey.toml", SURVEY);
    let time = |hours: i64, seconds: i64| {
        let time = Utc::now() + TimeDelta::hours(hours) + TimeDelta::seconds(seconds);
        time.to_rfc3339_opts(SecondsFormat::Secs, true)
    };
    let (opens, closes) = (time(-96, 0), time(-72, 6));
    let survey = survey.to_str().unwrap();
    place.succeed(&["prepare", survey, "--name", "short", "--issue-opens", &opens, "--opens", &opens, "--closes", &closes]);
    let (signed, wave) = place.sign(&place.data().join("prepared/pulse-short.json"));
    place.succeed(&["publish", signed.to_str().unwrap()]);
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    let (held, payload) = (developer.token(&server, &wave, Part::Scores), scores(&wave, 5, 1));
    assert_eq!(held.send(&server, &wave, (1, &payload)).status(), 201);
    server.wait_for("closed pulse short");
    server.wait_for("destroyed the keys");
    let closing: Closing = serde_json::from_value(server.json(&format!("/v1/waves/{}/closing", wave.id.0))).unwrap();
    let ledger = server.get(&format!("/v1/waves/{}/ledger", wave.id.0)).bytes().unwrap();
    assert_eq!(closing.check(wave.id, &ledger, &wave.manifest.receipt_key).unwrap().len(), 1);
    assert_problem(held.send(&server, &wave, (2, &payload)), 410, "closed");
    let request = crate::people::asking(&wave, Part::Comments, 1).request;
    assert_problem(developer.ask(&server, &wave, Part::Comments, &request), 403, "not-open");
}

fn a_wave_that_is_closed_by_a_command_is_closed_for_the_server(kept: Kept) {
    let (place, invited, wave) = kept.with_wave(10);
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    let held = developer.token(&server, &wave, Part::Scores);
    let told = place.run(&["close", "now"]);
    assert!(told.code == 1 && told.err.contains("--now closes it at once"), "{told:?}");
    place.succeed(&["close", "now", "--now"]);
    assert_problem(held.send(&server, &wave, (1, &scores(&wave, 5, 1))), 410, "closed");
    let request = crate::people::asking(&wave, Part::Comments, 1).request;
    assert_problem(developer.ask(&server, &wave, Part::Comments, &request), 403, "not-open");
    assert!(place.succeed(&["close", "now", "--now"]).contains("was closed before"));
}

fn a_close_tells_how_many_of_those_it_counts_were_taken_back(kept: Kept) {
    let (place, invited, wave) = kept.with_wave(10);
    let server = place.serve();
    for (seed, person) in (1..).zip(&invited).take(3) {
        let developer = Developer::new(seed);
        developer.enrol(&server, &person.code);
        let held = developer.token(&server, &wave, Part::Scores);
        held.send(&server, &wave, (1, &scores(&wave, 5, seed)));
        if seed == 1 {
            assert_eq!(held.send(&server, &wave, (2, &[])).status(), 200);
        }
    }
    let told = place.succeed(&["close", "now", "--now"]);
    assert!(told.contains("responses 3 (1 taken back), comments 0\n"), "{told}");
}

#[test]
fn the_night_leaves_a_backup_and_a_count_in_steps_of_five() {
    let (place, invited, wave) = Place::with_wave(12);
    let server = place.serve();
    for (seed, person) in (1..).zip(&invited).take(7) {
        let developer = Developer::new(seed);
        developer.enrol(&server, &person.code);
        developer.token(&server, &wave, Part::Scores).send(&server, &wave, (1, &scores(&wave, 5, seed)));
    }
    assert_eq!(server.stop().0, 0);
    place.let_a_night_pass();
    let server = place.serve();
    server.wait_for("copied the database");
    assert!(server.get("/metrics").text().unwrap().contains("dxpulse_collector_responses{survey=\"pulse\",wave=\"now\"} 5\n"));
    let backup = fs::read_dir(place.data().join("backups")).unwrap().next().unwrap().unwrap().path();
    let copy = rusqlite::Connection::open(backup).unwrap();
    assert_eq!(copy.query_row("SELECT count(*) FROM responses", [], |row| row.get::<_, i64>(0)), Ok(7));
    let (code, said) = server.stop();
    assert_eq!(code, 0);
    assert!(said.contains("stopped"), "{said}");
    let state = || place.run(&["doctor"]).out.lines().find(|line| line.contains(" backups ")).unwrap().to_owned();
    assert!(state().starts_with("ok ") && state().contains(&format!("the newest is of {}", Utc::now().date_naive())));
    let copies = fs::read_dir(place.data().join("backups")).unwrap();
    copies.for_each(|copy| fs::rename(copy.unwrap().path(), place.data().join("backups/collector-2020-01-01.db")).unwrap());
    assert!(state().starts_with("wrong ") && state().contains("the newest is of 2020-01-01"), "{}", state());
}
