//! What the hook costs until something is due: no process at all.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use super::place::{Place, SHELLS, Session, Shell};
use crate::support::Start;

/// Gives how many processes a shell has made, by a trace of it; threads don't count.
fn made(place: &Place) -> usize {
    let trace = fs::read_to_string(place.file("trace")).unwrap();
    let made = |line: &&str| {
        let call = ["clone(", "clone3(", "fork(", "vfork(", "execve("].iter().any(|call| line.contains(call));
        call && !line.contains("CLONE_THREAD") && !line.contains("resumed")
    };
    trace.lines().filter(made).count()
}

fn traced(place: &Place) -> Session {
    place.write_rc("", "");
    let shell = place.shell.start(&place.home);
    let trace = place.file("trace").to_str().unwrap().to_owned();
    let calls = "trace=clone,clone3,fork,vfork,execve";
    let words = ["-f", "-qq", "-e", calls, "-o", &trace].map(Into::into).into_iter();
    let arguments = words.chain([shell.program.clone().into_os_string()]).chain(shell.arguments).collect();
    Session::of(Start { program: "/usr/bin/strace".into(), arguments, ..shell }.unprivileged().start())
}

#[test]
fn no_process_is_made_until_something_is_due() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        let others: Vec<String> = (0..20).map(|number| format!("command any 0 tool{number} deploy *")).collect();
        let mut entries: Vec<&str> = others.iter().map(String::as_str).collect();
        entries.extend(["command failure 0 echo *", "command any 60 *", "command any 0 *no such thing*", "command any 0 cd"]);
        place.due(&entries);
        let mut session = traced(&place);
        let before = made(&place);
        let changed = fs::metadata(place.file("data")).unwrap().modified().unwrap();
        session.run("echo one").run("").run("echo two three").run("set four five").run("cd .");
        assert_eq!(made(&place), before, "{shell:?}");
        assert_eq!(fs::metadata(place.file("data")).unwrap().modified().unwrap(), changed, "{shell:?}");
        place.due(&["command any 0 echo *"]);
        session.run("echo due");
        assert!(made(&place) > before, "{shell:?}: a process that is made is seen");
        assert_eq!(place.asked(), ["echo due"]);
    }
}

/// Gives the files by which bash's hook gets at a line.
fn slips(place: &Place) -> Vec<PathBuf> {
    let files = fs::read_dir(place.home.path()).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("slip")).collect()
}

#[test]
fn a_line_passes_through_a_file_that_is_the_users_alone_and_empty_again() {
    let mut place = Place::new(Shell::Bash);
    let mut session = place.start("umask 000; set -o noclobber; history -a", "");
    for line in ["echo a secret", "umask"] {
        place.due(&["command any 0 echo *", "command any 0 umask"]);
        session.run(line);
    }
    assert_eq!(place.asked(), ["echo a secret", "umask"]);
    session.run("history -a; cat .bash_history | grep -c '^#'");
    let version = Command::new("/bin/bash").args(["-c", "echo $((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1]))"]).output().unwrap();
    if String::from_utf8(version.stdout).unwrap().trim() >= "503" {
        assert!(slips(&place).is_empty(), "from 5.3 on, it needs none");
        return;
    }
    let [slip] = &slips(&place)[..] else { panic!("one shell has one: {:?}", slips(&place)) };
    let metadata = fs::metadata(slip).unwrap();
    assert_eq!((metadata.len(), metadata.permissions().mode() & 0o777), (0, 0o600));
    let text = session.screen.text();
    assert!(text.contains("\n0000\n") && text.contains("\n0\n"), "umask, and no times in the history: {text}");
}

#[test]
fn a_format_for_times_that_may_not_be_changed_hides_no_command() {
    let mut place = Place::new(Shell::Bash);
    let mut session = place.start("readonly HISTTIMEFORMAT='%F %T  '; PROMPT_COMMAND+=('echo \"then\"')", "");
    for line in ["echo 1   2", "cd ."] {
        place.due(&["command any 0 echo 1   2", "command any 0 cd ."]);
        session.run(line);
    }
    assert_eq!(place.asked(), ["echo 1   2", "cd ."], "{}", session.screen.text());
    assert!(session.screen.text().contains("\nthen\n"), "{}", session.screen.text());
}

#[test]
fn a_file_that_somebody_else_put_in_its_place_gets_no_line_and_is_not_written() {
    let mut place = Place::new(Shell::Bash);
    fs::write(place.file("kept"), "kept").unwrap();
    for number in 0..32 {
        let name = format!("slip-{}-{number}", rustix::process::geteuid().as_raw());
        std::os::unix::fs::symlink(place.file("kept"), place.file(&name)).unwrap();
    }
    let mut session = place.start("", "");
    place.due(&["command any 0 echo *"]);
    session.run("echo a secret");
    assert_eq!(place.asked(), ["echo a secret"]);
    assert_eq!(fs::read(place.file("kept")).unwrap(), b"kept");
}

#[test]
fn a_shell_nobody_types_into_has_no_hook() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        place.due(&["prompt"]);
        fs::write(place.file("hook"), place.code()).unwrap();
        let script = match shell {
            Shell::Bash => "source ./hook; declare -F; echo \"${PROMPT_COMMAND-none}\"",
            Shell::Zsh => "source ./hook; typeset +f -m '__dxp*'; echo \"${precmd_functions-none}\"",
            Shell::Fish => "source ./hook; functions -a | string match '__dxp*'; echo none",
        };
        let start = shell.start(&place.home);
        let mut command = Command::new(start.program);
        command.env_clear().env("HOME", place.home.path()).current_dir(place.home.path());
        let output = command.args(["-c", script]).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "none\n", "{shell:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{shell:?}");
    }
}
