//! `dxpulse doctor`: every check in each state.

use serde_json::Value;

use crate::sandbox::Sandbox;

const GOOD: &str = r#"id = "good"
title = "Good"

[[question]]
id = "score"
type = "nps"
text = "How likely?"

[[question]]
id = "why"
type = "text"
text = "Why?"
"#;

fn finding(sandbox: &Sandbox, check: &str) -> (String, String, Option<String>) {
    let outcome = sandbox.run(&["doctor", "--json"]);
    let findings: Value = serde_json::from_str(&outcome.out).unwrap();
    let found = findings.as_array().unwrap().iter().find(|it| it["check"] == check).unwrap().clone();
    let text = |name: &str| found[name].as_str().map(str::to_owned);
    (text("state").unwrap(), text("detail").unwrap(), text("hint"))
}

#[test]
fn a_fresh_machine_has_nothing_to_mend_and_nothing_is_made() {
    let sandbox = Sandbox::new().with("EDITOR", "sh");
    let printed = sandbox.succeed(&["doctor"]);
    for line in [
        concat!("✓ ok       version        dxpulse ", env!("CARGO_PKG_VERSION")),
        "! warning  terminal       none (help: run dxpulse in a terminal, or answer with `--answers FILE`)",
        "✓ ok       colours        256",
        "✓ ok       character set  UTF-8 (LANG=C.UTF-8)",
        "✓ ok       data folder    ROOT/home/data, made with your first answer",
        "✓ ok       database       none yet, made with your first answer",
        "✓ ok       configuration  no files, all defaults",
        "✓ ok       surveys        none of your own; put them in ROOT/home/surveys",
        "✓ ok       editor         /usr/bin/sh ($EDITOR)",
        "✓ ok       opt-out        off; DO_NOT_TRACK=1 or `dxpulse config set opt_out true` turns it on",
    ] {
        assert!(printed.lines().any(|printed| printed == line), "{line} in\n{printed}");
    }
    assert!(!sandbox.path("home").exists());
}

#[test]
fn json_has_check_state_detail_and_hint() {
    let findings = Sandbox::new().json(&["doctor", "--json"]);
    let findings = findings.as_array().unwrap();
    assert_eq!(findings.len(), 10);
    for finding in findings {
        assert_eq!(finding.as_object().unwrap().keys().collect::<Vec<_>>(), ["check", "state", "detail", "hint"]);
    }
}

#[test]
fn json_tells_a_strange_value_without_what_would_drive_a_terminal() {
    let sandbox = Sandbox::new().with("LANG", "C\u{9b}31m\u{202e}\u{200b}.UTF-8");
    let printed = sandbox.run(&["doctor", "--json"]).out;
    assert_eq!(printed.chars().find(|character| "\u{9b}\u{202e}\u{200b}".contains(*character)), None, "{printed:?}");
    assert!(finding(&sandbox, "character set").1.contains("C\u{9b}31m\u{202e}"), "what it says stays what it is: {printed}");
}

#[test]
fn folders_and_files_open_to_others_are_warned_of() {
    let sandbox = Sandbox::new();
    sandbox.write("home/data/dxpulse.db", "");
    sandbox.set_mode("home/data", 0o755);
    sandbox.set_mode("home/data/dxpulse.db", 0o644);
    let (state, detail, hint) = finding(&sandbox, "data folder");
    assert_eq!((state.as_str(), detail.as_str()), ("warning", "ROOT/home/data is 0755: others on this machine can get at it"));
    assert_eq!(hint.as_deref(), Some("chmod 700 ROOT/home/data"));
    assert_eq!(finding(&sandbox, "database").2.as_deref(), Some("chmod 600 ROOT/home/data/dxpulse.db"));
    sandbox.set_mode("home/data", 0o700);
    sandbox.set_mode("home/data/dxpulse.db", 0o600);
    assert_eq!(finding(&sandbox, "data folder").0, "ok");
    assert_eq!(finding(&sandbox, "database").0, "ok");
}

#[test]
fn what_is_in_the_way_must_be_mended() {
    let sandbox = Sandbox::new();
    sandbox.write("home/data", "a file");
    assert_eq!(finding(&sandbox, "data folder").0, "failed");
    assert_eq!(sandbox.run(&["doctor"]).code, 1);
    let sandbox = Sandbox::new();
    sandbox.write("home", "a file");
    assert_eq!(finding(&sandbox, "data folder").0, "failed");
    let sandbox = Sandbox::new();
    sandbox.write("home/surveys", "a file");
    assert_eq!(finding(&sandbox, "surveys").0, "failed");
}

#[test]
fn mistakes_in_the_settings_are_told_with_their_places() {
    let sandbox = Sandbox::new();
    sandbox.write("home/config.toml", "thme = 1\ntheme = 2\n");
    let (state, detail, hint) = finding(&sandbox, "configuration");
    assert_eq!(state, "failed");
    assert_eq!(
        detail,
        "ROOT/home/config.toml:1:1: unknown key `thme`; ROOT/home/config.toml:2:9: `theme` takes text, not a number"
    );
    assert!(hint.is_some());
    assert_eq!(finding(&sandbox, "opt-out").0, "warning");
    assert_eq!(sandbox.run(&["doctor"]).code, 1);
}

fn findings(sandbox: &Sandbox, check: &str) -> Vec<String> {
    let printed = sandbox.run(&["doctor"]).out;
    let lines = printed.lines().filter(|line| line.split("  ").any(|cell| cell.trim() == check));
    lines.map(str::to_owned).collect()
}

#[test]
fn own_surveys_are_counted_and_each_problem_has_its_place() {
    let sandbox = Sandbox::new();
    sandbox.write("home/surveys/good.toml", GOOD);
    sandbox.write("home/surveys/notes.md", "");
    assert_eq!(findings(&sandbox, "surveys"), ["✓ ok       surveys        1 survey of your own in ROOT/home/surveys"]);
    sandbox.write("home/surveys/bad.toml", &GOOD.replace("nps", "npps").replace("good", "bad"));
    sandbox.write("home/surveys/twin.toml", GOOD);
    let told = findings(&sandbox, "surveys");
    assert_eq!(told[0], "✓ ok       surveys        0 surveys of your own in ROOT/home/surveys");
    let bad = "! warning  surveys        ROOT/home/surveys/bad.toml:6:8: unknown type `npps` (help: did you mean `nps`?)";
    assert_eq!(told[1], bad);
    assert!(told[2].contains("2 files have the id good") && told[2].contains("give each survey an id of its own"), "{told:?}");
    assert_eq!(sandbox.run(&["doctor"]).code, 0, "the other surveys work all the same");
    sandbox.write("home/surveys/bad.toml", &"x = 1\n".repeat(30));
    let told = findings(&sandbox, "surveys");
    assert!(told.last().is_some_and(|line| line.contains("2 files")) && told.len() == 13, "{told:?}");
    assert!(told[11].contains("`dxpulse take ROOT/home/surveys/bad.toml` shows all"), "{told:?}");
}

#[test]
fn answers_are_counted_and_never_told() {
    let sandbox = Sandbox::new();
    sandbox.write("good.toml", GOOD);
    sandbox.write("answers.json", r#"{ "score": 9, "why": "a secret" }"#);
    sandbox.succeed(&["take", "./good.toml", "--answers", "answers.json"]);
    let told = finding(&sandbox, "answers");
    assert_eq!(told.0, "ok");
    assert_eq!(told.1, "1 response, 0 drafts, 0 declined; in this version's format, nothing is damaged");
    assert!(!sandbox.run(&["doctor"]).out.contains("secret"));
}

#[test]
fn a_database_that_cannot_be_used_is_to_be_mended_and_left_as_it_is() {
    let cases = [
        (60, 99_u32.to_be_bytes(), "newer dxpulse"),
        (68, 7_u32.to_be_bytes(), "is not a database of dxpulse"),
        (0, *b"none", "is damaged"),
    ];
    for (at, harm, words) in cases {
        let sandbox = Sandbox::new();
        let mut bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/store-v1.db")).unwrap();
        bytes[at..at + 4].copy_from_slice(&harm);
        sandbox.write("home/data/dxpulse.db", "");
        std::fs::write(sandbox.path("home/data/dxpulse.db"), &bytes).unwrap();
        sandbox.set_mode("home/data", 0o700);
        sandbox.set_mode("home/data/dxpulse.db", 0o600);
        let (state, detail, hint) = finding(&sandbox, "answers");
        assert_eq!(state, "failed");
        assert!(detail.contains(words) && hint.is_some(), "{detail}");
        assert_eq!(sandbox.run(&["doctor"]).code, 1);
        assert_eq!(std::fs::read(sandbox.path("home/data/dxpulse.db")).unwrap(), bytes);
    }
}

#[test]
fn a_missing_editor_and_a_strange_locale_are_warned_of() {
    let sandbox = Sandbox::new().with("EDITOR", "no-such-editor").with("LANG", "C");
    let (state, detail, _) = finding(&sandbox, "editor");
    assert_eq!((state.as_str(), detail.as_str()), ("warning", "there is no program `no-such-editor`, which $EDITOR asks for"));
    assert_eq!(finding(&sandbox, "character set").0, "warning");
}

#[test]
fn the_opt_out_names_its_origin() {
    let sandbox = Sandbox::new().with("DO_NOT_TRACK", "true");
    let (state, detail, _) = finding(&sandbox, "opt-out");
    assert_eq!((state.as_str(), detail.as_str()), ("ok", "on: nothing asks you on its own (environment variable DO_NOT_TRACK)"));
}

#[test]
fn a_terminal_is_told_with_its_name_and_size() {
    for (name, line) in [
        ("xterm-256color", "✓ ok       terminal       xterm-256color, 80×24\r\n"),
        ("dumb", "! warning  terminal       dumb, 80×24: asks in plain lines (help: "),
    ] {
        let (screen, code) = Sandbox::new().with("TERM", name).on_terminal(&["doctor"], "opt-out", b"");
        assert_eq!(code, 0);
        assert!(screen.contains(line), "{screen}");
    }
}

#[test]
fn a_configured_folder_of_surveys_that_is_not_there_is_warned_of() {
    let sandbox = Sandbox::new();
    sandbox.write("home/config.toml", "surveys = \"team\"\n");
    let (state, detail, hint) = finding(&sandbox, "surveys");
    assert_eq!((state.as_str(), detail.as_str()), ("warning", "ROOT/home/team is not there, though the settings name it"));
    assert!(hint.unwrap().starts_with("mkdir -p ROOT/home/team"));
    sandbox.write("home/team/notes.md", "");
    assert_eq!(finding(&sandbox, "surveys").0, "ok");
    sandbox.write("home/config.toml", "surveys = \"surveys\"\n");
    assert_eq!(finding(&sandbox, "surveys").0, "ok", "the usual folder is made when there is something to put in");
}
