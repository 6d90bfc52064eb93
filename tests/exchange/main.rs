//! Whole exchanges with real programs: an answer on its way into the ledger, several processes at once, and collectors that cheat.

mod cheating;
mod claims;
mod clocks;
mod forgery;
mod joining;
mod managed;
mod operating;
mod overtaking;
mod pages;
mod refusals;
mod relay;
mod rescue;
#[cfg(feature = "research")]
mod researched;
#[path = "../support/mod.rs"]
mod support;
mod timing;
mod told;
mod traced;
mod whole;

use support::exchange::{Collector, Proxy, SURVEY, Windows};

/// Serves behind a proxy, with one wave that is open.
fn behind() -> (Proxy, Collector) {
    let proxy = Proxy::start();
    let collector = Collector::set_up(24, Some(proxy.address()));
    collector.publish(&collector.prepared(SURVEY, "one", Windows::OPEN));
    collector.serve();
    proxy.lead_to(collector.address());
    (proxy, collector)
}
