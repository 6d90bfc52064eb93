//! What findings tell, and what they keep to themselves.

use super::words::told_of;

#[test]
fn a_ledger_knows_comments_by_what_they_say_in_whatever_order_they_stand() {
    let kept = told_of(("pulse", "2026-Q1"), ("why", &["größer", "no docs", "slow builds"]));
    assert_eq!(kept, told_of(("pulse", "2026-Q1"), ("why", &["slow builds", "größer", "no docs"])));
    // SHA-256 of the three in alphabetical order, each behind its length in eight bytes: what ledgers have kept from the start.
    assert_eq!(kept.hash, "929325cb42c273abf9028f68ed5a2440e9c2587f8860f43f328b01955ec454dc");
}
