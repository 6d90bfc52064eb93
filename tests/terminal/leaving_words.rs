//! Words that leave the machine, in the real program: what was found is shown, and one key decides.

use serde_json::json;

use crate::support::{Home, Screen, dxpulse, published_wave};
use crate::{answers, at_mark};

const SURVEY: &str = "id = \"mine\"\ntitle = \"Mine\"\n\n[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How easy?\"\n\n\
    [[question]]\nid = \"why\"\ntype = \"text\"\ntext = \"Why?\"\n";

/// Answers a survey whose answers leave the machine, up to the question what becomes of its words.
fn asked(home: &Home, size: (u16, u16)) -> Screen {
    published_wave::publish(&home.path().join("data"), SURVEY);
    let mut screen = dxpulse(["take", "mine"]).home(home).size(size.0, size.1).start();
    screen.ready().press("4").until("Why?").type_text("ask alice@example.com").press("enter").until("Enter stores").settle();
    screen.press("enter").until("alice@example.com → [e-mail]");
    screen
}

#[test]
fn the_words_are_shown_and_one_key_replaces_or_keeps_them() {
    for (key, why) in [("r", "ask [e-mail]"), ("k", "ask alice@example.com")] {
        let home = Home::new();
        let mut screen = asked(&home, (80, 24));
        screen.until("it doesn't find everything").until("r replace · k keep · e edit");
        // Enter, which led here, decides nothing.
        screen.press("enter").press("enter");
        screen.press(key);
        assert_eq!(screen.exit_code(), 0);
        screen.assert_given_back();
        assert_eq!(answers(&home), [json!({ "ease": 4, "why": why })], "{key}");
    }
}

#[test]
fn editing_goes_back_to_the_words_and_leaving_keeps_a_draft() {
    let home = Home::new();
    let mut screen = asked(&home, (40, 10));
    screen.press("e").until("Why?").keys("ctrl-u").type_text("slow").press("enter").until("Enter stores").settle();
    screen.press("enter");
    assert_eq!((screen.exit_code(), answers(&home)), (0, vec![json!({ "ease": 4, "why": "slow" })]));
    let home = Home::new();
    let mut screen = asked(&home, (80, 24));
    screen.press("q");
    assert_eq!((screen.exit_code(), answers(&home).len()), (3, 0));
}

#[test]
fn in_lines_the_words_are_said_and_a_word_decides() {
    let home = Home::new();
    published_wave::publish(&home.path().join("data"), SURVEY);
    let mut screen = dxpulse(["take", "mine", "--accessible"]).home(&home).start();
    for (asked, line) in [("Question 1", "4"), ("Question 2", "ask alice@example.com"), ("Review of", "submit")] {
        screen.until(asked).until_that("the mark", at_mark).type_raw(format!("{line}\r").as_bytes());
    }
    screen.until("Question 2: alice@example.com would become [e-mail].").until_that("the mark", at_mark).type_raw(b"replace\r");
    assert_eq!((screen.exit_code(), answers(&home)), (0, vec![json!({ "ease": 4, "why": "ask [e-mail]" })]));
}
