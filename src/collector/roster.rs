//! The roster: a CSV file with everyone who is invited, read as a whole or refused with every mistake.
//!
//! One line per person: `contact`, a column for each segment, and `language` where it is known.

use std::collections::BTreeMap;
use std::path::Path;

use csv::{ReaderBuilder, StringRecord, Trim};

use super::mistakes::{Mistake, Mistakes};
use super::store::Invitee;
use crate::anonymous::classes::{LONGEST_VALUE, Values};
use crate::survey::language;
use crate::survey::{Name, characters, nearest};

const CONTACT: &str = "contact";
const LANGUAGE: &str = "language";

/// The longest contact, in characters.
const LONGEST_CONTACT: usize = 256;

/// Other names that the columns with a meaning have elsewhere.
const SYNONYMS: [(&str, &str); 6] =
    [("email", CONTACT), ("e_mail", CONTACT), ("mail", CONTACT), ("address", CONTACT), ("lang", LANGUAGE), ("locale", LANGUAGE)];

/// Reads a roster.
pub(crate) fn read(path: &Path, text: &str) -> Result<Vec<Invitee>, Mistakes> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new().trim(Trim::All).flexible(true).from_reader(text.as_bytes());
    let mut mistakes = Vec::new();
    let columns = match reader.headers() {
        Ok(header) => columns(header, &mut mistakes),
        Err(error) => {
            mistakes.push(Mistake::new(
                1,
                error.to_string(),
                "save the roster as CSV in UTF-8, with the names of the columns first",
            ));
            Vec::new()
        }
    };
    Mistakes::none_in(path, mistakes)?;
    let mut rows = Rows { columns, seen: BTreeMap::new(), mistakes: Vec::new() };
    let people: Vec<Invitee> = reader.records().filter_map(|record| rows.person(record)).collect();
    if people.is_empty() && rows.mistakes.is_empty() {
        rows.mistakes.push(Mistake::new(
            1,
            "nobody is invited",
            "write one line for each person, below the names of the columns",
        ));
    }
    Mistakes::none_in(path, rows.mistakes).map(|()| people)
}

/// Brings a contact into the form it is compared in.
pub(crate) fn contact(text: &str) -> String {
    text.trim().to_lowercase()
}

fn columns(header: &StringRecord, mistakes: &mut Vec<Mistake>) -> Vec<String> {
    let names: Vec<String> = header.iter().map(str::to_lowercase).collect();
    if let [one] = names.as_slice()
        && let Some(separator) = one.chars().find(|character| [';', '\t'].contains(character))
    {
        let between = if separator == ';' { "semicolons" } else { "tabs" };
        let remedy = "save the roster with commas between the columns";
        mistakes.push(Mistake::new(1, format!("the columns are separated by {between}"), remedy));
        return names;
    }
    for (at, name) in names.iter().enumerate() {
        if Name::new(name).is_none() {
            let remedy = "begin with a letter, then letters, digits and underscores, such as `team` or `tenure`";
            mistakes.push(Mistake::new(1, format!("`{name}` can't be the name of a segment"), remedy));
        }
        if names[..at].contains(name) {
            mistakes.push(Mistake::new(1, format!("there are two columns `{name}`"), "keep one of them"));
        }
    }
    if !names.iter().any(|name| name == CONTACT) {
        let guess = names.iter().find(|name| nearest::nearest(name, [CONTACT], &SYNONYMS).is_some());
        let remedy = match guess {
            Some(name) => format!("call the column `{name}` `contact`"),
            None => "add a column `contact` with an address of each person's own".to_owned(),
        };
        mistakes.push(Mistake::new(1, "there is no column `contact`", remedy));
    }
    names
}

/// The rows read so far.
struct Rows {
    columns: Vec<String>,
    seen: BTreeMap<String, usize>,
    mistakes: Vec<Mistake>,
}

impl Rows {
    fn person(&mut self, record: Result<StringRecord, csv::Error>) -> Option<Invitee> {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, csv::Position::line);
                self.refuse(line, "this is not CSV in UTF-8", "save the roster as CSV in UTF-8");
                return None;
            }
        };
        let line = record.position().map_or(1, csv::Position::line);
        if record.iter().all(str::is_empty) {
            return None;
        }
        if record.len() != self.columns.len() {
            let (has, wants) = (record.len(), self.columns.len());
            self.refuse(
                line,
                format!("this line has {has} fields, and there are {wants} columns"),
                "quote fields with commas in them",
            );
            return None;
        }
        let mut invitee = Invitee { contact: String::new(), segments: Values::new(), language: None };
        for (name, value) in self.columns.clone().into_iter().zip(&record) {
            match name.as_str() {
                _ if value.contains(|c: char| c.is_control() || characters::is_forbidden(c)) => {
                    self.refuse(
                        line,
                        format!("`{name}` holds a line break or another character that can't be shown"),
                        "write it on one line, in plain letters",
                    );
                }
                name if value.chars().count() > longest(name) => {
                    let most = longest(name);
                    self.refuse(line, format!("`{name}` holds more than {most} characters"), "write something shorter");
                }
                CONTACT => invitee.contact = self.contact(line, value),
                LANGUAGE => invitee.language = self.language(line, value),
                _ if value.is_empty() => {}
                _ => drop(invitee.segments.insert(name, value.to_owned())),
            }
        }
        Some(invitee)
    }

    fn contact(&mut self, line: u64, text: &str) -> String {
        let contact = contact(text);
        if contact.is_empty() {
            self.refuse(line, "this person has no contact", "give each person an address of their own");
        } else if contact.contains(['/', '\\', ',', ';']) {
            self.refuse(
                line,
                format!("{contact} can't be one person's contact: letters are sent to it and named after it"),
                "write it without `/`, `\\`, `,` and `;`",
            );
        } else if let Some(first) = self.seen.insert(contact.clone(), usize::try_from(line).unwrap_or_default()) {
            self.refuse(line, format!("{contact} is on line {first} too"), "keep one line for each person");
        }
        contact
    }

    fn language(&mut self, line: u64, text: &str) -> Option<String> {
        if !text.is_empty() && !language::is_tag(text) {
            self.refuse(line, format!("`{text}` is not a language"), "write it as a tag, such as `en`, `de` or `pt-BR`");
        }
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn refuse(&mut self, line: u64, message: impl Into<String>, remedy: impl Into<String>) {
        self.mistakes.push(Mistake::new(usize::try_from(line).unwrap_or_default(), message, remedy));
    }
}

/// Gives how many characters a column's values may have.
fn longest(column: &str) -> usize {
    if column == CONTACT { LONGEST_CONTACT } else { LONGEST_VALUE }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str) -> Vec<(usize, String)> {
        let told = super::read(Path::new("roster.csv"), text).unwrap_err();
        told.all.into_iter().map(|one| (one.line, one.message)).collect()
    }

    #[test]
    fn people_are_read_with_their_segments_and_language() {
        let text = "\u{feff}Contact,team,language\n Ann@Example.com ,core,de\n\n\"bob@example.com\",\"a, b\",\n";
        let people = super::read(Path::new("roster.csv"), text).unwrap();
        assert_eq!(people[0].contact, "ann@example.com");
        assert_eq!(people[0].language.as_deref(), Some("de"));
        assert_eq!((people[1].segments["team"].as_str(), people.len()), ("a, b", 2));
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        let text = "contact,team,language\na@x.org,core,en\nA@x.org,core,en\n,core,en\nb@x.org,core\nc@x.org,core,??\n";
        let lines: Vec<_> = mistakes(text).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [3, 4, 5, 6]);
        assert_eq!(mistakes("email,team\na@x.org,core\n"), [(1, "there is no column `contact`".to_owned())]);
        assert_eq!(mistakes("contact,team,team\n").len(), 1);
        assert_eq!(mistakes("contact\n"), [(1, "nobody is invited".to_owned())]);
    }

    #[test]
    fn what_would_add_a_line_to_a_letter_or_leave_its_folder_is_refused_with_its_line() {
        let text = "contact,team\na@x.org,core\n\"b@x.org\nBcc: evil@x.org\",core\n\"c@x.org\r\nBcc: evil@x.org\",core\n\
            \"d@x.org\tx\",core\n../e@x.org,core\n..\\f@x.org,core\ng@x.org,\"co\nre\"\n";
        let lines: Vec<_> = mistakes(text).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [3, 5, 7, 8, 9, 10], "{:?}", mistakes(text));
    }
}
