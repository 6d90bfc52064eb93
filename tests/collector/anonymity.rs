//! What must be absent: in logs, in files, in the order of rows, in what others may read.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use dxpulse::anonymous::Part;
use dxpulse::anonymous::encoding::to_hex;
use rusqlite::Connection;

use crate::people::{Developer, comment, scores};
use crate::place::{Place, assert_problem};

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn the_log_tells_nothing_of_anyone() {
    let (place, invited, wave) = Place::with_wave(10);
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    developer.enrol(&server, "nonsense-code-of-someone");
    let held = developer.token(&server, &wave, Part::Scores);
    let frame = held.frame(&wave, 1, &scores(&wave, 5, 1));
    held.send(&server, &wave, (1, &scores(&wave, 5, 1)));
    held.send(&server, &wave, (1, b"canary in a payload"));
    assert_problem(server.get("/canary-path?canary=query"), 404, "not-found");
    place.succeed(&["close", "now", "--now"]);
    let (code, said) = server.stop();
    assert_eq!(code, 0, "{said}");
    let nullifier = frame.nullifier().to_string();
    let credential = to_hex(&developer.credential);
    let secrets = ["canary", "person0", &invited[0].code, "nonsense", &nullifier, &credential, "/v1/"];
    for secret in secrets {
        assert!(!said.contains(secret), "{secret}: {said}");
    }
    // Its own address is all that looks like one.
    assert_eq!(said.replace(&place.url(), "").matches("127.0.0.1").count(), 1, "{said}");
}

#[test]
fn every_file_is_closed_to_others() {
    let (place, invited, wave) = Place::with_wave(10);
    place.let_a_night_pass();
    let server = place.serve();
    let developer = Developer::new(1);
    developer.enrol(&server, &invited[0].code);
    developer.token(&server, &wave, Part::Scores).send(&server, &wave, (1, &scores(&wave, 5, 1)));
    server.wait_for("copied the database");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let letters = place.root.path().join("letters");
    for folder in
        [place.data(), place.data().join("keys"), place.data().join("prepared"), place.data().join("backups"), letters.clone()]
    {
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
    }
    let all = [files(&place.data()), files(&letters)].concat();
    let names: Vec<_> = all.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    for wanted in ["collector.db", "collector.db-wal", "receipt.key", "ohttp.key", "collector.toml", "invitations.csv"] {
        assert!(names.contains(&wanted), "{names:?}");
    }
    for path in all {
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    assert!(place.succeed(&["doctor"]).contains("is closed to others"));
}

#[test]
fn after_the_close_nothing_tells_who_got_a_token_or_who_came_first() {
    let (place, invited, wave) = Place::with_wave(12);
    let server = place.serve();
    let mut gone = Vec::new();
    for (seed, person) in (1..).zip(&invited) {
        let developer = Developer::new(seed);
        developer.enrol(&server, &person.code);
        let held = developer.token(&server, &wave, Part::Scores);
        held.send(&server, &wave, (1, &scores(&wave, 5, seed)));
        let words = format!("gone for good {seed}");
        let held = developer.token(&server, &wave, Part::Comments);
        held.send(&server, &wave, (1, &comment(&wave, &words, seed)));
        held.send(&server, &wave, (2, b""));
        gone.push(words);
    }
    place.succeed(&["close", "now", "--now"]);
    let database = place.data().join("collector.db");
    let connection = Connection::open(&database).unwrap();
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!((number("PRAGMA freelist_count"), number("SELECT count(*) FROM issued")), (0, 0));
    assert_eq!(fs::metadata(place.data().join("collector.db-wal")).map_or(0, |file| file.len()), 0);
    assert!(fs::read_dir(place.data().join("keys")).unwrap().next().is_none(), "the keys are destroyed");
    let bytes = fs::read(&database).unwrap();
    for words in gone {
        assert!(!bytes.windows(words.len()).any(|window| window == words.as_bytes()), "{words}");
    }
    for person in invited {
        assert!(!bytes.windows(32).any(|window| window == person.code.as_bytes()), "a code is stored");
    }
    let columns = number(
        "SELECT count(*) FROM pragma_table_list AS t, pragma_table_info(t.name) AS c WHERE t.name NOT LIKE 'sqlite%'
        AND (c.name LIKE '%time%' OR c.name LIKE '%date%' OR c.name LIKE '%address%' OR c.name LIKE '%agent%')",
    );
    let with_row_numbers = number(
        "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND wr = 0 AND name NOT LIKE 'sqlite%'",
    );
    assert_eq!((columns, with_row_numbers), (0, 0));
}
