//! What stands between developers and the collector: it passes everything on, marks it with what must never be stored, and takes down
//! which response came in which order.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A user agent that must not be found anywhere.
pub(crate) const AGENT: &str = "canary-agent-5f1e";

/// An address that must not be found anywhere.
pub(crate) const ADDRESS: &str = "203.0.113.77";

/// A passage in front of a collector.
pub(crate) struct Observer {
    /// Where developers connect.
    pub(crate) port: u16,
    nullifiers: Arc<Mutex<Vec<String>>>,
}

impl Observer {
    /// Opens a passage to a port of this machine.
    pub(crate) fn open(collector: u16) -> Result<Self, String> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        let port = listener.local_addr().map_err(|error| error.to_string())?.port();
        let nullifiers = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&nullifiers);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let seen = Arc::clone(&seen);
                // A connection that breaks off is the developer's program's to deal with.
                thread::spawn(move || pass(client, collector, &seen));
            }
        });
        Ok(Self { port, nullifiers })
    }

    /// Gives the nullifiers of the responses put since the last call, in order.
    pub(crate) fn taken(&self) -> Vec<String> {
        self.nullifiers.lock().map(|mut seen| std::mem::take(&mut *seen)).unwrap_or_default()
    }
}

fn pass(mut client: TcpStream, collector: u16, seen: &Mutex<Vec<String>>) -> Option<()> {
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
    if let (true, Some((_, nullifier))) = (text.starts_with("PUT "), path.split_once("/responses/")) {
        seen.lock().ok()?.push(nullifier.to_owned());
    }
    let marked =
        text.replace("user-agent: dxpulse", &format!("user-agent: {AGENT}")) + &format!("\r\nx-forwarded-for: {ADDRESS}");
    server.write_all(marked.as_bytes()).ok()?;
    server.write_all(&head[end..]).ok()?;
    let _ = std::io::copy(&mut client, &mut server);
    let _ = server.shutdown(std::net::Shutdown::Write);
    answering.join().ok()
}
