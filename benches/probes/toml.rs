//! The floor for `dxpulse survey lint`: the same files read and parsed as TOML with places, and nothing more.

use std::io::{self, Write};
use std::{env, fs};

use toml::de::DeTable;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut keys = 0;
    for path in env::args_os().skip(1) {
        let source = fs::read_to_string(path)?;
        keys += DeTable::parse(&source)?.get_ref().len();
    }
    writeln!(io::stdout(), "{keys}")?;
    Ok(())
}
