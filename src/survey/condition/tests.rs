//! What conditions come to, above all where answers are missing; and how long and how deep one may be.

use std::thread;

use super::{Condition, Facts, MOST_BYTES, MOST_CHAINED, MOST_NESTED, Value};

fn nested(open: &str, inner: &str, close: &str, times: u16) -> String {
    let times = usize::from(times);
    format!("{}{inner}{}", open.repeat(times), close.repeat(times))
}

fn chained(first: &str, more: &str, times: usize) -> String {
    format!("{first}{}", more.repeat(times))
}

#[test]
fn what_is_too_long_or_too_deep_is_refused_and_a_little_less_is_read() {
    let (most, chained_most) = (MOST_NESTED, MOST_CHAINED);
    for (too_much, enough) in [
        (format!("{:>1$}", "q", MOST_BYTES + 1), format!("{:>1$}", "q", MOST_BYTES)),
        (nested("(1 + ", "q", ")", most + 1), nested("(1 + ", "q", ")", most)),
        (nested("[", "q", "]", most + 1), nested("[", "q", "]", most)),
        (nested("size(", "q", ")", most + 1), nested("size(", "q", ")", most)),
        (chained("q", "+1", chained_most), chained("q", "+1", chained_most - 1)),
        (chained("f()", ".a", chained_most), chained("f()", ".a", chained_most - 1)),
        (chained("", "!-", chained_most / 2) + "q", chained("!", "-!", chained_most / 2 - 1) + "q"),
    ] {
        let refused = Condition::new(&too_much).expect_err(&too_much);
        assert!(refused.at <= too_much.len() && !refused.message.contains("recursion"), "{refused:?}");
        assert!(Condition::new(&enough).is_ok(), "{enough}");
    }
    assert!(Condition::new(&chained("q", " || q", 180)).is_ok(), "what joins many is no deeper than a few");
}

/// The threads of a program have two megabytes; a quarter of that must do, built without optimising.
#[test]
fn asking_the_deepest_conditions_takes_little_stack() {
    let deepest = [
        chained("q", "+1", MOST_CHAINED - 1),
        chained("q", "[0]", MOST_CHAINED - 1),
        chained("q", ".f()", MOST_CHAINED - 1),
        chained("", "q ? 1 : ", MOST_CHAINED - 1) + "q",
        chained("", "!-", MOST_CHAINED / 2 - 1) + "q",
        nested("size([", "q", "])", MOST_NESTED / 2),
        nested("[q].exists(x, ", "x == q", ")", MOST_NESTED - 1),
    ];
    let ask = move || {
        let mut facts = Facts::default();
        facts.insert("q", Value::Bool(true));
        for source in &deepest {
            let condition = Condition::new(source).unwrap_or_else(|refused| panic!("{source}: {refused:?}"));
            assert!(condition.names().contains(&"q"), "{source}");
            condition.ask(&facts);
        }
    };
    thread::Builder::new().stack_size(512 * 1024).spawn(ask).expect("a thread starts").join().expect("nothing fails");
}

#[test]
fn the_place_of_a_mistake_is_that_of_its_line() {
    for (source, rest) in [("a == ) b", ") b"), ("a == 1 &&\n  b == ) c", ") c"), ("'ä' == 'ö' && ) c", ") c")] {
        let refused = Condition::new(source).expect_err(source);
        assert_eq!(&source[refused.at..], rest, "{refused:?}");
    }
}

/// With `nps` missing, `role` answered "dev" and `tools` answered with two codes.
#[test]
fn a_missing_answer_is_an_error_that_and_and_or_absorb_and_an_error_at_the_end_is_false() {
    let mut facts = Facts::default();
    facts.insert("role", Value::String("dev".to_owned()));
    facts.insert("tools", Value::List(vec!["ci".to_owned(), "docs".to_owned()]));
    facts.insert("parts", Value::Points([("ci".to_owned(), 4)].into()));
    facts.insert("hours", Value::Double(1.5));
    facts.insert("since", Value::String("2026-03-31".to_owned()));
    facts.insert("lead", Value::Bool(false));
    for (source, comes_to) in [
        ("nps <= 6", None),
        ("!(nps <= 6)", None),
        ("nps != 3", None),
        ("nps == 3", None),
        ("!answered(nps) || nps > 6", Some(true)),
        ("answered(nps)", Some(false)),
        ("answered(nps) && nps > 6", Some(false)),
        ("answered(role)", Some(true)),
        ("nps > 6 || role == 'dev'", Some(true)),
        ("role == 'dev' || nps > 6", Some(true)),
        ("nps > 6 || role == 'ops'", None),
        ("nps > 6 && role == 'ops'", Some(false)),
        ("role == 'ops' && nps > 6", Some(false)),
        ("nps > 6 && role == 'dev'", None),
        ("nps > 6 ? true : true", None),
        ("role == 'dev' ? true : nps > 6", Some(true)),
        ("nps in [9, 10]", None),
        ("'ci' in tools && !('tests' in tools)", Some(true)),
        ("size(tools) == 2", Some(true)),
        ("parts.ci >= 4", Some(true)),
        ("parts.docs >= 4", None),
        ("parts.docs >= 4 || parts.ci >= 4", Some(true)),
        ("hours > 1.0 && hours < 2.0", Some(true)),
        ("since < '2026-04-01'", Some(true)),
        ("lead", Some(false)),
        ("!lead", Some(true)),
        ("1 / 0 == 1", None),
        ("1 / 0 == 1 || true", Some(true)),
    ] {
        let condition = Condition::new(source).unwrap_or_else(|refused| panic!("{source}: {refused:?}"));
        assert_eq!(condition.ask(&facts), comes_to, "{source}");
        assert_eq!(condition.holds(&facts), comes_to == Some(true), "{source}");
    }
}
