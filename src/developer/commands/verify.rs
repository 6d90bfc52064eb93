//! `dxpulse verify`: whether what was sent was counted, and which wave it was sent to.

use std::collections::BTreeSet;

use chrono::Utc;

use super::context::Context;
use super::note;
use super::outbox::{day, in_words};
use super::sync::few;
use crate::anonymous::Manifest;
use crate::developer::outbox::State;
use crate::developer::phrases::Phrases;
use crate::developer::store::{KnownWave, Store};
use crate::developer::sync::{SyncError, round};
use crate::report::{Exit, Failure, output};

const ABOUT: &str = "\
The fingerprint is that of the signed manifest: compare it with the copy in the publisher's repository, or with a colleague's. If they \
differ, somebody was given a wave of their own. After the close the whole published list is fetched, and your own answers are looked \
for in it on this machine.";

#[derive(Debug, clap::Args)]
#[command(after_help = ABOUT)]
pub(crate) struct Arguments {
    /// The survey; without it, every survey you sent answers to
    #[arg(value_name = "ID")]
    survey: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let Some(mut store) = Store::open_existing(&context.places()?.data)? else { return nothing() };
    let kept = round::kept(&store, None)?;
    let is_meant = |known: &&KnownWave| arguments.survey.as_ref().is_none_or(|id| known.wave.manifest.survey == *id);
    let waves: Vec<&KnownWave> = kept.waves.iter().filter(is_meant).collect();
    if waves.is_empty() {
        return match &arguments.survey {
            Some(id) if !kept.waves.is_empty() => {
                let known: BTreeSet<&str> = kept.waves.iter().map(|known| &*known.wave.manifest.survey).collect();
                let known: Vec<&str> = known.into_iter().collect();
                Err(Failure::new(format!("no wave of {id:?} is known here"))
                    .hint(format!("there are waves of {}", known.join(", "))))
            }
            _ => nothing(),
        };
    }
    let mut doubts = Doubts::default();
    for KnownWave { wave, bundle, moved, .. } in waves {
        let manifest = &wave.manifest;
        let publisher = bundle.publisher.map(|key| format!(", signed by {key}")).unwrap_or_default();
        say(&format!("{} {}: fingerprint {} ({}){publisher}", manifest.survey, manifest.wave, wave.id.0.short(), wave.id.0))?;
        if let Some(moved) = moved {
            say(&format!("  moved to another machine on {}: it is looked for from there", day(moved.at)))?;
            continue;
        }
        say(&format!("  {}", invited(manifest)))?;
        let has_sent = kept.outbox.iter().any(|sealed| sealed.wave() == wave.id && sealed.may_be_known());
        if !has_sent {
            say("  nothing of yours was sent")?;
            continue;
        }
        match round::prove(&mut store, wave.id) {
            Ok(lines) if lines.is_empty() => say("  the collector has not closed it yet: its list comes after the close")?,
            Ok(lines) => lines.iter().try_for_each(|line| say(&format!("  {line}")))?,
            Err(error) => {
                doubts.add(&error);
                note(&error.to_string());
            }
        }
        let kept = round::kept(&store, None)?;
        for sealed in kept.outbox.iter().filter(|sealed| sealed.wave() == wave.id) {
            let Some((_, state)) = kept.state(sealed, Utc::now()) else { continue };
            doubts.is_wrong |= state == State::Missing;
            doubts.is_earlier |= matches!(state, State::Earlier { .. });
            say(&format!("  {}: {}", sealed.part().name(), in_words(&state, sealed.is_withdrawal(), &Phrases::ENGLISH.outbox)))?;
        }
    }
    doubts.told()
}

/// Says how many a wave is for, which its publisher signed.
fn invited(manifest: &Manifest) -> String {
    if manifest.is_among_few() { few(manifest.invited) } else { format!("{} invited", manifest.invited) }
}

/// What keeps one from saying that all is well.
#[derive(Default)]
struct Doubts {
    /// The collector's proof doesn't hold, or something is missing from it.
    is_wrong: bool,
    /// The proof couldn't be had.
    is_unchecked: bool,
    /// What was counted is an earlier version than the one that is kept here.
    is_earlier: bool,
}

impl Doubts {
    /// Takes a failure in: only what the collector stated can be wrong. What didn't come says nothing about it.
    fn add(&mut self, error: &SyncError) {
        match error.is_refusal() {
            true => self.is_wrong = true,
            false => self.is_unchecked = true,
        }
    }

    fn told(&self) -> Result<Exit, Failure> {
        if self.is_wrong {
            return Err(Failure::new("something does not hold")
                .hint("keep what this shows, and show it to the survey's owner and to whoever you trust to ask"));
        }
        if self.is_unchecked {
            return Err(Failure::new("not everything could be checked now")
                .hint("nothing is wrong with your answers for all that is known: try again later, or from another network"));
        }
        if self.is_earlier {
            return Err(Failure::new("what is in the published list is not what you answered last")
                .hint("the last version was not sent before the close; `dxpulse outbox` shows it, and it stays here"));
        }
        Ok(Exit::SUCCESS)
    }
}

fn say(line: &str) -> Result<(), Failure> {
    output::print_words(line)
}

fn nothing() -> Result<Exit, Failure> {
    output::print_words("there is nothing to verify: no wave of a collector is known here")?;
    Ok(Exit::SUCCESS)
}
