//! Changing one key of the user's file: comments and order stay, and a reader never sees half a file.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use rustix::fs::FlockOperation;
use toml_edit::{DocumentMut, Item, Value};

use super::check;
use super::environment::Environment;
use super::file;
use super::key::{Key, Raw};
use super::places::Places;
use super::problem::{Invalid, Problem, Refusal};
use super::settings::{Origin, Settings};
use crate::disk;

/// Why a key was not changed; the file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The key does not take this value.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The file as it is cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Invalid),
    /// The file could not be written.
    #[error("cannot write {path}: {error}")]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// Writes `key = value` into the user's file, once the value is known to be right.
///
/// The file gets 0600 and the folder, if it is new, 0700. A link to a file elsewhere stays a link.
pub fn set(places: &Places, environment: &Environment, key: Key, text: &str) -> Result<(), EditError> {
    let raw = key.raw(text);
    let (mut settings, _) = Settings::load_what_is_right(places, &Environment::default());
    check::apply(&mut settings, key, &raw, Origin::User(places.config_file.clone(), 0), environment)?;
    let path = fs::canonicalize(&places.config_file).unwrap_or_else(|_| places.config_file.clone());
    let unwritable = |error| EditError::Unwritable { path: path.clone(), error };
    let folder = path.parent().unwrap_or(Path::new("/"));
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(unwritable)?;
    // Two commands at once must not lose one another's key; a file system without locks is no reason to refuse.
    let lock = File::open(folder).map_err(unwritable)?;
    let _ = rustix::fs::flock(&lock, FlockOperation::LockExclusive);
    let changed = changed(&path, key, &raw)?;
    disk::replace(&path, changed.as_bytes(), disk::Rights::Private).map_err(unwritable)
}

/// Gives the file's text with the key changed.
fn changed(path: &Path, key: Key, raw: &Raw) -> Result<String, Invalid> {
    let text = file::read(path).map_err(|problem| Invalid(vec![problem]))?.unwrap_or_default();
    let not_toml = |error: toml_edit::TomlError| {
        let problem: Problem = file::syntax(path, &text, error.span(), error.message());
        Invalid(vec![problem])
    };
    let mut document: DocumentMut = text.parse().map_err(not_toml)?;
    let mut value = match raw {
        Raw::Switch(on) => Value::from(*on),
        Raw::Text(text) => Value::from(text.as_str()),
        Raw::Other(name) => unreachable!("no command line holds {name}"),
    };
    match document.get_mut(key.name()).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => append(&mut document, key, value),
    }
    Ok(document.to_string())
}

/// Adds a line at the end, below the comments that end the file.
fn append(document: &mut DocumentMut, key: Key, value: Value) {
    document.insert(key.name(), Item::Value(value));
    let mut comments = document.trailing().as_str().unwrap_or_default().to_owned();
    if document.iter().any(|(_, item)| item.is_table() || item.is_array_of_tables()) || comments.is_empty() {
        return;
    }
    if !comments.ends_with('\n') {
        comments.push('\n');
    }
    document.set_trailing("");
    if let Some(mut key) = document.key_mut(key.name()) {
        key.leaf_decor_mut().set_prefix(comments);
    }
}
