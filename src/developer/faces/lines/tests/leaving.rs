//! What is said, and understood, where words that leave the machine may tell too much.

use super::talk::converse_in;
use super::*;
use crate::developer::phrases::Destination;
use crate::response::{Draft, Pick};
use crate::survey::parse::parse;

/// Gives a session with a choice that takes own words, and a text.
fn leaving(phrases: &'static Phrases) -> Session {
    unsent().speaking(phrases).leaving_the_machine()
}

/// Gives the same where answers stay.
fn unsent() -> Session {
    let source = "id = \"s\"\ntitle = \"S\"\n[[question]]\nid = \"tool\"\ntype = \"single\"\ntext = \"Which?\"\n\
        choices = [{ code = \"ci\", label = \"Builds\" }, { code = \"else\", label = \"Else\", other = true }]\n\
        [[question]]\nid = \"why\"\ntype = \"text\"\ntext = \"Why?\"\n";
    let survey = parse(source).unwrap();
    let draft = Draft::start(&survey, chrono::DateTime::UNIX_EPOCH);
    Session::new(&survey, draft, chrono::NaiveDate::MIN)
}

const ANSWERS: [&str; 3] = ["other: ~alice/bin", "ask bob@example.com", "submit"];

fn own_words(session: &Session) -> Vec<String> {
    let replies = session.draft().replies.values();
    let words = replies.filter_map(|reply| match reply {
        Reply::Given(Answer::Text(text)) => Some(text.clone()),
        Reply::Given(Answer::Single(Pick::Other(words))) => Some(words.clone()),
        _ => None,
    });
    words.collect()
}

#[test]
fn what_was_found_is_said_with_what_it_would_become_and_the_words_that_decide() {
    let lines = [&ANSWERS[..], &["", "yes", "replace"]].concat();
    let (transcript, session) = converse_in(leaving(Phrases::ENGLISH), &lines, 72);
    let expected = "\
> submit

2 parts of your words may name someone or hold a secret. Not sent yet.
Question 1: ~alice/bin would become [path].
Question 2: bob@example.com would become [e-mail].
This only helps you look: it doesn't find everything.
Type replace to send your response with these replaced, keep to send it
as written, edit to change it, or: back, quit, help
> 
Type replace to send your response with these replaced, keep to send it
as written, edit to change it, or: back, quit, help.
> yes
Type replace to send your response with these replaced, keep to send it
as written, edit to change it, or: back, quit, help.
> replace
";
    let end = &transcript[transcript.find("> submit").unwrap()..];
    assert!(end.starts_with(expected), "{end}");
    assert_eq!(own_words(&session), ["[path]", "ask [e-mail]"]);
}

#[test]
fn keeping_changes_nothing_and_editing_goes_to_the_first_of_the_answers() {
    let (_, kept) = converse_in(leaving(Phrases::ENGLISH), &[&ANSWERS[..], &["keep"]].concat(), 72);
    assert_eq!((own_words(&kept).len(), kept.asks_about_words()), (2, false));
    assert_eq!(own_words(&kept)[1], "ask bob@example.com");
    let (transcript, mended) = converse_in(leaving(Phrases::ENGLISH), &[&ANSWERS[..], &["edit", "1", "submit"]].concat(), 72);
    assert!(transcript.contains("> edit\n\nQuestion 1 of 2\nWhich?"), "{transcript}");
    assert!(transcript.contains("1 part of your words may name someone"), "{transcript}");
    assert!(mended.asks_about_words());
    let (transcript, left) = converse_in(leaving(Phrases::ENGLISH), &[&ANSWERS[..], &["help", "back"]].concat(), 72);
    assert!(transcript.contains("replace puts the words in brackets") && !left.asks_about_words(), "{transcript}");
    assert_eq!(transcript.matches("Review of your answers").count(), 2, "{transcript}");
}

#[test]
fn each_language_has_words_of_its_own_for_it() {
    for (language, replace, keep, mend) in [("de", "ersetzen", "behalten", "bearbeiten"), ("ja", "置き換え", "そのまま", "修正")]
    {
        let phrases = Phrases::of(language);
        for (word, command) in [
            (replace, Command::ReplaceWords),
            (keep, Command::KeepWords),
            (mend, Command::MendWords),
            ("replace", Command::ReplaceWords),
        ] {
            assert_eq!(understand_words(word, phrases), Ok(Event::Command(command)), "{language} {word}");
        }
        let (_, session) = converse_in(leaving(phrases), &[&ANSWERS[..], &[replace]].concat(), 72);
        assert_eq!(own_words(&session), ["[path]", "ask [e-mail]"], "{language}");
    }
}

#[test]
fn where_answers_go_is_said_before_the_first_question_and_what_few_must_know_at_the_review_too() {
    for language in ["en", "de", "ja"] {
        for goes in [Destination::Collector, Destination::Few, Destination::Webhook] {
            let phrases = Phrases::bound_for(language, goes);
            let (transcript, _) = converse_in(leaving(phrases), &["1", "/review"], 400);
            let said = |text: &str| transcript.matches(text).count();
            assert_eq!(said(phrases.lines.leaves_here), 1, "{transcript}");
            assert!(transcript.find(phrases.lines.leaves_here) < transcript.find("> "), "{transcript}");
            let warned = phrases.warning.map_or(0, said);
            assert_eq!(warned, if goes == Destination::Few { 2 } else { 0 }, "{language} {goes:?}: {transcript}");
        }
    }
    let (transcript, _) = converse_in(unsent(), &["1"], 400);
    assert!(!transcript.contains("leave this machine"), "{transcript}");
}
