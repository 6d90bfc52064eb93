//! A survey against its lock, one edit after the other.

use super::*;
use crate::author::lock::{Said, lock};
use crate::survey::{Item, Trend, parse};

const BASE: &str = "\
id = \"pulse\"
title = { en = \"Pulse\", de = \"Puls\" }
version = 1

[[question]]
id = \"nps\"
type = \"nps\"
text = { en = \"How likely?\", de = \"Wie wahrscheinlich?\" }

[[question]]
id = \"why\"
type = \"text\"
text = { en = \"Why?\", de = \"Warum?\" }
";

/// Pieces of the survey, each with what replaces it.
type Pieces<'p> = &'p [(&'p str, &'p str)];

/// Reads the survey with some pieces replaced.
fn survey(pieces: Pieces<'_>) -> Survey {
    let source = pieces.iter().fold(BASE.to_owned(), |source, (from, to)| {
        assert!(source.contains(from), "{from}");
        source.replacen(from, to, 1)
    });
    parse::parse(&source).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.code).collect()
}

const V2: (&str, &str) = ("version = 1", "version = 2");
const MENDED: (&str, &str) = ("\"How likely?\"", "\"How very likely?\"");
const CONTINUES: (&str, &str) = ("type = \"nps\"", "type = \"nps\"\ntrend = \"continue\"");
const BREAKS: (&str, &str) = ("type = \"nps\"", "type = \"nps\"\ntrend = \"break\"");
const OTHER_GERMAN: (&str, &str) = ("Wie wahrscheinlich?", "Wie sehr?");
const SWISS: (&str, &str) = ("de = \"Wie wahrscheinlich?\"", "de = \"Wie wahrscheinlich?\", de-CH = \"Wie?\"");
const RATING: (&str, &str) = ("type = \"nps\"", "type = \"rating\"");
const RENAMED: (&str, &str) = ("id = \"why\"", "id = \"reason\"");
const LATER: (&str, &str) = (
    "[[question]]\nid = \"nps\"",
    "[[question]]\nid = \"first\"\ntype = \"boolean\"\ntext = { en = \"Yes?\", de = \"Ja?\" }\n\n[[question]]\nid = \"nps\"",
);
const WITHOUT: (&str, &str) = ("\n[[question]]\nid = \"why\"\ntype = \"text\"\ntext = { en = \"Why?\", de = \"Warum?\" }\n", "");

#[test]
fn every_change_needs_a_raised_version_and_a_changed_question_a_word_on_its_trend() {
    let locked = lock(&survey(&[]), None);
    let cases: [(Pieces, &[&str]); 18] = [
        (&[], &[]),
        (&[V2], &[]),
        (&[MENDED], &["version-not-raised", "changed-item"]),
        (&[MENDED, V2], &["changed-item"]),
        (&[MENDED, V2, CONTINUES], &["lock-behind"]),
        (&[MENDED, V2, BREAKS], &["lock-behind"]),
        (&[OTHER_GERMAN, V2], &["changed-item"]),
        (&[OTHER_GERMAN, CONTINUES], &["version-not-raised"]),
        (&[SWISS], &["lock-behind"]),
        (&[CONTINUES, V2], &["unused-trend"]),
        (&[RATING, V2], &["reused-id"]),
        (&[RATING], &["version-not-raised", "reused-id"]),
        (&[RENAMED, V2], &["renamed-item"]),
        (&[LATER], &["version-not-raised"]),
        (&[LATER, V2], &["lock-behind"]),
        (&[WITHOUT], &["version-not-raised", "removed-item"]),
        (&[WITHOUT, V2], &["removed-item"]),
        (&[("id = \"pulse\"", "id = \"pulse-2\"")], &["another-survey"]),
    ];
    for (pieces, expected) in cases {
        assert_eq!(codes(&compare(&survey(pieces), &locked)), expected, "{pieces:?}");
    }
    let raised = lock(&survey(&[V2]), Some(&locked));
    assert_eq!(codes(&compare(&survey(&[]), &raised)), ["version-not-raised"], "a version never goes back");
}

#[test]
fn a_finding_points_at_the_question_and_says_what_to_write() {
    let locked = lock(&survey(&[]), None);
    let found = compare(&survey(&[MENDED, OTHER_GERMAN, V2]), &locked).remove(0);
    assert_eq!(found.message, "`nps` asks something else than in version 1");
    assert!(found.help.contains("trend = \"continue\"") && found.keeps_from_locking && !found.place.is_empty());
    let found = compare(&survey(&[OTHER_GERMAN, V2]), &locked).remove(0);
    assert_eq!(found.message, "`nps` asks something else in de than in version 1");
    let found = compare(&survey(&[RENAMED, V2]), &locked).remove(0);
    assert_eq!((found.message.as_str(), found.keeps_from_locking), ("`why` is called `reason` now", true));
    let found = compare(&survey(&[WITHOUT, V2]), &locked).remove(0);
    assert_eq!((found.question.as_ref().map(QuestionId::as_str), found.keeps_from_locking), (Some("why"), false));
}

#[test]
fn a_lock_is_behind_until_it_has_the_last_word_on_every_change() {
    let first = lock(&survey(&[]), None);
    let (breaks, continues) = (survey(&[MENDED, V2, BREAKS]), survey(&[MENDED, V2, CONTINUES]));
    let found = compare(&breaks, &first).remove(0);
    assert_eq!((found.code, found.keeps_from_locking), ("lock-behind", false));
    assert!(found.message.contains("version 2") && found.help.contains("lint --lock"), "{found:?}");
    let second = lock(&continues, Some(&first));
    assert_eq!(compare(&continues, &second), []);
    assert_eq!(codes(&compare(&breaks, &second)), ["lock-behind"], "its author has thought again");
    assert_eq!(second.trend_since(&breaks, &breaks.questions[0], 1), Some(Trend::Break));
    assert_eq!(compare(&breaks, &lock(&breaks, Some(&second))), []);
}

#[test]
fn what_was_said_of_a_change_is_kept_and_a_trend_is_a_leftover_in_the_next_version() {
    let first = lock(&survey(&[]), None);
    let mended = survey(&[MENDED, V2, CONTINUES]);
    let second = lock(&mended, Some(&first));
    let nps = &second.questions[0];
    assert_eq!(nps.changes, [Said { version: 2, trend: Trend::Continue, from: first.questions[0].hash.clone() }]);
    assert_eq!(nps.since, 1);
    assert_eq!(compare(&mended, &second), [], "it says something of the version that is locked");
    let leftover = survey(&[MENDED, CONTINUES, ("version = 1", "version = 3")]);
    assert_eq!(codes(&compare(&leftover, &second)), ["unused-trend"]);
    let third = lock(&leftover, Some(&second));
    assert_eq!(third.questions[0].changes, nps.changes, "a leftover says nothing new");
    let broken = survey(&[("\"How likely?\"", "\"Would you?\""), BREAKS, ("version = 1", "version = 4")]);
    let fourth = lock(&broken, Some(&third));
    assert_eq!(fourth.questions[0].changes.last().map(|said| (said.version, said.trend)), Some((4, Trend::Break)));
    let reconsidered = survey(&[("\"How likely?\"", "\"Would you?\""), CONTINUES, ("version = 1", "version = 4")]);
    let again = lock(&reconsidered, Some(&fourth));
    let trends: Vec<Trend> = again.questions[0].changes.iter().map(|said| said.trend).collect();
    assert_eq!(trends, [Trend::Continue, Trend::Continue], "of two words in one version the last counts");
}

/// Gives the questions with the instrument under another name.
fn named_otherwise(survey: &Survey, name: &str) -> Vec<Question> {
    let one = |question: &Question| match &question.item {
        None => question.clone(),
        Some(item) => Question {
            id: QuestionId::new(&format!("{name}_{}", item.number)).unwrap(),
            item: Some(Item { of: QuestionId::new(name).unwrap(), ..item.clone() }),
            ..question.clone()
        },
    };
    survey.questions.iter().map(one).collect()
}

#[test]
fn the_items_of_an_instrument_are_told_once_and_settled_with_one_word() {
    let of = |lines: &str| {
        let lines = format!("\n[[question]]\nid = \"use\"\ninstrument = \"sus\"\n{lines}\n");
        let source = format!("{BASE}{lines}").replace("version = 1", "version = 2");
        parse::parse(&source).unwrap_or_else(|problems| panic!("{problems:?}"))
    };
    let named = |object: &str, trend: &str| of(&format!("object = {{ en = \"{object}\", de = \"das Portal\" }}\n{trend}"));
    let locked = lock(&Survey { version: 1, ..named("the portal", "") }, None);
    let found = compare(&named("our portal", ""), &locked);
    assert_eq!(codes(&found), ["changed-item"]);
    assert_eq!(found[0].message, "`use` asks something else than in version 1");
    assert!(found[0].help.contains("object") && !found[0].place.is_empty(), "{found:?}");
    let settled = named("our portal", "trend = \"continue\"");
    assert_eq!(codes(&compare(&settled, &locked)), ["lock-behind"]);
    let continued = |locked: &Locked| locked.changes.len() == 1 && locked.changes[0].trend == Trend::Continue;
    assert!(lock(&settled, Some(&locked)).questions[2..].iter().all(continued));
    assert_eq!(codes(&compare(&named("the portal", "trend = \"break\""), &locked)), ["unused-trend"]);
    let source = of("object = { en = \"the portal\", de = \"das Portal\" }");
    let renamed = Survey { questions: named_otherwise(&source, "usage"), ..source };
    let found = compare(&renamed, &locked);
    assert_eq!((codes(&found), found[0].message.as_str()), (vec!["renamed-item"], "`use` is called `usage` now"));
    let one_of_ten = Lock { questions: vec![locked.questions[2].clone()], ..locked.clone() };
    let findings = compare(&settled, &one_of_ten);
    assert!(!codes(&findings).contains(&"unused-trend"), "one item needs it: {findings:?}");
}

/// Reads a survey that is nothing but an instrument under a name.
fn instrument(id: &str, name: &str, version: u32) -> Survey {
    let source = format!("id = \"use\"\ntitle = \"Use\"\n[[question]]\nid = \"{id}\"\ninstrument = {name}\n");
    Survey { version, ..parse::parse(&source).unwrap_or_else(|problems| panic!("{problems:?}")) }
}

#[test]
fn the_name_of_an_instrument_is_never_another_s_whatever_items_both_have() {
    let lite = lock(&instrument("use", "\"umux_lite\"", 1), None);
    let full = "\"umux\"\ntrend = \"continue\"";
    let found = compare(&instrument("use", full, 2), &lite);
    assert_eq!((codes(&found), found[0].keeps_from_locking), (vec!["reused-id"], true));
    assert_eq!(found[0].message, "`use` was the instrument `umux_lite`, and is `umux` now");
    assert_eq!(codes(&compare(&instrument("usage", "\"umux\"", 2), &lite)), ["removed-item"], "it is another one, not renamed");
    let gone = lock(&instrument("usage", "\"umux\"", 2), Some(&lite));
    assert_eq!(codes(&compare(&instrument("use", "\"sus\"", 3), &gone))[0], "reused-id", "it stays its own");
    let effort = lock(&instrument("use", "\"tlx\"\nitems = [\"effort\"]", 1), None);
    assert_eq!(codes(&compare(&instrument("use", "\"umux_lite\"", 2), &effort))[0], "reused-id", "they have no item in common");
}

#[test]
fn a_lock_that_knows_no_instruments_is_behind_and_learns_them() {
    let survey = instrument("use", "\"umux_lite\"", 1);
    let full = lock(&survey, None);
    let unnamed = full.questions.iter().map(|locked| Locked { instrument: None, ..locked.clone() }).collect();
    let old = Lock { questions: unnamed, ..full.clone() };
    assert_eq!(codes(&compare(&survey, &old)), ["lock-behind"]);
    assert_eq!(lock(&survey, Some(&old)), full);
}

#[test]
fn words_that_an_instrument_brings_count_only_in_languages_the_survey_speaks() {
    let asks = |title: &str, object: &str| {
        let head = format!("id = \"use\"\ntitle = {title}\n");
        let source = format!("{head}[[question]]\nid = \"use\"\ninstrument = \"umux_lite\"\nobject = {object}\n");
        parse::parse(&source).unwrap_or_else(|problems| panic!("{problems:?}"))
    };
    let english = lock(&asks("\"Use\"", "\"the portal\""), None);
    assert!(english.questions.iter().all(|locked| locked.translations.is_empty()), "{english:?}");
    let german = |object: &str| {
        let object = format!("{{ en = \"the portal\", de = \"{object}\" }}");
        Survey { version: 2, ..asks("{ en = \"Use\", de = \"Nutzung\" }", &object) }
    };
    assert_eq!(codes(&compare(&german("das Portal"), &english)), ["lock-behind"], "a translation is added");
    let both = lock(&german("das Portal"), Some(&english));
    assert!(both.questions.iter().all(|locked| locked.translations.keys().eq(["de"])), "{both:?}");
    assert_eq!(codes(&compare(&Survey { version: 3, ..german("unser Portal") }, &both)), ["changed-item"]);
}

#[test]
fn what_was_said_of_several_versions_is_one_word_on_all_of_them() {
    let word = |words: &'static str| ("\"How likely?\"", words);
    let version = |text: &'static str| ("version = 1", text);
    let first = lock(&survey(&[]), None);
    let second = lock(&survey(&[word("\"How likely is it?\""), V2, CONTINUES]), Some(&first));
    let third = survey(&[word("\"How likely is it?\""), version("version = 3")]);
    let nps = |survey: &Survey| survey.questions[0].clone();
    assert_eq!(second.trend_since(&third, &nps(&third), 1), Some(Trend::Continue), "the lock remembers it");
    assert_eq!(second.trend_since(&third, &nps(&third), 2), None, "that was before");
    let unsettled = survey(&[word("\"Would you?\""), version("version = 3")]);
    assert_eq!(second.trend_since(&unsettled, &nps(&unsettled), 1), None);
    let settled = survey(&[word("\"Would you?\""), version("version = 3"), CONTINUES]);
    assert_eq!(second.trend_since(&settled, &nps(&settled), 1), Some(Trend::Continue));
    let broken = lock(&survey(&[word("\"Would you?\""), version("version = 3"), BREAKS]), Some(&second));
    let fourth = survey(&[word("\"Would you, then?\""), version("version = 4"), CONTINUES]);
    let since = [1, 2, 3].map(|version| broken.trend_since(&fourth, &nps(&fourth), version));
    assert_eq!(since, [Some(Trend::Break), Some(Trend::Break), Some(Trend::Continue)]);
}

#[test]
fn a_question_that_is_gone_is_remembered_and_its_id_is_not_taken_by_another() {
    let first = lock(&survey(&[]), None);
    let second = lock(&survey(&[WITHOUT, V2]), Some(&first));
    assert_eq!((second.questions.len(), second.questions[1].removed), (2, Some(2)));
    assert_eq!(compare(&survey(&[WITHOUT, V2]), &second), []);
    let third = ("version = 1", "version = 3");
    assert_eq!(codes(&compare(&survey(&[third]), &second)), ["lock-behind"], "it comes back as it was");
    assert_eq!(codes(&compare(&survey(&[("type = \"text\"", "type = \"boolean\""), third]), &second)), ["reused-id"]);
    assert_eq!(codes(&compare(&survey(&[("\"Why?\"", "\"How come?\""), third]), &second)), ["changed-item"]);
    assert_eq!(lock(&survey(&[third]), Some(&second)).questions[1].removed, None);
}
