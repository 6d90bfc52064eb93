//! Laying one layer of settings over another.

use std::path::{Path, PathBuf};

use super::check::apply;
use super::environment::Environment;
use super::file;
use super::key::Key;
use super::language::AUTO;
use super::places::Places;
use super::problem::{Invalid, Problem};
use super::settings::{Colour, Origin, Settings, Sourced, Theme};

const DEFAULTS: &str = include_str!("defaults.toml");

impl Settings {
    /// Lays all layers but flags over one another, or gives everything wrong with them.
    pub fn load(places: &Places, environment: &Environment) -> Result<Self, Invalid> {
        let (settings, problems) = Self::load_what_is_right(places, environment);
        if problems.is_empty() { Ok(settings) } else { Err(Invalid(problems)) }
    }

    /// Lays all layers but flags over one another, leaving out what is wrong and telling it.
    pub fn load_what_is_right(places: &Places, environment: &Environment) -> (Self, Vec<Problem>) {
        let mut layers = Layers::new(places, environment);
        layers.add_files();
        layers.add_environment();
        layers.finish()
    }

    /// Lays a flag of the command line over a value; `flag` is its name, such as `--accessible`.
    pub fn set_by_flag(&mut self, key: Key, text: &str, flag: &'static str, environment: &Environment) -> Result<(), Invalid> {
        let refused = |refusal| Invalid(vec![Problem::of_named(flag, refusal)]);
        apply(self, key, &key.raw(text), Origin::Flag(flag), environment).map_err(refused)
    }
}

/// Settings while layers are laid over them, and what was wrong so far.
pub(super) struct Layers<'a> {
    places: &'a Places,
    environment: &'a Environment,
    settings: Settings,
    problems: Vec<Problem>,
}

impl<'a> Layers<'a> {
    /// Starts with the built-in defaults.
    pub(super) fn new(places: &'a Places, environment: &'a Environment) -> Self {
        Self { places, environment, settings: built_in(places), problems: Vec::new() }
    }

    /// Lays the system's files, weakest first, and the user's file over the settings.
    pub(super) fn add_files(&mut self) {
        let places = self.places;
        for path in places.system_files.iter().rev() {
            self.add_file(path, |line| Origin::System(path.clone(), line));
        }
        self.add_file(&places.config_file, |line| Origin::User(places.config_file.clone(), line));
    }

    fn add_file(&mut self, path: &Path, origin: impl Fn(usize) -> Origin) {
        let text = match file::read(path) {
            Ok(Some(text)) => text,
            Ok(None) => return,
            Err(problem) => return self.problems.push(problem),
        };
        let (entries, mut problems) = file::entries(path, &text);
        for entry in entries {
            if let Err(refusal) = apply(&mut self.settings, entry.key, &entry.raw, origin(entry.line), self.environment) {
                problems.push(Problem::in_file(path, &text, &entry.span, refusal));
            }
        }
        problems.sort_by_key(Problem::line);
        self.problems.extend(problems);
    }

    /// Lays the environment over the settings.
    pub(super) fn add_environment(&mut self) {
        for key in Key::ALL {
            let Some((name, raw)) = key.in_environment(self.environment) else { continue };
            if let Err(refusal) = apply(&mut self.settings, key, &raw, Origin::Variable(name), self.environment) {
                self.problems.push(Problem::of_named(name, refusal));
            }
        }
    }

    /// Gives the settings, with the folder of surveys filled in, and everything that was wrong.
    pub(super) fn finish(mut self) -> (Settings, Vec<Problem>) {
        if self.settings.surveys.value.as_os_str().is_empty() {
            self.settings.surveys.value.clone_from(&self.places.surveys);
        }
        (self.settings, self.problems)
    }
}

/// Gives the built-in defaults, as written in `defaults.toml`.
fn built_in(places: &Places) -> Settings {
    let fresh = |value| Sourced { value, origin: Origin::Default };
    let mut settings = Settings {
        theme: Sourced { value: Theme::Auto, origin: Origin::Default },
        colour: Sourced { value: Colour::Auto, origin: Origin::Default },
        accessible: fresh(false),
        language: Sourced { value: AUTO.to_owned(), origin: Origin::Default },
        surveys: Sourced { value: places.surveys.clone(), origin: Origin::Default },
        editor: Sourced { value: String::new(), origin: Origin::Default },
        collector: Sourced { value: String::new(), origin: Origin::Default },
        publishers: Sourced { value: String::new(), origin: Origin::Default },
        webhook: Sourced { value: String::new(), origin: Origin::Default },
        webhook_secret_file: Sourced { value: PathBuf::new(), origin: Origin::Default },
        webhook_comments: fresh(false),
        opt_out: fresh(false),
        muted: Sourced { value: String::new(), origin: Origin::Default },
        quiet_hours: Sourced { value: None, origin: Origin::Default },
        quiet_programs: Sourced { value: String::new(), origin: Origin::Default },
        presenting: fresh(false),
        ask_root: fresh(false),
    };
    let (entries, _) = file::entries(Path::new("defaults.toml"), DEFAULTS);
    for entry in entries {
        apply(&mut settings, entry.key, &entry.raw, Origin::Default, &Environment::default())
            .expect("a test reads every line of defaults.toml");
    }
    settings
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    /// A home with these files for all users (strongest first) and this file of the user; an empty text means no file.
    fn home(system: [&str; 2], user: &str) -> (TempDir, Environment) {
        let home = tempfile::tempdir().unwrap();
        let folders = ["strong", "weak"].map(|name| home.path().join(name));
        for (folder, text) in folders.iter().zip(system) {
            fs::create_dir_all(folder.join("dxpulse")).unwrap();
            write(&folder.join("dxpulse/config.toml"), text);
        }
        write(&home.path().join("config.toml"), user);
        let environment = Environment::default()
            .with("DXPULSE_HOME", home.path())
            .with("XDG_CONFIG_DIRS", std::env::join_paths(folders).unwrap())
            .with("HOME", "/home/me");
        (home, environment)
    }

    fn write(path: &Path, text: &str) {
        if !text.is_empty() {
            fs::write(path, text).unwrap();
        }
    }

    fn load(environment: &Environment) -> Result<Settings, Invalid> {
        Settings::load(&Places::find(environment).unwrap(), environment)
    }

    #[test]
    fn every_key_has_a_built_in_default() {
        let (entries, problems) = file::entries(Path::new("defaults.toml"), DEFAULTS);
        assert_eq!(problems, []);
        assert_eq!(entries.iter().map(|entry| entry.key).collect::<Vec<_>>(), Key::ALL);
        let (home, environment) = home(["", ""], "");
        let settings = load(&environment).unwrap();
        assert!(Key::ALL.iter().all(|key| *settings.origin(*key) == Origin::Default));
        let texts = Key::ALL.map(|key| settings.text(key));
        let surveys = home.path().join("surveys").display().to_string();
        assert_eq!(
            texts,
            [
                "auto",
                "auto",
                "false",
                "auto",
                surveys.as_str(),
                "",
                "",
                "",
                "",
                "",
                "false",
                "false",
                "",
                "",
                "",
                "false",
                "false"
            ]
        );
    }

    #[test]
    fn the_strongest_layer_gives_value_and_origin() {
        let light = "theme = \"light\"\n";
        let dark = "# a comment\n\ntheme = \"dark\"\n";
        let cases = [
            (["", ""], "", "", "auto", "default"),
            (["", light], "", "", "light", "system file HOME/weak/dxpulse/config.toml:1"),
            ([dark, light], "", "", "dark", "system file HOME/strong/dxpulse/config.toml:3"),
            ([light, light], dark, "", "dark", "user file HOME/config.toml:3"),
            ([dark, dark], dark, "light", "light", "environment variable DXPULSE_THEME"),
        ];
        for (system, user, variable, value, origin) in cases {
            let (home, environment) = home(system, user);
            let settings = load(&environment.with("DXPULSE_THEME", variable)).unwrap();
            let shown = settings.theme.origin.to_string().replace(home.path().to_str().unwrap(), "HOME");
            assert_eq!((settings.text(Key::Theme).as_str(), shown.as_str()), (value, origin));
        }
    }

    #[test]
    fn a_flag_beats_the_environment() {
        let (_home, environment) = home(["", ""], "");
        let environment = environment.with("DXPULSE_ACCESSIBLE", "false");
        let mut settings = load(&environment).unwrap();
        settings.set_by_flag(Key::Accessible, "true", "--accessible", &environment).unwrap();
        assert!(settings.accessible.value);
        assert_eq!(settings.accessible.origin, Origin::Flag("--accessible"));
        assert!(settings.set_by_flag(Key::Theme, "blue", "--theme", &environment).is_err());
        assert_eq!(settings.theme.origin, Origin::Default);
    }

    #[test]
    fn a_weaker_layer_keeps_what_a_stronger_one_leaves_out() {
        let (_home, environment) = home(["accessible = true", "editor = \"ed\""], "theme = \"dark\"");
        let settings = load(&environment).unwrap();
        assert_eq!((settings.accessible.value, settings.editor.value.as_str(), settings.theme.value), (true, "ed", Theme::Dark));
    }

    #[test]
    fn folders_start_at_home_or_beside_the_file_that_names_them() {
        for (written, expected) in [
            ("~/mine", "/home/me/mine"),
            ("~", "/home/me/"),
            ("/absolute", "/absolute"),
            ("team", "HOME/team"),
            ("", "HOME/surveys"),
        ] {
            let (home, environment) = home(["", ""], &format!("surveys = \"{written}\""));
            let shown = load(&environment).unwrap().text(Key::Surveys).replace(home.path().to_str().unwrap(), "HOME");
            assert_eq!(shown, expected, "{written:?}");
        }
    }

    #[test]
    fn each_mistake_is_told_with_its_place_and_remedy() {
        for (line, place, message, help) in [
            ("thme = \"dark\"", "1:1", "unknown key `thme`", "did you mean `theme`?"),
            ("[theme]", "1:1", "`theme` takes text, not a table", "write text in quotes: `theme = \"…\"`"),
            ("theme = \"drak\"", "1:9", "`theme` takes \"auto\", \"dark\" or \"light\", not \"drak\"", "did you mean \"dark\"?"),
            (
                "colour = \"x\"",
                "1:10",
                "`colour` takes \"auto\", \"always\" or \"never\", not \"x\"",
                "write \"auto\", \"always\" or \"never\"",
            ),
            (
                "opt_out = \"yes\"",
                "1:11",
                "`opt_out` takes true or false, not \"yes\"",
                "write `opt_out = true` or `opt_out = false`, without quotes",
            ),
            (
                "accessible = 1",
                "1:14",
                "`accessible` takes true or false, not a number",
                "write `accessible = true` or `accessible = false`, without quotes",
            ),
            ("editor = [\"vi\"]", "1:10", "`editor` takes text, not an array", "write text in quotes: `editor = \"…\"`"),
            (
                "editor = \"'vi\"",
                "1:10",
                "`editor` has an open quote: 'vi",
                "close the quote, as in \"code --wait\" or \"'/opt/my editor' -n\"",
            ),
            ("editor = \"vi\\u001b\"", "1:10", "`editor` holds a control character", "write the value anew, in one line"),
        ] {
            let (home, environment) = home(["", ""], line);
            let Invalid(problems) = load(&environment).unwrap_err();
            assert_eq!(problems.len(), 1, "{line}: {problems:?}");
            assert_eq!(problems[0].place(), format!("{}:{place}", home.path().join("config.toml").display()), "{line}");
            assert_eq!((problems[0].message.as_str(), problems[0].help.as_str()), (message, help), "{line}");
        }
    }

    #[test]
    fn mistakes_of_all_layers_are_told_at_once_and_the_rest_still_counts() {
        let (_home, environment) = home(["theme = 1", "nonsense = 1"], "accessible = true\nopt_out = 3\nthme = 1");
        let environment = environment.with("DXPULSE_COLOUR", "blue");
        let (settings, problems) = Settings::load_what_is_right(&Places::find(&environment).unwrap(), &environment);
        assert_eq!(problems.len(), 5, "{problems:?}");
        assert_eq!(problems[4].place(), "DXPULSE_COLOUR");
        assert!(settings.accessible.value);
    }

    #[test]
    fn a_line_that_is_no_toml_does_not_hide_the_mistakes_of_others() {
        let text = "thme = 1\ntheme = \"drak\"\ntheme = \"dark\"\ncolour = \ncolor = 1\n";
        let (_home, environment) = home(["", ""], text);
        let Invalid(problems) = load(&environment).unwrap_err();
        let told: Vec<_> = problems.iter().map(|it| it.place().rsplit(':').nth(1).unwrap().to_owned()).collect();
        assert_eq!(told, ["1", "2", "3", "4", "5"], "{problems:?}");
    }

    #[test]
    fn a_file_that_is_no_toml_or_no_text_is_told() {
        for text in ["theme = ", "theme \"dark\"", "theme = \"dark", "theme = \"dark\"\ntheme = \"light\"", "= = =", "[[[["] {
            let (_home, environment) = home(["", ""], text);
            assert!(load(&environment).is_err(), "{text}");
        }
        let (home, environment) = home(["", ""], "");
        fs::write(home.path().join("config.toml"), b"theme = \"\xff\"").unwrap();
        assert!(load(&environment).unwrap_err().to_string().ends_with("make it a readable text file, or remove it"));
        fs::remove_file(home.path().join("config.toml")).unwrap();
        fs::create_dir(home.path().join("config.toml")).unwrap();
        assert!(load(&environment).unwrap_err().to_string().contains("cannot be read: Is a directory"));
    }
}
