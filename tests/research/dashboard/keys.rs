//! What keys and news lead to.

use dxpulse::research::dashboard::{Effect, Event, Section};

use super::Desk;

#[test]
fn sections_are_chosen_by_number_and_in_turn() {
    let mut desk = Desk::new();
    for (key, section) in [
        ("2", Section::Trend),
        ("5", Section::Comments),
        ("tab", Section::Drivers),
        ("tab", Section::Overview),
        ("shift-tab", Section::Drivers),
        ("shift-tab", Section::Comments),
        ("shift-tab", Section::Items),
        ("9", Section::Items),
        ("0", Section::Items),
        ("x", Section::Items),
        ("３", Section::Groups),
    ] {
        assert_eq!((desk.press(key), desk.dashboard.section()), (None, section), "{key}");
    }
}

#[test]
fn what_is_read_moves_as_far_as_it_goes() {
    let mut desk = Desk::new();
    desk.press("up");
    assert_eq!(desk.dashboard.first(), 0);
    desk.press("down down");
    assert_eq!(desk.dashboard.first(), 2);
    desk.press("end");
    let last = desk.dashboard.first();
    desk.press("down pagedown right");
    assert_eq!(desk.dashboard.first(), last);
    desk.press("left");
    assert!(desk.dashboard.first() < last, "to the figure before");
    desk.press("home right");
    let second = desk.dashboard.first();
    assert!(second > 0);
    desk.press("2");
    assert_eq!(desk.dashboard.first(), 0, "a section begins at its first line");
    desk.press("end");
    desk.take(Event::Resized(200, 60));
    assert_eq!(desk.dashboard.first(), 0, "where all is seen there is nothing to scroll");
}

#[test]
fn waves_go_round_and_keep_the_section() {
    let mut desk = Desk::new();
    desk.press("2");
    for (key, wave) in [("w", "2025-Q2"), ("W", "2026-Q3"), ("W", "2026-Q1"), (">", "2026-Q3"), ("<", "2026-Q1")] {
        desk.press(key);
        assert_eq!((desk.dashboard.wave(), desk.dashboard.section()), (wave, Section::Trend), "{key}");
    }
}

#[test]
fn the_help_moves_and_any_other_key_only_closes_it() {
    for close in ["q", "esc", "?", "2", "w", "x", "enter"] {
        let mut desk = Desk::new();
        assert_eq!(desk.press("?"), None);
        desk.press("down");
        assert_eq!(desk.press(close), None, "{close}");
        assert_eq!((desk.dashboard.section(), desk.dashboard.wave()), (Section::Overview, "2026-Q3"), "{close}");
        assert_eq!(desk.press("q"), Some(Effect::Leave), "{close}");
    }
}

#[test]
fn keys_that_are_the_loop_s_are_passed_on() {
    for (key, effect) in [
        ("q", Some(Effect::Leave)),
        ("esc", Some(Effect::Leave)),
        ("f10", Some(Effect::Leave)),
        ("ctrl-l", Some(Effect::Redraw)),
        ("ctrl-z", Some(Effect::Suspend)),
        ("enter", None),
        ("alt-q", None),
    ] {
        assert_eq!(Desk::new().press(key), effect, "{key}");
    }
}

#[test]
fn a_wave_asked_for_is_worked_out_by_the_loop() {
    let mut desk = Desk::new();
    desk.with_open(5);
    let key = Event::Key("w".parse().unwrap());
    let asked = dxpulse::research::dashboard::update(&mut desk.dashboard, key);
    assert_eq!(asked, Some(Effect::Find("2026-Q4".to_owned())));
    assert_eq!(desk.dashboard.wave(), "2026-Q3", "until its findings are there");
}
