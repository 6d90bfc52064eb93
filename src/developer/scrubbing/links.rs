//! Links: with a scheme, and remotes of git such as `git@host:team/code.git`. One to a public site stays, unless its path or its
//! password says whose it is.

use super::hosts::is_public;
use super::reach::{ended, is_of_link};
use super::run::{Run, is_boundary, is_punctuation, lists};
use super::vocabulary::{HOSTING, NO_SCHEMES};
use super::{Finding, Kind};

pub(super) fn find(text: &str) -> Vec<Finding> {
    let links = text.match_indices("://").filter_map(|(at, _)| link(text, at));
    links.chain(text.match_indices(':').filter_map(|(at, _)| remote(text, at))).collect()
}

fn link(text: &str, at: usize) -> Option<Finding> {
    let start = text[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.' | ':')).len();
    let scheme = Run::new(text, start..at).trim_start(|c| !c.is_ascii_alphabetic());
    let authority = Run::new(text, at + 3..at + 3).extended(|c| is_of_link(c) && !matches!(c, '/' | '?' | '#'));
    let whole = ended(Run::new(text, scheme.start..at + 3).extended(is_of_link));
    let (user, host) = authority.as_str().rsplit_once('@').unwrap_or(("", authority.as_str()));
    let host = host.trim_end_matches(is_punctuation);
    let host = host.strip_prefix('[').map_or_else(|| host.split(':').next().unwrap_or_default(), |six| six.trim_end_matches(']'));
    let is_named = !scheme.as_str().is_empty() && host.starts_with(|c: char| c.is_alphanumeric());
    if !is_named || lists(NO_SCHEMES, &scheme.as_str().to_ascii_lowercase()) {
        return None;
    }
    let path = whole.as_str().get(authority.end - whole.start..).unwrap_or_default();
    let tells = user.contains(':') || !(is_own(host) || is_harmless(host, path));
    tells.then(|| Finding::new(whole.range(), Kind::Link))
}

/// Says whether a host is the machine itself, or stands for any.
fn is_own(host: &str) -> bool {
    host == "localhost" || host == "::1" || host == "0.0.0.0" || host.starts_with("127.") || host.ends_with(".localhost")
}

/// Says whether a public site is linked to without saying whose page it is.
fn is_harmless(host: &str, path: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let site = host.strip_prefix("www.").unwrap_or(&host);
    is_public(&host) && (!lists(HOSTING, site) || path.trim_matches('/').is_empty())
}

/// Finds a remote as git and scp write it.
fn remote(text: &str, at: usize) -> Option<Finding> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let start = text[..at].trim_end_matches(|c: char| is_part(c) || c == '@').len();
    let before = Run::new(text, start..at);
    let (user, host) = before.as_str().split_once('@')?;
    let whole = ended(Run::new(text, start..at + 1).extended(|c| is_part(c) || matches!(c, '/' | '~')));
    let path = whole.as_str().get(before.as_str().len() + 1..).unwrap_or_default();
    let is_path = path.contains('/') || path.ends_with(".git");
    let is_remote =
        !user.is_empty() && host.starts_with(|c: char| c.is_ascii_alphanumeric()) && is_path && is_boundary(before.before());
    is_remote.then(|| Finding::new(whole.range(), Kind::Link))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_end_with_themselves_and_those_to_public_sites_stay() {
        for (text, found) in [
            ("see https://wiki.acme.example/x(1), please", "https://wiki.acme.example/x(1)"),
            ("(http://jenkins:8080/job/a).", "http://jenkins:8080/job/a"),
            ("postgres://app:hunter2@db.acme.example:5432/app", "postgres://app:hunter2@db.acme.example:5432/app"),
            ("http://u:p@localhost/", "http://u:p@localhost/"),
            ("jdbc:postgresql://db-1/app", "jdbc:postgresql://db-1/app"),
            ("https://github.com/acme/platform/pull/7", "https://github.com/acme/platform/pull/7"),
            ("git clone git@github.com:acme/platform.git again", "git@github.com:acme/platform.git"),
            ("scp alice@build-7:logs/a.txt .", "alice@build-7:logs/a.txt"),
            ("手順はhttps://wiki.acme.example/設計を見て", "https://wiki.acme.example/"),
            ("http://[fd12::1]:80/x", "http://[fd12::1]:80/x"),
        ] {
            let ranges: Vec<_> = find(text).into_iter().map(|finding| &text[finding.range]).collect();
            assert_eq!(ranges.first(), Some(&found), "{text}");
        }
        for text in [
            "http://localhost:3000/a",
            "https://127.0.0.1/",
            "https://docs.rs/serde",
            "https://developer.mozilla.org/en-US/docs/Web",
            "https://github.com",
            "https://",
            "file:///etc/hosts",
            "http://$HOST/x",
            "https://<host>/x",
            "a://",
            "std::vec",
            "alice@example.com: hi",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
