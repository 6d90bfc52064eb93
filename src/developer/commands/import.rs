//! `dxpulse import`: takes in what was moved from another machine.

use std::path::PathBuf;

use super::context::Context;
use super::note::note;
use super::{Exit, Failure, output, passphrase};
use crate::developer::moving;
use crate::developer::phrases::number_of;
use crate::developer::store::{Contents, MovingError, Store, Taken};

const ABOUT: &str = "\
On the old machine, `dxpulse export --state FILE` writes everything into one encrypted file: what you joined, tokens, answers that wait \
to be sent, responses, drafts. This takes it in here. The file can be imported twice without harm; on the machine it came from it undoes \
the move. The `age` tool opens it too.";

#[derive(Debug, clap::Args)]
#[command(after_help = ABOUT)]
pub(crate) struct Arguments {
    /// The file that `dxpulse export --state` wrote
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Take the passphrase from the first line of this file; - is standard input
    #[arg(long, value_name = "FILE", requires = "state")]
    passphrase_file: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let Some(file) = &arguments.state else {
        return Err(Failure::usage("import takes in what was moved from another machine: dxpulse import --state FILE")
            .hint("write the file there with `dxpulse export --state FILE`"));
    };
    let contents = moving::read(file, &passphrase::known(arguments.passphrase_file.as_deref())?)?;
    take_in(&contents, context)
}

/// Takes in what was kept elsewhere, and says what of it is new.
pub(super) fn take_in(contents: &Contents, context: &Context) -> Result<Exit, Failure> {
    let mut store = Store::open(&context.places()?.data)?;
    let taken = {
        let _locks = store.lock_all()?;
        store.take_in(contents).map_err(|error| not_taken(&error))?
    };
    output::print_words(&said(&taken))?;
    for survey in &taken.left_out {
        note(&format!("the draft of {survey} in the file was left out: the one here was saved later"));
    }
    for survey in &taken.gave_way {
        note(&format!("the draft of {survey} that was here gave way to the one in the file, which was saved later"));
    }
    context.exchange_if_due(Some(&store));
    Ok(Exit::SUCCESS)
}

/// Says what came in.
fn said(taken: &Taken) -> String {
    if taken.is_nothing() {
        return "everything in the file is here already\n".to_owned();
    }
    let drafts = taken.drafts.len() + taken.gave_way.len();
    let counts = [
        (taken.responses, "response", "responses"),
        (drafts, "draft", "drafts"),
        (taken.declines, "declined survey", "declined surveys"),
        (taken.waiting, "sealed part to send", "sealed parts to send"),
    ];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, one, many)| number_of(count, one, many)).collect();
    let mut text = String::new();
    for collector in &taken.collectors {
        text.push_str(&format!("this machine now fetches and sends for {collector}\n"));
    }
    if !counts.is_empty() {
        text.push_str(&format!("taken in: {}\n", counts.join(", ")));
    }
    text
}

fn not_taken(error: &MovingError) -> Failure {
    let hint = match error {
        MovingError::Store(error) => error.hint(),
        MovingError::Changed => "run the same command again".to_owned(),
        MovingError::Joined { .. } => "only one of the two can be used here: to use the file's, delete what is here first with \
            `dxpulse forget`, after `dxpulse export` of your answers"
            .to_owned(),
        MovingError::Outdated { .. } => "import the file of that move, or the one of a later one".to_owned(),
        MovingError::Unsound(_) => "write the file again on the other machine".to_owned(),
    };
    Failure::new(format!("nothing was taken in: {error}")).hint(hint)
}
