//! Drivers by how much goes with them and how they fare: what is weak and matters stands at the top left.

use super::svg::{Anchor, Svg, WIDTH, cut};
use crate::research::findings::Driver;

const RADIUS: f64 = 5.0;

/// The size of a digit.
const DIGIT: (f64, f64) = (8.0, 11.0);

/// A part of the picture: its left and right, its top and bottom.
type Area = ((f64, f64), (f64, f64));

/// Draws drivers: to the right those that fare well, upwards those that matter.
pub fn quadrants(drivers: &[Driver], title: &str) -> String {
    let most = drivers.iter().map(|driver| driver.high).fold(0.0_f64, f64::max).max(f64::MIN_POSITIVE);
    let middle = drivers.iter().map(|driver| driver.lmg).sum::<f64>() / drivers.len().max(1) as f64;
    let (from, height) = (20.0, 260.0);
    let x = |score: f64| from + score * (WIDTH - 2.0 * from);
    let y = |lmg: f64| height - 20.0 - lmg / most * (height - 40.0);
    let mut svg = Svg::default();
    svg.line((x(0.5), 0.0), (x(0.5), height), "axis");
    svg.line((0.0, y(middle)), (WIDTH, y(middle)), "axis");
    svg.text((0.0, 12.0), (Anchor::Start, "small"), "matters, fares badly");
    svg.text((WIDTH, 12.0), (Anchor::End, "small"), "matters, fares well");
    svg.text((0.0, height + 14.0), (Anchor::Start, "small"), "matters little, fares badly");
    svg.text((WIDTH, height + 14.0), (Anchor::End, "small"), "matters little, fares well");
    let dots: Vec<(f64, f64)> = drivers.iter().map(|driver| (x(driver.score), y(driver.lmg))).collect();
    for (driver, dot) in drivers.iter().zip(&dots) {
        svg.line((dot.0, y(driver.low.max(0.0))), (dot.0, y(driver.high)), "interval");
        svg.dot(*dot, RADIUS, "dot");
    }
    for (number, corner) in (1..).zip(numbers(&dots)) {
        svg.text(corner, (Anchor::Start, "label"), &number.to_string());
    }
    let key = height + 36.0;
    for (at, driver) in drivers.iter().enumerate() {
        svg.text((0.0, key + at as f64 * 20.0), (Anchor::Start, "label"), &cut(&format!("{} {}", at + 1, driver.text), 58));
    }
    svg.finish(key + drivers.len() as f64 * 20.0, title)
}

/// Places the number of each dot beside it, where it covers no dot and no number placed before, as long as there is such a place; gives
/// the lower left corner of each.
fn numbers(dots: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut taken: Vec<Area> = dots.iter().map(|(x, y)| ((x - RADIUS, x + RADIUS), (y - RADIUS, y + RADIUS))).collect();
    let mut corners = Vec::new();
    for (at, (x, y)) in dots.iter().enumerate() {
        let width = DIGIT.0 * (at + 1).to_string().len() as f64;
        let (middle, level) = (x - width / 2.0, y + DIGIT.1 / 2.0 - 1.0);
        let (left, right) = (x - RADIUS - 3.0 - width, x + RADIUS + 3.0);
        let (above, below) = (y - RADIUS - 3.0, y + RADIUS + 3.0 + DIGIT.1);
        let places = [
            (right, level),
            (left, level),
            (middle, above),
            (middle, below),
            (right, above),
            (left, above),
            (right, below),
            (left, below),
        ];
        let area = |(x, y): (f64, f64)| ((x, x + width), (y - DIGIT.1, y));
        let is_free = |place: &&(f64, f64)| !taken.iter().any(|other| overlap(area(**place), *other));
        let corner = *places.iter().find(is_free).unwrap_or(&places[0]);
        taken.push(area(corner));
        corners.push(corner);
    }
    corners
}

fn overlap(one: Area, other: Area) -> bool {
    let meet = |one: (f64, f64), other: (f64, f64)| one.0 < other.1 && other.0 < one.1;
    meet(one.0, other.0) && meet(one.1, other.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_dots_that_are_close_cover_neither_dots_nor_one_another() {
        let dots = [(100.0, 100.0), (104.0, 103.0), (112.0, 100.0), (95.0, 101.0), (180.0, 20.0)];
        let areas: Vec<Area> = numbers(&dots).iter().map(|(x, y)| ((*x, x + DIGIT.0), (y - DIGIT.1, *y))).collect();
        for (at, area) in areas.iter().enumerate() {
            assert!(areas.iter().skip(at + 1).all(|other| !overlap(*area, *other)), "{areas:?}");
            let is_clear = |(x, y): &(f64, f64)| !overlap(*area, ((x - RADIUS, x + RADIUS), (y - RADIUS, y + RADIUS)));
            assert!(dots.iter().all(is_clear), "{areas:?}");
        }
    }
}
