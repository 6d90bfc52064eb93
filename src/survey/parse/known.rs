//! The words of the language, as data: keys, types, and the values that some keys take.

/// The keys above the first question.
pub const SURVEY: &[&str] = &[
    "id",
    "title",
    "introduction",
    "owner",
    "language",
    "minutes",
    "version",
    "grace_days",
    "wave",
    "privacy",
    "segment",
    "trigger",
    "group",
    "variant",
    "waive",
    "question",
];

/// The keys of every question, notes included.
pub const QUESTION: &[&str] = &["id", "type", "text", "show_if", "group", "pin", "jump", "variants", "trend", "waive"];

/// The keys of a question that stands for the items of a named instrument.
pub const INSTRUMENT: &[&str] = &["id", "instrument", "object", "items", "required", "show_if", "group", "trend", "waive"];

/// The keys of some instruments, with the instruments they belong to.
pub const BY_INSTRUMENT: &[(&str, &[&str])] = &[("object", &["sus", "umux", "umux_lite"]), ("items", &["tlx"])];

/// The keys of questions that would change what is asked, which an instrument fixes.
pub(super) const LOCKED: &[&str] = &[
    "text",
    "help",
    "points",
    "anchors",
    "labels",
    "direction",
    "choices",
    "rows",
    "randomise",
    "min",
    "max",
    "unit",
    "decimals",
    "length",
    "max_length",
    "variants",
];

/// The keys of some questions, with the types they belong to.
pub const BY_TYPE: &[(&str, &[&str])] = &[
    ("help", ASKED),
    ("required", ASKED),
    ("allow", ASKED),
    ("constraint", ASKED),
    ("demographic", ASKED),
    ("points", &["rating", "likert", "matrix"]),
    ("anchors", &["nps", "rating", "likert", "csat", "ces", "matrix"]),
    ("labels", &["rating", "likert", "csat", "ces", "matrix"]),
    ("direction", &["rating", "likert", "matrix"]),
    ("choices", &["single", "multi", "ranking"]),
    ("rows", &["matrix"]),
    ("randomise", &["single", "multi", "ranking", "matrix", "rating", "likert", "csat", "ces"]),
    ("min", &["multi", "number", "date"]),
    ("max", &["multi", "number", "date"]),
    ("unit", &["number"]),
    ("decimals", &["number"]),
    ("length", &["text"]),
    ("max_length", &["text"]),
];

/// The types of questions that take an answer.
const ASKED: &[&str] = TYPES.split_at(TYPES.len() - 1).0;

/// All types; the last one takes no answer.
pub const TYPES: &[&str] = &[
    "nps", "rating", "likert", "csat", "ces", "single", "multi", "ranking", "matrix", "text", "number", "boolean", "date", "note",
];

/// Named instruments.
pub const INSTRUMENTS: &[&str] = &["sus", "umux", "umux_lite", "tlx", "seq"];

/// The keys of a choice.
pub const CHOICE: &[&str] = &["code", "label", "exclusive", "pin", "other", "show_if"];

/// The keys of a matrix row.
pub const ROW: &[&str] = &["code", "label", "pin", "show_if"];

/// The keys of a group.
pub const GROUP: &[&str] = &["id", "show_if", "group", "randomise"];

/// The keys of a variant.
pub const VARIANT: &[&str] = &["id", "arms", "shares"];

/// The keys of a question's words for an arm.
pub const WORDING: &[&str] = &["variant", "arm", "text", "help"];

/// The keys of a jump.
pub const JUMP: &[&str] = &["if", "to"];

/// The keys of a constraint.
pub const CONSTRAINT: &[&str] = &["must", "message"];

/// The keys of a waiver.
pub const WAIVER: &[&str] = &["rule", "reason"];

/// The keys of a wave.
pub const WAVE: &[&str] = &["cadence", "id", "opens", "closes", "windows"];

/// The keys of a wave's window.
pub const WINDOW: &[&str] = &["id", "opens", "closes"];

/// The words of `cadence`.
pub const CADENCE: &[&str] = &["monthly", "quarterly", "yearly", "evergreen"];

/// The keys of the privacy block.
pub const PRIVACY: &[&str] = &["smallest_group", "smallest_comment_group", "segments", "comments", "time", "population"];

/// The words of `time`.
pub const TIME: &[&str] = &["day", "week", "wave"];

/// The keys of a segment.
pub const SEGMENT: &[&str] = &["id", "label", "values"];

/// The keys of a segment's value.
pub const SEGMENT_VALUE: &[&str] = &["code", "label", "parent"];

/// The keys of the trigger block.
pub const TRIGGER: &[&str] = &[
    "command",
    "event",
    "exit_status",
    "min_duration_s",
    "sample",
    "nth_use",
    "first_success",
    "directory",
    "repository",
    "cooldown_days",
    "most_prompts",
];

/// The words of `exit_status`.
pub const EXIT_STATUS: &[&str] = &["any", "success", "failure"];

/// The words of `randomise`.
pub const RANDOMISE: &[&str] = &["shuffle", "reverse"];

/// The words of `trend`.
pub const TREND: &[&str] = &["continue", "break"];

/// The keys of a scale's anchors.
pub const ANCHORS: &[&str] = &["low", "mid", "high"];

/// The words of `allow`.
pub const ALLOW: &[&str] = &["not_applicable", "prefer_not_to_say", "dont_know"];

/// The words of `direction`.
pub const DIRECTION: &[&str] = &["higher_is_better", "lower_is_better"];

/// The words of `length`.
pub const LENGTH: &[&str] = &["short", "long"];

/// Words that mean something in conditions, so that no question may be called so: CEL's, then ours.
pub const RESERVED: &[&str] = &[
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "null",
    "package",
    "namespace",
    "return",
    "true",
    "var",
    "void",
    "while",
    "survey",
    "response",
    "answered",
    "variant",
    "end",
    "size",
    "has",
    "all",
    "exists",
    "exists_one",
    "map",
    "filter",
    "int",
    "uint",
    "double",
    "string",
    "bool",
    "bytes",
    "list",
    "type",
    "null_type",
    "optional_type",
    "dyn",
    "duration",
    "timestamp",
];

/// What authors coming from other tools write, and the key it is here.
pub(super) const OTHER_KEYS: &[(&str, &str)] = &[
    ("name", "title"),
    ("description", "introduction"),
    ("description", "help"),
    ("intro", "introduction"),
    ("lang", "language"),
    ("locale", "language"),
    ("questions", "question"),
    ("item", "question"),
    ("question", "text"),
    ("title", "text"),
    ("prompt", "text"),
    ("label", "text"),
    ("kind", "type"),
    ("hint", "help"),
    ("mandatory", "required"),
    ("optional", "required"),
    ("options", "choices"),
    ("answers", "choices"),
    ("items", "rows"),
    ("scale", "points"),
    ("minimum", "min"),
    ("maximum", "max"),
    ("randomize", "randomise"),
    ("visible_if", "show_if"),
    ("condition", "show_if"),
    ("value", "code"),
    ("key", "code"),
    ("id", "code"),
    ("text", "label"),
    ("none", "exclusive"),
    ("left", "low"),
    ("middle", "mid"),
    ("right", "high"),
];

/// What authors coming from other tools write as a type, and the type it is here.
pub(super) const OTHER_TYPES: &[(&str, &str)] = &[
    ("yes_no", "boolean"),
    ("yesno", "boolean"),
    ("bool", "boolean"),
    ("radio", "single"),
    ("choice", "single"),
    ("single_choice", "single"),
    ("select", "single"),
    ("dropdown", "single"),
    ("checkbox", "multi"),
    ("checkboxes", "multi"),
    ("multiple", "multi"),
    ("multiple_choice", "multi"),
    ("rank", "ranking"),
    ("grid", "matrix"),
    ("string", "text"),
    ("comment", "text"),
    ("open", "text"),
    ("textarea", "text"),
    ("int", "number"),
    ("integer", "number"),
    ("float", "number"),
    ("numeric", "number"),
    ("scale", "rating"),
    ("stars", "rating"),
    ("agreement", "likert"),
    ("info", "note"),
    ("html", "note"),
    ("statement", "note"),
];

/// What authors coming from elsewhere write as an instrument, and the instrument it is here.
pub(super) const OTHER_INSTRUMENTS: &[(&str, &str)] = &[
    ("system_usability_scale", "sus"),
    ("umuxlite", "umux_lite"),
    ("nasa", "tlx"),
    ("nasa_tlx", "tlx"),
    ("raw_tlx", "tlx"),
    ("rtlx", "tlx"),
    ("task_load_index", "tlx"),
    ("single_ease_question", "seq"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::Instrument;
    use crate::survey::nearest::nearest;

    #[test]
    fn the_words_for_instruments_are_those_of_the_instruments() {
        assert_eq!(INSTRUMENTS, Instrument::ALL.map(Instrument::name));
        let with_object: Vec<&str> = Instrument::ALL.into_iter().filter(|it| it.has_object()).map(Instrument::name).collect();
        assert_eq!(BY_INSTRUMENT[0], ("object", with_object.as_slice()));
    }

    #[test]
    fn no_known_key_passes_for_another_that_is_missing() {
        let by_type: Vec<&str> = BY_TYPE.iter().map(|(key, _)| *key).collect();
        let question = [QUESTION, &by_type].concat();
        let places: [(&[&str], &[&str]); 4] = [
            (SURVEY, &["id", "title", "question"]),
            (&question, &["id", "type", "text", "choices", "rows"]),
            (CHOICE, &["code", "label"]),
            (INSTRUMENT, &["id", "instrument"]),
        ];
        for (known, needed) in places {
            for (key, missing) in known.iter().flat_map(|key| needed.iter().map(move |missing| (key, missing))) {
                assert!(key == missing || nearest(key, [*missing], OTHER_KEYS).is_none(), "{key} passes for {missing}");
            }
        }
    }
}
