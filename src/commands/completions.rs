//! `dxpulse completions`: prints a completion script.

use clap_complete::Shell;

use crate::developer::commands::{Exit, Failure, output};

const SETUP: &str = "\
Set up once:
  bash        dxpulse completions bash > ~/.local/share/bash-completion/completions/dxpulse
  zsh         dxpulse completions zsh > ~/.zfunc/_dxpulse    (with `fpath+=~/.zfunc` before `compinit` in ~/.zshrc)
  fish        dxpulse completions fish > ~/.config/fish/completions/dxpulse.fish
  powershell  dxpulse completions powershell >> $PROFILE
  elvish      dxpulse completions elvish >> ~/.config/elvish/rc.elv";

#[derive(Debug, clap::Args)]
#[command(after_help = SETUP)]
pub(crate) struct Arguments {
    /// The shell to complete in
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::command(), "dxpulse", &mut script);
    output::stream(|out| out.write_all(&script))?;
    Ok(Exit::SUCCESS)
}
