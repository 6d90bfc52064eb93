//! Bars: parts of a whole, histograms, scales around their middle, and funnels.

use std::borrow::Borrow;

use super::svg::{Anchor, Svg, WIDTH, cut, two_lines};
use crate::research::figures::percent;
use crate::research::findings::{Bar, Item, Reached};

/// Draws parts of a whole, each with its class of colour, its name and its share.
pub fn stacked(parts: &[(&str, &str, u64)], title: &str) -> String {
    let total: u64 = parts.iter().map(|(_, _, count)| count).sum();
    let mut svg = Svg::default();
    let mut x = 0.0;
    for (class, name, count) in parts {
        let share = if total == 0 { 0.0 } else { *count as f64 / total as f64 };
        let width = share * WIDTH;
        svg.rect((x, 0.0), (width, 40.0), class);
        if width > 44.0 {
            // What is light in the one theme is dark in the other.
            let text = if *class == "neutral" { "label" } else { "on" };
            svg.text((x + width / 2.0, 25.0), (Anchor::Middle, text), &percent(share));
        }
        if width > 8.0 * name.chars().count() as f64 {
            svg.text((x + width / 2.0, 58.0), (Anchor::Middle, "small"), name);
        }
        x += width;
    }
    svg.finish(64.0, title)
}

/// Draws how many gave each value, in columns of the classes given for them.
pub fn histogram(values: &[Bar], class: &dyn Fn(&Bar) -> &'static str, title: &str) -> String {
    let most = values.iter().map(|bar| bar.count).max().unwrap_or(0).max(1) as f64;
    let (mut svg, step) = (Svg::default(), WIDTH / values.len().max(1) as f64);
    for (at, bar) in values.iter().enumerate() {
        let (x, height) = (at as f64 * step, bar.count as f64 / most * 90.0);
        svg.rect((x + step * 0.1, 110.0 - height), (step * 0.8, height), class(bar));
        svg.text((x + step / 2.0, 105.0 - height), (Anchor::Middle, "small"), &bar.count.to_string());
        svg.text((x + step / 2.0, 126.0), (Anchor::Middle, "small"), &cut(&bar.code, 10));
    }
    svg.line((0.0, 110.0), (WIDTH, 110.0), "axis");
    svg.finish(132.0, title)
}

/// Draws scales around their middle: worse to the left, better to the right, the middle apart at the end.
pub fn diverging(items: &[&Item], is_higher_better: &dyn Fn(&Item) -> bool, title: &str) -> String {
    let mut svg = Svg::default();
    let (from, to, apart) = (0.0, 272.0, 284.0);
    let middle = f64::midpoint(from, to);
    // One scale for all of them, and for both halves and what is neither: the largest has all the room beside its share.
    let parts = items.iter().flat_map(|item| thirds(&item.values).map(share));
    let scale = 96.0 / parts.fold(f64::MIN_POSITIVE, f64::max);
    svg.text((from, 12.0), (Anchor::Start, "small"), "worse");
    svg.text((to, 12.0), (Anchor::End, "small"), "better");
    svg.text((WIDTH, 12.0), (Anchor::End, "small"), "in the middle");
    let mut below = 20.0;
    for item in items {
        let y = named(&mut svg, &item.title(), below);
        below = y + 46.0;
        let mut values: Vec<&Bar> = item.values.iter().collect();
        if !is_higher_better(item) {
            values.reverse();
        }
        let [worse, neutral, better] = thirds(&values);
        let half = worse.len();
        let mut x = middle;
        for (step, bar) in worse.iter().rev().enumerate() {
            let width = bar.share * scale;
            x -= width;
            svg.rect((x, y + 20.0), (width, 18.0), if step == 0 && half > 1 { "worse" } else { "worst" });
        }
        let mut x = middle;
        for (step, bar) in better.iter().enumerate() {
            svg.rect((x, y + 20.0), (bar.share * scale, 18.0), if step == 0 && half > 1 { "better" } else { "best" });
            x += bar.share * scale;
        }
        svg.text((from, y + 34.0), (Anchor::Start, "small"), &percent(share(worse)));
        svg.text((to, y + 34.0), (Anchor::End, "small"), &percent(share(better)));
        svg.line((middle, y + 18.0), (middle, y + 40.0), "axis");
        if !neutral.is_empty() {
            svg.rect((apart, y + 20.0), (share(neutral) * scale, 18.0), "neutral");
            svg.text((WIDTH, y + 34.0), (Anchor::End, "small"), &percent(share(neutral)));
        }
    }
    svg.finish(below, title)
}

/// Parts values into both halves and what is between them.
fn thirds<T>(values: &[T]) -> [&[T]; 3] {
    let half = values.len() / 2;
    let (low, rest) = values.split_at(half);
    let (between, high) = rest.split_at(rest.len() - half);
    [low, between, high]
}

fn share<B: Borrow<Bar>>(bars: &[B]) -> f64 {
    bars.iter().map(|bar| bar.borrow().share).sum()
}

/// Writes a name in one line or two; gives where what it names begins, as if it had one.
fn named(svg: &mut Svg, name: &str, y: f64) -> f64 {
    let lines = two_lines(name, 56);
    for (line, at) in lines.iter().zip(0_u8..) {
        svg.text((0.0, y + 14.0 + 16.0 * f64::from(at)), (Anchor::Start, "label"), line);
    }
    y + 16.0 * (lines.len() as f64 - 1.0)
}

/// Draws how many reached and answered each question.
pub fn funnel(questions: &[Reached], title: &str) -> String {
    let most = questions.iter().map(|reached| reached.shown).max().unwrap_or(0).max(1) as f64;
    let rows = questions.iter().map(|reached| {
        let [shown, answered] = [reached.shown, reached.answered].map(|count| count as f64 / most);
        (reached.text.as_str(), shown, answered, format!("{} of {}", reached.answered, reached.shown))
    });
    tracks(&rows.collect::<Vec<_>>(), title)
}

/// Draws the share of those who chose each.
pub fn shares(rows: &[(String, f64, u64)], title: &str) -> String {
    let rows: Vec<_> = rows.iter().map(|(name, share, _)| (name.as_str(), 1.0, *share, percent(*share))).collect();
    tracks(&rows, title)
}

/// Draws rows of a name, how far its track reaches and how much of it is filled, each to 1, and what stands beside it.
fn tracks(rows: &[(&str, f64, f64, String)], title: &str) -> String {
    let (mut svg, mut below, whole) = (Svg::default(), 0.0, WIDTH - 90.0);
    for (name, track, filled, beside) in rows {
        let y = named(&mut svg, name, below);
        below = y + 40.0;
        svg.rect((0.0, y + 19.0), (track * whole, 14.0), "track");
        svg.rect((0.0, y + 19.0), (filled * whole, 14.0), "bar");
        svg.text((WIDTH, y + 31.0), (Anchor::End, "small"), beside);
    }
    svg.finish(below, title)
}
