//! Bugs planted in a copy of the program: a campaign that doesn't find them proves nothing.
//!
//! Each patch in a campaign's `seeded/` begins with the part that must fail with it, such as `Part: kills`. The copy stands below
//! `target/`, and all of them share one folder of what was built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::trials::{Plan, Verdict};

/// What no build needs of the repository.
const LEFT_OUT: [&str; 2] = ["target", ".git"];

/// Runs the campaign on a copy with each of the bugs, which it must find; without any it must pass.
pub(crate) fn campaign(name: &str, plan: &Plan) -> Vec<(String, Verdict)> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = repository.join("tests/campaigns").join(name).join("seeded");
    let files = fs::read_dir(&folder).expect("the patches have a folder").flatten().map(|file| file.path());
    let mut patches: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|end| end == "patch")).collect();
    patches.sort();
    patches.into_iter().map(|patch| judged((name, repository), &patch, plan)).collect()
}

fn judged((campaign, repository): (&str, &Path), patch: &Path, plan: &Plan) -> (String, Verdict) {
    let name = patch.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let start = Instant::now();
    let found = found((campaign, repository), patch, plan);
    (format!("seeded {name}"), Verdict::of(start.elapsed(), found))
}

/// Plants a bug, and makes sure that the campaign finds it: that it fails, and not in another way.
fn found((campaign, repository): (&str, &Path), patch: &Path, plan: &Plan) -> Result<(), String> {
    let text = fs::read_to_string(patch).map_err(|error| error.to_string())?;
    let part = text.lines().find_map(|line| line.strip_prefix("Part: ")).ok_or("the patch names no part")?;
    let (seeded, copy) = (repository.join("target/seeded"), repository.join("target/seeded/copy"));
    copied(repository, &copy)?;
    run(Command::new("patch").args(["-p1", "--silent", "--input"]).arg(patch).current_dir(&copy))?;
    let build = ["test", "--locked", "--features", "collector,research", "--test", "campaigns", "--no-run", "--message-format"];
    let built = run(Command::new("cargo")
        .args(build)
        .arg("json-render-diagnostics")
        .env("CARGO_TARGET_DIR", seeded.join("build"))
        .current_dir(&copy))?;
    let is_trial = |line: &&str| line.contains("\"executable\":\"") && line.contains("/campaigns-");
    let line = built.lines().find(is_trial).ok_or("the copy has no campaigns")?;
    let program = line.split("\"executable\":\"").nth(1).and_then(|rest| rest.split('"').next()).ok_or("it has no path")?;
    let arguments = [campaign, "--part", part, "--runs", &plan.runs.to_string(), "--seed", &plan.seed.to_string()];
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    match output.status.code() {
        Some(1) if said.contains("failed after") => Ok(()),
        _ => Err(format!("the campaign did not find it: {}\n{said}", output.status)),
    }
}

/// Copies the sources anew. Each file is as old as its copy, or a build would take one for the other that had a bug.
fn copied(repository: &Path, copy: &Path) -> Result<(), String> {
    if copy.exists() {
        fs::remove_dir_all(copy).map_err(|error| error.to_string())?;
    }
    fs::create_dir_all(copy).map_err(|error| error.to_string())?;
    let entries = fs::read_dir(repository).map_err(|error| error.to_string())?.flatten();
    let is_source = |entry: &fs::DirEntry| !LEFT_OUT.iter().any(|name| entry.file_name() == *name);
    let sources = entries.filter(is_source).map(|entry| entry.path());
    run(Command::new("cp").arg("--recursive").args(sources).arg(copy)).map(drop)
}

/// Runs a program that must succeed, and gives what it printed.
fn run(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{name}: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!("{name} ended with {}\n{}", output.status, String::from_utf8_lossy(&output.stderr)))
}
