//! A program that is killed at any step leaves all of it here or all of it in the file, never neither.

use std::process::{Command, Stdio};

use crate::machine::{Machine, desk};
use crate::support::{PROGRAM, settings};

/// Runs the move under strace, which kills it at the n-th call of that name; says whether it was killed.
fn killed_at(here: &Machine, call: &str, number: usize) -> bool {
    let mut command = Command::new("/usr/bin/strace");
    command.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}")]);
    command.args(["-e", &format!("inject={call}:signal=SIGKILL:when={number}")]);
    command.args([PROGRAM, "export", "--state", &here.file("state"), "--passphrase-file", &here.file("passphrase")]);
    command.env_clear().envs(settings(&here.home)).current_dir(here.home.path());
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    !status.success()
}

#[test]
fn a_kill_at_any_sync_write_or_rename_loses_nothing() {
    let mut kills = 0;
    // Each write of the database is like the one before: some of them do.
    for (call, step) in [("fsync", 1), ("fdatasync", 1), ("rename", 1), ("pwrite64", 3)] {
        for number in (1..).step_by(step) {
            let desk = desk();
            let (here, there) = (Machine::joined(desk.path()), Machine::new(desk.path()));
            here.answer("pulse", r#"{ "nps": 3 }"#);
            let was_killed = killed_at(&here, call, number);
            let states = here.states();
            if states == ["moved"] {
                // Once it is marked here, the file is whole.
                assert_eq!(there.import("state").code, 0, "{call} {number}");
                assert_eq!(there.states(), ["scheduled"], "{call} {number}");
            } else {
                assert_eq!(states, ["scheduled"], "{call} {number}");
                assert!(was_killed, "{call} {number}");
            }
            // Moving it again makes up for what was interrupted, whatever file was left.
            if call == "rename" && was_killed {
                assert_eq!((here.export("state").code, there.import("state").code), (0, 0), "{call} {number}");
            }
            if !was_killed {
                break;
            }
            kills += 1;
        }
    }
    assert!(kills >= 6, "only {kills} kills");
}
