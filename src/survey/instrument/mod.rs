//! Named instruments: items with fixed words, whose scores are compared across products and years.
//!
//! The words are data, in English as published, in German and Japanese as translated for dxpulse. A hash locks each
//! language of each instrument (`lock`), so that no word changes by the way. How the answers are scored is the business
//! of whoever has answers.

mod agreement;
mod ease;
#[cfg(test)]
mod lock;
mod usability;
mod workload;

use super::{Direction, Measure, QuestionId};

/// A named instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instrument {
    /// System Usability Scale, ten items (Brooke 1996).
    Sus,
    /// Usability Metric for User Experience, four items (Finstad 2010).
    Umux,
    /// UMUX-Lite, two items (Lewis, Utesch and Maher 2013).
    UmuxLite,
    /// Raw Task Load Index, six items (Hart 2006).
    Tlx,
    /// Single Ease Question (Sauro and Dumas 2009).
    Seq,
}

/// A question's place in an instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The instrument.
    pub instrument: Instrument,
    /// The name the author gave the whole.
    pub of: QuestionId,
    /// The item's number in the instrument, from 1.
    pub number: u8,
}

/// The languages every instrument has, in the order of [`Words`].
pub const LANGUAGES: [&str; 3] = ["en", "de", "ja"];

/// The same words in each of [`LANGUAGES`].
pub type Words = [&'static str; 3];

/// An item as a respondent reads it.
#[derive(Debug)]
pub struct Statement {
    /// What an author calls it where some items may be left out; empty elsewhere.
    pub name: &'static str,
    /// The item; `{this system}` is where the name of an object may stand, see [`fill`].
    pub text: Words,
    /// What it is answered with.
    pub answered_with: AnsweredWith,
}

/// What an item is answered with.
#[derive(Debug)]
pub enum AnsweredWith {
    /// A point of a scale from 1.
    Scale {
        /// What the scale measures.
        measure: Measure,
        /// The highest point.
        last: u8,
        /// The meaning of the lowest point.
        low: Words,
        /// The meaning of the highest point.
        high: Words,
        /// Which end speaks for what is asked about.
        direction: Direction,
    },
    /// A whole number from 0 to 100.
    Percent {
        /// What the ends mean.
        help: Words,
    },
}

impl Instrument {
    /// Every instrument.
    pub const ALL: [Self; 5] = [Self::Sus, Self::Umux, Self::UmuxLite, Self::Tlx, Self::Seq];

    /// Gives the instrument's name as an author writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sus => "sus",
            Self::Umux => "umux",
            Self::UmuxLite => "umux_lite",
            Self::Tlx => "tlx",
            Self::Seq => "seq",
        }
    }

    /// Finds the instrument with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|instrument| instrument.name() == name)
    }

    /// Gives the items in their order.
    pub fn items(self) -> &'static [Statement] {
        match self {
            Self::Sus => usability::SUS,
            Self::Umux => usability::UMUX,
            Self::UmuxLite => usability::UMUX_LITE,
            Self::Tlx => workload::TLX,
            Self::Seq => ease::SEQ,
        }
    }

    /// Says whether the items name what they ask about, so that an author may name it.
    pub fn has_object(self) -> bool {
        self.items().iter().any(|item| item.text[0].contains('{'))
    }
}

/// Puts an object's name where the words leave room for one; without a name, what stands in the braces stays.
///
/// An English name that ends in s takes a bare apostrophe as its genitive, and a name at the start a capital.
pub fn fill(words: &str, object: Option<&str>) -> String {
    let parts = words.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    let Some((before, (usual, after))) = parts else { return words.to_owned() };
    let name = object.unwrap_or(usual);
    let after = match after.strip_prefix("'s") {
        Some(rest) if name.ends_with(['s', 'S']) => format!("'{rest}"),
        _ => after.to_owned(),
    };
    let name = if before.is_empty() { capitalised(name) } else { name.to_owned() };
    format!("{before}{name}{after}")
}

fn capitalised(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_takes_the_place_of_the_system_as_grammar_has_it() {
        let cases = [
            ("I found {the system} complex.", None, "I found the system complex."),
            ("I found {the system} complex.", Some("our portal"), "I found our portal complex."),
            ("{This system}'s capabilities", None, "This system's capabilities"),
            ("{This system}'s capabilities", Some("the portal"), "The portal's capabilities"),
            ("{This system}'s capabilities", Some("the docs"), "The docs' capabilities"),
            ("{このシステム}は使いやすい。", Some("ポータル"), "ポータルは使いやすい。"),
            ("How hard was it?", Some("the portal"), "How hard was it?"),
        ];
        for (words, object, filled) in cases {
            assert_eq!(fill(words, object), filled);
        }
    }

    #[test]
    fn every_item_has_room_for_the_object_once_in_each_language_or_in_none() {
        for instrument in Instrument::ALL {
            for item in instrument.items() {
                for text in item.text {
                    assert_eq!(text.matches('{').count(), usize::from(instrument.has_object()), "{text}");
                    assert_eq!(text.matches('}').count(), usize::from(instrument.has_object()), "{text}");
                }
            }
        }
    }

    #[test]
    fn every_instrument_has_the_items_that_were_published() {
        let counts = Instrument::ALL.map(|instrument| (instrument.name(), instrument.items().len(), instrument.has_object()));
        let published = [("sus", 10, true), ("umux", 4, true), ("umux_lite", 2, true), ("tlx", 6, false), ("seq", 1, false)];
        assert_eq!(counts, published);
        assert!(Instrument::ALL.into_iter().all(|instrument| Instrument::from_name(instrument.name()) == Some(instrument)));
    }

    #[test]
    fn the_documentation_has_every_item_as_it_is_asked() {
        let documentation = include_str!("../../../docs/instruments.md");
        for item in Instrument::ALL.iter().flat_map(|instrument| instrument.items()) {
            let text = item.text[0].replace(['{', '}'], "*");
            assert!(documentation.contains(&text) && documentation.contains(item.name), "{text}");
        }
    }

    #[test]
    fn odd_items_of_sus_and_umux_speak_for_the_system_and_even_ones_against_it() {
        for instrument in [Instrument::Sus, Instrument::Umux] {
            for (at, item) in instrument.items().iter().enumerate() {
                let AnsweredWith::Scale { direction, .. } = item.answered_with else { panic!("it is a scale") };
                assert_eq!(direction == Direction::HigherIsBetter, at % 2 == 0, "{}", item.text[0]);
            }
        }
    }
}
