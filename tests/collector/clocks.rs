//! A clock that is wrong destroys nothing.

use std::fs;
use std::process::Command;

use chrono::{Days, Utc};
use serde_json::Value;

use crate::place::Place;

/// Gives what starts a program by a clock that is ten years ahead; unlike `faketime` itself, it becomes that program.
fn ahead() -> [String; 3] {
    let library = Command::new("faketime").args(["-f", "+0", "printenv", "LD_PRELOAD"]).output().expect("faketime is installed");
    let library = String::from_utf8(library.stdout).unwrap();
    ["env".to_owned(), format!("LD_PRELOAD={}", library.trim()), "FAKETIME=+3650d".to_owned()]
}

#[test]
fn a_server_whose_clock_is_years_ahead_closes_and_erases_nothing_until_its_operator_says_that_it_is_right() {
    let (place, ..) = Place::with_wave(10);
    let ahead = ahead();
    let ahead = ahead.each_ref().map(String::as_str);
    let keys = || fs::read_dir(place.data().join("keys")).unwrap().count();
    let server = place.serve_through(&ahead);
    server.wait_for("nothing is closed, erased or rewritten");
    let told = place.run_through(&ahead, &["doctor"]);
    assert!(told.code == 1 && told.out.contains("wrong    clock") && told.out.contains("--clock-is-right"), "{told:?}");
    assert!(place.run_through(&ahead, &["status"]).out.contains("nothing is closed, erased or rewritten"));
    let refused = place.run_through(&ahead, &["close", "now"]);
    assert!(refused.code == 1 && refused.err.contains("by the clock it is"), "{refused:?}");
    for arguments in [["prepare", "pulse.toml"], ["publish", "signed.json"]] {
        let refused = place.run_through(&ahead, &arguments);
        assert!(refused.code == 1 && refused.err.contains("by the clock it is"), "{refused:?}");
    }
    let status: Value = serde_json::from_str(&place.succeed(&["status", "--json"])).unwrap();
    assert_eq!((keys(), &status["people"]["invited"], &status["clock"]), (2, &10.into(), &Value::Null));
    assert_eq!(status["waves"][0]["state"], "takes answers");

    assert!(place.run_through(&ahead, &["doctor", "--clock-is-right"]).out.contains("ok       clock"));
    server.wait_for("erased the responses of");
    assert_eq!(keys(), 0);
    let (_, said) = server.stop();
    assert!(said.contains("closed pulse now"), "{said}");
}

#[test]
fn a_server_goes_on_after_a_pause_that_is_usual_and_not_before_the_day_it_last_ran() {
    let (place, ..) = Place::with_wave(10);
    let last_ran = |days: i64| {
        let today = Utc::now().date_naive();
        let day = if days < 0 { today - Days::new(days.unsigned_abs()) } else { today + Days::new(days.unsigned_abs()) };
        fs::write(place.data().join("day"), format!("{day}\n")).unwrap();
        place.let_a_night_pass();
    };
    last_ran(-39);
    let server = place.serve();
    server.wait_for("copied the database");
    assert_eq!(fs::read_to_string(place.data().join("day")).unwrap(), format!("{}\n", Utc::now().date_naive()));
    server.kill();
    last_ran(100);
    let server = place.serve();
    server.wait_for("nothing is closed, erased or rewritten");
    assert!(!server.said().contains("rewriting"), "{}", server.said());
}
