//! Addresses of machines: IPv4, IPv6 and MAC, with a port or the length of a prefix. Those that every machine gives itself stay.

// Addresses as values are in `core`; what opens connections is in `std` alone.
use core::net::{Ipv4Addr, Ipv6Addr};

use leakguard::detectors::{Detector, MacAddress};

use super::run::{Run, is_boundary, is_ideographic, lists, runs};
use super::vocabulary::VERSIONED;
use super::{Finding, Kind};

pub(super) fn find(text: &str) -> Vec<Finding> {
    let four = runs(text, |c| c.is_ascii_digit() || c == '.').filter_map(four);
    let six = runs(text, |c| c.is_ascii_hexdigit() || matches!(c, ':' | '.')).filter_map(six);
    let found = four.chain(six).map(|run| Finding::new(run.range(), Kind::Address));
    found.chain(hardware(text)).collect()
}

fn four(run: Run<'_>) -> Option<Run<'_>> {
    let run = run.trim_end(|c| c == '.');
    let address: Ipv4Addr = run.as_str().parse().ok()?;
    let stands_alone = is_boundary(run.before()) && !matches!(run.before(), Some('-' | '.' | '@')) && !goes_on(run);
    let whole = with_port(run);
    let is_own = address.is_loopback() || address.is_unspecified() || address.is_broadcast() || address.octets()[0] == 255;
    (stands_alone && !is_own && !is_version(run, address, whole)).then_some(whole)
}

/// Says whether four numbers are a version: they follow a word for one, begin like one or end in zeros. A port or the length of a
/// prefix behind them tells otherwise.
fn is_version(run: Run<'_>, address: Ipv4Addr, whole: Run<'_>) -> bool {
    let [first, _, rest @ ..] = address.octets();
    let looks_so = first < 10 || (rest == [0, 0] && !address.is_private());
    let follows_word = run.before() != Some('=') && run.words_before().take(1).any(|word| lists(VERSIONED, &word));
    follows_word || (looks_so && whole.end == run.end)
}

fn six(run: Run<'_>) -> Option<Run<'_>> {
    let run = run.trim_end(|c| c == '.');
    // A single colon at the end belongs to the sentence.
    let run = if run.as_str().ends_with("::") { run } else { run.trim_end(|c| c == ':') };
    let address: Ipv6Addr = run.as_str().parse().ok()?;
    let first = address.segments()[0];
    // What is in use begins so, unlike names of namespaces such as `fade::bad`.
    let is_in_use = first & 0xe000 == 0x2000 || first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80;
    let stands_alone = is_boundary(run.before()) && !goes_on(run);
    (stands_alone && is_in_use).then(|| with_port(run))
}

/// Says whether a word goes on behind a number, as in `1.2.3.4-rc1` or `10.0.0.1x`.
fn goes_on(run: Run<'_>) -> bool {
    let mut rest = run.rest().chars();
    match rest.next() {
        Some('-' | '_' | '.') => rest.next().is_some_and(|c| c.is_alphanumeric() && !is_ideographic(c)),
        after => !is_boundary(after),
    }
}

/// Gives an address with the port or the length of the prefix behind it.
fn with_port(run: Run<'_>) -> Run<'_> {
    let Some(sign) = run.after().filter(|sign| matches!(sign, ':' | '/' | '%')) else { return run };
    let number = Run { end: run.end + 1, ..run }.extended(|c| c.is_ascii_digit() || (sign == '%' && c.is_ascii_alphanumeric()));
    if number.end > run.end + 1 && is_boundary(number.after()) { number } else { run }
}

fn hardware(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    MacAddress.detect(text, &mut found);
    let stands_alone = |range: &std::ops::Range<usize>| {
        let run = Run::new(text, range.clone());
        is_boundary(run.before()) && is_boundary(run.after())
    };
    let ranges = found.into_iter().map(|found| found.start..found.end).filter(stands_alone);
    ranges.map(|range| Finding::new(range, Kind::Address)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_with_their_ports_and_versions_and_namespaces_are_not() {
        for (text, found) in [
            ("the server is 10.0.0.17.", "10.0.0.17"),
            ("172.16.4.2:8443/health", "172.16.4.2:8443"),
            ("10.12.0.0/16 is blocked", "10.12.0.0/16"),
            ("host=192.168.1.7,", "192.168.1.7"),
            ("アドレスは192.168.10.4です", "192.168.10.4"),
            ("fe80::1ff:fe23:4567:890a%eth0", "fe80::1ff:fe23:4567:890a%eth0"),
            ("2001:db8::8a2e:370:7334 hangs", "2001:db8::8a2e:370:7334"),
            ("[fd12:3456:789a::1]:22", "fd12:3456:789a::1"),
            ("over 00:1a:2b:3c:4d:5e again", "00:1a:2b:3c:4d:5e"),
        ] {
            let ranges: Vec<_> = find(text).into_iter().map(|finding| &text[finding.range]).collect();
            assert_eq!(ranges, [found], "{text}");
        }
        for text in [
            "127.0.0.1:8080",
            "0.0.0.0",
            "::1",
            "255.255.255.0",
            "1.2.3",
            "version 12.2.3.4",
            "since 1.5.4.1",
            "v1.2.3.4",
            "1.2.3.4-rc1",
            "4.8.0.0",
            "1.2.3.4.5",
            "std::fs",
            "a::b",
            "fade::bad",
            "Vec::new",
            "10:30:00",
            "12:00",
            "::",
            "cafe::1x",
            "256.1.1.1",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
