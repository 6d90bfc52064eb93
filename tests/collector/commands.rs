//! The commands: what they say, what they refuse, and that they can be run again.

use dxpulse::anonymous::SigningKey;
use dxpulse::anonymous::results::{Action, Document, Figure, Results, State};
use serde_json::Value;

use crate::place::{Place, SURVEY};

#[test]
fn a_collector_is_set_up_once() {
    let place = Place::new();
    let again = place.run(&["init", "--url", "https://pulse.example.com"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("there is a collector in") && again.err.contains("help: "), "{}", again.err);
    let other = place.run(&["--data", "other", "init", "--url", "http://pulse.example.com"]);
    assert!(other.code == 2 && other.err.contains("not an https address"), "{other:?}");
    let nowhere = place.run(&["--data", "nowhere", "token", "list"]);
    assert!(nowhere.code == 1 && nowhere.err.contains("dxpulse-collector init"), "{nowhere:?}");
}

#[test]
fn settings_with_mistakes_are_refused_with_every_line() {
    let place = Place::new();
    std::fs::write(place.data().join("collector.toml"), "url = \"https://x.org\"\nlisten = 1\nkeep = 2\n").unwrap();
    let refused = place.run(&["serve"]);
    assert_eq!(refused.code, 1);
    for told in ["collector.toml:2: `listen` is not a text", "collector.toml:3: unknown key `keep`", "help: "] {
        assert!(refused.err.contains(told), "{told}: {}", refused.err);
    }
}

#[test]
fn inviting_twice_leaves_those_alone_who_are_invited() {
    let place = Place::new();
    let first = place.invite(3);
    assert_eq!(first.len(), 3);
    assert!(first[0].link.starts_with(&format!("{}/join#{}.", place.url(), first[0].code)), "{}", first[0].link);
    let letter = std::fs::read_to_string(place.root.path().join("letters/person0@example.com.txt")).unwrap();
    assert!(letter.contains(&format!("dxpulse enroll '{}'", first[0].link)));
    let second = place.invite(4);
    assert_eq!(second.iter().map(|person| person.contact.as_str()).collect::<Vec<_>>(), ["person3@example.com"]);
    place.send_letters();
    assert!(place.succeed(&["invite", "roster.csv", "--out", "letters"]).contains("nobody new"));
    assert!(place.succeed(&["invite", "--remove", "PERSON3@example.com"]).contains("erased person3@example.com"));
    assert_eq!(place.run(&["invite", "--remove", "person3@example.com"]).code, 1);
    place.write("bad.csv", "contact,team\na@x.org\n,core\n");
    place.write("excel.csv", "contact;team\na@x.org;core\n");
    assert!(place.run(&["invite", "excel.csv", "--out", "letters"]).err.contains("separated by semicolons"));
    let refused = place.run(&["invite", "bad.csv", "--out", "letters"]);
    assert!(refused.code == 1 && refused.err.contains("bad.csv:2:") && refused.err.contains("bad.csv:3:"), "{}", refused.err);
}

#[test]
fn codes_that_were_not_sent_yet_are_never_replaced() {
    let place = Place::new();
    let first = place.invite(3);
    place.write("more.csv", "contact,team\nnew@example.com,core\n");
    for arguments in [&["invite", "more.csv"][..], &["invite", "--again", &first[0].contact]] {
        let refused = place.run(&[arguments, &["--out", "letters"]].concat());
        assert!(refused.code == 1 && refused.err.contains("send or delete those first"), "{refused:?}");
    }
    let kept = std::fs::read_to_string(place.root.path().join("letters/invitations.csv")).unwrap();
    assert!(first.iter().all(|person| kept.contains(&person.code)));
    assert!(place.succeed(&["status"]).contains("3 invited"), "nobody was invited");
    place.succeed(&["invite", "more.csv", "--out", "others"]);
}

#[test]
fn nobody_is_invited_whose_code_could_not_be_written() {
    let place = Place::new();
    let in_the_way = place.root.path().join("letters/b@example.com.txt");
    std::fs::create_dir_all(&in_the_way).unwrap();
    place.write(
        "roster.csv",
        "contact,team\na@example.com,core\nb@example.com,core\nx y@example.com,core\nx_y@example.com,core\n",
    );
    let refused = place.run(&["invite", "roster.csv", "--out", "letters"]);
    assert!(refused.code == 1 && refused.err.contains("b@example.com.txt"), "{refused:?}");
    let files = || std::fs::read_dir(place.root.path().join("letters")).unwrap().count();
    assert!(place.succeed(&["status"]).contains("0 invited") && files() == 1, "nothing is left");
    std::fs::remove_dir(&in_the_way).unwrap();
    place.succeed(&["invite", "roster.csv", "--out", "letters"]);
    assert!(place.succeed(&["status"]).contains("4 invited"));
    assert_eq!(files(), 5, "a letter for each, and the table");
}

#[test]
fn a_wave_that_waits_is_prepared_anew_in_its_place() {
    let place = Place::new();
    place.invite(20);
    let survey = |words: &str| {
        let evergreen = SURVEY.replace("[privacy]", "[wave]\ncadence = \"evergreen\"\n\n[privacy]");
        place.write("evergreen.toml", &evergreen.replace("How likely", words))
    };
    let prepared = |arguments: &[&str]| {
        place.succeed(&[&["prepare", "evergreen.toml"], arguments].concat());
        let files = std::fs::read_dir(place.data().join("prepared")).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<_> = files.filter(|path| !path.to_string_lossy().contains("signed")).collect();
        files.sort();
        files
    };
    survey("How likly");
    let before = prepared(&["--waves", "2"]);
    let misspelt: Vec<String> = before.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    survey("How likely");
    let after = prepared(&[]);
    let mended: Vec<String> = after.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    assert_eq!((&before, before.len()), (&after, 2));
    assert!(misspelt[0] != mended[0] && misspelt[1] == mended[1], "the first is replaced, and the second waits on");
    for path in &after {
        place.succeed(&["publish", place.sign(path).0.to_str().unwrap()]);
    }
}

#[test]
fn a_wave_is_published_only_as_it_was_prepared_and_signed() {
    let place = Place::new();
    place.invite(20);
    let prepared = place.prepare(SURVEY, ("one", 1, 48));
    let unsigned = place.run(&["publish", prepared.to_str().unwrap()]);
    assert!(unsigned.code == 1 && unsigned.err.contains("not signed") && unsigned.err.contains("survey sign"), "{unsigned:?}");
    let stranger = Place { publisher: SigningKey::from_seed(&[9; 32]), ..Place::new() };
    let (foreign, _) = stranger.sign(&prepared);
    assert!(place.run(&["publish", foreign.to_str().unwrap()]).err.contains("not a publisher trusted here"));
    let (signed, wave) = place.sign(&prepared);
    let text = std::fs::read_to_string(&signed).unwrap();
    let changed = place.write("changed.json", &text.replace("Pulse", "Pulsf"));
    assert!(place.run(&["publish", changed.to_str().unwrap()]).err.contains("changed after it was signed"));
    let told = place.succeed(&["publish", signed.to_str().unwrap()]);
    for expected in [wave.id.0.short().as_str(), "invited      20", "team=core", "answers", "relay        no"] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    assert!(place.succeed(&["publish", signed.to_str().unwrap()]).contains("published already"));
    let next = place.sign(&place.prepare(SURVEY, ("two", 1, 48))).0;
    let older = place.sign(&place.prepare(SURVEY, ("three", 1, 48))).0;
    place.succeed(&["publish", older.to_str().unwrap()]);
    assert!(place.run(&["publish", next.to_str().unwrap()]).err.contains("is published"));
    let elsewhere = Place::new();
    let moved = elsewhere.run(&["publish", signed.to_str().unwrap()]);
    assert!(moved.err.contains("prepared for another collector"), "{}", moved.err);
}

#[test]
fn a_file_that_is_something_else_is_not_published_and_not_repeated() {
    let place = Place::new();
    let key = "52866".repeat(13)[..64].to_owned();
    for text in [key.as_str(), "survey = \"pulse\"\n", "contact,team\nann,a\n", "{\"manifest\": \"cut", "[1]"] {
        let file = place.write("some.file", text);
        let told = place.run(&["publish", file.to_str().unwrap()]);
        assert!(told.code == 1 && told.err.contains("it is neither a signed wave nor signed results"), "{told:?}");
        assert!(told.err.contains("`dxpulse survey sign` wrote") && !told.err.contains("52866"), "{told:?}");
    }
}

#[test]
fn what_was_prepared_before_a_wave_that_is_published_is_thrown_away_with_its_keys() {
    let place = Place::new();
    place.invite(20);
    let (first, second) = (place.prepare(SURVEY, ("one", 1, 48)), place.prepare(SURVEY, ("two", 1, 48)));
    place.prepare(SURVEY, ("three", 1, 48));
    let other = place.prepare(&SURVEY.replace("\"pulse\"", "\"other\""), ("one", 1, 48));
    let (signed, wave) = place.sign(&second);
    let told = place.run(&["publish", signed.to_str().unwrap()]);
    assert!(told.code == 0 && told.err.contains("pulse one, prepared for before it and not published"), "{told:?}");
    assert!(!first.exists() && other.exists());
    let keys: Vec<_> = std::fs::read_dir(place.data().join("keys")).unwrap().map(|key| key.unwrap().file_name()).collect();
    assert_eq!(keys.len(), 6, "those of what is published, of what comes after it, and of another survey: {keys:?}");
    let told: Value = serde_json::from_str(&place.succeed(&["status", "--json"])).unwrap();
    let shown: Vec<_> = told["waves"].as_array().unwrap().iter().map(|wave| wave["wave"].as_str().unwrap()).collect();
    assert_eq!((shown.len(), shown[0], &told["waves"][0]["id"]), (3, "two", &wave.id.0.to_string().into()));
}

#[test]
fn several_waves_are_prepared_ahead_and_published_in_one_go() {
    let place = Place::new();
    place.invite(20);
    let survey = place.write("evergreen.toml", &SURVEY.replace("[privacy]", "[wave]\ncadence = \"evergreen\"\n\n[privacy]"));
    place.succeed(&["prepare", survey.to_str().unwrap(), "--waves", "3"]);
    let mut prepared: Vec<_> =
        std::fs::read_dir(place.data().join("prepared")).unwrap().map(|entry| entry.unwrap().path()).collect();
    prepared.sort();
    assert_eq!(prepared.len(), 3);
    let signed: Vec<_> = prepared.iter().rev().map(|path| place.sign(path)).collect();
    assert!(signed.windows(2).all(|pair| pair[0].1.manifest.opens > pair[1].1.manifest.opens));
    let files: Vec<_> = signed.iter().map(|(path, _)| path.to_str().unwrap()).collect();
    let state = || {
        let told: Value = serde_json::from_str(&place.run(&["doctor", "--json"]).out).unwrap();
        let found =
            told.as_array().unwrap().iter().find(|check| check["check"] == "evergreen").map(|check| check["state"].clone());
        found.and_then(|state| state.as_str().map(str::to_owned))
    };
    assert_eq!(state(), None);
    place.succeed(&["publish", files[2]]);
    assert_eq!(state().as_deref(), Some("warning"), "the month after has to be published too");
    place.succeed(&[vec!["publish"], files].concat());
    assert_eq!(state().as_deref(), Some("ok"));
    assert!(std::fs::read_dir(place.data().join("prepared")).unwrap().next().is_none());
}

#[test]
fn a_day_is_its_first_moment_and_what_is_no_time_is_told_how_to_write_it() {
    let place = Place::new();
    place.invite(12);
    let survey = place.write("survey.toml", SURVEY);
    let prepare = |opens: &str| place.run(&["prepare", survey.to_str().unwrap(), "--opens", opens, "--closes", "2099-02-01"]);
    let told = prepare("2099-01-01");
    assert!(told.code == 0 && told.out.contains("answers      2099-01-01 00:00 UTC to 2099-02-01 00:00 UTC"), "{told:?}");
    let told = prepare("tomorrow");
    assert!(told.code == 2 && told.err.contains("write it as 2026-12-01 or 2026-12-01T09:00:00Z"), "{told:?}");
}

#[test]
fn an_init_whose_database_cannot_be_had_leaves_no_keys() {
    let place = Place::empty();
    let told = place.run(&["init", "--url", "https://pulse.example.com", "--database", "postgresql://pulse@127.0.0.1:1/pulse"]);
    assert!(told.code == 1 && told.err.contains("see whether its server runs"), "{told:?}");
    assert!(!place.data().join("receipt.key").exists());
}

#[test]
fn a_roster_that_does_not_fit_the_survey_is_told() {
    let place = Place::new();
    let survey = place.write("survey.toml", &SURVEY.replace("[\"team\"]", "[\"tenure\"]"));
    let arguments = ["prepare", survey.to_str().unwrap(), "--opens", "2099-01-01T00:00:00Z", "--closes", "2099-01-02T00:00:00Z"];
    assert!(place.run(&arguments).err.contains("nobody is invited yet"));
    place.invite(12);
    let refused = place.run(&arguments);
    assert!(refused.code == 1 && refused.err.contains("the roster has no column `tenure`"), "{}", refused.err);
    let broken = place.write("broken.toml", "id = \"pulse\"\n");
    let refused = place.run(&["prepare", broken.to_str().unwrap(), arguments[2], arguments[3], arguments[4], arguments[5]]);
    assert!(refused.code == 1 && refused.err.contains("broken.toml"), "{}", refused.err);
}

#[test]
fn a_segment_that_tells_nothing_and_tokens_that_come_late_are_told_before_a_wave_is_signed() {
    let place = Place::new();
    let team = |at: usize| {
        if at < 12 {
            "core"
        } else if at < 22 {
            "web"
        } else {
            "data"
        }
    };
    let roster = |people: usize| (0..people).map(|at| format!("p{at}@example.com,{}\n", team(at))).collect::<String>();
    place.write("roster.csv", &format!("contact,team\n{}", roster(30)));
    place.succeed(&["invite", "roster.csv", "--out", "first"]);
    let survey = place.write("survey.toml", SURVEY);
    let times = ["2099-01-01T00:00:00Z", "2099-01-01T23:00:00Z", "2099-01-09T00:00:00Z"];
    let arguments = ["--issue-opens", times[0], "--opens", times[1], "--closes", times[2]];
    let told = place.run(&[&["prepare", survey.to_str().unwrap()], &arguments[..]].concat());
    assert!(told.code == 0 && told.err.contains("`team` tells nothing"), "{told:?}");
    assert!(told.err.contains("tokens are issued less than a day before answers"), "{told:?}");
    place.write("roster.csv", &format!("contact,team\n{}", roster(29)));
    let told = place.run(&["invite", "roster.csv", "--out", "second"]);
    assert!(told.err.contains("1 person is invited and not in this roster"), "{told:?}");
}

#[test]
fn results_are_published_once_their_wave_is_closed_and_replaced_by_a_revision() {
    let (place, _, wave) = Place::with_wave(10);
    let server = place.serve();
    let document = |value: &str| Document {
        survey: "pulse".into(),
        wave: "now".into(),
        title: "What we heard".into(),
        summary: "Builds are slow.".into(),
        figures: vec![Figure { label: "eNPS".into(), value: value.into(), note: None }],
        actions: vec![Action { text: "Halve the time of builds".into(), state: State::Planned }],
    };
    let publish = |value: &str| {
        let signed = Results::sign(&document(value), &place.publisher).unwrap();
        let path = place.write("results.json", &serde_json::json!(signed).to_string());
        place.run(&["publish", path.to_str().unwrap()])
    };
    assert!(publish("+10").err.contains("no wave now of pulse was closed here"));
    place.succeed(&["close", &wave.id.0.to_string()[..12], "--now"]);
    assert_eq!((publish("+10").code, publish("+12").code), (0, 0));
    let all: Vec<Results> = serde_json::from_value(server.json("/v1/results")).unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].open(&[place.publisher.public()]).unwrap(), document("+12"));
}

#[test]
fn status_tells_how_far_each_wave_is() {
    let (place, ..) = Place::with_wave(10);
    place.publish(SURVEY, ("late", -500, -10));
    place.publish(SURVEY, ("next", 12, 48));
    place.publish(SURVEY, ("far", 48, 96));
    place.prepare(SURVEY, ("unsigned", 48, 96));
    place.succeed(&["close", "late", "--now"]);
    let told: Value = serde_json::from_str(&place.succeed(&["status", "--json"])).unwrap();
    assert_eq!(told["people"], serde_json::json!({ "invited": 10, "enrolled": 0 }));
    let states: Vec<_> = told["waves"].as_array().unwrap().iter().map(|wave| wave["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["takes answers", "closed", "issues tokens", "waits", "waits for its signature"]);
    let told = place.succeed(&["status"]);
    assert_eq!(
        (told.lines().count(), told.matches("/responses").count()),
        (7, 1),
        "where the closed one's responses are is told"
    );
}

#[test]
fn tokens_are_shown_once_and_listed_by_their_labels() {
    let place = Place::new();
    let token = place.admin();
    assert!(token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let listed: Value = serde_json::from_str(&place.succeed(&["token", "list", "--json"])).unwrap();
    assert_eq!(listed[0]["label"], "tests");
    assert!(!listed.to_string().contains(&token));
    assert_eq!((place.run(&["token", "revoke", "tests"]).code, place.run(&["token", "revoke", "tests"]).code), (0, 1));
}

#[test]
fn doctor_finds_what_is_open_and_what_is_missing() {
    let (place, ..) = Place::with_wave(10);
    let state = |check: &str| {
        let told: Value = serde_json::from_str(&place.run(&["doctor", "--json"]).out).unwrap();
        let all = told.as_array().unwrap();
        all.iter().find(|one| one["check"] == check).unwrap()["state"].as_str().unwrap().to_owned()
    };
    for check in ["permissions", "publishers", "clock", "database", "waves", "keys"] {
        assert_eq!(state(check), "ok", "{check}");
    }
    let keys = std::fs::read_dir(place.data().join("keys")).unwrap().next().unwrap().unwrap().path();
    let mode = |mode| std::fs::set_permissions(&keys, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
    mode(0o644);
    assert_eq!((state("permissions"), place.run(&["doctor"]).code), ("wrong".to_owned(), 1));
    mode(0o600);
    std::fs::remove_file(keys).unwrap();
    assert_eq!(state("waves"), "wrong");
    std::fs::remove_file(place.data().join("receipt.key")).unwrap();
    assert_eq!(state("keys"), "wrong");
}
