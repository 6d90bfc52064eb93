//! The keymap as data: one table makes the keys work, the hint bar and the help.

use crate::screen::keymap::{Key, KeyCode};

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// A digit on a scale, a list or a row.
    Digit(u8),
    /// The tenth point of a wide scale.
    Ten,
    /// Yes.
    Yes,
    /// No.
    No,
    /// Left, or one step down in a number or date.
    Left,
    /// Right, or one step up in a number or date.
    Right,
    /// Up.
    Up,
    /// Down.
    Down,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// Enter: take what is under the cursor and go on.
    Confirm,
    /// Toggle what is under the cursor.
    Toggle,
    /// Move what is under the cursor up in the ranking.
    RankUp,
    /// Move what is under the cursor down in the ranking.
    RankDown,
    /// Open the filter of a list.
    Filter,
    /// Close the filter, the menu or the help.
    Close,
    /// Go on with what is there.
    Next,
    /// Go back.
    Back,
    /// Skip the question.
    Skip,
    /// Say that the question doesn't apply.
    NotApplicable,
    /// Say that one would rather not say.
    PreferNotToSay,
    /// Say that one doesn't know.
    DontKnow,
    /// Go to the review.
    Review,
    /// Keep the draft and leave.
    SaveAndLeave,
    /// Ask whether to decline the survey.
    Decline,
    /// Open the menu.
    Menu,
    /// Open the help.
    Help,
    /// Draw everything again.
    Redraw,
    /// Stop until continued.
    Suspend,
    /// Keep the draft and leave at once.
    Interrupt,
    /// Store the response.
    Submit,
    /// Go to a question by its place in the survey, from 0.
    GoTo(usize),
    /// Type a character.
    Insert(char),
    /// Begin a new line.
    NewLine,
    /// Open the editor.
    Editor,
    /// Delete the character before the cursor.
    DeleteBack,
    /// Delete the character behind the cursor.
    DeleteForward,
    /// Delete the word before the cursor.
    DeleteWord,
    /// Delete the line before the cursor.
    DeleteLine,
}

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
    /// What the hint bar says, shortest form; empty where the help alone tells of it.
    pub hint: &'static str,
    /// What the help says.
    pub help: &'static str,
}

enum Keys {
    These(&'static [Key]),
    Digits,
    Printable,
}

use Context::{
    Boolean, Decline, Filter, Help, LongText, Matrix, Menu, Multi, Note, Other, Ranking, Review, Scale, ShortText, Single, Steps,
    WideScale,
};

const ROW: &[Context] = &[Scale, WideScale, Matrix];
const LISTS: &[Context] = &[Single, Multi, Ranking];
const CHOICES: &[Context] = &[Scale, WideScale, Matrix, Boolean, Single, Multi, Ranking, Note];
const LETTERS: &[Context] = &[Scale, WideScale, Matrix, Single, Multi, Ranking, Note];
const TEXTS: &[Context] = &[ShortText, LongText];
const TYPING: &[Context] = &[ShortText, LongText, Steps, Other, Filter];
const OVERLAYS: &[Context] = &[Menu, Help, Decline];

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

const fn bind(
    on: &'static [&'static [Context]],
    keys: &'static [Key],
    command: Command,
    hint: &'static str,
    help: &'static str,
) -> Binding {
    Binding { on, keys: Keys::These(keys), command, hint, help }
}

const fn digits(on: &'static [&'static [Context]], hint: &'static str, help: &'static str) -> Binding {
    Binding { on, keys: Keys::Digits, command: Command::Digit(0), hint, help }
}

/// The keymap. Within a context the first line whose keys match wins.
pub const BINDINGS: &[Binding] = &[
    bind(&[&[Review]], &[plain(KeyCode::Enter)], Command::Confirm, "finish", "store the response, or go to the marked question"),
    bind(&[TYPING], &[plain(KeyCode::Enter)], Command::Confirm, "done", "take it and go on"),
    bind(&[&[Steps]], &[plain(KeyCode::Left), plain(KeyCode::Down)], Command::Left, "", "one step down"),
    bind(&[&[Steps]], &[plain(KeyCode::Right), plain(KeyCode::Up)], Command::Right, "step", "one step up"),
    bind(&[&[LongText]], &[ctrl('j'), alt(KeyCode::Enter)], Command::NewLine, "new line", "begin a new line"),
    bind(&[TEXTS], &[ctrl('o')], Command::Editor, "editor", "write in your editor"),
    digits(&[&[Scale, WideScale]], "answer", "answer and go on"),
    digits(&[&[Single]], "choose", "choose and go on; 0 is the tenth"),
    digits(&[&[Multi]], "toggle", "choose or take back; 0 is the tenth"),
    digits(&[&[Ranking]], "rank", "rank next, or take back; 0 is the tenth"),
    digits(&[&[Matrix]], "answer row", "answer the row and go to the next"),
    bind(&[&[WideScale]], &[c('t')], Command::Ten, "ten", "answer 10; so does 1 then 0"),
    bind(&[&[Boolean]], &[c('y'), c('1'), c('１'), c('١'), c('۱')], Command::Yes, "yes", "answer yes and go on"),
    bind(&[&[Boolean]], &[c('n'), c('2'), c('２'), c('٢'), c('۲')], Command::No, "no", "answer no and go on"),
    bind(&[&[Multi, Ranking, Note]], &[plain(KeyCode::Enter)], Command::Confirm, "next", "go on"),
    bind(
        &[&[Scale, WideScale, Matrix, Boolean, Single]],
        &[plain(KeyCode::Enter)],
        Command::Confirm,
        "",
        "take what is under the cursor and go on",
    ),
    bind(&[LETTERS, &[Menu]], &[c('n'), f(4), alt_c('n')], Command::NotApplicable, "n/a", "it doesn't apply to me"),
    bind(&[TYPING, &[Boolean]], &[alt_c('n'), f(4)], Command::NotApplicable, "n/a", "it doesn't apply to me"),
    bind(&[CHOICES, &[Menu]], &[c('p'), f(5), alt_c('p')], Command::PreferNotToSay, "prefer not", "I prefer not to say"),
    bind(&[TYPING], &[alt_c('p'), f(5)], Command::PreferNotToSay, "prefer not", "I prefer not to say"),
    bind(&[CHOICES, &[Menu]], &[c('d'), f(6), alt_c('d')], Command::DontKnow, "don't know", "I don't know"),
    bind(&[TYPING], &[alt_c('d'), f(6)], Command::DontKnow, "don't know", "I don't know"),
    bind(&[CHOICES], &[c('s'), f(3), alt_c('s')], Command::Skip, "skip", "skip the question"),
    bind(&[TYPING], &[alt_c('s'), f(3)], Command::Skip, "skip", "skip the question"),
    bind(&[&[Menu]], &[c('s'), f(3), alt_c('s')], Command::Skip, "", "skip the question"),
    bind(&[CHOICES, &[Review]], &[plain(KeyCode::Backspace), SHIFT_TAB], Command::Back, "back", "go back; answers stay"),
    bind(&[TYPING], &[SHIFT_TAB], Command::Back, "back", "go back; what you typed stays"),
    bind(&[&[Single]], &[c('/')], Command::Filter, "filter", "filter the list"),
    bind(&[&[Boolean]], &[plain(KeyCode::Left), plain(KeyCode::Up)], Command::Left, "", "move to yes"),
    bind(&[&[Boolean]], &[plain(KeyCode::Right), plain(KeyCode::Down)], Command::Right, "", "move to no"),
    bind(&[&[Menu]], &[c('e'), ctrl('o')], Command::Editor, "", "write in your editor"),
    bind(&[&[Menu]], &[c('x')], Command::Decline, "", "decline this survey"),
    bind(&[&[Decline]], &[c('y')], Command::Decline, "decline", "decline the survey"),
    bind(&[&[Decline]], &[c('n')], Command::Close, "go on", "keep the survey"),
    bind(&[ROW], &[plain(KeyCode::Left)], Command::Left, "", "move left"),
    bind(&[ROW], &[plain(KeyCode::Right)], Command::Right, "", "move right"),
    bind(&[LISTS, &[Scale, WideScale, Matrix, Review, Menu, Help, Filter]], &[plain(KeyCode::Up)], Command::Up, "", "move up"),
    bind(&[&[Review]], &[plain(KeyCode::Down)], Command::Down, "choose", "move down"),
    bind(&[LISTS, &[Scale, WideScale, Matrix, Menu, Help, Filter]], &[plain(KeyCode::Down)], Command::Down, "", "move down"),
    bind(
        &[CHOICES, &[Review, Menu, Help]],
        &[plain(KeyCode::Home), plain(KeyCode::PageUp)],
        Command::First,
        "",
        "move to the first",
    ),
    bind(
        &[CHOICES, &[Review, Menu, Help]],
        &[plain(KeyCode::End), plain(KeyCode::PageDown)],
        Command::Last,
        "",
        "move to the last",
    ),
    bind(&[&[Multi]], &[c(' ')], Command::Toggle, "", "choose or take back what is under the cursor"),
    bind(&[&[Ranking]], &[c(' ')], Command::Toggle, "", "rank what is under the cursor next, or take it back"),
    bind(&[&[Ranking]], &[alt(KeyCode::Up)], Command::RankUp, "", "move it up in the order"),
    bind(&[&[Ranking]], &[alt(KeyCode::Down)], Command::RankDown, "", "move it down in the order"),
    bind(&[&[Filter]], &[plain(KeyCode::Esc)], Command::Close, "close", "close the filter"),
    bind(&[OVERLAYS], &[plain(KeyCode::Esc)], Command::Close, "close", "close"),
    bind(&[&[Help]], &[plain(KeyCode::Enter), c('?'), c('q'), f(1)], Command::Close, "", "close"),
    bind(&[TEXTS, &[Other]], &[plain(KeyCode::Left)], Command::Left, "", "move left"),
    bind(&[TEXTS, &[Other]], &[plain(KeyCode::Right)], Command::Right, "", "move right"),
    bind(&[&[LongText]], &[plain(KeyCode::Up)], Command::Up, "", "to the line above"),
    bind(&[&[LongText]], &[plain(KeyCode::Down)], Command::Down, "", "to the line below"),
    bind(&[TYPING], &[plain(KeyCode::Home), ctrl('a')], Command::First, "", "to the start of the line"),
    bind(&[TYPING], &[plain(KeyCode::End), ctrl('e')], Command::Last, "", "to the end of the line"),
    bind(&[&[Menu]], &[plain(KeyCode::Enter)], Command::Confirm, "choose", "choose"),
    bind(&[CHOICES, TYPING], &[plain(KeyCode::Tab)], Command::Next, "", "go on with what is there"),
    bind(&[CHOICES, &[Menu]], &[c('r'), f(2), alt_c('r')], Command::Review, "review", "review the answers"),
    bind(&[TYPING], &[alt_c('r'), f(2)], Command::Review, "", "review the answers"),
    bind(
        &[CHOICES, &[Review, Menu]],
        &[c('q'), f(10), alt_c('q')],
        Command::SaveAndLeave,
        "save & leave",
        "save and leave; come back any time",
    ),
    bind(&[TYPING], &[alt_c('q'), f(10)], Command::SaveAndLeave, "", "save and leave; come back any time"),
    bind(&[CHOICES, TYPING, &[Review]], &[plain(KeyCode::Esc)], Command::Menu, "menu", "open the menu; nothing is lost"),
    bind(&[CHOICES, &[Review, Menu]], &[c('?'), f(1), alt_c('?')], Command::Help, "help", "show this help"),
    bind(&[TYPING], &[f(1), alt_c('?')], Command::Help, "help", "show this help"),
    bind(&[CHOICES, TYPING, OVERLAYS, &[Review]], &[ctrl('l')], Command::Redraw, "", "draw the screen again"),
    bind(&[CHOICES, TYPING, OVERLAYS, &[Review]], &[ctrl('z')], Command::Suspend, "", "suspend; fg comes back"),
    bind(&[CHOICES, TYPING, OVERLAYS, &[Review]], &[ctrl('c')], Command::Interrupt, "", "save and leave at once"),
    bind(&[TYPING], &[plain(KeyCode::Backspace)], Command::DeleteBack, "", "delete the character before the cursor"),
    bind(&[TYPING], &[plain(KeyCode::Delete)], Command::DeleteForward, "", "delete the character behind the cursor"),
    bind(&[TYPING], &[ctrl('w'), alt(KeyCode::Backspace)], Command::DeleteWord, "", "delete the word before the cursor"),
    bind(&[TYPING], &[ctrl('u')], Command::DeleteLine, "", "delete the line before the cursor"),
    Binding {
        on: &[TYPING],
        keys: Keys::Printable,
        command: Command::Insert(' '),
        hint: "",
        help: "type; pasted text stays as it is",
    },
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
pub fn key_of(context: Context, command: Command) -> Option<String> {
    bound(context).find(|binding| binding.command == command).and_then(|binding| binding.keys_shown().into_iter().next())
}

impl Binding {
    /// Gives what the keys ask for; a digit or a character stands for all of them.
    pub fn command(&self) -> Command {
        self.command
    }

    /// Gives the keys as a person reads them; `digit` and `text` stand for all digits and characters.
    pub fn keys_shown(&self) -> Vec<String> {
        match self.keys {
            Keys::These(keys) => keys
                .iter()
                .filter(|key| key.digit().is_none_or(|_| key.printable().is_some_and(|c| c.is_ascii())))
                .map(Key::to_string)
                .collect(),
            Keys::Digits => vec!["digit".to_owned()],
            Keys::Printable => vec!["text".to_owned()],
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
            assert!(!keys.iter().all(is_letter), "{}", binding.help);
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
