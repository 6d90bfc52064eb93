//! Texts full of controls, pasted into a field on a real terminal: what the program draws is its own, and nothing of them.

use std::time::Duration;

use rustix::process::Signal;

use super::characters::{self, is_forbidden};
use super::text::written;
use crate::support::{Home, Random, dxpulse};

const SURVEY: &str = "id = \"pasted\"\ntitle = \"Pasted\"\n\n[[question]]\nid = \"why\"\ntype = \"text\"\ntext = \"Why?\"\n";

const SIZES: [(u16, u16); 4] = [(80, 24), (40, 10), (120, 40), (200, 60)];

/// How long nothing may be drawn until a text counts as drawn.
const QUIET: Duration = Duration::from_millis(60);

/// Begins what the program never sends: titles, clipboards, links, fonts, whole strings for a terminal to act on.
const STRINGS: [&str; 5] = ["\u{1b}]", "\u{1b}P", "\u{1b}_", "\u{1b}^", "\u{1b}X"];

/// Pastes some texts, looks at the review, and leaves.
pub(crate) fn trial(random: &mut Random) -> Result<(), String> {
    let home = Home::new();
    let file = written(&home, "pasted.toml", SURVEY.as_bytes())?;
    let (columns, rows) = random.pick(&SIZES);
    let mut screen = dxpulse(["take"]).args([file]).home(&home).size(columns, rows).start();
    screen.ready();
    let mut pasted = String::new();
    for _ in 0..random.within(1..4) {
        // Keys of the terminal's own, and the end of a paste, would be no part of a text.
        let text: String = characters::text(random).chars().filter(|c| !"\u{3}\u{4}\u{13}\u{1a}\u{1c}".contains(*c)).collect();
        screen.paste(&text);
        screen.quiet(QUIET);
        pasted.push_str(&text);
    }
    // Once it draws everything anew, it has read all that was pasted before: what came later, the terminal itself would show.
    screen.press("tab");
    screen.quiet(QUIET);
    let written = screen.written();
    screen.press("ctrl-l").more_than(written);
    screen.quiet(QUIET);
    let shown = screen.text();
    screen.signal(Signal::TERM).end();
    let context = |what: String| format!("{pasted:?} pasted: {what}");
    let drawn = String::from_utf8(screen.raw()).map_err(|error| context(error.to_string()))?;
    if let Some(string) = STRINGS.iter().find(|string| drawn.contains(**string)) {
        return Err(context(format!("{string:?} is drawn")));
    }
    let is_own = |character: char| "\u{1b}\r\u{8}".contains(character);
    let strange = |character: &char| is_forbidden(*character) && !is_own(*character);
    if let Some(character) = drawn.chars().find(strange).or_else(|| shown.chars().find(strange)) {
        return Err(context(format!("U+{:04X} is drawn", u32::from(character))));
    }
    match screen.questions() {
        asked if asked.is_empty() && screen.left_on().is_empty() => Ok(()),
        asked => Err(context(format!("the terminal was asked {asked:?}, and is left with {:?}", screen.left_on()))),
    }
}
