//! The hook in a real Nushell: it asks after the right command, is answered with one key, and starts nothing until then.
//!
//! It sits in tmux, since Nushell asks its terminal where the cursor is and waits for the answer.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::LazyLock;

use serde_json::json;

use crate::published::Published;
use crate::support::{Home, PROGRAM, Screen, program};
use crate::{AFTER_A_DEPLOY, NUDGE, home, json as printed, run_at, times_prompted};

const PACKAGE: Published = Published {
    package: "@nushell/linux-x64@0.115.1",
    archive: "nushell-linux-x64-0.115.1.tgz",
    sha_512: "c3a78cc0f649fc9a8812ad8181489fef57f306e345c40d71beb22c842f9b418a\
        b8e31d8f80e13ec75217f9444d5014129022c063dcded8481e734d113320ed30",
    member: "package/bin/nu",
};

/// The shell; its archive is fetched once for all tests.
static NU: LazyLock<PathBuf> = LazyLock::new(|| PACKAGE.file("nu-0.115.1"));

const CONFIG: &str = "\
$env.config.show_banner = false
$env.config.use_kitty_protocol = false
$env.PROMPT_COMMAND = {|| \"\"}
$env.PROMPT_COMMAND_RIGHT = {|| \"\"}
$env.PROMPT_INDICATOR = \"$ \"
";

/// What deploys: a program, since only those have an exit status.
const DEPLOYCTL: &str = "#!/bin/sh\necho deploying\nexit ${RC:-0}\n";

/// Starts it in a home, where `calls` names what the hook runs.
fn start(home: &Home) -> Screen {
    let path = home.path();
    let file = |name: &str| path.join(name).to_string_lossy().into_owned();
    let write = |name: &str, text: &str| fs::write(path.join(name), text).expect("a home can be written");
    let hook = home.run(["hook", "init", "nu"]);
    assert!(hook.status.success(), "{}", String::from_utf8_lossy(&hook.stderr));
    write("hook.nu", &String::from_utf8_lossy(&hook.stdout).replace(PROGRAM, &file("recorded")));
    write("recorded", &format!("#!/bin/sh\necho \"$*\" >>{}\nexec {PROGRAM} \"$@\"\n", file("calls")));
    write("deployctl", DEPLOYCTL);
    for name in ["recorded", "deployctl"] {
        fs::set_permissions(path.join(name), fs::Permissions::from_mode(0o755)).expect("a home can be written");
    }
    write("config.nu", &format!("{CONFIG}source {:?}\n", file("hook.nu")));
    write("env.nu", "");
    write("tmux.conf", "set -g status off\nset -g destroy-unattached on\nset -g escape-time 5\n");
    let [socket, settings, env, config] = ["tmux", "tmux.conf", "env.nu", "config.nu"].map(file);
    let start = program("/usr/bin/tmux", ["-S", &socket, "-f", &settings, "new-session"]).args([NU.as_os_str()]).args([
        "--env-config",
        &env,
        "--config",
        &config,
    ]);
    let start = start
        .env("PATH", format!("{}:/usr/bin:/bin", path.display()))
        .env("DXPULSE_ASK_ROOT", "true")
        .env("XDG_CONFIG_HOME", path)
        .env("XDG_DATA_HOME", path);
    let mut screen = start.home(home).size(110, 24).start();
    screen.until("$");
    screen
}

/// Runs a command line, and waits for the prompt after it.
fn run(screen: &mut Screen, line: &str) {
    run_at(screen, "$ ", line);
}

/// Gives what the hook has run.
fn calls(home: &Home) -> Vec<String> {
    let calls = fs::read_to_string(home.path().join("calls")).unwrap_or_default();
    calls.lines().map(str::to_owned).collect()
}

#[test]
fn one_line_asks_after_the_command_and_one_key_answers_where_one_is() {
    let home = home(AFTER_A_DEPLOY);
    let mut screen = start(&home);
    run(&mut screen, "echo before");
    assert!(!screen.text().contains('◆'), "{}", screen.text());
    run(&mut screen, "deployctl up 'prod | eu'");
    assert!(screen.text().contains(&format!("deploying\n{NUDGE}")), "{}", screen.text());
    screen.type_text("echo typed-").until("echo typed-").press("alt-j").until("How easy or difficult").settle();
    screen.press("6").until("✓ thanks");
    // What was typed is there again, and goes on.
    screen.until_that("the line again", |text| text.trim_end().ends_with("$ echo typed-")).settle();
    screen.type_text("ahead").press("enter").until("\ntyped-ahead");
    assert_eq!(printed(&home, ["export", "--format", "json"])[0]["answers"], json!({ "ease": 6 }));
    run(&mut screen, "deployctl up again");
    assert_eq!(screen.text().matches('◆').count(), 1, "{}", screen.text());
}

#[test]
fn nothing_is_run_until_a_command_fits() {
    let home = home(AFTER_A_DEPLOY);
    let mut screen = start(&home);
    // Before the first prompt of all, what is due is written down.
    let before = calls(&home).len();
    run(&mut screen, "echo deployctl up");
    run(&mut screen, "");
    assert_eq!(calls(&home).len(), before, "{:?}", calls(&home));
    run(&mut screen, "deployctl up");
    screen.until(NUDGE);
    let called = calls(&home).split_off(before);
    assert!(called.len() == 1 && called[0].starts_with("hook run --status 0 "), "{called:?}");
}

#[test]
fn how_a_command_ended_decides_and_stays() {
    let home = home("[trigger]\ncommand = [\"deployctl *\"]\nexit_status = \"failure\"\n");
    let mut screen = start(&home);
    let before = calls(&home).len();
    run(&mut screen, "deployctl up");
    assert_eq!(calls(&home).len(), before, "{:?}", calls(&home));
    run(&mut screen, "$env.RC = '3'");
    run(&mut screen, "deployctl up");
    screen.until(NUDGE);
    run(&mut screen, "echo $'status ($env.LAST_EXIT_CODE)'");
    assert!(screen.text().contains("\nstatus 3"), "{}", screen.text());
}

#[test]
fn the_key_ends_with_the_next_command() {
    let home = home(AFTER_A_DEPLOY);
    let mut screen = start(&home);
    run(&mut screen, "deployctl up");
    screen.until(NUDGE);
    run(&mut screen, "echo other");
    screen.press("alt-j").settle();
    run(&mut screen, "echo after");
    assert!(!calls(&home).iter().any(|call| call.starts_with("take")), "{:?}\n{}", calls(&home), screen.text());
    assert_eq!(times_prompted(&home), 1);
}
