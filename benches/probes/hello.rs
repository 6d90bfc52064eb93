//! The floor for starting any program: one that says hello.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    writeln!(io::stdout(), "hello")
}
