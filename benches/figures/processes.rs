//! Whole processes without a terminal: from starting one until it has ended.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::figure::{Figure, Target};
use crate::probe;
use crate::support::{Home, PROGRAM, settings};
use crate::turns::{medians, milliseconds};

/// Measures `dxpulse --version` beside a program that only parses its arguments.
pub(crate) fn version() -> Vec<Figure> {
    let home = Home::new();
    let [ours, beside] =
        medians(500, || run(&home, Path::new(PROGRAM), &["--version"]), || run(&home, &probe("probe-clap"), &["--version"]));
    vec![figure("version", ours, beside, "hello + clap", 1.1)]
}

/// Measures `dxpulse list` in a used home beside a program that reads a configuration and one row.
pub(crate) fn list() -> Vec<Figure> {
    let home = used_home();
    let database = database(&home);
    let [ours, beside] =
        medians(500, || run(&home, Path::new(PROGRAM), &["list"]), || run(&home, &probe("probe-sqlite"), &["show", &database]));
    vec![figure("list", ours, beside, "hello + clap + TOML + SQLite", 1.25)]
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

fn figure(name: &'static str, ours: Duration, beside: Duration, floor: &'static str, most: f64) -> Figure {
    let (dxpulse, beside) = (milliseconds(ours), milliseconds(beside));
    Figure { name, unit: "ms", dxpulse, beside, floor, target: Target::Ratio(most) }
}
