//! The official data: a published package with a known hash, fetched once into the build folder, and its cases.
//!
//! Its two megabytes and its licence stay out of the repository.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use serde_json::Value as Json;

use crate::published::{Published, run};

/// The specification's release whose data the package holds.
pub(crate) const RELEASE: &str = "0.25.1";

const PACKAGE: Published = Published {
    package: "@bufbuild/cel-spec@0.6.1",
    archive: "bufbuild-cel-spec-0.6.1.tgz",
    sha_512: "9b401cf6a03aebdcb1c42d07cb8e6a1ac5197a68c89957f13e5eabf632db909b\
        e212fbf747d8526321f622d1916c382e7a45fa78877471beb6ba53412bdedece",
    member: "package/dist/cjs/testdata/conformance.js",
};

/// Prints the data, which is a module of one literal, as JSON; its numbers with decimals as text, which keeps their every digit.
const TO_JSON: &str = r#"
    const exact = (key, value) => key === "doubleValue" ? String(value) : value;
    process.stdout.write(JSON.stringify(require(process.argv[1]).tests, exact));
"#;

/// One case of the official data.
#[derive(Debug)]
pub(crate) struct Case {
    /// File, section and name, as in `logic/AND/all_true`.
    pub(crate) name: String,
    /// The case as it was published.
    pub(crate) published: Json,
}

impl Case {
    /// Gives the file the case stands in.
    pub(crate) fn file(&self) -> &str {
        self.name.split('/').next().unwrap_or_default()
    }

    /// Gives the expression.
    pub(crate) fn expression(&self) -> &str {
        self.published["expr"].as_str().expect("every case has an expression")
    }

    /// Gives the name that unqualified names are looked up in, empty for most cases.
    pub(crate) fn container(&self) -> &str {
        self.published["container"].as_str().unwrap_or_default()
    }
}

/// Gives every case, fetching the data where it isn't there yet.
pub(crate) fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join(format!("cel-spec-{RELEASE}.json"));
    if !file.exists() {
        write_json(&PACKAGE.file(&format!("cel-spec-{RELEASE}.cjs")), &file).expect("node reads what was fetched");
    }
    let text = fs::read_to_string(file).expect("what was just written can be read");
    let mut cases = Vec::new();
    gather("", &serde_json::from_str(&text).expect("what was written is JSON"), &mut cases);
    cases
}

fn gather(prefix: &str, suite: &Json, cases: &mut Vec<Case>) {
    let parts = |name: &str| suite[name].as_array().cloned().unwrap_or_default();
    for test in parts("tests") {
        let published = test["original"].clone();
        let own = published["name"].as_str().expect("every case has a name");
        cases.push(Case { name: format!("{prefix}{own}"), published });
    }
    for part in parts("suites") {
        let own = part["name"].as_str().expect("every section has a name");
        gather(&format!("{prefix}{own}/"), &part, cases);
    }
}

/// Leaves the data as JSON.
fn write_json(module: &Path, file: &Path) -> io::Result<()> {
    let json = run(Command::new("node").args(["--eval", TO_JSON]).arg(module))?;
    let whole = file.with_extension("whole");
    fs::write(&whole, json)?;
    fs::rename(whole, file)
}
