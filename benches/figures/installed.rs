//! Programs as their users have them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::Home;

/// Copies a program into a home, as an installation does: a file that the linker has just written page by page loads a tenth slower.
pub(crate) fn installed(home: &Home, program: &Path) -> PathBuf {
    let folder = home.path().join("installed");
    let copy = folder.join(program.file_name().expect("a program has a name"));
    let copied = fs::create_dir_all(&folder).and_then(|()| fs::copy(program, &copy));
    copied.expect("the program was built, and a temporary folder holds a copy");
    copy
}
