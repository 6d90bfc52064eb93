//! A `[[question]]` that stands for a named instrument: it becomes the instrument's items, whose words are fixed.

use super::findings::Findings;
use super::languages::Brought;
use super::logic::Lowered;
use super::table::{Entry, Table};
use super::uses::FirstUses;
use super::visible::quote;
use super::{keys, known, logic, question, text};
use crate::survey::instrument::{AnsweredWith, Statement, Words};
use crate::survey::nearest::{listed, meant, nearest};
use crate::survey::{Anchors, Condition, Instrument, Item, Kind, Name, Question, QuestionId, Scale, Text, Trend, Waiver};

/// What an author says of an instrument, which holds for each of its items.
#[derive(Clone)]
struct Shared {
    required: bool,
    show_if: Option<Condition>,
    group: Option<Name>,
    trend: Option<Trend>,
    waivers: Vec<Waiver>,
}

impl Shared {
    /// Says it of one question.
    fn put(&self, question: Question) -> Question {
        let Self { required, show_if, group, trend, waivers } = self.clone();
        Question { required, show_if, group, trend, waivers, ..question }
    }
}

/// Says whether a table stands for an instrument rather than for a question of its own.
pub(super) fn is_one(table: &Table<'_>) -> bool {
    let is_misspelt = || table.get("type").is_none() && table.has_misspelt("instrument") && !table.has_misspelt("type");
    table.get("instrument").is_some() || is_misspelt()
}

/// Reads an instrument as its items; what is wrong goes to the findings.
pub(super) fn read<'t>(table: &Table<'t>, findings: &mut Findings<'_>) -> Lowered<'t> {
    let id = table.need("id", "add a line such as id = \"usability\"", findings).and_then(|entry| question::id(&entry, findings));
    let entry = table.get("instrument");
    let instrument = entry.as_ref().and_then(|entry| name(entry, findings));
    check_keys(table, instrument, findings);
    let shared = shared(table, findings);
    let Some((instrument, entry)) = instrument.zip(entry) else {
        let question = id.map(|id| shared.put(Question::new(id, Text::default(), Kind::Note)));
        return Lowered { table: table.clone(), questions: question.into_iter().collect(), is_whole: false, has_kind: false };
    };
    findings.languages.brought(Brought::Instrument, instrument.name(), entry.span.clone());
    let id = id.filter(|id| fits(id, instrument, table, findings));
    let object = table.get("object").filter(|_| instrument.has_object()).and_then(|entry| object(&entry, findings));
    let chosen = table.get("items").filter(|_| instrument == Instrument::Tlx);
    let chosen = chosen.and_then(|entry| chosen_items(&entry, instrument, findings));
    // What is found about an item stands where its author could have said otherwise.
    let place = object.as_ref().map_or(entry.span, Text::place);
    // With a name or a choice that can't be read all items are there still, so that conditions find them.
    let words = |words: &Words| findings.languages.worded(words, object.as_ref(), &place);
    let questions = id.map_or_else(Vec::new, |of| expand(&of, &shared, (instrument, chosen.as_deref()), &words));
    Lowered { is_whole: !questions.is_empty(), table: table.clone(), questions, has_kind: true }
}

/// Reads whether every item is required, when it is asked, what a change means for its trend, and what is waived.
fn shared(table: &Table<'_>, findings: &mut Findings<'_>) -> Shared {
    Shared {
        required: logic::flag(table, "required", findings),
        show_if: logic::show_if(table, findings),
        group: logic::group(table, findings),
        trend: logic::trend(table, findings),
        waivers: logic::waivers(table, findings),
    }
}

/// Reads the name of what the items ask about.
fn object(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<Text> {
    let object = entry.text(text::LABEL, findings)?;
    let is_pipe = |words: &str| words.contains(['{', '}']);
    if is_pipe(object.original()) || object.translations().iter().any(|translation| is_pipe(&translation.text)) {
        findings.report("lone-brace", entry.span.clone(), "the name of an object can't have braces", "take them out");
        return None;
    }
    Some(object)
}

/// Makes a question of each item that is asked.
fn expand(
    of: &QuestionId,
    shared: &Shared,
    (instrument, chosen): (Instrument, Option<&[u8]>),
    words: &dyn Fn(&Words) -> Text,
) -> Vec<Question> {
    let all = (1_u8..).zip(instrument.items());
    let asked = all.filter(|(number, _)| chosen.is_none_or(|chosen| chosen.contains(number)));
    let item = |(number, statement): (u8, &Statement)| {
        let id = QuestionId::new(&item_id(of.as_str(), number))?;
        let (kind, help) = answered_with(statement, words);
        let mut question = Question::new(id, words(&statement.text), kind);
        question.help = help;
        question.item = Some(Item { instrument, of: of.clone(), number });
        let mut question = shared.put(question);
        // The order of the items is the instrument's own, in a shuffled group as well.
        question.pin = true;
        Some(question)
    };
    asked.filter_map(item).collect()
}

/// Gives the ids that the items of a table's instrument have; none where id or instrument aren't readable.
pub(super) fn item_ids(table: &Table<'_>) -> Vec<String> {
    let text = |key: &str| table.get(key).and_then(|entry| entry.raw_text());
    let Some((id, instrument)) = text("id").zip(text("instrument").and_then(Instrument::from_name)) else { return Vec::new() };
    (1_u8..).zip(instrument.items()).map(|(number, _)| item_id(id, number)).collect()
}

/// A left-out item keeps its number, so that the others keep their ids.
fn item_id(of: &str, number: u8) -> String {
    format!("{of}_{number}")
}

/// Reads the name of an instrument; one that is misspelt is reported, and read as what was meant, so that it hides nothing else.
fn name(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<Instrument> {
    let written = entry.string(findings)?;
    let instrument = Instrument::from_name(written);
    if instrument.is_none() {
        let all = known::INSTRUMENTS.iter().copied();
        let (message, help) = if known::TYPES.contains(&written) {
            let help = format!("write type = \"{written}\", and a text of your own");
            (format!("`{written}` is a type, not an instrument"), help)
        } else {
            let help = meant(written, all.clone(), known::OTHER_INSTRUMENTS);
            let help = help.unwrap_or_else(|| format!("the instruments are {}", listed(known::INSTRUMENTS, "and")));
            (format!("unknown instrument {}", quote(written)), help)
        };
        findings.report("unknown-instrument", entry.span.clone(), message, help);
        return nearest(written, all, known::OTHER_INSTRUMENTS).and_then(Instrument::from_name);
    }
    instrument
}

fn fits(id: &QuestionId, instrument: Instrument, table: &Table<'_>, findings: &mut Findings<'_>) -> bool {
    let last = item_id(id.as_str(), u8::try_from(instrument.items().len()).unwrap_or(u8::MAX));
    let fits = QuestionId::new(&last).is_some();
    if let Some(entry) = table.get("id").filter(|_| !fits) {
        let message = format!("the last item of this instrument would have the id `{last}`, which is too long");
        let most = 32 - (last.len() - id.as_str().len());
        findings.report("invalid-id", entry.span, message, format!("shorten the id to {most} characters"));
    }
    fits
}

/// Checks that nothing is said that the instrument says itself, and that every key is one of an instrument.
fn check_keys(table: &Table<'_>, instrument: Option<Instrument>, findings: &mut Findings<'_>) {
    let both = table.get("type").zip(table.get("instrument"));
    if let Some((of_type, instrument)) = &both {
        let help = "keep `instrument` and take `type` and all wording out, or keep `type` and write your own wording";
        let message = "a question has a `type` or is an `instrument`, not both";
        let reported = findings.report("type-and-instrument", of_type.key_span.clone(), message, help);
        reported.related("the instrument is here", instrument.key_span.clone());
    }
    for (key, span) in table.keys().filter(|(key, _)| *key != "type") {
        let owners = known::BY_INSTRUMENT.iter().find(|(name, _)| *name == key).map(|(_, owners)| *owners);
        match (owners, instrument) {
            (Some(owners), Some(instrument)) if !owners.contains(&instrument.name()) => {
                let message = format!("`{key}` belongs to {}, not to `{}`", listed(owners, "and"), instrument.name());
                findings.report("key-of-another-type", span, message, format!("take `{key}` out"));
            }
            _ if known::INSTRUMENT.contains(&key) => {}
            _ if known::LOCKED.contains(&key) && both.is_some() => {}
            _ if known::LOCKED.contains(&key) => {
                let message = format!("`{key}` would change an instrument, whose wording and scale are fixed");
                let help = format!("take `{key}` out, or write `type` in place of `instrument` to ask in words of your own");
                findings.report("locked-wording", span, message, help);
            }
            _ if known::QUESTION.contains(&key) || known::BY_TYPE.iter().any(|(name, _)| *name == key) => {
                let message = format!("`{key}` belongs to single questions, not to an instrument");
                findings.report("key-of-another-type", span, message, format!("take `{key}` out"));
            }
            _ if known::SURVEY.contains(&key) && key != "question" => keys::report_survey_key(key, span, findings),
            _ => keys::report_unknown((key, span), known::INSTRUMENT, findings),
        }
    }
}

/// Reads which items are asked, by their names, and gives their numbers; those that can't be read are all reported.
fn chosen_items(entry: &Entry<'_>, instrument: Instrument, findings: &mut Findings<'_>) -> Option<Vec<u8>> {
    let before = findings.len();
    let names: Vec<&str> = instrument.items().iter().map(|item| item.name).collect();
    let help = format!("name some of {}", listed(&names, "and"));
    let elements = entry.elements(&help, findings);
    if elements.is_empty() && entry.value.is_array() {
        findings.report("no-items", entry.span.clone(), "`items` names none", format!("{help}, or take `items` out"));
    }
    let (mut numbers, mut uses) = (Vec::new(), FirstUses::new());
    for element in elements {
        let Some(number) = element.word(&names, findings).and_then(|at| u8::try_from(at + 1).ok()) else { continue };
        if let Some(first) = uses.take(number, &element.span) {
            let reported =
                findings.report("duplicate-value", element.span, "the same item stands here twice", "keep one of them");
            reported.related("it stands first here", first);
        }
        numbers.push(number);
    }
    (findings.len() == before).then_some(numbers)
}

/// Gives what an item is answered with, and the line under it that says what its ends mean.
fn answered_with(statement: &Statement, words: &dyn Fn(&Words) -> Text) -> (Kind, Option<Text>) {
    match &statement.answered_with {
        AnsweredWith::Scale { measure, last, low, high, direction } => {
            let anchors = Anchors { low: Some(words(low)), mid: None, high: Some(words(high)) };
            let scale = Scale { anchors, direction: *direction, ..Scale::new(1, *last) };
            (Kind::Scale { measure: *measure, scale }, None)
        }
        AnsweredWith::Percent { help } => {
            (Kind::Number { min: Some(0.0), max: Some(100.0), unit: None, decimals: 0 }, Some(words(help)))
        }
    }
}
