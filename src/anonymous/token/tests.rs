//! RFC 9474's own vectors for the library underneath, and what is refused: keys, requests and answers that only look right.

use blind_rsa_signatures::reexports::crypto_bigint::BoxedUint;
use blind_rsa_signatures::reexports::rsa::RsaPrivateKey;
use blind_rsa_signatures::{Deterministic, MessagePrepare, PSS, PSSZero, Randomized, SaltMode, SecretKey, Sha384};
use serde_json::Value;

use super::*;
use crate::anonymous::SigningKey;

/// Signs, unblinds and verifies one vector of RFC 9474, appendix A.
fn check<S: SaltMode, M: MessagePrepare>(vector: &Value) {
    let text = |name: &str| vector[name].as_str().unwrap().trim_start_matches("0x");
    let bytes = |name: &str| data_encoding::HEXLOWER.decode(text(name).as_bytes()).unwrap();
    let number = |name: &str| BoxedUint::from_str_radix_vartime(text(name), 16).unwrap();
    let primes = vec![number("p"), number("q")];
    let key = RsaPrivateKey::from_components(number("n"), number("e"), number("d"), primes).unwrap();
    let secret = SecretKey::<Sha384, S, M>::new(key);
    let public = secret.public_key().unwrap();
    assert_eq!(secret.blind_sign(bytes("blinded_msg")).unwrap().0, bytes("blind_sig"));
    let msg_randomizer = M::RANDOMIZE.then(|| rsa::MessageRandomizer(bytes("msg_prefix").try_into().unwrap()));
    let result = rsa::BlindingResult {
        blind_message: rsa::BlindMessage(bytes("blinded_msg")),
        secret: rsa::Secret(bytes("inv")),
        msg_randomizer,
    };
    let signature = public.finalize(&rsa::BlindSignature(bytes("blind_sig")), &result, bytes("msg")).unwrap();
    assert_eq!(signature.0, bytes("sig"));
    public.verify(&signature, msg_randomizer, bytes("msg")).unwrap();
    assert!(public.verify(&signature, msg_randomizer, b"another message").is_err());
    // The key has 4096 bits, and a token's key has 2048.
    assert_eq!(Key::from_spki(&public.to_spki().unwrap()), Err(TokenError::Key));
}

#[test]
fn the_vectors_of_rfc_9474_hold_in_all_four_variants() {
    let vectors: Vec<Value> = serde_json::from_str(include_str!("../../../tests/fixtures/rfc9474.json")).unwrap();
    let mut names: Vec<&str> = vectors.iter().map(|vector| vector["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    let variants = ["PSS-Deterministic", "PSS-Randomized", "PSSZERO-Deterministic", "PSSZERO-Randomized"];
    assert_eq!(names, variants.map(|variant| format!("RSABSSA-SHA384-{variant}")));
    for vector in &vectors {
        match vector["name"].as_str().unwrap().trim_start_matches("RSABSSA-SHA384-") {
            "PSS-Deterministic" => check::<PSS, Deterministic>(vector),
            "PSS-Randomized" => check::<PSS, Randomized>(vector),
            "PSSZERO-Deterministic" => check::<PSSZero, Deterministic>(vector),
            _ => check::<PSSZero, Randomized>(vector),
        }
    }
}

fn issuer() -> (IssuerKey, Key) {
    let issuer = IssuerKey::generate(&mut SystemChance).unwrap();
    let key = issuer.public().unwrap();
    (issuer, key)
}

#[test]
fn a_key_is_read_in_one_form_alone() {
    let (_, key) = issuer();
    let spki = key.spki().to_vec();
    assert_eq!(Key::from_spki(&spki), Ok(key.clone()));
    assert_eq!(Key::from_spki(&key.key.to_der().unwrap()), Err(TokenError::Key), "with the identifier of plain RSA");
    for length in 0..spki.len() {
        assert_eq!(Key::from_spki(&spki[..length]), Err(TokenError::Key), "{length} bytes");
    }
    assert_eq!(Key::from_spki(&[&spki[..], &[0]].concat()), Err(TokenError::Key));
    // Everything before the modulus, and the exponent after it.
    let (start, end) = (spki.len() - 5 - MODULUS, spki.len() - 5);
    for at in (0..start).chain(end..spki.len()) {
        let mut changed = spki.clone();
        changed[at] ^= 1;
        assert_eq!(Key::from_spki(&changed), Err(TokenError::Key), "byte {at}");
    }
    let mut small = spki.clone();
    small[start] = 0x7f;
    assert_eq!(Key::from_spki(&small), Err(TokenError::Key), "a modulus of 2047 bits");
    let mut even = spki;
    even[end - 1] &= 0xfe;
    assert_eq!(Key::from_spki(&even), Err(TokenError::Key), "an even modulus");
}

#[test]
fn an_exponent_of_three_is_refused() {
    let three = rsa::reexports::rsa::RsaPrivateKey::new_with_exp(&mut SystemChance, MODULUS * 8, BoxedUint::from(3u32)).unwrap();
    let secret = SecretKey::<Sha384, PSS, Deterministic>::new(three);
    assert_eq!(Key::from_spki(&secret.public_key().unwrap().to_spki().unwrap()), Err(TokenError::Key));
    assert_eq!(IssuerKey::from_pem(&secret.to_pem().unwrap()).err(), Some(TokenError::Key));
}

#[test]
fn a_request_is_signed_for_its_key_and_in_its_range_alone() {
    let ((issuer, key), (_, other)) = (issuer(), issuer());
    let modulus = key.key.components().n();
    let mut above = modulus.clone();
    // The last byte of some is 255.
    let last = above.iter().rposition(|byte| *byte < 0xff).unwrap();
    above[last] += 1;
    let numbers = |last: u8| {
        let mut number = [0; MODULUS];
        number[MODULUS - 1] = last;
        number
    };
    let request = |blinded: &[u8]| [&TYPE.to_be_bytes()[..], &[key.id().0[31]], blinded].concat();
    assert_eq!(key.request(&numbers(2)).to_vec(), request(&numbers(2)));
    assert!(issuer.sign(&key, &request(&numbers(2))).is_ok());
    for out_of_range in [&numbers(0)[..], &numbers(1), &modulus, &above, &[0xff; MODULUS]] {
        assert_eq!(issuer.sign(&key, &request(out_of_range)), Err(TokenError::Range));
    }
    let good = request(&numbers(2));
    for at in 0..3 {
        let mut changed = good.clone();
        changed[at] ^= 1;
        assert_eq!(issuer.sign(&key, &changed), Err(TokenError::Request), "byte {at}");
    }
    for length in [0, 1, 2, 3, REQUEST - 1] {
        assert_eq!(issuer.sign(&key, &good[..length]), Err(TokenError::Request), "{length} bytes");
    }
    assert_eq!(issuer.sign(&key, &[&good[..], &[0]].concat()), Err(TokenError::Request));
    assert_eq!(issuer.sign(&other, &other.request(&numbers(2))), Err(TokenError::Key), "another key's public half");
}

#[test]
fn an_answer_of_another_key_message_or_form_makes_no_token() {
    let ((issuer, key), (foreign, foreign_key)) = (issuer(), issuer());
    let challenge = Challenge::new("https://pulse.example.com", Digest::of(&[b"wave"]), Part::Scores);
    let owner = SigningKey::from_seed(&[1; 32]).public();
    let blinding = key.blind(challenge, &owner, &mut SystemChance).unwrap();
    let answer = issuer.sign(&key, &key.request(&blinding.blinded)).unwrap();
    let token = key.finalize(&blinding, &answer).unwrap();
    assert!(token.belongs_to(owner.bytes()) && !token.belongs_to(SigningKey::from_seed(&[2; 32]).public().bytes()));
    assert_eq!(key.verify(&token, challenge), Ok(()));
    assert_eq!(foreign_key.verify(&token, challenge), Err(TokenError::Token));
    let elsewhere = Challenge::new("https://pulse.example.com", Digest::of(&[b"wave"]), Part::Comments);
    assert_eq!(key.verify(&token, elsewhere), Err(TokenError::Token));

    let resumed = Blinding::resume(&key, challenge, &owner, (blinding.blinded, blinding.secret));
    assert_eq!(resumed, blinding);
    let foreign_answer = foreign.sign(&foreign_key, &foreign_key.request(&blinding.blinded));
    let mut changed = answer;
    changed[MODULUS - 1] ^= 1;
    // Bytes above the modulus, and nothing at all, come from a server that is broken or hostile.
    let mut wrong = vec![changed.to_vec(), vec![0; MODULUS], vec![0xff; MODULUS], answer[1..].to_vec(), Vec::new()];
    wrong.extend(foreign_answer.map(|answer| answer.to_vec()));
    for answer in wrong {
        assert_eq!(key.finalize(&blinding, &answer), Err(TokenError::Answer));
    }
    let again = key.blind(challenge, &owner, &mut SystemChance).unwrap();
    assert_ne!(again.blinded, blinding.blinded, "blinding draws anew");
    assert_eq!(key.finalize(&again, &answer), Err(TokenError::Answer));
}

#[test]
fn what_is_secret_does_not_show_itself() {
    let (issuer, key) = issuer();
    let challenge = Challenge::new("https://pulse.example.com", Digest::of(&[b"wave"]), Part::Scores);
    let blinding = key.blind(challenge, &SigningKey::from_seed(&[1; 32]).public(), &mut SystemChance).unwrap();
    let token = key.finalize(&blinding, &issuer.sign(&key, &key.request(&blinding.blinded)).unwrap()).unwrap();
    assert_eq!(format!("{issuer:?} {blinding:?} {token:?}"), "IssuerKey Blinding Token");
}

#[test]
fn a_signature_that_begins_with_zeros_keeps_its_length() {
    let (issuer, key) = issuer();
    let challenge = Challenge::new("https://pulse.example.com", Digest::of(&[b"wave"]), Part::Scores);
    let owner = SigningKey::from_seed(&[1; 32]).public();
    let token = || {
        let blinding = key.blind(challenge, &owner, &mut SystemChance).unwrap();
        key.finalize(&blinding, &issuer.sign(&key, &key.request(&blinding.blinded)).unwrap()).unwrap()
    };
    // One in 256 does.
    let found = std::iter::repeat_with(token).take(20_000).find(|token| token.0[INPUT] == 0).unwrap();
    assert_eq!(key.verify(&found, challenge), Ok(()));
}
