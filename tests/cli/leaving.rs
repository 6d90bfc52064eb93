//! `dxpulse take --answers` with words that leave the machine and may name someone or hold a secret.

use serde_json::Value;

use crate::published_wave;
use crate::sandbox::{Outcome, Sandbox};

const SURVEY: &str = "id = \"mine\"\ntitle = \"Mine\"\n[[question]]\nid = \"why\"\ntype = \"text\"\ntext = \"Why?\"\n\
    [[question]]\nid = \"tool\"\ntype = \"single\"\ntext = \"Which?\"\nchoices = [{ code = \"ci\", label = \"Builds\" }, \
    { code = \"else\", label = \"Else\", other = true }]\n";
const TELLING: &str = r#"{ "why": "ask alice@example.com", "tool": { "other": "~alice/bin" } }"#;

/// Takes these answers to a survey whose answers leave the machine.
fn take(answers: &str, flags: &[&str]) -> (Outcome, Sandbox) {
    let sandbox = Sandbox::new();
    published_wave::publish(&sandbox.path("home/data"), SURVEY);
    sandbox.write("a.json", answers);
    let outcome = sandbox.run(&[&["take", "mine", "--answers", "a.json", "--json"], flags].concat());
    (outcome, sandbox)
}

fn stored(outcome: &Outcome) -> Value {
    assert_eq!(outcome.code, 0, "{outcome:?}");
    serde_json::from_str::<Value>(&outcome.out).unwrap()["answers"].clone()
}

#[test]
fn words_that_may_tell_too_much_are_refused_with_their_places_and_never_repeated() {
    let (outcome, sandbox) = take(TELLING, &[]);
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{outcome:?}");
    for told in [
        "a.json, answering mine: 2 parts of the words may name someone or hold a secret; nothing was stored",
        "  why: character 5 begins what would become [e-mail]",
        "  tool: character 1 begins what would become [path]",
        "--replace-words",
        "--keep-words",
    ] {
        assert!(outcome.err.contains(told), "{told} in {}", outcome.err);
    }
    assert!(!outcome.err.contains("alice"), "{}", outcome.err);
    assert!(!sandbox.run(&["export", "--format", "json"]).out.contains("alice"));
}

#[test]
fn they_are_replaced_or_kept_where_that_is_asked_for() {
    let (replaced, _) = take(TELLING, &["--replace-words"]);
    assert_eq!(stored(&replaced), serde_json::json!({ "why": "ask [e-mail]", "tool": { "other": "[path]" } }));
    let (kept, _) = take(TELLING, &["--keep-words"]);
    assert_eq!(stored(&kept), serde_json::from_str::<Value>(TELLING).unwrap());
    let (clean, _) = take(r#"{ "why": "main.rs is slow" }"#, &[]);
    assert_eq!(stored(&clean), serde_json::json!({ "why": "main.rs is slow" }));
}

#[test]
fn an_edit_has_the_same_choice() {
    let (_, sandbox) = take(r#"{ "why": "slow" }"#, &[]);
    sandbox.write("b.json", TELLING);
    let edit = |flags: &[&str]| sandbox.run(&[&["edit", "mine", "--answers", "b.json", "--json"], flags].concat());
    let refused = edit(&[]);
    assert!(refused.code == 1 && refused.err.contains("--replace-words"), "{refused:?}");
    assert_eq!(stored(&edit(&["--replace-words"]))["why"], "ask [e-mail]");
    assert_eq!(stored(&edit(&["--keep-words"]))["why"], "ask alice@example.com");
}

#[test]
fn the_two_exclude_each_other_and_go_with_answers_alone() {
    for arguments in
        [&["take", "mine.toml", "--answers", "a.json", "--keep-words", "--replace-words"][..], &["take", "--keep-words"]]
    {
        assert_eq!(Sandbox::new().run(arguments).code, 2, "{arguments:?}");
    }
}
