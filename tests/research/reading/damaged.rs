//! Files that broke off or have a byte changed: read or refused, and nothing else.

use std::fs;
use std::path::Path;

use dxpulse::research::data::Builder;
use dxpulse::research::exports::{Format, Style};
use dxpulse::research::sources::{Mapping, SourceError, read_table};

use crate::report::Place;

const MAPPING: &str = r#"
table = "damaged"
survey = "pulse"
wave = { column = "wave" }
segments = { team = { column = "team" } }

[[items]]
id = "nps"
type = "nps"
column = "nps"

[[items]]
id = "ci"
type = "rating"
column = "ci"

[[items]]
id = "barriers"
type = "multi"
columns = { docs = "barriers.docs" }
"#;

/// Every so many bytes one is changed, or the file ends.
const STEP: usize = 5;

fn read(mapping: &Path) -> Result<usize, SourceError> {
    let mut builder = Builder::new("pulse", "", "en");
    read_table(mapping, (&Mapping::read(mapping)?, None), &mut builder)?;
    Ok(builder.finish().len())
}

#[test]
fn a_damaged_file_is_refused_and_nothing_panics() {
    let place = Place::new();
    let mut builder = Builder::new("pulse", "", "en");
    let answers = place.path().join("pulse.toml");
    read_table(&answers, (&Mapping::read(&answers).unwrap(), None), &mut builder).unwrap();
    let dataset = builder.finish();
    let (mapping, file) = (place.path().join("damaged.toml"), place.path().join("damaged"));
    fs::write(&mapping, MAPPING).unwrap();
    for format in [Format::Parquet, Format::Arrow] {
        let mut whole = Vec::new();
        format.write(&dataset, Style::default(), &mut whole, &mut |_| ()).unwrap();
        let outcome = |bytes: &[u8]| {
            fs::write(&file, bytes).unwrap();
            read(&mapping)
        };
        assert_eq!(outcome(&whole).unwrap(), 240, "{format:?}");
        for length in (0..whole.len()).step_by(STEP) {
            let error = outcome(&whole[..length]).unwrap_err().to_string();
            assert!(error.contains("it can't be read") || length < 8, "{format:?} of {length} bytes: {error}");
        }
        let mut refused = 0;
        for at in (0..whole.len()).step_by(STEP) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            // What isn't read may be damaged, and a changed answer may still be one.
            refused += usize::from(outcome(&bytes).is_err());
        }
        assert!(refused > whole.len() / STEP / 3, "{format:?}: {refused} of {}", whole.len() / STEP);
    }
}

#[test]
fn a_program_says_that_a_file_is_damaged_without_the_words_of_a_panic() {
    let place = Place::new();
    place.printed(&["export", "pulse.toml", "-o", "damaged.arrow"]);
    let whole = fs::read(place.path().join("damaged.arrow")).unwrap();
    fs::write(place.path().join("damaged.toml"), MAPPING).unwrap();
    let mut said = Vec::new();
    for at in (0..whole.len()).step_by(whole.len() / 60) {
        let mut bytes = whole.clone();
        bytes[at..].iter_mut().take(8).for_each(|byte| *byte ^= 0xff);
        fs::write(place.path().join("damaged"), &bytes).unwrap();
        let output = place.run(&["show", "damaged.toml"]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)) && !told.contains("panicked"), "{at}: {told}");
        said.push(told);
    }
    assert!(said.iter().any(|told| told.contains("it is damaged") && told.contains("help: write it again")), "{said:?}");
}
