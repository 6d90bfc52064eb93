//! Any bytes are a receipt, a closing or a ledger in its form, or they are refused; none of them proves what nobody signed.

use dxpulse::anonymous::frame::Nullifier;
use dxpulse::anonymous::ledger::{Counts, ENTRY};
use dxpulse::anonymous::{Closing, Digest, Frame, Ledger, Receipt, SigningKey};

use super::wave::{stage, wave};

/// Checks bytes as each of the three.
pub(crate) fn check(input: &[u8]) {
    let collector = wave().manifest.receipt_key;
    if let Ok(receipt) = serde_json::from_slice::<Receipt>(input) {
        let stage = stage();
        let frame =
            Frame::new(stage.wave, stage.token.clone(), &stage.owner, (receipt.version.max(1), Vec::new())).expect("a frame");
        assert!(!receipt.covers(stage.wave, &frame, &collector), "nobody signed it");
    }
    if let Ok(closing) = serde_json::from_slice::<Closing>(input) {
        assert!(closing.check(wave().id, &[], &collector).is_err(), "nobody signed it");
    }
    let own = SigningKey::from_seed(&[3; 32]);
    let entries = u32::try_from(input.len() / ENTRY).unwrap_or(u32::MAX);
    let counts = Counts { scores: entries, comments: 0 };
    let closing = Closing::sign(wave().id, entries, (counts, counts), input, &own);
    let read = Ledger::from_bytes(input);
    assert_eq!(closing.check(wave().id, input, &own.public()).is_ok(), read.is_ok());
    assert!(closing.check(wave().id, &[input, &[0; ENTRY]].concat(), &own.public()).is_err());
    let Ok(ledger) = read else { return };
    assert_eq!(ledger.to_bytes(), input);
    let digest = |bytes: &[u8]| Digest(bytes.try_into().expect("32 bytes"));
    let mut again = Vec::new();
    for entry in input.chunks_exact(ENTRY) {
        let (nullifier, hash) = (Nullifier(digest(&entry[..32])), digest(&entry[32..]));
        assert_eq!(ledger.find(nullifier), Some(hash));
        again.insert(0, (nullifier, hash));
    }
    assert_eq!(Ledger::new(again), ledger, "the order they came in says nothing");
}
