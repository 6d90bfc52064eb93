//! `dxpulse hook install` and `uninstall`: some lines between two marks, in the file a shell reads at its start.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, ErrorKind, IsTerminal, Write};
use std::path::PathBuf;

use super::kept::{file, keep, remove, write};
use super::shell::Shell;
use crate::developer::commands::context::Context;
use crate::developer::commands::{Exit, Failure, escape, note, output};

const BEGIN: &str = "# >>> dxpulse >>>";
/// The same in a file that was not there before, and below a last line that had no end: what is taken out leaves no trace of that.
const BEGIN_ALONE: &str = "# >>> dxpulse, in a new file >>>";
const BEGIN_UNENDED: &str = "# >>> dxpulse, below a line without an end >>>";
const END: &str = "# <<< dxpulse <<<";

const UNCHANGED: &str = "nothing was changed";

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The shell; without it, that of $SHELL
    shell: Option<Shell>,
    /// Change the file without asking
    #[arg(long)]
    yes: bool,
}

pub(super) fn install(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let shell = shell(arguments, context)?;
    let change = change(shell, context, Some(&shell.line(&file(shell, context)?)))?;
    if change.after == change.before {
        keep(shell, context)?;
        return told(&format!("{} has the hook already", change.file.display()));
    }
    let done = format!("new shells ask now when something is due; `dxpulse hook uninstall {}` takes it back", shell.name());
    if !agreed(&change, arguments.yes)? {
        return told(UNCHANGED);
    }
    keep(shell, context)?;
    change.make()?;
    told(&done)
}

pub(super) fn uninstall(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let shell = shell(arguments, context)?;
    let change = change(shell, context, None)?;
    if change.after == change.before {
        return told(&format!("{} has no hook of dxpulse", change.file.display()));
    }
    if !agreed(&change, arguments.yes)? {
        return told(UNCHANGED);
    }
    change.make()?;
    // Without the line that reads them, they do nothing.
    remove(shell, context)?;
    told("shells that are open keep the hook until they end")
}

fn told(text: &str) -> Result<Exit, Failure> {
    note(text);
    Ok(Exit::SUCCESS)
}

fn shell(arguments: &Arguments, context: &Context) -> Result<Shell, Failure> {
    let usual = || context.environment.text("SHELL").and_then(|path| Shell::of_path(&path));
    let unknown =
        || Failure::usage("$SHELL names no shell there is a hook for").hint("name one of bash, zsh, fish, nu and powershell");
    arguments.shell.or_else(usual).ok_or_else(unknown)
}

/// A file, and what it is to be; without a text it isn't there.
struct Change {
    file: PathBuf,
    before: Option<String>,
    after: Option<String>,
}

fn change(shell: Shell, context: &Context, line: Option<&str>) -> Result<Change, Failure> {
    let file =
        shell.file(&context.environment).ok_or_else(|| Failure::new("cannot tell where your files are: HOME is not set"))?;
    // What a link leads to is changed, and the link stays.
    let is_link = fs::symlink_metadata(&file).is_ok_and(|known| known.is_symlink());
    let file = match fs::canonicalize(&file) {
        Ok(real) => real,
        Err(error) if is_link => {
            let hint = "mend the link, or remove it; nothing was changed";
            return Err(Failure::new(format!("{} is a link that leads nowhere: {error}", file.display())).hint(hint));
        }
        Err(_) => file,
    };
    if fs::metadata(&file).is_ok_and(|known| !known.is_file()) {
        return Err(Failure::new(format!("{} is no file", file.display())).hint(UNCHANGED));
    }
    let before = match fs::read_to_string(&file) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            let by_hand =
                line.map_or_else(|| format!("take out what stands from `{BEGIN}` to `{END}`"), |line| format!("add: {line}"));
            return Err(Failure::new(format!("{} is not in UTF-8", file.display())).hint(format!("{by_hand}; {UNCHANGED}")));
        }
        Err(error) => return Err(Failure::new(format!("{}: {error}", file.display())).hint(UNCHANGED)),
    };
    let after = with_block(before.as_deref(), line)
        .map_err(|message| Failure::new(format!("{}: {message}", file.display())).hint("mend it by hand: nothing was changed"))?;
    // A link is left with something to lead to.
    let after = after.or(is_link.then(String::new));
    Ok(Change { file, before, after })
}

/// Gives the text of a file with the line between the marks, or without them; a file that was made for them is gone without them. However
/// the other lines end, these end as every shell wants it.
fn with_block(file: Option<&str>, line: Option<&str>) -> Result<Option<String>, String> {
    let text = file.unwrap_or_default();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let places = |marks: &[&str]| (0..lines.len()).filter(|at| marks.contains(&lines[*at].trim())).collect::<Vec<usize>>();
    let block = |begin: &str| line.map(|line| [begin, line, END].map(|line| format!("{line}\n")).concat());
    match (&places(&[BEGIN, BEGIN_ALONE, BEGIN_UNENDED])[..], &places(&[END])[..]) {
        ([], []) => {
            let (gap, begin) = match file {
                None => ("", BEGIN_ALONE),
                Some(text) if text.is_empty() || text.ends_with('\n') => ("", BEGIN),
                Some(_) => ("\n", BEGIN_UNENDED),
            };
            Ok(block(begin).map(|block| format!("{text}{gap}{block}")).or_else(|| file.map(str::to_owned)))
        }
        ([begin], [end]) if begin < end => {
            let (above, mark, below) = (lines[..*begin].concat(), lines[*begin].trim(), lines[end + 1..].concat());
            Ok(match block(mark) {
                Some(block) => Some(above + &block + &below),
                None if mark == BEGIN_ALONE && above.is_empty() && below.is_empty() => None,
                None if mark == BEGIN_UNENDED && below.is_empty() => Some(above.strip_suffix('\n').unwrap_or(&above).to_owned()),
                None => Some(above + &below),
            })
        }
        (begins, ends) => {
            let marks = begins.iter().chain(ends).copied().collect::<BTreeSet<usize>>();
            let told = marks.into_iter().map(|at| format!("line {} is `{}`", at + 1, lines[at].trim()));
            let told = told.collect::<Vec<String>>().join(", ");
            Err(format!("the hook stands between two marks, `# >>> dxpulse` and `{END}`; here {told}"))
        }
    }
}

impl Change {
    fn make(&self) -> Result<(), Failure> {
        // A file that its owner has closed stays as it is, although its folder would let another take its place.
        let is_open = || self.before.as_ref().map_or(Ok(()), |_| OpenOptions::new().append(true).open(&self.file).map(drop));
        let made = is_open().and_then(|()| match &self.after {
            Some(text) => write(&self.file, text),
            None => fs::remove_file(&self.file),
        });
        made.map_err(|error| {
            Failure::new(format!("{}: {error}", self.file.display()))
                .hint("the file is as it was; make it and its folder writable")
        })
    }
}

/// Shows the change, and says whether it is wanted.
fn agreed(change: &Change, yes: bool) -> Result<bool, Failure> {
    output::print(&escape(&shown(change)))?;
    if yes {
        return Ok(true);
    }
    if !io::stdin().is_terminal() {
        return Err(Failure::new("nothing was changed: nobody can be asked here").hint("--yes changes it without asking"));
    }
    let mut answer = String::new();
    let asked = write!(io::stderr(), "Change it? [y/N] ").and_then(|()| io::stdin().lock().read_line(&mut answer));
    asked.map_err(|error| Failure::new(format!("nothing was changed: {error}")))?;
    Ok(["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}

/// Gives the lines that go and come, with one around them.
fn shown(change: &Change) -> String {
    let lines = |text: &Option<String>| text.iter().flat_map(|text| text.lines()).map(str::to_owned).collect::<Vec<String>>();
    let (before, after) = (lines(&change.before), lines(&change.after));
    let first = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let rest = before.len().min(after.len()) - first;
    let last = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(one, other)| one == other).count();
    let marked = |mark: char, lines: &[String]| lines.iter().map(|line| format!("{mark} {line}\n")).collect::<String>();
    let [context, gone, come, below] = [
        marked(' ', &before[first.saturating_sub(1)..first]),
        marked('-', &before[first..before.len() - last]),
        marked('+', &after[first..after.len() - last]),
        marked(' ', &before[before.len() - last..][..last.min(1)]),
    ];
    format!("{}:\n{context}{gone}{come}{below}", change.file.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_block_comes_once_and_goes_without_a_trace() {
        let files =
            [None, Some(""), Some("alias x=y\n"), Some("alias x=y\r\nalias y=z\r\n"), Some("no end"), Some("a\r\nno end")];
        for file in files {
            let with = with_block(file, Some("eval hook")).unwrap();
            assert_eq!(with_block(with.as_deref(), Some("eval hook")).unwrap(), with, "{file:?}");
            assert_eq!(with_block(with.as_deref(), None).unwrap().as_deref(), file, "{file:?}");
            assert_eq!(with_block(file, None).unwrap().as_deref(), file, "{file:?}");
            let other = with_block(with.as_deref(), Some("eval other")).unwrap();
            assert_eq!(with_block(other.as_deref(), None).unwrap().as_deref(), file, "{file:?}");
            let (with, other) = (with.unwrap(), other.unwrap());
            assert!(other.contains("eval other") && !other.contains("eval hook"), "{file:?}");
            assert!(with.contains("\neval hook\n"), "a shell would take what else ends the line for a part of it: {with:?}");
        }
        let between = format!("a\n{BEGIN}\nx\n{END}\nb\n");
        assert_eq!(with_block(Some(&between), None).unwrap().unwrap(), "a\nb\n");
        for broken in [format!("{BEGIN}\n"), format!("{END}\n{BEGIN}\n"), format!("{between}{between}")] {
            assert!(with_block(Some(&broken), None).is_err(), "{broken:?}");
        }
    }

    #[test]
    fn what_was_added_around_the_block_since_stays_as_lines_of_their_own() {
        let with = |file| with_block(file, Some("x")).unwrap().unwrap();
        assert_eq!(with_block(Some(&(with(Some("no end")) + "later\n")), None).unwrap().unwrap(), "no end\nlater\n");
        assert_eq!(with_block(Some(&(with(None) + "later\n")), None).unwrap().unwrap(), "later\n");
        assert_eq!(with_block(Some(&format!("first\n{}", with(None))), None).unwrap().unwrap(), "first\n");
    }

    #[test]
    fn what_changes_is_shown_with_the_lines_around() {
        let change = |before: &str, after: &str| {
            shown(&Change { file: "rc".into(), before: Some(before.to_owned()), after: Some(after.to_owned()) })
        };
        assert_eq!(change("a\nb\n", "a\nb\nc\n"), "rc:\n  b\n+ c\n");
        assert_eq!(change("a\nb\nc\n", "a\nc\n"), "rc:\n  a\n- b\n  c\n");
        assert_eq!(change("", "x\n"), "rc:\n+ x\n");
    }
}
