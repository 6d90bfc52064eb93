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

    /// Gives its mark with the name, how to answer, and how not to: what doesn't fit is left out from behind, the way to answer last.
    fn pieces(&self, columns: usize) -> [String; 3] {
        let say = &self.phrases.prompting;
        let length = minutes(self.minutes, self.phrases);
        let name = format!("◆ {}", (say.nudge)(&escape(&self.title), &length));
        let command = format!("dxpulse take {}", self.id);
        let way = if self.has_key { (say.with_key)(KEY) } else { (say.with_command)(&command) };
        let way = format!(" · {way}");
        let out = format!(" · {}", say.ways_out);
        match width(&name) + width(&way) {
            used if used + width(&out) <= columns => [name, way, out],
            used if used <= columns => [name, way, String::new()],
            _ => {
                let room = columns.saturating_sub(width(&way));
                [cut(&name, room), way, String::new()]
            }
        }
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
        assert_eq!(shown(80, "en", true), "◆ Platform pulse · about 30 s · Alt+J answers");
        assert_eq!(shown(30, "en", true), "◆ Platform pu… · Alt+J answers");
        for language in ["en", "de", "ja"] {
            for has_key in [true, false] {
                for columns in 60..120 {
                    assert!(width(&shown(columns, language, has_key)) <= columns, "{language} {columns}");
                }
            }
        }
    }
}
