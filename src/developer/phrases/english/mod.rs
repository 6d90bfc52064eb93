//! The program's words in English, the language it was written in.

mod keys;
mod lines;
mod outbox;
mod prompting;

use super::parts::{Answers, Farewells, Fields, Found, Inbox, Lists, Notices, Status, Surveys, Times};
use super::{Going, Phrases, number_of};
use crate::response::Missing;

pub(super) static ENGLISH: Phrases = ALL;
/// The same on trial, where nothing is stored.
pub(super) static ON_TRIAL: Phrases =
    ALL.on_trial("◈ preview", |tally| format!("{tally}. Enter ends the survey; nothing is stored."));
/// The same where answers go to a collector.
pub(super) static ANONYMOUS: Phrases = ALL.going(Going {
    place: "◈ anonymous",
    short: "◈ anonymous",
    help: "◈ sent anonymously at a time drawn by chance; `dxpulse payload` shows every byte of it",
    spoken: "Your answers are sent anonymously, at a time drawn by chance.",
    answered: "thanks: saved; sent anonymously later · dxpulse undo",
    warning: None,
    greeting: "What your organisation published is sent anonymously; all else stays here.",
    closing: "What your organisation published is sent anonymously. Type a number to answer a survey, or quit.",
});
/// The same where fewer than ten are invited.
pub(super) static FEW: Phrases = ALL.going(Going {
    place: "! few invited",
    short: "! few invited",
    help: "! sent without your name, but fewer than ten are invited: whoever knows them can guess who said what",
    spoken: "Your answers are sent without your name.",
    answered: "thanks: saved; sent without your name later, among few · dxpulse undo",
    warning: Some("Fewer than ten are invited: whoever knows them can guess who said what."),
    greeting: "What your organisation published is sent without your name; all else stays here.",
    closing: "What your organisation published is sent without your name. Type a number to answer a survey, or quit.",
});
/// The same where answers go to an endpoint.
pub(super) static CONFIDENTIAL: Phrases = ALL.going(Going {
    place: "◈ confidential",
    short: "◈ confidential",
    help: "◈ sent confidentially: your organisation's endpoint gets it, and is trusted not to look who sends",
    spoken: "Your answers are sent confidentially, to your organisation's endpoint.",
    answered: "thanks: saved; sent confidentially later · dxpulse undo",
    warning: None,
    greeting: "Your organisation gets what you answer, confidentially; `dxpulse payload` shows it.",
    closing: "Your organisation gets what you answer, confidentially. Type a number to answer a survey, or quit.",
});

const ALL: Phrases = Phrases {
    language: "en",
    yes_key: 'y',
    hints: keys::HINTS,
    helps: keys::HELPS,
    menu: keys::MENU,
    notices: NOTICES,
    status: STATUS,
    answers: ANSWERS,
    fields: FIELDS,
    lists: LISTS,
    found: FOUND,
    inbox: INBOX,
    words: lines::WORDS,
    lines: lines::LINES,
    times: TIMES,
    surveys: SURVEYS,
    outbox: outbox::OUTBOX,
    prompting: prompting::PROMPTING,
    farewells: FAREWELLS,
    warning: None,
};

const NOTICES: Notices = Notices {
    required: "this question needs an answer; you can save and leave any time",
    no_not_applicable: "this question has no \"not applicable\"; skip leaves it out",
    no_prefer_not: "this question has no \"prefer not to say\"; skip leaves it out",
    no_dont_know: "this question has no \"don't know\"; skip leaves it out",
    first_question: "this is the first question",
    too_fast: "typed too fast to be an answer: nothing was answered",
    pasted: "pasted text answers nothing here",
    before_sending: |problem| format!("before the survey can be sent off: {problem}"),
    nothing_chosen: "nothing is chosen yet; Tab leaves it unanswered",
    nothing_chosen_in_row: "nothing is chosen in this row yet; Tab leaves the rest unanswered",
    nothing_ranked: "nothing is ranked yet; Tab leaves it unanswered",
    no_choice: "no choice under the cursor; Esc closes the filter",
    nothing_typed: "nothing typed, so it is left out",
    choices: |count| match count {
        1 => "there is 1 choice".to_owned(),
        count => format!("there are {count} choices"),
    },
    to_rank: |count| match count {
        1 => "there is 1 to rank".to_owned(),
        count => format!("there are {count} to rank"),
    },
    at_most: |most| format!("takes at most {most}: take one back first"),
    too_long: |excess| match excess {
        1 => "too long: 1 character at the end was left out".to_owned(),
        excess => format!("too long: {excess} characters at the end were left out"),
    },
    scale: |first, last| format!("this scale goes from {first} to {last}"),
    scale_to_ten: |first, last| format!("this scale goes from {first} to {last}; t is 10"),
    no_cursor: "move to a choice first",
    no_number: "that is no number: only digits, a sign and a decimal point",
    no_number_yet: "that is no number yet",
    no_date: "expected a date as year-month-day, such as 2026-03-31",
    only_date_digits: "only digits: year, month, day",
    text_kept: |reason| format!("your text is kept; {reason}"),
    not_saved: |reason| format!("not saved: {reason}"),
    leave_unsaved: |reason| format!("leave again to go without saving; {reason}"),
    changed: |changes| format!("survey changed; {changes}; rest kept"),
    asked_anew: |numbers| format!("asked anew: {numbers}"),
    new: |numbers| format!("new: {numbers}"),
    gone: |count| format!("gone: {count}"),
};

const STATUS: Status = Status {
    progress: |number, asked, left| format!("{number} of {asked} · {left}"),
    left: |span| format!("{span} left"),
    review: "review",
    your_answer: |answer| format!("your answer: {answer}"),
    saving: "… saving",
    not_saved: "✗ not saved",
    saved: |replies| format!("✓ {} saved", number_of(replies, "reply", "replies")),
    saved_short: |replies| format!("✓ {replies} saved"),
    stays_here: "◈ stays here",
    local: "◈ local",
    leaves_here: "◈ to be sent",
    leaves: "◈ sends",
    more: |lines| format!("{lines} more"),
    needs_answer: "Needs an answer.",
    asked_by: |owner| format!("Asked by: {owner}."),
};

const ANSWERS: Answers = Answers {
    yes: "yes",
    no: "no",
    yes_label: "Yes",
    no_label: "No",
    missing: |kind| match kind {
        Missing::Skipped => "skipped",
        Missing::Unanswered => "unanswered",
        Missing::NotShown => "not shown",
        Missing::NotApplicable => "not applicable",
        Missing::PreferNotToSay => "prefer not to say",
        Missing::DontKnow => "don't know",
    },
    rows: |given, all| format!("{given} of {}", number_of(all, "row", "rows")),
    problem: ToString::to_string,
    misfit: ToString::to_string,
};

const FIELDS: Fields = Fields {
    from_to: |least, most| format!("{least} to {most}"),
    or_more: |least| format!("{least} or more"),
    up_to: |most| format!("up to {most}"),
    or_later: |first| format!("{first} or later"),
    or_earlier: |last| format!("{last} or earlier"),
    any_number: "a number",
    any_day: "any day",
    date: |range| format!("year-month-day, {range}; → starts with today"),
    type_answer: "type your answer",
    type_answer_or_edit: "type your answer; ctrl-o opens your editor",
    used: |used, most| format!("{used} of {most} characters"),
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
};

const LISTS: Lists = Lists {
    type_it: |label| format!("{label} (type it)"),
    found: |count| format!("{count} found"),
    choose_exactly: |count| format!("choose {count}, then Enter"),
    choose_at_least: |least| format!("choose at least {least}, then Enter"),
    choose_up_to: |most| format!("choose up to {most}, then Enter"),
    choose_between: |least, most| format!("choose {least} to {most}, then Enter"),
    choose_any: "choose any number, then Enter",
    first_preference: |left| format!("press the number of your first preference; {left} to rank"),
    next_preference: |left| format!("press the number of your next preference; {left} to rank"),
    all_ranked: "all ranked; Enter goes on, a number ranks it anew",
    row: |row, all| format!("{row} of {all}"),
    answered: |count| format!("{count} answered"),
    missing: |count, kind| format!("{count} {kind}"),
    between: ", ",
    complete: |tally| format!("{tally}. Enter stores your response."),
    incomplete: |count| match count {
        1 => "One question needs another look before the survey can be sent off.".to_owned(),
        count => format!("{count} questions need another look before the survey can be sent off."),
    },
};

const FOUND: Found = Found {
    heading: |count| match count {
        1 => "1 part of your words may name someone or hold a secret. Not sent yet.".to_owned(),
        count => format!("{count} parts of your words may name someone or hold a secret. Not sent yet."),
    },
    no_promise: "This only helps you look: it doesn't find everything.",
    would_become: |number, words, word| format!("Question {number}: {words} would become {word}."),
    ways: "Type replace to send your response with these replaced, keep to send it as written, edit to change it, or: back, quit, help",
    help: "replace puts the words in brackets in the place of yours and sends your response off. keep sends it off as you wrote it. \
           edit goes to the first of these answers. back goes back, and nothing is sent. quit keeps your answers and leaves.",
};

const INBOX: Inbox = Inbox {
    title: "inbox",
    greeting: [
        "Short surveys on how your developer platform treats you, one key an answer.",
        "Nothing leaves this machine; \"dxpulse forget\" deletes what you answered.",
        "It never starts by itself; DO_NOT_TRACK=1 opts out for good.",
    ],
    known: "Known about who you are: nothing.",
    known_of: |list| format!("Known about who you are: {list}."),
    class_alone: "Answers tell no more than a class of at least ten.",
    open: "Open",
    done: "Done",
    closed: "Closed",
    none: "No surveys. Put a survey's TOML file in your surveys folder.",
    on_request: |count| format!("{count} more on request: dxpulse list"),
    choose: "choose",
    open_it: "open",
    leave: "leave",
    help: "help",
    help_move: "move",
    help_open: "answer, or go on with it",
    help_number: "answer it by its number",
    help_leave: "leave",
    help_help: "show or close this help",
    draft: |replied, asked, saved| format!("{replied} of {asked}, saved {saved}"),
    draft_until: |replied, asked, until| format!("{replied} of {asked}, {until}"),
    answered: |on| format!("answered {on}"),
    declined: |on| format!("declined {on}"),
    again: |on, id| format!("answered on {on}; to answer again: dxpulse take {id} --again"),
    is_closed: |id, when| format!("{id} is closed: {when}"),
    unreadable: |count| format!("! {}: dxpulse list", number_of(count, "survey can't be read", "surveys can't be read")),
    lost_draft: |id, name, why| format!("! the draft of {id} can't be gone on with: {name} {why}"),
    thanks: "✓ thanks: your response is stored on this machine",
    was_declined: "– declined",
    line_draft: |replied, asked, saved| format!("to resume: {replied} of {asked}, saved {saved}"),
    line_open: |length| format!("open, {length}"),
    line_answered: |on| format!("answered on {on}"),
    line_declined: |on| format!("declined on {on}"),
    line_closed: |when| format!("closed, {when}"),
    line_closing: "Nothing leaves this machine. Type a number to answer a survey, or quit.",
    line_number: |count| match count {
        1 => "type 1, or quit".to_owned(),
        count => format!("type a number from 1 to {count}, or quit"),
    },
    line_again: |id| format!("that one is answered; to answer again: dxpulse take {id} --again"),
    line_is_closed: |when| format!("that one is closed: {when}"),
};

const TIMES: Times = Times {
    seconds: |count| format!("{count} s"),
    minutes: |count| format!("{count} min"),
    about: |span| format!("about {span}"),
    just_now: "just now",
    minutes_ago: |count| format!("{} ago", number_of(count, "minute", "minutes")),
    hours_ago: |count| format!("{} ago", number_of(count, "hour", "hours")),
    days_ago: |count| format!("{} ago", number_of(count, "day", "days")),
    on_day: |day| format!("on {day}"),
    date: |day, has_year| day.format(if has_year { "%-d %b %Y" } else { "%-d %b" }).to_string(),
    until: |day| format!("until {day}"),
    until_today: "until today",
};

const SURVEYS: Surveys = Surveys {
    open: "Open",
    draft: "To resume",
    answered: "Answered",
    declined: "Declined",
    closed: "Closed",
    on_request: "On request",
    progress: |answered, asked, saved| format!("{answered} of {asked} answered, saved {saved}"),
    in_file: |path| format!("in {path}"),
    opens: |day| format!("opens {day}"),
    closed_on: |day| format!("closed on {day}"),
    is_closed: "closed",
    not_in_folder: "(its file is not in your surveys folder)",
    file_gone: "(its file is gone)",
    file_unreadable: "(its file can't be read)",
    other_survey: |id| format!("(its file has the survey {id} now)"),
    take_one: |name| format!("answer one with `dxpulse take {name}`"),
    take_next: |name| format!("go on with `dxpulse take {name}`"),
    nothing_open: "nothing is open; `dxpulse history` shows what you answered",
    nothing_answered: "nothing answered yet; `dxpulse list` shows what is open",
    was_answered: "answered",
    was_taken_back: "taken back",
    was_declined: "declined",
};

const FAREWELLS: Farewells = Farewells {
    answered: "thanks: stored on this machine, nothing was sent",
    declined: "declined; you won't be asked again",
    declined_wave: "declined; you won't be asked again in this wave",
    dropped: "changes dropped; what you answered before stays as it was",
    leaves: "this is all that leaves this machine, for the first time; `dxpulse payload` shows it again any time",
    untouched: |name| format!("nothing answered yet; start again with: dxpulse take {name}"),
    kept: |count, name| format!("{} kept; go on with: dxpulse take {name}", number_of(count, "reply", "replies")),
    comfort: "the answers you gave are kept; start again to go on where you were",
};
