//! What is moved works there and no longer here, whatever is imported where and how often.

use chrono::{TimeDelta, Utc};
use dxpulse::anonymous::{Frame, Part};
use dxpulse::response::{Draft, Response};

use crate::machine::{COLLECTOR, Machine, Outcome, bundled, desk, join, published};

#[test]
fn what_is_moved_is_used_on_the_other_machine_and_no_longer_here() {
    let desk = desk();
    let (here, there) = (Machine::filled(desk.path()), Machine::new(desk.path()));
    let (history, payload) = (here.json(&["history", "--json"]), here.succeed(&["payload"]));
    let exported = here.export("state");
    assert_eq!((exported.code, exported.err.as_str()), (0, ""));
    let counted = "DESK/state is written: 2 tokens, 2 sealed parts to send, 2 responses, 1 draft, 1 declined survey\n";
    assert!(exported.out.starts_with(counted), "{}", exported.out);
    assert!(exported.out.contains(COLLECTOR) && exported.out.contains("dxpulse import --state state"), "{}", exported.out);

    assert_eq!(here.states(), ["moved", "moved"]);
    assert!(here.succeed(&["outbox"]).contains("moved to another machine on "));
    for mode in [&["sync", "--dry-run"][..], &["sync", "--dry-run", "--now"]] {
        let would = here.succeed(mode);
        assert!(would.contains("nothing is exchanged from here") && would.ends_with("nothing is due\n"), "{would}");
    }
    assert_eq!(here.json(&["history", "--json"]), history, "what was answered stays readable");

    assert_eq!(there.import("state").err, "");
    assert_eq!((there.json(&["history", "--json"]), there.succeed(&["payload"])), (history, payload));
    assert_eq!(there.states(), ["scheduled", "scheduled"]);
    let would = there.succeed(&["sync", "--dry-run", "--now"]);
    assert!(would.contains("send the scores of pulse first") && would.contains("send the comments of pulse first"), "{would}");
    let state = |list: &serde_json::Value, id: &str| {
        list.as_array().unwrap().iter().find(|it| it["id"] == id).map(|it| it["state"].clone())
    };
    let listed = there.json(&["list", "--json"]);
    for (id, expected) in [("pulse", "answered"), ("platform-pulse", "draft"), ("time-saved", "declined")] {
        assert_eq!(state(&listed, id), Some(expected.into()), "{id}");
    }
    assert_eq!(state(&here.json(&["list", "--json"]), "pulse"), None, "what is answered elsewhere is not listed");
}

#[test]
fn a_token_that_came_along_still_proves_the_invitation() {
    let desk = desk();
    let (here, there) = (Machine::filled(desk.path()), Machine::new(desk.path()));
    assert_eq!((here.export("state").code, there.import("state").code), (0, 0));
    let bodies = there.home.run(["payload", "--body", "pulse"]).stdout;
    let (wave, _) = published();
    assert_eq!(bodies.len(), 2 * 4096);
    for (body, part) in bodies.chunks(4096).zip(Part::ALL) {
        let frame = Frame::from_bytes(body).unwrap();
        frame.check(wave.id).unwrap();
        wave.key(part).verify(&frame.token, wave.challenge(part)).unwrap();
    }
}

#[test]
fn every_command_that_would_use_what_is_gone_says_where_it_went() {
    let desk = desk();
    let here = Machine::filled(desk.path());
    assert_eq!(here.export("state").code, 0);
    let before = here.everything();
    let answers = desk.path().join("answers.json");
    std::fs::write(&answers, r#"{ "nps": 9 }"#).unwrap();
    let link = format!("{COLLECTOR}/join#{}.{}", "a".repeat(32), published().1.publisher.unwrap().to_letters());
    for arguments in [
        &["take", "pulse", "--again", "--answers", "-"][..],
        &["edit", "pulse", "--answers", "-"],
        &["withdraw", "pulse"],
        &["enroll", &link],
    ] {
        let answers = std::fs::File::open(&answers).unwrap();
        let output = here.home.command().args(arguments).stdin(answers).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("moved to another machine on ") && said.contains("help: "), "{arguments:?}: {said}");
    }
    assert!(here.succeed(&["verify"]).contains("moved to another machine on "));
    assert_eq!(here.everything(), before);
}

#[test]
fn importing_twice_changes_nothing_the_second_time() {
    let desk = desk();
    let (here, there) = (Machine::filled(desk.path()), Machine::new(desk.path()));
    assert_eq!((here.export("state").code, there.import("state").code), (0, 0));
    let once = there.everything();
    let expected = Outcome { code: 0, out: "everything in the file is here already\n".to_owned(), err: String::new() };
    assert_eq!(there.import("state"), expected);
    assert_eq!(there.everything(), once);
}

#[test]
fn what_was_taken_back_before_it_was_sent_never_comes_back() {
    let desk = desk();
    let (here, there) = (Machine::filled(desk.path()), Machine::new(desk.path()));
    assert_eq!((here.export("state").code, there.import("state").code), (0, 0));
    assert!(there.succeed(&["withdraw", "pulse"]).contains("had not been sent, and will not be"));
    assert_eq!((there.states(), there.import("state").code), (Vec::new(), 0));
    assert_eq!(there.states(), Vec::<String>::new(), "an earlier file does not bring it back");
    assert_eq!((there.export("back").code, here.import("back").code), (0, 0));
    assert_eq!(here.states(), Vec::<String>::new(), "nor is it sent from where it came from");
}

#[test]
fn importing_where_it_came_from_undoes_the_move() {
    let desk = desk();
    let here = Machine::filled(desk.path());
    let before = here.everything();
    assert_eq!(here.export("state").code, 0);
    let imported = here.import("state");
    assert_eq!((imported.code, imported.err.as_str()), (0, ""));
    assert!(imported.out.starts_with(&format!("this machine now fetches and sends for {COLLECTOR}\n")), "{}", imported.out);
    assert_eq!(here.everything(), before);
    assert!(here.succeed(&["sync", "--dry-run", "--now"]).contains("send the scores of pulse first"));
}

#[test]
fn what_was_changed_there_comes_back_once_and_an_older_file_is_refused() {
    let desk = desk();
    let (here, there) = (Machine::filled(desk.path()), Machine::new(desk.path()));
    assert_eq!((here.export("first").code, there.import("first").code), (0, 0));
    let edited = there.home.run_with(["edit", "pulse", "--answers", "-"], r#"{ "nps": 10 }"#);
    assert!(edited.status.success(), "{}", String::from_utf8_lossy(&edited.stderr));
    there.answer("platform-pulse", "{}");
    assert_eq!((there.export("second").code, here.import("second").code), (0, 0));

    assert_eq!(here.json(&["history", "--json"]), there.json(&["history", "--json"]), "no response is there twice");
    let scores = here.succeed(&["payload", "pulse"]);
    assert!(scores.contains("\"nps\":10") && !scores.contains("slow"), "{scores}");
    assert_eq!((here.states(), there.states()), (vec!["scheduled".to_owned()], vec!["moved".to_owned()]));
    let listed = here.json(&["list", "--json"]);
    let pulse = listed.as_array().unwrap().iter().find(|it| it["id"] == "platform-pulse").unwrap();
    assert_eq!(pulse["state"], "answered", "a draft that was finished there is over here too");

    let before = there.everything();
    let refused = there.import("first");
    assert!(refused.err.contains("older than what was moved away from here on "), "{refused:?}");
    assert_eq!((refused.code, there.everything()), (1, before));
}

#[test]
fn another_membership_with_the_same_collector_is_never_overwritten() {
    let desk = desk();
    let (here, there) = (Machine::filled(desk.path()), Machine::new(desk.path()));
    join(&mut there.store(), &"cd".repeat(32));
    let before = there.everything();
    assert_eq!(here.export("state").code, 0);
    let refused = there.import("state");
    assert!(refused.err.contains("was joined on this machine too") && refused.err.contains("help: "), "{refused:?}");
    assert_eq!((refused.code, there.everything()), (1, before));
    // Once it was moved away itself, nothing here is in use any more.
    assert_eq!((there.export("own").code, there.import("state").code), (0, 0));
    assert_eq!(there.states(), ["scheduled", "scheduled"]);
}

#[test]
fn answers_of_both_machines_are_kept() {
    let desk = desk();
    let (here, there) = (Machine::filled(desk.path()), Machine::new(desk.path()));
    let ((survey, source), later) = (bundled("after-incident"), Utc::now() + TimeDelta::minutes(1));
    let response = Response::finish(&survey, &Draft::start(&survey, later), "00".repeat(16), later).unwrap();
    there.store().finish(&survey, source, &response).unwrap();
    let own = there.json(&["history", "--json"]).as_array().unwrap().len();
    assert_eq!((here.export("state").code, there.import("state").code), (0, 0));
    let both = there.json(&["history", "--json"]).as_array().unwrap().len();
    assert_eq!(both, own + here.json(&["history", "--json"]).as_array().unwrap().len());
    // What was answered last is what is undone, not what came in last.
    let last = there.json(&["history", "--json"])[0]["survey"].clone();
    assert_eq!(last, "after-incident");
    let undone = there.run(&["undo"]);
    assert!(undone.out.contains("after-incident"), "{undone:?}");
}

#[test]
fn a_lost_file_can_be_written_once_more_and_only_when_asked_for() {
    let desk = desk();
    let (here, there) = (Machine::filled(desk.path()), Machine::new(desk.path()));
    assert_eq!(here.export("lost").code, 0);
    let refused = here.export("lost");
    assert!(refused.code == 1 && refused.err.contains("is there already, and may hold what was moved before"), "{refused:?}");
    let later = here.export("later");
    assert!(later.out.contains("nothing changes on this machine") && later.err.contains("--again puts it in"), "{later:?}");
    let again = ["export", "--state", &here.file("again"), "--again", "--passphrase-file", &here.file("passphrase")];
    assert_eq!(here.run(&again).code, 0);
    assert_eq!((there.import("again").code, there.states()), (0, vec!["scheduled".to_owned(); 2]));
    assert_eq!(here.states(), ["moved", "moved"]);
}
