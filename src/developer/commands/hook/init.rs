//! `dxpulse hook init`: prints the code of the hook.

use super::kept::code;
use super::shell::Shell;
use crate::developer::commands::context::Context;
use crate::developer::commands::{Exit, Failure, output};

const SETUP: &str = "\
Set up once, or let `dxpulse hook install` do it:
  bash        echo 'eval \"$(dxpulse hook init bash)\"' >> ~/.bashrc
  zsh         echo 'eval \"$(dxpulse hook init zsh)\"' >> ~/.zshrc
  fish        echo 'dxpulse hook init fish | source' >> ~/.config/fish/config.fish
  nu          mkdir ($nu.data-dir | path join vendor/autoload)
              dxpulse hook init nu | save --force ($nu.data-dir | path join vendor/autoload/dxpulse.nu)
  powershell  Add-Content $PROFILE 'Invoke-Expression (& dxpulse hook init powershell | Out-String)'

The code can be kept in a file too, and read from there; print it anew after an update.";

#[derive(Debug, clap::Args)]
#[command(after_help = SETUP)]
pub(super) struct Arguments {
    /// The shell
    pub(super) shell: Shell,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    output::print(&code(arguments.shell, context)?)?;
    Ok(Exit::SUCCESS)
}
