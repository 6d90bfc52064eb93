//! Saying no, places where nobody is asked, and one budget for the machine.

use std::fs;

use crate::support::{Home, PROGRAM, Screen, dxpulse, program};
use crate::{AFTER_A_DEPLOY, Shell, home, json, run, times_prompted};

/// Deploys in a bash with these lines, and says whether that was asked about.
fn is_asked(home: &Home, before: &str) -> bool {
    let mut screen = Shell::Bash.start(home, before);
    run(&mut screen, Shell::Bash, "deployctl up");
    screen.text().contains('◆')
}

#[test]
fn each_of_the_surroundings_means_silence() {
    assert!(is_asked(&home(AFTER_A_DEPLOY), ""), "without any of them it is asked");
    let surroundings = [
        "export CI=true",
        "export GIT_INDEX_FILE=.git/index",
        "export npm_lifecycle_event=deploy",
        "export BUILDAH_ISOLATION=chroot",
        "export DO_NOT_TRACK=1",
        "export DXPULSE_PRESENTING=true",
        "export DXPULSE_QUIET_HOURS=00:00-23:59",
        "export DXPULSE_QUIET_PROGRAMS='nothing bash'",
        "export DXPULSE_MUTED=after-deploy",
        "export DXPULSE_ASK_ROOT=false; [ $EUID = 0 ] || export DO_NOT_TRACK=1",
    ];
    for before in surroundings {
        let home = home(AFTER_A_DEPLOY);
        assert!(!is_asked(&home, before), "{before}");
        assert_eq!(times_prompted(&home), 0, "{before}");
    }
}

#[test]
fn a_shell_is_silent_from_then_on_where_nothing_can_be_written_that_keeps_it_from_asking_again() {
    let home = home(AFTER_A_DEPLOY);
    let code = || home.command().env("DXPULSE_ASK_ROOT", "true").args(["hook", "run"]).output().unwrap().status.code();
    assert_eq!(code(), Some(0));
    let due = home.path().join("data/due");
    fs::remove_file(&due).unwrap();
    fs::create_dir_all(due.join("in the way")).unwrap();
    assert_eq!(code(), Some(1));
}

#[test]
fn whoever_says_no_is_left_alone_and_can_take_it_back() {
    let home = home(AFTER_A_DEPLOY);
    let say = |arguments: &[&str]| {
        let output = home.command().args(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(say(&["mute"]).contains("dxpulse unmute"));
    assert!(!is_asked(&home, ""));
    assert!(say(&["status"]).contains("prompts are off: user file"));
    // What is remembered is lost, and the no isn't.
    fs::remove_dir_all(home.path().join("data")).unwrap();
    assert!(!is_asked(&home, ""));
    say(&["unmute"]);
    say(&["mute", "after-deploy"]);
    assert!(!is_asked(&home, ""));
    say(&["unmute", "after-deploy"]);
    say(&["snooze", "3d"]);
    assert!(!is_asked(&home, ""));
    say(&["snooze", "off"]);
    assert!(is_asked(&home, ""));
    assert!(!home.command().args(["snooze", "3 fortnights"]).output().unwrap().status.success());
}

#[test]
fn damage_means_silence_and_the_shell_goes_on() {
    let home = home(AFTER_A_DEPLOY);
    let mut screen = Shell::Bash.start(&home, "");
    fs::write(home.path().join("config.toml"), "theme = [").unwrap();
    run(&mut screen, Shell::Bash, "deployctl up");
    assert!(!screen.text().contains('◆') && !screen.text().contains("dxpulse:"), "{}", screen.text());
    fs::remove_file(home.path().join("config.toml")).unwrap();
    let broken = Home::new();
    fs::create_dir_all(broken.path().join("data")).unwrap();
    fs::write(broken.path().join("data/dxpulse.db"), "no database at all").unwrap();
    let mut screen = Shell::Bash.start(&broken, "");
    run(&mut screen, Shell::Bash, "deployctl up");
    assert!(screen.text().trim_end().ends_with("deploying\n$"), "{}", screen.text());
}

#[test]
fn what_was_typed_ahead_means_silence_and_is_not_lost() {
    let home = home(AFTER_A_DEPLOY);
    let mut screen = Shell::Bash.start(&home, "");
    run(&mut screen, Shell::Bash, "true");
    screen.type_text("deployctl up; read -t 0.3 < /dev/null; sleep 1").press("enter").until("deploying").type_text("echo not lo");
    screen.until_that("the prompt with what was typed", |text| text.trim_end().ends_with("$ echo not lo"));
    assert!(!screen.text().contains('◆'), "{}", screen.text());
    run(&mut screen, Shell::Bash, "st");
    screen.until("\nnot lost");
}

#[test]
fn a_hundred_at_once_ask_once() {
    let home = home(AFTER_A_DEPLOY);
    Shell::Bash.start(&home, "");
    let script = format!(
        "for i in $(seq 100); do DXPULSE_LINE='deployctl up' {PROGRAM} hook run </dev/tty >>asked 2>/dev/null & done; wait; echo all-done"
    );
    let start =
        program("/bin/bash", ["-c", &format!("cd {} && {script}", home.path().display())]).env("DXPULSE_ASK_ROOT", "true");
    let mut screen: Screen = start.home(&home).size(110, 24).start();
    screen.until("all-done");
    assert_eq!(fs::read_to_string(home.path().join("asked")).unwrap(), "after-deploy\n");
    assert_eq!(screen.text().matches('◆').count(), 1, "{}", screen.text());
}

#[test]
fn the_clock_brings_it_back_and_one_set_back_means_silence() {
    let home = home(AFTER_A_DEPLOY);
    assert!(is_asked(&home, ""));
    let why = |ahead: &str| {
        let output = home.command_through(&["faketime", "-f", ahead]).args(["why", "--json"]).output().unwrap();
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"))
    };
    assert_eq!(json(&home, ["why", "--json"])["surveys"][0]["reason"], "cooling");
    assert_eq!(why("+13d")["surveys"][0]["asked"], false);
    assert_eq!(why("+15d")["surveys"][0]["asked"], true);
    assert_eq!(why("-1d")["surveys"][0]["asked"], false);
}

#[test]
fn a_survey_that_comes_later_is_noticed_and_another_process_s_variables_count_only_there() {
    let home = home(AFTER_A_DEPLOY);
    let (file, away) = (home.path().join("surveys/after-deploy.toml"), home.path().join("after-deploy.toml"));
    fs::rename(&file, &away).unwrap();
    let mut screen = Shell::Bash.start(&home, "");
    run(&mut screen, Shell::Bash, "deployctl one");
    fs::rename(&away, &file).unwrap();
    run(&mut screen, Shell::Bash, "dxpulse why | grep after-deploy; DO_NOT_TRACK=1 dxpulse event deploy.finished");
    assert!(!screen.text().contains('◆'), "{}", screen.text());
    run(&mut screen, Shell::Bash, "deployctl two");
    assert!(screen.text().contains('◆'), "{}", screen.text());
}

#[test]
fn a_clock_that_was_ahead_once_can_be_forgotten() {
    let home = home(AFTER_A_DEPLOY);
    let ahead = home.command_through(&["faketime", "-f", "+400d"]).args(["snooze", "1h"]).output().unwrap();
    assert!(ahead.status.success(), "{ahead:?}");
    assert!(home.run(["snooze", "off"]).status.success());
    assert_eq!(json(&home, ["why", "--json"])["surveys"][0]["asked"], true);
    assert!(is_asked(&home, ""));
}

#[test]
fn unmute_alone_takes_everything_back_and_with_a_name_tells_what_still_holds() {
    let home = home(AFTER_A_DEPLOY);
    let say = |arguments: &[&str]| {
        let output = home.command().args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!((say(&["mute", "after-deploy"]).0, say(&["mute"]).0), (Some(0), Some(0)));
    let (_, said) = say(&["unmute", "after-deploy"]);
    assert!(said.contains("stay off"), "{said}");
    assert_eq!((say(&["mute", "after-deploy"]).0, say(&["unmute"]).0), (Some(0), Some(0)));
    let surveys = json(&home, ["why", "--json"])["surveys"].clone();
    assert_eq!((&surveys[0]["asked"], &surveys[0]["reason"]), (&true.into(), &serde_json::Value::Null));
    assert_ne!(say(&["unmute", "after-deploi"]).0, Some(0));
}

#[test]
fn what_keeps_the_hook_silent_is_told_by_why() {
    let home = home(AFTER_A_DEPLOY);
    fs::write(home.path().join("config.toml"), "presentin = true\n").unwrap();
    let mut screen = dxpulse(["status"]).env("DXPULSE_ASK_ROOT", "true").home(&home).start();
    screen.until("a setting is wrong");
    assert!(screen.text().contains("presentin"), "{}", screen.text());
    fs::write(home.path().join("config.toml"), "").unwrap();
    fs::write(home.path().join("surveys/other.toml"), "id = 5\n").unwrap();
    let text = home.command().arg("why").output().unwrap();
    assert!(String::from_utf8_lossy(&text.stderr).contains("other.toml"), "{text:?}");
}

#[test]
fn a_name_that_no_survey_has_is_told_and_not_muted() {
    let output = home(AFTER_A_DEPLOY).run(["mute", "after-deploi"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && told.contains("after-deploy"), "{told}");
}
