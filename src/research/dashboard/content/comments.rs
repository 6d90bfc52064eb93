//! Own words, as far as findings hold any.

use ratatui::text::{Line, Span};

use super::{Figure, Look, plain};
use crate::research::findings::{FEWEST, Findings, Words};
use crate::screen::text::wrap;

pub(super) fn figures(findings: &Findings, look: Look<'_>) -> Vec<Figure> {
    if findings.words.is_empty() {
        let why = "Nobody wrote any in this wave, or where the answers come from has none.";
        return vec![look.nothing("No comments", why)];
    }
    findings.words.iter().map(|words| of_question(words, look)).collect()
}

fn of_question(words: &Words, look: Look<'_>) -> Figure {
    let Some(n) = words.n else {
        return look.nothing(&words.question, &format!("Not shown: there are fewer than {FEWEST}."));
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
