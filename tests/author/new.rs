//! `dxpulse survey new`: what is written, what never is, and that it can be used at once.

use std::fs;

use crate::sandbox::{Outcome, Sandbox};

fn new(sandbox: &Sandbox, arguments: &[&str]) -> Outcome {
    sandbox.run(&[&["survey", "new"], arguments].concat())
}

/// Gives the names of the files in a folder.
fn files(sandbox: &Sandbox, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(sandbox.path(folder)).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn the_file_is_clean_and_can_be_answered_as_the_next_steps_say() {
    let sandbox = Sandbox::new();
    let outcome = new(&sandbox, &["--title", "Größe der Builds", "--owner", "Platform team"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    let expected = "\
groesse-der-builds.toml is written, and survey.schema.json beside it, for completion in your editor

  dxpulse survey lint groesse-der-builds.toml     checks it after every change
  dxpulse survey preview groesse-der-builds.toml  shows it as its readers will see it
";
    assert_eq!(outcome.out, expected);
    let text = sandbox.read("groesse-der-builds.toml");
    for line in ["#:schema ./survey.schema.json\n", "title = \"Größe der Builds\"\n", "owner = \"Platform team\"\n"] {
        assert!(text.contains(line), "{line} in {text}");
    }
    let linted = sandbox.run(&["survey", "lint", "groesse-der-builds.toml"]);
    assert_eq!((linted.code, linted.out.as_str(), linted.err.as_str()), (0, "", "dxpulse: 1 file, 0 errors, 0 warnings\n"));
    sandbox.write("answers.json", "{ \"ease\": 2, \"delays\": [\"builds\"], \"change\": \"Fewer steps\" }");
    let taken = sandbox.json(&["take", "groesse-der-builds.toml", "--answers", "answers.json", "--json"]);
    assert_eq!(taken["survey"], "groesse-der-builds");
}

#[test]
fn the_schema_beside_it_is_the_one_that_is_printed() {
    let sandbox = Sandbox::new();
    assert_eq!(new(&sandbox, &["--title", "Pulse"]).code, 0);
    assert_eq!(sandbox.read("survey.schema.json"), sandbox.succeed(&["survey", "schema"]));
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let sandbox = Sandbox::new();
    sandbox.write("mine.toml", "mine");
    sandbox.write("survey.schema.json", "mine too");
    let outcome = new(&sandbox, &["mine.toml", "--title", "Mine"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
    assert!(outcome.err.starts_with("dxpulse: mine.toml is there already\n  help: "), "{}", outcome.err);
    let outcome = new(&sandbox, &["--title", "Mine"]);
    assert!(outcome.out.starts_with("mine-2.toml is written, and survey.schema.json, which was there, is left"), "{outcome:?}");
    assert_eq!((sandbox.read("mine.toml"), sandbox.read("survey.schema.json")), ("mine".to_owned(), "mine too".to_owned()));
    assert_eq!(files(&sandbox, ""), ["mine-2.toml", "mine.toml", "survey.schema.json"]);
}

#[test]
fn the_id_is_one_that_no_other_survey_has() {
    let sandbox = Sandbox::new();
    sandbox.write("surveys/other.toml", "id = \"builds\"\ntitle = \"Builds\"\n[[question]]\nid = \"q\"\n");
    sandbox.write("surveys/broken.toml", "id = \"builds");
    for (title, id) in
        [("Builds", "builds-2"), ("Builds", "builds-3"), ("Platform pulse", "platform-pulse-2"), ("満足度", "survey")]
    {
        let outcome = new(&sandbox, &["surveys", "--title", title]);
        assert!(outcome.out.starts_with(&format!("surveys/{id}.toml is written")), "{outcome:?}");
        assert!(sandbox.read(&format!("surveys/{id}.toml")).contains(&format!("\nid = \"{id}\"")));
    }
    let linted =
        sandbox.run(&["survey", "lint", "surveys/builds-2.toml", "surveys/platform-pulse-2.toml", "surveys/survey.toml"]);
    assert_eq!(linted.code, 0, "{linted:?}");
}

#[test]
fn a_file_may_be_named_where_no_folder_is_yet() {
    let sandbox = Sandbox::new();
    let outcome = new(&sandbox, &["team surveys/first.toml", "--title", "Builds"]);
    assert!(outcome.out.contains("dxpulse survey preview 'team surveys/first.toml'"), "{outcome:?}");
    assert_eq!(files(&sandbox, "team surveys"), ["first.toml", "survey.schema.json"]);
    assert!(sandbox.read("team surveys/first.toml").contains("\nid = \"builds\""));
}

#[test]
fn a_name_under_which_nothing_would_find_a_survey_is_refused() {
    for (name, better) in [("x", "x.toml"), ("x.txt", "x.txt.toml"), ("my pulse.lock.toml", "'my pulse.toml'")] {
        let sandbox = Sandbox::new();
        let outcome = new(&sandbox, &[name, "--title", "Builds"]);
        assert_eq!((outcome.code, outcome.err.contains(&format!("help: name it {better}"))), (2, true), "{outcome:?}");
        assert_eq!(files(&sandbox, ""), Vec::<String>::new());
    }
}

#[test]
fn title_and_owner_are_asked_for_on_the_terminal() {
    let sandbox = Sandbox::new();
    let (screen, code) = sandbox.on_terminal(&["survey", "new"], "Title: ", b"\n \nBuild pulse\nPlatform team\n");
    assert!(screen.contains("Owner, such as your team") && screen.contains("build-pulse.toml is written"), "{screen}");
    assert_eq!(code, 0);
    let text = sandbox.read("build-pulse.toml");
    assert!(text.contains("title = \"Build pulse\"\n") && text.contains("owner = \"Platform team\"\n"), "{text}");
}

#[test]
fn an_owner_may_be_left_out() {
    let sandbox = Sandbox::new();
    let (_, code) = sandbox.on_terminal(&["survey", "new", "--title", "Pulse"], "Owner", b"\n");
    assert_eq!(code, 0);
    assert!(!sandbox.read("pulse.toml").contains("owner"));
}

#[test]
fn the_end_of_input_gives_up_and_writes_nothing() {
    let sandbox = Sandbox::new();
    let (screen, code) = sandbox.on_terminal(&["survey", "new"], "Title: ", b"\x04");
    assert_eq!((code, screen.contains("nothing was written")), (1, true), "{screen}");
    assert_eq!(files(&sandbox, ""), Vec::<String>::new());
}

#[test]
fn without_a_terminal_a_title_must_be_given_and_be_one() {
    let long = "x".repeat(121);
    let cases: [(&[&str], &str); 4] = [
        (&[], "cannot ask for a title: there is no terminal"),
        (&["--title", ""], "a survey needs a title"),
        (&["--title", "\u{1b}\u{202e} "], "a survey needs a title"),
        (&["--title", &long], "`title` has 121 characters, at most 120 fit"),
    ];
    for (arguments, said) in cases {
        let sandbox = Sandbox::new();
        let outcome = new(&sandbox, arguments);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{arguments:?}");
        assert!(outcome.err.contains(said), "{}", outcome.err);
        assert_eq!(files(&sandbox, ""), Vec::<String>::new());
    }
}

#[test]
fn a_title_is_written_as_it_is_without_what_would_act_on_a_terminal() {
    let sandbox = Sandbox::new();
    let outcome = new(&sandbox, &["--title", "\"The\\new\"\n\u{1b}[31m pulse", "--owner", "A\tB"]);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    let text = sandbox.read("the-new-31m-pulse.toml");
    assert!(text.contains("title = \"\\\"The\\\\new\\\" [31m pulse\"\n") && text.contains("owner = \"A B\"\n"), "{text}");
    assert_eq!(sandbox.run(&["survey", "lint", "the-new-31m-pulse.toml"]).code, 0);
}
