//! A dataset with everything that is awkward: all kinds of variables and of absence, and texts that files trip over.

use chrono::NaiveDate;
use dxpulse::research::data::{Absent, Builder, Comment, Dataset, Level, NONE, Source, Value, Variable, VariableKind, Wave};
use dxpulse::survey::Measure;

/// Texts that a file may take for something else.
pub(crate) const AWKWARD: [&str; 4] = ["=1+1", "größe, \"in quotes\"\nand on a second line", "-3", "plain"];

/// The variables in order, with the column that says why there is no answer.
pub(crate) const VARIABLES: [(&str, Option<&str>); 13] = [
    ("nps", Some("nps.missing")),
    ("ease", Some("ease.missing")),
    ("tool", Some("tool.missing")),
    ("barriers.docs", None),
    ("barriers.ci", Some("barriers.missing")),
    ("order.first", None),
    ("order.second", Some("order.missing")),
    ("grid.up", Some("grid.up.missing")),
    ("grid.down", Some("grid.down.missing")),
    ("calm", Some("calm.missing")),
    ("hours", Some("hours.missing")),
    ("since", Some("since.missing")),
    ("sus_score", None),
];

/// Gives the dataset: responses with answers, and one for each kind of absence; reversed, the same in another order.
pub(crate) fn awkward(reversed: bool) -> Dataset {
    let mut builder = Builder::new("pulse", "Pulse <2026> & \"größer\"", "en");
    let waves: Vec<u16> = [("2026-Q1", 1), ("=2026-Q2", 4)].map(|(name, month)| builder.wave(wave(name, month))).to_vec();
    let team = builder.grouping("team", Source::Segment);
    for (text, label) in AWKWARD.iter().zip(["Größe <&>", "", "@label", "Plain \"team\""]) {
        builder.label_group(team, text, label).unwrap();
    }
    let weight = builder.grouping("weight", Source::Answering);
    let places: Vec<usize> = variables().into_iter().map(|variable| builder.variable(variable).unwrap()).collect();
    let mut rows: Vec<usize> = (0..20).collect();
    if reversed {
        rows.reverse();
    }
    for row in rows {
        builder.begin(waves[row % 2]);
        if row % 5 != 4 {
            builder.group(team, AWKWARD[row % 5]).unwrap();
        }
        builder.group(weight, if row % 3 == 0 { "short" } else { "long" }).unwrap();
        builder.weigh([1.25, 0.5, 1.0 / 3.0][row % 3]);
        for (at, place) in places.iter().enumerate() {
            builder.set(*place, value(row, at));
        }
    }
    for at in 0..12 {
        let comment = |question: &str, text: String| Comment { wave: waves[0], question: question.into(), text };
        builder.comment(comment("why", format!("=words \"{at}\", größer\nand more")));
        if at < 9 {
            builder.comment(comment("wish", format!("wish {at}")));
        }
    }
    builder.finish()
}

/// Gives a value: rows 12 to 18 have each another kind of absence, others answers; some rows miss a part of a question.
fn value(row: usize, at: usize) -> Value {
    let kind = |at: usize| Value::Absent(Absent::all().nth(at).unwrap());
    if let Some(absent) = row.checked_sub(12).filter(|absent| *absent < 7) {
        return kind(absent);
    }
    let level = |of: usize| Value::Level(u8::try_from(row % of).unwrap());
    match VARIABLES[at].0 {
        "nps" => level(11),
        "ease" => level(5),
        "tool" => level(4),
        "barriers.docs" if row < 3 => kind(6),
        // A choice that the wave doesn't offer, beside one that was skipped.
        "barriers.docs" if row == 11 => kind(0),
        "barriers.ci" if row == 11 => kind(6),
        "order.first" if row == 5 => kind(1),
        "grid.down" if row < 7 => kind(row),
        "barriers.docs" | "barriers.ci" | "order.first" | "order.second" | "calm" => level(2),
        "grid.up" | "grid.down" => level(3),
        // Among them the first whole numbers that SPSS files have no byte for.
        "hours" => Value::Number([-95.5, 0.1, 1e-6, 152.0, -100.0, 1.0 / 3.0, 8_999_999_999_999.125][row % 7]),
        "since" => Value::Number([0.0, -36_525.0, 20_000.0, -1.0, 11_016.0][row % 5]),
        "sus_score" => Value::Number([72.5, 100.0, 0.0][row % 3]),
        other => panic!("{other} has no values"),
    }
}

fn wave(name: &str, month: u32) -> Wave {
    let (opens, closes) = (NaiveDate::from_ymd_opt(2026, month, 1), NaiveDate::from_ymd_opt(2026, month + 2, 28));
    Wave { name: name.into(), opens, closes, invited: Some(40), classes: Vec::new(), is_open: false }
}

fn variables() -> Vec<Variable> {
    let scale = |measure| VariableKind::Scale { measure, higher_is_better: true };
    let points = |points: std::ops::RangeInclusive<u8>, labels: &[&str]| -> Vec<Level> {
        let label = |at: usize| labels.get(at).copied().unwrap_or_default().to_owned();
        points.enumerate().map(|(at, point)| Level { code: point.to_string(), label: label(at), point: Some(point) }).collect()
    };
    let choices = AWKWARD.iter().zip(["Größe <&>", "=label, with \"quotes\"", "a\nb", "Plain"]);
    let choices = choices.map(|(code, label)| Level { code: (*code).into(), label: label.into(), point: None }).collect();
    let no_and_yes = || points(0..=1, &["no", "yes"]);
    let kinds: [(VariableKind, Vec<Level>); 13] = [
        (scale(Measure::Nps), points(0..=10, &["not at all"])),
        (scale(Measure::Rating), points(1..=5, &["sehr schwer", "schwer", "teils, teils", "leicht", "sehr \"leicht\""])),
        (VariableKind::Choice, choices),
        (VariableKind::Picked, no_and_yes()),
        (VariableKind::Picked, no_and_yes()),
        (VariableKind::Rank, points(1..=2, &[])),
        (VariableKind::Rank, points(1..=2, &[])),
        (scale(Measure::Rating), points(1..=3, &["low", "mid", "high"])),
        (scale(Measure::Rating), points(1..=3, &["low", "mid", "high"])),
        (VariableKind::YesNo, no_and_yes()),
        (VariableKind::Number, Vec::new()),
        (VariableKind::Date, Vec::new()),
        (VariableKind::Score, Vec::new()),
    ];
    let named = VARIABLES.iter().zip(kinds).map(|((name, _), (kind, levels))| {
        let (question, part) = name.split_once('.').map_or((*name, None), |(question, part)| (question, Some(part)));
        let question = name.strip_suffix("_score").unwrap_or(question).to_owned();
        let text = format!("Wie läuft es mit \"{question}\" <&>?");
        let part = part.map(|part| format!("Part {part}"));
        Variable { question, text, part, levels, ..Variable::new(*name, kind) }
    });
    named.collect()
}

/// Gives the code of the group a response is in.
pub(crate) fn group(dataset: &Dataset, grouping: &str, row: usize, labels: bool) -> Option<String> {
    let grouping = dataset.grouping(grouping).unwrap();
    let at = Some(grouping.column[row]).filter(|at| *at != NONE)?;
    let level = &grouping.levels[usize::from(at)];
    Some(if labels && !level.label.is_empty() { level.label.clone() } else { level.code.clone() })
}
