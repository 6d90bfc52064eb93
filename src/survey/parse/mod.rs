//! From TOML to a [`Survey`], or all the problems of the file at once.
//!
//! The TOML is read with its places, then lowered here by hand, since every value must be able to point at itself. It
//! never stops at the first problem, never reads a file, and says nothing about wording: only what contradicts itself.
//!
//! ```text
//! source ── limits ── TOML ── syntax ──┐
//!              │        └── head, wave, question ── scale, choices, range ── Survey
//!              └──────────── Findings ── sorted, with line and column ── Vec<Problem> ── render
//! ```

mod choices;
mod codes;
mod defaults;
mod findings;
mod head;
mod hidden;
mod ids;
mod instrument;
mod keys;
mod known;
mod labels;
mod languages;
mod logic;
mod outline;
mod privacy;
mod problem;
mod question;
mod range;
mod render;
mod scale;
mod syntax;
mod table;
mod text;
mod trigger;
mod uses;
mod values;
mod visible;
pub mod vocabulary;
mod wave;

pub use codes::CODES;
pub use findings::MOST_PROBLEMS;
pub use problem::{Problem, Related, Severity};
pub use render::{render, render_fitting, render_graded};

use std::ops::Range;

use findings::Findings;
use languages::Languages;
use logic::Lowered;
use table::Table;
use toml::de::DeTable;

use super::{Kind, Survey, SurveyId};

/// The greatest size of a survey file, in bytes.
pub const MOST_BYTES: usize = 256 * 1024;

/// The greatest number of questions in a survey, notes included.
pub const MOST_QUESTIONS: usize = 200;

/// What could be read of a file, and all that is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The questions that could be read, under as much of the head as could; `None` where nothing was. Where there are problems
    /// it is only to be looked at, never to be asked.
    pub survey: Option<Survey>,
    /// The problems, sorted by place.
    pub problems: Vec<Problem>,
}

/// Reads a survey, or gives all problems of the file, sorted by place.
///
/// Where the TOML itself is unreadable, only its syntax and its hidden characters are reported
/// ([`Problem::unreadable`]); keys that stand twice keep nothing else from being read. One problem more than
/// [`MOST_PROBLEMS`] stands for any number beyond it.
pub fn parse(source: &str) -> Result<Survey, Vec<Problem>> {
    match parse_with_problems(source) {
        Reading { survey: Some(survey), problems } if problems.is_empty() => Ok(survey),
        Reading { problems, .. } => Err(problems),
    }
}

/// Reads as much of a survey as can be read, together with all problems of the file.
pub fn parse_with_problems(source: &str) -> Reading {
    let mut findings = Findings::new(source);
    let survey = read(source, &mut findings);
    Reading { survey, problems: findings.finish() }
}

/// Reads a survey that [`parse`] accepted before: without looking for what is wrong, in a part of the time.
///
/// Of any other text it may make a survey that contradicts itself; `None` stands for
/// one of which it can make none.
pub fn known_sound(source: &str) -> Option<Survey> {
    let mut findings = Findings::trusting(source);
    let table = DeTable::parse(source).ok()?;
    learn_language(table.get_ref(), &mut findings);
    survey(&Table::new("survey", 0..0, table.get_ref()), &mut findings).filter(|_| findings.len() == 0)
}

/// Reads the id alone, of a file that may have any problem below the line with the id.
pub fn id(source: &str) -> Option<SurveyId> {
    let above = if source.starts_with('[') { "" } else { source.find("\n[").map_or(source, |at| &source[..=at]) };
    let table = DeTable::parse(above).ok()?;
    SurveyId::new(table.get_ref().get("id")?.get_ref().as_str()?)
}

/// Gives the place of what the survey itself says under a key, in bytes.
pub fn place(source: &str, key: &str) -> Option<Range<usize>> {
    Some(DeTable::parse(source).ok()?.get_ref().get(key)?.span())
}

fn read(source: &str, findings: &mut Findings<'_>) -> Option<Survey> {
    if source.len() > MOST_BYTES {
        let message = format!("the file is larger than {} KiB, the most that is read", MOST_BYTES / 1024);
        findings.report("too-large", 0..0, message, "split the survey in two, or shorten its texts");
        return None;
    }
    let (table, errors) = DeTable::parse_recoverable(source);
    hidden::report(source, findings);
    if !errors.is_empty() {
        syntax::report(&errors, table.get_ref(), findings);
        if !syntax::leaves_the_rest_readable(&errors, findings) {
            return None;
        }
    }
    learn_language(table.get_ref(), findings);
    survey(&Table::new("survey", findings.top(), table.get_ref()), findings)
}

/// Learns which language the texts are in before any of them is read.
fn learn_language(table: &DeTable<'_>, findings: &mut Findings<'_>) {
    if let Some(own) = table.get("language").and_then(|value| value.get_ref().as_str()) {
        findings.languages = Languages::new(own);
    }
}

fn survey(table: &Table<'_>, findings: &mut Findings<'_>) -> Option<Survey> {
    keys::check(table, known::SURVEY, findings);
    let head = head::read(table, findings);
    let (privacy, segments) = privacy::read(table, findings);
    let grace_days = trigger::grace_days(table, findings);
    let (groups, variants) = (logic::groups(table, findings), logic::variants(table, findings));
    let waivers = logic::waivers(table, findings);
    let lowered = questions(table, findings);
    if !findings.trusts {
        logic::check(&lowered, &groups, &variants, findings);
    }
    let questions = lowered.into_iter().filter(|lowered| lowered.is_whole).flat_map(|lowered| lowered.questions).collect();
    if let Some(head) = &head {
        std::iter::once(&head.title).chain(&head.introduction).for_each(|text| logic::report_misplaced(text, findings));
    }
    let translations = findings.languages.others().into_iter().collect();
    report_missing_translations(findings);
    Some(Survey { questions, translations, privacy, segments, grace_days, groups, variants, waivers, ..head? })
}

fn report_missing_translations(findings: &mut Findings<'_>) {
    if findings.trusts {
        return;
    }
    for (span, message, help) in findings.languages.missing() {
        findings.report("missing-translation", span, message, help);
    }
}

fn questions<'t>(table: &Table<'t>, findings: &mut Findings<'_>) -> Vec<Lowered<'t>> {
    let Some(entry) = table.get("question") else {
        if table.has_misspelt("question") {
            return Vec::new();
        }
        findings.report(
            "no-questions",
            table.span.clone(),
            "the survey asks nothing",
            "add a question: start a line with [[question]]",
        );
        return Vec::new();
    };
    let before = findings.len();
    let tables = entry.tables("question", "write [[question]] with two brackets on each side above every question", findings);
    if let Some(excess) = tables.get(MOST_QUESTIONS) {
        let message = format!("the survey has {} questions, at most {MOST_QUESTIONS} are read", tables.len());
        findings.report("too-many-questions", excess.span.clone(), message, "split the survey: nobody answers this many");
    }
    let tables = &tables[..tables.len().min(MOST_QUESTIONS)];
    ids::report_duplicates(tables, findings);
    let lowered: Vec<Lowered<'t>> = tables.iter().map(|table| lower(table, findings)).collect();
    report_too_many_items(&lowered, findings);
    let mut questions = lowered.iter().flat_map(|lowered| &lowered.questions);
    let is_readable = lowered.iter().all(|lowered| !lowered.questions.is_empty());
    if findings.len() == before && is_readable && questions.all(|question| question.kind == Kind::Note) {
        let help = "add a question that takes an answer, such as one with type = \"nps\"";
        findings.report("no-questions", entry.key_span, "the survey has notes only and asks nothing", help);
    }
    lowered
}

/// Gives the questions that one table of the file stands for.
fn lower<'t>(table: &Table<'t>, findings: &mut Findings<'_>) -> Lowered<'t> {
    if instrument::is_one(table) { instrument::read(table, findings) } else { question::read(table, findings) }
}

/// Reports the first table with whose items the survey has too many questions.
fn report_too_many_items(lowered: &[Lowered<'_>], findings: &mut Findings<'_>) {
    let mut count = 0;
    let excess = lowered.iter().find(|lowered| {
        count += lowered.questions.len();
        count > MOST_QUESTIONS
    });
    if let Some(Lowered { table, .. }) = excess {
        let message = format!("with the items of its instruments the survey has more than {MOST_QUESTIONS} questions");
        findings.report("too-many-questions", table.span.clone(), message, "split the survey: nobody answers this many");
    }
}
