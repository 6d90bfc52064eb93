//! Where a key stands in a survey's file, for findings that are about no text.
//!
//! The file is known to be a survey. Its lines are looked at and not its tables: what isn't found on one has another place.

use std::ops::Range;

use crate::survey::parse::place;

/// Gives the place of what the survey itself says under a key; of the facts about people, that of their number.
pub(super) fn of_survey(source: &str, code: &str, key: &str) -> Option<Range<usize>> {
    let whole = place(source, key)?;
    if code != "identifying-demographics" {
        return Some(whole);
    }
    let population =
        source[whole.start..].match_indices("population").map(|(at, found)| whole.start + at..whole.start + at + found.len());
    population.into_iter().find(|found| source[found.end..].trim_start().starts_with('=')).or(Some(whole))
}

/// Gives the place of the value that a question's table gives a key on a line of its own; some byte of the table tells which.
pub(super) fn of_question(source: &str, within: usize, key: &str) -> Option<Range<usize>> {
    let start = source.get(..within)?.rfind("[[").map_or(0, |at| source[at..].find('\n').map_or(at, |end| at + end + 1));
    let mut at = start;
    for line in source[start..].split_inclusive('\n') {
        if line.trim_start().starts_with("[[") {
            return None;
        }
        let value = line.trim_start().strip_prefix(key).and_then(|rest| rest.trim_start().strip_prefix('='));
        if let Some(value) = value {
            let value = value.trim();
            let from = at + line.rfind(value)?;
            return Some(from..from + value.split(" #").next().unwrap_or(value).trim_end().len());
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
id = \"pulse\"
minutes = 0.5 # honest

[privacy]
smallest_group = 5
population = 40

[[question]]
id = \"first\"
text = \"How?\"

[[question]]
trend = \"break\" # said
id   =  \"ease\"
text = \"Why [[ so?\"
type = \"text\"
";

    #[test]
    fn keys_are_found_in_their_own_table_and_nowhere_else() {
        let within = SOURCE.find("\"Why").unwrap();
        let first = SOURCE.find("\"How").unwrap();
        let of = |within, key| of_question(SOURCE, within, key).map(|place| &SOURCE[place]);
        assert_eq!(of(within, "trend"), Some("\"break\""));
        assert_eq!(of(within, "id"), Some("\"ease\""));
        assert_eq!(of(within, "type"), Some("\"text\""));
        assert_eq!(of(first, "id"), Some("\"first\""));
        assert_eq!((of(first, "trend"), of(first, "type")), (None, None));
    }

    #[test]
    fn a_promise_stands_at_its_minutes_and_facts_about_people_at_their_number() {
        let of = |source: &str, code, key| of_survey(source, code, key).map(|place| source[place].to_owned());
        assert_eq!(of(SOURCE, "burden", "minutes").as_deref(), Some("0.5"));
        assert_eq!(of(SOURCE, "identifying-demographics", "privacy").as_deref(), Some("population"));
        let inline = "privacy = { smallest_group = 5, population = 40 }\n";
        assert_eq!(of(inline, "identifying-demographics", "privacy").as_deref(), Some("population"));
        assert_eq!(of("id = 1", "burden", "minutes"), None);
    }
}
