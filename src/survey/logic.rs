//! What makes one respondent's survey differ from another's: jumps, groups, order, variants; and what the author says of a change.

use super::{Condition, Name, QuestionId, Span, Text};

/// What an answer must hold to, where it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// What must not be false.
    pub must: Condition,
    /// What the respondent reads when it is.
    pub message: Text,
}

/// A way from one question to a later one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jump {
    /// When it is taken; always without one.
    pub condition: Option<Condition>,
    /// Where it leads.
    pub to: Target,
    /// Where the name of what it leads to stands.
    pub place: Span,
}

/// Where a jump leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a later question.
    Question(QuestionId),
    /// To the end of the survey.
    End,
}

/// Questions that are shown or shuffled together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The group's name.
    pub id: Name,
    /// When its questions are asked; always without one.
    pub show_if: Option<Condition>,
    /// The group around it, whose condition holds for it as well.
    pub group: Option<Name>,
    /// Whether the order of its questions differs between respondents.
    pub is_shuffled: bool,
    /// Where its name stands.
    pub place: Span,
}

/// Gives a group and those around it, the innermost first; a circle, which only a survey with problems has, ends where it closes.
pub(super) fn groups_around<'g>(groups: &'g [Group], innermost: Option<&Name>) -> Vec<&'g Group> {
    let find = |name: &Name| groups.iter().find(|group| group.id == *name);
    let mut around: Vec<&Group> = Vec::new();
    let mut next = innermost.and_then(find);
    while let Some(group) = next.filter(|group| around.iter().all(|known| known.id != group.id)) {
        around.push(group);
        next = group.group.as_ref().and_then(find);
    }
    around
}

/// How an order differs between respondents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Randomise {
    /// Every order is as likely as any other.
    Shuffle,
    /// The whole is turned round for half of the respondents.
    Reverse,
}

/// What differs between respondents by chance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The variant's name.
    pub id: Name,
    /// The arms, at least two.
    pub arms: Vec<Name>,
    /// How many respondents each arm has in relation to the others, 1 to 1000 each.
    pub shares: Vec<u32>,
}

/// The words of a question for one arm of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The variant.
    pub variant: Name,
    /// The arm.
    pub arm: Name,
    /// The question for that arm.
    pub text: Option<Text>,
    /// The line of explanation for that arm.
    pub help: Option<Text>,
    /// Where the name of the variant stands.
    pub place: Span,
}

/// What a changed question means for its trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    /// Answers before and after the change are compared, as with a typing error.
    Continue,
    /// They aren't: the trend begins anew.
    Break,
}

/// A rule of wording that an author waives, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The rule's name in kebab case.
    pub rule: String,
    /// Why it doesn't apply here.
    pub reason: String,
    /// Where the rule's name stands.
    pub place: Span,
}
