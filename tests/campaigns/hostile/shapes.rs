//! Requests that mean no good, as bytes.

use super::characters;
use super::mutations::mutated;
use super::programs::BOMBS;
use crate::support::Random;
use crate::support::exchange::Request;

/// What stands in requests that must stay out of logs and database.
pub(crate) const CANARY: &str = "canary-4b1d7e";

/// A request, and the statuses it may be answered with; any but a failure where there are none.
pub(crate) struct Shape {
    pub(crate) what: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) statuses: &'static [u16],
    /// Whether nothing behind it may be answered on its connection.
    pub(crate) is_last: bool,
}

const JSON: &str = "POST /v1/enrolments HTTP/1.1\r\nhost: canary-4b1d7e\r\ncontent-type: application/json\r\n";

/// Writes a recorded request down again.
fn written(request: &Request) -> Vec<u8> {
    let kept = request.headers.iter().filter(|line| !line.to_ascii_lowercase().starts_with("connection:"));
    let head: String = kept.map(|line| format!("{line}\r\n")).collect();
    let head = format!("{} {} HTTP/1.1\r\n{head}user-agent: {CANARY}\r\n\r\n", request.method, request.path);
    [head.as_bytes(), &request.body].concat()
}

/// Makes one up: half of them are genuine requests with something changed.
pub(crate) fn shape(recorded: &[Request], random: &mut Random) -> Shape {
    match random.within(0..8) {
        0..=3 => {
            let at = usize::try_from(random.within(0..recorded.len() as u64)).unwrap_or_default();
            let bytes = mutated(&written(&recorded[at]), random);
            Shape { what: "a mutation", bytes, statuses: &[], is_last: false }
        }
        4 => bodies(random),
        5 => lines(random),
        6 => heads(random),
        _ => smuggled(random),
    }
}

fn of(what: &'static str, bytes: impl Into<Vec<u8>>, statuses: &'static [u16]) -> Shape {
    Shape { what, bytes: bytes.into(), statuses, is_last: false }
}

fn with_length(head: &str, body: &[u8]) -> Vec<u8> {
    [format!("{head}content-length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

fn chunked(head: &str, body: &[u8]) -> Vec<u8> {
    let chunks = body.chunks(4096).flat_map(|chunk| [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat());
    [format!("{head}transfer-encoding: chunked\r\n\r\n").into_bytes(), chunks.collect(), b"0\r\n\r\n".to_vec()].concat()
}

/// Bodies that are too large, too deep or compressed.
fn bodies(random: &mut Random) -> Shape {
    let more = usize::try_from(random.within(1..1 << 20)).unwrap_or(1);
    let large = vec![b' '; (64 << 10) + more];
    let deep = |open: &str| open.repeat(60_000 / open.len()).into_bytes();
    let [gzip, zlib] = &*BOMBS;
    match random.within(0..12) {
        0 => of("a large body", with_length(JSON, &large), &[413]),
        1 => of("a large body in chunks", chunked(JSON, &large), &[413]),
        2 => of("a claimed body", format!("{JSON}content-length: {}\r\n\r\n{{}}", (64 << 10) + more), &[413]),
        3 => of("a body without an end", format!("{JSON}content-length: 18446744073709551615\r\n\r\n{{}}"), &[400, 413, 431]),
        4 => of("a length that is none", format!("{JSON}content-length: 99999999999999999999999\r\n\r\n{{}}"), &[400, 431]),
        5 => of("deep lists", with_length(JSON, &deep("[")), &[400]),
        6 => of("deep objects", with_length(JSON, &deep("{\"a\":")), &[400]),
        7 => of("a bomb", with_length(&format!("{JSON}content-encoding: gzip\r\n"), gzip), &[415]),
        8 => of("a bomb as zlib", with_length(&format!("{JSON}content-encoding: deflate\r\n"), zlib), &[415]),
        9 => of("a bomb twice", with_length(&format!("{JSON}content-encoding: gzip, gzip\r\n"), gzip), &[415]),
        10 => of("a bomb in transfer", chunked(&JSON.replace("enrolments", "enrolments?x"), gzip), &[400]),
        _ => {
            let head = "POST /ohttp HTTP/1.1\r\nhost: x\r\ncontent-type: message/ohttp-req\r\n";
            let body: Vec<u8> = (0..random.within(0..3000)).map(|_| random.next().to_le_bytes()[0]).collect();
            of("a sealed request that is none", with_length(head, &body), &[])
        }
    }
}

/// First lines that are none.
fn lines(random: &mut Random) -> Shape {
    let hostile = characters::text(random);
    let paths = [
        "/v1/waves/../../etc/passwd",
        "/v1/waves/%00/closing",
        "//",
        "*",
        "http://evil.example/v1/bundles",
        "/%ff%fe",
        "/v1/bundles?x",
    ];
    let lines = [
        format!("GET {} HTTP/1.1", random.pick(&paths)),
        format!("GET /{CANARY}{hostile} HTTP/1.1"),
        format!("GET /{} HTTP/1.1", "a".repeat(100_000)),
        format!("{} / HTTP/1.1", "A".repeat(50_000)),
        "GET / HTTP/9.9".to_owned(),
        "GET /".to_owned(),
        "GET / HTTP/1.0\0".to_owned(),
        "CONNECT evil.example:443 HTTP/1.1".to_owned(),
        "TRACE /v1/bundles HTTP/1.1".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM".to_owned(),
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0".to_owned(),
        hostile,
    ];
    let line = &lines[usize::try_from(random.within(0..lines.len() as u64)).unwrap_or_default()];
    of("a first line", format!("{line}\r\nhost: {CANARY}\r\n\r\n"), &[])
}

/// Heads that are too many, too long or not headers at all.
fn heads(random: &mut Random) -> Shape {
    let hostile = characters::text(random);
    let heads = [
        format!("x-{CANARY}: y\r\n").repeat(500),
        format!("x: {}\r\n", "a".repeat(100_000)),
        format!("{}: x\r\n", "a".repeat(70_000)),
        "x: a\0b\r\n".to_owned(),
        format!("x: {hostile}\r\n"),
        format!("authorization: Bearer {CANARY}{hostile}\r\n"),
        format!("authorization: Bearer {}\r\n", "f".repeat(64)),
        "x: a\r\n folded\r\n".to_owned(),
        " x: a\r\n".to_owned(),
        "x : a\r\n".to_owned(),
        "no colon\r\n".to_owned(),
        "x: a\rb: c\r\n".to_owned(),
        "x: a\nb: c\n".to_owned(),
        "expect: 100-continue\r\ncontent-length: 5\r\n".to_owned(),
        "upgrade: websocket\r\nconnection: upgrade\r\n".to_owned(),
        "host: a\r\nhost: b\r\n".to_owned(),
        "content-type: \u{1b}[2J\r\n".to_owned(),
        "range: bytes=0-,0-,0-,0-,0-\r\n".to_owned(),
    ];
    let head = &heads[usize::try_from(random.within(0..heads.len() as u64)).unwrap_or_default()];
    let path = random.pick(&["/v1/bundles", "/readyz", "/openapi.json", "/v1/enrolments"]);
    of("a head", format!("GET {path} HTTP/1.1\r\nhost: x\r\n{head}\r\n"), &[])
}

/// Requests of which two readers would see different ones. Whoever sends both lengths gets one reply at the most.
fn smuggled(random: &mut Random) -> Shape {
    let hidden = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
    let both = [
        format!("content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n{hidden}"),
        format!("transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n{hidden}"),
        format!("content-length: 4\r\ncontent-length: 900\r\n\r\n    {hidden}"),
        format!("transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n\r\n0\r\n\r\n{hidden}"),
        format!("transfer-encoding: xchunked\r\n\r\n0\r\n\r\n{hidden}"),
        format!("transfer-encoding: chunked, gzip\r\n\r\n0\r\n\r\n{hidden}"),
        format!("transfer-encoding : chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n{hidden}"),
        format!("content-length: +5\r\n\r\n0\r\n\r\n{hidden}"),
        format!("content-length: 5, 5\r\n\r\n0\r\n\r\n{hidden}"),
        format!("transfer-encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{hidden}"),
        format!("transfer-encoding: chunked\r\n\r\n-1\r\n{hidden}"),
        format!("transfer-encoding: chunked\r\n\r\n5;{}\r\nabcde\r\n0\r\n\r\n", "x=y;".repeat(30_000)),
        format!("transfer-encoding: chunked\r\n\r\n0\r\n{}\r\n", "x: y\r\n".repeat(20_000)),
    ];
    let at = usize::try_from(random.within(0..both.len() as u64)).unwrap_or_default();
    let is_last = at < 9;
    Shape { what: "two lengths", bytes: format!("{JSON}{}", both[at]).into_bytes(), statuses: &[400, 413, 415], is_last }
}
