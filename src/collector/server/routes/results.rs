//! Published results: anyone may fetch them, all at once.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::collector::server::problem::{Body, Problem};
use crate::collector::server::shapes::ResultsShape;
use crate::collector::server::state::Collector;

/// Every signed document of results.
#[utoipa::path(get, path = "/v1/results", operation_id = "results", tag = "results", responses(
    (status = 200, description = "The signed documents", body = Vec<ResultsShape>),
    (status = "default", description = "A problem", body = Body, content_type = "application/problem+json"),
))]
pub(crate) async fn all(State(collector): State<Arc<Collector>>) -> Result<impl IntoResponse, Problem> {
    let results = collector.reader.read(|store| store.results()).await?;
    let documents: Vec<String> = results.into_iter().map(|results| results.document).collect();
    Ok(([(CONTENT_TYPE, "application/json")], format!("[{}]", documents.join(","))))
}
