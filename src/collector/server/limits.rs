//! What every request keeps to: a body of 64 KiB at most, as it is, within half a minute; and what every reply says.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;
use tower::ServiceExt;

use super::problem::Problem;

/// The most bytes of a body.
pub(crate) const MOST_BYTES: usize = 64 << 10;

/// How long a body may take to arrive.
const BODY: Duration = Duration::from_secs(30);

/// How long a request may take as a whole.
const WHOLE: Duration = Duration::from_secs(60);

/// What every reply says: keep nothing of it, and don't take it for anything else.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
];

/// Has a request answered: reads the whole body before anything else happens, and bounds the time of all.
pub(crate) async fn bound(request: Request, routes: Router) -> Response {
    let answered = timeout(WHOLE, answer(request, routes)).await;
    let mut response = answered.unwrap_or_else(|_| Problem::unavailable("this took too long; try again later").into_response());
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

async fn answer(request: Request, routes: Router) -> Response {
    let (parts, body) = request.into_parts();
    match read(&parts.headers, body).await {
        Ok(bytes) => routes.oneshot(Request::from_parts(parts, Body::from(bytes))).await.into_response(),
        Err(problem) => problem.into_response(),
    }
}

async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    let encoding = headers.get(header::CONTENT_ENCODING);
    if encoding.is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Err(Problem::media_type("bodies are sent as they are: compressed ones are refused"));
    }
    let too_large = || {
        let detail = format!("a body has {MOST_BYTES} bytes at most");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", detail)
    };
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if declared.is_some_and(|length: u64| length > MOST_BYTES as u64) {
        return Err(too_large());
    }
    let too_slow = |_| Problem::new(StatusCode::REQUEST_TIMEOUT, "too-slow", "the body took too long to arrive");
    // What else can go wrong is a connection that broke, and then nobody reads the reply.
    timeout(BODY, to_bytes(body, MOST_BYTES)).await.map_err(too_slow)?.map_err(|_| too_large())
}
