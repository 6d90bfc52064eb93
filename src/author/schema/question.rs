//! The keys of questions, by type, and the tables under them.

use serde_json::{Map, Value, json};

use super::value::{condition, day, flag, list, name, number, one_of, set, table, text, whole};
use super::{reference, survey};
use crate::survey::instrument::Instrument;
use crate::survey::parse::vocabulary::{self as language, keys, lengths, words};
use crate::survey::{Code, Name, QuestionId};

/// What stands for the type in the tables of keys where a question is an instrument.
const INSTRUMENT: &str = "instrument";

/// Names the definition of a type.
pub(super) fn definition(type_name: &str) -> String {
    format!("question.{type_name}")
}

/// Gives a question of a type: its keys and no others.
pub(super) fn of_type(type_name: &str) -> Value {
    let needed: &[&str] = match type_name {
        "matrix" => &["type", "rows"],
        _ if language::choices(type_name).is_some() => &["type", "choices"],
        _ => &["type"],
    };
    let mut question = table(about(type_name), &keys_of(type_name), needed, |key| reference(&definition_of_key(key, type_name)));
    question["properties"]["type"] = json!({ "description": about(type_name), "const": type_name });
    question
}

/// Gives a question that is an instrument.
pub(super) fn instrument() -> Value {
    let description = "A named instrument: items whose words are fixed, so that its score can be compared.";
    let mut question =
        table(description, &keys_of(INSTRUMENT), &[INSTRUMENT], |key| reference(&definition_of_key(key, INSTRUMENT)));
    let only_for = |(key, owners): &(&str, &[&str])| {
        let key = (*key).to_owned();
        json!({
            "if": { "required": [INSTRUMENT], "properties": { INSTRUMENT: { "not": { "enum": owners } } } },
            "then": { "properties": { key: false } },
        })
    };
    question["allOf"] = keys::BY_INSTRUMENT.iter().map(only_for).collect();
    question
}

/// Gives a definition for each key: one for all types where it takes the same in all, else one for each.
pub(super) fn key_definitions() -> Map<String, Value> {
    let types = words::TYPES.iter().chain(&[INSTRUMENT]);
    let of_types = types.flat_map(|name| keys_of(name).into_iter().map(move |key| (key, *name)));
    let named = of_types.filter(|(key, _)| *key != "type").map(|(key, name)| (definition_of_key(key, name), value(key, name)));
    named.collect()
}

/// Names the definition of a key for a type.
fn definition_of_key(key: &str, type_name: &str) -> String {
    let types = || words::TYPES.iter().filter(|name| keys_of(name).contains(&key));
    let is_shared = types().all(|name| value(key, name) == value(key, type_name));
    if is_shared { format!("question.key.{key}") } else { format!("question.key.{key}.{type_name}") }
}

/// Gives the keys of a type.
fn keys_of(type_name: &str) -> Vec<&'static str> {
    if type_name == INSTRUMENT {
        return keys::INSTRUMENT.to_vec();
    }
    let own = keys::BY_TYPE.iter().filter(|(_, types)| types.contains(&type_name)).map(|(key, _)| *key);
    keys::QUESTION.iter().copied().chain(own).collect()
}

/// Says what a type is.
fn about(type_name: &str) -> &'static str {
    match type_name {
        "nps" => "Net Promoter Score: how likely somebody is to recommend something, from 0 to 10.",
        "rating" => "A point on a scale of your own, with 2 to 10 points.",
        "likert" => "Agreement with a statement, on five points unless said.",
        "csat" => "Customer satisfaction, from 1 to 5.",
        "ces" => "Customer effort score: agreement that something was easy, from 1 to 7.",
        "single" => "Exactly one of several choices.",
        "multi" => "Any number of choices, within `min` and `max`.",
        "ranking" => "Choices in order of preference.",
        "matrix" => "The same scale for several rows.",
        "text" => "Words of the respondent's own.",
        "number" => "A number, whole unless `decimals` says otherwise.",
        "boolean" => "Yes or no.",
        "date" => "A day of the calendar.",
        "note" => "Something to read between questions; it takes no answer.",
        _ => "",
    }
}

/// Gives what a key takes in a question of a type; anything for one that isn't described.
fn value(key: &str, type_name: &str) -> Value {
    match key {
        "id" => {
            let mut id = name("Names the question for as long as there are answers to it. Never change it.", QuestionId::PATTERN);
            id["not"] = json!({ "enum": words::RESERVED });
            id
        }
        "text" => text("The question as respondents read it. {id|fallback} takes in an earlier answer.", lengths::QUESTION),
        "help" => text("A line of explanation under the question.", lengths::QUESTION),
        "show_if" => condition("When it is asked; always unless said. It looks at earlier questions only."),
        "group" => name("The group it belongs to.", Name::PATTERN),
        "pin" => flag("Whether it keeps its place in a shuffled group: false unless said."),
        "jump" => list("Where to go after it: the first that matches counts, else the next question.", 0..=usize::MAX, &jump()),
        "variants" => list("Other words for an arm of a variant.", 0..=usize::MAX, &wording()),
        "trend" => one_of("Whether answers before and after a change of it are compared.", words::TREND),
        "waive" => survey::waive(),
        "required" => flag("Whether the response can't be sent off without an answer: false unless said."),
        "allow" => {
            let kind = one_of("A way out: the keys n, p and d answer it.", words::ALLOW);
            set("The ways out that a respondent may choose instead of an answer.", 0..=words::ALLOW.len(), &kind)
        }
        "constraint" => constraint(),
        "demographic" => flag("Whether its answer says who the respondent is, such as a role: false unless said."),
        INSTRUMENT => one_of("The instrument: items whose words are fixed.", words::INSTRUMENTS),
        "object" => text("What the items ask about, such as \"the developer portal\".", lengths::LABEL),
        "items" => items(),
        _ => value_of_type(key, type_name),
    }
}

/// Gives what a key takes that only some types have.
fn value_of_type(key: &str, type_name: &str) -> Value {
    let (fewest, most) = (*language::POINTS.start(), *language::POINTS.end());
    match (key, type_name) {
        ("points", "matrix") => {
            whole("The number of points, lowest first: 5 unless said.", &(fewest..=i64::from(language::MOST_IN_MATRIX)))
        }
        ("points", _) => whole("The number of points, lowest first: 5 unless said.", &(fewest..=most)),
        ("anchors", _) => anchors(),
        ("labels", "csat") => labels(5..=5),
        ("labels", "ces") => labels(7..=7),
        ("labels", _) => labels(2..=10),
        ("direction", _) => one_of("Which end is the better one: higher_is_better unless said.", words::DIRECTION),
        ("choices", _) => choices(type_name),
        ("rows", _) => list("The rows, each answered on the same scale.", 1..=language::MOST_ROWS, &row()),
        ("randomise", "single") => one_of("How the order of the choices differs between respondents.", words::RANDOMISE),
        ("randomise", "multi" | "ranking" | "matrix") => {
            one_of("Whether the order of the choices or rows differs between respondents.", &words::RANDOMISE[..1])
        }
        ("randomise", _) => one_of("Whether the scale is turned round for half of the respondents.", &words::RANDOMISE[1..]),
        ("min", "multi") => whole("The fewest choices in an answer: 1 unless said.", &(1..=100)),
        ("max", "multi") => whole("The most choices in an answer: all of them unless said.", &(1..=100)),
        ("min", "number") => number("The least number that is accepted."),
        ("max", "number") => number("The greatest number that is accepted."),
        ("min", _) => day("The earliest day that is accepted."),
        ("max", _) => day("The latest day that is accepted."),
        ("unit", _) => text("What is counted, such as hours.", lengths::UNIT),
        ("decimals", _) => whole("The decimal places of an answer: 0 unless said.", &(0..=language::MOST_DECIMALS)),
        ("length", _) => one_of("Whether one line or several are expected: short unless said.", words::LENGTH),
        ("max_length", _) => {
            whole("The most characters of an answer: 240 for short, 2000 for long unless said.", &(1..=language::MOST_LENGTH))
        }
        _ => json!({}),
    }
}

fn labels(count: std::ops::RangeInclusive<usize>) -> Value {
    set("What every point means, lowest first, in place of `anchors`.", count, &text("What a point means.", lengths::LABEL))
}

fn anchors() -> Value {
    table("What the ends of the scale mean, in place of `labels`.", keys::ANCHORS, &[], |key| match key {
        "low" => text("What the lowest point means.", lengths::LABEL),
        "mid" => text("What the middle point means, where there is one.", lengths::LABEL),
        "high" => text("What the highest point means.", lengths::LABEL),
        _ => json!({}),
    })
}

fn choices(type_name: &str) -> Value {
    let Some(options) = language::choices(type_name) else { return json!({}) };
    let mark = |description: &str, allowed: bool| match allowed {
        true => flag(description),
        false => json!({ "description": format!("{description} Not in a {type_name}."), "const": false }),
    };
    let choice = table("A choice.", keys::CHOICE, &["code", "label"], |key| match key {
        "exclusive" => mark("Whether choosing it clears all the others: false unless said.", options.exclusive),
        "other" => mark("Whether it asks for the respondent's own words: false unless said.", options.other),
        _ => row_key(key),
    });
    list("The choices, in the order in which they are shown.", 2..=options.most, &choice)
}

fn row() -> Value {
    table("A row.", keys::ROW, &["code", "label"], row_key)
}

/// Gives what a key takes that choices and rows share.
fn row_key(key: &str) -> Value {
    match key {
        "code" => name("What answers store. Never change it.", Code::PATTERN),
        "label" => text("What respondents read.", lengths::LABEL),
        "pin" => flag("Whether it keeps its place when the order is shuffled: false unless said."),
        "show_if" => condition("When it is offered; always unless said."),
        _ => json!({}),
    }
}

fn jump() -> Value {
    table("A way from this question to a later one.", keys::JUMP, &["to"], |key| match key {
        "if" => condition("When it is taken; always unless said."),
        "to" => name("The id of a later question, or \"end\".", QuestionId::PATTERN),
        _ => json!({}),
    })
}

fn wording() -> Value {
    let mut wording = table("Other words for an arm of a variant.", keys::WORDING, &["variant", "arm"], |key| match key {
        "variant" => name("The id of the variant.", Name::PATTERN),
        "arm" => name("The arm whose respondents read these words.", Name::PATTERN),
        "text" => text("The question for that arm.", lengths::QUESTION),
        "help" => text("The line of explanation for that arm.", lengths::QUESTION),
        _ => json!({}),
    });
    wording["anyOf"] = json!([{ "required": ["text"] }, { "required": ["help"] }]);
    wording
}

fn constraint() -> Value {
    table("What an answer must hold to, where it is there.", keys::CONSTRAINT, keys::CONSTRAINT, |key| match key {
        "must" => condition("What must not be false."),
        "message" => text("What respondents read when it is.", lengths::LABEL),
        _ => json!({}),
    })
}

fn items() -> Value {
    let all = keys::BY_INSTRUMENT.iter().filter(|(key, _)| *key == "items").flat_map(|(_, owners)| owners.iter());
    let names = all.filter_map(|name| Instrument::from_name(name)).flat_map(|instrument| instrument.items());
    let names: Vec<&str> = names.map(|statement| statement.name).collect();
    set("The items that are asked, where not all are.", 1..=names.len(), &one_of("An item by its name.", &names))
}
