//! Joining that fails, and joining once more: what is kept of it is what may be needed, and nothing else.

use chrono::TimeDelta;

use crate::behind;
use crate::refusals::{answered, tokenless};
use crate::support::exchange::{Act, Collector, Developer, SURVEY, Windows, all, answer, free_address, printed};

/// Gives a link whose code has another first letter.
fn mistyped(link: &str) -> String {
    let (address, code) = link.split_once("/join#").expect("a link has a code");
    format!("{address}/join#{}{}", if code.starts_with('a') { "b" } else { "a" }, &code[1..])
}

#[test]
fn an_invitation_that_nobody_can_have_taken_leaves_nothing_behind() {
    let collector = Collector::open();
    let link = collector.invitation();
    let (dead, address) = (free_address().to_string(), collector.address().to_string());
    let unknown = mistyped(&link);
    let cases = [
        ("a dead port", link.replace(&address, &dead), "can't be reached"),
        ("another scheme", link.replace("http://", "https://"), "can't be reached"),
        ("no such host", link.replace(&format!("http://{address}"), "https://collector.invalid"), "can't be reached"),
        ("a mistyped code", unknown, "nobody is invited so"),
    ];
    for (what, link, told) in cases {
        let developer = Developer::new();
        let output = developer.run(["enroll", &link]);
        let said = all(&output);
        assert!(!output.status.success() && said.contains("nothing was joined") && said.contains(told), "{what}: {said}");
        assert!(printed(&developer.run(["sync"])).contains("you have not joined a collector"), "{what}");
    }
}

#[test]
fn a_sign_in_where_there_is_none_leaves_nothing_behind() {
    let collector = Collector::open();
    let developer = Developer::new();
    let mut command = developer.home.command();
    command.env("DXPULSE_COLLECTOR", collector.url()).env("DXPULSE_PUBLISHERS", collector.publisher().public().to_string());
    let output = command.args(["enroll", "--sign-in"]).output().expect("the program can be started");
    assert!(!output.status.success() && all(&output).contains("has no sign-in"), "{}", all(&output));
    assert!(printed(&developer.run(["sync"])).contains("you have not joined a collector"));
}

#[test]
fn an_invitation_that_may_have_been_taken_is_kept_and_taken_by_the_same() {
    let (proxy, collector) = behind();
    proxy.script(|request| if request.path == "/v1/enrolments" { Act::DropAfter } else { Act::Forward });
    let (developer, link) = (Developer::new(), collector.invitation());
    assert!(all(&developer.run(["enroll", &link])).contains("not joined yet"));
    proxy.script(|request| match request.path.as_str() {
        "/v1/enrolments" => Act::Answer(answer("404 Not Found", &[], b"")),
        _ => Act::Forward,
    });
    assert!(all(&developer.run(["enroll", &link])).contains("not joined yet"));
    proxy.script(|_| Act::Forward);
    developer.sync();
    developer.take(r#"{"nps": 9, "why": "fast builds"}"#);
    developer.sync();
    assert_eq!(developer.states(), ["scores acknowledged", "comments acknowledged"]);
}

#[test]
fn whoever_is_invited_again_joins_anew_and_keeps_everything() {
    let collector = Collector::open();
    // Invitations are given out from the last on.
    let developer = answered(&collector);
    let link = collector.invited_again("p23@example.com");
    let refused = all(&developer.run(["enroll", &mistyped(&link)]));
    assert!(refused.contains("not joined anew") && refused.contains("as it was"), "{refused}");
    let told = printed(&developer.run(["enroll", &link]));
    assert!(told.contains("joined") && !told.contains("already"), "{told}");
    developer.sync();
    assert_eq!(developer.states(), ["scores acknowledged", "comments acknowledged"]);
    let later = Windows { issue_opens: TimeDelta::hours(-2), opens: TimeDelta::hours(-1), closes: TimeDelta::hours(48) };
    collector.publish(&collector.prepared(&SURVEY.replace(r#"id = "pulse""#, r#"id = "pulse-two""#), "two", later));
    // What was published since, or didn't come when it was cut short, comes with it.
    let told = printed(&developer.run(["enroll", &link]));
    assert!(told.contains("already"), "{told}");
    printed(&developer.home.run_with(["take", "pulse-two", "--answers", "-"], r#"{"nps": 9}"#));
    developer.sync();
    assert_eq!(developer.states()[2], "scores acknowledged");
}

#[test]
fn a_refused_token_is_asked_for_again_with_a_new_invitation() {
    let (proxy, collector) = behind();
    let developer = tokenless(&proxy, &collector);
    let link = collector.invited_again("p23@example.com");
    proxy.script(|_| Act::Forward);
    assert!(!developer.try_sync().status.success());
    assert_eq!(developer.states(), ["scores untokened", "comments untokened"]);
    // An invitation that nobody answers for leaves the old one as it was.
    proxy.script(|request| if request.path == "/v1/enrolments" { Act::DropAfter } else { Act::Forward });
    assert!(all(&developer.run(["enroll", &link])).contains("not joined yet"));
    proxy.script(|_| Act::Forward);
    developer.sync();
    developer.sync();
    assert_eq!(developer.states(), ["scores acknowledged", "comments acknowledged"]);
}
