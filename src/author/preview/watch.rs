//! Notices that a file was saved, by its time, its length and its place on the disk, so that editors that write a new file and
//! rename it are noticed as well.
//!
//! It looks four times a second: a tool that an author has open while they write may wake up that often, and needs neither a
//! thread nor what each system offers for watching. A file that is being written is left alone until it has come to rest.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::author::files::{self, Candidate};

/// How often the file is looked at.
const PAUSE: Duration = Duration::from_millis(250);
/// How soon again while it is changing.
const REST: Duration = Duration::from_millis(50);

/// What the file's content is: its bytes, or why there are none.
pub(crate) type Content = Result<Vec<u8>, String>;

/// A file that is looked at from time to time.
#[derive(Debug)]
pub(crate) struct Watch {
    candidate: Candidate,
    /// What was read last.
    known: Option<Stamp>,
    /// What was there at the last look, where that isn't known yet.
    moving: Option<Option<Stamp>>,
    due: Instant,
}

/// What tells one state of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: (i64, i64),
    length: u64,
    place: (u64, u64),
}

impl Watch {
    /// Begins with reading the file.
    pub(crate) fn begin(path: PathBuf) -> (Self, Content) {
        let mut watch =
            Self { candidate: Candidate { path, is_named: true }, known: None, moving: None, due: Instant::now() + PAUSE };
        watch.known = watch.stamp();
        let content = watch.read();
        (watch, content)
    }

    /// Gives when to look next.
    pub(crate) fn due(&self) -> Instant {
        self.due
    }

    /// Looks, and gives the content where it is another one that has come to rest.
    pub(crate) fn look(&mut self) -> Option<Content> {
        let seen = self.stamp();
        let is_at_rest = self.moving.replace(seen) == Some(seen);
        if seen == self.known {
            self.moving = None;
        }
        self.due = Instant::now() + if self.moving.is_some() { REST } else { PAUSE };
        if self.moving.is_none() || !is_at_rest {
            return None;
        }
        (self.known, self.moving) = (seen, None);
        Some(self.read())
    }

    fn read(&self) -> Content {
        let bytes = files::read(&self.candidate).map_err(|error| error.to_string())?;
        Ok(bytes.unwrap_or_default())
    }

    /// Gives what is there; `None` where nothing is.
    fn stamp(&self) -> Option<Stamp> {
        let known = fs::metadata(&self.candidate.path).ok()?;
        let modified = (known.mtime(), known.mtime_nsec());
        Some(Stamp { modified, length: known.len(), place: (known.dev(), known.ino()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks until something has come to rest, at most a few times.
    fn settled(watch: &mut Watch) -> Option<Content> {
        (0..3).find_map(|_| watch.look())
    }

    #[test]
    fn every_way_to_save_is_noticed_once_and_only_at_rest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pulse.toml");
        fs::write(&path, "one").unwrap();
        let (mut watch, content) = Watch::begin(path.clone());
        assert_eq!(content, Ok(b"one".to_vec()));
        assert_eq!(settled(&mut watch), None);
        fs::write(&path, "longer").unwrap();
        assert_eq!(watch.look(), None, "it may still be being written");
        assert_eq!(settled(&mut watch), Some(Ok(b"longer".to_vec())));
        assert_eq!(settled(&mut watch), None);
        let other = folder.path().join("pulse.toml.new");
        fs::write(&other, "rename").unwrap();
        fs::rename(&other, &path).unwrap();
        assert_eq!(settled(&mut watch), Some(Ok(b"rename".to_vec())));
        fs::remove_file(&path).unwrap();
        assert!(settled(&mut watch).unwrap().is_err());
        assert_eq!(settled(&mut watch), None, "it is told once that it is gone");
        fs::write(&path, "back").unwrap();
        assert_eq!(settled(&mut watch), Some(Ok(b"back".to_vec())));
    }

    #[test]
    fn a_file_that_keeps_changing_is_read_when_it_stops() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pulse.toml");
        fs::write(&path, "").unwrap();
        let (mut watch, _) = Watch::begin(path.clone());
        for length in 1..5 {
            fs::write(&path, "x".repeat(length)).unwrap();
            assert_eq!(watch.look(), None);
        }
        assert_eq!(watch.look(), Some(Ok(b"xxxx".to_vec())));
    }
}
