//! What crosses the network, and nothing else: manifests, tokens, submissions, receipts and the ledger of a wave.
//!
//! Pure: no clock, disk, environment, chance or output. Random numbers and the time are arguments; who sends and who stores is
//! the business of the wings.
//!
//! ```text
//! survey + roster ─▶ Manifest ─ signed ─▶ Bundle          one per wave; its hash is the wave's id
//! Key ─▶ Request ─▶ blind signature ─▶ Token              who asks is known, what is signed isn't
//! Response ─▶ Submission ─ sealed, with token ─▶ Frame    what is said is known, who says it isn't
//! Frame ─▶ Receipt, Ledger                                what was taken, provable by whoever sent it
//! Response ─▶ Event                                      for a webhook: who sends could be seen, and is promised not to be
//! ```

pub mod classes;
pub mod encoding;
pub mod frame;
pub mod ledger;
pub mod manifest;
pub mod names;
pub mod private;
pub mod receipt;
pub mod results;
pub mod signing;
pub mod submission;
pub mod token;

#[cfg(test)]
mod tests;

pub use classes::Class;
pub use encoding::Digest;
pub use frame::{Frame, Nullifier};
pub use ledger::{Closing, Ledger};
pub use manifest::{Bundle, Manifest, ManifestError, Wave};
pub use names::{Part, WaveId};
pub use receipt::Receipt;
pub use results::Results;
pub use signing::{PublicKey, SigningKey};
pub use submission::Submission;
pub use submission::confidential::Event;
pub use token::Token;
