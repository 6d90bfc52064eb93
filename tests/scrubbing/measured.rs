//! What is measured, and what holds for any text.

use std::collections::BTreeSet;

use dxpulse::developer::scrubbing::{Kind, find, replaced};
use proptest::prelude::*;

use crate::corpus::{Case, read};
use crate::tally::measure;

/// The least precision, the least recall, and the least share of sentences with nothing to find that are left alone.
struct Floor {
    precision: f64,
    recall: f64,
    left_alone: f64,
}

#[expect(clippy::print_stdout, reason = "the figures are what the test is for")]
fn assert_floor(name: &str, cases: &[Case], floor: &Floor) {
    let measured = measure(cases);
    let report = measured.lines.join("\n");
    println!("{name}\n{report}\n");
    let is_met = measured.all.precision() >= floor.precision
        && measured.all.recall() >= floor.recall
        && measured.left_alone >= floor.left_alone;
    assert!(is_met, "below {:.3}, {:.3} and {:.3}:\n{report}", floor.precision, floor.recall, floor.left_alone);
}

#[test]
fn what_the_rules_were_written_with_is_found_and_the_rest_is_left_alone() {
    assert_floor("corpus", &read("corpus"), &Floor { precision: 0.99, recall: 0.99, left_alone: 0.99 });
}

#[test]
fn what_was_written_afterwards_is_found_almost_as_well() {
    assert_floor("held out", &read("held-out"), &Floor { precision: 0.95, recall: 0.95, left_alone: 0.97 });
}

#[test]
fn no_sentence_stands_twice_and_every_kind_is_measured() {
    let cases = [read("corpus"), read("held-out")].concat();
    let texts: BTreeSet<&str> = cases.iter().map(|case| case.text.as_str()).collect();
    assert_eq!(texts.len(), cases.len());
    for kind in Kind::ALL {
        assert!(cases.iter().flat_map(|case| &case.wanted).any(|finding| finding.kind == kind), "{kind:?}");
    }
}

#[test]
fn nothing_is_found_in_what_was_replaced() {
    for case in read("corpus").iter().chain(&read("held-out")) {
        let replaced = replaced(&case.text, &find(&case.text));
        assert_eq!(find(&replaced), [], "{replaced}");
    }
}

/// Pieces of what is looked for, so that chance puts them together in ways nobody would.
const PIECES: &str = "\
    @ alice .com example 10.0.0.1 :// https a@b.c /home/ ~ \\ \\\\ C:\\Users\\ password = : token -----BEGIN PRIVATE KEY----- +49 030 ( ) \
    eyJ ghp_ 12 345 6789 build-7 .internal :: fe80 日本語 は 👩‍💻 ü é ' \" ` [e-mail] [secret]";

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_text_can_be_looked_through(
        pieces in prop::collection::vec((prop::sample::select(PIECES.split(' ').collect::<Vec<_>>()), any::<bool>()), 0..24),
        anything in any::<String>(),
    ) {
        let together: String = pieces.iter().map(|(piece, apart)| format!("{piece}{}", if *apart { " " } else { "" })).collect();
        for text in [together, anything] {
            let found = find(&text);
            for finding in &found {
                prop_assert!(text.get(finding.range.clone()).is_some_and(|words| !words.is_empty()), "{finding:?} in {text:?}");
            }
            prop_assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{found:?}");
            prop_assert_eq!(replaced(&text, &found).matches('\n').count() <= text.matches('\n').count(), true);
        }
    }
}
