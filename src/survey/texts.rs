//! The texts of a question, each with what it is, so that nobody who looks through them forgets one.

use super::{Anchors, Code, Kind, Name, Question, Scale, Text, Wording};

/// What a text is in its question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'q> {
    /// The question itself.
    Text,
    /// The line of explanation under it.
    Help,
    /// The question for an arm of a variant.
    TextFor {
        /// The variant.
        variant: &'q Name,
        /// The arm.
        arm: &'q Name,
    },
    /// The line of explanation for an arm of a variant.
    HelpFor {
        /// The variant.
        variant: &'q Name,
        /// The arm.
        arm: &'q Name,
    },
    /// What the respondent reads when the constraint doesn't hold.
    Message,
    /// What a number counts.
    Unit,
    /// The label of a choice.
    Choice(&'q Code),
    /// The label of a row.
    Row(&'q Code),
    /// The label of a point of the scale.
    Point(u8),
    /// The meaning of the lowest point.
    Low,
    /// The meaning of the middle point.
    Mid,
    /// The meaning of the highest point.
    High,
}

impl Part<'_> {
    /// Gives the key it stands under, as an author writes it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Help => "help",
            Self::TextFor { .. } | Self::HelpFor { .. } => "variants",
            Self::Message => "constraint",
            Self::Unit => "unit",
            Self::Choice(_) => "choices",
            Self::Row(_) => "rows",
            Self::Point(_) => "labels",
            Self::Low | Self::Mid | Self::High => "anchors",
        }
    }

    /// Says whether an earlier answer can be taken into such a text.
    pub fn takes_answers(self) -> bool {
        match self {
            Self::Text | Self::Help | Self::TextFor { .. } | Self::HelpFor { .. } | Self::Choice(_) | Self::Row(_) => true,
            Self::Message | Self::Unit | Self::Low | Self::Mid | Self::High | Self::Point(_) => false,
        }
    }
}

impl Question {
    /// Gives every text of the question with what it is.
    pub fn texts(&self) -> impl Iterator<Item = (Part<'_>, &Text)> {
        let own = std::iter::once((Part::Text, &self.text)).chain(self.help.iter().map(|help| (Part::Help, help)));
        let message = self.constraint.iter().map(|constraint| (Part::Message, &constraint.message));
        own.chain(self.wordings.iter().flat_map(of_wording)).chain(message).chain(of_kind(&self.kind))
    }
}

fn of_wording(Wording { variant, arm, text, help, .. }: &Wording) -> impl Iterator<Item = (Part<'_>, &Text)> {
    let text = text.iter().map(move |text| (Part::TextFor { variant, arm }, text));
    text.chain(help.iter().map(move |help| (Part::HelpFor { variant, arm }, help)))
}

fn of_kind(kind: &Kind) -> impl Iterator<Item = (Part<'_>, &Text)> {
    let unit = if let Kind::Number { unit, .. } = kind { unit.as_ref() } else { None };
    let choices = kind.choices().iter().map(|choice| (Part::Choice(&choice.code), &choice.label));
    let rows = kind.rows().iter().map(|row| (Part::Row(&row.code), &row.label));
    let scale = kind.scale().into_iter().flat_map(Scale::texts);
    unit.map(|unit| (Part::Unit, unit)).into_iter().chain(choices).chain(rows).chain(scale)
}

impl Scale {
    /// Gives the words of the scale with what they are.
    pub fn texts(&self) -> impl Iterator<Item = (Part<'_>, &Text)> {
        let Anchors { low, mid, high } = &self.anchors;
        let anchors = [(Part::Low, low), (Part::Mid, mid), (Part::High, high)];
        let anchors = anchors.into_iter().filter_map(|(part, text)| Some((part, text.as_ref()?)));
        self.points().zip(&self.labels).map(|(point, label)| (Part::Point(point), label)).chain(anchors)
    }
}
