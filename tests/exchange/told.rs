//! What developers are told of who gets their answers, and of what is known about them.

use dxpulse::developer::catalog::BUNDLED;

use crate::support::dxpulse;
use crate::support::exchange::{Collector, Developer, printed};

/// What is said where fewer than ten are invited.
const FEW: &str = "Fewer than ten are invited: whoever knows them can guess who said what.";

#[test]
fn the_inbox_says_what_is_known_about_who_somebody_is() {
    let developer = Developer::joined(&Collector::open());
    let inbox = dxpulse([]).home(&developer.home).start().ready().text();
    assert!(inbox.contains("Known about who you are: unit="), "{inbox}");
    let german = dxpulse(["--lang", "de"]).home(&developer.home).start().ready().text();
    assert!(german.contains("Über Sie ist bekannt: unit="), "{german}");
}

#[test]
fn among_few_nobody_is_called_anonymous() {
    for (invited, bar) in [(24, "◈ anonymous"), (10, "◈ anonymous"), (9, "! few invited"), (3, "! few invited")] {
        let developer = Developer::joined(&Collector::open_to(invited));
        let screen = dxpulse(["take", "pulse"]).home(&developer.home).start().ready().text();
        assert!(screen.contains(bar), "{invited}: {screen}");
        let is_among_few = bar.starts_with('!');
        assert_eq!(screen.contains(FEW), is_among_few, "{invited}: {screen}");
        let mut inbox = dxpulse([]).home(&developer.home).start();
        inbox.ready().press("home").until("▸ 1 ○ Pulse");
        let shown = inbox.text();
        assert!(shown.contains(bar), "{invited}: {shown}");
        assert_eq!(shown.contains(FEW), is_among_few, "{invited}: {shown}");
        assert_eq!(shown.contains("Answers tell no more than a class of at least ten."), !is_among_few, "{invited}: {shown}");
        inbox.press("down").until("◈ stays here");
    }
}

#[test]
fn plain_lines_say_where_answers_go() {
    for (invited, goes) in [(24, "sent anonymously"), (9, "sent without your name")] {
        let developer = Developer::joined(&Collector::open_to(invited));
        let inbox = dxpulse([]).env("ACCESSIBLE", "1").home(&developer.home).start().until("or quit.").text();
        assert!(inbox.contains(goes), "{inbox}");
        let lines = dxpulse(["take", "pulse", "--accessible"]).home(&developer.home).start().until("Type 0 to 10").text();
        assert!(lines.contains(&format!("Your answers are {goes}")), "{lines}");
        for text in [inbox, lines] {
            assert_eq!(text.replace('\n', " ").contains(FEW), invited < 10, "{text}");
            assert!(invited >= 10 || !text.contains("anonym"), "{text}");
        }
    }
}

#[test]
fn joining_and_verifying_say_how_many_are_invited() {
    for (invited, enrolled, verified) in [
        (24, "until ", "  24 invited\n"),
        (8, "; only 8 are invited: whoever", "  only 8 are invited: whoever knows them can guess"),
    ] {
        let collector = Collector::open_to(invited);
        let developer = Developer::new();
        let said = printed(&developer.run(["enroll", &collector.invitation()]));
        assert!(said.contains(enrolled) && said.contains("only what at least ten of those invited share"), "{said}");
        assert_eq!(said.contains("are invited"), invited < 10, "{said}");
        let (_, said) = developer.verifies();
        assert!(said.contains(verified), "{said}");
    }
}

#[test]
fn what_leaves_is_explained_where_it_is_still_to_be_seen() {
    let developer = Developer::joined(&Collector::open_to(24));
    let mut screen = dxpulse(["take", "pulse"]).home(&developer.home).size(40, 10).start();
    screen.ready().press("9").until("main reason").settle().press("tab").until("⏎ finish").settle().press("enter");
    assert_eq!(screen.exit_code(), 0);
    let shown = screen.text();
    assert!(shown.replace('\n', " ").contains("this is all that leaves this machine, for the first time;"), "{shown}");
}

#[test]
fn what_leaves_is_shown_byte_for_byte_where_words_are_broken() {
    let developer = Developer::joined(&Collector::open_to(24));
    let file = developer.home.path().join("answers.json");
    let why = "the builds are fast ".repeat(6) + "and green";
    std::fs::write(&file, serde_json::json!({ "nps": 9, "why": why }).to_string()).unwrap();
    let arguments = ["take", "pulse", "--answers", file.to_str().unwrap()];
    let mut screen = dxpulse(arguments).home(&developer.home).size(40, 30).start();
    assert_eq!(screen.exit_code(), 0);
    let shown = screen.text();
    assert!(shown.contains(&why) && shown.contains("this is all that leaves"), "{shown}");
}

#[test]
fn who_changes_an_answer_stays_in_their_arm() {
    let (_, source) = BUNDLED.iter().find(|(id, _)| *id == "golden-path").expect("it is bundled");
    assert!(source.contains("[[variant]]"));
    for _ in 0..4 {
        let developer = Developer::new();
        let arms = |arguments: [&str; 5]| {
            let output = developer.home.run_with(arguments, r#"{"task_ease": 5}"#);
            let response: serde_json::Value = serde_json::from_str(&printed(&output)).expect("it is JSON");
            response["arms"].clone()
        };
        let first = arms(["take", "golden-path", "--json", "--answers", "-"]);
        assert!(first["path"].is_string(), "{first}");
        for _ in 0..2 {
            assert_eq!(arms(["edit", "golden-path", "--json", "--answers", "-"]), first);
        }
    }
}
