//! A home of its own for each test, and the binary run in it without any variable of this process.

use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use tempfile::TempDir;

pub(crate) struct Sandbox {
    root: TempDir,
    variables: Vec<(String, String)>,
}

#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name).display().to_string();
        let variables = [("DXPULSE_HOME", path("home")), ("XDG_CONFIG_DIRS", path("system")), ("HOME", path("user"))];
        let variables = variables.map(|(name, value)| (name.to_owned(), value)).to_vec();
        Self { root, variables }.with("PATH", "/usr/bin:/bin").with("TERM", "xterm-256color").with("LANG", "C.UTF-8")
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// Writes a file with its folders.
    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn mode(&self, name: &str) -> u32 {
        fs::metadata(self.path(name)).unwrap().permissions().mode() & 0o777
    }

    pub(crate) fn set_mode(&self, name: &str, mode: u32) {
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(mode)).unwrap();
    }

    pub(crate) fn variables(&self) -> impl Iterator<Item = (&str, &str)> {
        self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Prepares the binary in a session of its own, so that it has no terminal.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("/usr/bin/setsid");
        command.args(["--wait", env!("CARGO_BIN_EXE_dxpulse")]).args(arguments).current_dir(self.root.path());
        command.env_clear().envs(self.variables()).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap().replace(self.root.path().to_str().unwrap(), "ROOT");
        Outcome { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs a command that must succeed and say nothing on standard error, and gives what it printed.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> String {
        let outcome = self.run(arguments);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{arguments:?}");
        outcome.out
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.succeed(arguments)).unwrap()
    }

    /// Gives a survey as it stands in `list --json`.
    pub(crate) fn json_of_list(&self, id: &str) -> serde_json::Value {
        let listed: Vec<serde_json::Value> = serde_json::from_str(&self.run(&["list", "--json"]).out).unwrap();
        listed.into_iter().find(|survey| survey["id"] == id).unwrap()
    }

    /// Runs the binary on a terminal of 80×24, types once `awaited` is shown, and gives what stood there and the exit code.
    pub(crate) fn on_terminal(&self, arguments: &[&str], awaited: &str, typed: &[u8]) -> (String, u32) {
        self.on_terminal_of(80, arguments, awaited, typed)
    }

    /// Does the same on a terminal of so many columns.
    pub(crate) fn on_terminal_of(&self, columns: u16, arguments: &[&str], awaited: &str, typed: &[u8]) -> (String, u32) {
        let pty = native_pty_system().openpty(PtySize { rows: 24, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dxpulse"));
        command.args(arguments);
        command.cwd(self.root.path());
        command.env_clear();
        self.variables().for_each(|(name, value)| command.env(name, value));
        let mut child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let mut reader = pty.master.try_clone_reader().unwrap();
        let mut screen = Vec::new();
        let mut piece = [0; 1024];
        while !String::from_utf8_lossy(&screen).contains(awaited) {
            let count = reader.read(&mut piece).unwrap();
            assert!(count > 0, "{awaited} never came: {}", String::from_utf8_lossy(&screen));
            screen.extend_from_slice(&piece[..count]);
        }
        pty.master.take_writer().unwrap().write_all(typed).unwrap();
        while let Ok(count @ 1..) = reader.read(&mut piece) {
            screen.extend_from_slice(&piece[..count]);
        }
        (String::from_utf8_lossy(&screen).into_owned(), child.wait().unwrap().exit_code())
    }
}

/// Feeds a script to a program that checks it, and gives what it complains about.
pub(crate) fn complaints(program: &str, arguments: &[&str], script: &Path) -> Option<String> {
    let output = Command::new(program).args(arguments).arg(script).output();
    let output = output.unwrap_or_else(|error| panic!("{program} is needed: {error}"));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (!output.status.success() || !said.is_empty()).then_some(said)
}

/// Writes a script under a name and gives its path.
pub(crate) fn script(folder: &Path, name: &str, text: impl AsRef<OsStr>) -> PathBuf {
    let path = folder.join(name);
    fs::File::create(&path).unwrap().write_all(text.as_ref().as_encoded_bytes()).unwrap();
    path
}
