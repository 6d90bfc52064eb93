//! What each section says, as figures below and beside each other. It is drawn from findings alone.

mod comments;
mod drivers;
mod groups;
mod help;
mod items;
mod marks;
mod overview;
mod trend;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::layout::Layout;
use super::state::{Dashboard, Section};
use crate::screen::text::{cut, one_line, wrap};
use crate::screen::theme::Theme;
use crate::survey::characters::strip;

/// The lines of one figure, its heading first.
type Figure = Vec<Line<'static>>;

/// How a figure is drawn: with which styles, and how wide.
#[derive(Debug, Clone, Copy)]
struct Look<'t> {
    theme: &'t Theme,
    columns: usize,
    /// Whether rows are scarce.
    is_low: bool,
}

/// All of what is read in a section.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) lines: Vec<Line<'static>>,
    /// The lines that figures begin at.
    pub(super) starts: Vec<usize>,
}

/// Gives what is read, all of it, for a terminal.
pub(super) fn page(dashboard: &Dashboard, layout: &Layout, theme: &Theme) -> Page {
    let look = Look { theme, columns: layout.figure(), is_low: layout.height < 12 };
    flow(&figures(dashboard, look), layout)
}

fn figures(dashboard: &Dashboard, look: Look<'_>) -> Vec<Figure> {
    let findings = &dashboard.findings;
    if dashboard.is_help {
        return vec![help::keys(look)];
    }
    if let Some(answered) = dashboard.open() {
        return vec![still_open(dashboard, answered, look)];
    }
    match dashboard.section {
        Section::Overview => overview::figures(findings, look),
        Section::Trend => trend::figures(findings, look),
        Section::Groups => groups::figures(findings, look),
        Section::Items => items::figures(findings, look),
        Section::Comments => comments::figures(findings, look),
        Section::Drivers => drivers::figures(findings, look),
    }
}

fn still_open(dashboard: &Dashboard, answered: u32, look: Look<'_>) -> Figure {
    let invited = dashboard.findings.funnel.invited.map_or_else(String::new, |invited| format!(" of {invited} invited"));
    let mut figure = look.heading(&format!("{} is still open", dashboard.findings.wave));
    figure.extend(look.said(&format!("{}{invited} answered.", dashboard.progress(answered)), look.theme.text()));
    let why = "They are told in steps of 5. Figures come with its end, so that two looks at it give nobody's answer away.";
    figure.extend(look.said(why, look.theme.faint()));
    figure
}

/// Puts figures below each other, or beside each other where the layout has columns.
fn flow(figures: &[Figure], layout: &Layout) -> Page {
    let mut page = Page::default();
    for row in figures.chunks(usize::from(layout.columns)) {
        if !page.lines.is_empty() {
            page.lines.push(Line::default());
        }
        page.starts.push(page.lines.len());
        let height = row.iter().map(Vec::len).max().unwrap_or_default();
        page.lines.extend((0..height).map(|at| beside(row, at, layout)));
    }
    page
}

/// Gives one line of figures that stand beside each other.
fn beside(row: &[Figure], at: usize, layout: &Layout) -> Line<'static> {
    let mut whole: Vec<Span<'static>> = Vec::new();
    for (place, figure) in row.iter().enumerate() {
        let line = figure.get(at).cloned().unwrap_or_default();
        let used = line.spans.iter().map(|span| crate::screen::text::width(&span.content)).sum::<usize>();
        whole.extend(line.spans.into_iter().map(|span| span.patch_style(line.style)));
        if place + 1 < row.len() {
            whole.push(Span::raw(" ".repeat(layout.figure().saturating_sub(used) + layout.gap())));
        }
    }
    Line::from(whole)
}

impl Look<'_> {
    /// Gives a heading, in two lines at most, and in one where rows are scarce.
    fn heading(&self, text: &str) -> Figure {
        let mut lines = wrap(&plain(text), self.columns);
        let most = if self.is_low { 1 } else { 2 };
        if lines.len() > most {
            let rest = lines.split_off(most - 1).join(" ");
            lines.push(cut(&rest, self.columns));
        }
        lines.into_iter().map(|line| Line::styled(line, self.theme.question())).collect()
    }

    /// Gives a text in as many lines as it needs.
    fn said(&self, text: &str, style: Style) -> Figure {
        wrap(&plain(text), self.columns).into_iter().map(|line| Line::styled(line, style)).collect()
    }

    /// Gives a heading with why there is nothing under it.
    fn nothing(&self, heading: &str, why: &str) -> Figure {
        let mut figure = self.heading(heading);
        figure.extend(self.said(why, self.theme.faint()));
        figure
    }
}

/// Gives a text of a survey or an answer as it may be drawn on one line.
fn plain(text: &str) -> String {
    one_line(&strip(text)).into_owned()
}
