//! What holds at every size from 20×4 to 200×60, of every picture and of sessions at random.

use dxpulse::developer::answering::{Hint, Session, Typing};
use dxpulse::developer::faces::full::{self, WIDEST};
use dxpulse::developer::inbox::Inbox;
use dxpulse::screen::theme::Theme;
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use crate::cases::SUBJECTS;
use crate::inboxes;
use crate::shelf::draw_inbox;
use crate::stage::{Shot, Stage, survey};
use crate::text::{rows, symbols};
use crate::wanted::{above, is_marked, packed, pointers, texts};

const WIDTHS: [u16; 15] = [20, 21, 24, 29, 30, 39, 40, 49, 50, 59, 60, 76, 80, 81, 200];
/// Where answers are, as the hint bar says it in each language.
const PLACES: [&str; 13] = [
    "◈",
    "◈ stays here",
    "◈ local",
    "◈ bleibt hier",
    "◈ lokal",
    "◈ ローカルに保存",
    "◈ ローカル",
    "◈ to be sent",
    "◈ sends",
    "◈ wird gesendet",
    "◈ sendet",
    "◈ 送信されます",
    "◈ 送信",
];
/// What the help is said to have where something is left out, in each language.
const MORE: [&str; 3] = ["more", "mehr", "全文"];
const HEIGHTS: [u16; 13] = [4, 5, 6, 8, 10, 12, 15, 16, 18, 24, 28, 29, 60];

/// Gives sizes in which every width and every height occurs, and the extremes of both meet.
fn sizes() -> Vec<(u16, u16)> {
    let diagonal = (0..WIDTHS.len() * 2).map(|at| (WIDTHS[at % WIDTHS.len()], HEIGHTS[(at * 5 + 2) % HEIGHTS.len()]));
    let corners = [(20, 4), (20, 60), (200, 4), (200, 60), (80, 24), (40, 10), (20, 10), (40, 24), (35, 6), (35, 24)];
    diagonal.chain(corners).collect()
}

/// Finds what is wrong with any screen.
fn faults_of_shot(shot: &Shot) -> Vec<String> {
    let mut faults = Vec::new();
    let area = shot.buffer.area;
    let block = WIDEST.min(area.width.saturating_sub(2));
    let left = (area.width - block) / 2;
    for row in 0..area.height {
        for (column, symbol) in symbols(&shot.buffer, row) {
            let after = column + u16::try_from(symbol.width()).unwrap();
            if symbol != " " && (column < left || after > left + block) {
                faults.push(format!("{symbol:?} at {column},{row} is outside the block"));
            }
        }
    }
    if let Some((column, row)) = shot.cursor.filter(|(column, row)| *column >= area.width || *row >= area.height) {
        faults.push(format!("the cursor is outside the screen at {column},{row}"));
    }
    faults
}

/// Finds what is wrong with the screen of a session.
fn faults(session: &Session, shot: &Shot) -> Vec<String> {
    let mut faults = faults_of_shot(shot);
    let rows = rows(&shot.buffer);
    let shown = packed(&rows.concat());
    // Below six rows there is no room for a header, nor for the hints.
    let (first, has_hints) = match shot.buffer.area.height {
        ..6 => (0, false),
        6..16 => (1, true),
        _ => (4, true),
    };
    let status = rows.iter().rposition(|row| is_status(row)).unwrap_or(rows.len()).max(first);
    // One line of body shows the focus alone: there is no room for a mark.
    if status - first > 1 && !is_marked(session, &rows[first..status]) {
        let missing = texts(session).into_iter().filter(|text| !shown.contains(&packed(text)));
        faults.extend(missing.map(|text| format!("{text:?} is not shown whole, and no mark says so")));
    }
    let wanted = pointers(session);
    if !wanted.is_empty() && !wanted.iter().any(|pointer| rows.iter().any(|row| row.contains(pointer))) {
        faults.push(format!("the focus is out of sight: none of {wanted:?}"));
    }
    let types = session.overlay().is_none() && session.focus().typing != Typing::Nothing;
    if types != shot.cursor.is_some() {
        faults.push(format!("a field has the focus: {types}; the terminal's cursor: {:?}", shot.cursor));
    }
    if has_hints {
        faults.extend(faults_of_bar(session, &rows));
        let says_so = rows.iter().rfind(|row| !row.is_empty()).is_some_and(|bar| MORE.iter().any(|more| bar.contains(more)));
        let missing = above(session).into_iter().find(|text| !shown.contains(&packed(text))).filter(|_| !says_so);
        faults.extend(missing.map(|text| format!("{text:?} is not shown whole, and no hint says where it is")));
    }
    faults
}

fn is_status(row: &str) -> bool {
    let row = row.trim_start();
    row.starts_with("──") || row.starts_with("! ")
}

/// Finds hints that are cut without a mark, and whether the place of the answers is said.
fn faults_of_bar(session: &Session, rows: &[String]) -> Vec<String> {
    let Some((at, last)) = rows.iter().enumerate().rfind(|(_, row)| !row.is_empty()) else {
        return vec!["nothing is drawn".to_owned()];
    };
    let more = |hint: &Hint| MORE.map(|more| format!("{} {more}", hint.key)).to_vec();
    let hints = session.hints().into_iter().flat_map(|hint| [vec![hint.to_string()], more(&hint)].concat());
    let hints: Vec<String> = hints.collect();
    let Some((bar, _)) = last.split_once('◈') else {
        return vec![format!("row {at} doesn't say where answers are: {last:?}")];
    };
    let pieces = bar.trim().split(" · ").map(str::trim).filter(|piece| !piece.is_empty());
    let strange = pieces.filter(|piece| !piece.ends_with('…') && !hints.iter().any(|hint| hint == piece));
    let mut faults: Vec<String> = strange.map(|piece| format!("{piece:?} is no hint")).collect();
    if !PLACES.iter().any(|place| last.ends_with(place)) {
        faults.push(format!("the place of the answers is cut: {last:?}"));
    }
    faults
}

/// Finds what is wrong with a stage at these sizes.
pub(crate) fn check(name: &str, stage: &Stage, sizes: &[(u16, u16)]) -> Vec<String> {
    let mut found = Vec::new();
    for size in sizes {
        let shot = stage.draw(*size, &Theme::plain());
        for fault in faults(&full::fitted(stage.session.clone(), *size), &shot) {
            found.push(format!("{name}, {}×{}: {fault}", size.0, size.1));
        }
    }
    found
}

#[test]
fn every_picture_is_sound_at_every_size() {
    let mut found = Vec::new();
    for subject in SUBJECTS {
        let survey = survey(subject.survey);
        for (state, script) in subject.states {
            let stage = Stage::at(&survey, subject.question).play(script);
            found.extend(check(&format!("{}, {state}", subject.name()), &stage, &sizes()));
        }
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

#[test]
fn where_there_is_no_room_nothing_is_drawn() {
    let survey = survey("tests/surveys/good/everything.toml");
    for size in [(1, 1), (2, 60), (19, 24), (200, 3), (80, 1)] {
        for question in &survey.questions {
            let shot = Stage::at(&survey, question.id.as_str()).draw(size, &Theme::plain());
            assert!(rows(&shot.buffer).concat().is_empty() && shot.cursor.is_none(), "{}, {size:?}", question.id);
        }
        for (name, inbox) in inboxes::all() {
            let shot = draw_inbox(&inbox, size, &Theme::plain());
            assert!(rows(&shot.buffer).concat().is_empty(), "{name}, {size:?}");
        }
    }
}

#[test]
fn a_way_with_nothing_but_notes_is_shown_without_progress() {
    let source = "id = \"s\"\ntitle = \"S\"\n[[variant]]\nid = \"half\"\narms = [\"a\", \"b\"]\n[[question]]\nid = \"note\"\n\
        type = \"note\"\ntext = \"Nothing today.\"\n[[question]]\nid = \"asked\"\ntype = \"nps\"\ntext = \"How likely?\"\n\
        show_if = \"variant.half == 'b'\"\n";
    let survey = std::sync::Arc::new(dxpulse::survey::parse::parse(source).unwrap());
    let passed_by = |seed: &u64| survey.arms(*seed).values().any(|arm| arm.as_str() == "a");
    let seed = (0..64).find(passed_by).unwrap();
    let stage = Stage::begun(&survey, seed);
    let mut found = check("notes alone", &stage, &sizes());
    let shown = rows(&stage.draw((80, 24), &Theme::plain()).buffer).join("\n");
    found.extend((!shown.contains("Nothing today.") || shown.contains('●')).then_some(shown));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_help_can_be_read_to_its_end() {
    let survey = survey("tests/surveys/good/everything.toml");
    for size in sizes() {
        let mut help = Stage::at(&survey, "story").on(size).play("f1 end");
        let shown = |help: &Stage| packed(&rows(&help.draw(size, &Theme::plain()).buffer).concat());
        let end = shown(&help);
        let last = if size.1 > 6 { "alone" } else { "e" };
        assert!(end.contains(last) && !end.contains('▾'), "{size:?}: {end}");
        help.press("home");
        assert!(size.1 < 5 || !shown(&help).contains('▴'), "{size:?}");
    }
}

/// Finds what is wrong with the screen of an inbox.
pub(crate) fn faults_of_inbox(inbox: &Inbox, shot: &Shot) -> Vec<String> {
    let rows = rows(&shot.buffer);
    let mut faults = faults_of_shot(shot);
    if !inbox.is_help && !inbox.items().is_empty() && !rows.iter().any(|row| row.contains('▸')) {
        faults.push("the focus is out of sight".to_owned());
    }
    let shown = packed(&rows.concat());
    let whole = inbox.is_help || inbox.items().iter().all(|item| shown.contains(&packed(&item.title)));
    // One line of body shows the focus alone: there is no room for a mark.
    if !whole && shot.buffer.area.height > 4 && !rows.iter().any(|row| row.contains(['…', '▴', '▾'])) {
        faults.push("a title is not shown whole, and no mark says so".to_owned());
    }
    faults
}

#[test]
fn every_inbox_is_sound_at_every_size() {
    let mut found = Vec::new();
    for (name, inbox) in inboxes::all() {
        for size in sizes() {
            let faults = faults_of_inbox(&inbox, &draw_inbox(&inbox, size, &Theme::plain()));
            found.extend(faults.into_iter().map(|fault| format!("{name}, {}×{}: {fault}", size.0, size.1)));
        }
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

/// Keys of a session at random; nothing that leaves.
const KEYS: &str = "0 1 2 3 5 9 a s n p d y t r x / ? - . 語 é 👩 enter enter enter tab shift-tab backspace delete esc up down left \
                    right home end pageup pagedown space f1 alt-s alt-r alt-n alt-p alt-up alt-down ctrl-j ctrl-a ctrl-u ctrl-w";

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sessions_at_random_are_sound_at_every_size(
        file in prop::sample::select(vec!["tests/surveys/good/awkward.toml", "tests/surveys/good/everything.toml"]),
        keys in prop::collection::vec(prop::sample::select(KEYS.split_whitespace().collect::<Vec<_>>()), 1..120),
        (columns, rows) in (20..=200_u16, 4..=60_u16),
    ) {
        let survey = survey(file);
        let mut stage = Stage::at(&survey, survey.questions[0].id.as_str());
        for (at, key) in keys.iter().enumerate() {
            stage.press(key);
            if at % 8 == 7 || at + 1 == keys.len() {
                let found = check(&keys[..=at].join(" "), &stage, &[(columns, rows), (columns.min(60), rows.min(12))]);
                prop_assert!(found.is_empty(), "{file}\n{}", found.join("\n"));
            }
        }
    }
}
