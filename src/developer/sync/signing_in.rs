//! Joining by the organisation's sign-in: OpenID Connect's device flow (RFC 8628), whose word for an address takes the place of a code.

use serde::Deserialize;
use serde_json::{Value, json};

use super::SyncError;
use super::http::{Failed, Http, cleaned};

/// The pauses between two looks, in seconds: whatever an issuer asks for, it is not asked without one, nor forgotten.
const PAUSES: (u64, u64) = (1, 60);

/// The longest that a sign-in is waited for, in seconds.
const LONGEST: u64 = 60 * 60;

/// Where a collector lets people sign in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Issuer {
    client_id: String,
    device_authorization_endpoint: String,
    token_endpoint: String,
}

/// What a person is to do to sign in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Prompt {
    /// Where to.
    pub verification_uri: String,
    /// What to type there.
    pub user_code: String,
    /// The seconds between two looks.
    #[serde(default = "pause")]
    pub interval: u64,
    /// The seconds until it is too late.
    pub expires_in: u64,
    device_code: String,
}

#[derive(Deserialize)]
struct Methods {
    oidc: Option<Issuer>,
}

/// The pause that the standard sets where the issuer sets none.
fn pause() -> u64 {
    5
}

/// Asks a collector where people sign in; `None` where they don't.
///
/// # Errors
/// When it can't be reached.
pub fn issuer(collector: &str) -> Result<Option<Issuer>, SyncError> {
    Ok(Http::new(collector)?.get_json::<Methods>("/v1/enrolment")?.oidc)
}

/// What became of a sign-in so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// It is done: the proof of it.
    Done(Value),
    /// The person is still at it.
    Pending,
    /// The same, and the issuer wants to be asked less often: [`SLOWER`] more between two looks from now on.
    TooFast,
}

/// The seconds that a pause grows by where an issuer is asked too often (RFC 8628, 3.5).
pub const SLOWER: u64 = 5;

impl Issuer {
    /// Begins to sign in.
    ///
    /// # Errors
    /// When the issuer can't be reached or refuses.
    pub fn begin(&self) -> Result<Prompt, SyncError> {
        let http = Http::new(&self.device_authorization_endpoint)?;
        let form = [("client_id", self.client_id.as_str()), ("scope", "openid email")];
        let prompt: Prompt = http.json(&http.expect(http.post_form(&form)?)?)?;
        Ok(Prompt {
            verification_uri: cleaned(&prompt.verification_uri),
            user_code: cleaned(&prompt.user_code),
            interval: prompt.interval.clamp(PAUSES.0, PAUSES.1),
            expires_in: prompt.expires_in.min(LONGEST),
            ..prompt
        })
    }

    /// Looks whether the person has signed in.
    ///
    /// # Errors
    /// When the issuer can't be reached, or says that it won't happen any more.
    pub fn look(&self, prompt: &Prompt) -> Result<SignIn, SyncError> {
        let http = Http::new(&self.token_endpoint)?;
        let form = [
            ("client_id", self.client_id.as_str()),
            ("device_code", prompt.device_code.as_str()),
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ];
        let reply = http.post_form(&form)?;
        let answer = serde_json::from_slice::<Value>(&reply.body).unwrap_or_default();
        match (answer["id_token"].as_str(), answer["error"].as_str()) {
            (Some(token), _) => Ok(SignIn::Done(json!({ "id_token": token }))),
            (None, Some("authorization_pending")) => Ok(SignIn::Pending),
            (None, Some("slow_down")) => Ok(SignIn::TooFast),
            (None, Some(error)) => Err(Failed::Refused {
                address: self.token_endpoint.clone(),
                status: reply.status,
                code: cleaned(error),
                detail: format!("the sign-in ended with {}", cleaned(error)),
                retry_after: None,
            }
            .into()),
            (None, None) => Err(http.strange("it is no answer to a sign-in").into()),
        }
    }
}
