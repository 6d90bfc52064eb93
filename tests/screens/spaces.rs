//! Line breaks and tabs in a survey's texts: a break stays one where there are lines for it, and no words run together.

use std::sync::Arc;

use dxpulse::screen::theme::Theme;
use dxpulse::survey::Survey;
use dxpulse::survey::parse::parse;

use crate::sizes::check;
use crate::stage::Stage;
use crate::text::rows;

const SURVEY: &str = r#"
id = "spaces"
title = "Odd	spaces"
introduction = "Two	questions\nand a note."

[[question]]
id = "broken"
type = "single"
text = "How long did the\nbuild	take?"
choices = [{ code = "a", label = "An	hour" }, { code = "b", label = "All		day" }]

[[question]]
id = "areas"
type = "matrix"
text = "How	easy was each?"
points = 3
anchors = { low = "Very	hard", high = "Very	easy" }
rows = [{ code = "a", label = "Build	time" }, { code = "b", label = "Deploying it" }]

[[question]]
id = "ease"
type = "rating"
text = "How easy was all of it?"
anchors = { low = "Very	hard", high = "Very	easy" }

[[question]]
id = "hours"
type = "number"
text = "How many?"
unit = "hours	a week"
"#;

fn survey() -> Arc<Survey> {
    Arc::new(parse(SURVEY).unwrap())
}

fn shown(place: &str, script: &str) -> String {
    rows(&Stage::at(&survey(), place).play(script).draw((80, 24), &Theme::plain()).buffer).join("\n")
}

#[test]
fn where_there_are_lines_a_break_stays_one_and_a_tab_is_a_space() {
    for (place, script, lines) in [
        ("broken", "", &["Two questions\n", "and a note.", "How long did the\n", "build take?", "An hour", "All  day"][..]),
        (
            "areas",
            "",
            &["How easy was each?", "1 Very hard   3 Very easy", "▸ Build time           1 ", "  Deploying it         1 "],
        ),
        ("ease", "", &["Very hard       Very easy"]),
        ("hours", "", &["hours a week"]),
    ] {
        let shown = shown(place, script);
        let missing: Vec<_> = lines.iter().filter(|line| !shown.contains(*line)).collect();
        assert!(missing.is_empty(), "{missing:#?} in\n{shown}");
    }
}

#[test]
fn on_one_line_a_break_is_a_space_too() {
    let answered = shown("broken", "2 @broken 2 @review");
    let missing: Vec<_> = ["How long did the build take?", "How easy was each?", "Odd spaces"]
        .into_iter()
        .filter(|text| !answered.contains(text))
        .collect();
    assert!(missing.is_empty(), "{missing:#?} in\n{answered}");
    let chosen = shown("broken", "2 backspace");
    assert!(chosen.contains("your answer: All day"), "{chosen}");
}

#[test]
fn odd_spaces_are_sound_at_every_size() {
    let mut found = Vec::new();
    for place in ["broken", "areas", "ease", "hours", "review"] {
        found.extend(check(place, &Stage::at(&survey(), place), &[(80, 24), (40, 10), (200, 60), (20, 4), (24, 12)]));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
