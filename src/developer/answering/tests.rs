//! Tables of key sequences: what is typed, what is answered, where it leads.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Command, Effect, Ending, Event, Input, Outcome, Overlay, Saving, Session, Typing, update};
use crate::response::{Draft, json as shape};
use crate::survey::{
    Allow, Anchors, Choice, Code, Direction, Kind, Length, Measure, Question, QuestionId, Row, Scale, Survey, SurveyId,
};

fn scale(first: u8, last: u8) -> Scale {
    Scale { first, last, anchors: Anchors::default(), labels: Vec::new(), direction: Direction::default() }
}

fn choices(codes: &[&str]) -> Vec<Choice> {
    let choice = |code: &&str| Choice {
        code: Code::new(code).unwrap(),
        label: format!("The {code}"),
        exclusive: *code == "none",
        pin: false,
        other: *code == "other",
    };
    codes.iter().map(choice).collect()
}

fn question(id: &str, kind: Kind) -> Question {
    let allow = Allow { not_applicable: true, prefer_not_to_say: true, dont_know: true };
    Question { id: QuestionId::new(id).unwrap(), text: format!("Question {id}?"), help: None, required: false, allow, kind }
}

/// One question of every type, by the type's name.
fn kind(name: &str) -> Kind {
    let measure = |measure, first, last| Kind::Scale { measure, scale: scale(first, last) };
    match name {
        "nps" => measure(Measure::Nps, 0, 10),
        "rating" => measure(Measure::Rating, 1, 5),
        "ten" => measure(Measure::Rating, 1, 10),
        "ces" => measure(Measure::Ces, 1, 7),
        "single" => Kind::Single { choices: choices(&["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "other"]) },
        "multi" => Kind::Multi { choices: choices(&["a", "b", "c", "other", "none"]), min: 2, max: 3 },
        "ranking" => Kind::Ranking { choices: choices(&["a", "b", "c"]) },
        "matrix" => {
            let row = |code| Row { code: Code::new(code).unwrap(), label: format!("Row {code}") };
            Kind::Matrix { rows: vec![row("x"), row("y"), row("z")], scale: scale(1, 5) }
        }
        "text" => Kind::Text { length: Length::Short, max_length: 20 },
        "long" => Kind::Text { length: Length::Long, max_length: 200 },
        "number" => Kind::Number { min: Some(0.0), max: Some(40.0), unit: None, decimals: 1 },
        "boolean" => Kind::Boolean,
        "date" => Kind::Date { min: NaiveDate::from_ymd_opt(2020, 1, 1), max: None },
        _ => Kind::Note,
    }
}

const NAMES: [&str; 14] =
    ["nps", "rating", "ten", "ces", "single", "multi", "ranking", "matrix", "text", "long", "number", "boolean", "date", "note"];

fn survey(names: &[&str]) -> Survey {
    Survey {
        id: SurveyId::new("trial").unwrap(),
        version: 1,
        title: "Trial".into(),
        introduction: None,
        owner: None,
        language: "en".into(),
        minutes: None,
        questions: names.iter().map(|name| question(name, kind(name))).collect(),
    }
}

/// Someone who answers, a key every 100 ms.
struct Respondent {
    session: Session,
    at_ms: u64,
    effects: Vec<Effect>,
}

impl Respondent {
    fn new(survey: Survey) -> Self {
        let draft = Draft::start(&survey, DateTime::<Utc>::UNIX_EPOCH);
        let today = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        Self { session: Session::new(Arc::new(survey), draft, today, None), at_ms: 1_000, effects: Vec::new() }
    }

    fn facing(names: &[&str]) -> Self {
        Self::new(survey(names))
    }

    fn happens(&mut self, event: Event) -> &mut Self {
        let input = Input { at_ms: self.at_ms, event };
        let (session, effects) = update(self.session.clone(), input);
        self.session = session;
        for effect in &effects {
            if *effect == Effect::Save {
                self.session = update(self.session.clone(), Input { at_ms: self.at_ms, event: Event::Saved }).0;
            }
        }
        self.effects.extend(effects);
        self
    }

    /// Types keys by their names; `"…"` types the characters between the quotes one by one.
    fn types(&mut self, keys: &str) -> &mut Self {
        for word in keys.split(' ').filter(|word| !word.is_empty()) {
            let quoted = word.strip_prefix('"').and_then(|word| word.strip_suffix('"'));
            let names: Vec<String> = match quoted {
                Some(text) => text.chars().map(|c| if c == '_' { "space".into() } else { c.to_string() }).collect(),
                None => vec![word.to_owned()],
            };
            for name in names {
                self.at_ms += 100;
                self.happens(Event::Key(name.parse().unwrap()));
                self.at_ms += 20;
                self.happens(Event::Woken);
            }
        }
        self
    }

    /// Gives the answers and the missing kinds in one object.
    fn said(&self) -> Value {
        let (mut answers, missing) = shape::to_objects(self.session.survey(), &self.session.draft().replies);
        answers.extend(missing.into_iter().map(|(name, kind)| (format!("-{name}"), kind)));
        Value::Object(answers)
    }

    fn is_at(&self) -> String {
        self.session.question().map_or("review".to_owned(), |question| question.id.to_string())
    }
}

#[test]
fn every_type_answers_to_its_keys() {
    // type, keys, what is answered, where that leads ("next" is the question after it)
    let cases: &[(&str, &str, Value, &str)] = &[
        ("nps", "9", json!({"nps": 9}), "next"),
        ("nps", "0", json!({"nps": 0}), "next"),
        ("nps", "t", json!({"nps": 10}), "next"),
        ("nps", "1", json!({}), "nps"),
        ("nps", "1 0", json!({"nps": 10}), "next"),
        ("nps", "1 enter", json!({"nps": 1}), "next"),
        ("nps", "1 tab", json!({"nps": 1}), "next"),
        ("nps", "1 7", json!({"nps": 7}), "next"),
        ("nps", "1 1 0", json!({"nps": 10}), "next"),
        ("nps", "1 s", json!({"-nps": "skipped"}), "next"),
        ("nps", "enter", json!({}), "nps"),
        ("nps", "tab", json!({}), "next"),
        ("nps", "right right enter", json!({"nps": 1}), "next"),
        ("nps", "end enter", json!({"nps": 10}), "next"),
        ("nps", "x", json!({}), "nps"),
        ("nps", "n", json!({"-nps": "not_applicable"}), "next"),
        ("nps", "p", json!({"-nps": "prefer_not_to_say"}), "next"),
        ("nps", "d", json!({"-nps": "dont_know"}), "next"),
        ("nps", "f3", json!({"-nps": "skipped"}), "next"),
        ("nps", "７", json!({"nps": 7}), "next"),
        ("nps", "٣", json!({"nps": 3}), "next"),
        ("ten", "1 0", json!({"ten": 10}), "next"),
        ("ten", "0", json!({"ten": 10}), "next"),
        ("rating", "1", json!({"rating": 1}), "next"),
        ("rating", "6", json!({}), "rating"),
        ("rating", "0", json!({}), "rating"),
        ("rating", "left enter", json!({"rating": 5}), "next"),
        ("ces", "7", json!({"ces": 7}), "next"),
        ("boolean", "y", json!({"boolean": true}), "next"),
        ("boolean", "n", json!({"boolean": false}), "next"),
        ("boolean", "2", json!({"boolean": false}), "next"),
        ("boolean", "enter", json!({}), "boolean"),
        ("boolean", "right enter", json!({"boolean": true}), "next"),
        ("boolean", "alt-n", json!({"-boolean": "not_applicable"}), "next"),
        ("single", "2", json!({"single": "b"}), "next"),
        ("single", "0", json!({"single": "j"}), "next"),
        ("single", "down down enter", json!({"single": "b"}), "next"),
        ("single", "enter", json!({}), "single"),
        ("single", "end enter \"my_own\" enter", json!({"single": {"other": "my own"}}), "next"),
        ("single", "end enter enter", json!({}), "single"),
        ("single", "end enter \"own\" shift-tab", json!({"single": {"other": "own"}}), "before"),
        ("single", "/ \"the_h\" enter", json!({"single": "h"}), "next"),
        ("single", "/ \"zzz\" enter esc 3", json!({"single": "c"}), "next"),
        ("single", "/ \"d\" alt-s", json!({"-single": "skipped"}), "next"),
        ("multi", "1 3 enter", json!({"multi": ["a", "c"]}), "next"),
        ("multi", "3 1 3 2 enter", json!({"multi": ["a", "b"]}), "next"),
        ("multi", "1 enter", json!({"multi": ["a"]}), "multi"),
        ("multi", "enter", json!({}), "multi"),
        ("multi", "1 2 3 5", json!({"multi": ["none"]}), "multi"),
        ("multi", "5 enter", json!({"multi": ["none"]}), "next"),
        ("multi", "5 1 2 enter", json!({"multi": ["a", "b"]}), "next"),
        ("multi", "1 2 3 4", json!({"multi": ["a", "b", "c"]}), "multi"),
        ("multi", "1 4 \"mine\" enter enter", json!({"multi": ["a", {"other": "mine"}]}), "next"),
        ("multi", "down space down space enter", json!({"multi": ["a", "b"]}), "next"),
        ("multi", "1 1 tab", json!({}), "next"),
        ("ranking", "2 1", json!({"ranking": ["b", "a", "c"]}), "ranking"),
        ("ranking", "2 1 enter", json!({"ranking": ["b", "a", "c"]}), "next"),
        ("ranking", "2 2", json!({}), "ranking"),
        ("ranking", "2 1 1", json!({"ranking": ["b"]}), "ranking"),
        ("ranking", "2 enter", json!({"ranking": ["b"]}), "ranking"),
        ("ranking", "2 1 alt-down enter", json!({"ranking": ["b", "c", "a"]}), "next"),
        ("ranking", "3 1 alt-up", json!({"ranking": ["a", "c", "b"]}), "ranking"),
        ("matrix", "1 5 3", json!({"matrix": {"x": 1, "y": 5, "z": 3}}), "next"),
        ("matrix", "1 s 3", json!({"matrix": {"x": 1, "z": 3}, "-matrix.y": "skipped"}), "next"),
        ("matrix", "1 n tab", json!({"matrix": {"x": 1}, "-matrix.y": "not_applicable", "-matrix.z": "unanswered"}), "next"),
        ("matrix", "down 2 up 4", json!({"matrix": {"y": 4}, "-matrix.x": "unanswered", "-matrix.z": "unanswered"}), "matrix"),
        ("matrix", "1 backspace 2", json!({"matrix": {"x": 2}, "-matrix.y": "unanswered", "-matrix.z": "unanswered"}), "matrix"),
        (
            "matrix",
            "right right enter",
            json!({"matrix": {"x": 2}, "-matrix.y": "unanswered", "-matrix.z": "unanswered"}),
            "matrix",
        ),
        ("text", "\"snq?\" enter", json!({"text": "snq?"}), "next"),
        ("text", "\"ab\" backspace \"c\" enter", json!({"text": "ac"}), "next"),
        ("text", "enter", json!({}), "next"),
        ("text", "\"hi\" shift-tab", json!({"text": "hi"}), "before"),
        ("text", "\"hi\" alt-s", json!({"-text": "skipped"}), "next"),
        ("text", "\"hi\" esc s", json!({"-text": "skipped"}), "next"),
        ("text", "\"hi\" alt-p", json!({"-text": "prefer_not_to_say"}), "next"),
        ("text", "\"abcdefghijklmnopqrstuvwxyz\" enter", json!({"text": "abcdefghijklmnopqrst"}), "next"),
        ("long", "\"a\" ctrl-j \"b\" alt-enter \"c\" enter", json!({"long": "a\nb\nc"}), "next"),
        ("long", "\"ab\" left left \"x\" ctrl-e \"y\" ctrl-a \"z\" tab", json!({"long": "zxaby"}), "next"),
        ("number", "\"12.5\" enter", json!({"number": 12.5}), "next"),
        ("number", "\"4a1\" enter", json!({"number": 41}), "number"),
        ("number", "\"41\" backspace enter", json!({"number": 4}), "next"),
        ("number", "right right enter", json!({"number": 1}), "next"),
        ("number", "\"1\" left left enter", json!({"number": 0}), "next"),
        ("date", "\"20260228\" enter", json!({"date": "2026-02-28"}), "next"),
        ("date", "\"2026-02-28\" enter", json!({"date": "2026-02-28"}), "next"),
        ("date", "\"20260230\" enter", json!({}), "date"),
        ("date", "\"20190101\" enter", json!({}), "date"),
        ("date", "right right enter", json!({"date": "2026-04-01"}), "next"),
        ("date", "right left backspace \"9\" enter", json!({"date": "2026-03-39"}), "date"),
        ("note", "enter", json!({}), "next"),
        ("note", "s", json!({}), "next"),
    ];
    for (name, keys, said, leads) in cases {
        let mut respondent = Respondent::new(Survey {
            questions: [("before", "note"), (*name, *name), ("after", "rating")].map(|(id, of)| question(id, kind(of))).to_vec(),
            ..survey(&[])
        });
        respondent.types("enter").types(keys);
        let unfinished = matches!((*name, *keys), ("number", "\"4a1\" enter") | ("date", "right left backspace \"9\" enter"));
        if !unfinished {
            assert_eq!(respondent.said(), *said, "{name}: {keys}");
        }
        let leads = if *leads == "next" { "after" } else { leads };
        assert_eq!(respondent.is_at(), leads, "{name}: {keys}: {:?}", respondent.session.notice());
    }
}

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
    let mut respondent = Respondent::new(survey);
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
    respondent.types("backspace enter enter");
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
fn saved_is_said_only_after_it_was() {
    let respondent = Respondent::facing(&["nps", "rating"]);
    let input = Input { at_ms: 5_000, event: Event::Key("9".parse().unwrap()) };
    let (session, effects) = update(respondent.session.clone(), input);
    assert_eq!((session.saving(), effects), (Saving::Underway, vec![Effect::Save]));
    let (session, _) = update(session, Input { at_ms: 5_001, event: Event::Saved });
    assert_eq!(session.saving(), Saving::Saved);
}

fn any_event() -> impl Strategy<Value = Event> {
    let names = "0123456789ntpdsrqyx/? abc".chars().map(|c| if c == ' ' { "space".to_owned() } else { c.to_string() });
    let special = "enter tab shift-tab backspace esc up down left right home end delete alt-s alt-r alt-n alt-up alt-down ctrl-j ctrl-l ctrl-o ctrl-u ctrl-w f1 f2 f4";
    let keys: Vec<_> = names.chain(special.split(' ').map(str::to_owned)).collect();
    prop_oneof![
        20 => proptest::sample::select(keys).prop_map(|name| Event::Key(name.parse().unwrap())),
        1 => ".{0,12}".prop_map(Event::Paste),
        1 => ".{0,300}".prop_map(Event::Edited),
        1 => Just(Event::Shown),
        1 => Just(Event::Woken),
    ]
}

proptest! {
    #[test]
    fn any_sequence_keeps_the_invariants(events in proptest::collection::vec((any_event(), 0u64..400), 0..120), order in Just(NAMES.to_vec()).prop_shuffle()) {
        let mut respondent = Respondent::facing(&order);
        for (event, gap_ms) in events {
            respondent.at_ms += gap_ms;
            respondent.happens(event);
            let session = &respondent.session;
            let (answers, missing) = shape::to_objects(session.survey(), &session.draft().replies);
            let (again, strange) = shape::from_objects(session.survey(), &answers, &missing);
            prop_assert!(strange.is_empty(), "a draft holds only what can be read back: {strange:?}");
            prop_assert_eq!(&again, &session.draft().replies);
            prop_assert!(session.position() <= session.survey().questions.len());
            prop_assert!(session.focus().cursor.is_none_or(|at| at < 20));
            prop_assert!(!session.menu().is_empty() && !session.hints().is_empty());
            let body = Draft::from_json(session.survey(), &session.draft().to_json(session.survey()));
            prop_assert_eq!(&body.unwrap().0, session.draft());
        }
    }

    #[test]
    fn going_back_and_on_again_changes_nothing(keys in proptest::collection::vec(any_event(), 0..60), back in 1usize..6) {
        let mut respondent = Respondent::facing(&NAMES);
        for event in keys {
            respondent.at_ms += 100;
            respondent.happens(event);
        }
        respondent.happens(Event::Ended(Ending::Terminated));
        respondent.session.guard = super::guard::Guard::default();
        let before = respondent.session.draft().clone();
        for _ in 0..back {
            respondent.happens(Event::Command(Command::Back));
        }
        let place = respondent.session.position();
        respondent.happens(Event::Command(Command::GoTo(place)));
        for _ in 0..NAMES.len() {
            respondent.happens(Event::Command(Command::Next));
        }
        prop_assert_eq!(&respondent.session.draft().replies, &before.replies);
        prop_assert_eq!(&respondent.session.draft().unfinished, &before.unfinished);
    }
}
