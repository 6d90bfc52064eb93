//! A lock as text: TOML in a fixed order, so that version control shows what changed, and read back with every problem told.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Lock, Locked, Said};
use crate::survey::language::is_tag;
use crate::survey::parse::Problem;
use crate::survey::{QuestionId, SurveyId, Trend};

const TOP: &str = "\
# What each question was when the survey was locked. `dxpulse survey lint --lock` writes this file.
# Keep it beside the survey, and under version control with it.
";

const RESTORE: &str = "restore the file from version control, or delete it and lock the survey again";
const UPDATE: &str = "update dxpulse: a newer one may have written it";

/// More problems than these are not told: the file is of no use anyway.
const MOST_PROBLEMS: usize = 100;

const KEYS: &[&str] = &["survey", "version", "question"];
const QUESTION: &[&str] = &["id", "item_of", "instrument", "type", "since", "removed", "hash", "translations", "changes"];
const CHANGE: &[&str] = &["version", "trend", "from"];

/// Gives a lock as text; the same lock always as the same text.
pub fn write(lock: &Lock) -> String {
    let mut text = format!("{TOP}survey = \"{}\"\nversion = {}\n", lock.survey, lock.version);
    lock.questions.iter().for_each(|locked| write_question(&mut text, locked));
    text
}

fn write_question(text: &mut String, locked: &Locked) {
    let Locked { id, item_of, instrument, kind, since, removed, hash, translations, changes } = locked;
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    line(format!("\n[[question]]\nid = \"{id}\""));
    if let Some(name) = item_of {
        line(format!("item_of = \"{name}\""));
    }
    if let Some(instrument) = instrument {
        line(format!("instrument = \"{instrument}\""));
    }
    line(format!("type = \"{kind}\"\nsince = {since}"));
    if let Some(version) = removed {
        line(format!("removed = {version}"));
    }
    line(format!("hash = \"{hash}\""));
    if !translations.is_empty() {
        let all: Vec<String> = translations.iter().map(|(language, hash)| format!("{language} = \"{hash}\"")).collect();
        line(format!("translations = {{ {} }}", all.join(", ")));
    }
    if !changes.is_empty() {
        let mut all = "changes = [\n".to_owned();
        for Said { version, trend, from } in changes {
            // Writing to a text can't fail.
            let _ = writeln!(all, "  {{ version = {version}, trend = \"{}\", from = \"{from}\" }},", trend_name(*trend));
        }
        line(format!("{all}]"));
    }
}

fn trend_name(trend: Trend) -> &'static str {
    match trend {
        Trend::Continue => "continue",
        Trend::Break => "break",
    }
}

/// Reads a lock.
///
/// # Errors
/// Every problem of the text with its place; the code is always `unreadable-lock`.
pub fn read(source: &str) -> Result<Lock, Vec<Problem>> {
    let mut reader = Reader { source, problems: Vec::new() };
    let lock = match DeTable::parse(source) {
        Ok(table) => reader.lock(&Place { entries: table.get_ref(), span: 0..0 }),
        Err(error) => {
            reader.not_toml(error.span().unwrap_or(0..0), error.message());
            None
        }
    };
    lock.filter(|_| reader.problems.is_empty()).ok_or(reader.problems)
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
    fn lock(&mut self, place: &Place<'_>) -> Option<Lock> {
        self.check_keys(place, KEYS);
        let survey = self.text(place, "survey", "the id of a survey", SurveyId::new);
        let version = self.version(place, "version");
        let tables = place.entries.get("question").map(|value| self.tables(value)).unwrap_or_default();
        let mut seen = BTreeSet::new();
        let mut questions = Vec::new();
        for table in &tables {
            let Some(locked) = self.question(table) else { continue };
            if !seen.insert(locked.id.clone()) {
                self.report(table.span.clone(), format!("`{}` stands here twice", locked.id), RESTORE);
            }
            questions.push(locked);
        }
        Some(Lock { survey: survey?, version: version?, questions })
    }

    fn question(&mut self, place: &Place<'_>) -> Option<Locked> {
        self.check_keys(place, QUESTION);
        let id = self.text(place, "id", "the id of a question", QuestionId::new);
        let has = |key: &str| place.entries.contains_key(key);
        let item_of = has("item_of").then(|| self.text(place, "item_of", "the id of an instrument", QuestionId::new)).flatten();
        let instrument = has("instrument").then(|| self.text(place, "instrument", "an instrument", word)).flatten();
        let kind = self.text(place, "type", "a type of question", word);
        let since = self.version(place, "since");
        let removed = has("removed").then(|| self.version(place, "removed")).flatten();
        let hash = self.text(place, "hash", "a hash", hash);
        let translations = place.entries.get("translations").map(|value| self.translations(value)).unwrap_or_default();
        let tables = place.entries.get("changes").map(|value| self.tables(value)).unwrap_or_default();
        let changes = tables.iter().filter_map(|table| self.change(table)).collect();
        Some(Locked { id: id?, item_of, instrument, kind: kind?, since: since?, removed, hash: hash?, translations, changes })
    }

    fn change(&mut self, place: &Place<'_>) -> Option<Said> {
        self.check_keys(place, CHANGE);
        let version = self.version(place, "version");
        let trend = |text: &str| [Trend::Continue, Trend::Break].into_iter().find(|trend| trend_name(*trend) == text);
        let trend = self.text(place, "trend", "\"continue\" or \"break\"", trend);
        let from = self.text(place, "from", "a hash", hash);
        Some(Said { version: version?, trend: trend?, from: from? })
    }

    fn translations(&mut self, value: &Spanned<DeValue<'_>>) -> BTreeMap<String, String> {
        let Some(entries) = value.get_ref().as_table() else {
            self.report(value.span(), "this must be a table".to_owned(), RESTORE);
            return BTreeMap::new();
        };
        let place = Place { entries, span: value.span() };
        let mut translations = BTreeMap::new();
        for (language, _) in entries {
            if !is_tag(language.get_ref()) {
                self.report(language.span(), "this is not a language".to_owned(), RESTORE);
            } else if let Some(hash) = self.text(&place, language.get_ref(), "a hash", hash) {
                translations.insert(language.get_ref().to_string(), hash);
            }
        }
        translations
    }

    fn tables<'t>(&mut self, value: &'t Spanned<DeValue<'t>>) -> Vec<Place<'t>> {
        let elements = value.get_ref().as_array().map(|array| array.iter().collect::<Vec<_>>());
        if elements.is_none() {
            self.report(value.span(), "this must be an array of tables".to_owned(), RESTORE);
        }
        let mut tables = Vec::new();
        for element in elements.into_iter().flatten() {
            match element.get_ref().as_table() {
                Some(entries) => tables.push(Place { entries, span: element.span() }),
                None => self.report(element.span(), "this must be a table".to_owned(), RESTORE),
            }
        }
        tables
    }

    /// Reads a text that makes something; what it should be is for the message.
    fn text<T>(&mut self, place: &Place<'_>, key: &str, what: &str, make: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let Some(value) = place.entries.get(key) else {
            self.report(place.span.clone(), format!("there is no `{key}`"), RESTORE);
            return None;
        };
        let made = value.get_ref().as_str().and_then(make);
        if made.is_none() {
            self.report(value.span(), format!("this is not {what}"), RESTORE);
        }
        made
    }

    fn version(&mut self, place: &Place<'_>, key: &str) -> Option<u32> {
        let Some(value) = place.entries.get(key) else {
            self.report(place.span.clone(), format!("there is no `{key}`"), RESTORE);
            return None;
        };
        let number = value.get_ref().as_integer().and_then(|integer| u32::from_str_radix(integer.as_str(), integer.radix()).ok());
        if number.is_none_or(|number| number == 0) {
            self.report(value.span(), "this is not a version: a whole number from 1".to_owned(), RESTORE);
        }
        number
    }

    fn check_keys(&mut self, place: &Place<'_>, known: &[&str]) {
        for (key, _) in place.entries.iter().filter(|(key, _)| !known.contains(&key.get_ref().as_ref())) {
            self.report(key.span(), "this key is unknown".to_owned(), UPDATE);
        }
    }

    /// Tells what keeps the text from being TOML; most often two branches were joined.
    fn not_toml(&mut self, span: Range<usize>, message: &str) {
        let mark = self.source.find("<<<<<<<").filter(|at| *at == 0 || self.source[..*at].ends_with('\n'));
        match mark {
            Some(at) => {
                let message = "a conflict of two branches was left here".to_owned();
                self.report(at..at + 7, message, "take the lock of either branch, then lock the survey again");
            }
            None => self.report(span, message.to_owned(), RESTORE),
        }
        self.problems.iter_mut().for_each(|problem| problem.unreadable = true);
    }

    fn report(&mut self, span: Range<usize>, message: String, help: &str) {
        if self.problems.len() >= MOST_PROBLEMS {
            return;
        }
        let before = self.source.get(..span.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        let (help, related) = (help.to_owned(), Vec::new());
        self.problems.push(Problem { code: "unreadable-lock", message, help, span, line, column, related, unreadable: false });
    }
}

fn word(text: &str) -> Option<String> {
    let is_word = !text.is_empty() && text.len() <= 32 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    is_word.then(|| text.to_owned())
}

fn hash(text: &str) -> Option<String> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (text.len() == 64 && text.bytes().all(is_digit)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Lock {
        let id = |text| QuestionId::new(text).unwrap();
        let hash = |digit: char| digit.to_string().repeat(64);
        let nps = Locked {
            id: id("nps"),
            item_of: None,
            instrument: None,
            kind: "nps".to_owned(),
            since: 1,
            removed: None,
            hash: hash('a'),
            translations: [("de".to_owned(), hash('b')), ("pt-BR".to_owned(), hash('c'))].into(),
            changes: vec![
                Said { version: 2, trend: Trend::Continue, from: hash('d') },
                Said { version: 3, trend: Trend::Break, from: hash('e') },
            ],
        };
        let gone = Locked {
            id: id("gone_1"),
            item_of: Some(id("gone")),
            instrument: Some("umux_lite".to_owned()),
            kind: "likert".to_owned(),
            removed: Some(3),
            translations: BTreeMap::new(),
            changes: Vec::new(),
            ..nps.clone()
        };
        Lock { survey: SurveyId::new("pulse").unwrap(), version: 3, questions: vec![nps, gone] }
    }

    #[test]
    fn a_lock_reads_as_version_control_shows_it_and_comes_back_as_it_was() {
        let text = write(&full()).replace(&"a".repeat(64), "aa").replace(&"b".repeat(64), "bb").replace(&"c".repeat(64), "cc");
        let text = text.replace(&"d".repeat(64), "dd").replace(&"e".repeat(64), "ee");
        let expected = "\
survey = \"pulse\"
version = 3

[[question]]
id = \"nps\"
type = \"nps\"
since = 1
hash = \"aa\"
translations = { de = \"bb\", pt-BR = \"cc\" }
changes = [
  { version = 2, trend = \"continue\", from = \"dd\" },
  { version = 3, trend = \"break\", from = \"ee\" },
]

[[question]]
id = \"gone_1\"
item_of = \"gone\"
instrument = \"umux_lite\"
type = \"likert\"
since = 1
removed = 3
hash = \"aa\"
";
        assert_eq!(text, format!("{TOP}{expected}"));
        assert_eq!(read(&write(&full())), Ok(full()));
        let windows = write(&full()).replace('\n', "\r\n");
        assert_eq!(read(&windows), Ok(full()));
    }

    #[test]
    fn every_problem_is_told_with_its_line() {
        let source = write(&full());
        let with = |from: &str, to: &str| source.replacen(from, to, 1);
        let cases = [
            ("survey = \"pulse\"", "survey = \"Pulse\"", (3, "this is not the id of a survey")),
            ("version = 3", "version = \"3\"", (4, "this is not a version: a whole number from 1")),
            ("version = 3\n", "version = 0\n", (4, "this is not a version: a whole number from 1")),
            ("id = \"nps\"", "id = \"N P S\"", (7, "this is not the id of a question")),
            ("id = \"gone_1\"", "id = \"nps\"", (17, "`nps` stands here twice")),
            ("item_of = \"gone\"", "item_of = \"Gone\"", (19, "this is not the id of an instrument")),
            ("type = \"nps\"\n", "", (6, "there is no `type`")),
            ("\"umux_lite\"", "\"UMUX\"", (20, "this is not an instrument")),
            ("hash = \"aaa", "hash = \"zaa", (10, "this is not a hash")),
            ("de = ", "x = ", (11, "this is not a language")),
            ("trend = \"continue\"", "trend = \"perhaps\"", (13, "this is not \"continue\" or \"break\"")),
            ("since = 1", "since = 1\ncolour = \"red\"", (10, "this key is unknown")),
            ("changes = [", "changes = [ 1,", (12, "this must be a table")),
            ("\nversion = 3\n", "\nversion = 3\n<<<<<<< HEAD\n", (5, "a conflict of two branches was left here")),
            ("version = 3", "version = ", (4, "string values must be quoted, expected literal string")),
        ];
        for (from, to, (line, message)) in cases {
            let problems = read(&with(from, to)).unwrap_err();
            let told = problems.iter().map(|problem| (problem.line, problem.message.as_str())).collect::<Vec<_>>();
            assert_eq!(told, [(line, message)], "{to}");
            assert!(problems.iter().all(|problem| problem.code == "unreadable-lock" && !problem.help.is_empty()));
        }
        assert_eq!(read("").unwrap_err().len(), 2, "all problems at once");
    }

    #[test]
    fn damage_is_told_and_never_a_panic() {
        let source = write(&full());
        for at in (0..source.len()).filter(|at| source.is_char_boundary(*at)) {
            for piece in ["\"", "[", "=", "\u{1b}", "\n", "9"] {
                let damaged = format!("{}{piece}{}", &source[..at], &source[at..]);
                for problem in read(&damaged).err().into_iter().flatten() {
                    assert!(damaged.get(problem.span.clone()).is_some() && !problem.message.contains('\u{1b}'), "{problem}");
                }
            }
            let _ = read(&source[..at]);
        }
    }
}
