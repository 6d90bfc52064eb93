//! What a wave came to: the signed closing and the ledger for everyone, its progress for administrators.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::anonymous::Closing;
use crate::collector::server::problem::{Body, Problem};
use crate::collector::server::request::{Admin, OfWave};
use crate::collector::server::shapes::{ClosingShape, Progress};
use crate::collector::server::state::Collector;
use crate::collector::store::in_steps;

/// The signed figures of a closed wave.
#[utoipa::path(get, path = "/v1/waves/{wave}/closing", operation_id = "closing", tag = "closing",
    params(("wave" = String, Path, description = "The wave's id")), responses(
    (status = 200, description = "The closing", body = ClosingShape),
    (status = "default", description = "A problem: wave-unknown, not-closed", body = Body, content_type = "application/problem+json"),
))]
pub(crate) async fn closing(State(collector): State<Arc<Collector>>, OfWave(wave): OfWave) -> Result<impl IntoResponse, Problem> {
    let id = wave.id;
    let closing = collector.reader.read(move |store| store.closing(id)).await?;
    closing.map(|closing| ([(CONTENT_TYPE, "application/json")], closing)).ok_or_else(not_closed)
}

/// Every nullifier with the hash of its payload. Whoever looks for their own downloads all of it.
#[utoipa::path(get, path = "/v1/waves/{wave}/ledger", operation_id = "ledger", tag = "closing",
    params(("wave" = String, Path, description = "The wave's id")), responses(
    (status = 200, description = "Entries of 64 bytes in order", body = Vec<u8>, content_type = "application/octet-stream"),
    (status = "default", description = "A problem: wave-unknown, not-closed, erased", body = Body, content_type = "application/problem+json"),
))]
pub(crate) async fn ledger(State(collector): State<Arc<Collector>>, OfWave(wave): OfWave) -> Result<impl IntoResponse, Problem> {
    let id = wave.id;
    let found = collector.reader.read(move |store| Ok((store.closing(id)?, store.ledger(id)?))).await?;
    match found {
        (Some(_), Some(ledger)) => Ok(([(CONTENT_TYPE, "application/octet-stream")], ledger)),
        (Some(_), None) => {
            Err(Problem::gone("erased", "the responses of this wave were erased, as the collector's retention says"))
        }
        (None, _) => Err(not_closed()),
    }
}

/// How far a wave is, in steps of 5.
#[utoipa::path(get, path = "/v1/waves/{wave}/progress", operation_id = "progress", tag = "administration",
    params(
        ("wave" = String, Path, description = "The wave's id"),
    ), security(("administrator" = [])), responses(
    (status = 200, description = "How far it is", body = Progress),
    (status = "default", description = "A problem: unauthorized, wave-unknown", body = Body, content_type = "application/problem+json"),
))]
pub(crate) async fn progress(
    State(collector): State<Arc<Collector>>,
    _: Admin,
    OfWave(wave): OfWave,
) -> Result<impl IntoResponse, Problem> {
    let id = wave.id;
    let read = |closing: Option<String>| closing.and_then(|text| serde_json::from_str::<Closing>(&text).ok());
    let found = collector.reader.read(move |store| Ok((store.closing(id)?, store.count_issued(id)?, store.count_redeemed(id)?)));
    let (closing, issued, responses) = found.await?;
    let (issued, responses) = read(closing).map_or((issued, responses), |closing| (closing.issued, closing.redeemed));
    let (issued, responses) = (in_steps(issued.scores), in_steps(responses.scores));
    Ok(Json(Progress { invited: wave.manifest.invited, issued, responses }))
}

fn not_closed() -> Problem {
    Problem::not_found("not-closed", "the wave is not closed yet")
}
