//! What a dataset holds of responses.

use serde_json::{Map, Value as Json, json};

use super::*;
use crate::response::{Missing, json as shape};
use crate::survey::{Survey, parse};

const PULSE: &str = r#"
id = "pulse"
version = 1
title = "Pulse"

[[question]]
id = "nps"
type = "nps"
text = "How likely are you to recommend the platform?"

[[question]]
id = "barriers"
type = "multi"
text = "What slowed you down in the last week?"
choices = [{ code = "docs", label = "Docs" }, { code = "ci", label = "CI" }]

[[question]]
id = "why"
type = "text"
text = "Why?"
"#;

fn survey(source: &str) -> Survey {
    parse::parse(source).unwrap()
}

fn object(value: Json) -> Map<String, Json> {
    if let Json::Object(object) = value { object } else { Map::new() }
}

fn wave(name: &str, day: u32) -> Wave {
    let opens = NaiveDate::from_ymd_opt(2026, 1, day);
    Wave { name: name.into(), opens, closes: None, invited: Some(20), classes: Vec::new(), is_open: false }
}

fn add(surveyed: &Surveyed, builder: &mut Builder, [answers, missing]: [Json; 2], team: &str) {
    let (replies, strange) = shape::from_objects(surveyed.survey(), &object(answers), &object(missing));
    assert!(strange.is_empty(), "{strange:?}");
    let facts = Facts { segments: vec![("team".into(), team.into())], ..Facts::default() };
    surveyed.add(&replies, &facts, builder).unwrap();
}

#[test]
fn answers_of_two_waves_stand_in_one_column_and_what_was_not_asked_says_so() {
    let mut builder = Builder::new("pulse", "Pulse", "en");
    let later = builder.wave(wave("2026-Q2", 20));
    let longer = PULSE.replace(
        "[[question]]\nid = \"why\"",
        "[[question]]\nid = \"calm\"\ntype = \"boolean\"\ntext = \"Was it calm?\"\n\n[[question]]\nid = \"why\"",
    );
    let second = Surveyed::new(survey(&longer), later, &mut builder).unwrap();
    add(&second, &mut builder, [json!({ "nps": 9, "calm": true }), json!({ "barriers": "skipped" })], "web");
    let earlier = builder.wave(wave("2026-Q1", 1));
    let first = Surveyed::new(survey(PULSE), earlier, &mut builder).unwrap();
    add(&first, &mut builder, [json!({ "barriers": ["ci"] }), json!({ "nps": "dont_know" })], "api");
    let dataset = builder.finish();

    assert_eq!(dataset.waves.iter().map(|wave| wave.name.as_str()).collect::<Vec<_>>(), ["2026-Q1", "2026-Q2"]);
    assert_eq!(dataset.wave_of, [1, 0]);
    assert_eq!(dataset.grouping("team").unwrap().column, [1, 0]);
    let values = |name: &str| [0, 1].map(|row| dataset.variable(name).unwrap().column.value(row));
    let skipped = Value::Absent(Absent::Missing(Missing::Skipped));
    assert_eq!(values("nps"), [Value::Level(9), Value::Absent(Absent::Missing(Missing::DontKnow))]);
    assert_eq!(values("barriers.ci"), [skipped, Value::Level(1)]);
    assert_eq!(values("barriers.docs"), [skipped, Value::Level(0)]);
    assert_eq!(values("calm"), [Value::Level(1), Value::Absent(Absent::NotAsked)]);
    assert!(dataset.variable("why").is_none(), "own words stand apart");
}

#[test]
fn a_trend_breaks_where_the_wording_does_unless_its_author_says_that_it_goes_on() {
    let reworded = PULSE.replace("How likely are you", "How likely would you be");
    let goes_on = reworded.replace("type = \"nps\"", "type = \"nps\"\ntrend = \"continue\"");
    let comparable = |after: &str| {
        let mut builder = Builder::new("pulse", "Pulse", "en");
        for (at, source) in [PULSE, after, after].into_iter().enumerate() {
            let wave = builder.wave(wave(&format!("w{at}"), 1 + u32::try_from(at).unwrap()));
            Surveyed::new(survey(source), wave, &mut builder).unwrap();
        }
        let dataset = builder.finish();
        let nps = dataset.variable("nps").unwrap();
        [nps.is_comparable(0, 1), nps.is_comparable(1, 2), nps.is_comparable(0, 2)]
    };
    assert_eq!(comparable(PULSE), [true, true, true]);
    assert_eq!(comparable(&reworded), [false, true, false]);
    assert_eq!(comparable(&goes_on), [true, true, true]);
}

#[test]
fn every_kind_of_absence_has_a_code_and_a_name_of_its_own() {
    for kind in Absent::all() {
        assert_eq!((Absent::of(kind.code()), Absent::named(kind.name())), (Some(kind), Some(kind)));
    }
    assert!(usize::from(Absent::all().map(Absent::code).min().unwrap()) >= MOST_LEVELS);
}

#[test]
fn comments_are_shuffled_in_a_way_that_follows_from_what_they_say() {
    let words = ["a", "b", "c", "d", "e", "f"];
    let shuffled = |words: &[&str]| {
        let mut builder = Builder::new("pulse", "Pulse", "en");
        let waves = [wave("2026-Q2", 20), wave("2026-Q1", 1)].map(|wave| builder.wave(wave));
        for text in words {
            for (wave, question) in [(waves[0], "why"), (waves[1], "why"), (waves[1], "wish")] {
                builder.comment(Comment { wave, question: question.into(), text: (*text).into() });
            }
        }
        let all = builder.finish().comments;
        all.chunks(words.len()).map(|of| of.iter().map(|comment| comment.text.as_str()).collect()).collect::<Vec<String>>()
    };
    // By the SHA-256 of wave, question and text, each behind its length in eight bytes, as Python's hashlib gives it.
    let expected = ["fcaebd", "cafdbe", "dcfbae"];
    assert_eq!(shuffled(&words), expected);
    assert_eq!(shuffled(&words.iter().rev().copied().collect::<Vec<_>>()), expected);
}

#[test]
fn of_a_wave_that_is_left_out_nothing_is_left() {
    let mut builder = Builder::new("pulse", "Pulse", "en");
    let place = builder.variable(Variable::new("tool", VariableKind::Choice)).unwrap();
    let only = builder.variable(Variable::new("only", VariableKind::YesNo)).unwrap();
    let asked = || Asked { hash: String::new(), continues: true };
    let team = builder.grouping("team", Source::Segment);
    builder.label_group(team, "planned", "A team that nobody is in yet").unwrap();
    for (name, day, answers, tool) in
        [("2026-Q1", 1, 6, "vim"), ("2026-Q2", 10, 4, "ed"), ("2026-Q3", 20, 0, "joe"), ("2026-Q4", 25, 5, "nano")]
    {
        let wave = builder.wave(wave(name, day));
        builder.asks(wave, place, asked());
        if name == "2026-Q2" {
            builder.asks(wave, only, asked());
        }
        for _ in 0..answers {
            builder.begin(wave);
            let level = builder.level(place, tool).unwrap();
            builder.set(place, Value::Level(level));
            builder.group(team, tool).unwrap();
        }
        builder.comment(Comment { wave, question: "why".into(), text: tool.into() });
    }
    let (dataset, left_out) = builder.finish().without_small_waves();
    assert_eq!(left_out, ["2026-Q2"], "nobody answered the third, so that nothing was left out of it");
    let words = |levels: &[Level]| levels.iter().map(|level| level.code.clone()).collect::<Vec<_>>();
    assert_eq!(dataset.waves.iter().map(|wave| wave.name.as_str()).collect::<Vec<_>>(), ["2026-Q1", "2026-Q4"]);
    assert_eq!(words(&dataset.grouping("team").unwrap().levels), ["nano", "planned", "vim"]);
    let tool = dataset.variable("tool").unwrap();
    assert_eq!((words(&tool.levels), tool.asked.len()), (["nano", "vim"].map(str::to_owned).to_vec(), 2));
    assert!(dataset.variable("only").is_none(), "only the wave that is left out asked for it");
    assert_eq!(
        dataset.comments.iter().map(|comment| (comment.wave, comment.text.as_str())).collect::<Vec<_>>(),
        [(0, "vim"), (1, "nano")]
    );
    for row in 0..11 {
        let expected = usize::from(dataset.wave_of[row] == 0);
        let team = dataset.grouping("team").unwrap();
        assert_eq!(tool.column.value(row), Value::Level(u8::try_from(expected).unwrap()));
        assert_eq!(team.levels[usize::from(team.column[row])].code, ["nano", "vim"][expected]);
    }
    let (same, none) = dataset.clone().without_small_waves();
    assert!(same == dataset && none.is_empty());
}

#[test]
fn waves_without_days_stand_in_the_order_people_count_in() {
    let mut builder = Builder::new("pulse", "Pulse", "en");
    for name in ["Sprint 10", "Sprint 9", "Sprint 009", "2026-W9", "Sprint", "2026-W41", "Été 2"] {
        builder.wave(Wave { opens: None, ..wave(name, 1) });
    }
    let dataset = builder.finish();
    let names: Vec<&str> = dataset.waves.iter().map(|wave| &*wave.name).collect();
    assert_eq!(names, ["2026-W9", "2026-W41", "Sprint", "Sprint 009", "Sprint 9", "Sprint 10", "Été 2"]);
}
