//! What stands above the questions: the survey's name, title, language, budget, waves and occasions.

use super::findings::Findings;
use super::table::{Entry, Table};
use super::text::{INTRODUCTION, TITLE};
use super::visible::quote;
use super::{trigger, wave};
use crate::survey::language::is_tag;
use crate::survey::{Survey, SurveyId};

/// The longest budget, in minutes.
pub(super) const MOST_MINUTES: f64 = 60.0;

/// Reads a survey without its questions: as much as can be read, so that what stands below can be looked at as well.
pub(super) fn read(table: &Table<'_>, findings: &mut Findings<'_>) -> Option<Survey> {
    let id = table
        .need("id", "add a line such as id = \"platform-pulse\" at the top", findings)
        .and_then(|entry| id(&entry, findings));
    let title = table.need("title", "add a line such as title = \"Platform pulse\" at the top", findings);
    let title = title.and_then(|entry| entry.text(TITLE, findings));
    let introduction = table.get("introduction").map(|entry| entry.text(INTRODUCTION, findings));
    let owner = table.get("owner").map(|entry| entry.words(TITLE, findings));
    let language = table.get("language").map_or_else(|| Some("en".to_owned()), |entry| language(&entry, findings));
    let minutes = table.get("minutes").map(|entry| minutes(&entry, findings));
    let wave = wave::read(table, findings);
    let trigger = trigger::read(table, findings);
    let version = table.get("version").map_or(Some(1), |entry| entry.whole(1..=i64::from(u32::MAX), findings));
    let id = id.or_else(|| SurveyId::new("unreadable"))?;
    let language = language.unwrap_or_else(|| findings.languages.own().to_owned());
    Some(Survey {
        version: version.and_then(|version| u32::try_from(version).ok()).unwrap_or(1),
        introduction: introduction.flatten(),
        owner: owner.flatten(),
        minutes: minutes.flatten(),
        wave,
        trigger,
        ..Survey::new(id, title.unwrap_or_default(), language, Vec::new())
    })
}

fn id(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<SurveyId> {
    let written = entry.string(findings)?;
    let id = SurveyId::new(written);
    if id.is_none() {
        let help = "use up to 64 of a to z, 0 to 9 and -, starting with a letter or digit, such as \"platform-pulse\"";
        findings.report("invalid-id", entry.span.clone(), format!("{} can't name a survey", quote(written)), help);
    }
    id
}

fn language(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<String> {
    let written = entry.string(findings)?;
    if is_tag(written) {
        return Some(written.to_owned());
    }
    let help = "write a BCP 47 tag, such as \"en\", \"de\" or \"pt-BR\"";
    findings.report("invalid-language", entry.span.clone(), format!("{} is not a language tag", quote(written)), help);
    None
}

fn minutes(entry: &Entry<'_>, findings: &mut Findings<'_>) -> Option<f64> {
    let minutes = entry.number(findings)?;
    if minutes > 0.0 && minutes <= MOST_MINUTES {
        return Some(minutes);
    }
    let message = format!("`minutes` must be more than 0 and at most {MOST_MINUTES}, not {}", entry.quoted(findings));
    findings.report("out-of-range", entry.span.clone(), message, "write the minutes the survey may take, such as minutes = 0.5");
    None
}
