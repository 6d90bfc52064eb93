//! The file: private, unreadable without the passphrase, openable with `age`, and refused whole where it isn't.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::machine::{Machine, PASSPHRASE, desk};
use crate::support::program;

#[test]
fn the_file_is_private_and_shows_nothing() {
    let desk = desk();
    let here = Machine::filled(desk.path());
    let file = desk.path().join("state");
    fs::write(&file, "in the way, and open to others").unwrap();
    assert_eq!(here.export("state").code, 0);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let bytes = fs::read(&file).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.starts_with("age-encryption.org/v1\n-> scrypt "));
    for secret in ["pulse", "nps", "slow", "abababab", "127.0.0.1", "response"] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert_eq!(fs::read_dir(desk.path()).unwrap().count(), 2, "nothing else is left beside it");
}

#[test]
fn the_age_tool_opens_it_too() {
    let desk = desk();
    let here = Machine::filled(desk.path());
    assert_eq!(here.export("state").code, 0);
    let (file, opened) = (here.file("state"), here.file("opened.json"));
    let mut screen = program("/usr/bin/age", ["-d", "-o", &opened, &file]).start();
    screen.until("passphrase").type_raw(format!("{PASSPHRASE}\r").as_bytes());
    assert_eq!(screen.exit_code(), 0);
    let state: serde_json::Value = serde_json::from_str(&fs::read_to_string(opened).unwrap()).unwrap();
    assert_eq!(state["format"], "dxpulse-state/1");
    assert_eq!(state["contents"]["responses"].as_array().unwrap().len(), 2);
}

#[test]
fn a_wrong_passphrase_changes_nothing_and_says_so() {
    let desk = desk();
    let (here, there) = (Machine::filled(desk.path()), Machine::new(desk.path()));
    assert_eq!(here.export("state").code, 0);
    fs::write(desk.path().join("passphrase"), "four words are enough!").unwrap();
    let refused = there.import("state");
    let said = "dxpulse: the passphrase is not the one that DESK/state was written with\n  help: try again; if it is the right one, copy the file again: its beginning may be altered\n";
    assert_eq!((refused.code, refused.err.as_str()), (1, said));
    assert!(!there.data().exists());
}

#[test]
fn a_file_that_is_cut_altered_or_another_changes_nothing() {
    let desk = desk();
    let (here, there) = (Machine::filled(desk.path()), Machine::new(desk.path()));
    assert_eq!(here.export("state").code, 0);
    let whole = fs::read(desk.path().join("state")).unwrap();
    let header = whole.windows(4).position(|four| four == b"\n---").unwrap();
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    let cases = [
        (whole[..whole.len() - 1].to_vec(), "is cut short or altered"),
        (whole[..header + 8].to_vec(), "is cut short or altered"),
        (whole[..40].to_vec(), "is cut short or altered"),
        (flipped(whole.len() - 1), "is cut short or altered"),
        (flipped(header + 60), "is cut short or altered"),
        (Vec::new(), "is not a file that `dxpulse export --state` wrote"),
        (b"response,survey\n".to_vec(), "is not a file that `dxpulse export --state` wrote"),
    ];
    for (bytes, expected) in cases {
        fs::write(desk.path().join("state"), &bytes).unwrap();
        let refused = there.import("state");
        assert!(refused.code == 1 && refused.err.contains(expected) && refused.err.contains("help: "), "{refused:?}");
        assert!(!there.data().exists(), "{expected}");
    }
    let missing = there.import("nowhere");
    assert!(missing.code == 1 && missing.err.contains("can't read DESK/nowhere"), "{missing:?}");
}

#[test]
fn where_the_file_cannot_be_written_nothing_is_marked() {
    let desk = desk();
    let here = Machine::filled(desk.path());
    let before = here.everything();
    fs::create_dir(desk.path().join("folder")).unwrap();
    for (name, expected) in [("folder", "is a folder"), ("no/such/place", "can't write"), ("../../../dev/null", "is not a file")]
    {
        let name = if name.ends_with("null") { "/dev/null" } else { &here.file(name) };
        let arguments = ["export", "--state", name, "--passphrase-file", &here.file("passphrase")];
        let refused = here.run(&arguments);
        assert!(refused.code == 1 && refused.err.contains(expected) && refused.err.contains("help: "), "{refused:?}");
    }
    assert_eq!(here.everything(), before);
}

#[test]
fn while_a_survey_is_answered_nothing_is_moved() {
    let desk = desk();
    let here = Machine::filled(desk.path());
    let store = here.store();
    let lock = store.lock(&dxpulse::survey::SurveyId::new("golden-path").unwrap()).unwrap().unwrap();
    let refused = here.export("state");
    assert!(refused.code == 1 && refused.err.contains("golden-path is being answered in another terminal"), "{refused:?}");
    assert!(!desk.path().join("state").exists());
    drop(lock);
    let exchange = store.lock_exchange().unwrap().unwrap();
    assert!(here.export("state").err.contains("another process is writing"));
    drop(exchange);
    assert_eq!(here.export("state").code, 0);
}

#[test]
fn nothing_to_move_and_wrong_usage_are_told() {
    let desk = desk();
    let here = Machine::new(desk.path());
    let nothing = here.export("state");
    assert!(nothing.code == 1 && nothing.err.contains("there is nothing to move"), "{nothing:?}");
    assert!(!here.data().exists());
    let bare = here.run(&["import"]);
    assert!(bare.code == 2 && bare.err.contains("dxpulse import --state FILE") && bare.err.contains("help: "), "{bare:?}");
    for arguments in [&["export", "--state", "-"][..], &["export", "--state", "f", "--format", "csv"], &["export", "--again"]] {
        assert_eq!(here.run(arguments).code, 2, "{arguments:?}");
    }
}
