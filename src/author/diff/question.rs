//! How one question differs from its earlier version.

use std::collections::BTreeSet;

use super::order::is_reordered;
use super::{Change, NO_TREND, What, quoted, texts};
use crate::survey::{Choice, Code, Condition, Direction, Kind, Offered, Part, Question, Scale, Trend};

const ORDERS: &str = "orders colour answers: compare with care";
const OTHERS: &str = "others are asked: compare with care";
const SAME: &str = "the same is asked";

/// Gives every change of a question that both versions have, with the languages it is asked in before and now.
pub(super) fn changes(old: &Question, new: &Question, spoken: &[BTreeSet<&str>; 2]) -> Vec<Change> {
    if let Some(what) = something_else(old, new) {
        return vec![Change::of(new.id.clone(), what, true, "answers to both would stand in one column: it needs another id")];
    }
    let asked = asked(old, new, spoken);
    let breaks = new.kind != Kind::Note && new.trend != Some(Trend::Continue);
    let may_continue = breaks && new.trend.is_none() && !asked.iter().any(loses_codes);
    let asked = asked.into_iter().map(|what| {
        let why = why(&what, new);
        Change { may_continue, ..Change::of(new.id.clone(), what, breaks, why) }
    });
    let others = others(old, new, spoken).into_iter().map(|(what, why)| Change::of(new.id.clone(), what, false, why));
    asked.chain(others).collect()
}

/// Says whether a question asks what it did, and its author says of the versions in between that its trend begins anew.
pub(super) fn came_back(old: &Question, new: &Question, spoken: &[BTreeSet<&str>; 2]) -> bool {
    let is_same = something_else(old, new).is_none() && asked(old, new, spoken).is_empty();
    is_same && new.kind != Kind::Note && new.trend == Some(Trend::Break)
}

/// Gives what changes what is asked.
fn asked(old: &Question, new: &Question, [before, after]: &[BTreeSet<&str>; 2]) -> Vec<What> {
    let mut asked = texts::own(old, new);
    asked.extend(of_kind(&old.kind, &new.kind));
    asked.extend(limits(&[("allow", old.allow != new.allow)]));
    let changed = after.intersection(before).filter(|language| texts::is_translated_otherwise(old, new, language));
    asked.extend(changed.map(|language| What::TranslationChanged((*language).to_owned())));
    asked
}

/// Says why a change of what is asked breaks the trend, or doesn't.
fn why(what: &What, question: &Question) -> &'static str {
    match question.trend {
        _ if question.kind == Kind::Note => NO_TREND,
        Some(Trend::Break) => "its author says that the trend begins anew",
        Some(Trend::Continue) if loses_codes(what) => {
            "its author says that the trend goes on, but answers under a code that is gone count under no other"
        }
        Some(Trend::Continue) => "its author says that the trend goes on",
        None if loses_codes(what) => "answers under a code that is gone count under no other",
        None if matches!(what, What::TranslationChanged(_)) => "something else is asked of those who read it",
        None => "something else is asked",
    }
}

/// Says whether what was answered before has no code any more: no slip of the pen.
fn loses_codes(what: &What) -> bool {
    matches!(what, What::ChoicesRemoved(_))
}

/// Says what makes a question another one, whatever its author says of the trend.
fn something_else(old: &Question, new: &Question) -> Option<What> {
    let instrument = |question: &Question| question.item.as_ref().map(|item| item.instrument.name());
    match instrument(old).zip(instrument(new)).filter(|(before, after)| before != after) {
        Some((before, after)) => Some(What::Instrument { before, after }),
        None => {
            let (before, after) = (old.kind.name(), new.kind.name());
            (before != after).then_some(What::Type { before, after })
        }
    }
}

fn of_kind(old: &Kind, new: &Kind) -> Vec<What> {
    match (old, new) {
        (Kind::Scale { scale: before, .. }, Kind::Scale { scale: after, .. }) => scale(before, after).into_iter().collect(),
        (Kind::Matrix { scale: before, .. }, Kind::Matrix { scale: after, .. }) => {
            scale(before, after).into_iter().chain(labelled(old, new)).collect()
        }
        (Kind::Text { length, max_length }, Kind::Text { length: length_now, max_length: max_now }) => {
            limits(&[("length", length != length_now), ("max_length", max_length != max_now)])
        }
        (Kind::Number { min, max, decimals, .. }, Kind::Number { min: min_now, max: max_now, decimals: decimals_now, .. }) => {
            limits(&[("min", min != min_now), ("max", max != max_now), ("decimals", decimals != decimals_now)])
        }
        (Kind::Date { min, max }, Kind::Date { min: min_now, max: max_now }) => {
            limits(&[("min", min != min_now), ("max", max != max_now)])
        }
        (old, new) => choices(old, new),
    }
}

fn choices(old: &Kind, new: &Kind) -> Vec<What> {
    let marks = |choice: &Choice| (choice.exclusive, choice.other);
    let marked = new.choices().iter().filter(|choice| {
        let before = old.choices().iter().find(|before| before.code == choice.code);
        before.is_some_and(|before| marks(before) != marks(choice))
    });
    let bounds = |kind: &Kind| match kind {
        Kind::Multi { min, max, choices } => (*min, Some(*max).filter(|max| *max < choices.len())),
        _ => (0, None),
    };
    let ((min, max), (min_now, max_now)) = (bounds(old), bounds(new));
    let mut whats = labelled(old, new);
    whats.extend(marked.map(|choice| What::ChoiceMarked(choice.code.clone())));
    whats.extend(limits(&[("min", min != min_now), ("max", max != max_now)]));
    whats
}

/// Compares choices or rows by their codes and labels.
fn labelled(old: &Kind, new: &Kind) -> Vec<What> {
    let codes = |kind: &Kind| kind.options().map(|option| option.code.clone()).collect::<Vec<_>>();
    let only_in = |kind: &Kind, other: &Kind| {
        let is_missing = |code: &Code| other.label(code.as_str()).is_none();
        codes(kind).into_iter().filter(is_missing).collect::<Vec<_>>()
    };
    let (added, removed) = (only_in(new, old), only_in(old, new));
    let relabelled = kept(old, new).filter_map(|(before, now)| {
        let (code, before, after) = (now.code.clone(), before.label.original().to_owned(), now.label.original().to_owned());
        (before != after).then_some(What::Relabelled { code, before, after })
    });
    let mut whats: Vec<What> = relabelled.collect();
    whats.extend((!added.is_empty()).then_some(What::ChoicesAdded(added)));
    whats.extend((!removed.is_empty()).then_some(What::ChoicesRemoved(removed)));
    whats.extend(is_reordered(&codes(old), &codes(new)).then_some(What::ChoicesReordered));
    whats
}

fn limits(keys: &[(&'static str, bool)]) -> Vec<What> {
    keys.iter().filter(|(_, differs)| *differs).map(|(key, _)| What::Limit(key)).collect()
}

fn scale(before: &Scale, after: &Scale) -> Option<What> {
    let points = |scale: &Scale| (scale.first, scale.last, scale.direction);
    let is_same = points(before) == points(after) && meanings(before).eq(meanings(after));
    (!is_same).then(|| What::Scale { before: in_words(before), after: in_words(after) })
}

/// Gives what the points of a scale mean, in the survey's own language.
fn meanings(scale: &Scale) -> impl Iterator<Item = (Part<'_>, &str)> {
    scale.texts().map(|(part, text)| (part, text.original()))
}

fn in_words(scale: &Scale) -> String {
    let mut words = format!("{} to {}", scale.first, scale.last);
    let meaning = |(part, text): (Part<'_>, &str)| match part {
        Part::Low => format!("low {}", quoted(text)),
        Part::Mid => format!("mid {}", quoted(text)),
        Part::High => format!("high {}", quoted(text)),
        _ => quoted(text),
    };
    let meanings: Vec<String> = meanings(scale).map(meaning).collect();
    if !meanings.is_empty() {
        words += &format!(" ({})", meanings.join(", "));
    }
    if scale.direction == Direction::LowerIsBetter {
        words += ", lower is better";
    }
    words
}

/// Gives what changes who is asked, or how, and not what.
fn others(old: &Question, new: &Question, [before, after]: &[BTreeSet<&str>; 2]) -> Vec<(What, &'static str)> {
    let added = after.difference(before).map(|language| (What::TranslationAdded((*language).to_owned()), SAME));
    let removed = before.difference(after).map(|language| (What::TranslationRemoved((*language).to_owned()), SAME));
    let source = |condition: &Option<Condition>| condition.as_ref().map(|condition| condition.source().to_owned());
    let condition = (old.show_if != new.show_if)
        .then(|| (What::Condition { before: source(&old.show_if), after: source(&new.show_if) }, OTHERS));
    let required = (old.required != new.required)
        .then_some((What::Required(new.required), "other people leave it unanswered: compare with care"));
    let is_offered_to_others = kept(&old.kind, &new.kind).any(|(before, now)| before.show_if != now.show_if);
    let is_pinned_otherwise = kept(&old.kind, &new.kind).any(|(before, now)| before.pin != now.pin);
    let keys = [
        ("jump", old.jumps != new.jumps, "who is asked what comes after it changes"),
        ("show_if of a choice or row", is_offered_to_others, "others are offered it: compare with care"),
        ("pin of a choice or row", is_pinned_otherwise, ORDERS),
        ("constraint", old.constraint != new.constraint, "other answers are refused: compare with care"),
        ("group", old.group != new.group, OTHERS),
        ("randomise", old.randomise != new.randomise, ORDERS),
        ("pin", old.pin != new.pin, ORDERS),
        ("demographic", old.demographic != new.demographic, SAME),
        ("instrument", old.item != new.item, "it counts in another score"),
    ];
    let keys = keys.into_iter().filter(|(_, differs, _)| *differs).map(|(key, _, why)| (What::Other(key), why));
    added.chain(removed).chain(condition).chain(required).chain(keys).collect()
}

/// Gives the choices or rows that both versions have, as they were and as they are.
fn kept<'k>(old: &'k Kind, new: &'k Kind) -> impl Iterator<Item = (Offered<'k>, Offered<'k>)> {
    let before = |now: &Offered<'_>| old.options().find(|before| before.code == now.code);
    new.options().filter_map(move |now| Some((before(&now)?, now)))
}
