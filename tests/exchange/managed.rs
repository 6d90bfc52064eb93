//! Machines that an organisation manages: a file for all users says which collector is theirs and whose signatures count.

use std::fs;
use std::process::{Command, Output};

use dxpulse::anonymous::SigningKey;
use serde_json::Value;

use crate::support::Home;
use crate::support::exchange::{Collector, all, printed};

/// Gives a home on a machine whose file for all users names a collector and the keys that these seeds make.
fn managed(collector: &str, seeds: &[u8]) -> Home {
    let home = Home::new();
    pin(&home, collector, seeds);
    home
}

fn key(seed: u8) -> String {
    SigningKey::from_seed(&[seed; 32]).public().to_string()
}

fn pin(home: &Home, collector: &str, seeds: &[u8]) {
    let keys: Vec<String> = seeds.iter().copied().map(key).collect();
    fs::create_dir_all(home.path().join("etc/dxpulse")).expect("folders can be made");
    let text = format!("# Ours.\ncollector = \"{collector}\"\npublishers = \"{}\"\n", keys.join(" "));
    fs::write(home.path().join("etc/dxpulse/config.toml"), text).expect("files can be written");
}

fn run(home: &Home, arguments: &[&str]) -> Output {
    let mut command: Command = home.command();
    command.env("XDG_CONFIG_DIRS", home.path().join("etc")).args(arguments).output().expect("dxpulse can be started")
}

/// Says whether the collector's survey is among those that are listed.
fn lists_pulse(home: &Home) -> bool {
    let text = printed(&run(home, &["list", "--json"]));
    let listed: Vec<Value> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    listed.iter().any(|survey| survey["id"] == "pulse")
}

fn code_of(link: &str) -> &str {
    link.split_once('#').and_then(|(_, fragment)| fragment.split_once('.')).expect("a link has a code").0
}

/// The seed of the key that the collectors of these tests are published to with.
const PUBLISHER: u8 = 5;

#[test]
fn with_collector_and_publisher_set_for_all_a_code_is_enough() {
    let collector = Collector::open();
    let home = managed(collector.url(), &[PUBLISHER]);
    let shown = printed(&run(&home, &["config", "get", "publishers"]));
    assert!(
        shown.contains(&key(PUBLISHER)) && shown.contains("# system file") && shown.contains("dxpulse/config.toml:3"),
        "{shown}"
    );
    let joined = printed(&run(&home, &["enroll", code_of(&collector.invitation())]));
    assert!(joined.contains(&key(PUBLISHER)), "{joined}");
    assert!(lists_pulse(&home));
}

#[test]
fn a_link_that_brings_a_key_of_its_own_is_refused_before_anything_is_sent() {
    let collector = Collector::open();
    let home = managed(collector.url(), &[1]);
    let refused = run(&home, &["enroll", &collector.invitation()]);
    let told = all(&refused);
    assert_eq!(refused.status.code(), Some(2), "{told}");
    assert!(
        told.contains(&key(PUBLISHER)) && told.contains("only other publishers are pinned") && told.contains("config get"),
        "{told}"
    );
    let joined =
        collector.database().query_row("SELECT count(*) FROM people WHERE credential_hash IS NOT NULL", [], |row| row.get(0));
    assert_eq!(joined, Ok(0));
}

#[test]
fn surveys_of_a_publisher_who_is_not_pinned_are_refused_and_it_is_said_whose_they_are() {
    let collector = Collector::open();
    let home = managed(collector.url(), &[1]);
    let output = run(&home, &["enroll", code_of(&collector.invitation())]);
    let told = all(&output);
    assert!(told.contains(&format!("signed by {}, who is not", key(PUBLISHER))), "{told}");
    assert!(!lists_pulse(&home), "{told}");
    assert!(told.contains("help: whoever asks you must be pinned") && !told.contains("tried again"), "{told}");
}

#[test]
fn a_new_key_is_accepted_by_running_enroll_once_more_and_the_old_one_stays() {
    let collector = Collector::open();
    let home = managed(collector.url(), &[1]);
    let link = collector.invitation();
    run(&home, &["enroll", code_of(&link)]);
    pin(&home, collector.url(), &[PUBLISHER]);
    let told = printed(&run(&home, &["enroll", code_of(&link)]));
    assert!(told.contains("joined") && told.contains(&format!("accepted too that are signed by {}", key(PUBLISHER))), "{told}");
    printed(&run(&home, &["sync", "--now"]));
    assert!(lists_pulse(&home));
    assert!(!printed(&run(&home, &["enroll", code_of(&link)])).contains("accepted too"));
}
