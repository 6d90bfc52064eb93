//! `dxpulse-collector close`: closes a wave.

use chrono::Utc;

use crate::anonymous::manifest::Wave;
use crate::anonymous::{Bundle, Closing};
use crate::collector::closing;
use crate::collector::commands::context::{Context, note};
use crate::collector::keys;
use crate::collector::rewriting;
use crate::collector::store::{PublishedWave, Store};
use crate::report::{Exit, Failure, output};

const HELP: &str = "\
A server that runs closes waves by itself, 72 hours after answers end. At the close the list of all submissions and the signed figures are \
published, the keys that issue tokens are destroyed, what tells who got a token is erased, and the database is rewritten.";

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Arguments {
    /// The wave: its id or its beginning, SURVEY/NAME, or NAME alone
    #[arg(value_name = "WAVE")]
    wave: String,
    /// Close it before its time; submissions that are still on their way are refused then
    #[arg(long)]
    now: bool,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let store = context.store()?;
    let published = find(&store, &arguments.wave)?;
    let wave = Bundle::from_json(published.bundle.as_bytes())?.review()?;
    let until = wave.manifest.collect_closes();
    if !published.is_closed && !arguments.now {
        context.refuse_doubtful_clock()?;
    }
    if !published.is_closed && !arguments.now && Utc::now() < until {
        return Err(Failure::new(format!("{} {} is collected until {until}", published.survey, published.name))
            .hint("it closes by itself then; --now closes it at once, and refuses what is still on its way"));
    }
    let key = keys::receipt_key(&context.folder)?;
    rewriting::plan(&context.folder)?;
    let is_new = closing::close(&store, &wave, &key)?;
    closing::destroy_keys(&store, &context.folder)?;
    note("rewriting the database…");
    if !rewriting::rewrite(&store, &context.folder)? {
        note(rewriting::LEFT);
    }
    tell(&store, &wave, is_new)
}

fn tell(store: &Store, wave: &Wave, is_new: bool) -> Result<Exit, Failure> {
    let text = store.closing(wave.id)?.unwrap_or_default();
    let Ok(closing) = serde_json::from_str::<Closing>(&text) else { return Err(Failure::new("the closing can't be read")) };
    let what = if is_new { "closed" } else { "was closed before:" };
    let (issued, redeemed, taken_back) = (closing.issued, closing.redeemed, store.taken_back(wave.id)?);
    let count = |all: u32, taken_back: u32| match taken_back {
        0 => all.to_string(),
        _ => format!("{all} ({taken_back} taken back)"),
    };
    output::print_line(&format!(
        "{what} {} {}\n  invited   {}\n  tokens    {} for scores, {} for comments\n  responses {}, comments {}\n  list      {}",
        wave.manifest.survey,
        wave.manifest.wave,
        closing.invited,
        issued.scores,
        issued.comments,
        count(redeemed.scores, taken_back.scores),
        count(redeemed.comments, taken_back.comments),
        closing.ledger
    ))?;
    Ok(Exit::SUCCESS)
}

fn find(store: &Store, text: &str) -> Result<PublishedWave, Failure> {
    let is_meant = |wave: &PublishedWave| {
        let id = wave.id.0.to_string();
        (text.len() >= 8 && id.starts_with(&text.replace('-', "")))
            || text == wave.name
            || text == format!("{}/{}", wave.survey, wave.name)
    };
    let waves = store.waves()?;
    let mut meant: Vec<_> = waves.iter().filter(|wave| is_meant(wave)).cloned().collect();
    match (meant.pop(), meant.is_empty()) {
        (Some(wave), true) => Ok(wave),
        (Some(_), false) => Err(Failure::usage(format!("several waves are called {text}")).hint("write it as SURVEY/NAME")),
        (None, _) => {
            let names: Vec<_> = waves.iter().map(|wave| format!("{}/{}", wave.survey, wave.name)).collect();
            let hint =
                if names.is_empty() { "nothing is published yet".to_owned() } else { format!("there are {}", names.join(", ")) };
            Err(Failure::new(format!("there is no wave {text:?}")).hint(hint))
        }
    }
}

impl From<closing::Unfinished> for Failure {
    fn from(error: closing::Unfinished) -> Self {
        match error {
            closing::Unfinished::Store(error) => error.into(),
            closing::Unfinished::Disk(error) => error.into(),
        }
    }
}
