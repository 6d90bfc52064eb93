//! The one line above the prompt.

use std::io;

use crate::developer::phrases::Phrases;
use crate::developer::spans::duration;
use crate::report::escape;
use crate::screen::beside::Beside;
use crate::screen::text::{cut, width};
use crate::screen::theme::Theme;
use crate::survey::seconds;

/// The key that the hook binds.
const KEY: &str = "Alt+J";

/// The ways out, where there is no room to say what each is for.
const WAYS_OUT: [&str; 2] = [" · dxpulse snooze · dxpulse mute", " · dxpulse snooze|mute"];

/// The columns that a name is not cut below while there is something else to leave out, at first and at the last.
const SHORTEST: [usize; 2] = [16, 8];

/// What stands before a name, and where there is no room for one.
const MARK: &str = "◆";

/// What is said of a survey that is asked for.
pub(super) struct Nudge {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) minutes: f64,
    pub(super) has_key: bool,
    pub(super) phrases: &'static Phrases,
    pub(super) theme: Theme,
    /// Whether the terminal knows no sequences.
    pub(super) is_dumb: bool,
}

impl Nudge {
    /// Shows it on the terminal, whatever becomes of the standard output.
    pub(super) fn show(&self) -> io::Result<()> {
        let mut terminal = Beside::open()?;
        let pieces = self.pieces(terminal.columns());
        if self.is_dumb {
            return terminal.print_plain(&pieces.concat());
        }
        let styles = [self.theme.accent(), self.theme.text(), self.theme.faint()];
        let styled: Vec<_> = pieces.iter().map(String::as_str).zip(styles).collect();
        terminal.print(&styled)
    }

    /// Gives its mark with the name, how long it takes and how to answer, and how not to. Where there is little room the ways out are only
    /// named, then everything is said shorter, then the name goes, and at the last the ways out; how to answer stays.
    fn pieces(&self, columns: usize) -> [String; 3] {
        let say = &self.phrases.prompting;
        let time = duration(seconds(self.minutes), self.phrases);
        let command = format!("dxpulse take {}", self.id);
        let (answers, way) = match self.has_key {
            true => ((say.with_key)(KEY), KEY.to_owned()),
            false => ((say.with_command)(&command), command),
        };
        let name = format!("{MARK} {}", escape(&self.title));
        let (long, short) = (format!(" · {} · {answers}", (self.phrases.times.about)(&time)), format!(" · {time} · {way}"));
        let bare = format!(" {time} · {way}");
        let ways_out = format!(" · {}", say.ways_out);
        let layouts = [
            (&*name, &*long, &*ways_out, usize::MAX),
            (&*name, &*long, WAYS_OUT[0], SHORTEST[0]),
            (&*name, &*short, WAYS_OUT[1], SHORTEST[1]),
            (MARK, &*bare, WAYS_OUT[1], 1),
            (MARK, &*bare, "", 1),
        ];
        let room = |way: &str, out: &str| columns.saturating_sub(width(way) + width(out));
        let fits = |(name, way, out, least): &&(&str, &str, &str, usize)| room(way, out) >= width(name).min(*least);
        let (name, way, out, _) = layouts.iter().find(fits).unwrap_or(&layouts[4]);
        [cut(name, room(way, out)), cut(way, columns), (*out).to_owned()]
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
            is_dumb: false,
        };
        nudge.pieces(columns).concat()
    }

    #[test]
    fn a_nudge_says_what_how_long_and_how_and_fits_its_line() {
        let whole = "◆ Platform pulse · about 30 s · Alt+J answers · not now: dxpulse snooze · never: dxpulse mute";
        assert_eq!(shown(100, "en", true), whole);
        assert_eq!(shown(80, "en", true), "◆ Platform pulse · about 30 s · Alt+J answers · dxpulse snooze · dxpulse mute");
        assert_eq!(shown(60, "en", true), "◆ Platform pulse · 30 s · Alt+J · dxpulse snooze|mute");
        assert_eq!(shown(50, "en", true), "◆ Platform p… · 30 s · Alt+J · dxpulse snooze|mute");
        assert_eq!(shown(40, "en", true), "◆ 30 s · Alt+J · dxpulse snooze|mute");
        assert_eq!(shown(40, "en", false), "◆ 30 s · dxpulse take platform-pulse");
        assert_eq!(shown(20, "en", true), "◆ 30 s · Alt+J");
        for language in ["en", "de", "ja"] {
            for has_key in [true, false] {
                for columns in 40..120 {
                    assert!(width(&shown(columns, language, has_key)) <= columns, "{language} {columns}");
                }
            }
        }
    }
}
