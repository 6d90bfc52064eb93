//! Surveys whose way depends on the answers, met in one's own order and language.

use serde_json::json;

use super::Respondent;
use crate::developer::answering::Effect;
use crate::response::Draft;
use crate::survey::{Survey, parse};

fn survey(questions: &str) -> Survey {
    let source = format!("id = \"logic\"\ntitle = \"Logic\"\n{questions}");
    parse::parse(&source).unwrap_or_else(|problems| panic!("{}", parse::render(&problems, "logic.toml", &source, false)))
}

const PULSE: &str = r#"
[[question]]
id = "nps"
type = "nps"
text = "How likely?"

[[question]]
id = "low"
type = "rating"
text = "How bad?"
show_if = "nps <= 6"

[[question]]
id = "tools"
type = "multi"
text = "Which of these?"
choices = [
  { code = "ci", label = "Builds" },
  { code = "docs", label = "Documents", show_if = "nps <= 6" },
  { code = "portal", label = "The portal" },
]

[[question]]
id = "hours"
type = "number"
text = "How many hours?"
constraint = { must = "hours <= 40", message = "A week has 40 hours." }

[[question]]
id = "done"
type = "boolean"
text = "Done?"
"#;

#[test]
fn forward_passes_by_what_is_hidden_and_back_follows_the_way_taken() {
    let mut high = Respondent::new(&survey(PULSE));
    assert_eq!(high.session.number(), (1, 4));
    assert_eq!(high.types("9").is_at(), "tools");
    assert_eq!((high.session.number(), high.types("backspace").is_at()), ((2, 4), "nps".to_owned()));
    assert_eq!(high.types("3").is_at(), "low");
    assert_eq!((high.session.number(), high.types("4").is_at()), ((2, 5), "tools".to_owned()));
    assert_eq!(high.types("backspace").is_at(), "low");
}

#[test]
fn the_time_left_begins_with_the_budget_whatever_is_hidden_and_ends_with_none() {
    let mut respondent = Respondent::new(&survey(&format!("minutes = 2\n{PULSE}")));
    let mut left = vec![respondent.session.seconds_left()];
    for keys in ["9", "1 enter", "\"8\" enter", "y"] {
        left.push(respondent.types(keys).session.seconds_left());
    }
    assert_eq!((left[0], left[4]), (120, 0));
    assert!(left.is_sorted_by(|before, after| before > after), "{left:?}");
}

#[test]
fn an_answer_that_was_hidden_comes_up_again_and_a_digit_means_what_is_seen() {
    let mut respondent = Respondent::new(&survey(PULSE));
    respondent.types("3 4 1 2 enter");
    assert_eq!(respondent.said()["tools"], json!(["ci", "docs"]));
    respondent.types("shift-tab backspace backspace 9");
    assert_eq!(respondent.is_at(), "tools");
    let seen = |respondent: &Respondent| respondent.session.question().map_or(0, |question| question.kind.choices().len());
    assert_eq!((seen(&respondent), respondent.types("2").said()["tools"].clone()), (2, json!(["ci", "docs", "portal"])));
    let counts =
        |respondent: &Respondent| crate::response::json::to_objects(respondent.session.survey(), respondent.session.replies()).0;
    assert_eq!(counts(&respondent)["tools"], json!(["ci", "portal"]), "the hidden choice doesn't count");
    respondent.types("backspace 3 tab");
    assert_eq!((seen(&respondent), counts(&respondent)["tools"].clone()), (3, json!(["ci", "docs", "portal"])));
}

#[test]
fn own_words_and_the_last_choice_left_keep_what_is_hidden() {
    let other = "{ code = \"other\", label = \"Another\", other = true, show_if = \"nps <= 6\" },";
    let survey = survey(&PULSE.replace("  { code = \"portal\"", &format!("  {other}\n  {{ code = \"portal\"")));
    let mut respondent = Respondent::new(&survey);
    respondent.types("3 4 1 2 3 \"Mail\" enter enter shift-tab backspace backspace 9");
    assert_eq!(respondent.types("2").said()["tools"], json!(["ci", "docs", { "other": "Mail" }, "portal"]));
    respondent.types("1 2");
    assert_eq!((respondent.session.picks(), respondent.session.reply()), (&[][..], None), "nothing that is offered is taken");
    assert_eq!(respondent.said()["tools"], json!(["docs", { "other": "Mail" }]));
    respondent.types("backspace 3 tab");
    assert_eq!(respondent.session.picks().len(), 2);
}

#[test]
fn an_answer_that_breaks_its_constraint_is_told_and_kept_from_being_sent_off() {
    let mut respondent = Respondent::new(&survey(PULSE));
    respondent.types("9 1 enter \"50\" enter");
    assert_eq!((respondent.is_at().as_str(), respondent.session.notice()), ("hours", Some("A week has 40 hours.")));
    respondent.types("tab y enter");
    assert!(!respondent.effects.contains(&Effect::Submit));
    assert_eq!(respondent.is_at(), "hours");
    respondent.types("backspace backspace \"8\" enter");
    respondent.at_ms += 1_000;
    respondent.types("enter");
    assert!(respondent.effects.contains(&Effect::Submit));
}

#[test]
fn what_a_change_at_the_review_brings_up_is_asked_before_going_back_there() {
    let mut respondent = Respondent::new(&survey(PULSE));
    respondent.types("9 1 enter \"8\" enter y");
    assert_eq!(respondent.is_at(), "review");
    assert_eq!(respondent.types("down enter 2").is_at(), "low");
    assert_eq!(respondent.types("3").is_at(), "review");
}

#[test]
fn a_draft_is_gone_on_with_where_its_place_still_is_on_the_way() {
    let survey = survey(PULSE);
    let mut respondent = Respondent::new(&survey);
    respondent.types("3 4");
    let mut draft = respondent.session.draft().clone();
    draft.place = crate::response::Place::Question(crate::survey::QuestionId::new("low").unwrap());
    draft
        .replies
        .insert(crate::survey::QuestionId::new("nps").unwrap(), crate::response::Reply::Given(crate::response::Answer::Scale(9)));
    let read = Draft::from_json(&survey, &draft.to_json(&survey)).unwrap().0;
    let session = crate::developer::answering::Session::new(&survey, read, chrono::NaiveDate::MIN);
    assert_eq!(session.question().map(|question| question.id.as_str()), Some("tools"));
}

#[test]
fn everyone_reads_the_words_of_all_their_arms() {
    let source = "[[variant]]\nid = \"tone\"\narms = [\"cool\", \"warm\"]\n[[variant]]\nid = \"hint\"\narms = [\"none\", \"one\"]\n\
        [[question]]\nid = \"q\"\ntype = \"nps\"\ntext = \"Cool?\"\nvariants = [\
        { variant = \"tone\", arm = \"warm\", text = \"Warm?\" }, { variant = \"hint\", arm = \"one\", help = \"Of late.\" }]\n";
    let survey = survey(source);
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..64 {
        let arms: Vec<String> = survey.arms(seed).values().map(ToString::to_string).collect();
        let question = &survey.present("en", seed).questions[0];
        seen.insert(format!("{}: {} {}", arms.join(" "), question.text, question.help.as_deref().unwrap_or("-")));
    }
    let expected = ["none cool: Cool? -", "none warm: Warm? -", "one cool: Cool? Of late.", "one warm: Warm? Of late."];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), expected);
}

const SHUFFLED: &str = r#"
[[variant]]
id = "wording"
arms = ["a", "b"]

[[group]]
id = "mixed"
randomise = "shuffle"

[[question]]
id = "one"
type = "rating"
text = "One?"
group = "mixed"
randomise = "reverse"

[[question]]
id = "two"
type = "single"
text = { en = "Two?", de = "Zwei?" }
group = "mixed"
randomise = "shuffle"
variants = [{ variant = "wording", arm = "b", text = { en = "The other two?", de = "Die anderen zwei?" } }]
choices = [
  { code = "a", label = { en = "A", de = "Ah" } },
  { code = "b", label = { en = "B", de = "Be" } },
  { code = "c", label = { en = "C", de = "Ce" } },
  { code = "other", label = { en = "Other", de = "Andere" }, other = true },
]

[[question]]
id = "three"
type = "boolean"
text = "Three?"
group = "mixed"
"#;

#[test]
fn everyone_has_an_order_and_an_arm_of_their_own_and_answers_store_what_was_meant() {
    let source = SHUFFLED.replace("title = ", "").replace("text = \"One?\"", "text = { en = \"One?\", de = \"Eins?\" }");
    let source = source.replace("text = \"Three?\"", "text = { en = \"Three?\", de = \"Drei?\" }");
    let source = format!("id = \"shuffled\"\ntitle = {{ en = \"S\", de = \"S\" }}\n{source}");
    let survey =
        parse::parse(&source).unwrap_or_else(|problems| panic!("{}", parse::render(&problems, "s.toml", &source, false)));
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..200 {
        let draft = Draft::begin(&survey, "de-AT", seed, chrono::DateTime::UNIX_EPOCH);
        let mut respondent = Respondent::with(&survey, draft);
        let order: Vec<String> = respondent.session.asked().map(|(_, question)| question.id.to_string()).collect();
        seen.insert(order.join(" "));
        while respondent.is_at() != "review" {
            let question = respondent.session.question().unwrap().clone();
            match question.id.as_str() {
                "one" => {
                    let crate::survey::Kind::Scale { scale, .. } = &question.kind else { panic!("a scale") };
                    seen.insert(format!("reversed {}", scale.is_reversed));
                    // The first place under the cursor is the highest point of a scale that is turned round.
                    respondent.types("right enter");
                    let expected = if scale.is_reversed { 5 } else { 1 };
                    assert_eq!(respondent.said()["one"], json!(expected), "{seed}");
                }
                "two" => {
                    let first = question.kind.choices()[0].code.to_string();
                    assert!(question.kind.choices()[3].other, "own words keep their place");
                    seen.insert(format!("{} {first}", &*question.text));
                    respondent.types("1");
                    assert_eq!(respondent.said()["two"], json!(first), "{seed}");
                }
                _ => drop(respondent.types("y")),
            }
        }
    }
    let expected = "Die anderen zwei? a|Die anderen zwei? b|Die anderen zwei? c|Zwei? a|Zwei? b|Zwei? c|one three two|one two three|\
        reversed false|reversed true|three one two|three two one|two one three|two three one";
    assert_eq!(seen.into_iter().collect::<Vec<_>>().join("|"), expected);
}

#[test]
fn a_single_choice_that_is_left_has_one_key_and_is_told_of_as_one() {
    for (kind, hint, notice) in [
        ("single", "1 choose", "there is 1 choice"),
        ("multi", "1 toggle", "there is 1 choice"),
        ("ranking", "1 rank", "there is 1 to rank"),
    ] {
        let mut left = Respondent::new(&survey(&format!(
            "[[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = \"How likely?\"\n[[question]]\nid = \"left\"\ntype = \"{kind}\"\n\
             text = \"Which?\"\nchoices = [{{ code = \"a\", label = \"A\" }}, {{ code = \"b\", label = \"B\", show_if = \"nps < 3\" }}]\n",
        )));
        left.types("9");
        assert_eq!(left.session.hints()[0].to_string(), hint);
        assert_eq!(left.types("2").session.notice(), Some(notice), "{kind}");
        left.types("1");
        assert!(left.session.draft().replies.len() == 2, "{kind}: {:?}", left.session.draft());
    }
}
