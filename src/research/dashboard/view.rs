//! How a dashboard looks: title, sections, figures, status and keys, in the same places on every screen.
//!
//! Pure: from a dashboard to cells.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::content;
use super::keys::BINDINGS;
use super::layout::Layout;
use super::state::{Dashboard, Section};
use crate::developer::faces::full::spread;
use crate::developer::faces::is_too_small;
use crate::screen::text::{cut, one_line, width};
use crate::screen::theme::Theme;
use crate::survey::characters::strip;

/// The columns under which only the section that is read has room.
const NARROW: usize = 26;

/// Draws a dashboard.
pub fn draw(frame: &mut Frame<'_>, dashboard: &Dashboard, theme: &Theme) {
    let area = frame.area();
    let buffer = frame.buffer_mut();
    if is_too_small((area.width, area.height)) {
        buffer.set_line(
            area.x,
            area.y,
            &Line::styled(cut("too small to draw on", usize::from(area.width)), theme.warning()),
            area.width,
        );
        return;
    }
    let layout = Layout::of((area.width, area.height));
    let columns = usize::from(layout.width);
    let page = content::page(dashboard, &layout, theme);
    let first = dashboard.first.min(page.lines.len().saturating_sub(layout.height));
    let rest = page.lines.len().saturating_sub(first + layout.height);
    if let Some(row) = layout.title {
        put(buffer, row, &layout, &title(dashboard, columns, theme));
    }
    if let Some(row) = layout.sections {
        put(buffer, row, &layout, &sections(dashboard, columns, theme));
    }
    for (row, line) in (layout.body..).zip(page.lines.iter().skip(first).take(layout.height)) {
        put(buffer, row, &layout, line);
    }
    put(buffer, layout.status, &layout, &status(dashboard, (first, rest), columns, theme));
    if let Some(row) = layout.hints {
        put(buffer, row, &layout, &hints(dashboard, columns, theme));
    }
}

fn put(buffer: &mut Buffer, row: u16, layout: &Layout, line: &Line<'_>) {
    debug_assert!(line.width() <= usize::from(layout.width), "a line is cut without a mark: {line}");
    let area = Rect { x: layout.left, y: row, width: layout.width, height: 1 }.intersection(buffer.area);
    if !area.is_empty() {
        buffer.set_line(area.x, area.y, line, area.width);
    }
}

fn title(dashboard: &Dashboard, columns: usize, theme: &Theme) -> Line<'static> {
    let findings = &dashboard.findings;
    let clean = |text: &str| one_line(&strip(text)).into_owned();
    let against = findings.compared_with.as_ref().filter(|_| columns >= 60 && dashboard.open().is_none());
    let against = against.map_or_else(String::new, |against| format!(" against {}", clean(against)));
    let wave = cut(&format!("{}{against}", clean(&findings.wave)), columns / 2);
    let name = if findings.title.is_empty() { &findings.survey } else { &findings.title };
    let name = cut(&clean(name), columns.saturating_sub(width(&wave) + 2));
    spread(Span::styled(name, theme.accent()), vec![Span::styled(wave, theme.question())], columns)
}

/// Gives the sections with the numbers that lead there; where there is no room for all names, that of the one that is read.
fn sections(dashboard: &Dashboard, columns: usize, theme: &Theme) -> Line<'static> {
    let is_read = |section: Section| section == dashboard.section && !dashboard.is_help;
    let whole = |section: Section| format!(" {} {} ", section.place() + 1, section.name());
    let short = |section: Section| if is_read(section) { whole(section) } else { format!(" {} ", section.place() + 1) };
    if columns < NARROW {
        let read = Span::styled(whole(dashboard.section), if dashboard.is_help { theme.faint() } else { theme.cursor() });
        return Line::from(vec![read, Span::styled(format!("of {}", Section::ALL.len()), theme.faint())]);
    }
    let is_wide = Section::ALL.map(|section| width(&whole(section))).iter().sum::<usize>() <= columns;
    let span = |section: Section| {
        let style = if is_read(section) { theme.cursor() } else { theme.faint() };
        Span::styled(if is_wide { whole(section) } else { short(section) }, style)
    };
    Line::from(Section::ALL.map(span).to_vec())
}

/// Gives how much is hidden above and below, and what is known of open waves.
fn status(dashboard: &Dashboard, (above, below): (usize, usize), columns: usize, theme: &Theme) -> Line<'static> {
    let hidden = match (above, below) {
        (0, 0) => String::new(),
        (0, below) => format!("── ▾ {below} more "),
        (above, 0) => format!("── ▴ {above} more "),
        (above, below) => format!("── ▴ {above} ▾ {below} more "),
    };
    let (said, style) = told(dashboard, columns, theme);
    let room = columns.saturating_sub(width(&hidden) + 3);
    let said = if said.is_empty() || room < 8 { String::new() } else { format!(" {}", cut(&said, room)) };
    let rule = "─".repeat(columns.saturating_sub(width(&hidden) + width(&said)));
    Line::from(vec![Span::styled(hidden, theme.accent()), Span::styled(rule, theme.faint()), Span::styled(said, style)])
}

fn told(dashboard: &Dashboard, columns: usize, theme: &Theme) -> (String, ratatui::style::Style) {
    if let Some(note) = &dashboard.note {
        return (note.clone(), theme.warning());
    }
    if let Some(trouble) = &dashboard.trouble {
        return (format!("! {}", one_line(&strip(trouble))), theme.warning());
    }
    let open = dashboard.waves.iter().rev().find_map(|wave| Some((&wave.name, wave.open?)));
    let said = open.map(|(name, answered)| match (one_line(&strip(name)), dashboard.progress(answered)) {
        (name, progress) if columns < 60 => format!("{name} open: {progress}"),
        (name, progress) => format!("{name} is open, {progress} answered"),
    });
    (said.unwrap_or_default(), theme.good())
}

/// Gives the keys, as many as there is room for; those to the help and out are never left out.
fn hints(dashboard: &Dashboard, columns: usize, theme: &Theme) -> Line<'static> {
    let hints = BINDINGS.iter().filter_map(|binding| binding.hint);
    let hints = hints.filter(|(key, _)| !matches!(*key, "w") || dashboard.waves.len() > 1);
    let (kept, rest): (Vec<_>, Vec<_>) = hints.partition(|(key, _)| matches!(*key, "?" | "q"));
    let said = |(key, does): &(&str, &str)| format!("{key} {does}");
    let kept = kept.iter().map(said).collect::<Vec<_>>();
    let all = |shown: usize| rest[..shown].iter().map(said).chain(kept.clone()).collect::<Vec<_>>().join(" · ");
    let text = (0..=rest.len()).rev().map(all).find(|text| width(text) <= columns);
    Line::styled(text.unwrap_or_else(|| cut(&kept.join(" · "), columns)), theme.faint())
}
