//! A token of ours before another program: Python's cryptography takes it for an RSA-PSS signature, and no altered one.

use std::process::Command;

use dxpulse::anonymous::encoding::to_hex;
use dxpulse::anonymous::token::{Challenge, IssuerKey, LENGTH, MODULUS, SystemChance};
use dxpulse::anonymous::{Digest, Part, SigningKey};

use crate::tools::{feed, tool};

/// Reads a key and signatures, each in hexadecimal on a line of its own, and says of each signature whether it holds.
const VERIFIES: &str = "\
import sys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

modulus, *tokens = [bytes.fromhex(line) for line in sys.stdin.read().split()]
key = RSAPublicNumbers(65537, int.from_bytes(modulus, 'big')).public_key()
for token in tokens:
    try:
        key.verify(token[98:], token[:98], PSS(MGF1(hashes.SHA384()), 48), hashes.SHA384())
        print('holds')
    except InvalidSignature:
        print('refused')
";

#[test]
fn another_program_verifies_our_token_and_refuses_an_altered_one() {
    let issuer = IssuerKey::generate(&mut SystemChance).unwrap();
    let key = issuer.public().unwrap();
    let challenge = Challenge::new("https://pulse.example.com", Digest::of(&[b"wave"]), Part::Scores);
    let blinding = key.blind(challenge, &SigningKey::from_seed(&[1; 32]).public(), &mut SystemChance).unwrap();
    let token = key.finalize(&blinding, &issuer.sign(&key, &key.request(&blinding.blinded)).unwrap()).unwrap();
    let altered = [0, 2, 34, 66, 97, 98, 200, LENGTH - 1].map(|at| {
        let mut altered = token.0;
        altered[at] ^= 1;
        altered
    });
    // The modulus stands before the last five bytes of the published key, which are its exponent.
    let spki = key.spki();
    let modulus = &spki[spki.len() - 5 - MODULUS..spki.len() - 5];
    let lines = [modulus, &token.0].into_iter().chain(altered.iter().map(|token| &token[..])).map(to_hex);
    let output = feed(Command::new(tool("python")).args(["-c", VERIFIES]), &lines.collect::<Vec<_>>().join("\n"));
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said, format!("holds\n{}", "refused\n".repeat(8)), "{}", String::from_utf8_lossy(&output.stderr));
}
