//! Own words, as far as findings hold any.

use ratatui::text::{Line, Span};

use super::{Figure, Look, plain};
use crate::research::figures::too_few_comments;
use crate::research::findings::{Findings, Words};
use crate::screen::text::wrap;

pub(super) fn figures(findings: &Findings, look: Look<'_>) -> Vec<Figure> {
    if findings.words.is_empty() {
        let why = "Nobody wrote any in this wave, or where the answers come from has none.";
        return vec![look.nothing("No comments", why)];
    }
    findings.words.iter().map(|words| of_question(words, findings.smallest_comment_group, look)).collect()
}

fn of_question(words: &Words, fewest: u64, look: Look<'_>) -> Figure {
    let Some(n) = words.n else {
        return look.nothing(&words.question, &too_few_comments(fewest));
    };
    let mut figure = look.heading(&words.question);
    figure.extend(look.said(&format!("{n} comments, shuffled"), look.theme.faint()));
    for text in &words.texts {
        for (at, line) in wrap(&plain(text), look.columns.saturating_sub(2)).into_iter().enumerate() {
            let mark = Span::styled(if at == 0 { "· " } else { "  " }, look.theme.accent());
            figure.push(Line::from(vec![mark, Span::styled(line, look.theme.text())]));
        }
    }
    figure
}
