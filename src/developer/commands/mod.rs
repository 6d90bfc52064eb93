//! The developer's commands: one file each, with its arguments, its help and one function.
//!
//! What they share stands beside them, and other wings' commands use it too: the exit codes, the two ways to say something, and
//! what may be asked of the surroundings.

mod answered;
mod confidential;
mod config;
mod context;
mod destination;
mod doctor;
mod edit;
mod enroll;
mod event;
mod exit;
mod export;
mod forget;
mod history;
mod hook;
mod import;
mod inbox;
mod list;
mod mute;
mod note;
mod outbox;
mod passphrase;
mod payload;
mod prompts;
mod results;
mod settled;
mod snooze;
mod status;
mod sync;
mod take;
mod undo;
mod verify;
mod why;
mod withdraw;

use std::ffi::OsString;

use clap::Subcommand;

use crate::anonymous::PublicKey;

pub(crate) use context::{Context, language};
pub(crate) use event::of_event;
pub use exit::report;
pub(crate) use note::{note, note_with};
pub(crate) use take::exit_code;

pub use crate::report::{Exit, Failure};
pub(crate) use crate::report::{escape, output};

// Deferred: a command's own arguments are only built once it is the one asked for.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    /// Answer a survey
    Take(take::Arguments),
    /// List the surveys: open, begun and answered
    List(list::Arguments),
    /// List what you answered and declined
    History(history::Arguments),
    /// Join a collector with an invitation
    Enroll(enroll::Arguments),
    /// Exchange with your collector: look for surveys, send what is due
    Sync(sync::Arguments),
    /// Show where each answer is: here, on its way, counted
    Outbox(outbox::Arguments),
    /// Show the exact bytes that will be or were sent
    Payload(payload::Arguments),
    /// Change an answer, also one that was sent
    Edit(edit::Arguments),
    /// Take back an answer that was sent
    Withdraw(withdraw::Arguments),
    /// Reopen the last answer if it was not sent yet, else take it back
    Undo(undo::Arguments),
    /// Check that your answers were counted, and that everybody was asked by the same wave
    Verify(verify::Arguments),
    /// Read what came of surveys, and what is being done
    Results(results::Arguments),
    /// Write your own answers to a file or to standard output, or move everything to another machine
    Export(export::Arguments),
    /// Take in what was moved from another machine
    Import(import::Arguments),
    /// Tell why a survey is asked or not, and when that changes
    Why(why::Arguments),
    /// Show whether anything may be asked here, and who said so
    Status(status::Arguments),
    /// Be left alone for a while
    Snooze(snooze::Arguments),
    /// Never be asked, a survey or any of them
    Mute(mute::Arguments),
    /// Be asked again
    Unmute(mute::Arguments),
    /// Let your shell ask at the right moment
    Hook(hook::Arguments),
    /// Tell that something happened, from a tool of your platform
    Event(event::Arguments),
    /// Show or change settings, and where each value comes from
    Config(config::Arguments),
    /// Check the terminal, your files and your settings
    Doctor(doctor::Arguments),
    /// Delete your answers and drafts from this machine
    Forget(forget::Arguments),
}

/// Reads public keys that settings hold.
fn keys<'a>(texts: impl Iterator<Item = &'a str>) -> Result<Vec<PublicKey>, Failure> {
    let key = |text| PublicKey::from_text(text).ok_or_else(|| Failure::new(format!("{text} is not the public key of anyone")));
    texts.map(key).collect()
}

impl Command {
    /// Says whether something else may be due after it.
    fn may_change_what_is_due(&self) -> bool {
        match self {
            Self::Take(_) | Self::Enroll(_) | Self::Sync(_) | Self::Edit(_) | Self::Withdraw(_) | Self::Undo(_) => true,
            Self::Import(_) | Self::Config(_) | Self::Forget(_) => true,
            Self::Snooze(_) | Self::Mute(_) | Self::Unmute(_) => true,
            // Surveys of a folder come and go without any command: whoever looks is told the same as the shells.
            Self::List(_) | Self::Doctor(_) | Self::Why(_) | Self::Status(_) => true,
            Self::History(_) | Self::Outbox(_) | Self::Payload(_) | Self::Verify(_) | Self::Results(_) => false,
            Self::Export(_) => false,
            // They see to it themselves.
            Self::Event(_) | Self::Hook(_) => false,
        }
    }
}

/// Runs what a shell runs at each of its starts, where that is what these words say and nothing more: without all commands being
/// described first, and without anything that only others need, it takes little longer than any program.
pub fn at_a_start(words: &[OsString]) -> Option<Result<Exit, Failure>> {
    match words {
        [_, hook, init, shell] if hook == "hook" && init == "init" => hook::init(shell.to_str()?),
        _ => None,
    }
}

/// Runs a command; without one, the inbox. What shells are told is due follows from it.
pub(crate) fn run(command: Option<&Command>, context: &Context) -> Result<Exit, Failure> {
    let outcome = command.map_or_else(|| inbox::run(context), |command| carry_out(command, context));
    if command.is_none_or(Command::may_change_what_is_due) {
        prompts::keep_due(context);
    }
    outcome
}

fn carry_out(command: &Command, context: &Context) -> Result<Exit, Failure> {
    match command {
        Command::Take(arguments) => take::run(arguments, context),
        Command::List(arguments) => list::run(arguments, context),
        Command::History(arguments) => history::run(arguments, context),
        Command::Enroll(arguments) => enroll::run(arguments, context),
        Command::Sync(arguments) => sync::run(arguments, context),
        Command::Outbox(arguments) => outbox::run(arguments, context),
        Command::Payload(arguments) => payload::run(arguments, context),
        Command::Edit(arguments) => edit::run(arguments, context),
        Command::Withdraw(arguments) => withdraw::run(arguments, context),
        Command::Undo(arguments) => undo::run(arguments, context),
        Command::Verify(arguments) => verify::run(arguments, context),
        Command::Results(arguments) => results::run(arguments, context),
        Command::Export(arguments) => export::run(arguments, context),
        Command::Import(arguments) => import::run(arguments, context),
        Command::Why(arguments) => why::run(arguments, context),
        Command::Status(arguments) => status::run(arguments, context),
        Command::Snooze(arguments) => snooze::run(arguments, context),
        Command::Mute(arguments) => mute::run(arguments, context),
        Command::Unmute(arguments) => mute::run_back(arguments, context),
        Command::Hook(arguments) => hook::run(arguments, context),
        Command::Event(arguments) => event::run(arguments, context),
        Command::Config(arguments) => config::run(arguments, context),
        Command::Doctor(arguments) => doctor::run(arguments, context),
        Command::Forget(arguments) => forget::run(arguments, context),
    }
}
