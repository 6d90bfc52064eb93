//! How far a survey was reached: questions, what they offer, conditions, jumps, arms.

use std::ops::Range;

use crate::survey::{Code, Name, Offered, Question, QuestionId, Survey, Target};

/// How many respondents were asked a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionReach {
    /// The question.
    pub id: QuestionId,
    /// Its type, as an author writes it.
    pub kind: &'static str,
    /// Where it stands in the file, in bytes; `None` for an item of an instrument that is always asked.
    pub place: Option<Range<usize>>,
    /// How many were asked.
    pub asked: usize,
    /// Its choices or rows, in the order of the file.
    pub options: Vec<OptionReach>,
}

/// How many of those who were asked a question were offered a choice or a row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionReach {
    /// The choice or row.
    pub code: Code,
    /// Where it stands in the file, in bytes.
    pub place: Option<Range<usize>>,
    /// Whether it has a condition of its own.
    pub is_conditional: bool,
    /// How many it was offered to.
    pub offered: usize,
}

/// How often a condition held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionReach {
    /// What it decides about.
    pub decides: Decides,
    /// The condition as its author wrote it.
    pub source: String,
    /// Where it stands in the file, in bytes.
    pub place: Range<usize>,
    /// How many times it held.
    pub held: usize,
    /// How many times it was asked and didn't.
    pub failed: usize,
}

/// What a condition decides about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decides {
    /// Whether a question is asked.
    Question(QuestionId),
    /// Whether a group is.
    Group(Name),
    /// Whether a choice or a row of a question is offered.
    Option(QuestionId, Code),
    /// Whether the answer to a question may be so.
    Constraint(QuestionId),
    /// Whether a jump from a question is taken.
    Jump(QuestionId),
}

/// How many respondents took a jump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JumpReach {
    /// The question it starts from.
    pub from: QuestionId,
    /// Where it leads.
    pub to: Target,
    /// Where it stands in the file, in bytes.
    pub place: Range<usize>,
    /// How many took it.
    pub taken: usize,
}

/// How many respondents drew each arm of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantReach {
    /// The variant.
    pub id: Name,
    /// Its arms with their counts, in the order of the file.
    pub arms: Vec<(Name, usize)>,
}

impl Decides {
    /// Says whether it is about answers and not about the way.
    pub fn is_constraint(&self) -> bool {
        matches!(self, Self::Constraint(_))
    }
}

/// Gives every condition of a survey that was not asked yet; groups stand before the questions.
pub(super) fn conditions(survey: &Survey) -> Vec<ConditionReach> {
    let groups = survey.groups.iter().filter_map(|group| Some((Decides::Group(group.id.clone()), group.show_if.as_ref()?)));
    let all = groups.chain(survey.questions.iter().flat_map(of_question));
    let mut all: Vec<ConditionReach> = all
        .map(|(decides, condition)| ConditionReach {
            decides,
            source: condition.source().to_owned(),
            place: condition.place(),
            held: 0,
            failed: 0,
        })
        .collect();
    all.sort_by_key(|condition| condition.place.start);
    // The items of an instrument share the one condition that is written.
    all.dedup_by_key(|condition| condition.place.start);
    all
}

/// Gives the conditions of a question with what they decide about.
pub(super) fn of_question(question: &Question) -> Vec<(Decides, &crate::survey::Condition)> {
    let id = || question.id.clone();
    let asked = question.show_if.iter().map(|condition| (Decides::Question(id()), condition));
    let options = question.kind.options();
    let options = options.filter_map(|option| Some((Decides::Option(id(), option.code.clone()), option.show_if?)));
    let constraint = question.constraint.iter().map(|constraint| (Decides::Constraint(id()), &constraint.must));
    let jumps = question.jumps.iter().filter_map(|jump| jump.condition.as_ref()).map(|it| (Decides::Jump(id()), it));
    asked.chain(options).chain(constraint).chain(jumps).collect()
}

/// Gives a question that nobody was asked yet.
pub(super) fn question(question: &Question) -> QuestionReach {
    let condition = question.show_if.as_ref().map(|condition| condition.place());
    let option = |option: Offered<'_>| OptionReach {
        code: option.code.clone(),
        place: written(option.label.place()),
        is_conditional: option.show_if.is_some(),
        offered: 0,
    };
    QuestionReach {
        id: question.id.clone(),
        kind: question.kind.name(),
        place: written(question.text.place()).or(condition),
        asked: 0,
        options: question.kind.options().map(option).collect(),
    }
}

/// Gives a place that is in the file.
fn written(place: Range<usize>) -> Option<Range<usize>> {
    (!place.is_empty()).then_some(place)
}
