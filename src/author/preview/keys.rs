//! The preview's own keys, as data: none of them means anything in a survey, and none is a letter.
//!
//! Most have two: some terminals keep function keys for themselves, and some hands know the others.

use crate::screen::keymap::{Key, KeyCode};

/// What a key of the preview asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// The list of all questions.
    Questions,
    /// The next language.
    Language,
    /// The next size.
    Size,
    /// What a submission would store.
    Response,
    /// To begin again.
    Restart,
    /// Another respondent, for whom chance has decided differently.
    Respondent,
    /// The list of these keys.
    Keys,
}

/// One line of the preview's keymap.
pub(crate) struct Binding {
    keys: &'static [Key],
    /// What the keys ask for.
    pub(crate) wish: Wish,
    /// What the bottom line says, and the list of keys; the shortest form.
    pub(crate) word: &'static str,
    /// What the list of keys says.
    pub(crate) help: &'static str,
}

const fn f(number: u8) -> Key {
    Key::plain(KeyCode::F(number))
}

const fn ctrl(letter: char) -> Key {
    Key { ctrl: true, ..Key::plain(KeyCode::Char(letter)) }
}

const fn bind(keys: &'static [Key], wish: Wish, word: &'static str, help: &'static str) -> Binding {
    Binding { keys, wish, word, help }
}

/// The preview's keymap.
pub(crate) const BINDINGS: &[Binding] = &[
    bind(&[f(7), ctrl('g')], Wish::Questions, "questions", "go to any question, also to one that is hidden"),
    bind(&[f(8), ctrl('t')], Wish::Language, "language", "the next language a respondent may want"),
    bind(&[f(9), ctrl('f')], Wish::Size, "size", "the next size of the screen"),
    bind(&[f(11), ctrl('d')], Wish::Response, "response", "what a submission would store"),
    bind(&[f(12), ctrl('r')], Wish::Restart, "restart", "begin again without answers"),
    bind(&[ctrl('n')], Wish::Respondent, "respondent", "the next respondent: other arms of variants, other orders"),
    bind(&[ctrl('k')], Wish::Keys, "keys", "these keys"),
];

impl Binding {
    /// Gives the keys as a person reads them, the usual one first.
    pub(crate) fn shown(&self) -> Vec<String> {
        self.keys.iter().map(Key::to_string).collect()
    }
}

/// Gives what a key of the preview asks for; `None` for the keys of a survey.
pub(crate) fn wish(key: Key) -> Option<Wish> {
    BINDINGS.iter().find(|binding| binding.keys.contains(&key)).map(|binding| binding.wish)
}

/// What a key asks for on a page of the preview's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// This many lines down, or up where it is negative.
    By(isize),
    /// A page down, or up.
    Page(isize),
    /// To the first line.
    First,
    /// To the last line.
    Last,
    /// Take what is under the cursor.
    Take,
    /// Back.
    Back,
    /// Close the page.
    Close,
    /// Leave the preview.
    Quit,
}

/// Gives what a key asks for on a page of the preview's own.
pub(crate) fn step(key: Key) -> Option<Step> {
    let Key { code, ctrl: false, alt: false, shift: false } = key else { return None };
    Some(match code {
        KeyCode::Up => Step::By(-1),
        KeyCode::Down => Step::By(1),
        KeyCode::PageUp => Step::Page(-1),
        KeyCode::PageDown | KeyCode::Char(' ') => Step::Page(1),
        KeyCode::Home => Step::First,
        KeyCode::End => Step::Last,
        KeyCode::Enter => Step::Take,
        KeyCode::Backspace => Step::Back,
        KeyCode::Esc => Step::Close,
        KeyCode::Char('q' | 'Q') | KeyCode::F(10) => Step::Quit,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::developer::answering::Context::{self, *};
    use crate::developer::answering::keys;

    const CONTEXTS: [Context; 17] = [
        Scale, WideScale, Boolean, Single, Multi, Ranking, Matrix, Note, ShortText, LongText, Steps, Other, Filter, Review, Menu,
        Help, Decline,
    ];

    #[test]
    fn no_key_of_the_preview_means_anything_in_a_survey_or_types_anything() {
        for binding in BINDINGS {
            for key in binding.keys {
                assert_eq!(key.printable(), None, "{key}");
                assert!(CONTEXTS.iter().all(|context| keys::command(*context, *key).is_none()), "{key}");
                assert_eq!(step(*key), None, "{key}");
            }
        }
    }

    #[test]
    fn every_key_of_the_preview_asks_for_one_thing() {
        let keys: Vec<_> = BINDINGS.iter().flat_map(|binding| binding.keys).collect();
        for binding in BINDINGS {
            assert!(binding.keys.iter().all(|key| wish(*key) == Some(binding.wish)), "{}", binding.help);
            assert!(binding.keys.iter().all(|key| keys.iter().filter(|other| **other == key).count() == 1), "{}", binding.help);
        }
    }
}
