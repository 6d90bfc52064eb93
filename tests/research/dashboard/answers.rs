//! Answers to the bundled pulse over four waves, as `dxpulse export` writes them, without any chance.

use std::fmt::Write as _;
use std::io::Write as _;

use dxpulse::research::data::{Builder, Dataset};
use dxpulse::research::sources::{Definitions, read_export};
use serde_json::json;

/// Each wave with a day of it and how many gave each point from 0 to 10.
const WAVES: [(&str, &str, [usize; 11]); 4] = [
    ("2025-Q2", "2025-05-11", [1, 0, 2, 3, 2, 4, 6, 8, 9, 7, 4]),
    ("2025-Q4", "2025-11-12", [2, 1, 2, 4, 3, 6, 9, 12, 14, 12, 8]),
    ("2026-Q1", "2026-02-10", [3, 1, 3, 5, 4, 6, 7, 9, 9, 8, 5]),
    ("2026-Q3", "2026-08-14", [1, 0, 1, 3, 2, 4, 7, 16, 26, 38, 22]),
];

/// Few answer in the last two, so that groups are hidden.
const LANGUAGES: [&str; 17] =
    ["en", "de", "en", "ja", "en", "de", "en", "ja", "en", "de", "en", "ja", "en", "de", "en", "ja", "en"];

const AGAINST: [&str; 4] = [
    "Builds take half an hour, and nobody owns them: whoever breaks one leaves it to the next, who then has to find out why",
    "Docs are stale",
    "デプロイが遅い。毎回三十分かかります",
    "Too many tickets \u{1b}[31mfor a database",
];

/// Gives the answers as JSON Lines.
pub(crate) fn lines() -> String {
    let mut lines = String::new();
    for (wave, (name, day, counts)) in WAVES.iter().enumerate() {
        let points = counts.iter().enumerate().flat_map(|(point, count)| std::iter::repeat_n(point, *count));
        for (at, nps) in points.enumerate() {
            let base = 1 + nps / 3 + usize::from(wave == 3);
            let mut answers = json!({ "nps": nps, "ease": (base + at % 3).clamp(1, 5) });
            let mut missing = json!({});
            if at % 9 == 0 {
                missing["reliability"] = json!("not_applicable");
            } else {
                answers["reliability"] = json!((1 + nps / 3 + at % 2).clamp(1, 5));
            }
            for (reason, is_asked) in [("reason_low", nps <= 6), ("reason_high", nps >= 9)] {
                if !is_asked {
                    missing[reason] = json!("not_shown");
                } else if reason == "reason_low" || at % 12 == 0 {
                    answers[reason] = json!(AGAINST[at % 4]);
                } else {
                    missing[reason] = json!("skipped");
                }
            }
            let language = if at % 40 == 0 { "fr" } else { LANGUAGES[at % LANGUAGES.len()] };
            let record = json!({
                "survey": "platform-pulse", "version": 2, "id": format!("{:032x}", wave * 1000 + at), "wave": name,
                "language": language, "started_at": format!("{day}T10:00:00Z"), "answered_at": format!("{day}T10:01:00Z"),
                "answers": answers, "missing": missing, "arms": {},
            });
            writeln!(lines, "{record}").unwrap();
        }
    }
    lines
}

/// Reads the answers as the program does.
pub(crate) fn dataset() -> Dataset {
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
    file.write_all(lines().as_bytes()).unwrap();
    let mut builder = Builder::new("", "", "en");
    let bundled = Definitions::read(&[] as &[&str]);
    read_export(file.path(), (None, &bundled.unwrap()), &mut builder).unwrap();
    builder.finish()
}
