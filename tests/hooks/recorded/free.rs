//! What the hook costs until something is due: no process at all.

use std::fs;
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
    Session::of(Start { program: "/usr/bin/strace".into(), arguments, ..shell }.as_user().start())
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
