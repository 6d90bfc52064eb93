//! One survey with every type of question, answered in every way.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate};
use proptest::prelude::*;

use super::whole::WHOLE;
use super::*;
use crate::response::{Answer, Cell as MatrixCell, Missing, Replies, Reply, Response};
use crate::survey::presentation::Orders;
use crate::survey::{Anchors, Choice, Code, Instrument, Item, Kind, Length, Measure, QuestionId, Row, Survey, SurveyId};

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn survey(id: &str, version: u32, questions: Vec<Question>) -> Survey {
    Survey { version, ..Survey::new(SurveyId::new(id).unwrap(), id, "en", questions) }
}

fn asks(id: &str, kind: Kind) -> Question {
    Question::new(QuestionId::new(id).unwrap(), format!("The text of {id}"), kind)
}

fn choices(names: &[&str]) -> Vec<Choice> {
    let one = |name: &&str| Choice { other: *name == "other", ..Choice::new(code(name), format!("Label of {name}")) };
    names.iter().map(one).collect()
}

fn scaled(first: u8, last: u8, labels: &[&str]) -> Scale {
    let labels = labels.iter().map(|label| (*label).into()).collect();
    let anchors = Anchors { low: Some("low".into()), mid: None, high: Some("high".into()) };
    Scale { anchors, labels, ..Scale::new(first, last) }
}

fn rows(names: &[&str]) -> Vec<Row> {
    names.iter().map(|name| Row::new(code(name), format!("Row {name}"))).collect()
}

fn multi(names: &[&str]) -> Kind {
    Kind::Multi { choices: choices(names), min: 1, max: names.len() }
}

fn every_type() -> Survey {
    let agreement = scaled(1, 3, &["disagree", "neither", "agree"]);
    survey(
        "every-type",
        1,
        vec![
            asks("welcome", Kind::Note),
            asks("nps", Kind::Scale { measure: Measure::Nps, scale: scaled(0, 10, &[]) }),
            asks("agree", Kind::Scale { measure: Measure::Likert, scale: agreement }),
            asks("team", Kind::Single { choices: choices(&["web", "other"]) }),
            asks("barriers", multi(&["docs", "ci", "other"])),
            asks("order", Kind::Ranking { choices: choices(&["a", "b", "c"]) }),
            asks("parts", Kind::Matrix { rows: rows(&["build", "test"]), scale: scaled(1, 5, &[]) }),
            asks("why", Kind::Text { length: Length::Short, max_length: 100 }),
            asks("hours", Kind::Number { min: None, max: None, unit: None, decimals: 2 }),
            asks("again", Kind::Boolean),
            asks("since", Kind::Date { min: None, max: None }),
        ],
    )
}

fn respond(survey: &Survey, id: &str, replies: Vec<(&str, Reply)>) -> (Survey, Response) {
    let mut all: Replies = survey.asked().map(|q| (q.id.clone(), Reply::Missing(Missing::Unanswered))).collect();
    all.extend(replies.into_iter().map(|(id, reply)| (QuestionId::new(id).unwrap(), reply)));
    let answered_at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    let (wave, language) = (None, "en".to_owned());
    (
        survey.clone(),
        Response {
            id: id.to_owned(),
            wave,
            language,
            arms: BTreeMap::new(),
            orders: Orders::default(),
            answered_at,
            replies: all,
        },
    )
}

fn full() -> (Survey, Response) {
    let words = || Pick::Other("=自分の言葉".to_owned());
    let cells = BTreeMap::from([(code("build"), MatrixCell::Given(4)), (code("test"), MatrixCell::Missing(Missing::DontKnow))]);
    let given = vec![
        ("nps", Answer::Scale(0)),
        ("agree", Answer::Scale(3)),
        ("team", Answer::Single(words())),
        ("barriers", Answer::Multi(vec![Pick::Code(code("ci")), words()])),
        ("order", Answer::Ranking(vec![code("c"), code("a"), code("b")])),
        ("parts", Answer::Matrix(cells)),
        ("why", Answer::Text("-1, 改善\nして".to_owned())),
        ("hours", Answer::Number(-2.5)),
        ("again", Answer::Boolean(false)),
        ("since", Answer::Date(NaiveDate::from_ymd_opt(2026, 3, 31).unwrap())),
    ];
    respond(&every_type(), "full", given.into_iter().map(|(id, answer)| (id, Reply::Given(answer))).collect())
}

/// Shows a cell so that a text, a whole number and nothing look different.
fn show(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => format!("'{text}'"),
        Cell::Integer(number) => number.to_string(),
        Cell::Boolean(yes) => yes.to_string(),
        Cell::Decimal(number) => format!("{number:?}"),
    }
}

/// Gives the cells of a row that hold something, by column, without those of the response as a whole.
fn held(table: &Table, row: usize) -> Vec<(&str, String)> {
    let named = table.columns.iter().map(String::as_str).zip(table.rows[row].iter().map(show));
    named.skip(WHOLE.len()).filter(|(_, cell)| !cell.is_empty()).collect()
}

fn column(table: &Table, name: &str) -> Vec<String> {
    let at = table.columns.iter().position(|column| column == name).expect(name);
    table.rows.iter().map(|row| show(&row[at])).collect()
}

#[test]
fn wide_table_holds_every_type_in_typed_cells() {
    let table = wide(&[full()], Values::Codes);
    let expected = [
        ("nps", "0"),
        ("agree", "3"),
        ("team", "'other'"),
        ("team.other_text", "'=自分の言葉'"),
        ("barriers.docs", "0"),
        ("barriers.ci", "1"),
        ("barriers.other", "1"),
        ("barriers.other_text", "'=自分の言葉'"),
        ("order.a", "2"),
        ("order.b", "3"),
        ("order.c", "1"),
        ("parts.build", "4"),
        ("parts.test.missing", "'dont_know'"),
        ("why", "'-1, 改善\nして'"),
        ("hours", "-2.5"),
        ("again", "false"),
        ("since", "'2026-03-31'"),
    ];
    assert_eq!(held(&table, 0), expected.map(|(name, cell)| (name, cell.to_owned())));
    let whole: Vec<String> = table.rows[0].iter().take(WHOLE.len()).map(show).collect();
    assert_eq!(whole, ["'full'", "'every-type'", "1", "", "'en'", "'2027-01-15T08:00:00Z'"]);
}

#[test]
fn labels_stand_in_place_of_codes_and_a_scale_without_a_label_for_every_point_stays_a_number() {
    let table = wide(&[full()], Values::Labels);
    let cases = [("nps", "0"), ("agree", "'agree'"), ("team", "'Label of other'"), ("again", "'no'"), ("parts.build", "4")];
    for (name, cell) in cases {
        assert_eq!(column(&table, name), [cell], "{name}");
    }
    assert_eq!(table.columns, wide(&[full()], Values::Codes).columns);
}

#[test]
fn skipped_question_is_never_zero_and_kinds_of_missing_stay_apart() {
    for kind in Missing::ALL {
        let survey = every_type();
        let replies = survey.asked().map(|q| (q.id.as_str(), Reply::Missing(kind))).collect();
        let responses = [respond(&survey, "none", replies)];
        let table = wide(&responses, Values::Codes);
        let held = held(&table, 0);
        assert!(held.iter().all(|(name, cell)| name.ends_with(".missing") && *cell == format!("'{}'", kind.name())));
        assert_eq!(held.len(), 11, "one for each question, two for the rows of the matrix");
        let long = long(&responses, Values::Codes);
        assert_eq!(long.rows.len(), 11);
        assert!(column(&long, "value").iter().all(String::is_empty));
        assert!(column(&long, "missing").iter().all(|cell| *cell == format!("'{}'", kind.name())));
    }
}

#[test]
fn long_table_has_a_row_for_each_choice_rank_and_matrix_row() {
    let table = long(&[full()], Values::Codes);
    let of = |names: [&str; 5]| -> Vec<String> {
        let columns: Vec<_> = names.iter().map(|name| column(&table, name)).collect();
        (0..table.rows.len())
            .map(|row| columns.iter().map(|column| column[row].replace('\'', "")).collect::<Vec<_>>().join(" | "))
            .collect()
    };
    let lines = of(["question", "row", "value", "rank", "missing"]);
    let expected = [
        "nps |  | 0 |  | ",
        "agree |  | 3 |  | ",
        "team |  | other |  | ",
        "barriers |  | ci |  | ",
        "barriers |  | other |  | ",
        "order |  | c | 1 | ",
        "order |  | a | 2 | ",
        "order |  | b | 3 | ",
        "parts | build | 4 |  | ",
        "parts | test |  |  | dont_know",
        "why |  | -1, 改善\nして |  | ",
        "hours |  | -2.5 |  | ",
        "again |  | false |  | ",
        "since |  | 2026-03-31 |  | ",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn long_table_with_labels_keeps_the_codes_beside_them() {
    let table = long(&[full()], Values::Labels);
    assert_eq!(column(&table, "label")[..5], ["'low'", "'agree'", "'Label of other'", "'Label of ci'", "'Label of other'"]);
    assert_eq!(column(&table, "value")[..3], ["0", "3", "'other'"]);
    assert_eq!(column(&table, "row_label")[8], "'Row build'");
    assert_eq!(column(&table, "question_text")[0], "'The text of nps'");
    assert_eq!(column(&table, "label")[12], "'no'");
}

#[test]
fn columns_of_older_versions_stand_where_they_stood_and_say_not_asked() {
    let old = survey("s", 1, vec![asks("a", Kind::Boolean), asks("gone", Kind::Boolean), asks("m", multi(&["x", "z"]))]);
    let new = survey("s", 2, vec![asks("a", Kind::Boolean), asks("m", multi(&["x", "y"])), asks("new", Kind::Boolean)]);
    let taken = |name| vec![("m", Reply::Given(Answer::Multi(vec![Pick::Code(code(name))])))];
    let table = wide(&[respond(&old, "1", taken("z")), respond(&new, "2", taken("y"))], Values::Codes);
    let expected = ["a", "a.missing", "gone", "gone.missing", "m.x", "m.z", "m.y", "m.missing", "new", "new.missing"];
    assert_eq!(table.columns[WHOLE.len()..], expected);
    assert_eq!(column(&table, "m.x"), ["0", "0"]);
    assert_eq!(column(&table, "m.z"), ["1", ""], "what a version does not offer is empty, not 0");
    assert_eq!(column(&table, "gone.missing"), ["'unanswered'", "'not_asked'"]);
    assert_eq!(column(&table, "new.missing"), ["'not_asked'", "'unanswered'"]);
}

#[test]
fn several_surveys_share_a_wide_table_with_prefixed_columns() {
    let (one, two) = (survey("one", 1, vec![asks("q", Kind::Boolean)]), survey("two", 1, vec![asks("q", Kind::Boolean)]));
    let yes = || vec![("q", Reply::Given(Answer::Boolean(true)))];
    let table = wide(&[respond(&one, "1", yes()), respond(&two, "2", yes())], Values::Codes);
    assert_eq!(table.columns[WHOLE.len()..], ["one.q", "one.q.missing", "two.q", "two.q.missing"]);
    assert_eq!(column(&table, "two.q"), ["", "true"]);
    assert_eq!(column(&table, "two.q.missing"), ["'not_asked'", ""]);
}

#[test]
fn names_never_collide_and_the_programs_own_columns_keep_theirs() {
    let questions = vec![
        asks("language", Kind::Single { choices: choices(&["rust", "other"]) }),
        asks("language_", Kind::Boolean),
        asks("m", multi(&["missing", "missing_", "other_text", "other"])),
        asks("x", Kind::Matrix { rows: rows(&["r", "r.missing"]), scale: scaled(1, 5, &[]) }),
    ];
    let table = wide(&[respond(&survey("s", 1, questions), "1", vec![])], Values::Codes);
    let different: BTreeSet<_> = table.columns.iter().collect();
    assert_eq!(different.len(), table.columns.len(), "{:?}", table.columns);
    assert_eq!(table.columns[4], "language");
    assert_eq!(column(&table, "language"), ["'en'"]);
    assert_eq!(column(&table, "language_"), [""]);
    assert_eq!(column(&table, "m.missing"), ["'unanswered'"]);
    assert_eq!(column(&table, "x.r.missing"), ["'unanswered'"]);
}

#[test]
fn a_score_stands_after_the_items_of_its_instrument_and_is_empty_where_it_is_missing() {
    let item = |number: u8| Question {
        item: Some(Item { instrument: Instrument::UmuxLite, of: QuestionId::new("portal").unwrap(), number }),
        ..asks(&format!("portal_{number}"), Kind::Scale { measure: Measure::Likert, scale: scaled(1, 7, &[]) })
    };
    let asked = survey("s", 1, vec![asks("portal_score", Kind::Boolean), item(1), item(2)]);
    let given = |points: &[(&'static str, u8)]| points.iter().map(|(id, at)| (*id, Reply::Given(Answer::Scale(*at)))).collect();
    let whole = respond(&asked, "1", given(&[("portal_1", 6), ("portal_2", 4)]));
    let part = respond(&asked, "2", given(&[("portal_1", 6)]));
    let older = respond(&survey("s", 0, vec![asks("why", Kind::Boolean)]), "3", vec![]);
    let table = wide(&[whole, part, older], Values::Codes);
    let own = ["why", "why.missing", "portal_score_", "portal_score.missing"];
    let items = ["portal_1", "portal_1.missing", "portal_2", "portal_2.missing", "portal_score"];
    assert_eq!(table.columns[WHOLE.len()..], [&own[..], &items].concat());
    assert_eq!(column(&table, "portal_score"), [format!("{:?}", 800.0 / 12.0), String::new(), String::new()]);
}

#[test]
fn no_responses_make_a_table_without_rows() {
    assert_eq!(wide(&[], Values::Codes), Table { columns: WHOLE.map(str::to_owned).to_vec(), rows: vec![] });
    assert!(long(&[], Values::Codes).rows.is_empty());
}

/// What a table says, independent of its layout: response and column, and the cell there.
type Facts = BTreeMap<(String, String), String>;

fn facts_of_wide(table: &Table) -> Facts {
    let of_row = |row: usize| {
        let id = show(&table.rows[row][0]);
        let held = held(table, row).into_iter().filter(|(_, cell)| *cell != format!("'{NOT_ASKED}'"));
        held.map(|(name, cell)| ((id.clone(), name.to_owned()), cell)).collect::<Vec<_>>()
    };
    (0..table.rows.len()).flat_map(of_row).collect()
}

fn facts_of_long(table: &Table, surveys: &[Survey]) -> Facts {
    let mut facts = Facts::new();
    let at =
        |row: &[Cell], name: &str| show(&row[table.columns.iter().position(|column| column == name).unwrap()]).replace('\'', "");
    for row in &table.rows {
        let (id, question) = (show(&row[0]), at(row, "question"));
        let mut say = |name: String, cell: String| drop(facts.insert((id.clone(), name), cell));
        let column = if at(row, "row").is_empty() { question.clone() } else { format!("{question}.{}", at(row, "row")) };
        let value = &row[table.columns.iter().position(|column| column == "value").unwrap()];
        let kind = at(row, "type");
        if !at(row, "missing").is_empty() {
            say(format!("{column}.missing"), format!("'{}'", at(row, "missing")));
            continue;
        }
        if !at(row, "other_text").is_empty() {
            say(format!("{question}.other_text"), format!("'{}'", at(row, "other_text")));
        }
        match kind.as_str() {
            "ranking" => say(format!("{question}.{}", at(row, "value")), at(row, "rank")),
            "multi" => {
                let version = at(row, "version");
                let survey = surveys.iter().find(|survey| survey.version.to_string() == version).unwrap();
                let asked = survey.question(&QuestionId::new(&question).unwrap()).unwrap();
                for choice in asked.kind.choices() {
                    facts.entry((id.clone(), format!("{question}.{}", choice.code))).or_insert_with(|| "0".to_owned());
                }
                facts.insert((id.clone(), format!("{question}.{}", at(row, "value"))), "1".to_owned());
            }
            _ => say(column, show(value)),
        }
    }
    facts
}

fn any_answer(question: &Question) -> BoxedStrategy<Answer> {
    let pick = |choice: Choice| if choice.other { Pick::Other("own words".to_owned()) } else { Pick::Code(choice.code) };
    match question.kind.clone() {
        Kind::Scale { scale, .. } => scale.points().prop_map(Answer::Scale).boxed(),
        Kind::Single { choices } => prop::sample::select(choices).prop_map(move |choice| Answer::Single(pick(choice))).boxed(),
        Kind::Multi { choices, .. } => {
            let most = choices.len();
            let some = prop::sample::subsequence(choices, 1..=most);
            some.prop_map(move |some| Answer::Multi(some.into_iter().map(pick).collect())).boxed()
        }
        Kind::Ranking { choices } => {
            let codes: Vec<Code> = choices.into_iter().map(|choice| choice.code).collect();
            Just(codes).prop_shuffle().prop_map(Answer::Ranking).boxed()
        }
        Kind::Matrix { rows, scale } => {
            let cell = prop_oneof![
                scale.points().prop_map(MatrixCell::Given),
                prop::sample::select(&Missing::ALL[..]).prop_map(MatrixCell::Missing)
            ];
            let names: Vec<Code> = rows.into_iter().map(|row| row.code).collect();
            prop::collection::btree_map(prop::sample::select(names), cell, 0..=2).prop_map(Answer::Matrix).boxed()
        }
        Kind::Text { .. } => "[=+@\\-a-zß漢 ,\"\n]{0,12}x".prop_map(Answer::Text).boxed(),
        Kind::Number { .. } => (-10_000i32..10_000).prop_map(|cents| Answer::Number(f64::from(cents) / 100.0)).boxed(),
        Kind::Boolean => any::<bool>().prop_map(Answer::Boolean).boxed(),
        _ => Just(Answer::Date(NaiveDate::from_ymd_opt(2026, 1, 2).unwrap())).boxed(),
    }
}

fn any_response(survey: Survey) -> impl Strategy<Value = (Survey, Response)> {
    let reply = |question: &Question| {
        let id = question.id.clone();
        let missing = prop::sample::select(&Missing::ALL[..]).prop_map(Reply::Missing);
        prop_oneof![3 => any_answer(question).prop_map(Reply::Given), 1 => missing].prop_map(move |reply| (id.clone(), reply))
    };
    let replies: Vec<_> = survey.asked().map(reply).collect();
    (replies, "[0-9a-f]{32}").prop_map(move |(replies, id)| {
        let (survey, mut response) = respond(&survey, &id, vec![]);
        response.replies = replies.into_iter().collect();
        (survey, response)
    })
}

fn second_version() -> Survey {
    let mut survey = every_type();
    survey.version = 2;
    survey.questions.swap(1, 5);
    survey.questions.retain(|question| question.id.as_str() != "why");
    survey.questions[4].kind = multi(&["ci", "new", "other"]);
    survey
}

proptest! {
    #[test]
    fn long_and_wide_hold_the_same_answers(
        first in prop::collection::vec(any_response(every_type()), 1..4),
        second in prop::collection::vec(any_response(second_version()), 0..4),
    ) {
        let responses: Vec<_> = first.into_iter().chain(second).collect();
        let (wide, long) = (wide(&responses, Values::Codes), long(&responses, Values::Codes));
        prop_assert!(wide.rows.iter().all(|row| row.len() == wide.columns.len()));
        prop_assert!(long.rows.iter().all(|row| row.len() == long.columns.len()));
        prop_assert_eq!(facts_of_wide(&wide), facts_of_long(&long, &[every_type(), second_version()]));
    }
}
