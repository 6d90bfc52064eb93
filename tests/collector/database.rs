//! Where a collector keeps what it has: a file of its folder, or a PostgreSQL server that runs for as long as the tests do.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use dxpulse::anonymous::manifest::Wave;

use crate::place::{Invited, Place};

/// Sets a server up in a folder, says so, and takes both away once whoever asked for it is gone. PostgreSQL refuses to run as root.
const SCRIPT: &str = r#"
trap '' INT
folder=$1; options=$2
programs=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
as=()
if ((EUID == 0)); then
  chown postgres "$folder"
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi
cd "$folder"
"${as[@]}" "$programs/initdb" --pgdata data --auth trust --username tests --encoding UTF8 --no-sync >log 2>&1
options="-k $folder -c listen_addresses='' -c wal_recycle=off -c log_error_verbosity=verbose $options"
"${as[@]}" "$programs/pg_ctl" --pgdata data --log server.log --wait --options "$options" start >>log 2>&1 || cat server.log >>log
echo started
while read -r asked; do
  "${as[@]}" "$programs/pg_ctl" --pgdata data --log server.log --wait --mode immediate --options "$options" restart >>log 2>&1
  echo "$asked"
done
"${as[@]}" "$programs/pg_ctl" --pgdata data --mode immediate stop >>log 2>&1
cd /; rm -rf "$folder"
"#;

/// Where a collector keeps what it has.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kept {
    InAFile,
    OnAServer,
}

impl Kept {
    /// Sets a collector up.
    pub(crate) fn place(self) -> Place {
        match self {
            Self::InAFile => Place::new(),
            Self::OnAServer => Place::on(&shared().database()),
        }
    }

    /// Sets one up, invites so many people of two teams, and publishes a wave that takes tokens and answers now.
    pub(crate) fn with_wave(self, people: usize) -> (Place, Vec<Invited>, Wave) {
        self.place().with_wave_for(people)
    }
}

/// Makes a test of each function for each of the places that a collector may keep things in.
macro_rules! wherever_it_is_kept {
    ($($name:ident),* $(,)?) => {
        mod in_a_file {
            $(#[test]
            fn $name() {
                super::$name(crate::database::Kept::InAFile);
            })*
        }

        mod on_a_server {
            $(#[test]
            fn $name() {
                super::$name(crate::database::Kept::OnAServer);
            })*
        }
    };
}
pub(crate) use wherever_it_is_kept;

/// A PostgreSQL server that goes with whoever started it.
pub(crate) struct DatabaseServer {
    pub(crate) folder: PathBuf,
    asking: Option<ChildStdin>,
    said: std::sync::Mutex<BufReader<std::process::ChildStdout>>,
    running: Child,
    made: AtomicUsize,
}

/// Gives the server that tests share. It ends when the process does, since then nobody asks it anything any more.
pub(crate) fn shared() -> &'static DatabaseServer {
    static SERVER: OnceLock<DatabaseServer> = OnceLock::new();
    SERVER.get_or_init(|| DatabaseServer::start(""))
}

impl DatabaseServer {
    /// Starts a server of its own, with more options.
    pub(crate) fn start(options: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("dxpulse-pg-").tempdir().unwrap().keep();
        let mut command = Command::new("bash");
        command.args(["-c", SCRIPT, "postgresql"]).arg(&folder).arg(options).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut running = command.spawn().unwrap();
        let (asking, said) = (running.stdin.take(), BufReader::new(running.stdout.take().unwrap()));
        let server = Self { folder, asking, said: said.into(), running, made: AtomicUsize::new(0) };
        server.hear("started");
        server
    }

    /// Ends the server as a loss of power would, and starts it again.
    pub(crate) fn crash(&mut self) {
        use std::io::Write;
        self.asking.as_mut().unwrap().write_all(b"again\n").unwrap();
        self.hear("again");
    }

    fn hear(&self, word: &str) {
        let mut line = String::new();
        self.said.lock().unwrap().read_line(&mut line).unwrap();
        let log = || std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        assert_eq!(line.trim(), word, "PostgreSQL did not start: {}", log());
    }

    /// Makes a database and gives its address.
    pub(crate) fn database(&self) -> String {
        let name = format!("pulse{}", self.made.fetch_add(1, Ordering::Relaxed));
        self.ask("postgres", &format!("CREATE DATABASE {name}"));
        format!("postgresql:///{name}?host={}&user=tests", self.folder.display())
    }

    /// Asks a database something, by its name or address, and gives the answer with `|` between columns.
    pub(crate) fn ask(&self, database: &str, sql: &str) -> String {
        let name = database.trim_start_matches("postgresql:///").split('?').next().unwrap_or_default();
        let mut command = Command::new("psql");
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "tests", "-d", name, "-c", sql]);
        let output = command.arg("-h").arg(&self.folder).output().unwrap();
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Gives the files of the server, its log among them, that hold some bytes.
    pub(crate) fn files_with(&self, bytes: &[u8]) -> Vec<PathBuf> {
        let mut folders = vec![self.folder.clone()];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                    Ok(kind) if kind.is_file() => {
                        let content = std::fs::read(entry.path()).unwrap_or_default();
                        if content.windows(bytes.len()).any(|window| window == bytes) {
                            found.push(entry.path());
                        }
                    }
                    _ => {}
                }
            }
        }
        found
    }
}

impl Drop for DatabaseServer {
    fn drop(&mut self) {
        drop(self.asking.take());
        let _ = self.running.wait();
    }
}
