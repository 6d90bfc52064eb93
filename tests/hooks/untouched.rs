//! What is the shell's stays the shell's, and nothing is started until something is due.

use std::fs;

use crate::support::Home;
use crate::{AFTER_A_DEPLOY, SHELLS, Shell, home, run};

#[test]
fn status_last_word_and_history_are_as_without_the_hook() {
    for shell in [Shell::Bash, Shell::Zsh] {
        let home = home(AFTER_A_DEPLOY);
        let mut screen = shell.start(&home, "HISTSIZE=100 HISTFILE=");
        run(&mut screen, shell, "(exit 7)");
        run(&mut screen, shell, "echo status=$?");
        screen.until("\nstatus=7");
        run(&mut screen, shell, "true one two");
        run(&mut screen, shell, "echo last=$_");
        screen.until("\nlast=two");
        run(&mut screen, shell, "false | true");
        run(&mut screen, shell, if shell == Shell::Bash { "echo pipe=${PIPESTATUS[*]}" } else { "echo pipe=$pipestatus" });
        screen.until("\npipe=1 0");
        run(&mut screen, shell, "fc -l | tail -3 | grep -c dxpulse");
        screen.until("\n0\n");
    }
}

#[test]
fn what_others_hooked_in_goes_on() {
    let bash = "PROMPT_COMMAND='seen=$((seen + 1))'; trap 'traps=$((traps + 1))' DEBUG";
    let zsh = "precmd() { seen=$((seen + 1)) }; preexec() { traps=$((traps + 1)) }";
    for (shell, before) in [(Shell::Bash, bash), (Shell::Zsh, zsh)] {
        let home = home(AFTER_A_DEPLOY);
        let mut screen = shell.start(&home, before);
        run(&mut screen, shell, "deployctl up");
        run(&mut screen, shell, "[ $seen -ge 2 ] && [ $traps -ge 1 ] && echo both-went-on");
        screen.until("\nboth-went-on");
        assert!(screen.text().contains('◆'), "{shell:?}: {}", screen.text());
    }
}

#[test]
fn strict_settings_and_a_second_reading_of_the_file_do_no_harm() {
    for shell in [Shell::Bash, Shell::Zsh] {
        let home = home(AFTER_A_DEPLOY);
        let twice = format!("{}set -u\nIFS=:\n", shell.hook());
        let mut screen = shell.start(&home, &twice);
        run(&mut screen, shell, "echo fine");
        run(&mut screen, shell, "deployctl up");
        assert_eq!(screen.text().matches('◆').count(), 1, "{shell:?}: {}", screen.text());
        assert!(!screen.text().contains("unbound") && !screen.text().contains("not set"), "{shell:?}: {}", screen.text());
    }
}

#[test]
fn a_shell_that_is_not_at_a_keyboard_does_nothing() {
    for shell in SHELLS {
        let home = home(AFTER_A_DEPLOY);
        let script = format!("{}echo done", shell.hook());
        let output = std::process::Command::new(shell.name())
            .args(["-c", &script])
            .env("HOME", home.path())
            .env("DXPULSE_HOME", home.path())
            .output();
        let output = output.expect("the shell is installed");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "done\n", "{shell:?}");
        assert!(!home.path().join("data").exists(), "{shell:?}");
    }
}

#[test]
fn a_missing_program_is_noticed_once_and_by_nobody() {
    for shell in SHELLS {
        let home = home(AFTER_A_DEPLOY);
        let code = home.run(["hook", "init", shell.name()]);
        let code = String::from_utf8_lossy(&code.stdout).replace(crate::PROGRAM, "/nowhere/dxpulse");
        let mut screen = shell.start_with(&home, &code);
        run(&mut screen, shell, "deployctl up");
        assert!(!screen.text().contains("nowhere"), "{shell:?}: {}", screen.text());
    }
}

/// Gives how often a program was started by a shell that ran three commands under strace, but for what the shell runs at its start.
fn started(shell: Shell, home: &Home, line: &str) -> usize {
    let mut screen = shell.start(home, "");
    run(&mut screen, shell, "true");
    let log = home.path().join("log");
    let pid = screen.pid().to_string();
    let mut trace = std::process::Command::new("strace")
        .args(["-f", "-e", "trace=clone,clone3,fork,vfork,execve", "-o"])
        .arg(&log)
        .args(["-p", &pid])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("strace is installed");
    // It says so once it is attached.
    let mut said = [0; 1];
    std::io::Read::read_exact(trace.stderr.as_mut().expect("it is piped"), &mut said).expect("strace attaches");
    for _ in 0..3 {
        run(&mut screen, shell, line);
    }
    rustix::process::kill_process(rustix::process::Pid::from_child(&trace), rustix::process::Signal::INT).expect("it runs");
    trace.wait().expect("it ends");
    let log = fs::read_to_string(log).expect("strace wrote its log");
    // A thread is no process.
    let is_start = |line: &&str| {
        ["clone(", "clone3(", "fork(", "execve("].iter().any(|call| line.contains(call)) && !line.contains("CLONE_THREAD")
    };
    log.lines().filter(is_start).count()
}

#[test]
fn nothing_is_started_until_something_is_due() {
    for shell in SHELLS {
        let home = home(AFTER_A_DEPLOY);
        assert_eq!(started(shell, &home, "true"), 0, "{shell:?}");
        assert!(started(shell, &home, "deployctl up") > 0, "{shell:?}: the count counts");
    }
}
