//! Where settings, surveys and stored answers live.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::environment::Environment;

/// The files and folders of dxpulse; none need exist.
///
/// `DXPULSE_HOME` puts everything of the user under one folder: `config.toml`, `surveys/` and `data/`. Without it they lie where
/// the platform has them: `$XDG_CONFIG_HOME/dxpulse/` for the first two and `$XDG_DATA_HOME/dxpulse/` for the data on Linux.
/// Files for all users are `dxpulse/config.toml` in each folder of `XDG_CONFIG_DIRS`, the first being the strongest; while that is
/// unset, `/etc/xdg/dxpulse/config.toml` and then `/etc/dxpulse/config.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The user's settings.
    pub config_file: PathBuf,
    /// The settings for all users, strongest first.
    pub system_files: Vec<PathBuf>,
    /// The folder of the user's own surveys, unless the settings name another.
    pub surveys: PathBuf,
    /// The folder of drafts and responses.
    pub data: PathBuf,
}

/// There is neither a home folder nor `DXPULSE_HOME`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cannot tell where your files belong: there is no home folder")]
pub struct NoHome;

impl Places {
    /// Finds the places for these variables.
    pub fn find(environment: &Environment) -> Result<Self, NoHome> {
        let system_files = system_files(environment);
        if let Some(home) = environment.get("DXPULSE_HOME") {
            let home = std::path::absolute(home).unwrap_or_else(|_| PathBuf::from(home));
            return Ok(Self::of(&home, home.join("data"), system_files));
        }
        let platform = ProjectDirs::from("", "", "dxpulse").ok_or(NoHome)?;
        Ok(Self::of(platform.config_dir(), platform.data_dir().to_owned(), system_files))
    }

    fn of(config: &Path, data: PathBuf, system_files: Vec<PathBuf>) -> Self {
        Self { config_file: config.join("config.toml"), system_files, surveys: config.join("surveys"), data }
    }
}

/// Lists the files for all users; a relative folder in `XDG_CONFIG_DIRS` is ignored, as its specification says.
fn system_files(environment: &Environment) -> Vec<PathBuf> {
    let folders: Vec<PathBuf> = match environment.get("XDG_CONFIG_DIRS") {
        Some(folders) => std::env::split_paths(folders).filter(|folder| folder.is_absolute()).collect(),
        None => vec!["/etc/xdg".into(), "/etc".into()],
    };
    folders.into_iter().map(|folder| folder.join("dxpulse/config.toml")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_folder_holds_everything_of_the_user() {
        let places = Places::find(&Environment::from([("DXPULSE_HOME", "/one")])).unwrap();
        assert_eq!(places.config_file, Path::new("/one/config.toml"));
        assert_eq!(places.surveys, Path::new("/one/surveys"));
        assert_eq!(places.data, Path::new("/one/data"));
        assert_eq!(places.system_files, [Path::new("/etc/xdg/dxpulse/config.toml"), Path::new("/etc/dxpulse/config.toml")]);
    }

    #[test]
    fn relative_system_folders_are_ignored() {
        let environment = Environment::from([("DXPULSE_HOME", "/one"), ("XDG_CONFIG_DIRS", "/a:b:/c")]);
        let files = Places::find(&environment).unwrap().system_files;
        assert_eq!(files, [Path::new("/a/dxpulse/config.toml"), Path::new("/c/dxpulse/config.toml")]);
    }
}
