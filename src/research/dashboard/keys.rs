//! The keys of the dashboard, as data: the hints and the help are made of them.

use crate::screen::keymap::{Key, KeyCode};

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// So many lines down, or up where it is negative.
    Lines(isize),
    /// A page down, or up.
    Page(isize),
    /// To the next figure, or the one before.
    Figure(isize),
    /// To the first line.
    First,
    /// To the last line.
    Last,
    /// To the next section, or the one before.
    Section(isize),
    /// To the section of this number, from 0.
    Go(usize),
    /// To the next wave, or the one before.
    Wave(isize),
    /// These keys.
    Help,
    /// To leave.
    Leave,
    /// To stop until continued.
    Suspend,
    /// To draw the screen again.
    Redraw,
}

/// One line of the keymap.
#[derive(Debug)]
pub(super) struct Binding {
    keys: &'static [(Key, Wish)],
    /// What the hints say, where they say it.
    pub(super) hint: Option<(&'static str, &'static str)>,
    /// What the help says.
    pub(super) help: &'static str,
}

const fn plain(code: KeyCode) -> Key {
    Key::plain(code)
}

const fn letter(letter: char) -> Key {
    plain(KeyCode::Char(letter))
}

const fn ctrl(letter: char) -> Key {
    Key { ctrl: true, ..plain(KeyCode::Char(letter)) }
}

const BACK_TAB: Key = Key { shift: true, ..plain(KeyCode::Tab) };

/// The keymap; digits beside it lead to the sections.
pub(super) const BINDINGS: &[Binding] = &[
    Binding {
        keys: &[(plain(KeyCode::Down), Wish::Lines(1)), (plain(KeyCode::Up), Wish::Lines(-1))],
        hint: Some(("↑↓", "scroll")),
        help: "a line down, a line up",
    },
    Binding {
        keys: &[(plain(KeyCode::Tab), Wish::Section(1)), (BACK_TAB, Wish::Section(-1))],
        hint: Some(("tab", "section")),
        help: "the next section, the one before; its number goes there too",
    },
    Binding {
        keys: &[(letter('w'), Wish::Wave(1)), (letter('W'), Wish::Wave(-1))],
        hint: Some(("w", "wave")),
        help: "the next wave, the one before",
    },
    Binding {
        keys: &[(plain(KeyCode::Right), Wish::Figure(1)), (plain(KeyCode::Left), Wish::Figure(-1))],
        hint: Some(("←→", "figure")),
        help: "the next figure, the one before",
    },
    Binding {
        keys: &[
            (plain(KeyCode::PageDown), Wish::Page(1)),
            (letter(' '), Wish::Page(1)),
            (plain(KeyCode::PageUp), Wish::Page(-1)),
        ],
        hint: None,
        help: "a page down, a page up",
    },
    Binding {
        keys: &[(plain(KeyCode::Home), Wish::First), (plain(KeyCode::End), Wish::Last)],
        hint: None,
        help: "the first line, the last",
    },
    Binding { keys: &[(letter('>'), Wish::Wave(1)), (letter('<'), Wish::Wave(-1))], hint: None, help: "as w and W" },
    Binding {
        keys: &[(letter('?'), Wish::Help), (plain(KeyCode::F(1)), Wish::Help)],
        hint: Some(("?", "help")),
        help: "these keys",
    },
    Binding {
        keys: &[
            (letter('q'), Wish::Leave),
            (letter('Q'), Wish::Leave),
            (plain(KeyCode::Esc), Wish::Leave),
            (plain(KeyCode::F(10)), Wish::Leave),
        ],
        hint: Some(("q", "quit")),
        help: "quit",
    },
    Binding { keys: &[(ctrl('l'), Wish::Redraw)], hint: None, help: "draw the screen again" },
    Binding { keys: &[(ctrl('z'), Wish::Suspend)], hint: None, help: "stop until the shell continues it" },
];

impl Binding {
    /// Gives the keys as a person reads them.
    pub(super) fn shown(&self) -> String {
        self.keys.iter().map(|(key, _)| key.to_string()).collect::<Vec<_>>().join(" ")
    }
}

/// Gives what a key asks for.
pub(super) fn wish(key: Key) -> Option<Wish> {
    let bound = BINDINGS.iter().flat_map(|binding| binding.keys).find(|(bound, _)| *bound == key).map(|(_, wish)| *wish);
    bound.or_else(|| key.digit().and_then(|digit| usize::from(digit).checked_sub(1)).map(Wish::Go))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_asks_for_one_thing() {
        let keys: Vec<&Key> = BINDINGS.iter().flat_map(|binding| binding.keys).map(|(key, _)| key).collect();
        for key in &keys {
            assert_eq!(keys.iter().filter(|other| *other == key).count(), 1, "{key}");
        }
    }

    #[test]
    fn digits_of_any_script_lead_to_sections() {
        let wishes = ["1", "5", "３", "0", "x"].map(|key| wish(key.parse().expect("a key")));
        assert_eq!(wishes, [Some(Wish::Go(0)), Some(Wish::Go(4)), Some(Wish::Go(2)), None, None]);
    }
}
