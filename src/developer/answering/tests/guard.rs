//! What was typed for something else answers nothing, and what was meant all counts.

use serde_json::json;

use super::Respondent;
use crate::developer::answering::{Effect, Event};

#[test]
fn keys_of_the_first_300_ms_are_dropped_after_every_showing() {
    let mut respondent = Respondent::facing(&["nps", "rating"]);
    let press = |respondent: &mut Respondent, at_ms| {
        respondent.at_ms = at_ms;
        respondent.happens(Event::Key("9".parse().unwrap()));
    };
    respondent.happens(Event::Shown);
    press(&mut respondent, 1_000);
    press(&mut respondent, 1_299);
    assert_eq!(respondent.said(), json!({}));
    press(&mut respondent, 1_300);
    assert_eq!(respondent.said(), json!({"nps": 9}));
    respondent.happens(Event::Shown);
    press(&mut respondent, 1_599);
    assert_eq!(respondent.said(), json!({"nps": 9}));
}

#[test]
fn what_is_typed_for_the_shell_answers_nothing() {
    for words in ["git push\n", "quit\n", "5432\n", "skip it\n", "ssss", "9999999"] {
        for names in
            [&["nps"][..], &["rating", "nps"], &["single", "text"], &["multi", "rating"], &["boolean"], &["matrix", "text"]]
        {
            let mut respondent = Respondent::facing(names);
            let fresh = respondent.session.clone();
            for character in words.chars() {
                let name = if character == '\n' {
                    "enter".into()
                } else if character == ' ' {
                    "space".into()
                } else {
                    character.to_string()
                };
                respondent.at_ms += 4;
                respondent.happens(Event::Key(name.parse().unwrap()));
            }
            respondent.at_ms += 20;
            respondent.happens(Event::Woken);
            assert_eq!(respondent.said(), json!({}), "{words:?} {names:?}");
            assert_eq!(respondent.session.draft(), fresh.draft(), "{words:?} {names:?}");
            let is_final = |effect: &&Effect| matches!(effect, Effect::Submit | Effect::Leave(_) | Effect::Decline);
            assert_eq!(respondent.effects.iter().find(is_final), None, "{words:?} {names:?}");
        }
    }
}

#[test]
fn an_experts_fast_digits_all_count() {
    let mut respondent = Respondent::facing(&["rating", "ces", "nps", "rating2", "boolean"]);
    for key in ["4", "6", "9", "y"] {
        respondent.at_ms += 25;
        respondent.happens(Event::Key(key.parse().unwrap()));
    }
    assert_eq!(respondent.said(), json!({"rating": 4, "ces": 6, "nps": 9}));
}

#[test]
fn fast_typing_into_a_field_all_counts() {
    let mut respondent = Respondent::facing(&["long", "rating"]);
    for character in "kubectl apply -f x".chars() {
        let name = if character == ' ' { "space".into() } else { character.to_string() };
        respondent.at_ms += 1;
        respondent.happens(Event::Key(name.parse().unwrap()));
    }
    assert_eq!(respondent.session.focus().field.text(), "kubectl apply -f x");
}

#[test]
fn a_paste_is_literal_in_a_field_and_answers_nothing_elsewhere() {
    let mut respondent = Respondent::facing(&["rating", "long"]);
    respondent.happens(Event::Paste("5\n".into()));
    assert_eq!(respondent.said(), json!({}));
    respondent.types("tab").happens(Event::Paste("sq\u{1b}[31m\n👩\u{200d}💻".into()));
    assert_eq!(respondent.session.focus().field.text(), "sq[31m\n👩\u{200d}💻");
}

#[test]
fn the_enter_that_leads_to_the_review_does_not_send_off_however_long_it_is_held() {
    let mut respondent = Respondent::facing(&["rating", "text"]);
    respondent.types("4 \"why\"");
    let enter = |respondent: &mut Respondent, gap_ms| {
        respondent.at_ms += gap_ms;
        respondent.happens(Event::Key("enter".parse().unwrap()));
    };
    for gap_ms in [100, 30, 80, 149] {
        enter(&mut respondent, gap_ms);
        assert!(!respondent.effects.contains(&Effect::Submit), "{gap_ms}");
    }
    assert_eq!(respondent.is_at(), "review");
    enter(&mut respondent, 150);
    assert!(respondent.effects.contains(&Effect::Submit));
    let mut other = Respondent::facing(&["text", "rating"]);
    other.types("\"why\" enter 4");
    enter(&mut other, 30);
    assert!(other.effects.contains(&Effect::Submit), "another key led there, so this Enter is meant");
}
