//! The floor for any check of what is stored: SQLite opened and one indexed SELECT, without arguments to parse or a configuration.

use std::io::{self, Write};

use rusqlite::Connection;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let database = std::env::args().nth(1).ok_or("which database?")?;
    let connection = Connection::open(database)?;
    let value: String = connection.query_row("SELECT value FROM entry WHERE name = ?1", ["row-5"], |row| row.get(0))?;
    writeln!(io::stdout(), "{value}")?;
    Ok(())
}
