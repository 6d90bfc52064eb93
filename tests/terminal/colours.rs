//! What is written to the terminal: colours only where wanted and only the sixteen, and never a question.

use std::collections::BTreeSet;

use crate::support::{Screen, Start, dxpulse};
use crate::{begun, pulse, to_the_review};

/// Goes through the questions, the help, the menu, the review and the inbox, and gives every parameter list of SGR.
fn styles(ask: fn(Start) -> Start) -> BTreeSet<String> {
    let mut screen = ask(pulse()).start();
    screen.ready().press("right").press("?").until("esc close").press("esc").until_gone("esc close");
    screen.press("9").until("How easy").press("esc").until("Menu").press("esc").until_gone("Menu").paste("x").until("pasted");
    to_the_review(&mut screen);
    screen.press("up").press("enter").until("main reason").press("alt-q").end();
    let mut inbox = ask(dxpulse([]).home(screen.home())).start();
    inbox.ready().press("down").press("q").end();
    assert_eq!((screen.questions(), inbox.questions()), (Vec::new(), Vec::new()));
    sgr(&screen).chain(sgr(&inbox)).collect()
}

fn sgr(screen: &Screen) -> impl Iterator<Item = String> {
    let raw = String::from_utf8_lossy(&screen.raw()).into_owned();
    let sequences: Vec<String> = raw.split("\u{1b}[").skip(1).map(str::to_owned).collect();
    sequences.into_iter().filter_map(|sequence| {
        let length = sequence.find(|c: char| !('0'..='?').contains(&c))?;
        sequence[length..].starts_with('m').then(|| sequence[..length].to_owned())
    })
}

/// Gives the codes that set a colour.
fn colours(styles: &BTreeSet<String>) -> Vec<&str> {
    let codes = styles.iter().flat_map(|style| style.split(';'));
    codes.filter(|code| matches!(code.parse(), Ok(30..=38 | 40..=48 | 58 | 90..=97 | 100..=107))).collect()
}

#[test]
fn without_colour_bold_and_reverse_still_tell_the_states() {
    let plain: [fn(Start) -> Start; 4] = [
        |start| start.env("NO_COLOR", "1"),
        |start| start.env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1"),
        |start| start.env("TERM", "vt100"),
        |start| start.env("DXPULSE_COLOUR", "never"),
    ];
    for ask in plain {
        let styles = styles(ask);
        assert_eq!(colours(&styles), Vec::<&str>::new());
        assert!(styles.contains("1") && styles.contains("7"), "{styles:?}");
    }
}

#[test]
fn colours_are_the_sixteen_that_every_terminal_has() {
    let coloured: [fn(Start) -> Start; 5] = [
        |start| start.env("TERM", "xterm"),
        |start| start.env("TERM", "linux").env("COLORFGBG", "15;0"),
        |start| start.env("COLORTERM", "truecolor").env("COLORFGBG", "0;15"),
        |start| start.env("CLICOLOR_FORCE", "1").env("TERM", "vt100"),
        |start| start.env("NO_COLOR", ""),
    ];
    for ask in coloured {
        let styles = styles(ask);
        let colours = colours(&styles);
        assert!(!colours.is_empty(), "{styles:?}");
        assert!(!colours.contains(&"38") && !colours.contains(&"48"), "{styles:?}");
    }
}

#[test]
fn nothing_is_ever_asked_of_the_terminal() {
    let mut screen = begun();
    screen
        .resize(60, 20)
        .until("2 of 4")
        .press("ctrl-l")
        .press("ctrl-z")
        .settle()
        .resize(10, 3)
        .until_that("the mark", crate::at_mark);
    assert_eq!(screen.questions(), Vec::<String>::new());
}
