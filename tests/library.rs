//! The bundled surveys as one library: what is the same in several of them is the same word for word, and each keeps what it
//! promises its respondents.

#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::collections::BTreeMap;

use dxpulse::anonymous::private::betrayed;
use dxpulse::author::lint;
use dxpulse::author::simulate::simulate;
use dxpulse::developer::catalog::BUNDLED;
use dxpulse::survey::parse::parse;
use dxpulse::survey::{Question, Survey};

fn surveys() -> Vec<Survey> {
    BUNDLED.iter().map(|(_, source)| parse(source).unwrap()).collect()
}

/// Leaves out what a question owes to the survey it stands in: when it is asked, and of whom.
fn item(question: &Question) -> Question {
    Question { show_if: None, constraint: None, jumps: Vec::new(), group: None, required: false, ..question.clone() }
}

#[test]
fn the_same_id_is_the_same_question_everywhere() {
    let surveys = surveys();
    let mut known: BTreeMap<&str, (&Survey, Question)> = BTreeMap::new();
    let mut shared = 0;
    for survey in &surveys {
        for question in &survey.questions {
            let (first, same) = known.entry(question.id.as_str()).or_insert_with(|| (survey, item(question)));
            assert_eq!(item(question), *same, "{} differs in {} and {}", question.id, first.id, survey.id);
            shared += usize::from(first.id != survey.id);
        }
    }
    assert!(shared > 15, "only {shared} questions are shared: an item was renamed in one place");
}

#[test]
fn the_same_words_have_the_same_translations_everywhere() {
    let surveys = surveys();
    let mut known: BTreeMap<&str, (&Survey, &Question)> = BTreeMap::new();
    for survey in &surveys {
        for question in survey.questions.iter().filter(|question| question.item.is_none()) {
            let (first, same) = known.entry(question.text.original()).or_insert((survey, question));
            assert_eq!(question.text, same.text, "{} and {} translate it in two ways", first.id, survey.id);
        }
    }
}

#[test]
fn every_survey_is_in_english_german_and_japanese() {
    for survey in surveys() {
        assert_eq!((survey.language.as_str(), &survey.translations[..]), ("en", &["de".to_owned(), "ja".to_owned()][..]));
    }
}

#[test]
fn codes_are_words_to_every_spreadsheet() {
    for survey in surveys() {
        let choices = survey.questions.iter().flat_map(|question| question.kind.choices()).map(|choice| choice.code.to_string());
        let rows = survey.questions.iter().flat_map(|question| question.kind.rows()).map(|row| row.code.to_string());
        let segments = survey.segments.iter().flat_map(|segment| &segment.values).map(|value| value.code.to_string());
        for code in choices.chain(rows).chain(segments) {
            let is_word = code.starts_with(char::is_alphabetic) && (code.contains('_') || code.chars().all(char::is_alphabetic));
            assert!(is_word, "a spreadsheet may read {code} of {} as something else", survey.id);
        }
    }
}

#[test]
fn the_promised_time_and_number_of_questions_are_kept_and_every_question_is_reached() {
    let numbers = "zero one two three four five six seven eight nine ten eleven twelve";
    for survey in surveys() {
        let simulation = simulate(&survey, "en", 500, 1);
        let (needed, budget) = (simulation.seconds.at(90), simulation.budget_seconds().unwrap());
        assert!(needed <= budget, "{} promises {budget} s, and one in ten needs over {needed} s", survey.id);
        assert!(needed * 5 >= budget * 4, "{} promises {budget} s, and nine in ten need {needed} s", survey.id);
        assert_eq!(simulation.dead(), [], "{}", survey.id);
        let most = simulation.lengths.most() as usize;
        let number = numbers.split(' ').nth(most).map_or_else(|| most.to_string(), str::to_owned);
        let introduction = survey.introduction.as_ref().unwrap().original().to_lowercase();
        assert!(introduction.contains(&format!("{number} ")), "{} asks {number} questions: {introduction}", survey.id);
    }
}

#[test]
fn no_rule_of_wording_is_broken_and_none_is_waived() {
    for (id, source) in BUNDLED {
        let survey = parse(source).unwrap();
        assert_eq!(lint::findings(source, &survey), [], "{id}");
        let waived = survey.waivers.len() + survey.questions.iter().map(|question| question.waivers.len()).sum::<usize>();
        assert_eq!(waived, 0, "{id}");
    }
}

#[test]
fn comments_are_asked_for_without_names_and_after_the_scores() {
    for survey in surveys() {
        let asked: Vec<&Question> = survey.asked().collect();
        let words = asked.iter().position(|question| question.kind.name() == "text").unwrap_or(asked.len());
        for question in &asked[words..] {
            let is_last = matches!(question.kind.name(), "text" | "boolean");
            assert!(is_last, "{} of {} comes after a question that needs words", question.id, survey.id);
        }
        for question in asked.iter().filter(|question| question.kind.name() == "text") {
            let help = question.help.as_ref().unwrap();
            assert!(help.get("en").contains("leave out names of people"), "{} of {}", question.id, survey.id);
        }
    }
}

#[test]
fn what_is_asked_never_tells_what_is_sent_to_nobody() {
    for survey in surveys() {
        let betrayed = betrayed(&survey).map(|(question, condition)| (question.as_str(), condition.source()));
        assert_eq!(betrayed, None, "{}", survey.id);
    }
}
