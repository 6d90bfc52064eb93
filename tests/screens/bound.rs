//! Where answers go, said whole at every usual size and in every language: in the inbox, and before they are sent off.

use dxpulse::developer::inbox::Inbox;
use dxpulse::developer::phrases::{Destination, Phrases};
use dxpulse::screen::theme::{Background, Theme};

use crate::inboxes::published;
use crate::shelf::draw_inbox;
use crate::stage::{Stage, survey};
use crate::text::rows;
use crate::wanted::packed;
use crate::{COMMON, WIDE, compare, text};

const PULSE: &str = "tests/surveys/good/pulse.toml";
const LANGUAGES: [&str; 3] = ["en", "de", "ja"];

/// What is said where few are invited, and the bar in its long and its short form.
const FEW: [[&str; 3]; 3] = [
    ["Fewer than ten are invited: whoever knows them can guess who said what.", "! few invited", "! few invited"],
    ["Weniger als zehn sind befragt: wer sie kennt, kann raten, wer was sagt.", "! wenige befragt", "! wenige"],
    ["対象者が10人未満のため、誰の回答か推測されるおそれがあります。", "! 対象者少数", "! 少数"],
];

fn sizes() -> impl Iterator<Item = (u16, u16)> {
    COMMON.into_iter().chain([WIDE])
}

fn shown(inbox: &Inbox, size: (u16, u16)) -> Vec<String> {
    rows(&draw_inbox(inbox, size, &Theme::plain()).buffer)
}

/// Gives a survey among few, at a question or the review.
fn among_few(language: &str, at: &str) -> Stage {
    Stage::at(&survey(PULSE), at).play("!leaving").speaking(Phrases::bound_for(language, Destination::Few))
}

#[test]
fn the_inbox_tells_the_class_whole() {
    let told = [
        "Known about who you are: team=core. Answers tell no more than a class of at least ten.",
        "Über Sie ist bekannt: team=core. Antworten sagen nicht mehr als eine Klasse von mindestens zehn.",
        "あなたについての情報：team=core。回答が示すのは10人以上のクラスまでです。",
    ];
    for (language, told) in LANGUAGES.into_iter().zip(told) {
        let inbox = published(Destination::Collector).speaking(Phrases::of(language));
        for size in sizes() {
            let shown = packed(&shown(&inbox, size).concat());
            assert!(shown.contains(&packed(told)), "{language}, {size:?}: {shown}");
        }
    }
}

#[test]
fn the_inbox_says_where_the_answers_to_the_selected_survey_go() {
    for (language, [warning, long, short]) in LANGUAGES.into_iter().zip(FEW) {
        for size in sizes() {
            let mut inbox = published(Destination::Few).speaking(Phrases::of(language));
            let of_few = shown(&inbox, size);
            let bar = |rows: &[String]| rows.iter().rfind(|row| !row.is_empty()).unwrap().clone();
            assert!(packed(&of_few.concat()).contains(&packed(warning)), "{language}, {size:?}: {of_few:#?}");
            assert!(bar(&of_few).ends_with(if size.0 < 60 { short } else { long }), "{language}, {size:?}: {of_few:#?}");
            inbox.press("down".parse().unwrap());
            let of_mine = shown(&inbox, size);
            assert!(!packed(&of_mine.concat()).contains(&packed(warning)), "{language}, {size:?}: {of_mine:#?}");
            assert!(bar(&of_mine).contains('◈') && !bar(&of_mine).contains('!'), "{language}, {size:?}: {of_mine:#?}");
        }
    }
    for (goes, bar) in [(Destination::Collector, "◈ anonymous"), (Destination::Webhook, "◈ confidential")] {
        let shown = shown(&published(goes), (40, 10));
        assert!(shown.last().unwrap().ends_with(bar), "{shown:#?}");
    }
}

#[test]
fn the_help_of_the_inbox_is_whole() {
    for language in LANGUAGES {
        for size in sizes() {
            let mut inbox = published(Destination::Few).speaking(Phrases::of(language));
            inbox.press("?".parse().unwrap());
            let shown = packed(&shown(&inbox, size).concat());
            let missing: Vec<_> = inbox.keys().into_iter().filter(|(_, does)| !shown.contains(&packed(does))).collect();
            assert!(missing.is_empty(), "{language}, {size:?}: {missing:?}");
        }
    }
}

#[test]
fn what_few_must_know_is_whole_before_answers_are_sent_off() {
    let mut pages = Vec::new();
    for (language, [warning, ..]) in LANGUAGES.into_iter().zip(FEW) {
        let review = among_few(language, "review");
        for size in sizes() {
            let shot = review.draw(size, &Theme::plain());
            let shown = packed(&rows(&shot.buffer).concat());
            assert!(shown.contains(&packed(warning)), "{language}, {size:?}: {shown}");
            pages.push(text::page(language, &shot));
        }
    }
    let first = among_few("en", "nps");
    pages.extend(sizes().map(|size| text::page("first question", &first.draw(size, &Theme::plain()))));
    compare("few", &pages);
}

#[test]
fn few_invited_is_no_comfort_in_colour_either() {
    let theme = Theme::coloured(Background::Dark);
    for (goes, style) in [(Destination::Few, theme.warning()), (Destination::Collector, theme.good())] {
        let inbox = draw_inbox(&published(goes), (80, 24), &theme);
        let session = Stage::at(&survey(PULSE), "nps").play("!leaving").speaking(Phrases::bound_for("en", goes));
        for buffer in [inbox.buffer, session.draw((80, 24), &theme).buffer] {
            let sign = &buffer[(78 - if goes == Destination::Few { 13 } else { 11 }, 22)];
            assert!(sign.symbol() == "!" || sign.symbol() == "◈", "{}", sign.symbol());
            assert_eq!((Some(sign.fg), sign.modifier), (style.fg, style.add_modifier), "{goes:?}");
        }
    }
}

#[test]
fn a_single_question_among_few_is_looked_over_before_it_is_sent() {
    let source = "id = \"s\"\ntitle = \"S\"\n[[question]]\nid = \"asked\"\ntype = \"nps\"\ntext = \"How likely?\"\n";
    let survey = std::sync::Arc::new(dxpulse::survey::parse::parse(source).unwrap());
    let answered = |goes| {
        let stage = Stage::at(&survey, "asked").play("!leaving").speaking(Phrases::bound_for("en", goes)).play("9");
        stage.session.question().is_none()
    };
    assert!(answered(Destination::Few) && !answered(Destination::Collector));
}
