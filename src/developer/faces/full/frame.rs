//! Where things are: a block of at most 76 columns with header, scrolling body, status and hints.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{Look, View, WIDEST};
use crate::developer::answering::Extent;
use crate::screen::text::width;

/// The height a block has on a tall screen whose body needs no more, in lines.
const USUAL: u16 = 28;

/// The fewest lines that show a focus between two marks.
const FEWEST: usize = 3;

/// The part of the screen that may be used; its upper end is the same whatever is shown.
pub(crate) struct Block {
    left: u16,
    pub(super) top: u16,
    /// The width of the text, in columns.
    pub(crate) width: u16,
    height: u16,
    /// Whether there is room for empty lines between the parts.
    airy: bool,
    /// Whether there is room for the question and one line more.
    tiny: bool,
    /// The lines that the status takes from the body.
    taken: u16,
}

/// What a screen shows.
pub(crate) struct Page {
    pub(crate) header: Line<'static>,
    pub(crate) body: View,
    pub(crate) status: Vec<Line<'static>>,
    pub(crate) hints: Line<'static>,
}

impl Block {
    /// Places the block: centred, in the upper part of a tall screen.
    pub(crate) fn of(area: Rect) -> Self {
        let margin = if area.width >= 60 { 2 } else { 1 };
        let width = area.width.saturating_sub(2 * margin).clamp(1, WIDEST);
        let above = area.height.saturating_sub(USUAL) / 3;
        Self {
            left: area.x + (area.width - width.min(area.width)) / 2,
            top: area.y + above,
            width,
            height: area.height - above,
            airy: area.height >= 16,
            tiny: area.height < 6,
            taken: 0,
        }
    }

    /// Gives the lines that a status has without taking any from the body.
    pub(super) fn status_height(&self) -> usize {
        1 + usize::from(self.airy)
    }

    /// Keeps room for a status of several lines; gives how many it may have, which leaves enough of the body.
    pub(super) fn with_status(&mut self, lines: usize) -> usize {
        let free = self.status_height();
        let most = if self.tiny { 1 } else { free + self.body_height().saturating_sub(FEWEST) };
        self.taken = u16::try_from(lines.min(most).saturating_sub(free)).unwrap_or(0);
        lines.min(most)
    }

    /// Leaves free what a body of so many lines doesn't need, so that what is below it stays in its usual place as long as it can.
    fn around(&self, lines: usize) -> Self {
        let needed = self.above() + self.below() + self.taken + u16::try_from(lines).unwrap_or(u16::MAX).min(self.height);
        Self { height: needed.max(USUAL).min(self.height), ..*self }
    }

    /// Gives the lines the body may have.
    pub(crate) fn body_height(&self) -> usize {
        usize::from(self.height.saturating_sub(self.above() + self.below() + self.taken))
    }

    fn above(&self) -> u16 {
        match (self.airy, self.tiny) {
            (true, _) => 4,
            (_, true) => 0,
            _ => 1,
        }
    }

    fn below(&self) -> u16 {
        match (self.airy, self.tiny) {
            (true, _) => 5,
            (_, true) => 1,
            _ => 2,
        }
    }

    fn line(&self, at: u16) -> Rect {
        Rect { x: self.left, y: self.top + at.min(self.height - 1), width: self.width, height: 1 }
    }
}

/// Draws a page; gives where the terminal's cursor stands.
pub(crate) fn draw_page(buffer: &mut Buffer, block: &Block, page: &Page, look: Look<'_>) -> Option<(u16, u16)> {
    let block = block.around(page.body.lines.len());
    let lift = u16::from(block.airy);
    if !block.tiny {
        put(buffer, &page.header, block.line(lift));
        put(buffer, &page.hints, block.line(block.height.saturating_sub(1 + lift)));
    }
    let below = if block.tiny { 1 } else { 2 + 2 * lift };
    for (above, line) in (0..).zip(page.status.iter().rev()) {
        put(buffer, line, block.line(block.height.saturating_sub(below + above)));
    }
    let height = block.body_height();
    let (lines, first) = window(&page.body, height, look);
    let mut all = lines.iter().chain(&page.status).chain([&page.header, &page.hints]).map(ToString::to_string);
    let is_unsound = |line: &String| width(line) > usize::from(block.width) || line.contains(char::is_control);
    debug_assert_eq!(all.find(is_unsound), None, "a line is cut without a mark, or holds what isn't drawn");
    for (at, line) in lines.iter().enumerate() {
        put(buffer, line, block.line(block.above() + u16::try_from(at).unwrap_or(u16::MAX)));
    }
    let (column, line) = page.body.cursor?;
    let line = u16::try_from(line.checked_sub(first)?).ok()?;
    Some((block.left + column.min(block.width - 1), block.top + block.above() + line))
}

/// Puts a line into its place. Characters that are a cell each need no search for clusters, and most lines have no others.
fn put(buffer: &mut Buffer, line: &Line<'_>, place: Rect) {
    let mut x = place.x;
    for span in &line.spans {
        let style = line.style.patch(span.style);
        if !span.content.chars().all(is_one_cell) {
            let room = usize::from(place.right() - x);
            (x, _) = buffer.set_stringn(x, place.y, &span.content, room, style);
            continue;
        }
        for (column, character) in (x..place.right()).zip(span.content.chars()) {
            buffer[(column, place.y)].set_char(character).set_style(style);
            x = column + 1;
        }
    }
}

/// Says whether a character is known to be a cell and a cluster of its own, as long as only such stand beside it.
fn is_one_cell(character: char) -> bool {
    matches!(character, ' '..='~' | '·' | '–' | '—' | '‘'..='”' | '•' | '…' | '←'..='↓' | '─'..='◼')
}

/// Gives how far a view can be moved in so many lines.
pub(super) fn extent(view: &View, height: usize) -> Extent {
    match view.lines.len() {
        count if count <= height => Extent { last: 0, page: 1 },
        count if height < FEWEST => Extent { last: count - 1, page: 1 },
        // The marks take two lines of a page.
        count => Extent { last: count - height, page: height - 2 },
    }
}

/// Gives the lines in sight and the place of the first; a line that stands for hidden ones says so.
pub(super) fn window<'a>(view: &'a View, height: usize, look: Look<'_>) -> (Cow<'a, [Line<'static>]>, usize) {
    let count = view.lines.len();
    if count <= height {
        return (Cow::Borrowed(&view.lines), 0);
    }
    // On the lowest screens a line of the question is worth more than a mark: nobody is to answer what they don't see.
    let below = match height {
        0..=2 => 1,
        3..=4 => 2,
        _ => FEWEST,
    };
    let pinned = view.pinned.min(height.saturating_sub(below));
    if pinned > 0 {
        let below = |line: usize| line.saturating_sub(pinned);
        let focus = view.focus.map(|(start, end)| (below(start), below(end)));
        let rest = View { lines: view.lines[pinned..].to_vec(), focus, ..View::default() };
        let (lines, first) = window(&rest, height - pinned, look);
        return (Cow::Owned([&view.lines[..pinned], &lines].concat()), first);
    }
    let (start, end) = view.focus.unwrap_or((0, 0));
    if height < FEWEST {
        let start = view.top.unwrap_or(start).min(count - 1);
        return (Cow::Owned(squeezed(view, start, height, look)), start);
    }
    // The marks take the first and the last line, so the focus must lie between them.
    let focused = if end + 1 < height { 0 } else { (end + 2).saturating_sub(height).min(start.saturating_sub(1)) };
    let first = view.top.unwrap_or(focused).min(count - height);
    let mut lines = view.lines[first..first + height].to_vec();
    let mark =
        |arrow: &str, hidden: usize| Line::styled(format!("{arrow} {}", (look.phrases.status.more)(hidden)), look.theme.accent());
    if first > 0 {
        lines[0] = mark("▴", first + 1);
    }
    if first + height < count {
        lines[height - 1] = mark("▾", count - first - height + 1);
    }
    (Cow::Owned(lines), first)
}

/// Gives the focus, and under it what is hidden where there is a line for that.
fn squeezed(view: &View, focus: usize, height: usize, look: Look<'_>) -> Vec<Line<'static>> {
    let (above, below) = (focus, view.lines.len() - focus - 1);
    let more = look.phrases.status.more;
    let mark = match (above, below) {
        (0, below) => format!("▾ {}", more(below)),
        (above, 0) => format!("▴ {}", more(above)),
        (above, below) => format!("▴ {above} ▾ {}", more(below)),
    };
    let mut lines = vec![view.lines[focus].clone(), Line::styled(mark, look.theme.accent())];
    lines.truncate(height);
    lines
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;
    use crate::developer::phrases::Phrases;
    use crate::screen::theme::Theme;

    fn look(theme: &Theme) -> Look<'_> {
        Look { theme, phrases: Phrases::ENGLISH, columns: 80, height: 12 }
    }

    fn view(count: usize, focus: usize) -> View {
        View { lines: (0..count).map(|at| Line::raw(at.to_string())).collect(), focus: Some((focus, focus)), ..View::default() }
    }

    #[test]
    fn characters_that_are_a_cell_each_are_drawn_as_the_search_for_clusters_would() {
        let all: String = (' '..=char::MAX).filter(|character| is_one_cell(*character)).collect();
        let count = all.chars().count();
        assert_eq!(crate::screen::text::width(&all), count);
        let place = Rect::new(0, 0, u16::try_from(count).unwrap(), 1);
        let (mut ours, mut theirs) = (Buffer::empty(place), Buffer::empty(place));
        put(&mut ours, &Line::raw(&all), place);
        theirs.set_string(0, 0, &all, Style::new());
        assert_eq!(ours, theirs);
    }

    #[test]
    fn one_or_two_lines_show_the_focus_and_then_what_is_hidden() {
        for (focus, lines) in [(0, ["0", "▾ 8 more"]), (3, ["3", "▴ 3 ▾ 5 more"]), (8, ["8", "▴ 8 more"])] {
            for height in 1..3 {
                let view = view(9, focus);
                let (shown, first) = window(&view, height, look(&Theme::plain()));
                let shown: Vec<String> = shown.iter().map(ToString::to_string).collect();
                assert_eq!((&shown[..], first), (&lines.map(str::to_owned)[..height], focus));
            }
        }
    }

    #[test]
    fn pinned_lines_stay_while_the_others_scroll() {
        let view = View { pinned: 2, ..view(20, 15) };
        let (lines, first) = window(&view, 8, look(&Theme::plain()));
        let shown: Vec<String> = lines.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["0", "1", "▴ 10 more", "12", "13", "14", "15", "▾ 4 more"]);
        assert_eq!(first, 9, "the cursor's line is counted from here");
    }

    #[test]
    fn the_focus_is_always_in_sight_and_what_is_hidden_is_counted() {
        for count in 1..20 {
            for height in 3..12 {
                for focus in 0..count {
                    let view = view(count, focus);
                    let (lines, first) = window(&view, height, look(&Theme::plain()));
                    let shown: Vec<String> = lines.iter().map(ToString::to_string).collect();
                    assert!(shown.contains(&focus.to_string()), "{count} {height} {focus} {shown:?}");
                    let hidden = |mark: &str| {
                        shown.iter().find_map(|line| line.strip_prefix(mark)?.strip_suffix(" more")?.parse::<usize>().ok())
                    };
                    let visible = shown.iter().filter(|line| line.parse::<usize>().is_ok()).count();
                    assert_eq!(visible + hidden("▴ ").unwrap_or(0) + hidden("▾ ").unwrap_or(0), count, "{shown:?} {first}");
                }
            }
        }
    }
}
