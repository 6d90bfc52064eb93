//! The full screen in German and Japanese: a handful of pictures, and that nothing is cut without a mark in any language.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use dxpulse::developer::answering::Session;
use dxpulse::developer::catalog::BUNDLED;
use dxpulse::developer::inbox::{Inbox, Item, State};
use dxpulse::developer::listing;
use dxpulse::developer::phrases::{Destination, Phrases};
use dxpulse::developer::spans;
use dxpulse::response::Draft;
use dxpulse::screen::theme::Theme;
use dxpulse::survey::{QuestionId, Survey, SurveyId};

use crate::cases::SUBJECTS;
use crate::shelf::draw_inbox;
use crate::sizes::{check, faults_of_inbox};
use crate::stage::{Stage, survey};
use crate::{COMMON, compare, text};

const EVERYTHING: &str = "tests/surveys/good/everything.toml";
const PULSE: &str = "tests/surveys/good/pulse.toml";

/// From the last question of the pulse to the question what becomes of words that leave the machine.
const LEAVING: &str = "!leaving =ask␣alice@example.com,␣build-7.corp.example.internal␣hangs enter down up enter";

/// What is pictured in every language: the question, and the keys that lead to the picture.
const PICTURES: [(&str, &str); 12] = [
    ("nps", ""),
    ("nps", "s"),
    ("role", "end enter"),
    ("barriers", "1 2 3 4"),
    ("next", "2 1"),
    ("tools", "4 s"),
    ("hours", "=99999999 enter"),
    ("oncall", "y backspace"),
    ("since", "=20260331"),
    ("story", "esc"),
    ("docs", "?"),
    ("review", "down"),
];

/// Sizes that are roomy, low, narrow, and where the words for where answers are change.
const SIZES: [(u16, u16); 6] = [(80, 24), (60, 16), (40, 10), (30, 24), (24, 6), (20, 10)];

fn tongues() -> impl Iterator<Item = &'static Phrases> {
    ["de", "ja"].into_iter().map(Phrases::of)
}

/// Gives an inbox with a survey in every state, its times in the language.
fn inbox(phrases: &'static Phrases, is_first_start: bool) -> Inbox {
    let (now, today) = (DateTime::<Utc>::UNIX_EPOCH, NaiveDate::from_ymd_opt(2026, 3, 31).unwrap());
    let saved = spans::ago(now - Duration::minutes(5), now.fixed_offset(), phrases);
    let until = spans::until(today + Duration::days(2), today, phrases);
    let states = [
        State::Draft { replied: 7, asked: 22, saved },
        State::Open,
        State::Open,
        State::Answered(today.to_string()),
        State::Declined(today.to_string()),
        State::Closed(listing::closed(None, Some(today + Duration::days(300)), today, phrases)),
    ];
    let items = states.into_iter().enumerate().map(|(at, state)| Item {
        id: SurveyId::new(&format!("survey-{at}")).unwrap(),
        title: format!("Survey number {at}"),
        minutes: 4.0,
        state,
        until: (at == 2).then(|| until.clone()),
        goes: Destination::Here,
    });
    let mut inbox = Inbox::new(items.collect(), is_first_start, None).speaking(phrases);
    inbox.on_request = 13;
    inbox
}

#[test]
fn screens_of_other_languages_look_as_they_are_kept() {
    let (survey, pulse) = (survey(EVERYTHING), survey(PULSE));
    for phrases in tongues() {
        let mut pages = Vec::new();
        for (question, script) in PICTURES {
            let stage = Stage::at(&survey, question).speaking(phrases).play(script);
            let name = format!("{question} {script}");
            pages.extend(COMMON.map(|size| text::page(name.trim(), &stage.draw(size, &Theme::plain()))));
        }
        let leaving = Stage::at(&pulse, "reason").speaking(phrases).play(LEAVING);
        pages.extend(COMMON.map(|size| text::page("words that leave", &leaving.draw(size, &Theme::plain()))));
        for (name, is_first_start) in [("inbox", false), ("inbox, first start", true)] {
            let inbox = inbox(phrases, is_first_start);
            pages.extend(COMMON.map(|size| text::page(name, &draw_inbox(&inbox, size, &Theme::plain()))));
        }
        compare(&format!("tongue.{}", phrases.language()), &pages);
    }
}

#[test]
fn every_picture_is_sound_in_every_language() {
    let mut found = Vec::new();
    for phrases in tongues() {
        for subject in SUBJECTS {
            let survey = survey(subject.survey);
            for (state, script) in subject.states {
                let stage = Stage::at(&survey, subject.question).speaking(phrases).play(script);
                found.extend(check(&format!("{} {}, {state}", phrases.language(), subject.name()), &stage, &SIZES));
            }
        }
        for size in SIZES {
            let shot = draw_inbox(&inbox(phrases, true), size, &Theme::plain());
            found.extend(
                faults_of_inbox(&inbox(phrases, true), &shot).into_iter().map(|fault| format!("inbox, {size:?}: {fault}")),
            );
        }
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_question_of_the_bundled_surveys_is_sound_in_every_language() {
    let mut found = Vec::new();
    for (id, _) in BUNDLED {
        let survey = survey(&format!("surveys/{id}.toml"));
        for phrases in ["en", "de", "ja"].map(Phrases::of) {
            for question in &survey.questions {
                let stage = showing(&survey, &question.id, phrases);
                assert_eq!(stage.session.question().map(|shown| &shown.id), Some(&question.id));
                found.extend(check(&format!("{id}, {}, {}", question.id, phrases.language()), &stage, &SIZES));
            }
        }
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

/// Shows a question in a language, whatever hides it.
fn showing(survey: &Survey, question: &QuestionId, phrases: &'static Phrases) -> Stage {
    let draft = Draft::begin(survey, phrases.language(), 0, DateTime::UNIX_EPOCH);
    let today = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
    Stage::of(Session::new(survey, draft, today).speaking(phrases).exposing(question))
}
