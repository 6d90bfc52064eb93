//! The one line above the prompt.

use std::io;

use crate::developer::phrases::Phrases;
use crate::developer::spans::minutes;
use crate::report::escape;
use crate::screen::beside::Beside;
use crate::screen::text::{cut, width};
use crate::screen::theme::Theme;

/// The key that the hook binds.
const KEY: &str = "Alt+J";

/// The ways out, where there is no room to say what each is for.
const WAYS_OUT: &str = " · dxpulse snooze · dxpulse mute";

/// The columns that a name is not cut below while there is something else to leave out.
const SHORTEST: usize = 16;

/// What is said of a survey that is asked for.
pub(super) struct Nudge {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) minutes: f64,
    pub(super) has_key: bool,
    pub(super) phrases: &'static Phrases,
    pub(super) theme: Theme,
}

impl Nudge {
    /// Shows it on the terminal, whatever becomes of the standard output.
    pub(super) fn show(&self) -> io::Result<()> {
        let mut terminal = Beside::open()?;
        let pieces = self.pieces(terminal.columns());
        let styles = [self.theme.accent(), self.theme.text(), self.theme.faint()];
        let styled: Vec<_> = pieces.iter().map(String::as_str).zip(styles).collect();
        terminal.print(&styled)
    }

    /// Gives its mark with the name, how long it takes and how to answer, and how not to. Where there is little room the ways out are only
    /// named, then the name is cut, and at the last they go; how to answer stays.
    fn pieces(&self, columns: usize) -> [String; 3] {
        let say = &self.phrases.prompting;
        let command = format!("dxpulse take {}", self.id);
        let way = if self.has_key { (say.with_key)(KEY) } else { (say.with_command)(&command) };
        let way = format!(" · {} · {way}", minutes(self.minutes, self.phrases));
        let name = format!("◆ {}", escape(&self.title));
        let outs = [format!(" · {}", say.ways_out), WAYS_OUT.to_owned(), String::new()];
        let room = |out: &String| columns.saturating_sub(width(&way) + width(out));
        let is_enough = |out: &&String| room(out) >= width(&name).min(if **out == outs[0] { usize::MAX } else { SHORTEST });
        let out = outs.iter().find(is_enough).unwrap_or(&outs[2]).clone();
        [cut(&name, room(&out)), cut(&way, columns), out]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(columns: usize, language: &str, has_key: bool) -> String {
        let nudge = Nudge {
            id: "platform-pulse".to_owned(),
            title: "Platform pulse".to_owned(),
            minutes: 0.5,
            has_key,
            phrases: Phrases::of(language),
            theme: Theme::plain(),
        };
        nudge.pieces(columns).concat()
    }

    #[test]
    fn a_nudge_says_what_how_long_and_how_and_fits_its_line() {
        let whole = "◆ Platform pulse · about 30 s · Alt+J answers · not now: dxpulse snooze · never: dxpulse mute";
        assert_eq!(shown(100, "en", true), whole);
        assert_eq!(shown(80, "en", true), "◆ Platform pulse · about 30 s · Alt+J answers · dxpulse snooze · dxpulse mute");
        assert_eq!(shown(50, "en", true), "◆ Platform pulse · about 30 s · Alt+J answers");
        assert_eq!(shown(40, "en", true), "◆ Platform… · about 30 s · Alt+J answers");
        for language in ["en", "de", "ja"] {
            for has_key in [true, false] {
                for columns in 60..120 {
                    assert!(width(&shown(columns, language, has_key)) <= columns, "{language} {columns}");
                }
            }
        }
    }
}
