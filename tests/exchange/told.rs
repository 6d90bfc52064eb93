//! What developers are told of who gets their answers, and of what is known about them.

use dxpulse::developer::catalog::BUNDLED;

use crate::support::dxpulse;
use crate::support::exchange::{Collector, Developer, printed};

#[test]
fn the_inbox_says_what_is_known_about_who_somebody_is() {
    let developer = Developer::joined(&Collector::open());
    let inbox = dxpulse([]).home(&developer.home).start().ready().text();
    assert!(inbox.contains("Known about who you are: unit="), "{inbox}");
    let german = dxpulse(["--lang", "de"]).home(&developer.home).start().ready().text();
    assert!(german.contains("Bekannt darüber, wer Sie sind: unit="), "{german}");
}

#[test]
fn among_few_nobody_is_called_anonymous() {
    for (invited, bar) in [(24, "◈ anonymous"), (10, "◈ anonymous"), (9, "◈ few invited"), (3, "◈ few invited")] {
        let developer = Developer::joined(&Collector::open_to(invited));
        let screen = dxpulse(["take", "pulse"]).home(&developer.home).start().ready().text();
        assert!(screen.contains(bar), "{invited}: {screen}");
    }
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
