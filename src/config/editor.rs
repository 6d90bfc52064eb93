//! Which editor a text answer is given to.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::environment::Environment;
use super::settings::Settings;

/// An editor that can be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    /// The program, as found on PATH.
    pub program: PathBuf,
    /// What stands before the name of the file to edit.
    pub arguments: Vec<String>,
    /// Who chose it, such as `$VISUAL`.
    pub chosen_by: String,
}

/// Why there is no editor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditorError {
    /// The chosen program is not there.
    #[error("there is no program `{command}`, which {chosen_by} asks for")]
    Missing {
        /// The command as chosen.
        command: String,
        /// Who chose it.
        chosen_by: String,
    },
    /// The command cannot be split into words.
    #[error("{chosen_by} has an open quote: {command}")]
    OpenQuote {
        /// The command as chosen.
        command: String,
        /// Who chose it.
        chosen_by: String,
    },
    /// Nobody chose one, and neither vi nor nano is there.
    #[error("no editor is chosen, and neither vi nor nano is there")]
    None,
}

impl Editor {
    /// Finds the editor: the setting, then `$VISUAL`, then `$EDITOR`, then vi or nano.
    pub fn find(settings: &Settings, environment: &Environment) -> Result<Self, EditorError> {
        let setting = Some(settings.editor.value.clone()).filter(|command| !command.is_empty());
        let setting = setting.map(|command| (command, "the setting `editor`".to_owned()));
        let variable =
            |name: &str| environment.text(name).filter(|text| !text.trim().is_empty()).map(|text| (text, format!("${name}")));
        match setting.or_else(|| variable("VISUAL")).or_else(|| variable("EDITOR")) {
            Some((command, chosen_by)) => Self::chosen(&command, chosen_by, environment),
            None => Self::usual(environment),
        }
    }

    fn chosen(command: &str, chosen_by: String, environment: &Environment) -> Result<Self, EditorError> {
        let Ok(mut words) = shell_words::split(command) else {
            return Err(EditorError::OpenQuote { command: command.to_owned(), chosen_by });
        };
        let name = if words.is_empty() { String::new() } else { words.remove(0) };
        match on_path(&name, environment) {
            Some(program) => Ok(Self { program, arguments: words, chosen_by }),
            None => Err(EditorError::Missing { command: name, chosen_by }),
        }
    }

    fn usual(environment: &Environment) -> Result<Self, EditorError> {
        let found = ["vi", "nano"].into_iter().find_map(|name| on_path(name, environment));
        let program = found.ok_or(EditorError::None)?;
        Ok(Self { program, arguments: Vec::new(), chosen_by: "default".to_owned() })
    }
}

/// Finds a program the way a shell does: a name with a slash is a path, any other is looked up in `PATH`.
fn on_path(name: &str, environment: &Environment) -> Option<PathBuf> {
    if name.contains('/') {
        return Some(PathBuf::from(name)).filter(|path| is_program(path));
    }
    let folders = std::env::split_paths(environment.get("PATH").unwrap_or(OsStr::new("")));
    folders.filter(|_| !name.is_empty()).map(|folder| folder.join(name)).find(|path| is_program(path))
}

fn is_program(path: &Path) -> bool {
    path.is_file() && rustix::fs::access(path, rustix::fs::Access::EXEC_OK).is_ok()
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::config::Places;

    #[test]
    fn the_setting_comes_before_visual_before_editor_before_vi_and_nano() {
        let home = tempfile::tempdir().unwrap();
        for (name, mode) in [("vi", 0o755), ("nano", 0o755), ("mine", 0o755), ("text", 0o644)] {
            fs::write(home.path().join(name), "").unwrap();
            fs::set_permissions(home.path().join(name), Permissions::from_mode(mode)).unwrap();
        }
        let missing = |command: &str, by: &str| format!("there is no program `{command}`, which {by} asks for");
        for (setting, visual, editor, expected) in [
            ("", "", "", Ok(("vi", "default"))),
            ("", "", "nano -w", Ok(("nano", "$EDITOR"))),
            ("", "mine", "nano", Ok(("mine", "$VISUAL"))),
            ("'nano' --view", "mine", "", Ok(("nano", "the setting `editor`"))),
            ("", "absent", "nano", Err(missing("absent", "$VISUAL"))),
            ("", "", "text", Err(missing("text", "$EDITOR"))),
            ("", "'open", "", Err("$VISUAL has an open quote: 'open".to_owned())),
        ] {
            let environment = Environment::from([("DXPULSE_EDITOR", setting), ("VISUAL", visual), ("EDITOR", editor)]);
            let environment = environment.with("PATH", home.path()).with("DXPULSE_HOME", home.path());
            let settings = Settings::load(&Places::find(&environment).unwrap(), &environment).unwrap();
            let found = Editor::find(&settings, &environment).map_err(|error| error.to_string());
            let expected = expected.map(|(name, by)| (home.path().join(name), by.to_owned()));
            assert_eq!(found.map(|it| (it.program, it.chosen_by)), expected, "{setting} {visual} {editor}");
        }
    }
}
