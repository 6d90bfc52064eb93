//! What those who run the collector ask, and the page an invitation leads to.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::collector::server::problem::{Body, Problem};
use crate::collector::server::state::Collector;

/// How long the database may take to answer whoever asks whether the server is ready.
const ANSWERED: Duration = Duration::from_secs(10);

/// The page behind an invitation's link. What stands after the `#` of the link never reaches the collector.
const JOIN: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<title>dxpulse invitation</title>
<h1>You are invited</h1>
<p>This link is for the program <code>dxpulse</code> in your terminal. Copy it from the address bar as a whole, and run:</p>
<pre>dxpulse enroll '&lt;this link&gt;'</pre>
<p>It works once. Nobody can tell which answers are yours, not even those who invited you: <code>dxpulse verify</code> shows how.</p>
</html>
";

/// Says that the server runs.
#[utoipa::path(get, path = "/healthz", operation_id = "health", tag = "operation", responses(
    (status = 200, description = "It runs", body = String, content_type = "text/plain"),
))]
pub(crate) async fn health() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], "ok\n")
}

/// Says whether the server can take submissions: its database is there and can be written.
#[utoipa::path(get, path = "/readyz", operation_id = "readiness", tag = "operation", responses(
    (status = 200, description = "It is ready", body = String, content_type = "text/plain"),
    (status = 503, description = "A problem", body = Body, content_type = "application/problem+json"),
))]
pub(crate) async fn readiness(State(collector): State<Arc<Collector>>) -> Result<impl IntoResponse, Problem> {
    let written = tokio::time::timeout(ANSWERED, collector.writer.write(|store| store.try_writing())).await;
    written.map_err(|_| Problem::unavailable("the database doesn't answer"))??;
    Ok(health().await)
}

/// Shows what an invitation's link is for.
#[utoipa::path(get, path = "/join", operation_id = "join", tag = "enrolment", responses(
    (status = 200, description = "A page that says what to do with the link", body = String, content_type = "text/html"),
))]
pub(crate) async fn join() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], JOIN)
}

/// Describes this interface.
#[utoipa::path(get, path = "/openapi.json", operation_id = "description", tag = "operation", responses(
    (status = 200, description = "OpenAPI 3.1", body = serde_json::Value),
))]
pub(crate) async fn description() -> impl IntoResponse {
    // It is the same for as long as the program runs.
    static DESCRIPTION: LazyLock<String> = LazyLock::new(super::description);
    ([(CONTENT_TYPE, "application/json")], DESCRIPTION.as_str())
}
