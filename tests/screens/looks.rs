//! Colour and attributes: the user's own sixteen colours at most, none without colour, and never a meaning of their own.

use dxpulse::screen::theme::{Background, Theme};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use crate::cases::SUBJECTS;
use crate::shelf::draw_inbox;
use crate::stage::{Shot, Stage, survey};
use crate::{inboxes, text};

const SIZE: (u16, u16) = (80, 24);
const COLOURED: [Background; 3] = [Background::Unknown, Background::Dark, Background::Light];

/// Gives every picture in a theme, with its name.
fn pictures(theme: Theme) -> Vec<(String, Shot)> {
    let mut pictures = Vec::new();
    for subject in SUBJECTS {
        let survey = survey(subject.survey);
        for (state, script) in subject.states {
            let stage = Stage::at(&survey, subject.question).play(script);
            pictures.push((format!("{}, {state}", subject.name()), stage.draw(SIZE, &theme)));
        }
    }
    let inbox = |(name, inbox)| (format!("inbox, {name}"), draw_inbox(&inbox, SIZE, &theme));
    pictures.extend(inboxes::all().into_iter().map(inbox));
    pictures
}

fn is_ansi(colour: Color) -> bool {
    !matches!(colour, Color::Rgb(..) | Color::Indexed(_))
}

#[test]
fn without_colour_there_is_none() {
    for (name, shot) in pictures(Theme::plain()) {
        let coloured = |cell: &&Cell| cell.fg != Color::Reset || cell.bg != Color::Reset || cell.underline_color != Color::Reset;
        assert_eq!(shot.buffer.content.iter().find(coloured), None, "{name}");
    }
}

#[test]
fn colours_are_among_the_sixteen_of_the_terminal_and_say_nothing_alone() {
    let plain = pictures(Theme::plain());
    for background in COLOURED {
        let mut coloured = 0;
        for ((name, shot), (_, plain)) in pictures(Theme::coloured(background)).iter().zip(&plain) {
            let cells = shot.buffer.content.iter().zip(&plain.buffer.content);
            for (cell, plain) in cells {
                assert!([cell.fg, cell.bg, cell.underline_color].into_iter().all(is_ansi), "{name}: {cell:?}");
                assert_eq!((cell.symbol(), cell.modifier), (plain.symbol(), plain.modifier), "{name}, {background:?}");
            }
            assert_eq!(shot.cursor, plain.cursor, "{name}");
            coloured += shot.buffer.content.iter().filter(|cell| cell.fg != Color::Reset).count();
        }
        assert!(coloured > 0, "{background:?}");
    }
}

/// Gives the rows between the header and the status line.
fn body(buffer: &Buffer) -> Vec<String> {
    let rows = text::rows(buffer);
    rows[4..rows.len() - 4].to_vec()
}

#[test]
fn what_is_chosen_and_what_is_under_the_cursor_differ_in_text() {
    for (place, cursor, chosen) in [
        ("everything nps", "right", "0 backspace"),
        ("everything docs", "right", "1 backspace"),
        ("everything noise", "right", "1 backspace"),
        ("everything role", "down", "1 backspace"),
        ("everything barriers", "down", "1"),
        ("everything next", "down", "1"),
        ("everything tools", "right", "1 up"),
        ("everything oncall", "left", "y backspace"),
        ("awkward ten_points", "right", "1 enter backspace"),
        ("awkward long_labels", "right", "1 backspace"),
        ("awkward many_multi", "down", "1"),
    ] {
        let (file, question) = place.split_once(' ').unwrap();
        let survey = survey(&format!("tests/surveys/good/{file}.toml"));
        let shown = |script: &str| body(&Stage::at(&survey, question).play(script).draw(SIZE, &Theme::plain()).buffer);
        let (fresh, cursor, chosen) = (shown(""), shown(cursor), shown(chosen));
        assert!(fresh != cursor && fresh != chosen && cursor != chosen, "{place}: {fresh:#?}\n{cursor:#?}\n{chosen:#?}");
    }
}

#[test]
fn what_is_under_the_cursor_is_reversed_and_the_question_is_bold() {
    let survey = survey("tests/surveys/good/everything.toml");
    for (question, script) in [("nps", "right"), ("noise", "right"), ("role", "down"), ("barriers", "down"), ("next", "down")] {
        let shot = Stage::at(&survey, question).play(script).draw(SIZE, &Theme::plain());
        for modifier in [Modifier::REVERSED, Modifier::BOLD] {
            assert!(shot.buffer.content.iter().any(|cell| cell.modifier.contains(modifier)), "{question}: {modifier:?}");
        }
    }
}
