//! The gateway for Oblivious HTTP (RFC 9458): a relay sees who sends and not what, the collector what and not who.
//!
//! What comes out of the envelope meets the same routes and limits as everything else, and its answer goes back sealed.

use std::io::Cursor;
use std::sync::Arc;

use axum::body::{Body as HttpBody, Bytes, to_bytes};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Request};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use bhttp::{Message, Mode, StatusCode};

use super::limits::bound;
use super::problem::{Body, Problem};
use super::request::require_type;
use super::state::Collector;
use crate::collector::keys::published_ohttp_keys;

/// The type that RFC 9458 registers for keys that are not, or no longer, known.
const UNKNOWN_KEY: &str = "https://iana.org/assignments/http-problem-types#ohttp-key";

/// The most bytes of an answer that goes through the gateway: the ledger of a very large wave fits.
const MOST_BYTES: usize = 64 << 20;

/// The routes behind the gateway.
#[derive(Clone)]
pub(crate) struct Inner(pub(crate) Router);

/// The keys that requests through a relay are sealed with.
#[utoipa::path(get, path = "/ohttp-keys", operation_id = "obliviousKeys", tag = "oblivious", responses(
    (status = 200, description = "Key configurations of RFC 9458", body = Vec<u8>, content_type = "application/ohttp-keys"),
))]
pub(crate) async fn keys(State(collector): State<Arc<Collector>>) -> Result<impl IntoResponse, Problem> {
    let keys = published_ohttp_keys(collector.oblivious.config());
    let keys = keys.ok_or_else(|| Problem::unavailable("the keys can't be told at the moment; try again later"))?;
    Ok(([(CONTENT_TYPE, "application/ohttp-keys")], keys))
}

/// Opens a sealed request, lets the routes answer it, and seals the answer.
#[utoipa::path(post, path = "/ohttp", operation_id = "oblivious", tag = "oblivious",
    request_body(content = Vec<u8>, content_type = "message/ohttp-req", description = "An encapsulated request in binary HTTP (RFC 9292)"),
    responses(
    (status = 200, description = "The encapsulated answer", body = Vec<u8>, content_type = "message/ohttp-res"),
    (status = "default", description = "A problem: ohttp-key, ohttp-unreadable", body = Body, content_type = "application/problem+json"),
))]
pub(crate) async fn open(
    State(collector): State<Arc<Collector>>,
    Extension(Inner(routes)): Extension<Inner>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<impl IntoResponse, Problem> {
    require_type(&headers, "message/ohttp-req")?;
    let (request, sealing) = collector.oblivious.decapsulate(&body).map_err(|error| match error {
        ohttp::Error::KeyId | ohttp::Error::InvalidKem | ohttp::Error::Unsupported => {
            Problem::bad("ohttp-key", "the key is not known; fetch /ohttp-keys again").of_kind(UNKNOWN_KEY)
        }
        _ => Problem::bad("ohttp-unreadable", "the encapsulated request can't be opened"),
    })?;
    let answer = match read(&request) {
        Some(request) => bound(request, routes).await,
        None => Problem::bad("malformed", "this is not a request in binary HTTP").into_response(),
    };
    let failed = || Problem::unavailable("the answer could not be sealed; try again later");
    let answer = written(answer).await.ok_or_else(failed)?;
    let sealed = sealing.encapsulate(&answer).map_err(|_| failed())?;
    Ok(([(CONTENT_TYPE, "message/ohttp-res")], sealed))
}

fn read(bytes: &[u8]) -> Option<Request<HttpBody>> {
    let message = Message::read_bhttp(&mut Cursor::new(bytes)).ok()?;
    let control = message.control();
    let mut request = Request::builder().method(control.method()?).uri(control.path()?);
    for field in message.header().iter() {
        request = request.header(field.name(), field.value());
    }
    request.body(HttpBody::from(message.content().to_vec())).ok()
}

async fn written(response: Response) -> Option<Vec<u8>> {
    let (parts, body) = response.into_parts();
    let mut message = Message::response(StatusCode::try_from(parts.status.as_u16()).ok()?);
    for (name, value) in &parts.headers {
        message.put_header(name.as_str(), value.as_bytes());
    }
    message.write_content(to_bytes(body, MOST_BYTES).await.ok()?);
    let mut bytes = Vec::new();
    message.write_bhttp(Mode::KnownLength, &mut bytes).ok()?;
    Some(bytes)
}
