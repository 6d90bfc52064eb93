//! Everything that must hold for a manifest before anyone answers by it, or signs it. Who signed it is checked apart.

use serde::Deserialize;

use super::{Bundle, FORMAT, Manifest, ManifestError, Wave, is_safe};
use crate::anonymous::classes::{Class, Hierarchy, LONGEST_VALUE, SMALLEST, overlapping};
use crate::anonymous::encoding::{from_base64, shown};
use crate::anonymous::names::Part;
use crate::anonymous::private::betrayed;
use crate::anonymous::token::Key;
use crate::survey::characters::strip;
use crate::survey::{Code, Survey, parse};

/// What every form of a manifest begins with.
#[derive(Deserialize)]
struct Head {
    format: String,
}

pub(super) fn review(bundle: &Bundle) -> Result<Wave, ManifestError> {
    let manifest = read(&bundle.manifest)?;
    let survey = parse::parse(&manifest.source).map_err(|problems| {
        ManifestError::Survey(problems.first().map_or_else(String::new, |problem| problem.message.clone()))
    })?;
    check_names(&manifest, &survey)?;
    check_addresses(&manifest)?;
    if !(manifest.issue_opens <= manifest.opens && manifest.opens < manifest.closes) {
        return Err(ManifestError::Windows);
    }
    let hierarchy = Hierarchy::of(&survey);
    manifest.classes.iter().try_for_each(|class| check_class(&hierarchy, class))?;
    check_partition(&hierarchy, &manifest)?;
    check_languages(&manifest, &survey)?;
    if let Some((question, condition)) = betrayed(&survey) {
        let (question, condition) = (question.to_string(), condition.source().to_owned());
        return Err(ManifestError::Betrayed { question, condition });
    }
    let (scores, comments) = (key(&manifest.keys.scores, Part::Scores)?, key(&manifest.keys.comments, Part::Comments)?);
    if scores == comments {
        return Err(ManifestError::SameKeys);
    }
    let items = survey.hash();
    Ok(Wave { id: bundle.wave_id(), manifest, survey, items, scores, comments })
}

/// Reads a manifest in the one form that it has: no key twice, nothing between the lines.
fn read(text: &str) -> Result<Manifest, ManifestError> {
    let form = |error: serde_json::Error| ManifestError::Form(shown(&error.to_string()));
    let head: Head = serde_json::from_str(text).map_err(form)?;
    if head.format != FORMAT {
        return Err(ManifestError::Format(shown(&head.format)));
    }
    let manifest: Manifest = serde_json::from_str(text).map_err(form)?;
    if Bundle::prepare(&manifest)?.manifest == text { Ok(manifest) } else { Err(ManifestError::Text) }
}

fn check_names(manifest: &Manifest, survey: &Survey) -> Result<(), ManifestError> {
    if survey.id.as_str() != manifest.survey {
        return Err(ManifestError::OtherSurvey(shown(&manifest.survey)));
    }
    Code::new(&manifest.wave).map(|_| ()).ok_or(ManifestError::Name)
}

fn check_addresses(manifest: &Manifest) -> Result<(), ManifestError> {
    let relay = manifest.relay.as_ref();
    let mut addresses = std::iter::once(&manifest.collector).chain(relay.map(|relay| &relay.url));
    if let Some(url) = addresses.find(|url| !is_safe(url)) {
        return Err(ManifestError::Address(shown(url)));
    }
    let are_keys = |text: &str| from_base64(text).is_some_and(|keys| !keys.is_empty());
    if relay.is_none_or(|relay| are_keys(&relay.keys)) { Ok(()) } else { Err(ManifestError::RelayKeys) }
}

fn check_class(hierarchy: &Hierarchy, class: &Class) -> Result<(), ManifestError> {
    let is_value = |value: &str| !value.is_empty() && value.chars().count() <= LONGEST_VALUE && strip(value) == value;
    let fits = class.nodes.iter().all(|(segment, value)| hierarchy.segments().any(|known| known == segment) && is_value(value));
    if fits { Ok(()) } else { Err(ManifestError::Class(shown(&class.to_string()))) }
}

/// Checks that nobody is in two classes, and that no class is small: neither one of those told, nor those who are in none.
fn check_partition(hierarchy: &Hierarchy, manifest: &Manifest) -> Result<(), ManifestError> {
    let (classes, invited) = (&manifest.classes, manifest.invited);
    if let Some((one, other)) = overlapping(hierarchy, classes) {
        return Err(ManifestError::Overlap(one.to_string(), other.to_string()));
    }
    if let Some(class) = classes.iter().find(|class| class.invited < SMALLEST && !class.nodes.is_empty()) {
        return Err(ManifestError::SmallClass { class: class.to_string(), invited: class.invited });
    }
    let placed: u64 = classes.iter().map(|class| u64::from(class.invited)).sum();
    let is_everyone = classes.iter().any(|class| class.nodes.is_empty());
    let rest = u64::from(invited).checked_sub(placed);
    let is_hidden = |rest: u64| rest == 0 || !is_everyone && rest >= u64::from(SMALLEST);
    if rest.is_some_and(is_hidden) { Ok(()) } else { Err(ManifestError::Classes { classes: placed, invited }) }
}

fn check_languages(manifest: &Manifest, survey: &Survey) -> Result<(), ManifestError> {
    let is_ours = |language: &str| survey.language == language || survey.translations.iter().any(|known| known == language);
    let wrong = manifest.languages.iter().find(|(language, readers)| !is_ours(language) || **readers < SMALLEST);
    if let Some((language, _)) = wrong {
        return Err(ManifestError::Language(shown(language)));
    }
    let readers: u64 = manifest.languages.values().map(|readers| u64::from(*readers)).sum();
    let too_many = manifest.languages.keys().next().filter(|_| readers > u64::from(manifest.invited));
    too_many.map_or(Ok(()), |language| Err(ManifestError::Language(language.clone())))
}

fn key(text: &str, part: Part) -> Result<Key, ManifestError> {
    let spki = from_base64(text).ok_or(ManifestError::Key(part.name()))?;
    Key::from_spki(&spki).map_err(|_| ManifestError::Key(part.name()))
}
