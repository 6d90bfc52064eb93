//! The page for operators tells the truth: its commands run from the first to the last, in one shell, with real programs and 200 people.
//!
//! The shell's clock is the page's: it is January 2027, and days pass where the page says so.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use chrono::{DateTime, Utc};
use tempfile::TempDir;

use crate::pages::blocks;
use crate::support::PROGRAM;
use crate::support::exchange::{all, free_address, printed};

const PAGE: &str = include_str!("../../docs/operate.md");
const UNIT: &str = include_str!("../../assets/dxpulse-collector.service");
const COLLECTOR: &str = env!("CARGO_BIN_EXE_dxpulse-collector");

/// The day of the page.
const DAY: &str = "2027-01-11T09:00:00Z";

/// What others do while an operator reads on, before (`<`) or after (`>`) the block with these words.
const MEANWHILE: [(&str, char, &str); 9] = [
    ("/readyz", '>', "SERVER=$!"),
    ("invite roster.csv", '>', "cp -r invitations kept"),
    (
        "publish team-pulse",
        '>',
        "for number in 5 6 7; do as $number enroll \"$(invited $number 2)\"; as $number sync --now; done",
    ),
    ("config get", '<', "mkdir -p etc/dxpulse; cp config.toml etc/dxpulse/; CODE=$(invited 8 3)"),
    (
        "enroll \"$CODE\"",
        '>',
        "pass 2
         for number in 5 6 7; do
           as $number take team-pulse --answers - <<< '{ \"ease\": 6, \"change\": \"faster builds\" }'
           as $number sync --now
         done",
    ),
    ("invite --again", '>', "test \"$(dxpulse-collector status | head -n 1)\" = 'people  199 invited, 4 enrolled'"),
    ("token revoke", '<', "test \"$(wc -l < responses.ndjson)\" = 3"),
    ("publish results", '>', "as 5 sync --now; as 5 results | grep 'Halve the time of builds'"),
    ("collector.db-*", '<', "pass 1; kill $SERVER; wait $SERVER"),
];

/// Words for what others do: `as NUMBER` is a developer, `invited NUMBER COLUMN` their invitation, `pass DAYS` lets days pass, and waits
/// for what the server does in a night.
const WORDS: &str = r#"
trap 'kill $SERVER || true' EXIT
as() { DXPULSE_HOME=$PWD/$1 dxpulse "${@:2}"; }
invited() { sed -n "$1p" kept/invitations.csv | cut -d, -f"$2"; }
pass() {
  echo $(($(cat clock) + $1 * 86400)) > clock
  kill $SERVER; wait $SERVER
  exec {said}< <(exec dxpulse-collector serve 2>&1)
  SERVER=$!
  while read -r line <&"$said"; do
    echo "$line"
    if [[ $line == *'copied the database'* ]]; then return; fi
  done
  return 1
}
"#;

/// Gives all commands of the page with what others do meanwhile, for a collector at an address and in a folder of this machine.
fn commands(folder: &Path) -> String {
    let (address, data) = (free_address().to_string(), folder.join("data"));
    let ours = [
        ("https://pulse.example.com", format!("http://{address}")),
        ("/var/lib/dxpulse-collector", data.display().to_string()),
        ("dxpulse-collector init", format!("dxpulse-collector init --listen {address}")),
    ];
    let mut blocks = blocks(PAGE);
    assert!(blocks.len() >= 15, "the blocks were not found");
    assert!(!blocks.concat().contains("-Q"), "a wave's name, which is another one on another day");
    for (theirs, ours) in ours {
        assert!(blocks.iter().any(|block| block.contains(theirs)), "{theirs}");
        blocks.iter_mut().for_each(|block| *block = block.replace(theirs, &ours));
    }
    for (words, place, done) in MEANWHILE {
        let found = blocks.iter_mut().find(|block| block.contains(words)).unwrap_or_else(|| panic!("{words} is not on the page"));
        *found = if place == '<' { format!("{done}\n{found}") } else { format!("{found}{done}\n") };
    }
    format!("{WORDS}{}", blocks.concat())
}

/// Puts a program at the head of the search path that runs with the clock of the page.
fn add_program(folder: &Path, program: &str) {
    let library =
        printed(&Command::new("faketime").args(["-f", "+0", "printenv", "LD_PRELOAD"]).output().expect("faketime is installed"));
    let name = Path::new(program).file_name().expect("a program has a name");
    let clock = folder.join("clock");
    let text = format!(
        "#!/bin/sh\nexec env LD_PRELOAD='{}' FAKETIME=\"$(printf %+d \"$(cat {})\")\" {program} \"$@\"\n",
        library.trim(),
        clock.display()
    );
    let path = folder.join("bin").join(name);
    fs::create_dir_all(folder.join("bin")).expect("folders can be made");
    fs::write(&path, text).expect("files can be written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("it is ours");
}

/// Writes a roster of 200 people in the form of the page.
fn add_roster(folder: &Path) {
    let shown = PAGE.split("```csv\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the page shows a roster");
    let people = (2..200).map(|number| format!("person{number}@example.com,{},en\n", ["core", "web"][number % 2]));
    fs::write(folder.join("roster.csv"), shown.to_owned() + &people.collect::<String>()).expect("files can be written");
}

#[test]
fn every_command_for_operators_runs_from_an_empty_folder_to_published_results() {
    let folder = TempDir::with_prefix("dxpulse-").expect("temporary folders can be made");
    let folder = folder.path();
    let day: DateTime<Utc> = DAY.parse().expect("a time");
    fs::write(folder.join("clock"), (day - Utc::now()).num_seconds().to_string()).expect("files can be written");
    [PROGRAM, COLLECTOR].iter().for_each(|program| add_program(folder, program));
    add_roster(folder);
    fs::write(folder.join("commands"), commands(folder)).expect("files can be written");
    // Signing asks on the terminal, which `script` provides; what is said goes elsewhere, as in any script.
    let mut shell = Command::new("script");
    shell.args(["--quiet", "--return", "--command", "bash -xeuo pipefail commands > said 2>&1", "typescript"]);
    shell
        .env_clear()
        .env("PATH", format!("{}:/usr/bin:/bin", folder.join("bin").display()))
        .env("TZ", "UTC")
        .env("SHELL", "/bin/sh");
    for name in ["HOME", "DXPULSE_HOME", "XDG_CONFIG_DIRS"] {
        shell.env(name, folder.join(if name == "XDG_CONFIG_DIRS" { "etc" } else { "home" }));
    }
    let mut child = shell.current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("script is installed");
    let mut typed = child.stdin.take().expect("its input is piped");
    std::io::Write::write_all(&mut typed, b"y\ny\n").expect("it can be typed to");
    let status = child.wait().expect("it can be waited for");
    let said = fs::read_to_string(folder.join("said")).unwrap_or_default();
    assert!(status.success(), "{status}\n{said}");
    for expected in ["joined http://127.0.0.1", "published team-pulse 2027-Q1", "# system file", "closed team-pulse 2027-Q1"] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
}

#[test]
fn every_setting_of_the_page_is_one_that_the_collector_takes() {
    let folder = TempDir::with_prefix("dxpulse-").expect("temporary folders can be made");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(COLLECTOR);
        command.args(arguments).env("DXPULSE_COLLECTOR_DATA", folder.path()).output().expect("the collector can be started")
    };
    printed(&run(&["init", "--url", "https://pulse.example.com"]));
    let shown: Vec<&str> = PAGE.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let settings = format!("url = \"https://pulse.example.com\"\n{}", shown.concat());
    for key in ["listen", "[tls]", "[oidc]", "[relay]", "[retention]", "[backup]"] {
        assert!(settings.contains(key), "{key}");
    }
    fs::write(folder.path().join("collector.toml"), settings).expect("files can be written");
    printed(&run(&["status"]));
}

#[test]
fn systemd_takes_the_unit() {
    if Command::new("systemd-analyze").arg("--version").output().is_err() {
        // Most machines without systemd have no use for the unit either.
        return;
    }
    let folder = TempDir::with_prefix("dxpulse-").expect("temporary folders can be made");
    let unit = folder.path().join("dxpulse-collector.service");
    assert!(UNIT.contains("/usr/local/bin/dxpulse-collector"));
    fs::write(&unit, UNIT.replace("/usr/local/bin/dxpulse-collector", COLLECTOR)).expect("files can be written");
    let output = Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&unit).output().expect("it is installed");
    // Other units of the machine may have flaws of their own.
    assert!(!all(&output).contains("dxpulse-collector.service:"), "{}", all(&output));
}
