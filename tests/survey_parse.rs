//! What the language means, that nothing makes the parser panic, and that it points into the file.

use std::fs;
use std::path::Path;

use dxpulse::survey::parse::{head, parse, render};
use dxpulse::survey::{Direction, Kind, Length, Measure, Scale, Survey};
use proptest::prelude::*;

#[path = "../fuzz/properties/mod.rs"]
mod properties;

fn everything() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/surveys/good/everything.toml"))
        .expect("the survey is readable")
}

fn survey(source: &str) -> Survey {
    parse(source).unwrap_or_else(|problems| panic!("{}", render(&problems, "survey.toml", source, false)))
}

/// Reads the only question of a survey that has nothing but a type, a text and these keys.
fn kind(keys: &str) -> Kind {
    let source = format!("id = \"one\"\ntitle = \"One\"\n[[question]]\nid = \"q\"\ntext = \"Which?\"\n{keys}");
    survey(&source).questions.remove(0).kind
}

fn scale(keys: &str) -> (Measure, Scale) {
    match kind(keys) {
        Kind::Scale { measure, scale } => (measure, scale),
        other => panic!("{keys} is {other:?}"),
    }
}

fn anchors(scale: &Scale) -> [Option<&str>; 3] {
    [scale.anchors.low.as_deref(), scale.anchors.mid.as_deref(), scale.anchors.high.as_deref()]
}

#[test]
fn a_survey_with_every_type_and_key_is_read() {
    let survey = survey(&everything());
    let names: Vec<&str> = survey.questions.iter().map(|question| question.kind.name()).collect();
    let types = "note nps rating rating likert likert csat ces single multi ranking matrix text text number boolean date";
    assert_eq!(names.join(" "), types);
    assert_eq!((survey.version, survey.language.as_str(), survey.minutes), (3, "en-GB", Some(12.5)));
    let introduction = "Every type and every key, once.\nTwo lines: this is the second.";
    assert_eq!(survey.introduction.as_deref(), Some(introduction));
    let nps = &survey.questions[1];
    assert!(nps.required && nps.allow.not_applicable && nps.allow.prefer_not_to_say && nps.allow.dont_know);
    assert_eq!(survey.questions[2].help.as_deref(), Some("Think of the last page you looked for."));
    let role: Vec<_> = survey.questions[8].kind.choices().iter().map(|c| (c.code.as_str(), c.other, c.pin)).collect();
    assert_eq!(role, [("backend", false, false), ("C++", false, false), ("other", true, true)]);
    let Kind::Multi { choices, min: 1, max: 2 } = &survey.questions[9].kind else { panic!("the bounds are 1 and 2") };
    assert_eq!(choices.iter().map(|choice| choice.exclusive).collect::<Vec<_>>(), [false, false, true]);
}

#[test]
fn the_same_survey_is_read_from_lines_that_end_in_carriage_return_and_line_feed_after_a_byte_order_mark() {
    let windows = format!("\u{FEFF}{}", everything().replace('\n', "\r\n"));
    assert_eq!(survey(&windows), survey(&everything()));
}

#[test]
fn what_a_survey_leaves_unsaid_has_its_usual_value() {
    let survey = survey("id = \"one\"\ntitle = \"One\"\n[[question]]\nid = \"q\"\ntype = \"boolean\"\ntext = \"Yes?\"\n");
    assert_eq!((survey.version, survey.language.as_str(), survey.minutes), (1, "en", None));
    assert!(!survey.questions[0].required && survey.questions[0].allow == Default::default());
    let agreement = [Some("Strongly disagree"), Some("Neither agree nor disagree"), Some("Strongly agree")];
    let cases = [
        ("nps", (0, 10), [Some("Not at all likely"), None, Some("Extremely likely")]),
        ("rating", (1, 5), [None; 3]),
        ("likert", (1, 5), agreement),
        ("csat", (1, 5), [Some("Very dissatisfied"), Some("Neither satisfied nor dissatisfied"), Some("Very satisfied")]),
        ("ces", (1, 7), agreement),
    ];
    for (name, ends, words) in cases {
        let (measure, scale) = scale(&format!("type = \"{name}\""));
        assert_eq!((measure.name(), (scale.first, scale.last), anchors(&scale)), (name, ends, words));
        assert_eq!(scale.direction, Direction::HigherIsBetter);
    }
    let rows = "type = \"matrix\"\nrows = [{ code = \"a\", label = \"A\" }]";
    let Kind::Matrix { scale, .. } = kind(rows) else { panic!("it is a matrix") };
    assert_eq!(((scale.first, scale.last), anchors(&scale)), ((1, 5), [None; 3]));
    let choices = "choices = [{ code = \"a\", label = \"A\" }, { code = \"b\", label = \"B\" }]";
    assert!(matches!(kind(&format!("type = \"multi\"\n{choices}")), Kind::Multi { min: 1, max: 2, .. }));
    assert_eq!(kind("type = \"text\""), Kind::Text { length: Length::Short, max_length: 240 });
    assert_eq!(kind("type = \"text\"\nlength = \"long\""), Kind::Text { length: Length::Long, max_length: 2_000 });
    assert_eq!(kind("type = \"number\""), Kind::Number { min: None, max: None, unit: None, decimals: 0 });
    assert_eq!(kind("type = \"date\""), Kind::Date { min: None, max: None });
}

#[test]
fn a_scale_has_a_middle_only_where_its_points_are_odd_and_own_words_replace_the_usual_ones() {
    let (_, even) = scale("type = \"likert\"\npoints = 4");
    assert_eq!((even.last, anchors(&even)), (4, [Some("Strongly disagree"), None, Some("Strongly agree")]));
    let (_, own) = scale("type = \"csat\"\nanchors = { low = \"Bad\", high = \"Good\" }");
    assert_eq!(anchors(&own), [Some("Bad"), None, Some("Good")]);
    let (_, labelled) = scale("type = \"likert\"\npoints = 2\nlabels = [\"No\", \"Yes\"]\ndirection = \"lower_is_better\"");
    assert_eq!((labelled.labels.len(), anchors(&labelled), labelled.direction), (2, [None; 3], Direction::LowerIsBetter));
}

#[test]
fn the_head_of_a_survey_is_that_of_the_whole() {
    let head = head(&everything()).expect("the head is readable");
    let whole = survey(&everything());
    assert_eq!((&head.id, head.version, &head.title), (&whole.id, whole.version, &whole.title));
    assert_eq!((&head.introduction, &head.owner), (&whole.introduction, &whole.owner));
    assert_eq!((&head.language, head.minutes), (&whole.language, whole.minutes));
}

#[test]
fn a_head_without_id_or_title_or_toml_is_none() {
    for source in
        ["", "[[question]]", "id = \"a\"", "title = \"A\"\n[x]", "id = \"a\"\ntitle = \"A", "id = \"A B\"\ntitle = \"A\""]
    {
        assert_eq!(head(source), None, "{source:?}");
    }
}

#[test]
fn deep_nesting_and_long_key_paths_are_refused_without_overflowing_the_stack() {
    let dotted = vec!["a"; 79].join(".");
    let cases = [
        "[".repeat(256 * 1024),
        format!("a = {}", "[".repeat(200_000)),
        format!("a = {}", "{a = ".repeat(50_000)),
        format!("a = {}", "[{a = ".repeat(40_000)),
        format!("{}a = 1", "a.".repeat(100_000)),
        format!("[{}a]", "a.".repeat(100_000)),
        format!("a = {{ {}a = 1 }}", "a.".repeat(100_000)),
        format!("{dotted} = {}1{}", format!("{{ {dotted} = ").repeat(78), "}".repeat(78)),
        format!("[{dotted}]\n{dotted} = {}1{}", format!("{{ {dotted} = ").repeat(78), "}".repeat(78)),
        format!("[[{dotted}]]\n").repeat(1_500),
        "a".repeat(250_000),
        "\u{202e}a".repeat(60_000),
        "a=\n".repeat(80_000),
    ];
    for source in cases {
        let problems = parse(&source).expect_err("it is no survey");
        render(&problems, "deep.toml", &source, true);
    }
}

/// Without an answer, such a name would be a type, and `null_type != "a"` would hold.
#[test]
fn no_question_has_the_name_of_a_type_of_conditions() {
    for name in ["bool", "bytes", "double", "int", "list", "map", "null_type", "optional_type", "string", "type", "uint"] {
        let source = format!("id = \"one\"\ntitle = \"One\"\n[[question]]\nid = \"{name}\"\ntype = \"nps\"\ntext = \"Which?\"\n");
        let problems = parse(&source).expect_err(name);
        assert_eq!(problems[0].code, "reserved-id", "{name}");
    }
}

fn mutated() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        prop::sample::select(vec![
            "[", "]", "{", "}", "\"", "\"\"\"", "=", ",", ".", "\n", "\r", "#", "0", "-1", "true", "\u{202e}", "\u{1b}", "満"
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, piece), 1..6).prop_map(|edits| {
        edits.into_iter().fold(everything(), |text, (place, removed, piece)| {
            let start = place.index(text.chars().count());
            let kept = text.chars().skip(start + removed);
            text.chars().take(start).chain(piece.chars()).chain(kept).collect()
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_refused_without_a_panic_and_with_places_inside_it(source in "\\PC{0,200}|(\\p{any}|[\\[\\]{}=\".,\n]){0,80}") {
        properties::parse::check(&source);
    }

    #[test]
    fn a_damaged_survey_is_read_or_refused_with_places_inside_it(source in mutated()) {
        properties::parse::check(&source);
    }
}
