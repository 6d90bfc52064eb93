//! Addresses that answers may go to.

/// The most bytes of an address.
const MOST_BYTES: usize = 500;

/// Says whether answers may go to an address: over TLS, or to this machine itself.
///
/// It has a host, perhaps a port and a path, and nothing else: no name or password, query or fragment, and no character that two
/// programs could read in two ways.
pub fn is_safe(url: &str) -> bool {
    let (rest, is_encrypted) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(rest), _) => (rest, true),
        (None, Some(rest)) => (rest, false),
        (None, None) => return false,
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let port_from = authority.rfind(':').filter(|at| *at > authority.rfind(']').unwrap_or(0)).unwrap_or(authority.len());
    let (host, port) = authority.split_at(port_from);
    let is_here = ["127.0.0.1", "localhost", "[::1]"].contains(&host);
    url.len() <= MOST_BYTES && (is_encrypted || is_here) && is_host(host) && is_port(port) && is_path(path)
}

fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        let characters = |c: char| c.is_ascii_alphanumeric() || c == '-';
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(characters)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let literal = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    match literal {
        Some(address) => address.contains(':') && address.chars().all(|c| c.is_ascii_hexdigit() || c == ':' || c == '.'),
        None => host.split('.').all(is_label),
    }
}

/// Says whether it is empty, or a colon and a port that one can connect to.
fn is_port(port: &str) -> bool {
    let digits = port.strip_prefix(':').filter(|digits| digits.chars().all(|c| c.is_ascii_digit()));
    port.is_empty() || digits.and_then(|digits| digits.parse::<u16>().ok()).is_some_and(|port| port > 0)
}

fn is_path(path: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
    path.chars().all(is_plain) && path.split('/').all(|segment| segment != "." && segment != "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_go_to_tls_or_to_this_machine_alone() {
        let safe = [
            "https://pulse.example.com",
            "https://pulse.example.com/",
            "https://pulse.example.com:8443/surveys/x",
            "https://192.0.2.7",
            "https://[2001:db8::7]:8443",
            "http://127.0.0.1:80",
            "http://localhost",
            "http://[::1]:8080/x",
        ];
        for url in safe {
            assert!(is_safe(url), "{url}");
        }
    }

    #[test]
    fn what_two_programs_could_read_in_two_ways_is_refused() {
        let refused = [
            "",
            "ftp://x",
            "HTTPS://pulse.example.com",
            "//pulse.example.com",
            "http://pulse.example.com",
            "http://127.0.0.1.example.com",
            "http://127.0.0.1@example.com",
            "http://127.0.0.1:80@example.com",
            "http://a@127.0.0.1",
            "http://localhost:80:80",
            "http://0177.0.0.1",
            "http://[::1].example.com",
            "http://[::1]x:80",
            "https://",
            "https:///x",
            "https://:443",
            "https://a..b",
            "https://-a.example.com",
            "https://pulse.example.com:",
            "https://pulse.example.com:0",
            "https://pulse.example.com:65536",
            "https://pulse.example.com:+80",
            "https://pulse.example.com?x",
            "https://pulse.example.com/?x",
            "https://pulse.example.com/#x",
            "https://pulse.example.com/a/../b",
            "https://pulse.example.com/%2e%2e/",
            "https://pulse.example.com\\@other.example.com",
            "https://pulse.example.com\\.other.example.com",
            "https://pulse.example.com /",
            "https://pulse.example.com\n",
            "https://pülse.example.com",
            "https://[2001:db8::7",
            "https://[pulse.example.com]",
        ];
        for url in refused {
            assert!(!is_safe(url), "{url}");
        }
        assert!(!is_safe(&format!("https://pulse.example.com/{}", "a".repeat(500))));
    }
}
