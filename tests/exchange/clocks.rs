//! Clocks that were wrong leave nothing behind.

use crate::support::exchange::{Collector, Developer, printed};

#[test]
fn a_token_that_a_wrong_clock_put_off_by_years_comes_by_itself() {
    let collector = Collector::open();
    let developer = Developer::new();
    let link = collector.invitation();
    let enrol = developer.home.command_through(&["faketime", "-f", "+3650d"]).args(["enroll", &link]).output();
    printed(&enrol.expect("faketime is installed"));
    printed(&developer.run(["sync", "--background"]));
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    assert_eq!(developer.states(), ["scores scheduled", "comments scheduled"]);
}
