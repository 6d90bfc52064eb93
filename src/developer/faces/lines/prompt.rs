//! What the line face prints: a question with everything needed to answer it, or the review.

use super::spoken::spoken;
use crate::developer::answering::{Command, Found, Session};
use crate::developer::faces::words::minutes;
use crate::developer::phrases::{Phrases, Word};
use crate::screen::text::{cut, one_line, wrap};
use crate::survey::{Choice, Kind, Length, Question, Scale};

/// Gives the title, the introduction, where answers go if they leave the machine, and how it works.
pub fn introduction(session: &Session) -> String {
    let (survey, phrases, say) = (session.survey(), session.phrases(), &session.phrases().lines);
    let (_, asked) = session.number();
    let long = minutes(survey.minutes(), phrases);
    let introduction = survey.introduction.iter().map(|text| format!("{text}\n")).collect::<String>();
    let owner = survey.owner.iter().map(|owner| format!("{}\n", (say.asked_by)(owner))).collect::<String>();
    let leaves = session.leaves_the_machine().then_some(say.leaves_here);
    let leaves = leaves.into_iter().chain(phrases.warning).map(|text| format!("{text}\n")).collect::<String>();
    format!("{}\n{introduction}{owner}{leaves}{}", survey.title, (say.opening)(asked, &long))
}

/// Gives the current question, the review, or what was found in the words that leave the machine, wrapped to the columns.
pub fn prompt(session: &Session, columns: usize) -> String {
    let mut page = Page { columns, text: String::from("\n") };
    match session.question() {
        _ if session.asks_about_words() => found(&mut page, session),
        Some(question) => asked(&mut page, session, question),
        None => review(&mut page, session),
    }
    page.text
}

/// Gives all that can be typed here.
pub fn help(session: &Session) -> String {
    let (phrases, say) = (session.phrases(), &session.phrases().lines);
    if session.asks_about_words() {
        return phrases.found.help.to_owned();
    }
    let Some(question) = session.question() else { return say.help_review.to_owned() };
    let mark = slash(question);
    let mut help = (say.help)(&invitation(question, phrases), mark, question.may_be_skipped());
    for (_, word, meaning) in allowed(question, phrases) {
        help.push_str(&(say.stands_for)(mark, word.shown, meaning));
    }
    help
}

/// Gives what to type to answer, as the beginning of a sentence.
pub(super) fn invitation(question: &Question, phrases: &Phrases) -> String {
    let say = &phrases.lines;
    match &question.kind {
        Kind::Scale { scale, .. } | Kind::Matrix { scale, .. } => (say.scale)(scale.first.into(), scale.last.into()),
        Kind::Boolean => say.yes_or_no.to_owned(),
        Kind::Single { choices } => (say.single)(choices.len()) + own_words(choices, phrases),
        // Conditions may leave a single choice: then there is nothing to say of several.
        Kind::Multi { choices, .. } | Kind::Ranking { choices } if choices.len() == 1 => {
            (say.single)(1) + own_words(choices, phrases)
        }
        Kind::Multi { choices, min, max } => {
            let bounds = match (*min, *max) {
                (least, most) if least == most => (say.exactly)(least),
                (least, most) if least > 1 && most < choices.len() => (say.some)(least, most),
                (least, _) if least > 1 => (say.at_least)(least),
                (_, most) if most < choices.len() => (say.at_most)(most),
                _ => say.any.to_owned(),
            };
            (say.multi)(&example(choices, *min, *max, phrases), &bounds) + own_words(choices, phrases)
        }
        Kind::Ranking { choices } => {
            let example: Vec<_> = (1..=choices.len()).rev().map(|number| number.to_string()).collect();
            (say.ranking)(&example.join(" "))
        }
        Kind::Text { length: Length::Short, .. } => say.short_text.to_owned(),
        Kind::Text { length: Length::Long, .. } => say.long_text.to_owned(),
        Kind::Number { min, max, unit, .. } => {
            let range = match (min.map(|least| least.to_string()), max.map(|most| most.to_string())) {
                (Some(least), Some(most)) => (say.from_to)(&least, &most),
                (Some(least), None) => (say.or_more)(&least),
                (None, Some(most)) => (say.or_less)(&most),
                (None, None) => String::new(),
            };
            (say.number)(unit.as_deref().unwrap_or_default(), &range)
        }
        Kind::Date { .. } => say.date.to_owned(),
        Kind::Note => say.note.to_owned(),
    }
}

/// Gives the words for the kinds of missing that the author allows, with their meanings.
pub(super) fn allowed(question: &Question, phrases: &Phrases) -> Vec<(Command, Word, &'static str)> {
    let (allow, Phrases { words, menu, .. }) = (question.allow, phrases);
    let kinds = [
        (allow.not_applicable, Command::NotApplicable, words.not_applicable, menu.not_applicable),
        (allow.prefer_not_to_say, Command::PreferNotToSay, words.prefer_not, menu.prefer_not),
        (allow.dont_know, Command::DontKnow, words.dont_know, menu.dont_know),
    ];
    let kinds = kinds.into_iter().filter(|(allowed, ..)| *allowed);
    kinds.map(|(_, command, word, meaning)| (command, word, meaning)).collect()
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
    let (phrases, say) = (session.phrases(), &session.phrases().lines);
    let (number, all) = session.number();
    if question.kind != Kind::Note {
        let place = if question.required { say.required_question } else { say.question };
        page.line(&place(number, all));
    }
    // Further rows of a matrix repeat neither the question nor the scale.
    if session.row().is_none_or(|row| row == 0) {
        page.line(&question.text);
        question.help.iter().for_each(|help| page.line(help));
        options(page, question, phrases);
    }
    if let (Kind::Matrix { rows, .. }, Some(at)) = (&question.kind, session.row())
        && let Some(row) = rows.get(at)
    {
        page.line(&(say.row)(at + 1, rows.len(), &row.label));
    }
    if let Some(reply) = session.reply() {
        page.line(&(say.so_far)(&spoken(question, reply, phrases), slash(question)));
    }
    if let Some(text) = session.draft().unfinished.get(&question.id) {
        page.line(&(say.unfinished)(text));
    }
    page.line(&ways(question, phrases));
}

/// Gives everything that can be typed on one line, such as `Type 1 to 5, or: skip, back, review, quit, help`.
pub(super) fn ways(question: &Question, phrases: &Phrases) -> String {
    let (mark, words) = (slash(question), &phrases.words);
    let kinds = allowed(question, phrases).into_iter().map(|(_, word, _)| word);
    let skip = question.may_be_skipped().then_some(words.skip);
    let offered = kinds.chain(skip).chain([words.back, words.review, words.quit, words.help]);
    let offered: Vec<String> = offered.map(|word| format!("{mark}{}", word.shown)).collect();
    (phrases.lines.ways)(&invitation(question, phrases), &offered.join(words.between))
}

fn options(page: &mut Page, question: &Question, phrases: &Phrases) {
    match &question.kind {
        Kind::Scale { scale, .. } | Kind::Matrix { scale, .. } => points(page, scale),
        kind => {
            for (at, choice) in kind.choices().iter().enumerate() {
                let alone = if choice.exclusive { phrases.lines.alone } else { "" };
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
fn example(choices: &[Choice], min: usize, max: usize, phrases: &Phrases) -> String {
    let say = &phrases.lines;
    let alone = |choice: &Choice| choice.exclusive || choice.other;
    let together: Vec<usize> = (1..).zip(choices).filter(|(_, choice)| !alone(choice)).map(|(number, _)| number).collect();
    let count = together.len().min(min.max(2)).min(max);
    match (&together[..count.saturating_sub(1)], together.last().filter(|_| count > 0)) {
        ([], Some(_)) => (say.number_such_as)(&together[0].to_string()),
        (first, Some(last)) => {
            let numbers: Vec<String> = first.iter().chain([last]).map(ToString::to_string).collect();
            (say.numbers_such_as)(&numbers.join(" "))
        }
        (_, None) => say.numbers.to_owned(),
    }
}

fn own_words(choices: &[Choice], phrases: &Phrases) -> &'static str {
    if choices.iter().any(|choice| choice.other) { phrases.lines.own_words } else { "" }
}

fn found(page: &mut Page, session: &Session) {
    let (found, say) = (session.found(), &session.phrases().found);
    page.line(&(say.heading)(found.len()));
    for Found { number, words, kind, .. } in &found {
        page.line(&(say.would_become)(*number, &cut(&one_line(words), 200), kind.word()));
    }
    page.line(say.no_promise);
    page.line(say.ways);
}

fn review(page: &mut Page, session: &Session) {
    let (phrases, say) = (session.phrases(), &session.phrases().lines);
    page.line(say.review);
    let problems = session.problems();
    for (at, (_, question)) in session.asked().enumerate() {
        let reply = session.replies().get(&question.id);
        let said = reply.map_or_else(|| say.no_answer.to_owned(), |reply| spoken(question, reply, phrases));
        let problem = problems.iter().find(|(id, _)| *id == question.id);
        let problem = problem.map(|(_, problem)| (say.to_do)(&(phrases.answers.problem)(problem))).unwrap_or_default();
        let text = format!("{}\n{}{problem}", cut(&question.text, 200), cut(&said, 200));
        page.item(&format!("{}. ", at + 1), &text);
    }
    phrases.warning.iter().for_each(|warning| page.line(warning));
    page.line(say.review_ways);
}
