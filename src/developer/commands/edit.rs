//! `dxpulse edit`: changes an answer, also one that was sent: a later version takes its place.

use std::path::PathBuf;

use super::context::Context;
use super::{answered, take};
use crate::developer::store::Store;
use crate::report::{Exit, Failure};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The survey, or the id of the response; without it, what was answered last
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// Take the answers from this JSON file, without a terminal; - is standard input
    #[arg(long, value_name = "FILE.json")]
    answers: Option<PathBuf>,
    /// Send words of the answers off as they are, even where they may name someone or hold a secret
    #[arg(long, requires = "answers", conflicts_with = "replace_words")]
    keep_words: bool,
    /// Replace such words, as with [e-mail], before the answers are sent off
    #[arg(long, requires = "answers")]
    replace_words: bool,
    /// Print the stored response as JSON on standard output
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let nothing = || Failure::new("nothing was answered here");
    let store = Store::open_existing(&context.places()?.data)?.ok_or_else(nothing)?;
    let answered = answered::find(&store, arguments.id.as_deref(), context)?;
    answered.refuse_moved()?;
    answered.refuse_closed(&store)?;
    let (survey, name) = (&answered.found.survey, answered.found.name.clone());
    if store.draft(survey)?.is_some() {
        return Err(Failure::new(format!("a draft of {} is kept already", survey.id))
            .hint(format!("finish it with `dxpulse take {name}`: it takes the place of what you answered")));
    }
    let taking = take::Arguments {
        survey: Some(name),
        answers: arguments.answers.clone(),
        keep_words: arguments.keep_words,
        replace_words: arguments.replace_words,
        json: arguments.json,
        again: true,
        ..take::Arguments::default()
    };
    take::answer(&taking, answered.found, Some(&answered.response), (context.settings_that_are_right()?, Some(store)), context)
}
