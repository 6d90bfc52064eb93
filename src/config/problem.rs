//! What is wrong with the settings: where it stands, the line itself, and the remedy.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// Why a key or a value is not taken, without its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// What is wrong, as a lower-case fragment.
    pub message: String,
    /// What to do next.
    pub help: String,
}

/// One thing wrong with the settings, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    place: Place,
    /// What is wrong, as a lower-case fragment.
    pub message: String,
    /// What to do next.
    pub help: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    File(PathBuf),
    Line { path: PathBuf, line: usize, source: String, marked: Range<usize> },
    Named(&'static str),
}

/// Everything wrong with the settings, at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Invalid(pub Vec<Problem>);

impl Problem {
    /// Notes that a file could not be read at all.
    pub(super) fn of_file(path: &Path, reason: &str) -> Self {
        Self {
            place: Place::File(path.to_owned()),
            message: reason.to_owned(),
            help: "make it a readable text file, or remove it".to_owned(),
        }
    }

    /// Notes a refusal at these bytes of a file.
    pub(super) fn in_file(path: &Path, text: &str, span: &Range<usize>, refusal: Refusal) -> Self {
        let (line, start) = line_at(text, span.start);
        let source = text[start..].lines().next().unwrap_or_default().to_owned();
        let from = (span.start - start).min(source.len());
        let to = span.end.saturating_sub(start).clamp(from, source.len());
        let place = Place::Line { path: path.to_owned(), line, source, marked: from..to };
        Self { place, message: refusal.message, help: refusal.help }
    }

    /// Notes a refusal of an environment variable or a flag.
    pub(super) fn of_named(name: &'static str, refusal: Refusal) -> Self {
        Self { place: Place::Named(name), message: refusal.message, help: refusal.help }
    }

    /// Gives the line of its file, 0 for the file as a whole.
    pub(super) fn line(&self) -> usize {
        match self.place {
            Place::Line { line, .. } => line,
            Place::File(_) | Place::Named(_) => 0,
        }
    }

    /// Gives the place: `FILE`, `FILE:LINE:COLUMN`, or the name of a variable or flag.
    pub fn place(&self) -> String {
        match &self.place {
            Place::File(path) => path.display().to_string(),
            Place::Line { path, line, source, marked } => {
                format!("{}:{line}:{}", path.display(), source[..marked.start].chars().count() + 1)
            }
            Place::Named(name) => (*name).to_owned(),
        }
    }
}

/// Gives the number, from 1, of the line that holds this byte, and where the line starts.
pub(super) fn line_at(text: &str, byte: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..byte.min(text.len())];
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    (before.iter().filter(|byte| **byte == b'\n').count() + 1, start)
}

/// Shows the place, the source line with the mistake marked under it, and the remedy.
impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place::Line { path, line, source, marked } = &self.place else {
            return write!(formatter, "error: {}: {}\n  = help: {}", self.place(), self.message, self.help);
        };
        let path = path.to_string_lossy();
        let snippet = Snippet::source(source.as_str())
            .path(path.as_ref())
            .line_start(*line)
            .annotation(AnnotationKind::Primary.span(marked.clone()));
        let report =
            [Level::ERROR.primary_title(self.message.as_str()).element(snippet).element(Level::HELP.message(self.help.as_str()))];
        formatter.write_str(&Renderer::plain().render(&report))
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        let noun = if count == 1 { "problem" } else { "problems" };
        write!(formatter, "the settings have {count} {noun}")?;
        self.0.iter().try_for_each(|problem| write!(formatter, "\n\n{problem}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal() -> Refusal {
        Refusal { message: "unknown key `thme`".to_owned(), help: "did you mean `theme`?".to_owned() }
    }

    #[test]
    fn a_problem_shows_its_line_and_marks_the_mistake() {
        let text = "# mine\nthme = \"dark\"\n";
        let problem = Problem::in_file(Path::new("/c.toml"), text, &(7..11), refusal());
        let expected = "error: unknown key `thme`\n --> /c.toml:2:1\n  |\n2 | thme = \"dark\"\n  | ^^^^\n  |\n  = help: did you mean `theme`?";
        assert_eq!(problem.to_string(), expected);
        assert_eq!(problem.place(), "/c.toml:2:1");
    }

    #[test]
    fn a_mistake_at_the_very_end_or_over_several_lines_still_has_a_place() {
        for (text, span, place) in [
            ("", 0..0, "/c.toml:1:1"),
            ("a = ", 4..4, "/c.toml:1:5"),
            ("a = \n", 5..5, "/c.toml:2:1"),
            ("ä = [\n1,\n]", 5..11, "/c.toml:1:5"),
            ("é = x", 5..6, "/c.toml:1:5"),
        ] {
            let problem = Problem::in_file(Path::new("/c.toml"), text, &span, refusal());
            assert_eq!(problem.place(), place, "{text:?}");
            assert!(problem.to_string().contains("did you mean"), "{text:?}");
        }
    }
}
