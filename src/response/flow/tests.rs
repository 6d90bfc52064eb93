//! Ways through a survey with every kind of logic.

use serde_json::{Map, Value, json};

use super::*;
use crate::response::{Answer, Cell, Draft, Response, json as shape};
use crate::survey::parse;

const SURVEY: &str = r#"
id = "ways"
title = "Ways"

[[group]]
id = "work"
show_if = "answered(role)"

[[group]]
id = "operations"
group = "work"
show_if = "role == 'ops'"

[[question]]
id = "nps"
type = "nps"
text = "How likely are you to recommend the platform?"

[[question]]
id = "reason"
type = "text"
text = "Why?"
show_if = "nps <= 6"
required = true

[[question]]
id = "role"
type = "single"
text = "What is your work?"
choices = [
  { code = "dev", label = "Development" },
  { code = "ops", label = "Operations", show_if = "nps <= 8" },
  { code = "other", label = "Something else", other = true },
]

[[question]]
id = "pager"
type = "boolean"
text = "Were you paged?"
group = "operations"

[[question]]
id = "tools"
type = "multi"
text = "What do you use as {role|someone who works here}?"
group = "work"
min = 2
choices = [
  { code = "ci", label = "Builds" },
  { code = "docs", label = "Documents", show_if = "nps <= 6" },
  { code = "portal", label = "The portal", show_if = "nps <= 6" },
]

[[question]]
id = "parts"
type = "matrix"
text = "How good are these?"
points = 5
rows = [{ code = "ci", label = "Builds", show_if = "'ci' in tools" }, { code = "docs", label = "Documents", show_if = "'docs' in tools" }]
jump = [{ if = "parts.ci == 5", to = "praise" }, { if = "parts.ci >= 4", to = "end" }]

[[question]]
id = "hours"
type = "number"
text = "How many hours did you lose in the last 7 days?"
max = 100
constraint = { must = "hours <= 40 || nps <= 6", message = "A week has 40 hours." }

[[question]]
id = "praise"
type = "text"
text = "What is good about it?"
"#;

fn survey() -> Survey {
    parse::parse(SURVEY).unwrap_or_else(|problems| panic!("{}", parse::render(&problems, "ways.toml", SURVEY, false)))
}

fn replies(survey: &Survey, answers: &Value) -> Replies {
    let (replies, strange) = shape::from_objects(survey, answers.as_object().expect("an object"), &Map::new());
    assert!(strange.is_empty(), "{strange:?}");
    replies
}

fn ids(survey: &Survey, flow: &Flow) -> String {
    flow.questions(survey).map(|question| question.id.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_way_follows_the_answers() {
    let survey = survey();
    for (answers, way) in [
        (json!({}), "nps role hours praise"),
        (json!({ "nps": 6 }), "nps reason role hours praise"),
        (json!({ "nps": 9 }), "nps role hours praise"),
        (json!({ "nps": 7, "role": "ops" }), "nps role pager tools hours praise"),
        (json!({ "role": "dev" }), "nps role tools hours praise"),
        (json!({ "role": "dev", "tools": ["ci"] }), "nps role tools parts hours praise"),
        // The rows that could be rated depend on what is used, and a matrix without rows isn't asked.
        (json!({ "role": "dev", "tools": ["ci"], "parts": { "ci": 5 } }), "nps role tools parts praise"),
        (json!({ "role": "dev", "tools": ["ci"], "parts": { "ci": 4 } }), "nps role tools parts"),
        (json!({ "role": "dev", "tools": ["ci"], "parts": { "ci": 3 } }), "nps role tools parts hours praise"),
        // What hides a question hides what depends on it: operations are only offered up to 8.
        (json!({ "nps": 9, "role": "ops" }), "nps role hours praise"),
        (json!({ "nps": 8, "role": { "other": "Sales" } }), "nps role tools hours praise"),
    ] {
        let flow = Flow::new(&survey, &Arms::new(), &replies(&survey, &answers));
        assert_eq!(ids(&survey, &flow), way, "{answers}");
    }
}

#[test]
fn hidden_answers_stay_in_the_draft_count_as_missing_and_are_dropped_when_sent_off() {
    let survey = survey();
    let low = json!({ "nps": 3, "reason": "Slow", "role": "ops", "pager": true, "tools": ["ci", "docs"], "parts": { "ci": 2, "docs": 3 } });
    let mut draft = Draft { replies: replies(&survey, &low), ..Draft::start(&survey, chrono::DateTime::UNIX_EPOCH) };
    draft.replies.insert(QuestionId::new("nps").unwrap(), Reply::Given(Answer::Scale(10)));
    let record = Response::finish(&survey, &draft, "1".into(), chrono::DateTime::UNIX_EPOCH).unwrap().to_json(&survey);
    assert_eq!(record["answers"], json!({ "nps": 10 }), "operations aren't offered any more, and all the rest hangs on them");
    let missing = json!({ "reason": "not_shown", "role": "unanswered", "pager": "not_shown", "tools": "not_shown",
        "parts": "not_shown", "hours": "unanswered", "praise": "unanswered" });
    assert_eq!(record["missing"], missing);
    draft.replies.insert(QuestionId::new("nps").unwrap(), Reply::Given(Answer::Scale(3)));
    let record = Response::finish(&survey, &draft, "1".into(), chrono::DateTime::UNIX_EPOCH).unwrap().to_json(&survey);
    assert_eq!(record["answers"], low, "what was hidden comes up again");
}

#[test]
fn a_required_question_that_is_hidden_is_not_required() {
    let survey = survey();
    for (nps, finishes) in [(9, true), (6, false)] {
        let draft =
            Draft { replies: replies(&survey, &json!({ "nps": nps })), ..Draft::start(&survey, chrono::DateTime::UNIX_EPOCH) };
        assert_eq!(Response::finish(&survey, &draft, "1".into(), chrono::DateTime::UNIX_EPOCH).is_ok(), finishes, "{nps}");
    }
}

#[test]
fn hidden_choices_are_not_offered_and_bounds_shrink_with_them() {
    let survey = survey();
    for (nps, codes, least) in [(3, vec!["ci", "docs", "portal"], 2), (9, vec!["ci"], 1)] {
        let flow = Flow::new(&survey, &Arms::new(), &replies(&survey, &json!({ "nps": nps, "role": "dev" })));
        let tools = flow.questions(&survey).find(|question| question.id.as_str() == "tools").unwrap();
        let Kind::Multi { choices, min, .. } = &tools.kind else { panic!("it has several choices") };
        assert_eq!(choices.iter().map(|choice| choice.code.as_str()).collect::<Vec<_>>(), codes);
        assert_eq!(*min, least);
    }
}

#[test]
fn a_text_takes_in_the_label_the_own_words_or_the_fallback() {
    let survey = survey();
    for (role, text) in [
        (json!("dev"), "What do you use as Development?"),
        (json!({ "other": "{nps|x}  of\nsales" }), "What do you use as {nps|x} of sales?"),
    ] {
        let flow = Flow::new(&survey, &Arms::new(), &replies(&survey, &json!({ "role": role })));
        let tools = flow.questions(&survey).find(|question| question.id.as_str() == "tools").unwrap();
        assert_eq!(&*tools.text, text, "an answer's own text is never filled in again");
    }
}

#[test]
fn a_constraint_is_asked_only_of_an_answer_that_is_there_and_only_a_definite_no_counts() {
    let survey = survey();
    let hours = QuestionId::new("hours").unwrap();
    for (answers, broken) in [
        (json!({}), None),
        (json!({ "hours": 40 }), None),
        (json!({ "hours": 41, "nps": 9 }), Some("A week has 40 hours.")),
        (json!({ "hours": 41, "nps": 6 }), None),
        // Without a score nobody knows.
        (json!({ "hours": 41 }), None),
    ] {
        let flow = Flow::new(&survey, &Arms::new(), &replies(&survey, &answers));
        assert_eq!(flow.broken(&hours), broken, "{answers}");
    }
}

#[test]
fn a_hidden_question_says_what_hides_it() {
    let survey = survey();
    let said = |hidden: &Hidden<'_>| match hidden {
        Hidden::Condition(condition) => condition.source().to_owned(),
        Hidden::Group(group, condition) => format!("{group}: {}", condition.source()),
        Hidden::PassedOver(question) => format!("after {question}"),
        Hidden::NothingToAnswerWith => "nothing".to_owned(),
    };
    for (answers, hidden) in [
        (json!({}), "reason: nps <= 6, pager: work: answered(role), tools: work: answered(role), parts: nothing"),
        (json!({ "nps": 6, "role": "dev", "tools": ["ci"] }), "pager: operations: role == 'ops'"),
        (json!({ "nps": 6, "role": "ops", "tools": ["ci"], "parts": { "ci": 4 } }), "hours: after parts, praise: after parts"),
    ] {
        let found = Flow::hidden(&survey, &Arms::new(), &replies(&survey, &answers));
        let found: Vec<String> = found.iter().map(|(at, why)| format!("{}: {}", survey.questions[*at].id, said(why))).collect();
        assert_eq!(found.join(", "), hidden, "{answers}");
    }
}

#[test]
fn an_exposed_question_is_asked_in_its_place_whatever_hides_it_and_no_other() {
    let survey = survey();
    let jumps = json!({ "role": "dev", "tools": ["ci"], "parts": { "ci": 4 } });
    for (answers, exposed, way) in [
        (json!({}), "reason", "nps reason role hours praise"),
        (json!({}), "pager", "nps role pager hours praise"),
        (json!({}), "parts", "nps role parts hours praise"),
        (json!({}), "hours", "nps role hours praise"),
        (jumps, "hours", "nps role tools parts hours"),
    ] {
        let replies = replies(&survey, &answers);
        let flow = Flow::exposing(&survey, &Arms::new(), &replies, QuestionId::new(exposed).as_ref());
        assert_eq!(ids(&survey, &flow), way, "{answers} with {exposed}");
        let parts = flow.questions(&survey).find(|question| question.id.as_str() == "parts");
        assert!(parts.is_none_or(|parts| !parts.kind.rows().is_empty()), "there is something to answer with");
    }
}

#[test]
fn a_matrix_of_which_every_row_is_left_out_is_not_answered() {
    let source = "id = \"m\"\ntitle = \"M\"\n[[question]]\nid = \"parts\"\ntype = \"matrix\"\ntext = \"How good?\"\n\
        rows = [{ code = \"a\", label = \"A\" }, { code = \"b\", label = \"B\" }]\n\
        [[question]]\nid = \"why\"\ntype = \"text\"\ntext = \"Why?\"\nshow_if = \"answered(parts)\"\n";
    let survey = parse::parse(source).unwrap();
    for (cell, way) in [(Cell::Missing(Missing::Skipped), "parts"), (Cell::Given(1), "parts why")] {
        let cells = BTreeMap::from([(Code::new("a").unwrap(), cell)]);
        let replies = Replies::from([(QuestionId::new("parts").unwrap(), Reply::Given(Answer::Matrix(cells)))]);
        assert_eq!(ids(&survey, &Flow::new(&survey, &Arms::new(), &replies)), way, "{cell:?}");
    }
}
