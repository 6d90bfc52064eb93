//! Published values, what is missing, and what holds whatever was answered.

use chrono::DateTime;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::response::{Answer, Missing, Reply, Response};
use crate::survey::presentation::{Arms, Orders};
use crate::survey::{QuestionId, Survey, parse};

fn all<const N: usize>(answer: u8) -> [Option<u8>; N] {
    [Some(answer); N]
}

fn alternating<const N: usize>(odd: u8, even: u8) -> [Option<u8>; N] {
    std::array::from_fn(|at| Some(if at % 2 == 0 { odd } else { even }))
}

fn many(groups: &[(u8, usize)]) -> Vec<Option<u8>> {
    groups.iter().flat_map(|(answer, times)| vec![Some(*answer); *times]).collect()
}

#[test]
fn blanks_are_left_out_of_the_base_and_no_answers_have_no_score() {
    assert_eq!(nps(&[Some(10), None, None]), Some(100.0));
    assert_eq!(nps(&many(&[(0, 10), (6, 20), (7, 20), (8, 30), (9, 60), (10, 60)])), Some(45.0));
    assert_eq!(
        (nps(&[Some(6)]), nps(&[Some(7)]), nps(&[Some(8)]), nps(&[Some(9)])),
        (Some(-100.0), Some(0.0), Some(0.0), Some(100.0))
    );
    assert_eq!(csat_top2(&[Some(5), Some(4), Some(3), Some(1), None]), Some(50.0));
    assert_eq!(csat_mean(&[Some(5), Some(4), Some(3), Some(1), None]), Some(3.25));
    assert_eq!(ces_top3(&[Some(7), Some(5), Some(4), Some(1), None]), Some(50.0));
    assert_eq!(ces_mean(&[Some(7), Some(5), Some(4), Some(2), None]), Some(4.5));
    assert_eq!(seq(&[Some(7), None, Some(4)]), Some(5.5));
    for score in [nps, csat_top2, csat_mean, ces_top3, ces_mean, seq] {
        assert_eq!((score(&[]), score(&[None, None])), (None, None));
        assert_eq!(score(&[Some(11), Some(200)]), None, "what is off the scale is no answer");
    }
    assert_eq!((csat_mean(&[Some(0), Some(6)]), seq(&[Some(0), Some(8)])), (None, None));
}

#[test]
fn sus_has_its_published_values_and_does_without_one_item_but_not_without_two() {
    for (items, score) in [(all(3), 50.0), (all(5), 50.0), (all(1), 50.0), (alternating(5, 1), 100.0), (alternating(1, 5), 0.0)] {
        assert_eq!(sus(&items), Some(score));
    }
    let mut items = alternating(5, 1);
    items[3] = None;
    assert_eq!(sus(&items), Some(100.0), "nine of nine contributions");
    items[0] = Some(2);
    assert_eq!(sus(&items), Some(33.0 * 100.0 / 36.0));
    items[9] = None;
    assert_eq!(sus(&items), None);
    items[9] = Some(0);
    assert_eq!(sus(&items), None, "what is off the scale is no answer");
}

#[test]
fn umux_and_umux_lite_have_their_published_values_and_need_every_item() {
    for (items, score) in
        [(all(4), 50.0), (alternating(7, 1), 100.0), (alternating(1, 7), 0.0), (alternating(6, 2), 2000.0 / 24.0)]
    {
        assert_eq!(umux(&items), Some(score));
    }
    for (items, score) in [([6, 5], 75.0), ([1, 1], 0.0), ([7, 7], 100.0), ([4, 4], 50.0)] {
        assert_eq!(umux_lite(&items.map(Some)), Some(score));
    }
    assert_eq!((umux(&[Some(4), Some(4), None, Some(4)]), umux_lite(&[Some(6), None])), (None, None));
    assert_eq!((umux(&all(8)), umux_lite(&all(0))), (None, None));
}

#[test]
fn raw_tlx_is_the_mean_of_the_declared_subscales_and_needs_all_of_them() {
    let given = |values: &[f64]| values.iter().copied().map(Some).collect::<Vec<_>>();
    assert_eq!(raw_tlx(&given(&[55.0, 10.0, 80.0, 25.0, 70.0, 60.0])), Some(50.0));
    assert_eq!(raw_tlx(&given(&[0.0, 75.0])), Some(37.5));
    assert_eq!(raw_tlx(&[Some(55.0), None]), None);
    assert_eq!(raw_tlx(&[]), None);
    assert_eq!((raw_tlx(&[Some(101.0)]), raw_tlx(&[Some(f64::NAN)])), (None, None));
}

fn survey() -> Survey {
    let block = |id: &str, keys: &str| format!("[[question]]\nid = \"{id}\"\n{keys}\n");
    let blocks = [
        ("again", "type = \"boolean\"\ntext = \"Again?\""),
        ("usability", "instrument = \"sus\""),
        ("four", "instrument = \"umux\""),
        ("two", "instrument = \"umux_lite\""),
        ("load", "instrument = \"tlx\"\nitems = [\"performance\", \"mental_demand\"]"),
        ("ease", "instrument = \"seq\""),
    ];
    let blocks: String = blocks.map(|(id, keys)| block(id, keys)).concat();
    parse::parse(&format!("id = \"s\"\ntitle = \"S\"\n{blocks}")).unwrap()
}

fn respond(survey: &Survey, answers: &[(&str, f64)]) -> Response {
    let reply = |id: &QuestionId| match answers.iter().find(|(name, _)| *name == id.as_str()) {
        Some((_, number)) if id.as_str().starts_with("load") => Reply::Given(Answer::Number(*number)),
        Some((_, point)) => Reply::Given(Answer::Scale(*point as u8)),
        None => Reply::Missing(Missing::Skipped),
    };
    let replies = survey.asked().map(|question| (question.id.clone(), reply(&question.id))).collect();
    let answered_at = DateTime::from_timestamp(0, 0).unwrap();
    let (arms, orders) = (Arms::new(), Orders::default());
    Response { id: "1".to_owned(), wave: None, language: "en".to_owned(), arms, orders, answered_at, replies }
}

#[test]
fn a_response_has_the_score_of_each_instrument_by_the_name_the_author_gave_it() {
    let survey = survey();
    let sus = (1..=10).map(|number| (format!("usability_{number}"), if number == 7 { 4.0 } else { 3.0 }));
    let rest = [("four_1", 7.0), ("two_1", 6.0), ("two_2", 5.0), ("load_1", 55.0), ("load_4", 20.0), ("ease_1", 6.0)];
    let answers: Vec<_> = sus.chain(rest.map(|(id, value)| (id.to_owned(), value))).collect();
    let answers: Vec<_> = answers.iter().map(|(id, value)| (id.as_str(), *value)).collect();
    let response = respond(&survey, &answers);
    let found: Vec<_> = scores(&survey, &response.replies).into_iter().map(|(of, score)| (of.as_str(), score)).collect();
    let expected = [("usability", Some(52.5)), ("four", None), ("two", Some(75.0)), ("load", Some(37.5)), ("ease", Some(6.0))];
    assert_eq!(found, expected);
    let shown = with_scores(response.to_json(&survey), &survey, &response);
    assert_eq!(shown["scores"], json!({ "usability": 52.5, "four": null, "two": 75, "load": 37.5, "ease": 6 }));
    assert_eq!(with_scores(json!({}), &survey, &respond(&survey, &[]))["scores"]["usability"], json!(null));
}

#[test]
fn a_survey_without_instruments_has_no_scores_in_its_json() {
    let survey =
        parse::parse("id = \"s\"\ntitle = \"S\"\n[[question]]\nid = \"q\"\ntype = \"nps\"\ntext = \"Likely?\"\n").unwrap();
    let response = respond(&survey, &[("q", 9.0)]);
    assert_eq!(with_scores(response.to_json(&survey), &survey, &response), response.to_json(&survey));
}

fn answers(last: u8) -> impl Strategy<Value = Vec<Option<u8>>> {
    prop::collection::vec(prop::option::weighted(0.8, 0..=last), 0..40)
}

fn whole(last: u8) -> impl Strategy<Value = u8> {
    1..=last
}

fn is_within(score: Option<f64>, least: f64, most: f64) -> bool {
    score.is_none_or(|score| (least..=most).contains(&score))
}

proptest! {
    #[test]
    fn every_score_stays_within_its_bounds(
        any in answers(12),
        ten in prop::array::uniform10(prop::option::of(any::<u8>())),
        four in prop::array::uniform4(prop::option::of(any::<u8>())),
        two in prop::array::uniform2(prop::option::of(any::<u8>())),
        numbers in prop::collection::vec(prop::option::of(any::<f64>()), 0..7),
    ) {
        prop_assert!(is_within(nps(&any), -100.0, 100.0));
        prop_assert!(is_within(csat_top2(&any), 0.0, 100.0) && is_within(csat_mean(&any), 1.0, 5.0));
        prop_assert!(is_within(ces_top3(&any), 0.0, 100.0) && is_within(ces_mean(&any), 1.0, 7.0) && is_within(seq(&any), 1.0, 7.0));
        prop_assert!(is_within(sus(&ten), 0.0, 100.0) && is_within(umux(&four), 0.0, 100.0) && is_within(umux_lite(&two), 0.0, 100.0));
        prop_assert!(is_within(raw_tlx(&numbers), 0.0, 100.0));
    }

    #[test]
    fn neither_order_nor_blanks_move_a_score_of_many(any in answers(10), turn in any::<prop::sample::Index>(), blanks in 0..5_usize) {
        let mut other: Vec<_> = any.iter().rev().copied().chain(vec![None; blanks]).collect();
        if !other.is_empty() {
            let places = turn.index(other.len());
            other.rotate_left(places);
        }
        for score in [nps, csat_top2, csat_mean, ces_top3, ces_mean, seq] {
            prop_assert_eq!(score(&any), score(&other));
        }
    }

    #[test]
    fn the_opposite_answers_give_the_opposite_score(ten in prop::array::uniform10(whole(5)), four in prop::array::uniform4(whole(7))) {
        let sum = |one: Option<f64>, other: Option<f64>| one.unwrap() + other.unwrap();
        prop_assert_eq!(sum(sus(&ten.map(Some)), sus(&ten.map(|answer| Some(6 - answer)))), 100.0);
        let opposite = sum(umux(&four.map(Some)), umux(&four.map(|answer| Some(8 - answer))));
        prop_assert!((opposite - 100.0).abs() < 1e-9);
    }

    #[test]
    fn a_better_answer_never_lowers_the_score_and_a_left_out_one_moves_it_by_a_tenth_at_most(
        ten in prop::array::uniform10(whole(5)), at in 0..10_usize,
    ) {
        let full = sus(&ten.map(Some)).unwrap();
        let mut better = ten;
        better[at] = if at % 2 == 0 { 5 } else { 1 };
        prop_assert!(sus(&better.map(Some)).unwrap() >= full);
        let mut without = ten.map(Some);
        without[at] = None;
        prop_assert!((sus(&without).unwrap() - full).abs() <= 10.0 + 1e-9);
    }
}
