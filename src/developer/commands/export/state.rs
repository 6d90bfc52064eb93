//! `dxpulse export --state`: moves everything to another machine, in one encrypted file.

use std::path::Path;

use chrono::Utc;

use crate::anonymous::Digest;
use crate::developer::commands::context::Context;
use crate::developer::commands::note::note;
use crate::developer::commands::{Exit, Failure, output, passphrase};
use crate::developer::moving::{self, StateError};
use crate::developer::phrases::number_of;
use crate::developer::store::{Contents, MovingError, Store};

/// What is to be moved where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moving<'a> {
    /// The file.
    pub(super) file: &'a Path,
    /// The file that has the passphrase.
    pub(super) passphrase: Option<&'a Path>,
    /// Whether what was moved before is moved once more.
    pub(super) again: bool,
}

pub(super) fn run(moving: Moving<'_>, context: &Context) -> Result<Exit, Failure> {
    let Moving { file, again, .. } = moving;
    if file == Path::new("-") {
        return Err(Failure::usage("--state takes the path of a file, not standard output")
            .hint("what is moved must be safe in the file before it is marked here"));
    }
    let Some(mut store) = Store::open_existing(&context.places()?.data)? else { return Err(nothing(false)) };
    let any_moved = store.enrolments()?.iter().any(|enrolment| enrolment.moved.is_some())
        || store.events()?.iter().any(|event| event.moved.is_some());
    let was_moved = !again && any_moved;
    let mut by = [0; 32];
    getrandom::fill(&mut by).map_err(|_| Failure::new("the system gives no random numbers"))?;
    if store.contents(Digest(by), again)?.is_empty() {
        return Err(nothing(was_moved));
    }
    if was_moved && file.exists() {
        return Err(Failure::new(format!("{} is there already, and may hold what was moved before", file.display()))
            .hint("choose another name: what was moved before is in no other place"));
    }
    let passphrase = passphrase::new(moving.passphrase)?;
    // Asked for before: whoever thinks about a passphrase keeps nobody from answering.
    let _locks = store.lock_all()?;
    let contents = store.contents(Digest(by), again)?;
    moving::write(file, &contents, &passphrase)?;
    store.move_away(&contents, again, Utc::now()).map_err(|error| not_marked(file, &error))?;
    output::print_words(&moved(file, &contents))?;
    if was_moved {
        note("what was moved from here before is not in it; if that file is lost, --again puts it in");
    }
    Ok(Exit::SUCCESS)
}

/// Says what was moved, and what to do with it.
fn moved(file: &Path, contents: &Contents) -> String {
    let counts = contents.counts().into_iter().filter(|(count, ..)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, one, many)| number_of(count, one, many)).collect();
    let collectors: Vec<&str> = contents.collectors().collect();
    let path = file.display();
    let mut text =
        format!("{path} is written: {}\n", if counts.is_empty() { "no answers".to_owned() } else { counts.join(", ") });
    text.push_str(&match (contents.is_of_one_place(), collectors.is_empty()) {
        (false, _) => "nothing of it can be used in one place only, so that nothing changes on this machine\n".to_owned(),
        (true, true) => "from now on the other machine sends what is still to be sent, once it has imported the file\n".to_owned(),
        (true, false) => format!(
            "from now on this machine neither fetches nor sends anything for {}: the other one does, once it has imported the file\n",
            collectors.join(", ")
        ),
    });
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    text.push_str(&format!("  there: dxpulse import --state {}\n", shell_words::quote(&name)));
    if contents.is_of_one_place() {
        text.push_str("  the same here undoes it, as long as it was not imported elsewhere\n");
    }
    text.push_str("your answers stay readable here until you delete them with `dxpulse forget`\n");
    text
}

fn nothing(was_moved: bool) -> Failure {
    match was_moved {
        false => Failure::new("there is nothing to move: nothing was answered and no collector joined on this machine"),
        true => Failure::new("there is nothing to move: all there was has been moved already")
            .hint("if the file is lost, `dxpulse export --state FILE --again` writes it once more"),
    }
}

/// Says that a file was written and nothing marked.
fn not_marked(file: &Path, error: &MovingError) -> Failure {
    let path = file.display();
    Failure::new(format!("{path} is written, but nothing was moved: {error}")).hint(
        "everything is still in use here: run the same command again, which writes the file anew, and don't import this one",
    )
}

impl From<StateError> for Failure {
    fn from(error: StateError) -> Self {
        Self::new(error.to_string()).hint(error.hint())
    }
}
