//! The gateway: the same routes, in an envelope that only the collector opens.

use std::io::Cursor;

use bhttp::{Message, Mode};
use dxpulse::anonymous::encoding::to_base64;
use dxpulse::anonymous::{Part, Receipt};
use ohttp::ClientRequest;
use reqwest::blocking::Response;

use crate::people::{Developer, scores};
use crate::place::{Place, SURVEY, Server, assert_problem, client};

fn post(server: &Server, body: Vec<u8>) -> Response {
    client().post(format!("{}/ohttp", server.url)).header("content-type", "message/ohttp-req").body(body).send().unwrap()
}

fn through(server: &Server, message: &Message) -> Message {
    let keys = server.get("/ohttp-keys");
    assert_eq!(keys.headers()["content-type"], "application/ohttp-keys");
    let client = ClientRequest::from_encoded_config_list(&keys.bytes().unwrap()).unwrap();
    let mut plain = Vec::new();
    message.write_bhttp(Mode::KnownLength, &mut plain).unwrap();
    let (sealed, opening) = client.encapsulate(&plain).unwrap();
    let reply = post(server, sealed);
    assert_eq!((reply.status().as_u16(), &reply.headers()["content-type"]), (200, &"message/ohttp-res".parse().unwrap()));
    let plain = opening.decapsulate(&reply.bytes().unwrap()).unwrap();
    Message::read_bhttp(&mut Cursor::new(plain)).unwrap()
}

fn request(method: &str, path: &str) -> Message {
    Message::request(method.into(), b"https".to_vec(), b"pulse.example.com".to_vec(), path.into())
}

#[test]
fn a_submission_goes_through_the_gateway() {
    let (place, invited, wave) = Place::with_wave(10);
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    let held = developer.token(&server, &wave, Part::Scores);
    let frame = held.frame(&wave, 1, &scores(&wave, 5, 1));
    let mut put = request("PUT", &format!("/v1/waves/{}/responses/{}", wave.id.0, frame.nullifier()));
    put.put_header("content-type", "application/octet-stream");
    put.write_content(frame.to_bytes());
    let reply = through(&server, &put);
    assert_eq!(reply.control().status().unwrap().code(), 201);
    let receipt: Receipt = serde_json::from_slice(reply.content()).unwrap();
    assert!(receipt.covers(wave.id, &frame, &wave.manifest.receipt_key));
    let problem = through(&server, &request("GET", "/nothing"));
    assert_eq!(problem.control().status().unwrap().code(), 404);
    assert_eq!(problem.header().get(b"content-type"), Some(b"application/problem+json".as_slice()));
    // There is no way through the gateway to the gateway.
    assert_eq!(through(&server, &request("POST", "/ohttp")).control().status().unwrap().code(), 404);
}

#[test]
fn a_wave_tells_the_relay_and_the_keys_of_the_gateway() {
    let place = Place::new();
    place.invite(10);
    let settings = std::fs::read_to_string(place.data().join("collector.toml")).unwrap();
    let (signed, _) = place.sign(&place.prepare(SURVEY, ("plain", 1, 2)));
    place.write("data/collector.toml", &format!("{settings}\n[relay]\nurl = \"https://relay.example.net/pulse\"\n"));
    let wave = place.publish(SURVEY, ("relayed", 1, 2));
    let relay = wave.manifest.relay.unwrap();
    let keys = place.serve().get("/ohttp-keys").bytes().unwrap();
    assert_eq!((relay.url.as_str(), relay.keys), ("https://relay.example.net/pulse", to_base64(&keys)));
    // What was signed without the relay would send answers past it.
    assert!(place.run(&["publish", signed.to_str().unwrap()]).err.contains("its relay is not this one's"));
}

#[test]
fn what_can_not_be_opened_is_told() {
    let place = Place::new();
    let server = place.serve();
    let keys = server.get("/ohttp-keys").bytes().unwrap();
    let (sealed, _) = ClientRequest::from_encoded_config_list(&keys).unwrap().encapsulate(b"nonsense").unwrap();
    let mut other = sealed.clone();
    other[0] ^= 1;
    assert_problem(post(&server, other), 400, "ohttp-key");
    assert_problem(post(&server, sealed[..40].to_vec()), 400, "ohttp-unreadable");
    assert_eq!(post(&server, sealed).status(), 200, "what is inside is answered inside");
}
