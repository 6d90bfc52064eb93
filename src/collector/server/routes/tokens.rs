//! Tokens: one of each part for a credential, signed blindly.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use chrono::Utc;

use crate::anonymous::manifest::Wave;
use crate::anonymous::token::{MODULUS, REQUEST};
use crate::anonymous::{Digest, Part};
use crate::collector::server::problem::{Body, Problem};
use crate::collector::server::request::{Bearer, OfPart, OfWave, require_type};
use crate::collector::server::state::Collector;
use crate::collector::store::Issuing;

/// Signs a blinded token. The same request gets the same answer; a second, other one is refused.
#[utoipa::path(post, path = "/v1/waves/{wave}/tokens/{part}", operation_id = "issue", tag = "tokens",
    params(
        ("wave" = String, Path, description = "The wave's id"),
        ("part" = String, Path, description = "scores or comments"),
    ), security(("credential" = [])),
    request_body(content = Vec<u8>, content_type = "application/private-token-request", description = "As in RFC 9578, type 2"),
    responses(
    (status = 200, description = "The blind signature", body = Vec<u8>, content_type = "application/private-token-response"),
    (status = "default", description = "A problem: wave-unknown, unauthorized, not-open, token-issued, bad-request", body = Body,
        content_type = "application/problem+json"),
))]
pub(crate) async fn issue(
    State(collector): State<Arc<Collector>>,
    (OfWave(wave), OfPart(part), Bearer(credential)): (OfWave, OfPart, Bearer),
    headers: HeaderMap,
    body: Bytes,
) -> Result<impl IntoResponse, Problem> {
    let _under_way = collector.writer.expect();
    require_type(&headers, "application/private-token-request")?;
    in_window(&wave)?;
    let (place, request) = ((wave.id, part), Digest::of(&[&body]));
    let known = collector.reader.read(move |store| match (store.is_credential(credential)?, store.is_taking(place.0)?) {
        (false, _) => Ok(None),
        (true, false) => Ok(Some(Some(Issuing::Closed))),
        (true, true) => store.issued(place, credential, request).map(Some),
    });
    let unknown = || Problem::unauthorized("this credential is not enrolled; `dxpulse enroll` with an invitation enrols it");
    let outcome = match known.await?.ok_or_else(unknown)? {
        Some(outcome) => outcome,
        None => {
            let answer = sign(&collector, wave, part, body).await?;
            collector.writer.write(move |store| store.issue(place, credential, (request, answer))).await?
        }
    };
    match outcome {
        Issuing::Answer(answer) => Ok(([(CONTENT_TYPE, "application/private-token-response")], answer.to_vec())),
        Issuing::Issued => {
            Err(Problem::conflict("token-issued", "another token of this part was issued to this credential before"))
        }
        Issuing::Closed => Err(over()),
    }
}

fn in_window(wave: &Wave) -> Result<(), Problem> {
    let (now, manifest) = (Utc::now(), &wave.manifest);
    if now < manifest.issue_opens {
        return Err(Problem::forbidden("not-open", format!("tokens are issued from {} on", manifest.issue_opens)));
    }
    if now >= manifest.collect_closes() {
        return Err(over());
    }
    Ok(())
}

fn over() -> Problem {
    Problem::forbidden("not-open", "tokens of this wave are no longer issued")
}

/// Signs on a thread that may take its time.
async fn sign(collector: &Arc<Collector>, wave: Arc<Wave>, part: Part, request: Bytes) -> Result<[u8; MODULUS], Problem> {
    if request.len() != REQUEST {
        return Err(Problem::bad("bad-request", format!("a token request has {REQUEST} bytes")));
    }
    let collector = Arc::clone(collector);
    let signed = tokio::task::spawn_blocking(move || {
        let key = collector.issuer(&wave, part)?;
        key.sign(wave.key(part), &request).map_err(|error| Problem::bad("bad-request", error.to_string()))
    });
    signed.await.unwrap_or_else(|_| Err(Problem::unavailable("the token could not be signed; try again later")))
}
