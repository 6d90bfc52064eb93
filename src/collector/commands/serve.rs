//! `dxpulse-collector serve`: takes submissions until told to stop.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::runtime::Builder;
use tokio::signal::unix::{SignalKind, signal};

use super::context::{Context, note};
use crate::collector::keys;
use crate::collector::reader::Reader;
use crate::collector::schedule;
use crate::collector::server::{Collector, ListenError, Listener, router};
use crate::collector::settings::Settings;
use crate::collector::writer::Writer;
use crate::report::{Exit, Failure};

/// The most threads that read, sign and wait for the disk beside the two that serve.
const BLOCKING: usize = 32;

/// After how many steps new requests are looked for: checking a submission takes longer than what the runtime reckons with (61 steps), and
/// whoever comes meanwhile would wait for all of them.
const STEPS: u32 = 16;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Listen here, in place of where the settings say
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let mut settings = context.settings()?;
    settings.listen = arguments.listen.unwrap_or(settings.listen);
    super::doctor::close_to_others(&context.folder)?;
    let _alone = context.folder.lock()?.ok_or_else(|| {
        Failure::new(format!("another server runs on {}", context.folder.path().display()))
            .hint("stop it first; two of them would issue and rewrite against one another")
    })?;
    let store = context.store()?;
    store.check_quickly().map_err(|error| context.database_failure(&error))?;
    // One provider for all of TLS; a second one can't be there, since nothing else of this program has run.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = Builder::new_multi_thread().enable_all().event_interval(STEPS).max_blocking_threads(BLOCKING).build();
    let runtime = runtime.map_err(|error| Failure::new(format!("the server can't start: {error}")))?;
    let started = Writer::start(store, runtime.handle().clone());
    let (writer, thread) = started.map_err(|error| Failure::new(format!("the server can't start: {error}")))?;
    let reader = Reader::new(context.location(&settings));
    let served = runtime.block_on(serve(context, settings, (reader.clone(), writer)));
    // What was handed over is written before the program ends.
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    thread.join();
    // Connections to a database server can't be closed while the runtime runs.
    drop(reader);
    served.map(|()| Exit::SUCCESS)
}

async fn serve(context: &Context, settings: Settings, (reader, writer): (Reader, Writer)) -> Result<(), Failure> {
    let listener = Listener::bind(settings.listen, settings.tls.clone()).await?;
    let receipt_key = keys::receipt_key(&context.folder)?;
    let oblivious = ohttp::Server::new(keys::ohttp_keys(&context.folder)?);
    let oblivious = oblivious.map_err(|error| Failure::new(format!("ohttp.key can't be used: {error}")))?;
    let (url, has_tls) = (settings.url.clone(), settings.tls.is_some());
    let collector = Collector::new((context.folder.clone(), settings), receipt_key, oblivious, (reader, writer));
    let collector = Arc::new(collector);
    let stop = stop()?;
    let address = listener.address().map_err(|error| Failure::new(format!("the server can't start: {error}")))?;
    let how = if has_tls { "with TLS" } else { "without TLS" };
    note(&format!("{url} is served on {address}, {how}"));
    let mut kept = tokio::spawn(schedule::keep(Arc::clone(&collector)));
    tokio::select! {
        () = listener.serve(router(Arc::clone(&collector)), stop) => {}
        // Without it, waves would never close, and nothing would be erased.
        _ = &mut kept => return Err(Failure::new("what is due by the clock broke off").hint("start the server again")),
    }
    kept.abort();
    note("stopped");
    Ok(())
}

/// Waits until the process is told to end.
fn stop() -> Result<impl Future<Output = ()>, Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("signals can't be caught: {error}"));
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        note("stopping; what is under way is finished");
    })
}

impl From<ListenError> for Failure {
    fn from(error: ListenError) -> Self {
        let hint = match &error {
            ListenError::Address { .. } => "choose another address with --listen, or stop what listens there",
            ListenError::Certificate { .. } => "check `certificate` and `key` under [tls] in collector.toml",
        };
        Self::new(error.to_string()).hint(hint)
    }
}
