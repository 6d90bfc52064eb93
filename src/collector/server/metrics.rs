//! Metrics in Prometheus' text form: the queue, and counts that change once a day and in steps of 5. Nothing that happened just now.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use super::problem::{Body, Problem};
use super::state::Collector;

/// Metrics for those who run the collector.
#[utoipa::path(get, path = "/metrics", operation_id = "metrics", tag = "operation", responses(
    (status = 200, description = "Prometheus' text form", body = String, content_type = "text/plain"),
    (status = "default", description = "A problem", body = Body, content_type = "application/problem+json"),
))]
pub(crate) async fn metrics(State(collector): State<Arc<Collector>>) -> Result<impl IntoResponse, Problem> {
    let counts = collector.reader.read(|store| store.last_counts()).await?;
    let mut text = String::from("# HELP dxpulse_collector_queue_depth Requests that wait to be written.\n");
    let _ = writeln!(
        text,
        "# TYPE dxpulse_collector_queue_depth gauge\ndxpulse_collector_queue_depth {}",
        collector.writer.waiting()
    );
    text.push_str("# HELP dxpulse_collector_responses Responses of a wave by the end of the last day, in steps of 5.\n");
    text.push_str("# TYPE dxpulse_collector_responses gauge\n");
    for (survey, wave, responses) in counts {
        let _ = writeln!(text, "dxpulse_collector_responses{{survey=\"{survey}\",wave=\"{wave}\"}} {responses}");
    }
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text))
}
