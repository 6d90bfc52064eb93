//! A server that stores many requests in one synced transaction, and does nothing else: in a file, or on a PostgreSQL server.
//!
//! It is as bare as a server can be that acknowledges only what is stored, and the floor of what a collector takes in.

use std::path::Path;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path as Address, State};
use axum::http::StatusCode;
use axum::routing::put;
use postgres::{Client, NoTls};
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

/// How many requests may wait.
const WAITING: usize = 4096;

/// How many go into one transaction.
const TOGETHER: usize = 512;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A request: under which key, what, and who waits for it.
type Request = (String, Bytes, oneshot::Sender<()>);

/// Stores requests in one transaction.
type Storing = Box<dyn FnMut(&[Request]) -> Result<(), Failure> + Send>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let port = arguments.next().and_then(|port| port.parse::<u16>().ok()).unwrap_or(0);
    let folder = arguments.next().unwrap_or_default();
    let storing = match arguments.next() {
        Some(database) => on_postgresql(&database)?,
        None => in_file(&Path::new(&folder).join("responses.db"))?,
    };
    serve(port, storing)
}

#[tokio::main]
async fn serve(port: u16, storing: Storing) -> Result<(), Failure> {
    let (queue, requests) = mpsc::channel(WAITING);
    std::thread::spawn(move || write(requests, storing));
    let router = Router::new().route("/v1/waves/{wave}/responses/{nullifier}", put(take)).with_state(queue);
    Ok(axum::serve(tokio::net::TcpListener::bind(("127.0.0.1", port)).await?, router).await?)
}

/// How much of a body is stored: about what an answer takes without its token and padding.
const KEPT: usize = 430;

async fn take(
    State(queue): State<mpsc::Sender<Request>>,
    Address((_, nullifier)): Address<(String, String)>,
    body: Bytes,
) -> StatusCode {
    let (sender, stored) = oneshot::channel();
    let is_taken = queue.try_send((nullifier, body.slice(..KEPT.min(body.len())), sender)).is_ok();
    if is_taken && stored.await.is_ok() { StatusCode::CREATED } else { StatusCode::SERVICE_UNAVAILABLE }
}

/// Ends at the first failure, after which nothing is acknowledged.
fn write(mut waiting: mpsc::Receiver<Request>, mut storing: Storing) -> Result<(), Failure> {
    let mut together = Vec::new();
    while waiting.blocking_recv_many(&mut together, TOGETHER) > 0 {
        storing(&together)?;
        for (_, _, sender) in together.drain(..) {
            let _ = sender.send(());
        }
    }
    Ok(())
}

fn in_file(path: &Path) -> Result<Storing, Failure> {
    let mut connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE responses (nullifier TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;",
    )?;
    Ok(Box::new(move |requests| {
        let transaction = connection.transaction()?;
        for (nullifier, body, _) in requests {
            let sql = "INSERT INTO responses (nullifier, body) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
            transaction.prepare_cached(sql)?.execute(rusqlite::params![nullifier, body.as_ref()])?;
        }
        Ok(transaction.commit()?)
    }))
}

fn on_postgresql(database: &str) -> Result<Storing, Failure> {
    let mut client = Client::connect(database, NoTls)?;
    client.batch_execute("CREATE TABLE responses (nullifier text PRIMARY KEY, body bytea NOT NULL)")?;
    let sql = "INSERT INTO responses SELECT * FROM unnest($1::text[], $2::bytea[]) ON CONFLICT DO NOTHING";
    let statement = client.prepare(sql)?;
    Ok(Box::new(move |requests| {
        let (nullifiers, bodies): (Vec<&str>, Vec<&[u8]>) =
            requests.iter().map(|(nullifier, body, _)| (nullifier.as_str(), body.as_ref())).unzip();
        client.execute(&statement, &[&nullifiers, &bodies])?;
        Ok(())
    }))
}
