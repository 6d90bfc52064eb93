//! Which files an author means, and what stands in them.
//!
//! A file that is named is always meant. In a folder only those are that look like surveys: other tools keep TOML too.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

use crate::survey::SurveyId;
use crate::survey::parse::{self, MOST_BYTES};

/// A file that may be a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The file's path.
    pub(super) path: PathBuf,
    /// Whether it was named itself, rather than only found in a folder.
    pub(super) is_named: bool,
}

/// A path that can't be read, and why.
pub(super) type Unread = (PathBuf, io::Error);

/// Gives the files of these paths in order, each once, and the folders that can't be read.
pub(super) fn candidates(paths: &[PathBuf]) -> (Vec<Candidate>, Vec<Unread>) {
    let (mut found, mut unread) = (Vec::new(), Vec::new());
    for path in paths {
        if fs::metadata(path).is_ok_and(|known| known.is_dir()) {
            walk(path, &mut found, &mut unread);
        } else {
            found.push(Candidate { path: locked_by(path).unwrap_or_else(|| path.clone()), is_named: true });
        }
    }
    (each_once(found), unread)
}

/// Leaves each file where it came first; one that is named anywhere is named.
fn each_once(mut found: Vec<Candidate>) -> Vec<Candidate> {
    let named: BTreeSet<PathBuf> = found.iter().filter(|it| it.is_named).map(|it| plain(&it.path)).collect();
    let mut seen = BTreeSet::new();
    found.retain(|candidate| seen.insert(plain(&candidate.path)));
    found.iter_mut().for_each(|candidate| candidate.is_named = named.contains(&plain(&candidate.path)));
    found
}

/// Gives the survey whose lock a path names, as `*.toml` does too; `None` where there is no such survey.
fn locked_by(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?.strip_suffix(".lock.toml").filter(|name| !name.is_empty())?;
    Some(path.with_file_name(format!("{name}.toml"))).filter(|survey| survey.is_file())
}

/// Gives the path as a person would write it, without a `./` in front.
pub(super) fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != std::path::Component::CurDir).collect()
}

/// Reads a candidate; `None` stands for a file of a folder that is no survey.
pub(super) fn read(candidate: &Candidate) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    // A pipe without a writer would never end.
    if fs::metadata(&candidate.path)?.file_type().is_fifo() {
        return Err(io::Error::other("it is a pipe, not a file"));
    }
    // One byte more than a survey may have tells that there are more.
    File::open(&candidate.path)?.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok((candidate.is_named || looks_like_a_survey(&bytes)).then_some(bytes))
}

/// Gives the ids of the surveys in a folder itself, as far as their files can be read.
pub(super) fn ids(folder: &Path) -> BTreeSet<SurveyId> {
    let paths = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let surveys = paths.filter(|path| is_named_like_a_survey(&path.to_string_lossy()) && path.is_file());
    let texts = surveys.filter_map(|path| read(&Candidate { path, is_named: false }).ok()?);
    texts.filter_map(|bytes| parse::id(&String::from_utf8(bytes).ok()?)).collect()
}

/// Says whether a TOML file has what only surveys have: an `id` above all tables, or a question.
///
/// The file may be broken, so its lines are looked at and not its tables.
pub(super) fn looks_like_a_survey(bytes: &[u8]) -> bool {
    let mut is_top = true;
    for line in bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes).split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        if line.starts_with(b"[") {
            is_top = false;
            let header = line.iter().copied().filter(|byte| !b"\"' \t".contains(byte)).take_while(|byte| *byte != b'#');
            // The misspelt header is told by the parser, and would never be if the file were passed by.
            if header.clone().eq(*b"[[question]]") || header.eq(*b"[[questions]]") {
                return true;
            }
        } else if is_top && ["id", "question"].iter().any(|key| sets(line, key)) {
            return true;
        }
    }
    false
}

/// Says whether a line gives a key a value, in quotes or without.
fn sets(line: &[u8], key: &str) -> bool {
    let Some(equals) = line.iter().position(|byte| *byte == b'=') else { return false };
    let written = line[..equals].trim_ascii();
    let bare = |quote: &[u8]| written.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) == Some(key.as_bytes());
    written == key.as_bytes() || bare(b"\"") || bare(b"'")
}

/// Looks through a folder, first its files and then its folders, each by name; links to folders aren't followed.
fn walk(folder: &Path, found: &mut Vec<Candidate>, unread: &mut Vec<Unread>) {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => return unread.push((folder.to_owned(), error)),
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut folders = Vec::new();
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => folders.push(entry.path()),
            Ok(kind) if is_named_like_a_survey(&name) && (kind.is_file() || links_to_a_file(&kind, &entry.path())) => {
                found.push(Candidate { path: entry.path(), is_named: false });
            }
            _ => {}
        }
    }
    folders.iter().for_each(|folder| walk(folder, found, unread));
}

fn is_named_like_a_survey(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".toml") && !name.ends_with(".lock.toml")
}

fn links_to_a_file(kind: &fs::FileType, path: &Path) -> bool {
    kind.is_symlink() && fs::metadata(path).is_ok_and(|known| known.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surveys_are_told_from_other_toml_even_when_they_are_broken() {
        let surveys = [
            "id = \"pulse\"",
            "\u{FEFF}# A survey\r\n\r\n  'id' = \"pulse\"\r\n",
            "title = \"x\n[[question]]",
            "\"id\"=1",
            "question = [{",
            " [[ question ]] # first",
            "title = \"Pulse\"\n[[questions]]",
        ];
        let others = [
            "",
            "[package]\nname = \"x\"\nid = \"y\"",
            "[[bin]]\nname = \"question\"",
            "ids = [1]",
            "# id = \"pulse\"",
            "[question]\ntext = \"Why?\"",
            "identity = \"me\"",
        ];
        for (texts, is_survey) in [(&surveys[..], true), (&others[..], false)] {
            for text in texts {
                assert_eq!(looks_like_a_survey(text.as_bytes()), is_survey, "{text:?}");
            }
        }
    }

    #[test]
    fn a_file_named_twice_is_one() {
        let paths = ["a.toml", "./a.toml", "x/./b.toml", "x/b.toml"].map(PathBuf::from);
        let found: Vec<_> = candidates(&paths).0.into_iter().map(|candidate| candidate.path).collect();
        assert_eq!(found, ["a.toml", "x/./b.toml"].map(PathBuf::from));
    }
}
