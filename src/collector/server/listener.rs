//! Connections: accepted, secured, bounded in number and time, and ended gracefully.
//!
//! Whoever sends their request byte by byte loses the connection after ten seconds, and holds nobody else up.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::Body;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use thiserror::Error;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, timeout};
use tokio_rustls::TlsAcceptor;

use super::limits::bound;
use crate::collector::settings::Tls;

/// How long the head of a request may take to arrive, the first one and each further one of a connection.
const HEAD: Duration = Duration::from_secs(10);

/// How long it may take to agree on keys.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// How long a connection may last.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// How long connections may take to end when the collector stops.
const GRACE: Duration = Duration::from_secs(20);

/// How long to wait before accepting again after the system refused.
const PAUSE: Duration = Duration::from_millis(100);

/// How often the certificate's file is looked at: it is renewed while the server runs.
const LOOK: Duration = Duration::from_secs(60);

/// The most connections at a time.
const MOST: u64 = 8192;

/// Files that the program needs beside its connections.
const OTHER_FILES: u64 = 64;

/// Why the server doesn't listen.
#[derive(Debug, Error)]
pub(crate) enum ListenError {
    /// The address can't be had.
    #[error("cannot listen on {address}: {cause}")]
    Address {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        cause: io::Error,
    },
    /// The certificate or its key can't be used.
    #[error("{}: {reason}", path.display())]
    Certificate {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
}

/// Listens for connections.
pub(crate) struct Listener {
    listener: TcpListener,
    tls: Option<Certificate>,
}

/// A certificate as it was last read.
struct Certificate {
    files: Tls,
    acceptor: TlsAcceptor,
    changed: Option<SystemTime>,
    looked: Instant,
}

impl Listener {
    /// Takes the address, and reads the certificate where there is one.
    pub(crate) async fn bind(address: SocketAddr, tls: Option<Tls>) -> Result<Self, ListenError> {
        let tls = tls.map(Certificate::read).transpose()?;
        let listener = TcpListener::bind(address).await.map_err(|cause| ListenError::Address { address, cause })?;
        Ok(Self { listener, tls })
    }

    /// Gives the address it listens on.
    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until told to stop, then lets what is under way end.
    pub(crate) async fn serve(mut self, routes: Router, stop: impl Future<Output = ()>) {
        let graceful = GracefulShutdown::new();
        let places = Arc::new(Semaphore::new(most_connections()));
        let mut stop = std::pin::pin!(stop);
        loop {
            let next = async {
                let place = Arc::clone(&places).acquire_owned().await.ok()?;
                Some((self.listener.accept().await, place))
            };
            let accepted = tokio::select! {
                accepted = next => accepted,
                () = &mut stop => break,
            };
            let Some((accepted, place)) = accepted else { break };
            let Ok((stream, _)) = accepted else {
                sleep(PAUSE).await;
                continue;
            };
            let tls = self.tls.as_mut().map(Certificate::acceptor);
            let (routes, watcher) = (routes.clone(), graceful.watcher());
            tokio::spawn(async move {
                let _ = timeout(LONGEST, connection(stream, tls, routes, watcher)).await;
                drop(place);
            });
        }
        drop(self.listener);
        let _ = timeout(GRACE, graceful.shutdown()).await;
    }
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, routes: Router, watcher: Watcher) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request: Request<Incoming>| {
        let answer = bound(request.map(Body::new), routes.clone());
        async { Ok::<_, Infallible>(answer.await) }
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(32 << 10);
    // How a connection ends is nobody's business: it would tell addresses and times.
    if let Some(tls) = tls {
        let Ok(Ok(stream)) = timeout(HANDSHAKE, tls.accept(stream)).await else { return };
        let _ = watcher.watch(server.serve_connection(TokioIo::new(stream), service)).await;
    } else {
        let _ = watcher.watch(server.serve_connection(TokioIo::new(stream), service)).await;
    }
}

impl Certificate {
    fn read(files: Tls) -> Result<Self, ListenError> {
        let changed = changed(&files.certificate);
        Ok(Self { acceptor: acceptor(&files)?, changed, files, looked: Instant::now() })
    }

    /// Gives what secures a connection, read anew where the file has changed; one that can't be used leaves the old one in place.
    fn acceptor(&mut self) -> TlsAcceptor {
        if self.looked.elapsed() >= LOOK {
            self.looked = Instant::now();
            let now = changed(&self.files.certificate);
            if now != self.changed {
                match acceptor(&self.files) {
                    Ok(acceptor) => {
                        (self.acceptor, self.changed) = (acceptor, now);
                        super::log("the certificate was renewed");
                    }
                    Err(error) => super::log(&format!("the renewed certificate can't be used: {error}")),
                }
            }
        }
        self.acceptor.clone()
    }
}

fn changed(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|file| file.modified()).ok()
}

/// Says whether a server could use a certificate with its key.
///
/// # Errors
/// Why it couldn't.
pub(crate) fn check_certificate(files: &Tls) -> Result<(), ListenError> {
    acceptor(files).map(drop)
}

fn acceptor(files: &Tls) -> Result<TlsAcceptor, ListenError> {
    let refuse = |path: &Path, reason: String| ListenError::Certificate { path: path.to_owned(), reason };
    let certificates = CertificateDer::pem_file_iter(&files.certificate).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let certificates = certificates.map_err(|error| refuse(&files.certificate, error.to_string()))?;
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|error| refuse(&files.key, error.to_string()))?;
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(certificates, key);
    let mut config = config.map_err(|error| refuse(&files.certificate, error.to_string()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Asks the system for as many open files as it grants, and gives how many connections that allows.
fn most_connections() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.unwrap_or(u64::MAX).min(MOST + OTHER_FILES);
    if limit.current.is_some_and(|current| current < wanted) {
        // Where that is refused, there are fewer connections at a time.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: limit.maximum });
    }
    let granted = getrlimit(Resource::Nofile).current.unwrap_or(wanted);
    usize::try_from(granted.saturating_sub(OTHER_FILES).clamp(16, MOST)).unwrap_or(16)
}
