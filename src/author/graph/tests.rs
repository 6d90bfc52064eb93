//! The ways through surveys whose logic is known, and those that respondents really go.

use std::collections::BTreeSet;

use super::*;
use crate::author::simulate::{Pools, Respondent};
use crate::response::Flow;
use crate::survey::Survey;
use crate::survey::parse::parse;

const BRANCHES: &str = include_str!("../../../tests/surveys/good/branches.toml");

/// Reads a survey of yes-or-no questions, each an id and what else is said of it; `head` stands above them.
fn survey(head: &str, questions: &[(&str, &str)]) -> Survey {
    let one = |(id, more): &(&str, &str)| {
        format!("[[question]]\nid = \"{id}\"\ntype = \"boolean\"\ntext = \"What of {id}?\"\n{more}\n")
    };
    let source = format!("id = \"pulse\"\ntitle = \"Pulse\"\n{head}\n{}", questions.iter().map(one).collect::<String>());
    parse(&source).unwrap_or_else(|problems| panic!("{problems:#?}\n{source}"))
}

/// Gives every edge: `from > to`, with its label between them.
fn edges(survey: &Survey) -> Vec<String> {
    let short = |id: &str| id.strip_prefix("q_").unwrap_or(id).to_owned();
    let label = |edge: &Edge| edge.lines.iter().map(|line| format!("[{line}] ")).collect::<String>();
    let graph = graph(survey, "en");
    graph.edges.iter().map(|edge| format!("{} {}> {}", short(&edge.from), label(edge), short(&edge.to))).collect()
}

#[test]
fn a_condition_leads_in_or_past_to_the_next_one() {
    let survey = survey("", &[("a", ""), ("b", "show_if = \"a\""), ("c", "show_if = \"!a\"")]);
    let expected = [
        "start > a",
        "a > if_b",
        "if_b [yes] > b",
        "if_b [no] > if_c",
        "b > if_c",
        "if_c [yes] > c",
        "if_c [no] > finish",
        "c > finish",
    ];
    assert_eq!(edges(&survey), expected);
}

#[test]
fn jumps_stand_in_their_order_and_lead_to_what_guards_their_target() {
    let survey = survey(
        "",
        &[
            ("a", "jump = [{ if = \"a\", to = \"d\" }, { if = \"!a\", to = \"end\" }]"),
            ("b", "jump = [{ to = \"d\" }]\nshow_if = \"answered(a)\""),
            ("c", ""),
            ("d", "show_if = \"a\""),
        ],
    );
    let expected = [
        "start > a",
        "a [a] > if_d",
        "a [!a] > finish",
        "a [else] > if_b",
        "if_b [yes] > b",
        "if_b [no] > c",
        "b > if_d",
        "c > if_d",
        "if_d [yes] > d",
        "if_d [no] > finish",
        "d > finish",
    ];
    assert_eq!(edges(&survey), expected);
}

#[test]
fn a_group_is_guarded_where_a_way_comes_in_and_left_as_a_whole() {
    let head = "[[group]]\nid = \"inner\"\ngroup = \"outer\"\nshow_if = \"b\"\n[[group]]\nid = \"outer\"\nshow_if = \"a\"";
    let survey = survey(
        head,
        &[
            ("a", "jump = [{ if = \"a\", to = \"d\" }]"),
            ("b", "group = \"outer\"\njump = [{ if = \"b\", to = \"d\" }]"),
            ("c", "group = \"inner\""),
            ("d", "group = \"inner\""),
            ("e", "group = \"outer\""),
            ("f", ""),
        ],
    );
    let expected = [
        "start > a",
        "a [a] > group_0_d",
        "a [else] > group_0_b",
        "group_0_b [yes] > b",
        "group_0_b [no] > f",
        "b [b] > group_1_d",
        "b [else] > group_1_c",
        "group_1_c [yes] > c",
        "group_1_c [no] > e",
        "c > d",
        "group_0_d [yes] > group_1_d",
        "group_0_d [no] > f",
        "group_1_d [yes] > d",
        "group_1_d [no] > e",
        "d > e",
        "e > f",
        "f > finish",
    ];
    assert_eq!(edges(&survey), expected);
    let graph = graph(&survey, "en");
    let inside = |id: &str| graph.nodes.iter().find(|node| node.id == id).and_then(|node| node.group);
    assert_eq!(["group_0_b", "q_b", "group_1_c", "q_c", "q_f"].map(inside), [None, Some(0), Some(0), Some(1), None]);
    assert_eq!(graph.groups.iter().map(|group| group.around).collect::<Vec<_>>(), [None, Some(0)]);
}

#[test]
fn every_way_that_respondents_go_is_drawn() {
    let survey = parse(BRANCHES).expect("a good survey");
    let graph = graph(&survey, "en");
    let is_guard = |id: &str| graph.nodes.iter().any(|node| node.id == id && node.shape == Shape::Guard);
    let mut next = std::collections::BTreeMap::<&str, BTreeSet<&str>>::new();
    for edge in &graph.edges {
        next.entry(&edge.from).or_default().insert(&edge.to);
    }
    // What stands behind a node when guards are passed.
    let behind = |from: &str| {
        let (mut found, mut waiting) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(id) = waiting.pop() {
            for to in next.get(id.as_str()).into_iter().flatten() {
                if found.insert((*to).to_owned()) && is_guard(to) {
                    waiting.push((*to).to_owned());
                }
            }
        }
        found
    };
    let mut gone = BTreeSet::new();
    for seed in 0..400 {
        for way in ways_of(&survey, seed).windows(2) {
            assert!(behind(&way[0]).contains(&way[1]), "{} leads to {}, by {seed}", way[0], way[1]);
            gone.insert((way[0].clone(), way[1].clone()));
        }
    }
    assert!(gone.len() > 25, "{}", gone.len());
}

/// Gives the nodes that a respondent who answers by chance comes to, with the questions of shuffled groups in the order of the file.
fn ways_of(survey: &Survey, seed: u64) -> Vec<String> {
    let mut survey = survey.clone();
    survey.groups.iter_mut().for_each(|group| group.is_shuffled = false);
    let pools = Pools::new(&survey);
    let respondent = Respondent::new(&pools, seed);
    let (flow, _) = Flow::walk(&survey, &survey.arms(seed), |question| respondent.reply(question));
    let asked = flow.questions(&survey).map(|question| format!("q_{}", question.id));
    std::iter::once("start".to_owned()).chain(asked).chain(["finish".to_owned()]).collect()
}
