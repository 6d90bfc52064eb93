//! The shapes of JSON bodies, for the description of the interface and where they are made.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::anonymous::{Digest, PublicKey};

/// A published wave: a manifest as it is hashed and signed, byte for byte.
#[derive(Debug, ToSchema)]
#[schema(as = Bundle)]
#[expect(dead_code, reason = "describes what `anonymous` writes")]
pub(crate) struct BundleShape {
    /// The manifest's JSON; its SHA-256 is the wave's id.
    manifest: String,
    /// The publisher's ed25519 key, in 64 hexadecimal digits.
    publisher: String,
    /// Its signature, in 128 hexadecimal digits.
    signature: String,
}

/// The collector's signature under what it stored.
#[derive(Debug, ToSchema)]
#[schema(as = Receipt)]
#[expect(dead_code, reason = "describes what `anonymous` writes")]
pub(crate) struct ReceiptShape {
    wave: String,
    nullifier: String,
    version: u32,
    payload_hash: String,
    signature: String,
}

/// What a wave came to, signed by the collector.
#[derive(Debug, ToSchema)]
#[schema(as = Closing)]
#[expect(dead_code, reason = "describes what `anonymous` writes")]
pub(crate) struct ClosingShape {
    wave: String,
    invited: u32,
    issued: CountsShape,
    redeemed: CountsShape,
    /// The SHA-256 of the ledger.
    ledger: String,
    signature: String,
}

/// How many there were of each part.
#[derive(Debug, ToSchema)]
#[schema(as = Counts)]
#[expect(dead_code, reason = "describes what `anonymous` writes")]
pub(crate) struct CountsShape {
    scores: u32,
    comments: u32,
}

/// Published results: a document as it is signed, byte for byte.
#[derive(Debug, ToSchema)]
#[schema(as = Results)]
#[expect(dead_code, reason = "describes what `anonymous` writes")]
pub(crate) struct ResultsShape {
    document: String,
    publisher: String,
    signature: String,
}

/// Shows an invitation or an issuer's word, and the SHA-256 of the credential to enrol.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Enrolment {
    /// By an invitation.
    Code(ByCode),
    /// By the organisation's sign-in.
    SignIn(BySignIn),
}

/// An invitation's code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ByCode {
    /// The invitation's code.
    pub(crate) code: String,
    /// The SHA-256 of the credential, in 64 hexadecimal digits.
    #[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
    pub(crate) credential_hash: Digest,
}

/// An issuer's word.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BySignIn {
    /// An ID token of the issuer.
    pub(crate) id_token: String,
    /// The SHA-256 of the credential, in 64 hexadecimal digits.
    #[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
    pub(crate) credential_hash: Digest,
}

/// What an enrolled developer needs to know.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Enrolled {
    /// What the roster tells of them.
    pub(crate) segments: BTreeMap<String, String>,
    /// The collector's address.
    pub(crate) collector: String,
    /// The publishers whose waves it takes.
    #[schema(value_type = Vec<String>)]
    pub(crate) publishers: Vec<PublicKey>,
}

/// The ways to enrol.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Methods {
    /// `invitation`, `oidc`.
    pub(crate) methods: Vec<&'static str>,
    /// Where an ID token is had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) oidc: Option<Device>,
}

/// Where an ID token is had by the device flow (RFC 8628).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Device {
    /// The issuer.
    pub(crate) issuer: String,
    /// The client to ask as.
    pub(crate) client_id: String,
    /// Where the flow begins.
    pub(crate) device_authorization_endpoint: String,
    /// Where the token is fetched.
    pub(crate) token_endpoint: String,
}

/// How far a wave is, in steps of 5.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Progress {
    /// How many were invited when it was prepared.
    pub(crate) invited: u32,
    /// How many tokens for scores were issued.
    pub(crate) issued: u32,
    /// How many responses came in, those that were taken back among them.
    pub(crate) responses: u32,
}
