//! One edit of a survey after the other, with what is said of it.

mod versions;

use super::*;
use crate::author::lock::{compare, lock};
use crate::survey::parse;

const BASE: &str = r#"
id = "pulse"
title = { en = "Pulse", de = "Puls" }

[[group]]
id = "later"
randomise = "shuffle"

[[variant]]
id = "wording"
arms = ["a", "b"]

[[question]]
id = "nps"
type = "nps"
text = { en = "How likely?", de = "Wie wahrscheinlich?" }
help = { en = "To a colleague.", de = "Im Team." }
variants = [
  { variant = "wording", arm = "b", text = { en = "Would you?", de = "Würden Sie?" } },
  { variant = "wording", arm = "a", help = { en = "Be frank.", de = "Ganz offen." } },
]

[[question]]
id = "ease"
type = "rating"
text = { en = "How easy?", de = "Wie leicht?" }
anchors = { low = { en = "Hard", de = "Schwer" }, high = { en = "Easy", de = "Leicht" } }
jump = [{ if = "ease > 4", to = "parts" }]

[[question]]
id = "barriers"
type = "multi"
text = { en = "Which?", de = "Welche?", de-CH = "Weli?" }
choices = [
  { code = "docs", label = { en = "Docs", de = "Doku" } },
  { code = "ci", label = { en = "Builds", de = "Builds" } },
  { code = "none", label = { en = "None", de = "Keine" } },
]

[[question]]
id = "parts"
type = "matrix"
text = { en = "How good?", de = "Wie gut?" }
rows = [{ code = "a", label = { en = "A", de = "A" } }, { code = "b", label = { en = "B", de = "B" } }]

[[question]]
id = "hours"
group = "later"
type = "number"
text = { en = "How long?", de = "Wie lange?" }
unit = { en = "hours", de = "Stunden" }

[[question]]
id = "why"
type = "text"
text = { en = "Why?", de = "Warum?" }
"#;

fn survey(pieces: &[(&str, &str)]) -> Survey {
    let source = pieces.iter().fold(BASE.to_owned(), |source, (from, to)| {
        assert!(source.contains(from), "{from}");
        source.replacen(from, to, 1)
    });
    parse::parse(&source).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Says what an edit changes: question, change, and `!` where it breaks the trend.
fn said(pieces: &[(&str, &str)]) -> Vec<String> {
    let line = |change: &Change| {
        let question = change.question.as_ref().map_or("", QuestionId::as_str);
        format!("{question}: {}{}", change.what, if change.breaks_trend { " !" } else { "" })
    };
    diff(&survey(&[]), &survey(pieces)).iter().map(line).collect()
}

fn breaks_a_trend(old: &Survey, new: &Survey) -> bool {
    diff(old, new).iter().any(|change| change.breaks_trend)
}

/// Says whether the lock of one version asks something of the author of the next.
fn asks_for_a_word(old: &Survey, new: &Survey) -> bool {
    let new = Survey { version: old.version + 1, ..new.clone() };
    compare(&new, &lock(old, None)).iter().any(|found| found.code != "lock-behind")
}

/// Edits, each with what is said of it.
const CASES: &[(&str, &str, &[&str])] = &[
    ("title = { en = \"Pulse\"", "title = { en = \"Beat\"", &[": `title` changed"]),
    ("id = \"pulse\"", "id = \"pulse\"\nversion = 2", &[": `version` changed"]),
    ("id = \"pulse\"", "id = \"pulse\"\nwave = { cadence = \"yearly\" }", &[": `wave` changed"]),
    ("How likely?", "How very likely?", &["nps: text changed from \"How likely?\" to \"How very likely?\" !"]),
    ("To a colleague.", "To a friend.", &["nps: help changed from \"To a colleague.\" to \"To a friend.\" !"]),
    ("Would you?", "Could you?", &["nps: text of wording b changed from \"Would you?\" to \"Could you?\" !"]),
    (
        r#"arm = "b", text = { en = "Would you?", de = "Würden Sie?" } },
  { variant = "wording", arm = "a", help = { en = "Be frank.", de = "Ganz offen." } }"#,
        r#"arm = "a", help = { en = "Be frank.", de = "Ganz offen." } },
  { variant = "wording", arm = "b", text = { en = "Would you?", de = "Würden Sie?" } }"#,
        &["nps: variants in another order !"],
    ),
    ("unit = { en = \"hours\"", "unit = { en = \"h\"", &["hours: unit changed from \"hours\" to \"h\" !"]),
    ("unit = { en = \"hours\", de = \"Stunden\" }", "", &["hours: unit changed from \"hours\" to none !"]),
    ("Wie leicht?", "Wie einfach?", &["ease: translation changed: de !"]),
    ("de = \"Leicht\"", "de = \"Einfach\"", &["ease: translation changed: de !"]),
    ("de = \"Wie leicht?\"", "de = \"Wie leicht?\", de-CH = \"Wie?\"", &["ease: translation added: de-CH"]),
    ("{ en = \"A\", de = \"A\" }", "{ en = \"A\", de = \"A\", de-CH = \"Ä\" }", &["parts: translation added: de-CH"]),
    ("de = \"Doku\"", "de = \"Doku\", de-CH = \"Doggu\"", &["barriers: translation changed: de-CH !"]),
    (
        "type = \"rating\"",
        "type = \"rating\"\npoints = 7",
        &["ease: scale changed from 1 to 5 (low \"Hard\", high \"Easy\") to 1 to 7 (low \"Hard\", high \"Easy\") !"],
    ),
    (
        "type = \"rating\"",
        "type = \"rating\"\ndirection = \"lower_is_better\"",
        &[
            "ease: scale changed from 1 to 5 (low \"Hard\", high \"Easy\") to 1 to 5 (low \"Hard\", high \"Easy\"), lower is better !",
        ],
    ),
    (
        "high = { en = \"Easy\"",
        "mid = { en = \"Easy\"",
        &["ease: scale changed from 1 to 5 (low \"Hard\", high \"Easy\") to 1 to 5 (low \"Hard\", mid \"Easy\") !"],
    ),
    ("type = \"rating\"", "type = \"likert\"", &["ease: type changed from rating to likert !"]),
    ("type = \"text\"", "type = \"text\"\nmax_length = 99", &["why: `max_length` changed !"]),
    ("type = \"text\"", "type = \"text\"\nallow = [\"dont_know\"]", &["why: `allow` changed !"]),
    ("type = \"number\"", "type = \"number\"\nmax = 9", &["hours: `max` changed !"]),
    ("type = \"multi\"", "type = \"multi\"\nmax = 2", &["barriers: `max` changed !"]),
    (
        "{ code = \"none\"",
        "{ code = \"new\", label = { en = \"New\", de = \"Neu\" } },\n{ code = \"none\"",
        &["barriers: choices added: new !"],
    ),
    ("{ code = \"docs\", label = { en = \"Docs\", de = \"Doku\" } },", "", &["barriers: choices removed: docs !"]),
    ("en = \"Docs\"", "en = \"Documents\"", &["barriers: docs relabelled from \"Docs\" to \"Documents\" !"]),
    ("{ code = \"docs\"", "{ exclusive = true, code = \"docs\"", &["barriers: docs marked otherwise !"]),
    (
        "{ code = \"a\", label = { en = \"A\"",
        "{ code = \"a\", label = { en = \"Z\"",
        &["parts: a relabelled from \"A\" to \"Z\" !"],
    ),
    (
        "{ code = \"a\", label = { en = \"A\", de = \"A\" } }, { code = \"b\", label = { en = \"B\", de = \"B\" } }",
        "{ code = \"b\", label = { en = \"B\", de = \"B\" } }, { code = \"a\", label = { en = \"A\", de = \"A\" } }",
        &["parts: choices in another order !"],
    ),
    ("type = \"text\"", "type = \"text\"\nshow_if = \"nps <= 6\"", &["why: condition changed from none to \"nps <= 6\""]),
    ("type = \"text\"", "type = \"text\"\nrequired = true", &["why: required now"]),
    ("type = \"text\"", "type = \"text\"\ngroup = \"later\"", &["why: `group` changed"]),
    ("type = \"text\"", "type = \"text\"\ndemographic = true", &["why: `demographic` changed"]),
    ("type = \"multi\"", "type = \"multi\"\nrandomise = \"shuffle\"", &["barriers: `randomise` changed"]),
    ("type = \"number\"", "type = \"number\"\npin = true", &["hours: `pin` changed"]),
    ("{ code = \"docs\"", "{ pin = true, code = \"docs\"", &["barriers: `pin of a choice or row` changed"]),
    ("rows = [{", "rows = [{ pin = true,", &["parts: `pin of a choice or row` changed"]),
    ("ease > 4", "ease > 3", &["ease: `jump` changed"]),
    (
        "type = \"number\"",
        "type = \"number\"\nconstraint = { must = \"hours < 9\", message = { en = \"Less\", de = \"Weniger\" } }",
        &["hours: `constraint` changed"],
    ),
    ("{ code = \"docs\"", "{ show_if = \"nps > 6\", code = \"docs\"", &["barriers: `show_if of a choice or row` changed"]),
];

#[test]
fn every_edit_is_told_with_what_it_does_to_the_trend() {
    assert_eq!(said(&[]), Vec::<String>::new());
    for (from, to, expected) in CASES {
        assert_eq!(said(&[(from, to)]), *expected, "{to}");
    }
}

#[test]
fn a_change_breaks_the_trend_exactly_where_the_lock_asks_for_a_word() {
    let base = survey(&[]);
    for (from, to, _) in CASES {
        let edited = survey(&[(from, to)]);
        assert_eq!(asks_for_a_word(&base, &edited), breaks_a_trend(&base, &edited), "{to}");
    }
}

#[test]
fn the_author_may_say_that_the_trend_goes_on() {
    let edits = [
        ("How likely?", "How very likely?"),
        ("Wie wahrscheinlich?", "Wie sehr?"),
        ("id = \"nps\"", "id = \"nps\"\ntrend = \"continue\""),
    ];
    let changes = diff(&survey(&[]), &survey(&edits));
    assert_eq!(changes.len(), 2);
    assert!(changes.iter().all(|change| !change.breaks_trend && change.why == "its author says that the trend goes on"));
}

#[test]
fn the_word_of_the_author_is_told_and_asked_for_only_where_a_slip_may_have_been_mended() {
    let (slip, code) = (("How likely?", "How very likely?"), ("code = \"docs\"", "code = \"documents\""));
    let nps = |word: &'static str| ("type = \"nps\"", word);
    let multi = |word: &'static str| ("type = \"multi\"", word);
    let gone = "answers under a code that is gone count under no other";
    let continues = "its author says that the trend goes on";
    let begins = "its author says that the trend begins anew";
    let continues_without = format!("{continues}, but {gone}");
    type Told<'t> = (bool, &'t str, bool);
    type Case<'c> = (&'c [(&'c str, &'c str)], &'c [Told<'c>]);
    let cases: [Case<'_>; 6] = [
        (&[slip], &[(true, "something else is asked", true)]),
        (&[slip, nps("type = \"nps\"\ntrend = \"continue\"")], &[(false, continues, false)]),
        (&[slip, nps("type = \"nps\"\ntrend = \"break\"")], &[(true, begins, false)]),
        (&[code], &[(true, "something else is asked", false), (true, gone, false)]),
        (
            &[code, multi("type = \"multi\"\ntrend = \"continue\"")],
            &[(false, continues, false), (false, &continues_without, false)],
        ),
        (&[code, multi("type = \"multi\"\ntrend = \"break\"")], &[(true, begins, false), (true, begins, false)]),
    ];
    for (edits, expected) in cases {
        let changes = diff(&survey(&[]), &survey(edits));
        let told: Vec<Told<'_>> = changes.iter().map(|change| (change.breaks_trend, change.why, change.may_continue)).collect();
        assert_eq!(told, expected, "{edits:?}");
    }
}

#[test]
fn a_dialect_counts_where_a_label_alone_speaks_it() {
    let swiss =
        |words: &str| survey(&[("{ en = \"A\", de = \"A\" }", &format!("{{ en = \"A\", de = \"A\", de-CH = \"{words}\" }}"))]);
    let (old, new) = (swiss("Ä"), swiss("Ää"));
    let told: Vec<_> = diff(&old, &new).into_iter().filter(|change| change.breaks_trend).map(|change| change.what).collect();
    assert_eq!(told, [What::TranslationChanged("de-CH".to_owned())]);
    assert!(asks_for_a_word(&old, &new));
}

#[test]
fn words_that_an_instrument_brings_are_told_only_in_languages_the_survey_speaks() {
    let asks = |title: &str, object: &str| {
        let head = format!("id = \"use\"\ntitle = {title}\n");
        let source = format!("{head}[[question]]\nid = \"use\"\ninstrument = \"sus\"\n{object}");
        parse::parse(&source).unwrap_or_else(|problems| panic!("{problems:#?}"))
    };
    let english = asks("\"Use\"", "");
    let changes = diff(&english, &asks("\"Use\"", "object = \"the portal\""));
    assert!(changes.iter().all(|change| matches!(change.what, What::Text { .. })) && changes.len() == 10, "{changes:#?}");
    let both = asks("{ en = \"Use\", de = \"Nutzung\" }", "object = { en = \"this system\", de = \"das Portal\" }");
    let translated: Vec<String> =
        diff(&english, &both).iter().map(|change| change.what.to_string()).filter(|what| what.contains("translation")).collect();
    assert_eq!(translated, ["translation added: de"; 10]);
}

#[test]
fn another_instrument_is_never_the_same_trend_and_the_lock_asks_for_another_id() {
    let uses = |instrument: &str, lines: &str| {
        let head = "id = \"use\"\ntitle = \"Use\"\n[[question]]\nid = \"use\"\n";
        let source = format!("{head}instrument = \"{instrument}\"\n{lines}");
        parse::parse(&source).unwrap_or_else(|problems| panic!("{problems:#?}"))
    };
    let (lite, full) = (uses("umux_lite", ""), uses("umux", "trend = \"continue\""));
    let changes = diff(&lite, &full);
    let told: Vec<String> = changes.iter().filter(|change| change.breaks_trend).map(|change| change.what.to_string()).collect();
    assert_eq!(told, ["instrument changed from umux_lite to umux"; 2], "also of the item that both have");
    let codes = |new: Survey| compare(&new, &lock(&lite, None)).iter().map(|found| found.code).collect::<Vec<_>>();
    assert_eq!(codes(Survey { version: 2, ..full }), ["reused-id"]);
    assert_eq!(codes(Survey { version: 2, ..uses("tlx", "") }), ["reused-id"], "whatever its items are answered with");
}

#[test]
fn questions_come_go_and_move() {
    let why = BASE.split_inclusive("\n\n").last().unwrap();
    let moved = [(why, ""), ("[[question]]\nid = \"nps\"", &format!("{}\n[[question]]\nid = \"nps\"", why.trim_start()))];
    assert_eq!(said(&moved), ["why: moved before nps"]);
    assert_eq!(said(&[(why, "")]), ["why: removed !"]);
    assert_eq!(said(&[("id = \"why\"", "id = \"reason\"")]), ["reason: added", "why: removed !"]);
    let notes = survey(&[("id = \"why\"\ntype = \"text\"", "id = \"why\"\ntype = \"note\"")]);
    let other = survey(&[("id = \"why\"\ntype = \"text\"", "id = \"why\"\ntype = \"note\""), ("en = \"Why?\"", "en = \"Bye.\"")]);
    for (old, new) in [(&notes, &other), (&notes, &survey(&[(why, "")])), (&survey(&[(why, "")]), &notes)] {
        let told: Vec<_> = diff(old, new).into_iter().map(|change| (change.breaks_trend, change.why)).collect();
        assert_eq!((told, asks_for_a_word(old, new)), (vec![(false, "a note has no trend")], false));
    }
}
