//! The shells there is a hook for.

use std::path::{Path, PathBuf};

use super::code::{Code, code, filled};
use crate::config::Environment;
use crate::developer::commands::Failure;
use crate::developer::commands::context::Context;

/// Gives the path of this program as it was called, which an update keeps, rather than what that leads to.
pub(super) fn program(context: &Context) -> Result<PathBuf, Failure> {
    let real = std::env::current_exe().map_err(|error| Failure::new(format!("cannot tell where dxpulse is: {error}")))?;
    let called = std::env::args_os().next().map(PathBuf::from).unwrap_or_default();
    let folders = context.environment.get("PATH").map(|path| std::env::split_paths(path).collect::<Vec<_>>()).unwrap_or_default();
    let candidates: Vec<PathBuf> = match called.components().count() {
        1 => folders.into_iter().map(|folder| folder.join(&called)).collect(),
        _ => std::path::absolute(&called).into_iter().collect(),
    };
    let is_this = |path: &PathBuf| std::fs::canonicalize(path).is_ok_and(|path| path == real);
    Ok(candidates.into_iter().find(is_this).unwrap_or(real))
}

/// A shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Shell {
    Bash,
    Zsh,
    Fish,
    Nu,
    Powershell,
}

impl Shell {
    pub(super) const ALL: [Self; 5] = [Self::Bash, Self::Zsh, Self::Fish, Self::Nu, Self::Powershell];

    /// Gives the shell of this path, as `SHELL` has it.
    pub(super) fn of_path(path: &str) -> Option<Self> {
        match Path::new(path).file_name()?.to_str()? {
            "bash" => Some(Self::Bash),
            "zsh" => Some(Self::Zsh),
            "fish" => Some(Self::Fish),
            "nu" => Some(Self::Nu),
            "pwsh" => Some(Self::Powershell),
            _ => None,
        }
    }

    /// Gives its name, as `hook init` takes it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
            Self::Nu => "nu",
            Self::Powershell => "powershell",
        }
    }

    /// Gives how its files end: PowerShell reads no others.
    pub(super) fn extension(self) -> &'static str {
        if self == Self::Powershell { "ps1" } else { self.name() }
    }

    /// Gives the code it evaluates when it starts, with the program and the due file in their places, and the file of what looks closer;
    /// without such a file, that is part of the code.
    pub(super) fn code(self, program: &Path, due: &Path, closer: Option<&Path>) -> String {
        let code = match self {
            Self::Bash => code!("dxpulse.bash"),
            Self::Zsh => code!("dxpulse.zsh"),
            Self::Fish => code!("dxpulse.fish"),
            Self::Nu => code!("dxpulse.nu"),
            Self::Powershell => code!("dxpulse.ps1"),
        };
        let quoted = |path: &Path| self.quoted(&path.to_string_lossy());
        let within = if closer.is_none() { self.closer().map_or("", |closer| closer.text) } else { "" };
        let (program, due, closer) = (quoted(program), quoted(due), quoted(closer.unwrap_or(Path::new(""))));
        filled(code.text, &[("PROGRAM", &program), ("DUE", &due), ("CLOSER", &closer), ("LOOK_CLOSER", within)])
    }

    /// Gives what looks closer once something may be due, which isn't evaluated before, where it is apart from the rest.
    pub(super) fn closer(self) -> Option<Code> {
        match self {
            Self::Bash => Some(code!("dxpulse-closer.bash")),
            Self::Zsh => Some(code!("dxpulse-closer.zsh")),
            Self::Fish => Some(code!("dxpulse-closer.fish")),
            Self::Nu | Self::Powershell => None,
        }
    }

    /// Gives the line by which it reads the hook from a file, where that is there.
    pub(super) fn line(self, file: &Path) -> String {
        let file = self.quoted(&file.to_string_lossy());
        match self {
            Self::Bash | Self::Zsh => format!("[ ! -r {file} ] || . {file}"),
            Self::Fish => format!("test -r {file}; and source {file}"),
            Self::Nu => format!("source (if ({file} | path exists) {{ {file} }} else {{ null }})"),
            Self::Powershell => format!("if (Test-Path -LiteralPath {file}) {{ . {file} }}"),
        }
    }

    /// Gives the file it reads at its start, for somebody at the keyboard.
    pub(super) fn file(self, environment: &Environment) -> Option<PathBuf> {
        let home = || environment.get("HOME").map(PathBuf::from);
        let settings = || environment.get("XDG_CONFIG_HOME").map(PathBuf::from).or_else(|| Some(home()?.join(".config")));
        match self {
            Self::Bash => Some(home()?.join(".bashrc")),
            Self::Zsh => Some(environment.get("ZDOTDIR").map(PathBuf::from).or_else(home)?.join(".zshrc")),
            Self::Fish => Some(settings()?.join("fish/config.fish")),
            Self::Nu => Some(settings()?.join("nushell/config.nu")),
            Self::Powershell => Some(settings()?.join("powershell/Microsoft.PowerShell_profile.ps1")),
        }
    }

    /// Writes a text as one word of the shell, which takes nothing in it for anything else.
    fn quoted(self, text: &str) -> String {
        match self {
            Self::Bash | Self::Zsh => format!("'{}'", text.replace('\'', "'\\''")),
            Self::Fish => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
            Self::Nu => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
            Self::Powershell => format!("'{}'", text.replace('\'', "''")),
        }
    }
}
