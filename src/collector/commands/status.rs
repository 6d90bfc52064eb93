//! `dxpulse-collector status`: who is invited, what waits for a signature, and how far each wave is.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::anonymous::Bundle;
use crate::anonymous::manifest::{Manifest, Wave};
use crate::collector::clock;
use crate::collector::commands::context::Context;
use crate::collector::commands::prepare::prepared;
use crate::collector::store::Store;
use crate::report::{Exit, Failure, output};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// What a closed wave is called.
const CLOSED: &str = "closed";

/// A wave with how far it is.
struct Standing {
    wave: Wave,
    state: &'static str,
    until: Option<DateTime<Utc>>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit, Failure> {
    let (store, url, now) = (context.store()?, context.settings()?.url, Utc::now());
    let people = store.people()?;
    let enrolled = people.iter().filter(|person| person.is_enrolled).count();
    let mut waves = published(&store, now)?;
    // What was signed where it was prepared lies there twice, and is published perhaps.
    for (_, wave) in prepared(&context.folder) {
        if waves.iter().all(|known| known.wave.id != wave.id) {
            waves.push(Standing { wave, state: "waits for its signature", until: None });
        }
    }
    let doubt = clock::doubt(&context.folder, now.date_naive()).map(|doubt| doubt.to_string());
    if arguments.json {
        output::print_json(&json!({
            "people": { "invited": people.len(), "enrolled": enrolled },
            "clock": doubt,
            "waves": waves.iter().map(described).collect::<Vec<_>>(),
        }))?;
        return Ok(Exit::SUCCESS);
    }
    let mut lines = vec![format!("people  {} invited, {enrolled} enrolled", people.len())];
    lines.extend(waves.iter().map(|standing| line(standing, &url)));
    if waves.is_empty() {
        lines.push("waves   none; `dxpulse-collector prepare SURVEY.toml` prepares one".to_owned());
    }
    lines.extend(doubt.map(|doubt| format!("clock   {doubt}\n        {}", clock::REMEDY)));
    output::print_line(&lines.join("\n"))?;
    Ok(Exit::SUCCESS)
}

fn published(store: &Store, now: DateTime<Utc>) -> Result<Vec<Standing>, Failure> {
    let mut standings = Vec::new();
    for published in store.waves()? {
        let wave = Bundle::from_json(published.bundle.as_bytes())?.review()?;
        let (state, until) = if published.is_closed { (CLOSED, None) } else { state(&wave.manifest, now) };
        standings.push(Standing { wave, state, until });
    }
    Ok(standings)
}

/// Says what a published wave does now, and until when.
fn state(manifest: &Manifest, now: DateTime<Utc>) -> (&'static str, Option<DateTime<Utc>>) {
    let states = [
        ("waits", manifest.issue_opens),
        ("issues tokens", manifest.opens),
        ("takes answers", manifest.closes),
        ("collects", manifest.collect_closes()),
    ];
    let current = states.into_iter().find(|(_, until)| now < *until);
    current.map_or(("closes when the server runs", None), |(state, until)| (state, Some(until)))
}

fn described(standing: &Standing) -> Value {
    let manifest = &standing.wave.manifest;
    json!({
        "survey": manifest.survey, "wave": manifest.wave, "id": standing.wave.id.0, "state": standing.state,
        "until": standing.until, "invited": manifest.invited, "issue_opens": manifest.issue_opens, "opens": manifest.opens,
        "closes": manifest.closes, "collect_closes": manifest.collect_closes(),
    })
}

/// Tells of a wave, and of a closed one where its responses are.
fn line(standing: &Standing, url: &str) -> String {
    let (manifest, id) = (&standing.wave.manifest, standing.wave.id.0.short());
    let until = standing.until.map(|until| until.format(" until %Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default();
    let at = format!("\n        responses  {url}/v1/waves/{}/responses", standing.wave.id.0);
    let at = if standing.state == CLOSED { at } else { String::new() };
    format!("wave    {id}  {} {}: {}{until}, {} invited{at}", manifest.survey, manifest.wave, standing.state, manifest.invited)
}
