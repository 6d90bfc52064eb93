//! What goes when: one answer in a run, and what waits is listed whole.

use chrono::{TimeDelta, Utc};
use dxpulse::developer::store::Store;

use crate::behind;
use crate::refusals::{answered, tokenless};
use crate::support::exchange::{Collector, Developer, SURVEY, Windows, all, printed};

/// Lets both parts of an answer be due since a while.
fn due(developer: &Developer) {
    let mut store = Store::open(&developer.data()).expect("the store can be opened");
    for mut sealed in store.outbox().expect("the outbox can be read") {
        sealed.send_at = Some(Utc::now() - TimeDelta::minutes(30));
        store.keep_sealed(&sealed).expect("it can be kept");
    }
}

#[test]
fn whoever_asks_for_the_exchange_sends_one_part_and_the_other_gets_another_time() {
    let collector = Collector::open();
    let developer = answered(&collector);
    due(&developer);
    let told = printed(&developer.run(["sync"]));
    assert!(told.contains("send the scores") && !told.contains("send the comments"), "{told}");
    assert_eq!(developer.states(), ["scores acknowledged", "comments scheduled"]);
    printed(&developer.run(["sync"]));
    assert_eq!(collector.rows().len(), 1, "the other one is not due");
    developer.sync();
    assert_eq!(collector.rows().len(), 2);
}

#[test]
fn nothing_is_sent_after_joining_said_who_asks() {
    let collector = Collector::open();
    let developer = answered(&collector);
    due(&developer);
    let later = Windows { issue_opens: TimeDelta::hours(-2), opens: TimeDelta::hours(-1), closes: TimeDelta::hours(48) };
    collector.publish(&collector.prepared(&SURVEY.replace(r#"id = "pulse""#, r#"id = "pulse-two""#), "two", later));
    // Invitations are given out from the last on.
    printed(&developer.run(["enroll", &collector.invited_again("p23@example.com")]));
    assert_eq!(developer.states(), ["scores scheduled", "comments scheduled"]);
    let listed = printed(&developer.run(["list"]));
    assert!(listed.contains("pulse-two"), "what is published comes with joining: {listed}");
}

#[test]
fn a_wave_that_was_closed_before_its_time_is_asked_no_more_once_its_collector_was_looked_at() {
    let collector = Collector::open();
    let developer = Developer::new();
    printed(&developer.run(["enroll", &collector.invitation()]));
    collector.close("one");
    assert!(printed(&developer.run(["list"])).contains("pulse"), "nothing is known yet");
    let told = printed(&developer.run(["sync"]));
    assert!(!told.contains("(pulse) is open"), "{told}");
    let refused = developer.home.run_with(["take", "pulse", "--answers", "-"], r#"{"nps": 9}"#);
    assert!(!refused.status.success() && all(&refused).contains("closed"), "{}", all(&refused));
    let later = Windows { issue_opens: TimeDelta::hours(-2), opens: TimeDelta::hours(-1), closes: TimeDelta::hours(96) };
    collector.publish(&collector.prepared(SURVEY, "two", later));
    printed(&developer.run(["sync"]));
    printed(&developer.home.run_with(["take", "pulse", "--answers", "-"], r#"{"nps": 9}"#));
}

#[test]
fn what_would_be_done_is_one_whole_list_that_names_everything_once() {
    let (proxy, collector) = behind();
    let later = Windows { issue_opens: TimeDelta::hours(1), opens: TimeDelta::hours(2), closes: TimeDelta::hours(48) };
    collector.publish(&collector.prepared(&SURVEY.replace(r#"id = "pulse""#, r#"id = "pulse-two""#), "two", later));
    let with_tokens = answered(&collector);
    due(&with_tokens);
    let without = tokenless(&proxy, &collector);
    let always = ["later: fetch a token for the comments of pulse-two two from", "look for surveys of"];
    let cases = [
        (&with_tokens, "would now: send the scores of pulse one", "later: send the comments of pulse one at another time"),
        (&without, "fetch a token for the scores of pulse one", "later: send the scores of pulse one once its token has come"),
    ];
    for (developer, first, second) in cases {
        let told = printed(&developer.run(["sync", "--dry-run"]));
        for part in [first, second].iter().chain(&always) {
            assert_eq!(told.matches(part).count(), 1, "{part}: {told}");
        }
        let mut tasks: Vec<&str> = told.lines().filter_map(|line| line.split_once(": ")).map(|(_, task)| task).collect();
        tasks.sort_unstable();
        assert!(tasks.windows(2).all(|two| two[0] != two[1] && !two[1].starts_with(&format!("{} ", two[0]))), "{told}");
    }
}
