//! What is longer than its screen can be read to its end: a note where it stands, everything else in the help.

use std::sync::Arc;

use dxpulse::developer::phrases::Phrases;
use dxpulse::screen::theme::Theme;
use dxpulse::survey::Survey;
use dxpulse::survey::parse::parse;

use crate::stage::Stage;
use crate::text::rows;
use crate::wanted::packed;

const SIZES: [(u16, u16); 7] = [(80, 24), (40, 10), (200, 60), (20, 10), (24, 6), (20, 5), (20, 4)];

/// Gives a text of numbered words.
fn words(count: usize) -> String {
    (1..=count).map(|at| format!("word{at}.")).collect::<Vec<_>>().join(" ")
}

fn survey(introduction: usize, question: usize) -> Arc<Survey> {
    let source = format!(
        "id = \"long\"\ntitle = \"Long\"\nintroduction = \"\"\"\n{}\"\"\"\n[[question]]\nid = \"pick\"\ntype = \"single\"\n\
         text = \"{}\"\nchoices = [{}]\n[[question]]\nid = \"note\"\ntype = \"note\"\ntext = \"{}\"\n",
        words(introduction).replace("word", "intro"),
        words(question),
        (1..12).map(|at| format!("{{ code = \"c{at}\", label = \"Choice {at}\" }}")).collect::<Vec<_>>().join(", "),
        words(60)
    );
    Arc::new(parse(&source).unwrap())
}

fn shown(stage: &Stage, size: (u16, u16)) -> String {
    rows(&stage.draw(size, &Theme::plain()).buffer).join("\n")
}

/// Reads on with a key until nothing changes; gives all that was seen.
fn read(stage: &mut Stage, key: &str, size: (u16, u16)) -> Vec<String> {
    let mut seen = vec![shown(stage, size)];
    loop {
        stage.press(key);
        let next = shown(stage, size);
        if seen.last() == Some(&next) {
            return seen;
        }
        seen.push(next);
    }
}

fn missing<'a>(wanted: &'a str, seen: &[String]) -> Vec<&'a str> {
    let seen: Vec<String> = seen.iter().map(|page| packed(page)).collect();
    wanted.split(' ').filter(|word| !seen.iter().any(|page| page.contains(word))).collect()
}

#[test]
fn a_note_is_read_to_its_end_and_goes_back_at_once() {
    let survey = survey(1, 3);
    for size in SIZES {
        for key in ["down", "pagedown", "space"] {
            let mut note = Stage::at(&survey, "note").on(size);
            let seen = read(&mut note, key, size);
            assert_eq!(missing(&words(60), &seen), [""; 0], "{key} at {size:?}");
            let end = seen.last().unwrap();
            assert!(!end.contains('▾'), "{size:?}: {end}");
            if seen.len() > 1 {
                (0..9).for_each(|_| note.press(key));
                note.press("up");
                assert_ne!(shown(&note, size), *end, "{key} at {size:?}");
                (0..seen.len()).for_each(|_| note.press("pageup"));
                (0..80).for_each(|_| note.press("up"));
                assert_eq!(shown(&note, size), seen[0], "{size:?}");
            }
            assert_eq!(note.session.question().map(|question| question.id.to_string()).as_deref(), Some("note"));
        }
    }
}

#[test]
fn keys_that_read_are_hinted_at_only_where_there_is_more() {
    let survey = survey(1, 3);
    for (language, hint) in [("en", "↑↓ scroll"), ("de", "↑↓ blättern"), ("ja", "↑↓ スクロール")] {
        let note = Stage::at(&survey, "note").speaking(Phrases::of(language));
        assert!(shown(&note, (52, 10)).contains(hint), "{language}: {}", shown(&note, (52, 10)));
        assert!(!shown(&note, (80, 24)).contains(hint), "{language}: {}", shown(&note, (80, 24)));
        let help = note.play("?");
        assert!(shown(&help, (40, 10)).contains(hint), "{language}");
    }
}

#[test]
fn a_question_that_is_shortened_is_read_in_the_help_which_the_hint_says() {
    let survey = survey(1, 60);
    for size in [(40, 10), (20, 10), (24, 6)] {
        for (language, hint) in [("en", "? more"), ("de", "? mehr"), ("ja", "? 全文")] {
            let stage = Stage::at(&survey, "pick").speaking(Phrases::of(language));
            let cut = shown(&stage, size);
            assert!(cut.contains(hint) && cut.contains('…') && cut.contains("Choice 1"), "{language}, {size:?}: {cut}");
        }
        let mut help = Stage::at(&survey, "pick").on(size).play("?");
        assert!(shown(&help, size).contains("word1."), "{size:?}: {}", shown(&help, size));
        let seen = read(&mut help, "down", size);
        assert_eq!(missing(&words(60), &seen), [""; 0], "{size:?}");
    }
}

#[test]
fn an_introduction_gives_way_with_a_mark_and_is_read_in_the_help() {
    let (short, long) = (survey(12, 3), survey(150, 3));
    let whole = shown(&Stage::at(&short, "pick"), (200, 60));
    assert!(whole.contains("intro12.") && whole.contains("? help"), "{whole}");
    for (survey, size, begins) in [(&short, (40, 10), false), (&long, (80, 24), true), (&long, (40, 10), false)] {
        let cut = shown(&Stage::at(survey, "pick"), size);
        assert!(cut.contains("? more") && cut.contains("intro1.") == begins, "{size:?}: {cut}");
        assert!(!begins || cut.contains(". …\n"), "{size:?}: {cut}");
        let mut help = Stage::at(survey, "pick").on(size).play("?");
        let introduction = survey.introduction.as_ref().unwrap();
        assert_eq!(missing(introduction, &read(&mut help, "pagedown", size)), [""; 0], "{size:?}");
    }
}
