//! Results to begin with: the figures that everyone who was asked should see, for a lead to add words and actions to.

use std::fmt::Write as _;

use crate::research::figures::{difference, estimate, percent, value};
use crate::research::findings::{Findings, Measured};

/// More figures than these nobody reads.
const MOST: usize = 12;

/// Gives findings as results in TOML, as `dxpulse survey sign` takes them.
pub fn results(findings: &Findings) -> String {
    let mut text = String::new();
    let funnel = &findings.funnel;
    let summary = match (funnel.answered, funnel.invited) {
        (Some(answered), Some(invited)) => format!("{answered} of {invited} answered. Thank you!"),
        (Some(answered), None) => format!("{answered} answered. Thank you!"),
        (None, _) => "Too few answered for figures. Thank you all the same!".to_owned(),
    };
    let mut put = |key: &str, words: &str| {
        let _ = writeln!(text, "{key} = {}", quoted(words));
    };
    put("survey", &findings.survey);
    put("wave", &findings.wave);
    put("title", &format!("{}: what you told us", findings.title));
    put("summary", &summary);
    let told = findings.items.iter().filter_map(|item| {
        let share = item.top.as_ref().map(|top| format!("{} at {}", percent(top.share.value), top.points));
        let figure = item.figure.as_ref().filter(|_| !matches!(item.kind, "multi" | "ranking"))?;
        let said = share.filter(|_| figure.measured == Measured::Mean).unwrap_or_else(|| value(figure.measured, figure.value));
        let change = findings.changes.iter().find(|change| change.item == item.name && change.is_change);
        let since = change.map(|change| format!("{} since {}", difference(&change.difference), change.from));
        Some((item.title(), said, since.unwrap_or_else(|| estimate(figure))))
    });
    for (label, figure, note) in told.take(MOST) {
        let _ =
            write!(text, "\n[[figures]]\nlabel = {}\nvalue = {}\nnote = {}\n", quoted(&label), quoted(&figure), quoted(&note));
    }
    text.push_str("\n# What is done about it: planned, doing, done or wont.\n[[actions]]\ntext = \"Say here what you do about it\"\nstate = \"planned\"\n");
    text
}

/// Gives a text as TOML writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
