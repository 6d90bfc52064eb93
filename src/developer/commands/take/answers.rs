//! Answers from a file, without a terminal.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use chrono::Utc;
use serde_json::Value;

use super::sitting::begun;
use super::{Arguments, Intent, Sitting};
use crate::developer::catalog::Found;
use crate::developer::commands::{Failure, note_with};
use crate::developer::faces::Finish;
use crate::developer::faces::scripted::{self, Refusal, Words};
use crate::developer::phrases::number_of;
use crate::developer::store::Store;
use crate::response::Opened;
use crate::survey::SurveyId;

/// The greatest file of answers, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// Answers from a file by the same state machine; nothing is stored unless all of it is right.
pub(super) fn from_file(
    path: &Path,
    (found, intent): (Found, Intent<'_>),
    data: &Path,
    arguments: &Arguments,
    language: &str,
) -> Result<(Finish, Option<Value>), Failure> {
    let place = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
    let text = read(path).map_err(|error| {
        let hint = "give the path of a JSON file, or - for standard input";
        Failure::new(format!("can't read the answers in {place}: {error}")).hint(hint)
    })?;
    let id = found.survey.id.clone();
    // What is answered anew stays in its arms: they were drawn once.
    let (earlier, now) = (intent.reopens, Utc::now());
    let again = earlier.map(|response| response.reopen(&found.survey, now).seed);
    let opened = match again {
        Some(seed) => Opened::begin(&found.survey, language, seed, now),
        None => begun(&found.survey, language)?,
    };
    let replies = scripted::answers(&found.survey, &opened.draft, &text).map_err(|faults| wrong_answers(&place, &id, &faults))?;
    let sitting = Sitting::begin_afresh(Store::open(data)?, found, opened, intent, arguments.discard_draft)?;
    let mut sitting = sitting.replacing(earlier.map(|response| response.id.clone()));
    let words = match (arguments.keep_words, arguments.replace_words) {
        (true, _) => Words::Kept,
        (_, true) => Words::Replaced,
        _ => Words::Refused,
    };
    let finish =
        sitting.keep(|session, keeping| scripted::run(session, &replies, words, keeping)).map_err(|refusal| match refusal {
            Refusal::Said(reason) => Failure::new(reason),
            Refusal::Words(found) => telling_words(&place, &id, &found),
        })?;
    if let Some(shown) = sitting.shown_first()? {
        note_with(finish.session.phrases().farewells.leaves, &shown);
    }
    Ok((finish, sitting.record.take()))
}

fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    let read = |from: &mut dyn Read, text: &mut String| from.take(LIMIT + 1).read_to_string(text);
    if path == Path::new("-") {
        read(&mut io::stdin().lock(), &mut text)?;
    } else {
        read(&mut File::open(path)?, &mut text)?;
    }
    match text.len() as u64 > LIMIT {
        true => Err(io::Error::other("it is bigger than 1 MiB")),
        false => Ok(text),
    }
}

fn wrong_answers(place: &str, id: &SurveyId, faults: &[scripted::Fault]) -> Failure {
    let list: Vec<String> = faults.iter().map(|fault| format!("  {fault}")).collect();
    if let [scripted::Fault { question: None, problem }] = faults {
        return Failure::new(format!("{place}: {problem}; nothing was stored"))
            .hint("write one JSON object from question to answer, such as { \"score\": 9 }");
    }
    let count = number_of(faults.len(), "answer is wrong", "answers are wrong");
    Failure::new(format!("{place}, answering {id}: {count}; nothing was stored\n{}", list.join("\n")))
        .hint("correct the file; the survey's TOML shows its questions and codes")
}

fn telling_words(place: &str, id: &SurveyId, found: &[scripted::Fault]) -> Failure {
    let list: Vec<String> = found.iter().map(|fault| format!("  {fault}")).collect();
    let count = number_of(found.len(), "part of the words", "parts of the words");
    Failure::new(format!(
        "{place}, answering {id}: {count} may name someone or hold a secret; nothing was stored\n{}",
        list.join("\n")
    ))
    .hint("--replace-words puts what would stand for them in their place, --keep-words sends them as they are")
}
