//! The functions of conditions: these and no others, since gathering the language's own library takes longer than asking any
//! condition.

use std::sync::Arc;

use cel::common::functions::Function;
use cel::common::types::{CelBool, CelString, LIST_TYPE, STRING_TYPE};
use cel::common::value::CowVal;
use cel::{Context, DeclarationError, Env, ExecutionError};

type Answer<'b, 'v> = Result<CowVal<'b, 'v>, ExecutionError>;

/// Makes what conditions are asked in.
pub(super) fn language() -> Context<'static, 'static> {
    let mut language = Env::default();
    declare(&mut language).expect("every function is declared once");
    Context::with_env(Arc::new(language))
}

fn declare(language: &mut Env) -> Result<(), DeclarationError> {
    let size: Function = |of| count(&of);
    language.add_overload("size", "size_list", vec![LIST_TYPE], size)?;
    language.add_overload("size", "size_string", vec![STRING_TYPE], size)?;
    language.add_member_overload("size", "list_size", LIST_TYPE, vec![], size)?;
    language.add_member_overload("size", "string_size", STRING_TYPE, vec![], size)?;
    let texts: [(&str, Function); 3] = [
        ("contains", |of| compare(&of, |text, part| text.contains(part))),
        ("startsWith", |of| compare(&of, |text, part| text.starts_with(part))),
        ("endsWith", |of| compare(&of, |text, part| text.ends_with(part))),
    ];
    texts.into_iter().try_for_each(|(name, ask)| language.add_member_overload(name, name, STRING_TYPE, vec![STRING_TYPE], ask))
}

fn count<'b, 'v>(of: &[CowVal<'b, 'v>]) -> Answer<'b, 'v> {
    let counted = of.first().and_then(|counted| counted.as_sizer());
    counted.map(|counted| CowVal::owned(counted.size())).ok_or_else(unfit)
}

fn compare<'b, 'v>(of: &[CowVal<'b, 'v>], holds: fn(&str, &str) -> bool) -> Answer<'b, 'v> {
    let text = |at: usize| of.get(at).and_then(|value| value.downcast_ref::<CelString>()).ok_or_else(unfit);
    Ok(CowVal::owned(CelBool::from(holds(text(0)?.inner(), text(1)?.inner()))))
}

/// The language calls a function with what it is declared for alone.
fn unfit() -> ExecutionError {
    ExecutionError::no_such_overload("", Vec::new())
}
