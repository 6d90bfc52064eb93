//! Links the release program for a quick start and a small file, where that is known to work; elsewhere it is linked as usual.
//!
//! At a fixed address, thousands of addresses in it need no correction at every start, and the pages they stand on stay untouched. What
//! is given up: the program's own code lies where an attacker expects it. Libraries, heap and stack are still placed at random, and
//! `unsafe` is forbidden here. Cargo's configuration can't say this: its flags would also reach procedural macros, which are shared
//! libraries.
//!
//! The developer's program ends at a panic as soon as it is told, so that the tables for unwinding it, a twelfth of the file, are never
//! read. The library that would read them, which Rust needs all the same, is made part of the program where it is the only one built:
//! each library that is loaded at a start takes a tenth of it.

use std::env::{VarError, var};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Tells the linker to leave out what unwinding needs.
const WITHOUT_UNWINDING: &str =
    "SECTIONS { /DISCARD/ : { *(.eh_frame) *(.eh_frame_hdr) *(.gcc_except_table*) } } INSERT AFTER .text;";

fn main() -> Result<(), VarError> {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, wanted: &str| var(name).is_ok_and(|value| value == wanted);
    let is_static = var("CARGO_CFG_TARGET_FEATURE").is_ok_and(|features| features.contains("crt-static"));
    if !is("PROFILE", "release") || !is("CARGO_CFG_TARGET_OS", "linux") || !is("CARGO_CFG_TARGET_ENV", "gnu") || is_static {
        return Ok(());
    }
    println!("cargo::rustc-link-arg-bins=-no-pie");
    println!("cargo::rustc-link-arg-examples=-no-pie");
    // A linker of somebody's choice may not read scripts, and has other libraries.
    if !is("CARGO_ENCODED_RUSTFLAGS", "") || var("RUSTC_LINKER").is_ok() {
        return Ok(());
    }
    let script = Path::new(&var("OUT_DIR")?).join("without-unwinding.ld");
    if std::fs::write(&script, WITHOUT_UNWINDING).is_ok() {
        println!("cargo::rustc-link-arg-bin=dxpulse=-Wl,--no-eh-frame-hdr");
        println!("cargo::rustc-link-arg-bin=dxpulse=-T{}", script.display());
    }
    // Those that go on after a panic keep the library that unwinds as it comes.
    let is_alone = ["COLLECTOR", "RESEARCH"].iter().all(|feature| var(format!("CARGO_FEATURE_{feature}")).is_err());
    if let Some(folder) = folder_of("libgcc_eh.a").filter(|_| is_alone && is("HOST", &var("TARGET").unwrap_or_default())) {
        println!("cargo::rustc-link-search=native={}", folder.display());
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
    Ok(())
}

/// Asks the compiler that links the program for the folder of one of its own libraries.
fn folder_of(library: &str) -> Option<PathBuf> {
    let asked = Command::new("cc").arg(format!("-print-file-name={library}")).output().ok()?;
    // Without one, it gives the name alone.
    Path::new(String::from_utf8(asked.stdout).ok()?.trim()).parent().filter(|folder| folder.is_absolute()).map(Path::to_owned)
}
