//! Developers as the collector meets them: they enrol, fetch tokens, and send what they say.

use dxpulse::anonymous::encoding::to_hex;
use dxpulse::anonymous::manifest::Wave;
use dxpulse::anonymous::token::{Blinding, SystemChance};
use dxpulse::anonymous::{Digest, Frame, Part, SigningKey, Token};
use reqwest::blocking::Response;
use serde_json::{Value, json};

use crate::place::{Server, client};

/// A developer with a credential of their own.
pub(crate) struct Developer {
    pub(crate) credential: [u8; 32],
}

/// A token request under way.
pub(crate) struct Asking {
    pub(crate) owner: SigningKey,
    pub(crate) blinding: Blinding,
    pub(crate) request: Vec<u8>,
}

/// A token with the key it belongs to.
#[derive(Clone)]
pub(crate) struct Held {
    pub(crate) token: Token,
    pub(crate) owner: SigningKey,
}

impl Developer {
    pub(crate) fn new(seed: u8) -> Self {
        Self { credential: [seed; 32] }
    }

    pub(crate) fn credential_hash(&self) -> Digest {
        Digest::of(&[&self.credential])
    }

    /// Enrols with a code.
    pub(crate) fn enrol(&self, server: &Server, code: &str) -> Response {
        post_json(server, "/v1/enrolments", &json!({ "code": code, "credential_hash": self.credential_hash() }))
    }

    /// Asks for a token.
    pub(crate) fn ask(&self, server: &Server, wave: &Wave, part: Part, request: &[u8]) -> Response {
        let url = format!("{}/v1/waves/{}/tokens/{}", server.url, wave.id.0, part.name());
        let request = client().post(url).bearer_auth(to_hex(&self.credential)).body(request.to_vec());
        request.header("content-type", "application/private-token-request").send().unwrap()
    }

    /// Gets a token.
    pub(crate) fn token(&self, server: &Server, wave: &Wave, part: Part) -> Held {
        let asking = asking(wave, part, self.credential[0]);
        let response = self.ask(server, wave, part, &asking.request);
        assert_eq!(response.status(), 200, "{}", response.text().unwrap());
        asking.finish(wave, part, &response.bytes().unwrap())
    }
}

/// Begins a request for a token whose owner's key follows from a seed.
pub(crate) fn asking(wave: &Wave, part: Part, seed: u8) -> Asking {
    let owner = SigningKey::from_seed(&[[seed; 16], [part as u8; 16]].concat().try_into().unwrap());
    let blinding = wave.key(part).blind(wave.challenge(part), &owner.public(), &mut SystemChance).unwrap();
    let request = wave.key(part).request(&blinding.blinded).to_vec();
    Asking { owner, blinding, request }
}

impl Asking {
    pub(crate) fn finish(self, wave: &Wave, part: Part, answer: &[u8]) -> Held {
        Held { token: wave.key(part).finalize(&self.blinding, answer).unwrap(), owner: self.owner }
    }
}

impl Held {
    /// Puts a payload into a frame.
    pub(crate) fn frame(&self, wave: &Wave, version: u32, payload: &[u8]) -> Frame {
        Frame::new(wave.id, self.token.clone(), &self.owner, (version, payload.to_vec())).unwrap()
    }

    /// Sends a version of a payload.
    pub(crate) fn send(&self, server: &Server, wave: &Wave, (version, payload): (u32, &[u8])) -> Response {
        send(server, wave, &self.frame(wave, version, payload))
    }
}

/// Sends a frame.
pub(crate) fn send(server: &Server, wave: &Wave, frame: &Frame) -> Response {
    send_bytes(server, &wave.id.0.to_string(), &frame.nullifier().to_string(), frame.to_bytes())
}

/// Sends any bytes as a submission.
pub(crate) fn send_bytes(server: &Server, wave: &str, nullifier: &str, body: Vec<u8>) -> Response {
    let url = format!("{}/v1/waves/{wave}/responses/{nullifier}", server.url);
    client().put(url).header("content-type", "application/octet-stream").body(body).send().unwrap()
}

/// Posts JSON.
pub(crate) fn post_json(server: &Server, path: &str, body: &Value) -> Response {
    let request = client().post(format!("{}{path}", server.url)).header("content-type", "application/json");
    request.body(body.to_string()).send().unwrap()
}

/// Makes the scores of someone who gives a number.
pub(crate) fn scores(wave: &Wave, nps: u8, salt: u8) -> Vec<u8> {
    let survey = &wave.survey;
    let payload = json!({
        "format": "dxpulse-scores/1", "survey": survey.id.as_str(), "version": survey.version, "wave": wave.id.0,
        "items": survey.hash(), "class": wave.manifest.classes[0].nodes, "answers": { "nps": nps }, "missing": {},
        "duration": "30 s to 1 min", "salt": to_hex(&[salt; 32]),
    });
    payload.to_string().into_bytes()
}

/// Makes a comment.
pub(crate) fn comment(wave: &Wave, text: &str, salt: u8) -> Vec<u8> {
    let survey = &wave.survey;
    let payload = json!({
        "format": "dxpulse-comments/1", "survey": survey.id.as_str(), "version": survey.version, "wave": wave.id.0,
        "comments": { "why": text }, "salt": to_hex(&[salt; 32]),
    });
    payload.to_string().into_bytes()
}
