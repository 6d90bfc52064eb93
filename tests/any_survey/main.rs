//! Whatever the survey and whoever answers it: nobody is stuck, going back loses nothing, and what is hidden isn't in a response.

mod oracle;
mod respondent;
mod sent;
mod sketch;

use dxpulse::author::simulate::{longest, seconds, simulate};
use dxpulse::developer::answering::Command;
use dxpulse::developer::faces::{Keeping, scripted};
use dxpulse::response::{Draft, Flow, Missing, Response};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use respondent::{Respondent, happenings, now, session};
use serde_json::{Map, Value, json};
use sketch::{Made, surveys, undecided};

/// Makes a survey, a language and a seed.
fn sittings() -> impl Strategy<Value = (Made, &'static str, u64)> {
    (surveys(), proptest::sample::select(vec!["en", "de"]), any::<u64>())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn from_every_state_a_survey_can_be_sent_off_and_nothing_hidden_is_in_it((made, language, seed) in sittings(), events in happenings(120)) {
        let mut respondent = Respondent::new(&made.survey, language, seed);
        respondent.lives_through(&events);
        respondent.sends_off();
        let response = respondent.response();
        oracle::check(respondent.session.survey(), &made.survey.arms(seed), &response);
        prop_assert_eq!(Response::from_json(&made.survey, &response.to_json(&made.survey)), Some(response));
    }

    #[test]
    fn what_is_said_to_come_to_the_same_never_comes_to_anything_else((made, problems) in undecided(), seed in any::<u64>()) {
        let conditions = simulate(&made.survey, "en", 300, seed).conditions;
        for problem in problems {
            for condition in conditions.iter().filter(|condition| condition.place == problem.span) {
                match () {
                    () if problem.message.contains("always holds") => prop_assert_eq!(condition.failed, 0, "{}", condition.source),
                    () if problem.message.contains("for no answers") => prop_assert_eq!(condition.held, 0, "{}", condition.source),
                    () => {}
                }
            }
        }
    }

    #[test]
    fn the_time_that_respondents_need_is_the_same_whether_all_they_meet_is_counted_or_not((made, language, seed) in sittings()) {
        let whole = simulate(&made.survey, language, 60, seed).seconds;
        prop_assert!(language != made.survey.language || longest(&made.survey).is_none_or(|longest| longest >= whole.most()));
        prop_assert_eq!(seconds(&made.survey, language, 60, seed), whole);
    }

    #[test]
    fn whoever_answers_every_question_goes_forward_at_each_and_ends((made, language, seed) in sittings()) {
        let mut respondent = Respondent::new(&made.survey, language, seed);
        for _ in 0..made.survey.questions.len() {
            let before = respondent.session.position();
            if respondent.is_sent || respondent.is_at() == "review" {
                break;
            }
            respondent.answers();
            prop_assert!(respondent.is_sent || respondent.session.position() > before, "{}", respondent.is_at());
        }
        if !respondent.is_sent {
            prop_assert_eq!(respondent.is_at(), "review");
            respondent.presses("enter");
        }
        respondent.response();
    }

    #[test]
    fn going_back_and_on_again_changes_neither_the_place_nor_the_replies((made, language, seed) in sittings(), events in happenings(60), steps in 1..6_usize) {
        let mut respondent = Respondent::new(&made.survey, language, seed);
        respondent.lives_through(&events);
        respondent.sees_the_question();
        // What was half typed is kept when the place is left, as by every way on.
        respondent.obeys(Command::GoTo(respondent.session.position()));
        prop_assume!(respondent.session.asked().count() > 1 && respondent.is_at() != "review");
        let before = (respondent.session.draft().clone(), respondent.session.replies().clone());
        let mut gone = 0;
        while gone < steps && respondent.session.position() > 0 {
            let place = respondent.session.position();
            for _ in 0..12 {
                if respondent.session.position() == place {
                    respondent.obeys(Command::Back);
                }
            }
            prop_assert!(respondent.session.position() < place, "back from {place} at {}", respondent.is_at());
            gone += 1;
        }
        for _ in 0..gone {
            respondent.obeys(Command::Next);
        }
        prop_assert_eq!((respondent.session.draft().clone(), respondent.session.replies().clone()), before);
    }

    #[test]
    fn the_same_seed_and_replies_give_the_same_survey_whatever_the_way_there((made, language, seed) in sittings(), events in happenings(60)) {
        let mut respondent = Respondent::new(&made.survey, language, seed);
        respondent.lives_through(&events);
        let session = &respondent.session;
        let (presented, flow) = session.draft().presented(&made.survey);
        prop_assert_eq!(&presented, session.survey());
        prop_assert_eq!(flow.replies(), session.replies());
        let afresh = Draft { replies: session.draft().replies.clone(), ..Draft::begin(&made.survey, language, seed, now()) };
        let (again, way) = afresh.presented(&made.survey);
        prop_assert_eq!((&again, &way), (&presented, &flow));
        prop_assert_eq!(way, Flow::new(&presented, &made.survey.arms(seed), session.replies()), "what doesn't count decides nothing");
    }

    #[test]
    fn answers_from_a_file_are_stored_as_the_same_answers_typed((made, language, seed) in sittings(), events in happenings(120)) {
        let mut respondent = Respondent::new(&made.survey, language, seed);
        respondent.lives_through(&events);
        respondent.sends_off();
        let typed = respondent.response().to_json(&made.survey);
        // A file skips a matrix as a whole where no row has an answer.
        let is_empty = |answer: &Value| answer.as_object().is_some_and(Map::is_empty);
        prop_assume!(!typed["answers"].as_object().expect("answers").values().any(is_empty));
        prop_assert_eq!(from_file(&made, language, seed, &typed), typed);
    }
}

/// Answers a survey with a file that says what a response says, and gives the response that is stored.
fn from_file(made: &Made, language: &str, seed: u64, response: &Value) -> Value {
    let draft = Draft::begin(&made.survey, language, seed, now());
    let file = file(response).to_string();
    let replies = scripted::answers(&made.survey, &draft, &file).unwrap_or_else(|faults| panic!("{file}: {faults:?}"));
    let mut stored = Value::Null;
    let mut keeping = Keeping {
        save: &mut |_| Ok(()),
        submit: &mut |session| {
            let finished = Response::finish(&made.survey, session.draft(), "one".to_owned(), now());
            stored = finished.map_err(|problems| format!("{problems:?}"))?.to_json(&made.survey);
            Ok(())
        },
        decline: &mut |_| Ok(()),
    };
    scripted::run(session(&made.survey, draft), &replies, scripted::Words::Refused, &mut keeping).expect("the answers are taken");
    stored
}

/// Gives the file of answers: what nobody was asked, or went past, isn't in it.
fn file(response: &Value) -> Value {
    let mut file: Map<String, Value> = response["answers"].as_object().expect("answers").clone();
    for (name, kind) in response["missing"].as_object().expect("missing") {
        let value = match kind.as_str().and_then(Missing::from_name).expect("a kind of missing") {
            Missing::NotShown | Missing::Unanswered => continue,
            Missing::Skipped => Value::Null,
            other => json!({ "missing": other.name() }),
        };
        match name.split_once('.') {
            None => drop(file.insert(name.clone(), value)),
            Some((question, row)) => file[question][row] = value,
        }
    }
    Value::Object(file)
}

#[test]
fn the_surveys_have_every_part_of_the_language() {
    let mut runner = TestRunner::deterministic();
    let made: Vec<Made> = (0..200).map(|_| surveys().new_tree(&mut runner).expect("surveys are made").current()).collect();
    for part in [
        "show_if = '(",
        "&&",
        "||",
        "jump = ",
        "to = \"end\"",
        "group = \"outer\"",
        "randomise = \"shuffle\"",
        "randomise = \"reverse\"",
        "|that}",
        "variants = ",
        "constraint = ",
        "pin = true",
        "required = true",
        ".de = ",
        "code = \"a\", label = \"The a\", show_if",
        "type = \"matrix\"",
        "type = \"note\"",
        "type = \"date\"",
    ] {
        let count = made.iter().filter(|made| made.source.contains(part)).count();
        assert!(count > 20, "{part} is in {count} of 200");
    }
}
