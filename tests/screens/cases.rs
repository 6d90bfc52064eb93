//! The questions that are pictured, each in its states: what it's called, and the keys that lead there.

/// A question of a survey, in its states.
pub(crate) struct Subject {
    pub(crate) survey: &'static str,
    /// The question's name, or `review`.
    pub(crate) question: &'static str,
    pub(crate) states: &'static [(&'static str, &'static str)],
}

impl Subject {
    /// Gives the name of its file.
    pub(crate) fn name(&self) -> String {
        let survey = self.survey.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml");
        format!("{survey}.{}", self.question)
    }
}

const fn of(survey: &'static str, question: &'static str, states: &'static [(&'static str, &'static str)]) -> Subject {
    Subject { survey, question, states }
}

const EVERYTHING: &str = "tests/surveys/good/everything.toml";
const AWKWARD: &str = "tests/surveys/good/awkward.toml";
const PULSE: &str = "tests/surveys/good/pulse.toml";
const WEEK: &str = "tests/surveys/good/week.toml";

const FRESH: (&str, &str) = ("fresh", "");
const SCALE: &[(&str, &str)] = &[
    FRESH,
    ("under the cursor", "right right"),
    ("answered", "3 backspace"),
    ("answered, the cursor elsewhere", "3 backspace right"),
    ("skipped", "s backspace"),
    ("nothing chosen", "enter"),
];
const WIDE_SCALE: &[(&str, &str)] = &[
    FRESH,
    ("under the cursor", "right right"),
    ("answered", "9 backspace"),
    ("ten", "t backspace"),
    ("one waits", "1"),
    ("answered, then one waits", "9 backspace 1"),
    ("not applicable", "n backspace"),
    ("refused", "s"),
    ("menu", "esc"),
    ("help", "?"),
    ("help, further down", "? down down down down down down down down down down"),
    ("help, to its end", "? end"),
    ("decline", "esc x"),
    ("save failed", "!full 9 backspace"),
    ("saving", "!busy 9 backspace"),
];
const WORDS: &[(&str, &str)] = &[
    FRESH,
    ("some", "=The␣builds␣are␣fast"),
    ("cursor inside", "=日本語のテキスト left left left"),
    ("emoji", "=👩‍💻␣and␣👨‍👩‍👧␣done"),
    ("skipped", "alt-s shift-tab"),
    ("menu", "=draft esc down"),
    ("help", "f1"),
];
const LONG_WORDS: &[(&str, &str)] = &[
    FRESH,
    ("some lines", "=The␣first␣line⏎⏎the␣third␣line⏎"),
    ("cursor above", "=The␣first␣line⏎the␣second␣line up home"),
    ("many lines", "=1⏎2⏎3⏎4⏎5⏎6⏎7⏎8⏎9⏎10⏎11⏎12"),
    ("many lines, the cursor above", "=1⏎2⏎3⏎4⏎5⏎6⏎7⏎8⏎9⏎10⏎11⏎12 up up up up up up up up up"),
    (
        "wrapping",
        "=日本語の長い文章は画面の端で折り返されます␣日本語の長い文章は画面の端で折り返されます␣and␣then␣it␣goes␣on␣in␣English␣👩‍💻␣for␣a␣while",
    ),
    ("one long word", "=aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhhiiiiiiiiii"),
];
const NUMBER: &[(&str, &str)] = &[
    FRESH,
    ("stepped", "right right right"),
    ("typed", "=12"),
    ("typed wrongly", "=x"),
    ("out of range", "=99999999 enter"),
    ("out of range, left", "=99999999 tab shift-tab"),
    ("answered", "=7 enter shift-tab"),
    ("skipped", "alt-s shift-tab"),
];
const DATE: &[(&str, &str)] = &[
    FRESH,
    ("today", "right"),
    ("typed", "=20260"),
    ("no such day", "=20260231 enter"),
    ("answered", "=20260331 enter shift-tab"),
    ("don't know", "alt-d"),
];
const BOOLEAN: &[(&str, &str)] = &[
    FRESH,
    ("under the cursor", "right right"),
    ("yes", "y backspace"),
    ("no", "n backspace"),
    ("no, the cursor on yes", "n backspace left"),
    ("not applicable", "alt-n backspace"),
    ("nothing chosen", "enter"),
];
const SINGLE: &[(&str, &str)] = &[
    FRESH,
    ("under the cursor", "down down"),
    ("answered", "2 backspace"),
    ("answered, the cursor elsewhere", "2 backspace down down"),
    ("the last under the cursor", "end"),
    ("other open", "end enter"),
    ("other typed", "end enter =Rust␣と␣Zig"),
    (
        "other wrapping",
        "end enter =日本語の長い文章は画面の端で折り返されます␣日本語の長い文章は画面の端で折り返されます␣日本語の長い文章",
    ),
    ("other answered", "end enter =Rust␣と␣Zig enter backspace"),
    ("filter open", "/"),
    ("filtered", "/ =s"),
    ("filtered, under the cursor", "/ =s down"),
    ("filtered to nothing", "/ =qqq"),
    ("filter long", "/ =日本語の長い文章は画面の端で折り返されます␣日本語の長い文章は画面の端で折り返されます"),
    ("no such choice", "0"),
    ("skipped", "s backspace"),
    ("menu", "esc end"),
    ("help", "?"),
];
const MULTI: &[(&str, &str)] = &[
    FRESH,
    ("under the cursor", "down down"),
    ("some chosen", "1 3"),
    ("one too many", "1 2 3 4"),
    ("exclusive", "1 end space"),
    ("chosen, the cursor elsewhere", "1 2 down down"),
    ("other open", "1 end up space"),
    ("other chosen", "1 end up space =Own␣words enter"),
    ("nothing chosen", "enter"),
    ("too few", "1 enter"),
    ("skipped", "s backspace"),
];
const RANKING: &[(&str, &str)] = &[
    FRESH,
    ("under the cursor", "down down"),
    ("some ranked", "2 1"),
    ("moved", "2 1 alt-up"),
    ("all ranked", "1 2 3 4 5 6 7 8 9 0"),
    ("incomplete", "1 enter"),
    ("skipped", "s backspace"),
];
const MATRIX: &[(&str, &str)] = &[
    FRESH,
    ("under the cursor", "right right"),
    ("some rows", "4 2"),
    ("an answered row", "4 2 up"),
    ("an answered row, the cursor elsewhere", "4 2 up right"),
    ("a row skipped", "4 s"),
    ("a row not applicable", "4 n"),
    ("the last row", "end right"),
    ("nothing chosen", "enter"),
    ("no such point", "9"),
];
const REVIEW: &[(&str, &str)] = &[
    ("complete", "@nps 9 5 4 =The␣builds␣are␣fast enter"),
    ("skipped", "@nps 9 n s =x enter"),
    ("under the cursor", "@nps 9 5 4 =The␣builds␣are␣fast enter down down"),
    ("nothing answered", ""),
    ("save failed", "!full @nps 9 5 4 =x enter"),
    ("menu", "esc"),
    ("help", "?"),
];
/// From the last question over the review, where Enter counts anew once another key was pressed.
const LEAVING: &[(&str, &str)] = &[
    ("one part found", "!leaving =by␣@alice enter down up enter"),
    ("two parts found", "!leaving =ask␣alice@example.com,␣build-7.corp.example.internal␣hangs enter down up enter"),
    (
        "many parts found",
        "!leaving =@alice,␣@bob-k,␣@carol,␣@dave,␣@erin,␣@frank,␣@grace,␣@heidi,␣@ivan,␣@judy,␣@mallory,␣@peggy,␣@rupert enter down up enter",
    ),
    (
        "a long part found",
        "!leaving =https://wiki.acme.example/display/OPS/Runbook?page=1234567890&section=deployments-to-production#in-the-evening enter down \
         up enter",
    ),
    ("gone back to edit", "!leaving =by␣@alice enter down up enter e"),
    ("help", "!leaving f1"),
];
const PROBLEMS: &[(&str, &str)] = &[
    ("nothing answered", ""),
    ("under the cursor", "down down"),
    ("the last under the cursor", "end"),
    ("sent off too soon", "enter"),
];

/// Every question that is pictured.
pub(crate) const SUBJECTS: &[Subject] = &[
    of(PULSE, "nps", WIDE_SCALE),
    of(PULSE, "ease", SCALE),
    of(EVERYTHING, "hello", &[FRESH, ("help", "?"), ("menu", "esc")]),
    of(EVERYTHING, "nps", WIDE_SCALE),
    of(EVERYTHING, "docs", SCALE),
    of(EVERYTHING, "noise", SCALE),
    of(EVERYTHING, "trust", SCALE),
    of(EVERYTHING, "support", SCALE),
    of(EVERYTHING, "effort", SCALE),
    of(EVERYTHING, "role", SINGLE),
    of(EVERYTHING, "barriers", MULTI),
    of(EVERYTHING, "next", RANKING),
    of(EVERYTHING, "tools", MATRIX),
    of(EVERYTHING, "reason", WORDS),
    of(EVERYTHING, "story", LONG_WORDS),
    of(EVERYTHING, "hours", NUMBER),
    of(EVERYTHING, "oncall", BOOLEAN),
    of(EVERYTHING, "since", DATE),
    of(EVERYTHING, "review", PROBLEMS),
    of(WEEK, "main_work", SINGLE),
    of(WEEK, "delays", MULTI),
    of(WEEK, "improve_first", RANKING),
    of(WEEK, "areas", MATRIX),
    of(WEEK, "review", PROBLEMS),
    of(AWKWARD, "long_note", &[FRESH, ("further down", "down down"), ("to its end", "end")]),
    of(AWKWARD, "nps_anchors", WIDE_SCALE),
    of(AWKWARD, "ten_points", WIDE_SCALE),
    of(AWKWARD, "long_labels", SCALE),
    of(AWKWARD, "many_single", SINGLE),
    of(AWKWARD, "many_multi", MULTI),
    of(AWKWARD, "ten_ranks", RANKING),
    of(AWKWARD, "wide_matrix", MATRIX),
    of(AWKWARD, "short_words", WORDS),
    of(AWKWARD, "long_words", LONG_WORDS),
    of(AWKWARD, "whole_number", NUMBER),
    of(AWKWARD, "open_number", NUMBER),
    of(AWKWARD, "any_day", DATE),
    of(AWKWARD, "yes_or_no", BOOLEAN),
    of(AWKWARD, "review", PROBLEMS),
    of(PULSE, "reason", LEAVING),
    of(PULSE, "review", REVIEW),
];
