//! A network that drops, redirects, refuses, delays and lies, in front of a real collector.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::deeds::{Deed, Moment};
use super::guarded;
use super::witness::{Witness, number};
use crate::support::Random;
use crate::support::exchange::{Act, Proxy, Request, answer};
use crate::trials::{Plan, Verdict};

/// Of how many cases one collector sees the requests.
const TOGETHER: usize = 10;

/// What may go wrong with a reply.
#[derive(Debug, Clone, Copy)]
enum Fault {
    DropBefore,
    DropAfter,
    /// Nothing is passed on, and this is the reply.
    Instead(Reply),
    /// The request is passed on, and the receipt is not what it should be.
    Receipt(Lie),
    /// The request is passed on, and its reply ends in the middle.
    Cut,
}

/// A reply that isn't the collector's: its status, one header, its body, and what the outbox calls an answer that met it.
type Reply = (&'static str, &'static str, &'static str, &'static str);

/// What a receipt may lie about.
#[derive(Debug, Clone, Copy)]
enum Lie {
    Signature,
    Version,
    Hash,
    Nullifier,
}

/// The requests that meet it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Enrolment,
    Bundles,
    Token,
    Submission,
}

const TARGETS: [Target; 4] = [Target::Enrolment, Target::Bundles, Target::Token, Target::Submission];

const PORTAL: &str = "<!DOCTYPE html><title>Welcome</title><form>Log in to the guest network</form>";

const REPLIES: [Reply; 24] = [
    ("301 Moved Permanently", "location: TRAP", "", "retrying"),
    ("302 Found", "location: TRAP", PORTAL, "retrying"),
    ("307 Temporary Redirect", "location: TRAP", "", "retrying"),
    ("308 Permanent Redirect", "location: TRAP", "", "retrying"),
    ("400 Bad Request", "x: y", "no", "blocked"),
    ("401 Unauthorized", "x: y", "", "blocked"),
    ("404 Not Found", "content-type: text/html", "<h1>Not found</h1>", "blocked"),
    ("409 Conflict", "x: y", r#"{"code": "version-taken", "detail": "taken"}"#, "blocked"),
    ("410 Gone", "x: y", r#"{"code": "closed"}"#, "blocked"),
    ("413 Content Too Large", "x: y", "", "blocked"),
    ("429 Too Many Requests", "retry-after: 30", "", "retrying"),
    ("429 Too Many Requests", "retry-after: -1", "", "retrying"),
    ("429 Too Many Requests", "retry-after: Fri, 15 Jan 2021 08:05:00 GMT", "", "retrying"),
    ("429 Too Many Requests", "retry-after: 1000000000000", "", "retrying"),
    ("429 Too Many Requests", "retry-after: Fri, 15 Jan 9999 08:05:00 GMT", "", "retrying"),
    ("503 Service Unavailable", "retry-after: 99999999999999999999999", "", "retrying"),
    ("503 Service Unavailable", "retry-after: soon", "\u{1b}[2J", "retrying"),
    ("500 Internal Server Error", "x: y", "{\"detail\": \"\\u001b]0;owned\\u0007\"}", "retrying"),
    ("502 Bad Gateway", "content-type: text/html", "<h1>Bad gateway</h1>", "retrying"),
    ("511 Network Authentication Required", "content-type: text/html", PORTAL, "retrying"),
    ("200 OK", "content-type: text/html", PORTAL, "retrying"),
    ("200 OK", "content-type: application/json", "{}", "retrying"),
    ("201 Created", "x: y", "", "retrying"),
    ("204 No Content", "x: y", "", "retrying"),
];

pub(crate) fn part(plan: &Plan) -> Verdict {
    let cases = cases(plan);
    let all = (TARGETS.len() * (REPLIES.len() + 3) + 4) as u64;
    let chunks: Vec<&[(Target, Fault)]> = cases.chunks(TOGETHER).collect();
    let runs = Plan { runs: cases.len() as u64, ..plan.clone() };
    runs.carry_out(all, TOGETHER as u64, |seed| {
        let at = usize::try_from(seed - plan.seed).expect("an index");
        guarded(|| chunks.get(at).map_or(Ok(()), |cases| together(cases)))
    })
}

/// Gives all cases in an order by chance, or as many of them as the plan has time for.
fn cases(plan: &Plan) -> Vec<(Target, Fault)> {
    let of = |target| {
        let usual = [Fault::DropBefore, Fault::DropAfter, Fault::Cut].into_iter().chain(REPLIES.map(Fault::Instead));
        usual.map(move |fault| (target, fault))
    };
    let lies = [Lie::Signature, Lie::Version, Lie::Hash, Lie::Nullifier].map(|lie| (Target::Submission, Fault::Receipt(lie)));
    let mut cases: Vec<_> = TARGETS.into_iter().flat_map(of).chain(lies).collect();
    let mut random = Random::new(plan.seed);
    for at in (1..cases.len()).rev() {
        cases.swap(at, usize::try_from(random.within(0..at as u64 + 1)).expect("an index"));
    }
    let share = usize::try_from(plan.runs).unwrap_or(usize::MAX).saturating_mul(cases.len()).div_ceil(1000);
    cases.truncate(share.max(TOGETHER));
    cases
}

fn together(cases: &[(Target, Fault)]) -> Result<(), String> {
    let (proxy, collector) = super::crashes::behind(cases.len() + 12);
    let (trap, trapped) = (Proxy::start(), Arc::new(AtomicU64::new(0)));
    let count = Arc::clone(&trapped);
    trap.script(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        Act::DropBefore
    });
    let mut witnesses = Vec::new();
    for case in cases {
        let place = |what: String| format!("{case:?}: {what}");
        let mut witness = Witness::invited(&collector);
        met(&proxy, &trap, *case, &mut witness).map_err(place)?;
        if trapped.load(Ordering::SeqCst) > 0 {
            return Err(place("a redirect to another host was followed".to_owned()));
        }
        witness.settle().map_err(place)?;
        witnesses.push(witness);
    }
    super::kills::counted(&collector, &witnesses)
}

/// Lets somebody meet the fault until they have done everything they can, then ends it.
fn met(proxy: &Proxy, trap: &Proxy, (target, fault): (Target, Fault), witness: &mut Witness<'_>) -> Result<(), String> {
    let elsewhere = trap.address().to_string();
    proxy.script(move |request| if target.is_meant(request) { act(fault, &elsewhere) } else { Act::Forward });
    for _ in 0..2 {
        Deed::Enrol.done_by(witness, Moment::Never)?;
    }
    if witness.has_wave()? {
        Deed::Answer(7).done_by(witness, Moment::Never)?.is_explained()?;
        for _ in 0..2 {
            let end = Deed::Sync.done_by(witness, Moment::Never)?;
            if end.errors.contains('\u{1b}') || end.said.contains('\u{1b}') {
                return Err(format!("an escape sequence of the network reaches the terminal: {:?}", end.errors));
            }
        }
        witness.check()?;
        if target == Target::Submission {
            is_told(witness, fault)?;
        }
    }
    proxy.script(|_| Act::Forward);
    Ok(())
}

impl Target {
    fn is_meant(self, request: &Request) -> bool {
        match self {
            Self::Enrolment => request.path.ends_with("/enrolments"),
            Self::Bundles => request.path.ends_with("/bundles"),
            Self::Token => request.path.contains("/tokens/"),
            Self::Submission => request.method == "PUT",
        }
    }
}

fn act(fault: Fault, elsewhere: &str) -> Act {
    match fault {
        Fault::DropBefore => Act::DropBefore,
        Fault::DropAfter => Act::DropAfter,
        Fault::Instead((status, header, body, _)) => {
            let header = header.replace("TRAP", &format!("http://{elsewhere}/v1/bundles"));
            Act::Answer(answer(status, &[&header], body.as_bytes()))
        }
        Fault::Receipt(lie) => Act::Alter(Box::new(move |reply| lied(&reply, lie))),
        Fault::Cut => Act::Alter(Box::new(|mut reply| {
            reply.truncate(reply.len() - 5);
            reply
        })),
    }
}

/// Changes something in the receipt of a reply.
fn lied(reply: &[u8], lie: Lie) -> Vec<u8> {
    let text = String::from_utf8_lossy(reply);
    let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let mut receipt: Value = serde_json::from_str(body).unwrap_or_default();
    let other = |text: &Value| {
        let text = text.as_str().unwrap_or_default();
        let last = if text.ends_with('0') { "1" } else { "0" };
        json!(format!("{}{last}", &text[..text.len().saturating_sub(1)]))
    };
    match lie {
        Lie::Signature => receipt["signature"] = other(&receipt["signature"]),
        Lie::Hash => receipt["payload_hash"] = other(&receipt["payload_hash"]),
        Lie::Nullifier => receipt["nullifier"] = other(&receipt["nullifier"]),
        Lie::Version => receipt["version"] = json!(receipt["version"].as_u64().unwrap_or_default() + 1),
    }
    answer("201 Created", &["content-type: application/json"], receipt.to_string().as_bytes())
}

/// Makes sure that the outbox tells what happened, and that what waits doesn't wait for ever.
fn is_told(witness: &Witness<'_>, fault: Fault) -> Result<(), String> {
    if number(&witness.sealed()?)? != Some(7) {
        return Err("what was refused is not kept".to_owned());
    }
    let expected = if let Fault::Instead((.., state)) = fault { state } else { "retrying" };
    for part in witness.developer.outbox() {
        let told = part.0["failure"].as_str().is_some_and(|failure| !failure.is_empty());
        let retry = part.0["retry_at"].as_str().and_then(|text| text.parse::<DateTime<Utc>>().ok());
        let is_near = retry.is_some_and(|retry| retry <= Utc::now() + TimeDelta::hours(24));
        if part.state() != expected || !told || !is_near {
            return Err(format!("the outbox should call it {expected}, and retry within a day: {}", part.0));
        }
    }
    Ok(())
}
