//! Limits that the system sets a program.

use signal_hook::consts::SIGXFSZ;

/// Makes a limit on the size of files be told like a full disk, instead of ending the program without a word.
pub fn tell_limits() {
    let _ = signal_hook::flag::register(SIGXFSZ, Default::default());
}
