//! A few lines under the prompt: what stands above stays, and what is stored is the same as on the full screen.

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Home, PROGRAM, Random, Screen, dxpulse, settings, shell};
use crate::{answers, json as printed};

/// How long tmux may take to show something; reached only by failures.
const DEADLINE: Duration = Duration::from_secs(30);

/// Starts a shell with lines above its prompt.
fn shell_with_history(columns: u16, rows: u16) -> Screen {
    let mut screen = shell().size(columns, rows).start();
    screen.until("$").type_text("seq 40 | sed 's/^/above /'").press("enter").until("above 40\n$");
    screen
}

/// Answers both questions of `golden-path`, which is asked under the prompt, and sends them off.
fn answer(screen: &mut Screen) {
    screen.until("difficult or easy").settle().press("6").until("How did it end").settle().press("2").until("stores your");
    screen.settle().press("enter").until("✓ thanks");
}

#[test]
fn a_short_survey_is_asked_under_the_prompt_and_leaves_one_line() {
    let mut screen = shell_with_history(80, 24);
    screen.type_text("dxpulse take golden-path").press("enter").until("▏ Overall");
    assert!(screen.text().contains("above 40\n$ dxpulse take golden-path\n▏ "), "{}", screen.text());
    answer(&mut screen);
    screen.until("nothing was sent\n$");
    assert!(screen.text().contains("above 40\n$ dxpulse take golden-path\n✓ thanks"), "{}", screen.text());
    let raw = String::from_utf8_lossy(&screen.raw()).into_owned();
    assert!(!raw.contains("[?1049h") && screen.questions().is_empty(), "no other screen, and nothing is asked of the terminal");
    screen.type_text("exit").press("enter");
    assert_eq!(screen.exit_code(), 0);
    screen.assert_given_back();
    assert_eq!(answers(screen.home()), [json!({ "task_ease": 6, "ending": "done_as_expected" })]);
}

#[test]
fn in_six_rows_and_at_the_last_one_there_is_room_for_a_question() {
    let mut screen = shell_with_history(40, 6);
    screen.type_text("dxpulse take golden-path").press("enter");
    answer(&mut screen);
    screen.until("$ dxpulse take golden-path\n✓ thanks");
}

#[test]
fn what_another_program_left_on_the_line_stays() {
    let mut screen = shell().start();
    screen.until("$").type_text("printf unfinished; dxpulse take golden-path").press("enter").until("▏ Overall");
    // The lines begin on a row of their own, which for this terminal goes on with the one before.
    let row = |screen: &Screen| screen.row(1).split_once("▏ How did it go?").map(|(left, _)| left.to_owned());
    assert_eq!(row(&screen), Some(format!("{:80}", "unfinished")));
    answer(&mut screen);
    assert!(screen.row(1).starts_with(&format!("{:80}✓ thanks", "unfinished")), "{}", screen.text());
}

#[test]
fn its_output_can_be_taken_by_a_script() {
    let mut screen = shell().start();
    screen.until("$").type_text("x=$(dxpulse take golden-path --json); echo \"${x:0:12}\"").press("enter");
    answer(&mut screen);
    screen.until("\"id\": \"");
}

#[test]
fn left_with_a_signal_or_a_stop_the_prompt_comes_under_the_lines() {
    let mut screen = shell_with_history(80, 24);
    screen.type_text("dxpulse take golden-path").press("enter").until("▏ Overall").settle().press("ctrl-z").until("Stopped");
    assert!(screen.text().contains("stays here\n"), "{}", screen.text());
    screen
        .type_text("fg")
        .press("enter")
        .until("fg\n")
        .until_that("the question again", |text| text.matches("▏ Overall").count() == 2);
    screen.settle().press("ctrl-c").until_that("the prompt", |text| text.trim_end().ends_with('$'));
    screen.until("above 40\n$ dxpulse take golden-path");
}

#[test]
fn the_same_answers_are_stored_by_every_face() {
    let stored = |screen: &mut Screen| {
        assert_eq!(screen.exit_code(), 0);
        responses(screen.home())
    };
    let on = |face: &str| {
        let mut screen = dxpulse(["take", "golden-path", face]).start();
        screen.ready();
        answer(&mut screen);
        stored(&mut screen)
    };
    let (inline, full) = (on("--inline"), on("--full"));
    let home = Home::new();
    let scripted = r#"{"task_ease": 6, "ending": "done_as_expected"}"#;
    assert!(home.run_with(["take", "golden-path", "--answers", "-"], scripted).status.success());
    assert_eq!((&inline, &full), (&full, &responses(&home)));
}

/// Gives what is stored but for what is drawn by chance and by the clock.
fn responses(home: &Home) -> Vec<Value> {
    let Value::Array(mut records) = printed(home, ["export", "--format", "json"]) else { panic!("an export is an array") };
    for record in &mut records {
        for chance in ["id", "answered_at", "arms", "orders"] {
            record.as_object_mut().expect("a record is an object").remove(chance);
        }
    }
    records
}

#[test]
fn a_terminal_that_wraps_nothing_anew_keeps_what_stood_above() {
    let mut screen = shell_with_history(80, 24);
    screen.type_text("dxpulse take golden-path").press("enter").until("▏ Overall");
    let mut random = Random::new(7);
    for _ in 0..60 {
        let columns = u16::try_from(random.within(20..160)).unwrap();
        screen.resize(columns, 24);
    }
    screen.resize(80, 24).until_that("the question at the full width", |text| text.contains("Very difficult        Neither"));
    // What such a terminal cut off at its right edge is gone for good.
    screen.until("above 40\n$ dxpulse take");
}

/// A real tmux, which wraps lines anew at every size.
struct Tmux {
    folder: TempDir,
}

impl Tmux {
    fn start(home: &Home) -> Self {
        let tmux = Self { folder: tempfile::tempdir().expect("the system has a folder for temporary files") };
        let bash = "bash --norc --noprofile --noediting -i";
        let mut command = tmux.command(&["-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", bash]);
        let programs = std::path::Path::new(PROGRAM).parent().expect("a program stands in a folder").display().to_string();
        command.envs(settings(home)).env("PATH", format!("{programs}:/usr/bin:/bin")).env("PS1", "$ ");
        assert!(command.status().expect("tmux can be started").success());
        tmux
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("tmux");
        command.env_remove("TMUX").arg("-S").arg(self.folder.path().join("socket")).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> String {
        String::from_utf8_lossy(&self.command(arguments).output().expect("tmux can be asked").stdout).into_owned()
    }

    fn type_line(&self, line: &str) {
        self.run(&["send-keys", "-l", line]);
        self.run(&["send-keys", "Enter"]);
    }

    /// Gives everything it has shown, with what is above the screen.
    fn all(&self) -> String {
        self.run(&["capture-pane", "-p", "-J", "-S", "-"]).lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    fn until(&self, text: &str) {
        let start = Instant::now();
        while !self.all().contains(text) {
            assert!(start.elapsed() < DEADLINE, "expected {text:?} in\n{}", self.all());
        }
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}

#[test]
fn a_terminal_that_wraps_everything_anew_keeps_what_stood_above() {
    let mut random = Random::new(11);
    for _ in 0..4 {
        let home = Home::new();
        let tmux = Tmux::start(&home);
        tmux.until("$");
        tmux.type_line("seq 40 | sed 's/^/above /'");
        tmux.until("above 40\n$");
        tmux.type_line("dxpulse take golden-path");
        tmux.until("▏ Overall");
        for _ in 0..12 {
            let (columns, rows) = (random.within(20..120).to_string(), random.within(4..40).to_string());
            tmux.run(&["resize-window", "-x", &columns, "-y", &rows]);
        }
        tmux.run(&["resize-window", "-x", "80", "-y", "24"]);
        tmux.until("Very difficult        Neither");
        let all = tmux.all();
        let lost: Vec<u32> = (1..=40_u32).filter(|line: &u32| !all.contains(&format!("above {line}\n"))).collect();
        assert!(lost.is_empty() && all.contains("\n$ dxpulse take golden-path\n"), "{lost:?} are gone from\n{all}");
    }
}
