//! What requests carry, read into types that can't be wrong: whoever sends something else is told a problem.

use std::sync::Arc;

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use serde::de::DeserializeOwned;

use super::limits::MOST_BYTES;
use super::problem::Problem;
use super::state::Collector;
use crate::anonymous::manifest::Wave;
use crate::anonymous::{Digest, Nullifier, Part, WaveId};

/// The wave that an address names.
pub(crate) struct OfWave(pub(crate) Arc<Wave>);

/// The part of a wave that an address names.
pub(crate) struct OfPart(pub(crate) Part);

/// The nullifier that an address names.
pub(crate) struct Under(pub(crate) Nullifier);

/// A bearer's token, as its SHA-256.
pub(crate) struct Bearer(pub(crate) Digest);

/// Whoever asks is an administrator.
pub(crate) struct Admin;

/// A body of bytes, sent as such.
pub(crate) struct Octets(pub(crate) Bytes);

impl FromRequestParts<Arc<Collector>> for OfWave {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<Collector>) -> Result<Self, Problem> {
        let unknown = || Problem::not_found("wave-unknown", "there is no such wave here");
        let id = named(parts, "wave", Digest::from_hex).await.map(WaveId);
        state.wave(id.ok_or_else(unknown)?).await.map(Self)
    }
}

impl FromRequestParts<Arc<Collector>> for OfPart {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Collector>) -> Result<Self, Problem> {
        let part = named(parts, "part", Part::from_name).await;
        part.map(Self).ok_or_else(|| Problem::not_found("not-found", "the parts are scores and comments"))
    }
}

impl FromRequestParts<Arc<Collector>> for Under {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Collector>) -> Result<Self, Problem> {
        let nullifier = named(parts, "nullifier", Nullifier::from_hex).await;
        nullifier.map(Self).ok_or_else(|| Problem::bad("malformed", "a nullifier has 64 lower-case hexadecimal digits"))
    }
}

impl FromRequestParts<Arc<Collector>> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Collector>) -> Result<Self, Problem> {
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = value.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let token = token.and_then(|(_, token)| Digest::from_hex(token.trim()));
        let token = token.ok_or_else(|| Problem::unauthorized("send `Authorization: Bearer` with 64 hexadecimal digits"))?;
        Ok(Self(Digest::of(&[&token.0])))
    }
}

impl FromRequestParts<Arc<Collector>> for Admin {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<Collector>) -> Result<Self, Problem> {
        let Bearer(token) = Bearer::from_request_parts(parts, state).await?;
        match state.reader.read(move |store| store.is_admin(token)).await? {
            true => Ok(Self),
            false => Err(Problem::unauthorized("this is no administrator's token")),
        }
    }
}

impl FromRequest<Arc<Collector>> for Octets {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Arc<Collector>) -> Result<Self, Problem> {
        require_type(request.headers(), "application/octet-stream")?;
        let broken = |_| Problem::bad("malformed", "the body can't be read");
        to_bytes(request.into_body(), MOST_BYTES).await.map(Self).map_err(broken)
    }
}

/// Reads the part of an address under a name.
async fn named<T>(parts: &mut Parts, name: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    let parameters = RawPathParams::from_request_parts(parts, &()).await.ok()?;
    parameters.iter().find(|(known, _)| *known == name).and_then(|(_, value)| read(value))
}

/// Asks that a body is of a media type.
pub(crate) fn require_type(headers: &HeaderMap, wanted: &str) -> Result<(), Problem> {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let sent = value.split(';').next().unwrap_or_default().trim();
    if sent.eq_ignore_ascii_case(wanted) {
        return Ok(());
    }
    Err(Problem::media_type(format!("send it as {wanted}")))
}

/// Reads a body in JSON. Its depth is bounded by the reader.
pub(crate) fn json<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, Problem> {
    require_type(headers, "application/json")?;
    // What is wrong where would repeat what was sent.
    serde_json::from_slice(body).map_err(|_| Problem::bad("malformed", "this is not the JSON that is asked for here"))
}
