//! How one survey differs from another of its versions, question by question, and what each change does to a trend.
//!
//! Pure: it compares two surveys that were read already, and says nothing about which of them is better.

mod order;
mod question;
#[cfg(test)]
mod tests;
mod texts;

use std::fmt;

use crate::survey::{Code, Kind, Question, QuestionId, Survey};

const NO_TREND: &str = "a note has no trend";

/// One change from an old survey to a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The question; none for a change of the survey itself.
    pub question: Option<QuestionId>,
    /// What changed.
    pub what: What,
    /// Whether answers before and after it can't be compared.
    pub breaks_trend: bool,
    /// Why it does or doesn't, a lower-case fragment.
    pub why: &'static str,
    /// Whether its author, who has said nothing of it yet, may say that the trend goes on.
    pub may_continue: bool,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Something about the survey itself; the key as its author writes it.
    Survey(&'static str),
    /// The question is new.
    Added,
    /// The question is gone.
    Removed,
    /// It stands on the other side of a question that both have.
    Moved {
        /// The nearest question that it passed.
        past: QuestionId,
        /// Whether it comes before that one now, and not behind it.
        is_earlier: bool,
    },
    /// It is of another type.
    Type {
        /// The type before.
        before: &'static str,
        /// The type now.
        after: &'static str,
    },
    /// It is an item of another instrument.
    Instrument {
        /// The instrument before.
        before: &'static str,
        /// The instrument now.
        after: &'static str,
    },
    /// A text of it changed, in the survey's own language.
    Text {
        /// Which text: `text`, `help`, `unit`, or `text` or `help` of an arm, such as `text of wording b`.
        name: String,
        /// The text before; none where there was none.
        before: Option<String>,
        /// The text now; none where it is gone.
        after: Option<String>,
    },
    /// Its scale has other points, another direction or other words.
    Scale {
        /// The scale before, in words.
        before: String,
        /// The scale now, in words.
        after: String,
    },
    /// Choices or rows were added.
    ChoicesAdded(Vec<Code>),
    /// Choices or rows were taken out.
    ChoicesRemoved(Vec<Code>),
    /// A choice or row has another label.
    Relabelled {
        /// Its code.
        code: Code,
        /// The label before.
        before: String,
        /// The label now.
        after: String,
    },
    /// Choices or rows stand in another order.
    ChoicesReordered,
    /// The words for arms of variants stand in another order.
    VariantsReordered,
    /// It asks the same, and asked something else in between.
    AskedOtherwise,
    /// A choice became or ceased to be exclusive, or to open a line for own words.
    ChoiceMarked(Code),
    /// It can be read in another language.
    TranslationAdded(String),
    /// Its words in a language changed.
    TranslationChanged(String),
    /// It can no longer be read in a language.
    TranslationRemoved(String),
    /// It is asked under another condition; none is always.
    Condition {
        /// The condition before.
        before: Option<String>,
        /// The condition now.
        after: Option<String>,
    },
    /// It became required, or ceased to be.
    Required(bool),
    /// A key that changes what an answer may be.
    Limit(&'static str),
    /// Any other key, as its author writes it.
    Other(&'static str),
}

/// Gives every change: those of the survey itself, then of each question in the new order, then the questions that are gone.
pub fn diff(old: &Survey, new: &Survey) -> Vec<Change> {
    let mut changes = survey(old, new);
    let moved = order::moved(old, new);
    for question in &new.questions {
        match old.question(&question.id) {
            None => changes.push(alone(question, What::Added, (false, "its trend begins with this version"))),
            Some(before) => {
                let place = moved.iter().find(|(id, _)| *id == question.id).map(|(_, what)| what.clone());
                let why = "earlier questions colour later ones: compare with care";
                changes.extend(place.map(|what| Change::of(question.id.clone(), what, false, why)));
                let spoken =
                    [(old, before), (new, question)].map(|(survey, question)| survey.translations_of(question).collect());
                if new.version > old.version && question::came_back(before, question, &spoken) {
                    let why = "its author says that the trend begins anew";
                    changes.push(Change::of(question.id.clone(), What::AskedOtherwise, true, why));
                }
                changes.extend(question::changes(before, question, &spoken));
            }
        }
    }
    let gone = old.questions.iter().filter(|question| new.question(&question.id).is_none());
    changes.extend(gone.map(|question| alone(question, What::Removed, (true, "its trend ends"))));
    changes
}

/// Gives the change of a question that only one version has.
fn alone(question: &Question, what: What, (breaks_trend, why): (bool, &'static str)) -> Change {
    match question.kind {
        Kind::Note => Change::of(question.id.clone(), what, false, NO_TREND),
        _ => Change::of(question.id.clone(), what, breaks_trend, why),
    }
}

impl Change {
    fn of(question: QuestionId, what: What, breaks_trend: bool, why: &'static str) -> Self {
        Self { question: Some(question), what, breaks_trend, why, may_continue: false }
    }
}

fn survey(old: &Survey, new: &Survey) -> Vec<Change> {
    let keys = [
        ("id", old.id != new.id),
        ("version", old.version != new.version),
        ("title", old.title != new.title),
        ("introduction", old.introduction != new.introduction),
        ("owner", old.owner != new.owner),
        ("language", old.language != new.language),
        ("minutes", old.minutes != new.minutes),
        ("grace_days", old.grace_days != new.grace_days),
        ("wave", old.wave != new.wave),
        ("privacy", old.privacy != new.privacy),
        ("segment", old.segments != new.segments),
        ("trigger", old.trigger != new.trigger),
        ("group", old.groups != new.groups),
        ("variant", old.variants != new.variants),
    ];
    let why = |key| match key {
        "id" => (true, "answers are joined by the survey's id"),
        "language" => (true, "its own words are in another language now"),
        "wave" | "trigger" | "grace_days" => (false, "it is asked at other times: compare with care"),
        "group" | "variant" => (false, "it is asked of others, or in other orders: compare with care"),
        _ => (false, "no question is asked otherwise"),
    };
    let change = |key| {
        let (breaks_trend, why) = why(key);
        Change { question: None, what: What::Survey(key), breaks_trend, why, may_continue: false }
    };
    keys.into_iter().filter(|(_, differs)| *differs).map(|(key, _)| change(key)).collect()
}

/// Writes the change as a lower-case fragment, without the question's name.
impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let codes = |codes: &[Code]| codes.iter().map(Code::as_str).collect::<Vec<_>>().join(", ");
        let or_none = |text: &Option<String>| text.as_ref().map_or_else(|| "none".to_owned(), |text| quoted(text));
        match self {
            Self::Added => f.write_str("added"),
            Self::Removed => f.write_str("removed"),
            Self::Moved { past, is_earlier: true } => write!(f, "moved before {past}"),
            Self::Moved { past, is_earlier: false } => write!(f, "moved behind {past}"),
            Self::Type { before, after } => write!(f, "type changed from {before} to {after}"),
            Self::Instrument { before, after } => write!(f, "instrument changed from {before} to {after}"),
            Self::Text { name, before, after } => write!(f, "{name} changed from {} to {}", or_none(before), or_none(after)),
            Self::Scale { before, after } => write!(f, "scale changed from {before} to {after}"),
            Self::ChoicesAdded(added) => write!(f, "choices added: {}", codes(added)),
            Self::ChoicesRemoved(removed) => write!(f, "choices removed: {}", codes(removed)),
            Self::Relabelled { code, before, after } => {
                write!(f, "{code} relabelled from {} to {}", quoted(before), quoted(after))
            }
            Self::ChoicesReordered => f.write_str("choices in another order"),
            Self::VariantsReordered => f.write_str("variants in another order"),
            Self::AskedOtherwise => f.write_str("asked something else in between"),
            Self::ChoiceMarked(code) => write!(f, "{code} marked otherwise"),
            Self::TranslationAdded(language) => write!(f, "translation added: {language}"),
            Self::TranslationChanged(language) => write!(f, "translation changed: {language}"),
            Self::TranslationRemoved(language) => write!(f, "translation removed: {language}"),
            Self::Condition { before, after } => write!(f, "condition changed from {} to {}", or_none(before), or_none(after)),
            Self::Required(true) => f.write_str("required now"),
            Self::Required(false) => f.write_str("no longer required"),
            Self::Survey(key) | Self::Limit(key) | Self::Other(key) => write!(f, "`{key}` changed"),
        }
    }
}

/// Puts a text between quotation marks on one line; every other character stays as its reader sees it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\n', " "))
}
