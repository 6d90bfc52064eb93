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

use std::hash::{BuildHasher, Hasher};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::Output;

pub(crate) use collector::{Collector, Row, SURVEY, Windows};
pub(crate) use developer::{Developer, Part};
pub(crate) use proxy::{Act, Proxy, Request, answer};

/// Gives an address of this machine that nobody listens on, below those the system gives to connections that go out: a server that was
/// killed finds it free again.
pub(crate) fn free_address() -> SocketAddr {
    // By chance, since other tests look for one at the same time.
    let chance = || std::hash::RandomState::new().build_hasher().finish();
    let port = || 10_000 + u16::try_from(chance() % 22_000).expect("a port");
    let mut addresses = std::iter::repeat_with(port).map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    addresses.by_ref().take(1000).find(|address| TcpListener::bind(address).is_ok()).expect("some port is free")
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
