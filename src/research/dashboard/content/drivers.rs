//! What goes with the score: each item by what it adds to R², with how it fares.

use ratatui::text::{Line, Span};

use super::marks::{Cells, cells};
use super::{Figure, Look, plain};
use crate::research::figures::{decimal, percent};
use crate::research::findings::{Driver, Drivers, Findings};
use crate::screen::text::{cut, width};

pub(super) fn figures(findings: &Findings, look: Look<'_>) -> Vec<Figure> {
    match &findings.drivers {
        None => vec![look.nothing("No drivers", "There is no score that items on a scale could go with.")],
        Some(Drivers { refused: Some(why), .. }) => vec![look.nothing("No drivers", &format!("They are not weighed: {why}."))],
        Some(drivers) => vec![weighed(drivers, look)],
    }
}

fn weighed(drivers: &Drivers, look: Look<'_>) -> Figure {
    let mut figure = look.heading(&drivers.text);
    let about = format!("R² = {}, n = {}. Association, not cause.", decimal(drivers.r_squared, 2), drivers.n);
    figure.extend(look.said(&about, look.theme.faint()));
    for driver in &drivers.drivers {
        let lines = look.said(&driver.text, look.theme.text());
        let cut = || vec![Line::styled(cut(&plain(&driver.text), look.columns), look.theme.text())];
        figure.extend(if look.is_low { cut() } else { lines });
        figure.push(bar(driver, look));
    }
    figure.extend(look.said("The bar is an item's share of R²; beside it, how it fares from 0 to 100 %.", look.theme.faint()));
    figure
}

fn bar(driver: &Driver, look: Look<'_>) -> Line<'static> {
    let told = format!(" {:>5}  fares {}", percent(driver.share), percent(driver.score));
    let room = look.columns.saturating_sub(width(&told));
    let mut line = Cells::blank(room);
    line.fill(0..room, '░', look.theme.faint());
    line.fill(0..cells(driver.share, room), '█', look.theme.accent());
    let mut spans = line.spans();
    spans.push(Span::styled(told, look.theme.text()));
    Line::from(spans)
}
