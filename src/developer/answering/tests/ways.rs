//! Ways through a survey, out of it and back.

use serde_json::json;

use super::{NAMES, Respondent, survey};
use crate::developer::answering::{Command, Effect, Ending, Event, Input, Outcome, Overlay, Saving, Typing, update};

#[test]
fn nothing_is_preselected() {
    for name in NAMES {
        let respondent = Respondent::facing(&[name, "rating"]);
        assert_eq!(respondent.session.focus().cursor, None, "{name}");
        assert_eq!(respondent.said(), json!({}), "{name}");
    }
}

#[test]
fn a_single_question_is_sent_off_by_its_answer_and_several_are_reviewed_first() {
    let mut one = Respondent::facing(&["nps"]);
    assert!(one.types("9").effects.contains(&Effect::Submit));
    let mut two = Respondent::facing(&["nps", "rating"]);
    two.types("9 4");
    assert_eq!(two.is_at(), "review");
    assert!(!two.effects.contains(&Effect::Submit));
    assert!(two.types("enter").effects.contains(&Effect::Submit));
    two.happens(Event::Submitted);
    assert_eq!(two.effects.last(), Some(&Effect::Leave(Outcome::Answered)));
}

#[test]
fn the_review_leads_to_a_question_and_back() {
    let mut respondent = Respondent::facing(&["nps", "rating", "boolean"]);
    respondent.types("9 4 y down down enter");
    assert_eq!(respondent.is_at(), "rating");
    respondent.types("2");
    assert_eq!((respondent.is_at(), respondent.said()), ("review".to_owned(), json!({"nps": 9, "rating": 2, "boolean": true})));
}

#[test]
fn a_required_question_is_not_skipped_and_holds_back_the_response() {
    let mut survey = survey(&["nps", "rating"]);
    survey.questions[0].required = true;
    let mut respondent = Respondent::new(&survey);
    respondent.types("s");
    assert_eq!((respondent.is_at(), respondent.session.notice().is_some()), ("nps".to_owned(), true));
    respondent.types("tab 3 enter");
    assert!(!respondent.effects.contains(&Effect::Submit));
    assert_eq!(respondent.is_at(), "nps");
    respondent.types("n");
    assert_eq!(respondent.is_at(), "review", "an answer given on the way from the review goes back there");
    assert!(
        respondent.types("enter").effects.contains(&Effect::Submit),
        "an allowed kind of missing settles a required question"
    );
}

#[test]
fn an_unfinished_entry_is_kept_and_holds_back_the_response() {
    let mut respondent = Respondent::facing(&["number", "rating"]);
    respondent.types("\"99\" enter");
    assert_eq!(respondent.session.notice(), Some("expected 0 to 40"));
    respondent.types("tab 3 enter");
    assert_eq!(respondent.is_at(), "number");
    assert_eq!(respondent.session.focus().field.text(), "99");
    respondent.types("backspace enter");
    respondent.at_ms += 300;
    respondent.types("enter");
    assert!(respondent.effects.contains(&Effect::Submit));
    assert_eq!(respondent.said(), json!({"number": 9, "rating": 3}));
}

#[test]
fn leaving_saves_first_and_says_how_it_ended() {
    let cases: [(Event, Outcome); 6] = [
        (Event::Key("q".parse().unwrap()), Outcome::SavedForLater),
        (Event::Key("ctrl-c".parse().unwrap()), Outcome::Ended(Ending::Interrupted)),
        (Event::Ended(Ending::Terminated), Outcome::Ended(Ending::Terminated)),
        (Event::Ended(Ending::HungUp), Outcome::Ended(Ending::HungUp)),
        (Event::TimedOut, Outcome::TimedOut),
        (Event::Command(Command::SaveAndLeave), Outcome::SavedForLater),
    ];
    for (event, outcome) in cases {
        let mut respondent = Respondent::facing(&["nps", "rating"]);
        respondent.types("9");
        respondent.happens(Event::SaveFailed("the disk is full".into()));
        respondent.effects.clear();
        respondent.at_ms += 100;
        respondent.happens(event.clone()).happens(Event::Woken);
        respondent.effects.retain(|effect| !matches!(effect, Effect::Wake(_)));
        assert!(respondent.effects.starts_with(&[Effect::Save]), "{event:?}: what could not be saved is tried again");
        assert_eq!(respondent.effects.last(), Some(&Effect::Leave(outcome)), "{event:?}");
    }
}

#[test]
fn typed_text_survives_every_way_out() {
    for way in ["ctrl-c", "alt-q", "f10"] {
        let mut respondent = Respondent::facing(&["long", "rating"]);
        respondent.types("\"half\"").types(way);
        assert_eq!(respondent.said(), json!({"long": "half"}), "{way}");
        assert!(respondent.effects.contains(&Effect::Save), "{way}");
    }
}

#[test]
fn declining_asks_first() {
    let mut respondent = Respondent::facing(&["nps", "rating"]);
    respondent.types("9 esc x");
    assert_eq!(respondent.session.overlay(), Some(Overlay::Decline));
    assert!(!respondent.effects.contains(&Effect::Decline));
    respondent.types("n");
    assert_eq!((respondent.session.overlay(), respondent.said()), (None, json!({"nps": 9})));
    respondent.types("esc x y");
    assert!(respondent.effects.ends_with(&[Effect::Decline, Effect::Leave(Outcome::Declined)]));
}

#[test]
fn the_menu_and_the_help_destroy_nothing() {
    for overlay in ["esc", "?", "f1", "alt-?"] {
        let mut respondent = Respondent::facing(&["nps", "rating"]);
        respondent.types("9").types(overlay);
        assert!(respondent.session.overlay().is_some(), "{overlay}");
        let before = respondent.session.draft().clone();
        respondent.types("esc");
        assert_eq!((respondent.session.overlay(), respondent.session.draft()), (None, &before), "{overlay}");
    }
}

#[test]
fn the_editor_gives_its_text_and_its_failure_keeps_the_text() {
    let mut respondent = Respondent::facing(&["long", "rating"]);
    respondent.types("\"draft\" ctrl-o");
    assert_eq!(respondent.effects.last(), Some(&Effect::Edit("draft".into())));
    respondent.happens(Event::EditFailed("no editor".into()));
    assert_eq!(respondent.session.focus().field.text(), "draft");
    respondent.happens(Event::Edited("one\ntwo\n".into()));
    assert_eq!((respondent.session.focus().field.text(), respondent.said()), ("one\ntwo", json!({"long": "one\ntwo"})));
    assert_eq!(respondent.session.focus().typing, Typing::Answer);
}

#[test]
fn saved_is_said_only_after_it_was() {
    let respondent = Respondent::facing(&["nps", "rating"]);
    let input = Input { at_ms: 5_000, event: Event::Key("9".parse().unwrap()) };
    let (session, effects) = update(respondent.session, input);
    assert_eq!((session.saving(), effects), (Saving::Underway, vec![Effect::Save]));
    let (session, _) = update(session, Input { at_ms: 5_001, event: Event::Saved });
    assert_eq!(session.saving(), Saving::Saved);
}

#[test]
fn what_is_being_typed_is_not_called_saved_until_a_pause_has_saved_it() {
    let mut ann = Respondent::facing(&["rating", "long"]);
    ann.types("4");
    assert_eq!(ann.session.saving(), Saving::Saved);
    ann.effects.clear();
    ann.happens(Event::Key("h".parse().unwrap()));
    assert_eq!((ann.session.saving(), &ann.effects[..]), (Saving::Underway, &[Effect::Wake(1_000)][..]));
    ann.happens(Event::Key("i".parse().unwrap())).happens(Event::Woken);
    assert_eq!((ann.session.saving(), ann.effects.last()), (Saving::Saved, Some(&Effect::Save)));
    assert_eq!(ann.session.draft().replies.len(), 2);
    ann.types("backspace backspace");
    assert_eq!((ann.session.saving(), ann.session.draft().replies.len()), (Saving::Saved, 1), "what was typed is gone");
}
