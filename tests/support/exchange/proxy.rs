//! What stands between developers and a collector, and does as a test says: passes on, drops, answers itself, alters.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use super::free_address;

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The lines of the head, without the first.
    pub(crate) headers: Vec<String>,
    pub(crate) body: Vec<u8>,
}

/// What is done with a request.
pub(crate) enum Act {
    /// It is passed on, and so is the reply.
    Forward,
    /// It is passed on; once all of it is, this runs, and then the reply is passed on if there is one.
    ForwardThen(Box<dyn FnOnce() + Send>),
    /// The connection ends before anything is passed on.
    DropBefore,
    /// It is passed on, and the connection ends in place of the reply.
    DropAfter,
    /// These bytes are the reply; nothing is passed on.
    Answer(Vec<u8>),
    /// It is passed on, and the reply is changed.
    Alter(Box<dyn FnOnce(Vec<u8>) -> Vec<u8> + Send>),
    /// Nothing is passed on, and this writes a reply that may have no end.
    Write(Writing),
}

type Writing = Box<dyn FnOnce(&mut TcpStream) + Send>;
type Script = Box<dyn FnMut(&Request) -> Act + Send>;

/// A proxy in front of a collector.
pub(crate) struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    upstream: Mutex<Option<SocketAddr>>,
    script: Mutex<Script>,
    is_over: AtomicBool,
}

impl Proxy {
    /// Listens; what comes is dropped until it is told where the collector is.
    pub(crate) fn start() -> Self {
        let listener = (0..100).find_map(|_| TcpListener::bind(free_address()).ok()).expect("a free address can be listened on");
        let address = listener.local_addr().expect("it listens");
        let shared = Arc::new(Shared {
            upstream: Mutex::default(),
            script: Mutex::new(Box::new(|_| Act::Forward)),
            is_over: AtomicBool::new(false),
        });
        let own = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if own.is_over.load(Ordering::SeqCst) {
                    break;
                }
                let shared = Arc::clone(&own);
                thread::spawn(move || shared.serve(stream));
            }
        });
        Self { address, shared, thread: Some(thread) }
    }

    /// Gives the address that developers reach the collector at.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Passes on to a collector.
    pub(crate) fn lead_to(&self, upstream: SocketAddr) {
        *self.shared.upstream.lock().expect("no holder panics") = Some(upstream);
    }

    /// Does this with every request from now on.
    pub(crate) fn script(&self, script: impl FnMut(&Request) -> Act + Send + 'static) {
        *self.shared.script.lock().expect("no holder panics") = Box::new(script);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts.
        let _ = TcpStream::connect(self.address);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

impl Shared {
    fn serve(&self, mut client: TcpStream) {
        let Some(request) = read(&client) else { return };
        let act = (self.script.lock().expect("no holder panics"))(&request);
        let reply = match act {
            Act::Answer(reply) => Some(reply),
            Act::DropBefore => None,
            Act::Forward => self.forward(&request, || ()),
            Act::ForwardThen(then) => self.forward(&request, then),
            Act::DropAfter => self.forward(&request, || ()).and(None),
            Act::Write(write) => {
                write(&mut client);
                None
            }
            Act::Alter(alter) => self.forward(&request, || ()).map(alter),
        };
        // Whoever asked may have gone.
        let _ = reply.map(|reply| client.write_all(&reply));
        let _ = client.shutdown(Shutdown::Both);
    }

    /// Passes a request on, and gives the whole reply; `None` where there is no whole one.
    fn forward(&self, request: &Request, then: impl FnOnce()) -> Option<Vec<u8>> {
        let upstream = (*self.upstream.lock().expect("no holder panics"))?;
        let mut stream = TcpStream::connect(upstream).ok()?;
        let kept = request.headers.iter().filter(|line| !line.to_ascii_lowercase().starts_with("connection:"));
        let head: String = kept.map(|line| format!("{line}\r\n")).collect();
        let head = format!("{} {} HTTP/1.1\r\n{head}connection: close\r\n\r\n", request.method, request.path);
        stream.write_all(&[head.as_bytes(), &request.body].concat()).ok()?;
        then();
        let mut reply = Vec::new();
        stream.read_to_end(&mut reply).ok()?;
        Some(reply).filter(|reply| is_whole(reply))
    }
}

/// Reads one request.
fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let first = lines.first()?.clone();
    let (method, path) = first.split_once(' ')?;
    let mut body = vec![0; length(&lines)];
    reader.read_exact(&mut body).ok()?;
    let path = path.split(' ').next()?.to_owned();
    Some(Request { method: method.to_owned(), path, headers: lines.split_off(1), body })
}

fn length<'a>(head: impl IntoIterator<Item = &'a String>) -> usize {
    let of = |line: &String| line.to_ascii_lowercase().strip_prefix("content-length:").and_then(|text| text.trim().parse().ok());
    head.into_iter().find_map(of).unwrap_or_default()
}

/// Says whether nothing of a reply is missing.
fn is_whole(reply: &[u8]) -> bool {
    let Some(end) = reply.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let head: Vec<String> = String::from_utf8_lossy(&reply[..end]).lines().map(str::to_owned).collect();
    reply.len() >= end + 4 + length(&head)
}

/// Writes a reply down: `answer("503 Service Unavailable", &["retry-after: 5"], b"")`.
pub(crate) fn answer(status: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let headers: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}
