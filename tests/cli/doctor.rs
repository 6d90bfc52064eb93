//! `dxpulse doctor`: every check in each state.

use serde_json::Value;

use crate::sandbox::Sandbox;

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

#[test]
fn own_surveys_are_counted() {
    let sandbox = Sandbox::new();
    sandbox.write("home/surveys/one.toml", "");
    sandbox.write("home/surveys/notes.md", "");
    assert_eq!(finding(&sandbox, "surveys").1, "1 survey of your own in ROOT/home/surveys");
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
