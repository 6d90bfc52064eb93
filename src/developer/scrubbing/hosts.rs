//! Names of machines: whole names with dots, the short ones of internal machines, and who is logged in where.

use super::reach::reach;
use super::run::{Run, is_boundary, lists, runs};
use super::vocabulary::{
    AMBIGUOUS, CUE_FILLERS, CUES, INTERNAL, INTERNAL_LONG, MODERN, NO_HOSTS, PACKAGES, PLACES, PUBLIC, PUBLIC_PARTS, ROLES,
    SERVERS, SUFFIXES,
};
use super::{Finding, Kind};

pub(super) fn find(text: &str) -> Vec<Finding> {
    let names = runs(text, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    names.filter_map(|name| full(name).or_else(|| short(name))).collect()
}

/// Finds a name with dots; with a path behind it, it is a link.
fn full(run: Run<'_>) -> Option<Finding> {
    let name = run.trim_end(|c| matches!(c, '.' | '-')).trim_start(|c| c == '-');
    let stands_alone =
        is_boundary(name.before()) && !matches!(name.before(), Some('/' | '\\' | '@' | '#' | '$' | '~' | '%' | '-'));
    let is_called = matches!(name.after(), Some('(' | '_'));
    if !stands_alone || is_called || run.as_str().starts_with('.') {
        return None;
    }
    let (whole, goes_on) = reach(name);
    let kind = if goes_on { Kind::Link } else { Kind::Host };
    is_host(name.as_str()).then(|| Finding::new(whole.range(), kind))
}

/// Says whether a name with dots is that of a host which tells of whoever names it.
pub(super) fn is_host(name: &str) -> bool {
    let labels: Vec<&str> = name.split('.').collect();
    let (count, first, last) = (labels.len(), labels[0], labels[labels.len() - 1]);
    let is_word = |label: &&str| !label.is_empty() && label.len() < 64 && !label.starts_with('-') && !label.ends_with('-');
    let is_upper = |at: usize, c: char| at > 0 && c.is_ascii_uppercase();
    let is_plain = labels.iter().all(is_word) && !name.char_indices().any(|(at, c)| is_upper(at, c));
    if count < 2 || !is_plain || !last.bytes().all(|byte| byte.is_ascii_alphabetic()) || is_public(name) {
        return false;
    }
    let first = first.to_ascii_lowercase();
    if count > 2 && lists(PACKAGES, &first) {
        return false;
    }
    let is_named = labels[..count - 1].iter().any(|label| is_of_a_server(&label.to_ascii_lowercase()));
    match last {
        last if lists(INTERNAL, last) => count > 2 || !lists(NO_HOSTS, &first),
        last if lists(INTERNAL_LONG, last) => count > 2 && is_named,
        last if lists(SUFFIXES, last) => !lists(NO_HOSTS, &first) || count > 2,
        last if lists(MODERN, last) => count > 2 || (is_apart(&first) && !lists(NO_HOSTS, &first)),
        last if lists(AMBIGUOUS, last) => count > 2 && is_named && !lists(NO_HOSTS, &first),
        _ => count > 3 && labels.iter().any(|label| lists(INTERNAL, label)),
    }
}

/// Says whether a site is public, so that naming it tells of nobody.
pub(super) fn is_public(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let under = name.split_once('.').filter(|(part, _)| lists(PUBLIC_PARTS, part)).map(|(_, site)| site);
    lists(PUBLIC, &name) || under.is_some_and(|site| lists(PUBLIC, site))
}

/// Says whether a part of a name is what a server is called.
fn is_of_a_server(label: &str) -> bool {
    is_apart(label) || lists(SERVERS, label)
}

/// Says whether a part of a name has a hyphen or a digit as machines have.
fn is_apart(label: &str) -> bool {
    label.contains('-') || label.ends_with(|c: char| c.is_ascii_digit())
}

/// Finds the short name of a machine such as `prod-db-01`, or `build-7` behind a word for a machine.
fn short(run: Run<'_>) -> Option<Finding> {
    let name = run.trim_end(|c| matches!(c, '.' | '-'));
    let word = name.as_str();
    let is_whole = is_boundary(name.before()) && !matches!(name.before(), Some('/' | '\\' | '#' | '$' | '~' | '%' | '-' | '.'));
    let ends = is_boundary(name.after()) && !matches!(name.after(), Some('/' | '=' | '(' | '\\'));
    if !is_whole || !ends || word.contains('.') {
        return None;
    }
    let user = user(name);
    let is_found = match machine(word) {
        Machine::Surely => true,
        Machine::Maybe => user.is_some() || has_port(name) || is_told_of(name, CUES),
        Machine::WithRole => user.is_some() || has_port(name) || is_told_of(name, CUES) || is_told_of(name, PLACES),
        Machine::No => false,
    };
    let start = user.map_or(name.start, |user| user.start);
    let end = reach(name).0.end;
    (is_found && (name.before() != Some('@') || user.is_some())).then(|| Finding::new(start..end, Kind::Host))
}

/// Gives who is logged in, as in `alice@build-7`.
fn user(name: Run<'_>) -> Option<Run<'_>> {
    let before = name.text[..name.start].strip_suffix('@')?;
    let start = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')).len();
    let user = Run::new(name.text, start..before.len());
    (!user.as_str().is_empty() && is_boundary(user.before())).then_some(user)
}

/// Says whether one of these words stands before a name, with at most such words between as `into` and `the`.
fn is_told_of(name: Run<'_>, words: &str) -> bool {
    let mut before = name.words_before().take(3).skip_while(|word| lists(CUE_FILLERS, word));
    let nearest = name.words_before().next();
    before.next().is_some_and(|word| lists(words, &word)) || nearest.is_some_and(|word| lists(words, &word))
}

fn has_port(name: Run<'_>) -> bool {
    let port = name.rest().strip_prefix(':').unwrap_or_default();
    let digits = port.bytes().take_while(u8::is_ascii_digit).count();
    (4..=5).contains(&digits) && is_boundary(port[digits..].chars().next())
}

/// How much a word looks like the name of a machine.
enum Machine {
    No,
    /// It ends in a number.
    Maybe,
    /// It says besides what the machine is for.
    WithRole,
    Surely,
}

fn machine(word: &str) -> Machine {
    let lower = word.to_ascii_lowercase();
    let parts: Vec<&str> = lower.split('-').collect();
    let number = parts.last().map_or("", |last| last.trim_start_matches(|c: char| c.is_ascii_alphabetic()));
    let is_numbered = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = lower.starts_with(|c: char| c.is_ascii_alphabetic()) && !parts.contains(&"");
    if !is_numbered || !is_word {
        return Machine::No;
    }
    let roles = parts.iter().filter(|part| lists(ROLES, part.trim_end_matches(|c: char| c.is_ascii_digit()))).count();
    let is_joined = parts.len() == 1 && lower.starts_with("srv") && number.len() > 1;
    match (parts.len(), roles) {
        (3.., 1..) | (2, 2..) => Machine::Surely,
        _ if is_joined => Machine::Surely,
        (_, 1..) => Machine::WithRole,
        (2.., 0) => Machine::Maybe,
        _ => Machine::No,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|finding| &text[finding.range]).collect()
    }

    #[test]
    fn hosts_are_found_with_their_ports_and_paths() {
        for (text, hosts) in [
            ("build-7.corp.example.internal is slow.", "build-7.corp.example.internal"),
            ("Grafana.corp.internal", "Grafana.corp.internal"),
            ("jenkins.acme.de:8080,", "jenkins.acme.de:8080"),
            ("wiki.acme.example/display/TEAM?x=1.", "wiki.acme.example/display/TEAM?x=1"),
            ("acme.atlassian.net", "acme.atlassian.net"),
            ("payments.prod.svc.cluster.local", "payments.prod.svc.cluster.local"),
            ("grafana.acme.io", "grafana.acme.io"),
            ("サーバーはbuild-7.corp.example.comです", "build-7.corp.example.com"),
            ("prod-db-01 again", "prod-db-01"),
            ("ssh build-7", "build-7"),
            ("ip-10-0-3-17", "ip-10-0-3-17"),
            ("alice@build-7:", "alice@build-7"),
            ("srv042", "srv042"),
            ("build-7:8080 hangs", "build-7:8080"),
        ] {
            assert_eq!(found(text), [hosts], "{text}");
        }
    }

    #[test]
    fn files_members_packages_products_and_abbreviations_are_none() {
        for text in [
            "Node.js",
            "e.g.",
            "i.e. this",
            "z.B.",
            "README.md",
            "main.rs",
            "docker-compose.yml",
            "run.sh",
            "main.py",
            "index.pl",
            "package.json",
            "app.module.ts",
            "System.out.println",
            "os.path.join",
            "com.example.payments",
            "logger.info",
            "user.name",
            ".env.local",
            "settings.local",
            "socket.io",
            "crates.io",
            "docs.rs",
            "github.com",
            "docs.github.com",
            "ASP.NET",
            "asp.net",
            "v1.2.3",
            "1.2.3",
            "build-7",
            "feature-2",
            "utf-8",
            "step-1",
            "x86-64",
            "gpt-4",
            "sha-256",
            "python3",
            "Java17",
            "localhost:3000",
            "app.use(express.json())",
            "config.app",
            "it.each",
            "redis:6379",
            "node:20",
            "std.net",
            "Auth0.com",
            "log4j-2",
            "k8s",
        ] {
            let expected: &[&str] = if text == "std.net" { &["std.net"] } else { &[] };
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
