//! A question that is shown although something hides it.

use super::{Respondent, survey};
use crate::survey::{Condition, QuestionId, Survey};

fn id(name: &str) -> QuestionId {
    QuestionId::new(name).unwrap()
}

/// A score, a reason for a low one, what follows from the reason, and a last question.
fn conditional() -> Survey {
    let mut survey = survey(&["nps", "rating", "ces", "boolean"]);
    survey.questions[1].show_if = Condition::new("nps <= 6").ok();
    survey.questions[2].show_if = Condition::new("rating >= 3").ok();
    survey
}

#[test]
fn a_hidden_question_is_shown_until_one_goes_on_from_it() {
    let mut respondent = Respondent::new(&conditional());
    respondent.types("9");
    assert_eq!(respondent.is_at(), "boolean");
    respondent.session = respondent.session.clone().exposing(&id("rating"));
    assert_eq!((respondent.is_at(), respondent.session.number()), ("rating".to_owned(), (2, 3)));
    respondent.types("2");
    assert_eq!(respondent.is_at(), "boolean");
    respondent.types("shift-tab");
    assert_eq!(respondent.is_at(), "nps", "it is hidden again");
}

#[test]
fn nothing_follows_from_the_answer_to_a_hidden_question() {
    let mut respondent = Respondent::new(&conditional());
    respondent.types("9");
    respondent.session = respondent.session.clone().exposing(&id("rating"));
    respondent.types("4");
    assert_eq!(respondent.is_at(), "boolean", "the question after it is hidden as well");
    respondent.types("y");
    assert_eq!(respondent.is_at(), "review");
    assert!(respondent.session.replies().keys().all(|id| id.as_str() != "rating"));
}

#[test]
fn what_was_typed_is_kept_when_another_question_is_exposed() {
    let mut survey = survey(&["text", "nps"]);
    survey.questions[1].show_if = Condition::new("text == 'x'").ok();
    let mut respondent = Respondent::new(&survey);
    respondent.types("\"half\"");
    respondent.session = respondent.session.clone().exposing(&id("nps"));
    respondent.types("shift-tab");
    assert_eq!((respondent.is_at(), respondent.session.focus().field.text()), ("text".to_owned(), "half"));
}
