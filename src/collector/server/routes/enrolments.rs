//! Enrolment: an invitation, or someone's word for an address, is exchanged for a credential of the developer's own making.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::{Json, http::StatusCode};

use crate::anonymous::Digest;
use crate::collector::identity::IdentityError;
use crate::collector::roster;
use crate::collector::server::problem::{Body, Problem};
use crate::collector::server::request::json;
use crate::collector::server::shapes::{Device, Enrolled, Enrolment, Methods};
use crate::collector::server::state::Collector;
use crate::collector::store::{Enrolling, Proof};

/// The ways to enrol.
#[utoipa::path(get, path = "/v1/enrolment", operation_id = "methods", tag = "enrolment", responses(
    (status = 200, description = "The ways to enrol", body = Methods),
    (status = "default", description = "A problem", body = Body, content_type = "application/problem+json"),
))]
pub(crate) async fn methods(State(collector): State<Arc<Collector>>) -> Result<impl IntoResponse, Problem> {
    let Some(identity) = &collector.identity else {
        return Ok(Json(Methods { methods: vec!["invitation"], oidc: None }));
    };
    let endpoints = identity.endpoints().await.map_err(refused)?;
    let device = Device {
        issuer: identity.issuer().to_owned(),
        client_id: identity.client_id().to_owned(),
        device_authorization_endpoint: endpoints.device_authorization_endpoint,
        token_endpoint: endpoints.token_endpoint,
    };
    Ok(Json(Methods { methods: vec!["invitation", "oidc"], oidc: Some(device) }))
}

/// Enrols a credential. The first one counts; the same once more gets the same reply.
#[utoipa::path(post, path = "/v1/enrolments", operation_id = "enrol", tag = "enrolment", request_body = Enrolment, responses(
    (status = 200, description = "Enrolled", body = Enrolled),
    (status = "default", description = "A problem: invitation-unknown, invitation-used, identity-refused", body = Body,
        content_type = "application/problem+json"),
))]
pub(crate) async fn enrol(
    State(collector): State<Arc<Collector>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<impl IntoResponse, Problem> {
    let enrolment: Enrolment = json(&headers, &body)?;
    let proof = proof(&collector, &enrolment).await?;
    let credential = match enrolment {
        Enrolment::Code(by) => by.credential_hash,
        Enrolment::SignIn(by) => by.credential_hash,
    };
    match collector.writer.write(move |store| store.enrol(&proof, credential)).await? {
        Enrolling::Enrolled(segments) => {
            let (collector, publishers) = (collector.settings.url.clone(), collector.settings.publishers.clone());
            Ok(Json(Enrolled { segments, collector, publishers }))
        }
        Enrolling::Unknown => Err(Problem::not_found("invitation-unknown", "nobody is invited so; ask for a new invitation")),
        Enrolling::Used => {
            let detail = "this invitation was used on another machine; ask for a new one, or import what that machine exports";
            Err(Problem::conflict("invitation-used", detail))
        }
    }
}

async fn proof(collector: &Collector, enrolment: &Enrolment) -> Result<Proof, Problem> {
    match (enrolment, &collector.identity) {
        (Enrolment::Code(by), _) => Ok(Proof::Code(Digest::of(&[by.code.trim().to_lowercase().as_bytes()]))),
        (Enrolment::SignIn(by), Some(identity)) => {
            let email = identity.verify(&by.id_token).await.map_err(refused)?;
            Ok(Proof::Contact(roster::contact(&email)))
        }
        (Enrolment::SignIn(_), None) => Err(Problem::forbidden("method-unknown", "this collector enrols by invitation alone")),
    }
}

fn refused(error: IdentityError) -> Problem {
    match error {
        IdentityError::Unreachable(reason) => {
            crate::collector::server::log_seldom(&format!("the identity issuer can't be asked: {reason}"));
            Problem::unavailable("the identity issuer can't be reached at the moment; try again later")
        }
        IdentityError::Refused(reason) => Problem::new(StatusCode::UNAUTHORIZED, "identity-refused", reason),
    }
}
