//! How long and how deep a condition may be.

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
