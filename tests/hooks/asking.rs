//! Asked after the right command, answered with one key, and left alone after that.

use serde_json::json;

use crate::support::Screen;
use crate::{AFTER_A_DEPLOY, NUDGE, SHELLS, Shell, home, json as printed, prompts, run, times_prompted};

#[test]
fn one_line_asks_after_the_command_and_one_key_answers_where_one_is() {
    for shell in SHELLS {
        let home = home(AFTER_A_DEPLOY);
        let mut screen = shell.start(&home, "");
        run(&mut screen, shell, "echo before");
        assert!(!screen.text().contains('◆'), "{shell:?}: {}", screen.text());
        run(&mut screen, shell, "deployctl up prod");
        assert!(screen.text().contains(&format!("deploying\n{NUDGE}")), "{shell:?}: {}", screen.text());
        screen.type_text("echo typed-").until("echo typed-").press("alt-j").until("How easy or difficult").settle();
        screen.press("6").until("✓ thanks");
        // What was typed is there again, and goes on.
        screen.until_that("the line again", |text| text.contains(&format!("{}echo typed-", shell.prompt()))).settle();
        assert!(marks_pastes(&screen), "{shell:?}: what is pasted into the line would run");
        screen.type_text("ahead").press("enter").until("\ntyped-ahead");
        let answers = printed(&home, ["export", "--format", "json"]);
        assert_eq!(answers[0]["answers"], json!({ "ease": 6 }), "{shell:?}");
        run(&mut screen, shell, "deployctl up again");
        assert_eq!(screen.text().matches('◆').count(), 1, "{shell:?}: {}", screen.text());
    }
}

/// Says whether the terminal was asked last to mark what is pasted.
fn marks_pastes(screen: &Screen) -> bool {
    let written = String::from_utf8_lossy(&screen.raw()).into_owned();
    written.rfind("\u{1b}[?2004h") > written.rfind("\u{1b}[?2004l")
}

#[test]
fn lines_for_a_screen_reader_begin_below_the_line_and_can_t_be_suspended() {
    for (shell, accessible) in
        [(Shell::Bash, "export ACCESSIBLE=1"), (Shell::Zsh, "export ACCESSIBLE=1"), (Shell::Fish, "set -gx ACCESSIBLE 1")]
    {
        let home = home(AFTER_A_DEPLOY);
        let mut screen = shell.start(&home, accessible);
        run(&mut screen, shell, "deployctl up");
        screen.until("Alt+J").type_text("echo half-").until("echo half-").press("alt-j").until("Type 1 to").settle();
        // A terminal takes a line that was filled and what follows it for one.
        let is_apart = screen.text().lines().any(|line| line.starts_with("After a deploy") || line.contains("   After a deploy"));
        assert!(is_apart, "{shell:?}: {}", screen.text());
        assert!(!marks_pastes(&screen), "{shell:?}: the marks would be a part of the answer");
        screen.press("ctrl-z").press("6").press("enter").until("thanks");
        screen.until_that("the line again", |text| text.rfind("echo half-") > text.rfind("thanks")).settle();
        screen.type_text("whole").press("enter").until("\nhalf-whole");
        let answers = printed(&home, ["export", "--format", "json"]);
        assert_eq!(answers[0]["answers"], json!({ "ease": 6 }), "{shell:?}");
    }
}

#[test]
fn leaving_a_survey_ends_no_shell_and_sets_off_no_trap() {
    for (shell, strict) in [
        (Shell::Bash, "set -e; trap 'echo [trapped]' ERR"),
        (Shell::Zsh, "setopt err_exit; TRAPZERR() { echo '[trapped]' }"),
        (Shell::Fish, ""),
    ] {
        let home = home(AFTER_A_DEPLOY);
        let mut screen = shell.start(&home, strict);
        run(&mut screen, shell, "deployctl up");
        screen.until("Alt+J").press("alt-j").until("How easy or difficult").settle();
        screen.press("q").until("dxpulse take");
        run(&mut screen, shell, "echo still here");
        assert!(!screen.text().contains("[trapped]"), "{shell:?}: {}", screen.text());
    }
}

#[test]
fn a_line_that_a_command_left_without_an_end_stays() {
    for shell in SHELLS {
        let home = home(AFTER_A_DEPLOY);
        let mut screen = shell.start(&home, "");
        run(&mut screen, shell, "deployctl up; printf 'token=%s' unended");
        let text = screen.text();
        // A terminal takes both for one line that it has wrapped.
        assert!(text.contains("token=unended") && text.contains(NUDGE), "{shell:?}: {text}");
    }
}

#[test]
fn ctrl_z_leaves_neither_the_survey_nor_the_line() {
    for shell in SHELLS {
        let home = home(AFTER_A_DEPLOY);
        let mut screen = shell.start(&home, "");
        run(&mut screen, shell, "deployctl up");
        screen.until(NUDGE).type_text("echo half-").until("echo half-").press("alt-j").until("How easy or difficult").settle();
        screen.press("ctrl-z").settle();
        screen.press("6").until("✓ thanks");
        screen.until_that("the line again", |text| text.contains(&format!("{}echo half-", shell.prompt()))).settle();
        screen.type_text("whole").press("enter").until("\nhalf-whole");
    }
}

#[test]
fn a_terminal_that_knows_no_sequences_gets_none() {
    let home = home(AFTER_A_DEPLOY);
    let mut screen = Shell::Bash.start(&home, "TERM=dumb; bind 'set enable-bracketed-paste off'");
    run(&mut screen, Shell::Bash, "deployctl up");
    let written = String::from_utf8(screen.raw()).unwrap();
    let (_, after) = written.split_once("deploying").unwrap();
    assert!(after.contains('◆') && !after.contains('\u{1b}'), "{after:?}");
}

#[test]
fn the_key_ends_with_the_next_command() {
    for shell in SHELLS {
        let home = home(AFTER_A_DEPLOY);
        let mut screen = shell.start(&home, "");
        run(&mut screen, shell, "deployctl up");
        screen.until(NUDGE);
        run(&mut screen, shell, "echo other");
        screen.press("alt-j").settle();
        run(&mut screen, shell, "");
        assert!(!screen.text().contains("How easy"), "{shell:?}: {}", screen.text());
        assert_eq!(times_prompted(&home), 1);
    }
}

#[test]
fn a_command_is_known_by_what_was_typed() {
    let lines = [
        ("deployctl up | cat", true),
        ("deployctl 'two words' \"and\" $HOME", true),
        ("deployctl über ≠", true),
        ("deployctl up; echo then", true),
        ("deployctl up &", false),
        ("deployctl up & wait", true),
        ("deployctl up >&2", true),
        ("(deployctl up)", false),
        ("echo deployctl up", false),
        ("deployctl", false),
    ];
    for shell in [Shell::Bash, Shell::Zsh] {
        for (line, is_asked) in lines {
            let home = home(AFTER_A_DEPLOY);
            let mut screen = shell.start(&home, "");
            run(&mut screen, shell, line);
            assert_eq!(times_prompted(&home) == 1, is_asked, "{shell:?} {line}: {}", screen.text());
        }
    }
}

#[test]
fn a_line_of_many_lines_is_one_command() {
    for shell in [Shell::Bash, Shell::Zsh] {
        let home = home("[trigger]\ncommand = [\"for *deployctl*\"]\n");
        let mut screen = shell.start(&home, "PS2='more '");
        screen.type_text("for i in 1 2; do").press("enter").until("more ").type_text("deployctl $i").press("enter");
        screen.until_that("a second line", |text| text.matches("more ").count() == 2);
        run(&mut screen, shell, "done");
        assert!(screen.text().contains('◆'), "{shell:?}: {}", screen.text());
    }
}

#[test]
fn how_a_command_ended_and_how_long_it_ran_count() {
    let cases = [
        ("exit_status = \"failure\"", "RC=3 deployctl up", true),
        ("exit_status = \"failure\"", "deployctl up", false),
        ("exit_status = \"success\"", "RC=3; deployctl up", false),
        ("min_duration_s = 1", "deployctl up; sleep 2", true),
        ("min_duration_s = 30", "deployctl up", false),
    ];
    for shell in [Shell::Bash, Shell::Zsh] {
        for (condition, line, is_asked) in cases {
            let line = if let Some(rest) = line.strip_prefix("RC=3 ") { format!("{rest}; false") } else { line.to_owned() };
            let home = home(&format!("[trigger]\ncommand = [\"deployctl *\"]\n{condition}\n"));
            let mut screen = shell.start(&home, "");
            if condition.contains("success") {
                run(&mut screen, shell, "RC=3");
            }
            let line = line.trim_start_matches("RC=3; ");
            run(&mut screen, shell, line);
            assert_eq!(screen.text().contains('◆'), is_asked, "{shell:?} {condition} {line}: {}", screen.text());
        }
    }
}

#[test]
fn a_pattern_is_no_pattern_of_the_shells() {
    for shell in SHELLS {
        let home = home("[trigger]\ncommand = [\"echo [ab]? *\"]\n");
        let mut screen = shell.start(&home, "");
        run(&mut screen, shell, "echo 'ax' y");
        run(&mut screen, shell, "echo ax y");
        assert!(!screen.text().contains('◆'), "{shell:?}: {}", screen.text());
        run(&mut screen, shell, "echo '[ab]?' y");
        assert!(!screen.text().contains('◆'), "{shell:?}: {}", screen.text());
        // The line as it is typed; zsh and fish refuse it, and it counts all the same.
        run(&mut screen, shell, "echo [ab]? y");
        assert!(screen.text().contains('◆'), "{shell:?}: {}", screen.text());
    }
}

#[test]
fn a_survey_without_an_occasion_is_asked_at_a_prompt() {
    for shell in SHELLS {
        let home = home("");
        // Of a wave that began weeks ago, everybody's day has come.
        let file = home.path().join("surveys/after-deploy.toml");
        let survey = std::fs::read_to_string(&file)
            .unwrap()
            .replace("cadence = \"evergreen\"", "id = \"w\"\nopens = 2026-01-01\ncloses = 2099-12-31");
        std::fs::write(&file, survey).unwrap();
        let mut screen: Screen = shell.start(&home, "");
        screen.until(NUDGE);
        assert_eq!(prompts(&screen.text(), shell.prompt()), 1, "{shell:?}: above the first prompt");
    }
}
