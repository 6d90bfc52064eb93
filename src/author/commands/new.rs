//! `dxpulse survey new`: writes a survey to begin with.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::author::files::{self, plain};
use crate::author::{schema, template};
use crate::developer::catalog::BUNDLED;
use crate::developer::commands::{Context, Exit, Failure, output};
use crate::screen::text::width;
use crate::survey::characters::strip;
use crate::survey::{SurveyId, parse};

const DETAILS: &str = "\
The id of the survey is made from the title, and no other survey of the folder has it. Nothing that is there is ever overwritten. \
Beside the survey stands survey.schema.json, which lets editors complete and explain every key.";

#[derive(Debug, clap::Args)]
#[command(after_help = DETAILS)]
pub(super) struct Arguments {
    /// The file to write, or a folder for it; without it, a file named after the id, here
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// What the survey is called; asked for without it
    #[arg(long)]
    title: Option<String>,
    /// Who asks; asked for without it
    #[arg(long)]
    owner: Option<String>,
}

pub(super) fn run(arguments: &Arguments, _: &Context) -> Result<Exit, Failure> {
    let (folder, file) = place(arguments.file.as_deref());
    file.as_deref().map_or(Ok(()), check_name)?;
    if let Some(file) = file.as_deref().filter(|file| file.symlink_metadata().is_ok()) {
        return Err(there_already(file));
    }
    let (title, owner) = title_and_owner(arguments)?;
    let id = template::id(&title, |id| is_taken(id, &folder));
    let text = template::survey(&id, &title, owner.as_deref());
    check(&text)?;
    let file = file.unwrap_or_else(|| folder.join(format!("{id}.toml")));
    fs::create_dir_all(&folder).map_err(|error| cannot_write(&folder, &error))?;
    write_new(&file, &text)?;
    let (schema_file, schema) = (folder.join(template::SCHEMA_FILE), schema::json());
    if schema_file.symlink_metadata().is_err() {
        write_new(&schema_file, &schema)?;
    }
    let is_ours = fs::read_to_string(&schema_file).is_ok_and(|text| text == schema);
    output::print_line(&next_steps(&plain(&file), is_ours))?;
    Ok(Exit::SUCCESS)
}

/// Gives the folder, and the file where it was named.
fn place(named: Option<&Path>) -> (PathBuf, Option<PathBuf>) {
    match named {
        None => (PathBuf::from("."), None),
        Some(folder) if folder.is_dir() => (folder.to_owned(), None),
        Some(file) => {
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            (folder.to_owned(), Some(file.to_owned()))
        }
    }
}

/// Refuses a name that no other command would find a survey under.
fn check_name(file: &Path) -> Result<(), Failure> {
    let path = file.to_string_lossy();
    let Some(name) = path.strip_suffix(".lock.toml") else {
        if path.ends_with(".toml") {
            return Ok(());
        }
        let hint = format!("name it {}", shell_words::quote(&format!("{path}.toml")));
        return Err(Failure::usage("the file of a survey ends in .toml").hint(hint));
    };
    let hint = format!("name it {}", shell_words::quote(&format!("{name}.toml")));
    Err(Failure::usage("a file ending in .lock.toml is the lock of a survey").hint(hint))
}

/// Asks on the terminal for what the flags don't say; without a terminal, an owner can be missing and a title can't.
fn title_and_owner(arguments: &Arguments) -> Result<(String, Option<String>), Failure> {
    let mut terminal = OpenOptions::new().read(true).write(true).open("/dev/tty").ok();
    let title = match (&arguments.title, &mut terminal) {
        (Some(title), _) => title.clone(),
        (None, Some(terminal)) => ask_for_title(terminal)?,
        (None, None) => {
            let hint = "give it: dxpulse survey new --title \"Build pulse\" --owner \"Platform team\"; `--help` says more";
            return Err(Failure::usage("cannot ask for a title: there is no terminal").hint(hint));
        }
    };
    if strip(&title).trim().is_empty() {
        return Err(Failure::usage("a survey needs a title").hint("give it: dxpulse survey new --title \"Build pulse\""));
    }
    let owner = match (&arguments.owner, &mut terminal) {
        (Some(owner), _) => owner.clone(),
        (None, Some(terminal)) => ask(terminal, "Owner, such as your team (Enter for none): ")?,
        (None, None) => String::new(),
    };
    let one_line = |text: &str| strip(text).split_whitespace().collect::<Vec<_>>().join(" ");
    Ok((one_line(&title), Some(one_line(&owner)).filter(|owner| !owner.is_empty())))
}

/// Asks until there is one.
fn ask_for_title(terminal: &mut File) -> Result<String, Failure> {
    loop {
        let title = ask(terminal, "Title: ")?;
        if !strip(&title).trim().is_empty() {
            return Ok(title);
        }
    }
}

/// Asks for one line; the end of input gives up.
fn ask(terminal: &mut File, question: &str) -> Result<String, Failure> {
    let mut answer = Vec::new();
    let asked = terminal.write_all(question.as_bytes());
    match asked.and_then(|()| BufReader::new(terminal).read_until(b'\n', &mut answer)) {
        Ok(1..) => Ok(String::from_utf8_lossy(&answer).into_owned()),
        _ => Err(Failure::new("nothing was written")),
    }
}

/// Says whether a survey of the folder, or one that dxpulse brings, has this id, or a file would have the name of it.
fn is_taken(id: &SurveyId, folder: &Path) -> bool {
    BUNDLED.iter().any(|(bundled, _)| *bundled == id.as_str())
        || folder.join(format!("{id}.toml")).symlink_metadata().is_ok()
        || files::ids(folder).contains(id)
}

/// A title or an owner can be too long; whatever else is wrong is told as well, rather than written.
fn check(text: &str) -> Result<(), Failure> {
    let problem = parse::parse(text).err().and_then(|problems| problems.into_iter().next());
    problem.map_or(Ok(()), |problem| Err(Failure::usage(problem.message).hint(problem.help)))
}

fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| cannot_write(path, &error))?;
    file.write_all(text.as_bytes()).map_err(|error| cannot_write(path, &error))
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::AlreadyExists => there_already(path),
        _ => Failure::new(format!("can't write {}: {error}", path.display())).hint("check the path and its permissions"),
    }
}

fn there_already(path: &Path) -> Failure {
    Failure::new(format!("{} is there already", path.display())).hint("give another name; nothing is overwritten")
}

fn next_steps(file: &Path, has_schema: bool) -> String {
    let path = file.to_string_lossy();
    let (schema, quoted) = (template::SCHEMA_FILE, shell_words::quote(&path));
    let beside = match has_schema {
        true => format!("and {schema} beside it, for completion in your editor"),
        false => format!("and {schema}, which was there, is left as it is; `dxpulse survey schema` prints ours"),
    };
    let steps = [
        (format!("dxpulse survey lint {quoted}"), "checks it after every change"),
        (format!("dxpulse survey preview {quoted}"), "shows it as its readers will see it"),
    ];
    let widest = steps.iter().map(|(step, _)| width(step)).max().unwrap_or_default();
    let line = |(step, does): &(String, &str)| format!("\n  {step}{}  {does}", " ".repeat(widest - width(step)));
    format!("{} is written, {beside}\n{}", file.display(), steps.iter().map(line).collect::<String>())
}
