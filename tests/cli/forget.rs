//! `dxpulse forget`: it asks on the terminal, and deletes answers and drafts but nothing else.

use crate::sandbox::Sandbox;

const ANSWERS: [&str; 5] = [
    "home/data/dxpulse.db-shm",
    "home/data/dxpulse.db-wal",
    "home/data/dxpulse.db",
    "home/data/locks/nps.lock",
    "home/data/edit-0123456789abcdef/answer.txt",
];
const OTHERS: [&str; 4] =
    ["home/config.toml", "home/surveys/mine.toml", "home/data/export.csv", "home/data/edit-mine/answer.txt"];
const DELETED: &str = "\
deleted all answers and drafts in ROOT/home/data:
  ROOT/home/data/dxpulse.db-shm
  ROOT/home/data/dxpulse.db-wal
  ROOT/home/data/dxpulse.db
  ROOT/home/data/locks/nps.lock
  ROOT/home/data/locks
  ROOT/home/data/edit-0123456789abcdef
They cannot be brought back: there is no other copy but what you exported or backed up yourself.
It takes back nothing that was sent: only `dxpulse withdraw` does, and not after this.
";

fn answered() -> Sandbox {
    let sandbox = Sandbox::new();
    for name in ANSWERS.iter().chain(&OTHERS) {
        sandbox.write(name, "");
    }
    sandbox
}

fn assert_forgotten(sandbox: &Sandbox, forgotten: bool) {
    for name in ANSWERS {
        assert_ne!(sandbox.path(name).exists(), forgotten, "{name}");
    }
    for name in OTHERS {
        assert!(sandbox.path(name).exists(), "{name}");
    }
}

#[test]
fn yes_deletes_answers_and_drafts_but_nothing_else() {
    for flag in ["--yes", "-y"] {
        let sandbox = answered();
        assert_eq!(sandbox.succeed(&["forget", flag]), DELETED);
        assert_forgotten(&sandbox, true);
    }
}

#[test]
fn without_a_terminal_nothing_is_deleted_and_the_way_is_told() {
    let sandbox = answered();
    let outcome = sandbox.run(&["forget"]);
    let said = "dxpulse: cannot ask whether to delete your answers: there is no terminal\n  help: run it in a terminal, or `dxpulse forget --yes` to delete without asking\n";
    assert_eq!((outcome.code, outcome.out.as_str(), outcome.err.as_str()), (1, "", said));
    assert_forgotten(&sandbox, false);
}

#[test]
fn the_terminal_is_told_what_is_lost_and_only_a_yes_deletes() {
    for (typed, forgotten) in [("y\n", true), ("YES\n", true), ("n\n", false), ("\n", false), ("\u{4}", false), ("yn\n", false)] {
        let sandbox = answered();
        let (screen, code) = sandbox.on_terminal(&["forget"], "[y/N]", typed.as_bytes());
        assert!(screen.contains("cannot be brought back") && screen.contains("takes back nothing"), "{screen}");
        assert_eq!(code, u32::from(!forgotten), "{typed:?}: {screen}");
        assert_forgotten(&sandbox, forgotten);
    }
}

#[test]
fn nothing_to_forget_is_no_failure() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.succeed(&["forget"]), "nothing to forget: no answers or drafts in ROOT/home/data\n");
    assert!(!sandbox.path("home").exists());
}

#[test]
fn while_a_survey_is_answered_nothing_is_deleted() {
    let sandbox = answered();
    let lock = std::fs::File::options().write(true).open(sandbox.path("home/data/locks/nps.lock")).unwrap();
    lock.lock().unwrap();
    let outcome = sandbox.run(&["forget", "--yes"]);
    assert_eq!((outcome.code, outcome.out.as_str()), (1, ""));
    assert!(
        outcome.err.contains("nps is being answered in another terminal") && outcome.err.contains("help:"),
        "{}",
        outcome.err
    );
    assert_forgotten(&sandbox, false);
}
