//! What conditions may name: the questions of the file by id, with their places, and the variants.

use std::collections::HashMap;
use std::ops::Range;

use super::super::findings::Findings;
use super::super::table::Table;
use crate::survey::logic::groups_around;
use crate::survey::nearest::{is_it, meant, nearest};
use crate::survey::{Condition, Group, Name, Question, Variant};

/// A table of the file with the questions it stands for: one, the items of an instrument, or none that could be read.
pub(in crate::survey::parse) struct Lowered<'t> {
    pub(in crate::survey::parse) table: Table<'t>,
    pub(in crate::survey::parse) questions: Vec<Question>,
    /// Whether the questions are all that the author wrote, not only as much as conditions need.
    pub(in crate::survey::parse) is_whole: bool,
    /// Whether it is known what the questions are answered with.
    pub(in crate::survey::parse) has_kind: bool,
}

/// Everything that is looked at together.
pub(in crate::survey::parse) struct Whole<'s, 't> {
    pub(in crate::survey::parse) lowered: &'s [Lowered<'t>],
    pub(in crate::survey::parse) groups: &'s [Group],
    pub(in crate::survey::parse) variants: &'s [Variant],
}

/// A question as conditions see it.
pub(super) struct Known<'s> {
    pub(super) id: &'s str,
    /// Where the id stands in the file.
    pub(super) span: Range<usize>,
    /// The question; `None` where it could not be read, so that nothing more is known of it.
    pub(super) question: Option<&'s Question>,
    /// The table it is written in.
    pub(super) table: &'s Table<'s>,
    /// Whether it is known what the question is answered with.
    has_kind: bool,
    /// Whether it speaks for its table: the items of an instrument would all tell what is wrong with the same line.
    pub(super) leads: bool,
}

impl<'s> Known<'s> {
    /// Gives the question where it is known what it is answered with.
    pub(super) fn answered(&self) -> Option<&'s Question> {
        self.question.filter(|_| self.has_kind)
    }
}

/// All that conditions may name.
pub(super) struct Names<'s> {
    /// The questions in the order of the file.
    pub(super) known: Vec<Known<'s>>,
    /// The first place of each id among them: it is asked for with every name of every condition.
    places: HashMap<&'s str, usize>,
    pub(super) groups: &'s [Group],
    pub(super) variants: &'s [Variant],
}

impl<'s> Names<'s> {
    pub(super) fn new(whole: &'s Whole<'s, '_>) -> Self {
        let mut known = Vec::new();
        for Lowered { table, questions, has_kind, .. } in whole.lowered {
            let span = table.get("id").map_or_else(|| table.span.clone(), |entry| entry.span);
            if questions.is_empty()
                && let Some(id) = table.get("id").and_then(|entry| entry.raw_text())
            {
                known.push(Known { id, span: span.clone(), question: None, table, has_kind: false, leads: true });
            }
            let of = |(at, question): (usize, &'s Question)| {
                let (id, span) = (question.id.as_str(), span.clone());
                Known { id, span, question: Some(question), table, has_kind: *has_kind, leads: at == 0 }
            };
            known.extend(questions.iter().enumerate().map(of));
        }
        let mut places = HashMap::with_capacity(known.len());
        for (place, known) in known.iter().enumerate() {
            places.entry(known.id).or_insert(place);
        }
        Self { known, places, groups: whole.groups, variants: whole.variants }
    }

    /// Gives the place of a question among all, from 0.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// Says whether a name may be that of an item of an instrument that can't be read.
    pub(super) fn may_be_item(&self, name: &str) -> bool {
        let of = name.rsplit_once('_').filter(|(_, number)| number.parse::<u8>().is_ok()).map(|(of, _)| of);
        let whole = of.and_then(|of| self.position(of)).map(|at| &self.known[at]);
        whole.is_some_and(|whole| !whole.has_kind && whole.table.get("instrument").is_some())
    }

    pub(super) fn variant(&self, name: &str) -> Option<&'s Variant> {
        self.variants.iter().find(|variant| variant.id.as_str() == name)
    }

    /// Gives a group and those around it, the innermost first.
    pub(super) fn groups_around(&self, innermost: Option<&Name>) -> Vec<&'s Group> {
        groups_around(self.groups, innermost)
    }

    /// Gives the shuffled group in which chance decides which of two questions comes first.
    pub(super) fn shuffled_with(&self, one: usize, other: usize) -> Option<&'s Group> {
        let group = |at: usize| self.known[at].question.and_then(|question| question.group.as_ref());
        self.groups.iter().find(|of| one != other && of.is_shuffled && [one, other].map(group) == [Some(&of.id); 2])
    }

    /// Gives the shuffled group that a question is in.
    pub(super) fn shuffled(&self, question: &Question) -> Option<&'s Group> {
        self.groups.iter().find(|group| group.is_shuffled && question.group.as_ref() == Some(&group.id))
    }

    /// Gives the conditions under which a question is asked: its own, and those of the groups around it.
    pub(super) fn conditions_of(&self, question: &'s Question) -> Vec<&'s Condition> {
        let around = self.groups_around(question.group.as_ref()).into_iter();
        question.show_if.iter().chain(around.filter_map(|group| group.show_if.as_ref())).collect()
    }

    /// Says whether a jump may pass over a question.
    pub(super) fn may_be_passed_over(&self, place: usize) -> bool {
        self.known[..place].iter().any(|known| known.question.is_none_or(|question| !question.jumps.is_empty()))
    }

    /// Gives the conditions that decide what a question can be answered with: those under which it is asked, and those of its options.
    pub(super) fn deciding(&self, question: &'s Question) -> Vec<&'s Condition> {
        let options = conditional_options(question).map(|(_, condition)| condition);
        self.conditions_of(question).into_iter().chain(options).collect()
    }

    /// Tells which variant may be meant by a name, or how to make one.
    pub(super) fn meant_variant(&self, written: &str) -> String {
        let known = self.variants.iter().map(|variant| variant.id.as_str());
        meant(written, known, &[]).unwrap_or_else(|| "add a [[variant]] of this id".to_owned())
    }

    /// Tells that a name is that of an instrument, whose items are the questions.
    pub(super) fn instrument(&self, written: &str) -> Option<String> {
        let is_item = |known: &&Known<'_>| {
            known.question.and_then(|question| question.item.as_ref()).is_some_and(|item| item.of.as_str() == written)
        };
        let item = self.known.iter().find(is_item)?;
        Some(format!("`{written}` is an instrument: name an item of it, such as `{}`", item.id))
    }

    /// Tells what else than a question a condition may mean by a name: a variant, the word for them, or a code.
    pub(super) fn meant_in_condition(&self, written: &str) -> Option<String> {
        if self.variant(written).is_some() {
            return Some(format!("`{written}` is a variant: write variant.{written}"));
        }
        if self.known.iter().filter_map(Known::answered).any(|question| question.kind.label(written).is_some()) {
            return Some(format!("`{written}` is a code: put it in quotes, \"{written}\""));
        }
        meant(written, ["variant"].into_iter().filter(|_| !self.variants.is_empty()), &[])
    }

    /// Tells which question may be meant by a name, with its line, or that it is the name of an instrument.
    pub(super) fn meant(&self, written: &str, findings: &Findings<'_>) -> Option<String> {
        if let Some(help) = self.instrument(written) {
            return Some(help);
        }
        let id = nearest(written, self.known.iter().map(|known| known.id), &[])?;
        let known = self.known.iter().find(|known| known.id == id)?;
        Some(is_it(id, Some(findings.line(known.span.start))))
    }
}

/// Gives the choices or rows that are offered under conditions, by their codes.
pub(super) fn conditional_options(question: &Question) -> impl Iterator<Item = (&str, &Condition)> {
    question.kind.options().filter_map(|option| Some((option.code.as_str(), option.show_if?)))
}

/// Finds all places where a word stands by itself in a condition.
pub(super) fn places_of(condition: &Condition, word: &str, findings: &Findings<'_>) -> Vec<Range<usize>> {
    let whole = condition.place();
    let written = findings.slice(&whole);
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let (mut at, mut places) = (0, Vec::new());
    while let Some(start) = written[at..].find(word).map(|offset| at + offset) {
        let end = start + word.len();
        let before = written[..start].chars().next_back().is_some_and(is_part) && word.starts_with(is_part);
        let behind = written[end..].chars().next().is_some_and(is_part) && word.ends_with(is_part);
        if !before && !behind {
            places.push(whole.start + start..whole.start + end);
        }
        at = end;
    }
    places
}
