//! One event at a time: what a key, the collector or another size of the terminal changes.

use super::content;
use super::keys::{Wish, wish};
use super::layout::Layout;
use super::state::{Dashboard, Section, Wave};
use crate::research::findings::Findings;
use crate::screen::keymap::Key;
use crate::screen::theme::Theme;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// The terminal now has this many columns and rows.
    Resized(u16, u16),
    /// What was asked for with [`Effect::Find`].
    Found(Box<Findings>),
    /// There are other waves, or more answers to those that are open.
    Told(Vec<Wave>),
    /// The collector couldn't be asked, and why.
    Untold(String),
}

/// Something the loop must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Work out what came of this wave, then give [`Event::Found`].
    Find(String),
    /// Stop until continued.
    Suspend,
    /// Draw everything again.
    Redraw,
    /// Leave.
    Leave,
}

/// Takes one event and gives what the loop must do.
pub fn update(dashboard: &mut Dashboard, event: Event) -> Option<Effect> {
    match event {
        Event::Key(key) => {
            dashboard.note = None;
            return press(dashboard, wish(key));
        }
        Event::Resized(columns, rows) => dashboard.window = (columns, rows),
        Event::Found(findings) => dashboard.show(*findings),
        Event::Told(waves) => {
            dashboard.trouble = None;
            dashboard.waves = waves;
        }
        Event::Untold(why) => dashboard.trouble = Some(why),
    }
    dashboard.first = dashboard.first.min(dashboard.extent().0);
    None
}

fn press(dashboard: &mut Dashboard, wish: Option<Wish>) -> Option<Effect> {
    match wish {
        Some(Wish::Lines(_) | Wish::Page(_) | Wish::Figure(_) | Wish::First | Wish::Last) => dashboard.scroll(wish?),
        Some(Wish::Suspend) => return Some(Effect::Suspend),
        Some(Wish::Redraw) => return Some(Effect::Redraw),
        // Any other key closes the help, and does nothing more.
        _ if dashboard.is_help => dashboard.turn(dashboard.section, false),
        Some(Wish::Help) => dashboard.turn(dashboard.section, true),
        Some(Wish::Leave) => return Some(Effect::Leave),
        Some(Wish::Section(by)) => {
            let at = moved_round(dashboard.section.place(), by, Section::ALL.len());
            dashboard.turn(Section::ALL[at], false);
        }
        Some(Wish::Go(at)) => {
            if let Some(section) = Section::ALL.get(at) {
                dashboard.turn(*section, false);
            }
        }
        Some(Wish::Wave(by)) => return dashboard.other_wave(by).map(Effect::Find),
        None => {}
    }
    None
}

impl Dashboard {
    /// Gives the last line that can be the first, and the first lines of figures.
    fn extent(&self) -> (usize, Vec<usize>) {
        let layout = Layout::of(self.window);
        let page = content::page(self, &layout, &Theme::plain());
        (page.lines.len().saturating_sub(layout.height), page.starts)
    }

    fn turn(&mut self, section: Section, is_help: bool) {
        (self.section, self.is_help, self.first) = (section, is_help, 0);
    }

    fn other_wave(&mut self, by: isize) -> Option<String> {
        let at = self.waves.iter().position(|wave| wave.name == self.findings.wave)?;
        let other = moved_round(at, by, self.waves.len());
        if other == at {
            self.note = Some("there is no other wave".to_owned());
            return None;
        }
        Some(self.waves[other].name.clone())
    }

    fn show(&mut self, findings: Findings) {
        if findings.wave != self.findings.wave {
            self.first = 0;
        }
        self.findings = findings;
    }

    /// Moves through what is read, as far as it goes.
    fn scroll(&mut self, wish: Wish) {
        let (last, starts) = self.extent();
        let page = isize::try_from(Layout::of(self.window).height.saturating_sub(1).max(1)).unwrap_or(1);
        let to = match wish {
            Wish::Lines(by) => self.first.saturating_add_signed(by),
            Wish::Page(by) => self.first.saturating_add_signed(by * page),
            Wish::Figure(1) => starts.iter().copied().find(|start| *start > self.first).unwrap_or(last),
            Wish::Figure(_) => starts.iter().copied().rfind(|start| *start < self.first).unwrap_or(0),
            Wish::Last => last,
            _ => 0,
        };
        self.first = to.min(last);
    }
}

/// Moves on within a circle of so many places.
fn moved_round(at: usize, by: isize, places: usize) -> usize {
    let places = isize::try_from(places).unwrap_or(isize::MAX).max(1);
    let at = isize::try_from(at).unwrap_or_default();
    usize::try_from((at + by).rem_euclid(places)).unwrap_or_default()
}
