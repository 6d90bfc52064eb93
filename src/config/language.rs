//! Which language a reader wants: as a flag or a setting says, else as the locale does.

use super::environment::Environment;
use super::problem::Refusal;
use super::settings::Settings;

/// The value that leaves the language to the locale.
pub const AUTO: &str = "auto";

/// The variables that name the locale of messages, strongest first.
const LOCALES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

impl Settings {
    /// Gives the language wanted, as a BCP 47 tag: the flag's or the setting's, else the locale's; English where that names none.
    pub fn wanted_language(&self, environment: &Environment) -> String {
        if self.language.value != AUTO {
            return self.language.value.clone();
        }
        locale(environment)
    }
}

/// Gives the language of the locale, as a tag; English where it names none.
pub fn locale(environment: &Environment) -> String {
    let locale = LOCALES.iter().find_map(|name| environment.text(name)).unwrap_or_default();
    match locale.split(['.', '@']).next() {
        None | Some("" | "C" | "POSIX") => "en".to_owned(),
        Some(name) => name.replace('_', "-"),
    }
}

/// Checks the name of a language: `auto`, or a BCP 47 tag.
///
/// # Errors
/// What it should be instead.
pub fn language(text: &str) -> Result<String, Refusal> {
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let (base, rest) = text.split_once('-').map_or((text, None), |(base, rest)| (base, Some(rest)));
    let is_base = (2..=3).contains(&base.len()) && base.bytes().all(|byte| byte.is_ascii_alphabetic());
    if text == AUTO || (is_base && rest.is_none_or(|rest| rest.split('-').all(is_part))) {
        return Ok(text.to_owned());
    }
    let message = format!("\"{text}\" is no language");
    Err(Refusal { message, help: "write a tag such as \"de\" or \"pt-BR\", or \"auto\" for that of your locale".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::super::{Key, Places};
    use super::*;

    fn settings(environment: &Environment) -> Settings {
        Settings::load_what_is_right(&Places::find(environment).unwrap(), environment).0
    }

    #[test]
    fn a_flag_outdoes_a_setting_and_a_setting_the_locale() {
        let home = tempfile::tempdir().unwrap();
        let environment = Environment::from([("LC_ALL", "ja_JP.UTF-8")]).with("DXPULSE_HOME", home.path());
        let environment = environment.with("XDG_CONFIG_DIRS", home.path());
        let wanted = |settings: &Settings| settings.wanted_language(&environment);
        assert_eq!(wanted(&settings(&environment)), "ja-JP");
        std::fs::write(home.path().join("config.toml"), "language = \"de-AT\"\n").unwrap();
        let mut settings = settings(&environment);
        assert_eq!(wanted(&settings), "de-AT");
        settings.set_by_flag(Key::Language, "fr", "--lang", &environment).unwrap();
        assert_eq!(wanted(&settings), "fr");
        settings.set_by_flag(Key::Language, "auto", "--lang", &environment).unwrap();
        assert_eq!(wanted(&settings), "ja-JP");
    }

    #[test]
    fn the_first_variable_that_is_not_empty_names_the_locale() {
        let home = tempfile::tempdir().unwrap();
        for (all, messages, lang, wanted) in [
            ("", "", "", "en"),
            ("", "", "de_DE.UTF-8", "de-DE"),
            ("", "ja_JP.eucJP", "de_DE.UTF-8", "ja-JP"),
            ("de_CH@euro", "ja_JP.UTF-8", "fr_FR", "de-CH"),
            ("C", "ja_JP.UTF-8", "de_DE.UTF-8", "en"),
            ("C.UTF-8", "", "de_DE.UTF-8", "en"),
            ("POSIX", "", "", "en"),
        ] {
            let variables = [("LC_ALL", all), ("LC_MESSAGES", messages), ("LANG", lang)];
            let environment = Environment::from(variables).with("DXPULSE_HOME", home.path());
            assert_eq!(settings(&environment).wanted_language(&environment), wanted, "{variables:?}");
        }
    }

    #[test]
    fn tags_are_taken_and_anything_else_is_refused() {
        for text in ["auto", "de", "pt-BR", "zh-Hant-TW", "gsw"] {
            assert_eq!(language(text).as_deref(), Ok(text));
        }
        for text in ["", "german", "d", "de_DE.UTF-8", "de-", "-de", "d3"] {
            assert!(language(text).is_err(), "{text}");
        }
    }
}
