//! A survey to begin with: a title and an owner become a file that is sound, and says in comments what its parts are for.
//!
//! Pure: it looks at no folder and writes nothing.

mod latin;

pub use latin::latin;

use crate::survey::SurveyId;

const TEMPLATE: &str = include_str!("survey.toml");

/// The name of the schema's file, as the first line of a new survey has it.
pub const SCHEMA_FILE: &str = "survey.schema.json";

/// The longest id that still leaves room for a number behind it.
const LONGEST: usize = 60;

/// Writes a survey; without an owner it has none.
pub fn survey(id: &SurveyId, title: &str, owner: Option<&str>) -> String {
    let owner = owner.map(|owner| format!("owner = {}\n", quoted(owner))).unwrap_or_default();
    TEMPLATE
        .replace("# My survey: ", &format!("# {title}: "))
        .replace("\"my-survey\"", &quoted(id.as_str()))
        .replace("\"My survey\"", &quoted(title))
        .replace("owner = \"My team\"\n", &owner)
}

/// Makes an id from a title, the first that isn't taken: the title itself, then with a number behind it.
pub fn id(title: &str, is_taken: impl Fn(&SurveyId) -> bool) -> SurveyId {
    let name = name(title);
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let ids = std::iter::once(name.clone()).chain(numbered).filter_map(|name| SurveyId::new(&name));
    ids.into_iter().find(|id| !is_taken(id)).expect("there is always another number")
}

/// Gives the words of a title in Latin letters with hyphens between them.
fn name(title: &str) -> String {
    let plain: String = title.chars().filter(|character| !matches!(character, '\'' | '’')).map(latin).collect();
    let mut name = String::new();
    for word in plain.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let word: String = word.to_ascii_lowercase().chars().take(LONGEST).collect();
        if name.len() + word.len() >= LONGEST && !name.is_empty() {
            break;
        }
        name = if name.is_empty() { word } else { format!("{name}-{word}") };
    }
    if name.is_empty() { "survey".to_owned() } else { name }
}

/// Quotes a text of one line; JSON and TOML agree on how.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::author::lint;
    use crate::survey::parse::parse;

    #[test]
    fn titles_become_ids() {
        for (title, expected) in [
            ("Build pulse", "build-pulse"),
            ("  How's it going?! ", "hows-it-going"),
            ("Zufriedenheit: Größe & Übersicht", "zufriedenheit-groesse-uebersicht"),
            ("Enquête développeurs", "enquete-developpeurs"),
            ("Опрос разработчиков", "opros-razrabotchikov"),
            ("Έρευνα 2026", "ereyna-2026"),
            ("ＤＸ　２０２６", "dx-2026"),
            ("開発者アンケート", "survey"),
            ("C++ 2.0", "c-2-0"),
            ("", "survey"),
        ] {
            assert_eq!(id(title, |_| false).as_str(), expected, "{title}");
        }
        let long = id(&"wörter ".repeat(40), |_| false);
        assert!(long.as_str().len() <= LONGEST && long.as_str().ends_with("-woerter"), "{long}");
        assert_eq!(id(&"x".repeat(200), |_| false).as_str(), "x".repeat(LONGEST));
    }

    #[test]
    fn a_taken_id_gets_a_number() {
        let taken = ["pulse", "pulse-2"];
        assert_eq!(id("Pulse", |id| taken.contains(&id.as_str())).as_str(), "pulse-3");
    }

    #[test]
    fn the_survey_says_what_was_asked_for_and_nothing_is_found_in_it() {
        let (pulse, title) = (SurveyId::new("pulse").unwrap(), "The \"new\" \\ pulse");
        for owner in [Some("Team \"A\""), None] {
            let text = super::survey(&pulse, title, owner);
            let survey = parse(&text).unwrap();
            assert_eq!((survey.id.as_str(), &*survey.title, survey.owner.as_deref()), ("pulse", title, owner));
            assert!(!text.contains("My survey") && !text.contains("my-survey") && !text.contains("My team"), "{text}");
            assert!(text.starts_with(&format!("#:schema ./{SCHEMA_FILE}\n")));
            let checked = lint::check("pulse.toml".to_owned(), text.into_bytes());
            assert_eq!(checked.findings, []);
        }
    }
}
