//! Secrets that stand behind their name: `password=…`, `token: …`, `Bearer …`, `--password …`. The value alone is what was found.

use super::run::{Run, is_boundary, is_ideographic, is_punctuation, lists};
use super::vocabulary::{NO_SECRETS, SECRETS, TECHNIQUES};
use super::{Finding, Kind};

/// How surely what stands behind a name is its value.
#[derive(Clone, Copy, PartialEq)]
enum Tie {
    /// As in code: any value counts.
    Tight,
    /// As in a sentence: the value must look like a secret.
    Loose,
}

pub(super) fn find(text: &str) -> Vec<Finding> {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<Finding> = Vec::new();
    for name in SECRETS.iter().filter(|name| lower.contains(**name)) {
        found.extend(lower.match_indices(name).filter_map(|(at, _)| named(text, at..at + name.len())));
    }
    for scheme in ["bearer ", "basic "] {
        found.extend(lower.match_indices(scheme).filter_map(|(at, _)| credentials(text, at + scheme.len())));
    }
    found.extend(lower.match_indices(" -u ").filter_map(|(at, flag)| login(text, at + flag.len())));
    found
}

/// Finds the value behind the name of a secret, whose name may be a part of a longer one such as `AWS_SECRET_ACCESS_KEY`.
fn named(text: &str, name: std::ops::Range<usize>) -> Option<Finding> {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let name = Run::new(text, name);
    let flag = text[..name.start].trim_end_matches(is_of_name).len();
    let is_flag = text[flag..name.start].starts_with("--") || text[..name.start].ends_with("--");
    let suffix = Run::new(text, name.end..name.end).extended(is_of_name);
    if suffix.as_str().starts_with(|c: char| c.is_ascii_lowercase()) && suffix.as_str() != "s" {
        return None;
    }
    // `pass` is a word of its own: only an identifier's end or a sign behind it makes it a name.
    let (value, tie) = behind(Run { start: flag, ..suffix }, is_flag)?;
    let is_bare = name.as_str().eq_ignore_ascii_case("pass") && tie == Tie::Loose;
    let is_secret = match tie {
        Tie::Tight => is_value(value.as_str()),
        Tie::Loose => is_value(value.as_str()) && looks_secret(value.as_str()),
    };
    (is_secret && !is_bare && !is_called(value)).then(|| Finding::new(value.range(), Kind::Secret))
}

/// Gives the value that stands behind a name, and how surely it is that.
fn behind(name: Run<'_>, is_flag: bool) -> Option<(Run<'_>, Tie)> {
    let rest = name.rest();
    let (quote, closed) = rest.strip_prefix(['"', '\'', '`']).map_or(("", rest), |closed| (&rest[..1], closed));
    let spaced = closed.trim_start_matches(' ');
    let gap = closed.len() - spaced.len();
    let signs =
        [("=>", Tie::Tight), (":=", Tie::Tight), ("==", Tie::Loose), ("=", Tie::Tight), (":", Tie::Tight), ("：", Tie::Loose)];
    let words = [
        ("is ", Tie::Loose),
        ("was ", Tie::Loose),
        ("ist ", Tie::Loose),
        ("war ", Tie::Loose),
        ("lautet ", Tie::Loose),
        ("は", Tie::Loose),
        ("が", Tie::Loose),
    ];
    let sign = signs.into_iter().chain(words).find(|(sign, _)| spaced.starts_with(sign));
    let (sign, tie) = match sign {
        // A comparison, and the path of a name in Rust or C++.
        Some(("==", _)) => return None,
        Some((":", _)) if spaced.starts_with("::") => return None,
        Some(sign) => sign,
        None if is_flag && gap > 0 && quote.is_empty() && !spaced.starts_with('-') => ("", Tie::Tight),
        // A word right behind it may be the value itself, as in `password hunter2`.
        None if gap > 0 && spaced.starts_with(|c: char| c.is_alphanumeric()) => ("", Tie::Loose),
        None => return None,
    };
    let after = &spaced[sign.len()..];
    let value = after.trim_start_matches([' ', '\u{3000}']);
    let start = name.text.len() - value.len();
    let is_apart = gap > 0 || value.len() < after.len();
    let quoted = value.strip_prefix(['"', '\'', '`', '“', '「']).map(|inner| (value.len() - inner.len(), inner));
    let run = match quoted {
        Some((opening, inner)) => {
            let end = inner.find(['"', '\'', '`', '”', '」', '\n']).unwrap_or(inner.len());
            Run::new(name.text, start + opening..start + opening + end)
        }
        None => {
            Run::new(name.text, start..start).extended(is_of_value).trim_end(|c| is_punctuation(c) && !matches!(c, '_' | '!'))
        }
    };
    let tie = if tie == Tie::Tight && is_apart && quoted.is_none() && !is_flag { Tie::Loose } else { tie };
    Some((run, tie))
}

fn is_of_value(character: char) -> bool {
    !(character.is_whitespace()
        || is_ideographic(character)
        || matches!(character, ',' | ';' | '"' | '\'' | '`' | '&' | '”' | '“'))
}

/// Says whether a value is none that stands for another, such as `<token>`, `$TOKEN` or `***`.
fn is_value(value: &str) -> bool {
    let lower = value.to_lowercase();
    let is_mask = value.chars().all(|c| matches!(c, '.' | '*' | 'x' | 'X' | '…' | '-' | '_' | '•'));
    let is_filled_in =
        value.starts_with(['<', '{', '$', '%', '[', '(', '/', '@']) || lower.starts_with("your") || lower.starts_with("env.");
    value.chars().count() > 2
        && !is_mask
        && !is_filled_in
        && !lists(NO_SECRETS, &lower)
        && !value.contains("://")
        && !value.contains("::")
}

/// Says whether a word of a sentence looks like a secret: letters with digits or signs, and no word of technique.
fn looks_secret(value: &str) -> bool {
    let lower = value.to_lowercase();
    let has = |is_kind: fn(char) -> bool| value.chars().any(is_kind);
    let has_sign = value.chars().any(|c| matches!(c, '!' | '#' | '$' | '%' | '^' | '&' | '+' | '=' | '?' | '@'));
    let is_mixed = has(|c| c.is_ascii_digit()) || has_sign;
    let is_amount =
        value.starts_with(|c: char| c.is_ascii_digit()) && !has(|c| c.is_ascii_uppercase()) && !has_sign && value.len() < 10;
    let is_technique = lower.split(['-', '_', '/', '(', '.']).next().is_some_and(|first| lists(TECHNIQUES, first))
        || TECHNIQUES.split(' ').any(|word| lower.starts_with(word) && lower[word.len()..].starts_with('-'));
    value.len() > 5 && has(char::is_alphabetic) && is_mixed && !is_amount && !is_technique && !is_dated(&lower)
}

/// Says whether a word is a name with a version, such as `keycloak-24.0.1`.
fn is_dated(lower: &str) -> bool {
    let digits = lower.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '-' || c == '_');
    let is_version = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    lower.contains(['-', '_']) && lower.starts_with(|c: char| c.is_ascii_lowercase()) && digits.chars().all(is_version)
}

fn is_called(value: Run<'_>) -> bool {
    value.as_str().contains('(') || value.after() == Some('(')
}

/// Finds what stands behind `Bearer` or `Basic` in a header.
fn credentials(text: &str, at: usize) -> Option<Finding> {
    let run = Run::new(text, at..at).extended(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '+' | '/' | '='));
    let run = run.trim_end(|c| c == '.');
    let word = run.as_str();
    let is_mixed = word.bytes().any(|byte| byte.is_ascii_digit()) || word.ends_with('=');
    (word.len() > 11 && is_mixed).then(|| Finding::new(run.range(), Kind::Secret))
}

/// Finds `name:password` behind the flag `-u`.
fn login(text: &str, at: usize) -> Option<Finding> {
    let run = Run::new(text, at..at).extended(is_of_value).trim_end(is_punctuation);
    let (name, password) = run.as_str().split_once(':')?;
    (is_boundary(run.before()) && name.len() > 1 && is_value(password)).then(|| Finding::new(run.range(), Kind::Secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_behind_their_names_and_talk_of_secrets_is_not() {
        for (text, found) in [
            ("password=hunter2, then", "hunter2"),
            ("DB_PASSWORD='correct horse'", "correct horse"),
            ("\"api_key\": \"a8f5\"", "a8f5"),
            ("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG", "wJalrXUtnFEMI/K7MDENG"),
            ("my password is Summer2024!.", "Summer2024!"),
            ("Das Passwort lautet geheim#77.", "geheim#77"),
            ("パスワードはHanako2024です", "Hanako2024"),
            ("--token abcdef again", "abcdef"),
            ("Authorization: Bearer abcdef1234567890", "abcdef1234567890"),
            ("curl -u alice:hunter2 host", "alice:hunter2"),
            ("clientSecret = \"x-y\"", "x-y"),
            ("password hunter2", "hunter2"),
        ] {
            let ranges: Vec<_> = find(text).into_iter().map(|finding| &text[finding.range]).collect();
            assert_eq!(ranges.first(), Some(&found), "{text}");
        }
        for text in [
            "password: it expires every 30 days",
            "the token is expired",
            "the password is base64-encoded",
            "token == null",
            "secrets are rotated",
            "password=***",
            "token=<your token>",
            "TOKEN=$GITHUB_TOKEN",
            "password = getPassword()",
            "token=null",
            "passwordless login",
            "tokenizer=bpe",
            "the secret is keycloak-24.0.1",
            "a token of 32 bytes",
            "bearer tokens expire",
            "tests pass 100%",
            "the password is at least 12 characters",
            "password rotation every 90days",
            "Token-Ablauf: 15min",
            "token: oauth2",
            "pass: 12, fail: 3",
            "passes in 3min2s",
            "SecretKey::new",
            "**Token boundaries.** Prefix",
            "NSecret => EncappedKey::SharedSecretSize",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
