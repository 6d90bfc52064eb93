//! The routes, one file for each thing that is asked about, and the description of them all.

mod bundles;
mod closings;
mod enrolments;
mod operations;
mod responses;
mod results;
mod tokens;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt as _};
use utoipa_axum::routes;

use super::metrics;
use super::oblivious;
use super::problem::Problem;
use super::state::Collector;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "dxpulse-collector",
        description = "Collects survey responses that can't be led back to whoever gave them. Every error is a problem as in RFC 9457."
    ),
    modifiers(&Bearers)
)]
struct Description;

/// Who may be asked to say who they are, and by which token.
struct Bearers;

impl Modify for Bearers {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let components = description.components.get_or_insert_default();
        let bearers = [
            ("administrator", "An administrator's token, 64 hexadecimal digits"),
            ("credential", "The credential of an enrolled developer, 64 hexadecimal digits"),
        ];
        for (name, token) in bearers {
            let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(token)).build();
            components.add_security_scheme(name, SecurityScheme::Http(scheme));
        }
    }
}

fn described() -> OpenApiRouter<Arc<Collector>> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(bundles::all))
        .routes(routes!(bundles::one))
        .routes(routes!(enrolments::methods))
        .routes(routes!(enrolments::enrol))
        .routes(routes!(tokens::issue))
        .routes(routes!(responses::put))
        .routes(routes!(responses::payloads))
        .routes(routes!(closings::closing))
        .routes(routes!(closings::ledger))
        .routes(routes!(closings::progress))
        .routes(routes!(results::all))
        .routes(routes!(oblivious::keys))
        .routes(routes!(operations::health))
        .routes(routes!(operations::readiness))
        .routes(routes!(operations::join))
        .routes(routes!(operations::description))
        .routes(routes!(metrics::metrics))
}

/// Gives the description of the interface, in JSON.
fn description() -> String {
    let (_, description) = described().routes(routes!(oblivious::open)).split_for_parts();
    description.to_json().unwrap_or_default()
}

/// Gives everything that may be asked, for [`super::limits::bound`] to answer.
pub(crate) fn router(collector: Arc<Collector>) -> Router {
    // What comes through the gateway meets the same routes; it can't ask for the gateway again.
    let (inner, _) = described().split_for_parts();
    let inner = finished(inner, Arc::clone(&collector));
    let gateway = routes!(oblivious::open).layer(axum::Extension(oblivious::Inner(inner)));
    let (outer, _) = described().routes(gateway).split_for_parts();
    finished(outer, collector)
}

fn finished(router: Router<Arc<Collector>>, collector: Arc<Collector>) -> Router {
    let not_found =
        || async { Problem::not_found("not-found", "there is nothing at this address; /openapi.json tells what there is") };
    let not_allowed = || async {
        let detail = "this address doesn't take that method; /openapi.json tells which it takes";
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", detail)
    };
    router.fallback(not_found).method_not_allowed_fallback(not_allowed).with_state(collector)
}
