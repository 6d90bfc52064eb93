//! Words that leave the machine: they are looked through, nothing is sent off before the respondent has decided, and they fit.

use serde_json::json;
use unicode_segmentation::UnicodeSegmentation;

use super::{Respondent, survey};
use crate::anonymous::frame::MOST;
use crate::anonymous::submission::comments_length;
use crate::developer::answering::{Command, Context, Effect, Event, Overlay, Session};
use crate::response::check::Problem;
use crate::response::{Draft, json as shape};
use crate::survey::{Kind, Length};

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
fn a_decision_that_nobody_was_asked_for_does_nothing() {
    for command in [Command::KeepWords, Command::ReplaceWords, Command::MendWords] {
        let mut respondent = asked();
        respondent.types("esc");
        respondent.happens(Event::Command(command));
        assert_eq!(
            (respondent.is_at(), sent(&respondent), respondent.said()["long"].as_str()),
            ("review".to_owned(), 0, Some(LONG))
        );
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

/// Someone with two texts as long as any, before a rating, whose answers leave the machine or stay.
fn at_length(leaves: bool) -> Respondent {
    let mut survey = survey(&["long", "text", "rating"]);
    for question in &mut survey.questions[..2] {
        question.kind = Kind::Text { length: Length::Long, max_length: 4_000 };
    }
    let mut respondent = Respondent::new(&survey);
    if leaves {
        respondent.session = respondent.session.leaving_the_machine();
    }
    respondent
}

fn bytes(respondent: &Respondent) -> usize {
    comments_length(respondent.session.survey(), respondent.session.replies())
}

/// Gives the number in what the respondent is told.
fn told(respondent: &Respondent) -> Option<usize> {
    respondent.session.notice()?.split(' ').find_map(|word| word.parse().ok())
}

#[test]
fn texts_that_are_too_long_together_are_told_of_while_typing_and_kept_from_going_on() {
    for piece in ["日", "\"", "👩\u{200d}💻", "e\u{301}", "ü\n"] {
        let mut respondent = at_length(true);
        respondent.happens(Event::Paste("日".repeat(3_900))).types("enter");
        respondent.happens(Event::Paste(piece.repeat(4_000 / piece.graphemes(true).count())));
        let too_many = told(&respondent).unwrap_or_else(|| panic!("{piece:?}: {} bytes", bytes(&respondent)));
        respondent.types("enter");
        assert_eq!((respondent.is_at().as_str(), told(&respondent)), ("text", Some(too_many)), "{piece:?}: Enter doesn't go on");
        let typed = respondent.session.focus().field.text().trim().to_owned();
        let clusters: Vec<&str> = typed.graphemes(true).collect();
        let shortened = |by: usize| clusters[..clusters.len() - by].concat();
        respondent.happens(Event::Edited(shortened(too_many - 1)));
        assert!(told(&respondent).is_some(), "{piece:?}");
        respondent.happens(Event::Edited(shortened(too_many)));
        assert_eq!((told(&respondent), bytes(&respondent) <= MOST), (None, true), "{piece:?}: as many as were told");
        respondent.types("enter");
        assert_eq!(respondent.is_at(), "rating", "{piece:?}");
    }
}

#[test]
fn texts_that_are_too_long_together_are_not_sent_off_and_the_longest_is_gone_to() {
    let mut respondent = at_length(true);
    respondent.happens(Event::Paste("日".repeat(4_000))).types("enter");
    respondent.happens(Event::Paste("日".repeat(2_000))).types("tab 3");
    assert_eq!((respondent.is_at(), bytes(&respondent) > MOST), ("review".to_owned(), true));
    let [(id, Problem::TooMuch { .. })] = &respondent.session.problems()[..] else {
        panic!("{:?}", respondent.session.problems())
    };
    assert_eq!(id.as_str(), "long");
    respondent.at_ms += 500;
    respondent.types("enter");
    assert_eq!((respondent.is_at().as_str(), sent(&respondent)), ("long", 0));
    respondent.happens(Event::Edited("short".to_owned())).types("enter");
    respondent.at_ms += 500;
    respondent.types("enter");
    assert_eq!((respondent.is_at().as_str(), sent(&respondent)), ("review", 1));
}

#[test]
fn answers_that_stay_here_may_be_as_long_as_their_questions_take() {
    let mut respondent = at_length(false);
    respondent.happens(Event::Paste("日".repeat(4_000))).types("enter");
    respondent.happens(Event::Paste("日".repeat(4_000))).types("enter 3");
    respondent.at_ms += 500;
    respondent.types("enter");
    assert_eq!((respondent.session.notice(), sent(&respondent)), (None, 1));
}
