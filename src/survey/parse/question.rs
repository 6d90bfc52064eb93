//! One `[[question]]`: what every question has, and the way to what only its type has.

use super::choices::{self, Options};
use super::findings::Findings;
use super::logic::Lowered;
use super::table::{Entry, Table};
use super::uses::FirstUses;
use super::visible::quote;
use super::{defaults, keys, known, logic, outline, range, scale, text};
use crate::survey::nearest::{listed, meant, nearest};
use crate::survey::{Allow, Kind, Length, Question, QuestionId};

/// Reads a question; what is wrong goes to the findings. There is none where not even its id is known.
pub(super) fn read<'t>(table: &Table<'t>, findings: &mut Findings<'_>) -> Lowered<'t> {
    let id = table.need("id", "add a line such as id = \"ease\"", findings).and_then(|entry| id(&entry, findings));
    let help = format!("add a line such as type = \"rating\"; the types are {}", listed(known::TYPES, "and"));
    let kind = table.need("type", &help, findings).and_then(|entry| type_name(&entry, findings));
    keys::check_question(table, kind, findings);
    let words = table.need("text", "add a line such as text = \"How easy was this deployment?\"", findings);
    let words = words.and_then(|entry| entry.text(text::QUESTION, findings));
    let is_note = kind == Some("note");
    let has = |key: &str| table.get(key).filter(|_| !is_note);
    let help = has("help").map(|entry| entry.text(text::QUESTION, findings));
    let required = has("required").map(|entry| entry.flag(findings));
    let allow = has("allow").map(|entry| allow(&entry, findings)).unwrap_or_default();
    let name = kind;
    let kind = name.and_then(|name| read_kind(name, table, findings));
    let is_whole = words.is_some() && kind.is_some();
    let kind = kind.or_else(|| outline::kind(name?, table, &findings.languages));
    let required = required.flatten().unwrap_or(false);
    // What decides about the question is read whatever else is wrong with it, so that all of it is told.
    let (is_named, has_kind) = (id.is_some(), kind.is_some());
    let id = id.or_else(|| QuestionId::new("unreadable"));
    let mut question = id.map(|id| Question {
        required,
        allow,
        help: help.flatten(),
        ..Question::new(id, words.unwrap_or_default(), kind.unwrap_or(Kind::Note))
    });
    question.iter_mut().for_each(|question| logic::read(table, question, findings));
    let questions = question.filter(|_| is_named).into_iter().collect();
    Lowered { is_whole: is_whole && is_named, table: table.clone(), questions, has_kind }
}

/// Reads the id of a question.
pub(super) fn id(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<QuestionId> {
    let written = entry.string(findings)?;
    let Some(id) = QuestionId::new(written) else {
        let help = "use up to 32 of a to z, 0 to 9 and _, starting with a letter, such as \"build_speed\"";
        findings.report("invalid-id", entry.span.clone(), format!("{} can't name a question", quote(written)), help);
        return None;
    };
    if known::RESERVED.contains(&written) {
        let help = format!("choose another id, such as \"{written}_question\": conditions use the word `{written}` themselves");
        findings.report("reserved-id", entry.span.clone(), format!("`{written}` is a reserved word"), help);
        return None;
    }
    Some(id)
}

/// Reads the name of a type; one that is misspelt is reported, and read as what was meant, so that it hides nothing else.
fn type_name(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<&'static str> {
    let written = entry.string(findings)?;
    if let Some(name) = known::TYPES.iter().find(|name| **name == written) {
        return Some(name);
    }
    if known::INSTRUMENTS.contains(&written) {
        let message = format!("`{written}` is an instrument, not a type");
        findings.report(
            "unknown-type",
            entry.span.clone(),
            message,
            format!("write instrument = \"{written}\" in place of the type"),
        );
        return None;
    }
    let all = known::TYPES.iter().copied();
    let help = meant(written, all.clone(), known::OTHER_TYPES);
    let help = help.unwrap_or_else(|| format!("the types are {}", listed(known::TYPES, "and")));
    findings.report("unknown-type", entry.span.clone(), format!("unknown type {}", quote(written)), help);
    nearest(written, all, known::OTHER_TYPES)
}

fn allow(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Allow {
    let mut allow = Allow::default();
    let mut uses = FirstUses::new();
    for element in entry.elements("write allow = [\"not_applicable\"]", findings) {
        let Some(kind) = element.word(known::ALLOW, findings) else { continue };
        if let Some(first) = uses.take(kind, &element.span) {
            let reported =
                findings.report("duplicate-value", element.span, "the same kind stands here twice", "keep one of them");
            reported.related("it stands first here", first);
        }
        match kind {
            0 => allow.not_applicable = true,
            1 => allow.prefer_not_to_say = true,
            _ => allow.dont_know = true,
        }
    }
    allow
}

fn read_kind(name: &str, table: &Table<'_>, findings: &mut Findings<'_>) -> Option<Kind> {
    if let Some(measure) = defaults::measure(name) {
        return Some(Kind::Scale { measure, scale: scale::read(measure, table, findings)? });
    }
    match name {
        "single" => Some(Kind::Single { choices: choices::read(table, &Options::SINGLE, findings)? }),
        "multi" => {
            let choices = choices::read(table, &Options::MULTI, findings);
            let (min, max) = range::picks(table, choices.as_deref(), findings)?;
            Some(Kind::Multi { choices: choices?, min, max })
        }
        "ranking" => Some(Kind::Ranking { choices: choices::read(table, &Options::RANKING, findings)? }),
        "matrix" => {
            let rows = choices::rows(table, findings);
            let scale = scale::read_for_matrix(table, findings)?;
            Some(Kind::Matrix { rows: rows?, scale })
        }
        "text" => free_text(table, findings),
        "number" => range::number(table, findings),
        "boolean" => Some(Kind::Boolean),
        "date" => range::date(table, findings),
        _ => Some(Kind::Note),
    }
}

/// The greatest length an author may ask for, in characters.
pub(super) const MOST_LENGTH: i64 = 4_000;

fn free_text(table: &Table<'_>, findings: &mut Findings<'_>) -> Option<Kind> {
    let length = match table.get("length").map(|entry| entry.word(known::LENGTH, findings)) {
        None | Some(Some(0)) => Length::Short,
        Some(Some(_)) => Length::Long,
        Some(None) => return None,
    };
    let usual = if length == Length::Short { defaults::SHORT } else { 2_000 };
    let max_length = table.get("max_length").map_or(Some(usual), |entry| entry.whole(1..=MOST_LENGTH, findings))?;
    Some(Kind::Text { length, max_length: usize::try_from(max_length).ok()? })
}
