//! Fields: text, numbers, dates and the respondent's own words, with the terminal's own cursor.

use chrono::{Datelike, NaiveDate};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::{Look, View};
use crate::developer::answering::{Field, Session};
use crate::developer::phrases::Fields;
use crate::screen::text::{cut, width, wrap};
use crate::survey::{Kind, Length};

/// The most lines a field takes before it scrolls by itself.
const TALLEST_FIELD: usize = 8;

pub(super) fn view(session: &Session, look: Look<'_>) -> View {
    let Some(question) = session.question() else { return View::default() };
    let (field, say) = (&session.focus().field, &look.phrases.fields);
    match &question.kind {
        Kind::Number { unit, min, max, .. } => {
            let unit = unit.as_deref().unwrap_or_default();
            let range = match (min.map(|min| min.to_string()), max.map(|max| max.to_string())) {
                (Some(min), Some(max)) => (say.from_to)(&min, &max),
                (Some(min), None) => (say.or_more)(&min),
                (None, Some(max)) => (say.up_to)(&max),
                (None, None) => say.any_number.to_owned(),
            };
            short(field, &format!("{range} {unit}"), unit, look)
        }
        Kind::Date { min, max } => {
            let range = match (min.map(|min| min.to_string()), max.map(|max| max.to_string())) {
                (Some(min), Some(max)) => (say.from_to)(&min, &max),
                (Some(min), None) => (say.or_later)(&min),
                (None, Some(max)) => (say.or_earlier)(&max),
                (None, None) => say.any_day.to_owned(),
            };
            short(field, &(say.date)(&range), weekday(field.text(), say), look)
        }
        Kind::Text { length, max_length } => {
            let mut view = lines(field, 0, look);
            if field.text().is_empty() {
                let hint = if *length == Length::Short { say.type_answer } else { say.type_answer_or_edit };
                view.lines[0].push_span(Span::styled(cut(hint, look.columns.saturating_sub(2)), look.theme.faint()));
            }
            let used = field.length();
            if used * 5 >= max_length * 4 {
                view.push(Line::styled(format!("  {}", (say.used)(used, *max_length)), look.theme.faint()));
            }
            view
        }
        _ => View::default(),
    }
}

/// Gives the field for own words, indented under its choice.
pub(super) fn inline(session: &Session, look: Look<'_>, indent: usize) -> View {
    lines(&session.focus().field, indent, look)
}

fn weekday(text: &str, say: &Fields) -> &'static str {
    let place = |date: NaiveDate| date.weekday().num_days_from_monday() as usize;
    text.parse().map_or("", |date| say.weekdays[place(date)])
}

/// Gives a field of one line with what stands behind it, and a hint under it.
fn short(field: &Field, hint: &str, behind: &str, look: Look<'_>) -> View {
    let mut view = lines(field, 0, look);
    let room = look.columns.saturating_sub(width(&view.lines[0].to_string()) + 3);
    let behind = cut(behind, room);
    if !behind.is_empty() {
        view.lines[0].push_span(Span::styled(format!("   {behind}"), look.theme.text()));
    }
    wrap(hint, look.columns.saturating_sub(2))
        .into_iter()
        .for_each(|line| view.push(Line::styled(format!("  {line}"), look.theme.faint())));
    view
}

/// Gives the field broken into lines by width, with a bar on its left and the cursor in sight.
fn lines(field: &Field, indent: usize, look: Look<'_>) -> View {
    let room = look.columns.saturating_sub(indent + 3).max(4);
    let (before, _) = field.split();
    let (broken, cursor) = broken(field.text(), before.len(), room);
    let first = (cursor.1 + 1).saturating_sub(TALLEST_FIELD);
    let mut view = View::default();
    for (at, line) in broken.iter().enumerate().skip(first).take(TALLEST_FIELD) {
        let hides = (at == first && first > 0) || (at + 1 == first + TALLEST_FIELD && at + 1 < broken.len());
        let bar = if hides { "⋮ " } else { "▏ " };
        view.push(Line::from(vec![
            Span::raw(" ".repeat(indent)),
            Span::styled(bar, look.theme.accent()),
            Span::styled(line.trim_end().to_owned(), look.theme.text()),
        ]));
    }
    let line = cursor.1 - first;
    view.cursor = Some((u16::try_from(indent + 2 + cursor.0).unwrap_or(u16::MAX), line));
    view.focus = Some((line, line));
    view
}

/// Breaks a text at line feeds, between words and, where a word is too long, inside it; gives the lines and the column and
/// line of the byte `cursor`.
fn broken(text: &str, cursor: usize, room: usize) -> (Vec<String>, (usize, usize)) {
    let starts = starts(text, room);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let shown = |text: &str| text.trim_end_matches('\n').replace('\t', " ");
    let lines = starts.iter().zip(ends).map(|(start, end)| shown(&text[*start..end])).collect();
    let line = starts.iter().rposition(|start| *start <= cursor).unwrap_or(0);
    let column = width(&text[starts[line]..cursor].replace('\t', " "));
    (lines, (column.min(room), line))
}

/// Gives the byte each line begins at.
fn starts(text: &str, room: usize) -> Vec<usize> {
    let mut starts = vec![0];
    let (mut columns, mut word) = (0, 0);
    for (at, cluster) in text.grapheme_indices(true) {
        let wide = if cluster == "\t" { 1 } else { width(cluster) };
        let start = *starts.last().expect("there is a first line");
        if cluster == "\n" {
            starts.push(at + 1);
            (columns, word) = (0, at + 1);
            continue;
        }
        // A space may stand beyond the end: nobody sees it there.
        if columns + wide > room && cluster != " " {
            let next = if word > start { word } else { at };
            starts.push(next);
            columns = width(&text[next..at]);
        }
        columns += wide;
        if cluster == " " {
            word = at + 1;
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_by_width_and_the_cursor_follows() {
        assert_eq!(broken("abcdef", 6, 4), (vec!["abcd".into(), "ef".into()], (2, 1)));
        assert_eq!(broken("日本語", 6, 4), (vec!["日本".into(), "語".into()], (0, 1)));
        assert_eq!(broken("a\nb", 1, 4), (vec!["a".into(), "b".into()], (1, 0)));
        assert_eq!(broken("a\n", 2, 4), (vec!["a".into(), String::new()], (0, 1)));
        assert_eq!(broken("it goes on", 10, 6), (vec!["it ".into(), "goes ".into(), "on".into()], (2, 2)));
        assert_eq!(broken("abc   d", 5, 4), (vec!["abc   ".into(), "d".into()], (4, 0)));
    }
}
