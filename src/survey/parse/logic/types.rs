//! The types of what conditions look at and say, and how they are called in a message.

use std::ops::RangeInclusive;

use crate::survey::{Kind, Question};

/// The type of a part of a condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Type<'s> {
    Bool,
    /// A whole number, within bounds where they are known, and the name of what has them.
    Int(Option<(RangeInclusive<i64>, &'s str)>),
    Double,
    /// One of these codes, of what has this name.
    Code(Vec<&'s str>, &'s str),
    /// Several codes.
    Codes(Vec<&'s str>, &'s str),
    /// Points by row.
    Points(&'s Question),
    Text,
    Date,
    /// The arms by variant.
    Variants,
    /// A list written in the condition, of literals.
    List(Vec<Literal>),
    /// A literal, whose type follows from what it stands beside.
    Literal(Literal),
}

/// A literal as it is compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Literal {
    Bool,
    Int(i64),
    Double,
    String(String),
}

/// Gives the type of a question's answer; `None` for a note.
pub(super) fn of_question(question: &Question) -> Option<Type<'_>> {
    let id = question.id.as_str();
    let codes = || question.kind.choices().iter().map(|choice| choice.code.as_str()).collect();
    Some(match &question.kind {
        Kind::Scale { scale, .. } => Type::Int(Some((i64::from(scale.first)..=i64::from(scale.last), id))),
        Kind::Single { .. } => Type::Code(codes(), id),
        Kind::Multi { .. } | Kind::Ranking { .. } => Type::Codes(codes(), id),
        Kind::Matrix { .. } => Type::Points(question),
        Kind::Text { .. } => Type::Text,
        Kind::Number { decimals: 0, .. } => Type::Int(None),
        Kind::Number { .. } => Type::Double,
        Kind::Boolean => Type::Bool,
        Kind::Date { .. } => Type::Date,
        Kind::Note => return None,
    })
}

/// Says what a type is, as the beginning or the middle of a sentence.
pub(super) fn name(of: &Type<'_>) -> String {
    match of {
        Type::Bool => "true or false".to_owned(),
        Type::Int(Some((bounds, name))) => format!("`{name}`, a whole number from {} to {},", bounds.start(), bounds.end()),
        Type::Int(None) => "a whole number".to_owned(),
        Type::Double => "a number with decimals".to_owned(),
        Type::Code(_, name) => format!("`{name}`, a code,"),
        Type::Codes(_, name) => format!("`{name}`, several codes,"),
        Type::Points(question) => format!("`{}`, a matrix,", question.id),
        Type::Text => "a text".to_owned(),
        Type::Date => "a date".to_owned(),
        Type::Variants => "`variant`".to_owned(),
        Type::List(_) => "a list".to_owned(),
        Type::Literal(Literal::Bool) => "true or false".to_owned(),
        Type::Literal(Literal::Int(number)) => number.to_string(),
        Type::Literal(Literal::Double) => "a decimal number".to_owned(),
        Type::Literal(Literal::String(text)) => format!("\"{text}\""),
    }
}
