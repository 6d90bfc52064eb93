//! A server that takes bytes and does nothing with them: the floor of what a collector takes in.

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::put;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse::<u16>().ok()).unwrap_or(0);
    let taken = |body: Bytes| async move { (StatusCode::CREATED, format!("{{\"bytes\":{}}}", body.len())) };
    let router = Router::new().route("/v1/waves/{wave}/responses/{nullifier}", put(taken));
    axum::serve(tokio::net::TcpListener::bind(("127.0.0.1", port)).await?, router).await
}
