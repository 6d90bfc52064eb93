//! What every command may ask of its surroundings.

use std::path::{Path, PathBuf};

use chrono::Utc;

use crate::anonymous::encoding::to_base64;
use crate::anonymous::manifest::Relay;
use crate::collector::PROGRAM;
use crate::collector::clock;
use crate::collector::folder::{Folder, VARIABLE, read};
use crate::collector::keys;
use crate::collector::preparing::Ground;
use crate::collector::settings::Settings;
use crate::collector::store::{Location, Store, StoreError, backups};
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
        Store::open(self.location(&self.settings()?)).map_err(|error| self.database_failure(&error))
    }

    /// Says where the database is.
    pub(super) fn location(&self, settings: &Settings) -> Location {
        settings.database.clone().map_or_else(|| Location::File(self.folder.database()), Location::Server)
    }

    /// Explains a failure of the database; where it is gone or damaged, with the copy that can take its place.
    pub(super) fn database_failure(&self, error: &StoreError) -> Failure {
        let failure = Failure::new(error.to_string());
        match error {
            StoreError::Missing(_) | StoreError::Empty(_) | StoreError::Corrupt(_) if self.folder.is_set_up() => {
                failure.hint(self.restoring())
            }
            _ => failure.hint(error.hint()),
        }
    }

    /// Says how a copy is put in the place of the database.
    pub(super) fn restoring(&self) -> String {
        let settings = self.settings().ok();
        if settings.as_ref().is_some_and(|settings| settings.database.is_some()) {
            return "bring the database back from a copy that pg_dump made".to_owned();
        }
        let Some(backup) = settings.and_then(|settings| settings.backup) else {
            return "no backups are made, as [backup] in collector.toml says; put a copy of your own in its place".to_owned();
        };
        let folder = backup.folder.display();
        let quoted = |path: &Path| shell_words::quote(&path.display().to_string()).into_owned();
        match backups(&backup.folder).first() {
            None => format!("there is no copy in {folder}; set another collector up in a new folder, and invite everyone anew"),
            Some(newest) => format!(
                "stop the server and put the newest copy of {folder} in its place: rm -f {database}-*; cp {} {database}",
                quoted(newest),
                database = quoted(&self.folder.database())
            ),
        }
    }

    /// Refuses what can't be undone while the clock isn't believed.
    ///
    /// # Errors
    /// Why it isn't.
    pub(super) fn refuse_doubtful_clock(&self) -> Result<(), Failure> {
        let doubt = clock::doubt(&self.folder, Utc::now().date_naive());
        doubt.map_or(Ok(()), |doubt| Err(Failure::new(doubt.to_string()).hint(clock::REMEDY)))
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
