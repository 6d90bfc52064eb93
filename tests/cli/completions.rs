//! `dxpulse completions`: scripts that the shells themselves accept.

use std::process::Command;

use crate::sandbox::{Sandbox, complaints, script};

#[test]
fn bash_zsh_and_fish_accept_their_scripts() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish"] {
        let file = script(&sandbox.path(""), shell, sandbox.succeed(&["completions", shell]));
        assert_eq!(complaints(shell, &["-n"], &file), None, "{shell}");
    }
}

#[test]
fn every_shell_has_a_script_that_knows_the_commands() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let printed = sandbox.succeed(&["completions", shell]);
        for word in ["config", "doctor", "completions", "forget", "survey", "lint"] {
            assert!(printed.contains(word), "{word} for {shell}");
        }
    }
}

#[test]
fn bash_completes_a_command_and_a_key() {
    let sandbox = Sandbox::new();
    let file = script(&sandbox.path(""), "bash", sandbox.succeed(&["completions", "bash"]));
    for (words, expected) in [("dxpulse do", "doctor"), ("dxpulse config set ac", "accessible"), ("dxpulse survey li", "lint")] {
        let last = words.split(' ').next_back().unwrap();
        let count = words.split(' ').count() - 1;
        let line = format!(
            "source {}; COMP_WORDS=({words}); COMP_CWORD={count}; _dxpulse dxpulse {last}; echo ${{COMPREPLY[@]}}",
            file.display()
        );
        let output = Command::new("bash").args(["--norc", "-c", &line]).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), expected, "{words}");
    }
}
