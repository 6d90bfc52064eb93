//! What is about to be signed, in plain words: whoever signs answers for all of it.

use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};

use crate::anonymous::classes::SMALLEST;
use crate::anonymous::results::Document;
use crate::anonymous::{Part, Wave};
use crate::author::lint::check;
use crate::survey::parse::Severity;

/// Tokens that are fetched and used on the same day can be put together.
const SHORTEST_PREFETCH: TimeDelta = TimeDelta::days(1);

/// Tells what a wave is, and what its signer should think about.
pub(super) fn of_wave(wave: &Wave, now: DateTime<Utc>) -> String {
    let (manifest, survey) = (&wave.manifest, &wave.survey);
    let mut text = format!("{} {}: {}\n", manifest.survey, manifest.wave, survey.title);
    let mut line = |name: &str, value: String| {
        // Writing to a text can't fail.
        let _ = writeln!(text, "  {name:<12} {value}");
    };
    line("fingerprint", format!("{}   {}", wave.id.0.short(), wave.id.0));
    line("version", format!("{} of the survey, wave number {}", survey.version, manifest.sequence));
    line("questions", survey.asked().count().to_string());
    line("lint", linted(&manifest.source));
    line("tokens", format!("from {}", time(manifest.issue_opens)));
    line("answers", format!("{} to {}", time(manifest.opens), time(manifest.closes)));
    line("collected", format!("until {}", time(manifest.collect_closes())));
    line("invited", manifest.invited.to_string());
    for class in &manifest.classes {
        line("class", format!("{:>6}  {class}", class.invited));
    }
    let placed: u32 = manifest.classes.iter().map(|class| class.invited).sum();
    if placed < manifest.invited {
        line("in no class", format!("{:>6}", manifest.invited - placed));
    }
    for (language, readers) in &manifest.languages {
        line("language", format!("{readers:>6}  {language}"));
    }
    for part in Part::ALL {
        line(&format!("{} key", part.name()), wave.key(part).id().to_string());
    }
    line("receipt key", manifest.receipt_key.to_string());
    line("collector", manifest.collector.clone());
    line("relay", manifest.relay.as_ref().map_or("none".to_owned(), |relay| relay.url.clone()));
    for thought in thoughts(wave, now) {
        line("consider", thought);
    }
    text
}

/// Tells what results say.
pub(super) fn of_results(document: &Document) -> String {
    let mut text = format!("results of {} {}: {}\n", document.survey, document.wave, document.title);
    let mut line = |name: &str, value: &str| {
        let mut name = name;
        for part in value.lines() {
            let _ = writeln!(text, "  {name:<12} {part}");
            name = "";
        }
    };
    line("summary", &document.summary);
    for figure in &document.figures {
        let note = figure.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
        line("figure", &format!("{}: {}{note}", figure.label, figure.value));
    }
    for action in &document.actions {
        line("action", &format!("{}: {}", action.state.said(), action.text));
    }
    text
}

fn linted(source: &str) -> String {
    let checked = check("the survey".to_owned(), source.as_bytes().to_vec());
    let count = |severity, name: &str| match checked.count(severity) {
        1 => format!("1 {name}"),
        several => format!("{several} {name}s"),
    };
    format!("{}, {}", count(Severity::Error, "error"), count(Severity::Warning, "warning"))
}

fn time(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%d %H:%M UTC").to_string()
}

/// Gives what keeps nothing from being signed, and is worth a thought all the same.
fn thoughts(wave: &Wave, now: DateTime<Utc>) -> Vec<String> {
    let manifest = &wave.manifest;
    let mut thoughts = Vec::new();
    if manifest.opens - manifest.issue_opens < SHORTEST_PREFETCH {
        thoughts.push(
            "tokens are issued less than a day before answers: what is fetched and used at once can be put together".to_owned(),
        );
    }
    if manifest.invited < SMALLEST {
        thoughts.push(format!("fewer than {SMALLEST} are invited: among so few, nobody is anonymous to those who know them"));
    }
    if manifest.relay.is_none() {
        thoughts.push("there is no relay: whoever watches the network sees who sends, though not what".to_owned());
    }
    if now >= manifest.closes {
        thoughts.push("answers have closed already".to_owned());
    }
    thoughts
}
