//! What a typed line means at a question or at the review.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::prompt::{allowed, slash, ways};
use crate::developer::answering::{Command, Event, Session};
use crate::response::{Answer, Cell, check, json as shape};
use crate::screen::keymap::digit;
use crate::survey::{Choice, Kind, Question};

/// Understands a line typed at a question; a longer text comes as a whole.
///
/// # Errors
/// What is wrong and what to type instead, in whole sentences.
pub fn understand(question: &Question, line: &str) -> Result<Event, String> {
    let typed = line.trim();
    if let Some(command) = command_at(question, typed) {
        return permitted(question, command);
    }
    if question.kind == Kind::Note {
        return if typed.is_empty() { Ok(Event::Command(Command::Next)) } else { Err(format!("{}.", ways(question))) };
    }
    if is_bare_command(question, typed) {
        return Err(meant(typed));
    }
    answer(question, literal(question, typed))
}

/// Understands an answer in which no word is a command.
///
/// # Errors
/// As [`understand`].
pub(super) fn answer(question: &Question, line: &str) -> Result<Event, String> {
    let typed = line.trim();
    if typed.is_empty() {
        let mark = slash(question);
        return Err(format!("Nothing typed, so nothing changed. {}. {mark}next leaves it as it is.", ways(question)));
    }
    reply(question, typed).map_err(|problem| format!("That's no answer here: {problem}. {}.", ways(question)))
}

/// Understands a line typed at the review.
///
/// # Errors
/// What to type instead, in whole sentences.
pub fn understand_review(session: &Session, line: &str) -> Result<Event, String> {
    let typed = plain(line.trim());
    if let Ok(number) = typed.parse::<usize>() {
        let at = number.checked_sub(1).and_then(|at| session.asked().nth(at)).map(|(place, _)| place);
        let many = session.asked().count();
        return at.map(|at| Event::Command(Command::GoTo(at))).ok_or(format!("There are only the questions 1 to {many}."));
    }
    let command = command(typed.strip_prefix('/').unwrap_or(&typed));
    match command {
        Some(command @ (Command::Submit | Command::Back | Command::SaveAndLeave | Command::Decline | Command::Help)) => {
            Ok(Event::Command(command))
        }
        _ => Err("Type submit to finish, a question's number to change it, or: back, quit, help.".to_owned()),
    }
}

/// Says whether a line at a question is a command.
pub(super) fn is_command(question: &Question, line: &str) -> bool {
    command_at(question, line.trim()).is_some()
}

/// Says whether a line at a text question is nothing but a word that would be a command elsewhere.
pub(super) fn is_bare_command(question: &Question, line: &str) -> bool {
    matches!(question.kind, Kind::Text { .. })
        && command(&line.trim().to_lowercase()).is_some_and(|command| fits(question, command))
}

/// Gives a line of a text question as it is meant: quotes around nothing but a command's word only say that it is none.
pub(super) fn literal<'a>(question: &Question, line: &'a str) -> &'a str {
    let word = line.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    word.filter(|word| is_bare_command(question, word)).unwrap_or(line)
}

fn meant(word: &str) -> String {
    let purpose = match command(&word.to_lowercase()) {
        Some(Command::Next) => "to go on",
        Some(Command::Back) => "to go back",
        Some(Command::Skip) => "to skip",
        Some(Command::Review | Command::Submit) => "for the review",
        Some(Command::SaveAndLeave) => "to leave",
        Some(Command::Decline) => "to decline",
        _ => "for it",
    };
    format!("Did you mean the command? Type /{word} {purpose}, or \"{word}\" in quotes to answer with that word.")
}

/// Says whether a command can be meant at a question: a kind of missing that it doesn't take can't.
fn fits(question: &Question, command: Command) -> bool {
    permitted(question, command).is_ok()
}

fn command_at(question: &Question, typed: &str) -> Option<Command> {
    let word = match typed.strip_prefix('/') {
        Some(word) => word,
        None if slash(question).is_empty() => typed,
        None => return None,
    };
    command(&word.to_lowercase())
}

fn command(word: &str) -> Option<Command> {
    Some(match word {
        "next" | "tab" => Command::Next,
        "back" | "b" => Command::Back,
        "skip" | "s" => Command::Skip,
        "na" | "n/a" => Command::NotApplicable,
        "prefer" => Command::PreferNotToSay,
        "unknown" => Command::DontKnow,
        "review" | "r" => Command::Review,
        "quit" | "q" => Command::SaveAndLeave,
        "decline" => Command::Decline,
        "help" | "?" => Command::Help,
        "submit" | "finish" | "send" => Command::Submit,
        _ => return None,
    })
}

fn permitted(question: &Question, command: Command) -> Result<Event, String> {
    let word = match command {
        Command::NotApplicable => "na",
        Command::PreferNotToSay => "prefer",
        Command::DontKnow => "unknown",
        // Sending off is only offered where all the answers can be seen.
        Command::Submit => return Ok(Event::Command(Command::Review)),
        other => return Ok(Event::Command(other)),
    };
    if allowed(question).iter().any(|(allowed, _)| *allowed == word) {
        return Ok(Event::Command(command));
    }
    Err(format!("This question doesn't take {word}. {}.", ways(question)))
}

fn reply(question: &Question, typed: &str) -> Result<Event, String> {
    let value = value(&question.kind, typed)?;
    if let Kind::Matrix { scale, .. } = &question.kind {
        let point = value.as_u64().and_then(|point| u8::try_from(point).ok()).filter(|point| scale.points().contains(point));
        let point = point.ok_or_else(|| format!("expected a whole number from {} to {}", scale.first, scale.last))?;
        return Ok(Event::RowReply(Cell::Given(point)));
    }
    let reply = shape::reply_from(question, &value).map_err(|problems| problems.join("; "))?;
    if let Some(problem) = check::problem(question, Some(&reply)) {
        return Err(problem.to_string());
    }
    Ok(Event::Reply(reply))
}

/// Gives what was typed in the one JSON shape of answers, so that every face refuses the same.
fn value(kind: &Kind, typed: &str) -> Result<Value, String> {
    match kind {
        Kind::Scale { .. } | Kind::Matrix { .. } => whole(typed).map(|point| json!(point)),
        Kind::Boolean => match plain(typed).as_str() {
            "y" | "yes" => Ok(json!(true)),
            "n" | "no" => Ok(json!(false)),
            _ => Err("expected yes or no".to_owned()),
        },
        Kind::Single { choices } => match &picks(choices, typed)?[..] {
            [one] => Ok(one.clone()),
            _ => Err("expected a single number".to_owned()),
        },
        Kind::Multi { choices, .. } => picks(choices, typed).map(Value::Array),
        Kind::Ranking { choices } => ranking(choices, typed),
        Kind::Text { .. } => Ok(json!(typed)),
        Kind::Number { .. } => number(typed),
        Kind::Date { .. } | Kind::Note => date(typed),
    }
}

fn picks(choices: &[Choice], typed: &str) -> Result<Vec<Value>, String> {
    let (numbers, own) = split_own_words(typed);
    let mut picks = Vec::new();
    for number in words(numbers) {
        let choice = whole(&number)?.checked_sub(1).and_then(|at| choices.get(usize::try_from(at).ok()?));
        let choice = choice.ok_or_else(|| format!("expected numbers from 1 to {}", choices.len()))?;
        if choice.other {
            return Err("this choice needs your own words, such as other: a reason".to_owned());
        }
        picks.push(json!(choice.code.as_str()));
    }
    picks.extend(own.map(|own| json!({ "other": own })));
    Ok(picks)
}

fn ranking(choices: &[Choice], typed: &str) -> Result<Value, String> {
    let mut codes = picks(choices, typed)?;
    // The last one has only one place left.
    if codes.len() + 1 == choices.len() {
        let left = choices.iter().map(|choice| json!(choice.code.as_str())).filter(|code| !codes.contains(code));
        codes.extend(left.collect::<Vec<_>>());
    }
    Ok(Value::Array(codes))
}

fn number(typed: &str) -> Result<Value, String> {
    let typed = plain(typed).replace('\u{2212}', "-");
    let digits = typed.strip_prefix(['-', '+']).unwrap_or(&typed);
    let looks_right = digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let number = typed.parse::<f64>().ok().filter(|_| looks_right);
    number.map(|number| json!(number)).ok_or_else(|| "expected digits, with a point for decimals".to_owned())
}

fn date(typed: &str) -> Result<Value, String> {
    let date = plain(typed).parse::<NaiveDate>().map_err(|_| "expected year-month-day, such as 2026-03-31")?;
    Ok(json!(shape::to_value(&Answer::Date(date))))
}

fn whole(typed: &str) -> Result<u64, String> {
    plain(typed).parse().map_err(|_| "expected a whole number".to_owned())
}

/// Splits `1 3 other: own words` at the word `other:`, in any case.
fn split_own_words(typed: &str) -> (&str, Option<&str>) {
    let start = typed.char_indices().map(|(at, _)| at).find(|at| {
        let begins_word = typed[..*at].chars().next_back().is_none_or(is_separator);
        begins_word && typed.get(*at..*at + 6).is_some_and(|word| word.eq_ignore_ascii_case("other:"))
    });
    start.map_or((typed, None), |at| (&typed[..at], Some(typed[at + 6..].trim())))
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
