//! The columns that describe a response as a whole: the same for every response, then the arm of each variant.

use chrono::SecondsFormat;

use super::{Cell, text};
use crate::response::Response;
use crate::survey::{Name, Survey, SurveyId};

/// What every response has.
pub(super) const WHOLE: [&str; 6] = ["response", "survey", "version", "wave", "language", "answered_at"];

/// The columns that describe a response, of the responses to these surveys.
pub(super) struct Whole<'a> {
    /// Each survey and version once, by the order in which the surveys first appear, each one's newest version first.
    pub(super) surveys: Vec<&'a Survey>,
    variants: Vec<(&'a SurveyId, &'a Name)>,
}

impl<'a> Whole<'a> {
    /// Gives the columns of these responses; the variants that only older versions have stand last.
    pub(super) fn of(responses: &'a [(Survey, Response)]) -> Self {
        let surveys = distinct(responses);
        let mut variants = Vec::new();
        for (survey, variant) in surveys.iter().flat_map(|survey| survey.variants.iter().map(|variant| (&survey.id, &variant.id)))
        {
            if !variants.contains(&(survey, variant)) {
                variants.push((survey, variant));
            }
        }
        Self { surveys, variants }
    }

    /// Says whether there are responses to more than one survey, so that columns are named after theirs.
    pub(super) fn has_several_surveys(&self) -> bool {
        self.surveys.iter().any(|survey| survey.id != self.surveys[0].id)
    }

    pub(super) fn names(&self) -> Vec<String> {
        let several = self.has_several_surveys();
        let arm = |(survey, variant): &(&SurveyId, &Name)| match several {
            true => format!("{survey}.variant.{variant}"),
            false => format!("variant.{variant}"),
        };
        WHOLE.iter().map(|name| (*name).to_owned()).chain(self.variants.iter().map(arm)).collect()
    }

    pub(super) fn cells(&self, survey: &Survey, response: &Response) -> Vec<Cell> {
        let arm = |(of, variant): &(&SurveyId, &Name)| match response.arms.get(*variant).filter(|_| **of == survey.id) {
            Some(arm) => text(arm.as_str()),
            None => Cell::Empty,
        };
        let same = [
            text(&response.id),
            text(survey.id.as_str()),
            Cell::Integer(survey.version.into()),
            response.wave.as_deref().map_or(Cell::Empty, text),
            text(&response.language),
            text(&response.answered_at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        ];
        same.into_iter().chain(self.variants.iter().map(arm)).collect()
    }
}

fn distinct(responses: &[(Survey, Response)]) -> Vec<&Survey> {
    let mut surveys: Vec<&Survey> = Vec::new();
    for (survey, _) in responses {
        if !surveys.contains(&survey) {
            surveys.push(survey);
        }
    }
    let mut ids: Vec<&SurveyId> = Vec::new();
    for survey in &surveys {
        if !ids.contains(&&survey.id) {
            ids.push(&survey.id);
        }
    }
    surveys.sort_by_key(|survey| (ids.iter().position(|id| **id == survey.id), std::cmp::Reverse(survey.version)));
    surveys
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::DateTime;

    use super::super::{Table, Values, long, wide};
    use super::*;
    use crate::response::Draft;
    use crate::survey::parse::parse;

    const SURVEY: &str = r#"
id = "trial"
title = { en = "A trial", de = "Ein Versuch" }

[[variant]]
id = "wording"
arms = ["task", "tool"]

[[question]]
id = "tool"
type = "single"
text = { en = "Which tool?", de = "Welches Werkzeug?" }
choices = [{ code = "cli", label = { en = "The shell", de = "Die Shell" } }, { code = "web", label = { en = "The web", de = "Das Web" } }]

[[question]]
id = "ease"
type = "boolean"
text = { en = "Was {tool|that tool} easy?", de = "War {tool|das Werkzeug} leicht?" }
variants = [{ variant = "wording", arm = "tool", text = { en = "Did the tool help?", de = "Half das Werkzeug?" } }]
"#;

    /// Gives the responses of people with these seeds, who answered nothing.
    fn responses(source: &str, language: &str, seeds: std::ops::Range<u64>) -> Vec<(Survey, Response)> {
        let (survey, now) = (parse(source).unwrap(), DateTime::from_timestamp(0, 0).unwrap());
        let draft = |seed| Draft::begin(&survey, language, seed, now);
        let finished = |seed| Response::finish(&survey, &draft(seed), seed.to_string(), now).unwrap();
        seeds.map(|seed| (survey.clone(), finished(seed))).collect()
    }

    fn column(table: &Table, name: &str) -> Vec<Cell> {
        let at = table.columns.iter().position(|column| column == name).expect(name);
        table.rows.iter().map(|row| row[at].clone()).collect()
    }

    #[test]
    fn the_arm_of_a_variant_stands_behind_what_describes_the_response() {
        let answered = responses(SURVEY, "en", 0..12);
        let arms: Vec<Cell> =
            answered.iter().map(|(_, response)| text(response.arms.values().next().unwrap().as_str())).collect();
        assert!(arms.contains(&text("task")) && arms.contains(&text("tool")));
        let table = wide(&answered, Values::Codes);
        assert_eq!(table.columns[WHOLE.len()..][..2], ["variant.wording", "tool"]);
        assert_eq!(column(&table, "variant.wording"), arms);
        let table = long(&answered, Values::Codes);
        assert_eq!(table.columns[WHOLE.len()..][..2], ["variant.wording", "question"]);
        let twice: Vec<Cell> = arms.iter().flat_map(|arm| [arm.clone(), arm.clone()]).collect();
        assert_eq!(column(&table, "variant.wording"), twice);
    }

    #[test]
    fn where_a_response_has_no_such_variant_its_arm_is_empty() {
        let newer = SURVEY.replace("id = \"trial\"", "id = \"trial\"\nversion = 2").replace("\"wording\"", "\"words\"");
        let versions = [responses(SURVEY, "en", 0..1), responses(&newer, "en", 0..1)].concat();
        let table = wide(&versions, Values::Codes);
        assert_eq!(table.columns[WHOLE.len()..][..2], ["variant.words", "variant.wording"]);
        assert_eq!((&column(&table, "variant.words")[0], &column(&table, "variant.wording")[1]), (&Cell::Empty, &Cell::Empty));
        let other = SURVEY.replace("id = \"trial\"", "id = \"other\"");
        let surveys = [responses(SURVEY, "en", 0..1), responses(&other, "en", 0..1)].concat();
        for table in [wide(&surveys, Values::Codes), long(&surveys, Values::Codes)] {
            assert_eq!(table.columns[WHOLE.len()..][..2], ["trial.variant.wording", "other.variant.wording"]);
            assert_eq!(column(&table, "trial.variant.wording").last(), Some(&Cell::Empty));
        }
    }

    #[test]
    fn words_are_the_same_whatever_language_arm_and_answers_someone_had() {
        let answered = [responses(SURVEY, "en", 0..6), responses(SURVEY, "de", 0..6)].concat();
        let texts = column(&long(&answered, Values::Labels), "question_text");
        let different: BTreeSet<String> = texts.iter().map(|cell| format!("{cell:?}")).collect();
        let expected = ["Text(\"Was that tool easy?\")", "Text(\"Which tool?\")"];
        assert_eq!(different.into_iter().collect::<Vec<_>>(), expected);
    }
}
