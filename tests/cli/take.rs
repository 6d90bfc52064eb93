//! `dxpulse take` with files: surveys by path, answers from JSON, and everything that can be wrong with either.

use std::io::Write;
use std::process::Stdio;

use chrono::DateTime;
use dxpulse::developer::store::Store;
use dxpulse::response::{Answer, Draft, Reply};
use dxpulse::survey::QuestionId;
use dxpulse::survey::parse::parse;
use serde_json::{Value, json};

use crate::sandbox::{Outcome, Sandbox};

const QUESTIONS: &str = r#"
[[question]]
id = "score"
type = "nps"
text = "How likely?"
required = true

[[question]]
id = "pick"
type = "single"
text = "Which?"
choices = [{ code = "a", label = "A" }, { code = "b", label = "B" }]

[[question]]
id = "why"
type = "text"
text = "Why?"
"#;

const BAD: &str = "id = \"bad\"\ntitel = \"Bad\"\n\n[[question]]\nid = \"q\"\ntype = \"npps\"\ntext = \"How likely?\"\n";

fn survey(id: &str) -> String {
    format!("id = \"{id}\"\ntitle = \"Mine\"\n{QUESTIONS}")
}

/// Makes a sandbox with a survey of the user's own in `mine.toml` and answers to it in `right.json`.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("mine.toml", &survey("mine"));
    sandbox.write("right.json", r#"{ "score": 9, "pick": "a" }"#);
    sandbox
}

fn assert_failed(outcome: &Outcome, words: &[&str]) {
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{outcome:?}");
    for word in words {
        assert!(outcome.err.contains(word), "{word} in {}", outcome.err);
    }
    assert!(!outcome.err.contains(['\u{1b}', '\u{202e}']), "{}", outcome.err);
}

#[test]
fn every_wrong_answer_is_told_with_its_question_and_nothing_is_stored() {
    let cases = [
        (
            r#"{ "score": 11, "pick": "c", "wy": "x", "why": 3 }"#,
            &[
                "wrong.json, answering mine: 4 answers are wrong; nothing was stored",
                "\n  score: ",
                "\n  pick: ",
                "did you mean `why`?",
                "\n  why: ",
            ][..],
        ),
        (r#"{ "pick": "a" }"#, &["1 answer is wrong; nothing was stored", "\n  score: "]),
        (r#"{ "score": 9, "score": 8 }"#, &["1 answer is wrong", "score: stands in the file twice"]),
        ("[]", &["wrong.json: expected one JSON object from question to answer; nothing was stored", "{ \"score\": 9 }"]),
        ("{ \"score\": ", &["wrong.json: not readable as JSON", "nothing was stored"]),
        ("{ \"\u{202e}\": 1, \"score\": 9 }", &["1 answer is wrong", "\\u{202e}: no such question"]),
    ];
    for (answers, words) in cases {
        let sandbox = sandbox();
        sandbox.write("wrong.json", answers);
        for arguments in
            [&["take", "mine.toml", "--answers", "wrong.json"][..], &["take", "mine.toml", "--answers", "wrong.json", "--json"]]
        {
            assert_failed(&sandbox.run(arguments), words);
        }
        assert!(!sandbox.path("home").exists(), "{answers}");
    }
}

#[test]
fn a_file_of_answers_that_cannot_be_read_is_told() {
    let sandbox = sandbox();
    std::fs::write(sandbox.path("latin.json"), b"{ \"why\": \"\xff\" }").unwrap();
    std::fs::write(sandbox.path("long.json"), vec![b' '; 1024 * 1024 + 1]).unwrap();
    let cases = [("none.json", "No such file"), (".", "Is a directory"), ("latin.json", "UTF-8"), ("long.json", "1 MiB")];
    for (file, words) in cases {
        assert_failed(&sandbox.run(&["take", "mine.toml", "--answers", file]), &[file, words, "help: "]);
    }
    assert!(!sandbox.path("home").exists());
}

#[test]
fn the_stored_response_is_all_that_is_printed() {
    let sandbox = sandbox();
    let printed = sandbox.json(&["take", "mine.toml", "--answers", "right.json", "--json"]);
    assert_eq!(printed["answers"], json!({ "score": 9, "pick": "a" }));
    let exported: Value = serde_json::from_str(&sandbox.succeed(&["export", "--format", "jsonl"])).unwrap();
    assert_eq!(printed, exported);
    assert_eq!(sandbox.succeed(&["take", "mine.toml", "--answers", "right.json", "--again"]), "");
}

#[test]
fn a_draft_adds_nothing_to_answers_from_a_file() {
    let sandbox = sandbox();
    let survey = parse(&survey("mine")).unwrap();
    let mut draft = Draft::start(&survey, DateTime::UNIX_EPOCH);
    draft.replies.insert(QuestionId::new("why").unwrap(), Reply::Given(Answer::Text("begun".to_owned())));
    let mut store = Store::open(&sandbox.path("home/data")).unwrap();
    store.save_draft(&survey, &draft, DateTime::UNIX_EPOCH).unwrap();
    drop(store);
    let script = ["take", "mine.toml", "--answers", "right.json", "--json"];
    for arguments in [&script[..], &[&script[..], &["--again"]].concat()] {
        let refused = sandbox.run(arguments);
        assert_failed(&refused, &["a draft of mine with 1 of 3 answered is kept", "`dxpulse take mine.toml`", "--discard-draft"]);
    }
    let store = Store::open(&sandbox.path("home/data")).unwrap();
    assert_eq!((store.drafts().unwrap().len(), store.responses(None).count()), (1, 0));
    drop(store);
    let printed = sandbox.json(&[&script[..], &["--discard-draft"]].concat());
    assert_eq!(printed["answers"], json!({ "score": 9, "pick": "a" }));
    assert_eq!(Store::open(&sandbox.path("home/data")).unwrap().drafts().unwrap(), []);
    assert_eq!(sandbox.run(&["take", "mine.toml", "--discard-draft"]).code, 2, "it is for --answers alone");
}

#[test]
fn an_empty_draft_is_no_reason_to_refuse_answers_from_a_file() {
    let sandbox = sandbox();
    let survey = parse(&survey("mine")).unwrap();
    let mut store = Store::open(&sandbox.path("home/data")).unwrap();
    store.save_draft(&survey, &Draft::start(&survey, DateTime::UNIX_EPOCH), DateTime::UNIX_EPOCH).unwrap();
    drop(store);
    sandbox.succeed(&["take", "mine.toml", "--answers", "right.json"]);
}

#[test]
fn many_scripts_at_once_wait_for_one_another() {
    let sandbox = sandbox();
    let command = || sandbox.command(&["take", "mine.toml", "--answers", "right.json", "--again"]).spawn().unwrap();
    let children: Vec<_> = (0..16).map(|_| command()).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let store = Store::open(&sandbox.path("home/data")).unwrap();
    assert_eq!(store.responses(None).count(), 16);
}

#[test]
fn a_script_does_not_wait_for_ever_and_names_no_terminal() {
    let sandbox = sandbox();
    let survey = parse(&survey("mine")).unwrap();
    let store = Store::open(&sandbox.path("home/data")).unwrap();
    let _lock = store.lock(&survey.id).unwrap().unwrap();
    let outcome = sandbox.run(&["take", "mine.toml", "--answers", "right.json"]);
    assert_failed(&outcome, &["mine is being answered elsewhere, still after 5 s; nothing was stored", "run this again"]);
    assert!(!outcome.err.contains("terminal"), "{}", outcome.err);
}

#[test]
fn a_response_that_cannot_be_printed_is_stored_and_that_is_said() {
    let sandbox = sandbox();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = sandbox.command(&["take", "mine.toml", "--answers", "right.json", "--json"]);
    let output = command.stdout(full).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("cannot write to standard output") && said.contains("the response is stored"), "{said}");
    assert_eq!(Store::open(&sandbox.path("home/data")).unwrap().responses(None).count(), 1);
}

#[test]
fn a_declined_survey_is_asked_as_soon_as_it_is_named() {
    let sandbox = sandbox();
    let survey = parse(&survey("mine")).unwrap();
    sandbox.succeed(&["take", "mine.toml", "--answers", "right.json"]);
    Store::open(&sandbox.path("home/data"))
        .unwrap()
        .decline(&survey, None, chrono::Utc::now() + chrono::Duration::days(1))
        .unwrap();
    sandbox.succeed(&["take", "mine.toml", "--answers", "right.json"]);
}

#[test]
fn the_draft_of_a_file_is_gone_on_with_from_anywhere_and_a_lost_file_is_told() {
    let sandbox = sandbox();
    sandbox.write("deep/my survey.toml", &survey("mine"));
    let (_, code) = sandbox.on_terminal(&["take", "deep/../deep/my survey.toml", "--accessible"], "How likely?", b"9\nq\n");
    assert_eq!(code, 3);
    let file = "ROOT/deep/my survey.toml";
    let listed = sandbox.run(&["list"]);
    assert!(listed.out.contains("Mine") && listed.out.contains(&format!("in {file}\n")), "{}", listed.out);
    assert!(listed.err.contains(&format!("go on with `dxpulse take '{file}'`")), "{}", listed.err);
    let json = sandbox.json(&["list", "--json"]);
    assert_eq!(json.as_array().unwrap().last().unwrap()["file"], file);
    for arguments in [&["take", "--accessible"][..], &["take", "mine", "--accessible"]] {
        let (screen, code) = sandbox.on_terminal(arguments, "Which?", b"q\n");
        assert_eq!(code, 3, "{screen}");
    }
    let sandbox = sandbox.with("ACCESSIBLE", "1");
    let (screen, code) = sandbox.on_terminal(&[], "Platform pulse", b"q\n");
    assert_eq!(code, 0);
    assert!(screen.contains("Mine"), "{screen}");
    std::fs::remove_file(sandbox.path("deep/my survey.toml")).unwrap();
    assert_failed(&sandbox.run(&["take", "mine"]), &[file, "its file is gone", "the draft is kept"]);
    assert!(sandbox.run(&["list"]).out.contains("(its file is gone)"));
    assert!(sandbox.run(&["take", "--answers", "right.json"]).err.contains(file));
}

#[test]
fn leaving_before_the_first_answer_keeps_no_replies() {
    let sandbox = sandbox();
    let (screen, code) = sandbox.on_terminal(&["take", "mine.toml", "--accessible"], "How likely?", b"q\n");
    assert_eq!(code, 3);
    assert!(screen.contains("nothing answered yet; start again with: dxpulse take mine.toml"), "{screen}");
}

#[test]
fn answers_come_from_standard_input_too() {
    let sandbox = sandbox();
    let mut command = sandbox.command(&["take", "mine.toml", "--answers", "-", "--json"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(br#"{ "score": 3 }"#).unwrap();
    let output = child.wait_with_output().unwrap();
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &printed["answers"]), (Some(0), &json!({ "score": 3 })));
}

#[test]
fn wrong_answers_say_where_they_come_from_and_which_survey_was_tried() {
    let sandbox = sandbox();
    for (answers, told) in [
        (&b"[]"[..], "standard input: expected one JSON object"),
        (b"{ \"score\": 3 }", "standard input, answering platform-pulse: "),
        (b"\xff", "can't read the answers in standard input: "),
    ] {
        let mut command = sandbox.command(&["take", "--answers", "-"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(answers).unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && said.contains(told), "{told}: {said}");
    }
}

#[test]
fn a_survey_taken_by_its_path_is_named_by_its_path() {
    for name in ["my survey.toml", "./ünï ćode 満足.toml", "esc\u{1b}[31m\u{202e}.toml", "./no-ending", "it's.toml"] {
        let sandbox = sandbox();
        sandbox.write(name, &survey("mine"));
        sandbox.succeed(&["take", name, "--answers", "right.json"]);
        let again = sandbox.run(&["take", name, "--answers", "right.json"]);
        assert_failed(&again, &["mine was answered already", " --again` answers it anew"]);
        assert!(!again.err.contains("take mine --again"), "{}", again.err);
    }
}

#[test]
fn what_is_kept_is_gone_on_with_by_the_path_it_was_taken_by() {
    let sandbox = sandbox();
    sandbox.write("my survey.toml", &survey("mine"));
    let (screen, code) = sandbox.on_terminal(&["take", "my survey.toml", "--timeout", "1"], "How likely?", b"");
    assert_eq!(code, 124);
    assert!(screen.contains("start again with: dxpulse take 'my survey.toml'"), "{screen}");
}

#[test]
fn a_word_is_an_id_even_where_a_file_has_that_name() {
    let sandbox = sandbox();
    sandbox.write("platform-pulse", &survey("mine"));
    sandbox.write("my survey", &survey("mine"));
    let outcome = sandbox.run(&["take", "platform-pulse", "--answers", "right.json"]);
    assert_failed(&outcome, &["score: no such question"]);
    assert_failed(&sandbox.run(&["take", "my survey"]), &["there is no survey \"my survey\"", "`dxpulse take './my survey'`"]);
    assert_failed(&sandbox.run(&["take", "platform-plse"]), &["did you mean `platform-pulse`?"]);
}

#[test]
fn a_file_with_the_id_of_another_survey_is_taken_and_that_is_told() {
    let sandbox = sandbox();
    sandbox.write("own.toml", &survey("platform-pulse"));
    let outcome = sandbox.run(&["take", "own.toml", "--answers", "right.json", "--json"]);
    let printed: Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!((outcome.code, &printed["survey"]), (0, &json!("platform-pulse")));
    let said = "dxpulse: own.toml and a bundled survey have the same id, platform-pulse: to dxpulse they are one survey\n";
    assert_eq!(outcome.err, said);
    sandbox.write("home/surveys/mine.toml", &survey("mine"));
    sandbox.succeed(&["take", "mine.toml", "--answers", "right.json"]);
    sandbox.succeed(&["take", "mine", "--answers", "right.json", "--again"]);
}

#[test]
fn a_bad_survey_shows_all_its_problems_with_lines_and_remedies() {
    let sandbox = sandbox();
    for name in ["bad.toml", "bäd \u{1b}[31m.toml"] {
        sandbox.write(name, BAD);
        let outcome = sandbox.run(&["take", name]);
        let told = [
            ".toml has 2 problems\n\nerror[",
            ".toml:2:1\n",
            "2 | titel = \"Bad\"",
            "= help: did you mean `title`?",
            "error[unknown-type]: unknown type `npps`",
            ".toml:6:8\n",
            "did you mean `nps`?",
            "\n\n  help: correct the file, then try again\n",
        ];
        assert_failed(&outcome, &told);
    }
    sandbox.write("home/surveys/bad.toml", BAD);
    assert_failed(&sandbox.run(&["take", "bad"]), &["ROOT/home/surveys/bad.toml:6:8"]);
}

#[test]
fn problems_are_in_colour_on_a_terminal_that_has_it_unless_it_is_unwanted() {
    let cases = [("COLORTERM", "", true), ("NO_COLOR", "1", false), ("TERM", "dumb", false), ("DXPULSE_COLOUR", "never", false)];
    for (variable, value, coloured) in cases {
        let sandbox = sandbox().with(variable, value);
        sandbox.write("bad.toml", BAD);
        let (screen, code) = sandbox.on_terminal(&["take", "bad.toml"], "then try again", b"");
        assert_eq!((code, screen.contains("\u{1b}[")), (1, coloured), "{variable}={value}: {screen}");
    }
    let sandbox = sandbox().with("CLICOLOR_FORCE", "1");
    sandbox.write("bad.toml", BAD);
    assert!(sandbox.run(&["take", "bad.toml"]).err.contains("\u{1b}["));
}

#[test]
fn a_survey_that_is_no_file_is_told() {
    let sandbox = sandbox();
    sandbox.write("folder.toml/x", "");
    std::fs::write(sandbox.path("latin.toml"), b"id = \"\xff\"").unwrap();
    let cases =
        [("none.toml", "No such file"), ("./", "Is a directory"), ("folder.toml", "Is a directory"), ("latin.toml", "UTF-8")];
    for (name, words) in cases {
        assert_failed(&sandbox.run(&["take", name]), &[words, "help: "]);
    }
    assert_failed(&sandbox.run(&["take", ""]), &["there is no survey \"\"", "`dxpulse list` shows the surveys"]);
}

#[test]
fn an_export_asked_for_by_a_slip_is_answered_with_what_was_answered() {
    let sandbox = sandbox();
    sandbox.write("own.toml", &survey("all-types"));
    sandbox.succeed(&["take", "own.toml", "--answers", "right.json"]);
    assert_failed(&sandbox.run(&["export", "all-type"]), &["there is no survey \"all-type\"", "did you mean `all-types`?"]);
}

#[test]
fn yes_and_no_are_true_and_false_in_json_and_1_and_0_in_csv() {
    let sandbox = sandbox();
    let question = "[[question]]\nid = \"yes\"\ntype = \"boolean\"\ntext = \"Yes?\"\n";
    sandbox.write("own.toml", &format!("id = \"own\"\ntitle = \"Own\"\n{question}"));
    sandbox.write("yes.json", "{ \"yes\": true }");
    sandbox.succeed(&["take", "own.toml", "--answers", "yes.json"]);
    let long = sandbox.json(&["export", "--layout", "long", "--format", "json"]);
    assert_eq!(long[0]["value"], json!(true));
    assert!(sandbox.succeed(&["export", "--layout", "long"]).contains(",yes,boolean,,1,"));
}
