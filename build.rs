//! Links the release program at a fixed address where that is known to work: it starts faster and takes less memory.
//!
//! Thousands of addresses in it need no correction at every start then, and the pages they stand on stay untouched. What is given
//! up: the program's own code lies where an attacker expects it. Libraries, heap and stack are still placed at random, `unsafe` is
//! forbidden here, and without this file the program is linked as usual. Cargo's configuration can't say this: its flags would
//! also reach procedural macros, which are shared libraries.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, wanted: &str| std::env::var(name).is_ok_and(|value| value == wanted);
    let is_static = std::env::var("CARGO_CFG_TARGET_FEATURE").is_ok_and(|features| features.contains("crt-static"));
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && !is_static {
        println!("cargo::rustc-link-arg-bins=-no-pie");
        println!("cargo::rustc-link-arg-examples=-no-pie");
    }
}
