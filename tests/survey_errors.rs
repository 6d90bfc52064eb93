//! Every kind of problem as an author reads it: one file of `surveys/bad` each, and its rendering beside it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dxpulse::survey::characters::is_forbidden;
use dxpulse::survey::parse::{CODES, Problem, parse, render};

fn bad_surveys() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/surveys/bad");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder is readable")
        .map(|entry| entry.expect("the folder is readable").path())
        .collect();
    paths.sort();
    let name = |path: &Path| path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read_to_string(path).expect("the folder is readable"))).collect()
}

fn problems(source: &str) -> Vec<Problem> {
    parse(source).expect_err("the survey is bad")
}

#[test]
fn every_bad_survey_is_refused_with_place_reason_and_remedy() {
    for (name, source) in bad_surveys() {
        let problems = problems(&source);
        assert!(!problems.is_empty(), "{name} is refused without a problem");
        let lines: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
        let rendered = render(&problems, &format!("{name}.toml"), &source, false);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, format!("{rendered}{lines}"));
        });
    }
}

#[test]
fn nothing_of_a_hostile_file_reaches_the_terminal_unseen() {
    for (name, source) in bad_surveys() {
        let rendered = render(&problems(&source), "evil\u{1b}[2J.toml", &source, false);
        let lines: String = problems(&source).iter().map(ToString::to_string).collect();
        for text in [rendered, lines] {
            assert_eq!(text.chars().find(|c| is_forbidden(*c)), None, "in {name}");
        }
    }
}

#[test]
fn colour_adds_colours_and_no_other_escape_sequence() {
    for (name, source) in bad_surveys() {
        let rendered = render(&problems(&source), "survey.toml", &source, true);
        let mut plain = String::new();
        for (at, piece) in rendered.split('\u{1b}').enumerate() {
            let (sequence, text) = if at == 0 { ("[", piece) } else { piece.split_once('m').expect("a colour ends in m") };
            assert!(sequence.starts_with('[') && sequence[1..].chars().all(|c| c.is_ascii_digit() || c == ';'), "{name}");
            plain.push_str(text);
        }
        assert_eq!(plain, render(&problems(&source), "survey.toml", &source, false), "{name}");
    }
}

#[test]
fn every_code_of_the_parser_has_a_bad_survey() {
    // A file of more than 256 KiB is made by another test.
    let codes: BTreeSet<&str> = CODES.iter().copied().filter(|code| *code != "too-large").collect();
    let seen: BTreeSet<&str> =
        bad_surveys().iter().flat_map(|(_, source)| problems(source)).map(|problem| problem.code).collect();
    assert_eq!(seen, codes);
}

#[test]
fn unreadable_toml_is_told_from_structural_problems() {
    for (name, source) in bad_surveys() {
        let unreadable = name.starts_with("syntax") || ["too_deep", "hidden_raw_escape"].contains(&name.as_str());
        assert_eq!(problems(&source).iter().any(|problem| problem.unreadable), unreadable, "{name}");
    }
}

#[test]
fn a_key_that_stands_twice_hides_no_other_problem() {
    let (_, source) = bad_surveys().into_iter().find(|(name, _)| name == "many_at_once").expect("the file is there");
    let all = |source: &str| problems(source).iter().map(|problem| problem.code).collect::<Vec<_>>();
    let twice = source.replacen("lang = \"en\"\n", "lang = \"en\"\nlang = \"de\"\n", 1);
    let mut found = all(&twice);
    let extra = found.iter().position(|code| *code == "duplicate-key").expect("the key is told");
    found.remove(extra);
    assert_eq!(found, all(&source));
}

#[test]
fn more_problems_than_are_listed_are_told_as_more() {
    let bounds = [(997, "\nand 900 more\n"), (998, "\nand more than 900 more\n"), (9_000, "\nand more than 900 more\n")];
    for (hidden, told) in bounds {
        // Id, title and questions are missing as well.
        let source = "#\u{202e}\n".repeat(hidden);
        assert!(render(&problems(&source), "x.toml", &source, false).ends_with(told), "{hidden}");
    }
}

#[test]
fn one_byte_over_256_kib_is_refused_before_it_is_read() {
    let start = "id = \"big\"\ntitle = \"Big\"\n[[question]]\nid = \"q\"\ntype = \"nps\"\ntext = \"How likely?\"\n#";
    let fitting = format!("{start}{}", "x".repeat(256 * 1024 - start.len()));
    assert!(parse(&fitting).is_ok());
    let found = problems(&format!("{fitting}x"));
    assert_eq!(found.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["too-large"]);
}
