//! `OpenID` Connect: an issuer's word for an e-mail address, in place of an invitation.
//!
//! The client gets an ID token by the device flow; here it is only checked: who issued it, for whom, how long it holds, and that the
//! address is verified. The issuer learns of enrolments, never of answers.

use std::time::Duration;

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use thiserror::Error;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::settings::Oidc;
use crate::anonymous::manifest::is_safe;

/// How long the issuer may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long what the issuer says of itself is kept.
const FRESH: Duration = Duration::from_secs(3600);

/// How soon its keys may be fetched again for one that isn't known.
const AGAIN: Duration = Duration::from_secs(30);

/// The most bytes that the issuer may answer with.
const MOST_BYTES: usize = 1 << 20;

/// The signatures that are accepted.
const ALGORITHMS: [Algorithm; 2] = [Algorithm::RS256, Algorithm::ES256];

/// The longest ID token, in bytes.
const LONGEST_TOKEN: usize = 16 << 10;

/// Checks ID tokens of one issuer.
pub(crate) struct Identity {
    settings: Oidc,
    known: Mutex<Option<Known>>,
}

/// Why an ID token is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum IdentityError {
    /// The issuer could not be asked.
    #[error("the issuer can't be asked: {0}")]
    Unreachable(String),
    /// The token is refused.
    #[error("{0}")]
    Refused(&'static str),
}

/// What the issuer says of itself.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Endpoints {
    issuer: String,
    jwks_uri: String,
    /// Where the device flow begins.
    pub(crate) device_authorization_endpoint: String,
    /// Where the token is fetched.
    pub(crate) token_endpoint: String,
}

#[derive(Clone)]
struct Known {
    endpoints: Endpoints,
    keys: JwkSet,
    since: Instant,
}

#[derive(Deserialize)]
struct Claims {
    email: Option<String>,
    email_verified: Option<bool>,
}

impl Identity {
    /// Checks the tokens of an issuer; it is asked when the first one comes.
    pub(crate) fn new(settings: Oidc) -> Self {
        Self { settings, known: Mutex::default() }
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    pub(crate) fn client_id(&self) -> &str {
        &self.settings.client_id
    }

    /// Gives where the issuer takes requests.
    pub(crate) async fn endpoints(&self) -> Result<Endpoints, IdentityError> {
        self.known(FRESH).await.map(|known| known.endpoints)
    }

    /// Checks an ID token and gives the address it vouches for.
    pub(crate) async fn verify(&self, token: &str) -> Result<String, IdentityError> {
        let refused = IdentityError::Refused;
        if token.len() > LONGEST_TOKEN {
            return Err(refused("the ID token is too long"));
        }
        let header = decode_header(token).map_err(|_| refused("this is not an ID token"))?;
        if !ALGORITHMS.contains(&header.alg) {
            return Err(refused("the ID token is signed in another way than RS256 or ES256"));
        }
        let find = |known: &Known| match &header.kid {
            Some(id) => known.keys.find(id).cloned(),
            None => known.keys.keys.first().filter(|_| known.keys.keys.len() == 1).cloned(),
        };
        let known = self.known(FRESH).await?;
        let key = match find(&known) {
            Some(key) => Some(key),
            // The issuer may have changed its keys since.
            None => find(&self.known(AGAIN).await?),
        };
        let key = key.ok_or(refused("the ID token is signed with a key that its issuer doesn't publish"))?;
        let key = DecodingKey::from_jwk(&key).map_err(|_| refused("the issuer's key can't be used"))?;
        let mut validation = Validation::new(header.alg);
        validation.set_issuer(&[&known.endpoints.issuer]);
        validation.set_audience(&[&self.settings.client_id]);
        validation.set_required_spec_claims(&["exp", "iss", "aud"]);
        let claims = decode::<Claims>(token, &key, &validation).map_err(|error| refused(reason(&error)))?.claims;
        match claims {
            Claims { email: Some(email), email_verified: Some(true) } => Ok(email),
            Claims { email: Some(_), .. } => Err(refused("the issuer has not verified the e-mail address")),
            Claims { email: None, .. } => Err(refused("the ID token names no e-mail address; ask for the scope `email`")),
        }
    }

    /// Gives what is known of the issuer, asked again where it is older.
    async fn known(&self, age: Duration) -> Result<Known, IdentityError> {
        let mut known = self.known.lock().await;
        if let Some(known) = known.as_ref().filter(|known| known.since.elapsed() < age) {
            return Ok(known.clone());
        }
        let fresh = self.ask().await?;
        *known = Some(fresh.clone());
        Ok(fresh)
    }

    async fn ask(&self) -> Result<Known, IdentityError> {
        let unreachable = |error: reqwest::Error| IdentityError::Unreachable(error.without_url().to_string());
        let client = Client::builder().timeout(PATIENCE).redirect(Policy::none()).build().map_err(unreachable)?;
        let issuer = &self.settings.issuer;
        let place = format!("{issuer}/.well-known/openid-configuration");
        let endpoints: Endpoints = json(client.get(place).send().await.map_err(unreachable)?).await?;
        let addresses = [&endpoints.jwks_uri, &endpoints.device_authorization_endpoint, &endpoints.token_endpoint];
        // Some issuers' names end with a slash, which the settings leave out as of any address.
        if endpoints.issuer.trim_end_matches('/') != issuer || !addresses.iter().all(|address| is_safe(address)) {
            return Err(IdentityError::Unreachable("it names another issuer, or addresses without TLS".to_owned()));
        }
        let keys = json(client.get(&endpoints.jwks_uri).send().await.map_err(unreachable)?).await?;
        Ok(Known { endpoints, keys, since: Instant::now() })
    }
}

async fn json<T: DeserializeOwned>(mut response: Response) -> Result<T, IdentityError> {
    let unreachable = |reason: &str| IdentityError::Unreachable(reason.to_owned());
    if !response.status().is_success() {
        return Err(unreachable(response.status().as_str()));
    }
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|_| unreachable("its answer broke off"))? {
        bytes.extend(piece);
        if bytes.len() > MOST_BYTES {
            return Err(unreachable("its answer is too long"));
        }
    }
    serde_json::from_slice(&bytes).map_err(|_| unreachable("its answer is not what is asked for"))
}

fn reason(error: &jsonwebtoken::errors::Error) -> &'static str {
    use jsonwebtoken::errors::ErrorKind;
    match error.kind() {
        ErrorKind::ExpiredSignature => "the ID token has expired; sign in again",
        ErrorKind::InvalidAudience => "the ID token was issued for another program",
        ErrorKind::InvalidIssuer => "the ID token is of another issuer",
        ErrorKind::MissingRequiredClaim(_) => "the ID token lacks issuer, audience or expiry",
        _ => "the ID token's signature does not hold",
    }
}
