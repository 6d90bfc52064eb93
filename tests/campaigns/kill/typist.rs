//! Someone who answers at random, knowing what each question takes.

use dxpulse::response::{Answer, Pick, Reply};
use dxpulse::survey::{Kind, Question, Survey};

use crate::support::Random;

/// A key, and the reply it gives at once if it gives one.
pub(crate) struct Stroke {
    pub(crate) key: String,
    pub(crate) reply: Option<Reply>,
    /// Whether it may change the answer at all.
    pub(crate) touches: bool,
}

/// Finds the one question on the screen; `None` for the review, which may name one whole, and for anything else.
pub(crate) fn question<'a>(survey: &'a Survey, text: &str) -> Option<&'a Question> {
    let shown = words(text);
    if shown.contains("stores your response") || shown.contains("before the survey can be sent off") {
        return None;
    }
    let mut found = survey.questions.iter().filter(|question| shown.contains(&words(&question.text)));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Chooses the next key for what the screen shows; it never skips, sends off or leaves.
pub(crate) fn stroke(random: &mut Random, question: Option<&Question>) -> Stroke {
    let Some(question) = question else { return moving("shift-tab") };
    match random.within(0..20) {
        0 => moving("tab"),
        1..3 => moving("shift-tab"),
        3 => touching(if random.within(0..2) == 0 { "right" } else { "down" }),
        _ => answering(random, &question.kind),
    }
}

/// Chooses a key that answers what the screen shows, or leaves the review.
pub(crate) fn answer(random: &mut Random, question: Option<&Question>) -> Stroke {
    question.map_or_else(|| moving("shift-tab"), |question| answering(random, &question.kind))
}

fn answering(random: &mut Random, kind: &Kind) -> Stroke {
    match kind {
        Kind::Scale { scale, .. } => {
            let points: Vec<u8> = scale.points().filter(|point| *point < 10 && (scale.last < 10 || *point != 1)).collect();
            let point = random.pick(&points);
            giving(point.to_string(), Answer::Scale(point))
        }
        Kind::Boolean => {
            let yes = random.within(0..2) == 0;
            giving(if yes { "y" } else { "n" }.to_owned(), Answer::Boolean(yes))
        }
        Kind::Single { choices } => {
            let listed: Vec<usize> = (0..choices.len().min(9)).filter(|at| !choices[*at].other).collect();
            let at = random.pick(&listed);
            giving((at + 1).to_string(), Answer::Single(Pick::Code(choices[at].code.clone())))
        }
        Kind::Multi { .. } | Kind::Ranking { .. } => touching(random.pick(&["1", "2", "3", "4", "enter", "enter"])),
        Kind::Matrix { scale, .. } => touching(&random.within(u64::from(scale.first)..u64::from(scale.last) + 1).to_string()),
        Kind::Text { .. } => touching(random.pick(&["a", "é", "space", "b", "enter", "enter"])),
        Kind::Number { .. } => touching(random.pick(&["1", "2", "enter", "enter"])),
        Kind::Date { .. } => touching(random.pick(&["right", "left", "enter", "tab"])),
        Kind::Note => moving("enter"),
    }
}

fn giving(key: String, answer: Answer) -> Stroke {
    Stroke { key, reply: Some(Reply::Given(answer)), touches: true }
}

fn touching(key: &str) -> Stroke {
    Stroke { key: key.to_owned(), reply: None, touches: true }
}

fn moving(key: &str) -> Stroke {
    Stroke { key: key.to_owned(), reply: None, touches: false }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
