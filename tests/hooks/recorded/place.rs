//! A home with the hook in it, a program that writes down how it is called, and a shell at work there.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::closer;
use crate::support::{Home, PROGRAM, Screen, Start, program};

/// The shells that can be tried here.
pub(crate) const SHELLS: [Shell; 3] = [Shell::Bash, Shell::Zsh, Shell::Fish];

/// What stands in for `dxpulse`: it keeps its arguments, says on the terminal that it asked, and does what files tell it to.
const RECORDER: &str = r#"#!/bin/sh
cd "${0%/*}" || exit 9
if [ "$1 $2" = 'hook run' ]; then set -- "$@" -- ${DXPULSE_LINE:+"$DXPULSE_LINE"}; fi
{ for word; do printf '%s\0' "$word"; done; printf '\036\0'; } >> calls
if [ "$1 $2" = 'hook run' ]; then
  echo 'a survey is due' > /dev/tty
  if [ -e fail ]; then exit 3; fi
  if [ -e id ]; then cat id; fi
  read -r first < next
  rm -f data/due.*
  cp -p next "data/due.${first##* }"
  cp -p next data/due
else
  echo "taking $5"
fi
"#;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
}

impl Shell {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
        }
    }

    /// Gives lines for the rc file that number the prompts, so that each can be waited for.
    fn prompt(self) -> &'static str {
        match self {
            Self::Bash => "drawn=0 PS1='<$((++drawn))>$ '\n",
            Self::Zsh => "setopt prompt_subst\ndrawn=0 PS1='<$((++drawn))>$ '\nunsetopt prompt_sp\n",
            Self::Fish => {
                "function fish_greeting; end\nset -g fish_autosuggestion_enabled 0\n\
                 set -g drawn 0\nfunction drawn --on-event fish_prompt; set -g drawn (math $drawn + 1); end\n\
                 function fish_prompt; printf '<%s>$ ' $drawn; end\n"
            }
        }
    }

    /// Gives what starts it interactively with the rc file of [`Place::rc`].
    pub(crate) fn start(self, home: &Home) -> Start {
        let rc = home.path().join(self.rc_name()).to_str().unwrap().to_owned();
        let folder = home.path().to_str().unwrap().to_owned();
        let start = match self {
            Self::Bash => program("/bin/bash", ["--noprofile", "--rcfile", &rc, "-i"]),
            Self::Zsh => program("/usr/bin/zsh", ["-i"]),
            Self::Fish => program("/usr/bin/fish", ["-i"]),
        };
        let start = start.home(home).env("HOME", &folder).env("ZDOTDIR", &folder);
        start.env("XDG_CONFIG_HOME", home.path().join(".config")).env("TERM", "xterm").env("PATH", "/usr/bin:/bin").size(100, 40)
    }

    fn rc_name(self) -> &'static str {
        match self {
            Self::Bash => ".bashrc",
            Self::Zsh => ".zshrc",
            Self::Fish => ".config/fish/config.fish",
        }
    }
}

/// What a due file has for the time of an entry that isn't there.
const NEVER: u64 = 999_999_999_999_999;

/// What the names of the files begin with by which bash's hook gets at the line that was run; here they are in the home.
const SLIPS: &str = "/dev/shm/dxpulse";

/// A home whose due file, recorder and rc file a test writes.
pub(crate) struct Place {
    pub(crate) home: Home,
    pub(crate) shell: Shell,
    /// When the due file was last written, as far as it says so: each time a second older, so that every change is seen at once.
    written: u64,
}

impl Place {
    /// Makes a home in which nothing is due.
    pub(crate) fn new(shell: Shell) -> Self {
        let home = Home::new();
        // fish makes the last one by a program in the background, where it isn't there.
        for folder in ["data", ".config/fish", ".local/share/fish/generated_completions"] {
            fs::create_dir_all(home.path().join(folder)).unwrap();
        }
        let recorder = home.path().join("recorder");
        fs::write(&recorder, RECORDER).unwrap();
        fs::set_permissions(&recorder, fs::Permissions::from_mode(0o755)).unwrap();
        let look = seconds() + 80_000;
        let later = format!("dxpulse 2 {look} {NEVER} {}\n{look} {} sync\n", seconds(), seconds() + 9_999_999);
        fs::write(home.path().join("next"), later).unwrap();
        set_time(&home.path().join("next"), look);
        // What looks closer gets a file of its own.
        assert!(home.run(["hook", "install", shell.name(), "--yes"]).status.success());
        let mut place = Self { home, shell, written: seconds() - 500 };
        let closer = fs::read_to_string(place.closer()).unwrap();
        assert_eq!(closer.contains(SLIPS), shell == Shell::Bash, "{closer}");
        fs::write(place.closer(), closer.replace(SLIPS, place.file("slip").to_str().unwrap())).unwrap();
        place.due(&[]);
        place
    }

    /// Gives the hook's code, which runs the recorder.
    pub(crate) fn code(&self) -> String {
        let output = self.home.run(["hook", "init", self.shell.name()]);
        assert!(output.status.success(), "{output:?}");
        let program = fs::canonicalize(PROGRAM).unwrap();
        let code = String::from_utf8(output.stdout).unwrap();
        assert!(code.contains(program.to_str().unwrap()), "{code}");
        assert!(code.contains(self.closer().to_str().unwrap()), "{code}");
        code.replace(program.to_str().unwrap(), self.file("recorder").to_str().unwrap())
    }

    /// Gives the file of what looks closer.
    pub(crate) fn closer(&self) -> PathBuf {
        closer(&self.home, self.shell.name()).unwrap()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Writes the due file: entries that are due from now on, without their times.
    pub(crate) fn due(&mut self, entries: &[&str]) -> &mut Self {
        let (from, end) = (seconds() - 100, seconds() + 1000);
        let entries: String = entries.iter().map(|entry| format!("{from} {end} {entry}\n")).collect();
        self.write_due(&entries)
    }

    /// Writes the due file with these lines after its first and that of the daily look, which is to come. Its time is when the first
    /// of those for any prompt is due.
    pub(crate) fn write_due(&mut self, lines: &str) -> &mut Self {
        self.written -= 1;
        let written = self.written;
        let due = self.file("data/due");
        let look = seconds() + 80_000;
        let first = |is_meant: &dyn Fn(&str) -> bool, last: u64| {
            let meant = lines.lines().filter(|line| is_meant(line));
            meant.filter_map(|line| line.split(' ').next()?.parse().ok()).fold(last, u64::min)
        };
        let soonest = first(&|line| line.ends_with(" prompt") || line.ends_with(" sync"), look);
        let earliest = first(&|line| line.contains(" command "), NEVER);
        self.break_seal();
        let fresh = self.file("data/due.new");
        let content = format!("dxpulse 2 {soonest} {earliest} {written}\n{look} {} sync\n{lines}", seconds() + 9_999_999);
        fs::write(&fresh, content).unwrap();
        fs::rename(fresh, due).unwrap();
        let seal = self.file(&format!("data/due.{written}"));
        fs::write(&seal, "").unwrap();
        // As far behind as the time of a terminal may be.
        set_time(&seal, soonest.saturating_sub(8));
        self
    }

    /// Puts something else in the place of the due file, which has no seal then.
    pub(crate) fn damage_due(&self, text: &str) {
        self.break_seal();
        fs::write(self.file("data/due"), text).unwrap();
    }

    fn break_seal(&self) {
        let is_seal = |path: &PathBuf| path.file_stem().is_some_and(|name| name == "due") && path.extension().is_some();
        fs::read_dir(self.file("data")).unwrap().map(|entry| entry.unwrap().path()).filter(is_seal).for_each(|path| {
            // Another shell may have done it.
            let _ = fs::remove_file(path);
        });
    }

    /// Starts the shell with these lines of the user's before and after the hook, and waits for its prompt.
    pub(crate) fn start(&self, before: &str, after: &str) -> Session {
        self.write_rc(before, after);
        Session::of(self.shell.start(&self.home).unprivileged().start())
    }

    pub(crate) fn write_rc(&self, before: &str, after: &str) {
        let hook = self.file("hook");
        fs::write(&hook, self.code()).unwrap();
        let text = format!("{}{before}\nsource {}\n{after}\n", self.shell.prompt(), hook.display());
        fs::write(self.file(self.shell.rc_name()), text).unwrap();
    }

    /// Gives how the program was called so far, word by word.
    pub(crate) fn calls(&self) -> Vec<Vec<String>> {
        let text = fs::read(self.file("calls")).unwrap_or_default();
        let text = String::from_utf8(text).unwrap();
        let calls = text.split_terminator("\u{1e}\0");
        calls.map(|call| call.split_terminator('\0').map(str::to_owned).collect()).collect()
    }

    /// Gives the command lines it was asked about, empty for none, and forgets them.
    pub(crate) fn asked(&self) -> Vec<String> {
        let calls = self.calls();
        let _ = fs::remove_file(self.file("calls"));
        let runs = calls.into_iter().filter(|call| call[..2] == ["hook", "run"]);
        runs.map(|call| call[call.iter().position(|word| word == "--").unwrap() + 1..].join("|")).collect()
    }
}

fn set_time(path: &Path, seconds: u64) {
    File::open(path).unwrap().set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
}

/// Gives the seconds since 1970.
pub(crate) fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// A shell in its terminal, waited for prompt by prompt.
pub(crate) struct Session {
    pub(crate) screen: Screen,
    drawn: u32,
}

impl Session {
    pub(crate) fn of(screen: Screen) -> Self {
        let mut session = Self { screen, drawn: 0 };
        session.until_prompt();
        session
    }

    /// Waits for a prompt that was not there before.
    pub(crate) fn until_prompt(&mut self) -> &mut Self {
        let before = self.drawn;
        self.drawn = self.screen.until_some("another prompt", |text| prompt(text).filter(|drawn| *drawn > before));
        self
    }

    /// Waits for the prompt after everything that was sent, however many there are until then.
    pub(crate) fn until_idle(&mut self) -> &mut Self {
        self.send("echo all done\r");
        let after = |text: &str| text.rsplit_once("\nall done\n").and_then(|(_, after)| prompt(after));
        self.drawn = self.screen.until_some("the prompt after it all", after);
        self
    }

    /// Waits for the first prompt of a shell that takes the place of this one.
    pub(crate) fn until_another_shell(&mut self) -> &mut Self {
        self.drawn = 0;
        self.screen.until_that("a first prompt", |text| prompt(text) == Some(1));
        self.drawn = 1;
        self
    }

    /// Sends a line, and waits for the prompt after it.
    pub(crate) fn run(&mut self, line: &str) -> &mut Self {
        self.send(line).send("\r").until_prompt()
    }

    /// Sends keys as they are.
    pub(crate) fn send(&mut self, keys: &str) -> &mut Self {
        self.screen.type_raw(keys.as_bytes());
        self
    }

    /// Waits for a text.
    pub(crate) fn until(&mut self, text: &str) -> &mut Self {
        self.screen.until(text);
        self
    }
}

/// Gives the number of the prompt that the last line consists of.
fn prompt(text: &str) -> Option<u32> {
    text.trim_end().lines().next_back()?.rsplit_once('<')?.1.strip_suffix(">$")?.parse().ok()
}
