//! What the hook leaves as it was: status, variables, history, prompt, options, traps and the hooks of others.

use super::place::{Place, SHELLS, Shell};

/// Runs lines in a shell with and without something due after each, and gives what was shown from the first on.
fn shown(shell: Shell, before: &str, after: &str, lines: &[&str]) -> String {
    let mut place = Place::new(shell);
    let mut session = place.start(before, after);
    for line in lines {
        place.due(&["command any 0 *"]);
        session.run(line);
    }
    assert!(!place.calls().is_empty(), "{shell:?}: the hook is at work in\n{}", session.screen.text());
    session.screen.text()
}

#[test]
fn status_and_last_argument_are_those_of_the_command() {
    type Lines<'a> = (Shell, &'a [&'a str], &'a [&'a str]);
    let lines: [Lines<'_>; 3] = [
        (
            Shell::Bash,
            &["sh -c 'exit 7'", "echo \"1 $? $_\"", "true | sh -c 'exit 5' | false", "echo 2 $? \"${PIPESTATUS[@]}\""],
            &["\n1 7 exit 7", "\n2 1 0 5 1"],
        ),
        (
            Shell::Zsh,
            &["sh -c 'exit 7'", "echo \"1 $? $_\"", "true | sh -c 'exit 5' | false", "echo 2 $? $pipestatus"],
            &["\n1 7 exit 7", "\n2 1 0 5 1"],
        ),
        (
            Shell::Fish,
            &["sh -c 'exit 7'", "echo 1 $status", "true | sh -c 'exit 5' | false", "echo 2 $status $pipestatus"],
            &["\n1 7", "\n2 1 0 5 1"],
        ),
    ];
    for (shell, lines, expected) in lines {
        let text = shown(shell, "", "", lines);
        for expected in expected {
            assert!(text.contains(expected), "{shell:?}: {expected} in\n{text}");
        }
    }
    let text = shown(Shell::Bash, "", "", &[": a last", "echo \"3 $_\""]);
    assert!(text.contains("\n3 last"), "{text}");
}

#[test]
fn history_has_what_was_typed_and_nothing_else() {
    for (shell, last) in [(Shell::Bash, "echo !!"), (Shell::Zsh, "echo !!"), (Shell::Fish, "echo echo $history[1]")] {
        let text = shown(shell, "", "", &["echo first", last, "history"]);
        assert!(text.contains("\necho echo first") || text.contains("\necho first"), "{shell:?}: {text}");
        assert!(!text.contains("dxpulse"), "{shell:?}: {text}");
    }
}

#[test]
fn options_and_aliases_of_the_user_neither_disturb_nor_are_disturbed() {
    let bash = "set -u; set -o noclobber; shopt -s nocasematch extglob; IFS=aeiou; alias read=false local=false printf=false; \
                read() { false; }; builtin set -f; set -a";
    let zsh = "setopt KSH_ARRAYS SH_WORD_SPLIT NO_UNSET GLOB_SUBST NO_CLOBBER EXTENDED_GLOB ALL_EXPORT IGNORE_BRACES; IFS=aeiou; \
               alias local=false emulate=false; alias -g L='| less'";
    for (shell, options, look) in [
        (Shell::Bash, bash, "shopt -q nocasematch && echo \"$- [$IFS]\"; env | grep -c 'dxpulse.*true'"),
        (Shell::Zsh, zsh, "[[ -o kshArrays && -o glob_subst ]] && echo \"$options[0] [$IFS]\"; env | grep -c 'dxpulse.*true'"),
    ] {
        for (before, after) in [(options, ""), ("", options)] {
            let mut place = Place::new(shell);
            let mut session = place.start(before, after);
            for (pattern, asks) in [("TRUE *", false), ("true a*", true), ("true '* e*", true)] {
                place.due(&[&format!("command any 0 {pattern}")]);
                session.run("true 'a e i'");
                let fits = asks && (pattern != "true a*");
                assert_eq!(place.asked().len(), usize::from(fits), "{shell:?}: {pattern}\n{}", session.screen.text());
            }
            session.run("false \"$none\"").run("true").run(look);
            assert!(session.screen.text().contains("[aeiou]"), "{shell:?}: {}", session.screen.text());
            assert!(session.screen.text().contains("\n0\n"), "nothing is exported: {}", session.screen.text());
        }
    }
}

#[test]
fn a_trace_shows_nothing_of_the_hook() {
    for shell in [Shell::Bash, Shell::Zsh] {
        let text = shown(shell, "", "", &["set -x", "true one", "true two"]);
        assert!(text.contains("true two") && text.contains("true one"), "{text}");
        assert!(!text.contains("dxpulse") && !text.contains("read -r"), "{shell:?}: {text}");
    }
}

#[test]
fn a_shell_that_ends_at_failures_goes_on() {
    for (shell, set) in [(Shell::Bash, "set -e"), (Shell::Zsh, "setopt errexit")] {
        let text = shown(shell, "", "", &[set, "! true", "true", "", "echo alive"]);
        assert!(text.contains("\nalive"), "{shell:?}: {text}");
    }
    let text = shown(Shell::Bash, "export PROMPT_COMMAND='true'", "", &["set -e", "false && true", "echo alive"]);
    assert!(text.contains("\nalive"), "{text}");
}

#[test]
fn hooks_of_others_go_on() {
    let bash = "trap 'debugged=$BASH_COMMAND' DEBUG; first() { echo \"first $?\"; }; PROMPT_COMMAND=first; PS0='begun '";
    let text =
        shown(Shell::Bash, bash, "PROMPT_COMMAND+=('echo \"then $?\"')", &["sh -c 'exit 4'", "echo $debugged; trap -p DEBUG"]);
    assert!(text.contains("\nbegun ") && text.contains("\nfirst 4\nthen 4\n"), "{text}");
    assert!(text.contains("trap -- 'debugged=$BASH_COMMAND' DEBUG"), "{text}");
    let late = "PROMPT_COMMAND='echo \"late $?\"'; PS0='begun '";
    let text = shown(Shell::Bash, "", late, &["true", "sh -c 'exit 4'", "sh -c 'exit 5'"]);
    assert!(text.contains("late 4") && text.contains("late 5") && text.contains("begun"), "{text}");
    let zsh =
        "precmd() { echo \"own $?\" }; preexec() { echo \"runs $1\" }; precmd_functions=(other); other() { echo \"other $?\" }";
    let text = shown(Shell::Zsh, zsh, "last() { echo \"last $?\" }; precmd_functions+=(last)", &["sh -c 'exit 4'"]);
    for said in ["own 4", "runs sh -c", "other 4", "last 4"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let fish = "function other --on-event fish_prompt; echo \"other $status\"; end";
    let text = shown(Shell::Fish, fish, "", &["sh -c 'exit 4'"]);
    assert!(text.contains("other 4"), "{text}");
}

#[test]
fn reading_the_rc_file_again_changes_nothing() {
    for shell in SHELLS {
        let mut place = Place::new(shell);
        let mut session = place.start("", "source hook; source hook");
        session.run("source hook");
        place.due(&["command any 0 true *"]);
        session.run("true once");
        assert_eq!(place.asked(), ["true once"], "{shell:?}");
        place.due(&["command any 0 nothing"]);
        let look = match shell {
            Shell::Bash => "echo ${#PROMPT_COMMAND[@]} $(grep -o began <<<\"$PS0\" | wc -l)",
            Shell::Zsh => "echo ${#precmd_functions} ${#preexec_functions}",
            Shell::Fish => "functions --handlers-type event | string match -q '*__dxp*'; echo 1 1",
        };
        session.run(look);
        let text = session.screen.text();
        assert!(text.contains("\n1 1\n"), "{shell:?}: {text}");
    }
}

/// Waits until a shell's child is a program of this name, which has the terminal by then.
fn until_child_is(shell: u32, name: &str) {
    let is_it = |child: &str| std::fs::read_to_string(format!("/proc/{child}/comm")).is_ok_and(|comm| comm == name);
    let children = || std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
    while !children().split_whitespace().any(is_it) {
        std::thread::yield_now();
    }
}

/// Waits until a shell waits for a key: bash overlooks a Ctrl-C that comes just before, until the next key.
fn until_it_sleeps(shell: u32) {
    let is_asleep = || std::fs::read_to_string(format!("/proc/{shell}/stat")).unwrap().contains(") S ");
    while !is_asleep() {
        std::thread::yield_now();
    }
}

#[test]
fn subshells_jobs_and_interrupts_are_borne() {
    for shell in [Shell::Bash, Shell::Zsh] {
        let mut place = Place::new(shell);
        let mut session = place.start("", "");
        for line in ["(cd /; true)", "sleep 0.01 & wait", "echo $(true) | (cat)"] {
            place.due(&["command any 0 *"]);
            session.run(line);
            assert_eq!(place.asked(), [line], "{shell:?}");
        }
        // What is typed before the shell reads is the terminal's, which loses some of it at Ctrl-C.
        place.due(&[]);
        session.until_idle();
        place.due(&["command any 0 *"]);
        session.send("half a line").until("half a line");
        until_it_sleeps(session.screen.pid());
        // In zsh, Ctrl-C does the same, but a key that is none of the terminal's can't be lost.
        session.send(if shell == Shell::Bash { "\x03" } else { "\x07" }).until_prompt();
        place.due(&[]);
        session.until_idle();
        assert_eq!(place.asked(), Vec::<String>::new(), "{shell:?}: nothing was run");
        place.due(&["command failure 0 sleep *"]);
        session.send("sleep 60\r").until("sleep 60");
        until_child_is(session.screen.pid(), "sleep\n");
        session.send("\x03").until_prompt();
        assert_eq!(place.asked(), ["sleep 60"], "{shell:?}");
        // Another shell in its place reads the rc file again, and has a hook of its own.
        place.due(&["command any 0 true"]);
        let rc = if shell == Shell::Bash { " --rcfile .bashrc" } else { "" };
        session.run("echo before").send(&format!("exec {}{rc} -i\r", shell.name())).until_another_shell().run("true");
        assert_eq!(place.asked(), ["true"], "{shell:?}");
    }
}

#[test]
fn a_timer_that_a_trap_starts_and_a_prompt_stops_counts_no_idle_time() {
    let timer =
        "trap 'since=${since-$drawn}' DEBUG; stop() { echo \"since ${since-no prompt}\"; unset since; }; PROMPT_COMMAND=stop";
    let text = shown(Shell::Bash, timer, "", &["true", "", "true", "true"]);
    let since: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("since ")).collect();
    // Before the first prompt, the hook has not taken its place yet.
    assert_eq!(since[2..], ["2", "3", "4"], "{text}");
}

#[test]
fn a_prompt_command_that_children_take_over_reaches_them() {
    let inner = "bash --rcfile .bashrc -i -c 'eval \"$PROMPT_COMMAND\"; exit'";
    let bare = "bash --norc -i -c 'sh -c \"exit 5\"; eval \"$PROMPT_COMMAND\"; true; eval \"$PROMPT_COMMAND\"; exit'";
    let text = shown(Shell::Bash, "export PROMPT_COMMAND='echo handed $? on'", "", &["true", inner, bare]);
    let handed: Vec<&str> = text.lines().filter(|line| line.starts_with("handed")).collect();
    assert_eq!(handed[..4], ["handed 0 on"; 4], "{text}");
    assert_eq!(handed[4..], ["handed 5 on", "handed 0 on", "handed 0 on"], "{text}");
}

#[test]
fn a_trap_for_errors_that_functions_have_too_tells_those_of_commands_alone() {
    let cases = [
        (Shell::Bash, "set -E; trap 'echo erred' ERR"),
        (Shell::Bash, "export PROMPT_COMMAND='true'; trap 'echo erred' ERR"),
        (Shell::Zsh, "trap 'echo erred' ZERR"),
    ];
    for (shell, before) in cases {
        let text = shown(shell, before, "", &["true", "false", "", "true"]);
        assert_eq!(text.lines().filter(|line| *line == "erred").count(), 1, "{shell:?}: {text}");
    }
}

#[test]
fn a_prompt_command_that_may_not_change_is_left_and_nothing_is_said() {
    let place = Place::new(Shell::Bash);
    let mut session = place.start("PROMPT_COMMAND='echo mine'; readonly PROMPT_COMMAND", "echo read to the end");
    session.run("echo ${PROMPT_COMMAND[@]}");
    let text = session.screen.text();
    assert!(text.contains("read to the end") && text.contains("\necho mine\n") && !text.contains("readonly"), "{text}");
}

#[test]
fn lines_of_other_shells_in_the_history_are_not_taken_for_what_was_run() {
    let mut place = Place::new(Shell::Bash);
    let mut session = place.start("HISTFILE=$PWD/lines; PROMPT_COMMAND='history -n'", "");
    std::fs::write(place.file("lines"), "deploy elsewhere\n").unwrap();
    place.due(&["command any 0 *"]);
    session.run("true here");
    assert_eq!(place.asked(), ["true here"], "{}", session.screen.text());
}

#[test]
fn what_bash_preexec_begins_with_comes_last_and_takes_nothing_for_the_first_command() {
    let mut place = Place::new(Shell::Bash);
    let mut session = place.start("__bp_install() { :; }; PROMPT_COMMAND='__bp_install'", "");
    place.due(&["command any 0 echo *"]);
    session.run("echo \"${PROMPT_COMMAND[0]##*$'\\n'} of ${#PROMPT_COMMAND[@]}\"").until("\n__bp_install of 1\n");
    assert_eq!(place.asked().len(), 1);
}

#[test]
fn bash_as_posix_and_with_bash_preexec_has_it_too() {
    for before in [
        "set -o posix",
        // What bash-preexec does, as far as others see it: a trap, a flag, its arrays, and the history told to them. With extdebug,
        // a command is left out where one of them fails.
        "bash_preexec_imported=defined; preexec_functions=(); trap '[[ $BASH_COMMAND == *dxpulse* ]] || for each in \
         \"${preexec_functions[@]}\"; do $each \" told $BASH_COMMAND \" || kill -9 $$; done' DEBUG",
    ] {
        let mut place = Place::new(Shell::Bash);
        let mut session = place.start(before, "");
        session.run("true");
        place.due(&["command any 0 *true one"]);
        session.run("true one");
        let told = if before.contains("preexec") { "told true one" } else { "true one" };
        assert_eq!(place.asked(), [told], "{}", session.screen.text());
    }
}

#[test]
fn direnv_and_zoxide_do_their_work_beside_it() {
    for shell in SHELLS {
        let evaluate = |command: &str| match shell {
            Shell::Fish => format!("{command} fish | source\n"),
            _ => format!("eval \"$({command} {})\"\n", shell.name()),
        };
        let others = evaluate("direnv hook") + &evaluate("zoxide init --hook prompt");
        for (before, after) in [(others.as_str(), ""), ("", others.as_str())] {
            let mut place = Place::new(shell);
            std::fs::create_dir(place.file("project")).unwrap();
            std::fs::write(place.file("project/.envrc"), "export LOADED=by_direnv\n").unwrap();
            let mut session = place.start(before, after);
            session.run("direnv allow project; cd project").run("echo \"<$LOADED>\"");
            place.due(&["command failure 0 sh *"]);
            session.run("sh -c 'exit 3'").run("cd ..").run("echo \"<$LOADED>\"; zoxide query project");
            let text = session.screen.text();
            let shown = |wanted: &str| text.lines().any(|line| !line.contains("$ ") && line.ends_with(wanted));
            assert!(shown("<by_direnv>") && shown("<>") && shown("project"), "{shell:?}, {before} {after}: {text}");
            assert_eq!(place.asked(), ["sh -c 'exit 3'"], "{shell:?}, {before} {after}: {text}");
        }
    }
}
