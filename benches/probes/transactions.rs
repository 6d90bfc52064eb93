//! A server that makes a synced transaction of each request: what a collector would be without putting them together.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::put;
use rusqlite::Connection;

type Shared = Arc<Mutex<Connection>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let port = arguments.next().and_then(|port| port.parse::<u16>().ok()).unwrap_or(0);
    let folder = PathBuf::from(arguments.next().unwrap_or_default());
    let connection = Connection::open(folder.join("responses.db"))?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE responses (nullifier TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;",
    )?;
    let router = Router::new().route("/v1/waves/{wave}/responses/{nullifier}", put(store));
    let router = router.with_state(Arc::new(Mutex::new(connection)));
    Ok(axum::serve(tokio::net::TcpListener::bind(("127.0.0.1", port)).await?, router).await?)
}

async fn store(State(shared): State<Shared>, Path((_, nullifier)): Path<(String, String)>, body: Bytes) -> StatusCode {
    let stored = tokio::task::spawn_blocking(move || {
        let connection = shared.lock().map_err(|_| rusqlite::Error::InvalidQuery)?;
        let sql = "INSERT INTO responses (nullifier, body) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        connection.prepare_cached(sql)?.execute(rusqlite::params![nullifier, body.as_ref()])
    });
    match stored.await {
        Ok(Ok(_)) => StatusCode::CREATED,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
