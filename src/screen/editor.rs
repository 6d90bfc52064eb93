//! The respondent's own editor for a longer text: on a private file that is gone afterwards, whatever happens.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use thiserror::Error;

use super::terminal::{Lent, Terminal, TerminalError};

/// The greatest text that comes back, in bytes.
const LIMIT: u64 = 64 * 1024;

/// How long an editor that is told to end may take for it.
const PATIENCE: Duration = Duration::from_secs(1);

/// How the names of our folders begin; sixteen hexadecimal digits follow.
const PREFIX: &str = "edit-";

/// The program that edits a text, and what stands before the name of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditorCommand {
    /// The program.
    pub program: PathBuf,
    /// What stands before the name of the file.
    pub arguments: Vec<String>,
}

impl EditorCommand {
    /// Gives the same editor as one that Ctrl-Z doesn't stop: all that it starts ignores that signal, as it does itself.
    #[must_use]
    pub fn unstoppable(self) -> Self {
        let ignoring = "trap '' TSTP; exec \"$0\" \"$@\"";
        let program = self.program.to_string_lossy().into_owned();
        let arguments = ["-c".to_owned(), ignoring.to_owned(), program].into_iter().chain(self.arguments).collect();
        Self { program: PathBuf::from("/bin/sh"), arguments }
    }
}

/// Why the editor gave no text back.
#[derive(Debug, Error)]
pub enum EditError {
    /// The program isn't there or can't be started.
    #[error("the editor {command:?} can't be started: {source}")]
    NotStarted {
        /// The program.
        command: String,
        /// What the system said.
        source: io::Error,
    },
    /// The editor said that it failed, or was ended by a signal.
    #[error("the editor {command:?} ended with {status}")]
    Failed {
        /// The program.
        command: String,
        /// How it ended.
        status: ExitStatus,
    },
    /// The private file can't be written or read.
    #[error("the editor's file can't be used: {0}")]
    File(#[from] io::Error),
    /// The file is no UTF-8.
    #[error("the editor's file is not UTF-8")]
    NotText,
    /// The file is beyond 64 KiB.
    #[error("the editor's file is longer than 64 KiB")]
    TooLong,
}

/// Opens a program on the text and gives back what was saved, without the last line end.
///
/// The file lies in a folder of its own under `folder` that only the user can enter. At the deadline, and when this process
/// is told to end, the editor is ended, and what it has saved so far comes back.
///
/// # Errors
/// The outer error when the terminal is gone; the inner one when the editor gave no text back.
pub fn edit(
    terminal: &mut Terminal,
    command: &EditorCommand,
    folder: &Path,
    text: &str,
    deadline: Option<Instant>,
) -> Result<Result<String, EditError>, TerminalError> {
    terminal.lend(|lent| {
        let desk = Desk::set_up(folder, text)?;
        match run(lent, command, &desk.file, deadline)? {
            End::Finished => read_back(&desk.file),
            // An editor that is ended while it saves leaves an empty file behind.
            End::Ended(error) => read_back(&desk.file).ok().filter(|saved| !saved.is_empty()).ok_or(error),
        }
    })
}

/// Gives the folders that a process which was killed has left behind under `folder`, in the order of their names.
pub fn leftovers(folder: &Path) -> Vec<PathBuf> {
    let is_ours = |name: &str| {
        let digits = name.strip_prefix(PREFIX).unwrap_or_default();
        digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let ours = folders.filter(|entry| is_ours(&entry.file_name().to_string_lossy()));
    let mut paths: Vec<PathBuf> = ours.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// The folder and the file the editor works on, removed when dropped.
#[derive(Debug)]
struct Desk {
    folder: PathBuf,
    file: PathBuf,
}

impl Desk {
    fn set_up(folder: &Path, text: &str) -> io::Result<Self> {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let folder = folder.join(format!("{PREFIX}{:016x}", u64::from_ne_bytes(random)));
        DirBuilder::new().mode(0o700).create(&folder)?;
        let desk = Self { file: folder.join("answer.txt"), folder };
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&desk.file)?;
        file.write_all(text.as_bytes())?;
        Ok(desk)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// How the editor came to its end.
enum End {
    /// By itself.
    Finished,
    /// It was told to end; what to say where it saved nothing.
    Ended(EditError),
}

fn run(lent: &Lent<'_>, command: &EditorCommand, file: &Path, deadline: Option<Instant>) -> Result<End, EditError> {
    let EditorCommand { program, arguments } = command;
    let name = || program.display().to_string();
    let child = Command::new(program)
        .args(arguments)
        .arg(file)
        .stdin(lent.handle()?)
        .stdout(lent.handle()?)
        .stderr(lent.handle()?)
        .spawn()
        .map_err(|source| EditError::NotStarted { command: name(), source })?;
    let (status, told) = wait(lent, child, deadline)?;
    let failed = EditError::Failed { command: name(), status };
    match (status.success(), told) {
        (true, _) => Ok(End::Finished),
        (false, true) => Ok(End::Ended(failed)),
        (false, false) => Err(failed),
    }
}

/// Waits for the editor; it's told to end when this process is, or at the deadline. Says whether it was told so.
fn wait(lent: &Lent<'_>, mut child: Child, deadline: Option<Instant>) -> io::Result<(ExitStatus, bool)> {
    let mut patience: Option<Instant> = None;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok((status, patience.is_some()));
        }
        let now = Instant::now();
        match patience {
            Some(until) if now >= until => {
                child.kill()?;
                return Ok((child.wait()?, true));
            }
            None if lent.ending() || deadline.is_some_and(|deadline| now >= deadline) => {
                let _ = kill_process(Pid::from_child(&child), Signal::HUP);
                patience = Some(now + PATIENCE);
            }
            _ => {}
        }
        lent.wait_for_signal(patience.or(deadline));
    }
}

fn read_back(file: &Path) -> Result<String, EditError> {
    let mut bytes = Vec::new();
    File::open(file)?.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        return Err(EditError::TooLong);
    }
    let text = String::from_utf8(bytes).map_err(|_| EditError::NotText)?;
    let whole = text.strip_suffix('\n').unwrap_or(&text);
    Ok(whole.strip_suffix('\r').unwrap_or(whole).to_owned())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_file_is_private_and_gone_afterwards() {
        let home = tempfile::tempdir().unwrap();
        let desk = Desk::set_up(home.path(), "said\n").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&desk.folder), mode(&desk.file)), (0o700, 0o600));
        assert_eq!(read_back(&desk.file).unwrap(), "said");
        drop(desk);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }

    #[test]
    fn only_folders_of_ours_are_left_over() {
        let home = tempfile::tempdir().unwrap();
        let desk = Desk::set_up(home.path(), "said").unwrap();
        for name in ["edit-mine", "edit-0123456789abcdeg", "0123456789abcdef"] {
            fs::create_dir(home.path().join(name)).unwrap();
        }
        fs::write(home.path().join("edit-0123456789abcdef"), "a file").unwrap();
        assert_eq!(leftovers(home.path()), std::slice::from_ref(&desk.folder));
        assert_eq!(leftovers(&home.path().join("nowhere")), Vec::<PathBuf>::new());
    }

    #[test]
    fn a_file_that_is_gone_too_long_or_no_text_is_refused_and_an_empty_one_is_not() {
        let home = tempfile::tempdir().unwrap();
        let read = |bytes: &[u8]| {
            let file = home.path().join("answer.txt");
            fs::write(&file, bytes).unwrap();
            read_back(&file)
        };
        assert!(matches!(read(b"\xff"), Err(EditError::NotText)));
        assert!(matches!(read(&vec![b'x'; 64 * 1024 + 1]), Err(EditError::TooLong)));
        assert_eq!(read(&vec![b'x'; 64 * 1024]).unwrap().len(), 64 * 1024);
        assert_eq!(read(b"").unwrap(), "");
        assert_eq!(read(b"a\r\nb\r\n").unwrap(), "a\r\nb");
        assert!(matches!(read_back(&home.path().join("none")), Err(EditError::File(_))));
    }
}
