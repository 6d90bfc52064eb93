//! What the line face prints: a question with everything needed to answer it, or the review.

use super::spoken::spoken;
use crate::developer::answering::Session;
use crate::screen::text::{cut, wrap};
use crate::survey::{Choice, Kind, Length, Question, Scale, Survey};

/// Gives the title, the introduction and how it works.
pub fn introduction(survey: &Survey) -> String {
    let count = survey.asked().count();
    let minutes = survey.minutes();
    let long = if minutes < 1.0 { "less than a minute".to_owned() } else { format!("about {minutes:.0} min") };
    let questions = if count == 1 { "question" } else { "questions" };
    let introduction = survey.introduction.iter().map(|text| format!("{text}\n")).collect::<String>();
    let owner = survey.owner.iter().map(|owner| format!("Asked by {owner}.\n")).collect::<String>();
    format!("{}\n{introduction}{owner}{count} {questions}, {long}. Type an answer and press Enter.", survey.title)
}

/// Gives the current question, or the review, wrapped to the columns.
pub fn prompt(session: &Session, columns: usize) -> String {
    let mut page = Page { columns, text: String::from("\n") };
    match session.question() {
        Some(question) => asked(&mut page, session, question),
        None => review(&mut page, session),
    }
    page.text
}

/// Gives all that can be typed here.
pub fn help(session: &Session) -> String {
    let Some(question) = session.question() else {
        return "submit stores your response. A question's number goes to it. back goes to the last question. \
                quit keeps your answers and leaves. decline deletes them and leaves."
            .to_owned();
    };
    let mark = slash(question);
    let skip = if may_skip(question) { format!("{mark}skip leaves the question out. ") } else { String::new() };
    let mut help = format!(
        "{}. Or one of these words: {skip}{mark}next goes on with what is there. {mark}back goes to \
         the question before and keeps your answer. {mark}review lists your answers. {mark}quit keeps your answers and leaves. \
         {mark}decline deletes them and leaves.",
        invitation(question)
    );
    for (word, meaning) in allowed(question) {
        help.push_str(&format!(" {mark}{word} stands for: {meaning}."));
    }
    help
}

/// Gives what to type to answer, as the beginning of a sentence.
pub(super) fn invitation(question: &Question) -> String {
    match &question.kind {
        Kind::Scale { scale, .. } | Kind::Matrix { scale, .. } => format!("Type {} to {}", scale.first, scale.last),
        Kind::Boolean => "Type yes or no".to_owned(),
        Kind::Single { choices } => format!("Type 1 to {}{}", choices.len(), own_words(choices)),
        Kind::Multi { choices, min, max } => {
            let bounds = match (*min, *max) {
                (least, most) if least == most => format!("exactly {least}"),
                (least, most) if least > 1 && most < choices.len() => format!("{least} to {most} of them"),
                (least, _) if least > 1 => format!("at least {least}"),
                (_, most) if most < choices.len() => format!("at most {most}"),
                _ => "as many as apply".to_owned(),
            };
            format!("Type {}, {bounds}{}", example(choices, *min, *max), own_words(choices))
        }
        Kind::Ranking { choices } => {
            let example: Vec<_> = (1..=choices.len()).rev().map(|number| number.to_string()).collect();
            format!("Type all the numbers, the most preferred first, such as {}", example.join(" "))
        }
        Kind::Text { length: Length::Short, .. } => "Type your answer".to_owned(),
        Kind::Text { length: Length::Long, .. } => "Type your answer; a line with only a dot ends it".to_owned(),
        Kind::Number { min, max, unit, .. } => {
            let unit = unit.iter().map(|unit| format!(" of {unit}")).collect::<String>();
            match (min, max) {
                (Some(least), Some(most)) => format!("Type a number{unit} from {least} to {most}"),
                (Some(least), None) => format!("Type a number{unit}, {least} or more"),
                (None, Some(most)) => format!("Type a number{unit}, {most} or less"),
                (None, None) => format!("Type a number{unit}"),
            }
        }
        Kind::Date { .. } => "Type a date such as 2026-03-31".to_owned(),
        Kind::Note => "Press Enter to go on".to_owned(),
    }
}

/// Gives the words for the kinds of missing that the author allows, with their meanings.
pub(super) fn allowed(question: &Question) -> Vec<(&'static str, &'static str)> {
    let allow = question.allow;
    let words = [
        (allow.not_applicable, "na", "doesn't apply to me"),
        (allow.prefer_not_to_say, "prefer", "I prefer not to say"),
        (allow.dont_know, "unknown", "I don't know"),
    ];
    words.into_iter().filter(|(allowed, ..)| *allowed).map(|(_, word, meaning)| (word, meaning)).collect()
}

/// Gives what stands before commands: in a text question they'd be an answer otherwise.
pub(super) fn slash(question: &Question) -> &'static str {
    if matches!(question.kind, Kind::Text { .. }) { "/" } else { "" }
}

struct Page {
    columns: usize,
    text: String,
}

impl Page {
    fn line(&mut self, text: &str) {
        self.item("", text);
    }

    /// Adds a text whose further lines stand under its first, where there's room for that.
    fn item(&mut self, mark: &str, text: &str) {
        let hanging = if self.columns >= 20 { mark.len() } else { 0 };
        let lines = if hanging > 0 { wrap(text, self.columns - hanging) } else { wrap(&format!("{mark}{text}"), self.columns) };
        for (at, line) in lines.iter().enumerate() {
            let before = if hanging == 0 || at == 0 { &mark[..hanging] } else { &"          "[..hanging.min(10)] };
            self.text.push_str(before);
            self.text.push_str(line);
            self.text.push('\n');
        }
    }
}

fn asked(page: &mut Page, session: &Session, question: &Question) {
    let (number, all) = session.number();
    if question.kind != Kind::Note {
        page.line(&format!("Question {number} of {all}{}", if question.required { ", required" } else { "" }));
    }
    // Further rows of a matrix repeat neither the question nor the scale.
    if session.row().is_none_or(|row| row == 0) {
        page.line(&question.text);
        question.help.iter().for_each(|help| page.line(help));
        options(page, question);
    }
    if let (Kind::Matrix { rows, .. }, Some(at)) = (&question.kind, session.row())
        && let Some(row) = rows.get(at)
    {
        page.line(&format!("Row {} of {}: {}", at + 1, rows.len(), row.label));
    }
    let mark = slash(question);
    if let Some(reply) = session.reply() {
        page.line(&format!("Your answer so far: {}. {mark}next keeps it.", spoken(question, reply)));
    }
    if let Some(text) = session.draft().unfinished.get(&question.id) {
        page.line(&format!("Typed before and not finished: {text}"));
    }
    page.line(&ways(question));
}

/// Gives everything that can be typed on one line, such as `Type 1 to 5, or: skip, back, review, quit, help`.
pub(super) fn ways(question: &Question) -> String {
    let mark = slash(question);
    let skip = may_skip(question).then_some("skip");
    let words = skip.into_iter().chain(["back", "review", "quit", "help"]);
    let words = allowed(question).into_iter().map(|(word, _)| word).chain(words).map(|word| format!("{mark}{word}"));
    format!("{}, or: {}", invitation(question), words.collect::<Vec<_>>().join(", "))
}

fn options(page: &mut Page, question: &Question) {
    match &question.kind {
        Kind::Scale { scale, .. } | Kind::Matrix { scale, .. } => points(page, scale),
        kind => {
            for (at, choice) in kind.choices().iter().enumerate() {
                let alone = if choice.exclusive { " (only on its own)" } else { "" };
                page.item(&format!("{}. ", at + 1), &format!("{}{alone}", choice.label));
            }
        }
    }
}

fn points(page: &mut Page, scale: &Scale) {
    for point in scale.shown() {
        if let Some(label) = scale.label(point) {
            page.item(&format!("{point} = "), label);
        }
    }
}

/// Gives numbers that may be chosen together, as few as show how to type them.
fn example(choices: &[Choice], min: usize, max: usize) -> String {
    let alone = |choice: &Choice| choice.exclusive || choice.other;
    let together: Vec<usize> = (1..).zip(choices).filter(|(_, choice)| !alone(choice)).map(|(number, _)| number).collect();
    let count = together.len().min(min.max(2)).min(max);
    match (&together[..count.saturating_sub(1)], together.last().filter(|_| count > 0)) {
        ([], Some(_)) => format!("a number such as {}", together[0]),
        (first, Some(last)) => {
            let numbers: Vec<String> = first.iter().chain([last]).map(ToString::to_string).collect();
            format!("numbers such as {}", numbers.join(" "))
        }
        (_, None) => "numbers".to_owned(),
    }
}

fn may_skip(question: &Question) -> bool {
    question.kind != Kind::Note && !question.required
}

fn own_words(choices: &[Choice]) -> &'static str {
    if choices.iter().any(|choice| choice.other) { ", or other: and your own words" } else { "" }
}

fn review(page: &mut Page, session: &Session) {
    page.line("Review of your answers");
    let problems = session.problems();
    for (at, (_, question)) in session.asked().enumerate() {
        let reply = session.replies().get(&question.id);
        let said = reply.map_or_else(|| "no answer".to_owned(), |reply| spoken(question, reply));
        let problem = problems.iter().find(|(id, _)| *id == question.id);
        let problem = problem.map(|(_, problem)| format!(" (Still to do: {problem}.)")).unwrap_or_default();
        let text = format!("{}\n{}{problem}", cut(&question.text, 200), cut(&said, 200));
        page.item(&format!("{}. ", at + 1), &text);
    }
    page.line("Type submit to finish, a number to change that answer, or: back, quit, help");
}
