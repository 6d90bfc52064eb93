//! Problems as RFC 9457 describes them: every error that a client meets has this one form.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::collector::store::StoreError;
use crate::collector::writer::Unwritten;

/// The media type of problems.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// How many seconds to wait before trying again.
const WAIT: u32 = 5;

/// A problem on its way to a client. It says less than the operator's log, and nothing that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    kind: Option<&'static str>,
    detail: String,
    retry_after: Option<u32>,
}

/// A problem in JSON.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Body {
    /// A name for the kind of problem.
    #[serde(rename = "type")]
    kind: String,
    /// The status in words.
    title: &'static str,
    /// The status.
    status: u16,
    /// What happened, and what to do.
    detail: String,
    /// A stable word for the kind of problem.
    code: &'static str,
}

impl Problem {
    /// Makes a problem of a kind.
    pub(crate) fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, kind: None, detail: detail.into(), retry_after: None }
    }

    /// Something isn't there.
    pub(crate) fn not_found(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, detail)
    }

    /// A request isn't in the form it should have.
    pub(crate) fn bad(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// Nobody may do that, or not now.
    pub(crate) fn forbidden(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, detail)
    }

    /// It contradicts something that is there.
    pub(crate) fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// It is over.
    pub(crate) fn gone(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::GONE, code, detail)
    }

    /// Nobody known asks.
    pub(crate) fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", detail)
    }

    /// The body is of another type.
    pub(crate) fn media_type(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail)
    }

    /// It can't be done now; later it can.
    pub(crate) fn unavailable(detail: impl Into<String>) -> Self {
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail);
        Self { retry_after: Some(WAIT), ..problem }
    }

    /// Gives it a registered type.
    pub(crate) fn of_kind(self, kind: &'static str) -> Self {
        Self { kind: Some(kind), ..self }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        super::log_seldom(&format!("requests fail: {error}; {}", error.hint()));
        Self::unavailable("the collector can't read or write its database at the moment; try again later")
    }
}

impl From<Unwritten> for Problem {
    fn from(error: Unwritten) -> Self {
        match error {
            Unwritten::Full => Self::unavailable("more is waiting than the collector can take; try again later"),
            Unwritten::Stopping => Self::unavailable("the collector is stopping, or could not store it; try again later"),
            Unwritten::Failed(error) => error.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Body {
            kind: self.kind.map_or_else(|| format!("urn:dxpulse:problem:{}", self.code), str::to_owned),
            title: self.status.canonical_reason().unwrap_or("Problem"),
            status: self.status.as_u16(),
            detail: self.detail,
            code: self.code,
        };
        let text = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = (self.status, [(header::CONTENT_TYPE, MEDIA_TYPE)], text).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
