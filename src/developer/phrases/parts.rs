//! What there is to say, part by part: each field is a phrase that every language must have.
//!
//! The English of a phrase says what it is for. No phrase is written here.

use chrono::NaiveDate;

use crate::response::check::Problem;
use crate::response::{Misfit, Missing};

/// A phrase without parts.
type Plain = &'static str;
/// A phrase with a number that decides between one and many.
type Count = fn(usize) -> String;
/// A phrase with two numbers.
type Counts = fn(usize, usize) -> String;
/// A phrase around a text.
type Around = fn(&str) -> String;
/// A phrase around two texts.
type AroundBoth = fn(&str, &str) -> String;
/// A phrase with a number and a text.
type CountAround = fn(usize, &str) -> String;
/// A phrase with a number and two texts.
type CountAroundBoth = fn(usize, &str, &str) -> String;
/// A phrase with two numbers and a text.
type CountsAround = fn(usize, usize, &str) -> String;
/// A line of help with what to type, the mark before words, and whether the question may be skipped.
type Explain = fn(&str, &str, bool) -> String;

/// A word that is typed, and the others that mean the same.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    /// What the respondent is shown.
    pub(crate) shown: &'static str,
    /// What may be typed, in lower case; the English words count besides.
    pub(crate) typed: &'static [&'static str],
}

impl Word {
    /// Makes a word that is shown as the first of what may be typed.
    pub(super) const fn of(typed: &'static [&'static str]) -> Self {
        Self { shown: typed[0], typed }
    }
}

/// Makes a struct of phrases; tests can listen to all of them.
macro_rules! phrases {
    ($($(#[$about:meta])* $name:ident { $($($phrase:ident),+: $kind:ty;)+ })+) => {$(
        $(#[$about])*
        pub(crate) struct $name {
            $($(pub(crate) $phrase: $kind,)+)+
        }

        #[cfg(test)]
        impl $name {
            /// Says every phrase with samples of its parts, under its name.
            pub(super) fn say(&self, listen: &mut dyn FnMut(&str, super::tests::Said)) {
                $($(super::tests::Sampled::say(&self.$phrase, &mut |said| listen(stringify!($name.$phrase), said));)+)+
            }
        }
    )+};
}

phrases! {
    /// What the hint bar says of a key, in its shortest form.
    Hints {
        answer, answer_row, back, change, choose, close, decline, done, dont_know, drop, editor, filter, finish, go_on, help, keep_words,
        mend, mend_words, menu, more, new_line, next, no, not_applicable, one_waits, prefer_not, rank, replace_words, review, save_and_leave, scroll, skip, step, ten, toggle,
        yes: Plain;
    }

    /// What the help says of a key.
    Helps {
        digit, text: Plain;
        answer, answer_row, back, back_typing, choose, choose_line, close, close_filter, decline, decline_this, delete_back,
        delete_forward, delete_line, delete_word, dont_know, down, editor, filter, finish, first, go_on, help, interrupt, keep,
        keep_words, last, leave, left, line_above, line_below, line_end, line_start, mend_words, menu, new_line, next, no, not_applicable, page_down,
        page_up, prefer_not, rank, rank_cursor, rank_down, rank_up, redraw, replace_words, review, right, skip, step_down, step_up, suspend, take, take_cursor, ten,
        to_no, to_yes, toggle, toggle_cursor, typing, up, yes: Plain;
        kept_here, leaves_here: Plain;
    }

    /// The menu, and the question whether to decline.
    Menu {
        title, go_on, skip, not_applicable, prefer_not, dont_know, editor, review, leave, decline, drop, help, with_alt: Plain;
        may_decline: fn(usize, bool) -> String;
        may_drop, yes_decline, yes_drop, no_go_on: Plain;
    }

    /// What the respondent is told for a moment, mostly why a key did nothing.
    Notices {
        required, no_not_applicable, no_prefer_not, no_dont_know, first_question, too_fast, pasted: Plain;
        before_sending: Around;
        nothing_chosen, nothing_chosen_in_row, nothing_ranked, no_choice, nothing_typed: Plain;
        choices, to_rank, at_most, too_long: Count;
        scale, scale_to_ten: Counts;
        no_cursor, no_number, no_number_yet, no_date, only_date_digits: Plain;
        text_kept, not_saved, leave_unsaved: Around;
        changed, asked_anew, new: Around;
        gone: Count;
    }

    /// The lines around a question: header, status, hints, and the marks of what is hidden.
    Status {
        progress: CountsAround;
        left: Around;
        review: Plain;
        your_answer: Around;
        saving, not_saved: Plain;
        saved, saved_short: Count;
        stays_here, local: Plain;
        leaves_here, leaves: Plain;
        more: Count;
        needs_answer: Plain;
        asked_by: Around;
    }

    /// Replies as a person says them, and what is wrong with them.
    Answers {
        yes, no, yes_label, no_label: Plain;
        missing: fn(Missing) -> &'static str;
        rows: Counts;
        problem: fn(&Problem) -> String;
        misfit: fn(&Misfit) -> String;
    }

    /// What stands in and under a field.
    Fields {
        from_to: AroundBoth;
        or_more, up_to, or_later, or_earlier: Around;
        any_number, any_day: Plain;
        date: Around;
        type_answer, type_answer_or_edit: Plain;
        used: Counts;
        weekdays: [&'static str; 7];
    }

    /// Lists, rows, and the review.
    Lists {
        type_it: Around;
        found: Count;
        choose_exactly, choose_at_least, choose_up_to: Count;
        choose_between: Counts;
        choose_any: Plain;
        first_preference: Count;
        next_preference: Count;
        all_ranked: Plain;
        row: Counts;
        answered: Count;
        missing: CountAround;
        between: Plain;
        complete: Around;
        incomplete: Count;
    }

    /// What is asked about own words that may tell too much.
    Found {
        heading: Count;
        no_promise: Plain;
        would_become: CountAroundBoth;
        ways, help: Plain;
    }

    /// The inbox, and what `dxpulse` says on its first start.
    Inbox {
        title: Plain;
        greeting: [&'static str; 3];
        known: Plain;
        known_of: Around;
        class_alone: Plain;
        open, done, closed: Plain;
        none: Plain;
        on_request: Count;
        choose, open_it, leave, help: Plain;
        help_move, help_open, help_number, help_leave, help_help: Plain;
        draft, draft_until: CountsAround;
        answered, declined: Around;
        again, is_closed: AroundBoth;
        unreadable: Count;
        lost_draft: fn(&str, &str, &str) -> String;
        thanks, was_declined: Plain;
        line_draft: CountsAround;
        line_open, line_answered, line_declined, line_closed: Around;
        line_closing: Plain;
        line_number: Count;
        line_again, line_is_closed: Around;
    }

    /// The words that are typed in plain lines.
    Words {
        next, back, skip, not_applicable, prefer_not, dont_know, review, quit, decline, help, submit: Word;
        replace, keep, mend: Word;
        yes, no, own_words: &'static [&'static str];
        between: Plain;
    }

    /// The plain lines.
    Lines {
        asked_by: Around;
        opening: CountAround;
        leaves_here: Plain;
        question, required_question: Counts;
        row: CountsAround;
        alone, own_words: Plain;
        scale: Counts;
        yes_or_no: Plain;
        single: Count;
        multi: AroundBoth;
        exactly, at_least, at_most: Count;
        some: Counts;
        any: Plain;
        number_such_as, numbers_such_as: Around;
        numbers: Plain;
        ranking: Around;
        short_text, long_text: Plain;
        number: AroundBoth;
        from_to: AroundBoth;
        or_more, or_less: Around;
        date, note: Plain;
        ways: AroundBoth;
        help: Explain;
        stands_for: fn(&str, &str, &str) -> String;
        help_review: Plain;
        so_far: AroundBoth;
        unfinished: Around;
        review, no_answer: Plain;
        to_do: Around;
        review_ways: Plain;
        declining, dropping: Plain;
        your_answer, other: Around;
        sentence: Around;
        nothing_typed, no_answer_here, not_taken, meant: AroundBoth;
        only_questions: Count;
        at_review: Plain;
        to_go_on, to_go_back, to_skip, for_the_review, to_leave, to_decline, for_it: Plain;
        expected_yes_or_no, expected_one, expected_own_words, expected_digits, expected_date, expected_whole: Plain;
        expected_numbers: Count;
    }

    /// Spans of time.
    Times {
        seconds, minutes: Count;
        about: Around;
        just_now: Plain;
        minutes_ago, hours_ago, days_ago: Count;
        on_day: Around;
        date: fn(NaiveDate, bool) -> String;
        until: Around;
        until_today: Plain;
    }

    /// What `list` and `history` say of surveys.
    Surveys {
        open, draft, answered, declined, closed, on_request: Plain;
        progress: CountsAround;
        in_file, opens, closed_on: Around;
        is_closed: Plain;
        not_in_folder, file_gone, file_unreadable: Plain;
        other_survey: Around;
        take_one, take_next: Around;
        nothing_open, nothing_answered: Plain;
        was_answered, was_declined, was_taken_back: Plain;
    }

    /// Where each sealed answer is, and what became of taking it back.
    Outbox {
        scores, comments: Plain;
        taking_back: Around;
        confidential: AroundBoth;
        sealed: Plain;
        untokened, scheduled: Around;
        retrying: AroundBoth;
        signed, signed_back, listed, listed_back, listed_earlier, listed_before, delivered, delivered_back, unaddressed, unlisted: Plain;
        blocked, overtaken: Around;
        taken_back, expired: Plain;
        moved: Around;
        empty: Plain;
        draft_again, never_sent, only_here, back_already: Around;
    }

    /// The one line that asks whether to be asked; why a survey is asked or not, and what became of saying no.
    Prompting {
        with_key, with_command: Around;
        ways_out: Plain;
        asked_now: Plain;
        after_command, at_event, at_use, in_place: Around;
        nothing_now, opted_out, automation, image_build, git_hook, package_script, quiet_program: Around;
        no_terminal, root, presenting, quiet_hours, misconfigured, unwritable, answering, typing, snoozed, clock_set_back: Plain;
        bundled, begun, settled, closed, muted, given_up, not_drawn, undrawn, new, not_yet, cooling, recent: Plain;
        until: AroundBoth;
        nothing_to_ask: Plain;
        on: Plain;
        off, snoozed_until: Around;
        no_longer_snoozed: Plain;
        last_prompt, next_prompt: Around;
        never_prompted: Plain;
        muted_are: AroundBoth;
        muted_all, unmuted_all: Plain;
        unmuted_also: Around;
        muted_one, unmuted_one, still_off: Around;
    }

    /// What is said when a sitting is over.
    Farewells {
        answered, declined, declined_wave, dropped, leaves: Plain;
        untouched: Around;
        kept: CountAround;
        comfort: Plain;
    }
}
