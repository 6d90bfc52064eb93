//! What stands between developers and the collector: it passes everything on, marks it with what must never be stored, and takes down
//! when which credential got its tokens, and which response came when.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;

use chrono::NaiveDateTime;

/// A user agent that must not be found anywhere.
pub(crate) const AGENT: &str = "canary-agent-5f1e";

/// An address that must not be found anywhere.
pub(crate) const ADDRESS: &str = "203.0.113.77";

/// A passage in front of a collector.
pub(crate) struct Observer {
    /// Where developers connect.
    pub(crate) port: u16,
    seen: Arc<Mutex<Vec<Event>>>,
}

/// Something that was seen, with the time by the clock of all.
#[derive(Debug, Clone)]
pub(crate) enum Event {
    /// A token was asked for with a credential.
    Issue(i64, String),
    /// A response was put under a nullifier.
    Put(i64, String),
}

impl Observer {
    /// Opens a passage to a port of this machine.
    pub(crate) fn open(collector: u16, clock: PathBuf) -> Result<Self, String> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        let port = listener.local_addr().map_err(|error| error.to_string())?.port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (seen, clock) = (Arc::clone(&shared), clock.clone());
                // A connection that breaks off is the developer's program's to deal with.
                thread::spawn(move || pass(client, collector, &clock, &seen));
            }
        });
        Ok(Self { port, seen })
    }

    /// Gives all that was seen, in order.
    pub(crate) fn seen(&self) -> Vec<Event> {
        self.seen.lock().map(|seen| seen.clone()).unwrap_or_default()
    }
}

fn pass(mut client: TcpStream, collector: u16, clock: &Path, seen: &Mutex<Vec<Event>>) -> Option<()> {
    let mut server = TcpStream::connect(SocketAddr::from(([127, 0, 0, 1], collector))).ok()?;
    let (mut answers, mut back) = (server.try_clone().ok()?, client.try_clone().ok()?);
    let answering = thread::spawn(move || {
        let _ = std::io::copy(&mut answers, &mut back);
        let _ = back.shutdown(std::net::Shutdown::Both);
    });
    // The head of a request comes first on each connection, and each of the program's carries one request.
    let mut head = Vec::new();
    let mut buffer = [0; 16 * 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match client.read(&mut buffer).ok()? {
            0 => break,
            read => head.extend_from_slice(&buffer[..read]),
        }
    }
    let end = head.windows(4).position(|end| end == b"\r\n\r\n")?;
    let text = String::from_utf8_lossy(&head[..end]).into_owned();
    let path = text.split_whitespace().nth(1).unwrap_or_default();
    let now = time(clock)?;
    if let Some((_, nullifier)) = path.split_once("/responses/") {
        seen.lock().ok()?.push(Event::Put(now, nullifier.to_owned()));
    }
    if let (true, Some((_, rest))) = (path.contains("/tokens/"), text.split_once("Bearer ")) {
        seen.lock().ok()?.push(Event::Issue(now, rest.split_whitespace().next()?.to_owned()));
    }
    let marked =
        text.replace("user-agent: dxpulse", &format!("user-agent: {AGENT}")) + &format!("\r\nx-forwarded-for: {ADDRESS}");
    server.write_all(marked.as_bytes()).ok()?;
    server.write_all(&head[end..]).ok()?;
    let _ = std::io::copy(&mut client, &mut server);
    let _ = server.shutdown(std::net::Shutdown::Write);
    answering.join().ok()
}

fn time(clock: &Path) -> Option<i64> {
    let text = std::fs::read_to_string(clock).ok()?;
    Some(NaiveDateTime::parse_from_str(text.trim(), "%Y-%m-%d %H:%M:%S").ok()?.and_utc().timestamp())
}
