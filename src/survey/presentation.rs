//! A survey as one respondent meets it: in their language, in their order, with the words of their arms.
//!
//! What comes out is an ordinary survey, so that nothing after this knows of translations, orders or variants. Its hashes are
//! those of the presentation: the questions' own are asked of the survey as it was written.

use std::collections::BTreeMap;

use super::chance::Chance;
use super::{Choice, Code, Kind, Name, Question, QuestionId, Randomise, Row, Survey, Text, language};

/// The arm of every variant, by the variant's name.
pub type Arms = BTreeMap<Name, Name>;

/// The orders that were drawn, in the survey's order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Orders {
    /// The questions of shuffled groups, as they were met.
    pub groups: Vec<(Name, Vec<QuestionId>)>,
    /// The codes of choices or rows, as they were met.
    pub codes: Vec<(QuestionId, Vec<Code>)>,
    /// The scales that were turned round.
    pub reversed: Vec<QuestionId>,
}

impl Survey {
    /// Gives the language of its texts that serves a reader best; its own where none does.
    pub fn language_for(&self, wanted: &str) -> &str {
        let all = std::iter::once(&self.language).chain(&self.translations).map(String::as_str);
        language::choose(wanted, all).unwrap_or(&self.language)
    }

    /// Gives the survey as the respondent with this seed meets it, in a language.
    #[must_use]
    pub fn present(&self, language: &str, seed: u64) -> Self {
        let mut survey = self.clone();
        let arms = self.arms(seed);
        survey.questions.iter_mut().for_each(|question| arrange(question, &arms, seed));
        shuffle_groups(&mut survey, seed);
        survey.texts_mut(&mut |text| text.speak(language));
        survey
    }

    /// Draws the arm of every variant.
    pub fn arms(&self, seed: u64) -> Arms {
        let drawn = self.variants.iter().map(|variant| {
            let all: u32 = variant.shares.iter().sum();
            let mut at = Chance::new(seed, &format!("variant {}", variant.id)).below(usize::try_from(all).unwrap_or(1));
            let mut arms = variant.arms.iter().zip(&variant.shares);
            let arm = arms.find(|(_, share)| {
                let share = usize::try_from(**share).unwrap_or_default();
                let is_here = at < share;
                at = at.saturating_sub(share);
                is_here
            });
            let arm = arm.map_or(&variant.arms[0], |(arm, _)| arm);
            (variant.id.clone(), arm.clone())
        });
        drawn.collect()
    }

    /// Gives the orders that were drawn for a presented survey: only where chance had a say.
    pub fn orders(&self) -> Orders {
        let mut orders = Orders::default();
        for group in self.groups.iter().filter(|group| group.is_shuffled) {
            let of_group = self.questions.iter().filter(|question| question.group.as_ref() == Some(&group.id));
            orders.groups.push((group.id.clone(), of_group.map(|question| question.id.clone()).collect()));
        }
        for question in self.questions.iter().filter(|question| question.randomise.is_some()) {
            match &question.kind {
                Kind::Scale { scale, .. } if scale.is_reversed => orders.reversed.push(question.id.clone()),
                Kind::Scale { .. } => {}
                kind => orders.codes.push((question.id.clone(), kind.options().map(|option| option.code.clone()).collect())),
            }
        }
        orders
    }

    /// Shows every text that a respondent reads.
    fn texts_mut(&mut self, see: &mut impl FnMut(&mut Text)) {
        see(&mut self.title);
        self.introduction.iter_mut().for_each(&mut *see);
        self.questions.iter_mut().for_each(|question| question.texts_mut(see));
    }
}

impl Question {
    /// Shows every text of the question.
    fn texts_mut(&mut self, see: &mut impl FnMut(&mut Text)) {
        self.piped_mut(see);
        self.constraint.iter_mut().for_each(|constraint| see(&mut constraint.message));
        match &mut self.kind {
            Kind::Scale { scale, .. } | Kind::Matrix { scale, .. } => scale_texts(scale, see),
            Kind::Number { unit, .. } => unit.iter_mut().for_each(see),
            Kind::Single { .. } | Kind::Multi { .. } | Kind::Ranking { .. } => {}
            Kind::Text { .. } | Kind::Boolean | Kind::Date { .. } | Kind::Note => {}
        }
    }
}

fn scale_texts(scale: &mut super::Scale, see: &mut impl FnMut(&mut Text)) {
    let anchors = &mut scale.anchors;
    [&mut anchors.low, &mut anchors.mid, &mut anchors.high].into_iter().flatten().for_each(&mut *see);
    scale.labels.iter_mut().for_each(see);
}

/// Gives a question the words and the order of one respondent.
fn arrange(question: &mut Question, arms: &Arms, seed: u64) {
    for wording in question.wordings.iter().filter(|wording| arms.get(&wording.variant) == Some(&wording.arm)) {
        question.text = wording.text.as_ref().unwrap_or(&question.text).clone();
        question.help = wording.help.as_ref().or(question.help.as_ref()).cloned();
    }
    let Some(randomise) = question.randomise else { return };
    let mut chance = Chance::new(seed, &format!("order {}", question.id));
    match (&mut question.kind, randomise) {
        (Kind::Scale { scale, .. }, _) => scale.is_reversed = chance.below(2) == 1,
        (Kind::Matrix { rows, .. }, _) => chance.shuffle(rows, |row: &Row| row.pin),
        (Kind::Single { choices } | Kind::Multi { choices, .. } | Kind::Ranking { choices }, Randomise::Shuffle) => {
            chance.shuffle(choices, keeps_place);
        }
        (Kind::Single { choices }, Randomise::Reverse) if chance.below(2) == 1 => reverse(choices, keeps_place),
        _ => {}
    }
}

fn keeps_place(choice: &Choice) -> bool {
    choice.pin || choice.other || choice.exclusive
}

/// Turns round all elements but those that keep their place.
fn reverse<T>(elements: &mut [T], keeps_place: impl Fn(&T) -> bool) {
    let free: Vec<usize> = (0..elements.len()).filter(|at| !keeps_place(&elements[*at])).collect();
    for (first, last) in free.iter().zip(free.iter().rev()).take(free.len() / 2) {
        elements.swap(*first, *last);
    }
}

/// Shuffles the questions of each shuffled group, which stand together.
fn shuffle_groups(survey: &mut Survey, seed: u64) {
    for group in survey.groups.iter().filter(|group| group.is_shuffled) {
        let is_inside = |question: &Question| question.group.as_ref() == Some(&group.id);
        let Some(start) = survey.questions.iter().position(is_inside) else { continue };
        let count = survey.questions[start..].iter().take_while(|question| is_inside(question)).count();
        let inside = &mut survey.questions[start..start + count];
        Chance::new(seed, &format!("group {}", group.id)).shuffle(inside, |question| question.pin);
    }
}
