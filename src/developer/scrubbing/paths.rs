//! Paths with the name of a person or of a machine: `/home/alice`, `C:\Users\alice`, `~alice`, `\\server\share`.

use super::run::{Run, is_boundary, is_ideographic, is_punctuation, lists};
use super::vocabulary::{AMOUNTS, NOBODY};
use super::{Finding, Kind};

/// The folders that hold a folder for each person.
const FOLDERS: [&str; 5] = ["/home/", "/Users/", r"\Users\", r"\\Users\\", ":/users/"];

pub(super) fn find(text: &str) -> Vec<Finding> {
    let folders = FOLDERS.iter().flat_map(|folder| text.match_indices(folder)).filter_map(|(at, folder)| home(text, at, folder));
    let tildes = text.match_indices('~').filter_map(|(at, _)| tilde(text, at));
    folders.chain(tildes).chain(text.match_indices(r"\\").filter_map(|(at, _)| share(text, at))).collect()
}

fn home(text: &str, at: usize, folder: &str) -> Option<Finding> {
    let separator = if folder.contains('\\') { '\\' } else { '/' };
    let before = text[..at].trim_end_matches(is_of_path);
    let drive = before.strip_suffix(':').filter(|rest| rest.ends_with(|c: char| c.is_ascii_alphabetic()));
    let start = match drive {
        Some(rest) if is_boundary(rest[..rest.len() - 1].chars().next_back()) => rest.len() - 1,
        _ => before.len(),
    };
    let name = Run::new(text, at + folder.len()..at + folder.len()).extended(is_of_path_part);
    let name = with_spaces(name, separator).unwrap_or(name);
    let person = name.trim_end(is_punctuation);
    let is_named = person.as_str().starts_with(char::is_alphanumeric);
    if !is_named || lists(NOBODY, &person.as_str().to_lowercase()) {
        return None;
    }
    let whole = Run { start, ..name }.extended(is_of_path).trim_end(is_punctuation);
    Some(Finding::new(whole.range(), Kind::Path))
}

/// Gives a name in two or three words, as Windows has them, where the path goes on behind it.
fn with_spaces(name: Run<'_>, separator: char) -> Option<Run<'_>> {
    let whole = name.extended(|c| is_of_path_part(c) || c == ' ');
    let words = whole.as_str().split(' ').collect::<Vec<_>>();
    let is_name = (2..4).contains(&words.len()) && words.iter().all(|word| word.starts_with(char::is_uppercase));
    (separator == '\\' && is_name && whole.after() == Some(separator)).then_some(whole)
}

fn tilde(text: &str, at: usize) -> Option<Finding> {
    let sign = Run::new(text, at..at + 1);
    let name =
        Run::new(text, at + 1..at + 1).extended(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.'));
    let name = name.trim_end(is_punctuation);
    let word = name.as_str();
    let begins = is_boundary(sign.before()) && !matches!(sign.before(), Some('~' | ')' | '-' | '.'));
    let is_name =
        (2..=32).contains(&word.len()) && word.starts_with(|c: char| c.is_ascii_lowercase()) && is_boundary(name.after());
    let is_amount = lists(AMOUNTS, word) || word.split('-').next().is_some_and(|first| lists(AMOUNTS, first));
    if !begins || !is_name || is_amount || lists(NOBODY, word) || name.after() == Some('~') {
        return None;
    }
    let whole = if name.after() == Some('/') { name.extended(is_of_path).trim_end(is_punctuation) } else { name };
    Some(Finding::new(at..whole.end, Kind::Path))
}

/// Finds a share of Windows, such as `\\files\team`.
fn share(text: &str, at: usize) -> Option<Finding> {
    let sign = Run::new(text, at..at + 2);
    let server = Run::new(text, at + 2..at + 2).extended(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let share = server.rest().strip_prefix('\\').is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()));
    let begins = is_boundary(sign.before()) && !matches!(sign.before(), Some('\\' | ':' | '/'));
    let is_server = server.as_str().len() > 1 && server.as_str().starts_with(|c: char| c.is_ascii_alphanumeric());
    let whole = server.extended(is_of_path).trim_end(is_punctuation);
    (begins && is_server && share).then(|| Finding::new(at..whole.end, Kind::Path))
}

fn is_of_path(character: char) -> bool {
    is_of_path_part(character) || matches!(character, '/' | '\\')
}

fn is_of_path_part(character: char) -> bool {
    let ends =
        character.is_whitespace() || is_ideographic(character) || matches!(character, '/' | '\\' | ':' | ',' | ';' | '=' | '|');
    let quotes =
        matches!(character, '"' | '\'' | '`' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '“' | '”' | '„' | '«' | '»' | '…');
    !ends && !quotes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_with_a_name_are_found_whole_and_those_of_nobody_are_not() {
        for (text, found) in [
            ("in /home/alice/src/app, see", "/home/alice/src/app"),
            ("open '/Users/alice.k'", "/Users/alice.k"),
            (r"C:\Users\alice\AppData\x.log.", r"C:\Users\alice\AppData\x.log"),
            (r"C:\Users\Alice Smith\x.log", r"C:\Users\Alice Smith\x.log"),
            (r"c:\\Users\\alice\\x", r"c:\\Users\\alice\\x"),
            ("/mnt/c/Users/alice", "/mnt/c/Users/alice"),
            ("パスは/home/tanaka/appです", "/home/tanaka/app"),
            ("HOME=/var/home/alice:", "/var/home/alice"),
            ("cd ~alice/src.", "~alice/src"),
            ("(~bob)", "~bob"),
            (r"on \\files-01\team\x.docx", r"\\files-01\team\x.docx"),
        ] {
            let ranges: Vec<_> = find(text).into_iter().map(|finding| &text[finding.range]).collect();
            assert_eq!(ranges.first(), Some(&found), "{text}");
        }
        for text in [
            "~/src",
            "~30%",
            "~5 min",
            "~half of it",
            "~two-thirds",
            "/home/runner/work",
            "/Users/Shared",
            r"C:\Users\Public\x",
            "/home/$USER",
            "/home/<you>",
            "~~done~~",
            "a~b",
            r"\d+\\w",
            r"\\n",
            "/users/42",
            "/homes/alice",
            "~ten",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
