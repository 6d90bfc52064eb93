//! What fuzzing looks for holds for the surveys of the tests, for its seeds, and for everything that it has found before.

use std::fs;
use std::path::Path;

#[path = "../fuzz/properties/mod.rs"]
mod properties;

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
    for (name, input) in files("fuzz/found/condition") {
        eprintln!("{name}");
        properties::condition::check(&input);
    }
}
