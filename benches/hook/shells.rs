//! Shells in terminals, set up in one way each, and the time they take for a batch of lines.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::figure::Target;
use crate::installed::installed;
use crate::probes;
use crate::support::{Home, PROGRAM, Screen, Start, program, settings};

/// A shell that is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
}

/// What a shell runs before each prompt.
#[derive(Clone, Copy)]
pub(crate) enum Setup {
    /// Nothing.
    Bare,
    /// The hook, with this many patterns that fit nothing.
    Hook(usize),
    /// The hook as the program prints it at each start.
    Evaluated,
    /// One subshell that does nothing.
    Subshell,
    /// A program that says hello, run once.
    Program,
    /// A program of others, by the name it is installed under and the words before the name of the shell.
    Peer(&'static str, &'static str),
}

/// The program that says hello.
pub(crate) const HELLO: &str = "probe-hello";

/// What others run before a prompt.
pub(crate) const PEERS: [Setup; 3] =
    [Setup::Peer("direnv", "hook"), Setup::Peer("zoxide", "init --hook prompt"), Setup::Peer("starship", "init")];

impl Shell {
    pub(crate) const ALL: [Self; 3] = [Self::Bash, Self::Zsh, Self::Fish];

    /// Says whether `$(:)` makes a process.
    pub(crate) const fn has_subshells(self) -> bool {
        !matches!(self, Self::Fish)
    }

    /// Gives how much of what a subshell adds the hook may add: 100 µs in bash where it takes 0.4 ms, less in zsh; in fish, whose subshell
    /// is no process and takes 18 µs, 30.
    pub(crate) const fn most(self) -> Target {
        match self {
            Self::Bash => Target::Ratio(0.25),
            Self::Zsh => Target::Ratio(0.14),
            Self::Fish => Target::Ratio(1.7),
        }
    }

    /// Gives the names of the figures: for an empty line, and for a command; of each without and with patterns.
    pub(crate) const fn names(self) -> [[&'static str; 2]; 2] {
        match self {
            Self::Bash => {
                [["bash, empty line", "bash, empty line, 20 patterns"], ["bash, a command", "bash, a command, 20 patterns"]]
            }
            Self::Zsh => [["zsh, empty line", "zsh, empty line, 20 patterns"], ["zsh, a command", "zsh, a command, 20 patterns"]],
            Self::Fish => {
                [["fish, empty line", "fish, empty line, 20 patterns"], ["fish, a command", "fish, a command, 20 patterns"]]
            }
        }
    }

    /// Gives the names of what a start takes longer: with the hook in a file, and evaluated.
    pub(crate) const fn start_names(self) -> [&'static str; 2] {
        match self {
            Self::Bash => ["bash, start, hook from a file", "bash, start, hook evaluated"],
            Self::Zsh => ["zsh, start, hook from a file", "zsh, start, hook evaluated"],
            Self::Fish => ["fish, start, hook from a file", "fish, start, hook evaluated"],
        }
    }

    pub(crate) const fn processes_name(self) -> &'static str {
        match self {
            Self::Bash => "bash, a command, 20 patterns: processes",
            Self::Zsh => "zsh, a command, 20 patterns: processes",
            Self::Fish => "fish, a command, 20 patterns: processes",
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
        }
    }

    const fn rc_name(self) -> &'static str {
        match self {
            Self::Bash => ".bashrc",
            Self::Zsh => ".zshrc",
            Self::Fish => ".config/fish/config.fish",
        }
    }

    const fn prompt(self) -> &'static str {
        match self {
            Self::Fish => {
                "function fish_greeting; end\nset -g fish_autosuggestion_enabled 0\nfunction fish_title; end\n\
                 function fish_prompt; printf '$ '; end\n"
            }
            _ => "PS1='$ '\n",
        }
    }

    const fn subshell(self) -> &'static str {
        match self {
            Self::Bash => "PROMPT_COMMAND='x=$(:)'\n",
            Self::Zsh => "precmd() { x=$(:) }\n",
            Self::Fish => "function each --on-event fish_prompt; set -g x (:); end\n",
        }
    }

    fn evaluate(self, command: &str) -> String {
        match self {
            Self::Fish => format!("{command} | source\n"),
            _ => format!("eval \"$({command})\"\n"),
        }
    }

    /// Prepares it in a home of its own.
    pub(crate) fn prepare(self, setup: Setup) -> Start {
        let home = Home::new();
        let path = home.path();
        fs::create_dir_all(path.join("data")).expect("a home can be written");
        fs::create_dir_all(path.join(".config/fish")).expect("a home can be written");
        if matches!(setup, Setup::Hook(_) | Setup::Evaluated) {
            // What has run once keeps the file of what looks closer.
            let output = home.run(["hook", "install", self.name(), "--yes"]);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let lines = match setup {
            Setup::Bare => String::new(),
            Setup::Subshell => self.subshell().to_owned(),
            Setup::Program if self == Self::Fish => {
                format!("set x ({})\n", installed(&home, &probes::path(PROGRAM, HELLO)).display())
            }
            Setup::Program => format!("x=$({})\n", installed(&home, &probes::path(PROGRAM, HELLO)).display()),
            Setup::Evaluated => {
                self.evaluate(&format!("{} hook init {}", installed(&home, Path::new(PROGRAM)).display(), self.name()))
            }
            Setup::Peer(name, words) => self.evaluate(&format!("{name} {words} {}", self.name())),
            Setup::Hook(patterns) => {
                write_due(&path.join("data/due"), patterns).expect("a home can be written");
                let output = home.run(["hook", "init", self.name()]);
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
                fs::write(path.join("hook"), output.stdout).expect("a home can be written");
                format!("source {}\n", path.join("hook").display())
            }
        };
        let rc = path.join(self.rc_name());
        fs::write(&rc, format!("{}{lines}", self.prompt())).expect("a home can be written");
        let start = match self {
            Self::Bash => program("/bin/bash", ["--noprofile", "--rcfile", &rc.to_string_lossy(), "-i"]),
            Self::Zsh => program("/usr/bin/zsh", ["-d", "-i"]),
            Self::Fish => program("/usr/bin/fish", ["-i"]),
        };
        start.env("ZDOTDIR", path).env("XDG_CONFIG_HOME", path.join(".config")).env("TERM", "xterm").home(&home)
    }
}

impl Setup {
    /// Says whether it can be measured on this machine.
    pub(crate) fn is_there(self) -> bool {
        match self {
            Self::Peer(name, _) => ["/usr/bin", "/bin"].iter().any(|folder| Path::new(folder).join(name).exists()),
            _ => true,
        }
    }

    /// Gives how much of what it adds to a prompt the hook may add: of direnv, whose hook looks whether anything has changed, a thirtieth.
    pub(crate) fn most_of_prompt(self) -> Target {
        match self {
            Self::Peer("direnv", _) => Target::Ratio(0.0333),
            _ => Target::Shown,
        }
    }

    /// Gives how much of what it adds to a start this way of having the hook may add: 1.6 ms where any program takes 1.1, or starship 6.7,
    /// and less than half of any program where it is read from a file.
    pub(crate) fn most_of_start(self, of: Self) -> Target {
        match (self, of) {
            (Self::Program, Self::Evaluated) => Target::Ratio(1.44),
            (Self::Program, _) => Target::Ratio(0.43),
            (Self::Peer("starship", _), Self::Evaluated) => Target::Ratio(0.24),
            (Self::Peer("starship", _), _) => Target::Ratio(0.09),
            _ => Target::Shown,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Bare => "no hook",
            Self::Hook(_) | Self::Evaluated => "dxpulse",
            Self::Subshell => "$(:)",
            Self::Program => "$(hello)",
            Self::Peer(name, _) => name,
        }
    }
}

/// Writes a due file in which nothing fits a command of the measurement, with the daily look still to come, whose time its seal bears.
fn write_due(path: &Path, patterns: usize) -> io::Result<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(io::Error::other)?.as_secs();
    let look = now + 80_000;
    let earliest = if patterns == 0 { 999_999_999_999_999 } else { now - 9 };
    let mut file = File::create(path)?;
    writeln!(file, "dxpulse 2 {look} {earliest} {now}\n{look} {} sync", now + 9_999_999)?;
    for number in 0..patterns {
        writeln!(file, "{} {} command any 0 tool{number} deploy *", now - 9, now + 99_999)?;
    }
    File::create(path.with_extension(now.to_string()))?.set_modified(UNIX_EPOCH + Duration::from_secs(look))
}

/// Starts a shell that ends when it has read its rc file, and gives how long that took.
pub(crate) fn started(shell: Shell, start: &Start) -> Duration {
    let mut command = Command::new(&start.program);
    command.args(&start.arguments).args(["-c", "exit"]);
    command.env_clear().envs(settings(&start.home)).envs(start.variables.iter().cloned());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let since = Instant::now();
    let status = command.status().expect("a shell can be started");
    let taken = since.elapsed();
    assert!(status.success(), "{} ends well", shell.name());
    taken
}

/// A shell at work.
pub(crate) struct Worker {
    screen: Screen,
    marks: u32,
}

impl Worker {
    pub(crate) fn start(shell: Shell, setup: Setup) -> Self {
        Self::of(shell.prepare(setup))
    }

    fn of(start: Start) -> Self {
        let mut screen = start.unprivileged().start();
        screen.until_that("a prompt", |text| !text.trim().is_empty());
        let mut worker = Self { screen, marks: 0 };
        worker.run("", 5);
        worker
    }

    /// Gives how long the shell takes for this line, so many times, each with its prompt: by the clock, and of the processor.
    pub(crate) fn run(&mut self, line: &str, times: u32) -> [Duration; 2] {
        self.marks += 1;
        let mark = format!("mark-{}.", self.marks);
        let batch = format!("{line}\r").repeat(times as usize);
        let shown = format!("\n{mark}");
        let (since, before) = (Instant::now(), self.own_time());
        self.screen.type_raw(format!("{batch}printf '\\n%s\\n' {mark}\r").as_bytes());
        self.screen.until(&shown);
        [since.elapsed(), self.own_time() - before]
    }

    /// Gives how long the shell's first thread was on a processor so far.
    fn own_time(&self) -> Duration {
        let process = self.screen.pid();
        let times =
            fs::read_to_string(format!("/proc/{process}/task/{process}/schedstat")).expect("a shell at work has a thread");
        Duration::from_nanos(times.split(' ').next().and_then(|time| time.parse().ok()).expect("the kernel counts nanoseconds"))
    }

    /// Gives how many processes a shell makes for a command and its prompt, by a trace of it.
    pub(crate) fn processes(shell: Shell, setup: Setup) -> f64 {
        let start = shell.prepare(setup);
        let trace = start.home.path().join("trace");
        let words = ["-f", "-qq", "-e", "trace=clone,clone3,fork,vfork", "-o"].map(Into::into).into_iter();
        let words = words.chain([trace.clone().into_os_string(), start.program.clone().into_os_string()]);
        let arguments = words.chain(start.arguments.iter().cloned()).collect();
        let mut worker = Self::of(Start { program: "/usr/bin/strace".into(), arguments, ..start });
        let made = || {
            let text = fs::read_to_string(&trace).expect("strace writes its trace");
            let is_made = |line: &&str| !line.contains("CLONE_THREAD") && !line.contains("resumed") && line.contains('(');
            // A line that is being written may end before it says that this is a thread.
            text.split_inclusive('\n').filter(|line| line.ends_with('\n')).filter(is_made).count()
        };
        let before = made();
        worker.run(":", 20);
        (made() - before) as f64 / 20.0
    }
}
