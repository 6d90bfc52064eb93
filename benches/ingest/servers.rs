//! The servers under load, each a process of its own on a free port.

use std::fs;
use std::io;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::database_server::DatabaseServer;
use crate::probes;
use crate::wave::{Sealed, copy_folder};

const COLLECTOR: &str = env!("CARGO_BIN_EXE_dxpulse-collector");

/// The servers that a collector is measured beside.
const PROBES: [&str; 3] = ["probe-bytes", "probe-groups", "probe-transactions"];

/// A collector that believes what it is sent.
const UNPROVEN: &str = "probe-unproven";

/// Which program takes submissions in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Program {
    /// The collector.
    Collector,
    /// The collector without its cryptography: no token and no signature is checked, and no receipt is signed.
    Unproven,
}

/// A server that runs until it is dropped.
pub(crate) struct Server {
    pub(crate) port: u16,
    process: Child,
    _folder: TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    /// Gives the processor time it has used so far.
    pub(crate) fn processor_time(&self) -> io::Result<Duration> {
        crate::processor::time_of(&self.process.id().to_string())
    }

    /// Gives its share of memory.
    pub(crate) fn memory_mib(&self) -> io::Result<f64> {
        let rollup = fs::read_to_string(format!("/proc/{}/smaps_rollup", self.process.id()))?;
        let pss =
            rollup.lines().find_map(|line| line.strip_prefix("Pss:")?.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok());
        Ok(pss.unwrap_or(0.0) / 1024.0)
    }
}

/// Builds the probes.
pub(crate) fn build_probes() -> io::Result<()> {
    probes::build("server", "collector", &PROBES, None)?;
    probes::build("server", "collector", &[UNPROVEN], Some(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/ingest/unproven")))
}

/// Sets a collector up that has published the wave and holds nothing yet.
pub(crate) fn in_file(sealed: &Sealed) -> io::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    copy_folder(sealed.folder(), &folder.path().join("collector"))?;
    Ok(folder)
}

/// Sets one up as [`in_file`] does, with what it holds in a new database on a server.
pub(crate) fn in_database(database: &DatabaseServer, sealed: &Sealed) -> io::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    sealed.set_up_on(&database.database(), &folder)?;
    Ok(folder)
}

/// Starts a collector that was set up.
pub(crate) fn serve(program: Program, folder: TempDir) -> io::Result<Server> {
    let port = free_port()?;
    let mut command = Command::new(match program {
        Program::Collector => COLLECTOR.into(),
        Program::Unproven => probes::path(COLLECTOR, UNPROVEN),
    });
    command.arg("--data").arg(folder.path().join("collector")).args(["serve", "--listen", &format!("127.0.0.1:{port}")]);
    start(command, port, folder)
}

/// Starts a probe, with what it takes beside its port and a folder.
pub(crate) fn probe<'a>(name: &str, more: impl IntoIterator<Item = &'a str>) -> io::Result<Server> {
    let folder = tempfile::tempdir()?;
    let port = free_port()?;
    let mut command = Command::new(probes::path(COLLECTOR, name));
    command.arg(port.to_string()).arg(folder.path()).args(more);
    start(command, port, folder)
}

fn start(mut command: Command, port: u16, folder: TempDir) -> io::Result<Server> {
    let process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let server = Server { port, process, _folder: folder };
    let until = Instant::now() + Duration::from_secs(30);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if Instant::now() > until {
            return Err(io::Error::other("a server does not start"));
        }
        std::thread::yield_now();
    }
    Ok(server)
}

pub(crate) fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
