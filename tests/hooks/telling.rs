//! What is said of prompts is so: times, what forbids them, what was taken back, and what to write instead.

use std::fs;
use std::process::Command;

use crate::support::Home;
use crate::{AFTER_A_DEPLOY, home, json};

/// Runs the program, and gives its status, and what it said on both ends.
fn say(home: &Home, words: &[&str]) -> (Option<i32>, String) {
    let output = home.command().args(words).output().expect("the program can be run");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).expect("it speaks UTF-8"))
}

#[test]
fn a_time_is_told_as_clocks_will_show_it_then_whenever_it_is_told() {
    let home = home(AFTER_A_DEPLOY);
    let at = |day: &str, words: &[&str]| {
        let mut command = home.command_through(&["faketime", "-f", &format!("{day} 12:00:00")]);
        let output = command.args(words).env("TZ", "CET-1CEST,M3.5.0,M10.5.0/3").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    // At night clocks are put back, so that a day later is an hour earlier.
    let said = at("2026-10-24", &["snooze", "1d"]);
    assert!(said.contains("until 2026-10-25 11:00"), "{said}");
    for day in ["2026-10-24", "2026-03-28"] {
        let said = at(day, &["status"]);
        assert!(said.contains("until 2026-10-25 11:00"), "{day}: {said}");
    }
}

#[test]
fn what_forbids_every_prompt_is_a_reason_of_each_survey() {
    let home = home(AFTER_A_DEPLOY);
    let first = |home: &Home| json(home, ["why", "--json"])["surveys"][0].clone();
    assert_eq!(first(&home)["asked"], true);
    assert_eq!(say(&home, &["mute"]).0, Some(0));
    assert_eq!((&first(&home)["asked"], &first(&home)["reason"]), (&false.into(), &"opted_out".into()));
    let (_, said) = say(&home, &["why"]);
    assert!(said.contains("– after-deploy") && !said.contains('✓'), "{said}");
    fs::write(home.path().join("config.toml"), "opt_out = [\n").unwrap();
    assert_eq!((&first(&home)["asked"], &first(&home)["reason"]), (&false.into(), &"unreadable_configuration".into()));
    let (_, said) = say(&home, &["status"]);
    assert!(said.contains("prompts are off: a setting is wrong") && !said.contains("prompts are on"), "{said}");
    assert_eq!(json(&home, ["status", "--json"])["opt_out"], serde_json::Value::Null);
}

#[test]
fn whether_prompts_are_off_is_told_without_the_store() {
    let home = home(AFTER_A_DEPLOY);
    assert_eq!((say(&home, &["snooze", "1d"]).0, say(&home, &["mute"]).0), (Some(0), Some(0)));
    fs::write(home.path().join("data/dxpulse.db"), [7; 5000]).unwrap();
    let (status, said) = say(&home, &["status"]);
    assert!(status == Some(1) && said.contains("prompts are off: user file") && said.contains("damaged"), "{said}");
}

#[test]
fn unmute_names_what_was_muted_by_itself() {
    let home = home(AFTER_A_DEPLOY);
    say(&home, &["mute"]);
    assert_eq!(say(&home, &["unmute"]).1.trim(), "surveys may be asked again");
    say(&home, &["mute", "after-deploy"]);
    say(&home, &["mute"]);
    let (_, said) = say(&home, &["unmute"]);
    assert!(said.contains("also those muted one by one: after-deploy"), "{said}");
}

#[test]
fn a_time_that_is_none_or_too_long_is_refused_with_what_to_write() {
    let home = home(AFTER_A_DEPLOY);
    for time in ["0d", "00w", "1y", "+1d", "1.5d", "d", "", "3 fortnights", "１d", "w4"] {
        let (status, said) = say(&home, &["snooze", time]);
        assert!(status == Some(2) && said.contains("such as 4h, 3d or 2w"), "{time}: {said}");
    }
    for time in ["53w", "367d", "999999999999w", "99999999999999999999h", "9223372036854775807w"] {
        let (status, said) = say(&home, &["snooze", time]);
        assert!(status == Some(2) && said.contains("a year (52w) is the longest"), "{time}: {said}");
    }
    for time in ["52w", "366d", "8784h", "001h"] {
        assert_eq!(say(&home, &["snooze", time]).0, Some(0), "{time}");
    }
}

#[test]
fn marks_that_do_not_go_together_are_named_with_their_lines() {
    let home = home(AFTER_A_DEPLOY);
    let file = home.path().join(".bashrc");
    let install = || {
        let output = home.command().args(["hook", "install", "bash", "--yes"]).env("HOME", home.path()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(install().0, Some(0));
    let text = fs::read_to_string(&file).unwrap();
    let half = format!("true\n{}", text.lines().take(2).map(|line| format!("{line}\n")).collect::<String>());
    fs::write(&file, &half).unwrap();
    let (status, said) = install();
    assert!(status == Some(1) && said.contains("line 2 is `# >>> dxpulse, in a new file >>>`"), "{said}");
    assert_eq!(fs::read_to_string(&file).unwrap(), half);
}

#[test]
fn a_file_that_cannot_be_read_as_text_is_left_and_told_what_to_add_by_hand() {
    let home = home(AFTER_A_DEPLOY);
    let file = home.path().join(".bashrc");
    let install = || {
        let output = home.command().args(["hook", "install", "bash", "--yes"]).env("HOME", home.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    fs::write(&file, b"# caf\xe9\n").unwrap();
    let said = install();
    assert!(said.contains(".bashrc is not in UTF-8") && said.contains("add: ") && said.contains("nothing was changed"), "{said}");
    assert_eq!(fs::read(&file).unwrap(), b"# caf\xe9\n");
    fs::remove_file(&file).unwrap();
    assert!(Command::new("mkfifo").arg(&file).status().unwrap().success());
    assert!(install().contains(".bashrc is no file"));
}
