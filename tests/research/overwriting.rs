//! What is written never takes the place of what is read, whatever way leads there.

use std::fs;

use crate::report::Place;

#[test]
fn no_output_replaces_an_input() {
    let place = Place::new();
    let write = |name: &str, text: &str| fs::write(place.path().join(name), text).unwrap();
    write("facts.csv", "wave,metric,value,of\n2026-Q2,adoption,106,200\n");
    write("people.csv", "segment,group,people\nteam,core,100\nteam,web,60\nteam,data,40\n");
    write("results.toml", &place.printed(&["report", "pulse.toml", "--format", "results", "--draft"]));
    write("survey.toml", "");
    place.printed(&["report", "pulse.toml"]);
    let published = walk(&place.path().join("home")).into_iter().find(|file| file.ends_with("published.json")).unwrap();
    let published = published.display().to_string();
    let around = format!("../{}/answers.csv", place.path().file_name().unwrap().to_str().unwrap());
    let cases: [(&[&str], &str, &str); 12] = [
        (&["export"], "answers.csv", "the answers, answers.csv"),
        (&["export"], &around, "the answers, answers.csv"),
        (&["export", "--comments"], "pulse.toml", "the mapping, pulse.toml"),
        (&["export", "--definition", "survey.toml"], "survey.toml", "the definition, survey.toml"),
        (&["report"], "answers.csv", "the answers, answers.csv"),
        (&["report"], "./pulse.toml", "the mapping, pulse.toml"),
        (&["report", "--facts", "facts.csv"], "facts.csv", "the facts, facts.csv"),
        (&["report", "--margins", "people.csv"], "people.csv", "the margins, people.csv"),
        (&["report", "--actions", "results.toml"], "results.toml", "the actions, results.toml"),
        (&["report", "--definition", "survey.toml"], "survey.toml", "the definition, survey.toml"),
        (&["report", "--ledger", "new.json"], "./new.json", "the ledger, new.json"),
        (&["report"], &published, "the ledger, "),
    ];
    let before = walk(place.path()).into_iter().map(|file| (fs::read(&file).unwrap(), file)).collect::<Vec<_>>();
    for (words, output, told) in cases {
        let words = [words, &["pulse.toml", "-o", output]].concat();
        let refused = place.run(&words);
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(2), "{words:?}: {said}");
        assert!(said.contains(&format!("--output {output} would replace {told}")), "{words:?}: {said}");
        assert!(said.contains("write to another file"), "{words:?}: {said}");
    }
    let after = walk(place.path()).into_iter().map(|file| (fs::read(&file).unwrap(), file)).collect::<Vec<_>>();
    assert!(before == after, "nothing was written");
}

#[cfg(unix)]
#[test]
fn nor_does_one_that_leads_to_it() {
    let place = Place::new();
    std::os::unix::fs::symlink("answers.csv", place.path().join("link.csv")).unwrap();
    assert!(place.refused(&["export", "pulse.toml", "-o", "link.csv"]).contains("would replace the answers, answers.csv"));
    place.printed(&["export", "pulse.toml", "-o", "other.csv"]);
    place.printed(&["report", "pulse.toml", "-o", "other.csv"]);
    assert!(place.refused(&["export", "other.csv", "-o", "other.csv"]).contains("would replace the answers, other.csv"));
}

/// Gives the files of a folder and of the folders in it, in order.
fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}
