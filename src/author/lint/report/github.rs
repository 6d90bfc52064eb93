//! The report as workflow commands, which GitHub shows beside the lines of a change.

use super::super::positions::Positions;
use super::super::{Checked, Finding};
use super::{Report, safe, word};

/// Writes one command for each finding, and one for each path that couldn't be read.
pub fn github(report: &Report) -> String {
    let mut out = String::new();
    for file in &report.files {
        let positions = Positions::new(&file.text);
        file.findings.iter().for_each(|finding| out.push_str(&command(file, finding, &positions)));
    }
    for failed in &report.failures {
        out.push_str(&format!("::error file={}::{}\n", property(&failed.path), data(&failed.message)));
    }
    out
}

fn command(file: &Checked, finding: &Finding, positions: &Positions<'_>) -> String {
    let [start, end] = positions.of_range(&finding.place);
    // Columns count only where the place stays on its line; elsewhere they would be read as those of another one.
    let columns = match start.line == end.line {
        true => format!(",col={},endColumn={}", start.column, end.column),
        false => String::new(),
    };
    let path = property(&file.path);
    let (severity, code) = (word(finding.severity), property(finding.code));
    let said = data(&format!("{}; {}", finding.message, finding.help));
    format!("::{severity} file={path},line={},endLine={}{columns},title={code}::{said}\n", start.line, end.line)
}

/// Escapes what stands behind the second `::`.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    safe::shown(&text)
}

/// Escapes what stands behind a `=`, where `:` and `,` mean something too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_command_or_begin_another_is_escaped() {
        assert_eq!(data("50%: a,b\r\n::error::x"), "50%25: a,b%0D%0A::error::x");
        assert_eq!(property("a:b,c%\n.toml"), "a%3Ab%2Cc%25%0A.toml");
        assert_eq!(data("\u{1b}[2J"), "\u{fffd}[2J");
    }
}
