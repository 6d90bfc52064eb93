//! The file saved while it is previewed: what becomes of the answers, and what is seen while it is no survey.

use super::*;

#[test]
fn a_saved_file_shows_its_new_text_and_keeps_the_answers_and_the_place() {
    let mut author = Author::new();
    author.types("9 4").sees("Anything else?").types("o k");
    author.saves(&SURVEY.replace("Anything else", "What else").replace("How likely", "How probable"));
    author.sees("What else?").sees("read again");
    assert_eq!((author.place(), author.answers()), ("last".to_owned(), json!({ "nps": 9, "ease": 4, "last": "ok" })));
    author.types("shift-tab shift-tab").sees("How probable?").sees("your answer: 9");
}

#[test]
fn an_answer_that_no_longer_fits_is_told_and_those_of_questions_that_are_gone_are_dropped() {
    let mut author = Author::new();
    author.types("9 4").saves(&SURVEY.replace("type = \"rating\"", "type = \"boolean\"")).sees("1 of the answers no longer fit");
    assert_eq!(author.answers(), json!({ "nps": 9 }));
    author.saves(&SURVEY.replace("id = \"nps\"", "id = \"score\"").replace("nps <= 6", "score <= 6"));
    assert_eq!((author.place(), author.answers()), ("last".to_owned(), json!({})));
}

#[test]
fn where_the_question_is_gone_the_next_one_that_is_there_is_shown() {
    let without = |id: &str| {
        let mut parts = SURVEY.split("[[question]]");
        let head = parts.next().unwrap().to_owned();
        parts.filter(|part| !part.contains(&format!("id = \"{id}\""))).fold(head, |all, part| all + "[[question]]" + part)
    };
    for (question, next) in [("ease", "last"), ("last", "ease")] {
        let start = Start { question: QuestionId::new(question), ..start() };
        let mut author = Author::with(SURVEY, start);
        assert_eq!(author.place(), question);
        assert_eq!(author.saves(&without(question)).place(), next);
    }
}

#[test]
fn a_broken_file_shows_its_problems_and_comes_back_to_the_same_question() {
    let mut author = Author::new();
    author.types("9 4").types("h a l f");
    author.saves(&SURVEY.replace("rating", "ratting").replace("title", "titel"));
    author.sees("error[unknown-type]: unknown type `ratting`").sees("2 problems").sees("the answers so far wait beneath");
    author.types("x f7 9 f12").sees("2 problems");
    author.saves(SURVEY).sees("Anything else?").sees("half");
    assert_eq!(author.answers(), json!({ "nps": 9, "ease": 4, "last": "half" }));
}

#[test]
fn esc_closes_the_problems_over_the_survey_as_it_was_and_never_leaves() {
    let broken = SURVEY.replace("rating", "ratting");
    let mut author = Author::new();
    author.types("9 4 x").saves(&broken).sees("1 problem").sees("esc close · q quit").types("down esc");
    author.sees("Anything else?").sees("trial.toml, before its problems ").sees("the file has problems still");
    author
        .types("y shift-tab")
        .sees("How easy?")
        .types("f7 down")
        .sees("Questions")
        .types("esc f11 end")
        .sees("\"last\": \"xy\"");
    author.types("esc").sees("How easy?").saves(&broken).sees("1 problem").saves(SURVEY).sees("trial.toml, nothing is stored");
    assert_eq!(author.answers(), json!({ "nps": 9, "ease": 4, "last": "xy" }));
    let mut author = Author::with(&broken, start());
    assert!(!author.screen(80, 24).contains("esc"), "there is nothing beneath");
    assert_eq!(author.types("esc").sees("1 problem").effects, []);
    let mut author = Author::new();
    author.types("9 q").waits().types("esc").sees("How easy?");
    assert_eq!(author.effects.iter().find(|effect| matches!(effect, Effect::Leave(_))), None);
}

#[test]
fn a_file_broken_from_the_start_leads_to_the_question_asked_for_once_it_is_mended() {
    let start = Start { question: QuestionId::new("ease"), language: "de".to_owned(), ..start() };
    let mut author = Author::with("id = ", start);
    author.sees("the survey comes once it is mended").types("f7 f11 f9 ctrl-k ctrl-n").sees("comes once");
    author.saves(SURVEY).sees("Wie leicht?");
    author.happens(Event::File(source("trial.toml", Err("it is gone".to_owned())))).sees("The file can't be read: it is gone");
    assert_eq!(author.types("q").effects, [Effect::Leave(None)]);
}

#[test]
fn a_question_that_a_saved_condition_hides_stays_and_is_marked() {
    let mut author = Author::new();
    author.types("9 4").saves(&SURVEY.replace("id = \"last\"", "id = \"last\"\nshow_if = \"ease <= 2\""));
    author.sees("Anything else?").types("x").sees("hidden unless ease <= 2");
}
