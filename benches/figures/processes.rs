//! Whole processes without a terminal: from starting one until it has ended.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::figure::{Figure, Target};
use crate::support::{Home, settings};
use crate::surveys::survey;
use crate::turns::{medians, milliseconds};
use crate::{ours, probe};

/// Measures `dxpulse --version` beside a program that only parses its arguments.
pub(crate) fn version() -> Vec<Figure> {
    let home = Home::new();
    let (program, floor) = (ours(&home), probe(&home, "probe-clap"));
    let [ours, beside] = medians(500, || run(&home, &program, &["--version"]), || run(&home, &floor, &["--version"]));
    vec![figure("version", ours, beside, "hello + clap", Target::Ratio(1.1))]
}

/// Measures `dxpulse list` in a used home beside a program that reads arguments, a configuration and one row.
///
/// The floor that reads nothing but the row stands below it for comparison: it is that of a check without configuration.
pub(crate) fn list() -> Vec<Figure> {
    let home = used_home();
    let database = database(&home);
    let [program, floor, bare] = [ours(&home), probe(&home, "probe-sqlite"), probe(&home, "probe-row")];
    let mut ours = || run(&home, &program, &["list"]);
    let [taken, beside] = medians(500, &mut ours, || run(&home, &floor, &["show", &database]));
    let [again, row] = medians(200, &mut ours, || run(&home, &bare, &[&database]));
    vec![
        figure("list", taken, beside, "hello + clap + TOML + SQLite", Target::Ratio(1.25)),
        figure("list", again, row, "hello + SQLite", Target::Shown),
    ]
}

/// Measures `dxpulse survey lint` with five files of two hundred questions beside a program that only reads their TOML.
pub(crate) fn lint() -> Vec<Figure> {
    let home = Home::new();
    let write = |number: usize| {
        let path = home.path().join(format!("generated-{number}.toml"));
        fs::write(&path, survey(number, number.is_multiple_of(3))).expect("a file can be made in a temporary folder");
        path.to_str().expect("temporary folders have plain names").to_owned()
    };
    let files: Vec<String> = (0..5).map(write).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let (program, floor) = (ours(&home), probe(&home, "probe-toml"));
    let linting = [&["survey", "lint"], &files[..]].concat();
    let [ours, beside] = medians(200, || run(&home, &program, &linting), || run(&home, &floor, &files));
    vec![figure("lint", ours, beside, "DeTable::parse of the files", Target::Ratio(4.0))]
}

/// Gives a home in which a survey was answered before.
fn used_home() -> Home {
    let home = Home::new();
    let answered = home.run_with(["take", "platform-pulse", "--answers", "/dev/stdin"], r#"{ "nps": 9 }"#);
    assert!(answered.status.success(), "{}", String::from_utf8_lossy(&answered.stderr));
    home
}

/// Makes the probes' own database: one small table with an index, journalled as the program's own is.
pub(crate) fn database(home: &Home) -> String {
    let path = home.path().join("probe.db");
    let connection = Connection::open(&path).expect("a database can be made in a temporary folder");
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; CREATE TABLE entry (name TEXT PRIMARY KEY, value TEXT NOT NULL);
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
             INSERT INTO entry SELECT 'row-' || i, 'value ' || i FROM n;",
        )
        .expect("the statements are right");
    path.to_str().expect("temporary folders have plain names").to_owned()
}

fn run(home: &Home, program: &Path, arguments: &[&str]) -> Duration {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().envs(settings(home)).current_dir(home.path());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().expect("the program was built before");
    let taken = start.elapsed();
    assert!(status.success(), "{} {arguments:?} failed: {status}", program.display());
    taken
}

fn figure(name: &'static str, ours: Duration, beside: Duration, floor: &'static str, target: Target) -> Figure {
    let (dxpulse, beside) = (milliseconds(ours), milliseconds(beside));
    Figure { name, unit: "ms", dxpulse, beside, floor, target }
}
