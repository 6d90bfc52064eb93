//! Codes of names, texts and languages.

use super::Explanation;

pub(super) const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: "duplicate-id",
        meaning: "Two questions have the same id. Answers are stored under it, so they couldn't be told apart.",
        bad: "[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How easy was the build?\"\n\n\
              [[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How easy was the deployment?\"",
        good: "[[question]]\nid = \"build\"\ntype = \"rating\"\ntext = \"How easy was the build?\"\n\n\
               [[question]]\nid = \"deployment\"\ntype = \"rating\"\ntext = \"How easy was the deployment?\"",
    },
    Explanation {
        code: "empty-text",
        meaning: "A text that a respondent reads is empty, or has nothing to see in it.",
        bad: "[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \" \"",
        good: "[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How easy was it?\"",
    },
    Explanation {
        code: "invalid-code",
        meaning: "A code is what answers store for a choice or a row: up to 64 letters a to z, digits and _ . + -, starting with a \
                  letter or digit. It ends up in the names of columns, so it has no blanks.",
        bad: "[[question]]\nid = \"role\"\ntype = \"single\"\ntext = \"What do you do?\"\n\
              choices = [{ code = \"on call\", label = \"Operations\" }, { code = \"dev\", label = \"Development\" }]",
        good: "[[question]]\nid = \"role\"\ntype = \"single\"\ntext = \"What do you do?\"\n\
               choices = [{ code = \"on_call\", label = \"Operations\" }, { code = \"dev\", label = \"Development\" }]",
    },
    Explanation {
        code: "invalid-id",
        meaning: "An id names a survey or a question for as long as there are answers to it. A survey's has up to 64 of a to z, 0 to 9 \
                  and -; a question's up to 32 of a to z, 0 to 9 and _, starting with a letter.",
        bad: "id = \"Platform pulse\"",
        good: "id = \"platform-pulse\"",
    },
    Explanation {
        code: "invalid-language",
        meaning: "A language is given by its BCP 47 tag: two or three letters, and a region or script behind a hyphen if need be.",
        bad: "language = \"english\"",
        good: "language = \"en\"",
    },
    Explanation {
        code: "line-break",
        meaning: "This text is shown on one line, so it can't hold a line break.",
        bad: "title = \"Platform\\npulse\"",
        good: "title = \"Platform pulse\"",
    },
    Explanation {
        code: "missing-translation",
        meaning: "A text has no words in a language that the survey speaks elsewhere. Respondents would read half a survey in one \
                  language and half in another. A dialect such as de-CH may be partial: it falls back to de.",
        bad: "title = { en = \"Pulse\", de = \"Puls\" }\nintroduction = \"Two questions.\"\n\n\
              [[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = { en = \"How likely?\", de = \"Wie wahrscheinlich?\" }",
        good: "title = { en = \"Pulse\", de = \"Puls\" }\nintroduction = { en = \"Two questions.\", de = \"Zwei Fragen.\" }\n\n\
               [[question]]\nid = \"nps\"\ntype = \"nps\"\ntext = { en = \"How likely?\", de = \"Wie wahrscheinlich?\" }",
    },
    Explanation {
        code: "reserved-id",
        meaning: "Conditions use this word themselves, so no question can be called so.",
        bad: "[[question]]\nid = \"size\"\ntype = \"number\"\ntext = \"How many people are in your team?\"",
        good: "[[question]]\nid = \"team_size\"\ntype = \"number\"\ntext = \"How many people are in your team?\"",
    },
    Explanation {
        code: "text-too-long",
        meaning: "The text is longer than fits where it is shown: 120 characters for a title, 500 for a question, 200 for a label, 40 \
                  for a unit, 2,000 for the introduction.",
        bad: "[[question]]\nid = \"wait\"\ntype = \"number\"\ntext = \"How long did you wait?\"\n\
              unit = \"hours on which nobody could go on with anything else\"",
        good: "[[question]]\nid = \"wait\"\ntype = \"number\"\ntext = \"How long did you wait?\"\nunit = \"hours\"",
    },
];
