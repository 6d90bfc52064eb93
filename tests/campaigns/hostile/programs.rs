//! A program under bounds of time and memory, and what must hold of whatever it does.

use std::ffi::OsStr;
use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use super::characters::is_clean;
use crate::support::Home;

/// What starts a program so that it is killed after a while, and can't take more than 256 MiB.
pub(crate) const BOUNDED: [&str; 5] = ["timeout", "--signal=KILL", "600", "prlimit", "--data=268435456"];

/// How long anything may take that waits for nobody, on a machine that has much else to do.
pub(crate) const PROMPT: Duration = Duration::from_secs(30);

/// The exit codes that are documented.
const DOCUMENTED: [i32; 5] = [0, 1, 2, 3, 4];

/// Prepares `dxpulse` with these arguments, within the bounds.
pub(crate) fn bounded(home: &Home, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = home.command_through(&BOUNDED);
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs a program, and makes sure that it ends as it should, in time, and prints nothing that drives a terminal.
pub(crate) fn judged(command: &mut Command) -> Result<Output, String> {
    judged_with(command, b"")
}

/// Does the same with something on standard input.
pub(crate) fn judged_with(command: &mut Command, input: &[u8]) -> Result<Output, String> {
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("it can't be started: {error}"))?;
    // A program that doesn't read its input closes the pipe, which is its right.
    let _ = child.stdin.take().map(|mut pipe| pipe.write_all(input));
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let arguments: Vec<_> = command.get_args().skip(BOUNDED.len() + 2).collect();
    let context = |what: String| {
        let errors: String = String::from_utf8_lossy(&output.stderr).chars().take(2000).collect();
        format!("{arguments:?} {}: {what}\n{errors:?}", output.status)
    };
    is_in_order(output.status.code(), [&output.stdout, &output.stderr], start.elapsed()).map_err(context)?;
    Ok(output)
}

/// Says what is wrong with how a program ended and what it printed.
pub(crate) fn is_in_order(code: Option<i32>, printed: [&[u8]; 2], taken: Duration) -> Result<(), String> {
    if taken > PROMPT {
        return Err(format!("it took {taken:?}"));
    }
    is_sound(code, printed)
}

/// Does the same, however long it took.
pub(crate) fn is_sound(code: Option<i32>, printed: [&[u8]; 2]) -> Result<(), String> {
    if !code.is_some_and(|code| DOCUMENTED.contains(&code)) {
        return Err("no documented exit code".to_owned());
    }
    for text in printed {
        let said = String::from_utf8_lossy(text);
        if let Some(words) = ["panicked", "stopped because of a bug"].into_iter().find(|words| said.contains(words)) {
            return Err(format!("it says {words:?}"));
        }
        is_clean(text)?;
    }
    Ok(())
}

/// 60 MiB of zeros, as gzip and as zlib: both fit into what a collector reads.
pub(crate) static BOMBS: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| {
    ["gzip", "zlib"].map(|module| {
        let program = format!("import {module}, sys; sys.stdout.buffer.write({module}.compress(bytes(60 << 20), 9))");
        let output = Command::new("python3").args(["-c", &program]).output().expect("python3 is installed, tests/run sees to it");
        assert!(output.status.success() && output.stdout.len() < 64 << 10, "{module} makes a bomb");
        output.stdout
    })
});
