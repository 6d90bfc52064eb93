//! Panics. Each is a bug, and told by its place alone: its own words may quote an answer.

use std::io::{self, Write};
use std::panic::{PanicHookInfo, set_hook};

/// The exit code after a panic, as of any Rust program.
const CODE: i32 = 101;

/// Makes panics be told by their place, in a program that may go on after one.
pub fn tell_panics() {
    set_hook(Box::new(|panic| say(&format!("a bug was met{}", place(panic)))));
}

/// Makes a panic end the program, once its place is told.
pub fn end_at_panics() {
    set_hook(Box::new(|panic| end(panic, None)));
}

/// Ends the program because of a panic, with what comforts whoever sees it. It exits before it would be aborted, so that the system
/// keeps no image of its memory, where answers are.
pub(crate) fn end(panic: &PanicHookInfo<'_>, comfort: Option<&str>) -> ! {
    let comfort = comfort.map(|comfort| format!("; {comfort}")).unwrap_or_default();
    say(&format!("dxpulse stopped because of a bug{}{comfort}", place(panic)));
    std::process::exit(CODE)
}

fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

fn place(panic: &PanicHookInfo<'_>) -> String {
    panic.location().map(|place| format!(" at {}:{}", shown_path(place.file()), place.line())).unwrap_or_default()
}

/// Leaves out where on this machine a dependency's source lies.
fn shown_path(file: &str) -> &str {
    let dependency = file.split_once("/registry/src/").and_then(|(_, rest)| rest.split_once('/'));
    dependency.map_or(file, |(_, path)| path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_is_named_without_the_folder_it_lies_in() {
        assert_eq!(shown_path("/home/ada/.cargo/registry/src/index-1/ratatui-0.30.2/src/a.rs"), "ratatui-0.30.2/src/a.rs");
        assert_eq!(shown_path("src/screen/device.rs"), "src/screen/device.rs");
    }
}
