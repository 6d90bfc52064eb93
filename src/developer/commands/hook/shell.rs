//! The shells there is a hook for.

use std::path::{Path, PathBuf};

use crate::config::Environment;

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

    /// Gives its code, with the program and the due file in their places.
    pub(super) fn code(self, program: &Path, due: &Path) -> String {
        let code = match self {
            Self::Bash => include_str!("../../../../assets/hooks/dxpulse.bash"),
            Self::Zsh => include_str!("../../../../assets/hooks/dxpulse.zsh"),
            Self::Fish => include_str!("../../../../assets/hooks/dxpulse.fish"),
            Self::Nu => include_str!("../../../../assets/hooks/dxpulse.nu"),
            Self::Powershell => include_str!("../../../../assets/hooks/dxpulse.ps1"),
        };
        code.replace("@PROGRAM@", &self.quoted(&program.to_string_lossy())).replace("@DUE@", &self.quoted(&due.to_string_lossy()))
    }

    /// Gives the line that its file evaluates the hook with.
    pub(super) fn line(self, program: &Path) -> String {
        let program = self.quoted(&program.to_string_lossy());
        match self {
            Self::Bash | Self::Zsh => format!("eval \"$({program} hook init {})\"", self.name()),
            Self::Fish => format!("{program} hook init fish | source"),
            Self::Nu => {
                let folder = "($nu.data-dir | path join \"vendor/autoload\")";
                format!("mkdir {folder}; ^{program} hook init nu | save --force ({folder} | path join \"dxpulse.nu\")")
            }
            Self::Powershell => format!("Invoke-Expression (& {program} hook init powershell | Out-String)"),
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
