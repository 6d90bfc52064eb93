//! The types of conditions, checked without ever coercing: what is compared with what, and whether it can be so at all.

use std::ops::Range;

use cel::common::ast::{CallExpr, Expr, LiteralValue, SelectExpr, operators};
use cel::parser::Expression;

use super::super::findings::Findings;
use super::names::{Names, places_of};
use super::types::{Literal, Type, name, of_question};
use crate::survey::condition::asks_answered;
use crate::survey::nearest::{is_it, listed, meant, nearest, slip};
use crate::survey::{Condition, Kind, Question};

/// Checks one condition.
pub(super) struct Checker<'c, 's, 'f, 'src> {
    pub(super) names: &'c Names<'s>,
    pub(super) condition: &'c Condition,
    pub(super) findings: &'f mut Findings<'src>,
    /// The words that were reported.
    pub(super) told: Vec<String>,
}

/// The functions of conditions.
const FUNCTIONS: &[&str] = &["answered", "size", "contains", "startsWith", "endsWith"];

impl<'s> Checker<'_, 's, '_, '_> {
    /// Says whether the condition is sound: its names and types are right, and it is true or false.
    pub(super) fn is_sound(&mut self) -> bool {
        match self.type_of(self.condition.tree()) {
            None => false,
            Some(Type::Bool | Type::Literal(Literal::Bool)) => true,
            Some(other) => {
                let help = "compare it, such as nps <= 6; answered(q) says whether there is an answer";
                self.report(
                    "not-a-condition",
                    self.condition.source(),
                    format!("this is {}, neither true nor false", name(&other).trim_end_matches(',')),
                    help,
                );
                false
            }
        }
    }

    /// Gives the type of a part; `None` where it is wrong, which is told, or where nothing is known.
    pub(super) fn type_of(&mut self, expression: &Expression) -> Option<Type<'s>> {
        match &expression.expr {
            Expr::Literal(literal) => self.literal(literal).map(Type::Literal),
            Expr::Ident(name) => self.name(name),
            Expr::Select(select) => self.select(select),
            Expr::Call(call) => self.call(call),
            Expr::List(list) => {
                let elements: Vec<_> = list.elements.iter().map(|element| self.type_of(element)).collect();
                let literal =
                    |element: Option<Type<'s>>| if let Some(Type::Literal(literal)) = element { Some(literal) } else { None };
                let literals: Option<Vec<Literal>> = elements.into_iter().map(literal).collect();
                if literals.is_none() {
                    self.report(
                        "type-mismatch",
                        "[",
                        "a list holds numbers or codes only".to_owned(),
                        "write [\"ci\", \"docs\"] or [9, 10]",
                    );
                }
                literals.map(Type::List)
            }
            Expr::Comprehension(_) => {
                let help = "ask with `in`, such as \"ci\" in barriers, or count with size(barriers)";
                self.report("unknown-function", self.condition.source(), "conditions don't go through lists".to_owned(), help);
                None
            }
            Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => {
                self.report("type-mismatch", "{", "conditions have no maps".to_owned(), "compare a question, such as nps <= 6");
                None
            }
        }
    }

    fn literal(&mut self, literal: &LiteralValue) -> Option<Literal> {
        let (written, help) = match literal {
            LiteralValue::Boolean(_) => return Some(Literal::Bool),
            LiteralValue::Int(number) => return Some(Literal::Int(*number.inner())),
            LiteralValue::Double(_) => return Some(Literal::Double),
            LiteralValue::String(text) => return Some(Literal::String(text.inner().to_owned())),
            LiteralValue::Null => ("null", "a missing answer is asked for with !answered(q)"),
            LiteralValue::UInt(_) => ("unsigned numbers", "write it without the u"),
            LiteralValue::Bytes(_) => ("bytes", "write the text without the b"),
        };
        self.report("type-mismatch", self.condition.source(), format!("conditions have no {written}"), help);
        None
    }

    fn name(&mut self, written: &str) -> Option<Type<'s>> {
        if let Some(question) = asks_answered(written) {
            return self.known(question).map(|_| Type::Bool);
        }
        if written == "variant" {
            return Some(Type::Variants);
        }
        self.known(written)?.and_then(of_question)
    }

    /// Finds a question; one that is there and could not be read is `Some(None)`.
    fn known(&mut self, written: &str) -> Option<Option<&'s Question>> {
        if let Some(at) = self.names.position(written) {
            let question = self.names.known[at].answered();
            if question.is_some_and(|question| question.kind == Kind::Note) {
                let message = format!("`{written}` is a note and never has an answer");
                self.report("type-mismatch", written, message, "name a question that takes an answer");
                return None;
            }
            return Some(question);
        }
        if self.names.may_be_item(written) {
            return Some(None);
        }
        let names = self.names;
        let help = names.instrument(written).or_else(|| names.meant_in_condition(written));
        let help = help.or_else(|| names.meant(written, self.findings));
        let mut ids: Vec<&str> = Vec::new();
        for known in self.names.known.iter().take(12) {
            ids.extend((!ids.contains(&known.id)).then_some(known.id));
        }
        let help = help.unwrap_or_else(|| format!("the questions are {}", listed(&ids, "and")));
        self.report("unknown-question", written, format!("the condition refers to unknown question `{written}`"), &help);
        None
    }

    fn select(&mut self, select: &SelectExpr) -> Option<Type<'s>> {
        let part = self.part(&select.operand, select.field.as_str())?;
        Some(if select.test { Type::Bool } else { part })
    }

    /// Gives the type of a part: a row of a matrix, or the arm of a variant.
    fn part(&mut self, whole: &Expression, field: &str) -> Option<Type<'s>> {
        match self.type_of(whole)? {
            Type::Variants => {
                let Some(variant) = self.names.variant(field) else {
                    let help = self.names.meant_variant(field);
                    self.report("unknown-variant", field, format!("there is no variant `{field}`"), &help);
                    return None;
                };
                Some(Type::Code(variant.arms.iter().map(|arm| arm.as_str()).collect(), variant.id.as_str()))
            }
            Type::Points(question) => self.row(question, field),
            other => {
                let message = format!("{} has no parts, and `{field}` asks for one", name(&other));
                self.report("type-mismatch", field, message, "only a matrix has parts: its rows");
                None
            }
        }
    }

    fn row(&mut self, question: &'s Question, code: &str) -> Option<Type<'s>> {
        let Kind::Matrix { rows, scale } = &question.kind else { return None };
        if rows.iter().any(|row| row.code.as_str() == code) {
            return Some(Type::Int(Some((i64::from(scale.first)..=i64::from(scale.last), question.id.as_str()))));
        }
        let codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
        let help = self.codes_of(code, &codes, question.id.as_str(), "rows");
        self.report("unknown-code", code, format!("`{}` has no row `{code}`", question.id), &help);
        None
    }

    /// Tells the codes there are, and first the one that is meant, with the line it stands on.
    pub(super) fn codes_of(&self, written: &str, codes: &[&str], of: &str, what: &str) -> String {
        let all = format!("its {what} are {}", listed(codes, "and"));
        let near = codes.iter().copied().filter(|code| slip(written, code));
        let Some(meant) = nearest(written, near, &[]) else { return all };
        let known = self.names.position(of).and_then(|at| self.names.known[at].question);
        let label = known.and_then(|question| question.kind.label(meant)).map(|label| label.place().start);
        format!("{} {all}", is_it(meant, label.map(|place| self.findings.line(place))))
    }

    fn call(&mut self, call: &CallExpr) -> Option<Type<'s>> {
        let function = call.func_name.as_str();
        match (function, call.args.as_slice()) {
            (operators::LOGICAL_AND | operators::LOGICAL_OR | operators::LOGICAL_NOT, arguments) => {
                let sound: Vec<bool> = arguments.iter().map(|argument| self.needs_bool(argument)).collect();
                sound.iter().all(|sound| *sound).then_some(Type::Bool)
            }
            (operators::CONDITIONAL, [condition, then, otherwise]) => {
                let is_bool = self.needs_bool(condition);
                let (then, otherwise) = (self.type_of(then), self.type_of(otherwise));
                self.compared(then?, otherwise?, "?:").filter(|_| is_bool)
            }
            (operators::EQUALS | operators::NOT_EQUALS, [left, right]) => {
                let (left, right) = (self.type_of(left), self.type_of(right));
                self.compared(left?, right?, sign(function)).map(|_| Type::Bool)
            }
            (operators::LESS | operators::LESS_EQUALS | operators::GREATER | operators::GREATER_EQUALS, [left, right]) => {
                self.ordered(left, right, sign(function))
            }
            (operators::IN, [element, list]) => self.is_in(element, list),
            (
                operators::ADD | operators::SUBSTRACT | operators::MULTIPLY | operators::DIVIDE | operators::MODULO,
                [left, right],
            ) => {
                let (left, right) = (self.type_of(left), self.type_of(right));
                self.calculated(&left?, &right?)
            }
            (operators::NEGATE, [number]) => {
                let number = self.type_of(number)?;
                self.calculated(&number, &number)
            }
            (operators::INDEX, [whole, Expression { expr: Expr::Literal(LiteralValue::String(field)), .. }]) => {
                self.part(whole, field.inner())
            }
            _ => self.function(call),
        }
    }

    fn function(&mut self, call: &CallExpr) -> Option<Type<'s>> {
        let written = call.func_name.as_str();
        let arguments: Vec<&Expression> = call.target.as_deref().into_iter().chain(&call.args).collect();
        let types: Vec<Option<Type<'s>>> = match written {
            "size" | "contains" | "startsWith" | "endsWith" => arguments.iter().map(|argument| self.type_of(argument)).collect(),
            _ => Vec::new(),
        };
        let is_text = |of: &Option<Type<'_>>| matches!(of, Some(Type::Text | Type::Literal(Literal::String(_))));
        match (written, types.as_slice()) {
            ("size", [Some(Type::Codes(..) | Type::Text)]) => Some(Type::Int(None)),
            ("contains" | "startsWith" | "endsWith", [text, part]) if is_text(text) && is_text(part) && call.target.is_some() => {
                Some(Type::Bool)
            }
            (_, types) if types.iter().any(Option::is_none) => None,
            ("answered", _) => {
                self.report("type-mismatch", "answered", "answered() takes one question".to_owned(), "write answered(nps)");
                None
            }
            ("size", _) => {
                let help = "count the choices of a multi or a ranking, or the characters of a text";
                self.report("type-mismatch", "size", "there is nothing to count here".to_owned(), help);
                None
            }
            ("contains" | "startsWith" | "endsWith", _) => {
                let help = "these look into texts, such as reason.contains(\"slow\"); ask for a code with `in`";
                self.report("type-mismatch", written, format!("{written}() takes a text and a part of it"), help);
                None
            }
            _ => {
                let shown = if written.starts_with(|c: char| c.is_alphabetic()) { written } else { "[" };
                let help = meant(written, FUNCTIONS.iter().copied(), &[]);
                let help = help.unwrap_or_else(|| format!("the functions are {}", listed(FUNCTIONS, "and")));
                self.report("unknown-function", shown, format!("conditions have no function `{shown}`"), &help);
                None
            }
        }
    }

    fn needs_bool(&mut self, expression: &Expression) -> bool {
        match self.type_of(expression) {
            Some(Type::Bool | Type::Literal(Literal::Bool)) => true,
            None => false,
            Some(other) => {
                let place = word_of(expression).and_then(|word| self.bare_place(word));
                let message = format!("{} is neither true nor false", name(&other));
                let place = place.unwrap_or_else(|| self.condition.place());
                self.findings.report("type-mismatch", place, message, "compare it, such as nps <= 6, or ask answered(q)");
                false
            }
        }
    }

    /// Reports a word of the condition; said again of the same word, it is the next place of it that is meant.
    pub(super) fn report(&mut self, code: &'static str, word: &str, message: String, help: &str) {
        let earlier = self.told.iter().filter(|told| *told == word).count();
        let places = places_of(self.condition, word, self.findings);
        let place = places.get(earlier).or(places.last()).cloned().unwrap_or_else(|| self.condition.place());
        self.told.push(word.to_owned());
        self.findings.report(code, place, message, help);
    }

    /// Finds where a name stands that is neither compared nor asked about.
    fn bare_place(&self, word: &str) -> Option<Range<usize>> {
        let whole = self.condition.place();
        let is_bare = |place: &&Range<usize>| {
            let before = self.findings.slice(&(whole.start..place.start)).trim_end();
            let behind = self.findings.slice(&(place.end..whole.end)).trim_start();
            let is_compared = behind.starts_with(['<', '>', '=', '.', '[', '+', '*', '/', '%'])
                || ["!=", "in "].iter().any(|sign| behind.starts_with(sign));
            !is_compared && !before.ends_with(['<', '>', '=', '+', '-', '*', '/', '%']) && !before.ends_with("answered(")
        };
        let places = places_of(self.condition, word, self.findings);
        places.iter().find(is_bare).or(places.last()).cloned()
    }
}

/// Gives an operator as its author writes it.
fn sign(operator: &str) -> &str {
    operator.trim_matches('_')
}

fn word_of(expression: &Expression) -> Option<&str> {
    match &expression.expr {
        Expr::Ident(name) => Some(name),
        _ => None,
    }
}
