//! A developer at a machine of their own: joins, answers, exchanges, and looks where each answer is.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use dxpulse::anonymous::{Digest, Receipt};
use serde_json::Value;

use super::{Collector, all, printed};
use crate::support::Home;

/// How often an exchange is asked for again while another process of the same developer is at it.
const TRIES: u32 = 600;

/// A developer.
pub(crate) struct Developer {
    pub(crate) home: Home,
}

/// A part in the outbox, as `dxpulse outbox --json` tells it.
#[derive(Debug, Clone)]
pub(crate) struct Part(pub(crate) Value);

impl Developer {
    /// Takes an invitation.
    pub(crate) fn joined(collector: &Collector) -> Self {
        let developer = Self::new();
        printed(&developer.run(["enroll", &collector.invitation()]));
        developer
    }

    /// A developer who has joined nothing yet.
    pub(crate) fn new() -> Self {
        Self { home: Home::new() }
    }

    /// Gives somebody who has a copy of all that this developer has.
    pub(crate) fn copied(&self) -> Self {
        let copy = Self::new();
        fs::create_dir_all(copy.data()).expect("folders can be made");
        for file in fs::read_dir(self.data()).expect("there is data").flatten().filter(|entry| entry.path().is_file()) {
            fs::copy(file.path(), copy.data().join(file.file_name())).expect("files can be copied");
        }
        copy
    }

    /// Runs `dxpulse`.
    pub(crate) fn run<const N: usize>(&self, arguments: [&str; N]) -> Output {
        self.home.run(arguments)
    }

    /// Answers the survey `pulse`.
    pub(crate) fn take(&self, answers: &str) {
        printed(&self.home.run_with(["take", "pulse", "--answers", "-"], answers));
    }

    /// Changes what was answered.
    pub(crate) fn edit(&self, answers: &str) {
        printed(&self.home.run_with(["edit", "pulse", "--answers", "-"], answers));
    }

    /// Exchanges everything at once; waits while another process of this developer is at it.
    pub(crate) fn try_sync(&self) -> Output {
        for _ in 0..TRIES {
            let output = self.run(["sync", "--now"]);
            if !String::from_utf8_lossy(&output.stderr).contains("another dxpulse is exchanging") {
                return output;
            }
            std::thread::yield_now();
        }
        panic!("another process never ends its exchange");
    }

    /// Exchanges everything at once, which must succeed.
    pub(crate) fn sync(&self) -> String {
        printed(&self.try_sync())
    }

    /// Gives what is in the outbox.
    pub(crate) fn outbox(&self) -> Vec<Part> {
        let text = printed(&self.run(["outbox", "--json"]));
        let rows: Vec<Value> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        rows.into_iter().map(Part).collect()
    }

    /// Gives the states of the parts in the outbox: `scores acknowledged`.
    pub(crate) fn states(&self) -> Vec<String> {
        let state = |part: Part| format!("{} {}", part.name(), part.state());
        self.outbox().into_iter().map(state).collect()
    }

    /// Looks for what was sent in the published list; says whether all of it is there, and what was told.
    pub(crate) fn verifies(&self) -> (bool, String) {
        let output = self.run(["verify"]);
        (output.status.success(), all(&output))
    }

    /// Gives the folder of the database.
    pub(crate) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }
}

impl Part {
    /// Gives `scores` or `comments`.
    pub(crate) fn name(&self) -> &str {
        self.0["part"].as_str().unwrap_or_default()
    }

    /// Gives its state.
    pub(crate) fn state(&self) -> &str {
        self.0["state"].as_str().unwrap_or_default()
    }

    /// Gives its version.
    pub(crate) fn version(&self) -> u32 {
        self.0["version"].as_u64().and_then(|version| version.try_into().ok()).unwrap_or_default()
    }

    /// Gives the receipt, if it has one.
    pub(crate) fn receipt(&self) -> Option<Receipt> {
        serde_json::from_value(self.0["receipt"].clone()).ok()
    }

    /// Gives nullifier and hash that the collector signed for.
    pub(crate) fn signed_for(&self) -> Option<(Digest, Digest)> {
        self.receipt().map(|receipt| (receipt.nullifier, receipt.payload_hash))
    }
}
