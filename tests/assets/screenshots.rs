//! The pictures of the README: the program's own screens, with the bundled surveys.

use dxpulse::developer::inbox::State::Open;
use dxpulse::screen::theme::{Background, Theme};

use crate::compare_or_write;
use crate::picture::picture;
use crate::shelf::{bundled, draw_inbox};
use crate::stage::{Shot, Stage, survey};

const THEME: Theme = Theme::coloured(Background::Dark);

/// Draws a state of a bundled survey.
fn session(id: &str, question: &str, keys: &str, rows: u16) -> Shot {
    let stage = Stage::at(&survey(&format!("surveys/{id}.toml")), question).play(keys);
    stage.draw((80, rows), &THEME)
}

#[test]
fn a_question_looks_as_in_the_readme() {
    let shot = session("platform-pulse", "nps", "9 backspace", 21);
    let title =
        "A question of dxpulse: how likely are you to recommend our developer platform to a colleague? 9 of 10 is chosen.";
    compare_or_write("screenshots/question.svg", &picture(title, "dxpulse take platform-pulse", &shot.buffer));
}

#[test]
fn several_choices_look_as_in_the_pictures() {
    let shot = session("developer-experience", "delays", "1 2 down", 24);
    let title = "A question of dxpulse with nine choices, of which two are chosen.";
    compare_or_write("screenshots/multi.svg", &picture(title, "dxpulse take developer-experience", &shot.buffer));
}

#[test]
fn a_matrix_looks_as_in_the_pictures() {
    let shot = session("developer-experience", "areas", "4 5 2 right", 24);
    let title = "A question of dxpulse with six rows and one scale: three rows are answered, the fourth has the focus.";
    compare_or_write("screenshots/matrix.svg", &picture(title, "dxpulse take developer-experience", &shot.buffer));
}

#[test]
fn the_review_looks_as_in_the_readme() {
    let shot = session("platform-pulse", "nps", "9 4 5 =The␣builds␣are␣fast␣and␣someone␣answers enter", 18);
    let title = "The review of dxpulse before sending off: four questions with their answers.";
    compare_or_write("screenshots/review.svg", &picture(title, "dxpulse take platform-pulse", &shot.buffer));
}

#[test]
fn the_inbox_looks_as_in_the_readme() {
    let inbox = bundled([Open, Open], true);
    let shot = draw_inbox(&inbox, (80, 18), &THEME);
    let title = "The inbox of dxpulse on the first start: what dxpulse is, and two open surveys with their length.";
    compare_or_write("screenshots/inbox.svg", &picture(title, "dxpulse", &shot.buffer));
}
