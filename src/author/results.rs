//! Results as a research lead writes them down, in TOML or JSON, read into the document that is signed; every problem has its place.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::anonymous::results::{Action, Document, Figure, State};
use crate::survey::characters::strip;
use crate::survey::nearest::meant;
use crate::survey::parse::Problem;
use crate::survey::{Code, SurveyId};

/// More problems than these are not told.
const MOST_PROBLEMS: usize = 100;

const KEYS: &[&str] = &["survey", "wave", "title", "summary", "figures", "actions"];
const FIGURE: &[&str] = &["label", "value", "note"];
const ACTION: &[&str] = &["text", "state"];
const STATES: [(&str, State); 4] =
    [("planned", State::Planned), ("doing", State::Doing), ("done", State::Done), ("wont", State::Wont)];

/// Reads results from TOML.
///
/// # Errors
/// Every problem of the text with its place.
pub fn from_toml(source: &str) -> Result<Document, Vec<Problem>> {
    let mut reader = Reader { source, problems: Vec::new() };
    let document = match DeTable::parse(source) {
        Ok(table) => reader.document(&Place { entries: table.get_ref(), span: 0..0 }),
        Err(error) => {
            reader.report(
                error.span().unwrap_or(0..0),
                error.message(),
                "texts stand in quotes, and tables begin with [[figures]]",
            );
            None
        }
    };
    document.filter(|_| reader.problems.is_empty()).ok_or(reader.problems)
}

/// Reads results from JSON.
///
/// # Errors
/// The first problem of the text, with its place.
pub fn from_json(source: &str) -> Result<Document, Vec<Problem>> {
    let mut reader = Reader { source, problems: Vec::new() };
    let at = |line: usize, column: usize| {
        let start: usize = source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let at = source.len().min(start + column.saturating_sub(1));
        (0..=at).rev().find(|at| source.is_char_boundary(*at)).unwrap_or(0)
    };
    match serde_json::from_str::<Document>(source) {
        Ok(document) => match document.check() {
            Ok(()) => return Ok(document),
            Err(error) => reader.report(0..0, &error.to_string(), "correct it and sign again"),
        },
        Err(error) => {
            let place = at(error.line(), error.column());
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            reader.report(place..place, message, "the keys are survey, wave, title, summary, figures and actions, all of texts");
        }
    }
    Err(reader.problems)
}

/// A table of the text with its place.
struct Place<'t> {
    entries: &'t DeTable<'t>,
    span: Range<usize>,
}

struct Reader<'s> {
    source: &'s str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn document(&mut self, place: &Place<'_>) -> Option<Document> {
        self.check_keys(place, "results", KEYS);
        let survey = self.text(place, "survey", "survey = \"platform-pulse\"");
        let survey = self.named(place, ("survey", survey), (|text| SurveyId::new(text).is_some(), SurveyId::PATTERN));
        let wave = self.text(place, "wave", "wave = \"2026-Q4\"");
        let wave = self.named(place, ("wave", wave), (|text| Code::new(text).is_some(), Code::PATTERN));
        let title = self.text(place, "title", "title = \"What you told us in autumn\"");
        let summary = self.text(place, "summary", "summary = \"Builds are what costs you most time.\"");
        let figures = self.tables(place, "figures").iter().map(|figure| self.figure(figure)).collect::<Vec<_>>();
        let actions = self.tables(place, "actions").iter().map(|action| self.action(action)).collect::<Vec<_>>();
        let (figures, actions) = (figures.into_iter().collect::<Option<_>>()?, actions.into_iter().collect::<Option<_>>()?);
        Some(Document { survey: survey?, wave: wave?, title: title?, summary: summary?, figures, actions })
    }

    fn figure(&mut self, place: &Place<'_>) -> Option<Figure> {
        self.check_keys(place, "a figure", FIGURE);
        let label = self.text(place, "label", "label = \"Satisfied with builds\"");
        let value = self.text(place, "value", "value = \"42 %\"");
        let note = place.entries.contains_key("note").then(|| self.text(place, "note", "note = \"of 120 answers\""));
        Some(Figure { label: label?, value: value?, note: note.flatten() })
    }

    fn action(&mut self, place: &Place<'_>) -> Option<Action> {
        self.check_keys(place, "an action", ACTION);
        let text = self.text(place, "text", "text = \"Halve the time of builds\"");
        let state = self.text(place, "state", "state = \"planned\"")?;
        let known = STATES.iter().find(|(name, _)| *name == state).map(|(_, state)| *state);
        if known.is_none() {
            let help = meant(&state, STATES.iter().map(|(name, _)| *name), &[]);
            let help = help.unwrap_or_else(|| "it is planned, doing, done or wont".to_owned());
            self.report(span(place, "state"), "this is no state of an action", &help);
        }
        Some(Action { text: text?, state: known? })
    }

    /// Reads a text; a number stands for itself, as it is written.
    fn text(&mut self, place: &Place<'_>, key: &str, example: &str) -> Option<String> {
        let Some(value) = place.entries.get(key) else {
            self.report(place.span.clone(), &format!("there is no `{key}`"), &format!("such as {example}"));
            return None;
        };
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            _ => {
                self.report(value.span(), &format!("`{key}` must be a text"), &format!("put it in quotes, such as {example}"));
                return None;
            }
        };
        let text = text.trim().to_owned();
        if text.is_empty() {
            self.report(value.span(), &format!("`{key}` is blank"), &format!("such as {example}"));
            return None;
        }
        if strip(&text) != text {
            self.report(
                value.span(),
                &format!("`{key}` holds characters that can't be shown"),
                "leave out escapes and direction marks",
            );
            return None;
        }
        Some(text)
    }

    fn named(
        &mut self,
        place: &Place<'_>,
        (key, text): (&str, Option<String>),
        (is_name, form): (fn(&str) -> bool, &str),
    ) -> Option<String> {
        let text = text?;
        if !is_name(&text) {
            self.report(span(place, key), &format!("this is not the name of a {key}"), &format!("its form is {form}"));
        }
        Some(text)
    }

    fn tables<'t>(&mut self, place: &Place<'t>, key: &str) -> Vec<Place<'t>> {
        let Some(value) = place.entries.get(key) else { return Vec::new() };
        let help = format!("begin each with a line [[{key}]]");
        let Some(elements) = value.get_ref().as_array() else {
            self.report(value.span(), &format!("`{key}` must be tables"), &help);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for element in elements.iter() {
            match element.get_ref().as_table() {
                Some(entries) => tables.push(Place { entries, span: element.span() }),
                None => self.report(element.span(), &format!("`{key}` must be tables"), &help),
            }
        }
        tables
    }

    fn check_keys(&mut self, place: &Place<'_>, what: &str, known: &[&str]) {
        for (key, _) in place.entries.iter().filter(|(key, _)| !known.contains(&key.get_ref().as_ref())) {
            let help = meant(key.get_ref(), known.iter().copied(), &[]);
            let help = help.unwrap_or_else(|| format!("the keys of {what} are {}", known.join(", ")));
            self.report(key.span(), &format!("this is no key of {what}"), &help);
        }
    }

    fn report(&mut self, span: Range<usize>, message: &str, help: &str) {
        if self.problems.len() >= MOST_PROBLEMS {
            return;
        }
        let before = self.source.get(..span.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        let (message, help) = (strip(message), strip(help));
        self.problems.push(Problem {
            code: "results",
            message,
            help,
            span,
            line,
            column,
            related: Vec::new(),
            unreadable: false,
        });
    }
}

fn span(place: &Place<'_>, key: &str) -> Range<usize> {
    place.entries.get(key).map_or_else(|| place.span.clone(), Spanned::span)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"
survey = "platform-pulse"
wave = "2026-Q4"
title = "What you told us"
summary = """
Builds are what costs you most time."""

[[figures]]
label = "eNPS"
value = -3
note = "of 120 answers"

[[figures]]
label = "Satisfied with builds"
value = "42 %"

[[actions]]
text = "Halve the time of builds"
state = "doing"
"#;

    #[test]
    fn results_are_read_from_toml_and_json_alike() {
        let document = from_toml(SOURCE).unwrap();
        assert_eq!(
            (document.summary.as_str(), document.figures[0].value.as_str()),
            ("Builds are what costs you most time.", "-3")
        );
        assert_eq!((document.figures[1].note.as_deref(), document.actions[0].state), (None, State::Doing));
        assert_eq!(from_json(&serde_json::json!(document).to_string()), Ok(document));
    }

    #[test]
    fn every_problem_is_told_with_its_line_and_a_remedy() {
        let cases = [
            ("survey = \"platform-pulse\"", "survey = \"Platform pulse\"", (2, "this is not the name of a survey")),
            ("wave = \"2026-Q4\"", "wave = \"../x\"", (3, "this is not the name of a wave")),
            ("title = ", "titel = ", (4, "this is no key of results")),
            ("\"What you told us\"", "\" \"", (4, "`title` is blank")),
            ("\"What you told us\"", "\"a\\u001b[31m\"", (4, "`title` holds characters that can't be shown")),
            ("\"What you told us\"", "[]", (4, "`title` must be a text")),
            ("\"What you told us\"", "\"", (4, "invalid basic string, expected `\"`")),
            ("label = \"eNPS\"\n", "", (8, "there is no `label`")),
            ("note = ", "notes = ", (11, "this is no key of a figure")),
            ("[[actions]]", "[actions]", (17, "`actions` must be tables")),
            ("state = \"doing\"", "state = \"don\"", (19, "this is no state of an action")),
        ];
        for (from, to, (line, message)) in cases {
            assert!(SOURCE.contains(from), "{from}");
            let problems = from_toml(&SOURCE.replacen(from, to, 1)).unwrap_err();
            let told: Vec<_> = problems.iter().map(|problem| (problem.line, problem.message.as_str())).collect();
            assert!(told.contains(&(line, message)), "{to}: {told:?}");
            assert!(problems.iter().all(|problem| !problem.help.is_empty()));
        }
        assert_eq!(from_toml("").unwrap_err().len(), 4, "all problems at once");
        let told = from_json("{\n  \"survey\": \"pulse\",\n  \"titel\": 1\n}").unwrap_err();
        assert_eq!((told[0].line, told[0].message.starts_with("unknown field `titel`")), (3, true), "{told:?}");
    }

    #[test]
    fn damage_is_told_and_never_a_panic() {
        let json = serde_json::json!(from_toml(SOURCE).unwrap()).to_string();
        for (source, read) in [(SOURCE, from_toml as fn(&str) -> Result<Document, Vec<Problem>>), (&json, from_json)] {
            for at in 0..source.len() {
                for piece in ["\"", "[", "=", "\u{1b}", "\n", "9", "}"] {
                    let damaged = format!("{}{piece}{}", &source[..at], &source[at..]);
                    for problem in read(&damaged).err().into_iter().flatten() {
                        assert!(damaged.get(problem.span.clone()).is_some() && !problem.message.contains('\u{1b}'), "{problem}");
                    }
                }
                let _ = read(&source[..at]);
            }
        }
    }
}
