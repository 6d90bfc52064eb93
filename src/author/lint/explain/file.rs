//! Codes of the file as a whole: its TOML, its keys and the types of their values.

use super::Explanation;

pub(super) const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: "duplicate-key",
        meaning: "A key stands twice in the same table. TOML allows it once, and which of the two was meant can't be guessed.",
        bad: "title = \"Pulse\"\ntitle = \"Platform pulse\"",
        good: "title = \"Platform pulse\"",
    },
    Explanation {
        code: "hidden-character",
        meaning: "The file holds a character that can't be seen but acts: a control character, a mark that turns the direction of \
                  writing, a blank without width. Terminals obey such characters, and reviewers don't see them.",
        bad: "title = \"Platform\\u200B pulse\"",
        good: "title = \"Platform pulse\"",
    },
    Explanation {
        code: "key-of-another-type",
        meaning: "The key is known, but this type of question has no use for it. Ignoring it would hide a misunderstanding.",
        bad: "[[question]]\nid = \"ease\"\ntype = \"text\"\ntext = \"What was hard?\"\npoints = 5",
        good: "[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How hard was it?\"\npoints = 5",
    },
    Explanation {
        code: "misplaced-key",
        meaning: "The key belongs to the survey and stands in a question. In TOML everything below [[question]] belongs to that \
                  question, so keys of the survey stand above the first one.",
        bad: "[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How hard was it?\"\nlanguage = \"en\"",
        good: "language = \"en\"\n\n[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How hard was it?\"",
    },
    Explanation {
        code: "missing-key",
        meaning: "A key that every survey, question, choice or row needs isn't there.",
        bad: "[[question]]\nid = \"ease\"\ntext = \"How easy was it?\"",
        good: "[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How easy was it?\"",
    },
    Explanation {
        code: "no-questions",
        meaning: "The survey asks nothing: it has no question, or notes only, which take no answer.",
        bad: "[[question]]\nid = \"hello\"\ntype = \"note\"\ntext = \"Welcome.\"",
        good: "[[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = \"How likely are you to recommend the platform?\"",
    },
    Explanation {
        code: "not-utf-8",
        meaning: "The file is not a text in UTF-8, the encoding of TOML. Most often an editor saved it in an older one.",
        bad: "# a file saved as Latin-1",
        good: "# the same file saved as UTF-8",
    },
    Explanation {
        code: "syntax",
        meaning: "The file isn't TOML: a quote or bracket is never closed, a value is missing, or two things stand on one line. Until \
                  that is mended, nothing else of the file can be checked.",
        bad: "owner = Platform team",
        good: "owner = \"Platform team\"",
    },
    Explanation {
        code: "too-deep",
        meaning: "Tables are nested more deeply than they can be read. No survey needs more than four levels.",
        bad: "# a table in a table in a table, eighty times over",
        good: "choices = [{ code = \"docs\", label.en = \"Documentation\" }]",
    },
    Explanation {
        code: "too-large",
        meaning: "The file has more than 256 KiB. A survey that people finish is far smaller.",
        bad: "# a file of a megabyte",
        good: "# two surveys, or one with shorter texts",
    },
    Explanation {
        code: "too-many-questions",
        meaning: "The survey has more than 200 questions. Nobody answers this many.",
        bad: "# the two hundred and first [[question]]",
        good: "# a survey of ten questions, and another one next quarter",
    },
    Explanation {
        code: "unknown-key",
        meaning: "The key isn't part of the language, most often because of a slip of the fingers. An unknown key is never ignored: \
                  what it was meant to do would not happen, and nobody would notice.",
        bad: "titel = \"Pulse\"\nid = \"pulse\"\n\n[[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = \"How likely?\"",
        good: "title = \"Pulse\"\nid = \"pulse\"\n\n[[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = \"How likely?\"",
    },
    Explanation {
        code: "unknown-type",
        meaning: "There is no such type of question.",
        bad: "[[question]]\nid = \"oncall\"\ntype = \"yes_no\"\ntext = \"Were you on call?\"",
        good: "[[question]]\nid = \"oncall\"\ntype = \"boolean\"\ntext = \"Were you on call?\"",
    },
    Explanation {
        code: "unknown-value",
        meaning: "The key takes one of a few words, and this isn't one of them.",
        bad: "[[question]]\nid = \"why\"\ntype = \"text\"\ntext = \"Why?\"\nlength = \"huge\"",
        good: "[[question]]\nid = \"why\"\ntype = \"text\"\ntext = \"Why?\"\nlength = \"long\"",
    },
    Explanation {
        code: "wrong-type",
        meaning: "The value is of another type than the key takes: text where a number is meant, a number where a list is meant. \
                  Nothing is converted, since a guess could be wrong.",
        bad: "minutes = \"2\"",
        good: "minutes = 2",
    },
];
