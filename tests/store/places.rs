//! Folders and files: who may read them, and what happens where they can't be used.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use dxpulse::developer::store::{Store, StoreError, forget};

use crate::support::*;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn assert_closed(folder: &Path) {
    assert_eq!(mode(folder), 0o700);
    assert_eq!(mode(&folder.join("locks")), 0o700);
    for name in ["dxpulse.db", "dxpulse.db-wal", "dxpulse.db-shm", "locks/pulse.lock"] {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
}

#[test]
fn nobody_else_can_read_even_under_a_lax_umask() {
    if let Some(folder) = scenario() {
        let folder = Path::new(&folder);
        let survey = survey("pulse");
        let mut store = Store::open(folder).unwrap();
        let _lock = store.lock(&survey.id).unwrap().unwrap();
        store.save_draft(&survey, &draft(&survey, 7, "x"), now()).unwrap();
        assert_closed(folder);
        return;
    }
    let (_parent, folder) = folder();
    let nested = folder.join("share/dxpulse");
    let child = child(&this_program(), "places::nobody_else_can_read_even_under_a_lax_umask", nested.to_str().unwrap());
    let mut lax = Command::new("sh");
    lax.args(["-c", "umask 0; exec \"$@\"", "sh"]).arg(child.get_program()).args(child.get_args());
    lax.env(CHILD, &nested);
    assert!(lax.status().unwrap().success());
    assert_eq!(mode(&folder), 0o700);
}

#[test]
fn what_was_open_to_others_is_closed() {
    let (_parent, folder) = folder();
    let survey = survey("pulse");
    let mut store = Store::open(&folder).unwrap();
    let _lock = store.lock(&survey.id).unwrap().unwrap();
    store.save_draft(&survey, &draft(&survey, 7, "x"), now()).unwrap();
    for name in ["", "dxpulse.db", "dxpulse.db-wal", "dxpulse.db-shm", "locks"] {
        set_mode(&folder.join(name), 0o777);
    }
    let second = Store::open(&folder).unwrap();
    assert!(second.lock(&survey.id).unwrap().is_none());
    assert_closed(&folder);
}

#[test]
fn a_folder_shared_with_other_things_keeps_its_mode() {
    let (_parent, folder) = folder();
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    set_mode(&folder, 0o755);
    Store::open(&folder).unwrap();
    assert_eq!(mode(&folder), 0o755);
    assert_eq!(mode(&database(&folder)), 0o600);
}

#[test]
fn looking_for_a_store_makes_none() {
    let (_parent, folder) = folder();
    assert!(Store::open_existing(&folder).unwrap().is_none());
    assert!(!folder.exists());
    fs::create_dir(&folder).unwrap();
    assert!(Store::open_existing(&folder).unwrap().is_none());
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    filled(&folder);
    assert_eq!(Store::open_existing(&folder).unwrap().unwrap().drafts().unwrap().len(), 1);
}

#[test]
fn something_else_in_our_place_is_named() {
    let (parent, folder) = folder();
    fs::write(&folder, "a file").unwrap();
    for place in [folder.clone(), folder.join("deeper")] {
        let error = Store::open(&place).unwrap_err();
        assert!(matches!(&error, StoreError::Misplaced { path, expected: "folder" } if *path == folder), "{error:?}");
    }
    assert_eq!(fs::read_to_string(&folder).unwrap(), "a file");
    let other = parent.path().join("other");
    fs::create_dir_all(database(&other)).unwrap();
    let error = Store::open(&other).unwrap_err();
    assert!(matches!(error, StoreError::Misplaced { expected: "file", .. }), "{error:?}");
}

/// Runs one test again as someone whom permission bits bind, which root is not; gives back its folder to clean up.
fn run_unprivileged(test: &str) {
    let parent = tempfile::tempdir().unwrap();
    set_mode(parent.path(), 0o777);
    let program = parent.path().join("program");
    fs::copy(this_program(), &program).unwrap();
    let folder = parent.path().join("dxpulse");
    let mut command = child(&program, test, folder.to_str().unwrap());
    command.current_dir("/");
    if rustix::process::geteuid().is_root() {
        command.uid(65534).gid(65534);
    }
    assert!(command.status().unwrap().success());
}

#[test]
fn a_read_only_file_is_refused_and_kept() {
    let Some(folder) = scenario() else { return run_unprivileged("places::a_read_only_file_is_refused_and_kept") };
    let folder = Path::new(&folder);
    filled(folder);
    set_mode(&database(folder), 0o400);
    let before = fs::read(database(folder)).unwrap();
    let error = Store::open(folder).unwrap_err();
    assert!(matches!(&error, StoreError::ReadOnly { path } if *path == database(folder)), "{error:?}");
    assert!(error.hint().contains("writable"), "{}", error.hint());
    assert_eq!(fs::read(database(folder)).unwrap(), before);
    set_mode(&database(folder), 0o600);
    assert_eq!(Store::open(folder).unwrap().drafts().unwrap().len(), 1);
}

#[test]
fn a_read_only_folder_is_refused_and_kept() {
    let Some(folder) = scenario() else { return run_unprivileged("places::a_read_only_folder_is_refused_and_kept") };
    let folder = Path::new(&folder);
    let read_only = |result: Result<Store, StoreError>| {
        let error = result.unwrap_err();
        assert!(matches!(error, StoreError::ReadOnly { .. }), "{error:?}");
    };
    fs::create_dir(folder).unwrap();
    set_mode(folder, 0o500);
    read_only(Store::open(folder));
    read_only(Store::open(&folder.join("deeper")));
    set_mode(folder, 0o700);
    filled(folder);
    let before = fs::read(database(folder)).unwrap();
    set_mode(folder, 0o500);
    read_only(Store::open(folder));
    assert_eq!(Store::open_existing(folder).unwrap().unwrap().drafts().unwrap().len(), 1);
    let error = forget(folder).unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly { .. } | StoreError::Denied { .. }), "{error:?}");
    set_mode(folder, 0o700);
    assert_eq!(fs::read(database(folder)).unwrap(), before);
    let store = Store::open(folder).unwrap();
    set_mode(&folder.join("locks"), 0o500);
    let error = store.lock(&survey_id("another")).unwrap_err();
    assert!(matches!(error, StoreError::ReadOnly { .. }), "{error:?}");
}

#[test]
fn a_folder_that_may_not_be_entered_is_named() {
    let Some(folder) = scenario() else { return run_unprivileged("places::a_folder_that_may_not_be_entered_is_named") };
    let folder = Path::new(&folder);
    filled(folder);
    set_mode(folder, 0);
    let error = Store::open(folder).unwrap_err();
    assert!(matches!(error, StoreError::Denied { .. }), "{error:?}");
    set_mode(folder, 0o700);
    assert_eq!(Store::open(folder).unwrap().drafts().unwrap().len(), 1);
}

#[test]
fn forgetting_removes_what_is_ours_and_nothing_else() {
    let (_parent, folder) = folder();
    filled(&folder);
    fs::write(folder.join("config.toml"), "mine").unwrap();
    let store = Store::open(&folder).unwrap();
    drop(store.lock(&survey_id("pulse")).unwrap());
    drop(store);
    let removed = forget(&folder).unwrap();
    assert!(removed.contains(&database(&folder)), "{removed:?}");
    let left = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
    assert_eq!(left, ["config.toml"]);
    assert_eq!(forget(&folder).unwrap(), Vec::<std::path::PathBuf>::new());
}

#[test]
fn nothing_is_forgotten_while_a_survey_is_answered() {
    let (_parent, folder) = folder();
    filled(&folder);
    let store = Store::open(&folder).unwrap();
    let lock = store.lock(&survey_id("pulse")).unwrap().unwrap();
    let error = forget(&folder).unwrap_err();
    assert!(matches!(&error, StoreError::Answering { survey } if survey == "pulse"), "{error:?}");
    assert_eq!(store.drafts().unwrap().len(), 1);
    drop(lock);
    forget(&folder).unwrap();
}

#[test]
fn a_store_forgotten_while_open_gives_no_lock() {
    let (_parent, folder) = folder();
    let store = Store::open(&folder).unwrap();
    forget(&folder).unwrap();
    let error = store.lock(&survey_id("pulse")).unwrap_err();
    assert!(matches!(error, StoreError::Gone { .. }), "{error:?}");
    let _new = Store::open(&folder).unwrap();
    let error = store.lock(&survey_id("pulse")).unwrap_err();
    assert!(matches!(error, StoreError::Gone { .. }), "{error:?}");
}

/// Every file of a folder with its bytes.
fn bytes(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = paths.filter(|path| path.is_file()).map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    files.sort();
    files
}

#[test]
fn what_cannot_be_written_is_read_and_left_as_it_is() {
    let test = "places::what_cannot_be_written_is_read_and_left_as_it_is";
    let Some(parent) = scenario() else { return run_unprivileged(test) };
    let parent = Path::new(&parent);
    let survey = survey("pulse");
    let plain = parent.join("plain");
    filled(&plain);
    let expected = everything(&Store::open(&plain).unwrap(), &survey).unwrap();
    // As a crash leaves it: the last draft is only in the log.
    let crashed = parent.join("cr#shed?");
    fs::create_dir(&crashed).unwrap();
    let mut writer = Store::open(&plain).unwrap();
    writer.save_draft(&survey, &draft(&survey, 2, "only in the log"), now()).unwrap();
    for name in ["dxpulse.db", "dxpulse.db-wal"] {
        fs::copy(plain.join(name), crashed.join(name)).unwrap();
    }
    writer.save_draft(&survey, &draft(&survey, 7, "waiting for builds"), now()).unwrap();
    drop(writer);
    let old = parent.join("old");
    fs::create_dir(&old).unwrap();
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/store-v1.db"), database(&old)).unwrap();
    for (folder, words) in [(&plain, "waiting for builds"), (&crashed, "only in the log"), (&old, "")] {
        for file in fs::read_dir(folder).unwrap() {
            set_mode(&file.unwrap().path(), 0o500);
        }
        set_mode(folder, 0o500);
        let before = bytes(folder);
        let mut store = Store::open_existing(folder).unwrap().unwrap();
        store.check().unwrap();
        let found = everything(&store, &survey).unwrap();
        assert!(found.contains(words), "{found}");
        assert!(folder != &plain || found == expected, "{found}");
        assert!(store.save_draft(&survey, &draft(&survey, 1, "x"), now()).is_err(), "it said it saved where nothing can be");
        drop(store);
        assert_eq!(bytes(folder), before);
        set_mode(folder, 0o700);
    }
    let left = fs::read_dir(std::env::temp_dir()).unwrap().map(|entry| entry.unwrap().file_name());
    let ours = format!("dxpulse-{}-", std::process::id());
    assert!(!left.map(|name| name.to_string_lossy().into_owned()).any(|name| name.starts_with(&ours)));
}

#[test]
fn nothing_counts_as_saved_once_the_database_is_removed_or_replaced() {
    let (_parent, folder) = folder();
    let survey = survey("pulse");
    for replaced in [false, true] {
        let mut store = Store::open(&folder).unwrap();
        store.save_draft(&survey, &draft(&survey, 7, "x"), now()).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        if replaced {
            filled(&folder);
        }
        let finished = response(&survey, "cc", 9, now());
        for result in [
            store.save_draft(&survey, &draft(&survey, 8, "y"), now()),
            store.finish(&survey, SOURCE, &finished),
            store.decline(&survey, None, now()),
        ] {
            assert!(matches!(result, Err(StoreError::Gone { .. })), "{result:?}");
        }
    }
    assert_eq!(Store::open(&folder).unwrap().drafts().unwrap().len(), 1, "what stands there now is left alone");
}
