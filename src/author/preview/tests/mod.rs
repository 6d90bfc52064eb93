//! An author at work: keys pressed, the file saved, and what the preview then shows.

mod saving;

use chrono::{DateTime, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use serde_json::json;

use super::content::stored;
use super::file::{Source, source};
use super::state::{Moment, Preview, Start};
use super::update::{Effect, Event, Input, update};
use super::view;
use crate::developer::answering;
use crate::response::{Place, json as shape};
use crate::screen::theme::Theme;
use crate::survey::QuestionId;

const SURVEY: &str = r#"
id = "trial"
title = { en = "Trial", de = "Versuch", de-CH = "Versüechli" }

[[variant]]
id = "wording"
arms = ["a", "b"]

[[question]]
id = "nps"
type = "nps"
text = { en = "How likely?", de = "Wie wahrscheinlich?" }

[[question]]
id = "reason"
type = "text"
text = { en = "Why so low?", de = "Warum so niedrig?" }
show_if = "nps <= 6"

[[question]]
id = "ease"
type = "rating"
text = { en = "How easy?", de = "Wie leicht?" }
variants = [{ variant = "wording", arm = "b", text = { en = "How hard?", de = "Wie schwer?" } }]

[[question]]
id = "last"
type = "text"
text = { en = "Anything else?", de = "Sonst noch etwas?" }
"#;

/// An author, pressing a key every 100 ms.
struct Author {
    preview: Preview,
    at_ms: u64,
    effects: Vec<Effect>,
}

fn read(text: &str) -> Source {
    source("trial.toml", Ok(text.as_bytes().to_vec()))
}

fn start() -> Start {
    Start { language: "en".to_owned(), question: None, size: None, seed: 0 }
}

impl Author {
    fn with(text: &str, start: Start) -> Self {
        let moment = Moment { now: DateTime::UNIX_EPOCH, today: NaiveDate::from_ymd_opt(2026, 3, 31).unwrap() };
        let preview = Preview::new("trial.toml".to_owned(), start, moment, read(text));
        let mut author = Self { preview, at_ms: 0, effects: Vec::new() };
        author.happens(Event::Shown);
        author.at_ms = 1_000;
        author
    }

    fn new() -> Self {
        Self::with(SURVEY, start())
    }

    fn happens(&mut self, event: Event) -> &mut Self {
        let (preview, effects) = update(self.preview.clone(), Input { at_ms: self.at_ms, event });
        self.preview = preview;
        self.effects.extend(effects);
        self
    }

    /// Presses keys by their names.
    fn types(&mut self, keys: &str) -> &mut Self {
        for name in keys.split_whitespace() {
            self.at_ms += 100;
            self.happens(Event::Key(name.parse().unwrap()));
            self.happens(Event::Survey(answering::Event::Woken));
        }
        self
    }

    /// Waits until keys count again, after the end of a survey.
    fn waits(&mut self) -> &mut Self {
        self.at_ms += answering::QUIET_MS;
        self
    }

    fn saves(&mut self, text: &str) -> &mut Self {
        self.happens(Event::File(read(text)))
    }

    fn place(&self) -> String {
        match &self.preview.trial.as_ref().unwrap().session.draft().place {
            Place::Question(id) => id.to_string(),
            Place::Review => "review".to_owned(),
        }
    }

    fn answers(&self) -> serde_json::Value {
        let trial = self.preview.trial.as_ref().unwrap();
        let (answers, missing) = shape::to_objects(&trial.survey, &trial.draft().replies);
        assert!(missing.is_empty(), "{missing:?}");
        answers.into()
    }

    /// Gives what the terminal shows, a line for each row.
    fn screen(&self, columns: u16, rows: u16) -> String {
        let area = Rect::new(0, 0, columns, rows);
        let mut buffer = Buffer::empty(area);
        view::draw_on(&mut buffer, area, &self.preview, &Theme::plain());
        let row = |y| (0..columns).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        (0..rows).map(|y| row(y).trim_end().to_owned() + "\n").collect()
    }

    fn sees(&mut self, text: &str) -> &mut Self {
        let screen = self.screen(80, 24);
        assert!(screen.contains(text), "no {text:?} on\n{screen}");
        self
    }
}

#[test]
fn a_long_note_is_read_to_its_end_and_no_further() {
    let note = "A sentence that is read. ".repeat(16);
    let text = format!(
        "id = \"n\"\ntitle = \"N\"\n[[question]]\nid = \"a\"\ntype = \"note\"\ntext = \"{note}\"\n\
        [[question]]\nid = \"b\"\ntype = \"boolean\"\ntext = \"Read?\"\n"
    );
    let mut author = Author::with(&text, Start { size: Some((40, 10)), ..start() });
    author.happens(Event::Resized(80, 24));
    let line = |author: &Author| author.preview.trial.as_ref().unwrap().session.line().unwrap();
    let last = line(author.types("end"));
    assert!(last > 0, "it is longer than the screen");
    assert_eq!((line(author.types("down down")), line(author.types("up"))), (last, last - 1));
}

#[test]
fn the_language_changes_in_place_and_comes_round_again() {
    let mut author = Author::new();
    author.types("9").sees("How easy?");
    for (title, question) in [("Versuch", "Wie leicht?"), ("Versüechli", "Wie leicht?"), ("Trial", "How easy?")] {
        author.types("f8").sees(title).sees(question);
    }
    assert_eq!(author.answers(), json!({ "nps": 9 }));
    author.types("f8").saves(SURVEY).sees("Wie leicht?").sees("überspringen").types("f12").sees("Wie wahrscheinlich?");
    let mut one = Author::with(ENGLISH, start());
    one.types("f8").sees("all texts are in one language: en");
}

/// A survey of one question in English alone.
const ENGLISH: &str = "id = \"one\"\ntitle = \"One\"\n[[question]]\nid = \"q\"\ntype = \"nps\"\ntext = \"Q?\"";

#[test]
fn who_wants_a_language_without_texts_meets_the_survey_s_own_among_the_program_s_words_in_theirs() {
    let start = |language: &str| Start { language: language.to_owned(), ..start() };
    let mut author = Author::with(ENGLISH, start("de-AT"));
    author.sees("Q?").sees("überspringen").sees("trial.toml, texts in en, nothing is stored").sees("f8 de-AT");
    author.types("f8").sees("Q?").sees("skip").sees("for a respondent who wants en").sees("trial.toml, nothing is stored");
    author.types("f8").sees("überspringen").sees("for a respondent who wants de-AT");
    let german = ENGLISH.replace("\"Q?\"", "{ en = \"Q?\", de = \"F?\" }").replace("\"One\"", "{ en = \"One\", de = \"Eins\" }");
    author.saves(&german).sees("F?").sees("überspringen").sees("f8 de ").saves(ENGLISH).sees("Q?").sees("texts in en");
    Author::with(ENGLISH, start("fr")).sees("skip").sees("texts in en").types("f8").sees("all texts are in one language: en");
    Author::with(SURVEY, start("de-AT")).sees("Wie wahrscheinlich?").sees("überspringen").sees("f8 de ");
}

#[test]
fn the_list_leads_to_any_question_also_to_a_hidden_one_which_is_marked() {
    let mut author = Author::new();
    author.types("9 f7").sees("◌      reason  Why so low?").sees("1 of 4 hidden").sees("if nps <= 6");
    author.types("up").sees("hidden unless nps <= 6").types("enter").sees("Why so low?").sees("hidden unless nps <= 6");
    author.types("b a d");
    let trial = author.preview.trial.as_ref().unwrap();
    let (record, problem) = stored(&author.preview, trial);
    assert_eq!((record["answers"].clone(), problem), (json!({ "nps": 9 }), None));
    assert_eq!(record["missing"]["reason"], "not_shown", "its answer doesn't count as long as it is hidden");
    author.types("enter").sees("How easy?");
    assert!(!author.screen(80, 24).contains("hidden"), "{}", author.screen(80, 24));
    author.types("f7 home enter").sees("How likely?").types("f7 end enter").sees("Enter ends the survey; nothing is stored.");
    author.types("f7 esc").sees("Enter ends the survey; nothing is stored.");
}

#[test]
fn the_response_is_shown_as_it_stands_and_what_it_lacks() {
    let required = SURVEY.replace("id = \"ease\"", "id = \"ease\"\nrequired = true");
    let mut author = Author::with(&required, start());
    author.types("9 f11").sees("\"nps\": 9").sees("not yet: ease needs an answer");
    author
        .types("f11")
        .sees("How easy?")
        .types("4 s o f11")
        .sees("complete: it could be sent off")
        .types("end")
        .sees("\"last\": \"so\"");
    author.types("esc").sees("Anything else?");
}

#[test]
fn a_submission_ends_on_a_screen_that_leads_on_back_or_out() {
    let mut author = Author::new();
    author.types("9 4 x enter").waits().types("enter").sees("✓ Submitted.").sees("nothing is stored");
    author.types("enter").sees("✓ Submitted.");
    author.waits().types("backspace").sees("Enter ends the survey; nothing is stored.");
    assert_eq!(author.answers(), json!({ "nps": 9, "ease": 4, "last": "x" }));
    author.waits().types("enter").waits().types("enter").sees("How likely?").sees("begun again");
    assert_eq!(author.answers(), json!({}));
    author.types("q").sees("◐ Left for later.").waits().types("q");
    assert_eq!(author.effects.last(), Some(&Effect::Leave(None)));
}

#[test]
fn declining_ends_on_the_same_screen_and_going_back_shows_no_question_about_it() {
    let mut author = Author::new();
    author.types("9 esc x y").sees("– Declined.").waits().types("backspace").sees("How easy?");
}

#[test]
fn another_respondent_meets_other_words_with_the_same_answers() {
    let mut author = Author::new();
    author.types("9");
    let words = |author: &Author| author.screen(80, 24).contains("How hard?");
    let first = words(&author);
    let other = (1..20).any(|_| words(author.types("ctrl-n")) != first);
    assert!(other, "twenty respondents are all in one arm");
    assert_eq!(author.answers(), json!({ "nps": 9 }));
    let mut same = Author::with(ENGLISH, start());
    same.types("ctrl-n").sees("every respondent meets this survey alike");
}

#[test]
fn a_scale_that_chance_turns_round_never_keeps_from_another_respondent() {
    let question = "[[question]]\nid = \"q\"\ntype = \"rating\"\nrandomise = \"reverse\"\ntext = \"Q?\"";
    let mut author = Author::with(&format!("id = \"one\"\ntitle = \"One\"\n{question}"), start());
    for seed in 1..20 {
        author.types("ctrl-n").sees(&format!("the respondent of seed {seed}"));
    }
}

#[test]
fn no_screen_says_that_something_is_saved_or_kept() {
    let claims = ["saved", "stays here", "stores", "gespeichert", "bleibt hier", "speichert", "保存済み", "保存します"];
    for language in ["en", "de"] {
        let mut author = Author::with(SURVEY, Start { language: language.to_owned(), ..start() });
        for keys in ["", "9", "4", "x", "enter"] {
            author.types(keys);
            for (columns, rows) in [(80, 24), (40, 10)] {
                let screen = author.screen(columns, rows).replace("nothing is stored", "").replace("nichts wird gespeichert", "");
                assert!(claims.iter().all(|claim| !screen.contains(claim)), "{language} after {keys}\n{screen}");
            }
        }
        author.waits().types("enter").sees("✓ Submitted.").sees("trial.toml").sees("the end");
    }
}

#[test]
fn sizes_come_round_and_the_one_asked_for_is_first() {
    let mut author = Author::with(SURVEY, Start { size: Some((60, 16)), ..start() });
    author.sees("┌─ 60×16 ─");
    let mut seen = Vec::new();
    for _ in 0..6 {
        author.types("f9");
        seen.push(author.preview.note.clone().unwrap());
    }
    let screen = |size: &str| format!("a screen of {size}");
    assert_eq!(seen[0], "as large as the window");
    assert_eq!(seen[1..], ["40×10", "80×24", "120×40", "200×60", "60×16"].map(screen));
}

#[test]
fn scrolling_ends_where_the_page_does() {
    let mut author = Author::new();
    author.types("f11 end");
    let end = author.screen(80, 24);
    assert!(end.contains("▴") && !end.contains("▾"), "{end}");
    author.types("down down pagedown");
    assert_eq!(author.screen(80, 24), end);
    author.types("up");
    assert!(author.screen(80, 24).contains("▾ 2 more"), "{}", author.screen(80, 24));
    author.types("home").sees("\"survey\": \"trial\"");
}

#[test]
fn what_was_typed_before_the_screen_was_there_does_nothing_and_ctrl_c_always_leaves() {
    let mut author = Author::new();
    author.at_ms = 0;
    author.happens(Event::Key("f7".parse().unwrap())).sees("How likely?");
    author.happens(Event::Key("ctrl-c".parse().unwrap()));
    assert_eq!(author.effects, [Effect::Leave(Some(answering::Ending::Interrupted))]);
}

#[test]
fn every_page_is_drawn_on_every_size() {
    let broken = SURVEY.replace("rating", "ratting");
    for keys in ["", "9 f7", "9 f11", "ctrl-k", "q", "9 f7 up enter"] {
        for columns in [1, 19, 20, 21, 40, 80, 200] {
            for rows in [1, 3, 4, 5, 10, 17, 18, 24, 60] {
                let mut author = Author::new();
                author.happens(Event::Resized(columns, rows)).types(keys);
                for _ in 0..5 {
                    author.screen(columns, rows);
                    author.types("f9");
                }
                author.saves(&broken).types("down end");
                author.screen(columns, rows);
            }
        }
    }
}
