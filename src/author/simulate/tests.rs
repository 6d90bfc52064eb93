//! What a simulation finds in surveys whose ways are known.

use std::collections::BTreeSet;

use super::*;
use crate::response::Replies;
use crate::response::check::problem;
use crate::response::json::{from_objects, to_objects};
use crate::survey::Target;
use crate::survey::parse::parse;

const BRANCHES: &str = include_str!("../../../tests/surveys/good/branches.toml");
const EVERYTHING: &str = include_str!("../../../tests/surveys/good/everything.toml");

/// Reads a survey of questions, each an id, a type and what else is said of it; `head` stands above them.
fn survey(head: &str, questions: &[(&str, &str, &str)]) -> Survey {
    let one = |(id, kind, more): &(&str, &str, &str)| {
        format!("[[question]]\nid = \"{id}\"\ntype = \"{kind}\"\ntext = \"What of {id}?\"\n{more}\n")
    };
    let source = format!("id = \"pulse\"\ntitle = \"Pulse\"\n{head}\n{}", questions.iter().map(one).collect::<String>());
    parse(&source).unwrap_or_else(|problems| panic!("{problems:#?}\n{source}"))
}

fn run(survey: &Survey) -> Simulation {
    simulate(survey, "en", 2_000, 1)
}

fn asked(simulation: &Simulation, id: &str) -> usize {
    simulation.questions.iter().find(|question| question.id.as_str() == id).expect("a question of the survey").asked
}

/// Asserts a count of 2,000 that is expected up to five standard deviations.
fn assert_about(found: usize, expected: f64, what: &str) {
    let deviation = (expected * (1.0 - expected / 2_000.0)).sqrt();
    let found = f64::from(u32::try_from(found).expect("a small count"));
    assert!((found - expected).abs() <= 5.0 * deviation, "{what}: {found}, expected {expected} ± {deviation}");
}

#[test]
fn shares_are_those_of_the_answers_that_open_the_way() {
    let survey = survey(
        "",
        &[
            ("nps", "nps", "jump = [{ if = \"nps == 10\", to = \"end\" }]"),
            ("reason", "text", "show_if = \"nps <= 6\""),
            ("oncall", "boolean", "required = true"),
            ("nights", "number", "show_if = \"oncall\""),
        ],
    );
    let simulation = run(&survey);
    assert_eq!(asked(&simulation, "nps"), 2_000);
    // Nine in ten answer, one of eleven points each.
    let answered = 1_800.0 / 11.0;
    assert_about(asked(&simulation, "reason"), answered * 7.0, "reason");
    assert_about(simulation.jumps[0].taken, answered, "the jump");
    assert_eq!(asked(&simulation, "oncall"), 2_000 - simulation.jumps[0].taken);
    assert_about(asked(&simulation, "nights"), (2_000.0 - answered) / 2.0, "nights");
    assert_eq!((simulation.lengths.least(), simulation.lengths.most()), (1, 4));
    assert_eq!(simulation.dead(), Vec::new());
}

#[test]
fn answers_are_those_that_a_respondent_could_give_and_every_one_of_them_is_given() {
    let survey = parse(EVERYTHING).expect("a good survey");
    let pools = Pools::new(&survey);
    let mut given = BTreeSet::new();
    for seed in 0..400 {
        let respondent = Respondent::new(&pools, seed);
        let mut replies = Replies::new();
        for question in survey.asked() {
            let reply = respondent.reply(question);
            assert_eq!(problem(question, reply.as_ref()), None, "{} by {seed}", question.id);
            given.extend(reply.iter().map(|reply| format!("{} {reply:?}", question.id)));
            replies.extend(reply.map(|reply| (question.id.clone(), reply)));
        }
        let (answers, missing) = to_objects(&survey, &replies);
        assert_eq!(from_objects(&survey, &answers, &missing), (replies, Vec::new()), "{seed}");
    }
    let of = |id: &str| given.iter().filter(|given| given.starts_with(&format!("{id} Given"))).count();
    // Every point; every choice; one or both of two, or the one that excludes them; both orders; yes and no.
    assert_eq!(["nps", "docs", "role", "barriers", "next", "oncall"].map(of), [11, 7, 3, 4, 2, 2]);
}

#[test]
fn what_a_condition_compares_with_is_answered() {
    let survey = survey(
        "",
        &[
            ("hours", "number", "min = 0\nmax = 100000"),
            ("share", "number", "decimals = 2"),
            ("tool", "text", ""),
            ("since", "date", ""),
            ("a", "boolean", "show_if = \"hours == 4711\""),
            ("b", "boolean", "show_if = \"share == -0.25\""),
            ("c", "boolean", "show_if = 'tool == \"make\"'"),
            ("d", "boolean", "show_if = 'tool.startsWith(\"bazel\") && tool != \"bazel\"'"),
            ("e", "boolean", "show_if = \"size(tool) > 60\""),
            ("f", "boolean", "show_if = 'since == \"2019-02-28\"'"),
            ("g", "boolean", "show_if = 'since < \"2019-02-28\"'"),
            ("h", "boolean", "show_if = \"hours * 2 > 180000\""),
        ],
    );
    let simulation = run(&survey);
    let rare: Vec<_> = simulation.questions.iter().filter(|question| question.asked < 50).collect();
    assert!(rare.is_empty(), "{rare:#?}");
}

#[test]
fn choices_and_rows_are_counted_among_those_who_were_asked() {
    let choices = "choices = [{ code = \"a\", label = \"A\" }, { code = \"b\", label = \"B\", show_if = \"often\" }, \
                   { code = \"c\", label = \"C\" }]\nshow_if = \"seldom\"\nrandomise = \"shuffle\"";
    let rows = "points = 5\nrows = [{ code = \"x\", label = \"X\" }, { code = \"y\", label = \"Y\", show_if = \"!often\" }]";
    let survey = survey(
        "",
        &[
            ("often", "boolean", "required = true"),
            ("seldom", "boolean", "required = true"),
            ("tools", "multi", choices),
            ("parts", "matrix", rows),
        ],
    );
    let simulation = run(&survey);
    let offered = |at: usize| simulation.questions[at].options.iter().map(|option| option.offered).collect::<Vec<_>>();
    let (tools, parts) = (offered(2), offered(3));
    assert_eq!((tools[0], tools[2]), (asked(&simulation, "tools"), tools[0]));
    assert_about(tools[1], 500.0, "a choice for half of the half who are asked");
    assert_eq!(parts[0], 2_000);
    assert_about(parts[1], 1_000.0, "a row for half");
}

#[test]
fn dead_ends_are_told_once_with_their_places() {
    let head = "[[group]]\nid = \"late\"\nshow_if = \"a + b > 100\"";
    let number = "min = 0\nmax = 20\nrequired = true";
    let tools = "choices = [{ code = \"x\", label = \"X\" }, { code = \"y\", label = \"Y\", show_if = \"a + b > 40\" }]";
    let survey = survey(
        head,
        &[
            ("a", "number", number),
            ("b", "number", &format!("{number}\njump = [{{ if = \"a * b > 400\", to = \"last\" }}]")),
            ("tools", "single", tools),
            ("c", "boolean", "show_if = \"a + b >= 0\""),
            ("d", "boolean", "show_if = \"a * b > 400\"\njump = [{ to = \"end\" }]"),
            ("e", "boolean", "group = \"late\""),
            ("last", "number", "min = 0\nmax = 9\nconstraint = { must = \"last + a < 100\", message = \"Too much.\" }"),
        ],
    );
    let found: Vec<String> = run(&survey).dead().into_iter().map(|dead| told(&dead.what)).collect();
    let expected = ["group late never", "jump b last", "option tools y", "question c always", "d", "e", "constraint last always"];
    assert_eq!(found, expected);
}

fn told(what: &What) -> String {
    match what {
        What::Question(id) => id.to_string(),
        What::Option(id, code) => format!("option {id} {code}"),
        What::Jump { from, to: Target::Question(to) } => format!("jump {from} {to}"),
        What::Jump { from, to: Target::End } => format!("jump {from} end"),
        What::Condition { decides, held, .. } => {
            let of = match decides {
                Decides::Question(id) => format!("question {id}"),
                Decides::Group(name) => format!("group {name}"),
                Decides::Option(id, code) => format!("option {id} {code}"),
                Decides::Constraint(id) => format!("constraint {id}"),
                Decides::Jump(id) => format!("jump {id}"),
            };
            format!("{of} {}", if *held { "always" } else { "never" })
        }
    }
}

#[test]
fn a_constraint_counts_the_answers_that_break_it() {
    let bounds = "min = 0\nmax = 99\nrequired = true\nconstraint = { must = \"share < 50\", message = \"Too much.\" }";
    let simulation = run(&survey("", &[("share", "number", bounds)]));
    let (answers, broken) = simulation.constrained();
    assert_eq!(answers, 2_000);
    // Half are drawn from 49, 50 and 51, half from all.
    assert_about(broken, 2_000.0 * (0.5 * 2.0 / 3.0 + 0.25), "broken");
}

#[test]
fn arms_and_orders_are_those_of_each_respondent() {
    let head = "[[variant]]\nid = \"wording\"\narms = [\"a\", \"b\"]\nshares = [3, 1]\n\
                [[group]]\nid = \"any\"\nrandomise = \"shuffle\"";
    let long =
        "group = \"any\"\nvariants = [{ variant = \"wording\", arm = \"b\", text = \"One two three four five six seven?\" }]";
    let survey = survey(
        head,
        &[
            ("first", "boolean", long),
            ("second", "boolean", "group = \"any\""),
            ("third", "boolean", "show_if = 'variant.wording == \"b\"'"),
        ],
    );
    let simulation = run(&survey);
    let [a, b] = [0, 1].map(|at| simulation.variants[0].arms[at].1);
    assert_eq!(a + b, 2_000);
    assert_about(b, 500.0, "arm b");
    assert_eq!(["first", "second", "third"].map(|id| asked(&simulation, id)), [2_000, 2_000, b]);
    // 3 s each, 4 s with the long words and 3 s for the third.
    assert_eq!((simulation.seconds.least(), simulation.seconds.most()), (6, 10));
}

#[test]
fn the_same_seed_gives_the_same_and_another_question_changes_nothing() {
    let questions = [("nps", "nps", ""), ("reason", "text", "show_if = \"nps <= 6\"")];
    let more = [("role", "boolean", ""), questions[0], questions[1]];
    let (few, many) = (survey("", &questions), survey("", &more));
    assert_eq!(run(&few), run(&few));
    assert_ne!(run(&few).questions, simulate(&few, "en", 2_000, 2).questions);
    assert_eq!(asked(&run(&few), "reason"), asked(&run(&many), "reason"));
}

#[test]
fn parts_of_the_respondents_put_together_are_the_whole() {
    let survey = parse(BRANCHES).expect("a good survey");
    let part = |numbers| walk(&survey, "en", 1, numbers);
    let whole = simulate(&survey, "en", 300, 1);
    assert_eq!(part(200..300).and(part(0..1)).and(part(1..200)).finish(), whole);
    assert!(whole.conditions.iter().all(|condition| condition.held > 0), "{:#?}", whole.conditions);
}

#[test]
fn a_budget_is_held_against_nine_in_ten() {
    // 3 s without the text, 16 s with it, which more than half are asked.
    let questions = [("nps", "nps", ""), ("reason", "text", "show_if = \"nps <= 6\"")];
    for (minutes, within, fails) in [("1", Some(true), false), ("0.25", Some(false), true), ("", None, false)] {
        let head = if minutes.is_empty() { String::new() } else { format!("minutes = {minutes}") };
        let simulation = run(&survey(&head, &questions));
        assert_eq!((simulation.is_within_budget(), simulation.fails()), (within, fails), "{minutes}");
        let over = if fails { asked(&simulation, "reason") } else { 0 };
        assert_eq!(simulation.over_budget(), within.map(|_| over), "{minutes}");
    }
}

#[test]
fn items_of_an_instrument_share_their_condition() {
    let source = "id = \"pulse\"\ntitle = \"Pulse\"\n[[question]]\nid = \"used\"\ntype = \"boolean\"\ntext = \"Used?\"\n\
                  [[question]]\nid = \"ease\"\ninstrument = \"umux_lite\"\nobject = \"the portal\"\nshow_if = \"used\"\n";
    let survey = parse(source).expect("a good survey");
    let simulation = run(&survey);
    assert_eq!(simulation.conditions.len(), 1);
    assert_eq!(simulation.conditions[0].held + simulation.conditions[0].failed, 4_000);
    assert!(simulation.questions.iter().skip(1).all(|question| question.place.is_some()));
}
