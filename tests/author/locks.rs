//! `dxpulse survey lint --lock`: what is locked, and what a change needs afterwards.

use crate::lint::{GOOD, misspelt};
use crate::sandbox::{Outcome, Sandbox};

fn lint(sandbox: &Sandbox, arguments: &[&str]) -> Outcome {
    sandbox.run(&[&["survey", "lint"], arguments].concat())
}

#[test]
fn a_change_needs_a_raised_version_and_a_word_on_its_trend() {
    let sandbox = Sandbox::new();
    sandbox.write("pulse.toml", GOOD);
    let locked = lint(&sandbox, &["--lock"]);
    assert_eq!(
        (locked.code, locked.err.as_str()),
        (0, "dxpulse: pulse.lock.toml is written\ndxpulse: 1 file, 0 errors, 0 warnings\n")
    );
    let lock = sandbox.read("pulse.lock.toml");
    assert!(lock.contains("survey = \"pulse\"\nversion = 1\n") && lock.contains("id = \"ease\"\n"), "{lock}");

    let changed = GOOD.replace("easy", "hard");
    sandbox.write("pulse.toml", &changed);
    let refused = lint(&sandbox, &["--lock"]);
    assert_eq!(refused.code, 1);
    for said in ["error[version-not-raised]", "error[changed-item]", " --> pulse.toml:7:8\n", "trend = \"continue\""] {
        assert!(refused.out.contains(said), "{said} in {}", refused.out);
    }
    assert!(refused.err.starts_with("dxpulse: pulse.toml is not locked before its errors are mended\n"), "{}", refused.err);
    assert_eq!(sandbox.read("pulse.lock.toml"), lock);

    let said = changed.replace("title", "version = 2\ntitle").replace("type = ", "trend = \"break\"\ntype = ");
    sandbox.write("pulse.toml", &said);
    let locked = lint(&sandbox, &["--lock"]);
    assert_eq!((locked.code, locked.out.as_str()), (0, ""), "{locked:?}");
    assert!(sandbox.read("pulse.lock.toml").contains("{ version = 2, trend = \"break\", from = "));
    let again = lint(&sandbox, &["--lock"]);
    assert_eq!((again.code, again.err.as_str()), (0, "dxpulse: 1 file, 0 errors, 0 warnings\n"));
}

#[test]
fn a_question_that_is_gone_is_told_once() {
    let sandbox = Sandbox::new();
    let more = "\n[[question]]\nid = \"oncall\"\ntype = \"boolean\"\ntext = \"Were you on call in the last 7 days?\"\n";
    sandbox.write("pulse.toml", &format!("{GOOD}{more}"));
    assert_eq!(lint(&sandbox, &["--lock"]).code, 0);
    sandbox.write("pulse.toml", &GOOD.replace("title", "version = 2\ntitle"));
    let told = lint(&sandbox, &["--lock"]);
    assert!(told.code == 1 && told.out.contains("warning[removed-item]: `oncall` is gone"), "{told:?}");
    assert_eq!(lint(&sandbox, &[]).code, 0);
}

#[test]
fn without_the_flag_nothing_is_written_and_a_survey_with_errors_never_is_locked() {
    let sandbox = Sandbox::new();
    sandbox.write("good.toml", GOOD);
    sandbox.write("bad.toml", &misspelt());
    lint(&sandbox, &[]);
    assert!(!sandbox.path("good.lock.toml").exists());
    assert_eq!(lint(&sandbox, &["--lock"]).code, 1);
    assert!(sandbox.path("good.lock.toml").exists() && !sandbox.path("bad.lock.toml").exists());
}

#[test]
fn a_lock_that_cannot_be_read_is_told_and_never_replaced() {
    let sandbox = Sandbox::new();
    sandbox.write("pulse.toml", GOOD);
    sandbox.write("pulse.lock.toml", "version = ");
    let outcome = lint(&sandbox, &["--lock"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.starts_with("dxpulse: pulse.lock.toml: is not a lock of a survey; restore it"), "{}", outcome.err);
    assert_eq!(sandbox.read("pulse.lock.toml"), "version = ");
}
