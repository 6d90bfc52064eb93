//! The surveys in the program itself. It never reads a file.

/// Embeds surveys under their ids, each from the file of that name.
macro_rules! embedded {
    ($($id:literal),* $(,)?) => {
        &[$(($id, include_str!(concat!("../../../surveys/", $id, ".toml")))),*]
    };
}

/// The surveys in the program itself, by id: first what is asked of everyone, then what is asked with something in view, then
/// what waits for an occasion.
pub const BUNDLED: &[(&str, &str)] = embedded![
    "platform-pulse",
    "developer-experience",
    "adoption-barriers",
    "platform-usability",
    "portal-quality",
    "toil-and-self-service",
    "delivery-scorecard",
    "time-saved",
    "mandate-or-choice",
    "producer-consumer",
    "pilot-cohort",
    "you-said-we-did",
    "first-deployment",
    "golden-path",
    "after-incident",
];

/// The bundled surveys that are open from the start: those meant for every developer, whatever a team has in view.
pub(super) const OPEN_FROM_THE_START: [&str; 2] = ["platform-pulse", "developer-experience"];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_survey_of_the_folder_is_bundled_once() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/surveys");
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let files: BTreeSet<String> = names.filter(|name| !name.ends_with(".lock.toml")).collect();
        let bundled: BTreeSet<String> = BUNDLED.iter().map(|(id, _)| format!("{id}.toml")).collect();
        assert_eq!((bundled.len(), &bundled), (BUNDLED.len(), &files));
        assert!(OPEN_FROM_THE_START.iter().all(|id| BUNDLED.iter().any(|(known, _)| known == id)));
    }
}
