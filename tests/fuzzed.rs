//! What fuzzing looks for holds for the surveys of the tests, for its seeds, and for everything that it has found before.

use std::fs;
use std::path::Path;

#[path = "../fuzz/properties/mod.rs"]
mod properties;

/// Checks everything that fuzzing found for a target.
#[expect(clippy::print_stderr, reason = "the name of an input that fails is shown with the failure")]
fn check_found(target: &str, check: impl Fn(&[u8])) {
    for (name, input) in files(&format!("fuzz/found/{target}")) {
        eprintln!("{name}");
        check(&input);
    }
}

/// Gives the files of a folder of the repository with their contents.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("the folder is readable").path()).filter(|path| path.is_file());
    paths.map(|path| (path.display().to_string(), fs::read(&path).expect("the file is readable"))).collect()
}

#[test]
fn every_survey_and_everything_found_keeps_the_property_of_parsing() {
    let inputs = ["tests/surveys/good", "tests/surveys/bad", "surveys", "fuzz/found/parse"].map(files).concat();
    assert!(inputs.len() > 40, "the surveys were not found");
    for (name, input) in inputs {
        eprintln!("{name}");
        properties::parse::check(&String::from_utf8_lossy(&input));
    }
}

#[test]
fn every_seed_and_everything_found_keeps_the_property_of_conditions() {
    for line in include_str!("../fuzz/words/conditions.txt").lines() {
        for byte in 0..=u8::MAX {
            let answers = [byte, byte.wrapping_mul(7), byte.wrapping_add(9), byte / 3, byte];
            properties::condition::check(&[line.as_bytes(), &[0], &answers].concat());
        }
    }
    check_found("condition", properties::condition::check);
}

#[test]
fn every_change_of_a_submission_is_refused() {
    for length in [0_u16, 1, 3_637, 3_638, 3_639, 7_734, 15_926, 15_927] {
        for version in [0, 1, 255] {
            let [high, low] = length.to_be_bytes();
            properties::frame::check(&[high, low, version]);
            properties::frame::check(&[high, low, version, 1, 98, 0, 1, 140, 7, 255, 255, 1]);
        }
    }
    for length in [256, 259, 354, 4_096, 8_192] {
        properties::frame::check(&vec![2; length]);
    }
    check_found("frame", properties::frame::check);
}

#[test]
fn bundles_and_results_have_one_form_and_are_refused_in_words_that_can_be_shown() {
    let wave = include_str!("../fuzz/words/wave.json");
    let results = include_str!("../fuzz/words/results.json");
    for text in [wave, results] {
        properties::bundle::check(text.as_bytes());
        for (from, to) in
            [("\\n", "\\n\\n"), ("20", "2"), ("pulse", "\\u001b"), ("https", "http"), ("{", "{{"), ("tenure", "role")]
        {
            properties::bundle::check(text.replacen(from, to, 1).as_bytes());
            properties::bundle::check(text.replace(from, to).as_bytes());
        }
    }
    let bundle: serde_json::Value = serde_json::from_str(wave).expect("a bundle");
    let manifest = bundle["manifest"].as_str().expect("a manifest");
    properties::bundle::check(manifest.as_bytes());
    check_found("bundle", properties::bundle::check);
}

#[test]
fn payloads_have_one_form_and_scores_hold_no_words() {
    for line in include_str!("../fuzz/words/payloads.txt").lines() {
        assert!(properties::payload::check(line.as_bytes()), "{line}");
        for (from, to) in [("3", "3.0"), (":{", ":{\"nps\":1,"), ("\"dev\"", "\"own words\""), ("null", "{}")] {
            properties::payload::check(line.replacen(from, to, 1).as_bytes());
        }
    }
    check_found("payload", |input| _ = properties::payload::check(input));
}

#[test]
fn receipts_closings_and_ledgers_prove_only_what_was_signed() {
    for line in include_str!("../fuzz/words/proofs.txt").lines() {
        properties::proof::check(line.as_bytes());
    }
    let ledger: Vec<u8> = (0..5_u8).flat_map(|entry| [entry; 64]).collect();
    for bytes in [&ledger[..], &ledger[64..], &ledger[1..], &ledger.repeat(2), &[]] {
        properties::proof::check(bytes);
    }
    check_found("proof", properties::proof::check);
}
