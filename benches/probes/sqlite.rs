//! The floor for `dxpulse list`: clap, a TOML of sixty lines, SQLite opened and one indexed SELECT.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use rusqlite::Connection;

const CONFIGURATION: &str = include_str!("sixty_lines.toml");

#[derive(Parser)]
#[command(version, about = "Reads one row")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Shows a row of the database
    Show {
        /// The database
        database: PathBuf,
        /// The row's name
        #[arg(long, default_value = "row-5")]
        name: String,
    },
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Command::Show { database, name } = Arguments::parse().command;
    let configuration: toml::Table = CONFIGURATION.parse()?;
    let connection = Connection::open(database)?;
    let value: String = connection.query_row("SELECT value FROM entry WHERE name = ?1", [name], |row| row.get(0))?;
    writeln!(io::stdout(), "{} {value}", configuration.len())?;
    Ok(())
}
