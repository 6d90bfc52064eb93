//! Where the answers to a survey go, as far as it decides what is said of it.

use super::confidential::Terms;
use crate::developer::catalog::Origin;
use crate::developer::phrases::Destination;
use crate::developer::store::Store;
use crate::report::Failure;

/// Says where the answers to a survey of this origin go; one without an origin is in a file.
///
/// # Errors
/// When the wave can't be read.
pub(super) fn destination(origin: Option<&Origin>, store: Option<&Store>, terms: &Terms) -> Result<Destination, Failure> {
    let known = match (origin, store) {
        (Some(Origin::Wave(id)), Some(store)) => store.wave(*id)?,
        (Some(Origin::Wave(_)), None) => None,
        _ if terms.address.is_some() => return Ok(Destination::Webhook),
        _ => return Ok(Destination::Here),
    };
    let is_of_few = known.is_some_and(|known| known.wave.manifest.is_among_few());
    Ok(if is_of_few { Destination::Few } else { Destination::Collector })
}
