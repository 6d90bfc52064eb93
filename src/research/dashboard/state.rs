//! A dashboard as it stands: the findings of a wave, the section that is read, and what is known of open waves.

use crate::research::findings::Findings;

/// What a dashboard shows, and where one is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Dashboard {
    /// The waves, the oldest first.
    pub(super) waves: Vec<Wave>,
    /// What came of the wave that is shown.
    pub(super) findings: Findings,
    pub(super) section: Section,
    /// The first line that is shown of what is read.
    pub(super) first: usize,
    /// Whether the keys are shown in place of the section.
    pub(super) is_help: bool,
    /// Columns and rows of the terminal.
    pub(super) window: (u16, u16),
    /// What just happened, until the next key.
    pub(super) note: Option<String>,
    /// Why the collector couldn't be asked the last time.
    pub(super) trouble: Option<String>,
}

/// A wave, as far as it is known without its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wave {
    /// What it is called.
    pub name: String,
    /// How many answered so far, in steps of 5, while it is open.
    pub open: Option<u32>,
}

/// A part of what came of a wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Who took part, the score, and what changed.
    Overview,
    /// Figures over the waves.
    Trend,
    /// Figures by group.
    Groups,
    /// Every item.
    Items,
    /// Own words.
    Comments,
    /// What goes with the score.
    Drivers,
}

impl Section {
    /// Every section, in order.
    pub const ALL: [Self; 6] = [Self::Overview, Self::Trend, Self::Groups, Self::Items, Self::Comments, Self::Drivers];

    /// Gives its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Trend => "Trend",
            Self::Groups => "Groups",
            Self::Items => "Items",
            Self::Comments => "Comments",
            Self::Drivers => "Drivers",
        }
    }

    pub(super) fn place(self) -> usize {
        Self::ALL.iter().position(|section| *section == self).unwrap_or_default()
    }
}

impl Dashboard {
    /// Begins with the overview of a wave.
    pub fn new(waves: Vec<Wave>, findings: Findings) -> Self {
        Self {
            waves,
            findings,
            section: Section::Overview,
            first: 0,
            is_help: false,
            window: (80, 24),
            note: None,
            trouble: None,
        }
    }

    /// Gives the name of the wave that is shown.
    pub fn wave(&self) -> &str {
        &self.findings.wave
    }

    /// Gives the section that is shown.
    pub fn section(&self) -> Section {
        self.section
    }

    /// Gives the first line that is shown.
    pub fn first(&self) -> usize {
        self.first
    }

    /// Gives how many answered so far, while the wave that is shown is open.
    pub(super) fn open(&self) -> Option<u32> {
        self.waves.iter().find(|wave| wave.name == self.findings.wave)?.open
    }

    /// Says how far an open wave is; nothing under the threshold.
    pub(super) fn progress(&self, answered: u32) -> String {
        let smallest = self.findings.smallest_group;
        if u64::from(answered) < smallest { format!("fewer than {smallest}") } else { format!("{answered} or more") }
    }
}
