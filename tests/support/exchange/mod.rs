//! A whole exchange with real programs: a collector that serves, developers that answer, and what stands between them.
//!
//! ```text
//! let collector = Collector::open();
//! let developer = Developer::joined(&collector);
//! developer.take(r#"{"nps": 9}"#);
//! developer.sync();
//! assert_eq!(collector.rows().len(), 1);
//! ```

mod collector;
mod developer;
mod proxy;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::Output;
use std::sync::atomic::{AtomicU16, Ordering};

pub(crate) use collector::{Collector, Row, SURVEY, Windows};
pub(crate) use developer::{Developer, Part};
pub(crate) use proxy::{Act, Proxy, Request, answer};

/// Gives an address of this machine that nobody listens on, below those the system gives to connections that go out: a server that was
/// killed finds it free again.
pub(crate) fn free_address() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 10_000 + (std::process::id() % 700) as u16 * 32;
    let tries = std::iter::repeat_with(|| first + NEXT.fetch_add(1, Ordering::Relaxed) % 22_000);
    let free = tries.take(5000).map(|port| 10_000 + port % 22_000).map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    free.into_iter().find(|address| TcpListener::bind(address).is_ok()).expect("some port is free")
}

/// Gives what a program printed, and fails with all of it where the program did.
pub(crate) fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{}", all(output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Gives everything that a program said, and how it ended.
pub(crate) fn all(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}\n{}{}", output.status, text(&output.stdout), text(&output.stderr))
}
