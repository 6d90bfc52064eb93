//! In which situations a survey is asked.

/// In which situations a survey is asked: after a command, at an event, in a place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trigger {
    /// Patterns of command lines, with `*` for any text.
    pub commands: Vec<String>,
    /// Names of events that a platform's own tools send.
    pub events: Vec<String>,
    /// How the command must have ended.
    pub exit_status: ExitStatus,
    /// How long the command must have run, in seconds.
    pub min_duration_s: u32,
    /// The share of people who are asked, from 0 (none) to 1 (all).
    pub sample: Option<f64>,
    /// At which use it is asked: 3 for the third.
    pub nth_use: Option<u32>,
    /// Whether it is asked at the first success after failures.
    pub first_success: bool,
    /// Patterns of folders.
    pub directories: Vec<String>,
    /// Patterns of repositories' addresses.
    pub repositories: Vec<String>,
    /// The days between two prompts of this survey; the program's own rule without one.
    pub cooldown_days: Option<u32>,
    /// How often it is prompted for at most.
    pub most_prompts: Option<u32>,
}

/// How a command must have ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ExitStatus {
    /// In whatever way.
    #[default]
    Any,
    /// With status 0.
    Success,
    /// With any other status.
    Failure,
}
