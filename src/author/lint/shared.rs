//! Surveys of one folder that have the same id: it would lead to neither of them, and their answers would be taken for one survey's.

use std::collections::BTreeMap;
use std::mem::take;
use std::path::Path;

use super::{Checked, Finding, sorted};
use crate::survey::SurveyId;
use crate::survey::parse;

/// The code of the finding in each of these surveys.
pub(super) const SHARED_ID: &str = "shared-id";

/// Tells each survey whose id is that of another one in its folder.
pub fn tell_shared_ids(files: &mut [Checked]) {
    for (id, numbers) in shared(files) {
        let paths: Vec<String> = numbers.iter().map(|number| files[*number].path.clone()).collect();
        for number in numbers {
            let file = &mut files[number];
            let found = shared_id(file, &id, &paths);
            file.findings = sorted(take(&mut file.findings).into_iter().chain([found]).collect());
        }
    }
}

/// Gives every id that several surveys of a folder have, with the numbers of their files.
fn shared(files: &[Checked]) -> Vec<(SurveyId, Vec<usize>)> {
    let mut surveys: BTreeMap<(Option<&Path>, SurveyId), Vec<usize>> = BTreeMap::new();
    for (number, file) in files.iter().enumerate() {
        if let Some(id) = parse::id(&file.text) {
            surveys.entry((Path::new(&file.path).parent(), id)).or_default().push(number);
        }
    }
    surveys.into_iter().map(|((_, id), numbers)| (id, numbers)).filter(|(_, numbers)| numbers.len() > 1).collect()
}

fn shared_id(file: &Checked, id: &SurveyId, paths: &[String]) -> Finding {
    let other = paths.iter().find(|path| **path != file.path).map_or("", String::as_str);
    let message = match paths.len() - 2 {
        0 => format!("the id {id} is that of {other} too"),
        1 => format!("the id {id} is that of {other} and of another file too"),
        more => format!("the id {id} is that of {other} and of {more} more files too"),
    };
    let place = parse::place(&file.text, "id").unwrap_or_default();
    Finding::error(SHARED_ID, place, message, "give each survey an id of its own")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::author::lint::{check, explain};

    /// Gives the messages of this finding alone, with the place each stands at, for files with these texts.
    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let mut files: Vec<Checked> =
            files.iter().map(|(path, text)| check((*path).to_owned(), text.as_bytes().to_vec())).collect();
        tell_shared_ids(&mut files);
        let found = files.iter().flat_map(|file| file.findings.iter().map(move |finding| (file, finding)));
        let shared = found.filter(|(_, finding)| finding.code == SHARED_ID);
        shared
            .map(|(file, finding)| format!("{} {}: {}", file.path, &file.text[finding.place.clone()], finding.message))
            .collect()
    }

    #[test]
    fn every_file_concerned_names_another_one() {
        let (one, other) = ("title = \"A\"\nid = \"pulse\"\n", "id = \"beat\"\n");
        assert_eq!(told(&[("a.toml", one), ("b.toml", other), ("x/a.toml", one), ("y/a.toml", one)]), Vec::<String>::new());
        let two = [
            "x/a.toml \"pulse\": the id pulse is that of x/b.toml too",
            "x/b.toml \"pulse\": the id pulse is that of x/a.toml too",
        ];
        assert_eq!(told(&[("x/a.toml", one), ("x/b.toml", one)]), two);
        let files = ["a.toml", "b.toml", "c.toml", "d.toml"].map(|path| (path, one));
        assert!(told(&files[..3])[2].ends_with("is that of a.toml and of another file too"));
        assert!(told(&files)[0].ends_with("is that of b.toml and of 2 more files too"));
    }

    #[test]
    fn an_id_above_what_cannot_be_read_is_shared_as_well() {
        let broken = "id = \"pulse\"\n[[question]\n";
        assert_eq!(told(&[("a.toml", "id = \"pulse\"\n"), ("b.toml", broken)]).len(), 2);
    }

    #[test]
    fn the_examples_of_the_manual_are_two_files_beside_each_other() {
        let explained = explain(SHARED_ID).expect("it is explained");
        assert_eq!(told(&[("a.toml", explained.bad), ("b.toml", explained.bad)]).len(), 2);
        assert_eq!(told(&[("a.toml", explained.bad), ("b.toml", explained.good)]).len(), 0);
    }
}
