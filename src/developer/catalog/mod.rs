//! Which surveys there are: the bundled ones, and the `*.toml` files of a folder of the user's own.
//!
//! One bad file never hides the others: it's reported, and asking for it gives its problems. A file with the id of a
//! bundled survey replaces it. Hidden files, lock files and folders inside are left alone.

mod error;
mod folder;
mod index;
mod library;
mod published;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

pub use error::CatalogError;
pub use library::BUNDLED;

use chrono::NaiveDate;

use crate::anonymous::WaveId;
use crate::developer::store::KnownWave;
use crate::survey::nearest::nearest;
use crate::survey::parse;
use crate::survey::{Survey, SurveyId, Text, Translation, Trigger, Wave};
use folder::{Refused, names, read};
use index::{INDEX, Indexed, TRANSLATED};
use library::OPEN_FROM_THE_START;
use published::published;

/// The surveys that can be asked for by id.
#[derive(Debug)]
pub struct Catalog {
    listed: Vec<Listed>,
    /// The language titles are given in; each survey's own without one.
    language: Option<String>,
    refused: Vec<(Option<SurveyId>, CatalogError)>,
}

/// A survey that is there: what lists say of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The survey's name, the same in every version.
    pub id: SurveyId,
    /// The number the author raises with each change.
    pub version: u32,
    /// The heading a respondent reads.
    pub title: Text,
    /// The minutes it takes, budgeted by its author or estimated.
    pub minutes: f64,
    /// When it is asked again.
    pub wave: Option<Wave>,
    /// Where it's from.
    pub origin: Origin,
    /// Whether it is answered on another machine, to which its collector's enrolment was moved.
    pub is_elsewhere: bool,
    /// What it waits for; of a bundled one only whether it does is known.
    pub trigger: Option<Trigger>,
    /// The days in which newcomers aren't asked, where it says so.
    pub grace_days: Option<u32>,
    has_occasion: bool,
    source: Cow<'static, str>,
}

impl Listed {
    /// Says whether it waits for its occasion, or to be asked for by name, rather than being open.
    ///
    /// What a team put into its folder is open. Of the bundled surveys, most serve one purpose that only the team knows.
    pub fn is_on_request(&self) -> bool {
        let is_bundled = self.origin == Origin::Bundled;
        self.has_occasion || (is_bundled && !OPEN_FROM_THE_START.contains(&self.id.as_str()))
    }
}

/// Where a survey is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The program itself.
    Bundled,
    /// A file.
    File(PathBuf),
    /// A collector's wave, signed by its publisher.
    Wave(WaveId),
}

/// A survey that was asked for.
#[derive(Debug, Clone)]
pub struct Found {
    /// What it was asked for by: its id, or the path of its file.
    pub name: String,
    /// The survey.
    pub survey: Survey,
    /// Its text, as its author wrote it.
    pub source: String,
    /// Where it's from.
    pub origin: Origin,
}

impl Catalog {
    /// Looks through the bundled surveys and a folder of the user's own, which need not be there.
    pub fn open(folder: &Path) -> Self {
        let (mut files, mut refused) = (Vec::new(), Vec::new());
        match names(folder) {
            Ok(paths) => paths.into_iter().for_each(|path| match list(&path) {
                Ok(listed) => files.push(listed),
                Err((id, error)) => refused.push((id, error)),
            }),
            Err(error) => refused.push((None, error)),
        }
        refused.extend(repeated(&files).into_iter().map(|(id, error)| (Some(id), error)));
        files.retain(|file| !is_refused(&refused, &file.id));
        let mut listed: Vec<Listed> = BUNDLED.iter().zip(INDEX).filter_map(|(survey, of)| bundled(*survey, of)).collect();
        listed.retain(|survey| !is_refused(&refused, &survey.id));
        for file in files {
            match listed.iter_mut().find(|known| known.id == file.id) {
                Some(known) => *known = file,
                None => listed.push(file),
            }
        }
        Self { listed, language: None, refused }
    }

    /// Adds the waves of collectors; a survey that is published takes the place of one of the same id.
    #[must_use]
    pub fn with_waves(mut self, waves: Vec<KnownWave>, today: NaiveDate) -> Self {
        for survey in published(waves, today) {
            self.refused.retain(|(id, _)| id.as_ref() != Some(&survey.id));
            match self.listed.iter_mut().find(|known| known.id == survey.id) {
                Some(known) => *known = survey,
                None => self.listed.push(survey),
            }
        }
        self
    }

    /// Gives titles in a language from now on, as far as they have it.
    #[must_use]
    pub fn speaking(self, language: &str) -> Self {
        Self { language: Some(language.to_owned()), ..self }
    }

    /// Gives a title in the language of the catalog.
    pub fn title<'a>(&self, title: &'a Text) -> &'a str {
        self.language.as_deref().map_or(title, |language| title.get(language))
    }

    /// Gives the surveys that are there: the bundled ones first, then files by name.
    pub fn listed(&self) -> &[Listed] {
        &self.listed
    }

    /// Gives what is wrong with files of the user's folder.
    pub fn problems(&self) -> impl Iterator<Item = &CatalogError> {
        self.refused.iter().map(|(_, error)| error)
    }

    /// Finds a survey by its id, or reads a file; what contains `/` or ends in `.toml` is a path.
    ///
    /// # Errors
    /// When there is no such survey, or its file can't be read or has problems.
    pub fn find(&self, name: &str) -> Result<Found, CatalogError> {
        self.find_among(name, [])
    }

    /// Finds a survey as [`Catalog::find`] does; an unknown name may be meant for one of `others` too.
    ///
    /// # Errors
    /// As [`Catalog::find`].
    pub fn find_among<'a>(&'a self, name: &str, others: impl IntoIterator<Item = &'a str>) -> Result<Found, CatalogError> {
        if name.contains('/') || name.ends_with(".toml") {
            let path = PathBuf::from(name);
            let (survey, source) = read(&path).map_err(|(_, error)| error)?;
            return Ok(Found { name: name.to_owned(), survey, source, origin: Origin::File(path) });
        }
        if let Some((_, error)) = self.refused.iter().find(|(id, _)| id.as_ref().is_some_and(|id| id.as_str() == name)) {
            return Err(error.clone());
        }
        let listed = self.listed.iter().find(|survey| survey.id.as_str() == name);
        let listed = listed.ok_or_else(|| self.unknown(name, others))?;
        // A listed file was found sound when it was listed, and those in the program are proved so by the tests.
        let mut survey = parse::known_sound(&listed.source).ok_or_else(|| self.unknown(name, []))?;
        survey.wave.clone_from(&listed.wave);
        let source = listed.source.clone().into_owned();
        Ok(Found { name: name.to_owned(), survey, source, origin: listed.origin.clone() })
    }

    fn unknown<'a>(&'a self, name: &str, others: impl IntoIterator<Item = &'a str>) -> CatalogError {
        let known = self.listed.iter().map(|survey| survey.id.as_str());
        let nearest = nearest(name, known.chain(others), &[]);
        CatalogError::Unknown { name: name.to_owned(), nearest: nearest.map(str::to_owned) }
    }
}

fn list(path: &Path) -> Result<Listed, Refused> {
    let (survey, source) = read(path)?;
    Ok(listed(survey, Origin::File(path.to_owned()), source.into()))
}

fn listed(survey: Survey, origin: Origin, source: Cow<'static, str>) -> Listed {
    let (minutes, has_occasion) = (survey.minutes(), survey.trigger.is_some());
    let Survey { id, version, title, wave, trigger, grace_days, .. } = survey;
    Listed { id, version, title, minutes, wave, origin, is_elsewhere: false, trigger, grace_days, has_occasion, source }
}

fn bundled((id, source): (&str, &'static str), of: &Indexed) -> Option<Listed> {
    let [own, others @ ..] = of.title;
    let translation = |(language, text): (&str, &str)| Translation {
        language: language.to_owned(),
        text: text.to_owned(),
        ..Translation::default()
    };
    Some(Listed {
        id: SurveyId::new(id)?,
        version: of.version,
        title: Text::new(own, 0..0, TRANSLATED.into_iter().zip(others).map(translation).collect()),
        minutes: of.minutes,
        wave: Some(Wave::Every(of.cadence)),
        origin: Origin::Bundled,
        is_elsewhere: false,
        trigger: None,
        grace_days: None,
        has_occasion: of.has_occasion,
        source: source.into(),
    })
}

fn repeated(files: &[Listed]) -> Vec<(SurveyId, CatalogError)> {
    let mut found: Vec<(SurveyId, CatalogError)> = Vec::new();
    for Listed { id, .. } in files {
        let same = files.iter().filter(|file| file.id == *id);
        let path = |file: &Listed| if let Origin::File(path) = &file.origin { Some(path.clone()) } else { None };
        let paths: Vec<PathBuf> = same.filter_map(path).collect();
        if paths.len() > 1 && !found.iter().any(|(known, _)| known == id) {
            found.push((id.clone(), CatalogError::Repeated { id: id.clone(), paths }));
        }
    }
    found
}

fn is_refused(refused: &[Refused], id: &SurveyId) -> bool {
    refused.iter().any(|(known, _)| known.as_ref() == Some(id))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::survey::parse::MOST_BYTES;

    fn toml(id: &str, title: &str) -> String {
        format!("id = \"{id}\"\ntitle = \"{title}\"\n\n[[question]]\nid = \"q\"\ntype = \"nps\"\ntext = \"How likely?\"\n")
    }

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        files.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).unwrap());
        folder
    }

    fn ids(catalog: &Catalog) -> Vec<&str> {
        catalog.listed().iter().map(|survey| survey.id.as_str()).collect()
    }

    fn bundled_ids() -> Vec<&'static str> {
        BUNDLED.iter().map(|(id, _)| *id).collect()
    }

    #[test]
    fn bundled_surveys_are_valid_and_listed_as_they_are() {
        let catalog = Catalog::open(Path::new("/nowhere/at/all"));
        assert_eq!(ids(&catalog), bundled_ids());
        assert_eq!(catalog.problems().count(), 0);
        for (survey, (id, source)) in catalog.listed().iter().zip(BUNDLED) {
            let whole = parse::parse(source).expect("a bundled survey is valid");
            // What it waits for in detail is of no use: nobody is asked what comes with the program.
            let said = Listed { trigger: None, grace_days: None, ..listed(whole.clone(), Origin::Bundled, (*source).into()) };
            assert_eq!(*survey, said, "index.rs says what {id}.toml doesn't");
            let found = catalog.find(id).unwrap();
            assert_eq!((found.survey, found.source.as_str(), found.origin), (whole, *source, Origin::Bundled));
        }
    }

    #[test]
    fn what_is_for_everyone_or_in_a_folder_is_open_and_the_rest_waits_to_be_asked_for() {
        let at_the_event = toml("own-event", "At an event").replace("\n\n", "\n[trigger]\nevent = [\"deploy.finished\"]\n\n");
        let own = [("a.toml", toml("mine", "Mine")), ("b.toml", at_the_event), ("c.toml", toml("time-saved", "Ours"))];
        let own = folder(&own.each_ref().map(|(name, text)| (*name, text.as_str())));
        let catalog = Catalog::open(own.path());
        let open = |survey: &&Listed| !survey.is_on_request();
        let open: Vec<&str> = catalog.listed().iter().filter(open).map(|survey| survey.id.as_str()).collect();
        assert_eq!(open, ["platform-pulse", "developer-experience", "time-saved", "mine"]);
    }

    #[test]
    fn bad_files_are_reported_and_the_others_are_there() {
        let large = format!("{}{}", toml("large", "Large"), "#".repeat(MOST_BYTES));
        let folder = folder(&[
            ("b.toml", &toml("mine", "Mine")),
            ("a.toml", &toml("another", "Another")),
            ("bad.toml", "id = "),
            ("large.toml", &large),
            ("b.lock.toml", "not = a survey"),
            (".hidden.toml", "neither"),
            ("notes.txt", "nor this"),
        ]);
        fs::create_dir(folder.path().join("folder.toml")).unwrap();
        fs::write(folder.path().join("latin.toml"), b"id = \"\xff\"").unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("link.toml")).unwrap();
        let catalog = Catalog::open(folder.path());
        assert_eq!(ids(&catalog)[BUNDLED.len()..], ["another", "mine"]);
        let said: Vec<String> = catalog.problems().map(ToString::to_string).collect();
        assert_eq!(said.len(), 4, "{said:?}");
        assert!(matches!(catalog.find("bad"), Err(error @ CatalogError::Invalid { .. }) if error.details(false).is_some()));
        assert!(matches!(catalog.find("large"), Err(CatalogError::TooLarge { .. })));
        assert!(matches!(catalog.find("latin"), Err(CatalogError::NotText { .. })));
        assert!(matches!(catalog.find("link"), Err(CatalogError::Unreadable { .. })));
    }

    #[test]
    fn own_survey_replaces_a_bundled_one_and_a_broken_one_is_not_silently_passed_over() {
        let own = folder(&[("x.toml", &toml("first-deployment", "Our own"))]);
        let catalog = Catalog::open(own.path());
        assert_eq!(ids(&catalog), bundled_ids());
        let found = catalog.find("first-deployment").unwrap();
        assert_eq!(found.survey.title, "Our own");
        assert_eq!(found.origin, Origin::File(own.path().join("x.toml")));
        let broken = folder(&[("x.toml", &format!("{}strange = 1\n", toml("first-deployment", "Our own")))]);
        let catalog = Catalog::open(broken.path());
        assert!(!ids(&catalog).contains(&"first-deployment"));
        assert!(matches!(catalog.find("first-deployment"), Err(CatalogError::Invalid { .. })));
    }

    #[test]
    fn two_files_with_one_id_are_both_named_and_neither_is_taken() {
        let folder = folder(&[("a.toml", &toml("same", "A")), ("b.toml", &toml("same", "B"))]);
        let catalog = Catalog::open(folder.path());
        assert_eq!(ids(&catalog), bundled_ids());
        let said = catalog.find("same").unwrap_err().to_string();
        assert!(said.contains("a.toml") && said.contains("b.toml"), "{said}");
        assert_eq!(catalog.problems().count(), 1);
    }

    #[test]
    fn unknown_names_are_answered_with_the_nearest_or_with_what_shows_all() {
        let catalog = Catalog::open(Path::new("/nowhere/at/all"));
        let hint = |name| catalog.find(name).unwrap_err().hint();
        assert_eq!(hint("platform-puls"), "did you mean `platform-pulse`?");
        assert!(hint("zzz").contains("`dxpulse list`"));
    }

    #[test]
    fn paths_are_read_wherever_they_are() {
        let folder = folder(&[("mine.toml", &toml("mine", "Mine"))]);
        let catalog = Catalog::open(Path::new("/nowhere/at/all"));
        let path = folder.path().join("mine.toml");
        assert_eq!(catalog.find(path.to_str().unwrap()).unwrap().survey.title, "Mine");
        assert!(matches!(catalog.find("./no-such.toml"), Err(CatalogError::Unreadable { .. })));
        assert!(matches!(catalog.find("no-such.toml"), Err(CatalogError::Unreadable { .. })));
    }
}
