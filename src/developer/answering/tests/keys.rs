//! Tables of key sequences: what is typed, what is answered, where it leads.

use serde_json::{Value, json};

use super::{Respondent, kind, question, survey};
use crate::developer::answering::Extent;
use crate::survey::Survey;

/// Keys on a question, what is answered then, and where that leads: `next`, `before`, or the question itself.
type Case = (&'static str, Value, &'static str);

fn hold(name: &str, cases: &[Case]) {
    for (keys, said, leads) in cases {
        let three = [("before", "note"), (name, name), ("after", "rating")];
        let questions = three.map(|(id, of)| question(id, kind(of))).to_vec();
        let mut respondent = Respondent::new(&Survey { questions, ..survey(&[]) });
        respondent.types("enter").types(keys);
        assert_eq!(respondent.said(), *said, "{name}: {keys}");
        let leads = match *leads {
            "next" => "after",
            "stays" => name,
            leads => leads,
        };
        assert_eq!(respondent.is_at(), leads, "{name}: {keys}: {:?}", respondent.session.notice());
    }
}

#[test]
fn nps_answers_to_its_keys() {
    hold(
        "nps",
        &[
            ("9", json!({"nps": 9}), "next"),
            ("0", json!({"nps": 0}), "next"),
            ("t", json!({"nps": 10}), "next"),
            ("1", json!({}), "stays"),
            ("1 0", json!({"nps": 10}), "next"),
            ("1 enter", json!({"nps": 1}), "next"),
            ("1 tab", json!({"nps": 1}), "next"),
            ("1 7", json!({"nps": 7}), "next"),
            ("1 1 0", json!({"nps": 10}), "next"),
            ("1 s", json!({"-nps": "skipped"}), "next"),
            ("enter", json!({}), "stays"),
            ("tab", json!({}), "next"),
            ("right right enter", json!({"nps": 1}), "next"),
            ("end enter", json!({"nps": 10}), "next"),
            ("x", json!({}), "stays"),
            ("n", json!({"-nps": "not_applicable"}), "next"),
            ("p", json!({"-nps": "prefer_not_to_say"}), "next"),
            ("d", json!({"-nps": "dont_know"}), "next"),
            ("f3", json!({"-nps": "skipped"}), "next"),
            ("７", json!({"nps": 7}), "next"),
            ("٣", json!({"nps": 3}), "next"),
        ],
    );
}

#[test]
fn ten_answers_to_its_keys() {
    hold("ten", &[("1 0", json!({"ten": 10}), "next"), ("0", json!({}), "stays")]);
}

#[test]
fn rating_answers_to_its_keys() {
    hold(
        "rating",
        &[
            ("1", json!({"rating": 1}), "next"),
            ("6", json!({}), "stays"),
            ("0", json!({}), "stays"),
            ("left enter", json!({"rating": 5}), "next"),
        ],
    );
}

#[test]
fn ces_answers_to_its_keys() {
    hold("ces", &[("7", json!({"ces": 7}), "next")]);
}

#[test]
fn boolean_answers_to_its_keys() {
    hold(
        "boolean",
        &[
            ("y", json!({"boolean": true}), "next"),
            ("n", json!({"boolean": false}), "next"),
            ("2", json!({"boolean": false}), "next"),
            ("enter", json!({}), "stays"),
            ("right enter", json!({"boolean": true}), "next"),
            ("alt-n", json!({"-boolean": "not_applicable"}), "next"),
        ],
    );
}

#[test]
fn single_answers_to_its_keys() {
    hold(
        "single",
        &[
            ("2", json!({"single": "b"}), "next"),
            ("0", json!({"single": "j"}), "next"),
            ("down down enter", json!({"single": "b"}), "next"),
            ("enter", json!({}), "stays"),
            ("end enter \"my_own\" enter", json!({"single": {"other": "my own"}}), "next"),
            ("end enter enter", json!({}), "stays"),
            ("end enter \"own\" shift-tab", json!({"single": {"other": "own"}}), "before"),
            ("/ \"the_h\" enter", json!({"single": "h"}), "next"),
            ("/ \"zzz\" enter esc 3", json!({"single": "c"}), "next"),
            ("/ \"d\" alt-s", json!({"-single": "skipped"}), "next"),
        ],
    );
}

#[test]
fn multi_answers_to_its_keys() {
    hold(
        "multi",
        &[
            ("1 3 enter", json!({"multi": ["a", "c"]}), "next"),
            ("3 1 3 2 enter", json!({"multi": ["a", "b"]}), "next"),
            ("1 enter", json!({"multi": ["a"]}), "stays"),
            ("enter", json!({}), "stays"),
            ("1 2 3 5", json!({"multi": ["none"]}), "stays"),
            ("5 enter", json!({"multi": ["none"]}), "next"),
            ("5 1 2 enter", json!({"multi": ["a", "b"]}), "next"),
            ("1 2 3 4", json!({"multi": ["a", "b", "c"]}), "stays"),
            ("1 4 \"mine\" enter enter", json!({"multi": ["a", {"other": "mine"}]}), "next"),
            ("down space down space enter", json!({"multi": ["a", "b"]}), "next"),
            ("1 1 tab", json!({}), "next"),
        ],
    );
}

#[test]
fn ranking_answers_to_its_keys() {
    hold(
        "ranking",
        &[
            ("2 1", json!({"ranking": ["b", "a", "c"]}), "stays"),
            ("2 1 enter", json!({"ranking": ["b", "a", "c"]}), "next"),
            ("2 2", json!({}), "stays"),
            ("2 1 1", json!({"ranking": ["b"]}), "stays"),
            ("1 2 3", json!({"ranking": ["a", "b", "c"]}), "stays"),
            ("1 2 3 enter", json!({"ranking": ["a", "b", "c"]}), "next"),
            ("1 2 end space enter", json!({"ranking": ["a", "b", "c"]}), "next"),
            ("1 2 3 2 3", json!({"ranking": ["a", "c", "b"]}), "stays"),
            ("1 2 1", json!({"ranking": ["b"]}), "stays"),
            ("2 enter", json!({"ranking": ["b"]}), "stays"),
            ("2 1 alt-down enter", json!({"ranking": ["b", "c", "a"]}), "next"),
            ("3 1 alt-up", json!({"ranking": ["a", "c", "b"]}), "stays"),
        ],
    );
}

#[test]
fn matrix_answers_to_its_keys() {
    hold(
        "matrix",
        &[
            ("1 5 3", json!({"matrix": {"x": 1, "y": 5, "z": 3}}), "next"),
            ("1 s 3", json!({"matrix": {"x": 1, "z": 3}, "-matrix.y": "skipped"}), "next"),
            ("1 n tab", json!({"matrix": {"x": 1}, "-matrix.y": "not_applicable", "-matrix.z": "unanswered"}), "next"),
            ("down 2 up 4", json!({"matrix": {"y": 4}, "-matrix.x": "unanswered", "-matrix.z": "unanswered"}), "stays"),
            ("1 backspace 2", json!({"matrix": {"x": 2}, "-matrix.y": "unanswered", "-matrix.z": "unanswered"}), "stays"),
        ],
    );
}

#[test]
fn text_answers_to_its_keys() {
    hold(
        "text",
        &[
            ("\"snq?\" enter", json!({"text": "snq?"}), "next"),
            ("\"ab\" backspace \"c\" enter", json!({"text": "ac"}), "next"),
            ("enter", json!({}), "next"),
            ("\"hi\" shift-tab", json!({"text": "hi"}), "before"),
            ("\"hi\" alt-s", json!({"-text": "skipped"}), "next"),
            ("\"hi\" esc s", json!({"-text": "skipped"}), "next"),
            ("\"hi\" alt-p", json!({"-text": "prefer_not_to_say"}), "next"),
            ("\"abcdefghijklmnopqrstuvwxyz\" enter", json!({"text": "abcdefghijklmnopqrst"}), "next"),
        ],
    );
}

#[test]
fn long_answers_to_its_keys() {
    hold(
        "long",
        &[
            ("\"a\" ctrl-j \"b\" alt-enter \"c\" enter", json!({"long": "a\nb\nc"}), "next"),
            ("\"ab\" left left \"x\" ctrl-e \"y\" ctrl-a \"z\" tab", json!({"long": "zxaby"}), "next"),
        ],
    );
}

#[test]
fn number_answers_to_its_keys() {
    hold(
        "number",
        &[
            ("\"12.5\" enter", json!({"number": 12.5}), "next"),
            ("\"4a1\" enter", json!({}), "stays"),
            ("\"1.5\" backspace backspace \"2\" enter", json!({"number": 12}), "next"),
            ("\"-\" \"-\" \"5\" enter", json!({}), "stays"),
            ("\"41\" backspace enter", json!({"number": 4}), "next"),
            ("right right enter", json!({"number": 1}), "next"),
            ("\"1\" left left enter", json!({"number": 0}), "next"),
        ],
    );
}

#[test]
fn date_answers_to_its_keys() {
    hold(
        "date",
        &[
            ("\"20260228\" enter", json!({"date": "2026-02-28"}), "next"),
            ("\"2026-02-28\" enter", json!({"date": "2026-02-28"}), "next"),
            ("\"20260230\" enter", json!({}), "stays"),
            ("\"20190101\" enter", json!({}), "stays"),
            ("right right enter", json!({"date": "2026-04-01"}), "next"),
            ("right left backspace \"9\" enter", json!({}), "stays"),
        ],
    );
}

#[test]
fn note_answers_to_its_keys() {
    let still = ["down", "space pagedown end", "up pageup home"].map(|keys| (keys, json!({}), "stays"));
    hold("note", &[&still[..], &[("enter", json!({}), "next"), ("s", json!({}), "next")]].concat());
}

#[test]
fn what_is_read_moves_by_lines_and_pages_as_far_as_its_screen_says() {
    let steps = [("down", 1), ("space", 4), ("pagedown pagedown", 7), ("up", 6), ("pageup", 3), ("home", 0), ("end down", 7)];
    for first in ["", "?"] {
        let mut reader = Respondent::facing(&["note", "rating"]);
        reader.types(first);
        reader.session = reader.session.clone().reaching(Extent { last: 7, page: 3 });
        for (keys, line) in steps {
            assert_eq!(reader.types(keys).session.line(), Some(line), "{first} {keys}");
        }
        reader.session = reader.session.clone().reaching(Extent { last: 2, page: 3 });
        assert_eq!(reader.session.line(), Some(2), "a larger screen shows more of it");
        assert_eq!(reader.types("enter").session.line(), Some(0).filter(|_| first == "?"), "the note below begins at its top");
    }
}
