//! The programs that stand beside ours, each with as little in it as can be compared.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds probes with the profile of the program they stand beside, with what calls the compiler for them where that isn't cargo.
pub(crate) fn build(profile: &str, features: &str, names: &[&str], compiler: Option<&str>) -> io::Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--quiet", "--profile", profile, "--features", features]);
    command.args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")]);
    if let Some(compiler) = compiler {
        command.env("RUSTC_WORKSPACE_WRAPPER", compiler);
    }
    let built = command.args(names.iter().flat_map(|name| ["--example", name])).status()?;
    if built.success() { Ok(()) } else { Err(io::Error::other("the probes can't be built")) }
}

/// Gives the path of a probe, by the program it stands beside.
pub(crate) fn path(program: &str, name: &str) -> PathBuf {
    Path::new(program).with_file_name("examples").join(name)
}
