//! Screens as SVG: each run of text has its place and its width, and lines and bars are drawn, so that columns meet in any font.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

const CELL_WIDTH: f64 = 9.0;
const CELL_HEIGHT: f64 = 21.0;
const FONT_SIZE: f64 = 15.0;
/// From the top of a cell to the line the letters stand on.
const BASELINE: f64 = 15.5;
/// From the top of a cell to the middle of a drawn line.
const MIDDLE: f64 = 10.5;
const PADDING: f64 = 14.0;
const BAR: f64 = 34.0;

const BACKGROUND: &str = "#12161e";
const FRAME: &str = "#2b3240";
const DOT: &str = "#3a4356";
const TEXT: &str = "#d9dfe8";
const BRIGHT: &str = "#ffffff";
const FAINT: &str = "#8d97a8";
const FONTS: &str =
    "ui-monospace, 'SF Mono', SFMono-Regular, Menlo, 'Cascadia Mono', Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

/// Cells of a row that look the same.
struct Run {
    column: u16,
    columns: u16,
    text: String,
    ink: &'static str,
    paper: Option<&'static str>,
    is_bold: bool,
    is_underlined: bool,
}

/// Draws a screen in a window; `title` says what it shows to those who can't see it.
pub(crate) fn picture(title: &str, command: &str, buffer: &Buffer) -> String {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let width = f64::from(columns) * CELL_WIDTH + 2.0 * PADDING;
    let height = f64::from(rows) * CELL_HEIGHT + BAR + PADDING;
    let mut svg = String::new();
    let _ = writeln!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title">
<title id="title">{}</title>
<style>text {{ font-family: {FONTS}; font-size: {FONT_SIZE}px; white-space: pre; }}</style>
<rect x="0.5" y="0.5" width="{}" height="{}" rx="10" fill="{BACKGROUND}" stroke="{FRAME}"/>"#,
        escaped(title),
        width - 1.0,
        height - 1.0,
    );
    for at in 0..3 {
        let _ = writeln!(svg, r#"<circle cx="{}" cy="{}" r="5" fill="{DOT}"/>"#, 22 + at * 18, BAR / 2.0 + 1.0);
    }
    let _ = writeln!(
        svg,
        r#"<text x="{}" y="{}" text-anchor="middle" fill="{FAINT}" style="font-size: 13px">{}</text>"#,
        width / 2.0,
        BAR / 2.0 + 5.5,
        escaped(command),
    );
    for row in 0..rows {
        let runs = runs(buffer, row);
        let y = BAR + f64::from(row) * CELL_HEIGHT;
        papers(&mut svg, &runs, y);
        for run in runs {
            draw_run(&mut svg, &run, PADDING + f64::from(run.column) * CELL_WIDTH, y);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Gives the runs of a row that show anything. Every symbol beyond ASCII is a run of its own, for fonts differ in its width.
fn runs(buffer: &Buffer, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut column = 0;
    while column < buffer.area.width {
        let run = run(column, &buffer[(column, row)]);
        column += run.columns;
        match runs.last_mut().filter(|last| joins(last, &run)) {
            Some(last) => {
                last.columns += run.columns;
                last.text.push_str(&run.text);
            }
            None => runs.push(run),
        }
    }
    runs.retain(|run| run.paper.is_some() || !run.text.trim().is_empty());
    runs
}

fn joins(last: &Run, next: &Run) -> bool {
    let alike = |run: &Run| (run.ink, run.paper, run.is_bold, run.is_underlined);
    let drawn = |run: &Run| run.text.chars().all(|symbol| symbol == '─');
    let spelt = |run: &Run| run.text.is_ascii();
    // Some browsers take several blanks for one, so what stands behind them has its own place.
    let gap = last.text.ends_with("  ") && next.text != " ";
    alike(last) == alike(next) && ((spelt(last) && spelt(next) && !gap) || (drawn(last) && drawn(next)))
}

fn run(column: u16, cell: &Cell) -> Run {
    let has = |modifier| cell.modifier.contains(modifier);
    let ink = match cell.fg {
        Color::Reset if has(Modifier::DIM) => FAINT,
        Color::Reset if has(Modifier::BOLD) => BRIGHT,
        colour => shade(colour),
    };
    let (ink, paper) = if has(Modifier::REVERSED) { (BACKGROUND, Some(ink)) } else { (ink, None) };
    Run {
        column,
        columns: u16::try_from(cell.symbol().width()).expect("a symbol is narrow").max(1),
        text: cell.symbol().to_owned(),
        ink,
        paper,
        is_bold: has(Modifier::BOLD),
        is_underlined: has(Modifier::UNDERLINED),
    }
}

/// Gives what a dark terminal shows for one of its sixteen colours.
fn shade(colour: Color) -> &'static str {
    match colour {
        Color::Reset | Color::White => TEXT,
        Color::Cyan | Color::LightCyan => "#6cd0e6",
        Color::Green | Color::LightGreen => "#84d18e",
        Color::Yellow | Color::LightYellow => "#ecc96f",
        Color::Red | Color::LightRed => "#f08f85",
        Color::Magenta | Color::LightMagenta => "#d3a2f0",
        Color::Blue | Color::LightBlue => "#86b3f5",
        Color::Gray | Color::DarkGray => FAINT,
        other => panic!("{other:?} is not among the sixteen colours of the themes"),
    }
}

/// Draws what stands behind the runs, in one piece for neighbours, so that there are no seams.
fn papers(svg: &mut String, runs: &[Run], y: f64) {
    let touch = |left: &Run, right: &Run| left.paper == right.paper && left.column + left.columns == right.column;
    for group in runs.chunk_by(touch) {
        let columns: u16 = group.iter().map(|run| run.columns).sum();
        let (x, width) = (PADDING + f64::from(group[0].column) * CELL_WIDTH, f64::from(columns) * CELL_WIDTH);
        if let Some(paper) = group[0].paper {
            let _ = writeln!(svg, r#"<rect x="{x}" y="{y}" width="{width}" height="{CELL_HEIGHT}" rx="3" fill="{paper}"/>"#);
        }
    }
}

fn draw_run(svg: &mut String, run: &Run, x: f64, y: f64) {
    let width = f64::from(run.columns) * CELL_WIDTH;
    let ink = run.ink;
    if let Some(path) = drawn(&run.text, x, y, width) {
        let _ = writeln!(svg, r#"<path d="{path}" stroke="{ink}" stroke-width="1.2" fill="none"/>"#);
        return;
    }
    let text = run.text.trim_end();
    if text.is_empty() {
        return;
    }
    let lead = text.len() - text.trim_start().len();
    let (text, x) = (text.trim_start(), x + CELL_WIDTH * u16::try_from(lead).map_or(0.0, f64::from));
    let length = CELL_WIDTH * u16::try_from(text.width()).map_or(0.0, f64::from);
    let weight = if run.is_bold { r#" font-weight="bold""# } else { "" };
    let line = if run.is_underlined { r#" text-decoration="underline""# } else { "" };
    let _ = writeln!(
        svg,
        r#"<text x="{x}" y="{}" fill="{ink}" textLength="{length}" lengthAdjust="spacingAndGlyphs"{weight}{line}>{}</text>"#,
        y + BASELINE,
        escaped(text),
    );
}

/// Gives the path of a symbol that is made of lines.
fn drawn(text: &str, x: f64, y: f64, width: f64) -> Option<String> {
    let (across, centre, middle) = (x + width, x + CELL_WIDTH / 2.0, y + MIDDLE);
    let (up, down) = (middle - 6.0, middle + 6.0);
    Some(match text.chars().next()? {
        '─' => format!("M{x} {middle}H{across}"),
        '╵' => format!("M{centre} {up}V{middle}"),
        '╿' => format!("M{x} {middle}H{across}M{centre} {up}V{down}"),
        '▏' => format!("M{} {y}V{}", x + 1.0, y + CELL_HEIGHT),
        _ => return None,
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
