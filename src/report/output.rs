//! Standard output: the one place that writes to it.
//!
//! A reader that has gone, as in `dxpulse history | head -1`, ends the command quietly.

use std::io::{self, BufWriter, ErrorKind, Write};

use super::Failure;
use super::escape::escape;
use super::fit::{columns_of, fit};
use crate::survey::characters::written_out;

/// Prints text as it is; machine output goes this way, `escape` makes other text safe.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    stream(|out| out.write_all(text.as_bytes()))
}

/// Prints bytes as they are.
pub(crate) fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    stream(|out| out.write_all(bytes))
}

/// Prints text that may come from a file, an answer or the environment, followed by a line feed.
pub(crate) fn print_line(text: &str) -> Result<(), Failure> {
    print(&format!("{}\n", escape(text)))
}

/// Prints lines of words that may come from a file, an answer or the environment, if there are any; on a terminal, those that are wider
/// than it are broken between words.
pub(crate) fn print_words(lines: &str) -> Result<(), Failure> {
    let lines = lines.strip_suffix('\n').unwrap_or(lines);
    if lines.is_empty() { Ok(()) } else { print(&format!("{}\n", fit(&escape(lines), columns()))) }
}

/// Prints a value as indented JSON and a line feed; what a terminal would act on is written as an escape of JSON.
pub(crate) fn print_json(value: &serde_json::Value) -> Result<(), Failure> {
    print(&written_out(&format!("{value:#}\n")))
}

/// Lets `write` print at length, through a buffer.
pub(crate) fn stream(write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout());
    write(&mut out).and_then(|()| out.flush()).map_err(|error| failure(&error))
}

/// Gives the columns of the terminal that standard output is; `None` where it is no terminal.
pub(crate) fn columns() -> Option<usize> {
    columns_of(io::stdout())
}

fn failure(error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::BrokenPipe => Failure::quiet(),
        _ => Failure::new(format!("cannot write to standard output: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_has_gone_is_no_failure_and_a_full_disk_is() {
        assert_eq!(failure(&ErrorKind::BrokenPipe.into()), Failure::quiet());
        assert_eq!(failure(&ErrorKind::StorageFull.into()).exit, 1);
    }
}
