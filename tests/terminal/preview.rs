//! An author with a survey open in a preview, and its file in an editor beside it.

use std::fs;
use std::path::PathBuf;

use rustix::process::Signal;
use tempfile::TempDir;

use crate::support::{End, Screen, Start, dxpulse, shell};
use crate::{at_prompt, script};

const SURVEY: &str = r#"
id = "trial"
title = { en = "Trial", de = "Versuch" }

[[question]]
id = "nps"
type = "nps"
text = { en = "How likely?", de = "Wie wahrscheinlich?" }

[[question]]
id = "reason"
type = "text"
length = "long"
text = { en = "Why so low?", de = "Warum so niedrig?" }
show_if = "nps <= 6"

[[question]]
id = "ease"
type = "rating"
text = { en = "How easy?", de = "Wie leicht?" }
"#;

/// A folder with a survey's file, apart from every home.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("temporary folders can be made"));
        desk.save(SURVEY);
        desk
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("trial.toml")
    }

    /// Saves as editors do that write into the file.
    fn save(&self, text: &str) {
        fs::write(self.file(), text).expect("the desk can be written");
    }

    /// Saves as editors do that write another file and rename it.
    fn save_by_rename(&self, text: &str) {
        let other = self.0.path().join("trial.toml~");
        fs::write(&other, text).and_then(|()| fs::rename(other, self.file())).expect("the desk can be written");
    }

    fn preview<const N: usize>(&self, arguments: [&str; N]) -> Start {
        dxpulse(["survey", "preview"]).args([self.file()]).args(arguments)
    }
}

/// Says that the preview has stored nothing: its home is as empty as before.
fn assert_nothing_stored(screen: &Screen) {
    let stored: Vec<_> =
        fs::read_dir(screen.home().path()).expect("the home is there").flatten().map(|entry| entry.path()).collect();
    assert_eq!(stored, Vec::<PathBuf>::new());
}

#[test]
fn the_file_is_read_again_whenever_it_is_saved_and_the_answers_stay() {
    let desk = Desk::new();
    let mut screen = desk.preview([]).start();
    screen.ready().until("How likely?").press("9").until("How easy?");
    desk.save(&SURVEY.replace("How easy?", "How simple?"));
    screen.until("How simple?").until("read again").until("2 of 2");
    desk.save_by_rename(&SURVEY.replace("How easy?", "How hard?"));
    screen.until("How hard?").press("backspace").until("your answer: 9");
    fs::remove_file(desk.file()).expect("the file is there");
    screen.until("can't be read");
    desk.save(SURVEY);
    screen.until("How likely?").until("your answer: 9");
    assert_nothing_stored(&screen);
}

#[test]
fn a_broken_file_shows_what_is_wrong_and_where_until_it_is_mended() {
    let desk = Desk::new();
    let mut screen = desk.preview([]).start();
    screen.ready().press("9").until("How easy?");
    desk.save(&SURVEY.replace("rating", "ratting"));
    screen.until("error[unknown-type]: unknown type `ratting`").until("^^^^^^^^^").until("did you mean");
    desk.save("id = ");
    screen.until_gone("ratting").until("error[").resize(40, 10).until("trial.toml").resize(80, 24);
    desk.save(SURVEY);
    screen.until("How easy?").until("2 of 2").press("4").until("Enter ends the survey");
}

#[test]
fn a_preview_may_begin_with_a_broken_file_and_leads_to_the_question_asked_for() {
    let desk = Desk::new();
    desk.save(&SURVEY.replace("rating", "ratting"));
    let mut screen = desk.preview(["--question", "ease", "--lang", "de"]).start();
    screen.ready().until("unknown type `ratting`");
    desk.save(SURVEY);
    screen.until("Wie leicht?");
}

#[test]
fn it_opens_at_a_question_even_a_hidden_one_and_in_a_language() {
    let desk = Desk::new();
    let mut screen = desk.preview(["--question", "reason", "--lang", "de-AT"]).start();
    screen.ready().until("Warum so niedrig?").until("hidden unless nps <= 6").press("f8").until("Why so low?");
    screen.press("tab").until("How easy?").until_gone("hidden");
}

#[test]
fn it_speaks_as_a_respondent_of_that_locale_would_be_spoken_to() {
    let desk = Desk::new();
    let mut screen = desk.preview([]).env("LC_ALL", "de_DE.UTF-8").start();
    screen.ready().until("Wie wahrscheinlich?").until("überspringen").press("ctrl-c");
    desk.save("id = \"one\"\ntitle = \"One\"\n[[question]]\nid = \"ease\"\ntype = \"nps\"\ntext = \"How likely?\"\n");
    let mut screen = desk.preview(["--lang", "de"]).start();
    screen.ready().until("How likely?").until("überspringen").until("texts in en").press("ctrl-c");
}

#[test]
fn the_list_leads_to_every_question() {
    let desk = Desk::new();
    let mut screen = desk.preview([]).start();
    screen.ready().press("f7").until("1 of 3 hidden").until("if nps <= 6");
    screen.press("down").until("hidden unless nps <= 6").press("enter").until("Why so low?").until("hidden unless");
    screen.press("ctrl-g").until("go there").press("end").press("enter").until("Enter ends");
    screen.press("f7").until("go there").press("esc").until("Enter ends");
}

#[test]
fn a_size_is_drawn_in_a_marked_area_and_cut_with_a_mark_where_it_is_larger() {
    let desk = Desk::new();
    let mut screen = desk.preview(["--size", "40x10"]).start();
    screen.ready().until("┌─ 40×10 ─").until("1/2").until("f9 40×10");
    screen.press("f9").until("f9 window").until("1 of 2");
    screen.press("f9").until("80×24").press("f9").until("more rows of 120×40").until("How likely?");
    screen.press("f9").until("more rows of 200×60").until("How likely?").press("9").until("How easy?");
    screen.resize(210, 70).until("┌─ 200×60 ─").until("f9 size 200×60");
}

#[test]
fn where_the_terminal_is_full_a_key_shows_the_keys() {
    let desk = Desk::new();
    let mut screen = desk.preview(["--size", "80x24"]).start();
    screen.ready().until("ctrl-k shows its keys").press("right").until_gone("ctrl-k");
    screen.press("ctrl-k").until("go to any question").press("esc").until("How likely?");
}

#[test]
fn what_a_submission_would_store_is_shown_and_nothing_is_stored() {
    let desk = Desk::new();
    let mut screen = desk.preview([]).start();
    screen
        .ready()
        .press("9")
        .until("How easy?")
        .press("f11")
        .until("\"nps\": 9")
        .until("complete")
        .press("esc")
        .until("How easy?");
    screen.press("4").until("Enter ends the survey").settle().press("enter").until("✓ Submitted.").settle();
    screen.press("enter").until("How likely?").until("begun again").press("q").until("Left for later").settle().press("q");
    assert_eq!(screen.exit_code(), 0);
    screen.assert_given_back();
    assert_nothing_stored(&screen);
    assert_eq!(fs::read_to_string(desk.file()).expect("the file is there"), SURVEY);
}

#[test]
fn a_longer_text_is_written_in_the_editor_and_leaves_nothing_behind() {
    let desk = Desk::new();
    let editor = script(desk.0.path(), "editor", "printf 'slow builds' > \"$1\"");
    let folder = tempfile::tempdir().expect("temporary folders can be made");
    let start = desk.preview(["--question", "reason"]).env("EDITOR", &editor).env("TMPDIR", folder.path());
    let mut screen = start.start();
    screen.ready().until("Why so low?").press("ctrl-o").until("slow builds").settle().press("ctrl-c");
    assert_eq!(screen.exit_code(), 130);
    assert_nothing_stored(&screen);
    assert_eq!(fs::read_dir(folder.path()).expect("the folder is there").count(), 0);
}

#[test]
fn every_way_out_gives_the_terminal_back_from_every_page() {
    let desk = Desk::new();
    for (page, shown) in [(None, "How likely?"), (Some("f7"), "go there"), (Some("f11"), "complete"), (Some("q"), "Left for")] {
        for (signal, code) in [(None, 130), (Some(Signal::TERM), 143), (Some(Signal::HUP), 129), (Some(Signal::INT), 130)] {
            let mut screen = desk.preview([]).start();
            screen.ready();
            if let Some(key) = page {
                screen.press(key);
            }
            screen.until(shown);
            match signal {
                Some(signal) => screen.signal(signal),
                None => screen.press("ctrl-c"),
            };
            assert_eq!(screen.end(), End::Code(code), "{page:?} {signal:?}");
            screen.assert_given_back();
            assert_nothing_stored(&screen);
        }
    }
}

#[test]
fn a_suspended_preview_comes_back_with_what_was_saved_meanwhile() {
    let desk = Desk::new();
    let mut screen = shell().start();
    screen.until("$").type_raw(format!("dxpulse survey preview {}\r", desk.file().display()).as_bytes());
    screen.until("How likely?").settle().press("9").until("How easy?").press("ctrl-z").until("Stopped");
    screen.assert_given_back();
    desk.save(&SURVEY.replace("How easy?", "How simple?"));
    screen.type_raw(b"fg\r").until("How simple?").settle().press("q").until("Left for later").settle().press("q");
    screen.until_that("a prompt", at_prompt).assert_given_back();
}

#[test]
fn every_size_of_the_terminal_is_drawn_anew() {
    let desk = Desk::new();
    let mut screen = desk.preview([]).start();
    screen.ready().press("9").until("How easy?");
    for (columns, rows) in [(40, 10), (20, 4), (10, 2), (200, 60), (80, 24)] {
        let written = screen.written();
        screen.resize(columns, rows).more_than(written);
    }
    screen.until("How easy?").until("f7 questions").press("4").until("Enter ends the survey");
}
