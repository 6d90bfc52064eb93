//! What a typed line means at a question or at the review.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::prompt::{allowed, slash, ways};
use super::vocabulary::{command, decision};
use crate::developer::answering::{Command, Event, Session};
use crate::developer::phrases::{Answers, Phrases};
use crate::response::{Answer, Cell, Misfit, check, json as shape};
use crate::screen::keymap::digit;
use crate::survey::{Choice, Kind, Question};

/// Understands a line typed at a question; a longer text comes as a whole.
///
/// # Errors
/// What is wrong and what to type instead, in whole sentences.
pub fn understand(question: &Question, line: &str, phrases: &Phrases) -> Result<Event, String> {
    let typed = line.trim();
    if let Some(command) = command_at(question, typed, phrases) {
        return permitted(question, command, phrases);
    }
    if question.kind == Kind::Note {
        let refused = || Err((phrases.lines.sentence)(&ways(question, phrases)));
        return if typed.is_empty() { Ok(Event::Command(Command::Next)) } else { refused() };
    }
    if is_bare_command(question, typed, phrases) {
        return Err(meant(typed, phrases));
    }
    answer(question, literal(question, typed, phrases), phrases)
}

/// Understands an answer in which no word is a command.
///
/// # Errors
/// As [`understand`].
pub(super) fn answer(question: &Question, line: &str, phrases: &Phrases) -> Result<Event, String> {
    let typed = line.trim();
    if typed.is_empty() {
        return Err((phrases.lines.nothing_typed)(&ways(question, phrases), slash(question)));
    }
    let refused = |problem: String| (phrases.lines.no_answer_here)(&problem, &ways(question, phrases));
    reply(question, typed, phrases).map_err(refused)
}

/// Understands a line typed at the review.
///
/// # Errors
/// What to type instead, in whole sentences.
pub fn understand_review(session: &Session, line: &str) -> Result<Event, String> {
    let (typed, phrases) = (plain(line.trim()), session.phrases());
    if let Ok(number) = typed.parse::<usize>() {
        let at = number.checked_sub(1).and_then(|at| session.asked().nth(at)).map(|(place, _)| place);
        let refused = || (phrases.lines.only_questions)(session.asked().count());
        return at.map(|at| Event::Command(Command::GoTo(at))).ok_or_else(refused);
    }
    let command = command(typed.strip_prefix('/').unwrap_or(&typed), phrases);
    match command {
        Some(command @ (Command::Submit | Command::Back | Command::SaveAndLeave | Command::Decline | Command::Help)) => {
            Ok(Event::Command(command))
        }
        _ => Err(phrases.lines.at_review.to_owned()),
    }
}

/// Understands a line typed where it is asked what becomes of words that may tell too much.
///
/// # Errors
/// What to type instead, in whole sentences.
pub fn understand_words(line: &str, phrases: &Phrases) -> Result<Event, String> {
    let typed = plain(line.trim());
    let word = typed.strip_prefix('/').unwrap_or(&typed);
    let command = match (decision(word, phrases), command(word, phrases)) {
        (Some(decision), _) => Some(decision),
        (None, Some(Command::Back)) => Some(Command::Close),
        (None, command) => command.filter(|command| matches!(command, Command::SaveAndLeave | Command::Decline | Command::Help)),
    };
    command.map(Event::Command).ok_or_else(|| (phrases.lines.sentence)(phrases.found.ways))
}

/// Says whether a line at a question is a command.
pub(super) fn is_command(question: &Question, line: &str, phrases: &Phrases) -> bool {
    command_at(question, line.trim(), phrases).is_some()
}

/// Says whether a line at a text question is nothing but a word that would be a command elsewhere.
pub(super) fn is_bare_command(question: &Question, line: &str, phrases: &Phrases) -> bool {
    matches!(question.kind, Kind::Text { .. })
        && command(&line.trim().to_lowercase(), phrases).is_some_and(|command| fits(question, command, phrases))
}

/// Gives a line of a text question as it is meant: quotes around nothing but a command's word only say that it is none.
pub(super) fn literal<'a>(question: &Question, line: &'a str, phrases: &Phrases) -> &'a str {
    let word = line.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    word.filter(|word| is_bare_command(question, word, phrases)).unwrap_or(line)
}

fn meant(word: &str, phrases: &Phrases) -> String {
    let say = &phrases.lines;
    let purpose = match command(&word.to_lowercase(), phrases) {
        Some(Command::Next) => say.to_go_on,
        Some(Command::Back) => say.to_go_back,
        Some(Command::Skip) => say.to_skip,
        Some(Command::Review | Command::Submit) => say.for_the_review,
        Some(Command::SaveAndLeave) => say.to_leave,
        Some(Command::Decline) => say.to_decline,
        _ => say.for_it,
    };
    (say.meant)(word, purpose)
}

/// Says whether a command can be meant at a question: a kind of missing that it doesn't take can't.
fn fits(question: &Question, command: Command, phrases: &Phrases) -> bool {
    permitted(question, command, phrases).is_ok()
}

fn command_at(question: &Question, typed: &str, phrases: &Phrases) -> Option<Command> {
    let word = match typed.strip_prefix('/') {
        Some(word) => word,
        None if slash(question).is_empty() => typed,
        None => return None,
    };
    command(&word.to_lowercase(), phrases)
}

fn permitted(question: &Question, command: Command, phrases: &Phrases) -> Result<Event, String> {
    let words = &phrases.words;
    let word = match command {
        Command::NotApplicable => words.not_applicable,
        Command::PreferNotToSay => words.prefer_not,
        Command::DontKnow => words.dont_know,
        // Sending off is only offered where all the answers can be seen.
        Command::Submit => return Ok(Event::Command(Command::Review)),
        other => return Ok(Event::Command(other)),
    };
    if allowed(question, phrases).iter().any(|(allowed, ..)| *allowed == command) {
        return Ok(Event::Command(command));
    }
    Err((phrases.lines.not_taken)(word.shown, &ways(question, phrases)))
}

fn reply(question: &Question, typed: &str, phrases: &Phrases) -> Result<Event, String> {
    let Answers { problem, misfit, .. } = &phrases.answers;
    let value = value(&question.kind, typed, phrases)?;
    if let Kind::Matrix { scale, .. } = &question.kind {
        let point = value.as_u64().and_then(|point| u8::try_from(point).ok()).filter(|point| scale.points().contains(point));
        let point = point.ok_or_else(|| misfit(&Misfit::Point { first: scale.first, last: scale.last }))?;
        return Ok(Event::RowReply(Cell::Given(point)));
    }
    let together = |misfits: Vec<Misfit>| misfits.iter().map(misfit).collect::<Vec<_>>().join("; ");
    let reply = shape::reply_from(question, &value).map_err(together)?;
    if let Some(found) = check::problem(question, Some(&reply)) {
        return Err(problem(&found));
    }
    Ok(Event::Reply(reply))
}

/// Gives what was typed in the one JSON shape of answers, so that every face refuses the same.
fn value(kind: &Kind, typed: &str, phrases: &Phrases) -> Result<Value, String> {
    match kind {
        Kind::Scale { .. } | Kind::Matrix { .. } => whole(typed, phrases).map(|point| json!(point)),
        Kind::Boolean => match yes_or_no(&plain(typed), phrases) {
            Some(yes) => Ok(json!(yes)),
            None => Err(phrases.lines.expected_yes_or_no.to_owned()),
        },
        Kind::Single { choices } => match &picks(choices, typed, phrases)?[..] {
            [one] => Ok(one.clone()),
            _ => Err(phrases.lines.expected_one.to_owned()),
        },
        Kind::Multi { choices, .. } => picks(choices, typed, phrases).map(Value::Array),
        Kind::Ranking { choices } => ranking(choices, typed, phrases),
        Kind::Text { .. } => Ok(json!(typed)),
        Kind::Number { .. } => number(typed, phrases),
        Kind::Date { .. } | Kind::Note => date(typed, phrases),
    }
}

/// Gives what a word in lower case says; the English words count in every language.
fn yes_or_no(word: &str, phrases: &Phrases) -> Option<bool> {
    let (own, english) = (&phrases.words, &Phrases::ENGLISH.words);
    let is_one_of = |own: &[&str], english: &[&str]| own.contains(&word) || english.contains(&word);
    match () {
        () if is_one_of(own.yes, english.yes) => Some(true),
        () if is_one_of(own.no, english.no) => Some(false),
        () => None,
    }
}

fn picks(choices: &[Choice], typed: &str, phrases: &Phrases) -> Result<Vec<Value>, String> {
    let (say, (numbers, own)) = (&phrases.lines, split_own_words(typed, phrases));
    let mut picks = Vec::new();
    for number in words(numbers) {
        let choice = whole(&number, phrases)?.checked_sub(1).and_then(|at| choices.get(usize::try_from(at).ok()?));
        let choice = choice.ok_or_else(|| (say.expected_numbers)(choices.len()))?;
        if choice.other {
            return Err(say.expected_own_words.to_owned());
        }
        picks.push(json!(choice.code.as_str()));
    }
    picks.extend(own.map(|own| json!({ "other": own })));
    Ok(picks)
}

fn ranking(choices: &[Choice], typed: &str, phrases: &Phrases) -> Result<Value, String> {
    let mut codes = picks(choices, typed, phrases)?;
    // The last one has only one place left.
    if codes.len() + 1 == choices.len() {
        let left = choices.iter().map(|choice| json!(choice.code.as_str())).filter(|code| !codes.contains(code));
        codes.extend(left.collect::<Vec<_>>());
    }
    Ok(Value::Array(codes))
}

fn number(typed: &str, phrases: &Phrases) -> Result<Value, String> {
    let typed = with_point(plain(typed).replace('\u{2212}', "-"));
    let digits = typed.strip_prefix(['-', '+']).unwrap_or(&typed);
    let looks_right = digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let number = typed.parse::<f64>().ok().filter(|_| looks_right);
    number.map(|number| json!(number)).ok_or_else(|| phrases.lines.expected_digits.to_owned())
}

/// Reads a comma before one or two decimals as the point it is in many languages; before three it may divide thousands.
fn with_point(typed: String) -> String {
    match typed.split_once(',') {
        Some((whole, decimals)) if (1..=2).contains(&decimals.len()) => format!("{whole}.{decimals}"),
        _ => typed,
    }
}

fn date(typed: &str, phrases: &Phrases) -> Result<Value, String> {
    let date = plain(typed).parse::<NaiveDate>().map_err(|_| phrases.lines.expected_date)?;
    Ok(json!(shape::to_value(&Answer::Date(date))))
}

fn whole(typed: &str, phrases: &Phrases) -> Result<u64, String> {
    plain(typed).parse().map_err(|_| phrases.lines.expected_whole.to_owned())
}

/// Splits `1 3 other: own words` at the word `other:`, in any case; the language's own word for it does as well.
fn split_own_words<'a>(typed: &'a str, phrases: &Phrases) -> (&'a str, Option<&'a str>) {
    let marks = || phrases.words.own_words.iter().chain(Phrases::ENGLISH.words.own_words);
    let mark_at = |at: usize| {
        let begins_word = typed[..at].chars().next_back().is_none_or(is_separator);
        let stands = |mark: &&&str| typed.get(at..at + mark.len()).is_some_and(|word| word.eq_ignore_ascii_case(mark));
        marks().find(stands).filter(|_| begins_word).map(|mark| (at, at + mark.len()))
    };
    let mark = typed.char_indices().find_map(|(at, _)| mark_at(at));
    mark.map_or((typed, None), |(start, end)| (&typed[..start], Some(typed[end..].trim())))
}

fn words(typed: &str) -> Vec<String> {
    typed.split(is_separator).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, ',' | ';' | '、' | '，' | '،')
}

/// Gives the text in lower case with every script's digits as ASCII.
fn plain(typed: &str) -> String {
    let ascii = |character: char| match digit(character) {
        Some(value) => char::from(b'0' + value),
        None => character,
    };
    typed.to_lowercase().chars().map(ascii).collect()
}
