//! Events: a platform's own tool tells, and the next prompt asks.

use std::fs;
use std::os::unix::ffi::OsStrExt;

use crate::{SHELLS, home, json, run, times_prompted};

const AT_AN_EVENT: &str = "[trigger]\nevent = [\"deploy.finished\"]\n";

#[test]
fn an_event_is_asked_about_at_the_next_prompt() {
    for shell in SHELLS {
        let home = home(AT_AN_EVENT);
        let mut screen = shell.start(&home, "");
        run(&mut screen, shell, "dxpulse event deploy.started service=checkout");
        assert!(!screen.text().contains('◆'), "{shell:?}: {}", screen.text());
        run(&mut screen, shell, "dxpulse event deploy.finished service=checkout ");
        screen.until("◆ After a deploy");
        assert_eq!(times_prompted(&home), 1);
    }
}

#[test]
fn an_event_says_nothing_and_never_fails() {
    let home = home(AT_AN_EVENT);
    let told = |arguments: &[&str]| {
        let output = home.command().arg("event").args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    assert_eq!(told(&["deploy.finished"]), (Some(0), String::new()));
    assert_eq!(told(&["deploy.finished", "nonsense"]), (Some(0), String::new()));
    assert_eq!(told(&[]), (Some(0), String::new()));
    assert_eq!(told(&["-x"]), (Some(0), String::new()));
    assert_eq!(told(&["deploy.finished", "--nope=1", "-", "a b"]), (Some(0), String::new()));
    let latin = std::ffi::OsStr::from_bytes(b"who=caf\xe9");
    let output = home.command().args(["event", "deploy.finished"]).arg(latin).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len() + output.stderr.len()), (Some(0), 0), "{output:?}");
    let (code, text) = told(&["deploy.finished", "--explain"]);
    assert_eq!((code, text.contains("dxpulse hook install")), (Some(0), true), "{text}");
    fs::create_dir_all(home.path().join("data")).unwrap();
    fs::write(home.path().join("data/dxpulse.db"), "no database").unwrap();
    fs::write(home.path().join("data/due"), "").unwrap();
    assert_eq!(told(&["deploy.finished"]), (Some(0), String::new()), "however broken it is");
    fs::write(home.path().join("config.toml"), "theme = [").unwrap();
    assert_eq!(told(&["deploy.finished"]), (Some(0), String::new()));
}

#[test]
fn why_tells_what_a_survey_waits_for_and_when_a_reason_ends() {
    let home = home(AT_AN_EVENT);
    let surveys = json(&home, ["why", "--json"])["surveys"].clone();
    assert_eq!((&surveys[0]["id"], &surveys[0]["asked"]), (&"after-deploy".into(), &true.into()));
    assert_eq!(surveys[0]["waits_for"]["event"][0], "deploy.finished");
    let file = home.path().join("surveys/after-deploy.toml");
    let survey = fs::read_to_string(&file).unwrap().replace("grace_days = 0", "grace_days = 3");
    fs::write(&file, survey).unwrap();
    let why = || json(&home, ["why", "--json"])["surveys"][0].clone();
    assert_eq!(why()["reason"], "new");
    assert!(why()["until"].is_string());
    json(&home, ["why", "platform-pulse", "--json"]);
    assert_eq!(json(&home, ["why", "platform-pulse", "--json"])["surveys"][0]["reason"], "bundled");
}

#[test]
fn why_promises_nothing_that_the_next_prompt_draws() {
    // Without a wave, the day is within two weeks from the next prompt.
    let home = |trigger: &str| {
        let home = home(trigger);
        let file = home.path().join("surveys/after-deploy.toml");
        let survey = fs::read_to_string(&file).unwrap().replace("[wave]\ncadence = \"evergreen\"\n", "");
        fs::write(&file, survey).unwrap();
        home
    };
    let drawn = |trigger: &str| json(&home(trigger), ["why", "--json"])["surveys"][0].clone();
    for (trigger, asked, reason) in [
        ("", false, Some("undrawn")),
        ("[trigger]\ncommand = [\"deployctl *\"]\nsample = 0.5\n", false, Some("undrawn")),
        ("[trigger]\ncommand = [\"deployctl *\"]\nsample = 0\n", false, Some("not_drawn")),
        ("[trigger]\ncommand = [\"deployctl *\"]\nsample = 1\n", true, None),
    ] {
        let survey = drawn(trigger);
        assert_eq!((survey["asked"].as_bool(), survey["reason"].as_str()), (Some(asked), reason), "{trigger}");
    }
    let home = home("");
    let said = |language: &str| String::from_utf8(home.run(["why", "--lang", language]).stdout).unwrap();
    for (language, words) in [("en", "drawn at the next prompt"), ("de", "beim nächsten Prompt gelost"), ("ja", "抽選します")]
    {
        let said = said(language);
        assert!(said.contains("– after-deploy") && said.contains(words), "{said}");
    }
    // Once it was drawn, the draw is what is told.
    let mut screen = crate::Shell::Bash.start(&home, "");
    run(&mut screen, crate::Shell::Bash, "true");
    assert_ne!(json(&home, ["why", "--json"])["surveys"][0]["reason"], "undrawn");
}

#[test]
fn each_event_counts_once() {
    let home = home(&format!("{AT_AN_EVENT}nth_use = 3\n"));
    let mut screen = crate::Shell::Bash.start(&home, "");
    run(&mut screen, crate::Shell::Bash, "dxpulse event deploy.finished");
    run(&mut screen, crate::Shell::Bash, "true");
    run(&mut screen, crate::Shell::Bash, "true");
    assert!(!screen.text().contains('◆'), "one event is one use: {}", screen.text());
    run(&mut screen, crate::Shell::Bash, "dxpulse event deploy.finished; dxpulse event deploy.finished");
    assert!(screen.text().contains('◆'), "{}", screen.text());
}
