//! `dxpulse hook`: what makes a shell ask at the right moment.

mod code;
mod init;
mod kept;
mod nudge;
mod rc;
mod repository;
mod run;
mod shell;

use self::shell::Shell;
use super::context::Context;
use super::{Exit, Failure};

#[derive(Debug, clap::Args)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Print the code for a shell, to evaluate when it starts
    Init(init::Arguments),
    /// Add the hook to the file your shell reads at its start, after showing the change
    Install(rc::Arguments),
    /// Take the hook out of that file again, after showing the change
    Uninstall(rc::Arguments),
    /// What the hook calls when something is due
    #[command(hide = true)]
    Run(run::Arguments),
}

/// Runs `hook init` for the shell of this name, if there is one.
pub(super) fn init(shell: &str) -> Option<Result<Exit, Failure>> {
    let shell = Shell::ALL.into_iter().find(|known| known.name() == shell)?;
    Some(init::run(&init::Arguments { shell }, &Context::of_process(None)))
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    match &arguments.action {
        Action::Init(arguments) => init::run(arguments, context),
        Action::Install(arguments) => rc::install(arguments, context),
        Action::Uninstall(arguments) => rc::uninstall(arguments, context),
        Action::Run(arguments) => run::run(arguments, context),
    }
}
