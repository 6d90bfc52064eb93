//! The full screen as a person sees it: pictures in text of every question in every state, and what holds of all of them.

#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

mod anchors;
mod bound;
mod cases;
mod inboxes;
mod looks;
mod reading;
mod shelf;
mod sizes;
mod spaces;
mod stage;
mod text;
mod tongues;
mod wanted;

use dxpulse::screen::theme::Theme;
use shelf::draw_inbox;
use stage::{Stage, survey};

/// The sizes every picture is made at; the widest shows only how the block is placed.
const COMMON: [(u16, u16); 2] = [(80, 24), (40, 10)];
const WIDE: (u16, u16) = (200, 60);

fn compare(name: &str, pages: &[String]) {
    let settings = {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings
    };
    settings.bind(|| insta::assert_snapshot!(name, pages.join("\n")));
}

#[test]
fn questions_look_as_they_are_kept() {
    for subject in cases::SUBJECTS {
        let survey = survey(subject.survey);
        let mut pages = Vec::new();
        for (at, (state, script)) in subject.states.iter().enumerate() {
            let stage = Stage::at(&survey, subject.question).play(script);
            let sizes = COMMON.iter().chain((at == 0).then_some(&WIDE));
            pages.extend(sizes.map(|size| text::page(state, &stage.draw(*size, &Theme::plain()))));
        }
        compare(&subject.name(), &pages);
    }
}

#[test]
fn inboxes_look_as_they_are_kept() {
    for (name, inbox) in inboxes::all() {
        let shot = |size: &(u16, u16)| draw_inbox(&inbox, *size, &Theme::plain());
        let pages: Vec<String> = COMMON.iter().chain([&WIDE]).map(|size| text::page(name, &shot(size))).collect();
        compare(&format!("inbox.{}", name.replace(' ', "-")), &pages);
    }
}

#[test]
fn every_type_of_question_is_pictured() {
    let types = "note nps rating likert csat ces single multi ranking matrix text number boolean date";
    let kind = |subject: &cases::Subject| {
        let survey = survey(subject.survey);
        survey.questions.iter().find(|question| question.id.as_str() == subject.question).map(|question| question.kind.name())
    };
    let pictured: Vec<_> = cases::SUBJECTS.iter().filter_map(kind).collect();
    let missing: Vec<_> = types.split(' ').filter(|name| !pictured.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
