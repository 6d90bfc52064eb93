//! The plain lines of whole sittings: what is printed, and what each typed line comes to.

mod leaving;
mod talk;

use super::super::trial::{session, survey};
use super::prompt::ways;
use super::vocabulary::{command, words};
use super::*;
use crate::developer::answering::{Input, update};
use crate::developer::phrases::Word;
use crate::response::json;
use crate::screen::text::width;
use crate::survey::Survey;

fn understood(question: &str, line: &str) -> String {
    understood_in(Phrases::ENGLISH, question, line)
}

fn understood_in(phrases: &Phrases, question: &str, line: &str) -> String {
    let survey = survey();
    let question = survey.questions.iter().find(|known| known.id.as_str() == question).unwrap();
    match understand(question, line, phrases) {
        Ok(Event::Reply(Reply::Given(answer))) => json::to_value(&answer).to_string(),
        Ok(Event::RowReply(Cell::Given(point))) => format!("row {point}"),
        Ok(Event::Command(command)) => format!("{command:?}"),
        Ok(other) => format!("{other:?}"),
        Err(problem) => format!("? {problem}"),
    }
}

#[test]
fn typed_lines_are_answers_of_the_questions_type() {
    for (question, line, meaning) in [
        ("nps", "10", "10"),
        ("nps", " 0 ", "0"),
        ("nps", "７", "7"),
        ("nps", "٣", "3"),
        ("deploys", "y", "true"),
        ("deploys", "N", "false"),
        ("deploys", "No", "false"),
        ("editor", "2", "\"emacs\""),
        ("editor", "other: ed, the standard", "{\"other\":\"ed, the standard\"}"),
        ("editor", "OTHER:ed", "{\"other\":\"ed\"}"),
        ("barriers", "2 1", "[\"docs\",\"ci\"]"),
        ("barriers", "1,2", "[\"docs\",\"ci\"]"),
        ("barriers", "3", "[\"none\"]"),
        ("order", "3 1 2", "[\"safety\",\"docs\",\"speed\"]"),
        ("order", "3, 1", "[\"safety\",\"docs\",\"speed\"]"),
        ("parts", "4", "row 4"),
        ("reason", "\"skip\"", "\"skip\""),
        ("name", "\"Quit\"", "\"Quit\""),
        ("name", "\"so\" they say", "\"\\\"so\\\" they say\""),
        ("name", "skip it", "\"skip it\""),
        ("name", "n/a", "\"n/a\""),
        ("reason", "one\ntwo", "\"one\\ntwo\""),
        ("name", "/usr/bin", "\"/usr/bin\""),
        ("minutes", "12.5", "12.5"),
        ("minutes", "12,5", "12.5"),
        ("minutes", "１２", "12"),
        ("since", "2026-03-31", "\"2026-03-31\""),
    ] {
        assert_eq!(understood(question, line), meaning, "{question}: {line}");
    }
}

#[test]
fn words_are_commands_and_stand_behind_a_slash_in_text() {
    for (question, line, meaning) in [
        ("nps", "skip", "Skip"),
        ("nps", "S", "Skip"),
        ("nps", "/back", "Back"),
        ("nps", "r", "Review"),
        ("nps", "?", "Help"),
        ("nps", "next", "Next"),
        ("nps", "submit", "Review"),
        ("nps", "decline", "Decline"),
        ("agree", "na", "NotApplicable"),
        ("reason", "/skip", "Skip"),
        ("name", "/q", "SaveAndLeave"),
        ("thanks", "", "Next"),
        ("thanks", "back", "Back"),
    ] {
        assert_eq!(understood(question, line), meaning, "{question}: {line}");
    }
}

#[test]
fn what_is_not_understood_says_what_to_type() {
    for (question, line, problem) in [
        ("nps", "", "Nothing typed, so nothing changed. Type 0 to 10"),
        ("name", "  ", "/next leaves it as it is."),
        ("nps", "11", "expected a whole number from 0 to 10. Type 0 to 10"),
        ("nps", "-1", "expected a whole number"),
        ("minutes", "1,000", "expected digits"),
        ("nps", "na", "This question doesn't take na."),
        ("deploys", "1", "expected yes or no"),
        ("editor", "0", "expected numbers from 1 to 3"),
        ("editor", "1 2", "expected a single number"),
        ("editor", "3", "other: a reason"),
        ("editor", "other:", "expected own words as text"),
        ("barriers", "1 2 3", "takes at most 2 choices"),
        ("barriers", "1 3", "names an exclusive choice beside others"),
        ("barriers", "1 1", "names a choice twice"),
        ("order", "1", "1 of 3 ranked"),
        ("order", "1 1 2", "names a choice twice"),
        ("parts", "6", "expected a whole number from 1 to 5"),
        ("name", "a text that is far too long", "takes at most 20 characters"),
        ("minutes", "61", "expected 0 to 60"),
        ("minutes", "1.25", "at most 1 decimal place"),
        ("minutes", "inf", "expected digits"),
        ("minutes", "1e1", "expected digits"),
        ("since", "31.3.2026", "expected year-month-day"),
        ("since", "2019-12-31", "expected 2020-01-01 or later"),
        ("thanks", "hello", "Press Enter to go on"),
    ] {
        let said = understood(question, line);
        assert!(said.starts_with("? ") && said.contains(problem), "{question}: {line}: {said}");
    }
}

#[test]
fn what_is_suggested_would_be_taken() {
    let barriers = |survey: &Survey| survey.questions.iter().find(|known| known.id.as_str() == "barriers").cloned().unwrap();
    let suggested = |survey: &Survey| ways(&barriers(survey), Phrases::ENGLISH);
    let mut survey = survey();
    let bounded = |survey: &mut Survey, bounds| {
        let question = survey.questions.iter_mut().find(|known| known.id.as_str() == "barriers").unwrap();
        let Kind::Multi { min, max, .. } = &mut question.kind else { panic!("it has several choices") };
        (*min, *max) = bounds;
    };
    assert!(suggested(&survey).starts_with("Type numbers such as 1 2, at most 2"), "{}", suggested(&survey));
    bounded(&mut survey, (1, 1));
    assert!(suggested(&survey).starts_with("Type a number such as 1, exactly 1"), "{}", suggested(&survey));
    let nps = survey.questions.iter().find(|known| known.required).unwrap();
    assert!(!ways(nps, Phrases::ENGLISH).contains("skip") && !help(&session()).contains("skip"));
}

#[test]
fn the_review_takes_numbers_and_its_own_words() {
    for (line, meaning) in [
        ("submit", Some(Command::Submit)),
        ("5", Some(Command::GoTo(4))),
        ("back", Some(Command::Back)),
        ("q", Some(Command::SaveAndLeave)),
        ("", None),
        ("12", None),
        ("0", None),
        ("skip", None),
    ] {
        assert_eq!(understand_review(&session(), line).ok(), meaning.map(Event::Command), "{line}");
    }
}

#[test]
fn every_language_understands_its_own_words_and_the_english_ones() {
    let german = Phrases::of("de");
    let japanese = Phrases::of("ja");
    for (phrases, question, line, meaning) in [
        (german, "nps", "überspringen", "Skip"),
        (german, "nps", "Zurueck", "Back"),
        (german, "nps", "skip", "Skip"),
        (german, "agree", "entfällt", "NotApplicable"),
        (german, "agree", "na", "NotApplicable"),
        (german, "reason", "/ende", "SaveAndLeave"),
        (german, "deploys", "Ja", "true"),
        (german, "deploys", "n", "false"),
        (german, "editor", "eigenes: ed", "{\"other\":\"ed\"}"),
        (german, "editor", "other: ed", "{\"other\":\"ed\"}"),
        (japanese, "nps", "スキップ", "Skip"),
        (japanese, "nps", "q", "SaveAndLeave"),
        (japanese, "deploys", "いいえ", "false"),
        (japanese, "deploys", "yes", "true"),
        (japanese, "barriers", "１、２", "[\"docs\",\"ci\"]"),
        (japanese, "editor", "その他：ed", "{\"other\":\"ed\"}"),
        (japanese, "editor", "その他:ed", "{\"other\":\"ed\"}"),
        (Phrases::ENGLISH, "reason", "ende", "\"ende\""),
    ] {
        assert_eq!(understood_in(phrases, question, line), meaning, "{phrases:?} {question}: {line}");
    }
}

#[test]
fn no_word_means_two_things_and_what_is_shown_can_be_typed() {
    for phrases in Phrases::ALL {
        let (own, english) = (words(phrases), words(Phrases::ENGLISH));
        for (at, (meaning, word)) in own.iter().enumerate() {
            let elsewhere = |typed: &&&str| {
                let other = |(other, known): &(Command, Word)| other != meaning && known.typed.contains(*typed);
                own.iter().chain(&english).any(other)
            };
            let all = [word.typed, english[at].1.typed].concat();
            assert_eq!(all.iter().find(elsewhere), None, "{phrases:?} {meaning:?}");
            assert!(all.iter().all(|typed| *typed == typed.to_lowercase()), "{phrases:?}: words are compared in lower case");
            let shown = word.shown.split('（').next().unwrap();
            assert_eq!(command(shown, phrases), Some(*meaning), "{phrases:?}: {shown}");
        }
    }
}

#[test]
fn what_is_wrong_with_a_line_is_said_in_its_language() {
    for (language, question, line, said) in [
        (
            "de",
            "nps",
            "11",
            "Das ist hier keine Antwort: erwartet: eine ganze Zahl von 0 bis 10. Geben Sie 0 bis 10 ein, oder: zurück",
        ),
        ("de", "order", "1", "1 von 3 geordnet"),
        ("de", "minutes", "1.25", "höchstens 1 Nachkommastelle."),
        ("de", "name", "Weiter", "Geben Sie /Weiter ein, um weiterzugehen"),
        ("ja", "since", "31.3.2026", "年-月-日ではありません"),
        ("ja", "nps", "na", "この質問ではna（該当しない）を使えません。0から10の数字を入力してください。ほかに：back（戻る）、"),
    ] {
        let problem = understood_in(Phrases::of(language), question, line);
        assert!(problem.starts_with("? ") && problem.contains(said), "{problem}");
    }
}

#[test]
fn a_conversation_is_held_in_the_language_of_the_session() {
    let session = session().speaking(Phrases::of("de"));
    let mut talk = Talk::new();
    let said = talk.say(&session, 72);
    let expected = "\
Trial
Every type of question.
11 Fragen, etwa 2 min. Geben Sie eine Antwort ein, dann Enter.

Frage 1 von 11, Antwort erforderlich
How likely are you to recommend us?
0 = not at all
10 = extremely
Geben Sie 0 bis 10 ein, oder: zurück, übersicht, ende, hilfe
> ";
    assert_eq!(said, expected, "the survey keeps its own language where it has no other");
}
