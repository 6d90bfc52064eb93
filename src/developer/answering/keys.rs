//! The keymap as data: one table makes the keys work, the hint bar and the help.

use super::Command;
use crate::developer::phrases::{Helps, Hints, Phrases};
use crate::screen::keymap::{Key, KeyCode};

/// What has the focus, which decides what keys mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// A scale of at most nine points.
    Scale,
    /// A scale of more than nine points.
    WideScale,
    /// Yes or no.
    Boolean,
    /// One choice.
    Single,
    /// Several choices.
    Multi,
    /// An order of preference.
    Ranking,
    /// Rows with a scale.
    Matrix,
    /// A note.
    Note,
    /// A field of one line.
    ShortText,
    /// A field of several lines.
    LongText,
    /// A number or a date.
    Steps,
    /// The respondent's own words for a choice.
    Other,
    /// The filter of a list.
    Filter,
    /// The review before sending off.
    Review,
    /// The menu.
    Menu,
    /// The help.
    Help,
    /// The question whether to decline.
    Decline,
    /// The question what becomes of words that may tell too much.
    Words,
}

impl Context {
    /// Says whether printable keys are typed into a field.
    pub fn is_typing(self) -> bool {
        TYPING.contains(&self)
    }
}

/// One line of the keymap.
pub struct Binding {
    on: &'static [&'static [Context]],
    keys: Keys,
    command: Command,
    hint: Option<SayHint>,
    help: SayHelp,
}

/// Finds what the hint bar says, in a language's phrases.
type SayHint = fn(&Hints) -> &'static str;
/// Finds what the help says.
type SayHelp = fn(&Helps) -> &'static str;

enum Keys {
    These(&'static [Key]),
    Digits,
    Printable,
}

use Context::{
    Boolean, Decline, Filter, Help, LongText, Matrix, Menu, Multi, Note, Other, Ranking, Review, Scale, ShortText, Single, Steps,
    WideScale, Words,
};

/// The letters that mean yes: in every language all of them count, and its own is shown.
const YES: [char; 2] = ['y', 'j'];

const ROW: &[Context] = &[Scale, WideScale, Matrix];
const READ: &[Context] = &[Note, Help, Words];
const ANSWERS: &[Context] = &[Scale, WideScale, Matrix, Boolean, Single, Multi, Ranking];
const LISTS: &[Context] = &[Single, Multi, Ranking];
const CHOICES: &[Context] = &[Scale, WideScale, Matrix, Boolean, Single, Multi, Ranking, Note];
const LETTERS: &[Context] = &[Scale, WideScale, Matrix, Single, Multi, Ranking, Note];
const TEXTS: &[Context] = &[ShortText, LongText];
const WRITING: &[Context] = &[ShortText, LongText, Steps, Other];
const TYPING: &[Context] = &[ShortText, LongText, Steps, Other, Filter];
const OVERLAYS: &[Context] = &[Menu, Help, Decline, Words];

const fn plain(code: KeyCode) -> Key {
    Key::plain(code)
}
const fn c(character: char) -> Key {
    Key::plain(KeyCode::Char(character))
}
const fn ctrl(character: char) -> Key {
    Key { ctrl: true, ..c(character) }
}
const fn alt(code: KeyCode) -> Key {
    Key { alt: true, ..Key::plain(code) }
}
const fn alt_c(character: char) -> Key {
    alt(KeyCode::Char(character))
}
const SHIFT_TAB: Key = Key { shift: true, ..Key::plain(KeyCode::Tab) };
const fn f(number: u8) -> Key {
    Key::plain(KeyCode::F(number))
}

const fn bind(on: &'static [&'static [Context]], keys: &'static [Key], command: Command, help: SayHelp) -> Binding {
    Binding { on, keys: Keys::These(keys), command, hint: None, help }
}

const fn digits(on: &'static [&'static [Context]], help: SayHelp) -> Binding {
    Binding { on, keys: Keys::Digits, command: Command::Digit(0), hint: None, help }
}

/// The keymap. Within a context the first line whose keys match wins.
pub const BINDINGS: &[Binding] = &[
    bind(&[&[Words]], &[c('r'), c('1'), c('１'), c('١'), c('۱')], Command::ReplaceWords, |h| h.replace_words)
        .hinted(|h| h.replace_words),
    bind(&[&[Words]], &[c('k'), c('2'), c('２'), c('٢'), c('۲')], Command::KeepWords, |h| h.keep_words).hinted(|h| h.keep_words),
    bind(
        &[&[Words]],
        &[c('e'), c('3'), c('３'), c('٣'), c('۳'), plain(KeyCode::Backspace), SHIFT_TAB],
        Command::MendWords,
        |h| h.mend_words,
    )
    .hinted(|h| h.mend_words),
    bind(&[&[Review]], &[plain(KeyCode::Enter)], Command::Confirm, |h| h.finish).hinted(|h| h.finish),
    bind(&[TYPING], &[plain(KeyCode::Enter)], Command::Confirm, |h| h.take).hinted(|h| h.done),
    bind(&[&[Steps]], &[plain(KeyCode::Left), plain(KeyCode::Down)], Command::Left, |h| h.step_down),
    bind(&[&[Steps]], &[plain(KeyCode::Right), plain(KeyCode::Up)], Command::Right, |h| h.step_up).hinted(|h| h.step),
    bind(&[&[LongText]], &[ctrl('j'), alt(KeyCode::Enter)], Command::NewLine, |h| h.new_line).hinted(|h| h.new_line),
    bind(&[TEXTS], &[ctrl('o')], Command::Editor, |h| h.editor).hinted(|h| h.editor),
    digits(&[&[Scale, WideScale]], |h| h.answer).hinted(|h| h.answer),
    digits(&[&[Single]], |h| h.choose).hinted(|h| h.choose),
    digits(&[&[Multi]], |h| h.toggle).hinted(|h| h.toggle),
    digits(&[&[Ranking]], |h| h.rank).hinted(|h| h.rank),
    digits(&[&[Matrix]], |h| h.answer_row).hinted(|h| h.answer_row),
    bind(&[&[WideScale]], &[c('t')], Command::Ten, |h| h.ten).hinted(|h| h.ten),
    bind(&[&[Boolean]], &[c('y'), c('j'), c('1'), c('１'), c('١'), c('۱')], Command::Yes, |h| h.yes).hinted(|h| h.yes),
    bind(&[&[Boolean]], &[c('n'), c('2'), c('２'), c('٢'), c('۲')], Command::No, |h| h.no).hinted(|h| h.no),
    bind(&[&[Multi, Ranking, Note]], &[plain(KeyCode::Enter)], Command::Confirm, |h| h.go_on).hinted(|h| h.next),
    bind(&[&[Scale, WideScale, Matrix, Boolean, Single]], &[plain(KeyCode::Enter)], Command::Confirm, |h| h.take_cursor),
    bind(&[READ], &[plain(KeyCode::Up)], Command::Up, |h| h.up),
    bind(&[READ], &[plain(KeyCode::Down)], Command::Down, |h| h.down).hinted(|h| h.scroll),
    bind(&[READ], &[plain(KeyCode::PageUp)], Command::PageUp, |h| h.page_up),
    bind(&[READ], &[plain(KeyCode::PageDown), c(' ')], Command::PageDown, |h| h.page_down),
    bind(&[READ], &[plain(KeyCode::Home)], Command::First, |h| h.first),
    bind(&[READ], &[plain(KeyCode::End)], Command::Last, |h| h.last),
    bind(&[LETTERS, &[Menu]], &[c('n'), f(4), alt_c('n')], Command::NotApplicable, |h| h.not_applicable)
        .hinted(|h| h.not_applicable),
    bind(&[TYPING, &[Boolean]], &[alt_c('n'), f(4)], Command::NotApplicable, |h| h.not_applicable).hinted(|h| h.not_applicable),
    bind(&[CHOICES, &[Menu]], &[c('p'), f(5), alt_c('p')], Command::PreferNotToSay, |h| h.prefer_not).hinted(|h| h.prefer_not),
    bind(&[TYPING], &[alt_c('p'), f(5)], Command::PreferNotToSay, |h| h.prefer_not).hinted(|h| h.prefer_not),
    bind(&[CHOICES, &[Menu]], &[c('d'), f(6), alt_c('d')], Command::DontKnow, |h| h.dont_know).hinted(|h| h.dont_know),
    bind(&[TYPING], &[alt_c('d'), f(6)], Command::DontKnow, |h| h.dont_know).hinted(|h| h.dont_know),
    bind(&[CHOICES], &[c('s'), f(3), alt_c('s')], Command::Skip, |h| h.skip).hinted(|h| h.skip),
    bind(&[TYPING], &[alt_c('s'), f(3)], Command::Skip, |h| h.skip).hinted(|h| h.skip),
    bind(&[&[Menu]], &[c('s'), f(3), alt_c('s')], Command::Skip, |h| h.skip),
    bind(&[CHOICES, &[Review]], &[plain(KeyCode::Backspace), SHIFT_TAB], Command::Back, |h| h.back).hinted(|h| h.back),
    bind(&[TYPING], &[SHIFT_TAB], Command::Back, |h| h.back_typing).hinted(|h| h.back),
    bind(&[&[Single]], &[c('/')], Command::Filter, |h| h.filter).hinted(|h| h.filter),
    bind(&[&[Boolean]], &[plain(KeyCode::Left), plain(KeyCode::Up)], Command::Left, |h| h.to_yes),
    bind(&[&[Boolean]], &[plain(KeyCode::Right), plain(KeyCode::Down)], Command::Right, |h| h.to_no),
    bind(&[&[Menu]], &[c('e'), ctrl('o')], Command::Editor, |h| h.editor),
    bind(&[&[Menu]], &[c('x')], Command::Decline, |h| h.decline_this),
    bind(&[&[Decline]], &[c('y'), c('j')], Command::Decline, |h| h.decline).hinted(|h| h.decline),
    bind(&[&[Decline]], &[c('n')], Command::Close, |h| h.keep).hinted(|h| h.go_on),
    bind(&[ROW], &[plain(KeyCode::Left)], Command::Left, |h| h.left),
    bind(&[ROW], &[plain(KeyCode::Right)], Command::Right, |h| h.right),
    bind(&[LISTS, &[Scale, WideScale, Matrix, Review, Menu, Filter]], &[plain(KeyCode::Up)], Command::Up, |h| h.up),
    bind(&[&[Review]], &[plain(KeyCode::Down)], Command::Down, |h| h.down).hinted(|h| h.choose),
    bind(&[LISTS, &[Scale, WideScale, Matrix, Menu, Filter]], &[plain(KeyCode::Down)], Command::Down, |h| h.down),
    bind(&[ANSWERS, &[Review, Menu]], &[plain(KeyCode::Home), plain(KeyCode::PageUp)], Command::First, |h| h.first),
    bind(&[ANSWERS, &[Review, Menu]], &[plain(KeyCode::End), plain(KeyCode::PageDown)], Command::Last, |h| h.last),
    bind(&[&[Multi]], &[c(' ')], Command::Toggle, |h| h.toggle_cursor),
    bind(&[&[Ranking]], &[c(' ')], Command::Toggle, |h| h.rank_cursor),
    bind(&[&[Ranking]], &[alt(KeyCode::Up)], Command::RankUp, |h| h.rank_up),
    bind(&[&[Ranking]], &[alt(KeyCode::Down)], Command::RankDown, |h| h.rank_down),
    bind(&[&[Filter]], &[plain(KeyCode::Esc)], Command::Close, |h| h.close_filter).hinted(|h| h.close),
    bind(&[OVERLAYS], &[plain(KeyCode::Esc)], Command::Close, |h| h.close).hinted(|h| h.close),
    bind(&[&[Help]], &[plain(KeyCode::Enter), c('?'), c('q'), f(1)], Command::Close, |h| h.close),
    bind(&[TEXTS, &[Other]], &[plain(KeyCode::Left)], Command::Left, |h| h.left),
    bind(&[TEXTS, &[Other]], &[plain(KeyCode::Right)], Command::Right, |h| h.right),
    bind(&[&[LongText]], &[plain(KeyCode::Up)], Command::Up, |h| h.line_above),
    bind(&[&[LongText]], &[plain(KeyCode::Down)], Command::Down, |h| h.line_below),
    bind(&[TYPING], &[plain(KeyCode::Home), ctrl('a')], Command::First, |h| h.line_start),
    bind(&[TYPING], &[plain(KeyCode::End), ctrl('e')], Command::Last, |h| h.line_end),
    bind(&[&[Menu]], &[plain(KeyCode::Enter)], Command::Confirm, |h| h.choose_line).hinted(|h| h.choose),
    bind(&[CHOICES, TYPING], &[plain(KeyCode::Tab)], Command::Next, |h| h.next),
    bind(&[CHOICES, &[Menu]], &[c('r'), f(2), alt_c('r')], Command::Review, |h| h.review).hinted(|h| h.review),
    bind(&[TYPING], &[alt_c('r'), f(2)], Command::Review, |h| h.review),
    bind(&[CHOICES, &[Review, Menu, Words]], &[c('q'), f(10), alt_c('q')], Command::SaveAndLeave, |h| h.leave)
        .hinted(|h| h.save_and_leave),
    bind(&[TYPING], &[alt_c('q'), f(10)], Command::SaveAndLeave, |h| h.leave),
    bind(&[CHOICES, WRITING, &[Review]], &[plain(KeyCode::Esc)], Command::Menu, |h| h.menu).hinted(|h| h.menu),
    bind(&[CHOICES, &[Review, Menu]], &[c('?'), f(1), alt_c('?')], Command::Help, |h| h.help).hinted(|h| h.help),
    bind(&[TYPING], &[f(1), alt_c('?')], Command::Help, |h| h.help).hinted(|h| h.help),
    bind(&[CHOICES, TYPING, OVERLAYS, &[Review]], &[ctrl('l')], Command::Redraw, |h| h.redraw),
    bind(&[CHOICES, TYPING, OVERLAYS, &[Review]], &[ctrl('z')], Command::Suspend, |h| h.suspend),
    bind(&[CHOICES, TYPING, OVERLAYS, &[Review]], &[ctrl('c')], Command::Interrupt, |h| h.interrupt),
    bind(&[TYPING], &[plain(KeyCode::Backspace)], Command::DeleteBack, |h| h.delete_back),
    bind(&[TYPING], &[plain(KeyCode::Delete)], Command::DeleteForward, |h| h.delete_forward),
    bind(&[TYPING], &[ctrl('w'), alt(KeyCode::Backspace)], Command::DeleteWord, |h| h.delete_word),
    bind(&[TYPING], &[ctrl('u')], Command::DeleteLine, |h| h.delete_line),
    Binding { on: &[TYPING], keys: Keys::Printable, command: Command::Insert(' '), hint: None, help: |h| h.typing },
];

/// Gives what a key asks for in a context; with Caps Lock on, letters ask for the same.
pub fn command(context: Context, key: Key) -> Option<Command> {
    let lower = match key.code {
        KeyCode::Char(letter) => Key { code: KeyCode::Char(letter.to_ascii_lowercase()), ..key },
        _ => key,
    };
    let exact = bound(context).find(|binding| binding.matches(key));
    let binding = exact.or_else(|| bound(context).find(|binding| binding.matches(lower)))?;
    Some(match binding.command {
        Command::Digit(_) => Command::Digit(key.digit()?),
        Command::Insert(_) => Command::Insert(key.printable()?),
        command => command,
    })
}

/// Gives the lines of the keymap that hold in a context, in their order.
pub fn bound(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |binding| binding.on.iter().any(|group| group.contains(&context)))
}

/// Gives the key that asks for a command in a context, as the help shows it.
pub fn key_of(context: Context, command: Command, phrases: &Phrases) -> Option<String> {
    bound(context).find(|binding| binding.command == command).and_then(|binding| binding.keys_shown(phrases).into_iter().next())
}

impl Binding {
    /// Makes the hint bar tell of the keys as well.
    const fn hinted(self, hint: SayHint) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// Gives what the hint bar says, in its shortest form; `None` where the help alone tells of it.
    pub fn hint(&self, phrases: &Phrases) -> Option<&'static str> {
        self.hint.map(|hint| hint(&phrases.hints))
    }

    /// Gives what the help says.
    pub fn help(&self, phrases: &Phrases) -> &'static str {
        (self.help)(&phrases.helps)
    }

    /// Gives what the keys ask for; a digit or a character stands for all of them.
    pub fn command(&self) -> Command {
        self.command
    }

    /// Gives the keys as a person reads them; one word each stands for all digits and for all characters.
    pub fn keys_shown(&self, phrases: &Phrases) -> Vec<String> {
        let is_shown = |key: &&Key| match key.printable() {
            Some(letter) if YES.contains(&letter) => letter == phrases.yes_key,
            character => key.digit().is_none() || character.is_some_and(|c| c.is_ascii()),
        };
        match self.keys {
            Keys::These(keys) => keys.iter().filter(is_shown).map(Key::to_string).collect(),
            Keys::Digits => vec![phrases.helps.digit.to_owned()],
            Keys::Printable => vec![phrases.helps.text.to_owned()],
        }
    }

    fn matches(&self, key: Key) -> bool {
        match self.keys {
            Keys::These(keys) => keys.contains(&key),
            Keys::Digits => key.digit().is_some(),
            Keys::Printable => key.printable().is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_bound_to_a_letter_has_a_key_that_is_no_letter() {
        let exempt = |binding: &Binding| {
            matches!(binding.command, Command::Ten | Command::Yes | Command::No)
                || binding.on == [&[Menu][..]]
                || binding.on == [&[Decline][..]]
        };
        for binding in BINDINGS.iter().filter(|binding| !exempt(binding)) {
            let Keys::These(keys) = binding.keys else { continue };
            let is_letter = |key: &Key| key.printable().is_some_and(char::is_alphabetic);
            assert!(!keys.iter().all(is_letter), "{}", binding.help(Phrases::ENGLISH));
        }
    }

    #[test]
    fn printable_keys_type_in_fields_and_command_elsewhere() {
        for letter in "snpdrq?/t".chars() {
            for context in TYPING {
                assert_eq!(command(*context, c(letter)), Some(Command::Insert(letter)), "{context:?}");
            }
        }
        assert_eq!(command(Scale, c('s')), Some(Command::Skip));
        assert_eq!(command(Scale, c('S')), Some(Command::Skip));
        assert_eq!(command(ShortText, c('S')), Some(Command::Insert('S')));
        assert_eq!(command(ShortText, alt_c('s')), Some(Command::Skip));
        assert_eq!(command(Scale, c('７')), Some(Command::Digit(7)));
        assert_eq!(command(Boolean, c('n')), Some(Command::No));
        assert_eq!(command(Boolean, alt_c('n')), Some(Command::NotApplicable));
    }
}
