//! Reads the files of this folder.

use std::fs;
use std::path::Path;

use dxpulse::author::lint::wording::Rule;

/// Reads a file of this folder by its name.
pub(crate) fn read(name: &str) -> toml::Table {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/wording/{name}.toml"));
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Finds a rule by its name.
pub(crate) fn rule(name: &str) -> Rule {
    Rule::from_name(name).unwrap_or_else(|| panic!("no rule is called {name}"))
}
