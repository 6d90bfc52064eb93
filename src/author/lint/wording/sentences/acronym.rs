//! Finds acronyms nobody spelt out: a newcomer answers a question about something else.

use std::ops::Range;

use super::Hits;
use super::text::{Kind, Text};
use crate::author::lint::wording::Rule;

const HELP: &str = "spell it out where it is first used: “service-level objective (SLO)”";

/// What developers know from the world outside, in alphabetical order.
const KNOWN: &[&str] = &[
    "AI", "AM", "AMD", "API", "APT", "ARM", "ASCII", "ASP", "AWS", "BSD", "CD", "CI", "CLI", "CPU", "CSS", "CSV", "DB", "DHCP",
    "DLL", "DNS", "DOM", "DVD", "EU", "FAQ", "FTP", "GB", "GCC", "GCP", "GDPR", "GMT", "GNU", "GPL", "GPS", "GPU", "GUI", "HDMI",
    "HR", "HTML", "HTTP", "HTTPS", "IBM", "ID", "IDE", "II", "III", "IMAP", "INI", "IO", "IP", "ISO", "IT", "JAR", "JDK", "JPEG",
    "JS", "JSON", "JSONL", "JVM", "KB", "LAN", "LGPL", "LLVM", "LTS", "MAC", "MB", "MIT", "MP3", "NASA", "NO", "NVIDIA", "OK",
    "OS", "OSS", "PC", "PDF", "PHP", "PIN", "PM", "PNG", "PR", "QA", "QR", "RAM", "README", "REPL", "REST", "RSS", "SAP", "SD",
    "SDK", "SMS", "SMTP", "SQL", "SSD", "SSH", "SSL", "SVG", "SVN", "TB", "TCP", "TLS", "TODO", "TOML", "TTY", "TV", "UDP", "UI",
    "UK", "UNIX", "URI", "URL", "US", "USA", "USB", "UTC", "UTF", "UUID", "UX", "VM", "VPN", "VS", "WLAN", "WWW", "XML", "YAML",
    "ZIP",
];

pub(super) fn find(hits: &mut Hits) {
    let text = hits.text;
    if is_shouted(text) {
        return;
    }
    let mut seen: Vec<&str> = Vec::new();
    for at in 0..text.tokens.len() {
        let Some(place) = unknown(text, at) else { continue };
        let acronym = &text.source[place.clone()];
        if !seen.contains(&acronym) && !is_expanded(text, at, acronym) {
            hits.add_at(Rule::UnexpandedAcronym, place, format!("nobody spelt out “{acronym}”"), HELP);
        }
        seen.push(acronym);
    }
}

/// Gives the acronyms that a text spells out.
pub(super) fn expanded<'t>(text: &Text<'t>) -> Vec<&'t str> {
    let acronyms = (0..text.tokens.len()).filter_map(|at| Some((at, &text.source[unknown(text, at)?])));
    acronyms.filter(|(at, acronym)| is_expanded(text, *at, acronym)).map(|(_, acronym)| acronym).collect()
}

/// Says whether a text is written in capitals throughout.
fn is_shouted(text: &Text) -> bool {
    text.tokens.len() > 3
        && text.source.bytes().any(|b| b.is_ascii_uppercase())
        && !text.source.bytes().any(|b| b.is_ascii_lowercase())
}

/// Gives the place of the acronym in a word, without plural or possessive, unless developers know it.
fn unknown(text: &Text, at: usize) -> Option<Range<usize>> {
    let token = text.tokens.get(at)?;
    // A word the rules know is an English one in capitals: `Do NOT`.
    if token.kind != Kind::Word || !token.known.is_unknown() {
        return None;
    }
    let word = text.place(at..at + 1);
    let mut start = word.start;
    for part in text.source[word].split(['-', '&']) {
        let bare = part.strip_suffix("'s").or(part.strip_suffix("’s")).unwrap_or(part);
        let bare = bare.strip_suffix('s').filter(|rest| is_capital(rest)).unwrap_or(bare);
        if is_capital(bare) && KNOWN.binary_search(&bare).is_err() {
            return Some(start..start + bare.len());
        }
        start += part.len() + 1;
    }
    None
}

/// Says whether a word is two to six capitals, with digits or without.
fn is_capital(word: &str) -> bool {
    let letters = word.bytes().filter(u8::is_ascii_uppercase).count();
    (2..=6).contains(&letters) && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// `service-level objective (SLO)` or `SLO (service-level objective)`.
fn is_expanded(text: &Text, at: usize, acronym: &str) -> bool {
    let bracketed = at > 1 && text.kind(at - 1, Kind::Open) && text.kind(at + 1, Kind::Close);
    if bracketed {
        return starts_like(text, at - 1, acronym);
    }
    let opens = text.kind(at + 1, Kind::Open) || text.kind(at + 1, Kind::Comma) && text.says(at + 2, "the");
    opens && (at + 2..at + 5).any(|word| initial(text, word) == acronym.chars().next().map(|first| first.to_ascii_lowercase()))
}

/// Says whether the words before a bracket begin with the acronym's first letter somewhere near.
fn starts_like(text: &Text, bracket: usize, acronym: &str) -> bool {
    let first = acronym.chars().next().map(|first| first.to_ascii_lowercase());
    let near = bracket.saturating_sub(acronym.len() + 2)..bracket;
    near.into_iter().any(|word| initial(text, word) == first)
}

fn initial(text: &Text, at: usize) -> Option<char> {
    text.word_at(at).chars().next()
}
