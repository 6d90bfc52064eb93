//! Which language `list` and `history` speak: as a flag, a setting or the locale says.

use serde_json::Value;

use crate::sandbox::Sandbox;

const ENGLISH: &str = "Open\n";
const GERMAN: &str = "Offen\n";
const JAPANESE: &str = "未回答\n";

fn speaks(sandbox: &Sandbox, arguments: &[&str], heading: &str) {
    let outcome = sandbox.run(arguments);
    assert!(outcome.out.starts_with(heading), "{arguments:?}: {}", outcome.out);
}

#[test]
fn a_flag_speaks_before_a_setting_and_a_setting_before_the_locale() {
    let sandbox = Sandbox::new();
    speaks(&sandbox, &["list"], ENGLISH);
    let sandbox = sandbox.with("LANG", "ja_JP.UTF-8");
    speaks(&sandbox, &["list"], JAPANESE);
    let sandbox = sandbox.with("LC_MESSAGES", "de_AT.UTF-8");
    speaks(&sandbox, &["list"], GERMAN);
    let sandbox = sandbox.with("LC_ALL", "fr_FR.UTF-8");
    speaks(&sandbox, &["list"], ENGLISH);
    sandbox.write("home/config.toml", "language = \"ja\"\n");
    speaks(&sandbox, &["list"], JAPANESE);
    speaks(&sandbox, &["list", "--lang", "de-CH"], GERMAN);
    speaks(&sandbox, &["--lang", "auto", "list"], ENGLISH);
    let sandbox = sandbox.with("DXPULSE_LANGUAGE", "de");
    speaks(&sandbox, &["list"], GERMAN);
    let flag = "language = \"ja\"  # flag --lang\n";
    assert_eq!(sandbox.succeed(&["config", "get", "language", "--lang", "ja"]), flag);
}

/// Gives what `list --json` says of surveys but their titles, which are words of the survey.
fn listed(sandbox: &Sandbox, language: &str) -> Vec<Value> {
    let printed = sandbox.run(&["list", "--json", "--lang", language]).out;
    let mut surveys: Vec<Value> = serde_json::from_str(&printed).unwrap();
    surveys.iter_mut().for_each(|survey| drop(survey["title"].take()));
    surveys
}

#[test]
fn what_programs_read_is_the_same_in_every_language() {
    let sandbox = Sandbox::new();
    assert_eq!(listed(&sandbox, "ja"), listed(&sandbox, "en"));
}

#[test]
fn history_is_told_in_the_language_too() {
    let sandbox = Sandbox::new();
    assert!(sandbox.run(&["history", "--lang", "de"]).err.contains("noch nichts beantwortet"));
    sandbox.write("s.toml", "id = \"s\"\ntitle = \"S\"\n\n[[question]]\nid = \"q\"\ntype = \"nps\"\ntext = \"How likely?\"\n");
    sandbox.write("answers.json", "{ \"q\": 9 }");
    sandbox.succeed(&["take", "s.toml", "--answers", "answers.json", "--lang", "de"]);
    for (language, outcome) in [("en", "  answered  "), ("de", "  beantwortet  "), ("ja", "  回答  ")] {
        let told = sandbox.succeed(&["history", "--lang", language]);
        assert!(told.contains(outcome), "{told}");
    }
}

#[test]
fn what_is_no_language_is_wrong_usage() {
    let outcome = Sandbox::new().run(&["list", "--lang", "german"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
    assert!(outcome.err.contains("\"german\" is no language: write a tag such as \"de\""), "{}", outcome.err);
}
