//! What can stand beside what: comparing, looking for, and calculating with the parts of a condition.

use cel::parser::Expression;

use super::checker::Checker;
use super::types::{Literal, Type, name};

impl<'s> Checker<'_, 's, '_, '_> {
    pub(super) fn ordered(&mut self, left: &Expression, right: &Expression, sign: &str) -> Option<Type<'s>> {
        let (left, right) = (self.type_of(left), self.type_of(right));
        let (left, right) = (left?, right?);
        let has_no_order = |of: &Type<'_>| !matches!(of, Type::Int(_) | Type::Double | Type::Date | Type::Literal(_));
        if let Some(other) = [&left, &right].into_iter().find(|of| has_no_order(of)) {
            let message = format!("{} has no order, and `{sign}` asks for one", name(other));
            self.report("type-mismatch", sign, message, "compare with == or !=, or ask with `in`");
            return None;
        }
        self.compared(left, right, sign).map(|_| Type::Bool)
    }

    /// Says what two parts are that stand on both sides of a sign: the same, or a literal that the other side can have.
    pub(super) fn compared(&mut self, left: Type<'s>, right: Type<'s>, sign: &str) -> Option<Type<'s>> {
        match (left, right) {
            (Type::Literal(literal), Type::Literal(other)) => {
                let same = std::mem::discriminant(&literal) == std::mem::discriminant(&other);
                if !same {
                    let (literal, other) = (Type::Literal(literal), Type::Literal(other));
                    self.mismatch(&literal, &other, sign);
                    return None;
                }
                Some(Type::Literal(literal))
            }
            (typed, Type::Literal(literal)) | (Type::Literal(literal), typed) => {
                self.fits(&literal, &typed, sign).then_some(typed)
            }
            (Type::Int(_), Type::Int(_)) => Some(Type::Int(None)),
            (Type::Code(codes, of), Type::Code(..)) => Some(Type::Code(codes, of)),
            (Type::Points(left), Type::Points(_)) => {
                let message = format!("`{}` is a matrix, and can't be compared as a whole", left.id);
                self.report("type-mismatch", sign, message, "name a row of each, such as parts.ci");
                None
            }
            (left, right) if std::mem::discriminant(&left) == std::mem::discriminant(&right) => Some(left),
            (left, right) => {
                self.mismatch(&left, &right, sign);
                None
            }
        }
    }

    fn mismatch(&mut self, left: &Type<'_>, right: &Type<'_>, sign: &str) {
        let message = format!("{} and {} can't be compared", name(left), name(right));
        self.report("type-mismatch", sign, message, "compare like with like: nothing is converted");
    }

    /// Says whether a literal can be a value of a type, or tells why not.
    fn fits(&mut self, literal: &Literal, of: &Type<'s>, sign: &str) -> bool {
        match (literal, of) {
            (Literal::Int(number), Type::Int(Some((bounds, name)))) if !bounds.contains(number) => {
                let message = format!("`{name}` goes from {} to {} and is compared with {number}", bounds.start(), bounds.end());
                self.report("out-of-scale", &number.to_string(), message, "compare with a point of its scale");
                false
            }
            (Literal::Int(number), Type::Double) => {
                let help = format!("write {number}.0: it has decimals, and nothing is converted");
                self.report(
                    "type-mismatch",
                    &number.to_string(),
                    "a number with decimals is compared with a whole one".to_owned(),
                    &help,
                );
                false
            }
            (Literal::String(code), Type::Code(codes, name)) => self.has_code(code, codes, name),
            (Literal::String(day), Type::Date) => {
                let is_day = day.len() == 10 && chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d").is_ok();
                if !is_day {
                    self.report(
                        "type-mismatch",
                        day,
                        format!("\"{day}\" is no day of the calendar"),
                        "write it as \"2026-03-31\"",
                    );
                }
                is_day
            }
            (Literal::Int(_), Type::Int(_))
            | (Literal::Double, Type::Double)
            | (Literal::Bool, Type::Bool)
            | (Literal::String(_), Type::Text) => true,
            (literal, of) => {
                let hint = match of {
                    Type::Int(_) if *literal == Literal::Double => "compare with a whole number: its answers have no decimals",
                    Type::Int(_) => "compare with a whole number, without quotes",
                    Type::Double => "compare with a number with decimals, such as 1.5",
                    Type::Bool => "compare with true or false, or leave the comparison out",
                    Type::Codes(..) => "ask with `in`, such as \"ci\" in barriers",
                    Type::Points(_) => "name a row, such as parts.ci",
                    Type::Variants => "name a variant, such as variant.wording",
                    _ => "compare with a text in quotes",
                };
                let word = match literal {
                    Literal::String(text) => text.clone(),
                    Literal::Int(number) => number.to_string(),
                    Literal::Bool | Literal::Double => sign.to_owned(),
                };
                let (of, literal) = (name(of), Type::Literal(literal.clone()));
                self.report("type-mismatch", &word, format!("{of} is compared with {}", name(&literal)), hint);
                false
            }
        }
    }

    fn has_code(&mut self, code: &str, codes: &[&str], of: &str) -> bool {
        if codes.contains(&code) {
            return true;
        }
        let help = self.codes_of(code, codes, of, "codes");
        self.report("unknown-code", code, format!("`{of}` has no code \"{code}\""), &help);
        false
    }

    pub(super) fn is_in(&mut self, element: &Expression, list: &Expression) -> Option<Type<'s>> {
        let (element, list) = (self.type_of(element), self.type_of(list));
        let sound = match (element?, list?) {
            (Type::Literal(Literal::String(code)), Type::Codes(codes, of)) => self.has_code(&code, &codes, of),
            (Type::Code(..), Type::Codes(..)) => true,
            (typed, Type::List(literals)) if !matches!(typed, Type::Literal(_) | Type::List(_)) => {
                literals.iter().map(|literal| self.fits(literal, &typed, "in")).collect::<Vec<_>>().into_iter().all(|fits| fits)
            }
            (element, list) => {
                let message = format!("{} can't be in {}", name(&element), name(&list));
                self.report("type-mismatch", "in", message, "write \"ci\" in barriers, or nps in [9, 10]");
                false
            }
        };
        sound.then_some(Type::Bool)
    }

    pub(super) fn calculated(&mut self, left: &Type<'s>, right: &Type<'s>) -> Option<Type<'s>> {
        let number = |of: &Type<'_>| match of {
            Type::Int(_) | Type::Literal(Literal::Int(_)) => Some(false),
            Type::Double | Type::Literal(Literal::Double) => Some(true),
            _ => None,
        };
        match (number(left), number(right)) {
            (Some(false), Some(false)) => Some(Type::Int(None)),
            (Some(true), Some(true)) => Some(Type::Double),
            (Some(_), Some(_)) => {
                let help = "write whole numbers with .0 beside numbers with decimals";
                self.report(
                    "type-mismatch",
                    self.condition.source(),
                    "whole numbers and decimals can't be mixed".to_owned(),
                    help,
                );
                None
            }
            (left_number, _) => {
                let other = if left_number.is_none() { left } else { right };
                let message = format!("{} is no number to calculate with", name(other));
                self.report("type-mismatch", self.condition.source(), message, "calculate with scales and numbers only");
                None
            }
        }
    }
}
