//! Drivers by how much goes with them and how they fare: what is weak and matters stands at the top left.

use super::svg::{Anchor, Svg, WIDTH, cut};
use crate::research::findings::Driver;

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
    for (at, driver) in drivers.iter().enumerate() {
        let place = (x(driver.score), y(driver.lmg));
        svg.line((place.0, y(driver.low.max(0.0))), (place.0, y(driver.high)), "interval");
        svg.dot(place, 5.0, "dot");
        svg.text((place.0 + 8.0, place.1 + 4.0), (Anchor::Start, "label"), &(at + 1).to_string());
    }
    let key = height + 36.0;
    for (at, driver) in drivers.iter().enumerate() {
        svg.text((0.0, key + at as f64 * 20.0), (Anchor::Start, "label"), &cut(&format!("{} {}", at + 1, driver.text), 58));
    }
    svg.finish(key + drivers.len() as f64 * 20.0, title)
}
