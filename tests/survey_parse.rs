//! What the language means, that nothing makes the parser panic, and that it points into the file.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use dxpulse::survey::parse::{id, parse, render};
use dxpulse::survey::privacy::Coarseness;
use dxpulse::survey::trigger::{ExitStatus, Trigger};
use dxpulse::survey::wave::{Cadence, Wave};
use dxpulse::survey::{Direction, Kind, Length, Measure, Name, Scale, Survey};
use proptest::prelude::*;

#[path = "../fuzz/properties/mod.rs"]
mod properties;

fn good(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/surveys/good/{name}.toml")))
        .expect("the survey is readable")
}

fn everything() -> String {
    good("everything")
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
fn waves_privacy_segments_and_trigger_are_read_as_they_are_written() {
    let survey = survey(&good("occasions"));
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    let Some(Wave::Windows(windows)) = &survey.wave else { panic!("there are windows") };
    let windows: Vec<_> = windows.iter().map(|window| (window.id.as_str(), window.opens, window.closes)).collect();
    assert_eq!(windows, [("2026-spring", day(3, 1), day(3, 14)), ("2026-autumn", day(9, 1), day(9, 1))]);
    let privacy = &survey.privacy;
    assert_eq!((privacy.smallest_group, privacy.smallest_comment_group, privacy.population), (12, 15, Some(400)));
    assert_eq!((privacy.comments, privacy.time), (false, Coarseness::Week));
    assert_eq!(privacy.segments.iter().map(Name::as_str).collect::<Vec<_>>(), ["tenure", "organisation_unit"]);
    let parents = survey.segments[0].values.iter().map(|value| value.parent.as_ref().map(|code| code.as_str()));
    assert_eq!(parents.collect::<Vec<_>>(), [Some("0-2"), Some("0-2"), Some("5+"), None]);
    assert_eq!(survey.segments[0].label.as_ref().map(|label| label.get("de")), Some("Zeit bei uns"));
    assert_eq!(
        survey.trigger,
        Some(Trigger {
            commands: vec!["deployctl *".to_owned(), "kubectl apply *".to_owned()],
            events: vec!["deploy.finished".to_owned(), "rollback_2".to_owned()],
            exit_status: ExitStatus::Failure,
            min_duration_s: 30,
            sample: Some(0.25),
            nth_use: Some(3),
            first_success: true,
            directories: vec!["~/src/*".to_owned()],
            repositories: vec!["github.com/acme/*".to_owned()],
            cooldown_days: Some(0),
            most_prompts: Some(5),
        })
    );
    assert_eq!(survey.grace_days, Some(0));
}

#[test]
fn one_wave_is_a_cadence_or_days_and_the_smallest_groups_have_usual_values() {
    let with = |blocks: &str| {
        let question = "[[question]]\nid = \"q\"\ntype = \"boolean\"\ntext = \"Yes?\"\n";
        survey(&format!("id = \"one\"\ntitle = \"One\"\n{blocks}\n{question}"))
    };
    let cadences = ["monthly", "quarterly", "yearly", "evergreen"];
    let read = cadences.map(|cadence| with(&format!("[wave]\ncadence = \"{cadence}\"")).wave);
    let all = [Cadence::Monthly, Cadence::Quarterly, Cadence::Yearly, Cadence::Evergreen];
    assert_eq!(read, all.map(|cadence| Some(Wave::Every(cadence))));
    let one = with("[wave]\nid = \"trial\"\nopens = 2026-03-01\ncloses = 2026-03-01").wave;
    assert!(matches!(one, Some(Wave::Windows(windows)) if windows.len() == 1 && windows[0].id.as_str() == "trial"));
    for (written, groups) in [("", (5, 10)), ("smallest_group = 3", (3, 10)), ("smallest_group = 20", (20, 20))] {
        let privacy = with(&format!("[privacy]\n{written}")).privacy;
        assert_eq!((privacy.smallest_group, privacy.smallest_comment_group), groups, "{written}");
    }
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
fn the_id_is_read_whatever_is_wrong_below_it() {
    for (source, known) in [
        (everything().as_str(), Some("everything")),
        ("\u{feff}id = \"a\"\r\ntitle = 1\r\n[[question]]\n[", Some("a")),
        ("", None),
        ("[[question]]\nid = \"a\"", None),
        ("id = \"a\"\ntitle = \"A", None),
        ("id = \"A B\"", None),
    ] {
        assert_eq!(id(source).as_ref().map(|id| id.as_str()), known, "{source:?}");
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

#[test]
fn an_instrument_becomes_its_items_and_one_that_is_left_out_keeps_its_number() {
    let survey = survey(&good("instruments"));
    let named = |of: &str| -> Vec<String> {
        let items = survey.questions.iter().filter(|question| question.item.as_ref().is_some_and(|item| item.of.as_str() == of));
        items.map(|question| question.id.to_string()).collect()
    };
    assert_eq!(named("usability"), (1..=10).map(|number| format!("usability_{number}")).collect::<Vec<_>>());
    assert_eq!(named("load"), ["load_1", "load_4", "load_6"]);
    assert_eq!(["portal", "short_portal", "whole_load", "ease"].map(|of| named(of).len()), [4, 2, 6, 1]);
    assert!(survey.questions.iter().all(|question| question.required == question.id.as_str().starts_with("usability")));
    let usability = &survey.questions[1..11];
    assert!(usability.iter().all(|question| question.show_if.as_ref().is_some_and(|condition| condition.source() == "used")));
    assert!(usability.iter().all(|question| question.group.is_some() && question.waivers.len() == 1));
    let Kind::Scale { scale, .. } = &survey.questions[1].kind else { panic!("an item of SUS has a scale") };
    assert_eq!((scale.first, scale.last, anchors(scale)), (1, 5, [Some("Strongly disagree"), None, Some("Strongly agree")]));
    let shuffled: Vec<_> = (0..50).map(|seed| survey.present("en", seed).questions).collect();
    assert!(shuffled.iter().all(|questions| questions[1..11].iter().zip(usability).all(|(met, asked)| met.id == asked.id)));
    assert!(shuffled.iter().any(|questions| questions[11].id.as_str() == "after"), "what stands beside them is shuffled");
    let performance = survey.questions.iter().find(|question| question.id.as_str() == "load_4").expect("it is asked");
    assert_eq!(performance.kind, Kind::Number { min: Some(0.0), max: Some(100.0), unit: None, decimals: 0 });
    assert_eq!(performance.help.as_deref(), Some("From 0, perfect, to 100, failure."));
}

#[test]
fn an_instrument_names_its_object_in_every_language_and_dialect_of_the_survey() {
    let survey = survey(&good("instruments"));
    let of = |id: &str| &survey.questions.iter().find(|question| question.id.as_str() == id).expect("it is asked").text;
    let cases = [
        ("usability_2", "en", "I found the developer portal unnecessarily complex."),
        ("usability_2", "de-AT", "Ich fand das Entwicklerportal unnötig komplex."),
        ("usability_2", "de-CH", "Ich fand s Entwicklerportal unnötig komplex."),
        ("usability_2", "ja", "開発者ポータルは不必要に複雑だと感じた。"),
        ("portal_1", "en", "Our docs' capabilities meet my requirements."),
        ("short_portal_1", "en", "This system's capabilities meet my requirements."),
        ("short_portal_2", "de", "Es ist einfach, dieses System zu benutzen."),
        ("ease_1", "ja", "全体として、この作業をやり終えるのは難しかったですか、簡単でしたか。"),
    ];
    for (id, language, text) in cases {
        assert_eq!(of(id).get(language), text, "{id} in {language}");
    }
    let german = "id = \"g\"\ntitle = \"G\"\nlanguage = \"de-AT\"\n[[question]]\nid = \"q\"\ninstrument = \"umux_lite\"\nobject = \"den Katalog\"\n";
    let text = &self::survey(german).questions[1].text;
    assert_eq!(text.original(), "Es ist einfach, den Katalog zu benutzen.");
    assert_eq!(text.get("en"), "This system is easy to use.", "the survey isn't in English, so nobody named the object in it");
}

#[test]
fn the_items_of_instruments_count_among_the_questions() {
    let of = |count: usize| {
        let one = |at: usize| format!("[[question]]\nid = \"u{at}\"\ninstrument = \"sus\"\n");
        format!("id = \"long\"\ntitle = \"Long\"\n{}", (0..count).map(one).collect::<String>())
    };
    assert_eq!(survey(&of(20)).questions.len(), 200);
    let problems = parse(&of(22)).expect_err("220 questions are too many");
    assert_eq!(problems.iter().map(|problem| (problem.code, problem.line)).collect::<Vec<_>>(), [("too-many-questions", 63)]);
}

fn mutated() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        prop::sample::select(vec![
            "[", "]", "{", "}", "\"", "\"\"\"", "=", ",", ".", "\n", "\r", "#", "0", "-1", "true", "\u{202e}", "\u{1b}", "満"
        ])
        .prop_map(str::to_owned),
    ];
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, piece), 1..6);
    (prop::sample::select(vec!["everything", "instruments", "occasions"]), edits).prop_map(|(name, edits)| {
        edits.into_iter().fold(good(name), |text, (place, removed, piece)| {
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
