//! A PostgreSQL server of the tests' own, with every file of it in a folder that goes with whoever started it.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Sets a server up in a folder, says so, and takes both away once whoever asked for it is gone. PostgreSQL refuses to run as root.
const SCRIPT: &str = r#"
trap '' INT
folder=$1; options=$2
programs=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
as=()
if ((EUID == 0)); then
  chown -R postgres "$folder"
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi
cd "$folder"
"${as[@]}" "$programs/initdb" --pgdata data --auth trust --username tests --encoding UTF8 --no-sync >log 2>&1
options="-k $folder -c listen_addresses='' -c log_error_verbosity=verbose $options"
"${as[@]}" "$programs/pg_ctl" --pgdata data --log server.log --wait --options "$options" start >>log 2>&1 || cat server.log >>log
echo started
while read -r asked; do
  "${as[@]}" "$programs/pg_ctl" --pgdata data --log server.log --wait --mode immediate --options "$options" restart >>log 2>&1
  echo "$asked"
done
"${as[@]}" "$programs/pg_ctl" --pgdata data --mode immediate stop >>log 2>&1
cd /; rm -rf "$folder"
"#;

/// A PostgreSQL server that goes with whoever started it.
pub(crate) struct DatabaseServer {
    pub(crate) folder: PathBuf,
    pub(crate) port: u16,
    asking: Option<ChildStdin>,
    said: Mutex<BufReader<ChildStdout>>,
    running: Child,
    made: AtomicUsize,
}

/// A session with a database.
pub(crate) struct Session {
    asking: ChildStdin,
    said: BufReader<ChildStdout>,
    running: Child,
}

impl DatabaseServer {
    /// Starts a server of its own, with more options.
    pub(crate) fn start(options: &str) -> Self {
        Self::start_with(&[], options)
    }

    /// Starts a server that finds files in its folder, each given by name and content; `FOLDER` in an option stands for the folder.
    pub(crate) fn start_with(files: &[(&str, &str)], options: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("dxpulse-pg-").tempdir().unwrap().keep();
        for (name, content) in files {
            fs::write(folder.join(name), content).unwrap();
            fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o600)).unwrap();
        }
        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).unwrap().port();
        let options = format!("-c port={port} {}", options.replace("FOLDER", &folder.to_string_lossy()));
        let mut command = Command::new("bash");
        command.args(["-c", SCRIPT, "postgresql"]).arg(&folder).arg(options).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut running = command.spawn().unwrap();
        let (asking, said) = (running.stdin.take(), BufReader::new(running.stdout.take().unwrap()));
        let server = Self { folder, port, asking, said: said.into(), running, made: AtomicUsize::new(0) };
        server.hear("started");
        server
    }

    /// Ends the server as a loss of power would, and starts it again.
    pub(crate) fn crash(&mut self) {
        self.asking.as_mut().unwrap().write_all(b"again\n").unwrap();
        self.hear("again");
    }

    fn hear(&self, word: &str) {
        let mut line = String::new();
        self.said.lock().unwrap().read_line(&mut line).unwrap();
        let log = || fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        assert_eq!(line.trim(), word, "PostgreSQL did not start: {}", log());
    }

    /// Makes a database and gives its address.
    pub(crate) fn database(&self) -> String {
        let name = format!("pulse{}", self.made.fetch_add(1, Ordering::Relaxed));
        self.ask("postgres", &format!("CREATE DATABASE {name}"));
        format!("postgresql:///{name}?host={}&port={}&user=tests", self.folder.display(), self.port)
    }

    /// Asks a database something, by its name or address, and gives the answer with `|` between columns.
    pub(crate) fn ask(&self, database: &str, sql: &str) -> String {
        let output = self.client(database).args(["-c", sql]).output().unwrap();
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Begins a session with a database that lasts until it is dropped.
    pub(crate) fn session(&self, database: &str) -> Session {
        let mut running = self.client(database).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (asking, said) = (running.stdin.take().unwrap(), BufReader::new(running.stdout.take().unwrap()));
        Session { asking, said, running }
    }

    fn client(&self, database: &str) -> Command {
        let name = database.trim_start_matches("postgresql:///").split('?').next().unwrap_or_default();
        let mut command = Command::new("psql");
        command.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-U", "tests", "-d", name]);
        command.arg("-h").arg(&self.folder).args(["-p", &self.port.to_string()]);
        command
    }

    /// Gives the files of the server, its log among them, that hold some bytes.
    pub(crate) fn files_with(&self, bytes: &[u8]) -> Vec<PathBuf> {
        let mut folders = vec![self.folder.clone()];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                    Ok(kind) if kind.is_file() => {
                        let content = fs::read(entry.path()).unwrap_or_default();
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

impl Session {
    /// Has the database do something, and waits until it is done.
    pub(crate) fn say(&mut self, sql: &str) {
        writeln!(self.asking, "{sql}\n\\echo done").unwrap();
        let mut line = String::new();
        while line.trim() != "done" {
            line.clear();
            assert!(self.said.read_line(&mut line).unwrap() > 0, "{sql} failed");
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.running.kill();
        let _ = self.running.wait();
    }
}

impl Drop for DatabaseServer {
    fn drop(&mut self) {
        drop(self.asking.take());
        let _ = self.running.wait();
    }
}
