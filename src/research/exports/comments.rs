//! Own words as a table of their own: apart from the responses they were given with, and only where there are enough of them.

use std::collections::HashMap;
use std::io::Write;

use super::{ExportError, Style, comma};
use crate::research::data::Dataset;

/// Writes comments as CSV with their wave and question, and gives how many were left out.
///
/// Those to one question in one wave are left out where there are fewer than the dataset says may be shown. They stay shuffled as they are in the dataset.
///
/// # Errors
/// The destination doesn't take it.
pub fn write(dataset: &Dataset, style: Style, to: &mut dyn Write) -> Result<usize, ExportError> {
    let mut counts: HashMap<(u16, &str), u32> = HashMap::new();
    for comment in &dataset.comments {
        *counts.entry((comment.wave, &comment.question)).or_default() += 1;
    }
    let (told, hidden): (Vec<_>, Vec<_>) = dataset
        .comments
        .iter()
        .partition(|comment| counts[&(comment.wave, comment.question.as_str())] >= dataset.smallest_comment_group);
    let mut text = if style.bom { "\u{FEFF}".as_bytes().to_vec() } else { Vec::new() };
    comma::record(&["wave", "question", "text"], style.raw, &mut text);
    for comment in told {
        let wave = dataset.waves.get(usize::from(comment.wave)).map_or("", |wave| &wave.name);
        comma::record(&[wave, &comment.question, &comment.text], style.raw, &mut text);
        to.write_all(&text)?;
        text.clear();
    }
    to.write_all(&text)?;
    to.flush()?;
    Ok(hidden.len())
}
