//! Runs the command line: every word of it is in the library.

fn main() {}
