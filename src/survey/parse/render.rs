//! Problems as an author reads them: place, the line of the file, a caret, and the remedy.
//!
//! Whatever of the file is shown is made visible first: an escape sequence in a comment never reaches a terminal.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use unicode_width::UnicodeWidthChar;

use super::findings::MOST_PROBLEMS;
use super::problem::{Problem, Severity};
use super::visible::{shown, visible};

/// The greatest number of problems that are drawn.
const MOST: usize = 100;
/// The greatest width of a line of the file; longer ones are cut.
const WIDTH: usize = 100;
/// The least, however narrow the place is that they're drawn in.
const LEAST: usize = 12;
/// The width of what stands before a line beside its number, and of the marks for what is cut off.
const MARGIN: usize = 5;

/// Draws problems, one after the other, under the file's path; `colour` adds escape sequences of our own.
pub fn render(problems: &[Problem], path: &str, source: &str, colour: bool) -> String {
    let graded: Vec<_> = problems.iter().map(|problem| (Severity::Error, problem)).collect();
    render_graded(&graded, path, source, colour)
}

/// Draws problems as [`render`] does, each as what it weighs.
pub fn render_graded(problems: &[(Severity, &Problem)], path: &str, source: &str, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    draw(problems, &File { path: &visible(path), source, widest: WIDTH }, &renderer)
}

/// Draws problems as [`render_graded`] does, without colour, and the lines of the file no wider than `columns` with their numbers.
pub fn render_fitting(problems: &[(Severity, &Problem)], path: &str, source: &str, columns: usize) -> String {
    let digits = source.lines().count().to_string().len();
    let widest = columns.saturating_sub(digits + MARGIN).clamp(LEAST, WIDTH);
    draw(problems, &File { path: &visible(path), source, widest }, &Renderer::plain())
}

/// A file as it is shown.
struct File<'a> {
    path: &'a str,
    source: &'a str,
    /// The greatest width of a line of it; longer ones are cut.
    widest: usize,
}

fn draw(problems: &[(Severity, &Problem)], file: &File<'_>, renderer: &Renderer) -> String {
    let renderer = renderer.clone().term_width(2 * WIDTH);
    let mut sorted: Vec<&(Severity, &Problem)> = problems.iter().collect();
    sorted.sort_by_key(|(_, problem)| (problem.line, problem.column));
    let mut out = String::new();
    for (severity, problem) in sorted.iter().take(MOST) {
        out.push_str(&without_bare_marks(&renderer.render(&groups(*severity, problem, file))));
        out.push_str("\n\n");
    }
    if let Some(more) = problems.len().min(MOST_PROBLEMS).checked_sub(MOST).filter(|more| *more > 0) {
        let beyond = if problems.len() > MOST_PROBLEMS { "more than " } else { "" };
        out.push_str(&format!("and {beyond}{more} more\n"));
    }
    out
}

/// Takes out the lines that hold only the `:::` which the renderer draws before a snippet without a path of its own.
fn without_bare_marks(rendered: &str) -> String {
    let is_bare = |line: &str| {
        let mut pieces = line.split('\u{1b}');
        let first = pieces.next().unwrap_or_default().to_owned();
        let seen = pieces.fold(first, |seen, piece| seen + piece.split_once('m').map_or("", |(_, text)| text));
        seen.trim() == ":::"
    };
    rendered.lines().filter(|line| !is_bare(line)).collect::<Vec<_>>().join("\n")
}

fn groups<'a>(severity: Severity, problem: &'a Problem, file: &File<'a>) -> Vec<Group<'a>> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(visible(&problem.message)).id(problem.code);
    let mut elements = place(file, (problem.line, problem.column), &problem.span, None).to_vec();
    for related in &problem.related {
        let label = visible(&related.label);
        elements.extend(place(file, (related.line, related.column), &related.span, Some(label)));
    }
    elements.push(Level::HELP.message(visible(&problem.help)).into());
    vec![title.elements(elements)]
}

/// Gives `path:line:column` and the line of the file with a mark under the place.
fn place<'a>(file: &File<'a>, (line, column): (usize, usize), span: &Range<usize>, label: Option<String>) -> [Element<'a>; 2] {
    let (text, marked) = excerpt(file, span);
    let kind = if label.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
    let mark = kind.span(marked).label(label);
    let snippet = Snippet::source(text).line_start(line).annotation(mark);
    [Origin::path(file.path).line(line).char_column(column).into(), snippet.into()]
}

/// Gives the line around a place as it can be shown, cut where it is long, and the place within it.
fn excerpt(file: &File<'_>, span: &Range<usize>) -> (String, Range<usize>) {
    let (source, widest, before_mark) = (file.source, file.widest, file.widest * 2 / 5);
    let (before, after) = (source.get(..span.start).unwrap_or_default(), source.get(span.start..).unwrap_or_default());
    let lead = before.chars().rev().take_while(|c| *c != '\n').filter(|c| *c != '\u{FEFF}');
    let rest = after.trim_start_matches('\u{FEFF}').chars().take_while(|c| !matches!(c, '\n' | '\r'));
    let (whole_rest, rest_is_long) = fitting(rest.clone(), widest);
    let (lead, lead_is_cut) =
        fitting(lead, if rest_is_long { before_mark } else { before_mark.max(widest - span_of(&whole_rest)) });
    let (rest, rest_is_cut) = fitting(rest, widest - span_of(&lead));
    let mut text = if lead_is_cut { "…".to_owned() } else { String::new() };
    text.extend(lead.iter().rev());
    let start = text.len();
    let length = source.get(span.clone()).unwrap_or_default().trim_start_matches('\u{FEFF}').chars().count();
    text.extend(rest.iter().take(length));
    let end = text.len();
    text.extend(rest.iter().skip(length));
    text.push_str(if rest_is_cut { "…" } else { "" });
    (text, start..end)
}

/// Gives the characters that fit a width, as they can be shown, and whether any didn't.
fn fitting(characters: impl Iterator<Item = char>, most: usize) -> (Vec<char>, bool) {
    let (mut taken, mut used) = (Vec::new(), 0);
    for character in characters {
        let character = if character == '\t' { '\t' } else { shown(character) };
        used += width(character);
        if used > most {
            return (taken, true);
        }
        taken.push(character);
    }
    (taken, false)
}

fn span_of(characters: &[char]) -> usize {
    characters.iter().map(|character| width(*character)).sum()
}

fn width(character: char) -> usize {
    if character == '\t' { 4 } else { character.width().unwrap_or(1) }
}
