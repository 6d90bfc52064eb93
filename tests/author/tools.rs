//! The tools of others that tests ask: `tests/run` installs them, with the versions of `tests/requirements.txt`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Gives the path of an installed tool.
pub(crate) fn tool(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/python/bin").join(name);
    assert!(path.exists(), "{name} is needed: tests/run installs it");
    path
}

/// Runs a tool with this standard input.
pub(crate) fn feed(command: &mut Command, input: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // The tool may print before it has read everything, so both happen at once.
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input.as_bytes()).unwrap());
        child.wait_with_output().unwrap()
    })
}
