//! People as tools know them: `@alice`, and `CORP\alice` in Windows.

use super::run::{Run, is_boundary, is_ideographic, lists};
use super::vocabulary::{ANNOTATIONS, DECORATORS, HIVES};
use super::{Finding, Kind};

/// The most characters of a handle.
const LONGEST: usize = 40;

pub(super) fn find(text: &str) -> Vec<Finding> {
    let handles = text.match_indices('@').filter_map(|(at, _)| handle(text, at));
    handles.chain(text.match_indices('\\').filter_map(|(at, _)| account(text, at))).collect()
}

fn handle(text: &str, at: usize) -> Option<Finding> {
    let sign = Run::new(text, at..at + 1);
    // In code spans stand annotations, and behind a word or a slash packages with versions.
    let begins =
        sign.before().is_none_or(|c| is_boundary(Some(c)) && !matches!(c, '/' | '.' | '-' | '`' | '@' | '\\' | ')' | ']' | '='));
    let name = Run::new(text, at + 1..at + 1).extended(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
    let name = name.trim_end(|c| matches!(c, '.' | '_' | '-'));
    let word = name.as_str();
    let is_name = word.starts_with(|c: char| c.is_ascii_alphabetic()) && (2..=LONGEST).contains(&word.len());
    // A scope of packages goes on with a slash, a decorator with its arguments.
    let goes_on = name.after().is_some_and(|c| matches!(c, '/' | '(' | '`' | ':' | '@') && !is_end_of_clause(name));
    let is_letters = name.after().is_none_or(|c| is_ideographic(c) || !c.is_alphanumeric());
    let known = begins && is_name && !goes_on && is_letters && !is_of_code(word);
    known.then(|| Finding::new(at..name.end, Kind::Handle))
}

/// Says whether a colon behind a name ends the clause, as in `@alice: thanks`.
fn is_end_of_clause(name: Run<'_>) -> bool {
    name.rest().strip_prefix(':').is_some_and(|rest| rest.starts_with(char::is_whitespace) || rest.is_empty())
}

/// Says whether a word behind `@` is an annotation, a decorator, a version or everyone.
fn is_of_code(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let first = lower.split('.').next().unwrap_or_default();
    let number = lower.strip_prefix('v').unwrap_or(&lower);
    let is_version = number.starts_with(|c: char| c.is_ascii_digit());
    lists(ANNOTATIONS, &lower) || lists(DECORATORS, first) || lower.starts_with("ts-") || is_version
}

/// Finds an account of a Windows domain, such as `CORP\alice`.
fn account(text: &str, at: usize) -> Option<Finding> {
    let domain = text[..at].trim_end_matches(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-').len()..at;
    let domain = Run::new(text, domain);
    let name = Run::new(text, at + 1..at + 1).extended(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
    let name = name.trim_end(|c| matches!(c, '.' | '_' | '-'));
    let is_domain = domain.as_str().len() >= 2 && domain.as_str().starts_with(|c: char| c.is_ascii_uppercase());
    let is_name = name.as_str().len() >= 3 && name.as_str().starts_with(|c: char| c.is_ascii_lowercase());
    let is_alone = is_boundary(domain.before()) && !matches!(domain.before(), Some('\\' | '$')) && name.after() != Some('\\');
    (is_domain && is_name && is_alone && !lists(HIVES, domain.as_str()))
        .then(|| Finding::new(domain.start..name.end, Kind::Handle))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        runs_of(text, find(text))
    }

    fn runs_of(text: &str, findings: Vec<Finding>) -> Vec<&str> {
        findings.into_iter().map(|finding| &text[finding.range]).collect()
    }

    #[test]
    fn handles_are_found_and_annotations_packages_and_versions_are_not() {
        assert_eq!(found("@alice, (@bob-k) and @carol.s: thanks. cc @dave_01."), ["@alice", "@bob-k", "@carol.s", "@dave_01"]);
        assert_eq!(found("レビューは@suzukiさんが"), ["@suzuki"]);
        for text in [
            "@Override breaks",
            "@Autowired",
            "@pytest.fixture",
            "@app.route(\"/\")",
            "@cached(ttl=5)",
            "@types/node",
            "checkout@v4",
            "@latest",
            "@media queries",
            "`@memo`",
            "alice@example.com",
            "@ts-ignore",
            "@here",
            "a@b",
            "@",
            "@ noon",
            "@5pm",
            "//@ts-nocheck",
            "contains=@rule",
            "[a]@b2",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn accounts_of_a_domain_are_found_and_escapes_are_not() {
        assert_eq!(found(r"log in as CORP\alice.k, not EU-01\svc_build"), [r"CORP\alice.k", r"EU-01\svc_build"]);
        for text in [r"HKLM\software", r"CRLF\n", r"C:\users", r"A\\bcd", r"FOO\bar\baz", r"$HOME\vimfiles", r"Foo\bar"] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
