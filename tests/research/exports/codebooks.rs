//! Codebooks, against their specifications.

use dxpulse::research::exports::{Format, Layout, Style};
use dxpulse::response::table::Values;
use tempfile::tempdir;

use super::dataset::awkward;
use super::readers::python;
use super::written;
use crate::report::{MAPPING, Place};

#[test]
fn the_data_package_describes_the_csv_file_beside_it() {
    let (folder, dataset) = (tempdir().unwrap(), awkward(false));
    for values in [Values::Codes, Values::Labels] {
        for (layout, raw) in [(Layout::Wide, false), (Layout::Wide, true), (Layout::Long, false)] {
            let style = Style { layout, values, raw, bom: false };
            written(Format::Csv, &dataset, style, folder.path());
            let found = python("package", &written(Format::DataPackage, &dataset, style, folder.path()));
            assert_eq!((&found["valid"], &found["problems"]), (&true.into(), &serde_json::json!([])), "{style:?}");
        }
    }
}

#[test]
fn the_ddi_codebook_is_well_formed_and_has_every_question_and_category() {
    let (folder, dataset) = (tempdir().unwrap(), awkward(false));
    let found = python("ddi", &written(Format::Ddi, &dataset, Style::default(), folder.path()));
    assert_eq!((&found["title"], &found["cases"]), (&"Pulse <2026> & \"größer\"".into(), &"20".into()));
    let tool = &found["variables"]["tool"];
    assert_eq!(tool["question"], "Wie läuft es mit \"tool\" <&>?");
    let categories = tool["categories"].as_array().unwrap();
    assert_eq!(
        categories[1],
        serde_json::json!(["größe, \"in quotes\"\nand on a second line", "=label, with \"quotes\"", false])
    );
    assert_eq!((categories.len(), &categories[10][0], &categories[10][2]), (11, &"not_asked".into(), &true.into()));
    assert_eq!(found["variables"]["weight"]["weight"], "wgt");
    assert_eq!(found["order"], serde_json::json!([]), "elements stand as the schema orders them");
}

#[test]
fn nothing_in_a_file_tells_of_a_wave_that_is_left_out() {
    let place = Place::new();
    let tool = "\n[[items]]\nid = \"tool\"\ntype = \"single\"\ncolumn = \"tool\"\n";
    std::fs::write(place.path().join("pulse.toml"), format!("{MAPPING}{tool}")).unwrap();
    let table = std::fs::read_to_string(place.path().join("answers.csv")).unwrap();
    let rows = table.lines().enumerate().map(|(at, line)| format!("{line},{}\n", if at == 0 { "tool" } else { "vim" }));
    let few = "2026-R,ghosts,3,3,,,mine\n".repeat(4);
    std::fs::write(place.path().join("answers.csv"), rows.collect::<String>() + &few).unwrap();
    for format in Format::ALL {
        let name = format!("export.{}", format.extension());
        place.printed(&["export", "pulse.toml", "--format", format.name(), "-o", &name]);
        let file = place.path().join(name);
        let told = match format {
            Format::Xlsx | Format::Parquet => python(format.name(), &file).to_string(),
            _ => String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned(),
        };
        assert!(told.contains("vim") || format == Format::Spss, "{format:?}");
        for never in ["2026-R", "ghosts", "mine"] {
            assert!(!told.contains(never), "{format:?}: {never}");
        }
    }
}
