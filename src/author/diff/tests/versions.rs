//! Versions of a question that differ in little, made by chance: neither the lock nor the diff sees what the other doesn't.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::survey::{
    Allow, Anchors, Choice, Condition, Constraint, Direction, Jump, Kind, Length, Measure, Name, Question, Randomise, Row, Scale,
    Span, SurveyId, Target, Text, Translation, Wording,
};

/// As many as a matrix needs.
const DICE: usize = 84;

/// Those of a text that may be there.
const TEXT: usize = 4;

/// What chance decides about a question: each die one thing, so that with one of them changed little else is.
struct Dice<'d> {
    left: std::slice::Iter<'d, u8>,
    is_translated: bool,
}

impl Dice<'_> {
    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::from(*self.left.next().expect("there are enough dice")) % all.len()]
    }

    fn says_yes(&mut self) -> bool {
        self.one_of(&[false, true])
    }

    fn maybe<T>(&mut self, thing: impl Fn(&mut Self) -> T) -> Option<T> {
        let (is_there, thing) = (self.says_yes(), thing(self));
        is_there.then_some(thing)
    }

    fn text(&mut self) -> Text {
        let original = self.one_of(&["A", "B"]);
        let translations = ["de", "de-CH"].map(|language| {
            let words = self.one_of(&["", "C", "D"]);
            Translation { language: language.to_owned(), text: words.to_owned(), place: Span::default() }
        });
        let is_there = |translation: &Translation| self.is_translated && !translation.text.is_empty();
        Text::new(original, 0..0, translations.into_iter().filter(is_there).collect())
    }

    fn condition(&mut self) -> Option<Condition> {
        self.maybe(|dice| Condition::new(dice.one_of(&["before", "!before"])).unwrap())
    }

    fn question(&mut self) -> Question {
        let mut question = Question::new(QuestionId::new("asked").unwrap(), self.text(), Kind::Note);
        question.help = self.maybe(Self::text);
        question.required = self.says_yes();
        let [not_applicable, prefer_not_to_say, dont_know] = [(); 3].map(|()| self.says_yes());
        question.allow = Allow { not_applicable, prefer_not_to_say, dont_know };
        question.show_if = self.condition();
        let must = Condition::new("asked > 1").unwrap();
        question.constraint = self.maybe(|dice| Constraint { must: must.clone(), message: dice.text() });
        question.jumps.extend(self.condition().map(|it| Jump { condition: Some(it), to: Target::End, place: Span::default() }));
        question.group = self.maybe(|_| Name::new("together").unwrap());
        question.randomise = self.maybe(|_| Randomise::Shuffle);
        question.pin = self.says_yes();
        question.wordings = self.wordings();
        question.demographic = self.says_yes();
        question.kind = self.kind();
        question
    }

    fn wordings(&mut self) -> Vec<Wording> {
        let wordings = ["a", "b"].map(|arm| {
            let (variant, arm) = (Name::new("wording").unwrap(), Name::new(arm).unwrap());
            Wording { variant, arm, text: self.maybe(Self::text), help: self.maybe(Self::text), place: Span::default() }
        });
        let said = |wording: &Wording| wording.text.is_some() || wording.help.is_some();
        self.in_any_order(wordings.into_iter().filter(said).collect())
    }

    fn in_any_order<T>(&mut self, mut things: Vec<T>) -> Vec<T> {
        if self.says_yes() {
            things.reverse();
        }
        things
    }

    fn kind(&mut self) -> Kind {
        match self.one_of(&["rating", "multi", "matrix", "text", "number", "date", "note"]) {
            "rating" => Kind::Scale { measure: Measure::Rating, scale: self.scale() },
            "multi" => {
                let (min, max, choices) = (self.one_of(&[1, 2]), self.one_of(&[2, 3]), self.choices());
                Kind::Multi { min, max: max.min(choices.len()), choices }
            }
            "matrix" => {
                let rows = ["a", "b", "c"].map(|code| {
                    let row = Row::new(Code::new(code).unwrap(), self.text());
                    Row { pin: self.says_yes(), show_if: self.condition(), ..row }
                });
                let count = self.one_of(&[2, 3]);
                Kind::Matrix { rows: self.in_any_order(rows.into_iter().take(count).collect()), scale: self.scale() }
            }
            "text" => Kind::Text { length: self.one_of(&[Length::Short, Length::Long]), max_length: self.one_of(&[80, 90]) },
            "number" => Kind::Number {
                min: self.one_of(&[None, Some(1.0)]),
                max: self.one_of(&[None, Some(9.0)]),
                unit: self.maybe(Self::text),
                decimals: self.one_of(&[0, 1]),
            },
            "date" => Kind::Date { min: None, max: self.maybe(|_| chrono::NaiveDate::MAX) },
            _ => Kind::Note,
        }
    }

    fn choices(&mut self) -> Vec<Choice> {
        let choices = ["a", "b", "c"].map(|code| {
            let choice = Choice::new(Code::new(code).unwrap(), self.text());
            let [exclusive, pin, other] = [(); 3].map(|()| self.says_yes());
            Choice { exclusive, pin, other, show_if: self.condition(), ..choice }
        });
        let count = self.one_of(&[2, 3]);
        self.in_any_order(choices.into_iter().take(count).collect())
    }

    fn scale(&mut self) -> Scale {
        let [low, mid, high] = [(); 3].map(|()| self.maybe(Self::text));
        let anchors = Anchors { low, mid, high };
        let direction = self.one_of(&[Direction::HigherIsBetter, Direction::LowerIsBetter]);
        let labels = self.maybe(|dice| vec![dice.text(), dice.text()]).unwrap_or_default();
        Scale { anchors, direction, labels, ..Scale::new(1, self.one_of(&[2, 3])) }
    }
}

/// Makes a survey of one question.
fn survey_of(dice: &[u8], is_translated: bool) -> Survey {
    let question = Dice { left: dice.iter(), is_translated }.question();
    let survey = Survey::new(SurveyId::new("pulse").unwrap(), "Pulse", "en", vec![question]);
    Survey { translations: vec!["de".to_owned(), "de-CH".to_owned()], ..survey }
}

/// Makes two versions of a survey: some dice are thrown once more, or two texts change places.
fn versions(is_translated: bool) -> impl Strategy<Value = (Survey, Survey)> {
    let again = vec((any::<Index>(), any::<u8>()), 0..3);
    (vec(any::<u8>(), DICE), again, option::of(0..DICE - 2 * TEXT)).prop_map(move |(mut dice, again, swapped)| {
        let old = survey_of(&dice, is_translated);
        again.iter().for_each(|(place, die)| *place.get_mut(&mut dice) = *die);
        swapped.into_iter().for_each(|at| dice[at..at + 2 * TEXT].rotate_left(TEXT));
        (old, survey_of(&dice, is_translated))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_trend_breaks_exactly_where_the_lock_asks_for_a_word_on_it((old, new) in versions(true)) {
        prop_assert_eq!(asks_for_a_word(&old, &new), breaks_a_trend(&old, &new));
    }

    #[test]
    fn whatever_differs_is_told((old, new) in versions(false)) {
        prop_assert_eq!(diff(&old, &new).is_empty(), old == new);
    }
}
