//! How every section looks at three sizes, and what holds at every size.

use dxpulse::research::dashboard::{Dashboard, Event, Section, Wave, draw};
use dxpulse::research::findings::Findings;
use dxpulse::screen::theme::{Background, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Color;

use super::{Desk, findings};

const SIZES: [(u16, u16); 3] = [(40, 10), (80, 24), (200, 60)];

fn drawn(dashboard: &Dashboard, (columns, rows): (u16, u16), theme: &Theme) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(|frame| draw(frame, dashboard, theme)).unwrap();
    terminal.backend().buffer().clone()
}

/// Gives the rows of a screen, without the blanks at their ends.
fn text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for row in buffer.content.chunks(usize::from(buffer.area.width)) {
        let mut line = String::new();
        let mut column = 0;
        while column < row.len() {
            line.push_str(row[column].symbol());
            column += unicode_width::UnicodeWidthStr::width(row[column].symbol()).max(1);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn compare(name: &str, desk: &mut Desk) {
    let mut pages = String::new();
    for (columns, rows) in SIZES {
        desk.take(Event::Resized(columns, rows));
        let page = text(&drawn(&desk.dashboard, (columns, rows), &Theme::plain()));
        pages.push_str(&format!("═══ {columns}×{rows}\n{}\n\n", page.trim_end()));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, pages));
}

#[test]
fn sections_look_as_they_are_kept() {
    for section in Section::ALL {
        let mut desk = Desk::new();
        desk.press(&(1 + Section::ALL.iter().position(|it| *it == section).unwrap()).to_string());
        compare(&section.name().to_lowercase(), &mut desk);
    }
    let mut desk = Desk::new();
    desk.press("?");
    compare("help", &mut desk);
}

#[test]
fn the_middle_of_what_is_read_says_what_is_above_and_below() {
    let mut desk = Desk::new();
    desk.press("4 down down");
    compare("scrolled", &mut desk);
}

#[test]
fn a_trend_marks_what_was_reworded_and_what_is_not_shown() {
    let mut desk = Desk::new();
    desk.press("2");
    let mut told = findings(&desk.dataset, "2026-Q3");
    told.trend.truncate(1);
    told.trend[0].points[1].figure = None;
    told.trend[0].points[3].breaks = true;
    told.trend[0].slope = None;
    desk.take(Event::Found(Box::new(told.clone())));
    compare("trend.breaks", &mut desk);
    told.trend[0].points.iter_mut().for_each(|point| point.opens = None);
    desk.take(Event::Found(Box::new(told)));
    let page = text(&drawn(&desk.dashboard, (80, 24), &Theme::plain()));
    assert!(page.contains("stand evenly"), "{page}");
}

#[test]
fn a_section_with_nothing_says_why() {
    let mut desk = Desk::new();
    let told = findings(&desk.dataset, "2026-Q3");
    let (items, by_group, trend, changes, words) = <(Vec<_>, Vec<_>, Vec<_>, Vec<_>, Vec<_>)>::default();
    let nothing = Findings { items, by_group, trend, changes, words, compared_with: None, ..told };
    desk.take(Event::Found(Box::new(nothing)));
    let whys =
        ["no wave before this one", "A trend takes two waves", "Nothing is known of who", "asked for nothing", "Nobody wrote"];
    for (at, why) in whys.iter().enumerate() {
        desk.press(&(at + 1).to_string());
        let page = text(&drawn(&desk.dashboard, (80, 24), &Theme::plain()));
        assert!(page.contains(why), "{why}: {page}");
    }
}

#[test]
fn comments_are_shown_from_as_many_on_as_the_survey_asks_for() {
    let mut desk = Desk::new();
    desk.press("5");
    let page = |desk: &Desk| text(&drawn(&desk.dashboard, (80, 24), &Theme::plain()));
    assert!(page(&desk).contains("18 comments, shuffled") && page(&desk).contains("fewer than 10"), "{}", page(&desk));
    desk.dataset.smallest_comment_group = 19;
    desk.take(Event::Found(Box::new(findings(&desk.dataset, "2026-Q3"))));
    assert!(!page(&desk).contains("18 comments") && page(&desk).contains("fewer than 19"), "{}", page(&desk));
}

#[test]
fn a_grouping_of_which_every_group_is_hidden_says_so_beside_others_and_alone() {
    let mut desk = Desk::new();
    desk.press("3");
    let mut told = findings(&desk.dataset, "2026-Q3");
    told.hidden_groupings = vec!["squad".to_owned()];
    for is_alone in [false, true] {
        told.by_group.truncate(if is_alone { 0 } else { 1 });
        desk.take(Event::Found(Box::new(told.clone())));
        let page = text(&drawn(&desk.dashboard, (80, 60), &Theme::plain()));
        assert!(page.contains("By squad, every group is hidden") && !page.contains("No groups"), "{page}");
        assert_eq!(page.contains("by language"), !is_alone, "{page}");
    }
}

/// Gives a dashboard at a wave that is open, in which so many answered and so many are invited.
fn at_open(answered: u32) -> Desk {
    let mut desk = Desk::new();
    desk.with_open(answered);
    let mut told = findings(&desk.dataset, "2026-Q3");
    told.wave = "2026-Q4".to_owned();
    told.funnel.invited = Some(120);
    told.smallest_group = 10;
    desk.take(Event::Found(Box::new(told)));
    desk
}

#[test]
fn an_open_wave_tells_its_progress_and_nothing_else() {
    compare("open", &mut at_open(45));
    for section in 1..=5 {
        let mut desk = at_open(45);
        desk.press(&section.to_string());
        let page = text(&drawn(&desk.dashboard, (80, 24), &Theme::plain()));
        assert!(page.contains("45 or more of 120 invited answered") && !page.contains("NPS"), "{page}");
    }
}

#[test]
fn progress_under_the_threshold_is_not_told() {
    for answered in [0, 5] {
        let page = text(&drawn(&at_open(answered).dashboard, (80, 24), &Theme::plain()));
        assert!(page.contains("fewer than 10 of 120 invited") && page.contains("is open, fewer than 10 answered"), "{page}");
    }
}

#[test]
fn trouble_with_the_collector_is_told_until_it_is_over() {
    let mut desk = at_open(45);
    desk.take(Event::Untold("it can't be reached \u{1b}[31m".to_owned()));
    let page = |desk: &Desk| text(&drawn(&desk.dashboard, (80, 24), &Theme::plain()));
    assert!(page(&desk).contains("! it can't be reached"), "{}", page(&desk));
    desk.take(Event::Told(vec![Wave { name: "2026-Q4".to_owned(), open: Some(50) }]));
    assert!(page(&desk).contains("2026-Q4 is open, 50 or more answered"), "{}", page(&desk));
}

#[test]
fn every_size_is_drawn_with_nothing_cut_and_no_control_character() {
    let mut desk = Desk::new();
    for columns in [1, 19, 20, 21, 30, 39, 40, 49, 50, 59, 60, 80, 119, 123, 124, 160, 200] {
        for rows in [1, 3, 4, 5, 6, 7, 10, 15, 16, 24, 60] {
            desk.take(Event::Resized(columns, rows));
            for keys in ["1", "2", "3", "4", "5", "?", "x 1 end", "4 end", "5 right"] {
                desk.press(keys);
                // Lines that are too wide fail within, in a build with checks.
                let page = text(&drawn(&desk.dashboard, (columns, rows), &Theme::plain()));
                assert!(!page.contains(|c: char| c.is_control() && c != '\n'), "{page}");
            }
        }
    }
}

#[test]
fn without_colours_the_same_is_said() {
    let mut desk = Desk::new();
    for section in 1..=5 {
        desk.press(&section.to_string());
        let plain = drawn(&desk.dashboard, (80, 24), &Theme::plain());
        assert!(plain.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
        for background in [Background::Unknown, Background::Dark, Background::Light] {
            let coloured = drawn(&desk.dashboard, (80, 24), &Theme::coloured(background));
            assert_eq!(text(&coloured), text(&plain));
        }
    }
}
