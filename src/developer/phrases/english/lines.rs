//! What English says in plain lines, and the words it understands there.

use crate::developer::phrases::number_of;
use crate::developer::phrases::parts::{Lines, Word, Words};

pub(super) const WORDS: Words = Words {
    next: Word::of(&["next", "tab"]),
    back: Word::of(&["back", "b"]),
    skip: Word::of(&["skip", "s"]),
    not_applicable: Word::of(&["na", "n/a"]),
    prefer_not: Word::of(&["prefer"]),
    dont_know: Word::of(&["unknown"]),
    review: Word::of(&["review", "r"]),
    quit: Word::of(&["quit", "q"]),
    decline: Word::of(&["decline"]),
    help: Word::of(&["help", "?"]),
    submit: Word::of(&["submit", "finish", "send"]),
    replace: Word::of(&["replace", "r", "1"]),
    keep: Word::of(&["keep", "k", "2"]),
    mend: Word::of(&["edit", "e", "3"]),
    yes: &["yes", "y"],
    no: &["no", "n"],
    own_words: &["other:"],
    between: ", ",
};

pub(super) const LINES: Lines = Lines {
    asked_by: |owner| format!("Asked by {owner}."),
    opening: |count, long| format!("{}, {long}. Type an answer and press Enter.", number_of(count, "question", "questions")),
    leaves_here: "Your answers leave this machine once you submit them.",
    question: |number, all| format!("Question {number} of {all}"),
    required_question: |number, all| format!("Question {number} of {all}, required"),
    row: |row, all, label| format!("Row {row} of {all}: {label}"),
    alone: " (only on its own)",
    own_words: ", or other: and your own words",
    scale: |first, last| format!("Type {first} to {last}"),
    yes_or_no: "Type yes or no",
    single: |count| match count {
        1 => "Type 1".to_owned(),
        count => format!("Type 1 to {count}"),
    },
    multi: |example, bounds| format!("Type {example}, {bounds}"),
    exactly: |count| format!("exactly {count}"),
    at_least: |least| format!("at least {least}"),
    at_most: |most| format!("at most {most}"),
    some: |least, most| format!("{least} to {most} of them"),
    any: "as many as apply",
    number_such_as: |number| format!("a number such as {number}"),
    numbers_such_as: |numbers| format!("numbers such as {numbers}"),
    numbers: "numbers",
    ranking: |example| format!("Type all the numbers, the most preferred first, such as {example}"),
    short_text: "Type your answer",
    long_text: "Type your answer; a line with only a dot ends it",
    number: |unit, range| match unit {
        "" => format!("Type a number{range}"),
        unit => format!("Type a number of {unit}{range}"),
    },
    from_to: |least, most| format!(" from {least} to {most}"),
    or_more: |least| format!(", {least} or more"),
    or_less: |most| format!(", {most} or less"),
    date: "Type a date such as 2026-03-31",
    note: "Press Enter to go on",
    ways: |invitation, words| format!("{invitation}, or: {words}"),
    help: |invitation, mark, may_skip| {
        let skip = if may_skip { format!("{mark}skip leaves the question out. ") } else { String::new() };
        format!(
            "{invitation}. Or one of these words: {skip}{mark}next goes on with what is there. {mark}back goes to the question \
             before and keeps your answer. {mark}review lists your answers. {mark}quit keeps your answers and leaves. \
             {mark}decline deletes them and leaves."
        )
    },
    stands_for: |mark, word, meaning| format!(" {mark}{word} stands for: {meaning}."),
    help_review: "submit stores your response. A question's number goes to it. back goes to the last question. quit keeps your \
                  answers and leaves. decline deletes them and leaves.",
    so_far: |answer, mark| format!("Your answer so far: {answer}. {mark}next keeps it."),
    unfinished: |text| format!("Typed before and not finished: {text}"),
    review: "Review of your answers",
    no_answer: "no answer",
    to_do: |problem| format!(" (Still to do: {}.)", problem.trim_end_matches('.')),
    review_ways: "Type submit to finish, a number to change that answer, or: back, quit, help",
    declining: "Declining deletes your answers so far. Type it once more to do so; quitting keeps them.",
    dropping: "This drops your changes; what you answered before stays as it was. Type it once more to do so; quitting keeps them.",
    your_answer: |answer| format!("Your answer: {answer}"),
    other: |words| format!("other: {words}"),
    sentence: |text| format!("{text}."),
    nothing_typed: |ways, mark| format!("Nothing typed, so nothing changed. {ways}. {mark}next leaves it as it is."),
    no_answer_here: |problem, ways| format!("That's no answer here: {problem}. {ways}."),
    not_taken: |word, ways| format!("This question doesn't take {word}. {ways}."),
    meant: |word, purpose| {
        format!("Did you mean the command? Type /{word} {purpose}, or \"{word}\" in quotes to answer with that word.")
    },
    only_questions: |count| match count {
        1 => "There is only question 1.".to_owned(),
        count => format!("There are only the questions 1 to {count}."),
    },
    at_review: "Type submit to finish, a question's number to change it, or: back, quit, help.",
    to_go_on: "to go on",
    to_go_back: "to go back",
    to_skip: "to skip",
    for_the_review: "for the review",
    to_leave: "to leave",
    to_decline: "to decline",
    for_it: "for it",
    expected_yes_or_no: "expected yes or no",
    expected_one: "expected a single number",
    expected_own_words: "this choice needs your own words, such as other: a reason",
    expected_digits: "expected digits, with a point for decimals",
    expected_date: "expected year-month-day, such as 2026-03-31",
    expected_whole: "expected a whole number",
    expected_numbers: |count| match count {
        1 => "expected the number 1".to_owned(),
        count => format!("expected numbers from 1 to {count}"),
    },
};
