//! The load: connections that each send one request after the other, and what it costs the server.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use memchr::{memchr, memchr_iter, memmem};

use crate::servers::Server;

/// How many connections send beside one another.
const CONNECTIONS: usize = 64;

/// How long a server does nothing before it is said to rest.
const REST: Duration = Duration::from_secs(2);

/// What a load came to, each figure over all requests.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Load {
    /// The time of all requests over their number.
    pub(crate) request_us: f64,
    /// The server's processor time of one.
    pub(crate) processor_us: f64,
    /// What only one in a hundred waited longer for.
    pub(crate) p99_ms: f64,
    /// The server's share of memory at the end.
    pub(crate) memory_mib: f64,
}

impl Load {
    /// Gives the median of each figure.
    pub(crate) fn median(turns: &[Self]) -> Self {
        let of = |figure: fn(&Self) -> f64| median(&mut turns.iter().map(figure).collect::<Vec<_>>());
        Self {
            request_us: of(|load| load.request_us),
            processor_us: of(|load| load.processor_us),
            p99_ms: of(|load| load.p99_ms),
            memory_mib: of(|load| load.memory_mib),
        }
    }
}

/// Gives the median, the higher of two.
pub(crate) fn median(figures: &mut [f64]) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(0.0)
}

/// Puts a server under load.
pub(crate) fn run(server: &Server, requests: &[Vec<u8>]) -> io::Result<Load> {
    let next = AtomicUsize::new(0);
    let before = server.processor_time()?;
    let start = Instant::now();
    let waits: io::Result<Vec<Vec<Duration>>> = thread::scope(|scope| {
        let sending: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(|| send(server.port, requests, &next))).collect();
        sending.into_iter().map(|thread| thread.join().map_err(|_| io::Error::other("a sender broke off"))?).collect()
    });
    let (taken, mut waits) = (start.elapsed(), waits?.concat());
    let processor = server.processor_time()? - before;
    waits.sort_unstable();
    let count = requests.len() as f64;
    Ok(Load {
        request_us: taken.as_secs_f64() * 1e6 / count,
        processor_us: processor.as_secs_f64() * 1e6 / count,
        p99_ms: waits.get(waits.len() * 99 / 100).map_or(0.0, Duration::as_secs_f64) * 1e3,
        memory_mib: server.memory_mib()?,
    })
}

/// Waits until a server rests, and gives the processor time it took until then.
pub(crate) fn work_afterwards_us(server: &Server) -> io::Result<f64> {
    let begun = server.processor_time()?;
    let mut last = (begun, Instant::now());
    while last.1.elapsed() < REST {
        thread::sleep(REST / 10);
        let now = server.processor_time()?;
        if now > last.0 {
            last = (now, Instant::now());
        }
    }
    Ok((last.0 - begun).as_secs_f64() * 1e6)
}

fn send(port: u16, requests: &[Vec<u8>], next: &AtomicUsize) -> io::Result<Vec<Duration>> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_nodelay(true)?;
    let (mut waits, mut buffer) = (Vec::new(), [0; 8192]);
    while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
        let start = Instant::now();
        stream.write_all(request)?;
        answered(&mut stream, &mut buffer)?;
        waits.push(start.elapsed());
    }
    Ok(waits)
}

/// Reads one answer, which must say that something was stored.
fn answered(stream: &mut TcpStream, buffer: &mut [u8]) -> io::Result<()> {
    let mut read = 0;
    loop {
        match stream.read(&mut buffer[read..])? {
            0 => return Err(io::Error::other("the server closed the connection")),
            more => read += more,
        }
        let Some(end) = memmem::find(&buffer[..read], b"\r\n\r\n") else { continue };
        let head = &buffer[..end];
        if read < end + 4 + length(head) {
            continue;
        }
        let is_stored = head.starts_with(b"HTTP/1.1 201");
        return if is_stored { Ok(()) } else { Err(io::Error::other(format!("not stored: {}", String::from_utf8_lossy(head)))) };
    }
}

/// Gives how many bytes come after a head.
fn length(head: &[u8]) -> usize {
    const NAME: &[u8] = b"content-length:";
    let value = |line: &[u8]| {
        let (name, value) = line.split_at_checked(NAME.len())?;
        str::from_utf8(value).ok().filter(|_| name.eq_ignore_ascii_case(NAME))?.trim().parse().ok()
    };
    let starts = memchr_iter(b'\n', head).map(|at| &head[at + 1..]);
    starts.filter_map(|rest| value(&rest[..memchr(b'\r', rest).unwrap_or(rest.len())])).next().unwrap_or(0)
}
