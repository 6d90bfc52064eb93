//! A real collector whose wave is open, and then ends while somebody looks.

use std::time::Duration;

use crate::support::exchange::{Collector, Developer, printed};
use crate::support::program;

/// It is asked every 30 seconds, and twice where the wave ends between two requests.
const ENOUGH: Duration = Duration::from_secs(100);

#[test]
fn progress_comes_in_steps_and_the_figures_with_the_end_of_the_wave() {
    let collector = Collector::open();
    for nps in [10, 9, 9, 8, 3, 10] {
        let developer = Developer::joined(&collector);
        developer.take(&format!(r#"{{"nps": {nps}}}"#));
        developer.sync();
    }
    let token = printed(&collector.run(&["token", "new", "tests"]));
    let start = program(env!("CARGO_BIN_EXE_dxpulse-research"), ["dashboard", "--collector", collector.url()]);
    let mut screen = start.env("DXPULSE_RESEARCH_TOKEN", token.trim()).start();
    screen.ready().until("one is still open").until("5 or more of 24 invited answered").until("one is open, 5 or more");
    assert!(!screen.text().contains("NPS"), "{}", screen.text());
    collector.close("one");
    let shown = screen.within(ENOUGH, |text| text.contains("promoters") && text.contains("6 of 24 invited"));
    assert!(shown.is_ok(), "{shown:?}");
    assert!(!screen.text().contains("is open"), "{}", screen.text());
    screen.press("q");
    assert_eq!(screen.exit_code(), 0);
    screen.assert_given_back();
}
