//! Requests to a collector: no cookies, no redirects, fixed headers, and a connection of its own for each purpose, so that the one
//! that shows the invitation never carries an answer.

use std::io::{ErrorKind, Read};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use serde::de::DeserializeOwned;
use serde_json::Value;
use thiserror::Error;

use crate::anonymous::manifest::is_safe;
use crate::survey::characters;

/// The most bytes of an answer.
const MOST: u64 = 8 << 20;

const CONNECT: Duration = Duration::from_secs(10);
const WHOLE: Duration = Duration::from_secs(60);

/// What is said when a time is over.
const LATE: &str = "no answer in time";

/// Connections to one collector for one purpose.
#[derive(Debug)]
pub(super) struct Http {
    client: Client,
    address: String,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    /// The status.
    pub(super) status: u16,
    /// The media type.
    pub(super) media_type: String,
    /// How long the collector asks to be left alone.
    pub(super) retry_after: Option<TimeDelta>,
    /// The body.
    pub(super) body: Vec<u8>,
}

/// Why nothing useful came back. None of these texts repeats a secret or an answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Failed {
    /// Nobody could be reached.
    #[error("{address} can't be reached: {cause}")]
    Unreachable {
        /// The address.
        address: String,
        /// What went wrong.
        cause: String,
        /// Whether something may have arrived there.
        may_have_arrived: bool,
    },
    /// The address isn't one that answers may go to.
    #[error("{0} is not an https address; nothing was sent")]
    Unsafe(String),
    /// The collector sends elsewhere.
    #[error("{address} answers with a redirect ({status}); it was not followed")]
    Redirected {
        /// The address.
        address: String,
        /// The status.
        status: u16,
    },
    /// The collector, or the webhook, refused.
    #[error("{address} answers {status}: {detail}")]
    Refused {
        /// The address.
        address: String,
        /// The status.
        status: u16,
        /// The stable word for the reason, if it gave one.
        code: String,
        /// The reason, cleaned.
        detail: String,
        /// How long it asks to be left alone.
        retry_after: Option<TimeDelta>,
    },
    /// The secret that a webhook's events are signed with can't be used.
    #[error("{0}")]
    Secret(String),
    /// What came back isn't what a collector answers.
    #[error("{address} does not answer as a collector does ({detail}): is a login page of the network in between?")]
    Strange {
        /// The address.
        address: String,
        /// What was wrong with it.
        detail: String,
    },
}

impl Failed {
    /// Says whether only the developer can do something about it.
    pub(super) fn is_final(&self) -> bool {
        match self {
            Self::Refused { status, code, .. } => {
                (400..500).contains(status) && !matches!(status, 408 | 425 | 429) && code != "not-open"
            }
            Self::Unsafe(_) => true,
            _ => false,
        }
    }

    /// Says whether a collector can't have done what was asked.
    pub(super) fn took_nothing(&self) -> bool {
        match self {
            Self::Unreachable { may_have_arrived, .. } => !may_have_arrived,
            Self::Redirected { .. } => true,
            failed => failed.is_final(),
        }
    }

    /// Says whether a collector never takes the invitation that it was shown.
    pub(super) fn refuses_invitation(&self) -> bool {
        matches!(self.code(), "invitation-used" | "invitation-unknown" | "method-unknown" | "identity-refused")
    }

    /// Gives why no token is ever issued for what was asked, if that is what the collector says.
    pub(super) fn refuses_token(&self) -> Option<String> {
        let is_for_good = matches!(self.code(), "token-issued" | "unauthorized" | "wave-unknown");
        is_for_good.then(|| self.to_string())
    }

    /// Gives how long the collector asks to be left alone.
    pub(super) fn retry_after(&self) -> Option<TimeDelta> {
        if let Self::Refused { retry_after, .. } = self { *retry_after } else { None }
    }

    /// Gives the stable word for the reason of a refusal.
    pub fn code(&self) -> &str {
        if let Self::Refused { code, .. } = self { code } else { "" }
    }
}

impl Http {
    /// Prepares to talk to a collector; nothing is sent yet.
    pub(super) fn new(address: &str) -> Result<Self, Failed> {
        Self::exactly(address.trim_end_matches('/'))
    }

    /// Prepares to talk to exactly this address: to some, one that ends with a slash is another.
    pub(super) fn exactly(address: &str) -> Result<Self, Failed> {
        if !is_safe(address) {
            return Err(Failed::Unsafe(cleaned(address)));
        }
        // Someone else may have chosen a provider already, and then that one serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("dxpulse")
            .referer(false)
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .build();
        let client = client.map_err(|error| unreachable(address, &error))?;
        Ok(Self { client, address: address.to_owned() })
    }

    /// Gets a JSON document.
    pub(super) fn get_json<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failed> {
        self.json(&self.expect(self.get(path)?)?)
    }

    /// Gets some bytes.
    pub(super) fn get_bytes(&self, path: &str) -> Result<Vec<u8>, Failed> {
        Ok(self.expect(self.get(path)?)?.body)
    }

    /// Posts a JSON document and reads one.
    pub(super) fn post_json<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T, Failed> {
        let request = self.client.post(self.url(path)).header(CONTENT_TYPE, "application/json").body(body.to_string());
        self.json(&self.expect(self.send(request)?)?)
    }

    /// Posts bytes with a secret and reads bytes.
    pub(super) fn post_bytes(&self, path: &str, secret: &str, (media_type, body): (&str, Vec<u8>)) -> Result<Vec<u8>, Failed> {
        let request = self.client.post(self.url(path)).header(CONTENT_TYPE, media_type);
        let reply = self.send(request.header(AUTHORIZATION, format!("Bearer {secret}")).body(body))?;
        Ok(self.expect(reply)?.body)
    }

    /// Posts bytes without saying who does.
    pub(super) fn post(&self, path: &str, media_type: &str, body: Vec<u8>) -> Result<Reply, Failed> {
        self.send(self.client.post(self.url(path)).header(CONTENT_TYPE, media_type).body(body))
    }

    /// Posts a form to the address itself.
    pub(super) fn post_form(&self, fields: &[(&str, &str)]) -> Result<Reply, Failed> {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", in_form(value))).collect();
        let request = self.client.post(self.url("")).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(body.join("&")))
    }

    /// Posts bytes with some headers to the very address.
    pub(super) fn post_with(&self, headers: &[(&str, &str)], media_type: &str, body: Vec<u8>) -> Result<Reply, Failed> {
        let request = self.client.post(self.url("")).header(CONTENT_TYPE, media_type);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request.body(body))
    }

    /// Puts bytes.
    pub(super) fn put(&self, path: &str, body: Vec<u8>) -> Result<Reply, Failed> {
        self.send(self.client.put(self.url(path)).header(CONTENT_TYPE, "application/octet-stream").body(body))
    }

    /// Refuses what isn't a success.
    pub(super) fn expect(&self, reply: Reply) -> Result<Reply, Failed> {
        match reply.status {
            200..=299 => Ok(reply),
            300..=399 => Err(Failed::Redirected { address: self.address.clone(), status: reply.status }),
            _ => Err(refused(&self.address, &reply)),
        }
    }

    /// Reads a JSON document.
    pub(super) fn json<T: DeserializeOwned>(&self, reply: &Reply) -> Result<T, Failed> {
        serde_json::from_slice(&reply.body).map_err(|_| self.strange("it is not the JSON that was expected"))
    }

    /// Says that what came back isn't a collector's.
    pub(super) fn strange(&self, detail: &str) -> Failed {
        Failed::Strange { address: self.address.clone(), detail: detail.to_owned() }
    }

    fn get(&self, path: &str) -> Result<Reply, Failed> {
        self.send(self.client.get(self.url(path)))
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    fn send(&self, request: RequestBuilder) -> Result<Reply, Failed> {
        let until = Instant::now() + WHOLE;
        let response = request.send().map_err(|error| unreachable(&self.address, &error))?;
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (status, media_type) = (response.status().as_u16(), header(CONTENT_TYPE).unwrap_or_default());
        let retry_after = header(RETRY_AFTER).and_then(|text| pause(&text, Utc::now()));
        Ok(Reply { status, media_type, retry_after, body: self.body(response, until)? })
    }

    /// Reads a body to its end. The client's own limit is one for each piece, so that a byte now and then would keep it for ever.
    fn body(&self, mut response: Response, until: Instant) -> Result<Vec<u8>, Failed> {
        let unreachable = |cause: String| Failed::Unreachable { address: self.address.clone(), cause, may_have_arrived: true };
        let (mut body, mut piece) = (Vec::new(), [0; 16 << 10]);
        loop {
            match response.read(&mut piece) {
                Ok(0) => return Ok(body),
                Ok(read) => body.extend_from_slice(&piece[..read]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(unreachable(error.kind().to_string())),
            }
            if body.len() as u64 > MOST {
                return Err(self.strange("the answer has no end"));
            }
            if Instant::now() >= until {
                return Err(unreachable(LATE.to_owned()));
            }
        }
    }
}

/// Reads a `Retry-After`: seconds, or a date. What can't be read counts as absent; the schedule clamps it.
fn pause(text: &str, now: DateTime<Utc>) -> Option<TimeDelta> {
    if let Ok(seconds) = text.trim().parse::<i64>() {
        return TimeDelta::try_seconds(seconds).or(Some(TimeDelta::MAX)).filter(|pause| *pause > TimeDelta::zero());
    }
    let at = DateTime::parse_from_rfc2822(text.trim()).ok()?;
    Some(at.to_utc() - now).filter(|pause| *pause > TimeDelta::zero())
}

/// Gives a value as forms have it: everything but letters, digits and a few marks as a percentage sign and its byte.
fn in_form(value: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    value.bytes().map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Reads a refusal: problem details where there are any. A server's words are cleaned before anyone sees them.
fn refused(address: &str, reply: &Reply) -> Failed {
    let problem = serde_json::from_slice::<Value>(&reply.body).unwrap_or_default();
    let text = |key: &str| problem.get(key).and_then(Value::as_str).map(cleaned).filter(|text| !text.is_empty());
    Failed::Refused {
        address: address.to_owned(),
        status: reply.status,
        code: text("code").unwrap_or_default(),
        detail: text("detail").or_else(|| text("title")).unwrap_or_else(|| "without a reason".to_owned()),
        retry_after: reply.retry_after,
    }
}

/// Gives a text of the network in one line of at most 200 characters, without anything that moves a terminal.
pub(super) fn cleaned(text: &str) -> String {
    characters::strip(text).split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect()
}

/// Says why nobody answered, by the innermost cause, which names neither paths nor headers.
fn unreachable(address: &str, error: &reqwest::Error) -> Failed {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    let cause = if error.is_timeout() { LATE.to_owned() } else { cleaned(&cause.to_string()) };
    // What fails while it connects, or before, has sent nothing.
    let may_have_arrived = !error.is_connect() && !error.is_builder();
    Failed::Unreachable { address: address.to_owned(), cause, may_have_arrived }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};

    use super::*;

    #[test]
    fn a_pause_is_read_in_both_forms_and_nonsense_is_none() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        assert_eq!(pause("120", now), Some(TimeDelta::seconds(120)));
        assert_eq!(pause("1000000000000", now), Some(TimeDelta::seconds(1_000_000_000_000)));
        assert_eq!(pause("99999999999999999", now), Some(TimeDelta::MAX));
        assert_eq!(pause("Fri, 15 Jan 2027 08:05:00 GMT", now), Some(TimeDelta::seconds(300)));
        for none in ["-1", "0", "soon", "Fri, 15 Jan 2021 08:05:00 GMT"] {
            assert_eq!(pause(none, now), None, "{none}");
        }
    }

    #[test]
    fn a_reply_that_comes_byte_by_byte_has_its_time_as_a_whole() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let http = Http::new(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let server = std::thread::spawn(move || {
            let (mut client, _) = listener.accept().unwrap();
            // An answer before the request would be none to it.
            let request = BufReader::new(&client).lines().map_while(Result::ok).take_while(|line| !line.is_empty()).count();
            assert!(request > 0);
            let mut written = client.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n");
            while written.is_ok() {
                written = client.write_all(b"x");
            }
        });
        let response = http.client.get(http.url("/")).send().unwrap();
        let late = Failed::Unreachable { address: http.address.clone(), cause: LATE.to_owned(), may_have_arrived: true };
        assert_eq!(http.body(response, Instant::now()), Err(late));
        drop(http);
        server.join().unwrap();
    }

    #[test]
    fn a_form_takes_any_value() {
        assert_eq!(in_form("urn:ietf:a-b c&d=ä"), "urn%3Aietf%3Aa-b%20c%26d%3D%C3%A4");
    }

    #[test]
    fn a_refusal_is_told_in_one_clean_line() {
        let body = br#"{"status":409,"code":"version-taken","detail":"taken\u001b[31m\nalready"}"#.to_vec();
        let reply = Reply { status: 409, media_type: String::new(), retry_after: None, body };
        let failed = refused("https://pulse.example.com", &reply);
        assert_eq!(failed.to_string(), "https://pulse.example.com answers 409: taken[31m already");
        assert!(failed.is_final());
    }
}
