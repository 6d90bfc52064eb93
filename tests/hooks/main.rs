//! The hook in real shells: asked after the right command and never otherwise, nothing of the shell's changed, nothing started until
//! something is due.

mod asking;
mod events;
mod installing;
mod nushell;
mod page;
#[path = "../support/published.rs"]
mod published;
mod recorded;
mod respecting;
#[path = "../support/mod.rs"]
mod support;
mod telling;
mod untouched;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{Home, PROGRAM, Screen, program};

/// A shell there is a hook for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

const SHELLS: [Shell; 3] = [Shell::Bash, Shell::Zsh, Shell::Fish];

/// What a survey after a deploy waits for.
const AFTER_A_DEPLOY: &str = "[trigger]\ncommand = [\"deployctl *\"]\n";

/// How it asks.
const NUDGE: &str = "◆ After a deploy · about 5 s · Alt+J answers";

/// Makes a home in whose folder of surveys is one that waits for something.
fn home(trigger: &str) -> Home {
    let home = Home::new();
    let folder = home.path().join("surveys");
    fs::create_dir(&folder).expect("a home can be written");
    let survey = format!(
        "id = \"after-deploy\"\ntitle = \"After a deploy\"\nlanguage = \"en\"\nversion = 1\ngrace_days = 0\n\n[wave]\n\
         cadence = \"evergreen\"\n\n{trigger}\n[[question]]\nid = \"ease\"\ntype = \"ces\"\ntext = \"How easy or difficult was it?\"\n\
         anchors = {{ low = \"Very difficult\", high = \"Very easy\" }}\n"
    );
    fs::write(folder.join("after-deploy.toml"), survey).expect("a home can be written");
    home
}

impl Shell {
    fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
        }
    }

    /// Gives its prompt in these tests.
    fn prompt(self) -> &'static str {
        if self == Self::Fish { "> " } else { "$ " }
    }

    /// Gives what its file evaluates.
    fn hook(self) -> String {
        match self {
            Self::Fish => format!("{PROGRAM} hook init fish | source\n"),
            _ => format!("eval \"$({PROGRAM} hook init {})\"\n", self.name()),
        }
    }

    /// Starts it in a home, with lines of its own before those of the hook, and waits for its prompt.
    fn start(self, home: &Home, before: &str) -> Screen {
        self.start_with(home, &format!("{before}\n{}", self.hook()))
    }

    /// Starts it in a home with these lines in its file.
    fn start_with(self, home: &Home, lines: &str) -> Screen {
        let path = home.path();
        let deploys = match self {
            Self::Fish => {
                "function fish_prompt; echo '> '; end\nfunction fish_greeting; end\nfunction deployctl; echo deploying; end\n"
            }
            _ => "PS1='$ '\ndeployctl() { echo deploying; return ${RC:-0}; }\n",
        };
        let file = match self {
            Self::Bash => "rc.bash",
            Self::Zsh => ".zshrc",
            Self::Fish => "rc.fish",
        };
        fs::write(path.join(file), format!("{deploys}{lines}\n")).expect("a home can be written");
        let file = path.join(file).to_string_lossy().into_owned();
        let start = match self {
            Self::Bash => program("/bin/bash", ["--noprofile", "--rcfile", &file, "-i"]),
            Self::Zsh => program("/usr/bin/zsh", ["-d", "-i"]).env("ZDOTDIR", path),
            Self::Fish => program("/usr/bin/fish", ["--no-config", "-C", &format!("source {file}")]),
        };
        let folder = Path::new(PROGRAM).parent().expect("a program stands in a folder");
        let start = start.env("PATH", format!("{}:/usr/bin:/bin", folder.display())).env("DXPULSE_ASK_ROOT", "true");
        let mut screen = start.home(home).size(110, 24).unprivileged().start();
        screen.until(self.prompt().trim_end());
        screen
    }
}

/// Gives the file of what looks closer in the shell of this name.
fn closer(home: &Home, shell: &str) -> Option<PathBuf> {
    let is_closer = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("closer-") && name.ends_with(shell)
    };
    let files = fs::read_dir(home.path().join("data")).expect("dxpulse has been here");
    files.map(|entry| entry.expect("a folder can be read").path()).find(is_closer)
}

/// Runs a command line, and waits for the prompt after it.
fn run(screen: &mut Screen, shell: Shell, line: &str) {
    run_at(screen, shell.prompt(), line);
}

/// Runs a command line in a shell with this prompt, and waits for the prompt after it.
fn run_at(screen: &mut Screen, prompt: &str, line: &str) {
    let before = prompts(&screen.text(), prompt);
    screen.type_text(line).press("enter");
    screen.until_that("another prompt", |text| prompts(text, prompt) > before);
    screen.settle();
}

/// Counts the prompts of a screen.
fn prompts(text: &str, prompt: &str) -> usize {
    text.lines().filter(|line| line.trim_end() == prompt.trim_end() || line.starts_with(prompt)).count()
}

/// Gives what a command prints in JSON.
fn json<const N: usize>(home: &Home, arguments: [&str; N]) -> Value {
    let output = home.command().env("DXPULSE_ASK_ROOT", "true").args(arguments).output().expect("dxpulse can be started");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {output:?}"))
}

/// Gives how many prompts are remembered of the survey.
fn times_prompted(home: &Home) -> usize {
    usize::from(json(home, ["status", "--json"])["last_prompt"].is_string())
}
