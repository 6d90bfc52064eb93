//! The keys above the questions, and the tables under them.

use serde_json::{Value, json};

use super::value::{condition, day, flag, list, name, number, one_of, set, table, text, whole, words};
use crate::author::lint::wording::Rule;
use crate::survey::language::{LONGEST_TAG, TAG_PATTERN};
use crate::survey::parse::vocabulary::{self as language, keys, lengths, words as terms};
use crate::survey::privacy::SMALLEST_GROUP_FLOOR;
use crate::survey::{Code, Name, SurveyId};

/// Gives what a key above the questions takes; anything for one that isn't described.
pub(super) fn key(key: &str) -> Value {
    match key {
        "id" => name("Names the survey for as long as there are answers to it. Never change it.", SurveyId::PATTERN),
        "title" => text("The heading that respondents read.", lengths::TITLE),
        "introduction" => {
            text("What respondents read before the first question: what it is about, how long it takes.", lengths::INTRODUCTION)
        }
        "owner" => words("Who asks, such as a team. Respondents see it.", lengths::TITLE),
        "language" => {
            let mut tag = name("The language of the texts, as a BCP 47 tag: \"en\" unless said.", TAG_PATTERN);
            tag["maxLength"] = json!(LONGEST_TAG);
            tag["examples"] = json!(["en", "de", "pt-BR"]);
            tag
        }
        "minutes" => {
            let mut minutes =
                number("The minutes it may take; a budget that lint compares with an estimate. Estimated unless said.");
            minutes["exclusiveMinimum"] = json!(0);
            minutes["maximum"] = json!(language::MOST_MINUTES);
            minutes
        }
        "version" => whole("A number that you raise with each change: 1 unless said.", &(1..=i64::from(u32::MAX))),
        "grace_days" => whole(
            "The days after somebody's first start of dxpulse in which this survey never asks on its own.",
            &language::GRACE_DAYS,
        ),
        "wave" => wave(),
        "privacy" => privacy(),
        "segment" => list("What may be told about a respondent, such as tenure.", 0..=language::MOST_SEGMENTS, &segment()),
        "trigger" => trigger(),
        "group" => list("Questions that are shown or shuffled together.", 0..=usize::MAX, &group()),
        "variant" => list("What differs between respondents by chance, such as a wording.", 0..=usize::MAX, &variant()),
        "waive" => waive(),
        _ => json!({}),
    }
}

/// Gives the waivers of a survey or a question.
pub(super) fn waive() -> Value {
    let rules = Rule::ALL.map(Rule::name);
    let waiver = table("A rule of wording that doesn't apply here.", keys::WAIVER, keys::WAIVER, |key| match key {
        "rule" => one_of("The rule. `dxpulse survey lint --explain RULE` says what it is about.", &rules),
        "reason" => words("Why it doesn't apply. Reviewers read it.", lengths::QUESTION),
        _ => json!({}),
    });
    list("Rules of wording that you waive, each with the reason.", 0..=usize::MAX, &waiver)
}

fn wave() -> Value {
    let mut wave = table("When the survey is asked again. Once for each version without it.", keys::WAVE, &[], |key| match key {
        "cadence" => {
            one_of("How often: once in each period of the calendar; evergreen is whenever there is occasion.", terms::CADENCE)
        }
        "windows" => list("Several waves in order, each with days of its own.", 1..=language::MOST_WINDOWS, &window()),
        _ => window_key(key),
    });
    let one_window = ["id", "opens", "closes"];
    let none_of = |keys: &[&str]| {
        let properties: serde_json::Map<_, _> = keys.iter().map(|key| ((*key).to_owned(), json!(false))).collect();
        json!({ "properties": properties })
    };
    wave["minProperties"] = json!(1);
    wave["dependencies"] = json!({
        "cadence": none_of(&["id", "opens", "closes", "windows"]),
        "windows": none_of(&one_window),
        "id": one_window,
        "opens": one_window,
        "closes": one_window,
    });
    wave
}

fn window() -> Value {
    table("A wave with days of its own.", keys::WINDOW, keys::WINDOW, window_key)
}

fn window_key(key: &str) -> Value {
    match key {
        "id" => name("Names the wave; answers are joined by it.", Name::PATTERN),
        "opens" => day("The first day on which it is asked."),
        "closes" => day("The last day on which it is asked."),
        _ => json!({}),
    }
}

fn privacy() -> Value {
    let group = i64::from(SMALLEST_GROUP_FLOOR)..=language::MOST_GROUP;
    table(
        "What protects the respondents. After the first response of a wave it can only get stricter.",
        keys::PRIVACY,
        &[],
        |key| match key {
            "smallest_group" => whole("The fewest answers that are shown as a figure: 5 unless said.", &group),
            "smallest_comment_group" => {
                whole("The fewest comments that are shown, at least `smallest_group`: 10 unless said, and never fewer.", &group)
            }
            "segments" => set(
                "The segments that may leave the machine; nothing else about a person ever does.",
                0..=language::MOST_SEGMENTS,
                &name("The id of a segment.", Name::PATTERN),
            ),
            "comments" => flag("Whether free text may leave the machine: true unless said."),
            "time" => one_of("How coarsely the time of an answer may be told: wave unless said.", terms::TIME),
            "population" => whole("How many people are asked, where that is known.", &(1..=language::MOST_PEOPLE)),
            _ => json!({}),
        },
    )
}

fn segment() -> Value {
    table("Something that may be told about a respondent.", keys::SEGMENT, &["id"], |key| match key {
        "id" => name("Names the segment; `privacy.segments` must list it.", Name::PATTERN),
        "label" => text("What it is called in reports.", lengths::LABEL),
        "values" => list("Its values; without them the roster brings them.", 2..=language::MOST_VALUES, &segment_value()),
        _ => json!({}),
    })
}

fn segment_value() -> Value {
    table("One value of a segment.", keys::SEGMENT_VALUE, &["code", "label"], |key| match key {
        "code" => name("What is stored. Never change it.", Code::PATTERN),
        "label" => text("What it is called in reports.", lengths::LABEL),
        "parent" => name("The coarser value it merges into where its group is too small to be shown.", Code::PATTERN),
        _ => json!({}),
    })
}

fn trigger() -> Value {
    let mut trigger = table("In which situations the survey asks on its own.", keys::TRIGGER, &[], trigger_key);
    let one = |key: &&str| json!({ "required": [key] });
    trigger["anyOf"] = keys::OCCASIONS.iter().map(one).collect();
    trigger["dependencies"] = keys::OF_COMMANDS.iter().map(|key| ((*key).to_owned(), json!(["command"]))).collect();
    trigger
}

fn trigger_key(key: &str) -> Value {
    let patterns = |description: &str, example: &str| {
        let mut pattern = words("A pattern, with * for any text.", lengths::PATTERN);
        pattern["examples"] = json!([example]);
        set(description, 1..=language::MOST_PATTERNS, &pattern)
    };
    match key {
        "command" => patterns("After which commands: patterns of command lines.", "deployctl *"),
        "event" => {
            let event = name("The name of an event.", Name::PATTERN);
            set("At which events, which a platform's own tools send with `dxpulse event`.", 1..=language::MOST_PATTERNS, &event)
        }
        "exit_status" => one_of("How the command must have ended: any unless said.", terms::EXIT_STATUS),
        "min_duration_s" => whole("The fewest seconds the command must have run.", &(0..=language::MOST_SECONDS)),
        "sample" => {
            let mut sample =
                number("The share of people who are asked, from 0 (none) to 1 (all). Drawn once per person and wave.");
            sample["minimum"] = json!(0);
            sample["maximum"] = json!(1);
            sample
        }
        "nth_use" => whole("At which use it asks: 3 for the third.", &language::USES),
        "first_success" => flag("Whether it asks at the first success after failures: false unless said."),
        "directory" => patterns("In which folders.", "~/work/*"),
        "repository" => patterns("In which repositories, by their addresses.", "github.com/acme/*"),
        "cooldown_days" => whole("The days between two prompts of this survey.", &language::COOLDOWN_DAYS),
        "most_prompts" => whole("How often it asks somebody who never answers, at most.", &language::PROMPTS),
        _ => json!({}),
    }
}

fn group() -> Value {
    table("Questions that are shown or shuffled together.", keys::GROUP, &["id"], |key| match key {
        "id" => name("Names the group; its questions say group = \"…\".", Name::PATTERN),
        "show_if" => condition("When its questions are asked; always unless said."),
        "group" => name("The group around it, whose condition holds for it as well.", Name::PATTERN),
        "randomise" => one_of("Whether the order of its questions differs between respondents.", &terms::RANDOMISE[..1]),
        _ => json!({}),
    })
}

fn variant() -> Value {
    table("What differs between respondents by chance.", keys::VARIANT, &["id", "arms"], |key| match key {
        "id" => name("Names the variant; conditions see it as variant.ID == \"arm\".", Name::PATTERN),
        "arms" => {
            set("The arms, of which each respondent gets one.", 2..=usize::MAX, &name("The name of an arm.", Name::PATTERN))
        }
        "shares" => {
            let share = whole("The share of an arm.", &(1..=language::MOST_SHARE));
            list("How many respondents each arm has in relation to the others: as many unless said.", 2..=usize::MAX, &share)
        }
        _ => json!({}),
    })
}
