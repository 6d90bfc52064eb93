//! The floor for `dxpulse --version`: a program that does nothing but parse its arguments with clap.

use std::io::{self, Write};

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(version, about = "Says hello")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Says hello to everyone
    Greet {
        /// Says it loudly
        #[arg(long)]
        loud: bool,
    },
}

fn main() -> io::Result<()> {
    let greeting = match Arguments::parse().command {
        Some(Command::Greet { loud: true }) => "HELLO",
        _ => "hello",
    };
    writeln!(io::stdout(), "{greeting}")
}
