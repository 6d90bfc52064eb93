//! A developer whose answers go to a webhook.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::support::{Home, settings};

pub(crate) const SECRET: &str = "0123456789abcdef0123456789abcdef";

const MINE: &str = r#"
id = "mine"
title = "Mine"

[[question]]
id = "role"
type = "single"
text = "What do you do?"
demographic = true
choices = [{ code = "dev", label = "Develop" }, { code = "lead", label = "Lead" }]

[[question]]
id = "nps"
type = "nps"
text = "How likely?"

[[question]]
id = "why"
type = "text"
text = "Why?"
"#;

pub(crate) const ANSWERS: &str = r#"{ "role": "lead", "nps": 3, "why": "the builds are slow" }"#;

pub(crate) struct Developer {
    pub(crate) home: Home,
    variables: Vec<(&'static str, String)>,
}

impl Developer {
    /// A developer with a survey of their own and a secret, whose answers go to this address.
    pub(crate) fn new(address: &str) -> Self {
        let developer = Self { home: Home::new(), variables: Vec::new() };
        fs::create_dir_all(developer.home.path().join("surveys")).unwrap();
        fs::write(developer.home.path().join("surveys/mine.toml"), MINE).unwrap();
        developer.set_secret(SECRET, 0o600);
        let secret = developer.secret().to_str().unwrap().to_owned();
        developer.with("DXPULSE_WEBHOOK", address).with("DXPULSE_WEBHOOK_SECRET_FILE", &secret)
    }

    /// The same developer on another machine.
    pub(crate) fn elsewhere(&self) -> Self {
        Self { home: Home::new(), variables: self.variables.clone() }
    }

    /// Sets a variable of every command from now on.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.variables.retain(|(known, _)| *known != name);
        self.variables.push((name, value.to_owned()));
        self
    }

    pub(crate) fn secret(&self) -> PathBuf {
        self.home.path().join("secret")
    }

    pub(crate) fn set_secret(&self, secret: &str, mode: u32) {
        fs::write(self.secret(), format!("{secret}\n")).unwrap();
        fs::set_permissions(self.secret(), Permissions::from_mode(mode)).unwrap();
    }

    pub(crate) fn output(&self, arguments: &[&str], input: &str) -> Output {
        let file = self.home.path().join("input");
        fs::write(&file, input).unwrap();
        let mut command = self.home.command();
        command.envs(settings(&self.home)).envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.args(arguments).stdin(fs::File::open(file).unwrap()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.output().unwrap()
    }

    /// Runs a command that must succeed, and gives what it printed.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> String {
        let output = self.output(arguments, ANSWERS);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a command that must fail, and gives what it said.
    pub(crate) fn fail(&self, arguments: &[&str]) -> String {
        let output = self.output(arguments, ANSWERS);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    pub(crate) fn answer(&self) {
        self.succeed(&["take", "mine", "--again", "--answers", "-"]);
    }

    pub(crate) fn outbox(&self) -> Vec<Value> {
        serde_json::from_str(&self.succeed(&["outbox", "--json"])).unwrap()
    }

    pub(crate) fn states(&self) -> Vec<String> {
        self.outbox().iter().map(|event| event["state"].as_str().unwrap().to_owned()).collect()
    }
}
