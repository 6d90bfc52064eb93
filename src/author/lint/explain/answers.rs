//! Codes of scales, choices, rows and ranges.

use super::Explanation;

pub(super) const EXPLANATIONS: &[Explanation] = &[
    Explanation {
        code: "case-clash",
        meaning: "Two codes differ in case only. Many tools that read the answers would take them for one.",
        bad: "[[question]]\nid = \"where\"\ntype = \"single\"\ntext = \"Where?\"\n\
              choices = [{ code = \"ci\", label = \"Pipelines\" }, { code = \"CI\", label = \"Reviews\" }]",
        good: "[[question]]\nid = \"where\"\ntype = \"single\"\ntext = \"Where?\"\n\
               choices = [{ code = \"ci\", label = \"Pipelines\" }, { code = \"reviews\", label = \"Reviews\" }]",
    },
    Explanation {
        code: "duplicate-code",
        meaning: "Two choices or rows have the same code. Answers store the code, so they couldn't be told apart.",
        bad: "[[question]]\nid = \"where\"\ntype = \"single\"\ntext = \"Where?\"\n\
              choices = [{ code = \"ci\", label = \"Pipelines\" }, { code = \"ci\", label = \"Reviews\" }]",
        good: "[[question]]\nid = \"where\"\ntype = \"single\"\ntext = \"Where?\"\n\
               choices = [{ code = \"ci\", label = \"Pipelines\" }, { code = \"reviews\", label = \"Reviews\" }]",
    },
    Explanation {
        code: "duplicate-label",
        meaning: "Two choices, rows or points of a scale read the same, so a respondent can't choose between them.",
        bad: "[[question]]\nid = \"where\"\ntype = \"single\"\ntext = \"Where?\"\n\
              choices = [{ code = \"ci\", label = \"Pipelines\" }, { code = \"cd\", label = \"Pipelines\" }]",
        good: "[[question]]\nid = \"where\"\ntype = \"single\"\ntext = \"Where?\"\n\
               choices = [{ code = \"ci\", label = \"Build pipelines\" }, { code = \"cd\", label = \"Deployment pipelines\" }]",
    },
    Explanation {
        code: "duplicate-value",
        meaning: "The same value stands twice in a list where each counts once.",
        bad: "[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How easy was it?\"\n\
              allow = [\"not_applicable\", \"not_applicable\"]",
        good: "[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How easy was it?\"\nallow = [\"not_applicable\"]",
    },
    Explanation {
        code: "invalid-date",
        meaning: "This isn't a day of the calendar, written as year, month and day.",
        bad: "[[question]]\nid = \"since\"\ntype = \"date\"\ntext = \"Since when?\"\nmin = \"2026-02-30\"",
        good: "[[question]]\nid = \"since\"\ntype = \"date\"\ntext = \"Since when?\"\nmin = \"2026-02-28\"",
    },
    Explanation {
        code: "label-count",
        meaning: "Labels name every point of a scale, so there are as many as there are points.",
        bad: "[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How easy was it?\"\npoints = 3\nlabels = [\"Hard\", \"Easy\"]",
        good: "[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How easy was it?\"\npoints = 3\n\
               labels = [\"Hard\", \"Neither\", \"Easy\"]",
    },
    Explanation {
        code: "labels-and-anchors",
        meaning: "A scale has `labels`, which name every point, or `anchors`, which name the ends; both would contradict each other.",
        bad: "[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How easy was it?\"\npoints = 2\n\
              labels = [\"Hard\", \"Easy\"]\nanchors = { low = \"Very hard\" }",
        good: "[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How easy was it?\"\npoints = 2\nlabels = [\"Hard\", \"Easy\"]",
    },
    Explanation {
        code: "mark-not-allowed",
        meaning: "Choices of this type can't carry this mark: only `multi` has exclusive choices, since a single answer excludes all \
                  others anyway, and a ranking has no `other`.",
        bad: "[[question]]\nid = \"where\"\ntype = \"single\"\ntext = \"Where?\"\n\
              choices = [{ code = \"ci\", label = \"Pipelines\" }, { code = \"none\", label = \"Nowhere\", exclusive = true }]",
        good: "[[question]]\nid = \"where\"\ntype = \"multi\"\ntext = \"Where?\"\n\
               choices = [{ code = \"ci\", label = \"Pipelines\" }, { code = \"none\", label = \"Nowhere\", exclusive = true }]",
    },
    Explanation {
        code: "max-below-min",
        meaning: "The greatest value is below the least, so no answer would do.",
        bad: "[[question]]\nid = \"hours\"\ntype = \"number\"\ntext = \"How many hours?\"\nmin = 10\nmax = 1",
        good: "[[question]]\nid = \"hours\"\ntype = \"number\"\ntext = \"How many hours?\"\nmin = 1\nmax = 10",
    },
    Explanation {
        code: "no-middle",
        meaning: "A scale with an even number of points has no middle that could be named.",
        bad: "[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How easy was it?\"\npoints = 4\nanchors = { mid = \"Neither\" }",
        good: "[[question]]\nid = \"ease\"\ntype = \"rating\"\ntext = \"How easy was it?\"\npoints = 5\nanchors = { mid = \"Neither\" }",
    },
    Explanation {
        code: "out-of-range",
        meaning: "The number is smaller or greater than this key takes.",
        bad: "minutes = 90",
        good: "minutes = 5",
    },
    Explanation {
        code: "second-other",
        meaning: "Two choices ask for the respondent's own words. A question has one line for them.",
        bad: "[[question]]\nid = \"where\"\ntype = \"single\"\ntext = \"Where?\"\nchoices = [\n  \
              { code = \"other\", label = \"Elsewhere\", other = true },\n  { code = \"more\", label = \"More\", other = true },\n]",
        good: "[[question]]\nid = \"where\"\ntype = \"single\"\ntext = \"Where?\"\nchoices = [\n  \
               { code = \"ci\", label = \"Pipelines\" },\n  { code = \"other\", label = \"Elsewhere\", other = true },\n]",
    },
    Explanation {
        code: "too-few-choices",
        meaning: "A question with one choice asks nothing.",
        bad: "[[question]]\nid = \"where\"\ntype = \"single\"\ntext = \"Where?\"\nchoices = [{ code = \"ci\", label = \"Pipelines\" }]",
        good: "[[question]]\nid = \"where\"\ntype = \"single\"\ntext = \"Where?\"\n\
               choices = [{ code = \"ci\", label = \"Pipelines\" }, { code = \"reviews\", label = \"Reviews\" }]",
    },
    Explanation {
        code: "too-few-rows",
        meaning: "A matrix without rows asks nothing.",
        bad: "[[question]]\nid = \"parts\"\ntype = \"matrix\"\ntext = \"How easy was each?\"\nrows = []",
        good: "[[question]]\nid = \"parts\"\ntype = \"matrix\"\ntext = \"How easy was each?\"\n\
               rows = [{ code = \"ci\", label = \"Pipelines\" }]",
    },
    Explanation {
        code: "too-many-choices",
        meaning: "A ranking has at most 10 choices, single and multi have at most 100: more can't be compared.",
        bad: "[[question]]\nid = \"next\"\ntype = \"ranking\"\ntext = \"What first?\"\nchoices = [\n  \
              { code = \"1\", label = \"1\" }, { code = \"2\", label = \"2\" }, { code = \"3\", label = \"3\" },\n  \
              { code = \"4\", label = \"4\" }, { code = \"5\", label = \"5\" }, { code = \"6\", label = \"6\" },\n  \
              { code = \"7\", label = \"7\" }, { code = \"8\", label = \"8\" }, { code = \"9\", label = \"9\" },\n  \
              { code = \"10\", label = \"10\" }, { code = \"11\", label = \"11\" },\n]",
        good: "[[question]]\nid = \"next\"\ntype = \"ranking\"\ntext = \"What first?\"\nchoices = [\n  \
               { code = \"1\", label = \"1\" }, { code = \"2\", label = \"2\" }, { code = \"3\", label = \"3\" },\n]",
    },
    Explanation {
        code: "too-many-decimals",
        meaning: "A bound has more decimal places than an answer may have, so that no answer could ever meet it.",
        bad: "[[question]]\nid = \"hours\"\ntype = \"number\"\ntext = \"How many hours?\"\nmax = 7.5",
        good: "[[question]]\nid = \"hours\"\ntype = \"number\"\ntext = \"How many hours?\"\ndecimals = 1\nmax = 7.5",
    },
    Explanation {
        code: "too-many-points",
        meaning: "One digit answers a row of a matrix, so its scale has at most 9 points.",
        bad: "[[question]]\nid = \"parts\"\ntype = \"matrix\"\ntext = \"How easy was each?\"\npoints = 10\n\
              rows = [{ code = \"ci\", label = \"Pipelines\" }]",
        good: "[[question]]\nid = \"parts\"\ntype = \"matrix\"\ntext = \"How easy was each?\"\npoints = 7\n\
               rows = [{ code = \"ci\", label = \"Pipelines\" }]",
    },
    Explanation {
        code: "too-many-rows",
        meaning: "A matrix has at most 50 rows. Respondents give the same answer to all long before.",
        bad: "# the fifty-first row",
        good: "rows = [{ code = \"ci\", label = \"Pipelines\" }, { code = \"reviews\", label = \"Reviews\" }]",
    },
];
