//! Surveys with waves, as they are listed and answered. Their days are so far apart that no clock stands between them.

use dxpulse::developer::store::Store;
use dxpulse::survey::parse::parse;
use serde_json::json;

use crate::sandbox::Sandbox;

const PAST: &str = "{ id = \"past\", opens = 2020-01-01, closes = 2020-01-31 }";
const NOW: &str = "{ id = \"now\", opens = 2020-02-01, closes = 2999-12-31 }";
const FUTURE: &str = "{ id = \"future\", opens = 3000-01-01, closes = 3000-01-31 }";

/// Gives a survey with these windows, in a version.
fn survey(version: u32, windows: &[&str]) -> String {
    let windows = windows.join(", ");
    format!(
        "id = \"mine\"\ntitle = \"Mine\"\nversion = {version}\n\n[wave]\nwindows = [{windows}]\n\n\
         [[question]]\nid = \"score\"\ntype = \"nps\"\ntext = \"How likely?\"\n\n\
         [[question]]\nid = \"why\"\ntype = \"text\"\ntext = \"Why?\"\n"
    )
}

fn sandbox(source: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("home/surveys/mine.toml", source);
    sandbox.write("answers.json", "{ \"score\": 9 }");
    sandbox
}

const ANSWER: [&str; 4] = ["take", "mine", "--answers", "answers.json"];

#[test]
fn outside_its_windows_a_survey_is_closed_and_says_when_it_was_or_will_be_open() {
    let cases = [
        (&[PAST][..], "mine is closed: it was open until 31 Jan 2020"),
        (&[FUTURE], "mine is closed: it opens on 1 Jan 3000"),
        (&[PAST, FUTURE], "mine is closed: it was open until 31 Jan 2020; it opens on 1 Jan 3000"),
    ];
    for (windows, told) in cases {
        let sandbox = sandbox(&survey(1, windows));
        for arguments in [&ANSWER[..], &["take", "mine", "--answers", "answers.json", "--again"]] {
            let outcome = sandbox.run(arguments);
            assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{outcome:?}");
            assert!(outcome.err.contains(told) && outcome.err.contains("dxpulse list"), "{}", outcome.err);
        }
        let (screen, code) = sandbox.on_terminal(&["take", "mine", "--accessible"], "closed", b"");
        assert_eq!(code, 1, "{screen}");
        let listed = sandbox.run(&["list"]);
        assert!(listed.out.contains("\nClosed\n  mine"), "{}", listed.out);
        let mine = sandbox.json_of_list("mine");
        assert_eq!(mine["state"], "closed");
        assert_eq!(mine.get("opens_on").cloned(), windows.contains(&FUTURE).then(|| json!("3000-01-01")));
        assert_eq!(mine.get("closed_on").cloned(), windows.contains(&PAST).then(|| json!("2020-01-31")));
    }
}

#[test]
fn a_survey_is_answered_once_in_a_wave_whatever_its_version_and_again_in_the_next() {
    let sandbox = sandbox(&survey(1, &[PAST, NOW]));
    assert_eq!(sandbox.json_of_list("mine")["closes_on"], "2999-12-31");
    assert!(sandbox.run(&["list"]).out.contains("until 31 Dec 2999"));
    sandbox.succeed(&ANSWER);
    sandbox.write("home/surveys/mine.toml", &survey(2, &[PAST, NOW]));
    let refused = sandbox.run(&ANSWER);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("mine was answered already in the wave now, on 2"), "{}", refused.err);
    assert_eq!(
        (&sandbox.json_of_list("mine")["state"], &sandbox.json_of_list("mine")["wave"]),
        (&json!("answered"), &json!("now"))
    );
    sandbox.write("home/surveys/mine.toml", &survey(2, &[&NOW.replace("now", "next")]));
    assert_eq!(sandbox.json_of_list("mine")["state"], "open");
    sandbox.succeed(&ANSWER);
    let history = sandbox.json(&["history", "--json"]);
    assert_eq!([&history[0]["wave"], &history[1]["wave"]], ["next", "now"]);
    assert!(sandbox.run(&["history"]).out.contains("  v2  next  Mine"), "{}", sandbox.run(&["history"]).out);
    let table = sandbox.succeed(&["export", "mine"]);
    let waves: Vec<&str> = table.lines().map(|line| line.split(',').nth(3).unwrap()).collect();
    assert_eq!(waves, ["wave", "now", "next"]);
    let stored = sandbox.json(&["export", "mine", "--format", "json"]);
    assert_eq!([&stored[0]["wave"], &stored[1]["wave"]], ["now", "next"]);
}

#[test]
fn a_draft_begun_in_an_earlier_wave_counts_for_the_one_in_which_it_is_sent_off() {
    let sandbox = sandbox(&survey(1, &[NOW]));
    let (screen, code) = sandbox.on_terminal(&["take", "mine", "--accessible"], "How likely?", b"9\nq\n");
    assert_eq!(code, 3, "{screen}");
    sandbox.write("home/surveys/mine.toml", &survey(1, &[PAST, FUTURE]));
    assert_eq!(sandbox.json_of_list("mine")["state"], "closed");
    assert_eq!(sandbox.run(&["take", "mine", "--accessible"]).code, 1);
    sandbox.write("home/surveys/mine.toml", &survey(1, &[&NOW.replace("now", "next")]));
    assert_eq!(sandbox.json_of_list("mine")["state"], "draft");
    let (screen, code) = sandbox.on_terminal(&["take", "mine", "--accessible"], "Why?", b"/skip\nsend\n");
    assert_eq!(code, 0, "{screen}");
    let stored = sandbox.json(&["export", "mine", "--format", "json"]);
    assert_eq!((&stored[0]["wave"], &stored[0]["answers"]["score"]), (&json!("next"), &json!(9)));
}

#[test]
fn a_survey_is_declined_for_its_wave() {
    let sandbox = sandbox(&survey(1, &[NOW]));
    let (screen, code) = sandbox.on_terminal(&["take", "mine", "--accessible"], "How likely?", b"decline\nyes\n");
    assert_eq!(code, 4, "{screen}");
    assert!(screen.contains("you won't be asked again in this wave"), "{screen}");
    assert_eq!(sandbox.json_of_list("mine")["state"], "declined");
    let survey = parse(&survey(1, &[NOW])).unwrap();
    let history = Store::open(&sandbox.path("home/data")).unwrap().history().unwrap();
    assert_eq!((&history[0].survey, history[0].wave.as_deref()), (&survey.id, Some("now")));
}
