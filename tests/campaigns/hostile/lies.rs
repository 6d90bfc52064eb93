//! What a lying server answers in place of, or with, what it should.

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use dxpulse::anonymous::encoding::to_hex;
use dxpulse::anonymous::signing::Purpose;
use dxpulse::anonymous::{Bundle, Manifest, Results, SigningKey};
use serde_json::{Value, json};

use super::characters;
use super::mutations::{altered, mutated};
use super::programs::BOMBS;
use crate::support::Random;
use crate::support::exchange::{Act, Collector, Request, answer};

/// The requests that meet a lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Enrolment,
    Bundles,
    Results,
    Token,
    Submission,
    Closing,
    Ledger,
}

/// Those that are asked for before the close.
pub(crate) const BEFORE: [Target; 5] = [Target::Enrolment, Target::Bundles, Target::Results, Target::Token, Target::Submission];

/// Those that are asked for after it.
pub(crate) const AFTER: [Target; 2] = [Target::Closing, Target::Ledger];

/// A chunk so small that reading them keeps a program busy.
const TINY: &[u8] = b"4\r\n[[[[\r\n";

/// What is answered.
#[derive(Debug, Clone)]
pub(crate) enum Lie {
    /// These bytes.
    Whole(Vec<u8>),
    /// A head and then this, over and over.
    Endless(String, Vec<u8>),
    /// A byte now and then.
    Slow,
    /// The genuine reply with other bytes.
    Mutated(u64),
    /// The genuine reply with another value in its JSON.
    Altered(u64),
    /// The genuine reply, its body from the end to the beginning.
    Backwards,
}

impl Target {
    /// Says whether a request is meant.
    pub(crate) fn is_meant(self, request: &Request) -> bool {
        let path = &request.path;
        match self {
            Self::Enrolment => path.ends_with("/enrolments"),
            Self::Bundles => path.ends_with("/bundles"),
            Self::Results => path.ends_with("/results"),
            Self::Token => path.contains("/tokens/"),
            Self::Submission => request.method == "PUT",
            Self::Closing => path.ends_with("/closing"),
            Self::Ledger => path.ends_with("/ledger"),
        }
    }
}

impl Lie {
    /// Makes one up; slow ones only where there is time for them.
    pub(crate) fn by_chance(
        target: Target,
        (collector, elsewhere): (&Collector, &str),
        has_time: bool,
        random: &mut Random,
    ) -> Self {
        // Each of these takes minutes: a few are enough.
        let has_time = has_time && random.within(0..4) == 0;
        match random.within(0..20) {
            0..=4 => Self::Mutated(random.next()),
            5..=9 => Self::Altered(random.next()),
            10 => Self::Backwards,
            11 | 12 => endless(has_time, random),
            13 if has_time => Self::Slow,
            14 | 15 if target == Target::Results => Self::Whole(json_of(&json!([signed_results(collector.publisher(), random)]))),
            14 | 15 if target == Target::Bundles => Self::Whole(json_of(&json!([signed_bundle(collector, random)]))),
            14 => Self::Whole(head(random)),
            _ => Self::Whole(whole(elsewhere, random)),
        }
    }

    /// Says whether it takes until a time limit of the program's.
    pub(crate) fn is_slow(&self) -> bool {
        match self {
            Self::Slow => true,
            Self::Endless(head, piece) => head.is_empty() || piece == TINY,
            _ => false,
        }
    }

    /// Says what is done with a request that meets it.
    pub(crate) fn act(&self) -> Act {
        match self.clone() {
            Self::Whole(bytes) => Act::Answer(bytes),
            Self::Endless(head, piece) => Act::Write(Box::new(move |client| flood(client, &head, &piece))),
            Self::Slow => Act::Write(Box::new(drip)),
            Self::Mutated(seed) => Act::Alter(Box::new(move |reply| mutated(&reply, &mut Random::new(seed)))),
            Self::Altered(seed) => Act::Alter(Box::new(move |reply| with_another_value(&reply, seed))),
            Self::Backwards => Act::Alter(Box::new(backwards)),
        }
    }
}

/// Writes without an end, or until nobody reads any more.
fn flood(client: &mut TcpStream, head: &str, piece: &[u8]) {
    let pieces = piece.repeat((64 << 10) / piece.len().max(1) + 1);
    let mut written = client.write_all(head.as_bytes());
    while written.is_ok() {
        written = client.write_all(&pieces);
    }
}

/// Writes a byte now and then, for as long as somebody reads.
fn drip(client: &mut TcpStream) {
    let mut written = client.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n[");
    while written.is_ok() {
        std::thread::sleep(Duration::from_millis(500));
        written = client.write_all(b" ");
    }
}

/// A reply without an end; some take as long as the program waits for any.
fn endless(has_time: bool, random: &mut Random) -> Lie {
    let ok = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    let chunked = format!("{ok}transfer-encoding: chunked\r\n\r\n");
    let chunk = format!("1000\r\n{}\r\n", "[".repeat(0x1000));
    let (head, piece): (String, &[u8]) = match random.within(0..if has_time { 8 } else { 6 }) {
        0 => (format!("{ok}content-length: 99999999999999\r\n\r\n"), b"["),
        1 => (chunked, chunk.as_bytes()),
        2 => (format!("{ok}\r\n"), b" "),
        3 => (ok.to_owned(), b"x-more: and more\r\n"),
        4 => (format!("{chunked}1"), b"0"),
        5 => (format!("{chunked}0\r\n"), b"x-trailer: and more\r\n"),
        6 => (chunked, TINY),
        _ => (String::new(), b"HTTP/1.1 100 Continue\r\n\r\n"),
    };
    Lie::Endless(head, piece.to_vec())
}

/// A reply whose head is wrong.
fn head(random: &mut Random) -> Vec<u8> {
    let hostile = characters::text(random);
    let heads = [
        format!("HTTP/1.1 200 {hostile}\r\ncontent-length: 2\r\n\r\n[]"),
        format!("HTTP/1.1 503 x\r\nretry-after: {hostile}\r\ncontent-length: 0\r\n\r\n"),
        format!("HTTP/1.1 302 Found\r\nlocation: {hostile}\r\ncontent-length: 0\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\n{hostile}: x\r\ncontent-length: 2\r\n\r\n[]"),
        format!("HTTP/1.1 200 OK\r\ncontent-type: {hostile}\r\ncontent-length: 2\r\n\r\n[]"),
        format!("HTTP/1.1 200 OK\r\n{}content-length: 2\r\n\r\n[]", "x-a: b\r\n".repeat(5000)),
        format!("HTTP/1.1 200 OK\r\nx: {}\r\ncontent-length: 2\r\n\r\n[]", "a".repeat(1 << 20)),
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 90\r\n\r\n[]".to_owned(),
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n[]".to_owned(),
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n[]".to_owned(),
        "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\n[]".to_owned(),
        "HTTP/1.1 999 x\r\ncontent-length: 0\r\n\r\n".to_owned(),
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n\u{1b}[2J".to_owned(),
        "HTTP/9.9 200 OK\r\n\r\n".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        hostile,
        String::new(),
    ];
    heads[usize::try_from(random.within(0..heads.len() as u64)).unwrap_or_default()].clone().into_bytes()
}

/// A whole reply that isn't the one that was asked for.
fn whole(elsewhere: &str, random: &mut Random) -> Vec<u8> {
    let problem = |random: &mut Random| {
        let [code, detail, title] = [(); 3].map(|()| characters::text(random));
        json!({ "type": characters::text(random), "code": code, "detail": detail, "title": title, "status": 400 }).to_string()
    };
    let location = format!("location: http://{elsewhere}/v1/bundles");
    let portal = format!("<!DOCTYPE html><title>{}</title><form>Log in</form>", characters::text(random));
    let kind = "content-type: application/json";
    let [gzip, zlib] = &*BOMBS;
    let (status, header, body): (&str, &str, Vec<u8>) = match random.within(0..16) {
        0 => ("400 Bad Request", "content-type: application/problem+json", problem(random).into_bytes()),
        1 => ("409 Conflict", kind, problem(random).into_bytes()),
        2 => ("503 Service Unavailable", "retry-after: 30", problem(random).into_bytes()),
        3 => ("500 Internal Server Error", kind, problem(random).into_bytes()),
        4 => ("200 OK", kind, b"[".repeat(1 << 20)),
        5 => ("200 OK", kind, br#"{"a":"#.repeat(200_000)),
        6 => ("400 Bad Request", kind, b"[".repeat(1 << 20)),
        7 => ("200 OK", "content-encoding: gzip", gzip.clone()),
        8 => ("200 OK", "content-encoding: deflate", zlib.clone()),
        9 => ("200 OK", "content-type: text/html", portal.into_bytes()),
        10 => ("302 Found", &location, portal.into_bytes()),
        11 => ("308 Permanent Redirect", &location, Vec::new()),
        12 => ("200 OK", kind, characters::text(random).into_bytes()),
        13 => ("200 OK", "content-type: application/octet-stream", (0..4096).map(|_| random.next().to_le_bytes()[0]).collect()),
        14 => ("204 No Content", "x: y", Vec::new()),
        _ => ("200 OK", kind, format!("[{}]", r#"{"manifest": "{}"},"#.repeat(50_000)).into_bytes()),
    };
    answer(status, &[header], &body)
}

fn json_of(value: &Value) -> Vec<u8> {
    answer("200 OK", &["content-type: application/json"], value.to_string().as_bytes())
}

/// Results whose publisher, who is trusted, signed what could drive a terminal.
fn signed_results(publisher: &SigningKey, random: &mut Random) -> Results {
    let [title, summary, label] = [(); 3].map(|()| characters::text(random));
    let figures = json!([{ "label": label, "value": "1" }]);
    let document =
        json!({ "survey": "pulse", "wave": "one", "title": title, "summary": summary, "figures": figures, "actions": [] });
    let document = serde_json::to_string_pretty(&document).expect("a document is JSON");
    let signature = to_hex(&publisher.sign(Purpose::Results, document.as_bytes()));
    Results { document, publisher: publisher.public(), signature }
}

/// A wave whose publisher signed a survey, or names, that could drive a terminal.
fn signed_bundle(collector: &Collector, random: &mut Random) -> Value {
    let (_, published) = collector.sent("GET /v1/bundles HTTP/1.1", b"");
    let bundles: Vec<Bundle> = serde_json::from_slice(&published).expect("the collector publishes bundles");
    let mut manifest: Manifest = serde_json::from_str(&bundles[0].manifest).expect("it is a manifest");
    (manifest.wave, manifest.sequence) = ("two".to_owned(), 2);
    let hostile = characters::text(random);
    match random.within(0..4) {
        0 => manifest.source = manifest.source.replace("Pulse", &format!("Pulse{hostile}")),
        1 => manifest.wave = hostile,
        2 => manifest.collector.push_str(&hostile),
        _ => manifest.survey = hostile,
    }
    json!(Bundle::prepare(&manifest).expect("a manifest is JSON").signed_by(collector.publisher()))
}

fn with_another_value(reply: &[u8], seed: u64) -> Vec<u8> {
    let body = reply.windows(4).position(|four| four == b"\r\n\r\n").map_or(reply, |end| &reply[end + 4..]);
    let mut random = Random::new(seed);
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => json_of(&altered(value, &mut random)),
        // A token or a ledger, which is no JSON.
        Err(_) => answer("200 OK", &["content-type: application/octet-stream"], &mutated(body, &mut random)),
    }
}

fn backwards(mut reply: Vec<u8>) -> Vec<u8> {
    let end = reply.windows(4).position(|four| four == b"\r\n\r\n").map_or(reply.len(), |end| end + 4);
    reply[end..].reverse();
    reply
}
