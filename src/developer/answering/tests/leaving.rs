//! Words that leave the machine: they are looked through, and nothing is sent off before the respondent has decided.

use serde_json::json;

use super::{Respondent, survey};
use crate::developer::answering::{Command, Context, Effect, Event, Overlay, Session};
use crate::response::{Draft, json as shape};

const LONG: &str = "ask alice@example.com on build-7.corp.example.internal, alice@example.com";

fn leaving(names: &[&str]) -> Respondent {
    let mut respondent = Respondent::facing(names);
    respondent.session = respondent.session.leaving_the_machine();
    respondent
}

/// Answers a long text and a rating, and sends off.
fn asked() -> Respondent {
    let mut respondent = leaving(&["long", "rating"]);
    respondent.happens(Event::Paste(LONG.to_owned())).types("enter 3 enter");
    respondent.at_ms += 500;
    respondent.types("enter");
    respondent
}

fn sent(respondent: &Respondent) -> usize {
    respondent.effects.iter().filter(|effect| **effect == Effect::Submit).count()
}

#[test]
fn nothing_is_sent_off_until_the_respondent_has_decided() {
    let mut respondent = asked();
    assert_eq!((respondent.session.overlay(), sent(&respondent)), (Some(Overlay::Words(0)), 0));
    let found: Vec<_> = respondent.session.found().into_iter().map(|found| (found.number, found.place, found.words)).collect();
    assert_eq!(found, [(1, 5, "alice@example.com".to_owned()), (1, 26, "build-7.corp.example.internal".to_owned())]);
    // No key that means something elsewhere decides, and none is preselected.
    respondent.types("enter space y n s tab 9 down up x ? ctrl-l");
    respondent.happens(Event::Command(Command::Submit)).happens(Event::Paste("r".to_owned()));
    assert_eq!((respondent.session.asks_about_words(), sent(&respondent)), (true, 0));
    assert_eq!(respondent.said()["long"], LONG);
}

#[test]
fn replacing_keeping_and_mending_take_one_key_each() {
    for keys in ["r", "1", "R"] {
        let mut respondent = asked();
        respondent.types(keys);
        assert_eq!(respondent.said()["long"], "ask [e-mail] on [host], [e-mail]", "{keys}");
        let last: Vec<_> = respondent.effects.iter().rev().take(3).collect();
        assert!(matches!(last[..], [Effect::Submit, Effect::Wake(_), Effect::Save]), "{keys}: what is sent off is durable first");
    }
    for keys in ["k", "2"] {
        let mut respondent = asked();
        respondent.types(keys);
        assert_eq!((respondent.said()["long"].as_str(), sent(&respondent)), (Some(LONG), 1), "{keys}");
    }
    for keys in ["e", "3", "backspace", "shift-tab"] {
        let mut respondent = asked();
        respondent.types(keys);
        assert_eq!((respondent.is_at(), respondent.session.overlay(), sent(&respondent)), ("long".to_owned(), None, 0), "{keys}");
        assert_eq!(respondent.session.focus().field.text(), LONG);
        respondent.types("ctrl-u \"calm\" enter");
        assert_eq!(respondent.is_at(), "review");
        respondent.at_ms += 500;
        respondent.types("enter");
        assert_eq!((sent(&respondent), respondent.said()["long"].as_str()), (1, Some("calm")), "{keys}");
    }
}

#[test]
fn esc_goes_back_and_q_leaves_without_sending() {
    let mut respondent = asked();
    respondent.types("esc");
    assert_eq!((respondent.is_at(), respondent.session.overlay(), sent(&respondent)), ("review".to_owned(), None, 0));
    respondent.types("enter");
    assert_eq!(respondent.session.overlay(), Some(Overlay::Words(0)), "it is asked again");
    respondent.types("q");
    assert_eq!(sent(&respondent), 0);
    assert!(matches!(respondent.effects.last(), Some(Effect::Leave(_))));
}

#[test]
fn without_findings_or_where_answers_stay_there_is_no_further_key() {
    let mut clean = leaving(&["long", "rating"]);
    clean.happens(Event::Paste("main.rs takes 3-4 min, version 1.2.3".to_owned())).types("enter 3");
    clean.at_ms += 500;
    clean.types("enter");
    assert_eq!(sent(&clean), 1);
    let mut here = Respondent::facing(&["long", "rating"]);
    here.happens(Event::Paste(LONG.to_owned())).types("enter 3");
    here.at_ms += 500;
    here.types("enter");
    assert_eq!((sent(&here), here.session.found().len()), (1, 0));
    let mut scores_alone = survey(&["long", "rating"]);
    scores_alone.privacy.comments = false;
    let mut unsent = Respondent::new(&scores_alone);
    unsent.session = unsent.session.leaving_the_machine();
    unsent.happens(Event::Paste(LONG.to_owned())).types("enter 3");
    unsent.at_ms += 500;
    unsent.types("enter");
    assert_eq!(sent(&unsent), 1, "words that aren't sent need no look");
}

#[test]
fn a_survey_of_one_question_asks_as_well() {
    let mut respondent = leaving(&["text"]);
    respondent.types("\"by_@alice\" enter");
    assert_eq!((respondent.session.context(), sent(&respondent)), (Context::Words, 0));
    respondent.types("r");
    assert_eq!((respondent.said(), sent(&respondent)), (json!({ "text": "by [name]" }), 1));
    // What could not be stored is not brought back by the field that held it.
    respondent.happens(Event::SaveFailed("the disk is full".to_owned())).types("tab");
    assert_eq!(respondent.said(), json!({ "text": "by [name]" }));
}

#[test]
fn own_words_for_a_choice_are_looked_through_and_mended_in_their_field() {
    for (names, keys) in [(&["single", "rating"], "end enter"), (&["multi", "rating"], "1 4")] {
        let mut respondent = leaving(names);
        respondent.types(keys).types("\"~alice/bin\" enter");
        respondent.types(if names[0] == "multi" { "enter 3" } else { "3" });
        respondent.at_ms += 500;
        respondent.types("enter e");
        assert_eq!((respondent.session.context(), respondent.session.focus().field.text()), (Context::Other, "~alice/bin"));
        respondent.types("enter").types(if names[0] == "multi" { "enter" } else { "" });
        respondent.at_ms += 500;
        respondent.types("enter r");
        let own = json!({ "other": "[path]" });
        let said = respondent.said()[names[0]].clone();
        assert!(said == own || said == json!(["a", own]), "{said}");
    }
}

#[test]
fn what_replaces_words_fits_and_can_be_read_back() {
    let mut respondent = leaving(&["text", "rating"]);
    respondent.types("\"@al,@bo,@cy,@di,@ed\" enter 3");
    respondent.at_ms += 500;
    respondent.types("enter r");
    assert_eq!(respondent.said()["text"], "[-],[-],[-],[-],[-]");
    let session: &Session = &respondent.session;
    let (answers, missing) = shape::to_objects(session.survey(), &session.draft().replies);
    assert!(shape::from_objects(session.survey(), &answers, &missing).1.is_empty());
    assert!(Draft::from_json(session.survey(), &session.draft().to_json(session.survey())).is_ok());
}

#[test]
fn a_burst_decides_nothing() {
    let mut respondent = asked();
    let before = respondent.session.draft().clone();
    for key in ["r", "m", "space", "k"] {
        respondent.at_ms += 2;
        respondent.happens(Event::Key(key.parse().unwrap()));
    }
    respondent.at_ms += 500;
    respondent.happens(Event::Woken);
    assert_eq!((respondent.session.draft(), sent(&respondent)), (&before, 0));
}
