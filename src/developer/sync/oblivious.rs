//! Oblivious HTTP (RFC 9458): the relay sees who sends and not what, the collector sees what and not who.

use std::io::Cursor;

use bhttp::{Message, Mode};

use super::http::{Failed, Http, Reply};
use crate::anonymous::encoding::from_base64;
use crate::anonymous::manifest::Relay;

/// Puts bytes at a path of the collector, by way of the relay.
pub(super) fn put(relay: &Relay, collector: &str, path: &str, body: &[u8]) -> Result<(Http, Reply), Failed> {
    let http = Http::new(&relay.url)?;
    let sealed = |_| http.strange("the published key configurations of the collector can't be used");
    let keys = from_base64(&relay.keys).unwrap_or_default();
    let (request, opener) = ohttp::ClientRequest::from_encoded_config_list(&keys)
        .and_then(|client| client.encapsulate(&request(collector, path, body)))
        .map_err(sealed)?;
    let reply = http.expect(http.post("", "message/ohttp-req", request)?)?;
    if reply.media_type != "message/ohttp-res" {
        return Err(http.strange("the relay gives no encapsulated answer"));
    }
    let answer = opener.decapsulate(&reply.body).map_err(|_| http.strange("the answer was not made for this request"))?;
    let answer = Message::read_bhttp(&mut Cursor::new(answer)).map_err(|_| http.strange("the answer is not binary HTTP"))?;
    let status = answer.control().status().map_or(0, bhttp::StatusCode::code);
    let header = |name: &[u8]| answer.header().get(name).map(|value| String::from_utf8_lossy(value).into_owned());
    let media_type = header(b"content-type").unwrap_or_default();
    Ok((http, Reply { status, media_type, retry_after: reply.retry_after, body: answer.content().to_vec() }))
}

/// Writes the request down as the collector is to see it: nothing in it tells one client from another.
fn request(collector: &str, path: &str, body: &[u8]) -> Vec<u8> {
    let (scheme, authority) = collector.split_once("://").unwrap_or(("https", collector));
    let (scheme, authority) = (scheme.as_bytes().to_vec(), authority.as_bytes().to_vec());
    let mut message = Message::request(b"PUT".to_vec(), scheme, authority, path.as_bytes().to_vec());
    message.put_header("content-type", "application/octet-stream");
    message.write_content(body);
    let mut bytes = Vec::new();
    // Writing to memory can't fail, and an empty request is refused by whoever gets it.
    let _ = message.write_bhttp(Mode::KnownLength, &mut bytes);
    bytes
}
