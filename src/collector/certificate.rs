//! When a certificate expires: the one thing that is read of it here. TLS itself is rustls' business.

use chrono::{DateTime, NaiveDateTime, Utc};

/// The tags of DER that stand on the way to the expiry.
const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERAL_TIME: u8 = 0x18;

/// Gives the end of a certificate's validity; `None` where it isn't one.
///
/// A certificate (RFC 5280) is a sequence whose first part holds: version, serial number, algorithm, issuer, validity.
pub(crate) fn expiry(certificate: &[u8]) -> Option<DateTime<Utc>> {
    let sequence = |bytes| element(bytes).filter(|element| element.tag == SEQUENCE);
    let mut fields = sequence(sequence(certificate)?.content)?.content;
    if let Some(version) = element(fields).filter(|element| element.tag == VERSION) {
        fields = version.rest;
    }
    for _ in ["serial number", "algorithm", "issuer"] {
        fields = element(fields)?.rest;
    }
    let end = element(element(element(fields)?.content)?.rest)?;
    time(end.tag, std::str::from_utf8(end.content).ok()?)
}

/// One element of DER, and what follows it.
struct Element<'b> {
    tag: u8,
    content: &'b [u8],
    rest: &'b [u8],
}

fn element(bytes: &[u8]) -> Option<Element<'_>> {
    let (tag, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match *first {
        short @ ..0x80 => (usize::from(short), rest),
        long => {
            let (length, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
            if length.len() > 4 {
                return None;
            }
            (length.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), rest)
        }
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some(Element { tag: *tag, content, rest })
}

fn time(tag: u8, text: &str) -> Option<DateTime<Utc>> {
    // Years of two digits are those from 1950 to 2049.
    let whole = match tag {
        UTC_TIME if text.as_bytes().first()? >= &b'5' => format!("19{text}"),
        UTC_TIME => format!("20{text}"),
        GENERAL_TIME => text.to_owned(),
        _ => return None,
    };
    NaiveDateTime::parse_from_str(&whole, "%Y%m%d%H%M%SZ").ok().map(|time| time.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn der(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, u8::try_from(content.len()).unwrap()], content].concat()
    }

    #[test]
    fn the_expiry_is_found_and_anything_else_is_none() {
        let of = |times: &[u8], version: &[u8]| {
            let fields = [version, &der(2, &[1]), &der(SEQUENCE, &[]), &der(SEQUENCE, &[]), &der(SEQUENCE, times)].concat();
            expiry(&der(SEQUENCE, &der(SEQUENCE, &fields)))
        };
        let (start, end) = (der(UTC_TIME, b"250101000000Z"), der(UTC_TIME, b"270203040506Z"));
        let far = der(GENERAL_TIME, b"20550203040506Z");
        let told = |time: Option<DateTime<Utc>>| time.map(|time| time.to_rfc3339());
        assert_eq!(told(of(&[start.clone(), end].concat(), &der(VERSION, &[]))).as_deref(), Some("2027-02-03T04:05:06+00:00"));
        assert_eq!(told(of(&[start, far].concat(), &[])).as_deref(), Some("2055-02-03T04:05:06+00:00"));
        for wrong in [b"".as_slice(), b"\x30", b"\x30\x05\x30", &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]] {
            assert_eq!(expiry(wrong), None);
        }
    }
}
