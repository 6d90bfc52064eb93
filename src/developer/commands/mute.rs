//! `dxpulse mute` and `dxpulse unmute`: a survey, or all of them, are never asked; said in the user's own settings, apart from what is
//! remembered, so that losing the one never undoes the other.

use super::config::change;
use super::context::Context;
use super::{Exit, Failure, output};
use crate::config::Key;
use crate::developer::catalog::CatalogError;
use crate::developer::store::Store;
use crate::survey::SurveyId;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The survey's id; without it, all of them
    #[arg(value_name = "ID", value_parser = id)]
    survey: Option<SurveyId>,
}

fn id(text: &str) -> Result<SurveyId, String> {
    SurveyId::new(text)
        .ok_or_else(|| "a survey's id has small letters, digits and hyphens, as `dxpulse list` shows it".to_owned())
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    turn(arguments, true, context)
}

pub(crate) fn run_back(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    turn(arguments, false, context)
}

fn turn(arguments: &Arguments, mutes: bool, context: &Context) -> Result<Exit, Failure> {
    let settings = context.settings_that_are_right()?;
    let before: Vec<String> = settings.muted().map(str::to_owned).collect();
    if let Some(id) = arguments.survey.as_ref().filter(|id| mutes || !settings.is_muted(id.as_str())) {
        let store = Store::open_existing(&context.places()?.data).ok().flatten();
        let catalog = context.catalog(&settings, store.as_ref())?;
        if let Err(error @ CatalogError::Unknown { .. }) = catalog.find(id.as_str()) {
            return Err(Failure::of_survey(&error, false));
        }
    }
    match &arguments.survey {
        Some(id) => {
            let others = settings.muted().filter(|muted| *muted != id.as_str());
            let muted: Vec<&str> = others.chain(mutes.then_some(id.as_str())).collect();
            change(Key::Muted, &muted.join(" "), context)?;
        }
        None if mutes => change(Key::OptOut, "true", context)?,
        None => {
            change(Key::OptOut, "false", context)?;
            if settings.muted().next().is_some() {
                change(Key::Muted, "", context)?;
            }
        }
    }
    // A file for all users and the environment may have the last word.
    let settings = context.settings_that_are_right()?;
    let say = &context.phrases(&settings).prompting;
    let words = match &arguments.survey {
        None if mutes => say.muted_all.to_owned(),
        None if settings.opt_out.value => (say.still_off)(&settings.opt_out.origin.to_string()),
        None if settings.muted().next().is_some() => (say.still_off)(&settings.muted.origin.to_string()),
        None if before.is_empty() => say.unmuted_all.to_owned(),
        None => (say.unmuted_also)(&before.join(", ")),
        Some(id) if settings.is_muted(id.as_str()) != mutes => (say.still_off)(&settings.muted.origin.to_string()),
        Some(id) if mutes => (say.muted_one)(id.as_str()),
        Some(_) if settings.opt_out.value => (say.still_off)(&settings.opt_out.origin.to_string()),
        Some(id) => (say.unmuted_one)(id.as_str()),
    };
    output::print_words(&words)?;
    Ok(Exit::SUCCESS)
}
