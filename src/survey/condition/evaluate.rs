//! Asking a condition: missing answers are errors that `&&` and `||` absorb, and an error at the end is no answer.

use std::collections::BTreeMap;

use cel::common::ast::{CallExpr, EntryExpr, Expr, LiteralValue};
use cel::common::types::CelBool;
use cel::common::value::{CowVal, Val};
use cel::context::VariableResolver;
use cel::parser::Expression;
use cel::{Context, Value as Cel};

use super::Condition;

/// What is known when a condition is asked: answers and arms by the names that conditions use; what isn't here is missing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts(BTreeMap<String, Known>);

/// A value, and the same as the language has it: many conditions look at one answer.
#[derive(Debug, Clone)]
struct Known {
    value: Value,
    seen: Box<dyn Val>,
}

impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// A value that conditions can look at.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A point of a scale, or a whole number.
    Int(i64),
    /// A number with decimals.
    Double(f64),
    /// Yes or no.
    Bool(bool),
    /// A code, a text, a date in ISO form.
    String(String),
    /// Codes.
    List(Vec<String>),
    /// Points by row.
    Points(BTreeMap<String, i64>),
    /// Arms by variant.
    Arms(BTreeMap<String, String>),
}

/// What stands before the name of a question in the name of whether it is answered; no question's id begins so.
const ANSWERED: &str = "@answered:";

thread_local! {
    /// The functions of the language, which cost more to gather than any condition to ask.
    static LANGUAGE: Context<'static, 'static> = Context::default();
}

impl Facts {
    /// Makes a value known; a question that had another forgets it.
    pub fn insert(&mut self, name: &str, value: Value) {
        let seen = Cel::from(value.clone()).try_into().expect("every value is one of the language");
        self.0.insert(name.to_owned(), Known { value, seen });
    }

    /// Makes a value missing.
    pub fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// Gives a value; `None` where it is missing.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).map(|known| &known.value)
    }
}

impl VariableResolver for Facts {
    fn resolve<'b>(&'b self, name: &str) -> Option<CowVal<'b, 'b>> {
        match name.strip_prefix(ANSWERED) {
            Some(question) => Some(CowVal::owned(CelBool::from(self.0.contains_key(question)))),
            None => self.0.get(name).map(|known| CowVal::Borrowed(&*known.seen)),
        }
    }
}

impl Condition {
    /// Says whether the condition holds: an error at the end, such as a missing answer, is false.
    pub fn holds(&self, facts: &Facts) -> bool {
        self.ask(facts) == Some(true)
    }

    /// Gives what the condition comes to; `None` where a missing answer, or an error of arithmetic, decides it.
    pub fn ask(&self, facts: &Facts) -> Option<bool> {
        LANGUAGE.with(|language| {
            let mut scope: Context<'_, '_> = language.new_inner_scope();
            scope.set_variable_resolver(facts);
            match Cel::resolve(&self.expression, &scope) {
                Ok(Cel::Bool(holds)) => Some(holds),
                _ => None,
            }
        })
    }

    /// Gives the names the condition looks at, each once; those it only asks about being answered as well.
    pub fn names(&self) -> Vec<&str> {
        let mut all: Vec<&str> =
            names(&self.expression).into_iter().map(|name| name.strip_prefix(ANSWERED).unwrap_or(name)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Gives the numbers and texts that are written in the condition.
    pub fn literals(&self) -> Vec<Value> {
        let mut found = Vec::new();
        walk(&self.expression, &mut |expr| match expr {
            Expr::Literal(LiteralValue::Int(number)) => found.push(Value::Int(*number.inner())),
            Expr::Literal(LiteralValue::Double(number)) => found.push(Value::Double(*number.inner())),
            Expr::Literal(LiteralValue::String(text)) => found.push(Value::String(text.inner().to_owned())),
            _ => {}
        });
        found
    }
}

impl From<Value> for Cel {
    fn from(value: Value) -> Self {
        match value {
            Value::Int(number) => Self::Int(number),
            Value::Double(number) => Self::Float(number),
            Value::Bool(yes) => Self::Bool(yes),
            Value::String(text) => Self::String(text.into()),
            Value::List(codes) => codes.into(),
            Value::Points(points) => Self::Map(points.into_iter().collect::<std::collections::HashMap<_, _>>().into()),
            Value::Arms(arms) => Self::Map(arms.into_iter().collect::<std::collections::HashMap<_, _>>().into()),
        }
    }
}

/// Turns `answered(q)` into a name of its own, since an argument that is missing would be an error before any function saw it.
pub(super) fn lower(mut expression: Expression) -> Expression {
    walk_mut(&mut expression, &mut |expr| {
        let Expr::Call(CallExpr { func_name, target: None, args }) = expr else { return };
        if let ("answered", [Expression { expr: Expr::Ident(question), .. }]) = (func_name.as_str(), args.as_slice()) {
            *expr = Expr::Ident(format!("{ANSWERED}{question}"));
        }
    });
    expression
}

/// Gives the question that a name asks about being answered.
pub(in crate::survey) fn asks_answered(name: &str) -> Option<&str> {
    name.strip_prefix(ANSWERED)
}

fn names(expression: &Expression) -> Vec<&str> {
    let mut found = Vec::new();
    walk(expression, &mut |expr| {
        if let Expr::Ident(name) = expr {
            found.push(name.as_str());
        }
    });
    found
}

/// Shows every part of an expression, the whole first.
pub(in crate::survey) fn walk<'e>(expression: &'e Expression, see: &mut impl FnMut(&'e Expr)) {
    see(&expression.expr);
    match &expression.expr {
        // Nearly all there is: no list of the parts need be made.
        Expr::Ident(_) | Expr::Literal(_) => {}
        Expr::Call(call) => call.target.as_deref().into_iter().chain(&call.args).for_each(|part| walk(part, see)),
        other => parts(other).into_iter().for_each(|part| walk(part, see)),
    }
}

/// Counts the parts on the longest way down, without going down by itself.
pub(super) fn depth(expression: &Expression) -> usize {
    let (mut deepest, mut waiting) = (0, vec![(expression, 1)]);
    while let Some((expression, depth)) = waiting.pop() {
        deepest = deepest.max(depth);
        waiting.extend(parts(&expression.expr).into_iter().map(|part| (part, depth + 1)));
    }
    deepest
}

fn parts(expr: &Expr) -> Vec<&Expression> {
    match expr {
        Expr::Call(call) => call.target.as_deref().into_iter().chain(&call.args).collect(),
        Expr::List(list) => list.elements.iter().collect(),
        Expr::Select(select) => vec![&select.operand],
        Expr::Comprehension(all) => {
            vec![&all.iter_range, &all.accu_init, &all.loop_cond, &all.loop_step, &all.result]
        }
        Expr::Map(map) => map.entries.iter().flat_map(|entry| entry_parts(&entry.expr)).collect(),
        Expr::Struct(of) => of.entries.iter().flat_map(|entry| entry_parts(&entry.expr)).collect(),
        Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => Vec::new(),
    }
}

fn entry_parts(entry: &EntryExpr) -> Vec<&Expression> {
    match entry {
        EntryExpr::StructField(field) => vec![&field.value],
        EntryExpr::MapEntry(entry) => vec![&entry.key, &entry.value],
    }
}

fn walk_mut(expression: &mut Expression, change: &mut impl FnMut(&mut Expr)) {
    change(&mut expression.expr);
    match &mut expression.expr {
        Expr::Call(call) => call.target.as_deref_mut().into_iter().chain(&mut call.args).for_each(|part| walk_mut(part, change)),
        Expr::List(list) => list.elements.iter_mut().for_each(|part| walk_mut(part, change)),
        Expr::Select(select) => walk_mut(&mut select.operand, change),
        _ => {}
    }
}
