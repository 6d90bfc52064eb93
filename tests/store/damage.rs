//! Databases that are damaged, foreign or newer: a clear error, never a wrong answer, never a change.

use std::fs;
use std::path::Path;

use dxpulse::developer::store::{Store, StoreError};
use rusqlite::Connection;

use crate::support::*;

/// Opens and reads everything; what is refused must be as it was.
fn read(folder: &Path) -> Result<String, StoreError> {
    let before = fs::read(database(folder)).unwrap();
    let result = Store::open(folder).and_then(|store| everything(&store, &survey("pulse")));
    if result.is_err() {
        assert_eq!(fs::read(database(folder)).unwrap(), before, "a refused database was written");
    }
    result
}

fn with_bytes(bytes: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
    let (parent, folder) = folder();
    fs::create_dir(&folder).unwrap();
    fs::write(database(&folder), bytes).unwrap();
    (parent, folder)
}

/// Flips bits of a sound store, one place after the other; gives how many were refused and how many did no harm.
fn flip(sound: &Path, places: impl Iterator<Item = (usize, u8)>) -> (u32, u32) {
    let right = read(sound).unwrap();
    let bytes = fs::read(database(sound)).unwrap();
    let (_parent, folder) = with_bytes(&bytes);
    let (mut refused, mut harmless) = (0, 0);
    for (place, mask) in places {
        let mut damaged = bytes.clone();
        damaged[place] ^= mask;
        for name in ["-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(folder.join(format!("dxpulse.db{name}")));
        }
        fs::write(database(&folder), &damaged).unwrap();
        match read(&folder) {
            Ok(found) => {
                assert_eq!(found, right, "byte {place} was flipped by {mask:#x} and the data is wrong");
                harmless += 1;
            }
            Err(error) => {
                let text = format!("{error} {error:?} {}", error.hint());
                assert!(!text.contains("waiting for builds"), "an answer in an error: {text}");
                refused += 1;
            }
        }
    }
    (refused, harmless)
}

/// The first bytes of every page, where SQLite keeps what is on it, with every bit.
fn page_headers(length: usize) -> impl Iterator<Item = (usize, u8)> {
    let places = (0..length).filter(|place| place % 4096 < 12);
    places.flat_map(|place| (0..8).map(move |bit| (place, 1 << bit)))
}

#[test]
fn a_flipped_byte_is_an_error_or_makes_no_difference() {
    let (_parent, sound) = folder();
    filled(&sound);
    let bytes = fs::read(database(&sound)).unwrap();
    // Every byte that is used, and some of the empty space between.
    let used = (0..bytes.len()).filter(|place| bytes[*place] != 0 || place % 97 == 0);
    let used = used.enumerate().map(|(count, place)| (place, [0x01, 0x80, 0xff, 0x20][count % 4]));
    let (refused, harmless) = flip(&sound, used.chain(page_headers(bytes.len())));
    assert!(refused > 1000 && harmless > 0, "{refused} refused, {harmless} harmless");
}

#[test]
fn a_flipped_bit_in_a_large_database_is_an_error_or_makes_no_difference() {
    let (_parent, sound) = folder();
    filled(&sound);
    let survey = survey("pulse");
    let mut store = Store::open(&sound).unwrap();
    for number in 0..30 {
        let source = format!("{SOURCE}# {number}{}\n", "-".repeat(10_000));
        store.finish(&survey, &source, &response(&survey, &number.to_string(), 9, now())).unwrap();
    }
    store.save_draft(&survey, &draft(&survey, 7, "waiting for builds"), now()).unwrap();
    drop(store);
    let length = fs::metadata(database(&sound)).unwrap().len() as usize;
    assert!(length > 64 * 4096, "{length} bytes are checked as a whole at the opening");
    let (refused, _) = flip(&sound, page_headers(length).step_by(11));
    assert!(refused > 100, "{refused} refused");
}

#[test]
fn a_cut_database_is_refused() {
    let (_parent, sound) = folder();
    filled(&sound);
    let bytes = fs::read(database(&sound)).unwrap();
    for length in [1, 15, 16, 99, 100, 512, 4095, 4096, 8192, bytes.len() - 4096, bytes.len() - 1] {
        let (_parent, folder) = with_bytes(&bytes[..length]);
        let error = read(&folder).map(|_| length).expect_err("a cut database was taken for a whole one");
        assert!(matches!(error, StoreError::Corrupt { .. }), "{length}: {error:?}");
    }
}

#[test]
fn a_text_file_is_refused() {
    let (_parent, folder) = with_bytes("not a database at all\n".repeat(500).as_bytes());
    let error = read(&folder).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error:?}");
    assert!(error.to_string().contains("dxpulse.db"), "{error}");
    assert!(error.hint().contains("aside") && error.hint().contains("doctor --rescue"), "{}", error.hint());
}

#[test]
fn an_empty_file_becomes_a_store() {
    let (_parent, folder) = with_bytes(b"");
    filled(&folder);
    assert_eq!(Store::open(&folder).unwrap().drafts().unwrap().len(), 1);
}

#[test]
fn a_log_without_its_database_is_kept() {
    let (_parent, folder) = folder();
    let survey = survey("pulse");
    let mut store = Store::open(&folder).unwrap();
    store.save_draft(&survey, &draft(&survey, 7, "x"), now()).unwrap();
    let (_other, copy) = self::folder();
    fs::create_dir(&copy).unwrap();
    let log = copy.join("dxpulse.db-wal");
    fs::copy(folder.join("dxpulse.db-wal"), &log).unwrap();
    let before = fs::read(&log).unwrap();
    for opened in [Store::open(&copy).map(drop), Store::open_existing(&copy).map(drop)] {
        assert!(matches!(opened, Err(StoreError::Corrupt { .. })), "{opened:?}");
    }
    assert_eq!(fs::read(&log).unwrap(), before);
}

#[test]
fn a_flipped_byte_in_the_log_is_an_error_or_makes_no_difference() {
    let (_parent, folder) = folder();
    let survey = survey("pulse");
    let mut store = Store::open(&folder).unwrap();
    for score in 0..5 {
        store.save_draft(&survey, &draft(&survey, score, "x"), now()).unwrap();
    }
    let log = fs::read(folder.join("dxpulse.db-wal")).unwrap();
    let (_other, copy) = self::folder();
    fs::create_dir(&copy).unwrap();
    for place in (0..log.len()).step_by(211) {
        let mut damaged = log.clone();
        damaged[place] ^= 0x10;
        let _ = fs::remove_file(copy.join("dxpulse.db-shm"));
        fs::copy(database(&folder), database(&copy)).unwrap();
        fs::write(copy.join("dxpulse.db-wal"), &damaged).unwrap();
        let found = Store::open(&copy).and_then(|store| store.draft(&survey));
        match found {
            Ok(found) => assert_eq!(found.map(|(found, _)| found), Some(draft(&survey, 4, "x")), "byte {place}"),
            Err(error) => assert!(matches!(error, StoreError::Corrupt { .. }), "byte {place}: {error:?}"),
        }
    }
}

#[test]
fn the_database_of_another_program_is_refused() {
    for sql in
        ["CREATE TABLE notes (text); INSERT INTO notes VALUES ('mine')", "PRAGMA application_id = 7", "PRAGMA user_version = 1"]
    {
        let (_parent, folder) = folder();
        fs::create_dir(&folder).unwrap();
        Connection::open(database(&folder)).unwrap().execute_batch(sql).unwrap();
        let error = read(&folder).unwrap_err();
        assert!(matches!(error, StoreError::Foreign { .. }), "{sql}: {error:?}");
    }
}

#[test]
fn a_database_of_a_newer_version_is_refused() {
    let (_parent, folder) = folder();
    filled(&folder);
    Connection::open(database(&folder)).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    let error = read(&folder).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error:?}");
    assert!(error.hint().contains("newer dxpulse"), "{}", error.hint());
}

#[test]
fn a_newer_version_that_stands_only_in_the_log_is_refused_and_stays_there() {
    let (_parent, folder) = folder();
    filled(&folder);
    let newer = Connection::open(database(&folder)).unwrap();
    newer.execute_batch("PRAGMA user_version = 99").unwrap();
    let (_other, copy) = self::folder();
    fs::create_dir(&copy).unwrap();
    let log = copy.join("dxpulse.db-wal");
    fs::copy(database(&folder), database(&copy)).unwrap();
    fs::copy(folder.join("dxpulse.db-wal"), &log).unwrap();
    let before = fs::read(&log).unwrap();
    let error = read(&copy).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error:?}");
    assert_eq!(fs::read(&log).unwrap(), before);
}

#[test]
fn damage_in_one_row_is_found_by_the_check_and_by_reading() {
    let cases = [
        "UPDATE drafts SET body = replace(body, 'builds', 'tests')",
        "UPDATE drafts SET survey = 'other'",
        "UPDATE responses SET answered_at = '2026-01-05T08:00:01Z'",
        "UPDATE surveys SET source = source || ' '",
        "UPDATE declines SET version = 4",
        "DROP TABLE declines",
    ];
    for sql in cases {
        let (_parent, folder) = folder();
        filled(&folder);
        Connection::open(database(&folder)).unwrap().execute_batch(sql).unwrap();
        let error = read(&folder).unwrap_err();
        assert!(matches!(error, StoreError::Corrupt { .. }), "{sql}: {error:?}");
        let error = Store::open(&folder).unwrap().check().unwrap_err();
        assert!(matches!(error, StoreError::Corrupt { .. }), "{sql}: {error:?}");
    }
}
