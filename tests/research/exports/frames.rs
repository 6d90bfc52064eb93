//! Files of columns: Parquet and Arrow.

use dxpulse::research::exports::{Format, Style};
use dxpulse::response::table::Values;
use tempfile::tempdir;

use super::dataset::awkward;
use super::readers::{python, rows};
use super::tables::expected;
use super::written;

#[test]
fn pyarrow_reads_columns_back_with_their_types_questions_and_labels() {
    let (folder, dataset) = (tempdir().unwrap(), awkward(false));
    for format in [Format::Parquet, Format::Arrow] {
        for (values, labels) in [(Values::Codes, false), (Values::Labels, true)] {
            let file = written(format, &dataset, Style { values, ..Style::default() }, folder.path());
            let found = python(format.name(), &file);
            assert_eq!(rows(&found), expected(&dataset, labels, ["false", "true"]), "{format:?}");
            let kind = |name: &str| found["fields"][name]["holds"].as_str().unwrap().to_owned();
            let text = "dictionary<values=string, indices=int32, ordered=0>";
            assert_eq!(["wave", "tool", "nps.missing"].map(kind), [text; 3]);
            let points = if labels { [text, text] } else { ["int16", "bool"] };
            assert_eq!(["ease", "calm"].map(kind), points);
            assert_eq!(["nps", "order.first", "hours", "since"].map(kind), ["int16", "int16", "double", "date32[day]"]);
            let ease = &found["fields"]["ease"];
            assert_eq!(ease["title"], "Wie läuft es mit \"ease\" <&>?");
            assert_eq!((&ease["question"], &ease["type"]), (&"ease".into(), &"rating".into()));
            let labels: serde_json::Value = serde_json::from_str(ease["labels"].as_str().unwrap()).unwrap();
            assert_eq!(labels["5"], "sehr \"leicht\"");
            assert_eq!(found["about"]["title"], "Pulse <2026> & \"größer\"");
            if format == Format::Parquet {
                assert_eq!(found["compression"], "ZSTD");
            }
        }
    }
}
