//! What all commands have in common: help, the version, wrong usage, a reader that goes away.

use std::fs::File;

use crate::sandbox::Sandbox;

#[test]
fn the_version_is_one_line() {
    for flag in ["--version", "-V"] {
        assert_eq!(Sandbox::new().succeed(&[flag]), concat!("dxpulse ", env!("CARGO_PKG_VERSION"), "\n"));
    }
}

#[test]
fn help_names_every_command_and_the_exit_codes() {
    let help = Sandbox::new().succeed(&["--help"]);
    for word in ["config", "doctor", "completions", "forget", "survey", "Exit codes"] {
        assert!(help.contains(word), "{word} in {help}");
    }
}

#[test]
fn wrong_usage_exits_2_and_prints_nothing_on_standard_output() {
    let cases: [&[&str]; 17] = [
        &["nonsense"],
        &["--nonsense"],
        &["config"],
        &["config", "get", "thme"],
        &["config", "get", "theme", "colour"],
        &["config", "set", "theme"],
        &["config", "path", "theme"],
        &["doctor", "--jsn"],
        &["completions"],
        &["completions", "tcsh"],
        &["forget", "--yes", "now"],
        &["survey"],
        &["survey", "lnt"],
        &["take", "--timeout", "0"],
        &["take", "--full", "--accessible"],
        &["take", "--answers", "a.json", "--timeout", "3"],
        &["take", "platform-pulse", "first-deployment"],
    ];
    for arguments in cases {
        let outcome = Sandbox::new().run(arguments);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{arguments:?}: {outcome:?}");
        assert!(outcome.err.contains("Usage") || outcome.err.contains("--help"), "{arguments:?}: {outcome:?}");
    }
}

#[test]
fn a_near_miss_is_told() {
    let outcome = Sandbox::new().run(&["config", "get", "thme"]);
    assert!(outcome.err.starts_with("dxpulse: invalid value 'thme' for '[KEY]'"), "{}", outcome.err);
    assert!(outcome.err.contains("a similar value exists: 'theme'"), "{}", outcome.err);
}

#[test]
fn no_escape_sequence_of_an_argument_reaches_the_terminal() {
    let outcome = Sandbox::new().run(&["\u{1b}[31mred\u{202e}"]);
    assert!(outcome.err.contains("red") && !outcome.err.contains(['\u{1b}', '\u{202e}']), "{outcome:?}");
}

#[test]
fn a_reader_that_has_gone_is_a_quiet_exit() {
    let cases: [&[&str]; 9] = [
        &["--help"],
        &["survey", "lint", "--explain", "syntax"],
        &["--version"],
        &["config", "--help"],
        &["config", "get"],
        &["config", "path"],
        &["doctor", "--json"],
        &["completions", "bash"],
        &["forget"],
    ];
    for arguments in cases {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = Sandbox::new().command(arguments).stdout(writer).output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn a_full_disk_under_standard_output_is_told() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = Sandbox::new().command(&["config", "get"]).stdout(full).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.starts_with("dxpulse: cannot write to standard output: No space left on device"), "{said}");
}
