//! Published waves: anyone may fetch them, all at once or one.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::anonymous::{Digest, WaveId};
use crate::collector::server::problem::{Body, Problem};
use crate::collector::server::request::OfWave;
use crate::collector::server::shapes::BundleShape;
use crate::collector::server::state::Collector;

const JSON: [(axum::http::HeaderName, &str); 1] = [(CONTENT_TYPE, "application/json")];

/// Every published wave; who fetches all at once tells nothing of which one is meant.
#[utoipa::path(get, path = "/v1/bundles", operation_id = "bundles", tag = "waves", responses(
    (status = 200, description = "The signed bundles", body = Vec<BundleShape>),
    (status = "default", description = "A problem", body = Body, content_type = "application/problem+json"),
))]
pub(crate) async fn all(State(collector): State<Arc<Collector>>) -> Result<impl IntoResponse, Problem> {
    let waves = collector.reader.read(|store| store.waves()).await?;
    let bundles: Vec<String> = waves.into_iter().map(|wave| wave.bundle).collect();
    Ok((JSON, format!("[{}]", bundles.join(","))))
}

/// One published wave.
#[utoipa::path(get, path = "/v1/waves/{wave}", operation_id = "bundle", tag = "waves",
    params(("wave" = String, Path, description = "The wave's id: 64 hexadecimal digits")), responses(
    (status = 200, description = "The signed bundle", body = BundleShape),
    (status = "default", description = "A problem", body = Body, content_type = "application/problem+json"),
))]
pub(crate) async fn one(State(collector): State<Arc<Collector>>, OfWave(wave): OfWave) -> Result<impl IntoResponse, Problem> {
    let id = WaveId(Digest(wave.id.0.0));
    let found = collector.reader.read(move |store| store.wave(id)).await?;
    let unknown = || Problem::not_found("wave-unknown", "there is no such wave here");
    found.map(|wave| (JSON, wave.bundle)).ok_or_else(unknown)
}
