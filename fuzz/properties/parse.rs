//! Any text is a survey or has problems with places inside it; nothing panics, and nothing hostile is shown.

use std::collections::BTreeSet;

use dxpulse::response::{Flow, Replies};
use dxpulse::survey::characters::is_forbidden;
use dxpulse::survey::parse::{MOST_PROBLEMS, MOST_QUESTIONS, Problem, known_sound, parse, render};
use dxpulse::survey::{Kind, Survey};

/// Checks a text as the source of a survey.
pub(crate) fn check(source: &str) {
    match parse(source) {
        Ok(survey) => {
            assert_eq!(parse(source).as_ref(), Ok(&survey), "the same text is the same survey");
            assert_eq!(parse(source).expect("it was read").hash(), survey.hash(), "and has the same hash");
            check_survey(&survey);
            assert_eq!(known_sound(source).as_ref(), Some(&survey), "what is known to be sound is read the same");
        }
        Err(problems) => check_problems(source, &problems),
    }
}

fn check_survey(survey: &Survey) {
    assert!((1..=MOST_QUESTIONS).contains(&survey.questions.len()));
    assert!(survey.questions.iter().any(|question| question.kind != Kind::Note), "something is asked");
    for (at, question) in survey.questions.iter().enumerate() {
        assert!(survey.questions[..at].iter().all(|other| other.id != question.id), "{} stands twice", question.id);
        assert!(!question.text.trim().is_empty() && !question.text.contains(is_forbidden), "{:?}", question.text);
    }
    let languages = std::iter::once(&survey.language).chain(&survey.translations);
    languages.zip([0, 7, u64::MAX].into_iter().cycle()).for_each(|(language, seed)| check_presented(survey, language, seed));
}

/// Checks the survey as one respondent meets it, before anything is answered.
fn check_presented(survey: &Survey, language: &str, seed: u64) {
    let presented = survey.present(language, seed);
    assert_eq!(survey.present(language, seed), presented, "the same seed gives the same survey");
    let ids = |of: &Survey| of.questions.iter().map(|question| question.id.clone()).collect::<BTreeSet<_>>();
    assert_eq!((ids(&presented), presented.questions.len()), (ids(survey), survey.questions.len()));
    let flow = Flow::new(&presented, &survey.arms(seed), &Replies::new());
    assert!(flow.places().is_sorted_by(|one, next| one < next), "the way leads forward");
    assert_eq!(flow.finished(&presented).len(), survey.asked().count(), "every question has a reply");
}

fn check_problems(source: &str, problems: &[Problem]) {
    assert!((1..=MOST_PROBLEMS + 1).contains(&problems.len()));
    assert!(problems.is_sorted_by_key(|problem| problem.span.start));
    let lines = source.matches('\n').count() + 1;
    for problem in problems {
        assert!(source.get(problem.span.clone()).is_some(), "{problem:?} is not in the file");
        assert!((1..=lines).contains(&problem.line) && problem.column >= 1, "{problem:?}");
        assert!(problem.related.iter().all(|related| source.get(related.span.clone()).is_some()), "{problem:?}");
        for text in [&problem.message, &problem.help] {
            assert!(!text.trim().is_empty() && !text.contains(is_forbidden), "{problem:?}");
        }
    }
    let rendered = render(problems, "survey.toml", source, false);
    assert!(!rendered.contains(is_forbidden), "{rendered:?}");
    assert!(rendered.contains(problems[0].code), "{rendered:?}");
}
