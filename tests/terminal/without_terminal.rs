//! Without any terminal the program says so at once.

use std::time::{Duration, Instant};

use crate::support::Home;

#[test]
fn without_a_terminal_there_is_an_error_at_once_and_no_hang() {
    for arguments in
        [&["take", "platform-pulse"][..], &["take"], &[], &["take", "platform-pulse", "--accessible"], &["take", "--full"]]
    {
        let home = Home::new();
        let started = Instant::now();
        let output = home.command().args(arguments).stdin(std::process::Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("no terminal to ask on") && told.contains("help: start it in a terminal"), "{told}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        assert!(started.elapsed() < Duration::from_secs(10), "{arguments:?}");
    }
}
