//! What every command may ask of its surroundings.

use std::path::PathBuf;

use crate::anonymous::encoding::to_base64;
use crate::anonymous::manifest::Relay;
use crate::collector::PROGRAM;
use crate::collector::folder::{Folder, VARIABLE, read};
use crate::collector::keys;
use crate::collector::preparing::Ground;
use crate::collector::settings::Settings;
use crate::collector::store::Store;
use crate::report::{self, Failure};

/// The surroundings of a command; files are only looked at when asked.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) folder: Folder,
}

impl Context {
    /// Takes the folder of the command line, else that of the environment.
    pub(super) fn find(folder: Option<PathBuf>) -> Result<Self, Failure> {
        let named = || std::env::var_os(VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
        let unnamed =
            || Failure::usage("the collector's folder is not named").hint(format!("give --data FOLDER, or set {VARIABLE}"));
        Ok(Self { folder: Folder::new(folder.or_else(named).ok_or_else(unnamed)?) })
    }

    /// Reads the settings.
    pub(super) fn settings(&self) -> Result<Settings, Failure> {
        let path = self.folder.settings();
        let missing = || {
            Failure::new(format!("there is no collector in {}", self.folder.path().display()))
                .hint("name its folder with --data, or set one up with `dxpulse-collector init --url https://…`")
        };
        let text = read(&path)?.ok_or_else(missing)?;
        Ok(Settings::read(&path, &text)?)
    }

    /// Opens the database.
    pub(super) fn store(&self) -> Result<Store, Failure> {
        Ok(Store::open(&self.folder.database())?)
    }

    /// Gives what is the same in every manifest.
    pub(super) fn ground(&self, settings: &Settings) -> Result<Ground, Failure> {
        let receipt_key = keys::receipt_key(&self.folder)?.public();
        let relay = match &settings.relay {
            None => None,
            Some(url) => {
                let keys = keys::published_ohttp_keys(&keys::ohttp_keys(&self.folder)?);
                let keys = keys.ok_or_else(|| Failure::new("the keys of the relay can't be written"))?;
                Some(Relay { url: url.clone(), keys: to_base64(&keys) })
            }
        };
        Ok(Ground { url: settings.url.clone(), receipt_key, relay })
    }
}

/// Tells something beside the output, such as what is being done.
pub(super) fn note(text: &str) {
    report::note(PROGRAM, text);
}
