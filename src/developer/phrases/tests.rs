//! Every phrase of every language, said with samples of its parts.

use chrono::NaiveDate;

use super::*;
use crate::developer::phrases::parts::Word;
use crate::response::check::Problem;
use crate::response::{Misfit, Missing};
use crate::screen::text::width;
use crate::survey::characters;

/// A phrase said with one sample of its parts.
pub(super) struct Said {
    text: String,
    /// The parts that must stand in it.
    parts: Vec<String>,
}

/// A kind of phrase that can be said with samples.
pub(super) trait Sampled {
    /// Says the phrase with each sample.
    fn say(&self, listen: &mut dyn FnMut(Said));
}

const COUNTS: [usize; 4] = [0, 1, 2, 5];
const PAIRS: [(usize, usize); 4] = [(0, 2), (1, 2), (2, 5), (3, 12)];
const TEXT: &str = "X-1";
const OTHER: &str = "Y-2";

/// Makes what was said; of a number only two and more must stand in it, since one may be a word.
fn said(text: String, counts: &[usize], texts: &[&str]) -> Said {
    let counts = counts.iter().filter(|count| **count > 1).map(ToString::to_string);
    Said { text, parts: counts.chain(texts.iter().map(|text| (*text).to_owned())).collect() }
}

impl Sampled for &'static str {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        listen(said((*self).to_owned(), &[], &[]));
    }
}

impl<const N: usize> Sampled for [&'static str; N] {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        self.iter().for_each(|text| text.say(listen));
    }
}

impl Sampled for &'static [&'static str] {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        self.iter().for_each(|text| text.say(listen));
    }
}

impl Sampled for Word {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        self.shown.say(listen);
    }
}

impl Sampled for fn(usize) -> String {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        COUNTS.iter().for_each(|count| listen(said(self(*count), &[*count], &[])));
    }
}

impl Sampled for fn(usize, usize) -> String {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        PAIRS.iter().for_each(|(one, other)| listen(said(self(*one, *other), &[*one, *other], &[])));
    }
}

impl Sampled for fn(usize, bool) -> String {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        COUNTS
            .iter()
            .for_each(|count| [true, false].iter().for_each(|whether| listen(said(self(*count, *whether), &[*count], &[]))));
    }
}

impl Sampled for fn(NaiveDate, bool) -> String {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        for month in 1..=12 {
            let day = NaiveDate::from_ymd_opt(2026, month, 28).unwrap();
            listen(said(self(day, true), &[28], &["2026"]));
            listen(said(self(day, false), &[28], &[]));
        }
    }
}

impl Sampled for fn(&str) -> String {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        listen(said(self(TEXT), &[], &[TEXT]));
    }
}

impl Sampled for fn(&str, &str) -> String {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        listen(said(self(TEXT, OTHER), &[], &[TEXT, OTHER]));
    }
}

impl Sampled for fn(&str, &str, &str) -> String {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        listen(said(self(TEXT, OTHER, "Z-3"), &[], &[TEXT, OTHER, "Z-3"]));
    }
}

impl Sampled for fn(usize, &str) -> String {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        COUNTS.iter().for_each(|count| listen(said(self(*count, TEXT), &[*count], &[TEXT])));
    }
}

impl Sampled for fn(usize, &str, &str) -> String {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        COUNTS.iter().for_each(|count| listen(said(self(*count, TEXT, OTHER), &[*count], &[TEXT, OTHER])));
    }
}

impl Sampled for fn(usize, usize, &str) -> String {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        PAIRS.iter().for_each(|(one, other)| listen(said(self(*one, *other, TEXT), &[*one, *other], &[TEXT])));
    }
}

impl Sampled for fn(&str, &str, bool) -> String {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        [true, false].iter().for_each(|whether| listen(said(self(TEXT, "/", *whether), &[], &[TEXT, "/"])));
    }
}

impl Sampled for fn(Missing) -> &'static str {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        Missing::ALL.iter().for_each(|kind| listen(said(self(*kind).to_owned(), &[], &[])));
    }
}

impl Sampled for fn(&Problem) -> String {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        let too_few = |chosen| (Problem::TooFew { least: 12, chosen }, vec![12, chosen]);
        let problems = [
            (Problem::Required, vec![]),
            too_few(0),
            too_few(1),
            too_few(5),
            (Problem::TooMany { most: 2, chosen: 5 }, vec![2, 5]),
            (Problem::PartlyRanked { ranked: 2, all: 5 }, vec![2, 5]),
            (Problem::OpenRows { open: 1, all: 5 }, vec![5]),
            (Problem::OpenRows { open: 2, all: 5 }, vec![2, 5]),
            (Problem::TooMuch { characters: 1 }, vec![1]),
            (Problem::TooMuch { characters: 12 }, vec![12]),
            (Problem::Unfinished, vec![]),
        ];
        problems.iter().for_each(|(problem, counts)| listen(said(self(problem), counts, &[])));
        listen(said(self(&Problem::Broken(TEXT.to_owned())), &[], &[TEXT]));
    }
}

impl Sampled for fn(&Misfit) -> String {
    fn say(&self, listen: &mut dyn FnMut(Said)) {
        let day = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        let misfits = [
            (Misfit::Point { first: 2, last: 7 }, vec!["2", "7"]),
            (Misfit::NoOwnWords, vec![]),
            (Misfit::BlankOwnWords, vec![]),
            (Misfit::Twice, vec![]),
            (Misfit::TooMany(2), vec!["2"]),
            (Misfit::NotAlone, vec![]),
            (Misfit::Blank, vec![]),
            (Misfit::TooLong { most: 200, given: 201 }, vec!["200", "201"]),
            (Misfit::TooManyDigits, vec!["15"]),
            (Misfit::NotWhole, vec![]),
            (Misfit::TooPrecise(1), vec!["1"]),
            (Misfit::TooPrecise(2), vec!["2"]),
            (Misfit::OutOfRange { least: -0.5, most: 60.0 }, vec!["-0.5", "60"]),
            (Misfit::TooSmall(0.5), vec!["0.5"]),
            (Misfit::TooGreat(60.0), vec!["60"]),
            (Misfit::TooEarly(day), vec!["2026-03-31"]),
            (Misfit::TooLate(day), vec!["2026-03-31"]),
        ];
        misfits.iter().for_each(|(misfit, parts)| listen(said(self(misfit), &[], parts)));
    }
}

/// Gives everything a language says, each with its name.
fn everything(phrases: &Phrases) -> Vec<(String, Said)> {
    let mut all = Vec::new();
    let Phrases {
        language: _,
        yes_key: _,
        hints,
        helps,
        menu,
        notices,
        status,
        answers,
        fields,
        lists,
        found,
        inbox,
        words,
        lines,
        times,
        surveys,
        outbox,
        prompting,
        farewells,
        warning: _,
    } = phrases;
    let listen = &mut |name: &str, said| all.push((name.to_owned(), said));
    hints.say(listen);
    helps.say(listen);
    menu.say(listen);
    notices.say(listen);
    status.say(listen);
    answers.say(listen);
    fields.say(listen);
    lists.say(listen);
    found.say(listen);
    inbox.say(listen);
    words.say(listen);
    lines.say(listen);
    times.say(listen);
    surveys.say(listen);
    outbox.say(listen);
    prompting.say(listen);
    farewells.say(listen);
    all
}

#[test]
fn every_phrase_says_something_with_all_its_parts_and_nothing_hidden() {
    for phrases in Phrases::ALL {
        for (name, Said { text, parts }) in everything(phrases) {
            let name = format!("{} {name}: {text:?}", phrases.language);
            assert!(!text.trim().is_empty(), "{name} is empty");
            assert!(!text.contains(['\n', '\t', '{', '}']) && !text.contains("  "), "{name} holds what no line should");
            assert!(!text.chars().any(characters::is_forbidden), "{name} holds a forbidden character");
            let missing: Vec<_> = parts.iter().filter(|part| !text.contains(*part)).collect();
            assert!(missing.is_empty(), "{name} lacks {missing:?}");
        }
    }
}

/// What is the same in German as in English.
const SAME_IN_GERMAN: [&str; 4] = ["Helps.text", "Times.seconds", "Times.minutes", "Hints.editor"];
/// What has no words in it.
const WORDLESS: [&str; 4] = ["Lists.between", "Words.between", "Lists.missing", "Lines.sentence"];

#[test]
fn nothing_is_left_in_english() {
    let english: Vec<(String, String)> = everything(Phrases::ENGLISH).into_iter().map(|(name, said)| (name, said.text)).collect();
    let mut left = Vec::new();
    for phrases in Phrases::ALL.into_iter().skip(1) {
        let may_be_same = |name: &str| WORDLESS.contains(&name) || (phrases.language == "de" && SAME_IN_GERMAN.contains(&name));
        let own = everything(phrases).into_iter().filter(|(name, said)| !said.parts.contains(&said.text) && !may_be_same(name));
        let own = own.map(|(name, said)| (name, said.text));
        left.extend(own.filter(|said| english.contains(said)).map(|said| (phrases.language, said)));
    }
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn one_and_many_are_told_apart_where_the_language_does() {
    let table = [
        (
            "en",
            ["✓ 0 replies saved", "✓ 1 reply saved", "✓ 2 replies saved", "✓ 5 replies saved"],
            ["0 days ago", "1 day ago", "2 days ago", "5 days ago"],
        ),
        (
            "de",
            ["✓ 0 Antworten gespeichert", "✓ 1 Antwort gespeichert", "✓ 2 Antworten gespeichert", "✓ 5 Antworten gespeichert"],
            ["vor 0 Tagen", "vor 1 Tag", "vor 2 Tagen", "vor 5 Tagen"],
        ),
        ("ja", ["✓ 0件保存済み", "✓ 1件保存済み", "✓ 2件保存済み", "✓ 5件保存済み"], ["0日前", "1日前", "2日前", "5日前"]),
    ];
    for (language, saved, days) in table {
        let phrases = Phrases::of(language);
        assert_eq!(COUNTS.map(phrases.status.saved), saved);
        assert_eq!(COUNTS.map(phrases.times.days_ago), days);
    }
}

#[test]
fn one_choice_one_row_and_one_question_are_told_of_as_one() {
    for (language, told) in [
        (
            "en",
            [
                "there is 1 choice",
                "there is 1 to rank",
                "too long: 1 character at the end was left out",
                "takes at most 1 choice, 2 chosen",
                "1 of 5 rows needs an answer",
                "takes at most 1 choice",
                "expected at most 1 decimal place",
                "Type 1",
                "expected the number 1",
                "There is only question 1.",
                "type 1, or quit",
            ],
        ),
        (
            "de",
            [
                "1 steht zur Auswahl",
                "1 ist zu ordnen",
                "zu lang: am Ende 1 Zeichen weggelassen",
                "höchstens 1 wählen, bisher 2",
                "1 von 5 Zeilen braucht eine Antwort",
                "höchstens 1 wählen",
                "erwartet: höchstens 1 Nachkommastelle",
                "Geben Sie 1 ein",
                "erwartet: die Nummer 1",
                "Es gibt nur die Frage 1.",
                "geben Sie 1 ein, oder: ende",
            ],
        ),
        (
            "ja",
            [
                "選択肢は1個です",
                "順位を付ける項目は1個です",
                "長すぎるため、末尾の1文字を除きました",
                "選べるのは1個までです（現在2個）",
                "5行中1行に回答が必要です",
                "選べるのは1個までです",
                "小数点以下は1桁までです",
                "1を入力してください",
                "1ではありません",
                "質問は1だけです。",
                "1か、quit（終了）を入力してください",
            ],
        ),
    ] {
        let Phrases { notices, answers, lines, inbox, .. } = Phrases::of(language);
        let said = [
            (notices.choices)(1),
            (notices.to_rank)(1),
            (notices.too_long)(1),
            (answers.problem)(&Problem::TooMany { most: 1, chosen: 2 }),
            (answers.problem)(&Problem::OpenRows { open: 1, all: 5 }),
            (answers.misfit)(&Misfit::TooMany(1)),
            (answers.misfit)(&Misfit::TooPrecise(1)),
            (lines.single)(1),
            (lines.expected_numbers)(1),
            (lines.only_questions)(1),
            (inbox.line_number)(1),
        ];
        assert_eq!(said, told.map(str::to_owned), "{language}");
    }
}

#[test]
fn what_the_hint_bar_says_is_short_in_every_language() {
    for phrases in Phrases::ALL {
        phrases.hints.say(&mut |name, said| assert!(width(&said.text) <= 19, "{} {name}: {}", phrases.language, said.text));
    }
}

#[test]
fn a_dialect_or_a_locale_gets_its_language_and_any_other_english() {
    for (wanted, language) in [
        ("de", "de"),
        ("de-AT", "de"),
        ("de_CH.UTF-8", "de"),
        ("DE", "de"),
        ("ja_JP.UTF-8", "ja"),
        ("en-GB", "en"),
        ("fr_FR.UTF-8", "en"),
        ("C", "en"),
        ("", "en"),
    ] {
        assert_eq!(Phrases::of(wanted).language(), language, "{wanted}");
    }
}

#[test]
fn what_goes_among_few_is_never_called_anonymous_nor_signed_as_what_is() {
    for language in ["en", "de", "ja"] {
        let few = Phrases::bound_for(language, Destination::Few);
        for (name, Said { text, .. }) in everything(few).into_iter().filter(|(name, _)| !name.starts_with("Outbox")) {
            assert!(!text.contains("anonym") && !text.contains("匿名"), "{language} {name}: {text}");
        }
        let anonymous = Phrases::bound_for(language, Destination::Collector);
        for (place, other) in
            [(few.status.leaves_here, anonymous.status.leaves_here), (few.status.leaves, anonymous.status.leaves)]
        {
            assert_ne!(place.split(' ').next(), other.split(' ').next(), "{language}: they differ without colour too");
        }
    }
}
