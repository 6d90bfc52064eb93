//! The bytes of RFC 9578, appendix A.2: keys, challenges, requests, answers and tokens of type 2 are laid out as there.

use blind_rsa_signatures::reexports::rsa::rand_core::{TryCryptoRng, TryRng};
use serde_json::Value;

use super::*;
use crate::anonymous::encoding::from_hex;

/// One vector, in bytes.
struct Vector {
    issuer: IssuerKey,
    key: Key,
    spki: Vec<u8>,
    challenge: Vec<u8>,
    nonce: Digest,
    blind: [u8; MODULUS],
    salt: [u8; 48],
    request: [u8; REQUEST],
    response: [u8; MODULUS],
    token: Token,
}

fn vectors() -> Vec<Vector> {
    let read = |vector: &Value| {
        let hex = |name: &str| data_encoding::HEXLOWER.decode(vector[name].as_str().unwrap().as_bytes()).unwrap();
        let spki = hex("pkS");
        Vector {
            issuer: IssuerKey::from_pem(&String::from_utf8(hex("skS")).unwrap()).unwrap(),
            key: Key::from_spki(&spki).unwrap(),
            challenge: hex("token_challenge"),
            nonce: Digest(from_hex(vector["nonce"].as_str().unwrap()).unwrap()),
            blind: hex("blind").try_into().unwrap(),
            salt: hex("salt").try_into().unwrap(),
            request: hex("token_request").try_into().unwrap(),
            response: hex("token_response").try_into().unwrap(),
            token: Token::from_bytes(&hex("token")).unwrap(),
            spki,
        }
    };
    let vectors: Vec<Value> = serde_json::from_str(include_str!("../../../tests/fixtures/rfc9578.json")).unwrap();
    assert_eq!(vectors.len(), 2);
    vectors.iter().map(read).collect()
}

impl Vector {
    fn challenge(&self) -> Challenge {
        Challenge(Digest::of(&[&self.challenge]))
    }

    fn input(&self) -> [u8; INPUT] {
        input_of(self.challenge(), self.nonce, self.key.id())
    }
}

/// Chance that gives what the vector was made with: the salt, then the factor that blinds, its least byte first.
struct Replayed(Vec<Vec<u8>>);

impl TryCryptoRng for Replayed {}

impl TryRng for Replayed {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        unreachable!("only bytes are drawn")
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        unreachable!("only bytes are drawn")
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        bytes.copy_from_slice(&self.0.remove(0));
        Ok(())
    }
}

#[test]
fn keys_are_read_and_published_as_in_the_standard() {
    for vector in vectors() {
        assert_eq!(vector.issuer.public().unwrap(), vector.key);
        assert_eq!(vector.key.spki(), vector.spki);
        assert_eq!(IssuerKey::from_pem(&vector.issuer.to_pem().unwrap()).unwrap().public().unwrap(), vector.key);
        assert_eq!(vector.key.id(), vector.token.key_id());
    }
}

#[test]
fn challenges_are_laid_out_as_in_the_standard() {
    let [with_context, without] = vectors().try_into().ok().unwrap();
    let context = Digest(with_context.challenge[19..51].try_into().unwrap());
    assert_eq!(challenge("issuer.example", Some(context), "origin.example"), with_context.challenge);
    assert_eq!(challenge("issuer.example", None, "origin.example"), without.challenge);
    let ours = Challenge::new("https://pulse.example.com", context, Part::Scores);
    assert_eq!(ours.digest(), Digest::of(&[&challenge("https://pulse.example.com", Some(context), "scores")]));
}

#[test]
fn a_request_an_answer_and_a_token_have_the_bytes_of_the_standard() {
    for vector in vectors() {
        let mut little_endian = vector.blind.to_vec();
        little_endian.reverse();
        let mut chance = Replayed(vec![vector.salt.to_vec(), little_endian]);
        let blinding = vector.key.blind_input(vector.input(), &mut chance).unwrap();
        assert_eq!(vector.key.request(&blinding.blinded), vector.request);
        assert_eq!(vector.issuer.sign(&vector.key, &vector.request).unwrap(), vector.response);
        assert_eq!(vector.key.finalize(&blinding, &vector.response).unwrap().0, vector.token.0);
    }
}

#[test]
fn a_token_of_the_standard_verifies_for_its_challenge_and_key_alone() {
    let [one, other] = vectors().try_into().ok().unwrap();
    for vector in [&one, &other] {
        assert_eq!(vector.token.nonce(), vector.nonce);
        assert_eq!(vector.key.verify(&vector.token, vector.challenge()), Ok(()));
    }
    assert_eq!(one.key.verify(&one.token, other.challenge()), Err(TokenError::Token));
    for at in 0..LENGTH {
        let mut changed = one.token.clone();
        changed.0[at] ^= 1;
        // The nonce is part of what is signed, and everything else of what is expected.
        assert_eq!(one.key.verify(&changed, one.challenge()), Err(TokenError::Token), "byte {at}");
    }
}
