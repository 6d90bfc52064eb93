//! `dxpulse survey sign`: what is shown before it is signed, what is never signed, and what comes of it.

use std::fs;

use dxpulse::anonymous::results::State;
use dxpulse::anonymous::{Bundle, PublicKey, Results, SigningKey};
use serde_json::{Value, json};

use crate::sandbox::{Outcome, Sandbox};

/// The wave of the wire formats' seeds; its keys are of nobody.
const WAVE: &str = include_str!("../../fuzz/words/wave.json");

const RESULTS: &str = r#"survey = "pulse"
wave = "2027-Q1"
title = "What you told us"
summary = "Builds are what costs you most time."

[[figures]]
label = "eNPS"
value = -3
note = "of 40 answers"

[[actions]]
text = "Halve the time of builds"
state = "doing"
"#;

/// Gives a home with a key, and its public half.
fn home() -> (Sandbox, PublicKey) {
    let sandbox = Sandbox::new();
    let outcome = sandbox.run(&["survey", "sign", "--new-key", "publisher.key"]);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    (sandbox, PublicKey::from_text(outcome.out.trim_end()).unwrap())
}

fn sign(sandbox: &Sandbox, arguments: &[&str]) -> Outcome {
    sandbox.run(&[&["survey", "sign", "--key", "publisher.key"], arguments].concat())
}

/// Gives the wave as a collector prepares it, perhaps changed.
fn prepared(changes: &[(&str, &str)]) -> String {
    let signed: Value = serde_json::from_str(WAVE).unwrap();
    let text = signed["manifest"].as_str().unwrap().to_owned();
    let change = |text: String, (from, to): &(&str, &str)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    format!("{:#}\n", json!({ "manifest": changes.iter().fold(text, change) }))
}

/// Asserts that a file isn't signed, and that why and what to do is said in these lines.
fn assert_refused(sandbox: &Sandbox, file: &str, message: &str, help: &str) {
    let outcome = sign(sandbox, &[file, "--yes"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{outcome:?}");
    assert!(outcome.err.starts_with(&format!("dxpulse: {file} is not signed: {message}")), "{}", outcome.err);
    assert!(outcome.err.contains(&format!("  help: {help}")), "{}", outcome.err);
    assert!(!sandbox.path("wave.signed.json").exists());
}

#[test]
fn a_key_is_made_for_its_owner_alone_and_never_overwritten() {
    let (sandbox, public) = home();
    assert_eq!(sandbox.mode("publisher.key"), 0o600);
    let seed = dxpulse::anonymous::encoding::from_hex(sandbox.read("publisher.key").trim_end()).unwrap();
    assert_eq!(SigningKey::from_seed(&seed).public(), public);
    let before = sandbox.read("publisher.key");
    let outcome = sandbox.run(&["survey", "sign", "--new-key", "publisher.key"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
    assert!(outcome.err.starts_with("dxpulse: publisher.key is there already\n  help: give another name"), "{}", outcome.err);
    assert_eq!(sandbox.read("publisher.key"), before);
    let outcome = sandbox.run(&["survey", "sign", "--new-key", "nowhere/publisher.key"]);
    assert!(outcome.code == 1 && outcome.err.contains("can't write nowhere/publisher.key"), "{outcome:?}");
    let other = sandbox.run(&["survey", "sign", "--new-key", "other.key"]);
    assert_ne!(other.out.trim_end(), public.to_string());
    assert!(other.err.starts_with("dxpulse: other.key is written, readable for you alone; keep it off the collector"));
}

#[test]
fn a_wave_is_shown_whole_and_signed() {
    let (sandbox, public) = home();
    sandbox.write("prepared/wave.json", &prepared(&[]));
    let outcome = sign(&sandbox, &["prepared/wave.json", "--yes"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    insta::assert_snapshot!("sign_wave", outcome.out);
    let signed = Bundle::from_json(sandbox.read("prepared/wave.signed.json").as_bytes()).unwrap();
    let wave = signed.open(&[public]).unwrap();
    assert!(outcome.out.contains(&wave.id.0.to_string()), "the fingerprint is what developers compare");
    let again = sign(&sandbox, &["prepared/wave.json", "prepared/wave.signed.json", "--yes"]);
    assert_eq!(again.code, 0, "the same signature is no other: {again:?}");
    let kept = fs::read_dir(sandbox.path("prepared")).unwrap().count();
    assert_eq!(kept, 2, "nothing unfinished is left");
}

#[test]
fn what_deserves_a_thought_is_said() {
    let (sandbox, _) = home();
    let everyone = r#""classes": [
    {
      "where": {},
      "invited": 7
    }
  ],"#;
    let signed: Value = serde_json::from_str(WAVE).unwrap();
    let text = signed["manifest"].as_str().unwrap();
    let classes = &text[text.find("\"classes\": [").unwrap()..text.find("  \"keys\"").unwrap()];
    let relay = &text[text.find("  \"relay\"").unwrap()..text.find("  \"source\"").unwrap()];
    let changes = [
        (classes, &*format!("{everyone}\n")),
        ("\"invited\": 40", "\"invited\": 7"),
        (relay, ""),
        ("2027-01-15T08:00:00Z", "2020-01-15T08:00:00Z"),
        ("2027-01-17T08:00:00Z", "2020-01-15T09:00:00Z"),
        ("2027-02-01T00:00:00Z", "2020-02-01T00:00:00Z"),
    ];
    sandbox.write("wave.json", &prepared(&changes));
    let outcome = sign(&sandbox, &["wave.json", "--yes"]);
    let thoughts: Vec<&str> = outcome.out.lines().filter_map(|line| line.strip_prefix("  consider     ")).collect();
    let expected = [
        "tokens are issued less than a day before answers: what is fetched and used at once can be put together",
        "fewer than 10 are invited: among so few, nobody is anonymous to those who know them",
        "there is no relay: whoever watches the network sees who sends, though not what",
        "answers have closed already",
    ];
    assert_eq!(thoughts, expected, "{outcome:?}");
    assert!(outcome.out.contains("  class             7  everyone\n") && outcome.out.contains("  relay        none\n"));
}

#[test]
fn only_a_yes_on_the_terminal_signs() {
    let (sandbox, public) = home();
    sandbox.write("wave.json", &prepared(&[]));
    let command = ["survey", "sign", "--key", "publisher.key", "wave.json"];
    for typed in [&b"\n"[..], b"n\n", b"yet\n", b"\x04"] {
        let (screen, code) = sandbox.on_terminal(&command, "[y/N] ", typed);
        assert_eq!((code, screen.contains("nothing was signed")), (1, true), "{screen}");
        assert!(!sandbox.path("wave.signed.json").exists());
    }
    let (screen, code) = sandbox.on_terminal(&command, "[y/N] ", b"y\n");
    assert_eq!((code, screen.contains("wrote wave.signed.json")), (0, true), "{screen}");
    assert!(screen.contains(&format!("Sign it with the key {public}?")), "{screen}");
    assert!(Bundle::from_json(sandbox.read("wave.signed.json").as_bytes()).unwrap().open(&[public]).is_ok());
    sandbox.write("other.json", &prepared(&[]));
    let outcome = sign(&sandbox, &["other.json"]);
    assert_eq!(outcome.code, 2, "{outcome:?}");
    assert!(outcome.err.contains("there is no terminal\n  help: look at what is shown, and say --yes"), "{}", outcome.err);
    assert!(!sandbox.path("other.signed.json").exists());
}

#[test]
fn a_wave_that_does_not_hold_is_refused_with_what_to_do() {
    let (sandbox, _) = home();
    let cases = [
        (
            &[("\"invited\": 20", "\"invited\": 9")][..],
            "its class role=dev tenure=new has 9 invited; the least is 10",
            "prepare the wave again",
        ),
        (&[("\"invited\": 40", "\"invited\": 41")], "its classes have 40 people, and 41 were invited", "prepare the wave again"),
        (&[("https://pulse", "http://pulse")], "http://pulse.example.com is not an https address", "correct collector.toml"),
        (&[("dxpulse-wave/1", "dxpulse-wave/2")], "its form is dxpulse-wave/2", "use the same version"),
        (&[("2027-Q1", "../2027")], "its wave has no name", "prepare the wave again"),
        (&[("2027-02-01", "2027-01-02")], "its windows are out of order", "prepare the wave again"),
        (&[("type = \\\"nps\\\"", "type = \\\"nsp\\\"")], "its survey is not sound", "correct the survey"),
        (
            &[("show_if = \\\"nps > 3\\\"", "show_if = \\\"!answered(role)\\\"")],
            "its survey asks depending on `role`",
            "ask it of everyone",
        ),
        (&[("\"sequence\": 1", "\"sequence\":  1")], "its text is not in the one form", "sign the file as"),
        (&[("\"sequence\": 1", "\"sequence\": -1")], "it is not a bundle of a wave", "sign the file as"),
    ];
    for (changes, message, help) in cases {
        sandbox.write("wave.json", &prepared(changes));
        assert_refused(&sandbox, "wave.json", message, help);
    }
    sandbox.write("wave.json", &prepared(&[]).replace("{\n", "{\n  \"note\": 1,\n"));
    assert_refused(&sandbox, "wave.json", "it is not a bundle of a wave: unknown field `note`", "sign the file as");
    fs::write(sandbox.path("wave.json"), [0xff, 0xfe]).unwrap();
    assert_refused(&sandbox, "wave.json", "it is not a text", "name a prepared wave, or results");
    sandbox.write("wave.json", &" ".repeat((1 << 20) + 1));
    assert_refused(&sandbox, "wave.json", "it has more than 1048576 bytes", "a wave and results are shorter");
    let outcome = sign(&sandbox, &["nowhere.json", "--yes"]);
    assert!(outcome.code == 1 && outcome.err.starts_with("dxpulse: can't read nowhere.json: "), "{outcome:?}");
}

#[test]
fn one_file_that_is_refused_keeps_all_from_being_signed() {
    let (sandbox, _) = home();
    sandbox.write("wave.json", &prepared(&[]));
    sandbox.write("bad.json", &prepared(&[("\"invited\": 40", "\"invited\": 41")]));
    assert_eq!(sign(&sandbox, &["wave.json", "bad.json", "--yes"]).code, 1);
    assert!(!sandbox.path("wave.signed.json").exists());
}

#[test]
fn what_another_key_signed_is_signed_again_only_when_asked_to() {
    let (sandbox, public) = home();
    sandbox.write("wave.json", WAVE);
    let stranger = SigningKey::from_seed(&[1; 32]).public();
    assert_refused(&sandbox, "wave.json", &format!("another key signed it, {stranger}"), "if you mean to, say --again");
    assert_eq!(sign(&sandbox, &["wave.json", "--yes", "--again"]).code, 0);
    let signed = sandbox.read("wave.signed.json");
    assert!(Bundle::from_json(signed.as_bytes()).unwrap().open(&[public]).is_ok());
    fs::remove_file(sandbox.path("wave.signed.json")).unwrap();
    sandbox.write("wave.json", &signed.replace("2027-Q1", "2027-Q2"));
    assert_refused(&sandbox, "wave.json", "it was changed after it was signed", "if you mean to, say --again");
}

#[test]
fn nothing_else_is_overwritten() {
    let (sandbox, _) = home();
    sandbox.write("wave.json", &prepared(&[]));
    sandbox.write("wave.signed.json", "mine");
    let outcome = sign(&sandbox, &["wave.json", "--yes"]);
    assert!(outcome.err.starts_with("dxpulse: wave.signed.json is there already, and holds something else"), "{outcome:?}");
    assert_eq!((outcome.code, sandbox.read("wave.signed.json").as_str()), (1, "mine"));
    assert_eq!(sign(&sandbox, &["wave.json", "--yes", "-o", "elsewhere.json"]).code, 0);
    assert_eq!(sandbox.read("wave.signed.json"), "mine");
    assert_eq!(sign(&sandbox, &["wave.json", "--yes", "--again"]).code, 0);
    assert_eq!(sandbox.read("wave.signed.json"), sandbox.read("elsewhere.json"));
    let outcome = sign(&sandbox, &["wave.json", "elsewhere.json", "-o", "both.json", "--yes"]);
    assert_eq!((outcome.code, outcome.err.contains("help: sign them one by one")), (2, true), "{outcome:?}");
    let outcome = sign(&sandbox, &["wave.json", "--yes", "-o", "nowhere/wave.json"]);
    assert_eq!((outcome.code, outcome.err.contains("can't write nowhere/wave.json")), (1, true), "{outcome:?}");
}

#[test]
fn a_key_that_others_can_read_or_that_is_none_signs_nothing() {
    let (sandbox, _) = home();
    sandbox.write("wave.json", &prepared(&[]));
    sandbox.set_mode("publisher.key", 0o640);
    sandbox.write("text.key", "none\n");
    sandbox.set_mode("text.key", 0o600);
    let cases = [
        ("publisher.key", "the key publisher.key can be read by others", "chmod 600 publisher.key"),
        ("my keys/none.key", "can't read the key my keys/none.key", "make one: dxpulse survey sign --new-key 'my keys/none.key'"),
        ("text.key", "text.key holds no publisher key", "name the file that `dxpulse survey sign --new-key` wrote"),
        ("home", "the key home is no file", "name the file that --new-key wrote"),
    ];
    fs::create_dir_all(sandbox.path("home")).unwrap();
    for (key, message, help) in cases {
        let outcome = sandbox.run(&["survey", "sign", "--key", key, "wave.json", "--yes"]);
        assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{outcome:?}");
        assert!(outcome.err.contains(message) && outcome.err.contains(&format!("help: {help}")), "{}", outcome.err);
    }
    let outcome = sandbox.run(&["survey", "sign", "wave.json"]);
    assert!(outcome.code == 2 && outcome.err.contains("--key <FILE>"), "{outcome:?}");
}

#[test]
fn results_are_signed_from_toml_and_from_json() {
    let (sandbox, public) = home();
    sandbox.write("results.toml", RESULTS);
    let outcome = sign(&sandbox, &["results.toml", "--yes"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    let expected = "\
results of pulse 2027-Q1: What you told us
  summary      Builds are what costs you most time.
  figure       eNPS: -3 (of 40 answers)
  action       under way: Halve the time of builds
  file         results.toml

wrote results.signed.json
";
    assert_eq!(outcome.out, expected);
    let signed = Results::from_json(sandbox.read("results.signed.json").as_bytes()).unwrap();
    let document = signed.open(&[public]).unwrap();
    assert_eq!((document.figures[0].value.as_str(), document.actions[0].state), ("-3", State::Doing));
    sandbox.write("same.json", &signed.document);
    assert_eq!(sign(&sandbox, &["same.json", "--yes"]).code, 0);
    assert_eq!(sandbox.read("same.signed.json"), sandbox.read("results.signed.json"));
    sandbox.run(&["survey", "sign", "--new-key", "other.key"]);
    let other = |arguments: &[&str]| sandbox.run(&[&["survey", "sign", "--key", "other.key", "--yes"], arguments].concat());
    let outcome = other(&["results.signed.json"]);
    assert!(outcome.err.contains(&format!("another key signed it, {public}\n  help: if you mean to")), "{outcome:?}");
    assert_eq!(other(&["results.signed.json", "--again"]).code, 0);
    let renewed = Results::from_json(sandbox.read("results.signed.json").as_bytes()).unwrap();
    assert!(renewed.open(&[public]).is_err() && renewed.document == signed.document);
}

#[test]
fn every_problem_of_results_is_told_with_its_place_and_remedy() {
    let (sandbox, _) = home();
    let faulty =
        RESULTS.replace("wave = ", "waev = ").replace("\"doing\"", "\"don\"").replace("label = \"eNPS\"", "label = \"\"");
    sandbox.write("results.toml", &faulty);
    let outcome = sign(&sandbox, &["results.toml", "--yes"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
    insta::assert_snapshot!("sign_faulty_results", outcome.err);
    sandbox.write("results.json", "{\n  \"survey\": \"pulse\",\n  \"titel\": \"Pulse\"\n}\n");
    let outcome = sign(&sandbox, &["results.json", "--yes"]);
    assert!(outcome.err.contains("results.json:3:") && outcome.err.contains("unknown field `titel`"), "{}", outcome.err);
    assert!(!sandbox.path("results.signed.json").exists());
}

#[test]
fn the_results_in_the_guide_can_be_signed() {
    let (sandbox, _) = home();
    let guide = include_str!("../../docs/writing-surveys.md");
    let example = guide.split("```text\n").find(|block| block.starts_with("survey = ")).unwrap();
    sandbox.write("results.toml", example.split("```").next().unwrap());
    let outcome = sign(&sandbox, &["results.toml", "--yes"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{outcome:?}");
}
