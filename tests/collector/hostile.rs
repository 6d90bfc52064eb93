//! What comes from those who mean no good, or don't know better: each is told a problem, and holds nobody else up.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use dxpulse::anonymous::Part;
use reqwest::blocking::Response;

use crate::people::{Developer, scores};
use crate::place::{Place, Server, assert_problem, client};

fn post(server: &Server, headers: &[(&str, &str)], body: Vec<u8>) -> Response {
    let request = headers
        .iter()
        .fold(client().post(format!("{}/v1/enrolments", server.url)), |request, (name, value)| request.header(*name, *value));
    request.body(body).send().unwrap()
}

#[test]
fn whatever_is_wrong_is_told_as_a_problem() {
    let place = Place::new();
    let server = place.serve();
    const JSON: (&str, &str) = ("content-type", "application/json");
    assert_problem(post(&server, &[JSON, ("content-encoding", "gzip")], vec![0x1f, 0x8b]), 415, "unsupported-media-type");
    assert_problem(post(&server, &[("content-type", "text/plain")], b"{}".to_vec()), 415, "unsupported-media-type");
    assert_problem(post(&server, &[], b"{}".to_vec()), 415, "unsupported-media-type");
    assert_problem(post(&server, &[JSON], "[".repeat(60_000).into_bytes()), 400, "malformed");
    assert_problem(post(&server, &[JSON], b"{\"credential_hash\": 1}".to_vec()), 400, "malformed");
    assert_problem(post(&server, &[JSON], vec![b' '; (64 << 10) + 1]), 413, "too-large");
    assert_problem(server.get("/nothing/here"), 404, "not-found");
    assert_problem(server.get("/v1/waves/%ff/closing"), 404, "wave-unknown");
    assert_problem(server.get("/v1/waves/../../etc/passwd"), 404, "not-found");
    let response = client().delete(format!("{}/v1/bundles", server.url)).send().unwrap();
    assert!(response.headers()["allow"].to_str().unwrap().contains("GET"));
    assert_problem(response, 405, "method-not-allowed");
    assert_problem(client().put(format!("{}/v1/waves/x", server.url)).send().unwrap(), 405, "method-not-allowed");
    assert_problem(server.get(&format!("/v1/waves/{}/progress", "0".repeat(64))), 401, "unauthorized");
}

#[test]
fn a_body_without_a_length_is_bounded_too() {
    let place = Place::new();
    let server = place.serve();
    let mut stream = connect(&server);
    write!(
        stream,
        "POST /v1/enrolments HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
    )
    .unwrap();
    let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
    let sent = (0..64).take_while(|_| stream.write_all(chunk.as_bytes()).is_ok()).count();
    let mut reply = String::new();
    let _ = stream.read_to_string(&mut reply);
    assert!(sent < 64 || reply.starts_with("HTTP/1.1 413"), "{sent} {reply}");
}

#[test]
fn five_hundred_connections_that_dribble_hold_nobody_up() {
    let (place, invited, wave) = Place::with_wave(10);
    let server = place.serve();
    let mut dribbling: Vec<_> = (0..500).map(|_| connect(&server)).collect();
    for stream in &mut dribbling {
        stream.write_all(b"GET /v1/bundles HTTP/1.1\r\nhos").unwrap();
    }
    let begun = Instant::now();
    let developer = Developer::new(1);
    assert_eq!(developer.enrol(&server, &invited[0].code).status(), 200);
    let held = developer.token(&server, &wave, Part::Scores);
    assert_eq!(held.send(&server, &wave, (1, &scores(&wave, 5, 1))).status(), 201);
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    // One byte at a time keeps no connection: the whole head has ten seconds.
    let stream = &mut dribbling[0];
    stream.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
    let mut rest = [0; 512];
    let is_open = |stream: &mut TcpStream, rest: &mut [u8]| {
        let written = stream.write_all(b"x").is_ok();
        match stream.read(rest) {
            Ok(0..) => false,
            Err(error) => written && [ErrorKind::WouldBlock, ErrorKind::TimedOut].contains(&error.kind()),
        }
    };
    while is_open(stream, &mut rest) {
        assert!(begun.elapsed() < Duration::from_secs(30), "a dribbling connection is still open");
    }
}

fn connect(server: &Server) -> TcpStream {
    TcpStream::connect(server.url.trim_start_matches("http://")).unwrap()
}
