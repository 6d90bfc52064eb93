//! Findings as documents: one self-contained page, Markdown, and JSON. The same findings give the same bytes.

mod html;
mod markdown;
mod method;
mod results;
mod tables;

pub use html::html;
pub use markdown::markdown;
pub use results::results;

use super::findings::Findings;

/// Names the groups that aren't shown.
fn others(hidden: usize) -> String {
    if hidden == 1 { "1 group".to_owned() } else { format!("{hidden} groups") }
}

/// Gives findings as JSON: figures unrounded, keys in a fixed order.
pub fn json(findings: &Findings) -> String {
    let mut text = serde_json::to_string_pretty(findings).unwrap_or_default();
    text.push('\n');
    text
}
